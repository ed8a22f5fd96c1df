"""The benefit calculation: made in versions by those whose it is, read by all who see the initiative, in no score."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from governance.acts import Act
from governance.models import Case, Event
from governance.presenting.telling import tell
from governance.statuses import Status
from initiatives.benefit_calculation import Assumptions, Effect, Expense
from initiatives.models import BenefitCalculation, Round
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

GROUNDS = "Mätt under två veckor på två enheter."
SIMPLE = Assumptions(
    years=5,
    hours_per_year=Decimal(2500),
    cost_per_hour=Decimal(450),
    realised_percent=40,
    effects=(Effect("Porto", Decimal(30_000), is_financial=True, first_year=2),),
    one_off=(Expense("Inköp", Decimal(800_000)), Expense("Utbildning", Decimal(100_000))),
    running=(Expense("Licenser", Decimal(120_000)),),
)
"""In money 450 000 + 30 000 from year 2, against 900 000 once and 120 000 a year: 870 000 kr over five years."""


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.SUBMITTED)


def address(walk: Walk) -> str:
    return f"/initiativ/{walk.case.initiative.reference}/nyttokalkyl/"


def rows(group: str, *given: dict[str, str]) -> dict[str, str]:
    """The rows of one group as a browser sends them."""
    sent = {f"{group}-TOTAL_FORMS": str(len(given)), f"{group}-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        sent |= {f"{group}-{number}-{name}": value for name, value in row.items()}
    return sent


def sent(press: str = "save", **more: str) -> dict[str, str]:
    """The form of SIMPLE, filled in as people write."""
    return {
        "seen": "submitted",
        "replaces": "0",
        "hours_per_year": "2 500",
        "cost_per_hour": "450",
        "realised_percent": "40",
        "first_year_percent": "100",
        "years": "5",
        "motivation": GROUNDS,
        **rows("effects", {"name": "Porto", "amount": "30 000", "kind": "financial", "first_year": "2"}),
        **rows("one_off", {"name": "Inköp", "amount": "800 000 kr"}, {"name": "Utbildning", "amount": "100 000"}),
        **rows("running", {"name": "Licenser", "amount": "120.000"}),
        press: "1",
        **more,
    }


def save(walk: Walk, by: User, assumptions: Assumptions = SIMPLE, replaces: int = 0) -> Event:
    return walk.act(Act.CALCULATE, by, calculation=assumptions, motivation=GROUNDS, replaces=replaces)


def text(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def saved(walk: Walk) -> BenefitCalculation:
    return walk.case.initiative.benefit_calculations.standing().get()


class TestSaving:
    @pytest.mark.parametrize("who", ["author", "lead"])
    def test_the_author_and_the_lead_save_it_with_one_event(self, client: Client, walk: Walk, who: str) -> None:
        person = walk.author if who == "author" else walk.lead
        client.force_login(person)
        answer = client.post(address(walk), sent())
        assert answer["Location"] == f"{walk.case.get_absolute_url()}#nyttokalkyl"
        one = saved(walk)
        assert one.assumptions(one.lines.all()) == SIMPLE
        assert (one.number, one.made_by_name, one.grounds) == (1, str(person), GROUNDS)
        (event,) = walk.case.events.filter(kind=Act.CALCULATE)
        assert tell(event).text.replace("\u00a0", " ") == "Nyttokalkyl sparad: netto 870 000 kr i pengar på 5 år"
        assert event.text == GROUNDS
        assert Case.objects.get(pk=walk.case.pk).status == Status.SUBMITTED

    def test_a_change_is_a_new_version_and_the_old_one_can_be_read(self, client: Client, walk: Walk) -> None:
        save(walk, walk.author)
        client.force_login(walk.lead)
        client.post(address(walk), sent(replaces="1", hours_per_year="1000"))
        found = [(c.number, int(c.hours_per_year), c.superseded) for c in BenefitCalculation.objects.all()]
        assert found == [(1, 2500, True), (2, 1000, False)]
        old = text(client.get(address(walk), {"version": "1"}))
        assert "version 1, som inte gäller längre" in old
        assert "2 500 timmar × 450 kr = 1 125 000 kr per år" in old
        assert client.get(address(walk), {"version": "3"}).status_code == 404
        assert client.get(address(walk), {"version": "x"}).status_code == 404

    def test_the_one_who_leads_in_v6_and_the_coordinator_go_on_with_it(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.V6_RECEIVED)
        save(walk, walk.lead)
        save(walk, cast.coordinator(), replaces=1)
        for other in (walk.author, cast.lead("vara"), cast.director()):
            with pytest.raises(Refused, match="i den roll du har nu"):
                save(walk, other, replaces=2)

    def test_there_is_none_of_a_draft_nor_of_what_has_ended(self, cast: Cast) -> None:
        draft, ended = Walk(cast), Walk(cast).to(Status.SUBMITTED)
        ended.act(Act.WITHDRAW, ended.author, motivation="Behövs inte.")
        for walk in (draft, ended):
            with pytest.raises(Refused, match="Gör nyttokalkyl"):
                save(walk, walk.author)

    def test_nothing_is_not_a_calculation(self, walk: Walk) -> None:
        with pytest.raises(Refused, match="vad siffrorna bygger på"):
            walk.act(Act.CALCULATE, walk.author, calculation=SIMPLE, motivation="  ")
        with pytest.raises(Refused, match="minst en nytta eller en kostnad"):
            walk.act(Act.CALCULATE, walk.author, calculation=None, motivation=GROUNDS)
        assert not BenefitCalculation.objects.exists()


class TestTheForm:
    def test_a_first_one_begins_with_the_time_that_the_initiative_tells_of(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, times_per_year=220, minutes_each_time=15, people_involved=50).to(Status.SUBMITTED)
        client.force_login(walk.author)
        page = client.get(address(walk))
        assert page.context["form"]["hours_per_year"].value() == 2750
        assert "I dag tar det 2 750 timmar per år enligt initiativet" in text(page)

    def test_and_a_later_one_with_what_was_saved(self, client: Client, walk: Walk) -> None:
        save(walk, walk.author)
        client.force_login(walk.lead)
        page = client.get(address(walk))
        form = page.context["form"]
        assert [row["name"].value() for row in form.one_off] == ["Inköp", "Utbildning", None]
        assert form["motivation"].value() == GROUNDS
        assert "870 000 kr" in text(page)

    def test_reckoning_saves_nothing_and_asks_for_no_words(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        page = client.post(address(walk), sent("reckon", motivation=""))
        assert page.status_code == 200
        assert "Netto i pengar över 5 år" in text(page)
        assert "900 000 kr" in text(page)
        assert not BenefitCalculation.objects.exists()

    def test_while_one_types_only_the_result_comes_back(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        page = client.post(address(walk), sent("other", motivation=""), headers={"HX-Request": "true"})
        told = text(page)
        assert "<html" not in told
        assert (
            "Engångskostnad, som betalas vid starten: 800 000 kr (Inköp) + 100 000 kr (Utbildning) = 900 000 kr."
            in told
        )
        assert "Netto i pengar över 5 år: 2 370 000 kr nytta − 1 500 000 kr kostnad = 870 000 kr." in told
        wrong = client.post(address(walk), sent("other", years="0"), headers={"HX-Request": "true"})
        assert "Rätta det som är fel" in text(wrong)
        assert not BenefitCalculation.objects.exists()

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_a_row_more_keeps_everything_typed(self, client: Client, walk: Walk, headers: dict[str, str]) -> None:
        client.force_login(walk.author)
        page = client.post(address(walk), sent("other", more="running", motivation=""), headers=headers)
        form = page.context["form"]
        assert [row["name"].value() for row in form.running] == ["Licenser", None]
        assert len(form.one_off.forms) == 2
        assert 'value="2 500"' in page.content.decode()

    def test_there_is_an_end_to_the_rows(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        many = [{"name": f"Rad {n}", "amount": "1"} for n in range(25)]
        page = client.post(address(walk), {**sent(), **rows("running", *many)})
        assert page.status_code == 200
        assert not BenefitCalculation.objects.exists()
        assert "fel" in text(page).lower()

    def test_a_row_made_empty_does_not_count(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        emptied = rows("effects", {"name": "", "amount": " ", "kind": "financial", "first_year": "3"})
        client.post(address(walk), {**sent(), **emptied})
        assert [line.name for line in saved(walk).lines.all()] == ["Inköp", "Utbildning", "Licenser"]

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("1000", "1000"),
            ("1 000", "1000"),
            ("1\u00a0000", "1000"),
            ("1\u202f000 kr", "1000"),
            ("1.000", "1000"),
            ("1.000,50", "1000.50"),
            ("1000,50", "1000.50"),
            ("1000.5", "1000.50"),
            ("1 250 000:-", "1250000"),
            ("0", "0"),
        ],
    )
    def test_numbers_are_read_as_people_write_them(self, client: Client, walk: Walk, typed: str, kept: str) -> None:
        client.force_login(walk.author)
        client.post(address(walk), {**sent(), **rows("running", {"name": "Drift", "amount": typed})})
        assert saved(walk).lines.get(name="Drift").amount == Decimal(kept)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"hours_per_year": "många"}, "Timmar som sparas per år – Skriv ett tal med siffror"),
            ({"hours_per_year": "NaN"}, "Timmar som sparas per år – Skriv ett tal med siffror"),
            ({"hours_per_year": "-5"}, "Timmar som sparas per år – Skriv 0 eller mer."),
            ({"hours_per_year": "−5"}, "Timmar som sparas per år – Skriv 0 eller mer."),
            ({"hours_per_year": "1e400"}, "Skriv högst 10 miljoner timmar."),
            ({"hours_per_year": "1,234"}, "Skriv högst två decimaler."),
            ({"cost_per_hour": ""}, "Kostnad per timme – Skriv vad en timme kostar."),
            ({"cost_per_hour": "1000000"}, "Skriv högst 100 000 kronor i timmen."),
            ({"realised_percent": "140"}, "Skriv ett helt tal från 0 till 100."),
            ({"realised_percent": "-1"}, "Skriv ett helt tal från 0 till 100."),
            ({"first_year_percent": "12,5"}, "Skriv ett helt tal från 0 till 100."),
            ({"first_year_percent": ""}, "Skriv ett helt tal från 0 till 100."),
            ({"years": "0"}, "Skriv ett helt antal år från 1 till 15."),
            ({"years": "16"}, "Skriv ett helt antal år från 1 till 15."),
            ({"years": ""}, "Skriv ett helt antal år från 1 till 15."),
            ({"effects-0-first_year": "6"}, "Kalkylen räknar bara 5 år."),
            ({"effects-0-amount": ""}, "Skriv hur mycket, eller töm raden."),
            ({"one_off-0-name": ""}, "Skriv vad beloppet gäller, eller töm raden."),
            ({"one_off-0-amount": "-1"}, "Skriv 0 eller mer."),
            ({"one_off-0-amount": "10000000001"}, "Beloppet ska vara högst 10 miljarder kronor."),
            ({"running-0-amount": "gratis"}, "Skriv ett tal med siffror"),
            ({"motivation": " "}, "Skriv vad siffrorna bygger på."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: Client, walk: Walk, wrong: dict[str, str], sentence: str
    ) -> None:
        client.force_login(walk.author)
        page = client.post(address(walk), sent(**wrong))
        assert page.status_code == 200
        assert sentence in text(page)
        assert 'value="Utbildning"' in page.content.decode()
        assert not BenefitCalculation.objects.exists()

    def test_all_empty_asks_for_something(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        empty = {**rows("effects"), **rows("one_off"), **rows("running"), "hours_per_year": "", "cost_per_hour": ""}
        page = client.post(address(walk), {**sent(), **empty})
        assert "Fyll i minst en nytta eller en kostnad." in text(page)
        assert GROUNDS in text(page)


class TestTamperedWith:
    @pytest.mark.parametrize("total", ["²", "9" * 5_000, "-1", "", "1e9"])
    def test_a_number_of_rows_that_is_none(self, total: str, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        data = sent(press="more", **{"effects-TOTAL_FORMS": total}) | {"more": "effects"}
        assert client.post(address(walk), data).status_code == 200

    @pytest.mark.parametrize("nothing", ["0e99999999", "0E+999999", "00e12"])
    def test_a_nothing_with_an_exponent_is_nothing(self, nothing: str, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        answer = client.post(
            address(walk), sent(cost_per_hour="0", hours_per_year=nothing, **{"one_off-1-amount": nothing})
        )
        assert answer.status_code == 302
        assert saved(walk).hours_per_year == 0
        assert [line.amount for line in saved(walk).lines.filter(name="Utbildning")] == [0]


class TestTwoAtOnce:
    def test_the_later_one_is_told_and_may_press_again(self, client: Client, walk: Walk) -> None:
        save(walk, walk.lead)
        client.force_login(walk.author)
        page = client.post(address(walk), sent(hours_per_year="1000"))
        assert page.status_code == 409
        told = text(page)
        assert "Inget är sparat än." in told
        assert f"{walk.lead} sparade version 1" in told
        assert 'value="1000"' in told
        assert saved(walk).number == 1
        again = client.post(
            address(walk), sent(hours_per_year="1000", replaces=page.context["form"]["replaces"].value())
        )
        assert again.status_code == 302
        assert (saved(walk).number, saved(walk).hours_per_year) == (2, 1000)

    def test_pressed_twice_it_is_saved_once(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        for _click in range(2):
            answer = client.post(address(walk), sent())
            assert answer["Location"] == f"{walk.case.get_absolute_url()}#nyttokalkyl"
        assert saved(walk).number == 1
        assert BenefitCalculation.objects.count() == 1
        assert Event.objects.filter(case=walk.case, kind=Act.CALCULATE).count() == 1
        assert "Nyttokalkylen är sparad." in text(client.get(answer["Location"]))

    @pytest.mark.parametrize("more", [{"years": "4"}, {"motivation": "Räknat om."}, {"one_off-1-amount": "100 001"}])
    def test_other_figures_or_grounds_from_the_same_page_are_not_a_second_press(
        self, more: dict[str, str], client: Client, walk: Walk
    ) -> None:
        client.force_login(walk.author)
        client.post(address(walk), sent())
        assert client.post(address(walk), sent(**more)).status_code == 409
        assert saved(walk).number == 1

    def test_a_colleagues_same_figures_are_hers(self, client: Client, walk: Walk) -> None:
        save(walk, walk.lead)
        client.force_login(walk.author)
        page = client.post(address(walk), sent())
        assert page.status_code == 409
        assert f"{walk.lead} sparade version 1" in text(page)

    def test_who_is_overtaken_by_a_step_is_told_and_may_press_again(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.lead)
        walk.start_qualification()
        page = client.post(address(walk), sent())
        assert page.status_code == 409
        assert "hann före" in text(page)
        again = client.post(address(walk), sent(seen=page.context["form"]["seen"].value()))
        assert again.status_code == 302

    def test_what_cannot_be_saved_any_more_is_shown_to_take_along(self, client: Client, walk: Walk) -> None:
        walk.act(Act.WITHDRAW, walk.lead, motivation="Behövs inte.")
        client.force_login(walk.author)
        page = client.post(address(walk), sent())
        assert page.status_code == 409
        assert GROUNDS in text(page)


class TestReading:
    def test_all_who_see_the_initiative_read_it_and_nobody_else(self, cast: Cast, client: Client, walk: Walk) -> None:
        save(walk, walk.author)
        for reader in (cast.director(), cast.reader(), cast.council()):
            client.force_login(reader)
            page = client.get(address(walk))
            assert (
                "Finansiell nytta per år: 450 000 kr (sparad tid) + 30 000 kr (Porto, från år 2) = 480 000 kr."
                in text(page)
            )
            assert GROUNDS in text(page)
            assert "Spara nyttokalkylen" not in text(page)
            assert client.post(address(walk), sent(replaces="1")).status_code == 403
        for stranger in (cast.lead("vara"), cast.coordinator(), cast.outsider()):
            client.force_login(stranger)
            assert client.get(address(walk)).status_code == 404
            assert client.post(address(walk), sent()).status_code == 404
        assert saved(walk).number == 1

    def test_where_none_is_made_the_page_says_what_will_be_here(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(cast.reader())
        assert "Ingen har räknat på nyttan" in text(client.get(address(walk)))

    def test_marked_secret_only_the_roles_that_the_marking_names(self, cast: Cast, client: Client, walk: Walk) -> None:
        save(walk, walk.author)
        walk.act(
            Act.MARK_SECRET,
            cast.registrar(),
            legal_basis="18 kap. 8 § OSL",
            marked_on=timezone.localdate(),
            readers=[(cast.orgs["skara"], Role.REGISTRAR)],
        )
        client.force_login(cast.registrar())
        assert client.get(address(walk)).status_code == 200
        for other in (walk.author, walk.lead, cast.director()):
            client.force_login(other)
            assert client.get(address(walk)).status_code == 404

    def test_it_stands_beside_a_decision_and_on_the_page_of_the_initiative(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        save(walk, walk.lead)
        client.force_login(walk.decider)
        figures = (
            'Finansiell nytta per år</dt><dd class="num">480 000 kr',
            'Omfördelad nytta per år</dt><dd class="num">675 000 kr',
            'Engångskostnad</dt><dd class="num">900 000 kr',
            'Driftkostnad per år</dt><dd class="num">120 000 kr',
            'Netto i pengar över 5 år</dt><dd class="num">870 000 kr',
            'Återbetalning i pengar</dt><dd class="num">2,6 år',
            f'{address(walk)}?version=1">Så är det räknat',
        )
        for page in (f"{walk.case.get_absolute_url()}steg/decide_local/", walk.case.get_absolute_url()):
            told = text(client.get(page))
            for figure in figures:
                assert figure in told, (page, figure)
        client.force_login(walk.lead)
        assert "Ändra nyttokalkylen" in text(client.get(walk.case.get_absolute_url()))

    def test_where_nobody_has_reckoned_nothing_is_in_the_way(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        client.force_login(walk.decider)
        for page in (f"{walk.case.get_absolute_url()}steg/decide_local/", walk.case.get_absolute_url()):
            assert "Nyttokalkyl</h2>" not in text(client.get(page))

    def test_the_payback_can_be_followed(self, cast: Cast, client: Client, walk: Walk) -> None:
        """100 000 kr at the start; 40 000 kr a year: after two years 20 000 kr remain, half a year more."""
        given = Assumptions(
            years=5,
            hours_per_year=Decimal(0),
            cost_per_hour=Decimal(0),
            effects=(Effect("Porto", Decimal(40_000), is_financial=True),),
            one_off=(Expense("Allt", Decimal(100_000)),),
        )
        save(walk, walk.author, given)
        client.force_login(cast.director())
        told = text(client.get(address(walk))).replace("\xa0", " ")
        assert (
            "efter 2 år återstår 20 000 kr att tjäna in, och året därpå ger 40 000 kr. "
            "2 + 20 000 kr ÷ 40 000 kr blir, avrundat uppåt till en tiondel, 2,5 år." in told
        )

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({}, "2,6 år"),
            ({"one_off": (Expense("Allt", Decimal(9_000_000)),)}, "nås inte på 5 år"),
            ({"one_off": ()}, "betalar sig från början"),
            ({"one_off": (), "running": ()}, "inget att betala"),
        ],
    )
    def test_payback_in_words(self, cast: Cast, client: Client, walk: Walk, change: Any, words: str) -> None:
        save(walk, walk.author, Assumptions(**{**vars(SIMPLE), **change}))
        client.force_login(cast.director())
        assert f'Återbetalning i pengar</dt><dd class="num">{words}<' in text(client.get(address(walk)))


def test_neither_score_nor_order_is_changed_by_it(cast: Cast, client: Client) -> None:
    first, second = (Walk(cast, title=title).to(Status.QUALIFIED) for title in ("Ett", "Två"))
    first.assess_at_home(4)
    second.assess_at_home(2)
    client.force_login(cast.lead())

    def standing() -> Any:
        scores = list(Round.objects.order_by("pk").values_list("joint_score", "certainty", "benefit", "feasibility"))
        page = text(client.get("/prioritering/?level=kommun&organisation=skara"))
        return scores, page.index(">Ett<") < page.index(">Två<")

    before = standing()
    save(second, second.lead)
    assert standing() == before == (before[0], True)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change", ["years = 7", "hours_per_year = 1", "grounds = 'annat'", "made_by_name = 'Annan'", "number = 9"]
    )
    def test_keeps_every_version_as_it_was_saved(self, walk: Walk, change: str) -> None:
        save(walk, walk.author)
        with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update initiatives_benefitcalculation set {change}")

    def test_does_not_let_an_old_one_count_again(self, walk: Walk) -> None:
        save(walk, walk.author)
        save(walk, walk.author, replaces=1)
        with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
            BenefitCalculation.objects.filter(number=1).update(superseded=False)

    @pytest.mark.parametrize(
        "statement",
        [
            "delete from initiatives_benefitcalculation",
            "delete from initiatives_calculationline",
            "update initiatives_calculationline set amount = 1",
        ],
    )
    def test_deletes_nothing_and_changes_no_row(self, walk: Walk, statement: str) -> None:
        save(walk, walk.author)
        with pytest.raises(DatabaseError, match="tas aldrig bort"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    @pytest.mark.parametrize(
        ("wrong", "constraint"),
        [
            ({"years": 0}, "calculation_years_in_range"),
            ({"years": 16}, "calculation_years_in_range"),
            ({"realised_percent": 101}, "calculation_shares_in_range"),
            ({"first_year_percent": 101}, "calculation_shares_in_range"),
            ({"hours_per_year": -1}, "calculation_time_in_range"),
            ({"cost_per_hour": 100_001}, "calculation_time_in_range"),
            ({"grounds": ""}, "calculation_has_grounds"),
            ({"number": 0}, "calculation_number_from_one"),
            ({"number": 1}, "calculation_number_unique"),
            ({"superseded": False}, "calculation_one_standing"),
        ],
    )
    def test_knows_the_limits(self, walk: Walk, wrong: dict[str, Any], constraint: str) -> None:
        save(walk, walk.author)
        given = {
            "initiative": walk.case.initiative,
            "number": 2,
            "organisation": walk.case.initiative.organisation,
            "made_by_name": "Ada",
            "made_at": timezone.now(),
            "hours_per_year": 1,
            "cost_per_hour": 1,
            "realised_percent": 0,
            "grounds": "Ja.",
            "superseded": True,
        }
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            BenefitCalculation.objects.create(**{**given, **wrong})

    @pytest.mark.parametrize(
        ("wrong", "constraint"),
        [
            ({"kind": "annat"}, "calculation_line_kind_known"),
            ({"kind": "running", "first_year": 2}, "calculation_line_kind_known"),
            ({"name": ""}, "calculation_line_has_name"),
            ({"amount": -1}, "calculation_line_in_range"),
            ({"first_year": 16}, "calculation_line_year_in_range"),
            ({"order": 1}, "calculation_line_order_unique"),
        ],
    )
    def test_and_those_of_a_row(self, walk: Walk, wrong: dict[str, Any], constraint: str) -> None:
        save(walk, walk.author)
        given = {"order": 9, "kind": "financial", "name": "Porto", "amount": 1, "first_year": 1}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            saved(walk).lines.create(**{**given, **wrong})


STATEMENTS = 8
"""Session, person, roles, what waits; the case, whether one is a co-author, the versions and their rows."""


@pytest.mark.parametrize("many", [1, 15])
def test_the_page_costs_as_much_with_many_versions_and_rows(
    cast: Cast, client: Client, walk: Walk, many: int, django_assert_num_queries: Any
) -> None:
    costs = tuple(Expense(f"Kostnad {n}", Decimal(n)) for n in range(1, many + 1))
    for number in range(many):
        save(walk, walk.author, Assumptions(one_off=costs, running=costs), replaces=number)
    client.force_login(cast.lead())
    client.get(address(walk))
    with django_assert_num_queries(STATEMENTS):
        client.get(address(walk))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_the_browser_the_result_follows_what_is_typed(cast: Cast, open_as: Any) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    page = open_as(walk.author)
    page.goto(address(walk))
    result = page.locator("#utfall")
    expect(result).to_contain_text("Fyll i sparad tid")
    page.get_by_label("Timmar som sparas per år").fill("2 500")
    page.get_by_label("Kostnad per timme").fill("450")
    page.get_by_label("Andel som blir pengar").fill("40")
    expect(result).to_contain_text("450\u00a0000\u00a0kr")
    costs = page.locator("#one_off")
    costs.get_by_label("Vad").fill("Inköp")
    costs.get_by_label("Kronor").fill("800 000")
    costs.get_by_role("button", name="Lägg till en rad").click()
    expect(costs.get_by_label("Vad")).to_have_count(2)
    costs.get_by_label("Vad").nth(1).fill("Utbildning")
    costs.get_by_label("Kronor").nth(1).fill("100 000")
    expect(result).to_contain_text("800\u00a0000\u00a0kr (Inköp) + 100\u00a0000\u00a0kr (Utbildning)")
    for size in ({"width": 360, "height": 740}, {"width": 1280, "height": 900}):
        page.set_viewport_size(size)
        assert scrolls_sideways(page) <= 0
    assert violations(page) == []
    page.get_by_label("Vad bygger siffrorna på?").fill(GROUNDS)
    with page.expect_navigation():
        page.get_by_role("button", name="Spara nyttokalkylen").click()
    page.get_by_role("link", name="Så är det räknat").click()
    expect(page.get_by_role("heading", name="År för år")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    assert scrolls_sideways(page) <= 0
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_there_is_a_button_and_enter_reckons(cast: Cast, open_as: Any) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    page = open_as(walk.author, java_script_enabled=False)
    page.goto(address(walk))
    page.get_by_label("Timmar som sparas per år").fill("100")
    page.get_by_label("Kostnad per timme").fill("500")
    with page.expect_navigation():
        page.get_by_label("Kostnad per timme").press("Enter")
    expect(page.locator("#utfall")).to_contain_text("100 timmar × 500")
    with page.expect_navigation():
        page.locator("#running").get_by_role("button", name="Lägg till en rad").click()
    expect(page.locator("#running").get_by_label("Vad")).to_have_count(2)
    expect(page.get_by_label("Timmar som sparas per år")).to_have_value("100")
    with page.expect_navigation():
        page.get_by_role("button", name="Räkna").last.click()
    expect(page.locator("#utfall")).to_contain_text("50\u00a0000\u00a0kr")
