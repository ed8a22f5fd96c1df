"""*Visa som det var*: the register and the report for two dates in the address, as far as the reader may see today."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from governance.acts import Act
from governance.models import CostKind
from governance.statuses import Status
from tests.cast import Cast
from tests.governance.recorded import recorded
from tests.walk import Walk
from v6portal.organizations.roles import Role

from .history import day, moment
from .reporting import figures_on, signed_in, text_of

pytestmark = pytest.mark.django_db
REGISTER = "/initiativ/som-det-var/"
REPORT = "/uppfoljning/2026-1/som-det-var/"


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """Skara's, in V6 since January and started; recorded on 10 March. Vara left on 2 April, recorded on 10 May."""
    with recorded("2026-03-10"):
        walk = Walk(cast, at=moment("2025-12-20"), title="Nycklarna").to(Status.IN_PROGRESS)
        walk.at = moment("2026-03-01")
        walk.record_cost(100_000, CostKind.DEVELOPMENT)
    with recorded("2026-05-10"):
        walk.at = moment("2026-04-01")
        walk.leave("vara")
    return walk


@pytest.fixture
def reader(cast: Cast, walk: Walk) -> Client:
    return signed_in(cast.reader())


def shown(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return text_of(answer.content.decode())


class TestTheRegister:
    def listed(self, reader: Client, gallde: str, visste: str = "") -> list[tuple[str, str, str, int]]:
        page = reader.get(REGISTER, {"gallde": gallde, "visste": visste}).context["page_obj"]
        return [(row.title, row.status.label, row.leader, row.participants) for row in page]

    def test_it_lists_what_was_where_it_stood_and_who_took_part(self, reader):
        for gallde, visste, expected in (
            ("2025-12-20", "", []),
            ("2025-12-21", "", [("Nycklarna", "Inskickat", "", 0)]),
            ("2026-03-31", "", [("Nycklarna", "Genomförande", "Skara", 3)]),
            ("2026-04-02", "", [("Nycklarna", "Genomförande", "Skara", 2)]),
            ("2026-04-02", "2026-05-09", [("Nycklarna", "Genomförande", "Skara", 3)]),
            ("2026-04-02", "2026-05-10", [("Nycklarna", "Genomförande", "Skara", 2)]),
            ("2026-03-09", "2026-03-09", []),
        ):
            assert self.listed(reader, gallde, visste) == expected, (gallde, visste)

    def test_a_title_is_the_one_of_that_time(self, cast, reader):
        with recorded("2026-02-01"):
            other = Walk(cast, at=moment("2026-01-20"), title="Lås").to(Status.QUALIFIED)
        with recorded("2026-04-01"):
            other.amend(title="Digitala lås")
        mine = signed_in(cast.lead("skara"))
        titles = [row[0] for row in self.listed(mine, "2026-03-01", "2026-03-31")]
        assert ("Lås" in titles, "Digitala lås" in titles) == (True, False)
        assert "Digitala lås" in [row[0] for row in self.listed(mine, "2026-03-01", "2026-04-01")]

    def test_what_she_may_see_is_judged_as_it_is_today(self, cast, walk, reader):
        assert self.listed(signed_in(cast.lead("vara")), "2026-01-01", "2026-04-01") != [], "she sees it today"
        walk.act(
            Act.MARK_SECRET,
            cast.registrar("skara"),
            legal_basis="OSL 18 kap. 8 §",
            marked_on=day("2026-06-01"),
            readers=[(cast.orgs["skara"], Role.REGISTRAR)],
        )
        assert self.listed(reader, "2026-03-31", "2026-04-01") == []
        assert len(self.listed(signed_in(cast.registrar("skara")), "2026-03-31", "2026-04-01")) == 1
        assert "Nycklarna" not in shown(reader, REGISTER)

    def test_answers_that_are_withheld_today_are_not_counted(self, cast):
        with recorded("2026-03-10"):
            walk = Walk(cast, at=moment("2026-01-05"), title="Frågan").to(Status.V6_PRIORITISING)
        walk.at = moment("2026-03-30")
        walk.act(Act.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Inte klart.")
        walk.send_to_v6(), walk.v6_start(), walk.v6_qualify()
        seen = {
            who: self.listed(signed_in(person), "2026-03-20", "2026-03-20")
            for who, person in {"reader": cast.reader("essunga"), "coordinator": cast.coordinator()}.items()
        }
        assert [rows[0][3] for rows in seen.values()] == [1, 3]

    def test_today_is_said_to_be_no_other_day(self, reader):
        html = shown(reader, REGISTER)
        assert "1 initiativ" in html
        assert "Så här var det" not in html

    def test_what_one_looks_at_is_said_with_the_way_back(self, reader):
        told = shown(reader, f"{REGISTER}?gallde=2026-04-02&visste=2026-05-09")
        assert "Så här var det den 2 april 2026, efter vad vi visste den 9 maj 2026." in told
        assert "Tillbaka till i dag" in told
        assert "Allt som är känt i dag räknas" in shown(reader, f"{REGISTER}?gallde=2026-04-02")
        assert "Inget var inskickat då" in shown(reader, f"{REGISTER}?gallde=2020-01-01")

    def test_four_statements_about_the_register_however_many_rows(self, cast, reader, django_assert_num_queries):
        address = f"{REGISTER}?gallde=2026-04-02&visste=2026-05-09"
        reader.get(address)
        for _more in range(2):
            with django_assert_num_queries(10):
                reader.get(address)
            Walk(cast, at=moment("2026-01-05")).to(Status.V6_RECEIVED)


WRONG = [
    ("gallde=2999-01-01", "Välj i dag eller en tidigare dag."),
    ("visste=2999-01-01", "Välj i dag eller en tidigare dag."),
    ("gallde=i+går", "Skriv dagen som år, månad och dag"),
    ("gallde=2026-04-02&visste=2026-04-01", "Den 1 april 2026 visste ingen vad som skulle gälla den 2 april 2026."),
]


def test_what_cannot_be_answered_is_said_beside_the_field(cast):
    reader = signed_in(cast.reader())
    for page in (REGISTER, REPORT):
        for query, sentence in WRONG:
            told = shown(reader, f"{page}?{query}")
            assert sentence in told
            assert "Så här var det" not in told


class TestTheReport:
    THEN = f"{REPORT}2026-04-02/2026-05-09/"
    LATER = f"{REPORT}2026-04-02/2026-05-10/"

    def test_the_two_dates_lead_to_their_own_address(self, reader):
        answer = reader.get(REPORT, {"gallde": "2026-04-02", "visste": "2026-05-09"})
        assert (answer.status_code, answer.url) == (302, self.THEN)
        assert reader.get(REPORT, {"visste": "2026-05-09"}).url == f"{REPORT}2026-05-09/2026-05-09/"
        assert reader.get(REPORT, {"gallde": "", "visste": ""}).url == "/uppfoljning/2026-1/"
        assert "Vad vi visste den" in shown(reader, REPORT)

    def test_a_figure_and_the_list_behind_it_are_those_of_the_two_dates(self, reader):
        figures = {address: figures_on(reader.get(address).content.decode(), self.inside(address))
                   for address in (self.THEN, self.LATER)}  # fmt: skip
        assert figures[self.THEN]["B5a-DI-2025-001"] == "3"
        assert figures[self.LATER]["B5a-DI-2025-001"] == "2"
        behind = shown(reader, f"{self.THEN}B5a-DI-2025-001/")
        assert "Så här var det den 2 april 2026, efter vad vi visste den 9 maj 2026." in behind
        assert "Vara" in behind
        assert "Nycklarna" in shown(reader, f"{self.THEN}B5/")
        assert "Förstudie" in shown(reader, f"{self.THEN}B2-forstudie-pagaende/")
        assert reader.get(f"{self.THEN}finns-inte/").status_code == 404

    def inside(self, address: str) -> str:
        return address.removeprefix("/uppfoljning/").removesuffix("/")

    def test_the_same_as_json(self, reader):
        then, later = (json.loads(reader.get(f"{address}rapport.json").content) for address in (self.THEN, self.LATER))
        assert [row["B5a"]["deltagande"] for report in (then, later) for row in report["B5"]["rader"]] == [3, 2]
        assert then["per"] == later["per"] == "2026-04-02"
        named = reader.get(f"{self.THEN}rapport.json").headers["Content-Disposition"]
        assert named == 'attachment; filename="uppfoljning-2026-1-som-det-var-2026-04-02-2026-05-09.json"'
        wrong = reader.get(f"{REPORT}2026-04-02/2026-04-01/rapport.json")
        assert wrong.status_code == 400
        assert "Den 1 april 2026 visste ingen" in json.loads(wrong.content)["fel"][0]

    def test_what_she_may_not_see_today_is_a_number_without_a_name(self, cast, walk, reader):
        walk.act(
            Act.MARK_SECRET,
            cast.registrar("skara"),
            legal_basis="OSL 18 kap. 8 §",
            marked_on=day("2026-06-01"),
            readers=[(cast.orgs["skara"], Role.REGISTRAR)],
        )
        for page in ("", "B5/", "rapport.json"):
            html = reader.get(f"{self.THEN}{page}").content.decode()
            assert "Nycklarna" not in html
            assert walk.case.initiative.reference not in html
        assert json.loads(reader.get(f"{self.THEN}rapport.json").content)["B5"]["antal_rader"] == 1

    def test_a_day_that_tells_nothing_is_answered_in_a_sentence(self, reader):
        for address, sentence in (
            (f"{REPORT}2025-12-31/2025-12-31/", "1:a halvåret 2026 hade inte börjat den dagen."),
            (f"{REPORT}2026-04-02/nonsens/", "Skriv dagen som år, månad och dag"),
            (
                "/uppfoljning/2025-1/som-det-var/2026-03-31/2026-03-31/",
                "Den dagen var inget registrerat om 1:a halvåret 2025.",
            ),
        ):
            assert sentence in shown(reader, address)
        nothing_known = reader.get(f"{REPORT}2026-03-09/2026-03-09/rapport.json")
        assert json.loads(nothing_known.content)["B5"]["antal_rader"] == 0

    def test_people_without_a_role_are_refused(self, cast, walk):
        for page in (REPORT, self.THEN, f"{self.THEN}rapport.json"):
            assert signed_in(cast.outsider()).get(page).status_code == 403
        assert Client().get(self.THEN).status_code == 302

    def test_both_lists_offer_the_way_there(self, reader):
        for page, action in (("/initiativ/", REGISTER), ("/uppfoljning/2026-1/", REPORT)):
            html = reader.get(page).content.decode()
            assert f'action="{action}"' in html
            assert "Visa som det var" in html
