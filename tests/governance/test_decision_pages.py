"""The list of decisions, the same on paper and in a workbook; marking them as reported; one decision by its number."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from governance.acts import Act
from governance.models import Decision, Reporting
from governance.statuses import Status
from tests.cast import Cast
from tests.governance.test_decisions import YEAR, decided, report, to_report
from tests.walk import Walk, decision
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page(client: Client, address: str = "/beslut/", **given: str) -> str:
    return " ".join(client.get(address, given).content.decode().split())


def shown(html: str) -> list[str]:
    """The numbers of the decisions in the list, from above."""
    return re.findall(r'class="head"><a href="/beslut/([a-z0-9-]+)/"', html)


def test_it_begins_with_what_the_own_organisation_has_not_reported(cast: Cast, client: Client) -> None:
    old = to_report(cast, decided_on=TODAY - dt.timedelta(days=400))
    fresh = to_report(cast)
    Walk(cast).to(Status.LOCAL)  # not to be reported
    to_report(cast, "vara")
    report(cast, [to_report(cast)])
    client.force_login(cast.registrar())
    html = page(client)
    assert shown(html) == [old.in_address, fresh.in_address]
    assert "2 beslut" in html
    assert len(shown(page(client, state="all"))) == 4
    assert len(shown(page(client, state="reported"))) == 1
    assert shown(page(client, first=TODAY.isoformat())) == [fresh.in_address]


def test_one_sees_the_decisions_of_what_one_may_see_and_of_ones_own_how_many_more(cast: Cast, client: Client) -> None:
    walk = Walk(cast, title="Uggleblicken").to(Status.INTEREST)
    walk.answer("vara")
    Walk(cast, title="Bara Skaras").to(Status.LOCAL)
    secret(cast, walk)
    for person, own, others in (
        (cast.reader(), ["Bara Skaras"], "1 beslut i ärenden som är sekretessmarkerade"),
        (cast.registrar(), ["Uggleblicken", "Bara Skaras"], ""),
        (cast.lead("vara"), [], ""),
        (cast.coordinator(), [], ""),
    ):
        client.force_login(person)
        html = page(client, organisation="skara", state="all")
        assert [title for title in ("Uggleblicken", "Bara Skaras") if title in html] == own, str(person)
        assert (others in html) if others else ("Visas inte" not in html)
    client.force_login(cast.reader("vara"))
    assert "1 beslut i ärenden" in page(client, organisation="vara", state="all")


def secret(cast: Cast, walk: Walk) -> None:
    registrar = (cast.orgs["skara"], Role.REGISTRAR)
    walk.act(Act.MARK_SECRET, cast.registrar(), legal_basis="OSL 18:8", marked_on=TODAY, readers=[registrar])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"organisation": "finns-inte"}, "Välj ett giltigt alternativ"),
        ({"first": "2026-02-30"}, "giltigt datum"),
        ({"first": "2026-03-02", "last": "2026-03-01"}, "kan inte vara före den första"),
        ({"state": "ingenting"}, "giltigt alternativ"),
    ],
)
def test_a_selection_that_is_wrong_says_so(cast: Cast, client: Client, given: dict[str, str], told: str) -> None:
    to_report(cast)
    client.force_login(cast.registrar())
    html = page(client, **given)
    assert told in html
    assert shown(html) == []
    assert client.get("/beslut/lista.xlsx", given).status_code == 422


def test_the_workbook_is_the_list_with_dates_as_dates_and_no_formula(cast: Cast, client: Client) -> None:
    walk = Walk(cast, title="=1+1").to(Status.PRIORITISED)
    director = cast.director()
    walk.act(Act.DECIDE_LOCAL, director, **decision(director, to_be_reported=True, motivation='=HYPERLINK("x")'))
    walk.correct(decided(walk), to_be_reported=True, concerns="Ekängen")
    client.force_login(cast.registrar())
    book = load_workbook(io.BytesIO(b"".join(client.get("/beslut/lista.xlsx"))))
    rows = list(book["Beslut"].iter_rows(min_row=2))
    assert [row[0].value for row in rows] == [f"Skara {YEAR}-001", f"Skara {YEAR}-002"]
    first, second = rows
    assert (first[1].value.date(), first[1].is_date) == (TODAY, True)
    assert (first[4].value, first[4].data_type) == ("=1+1", "s")
    assert (first[10].value, first[10].data_type) == ('=HYPERLINK("x")', "s")
    assert [cell.value for cell in first[6:10]] == [str(director), "Kommundirektör", "KS 3.1", "Skara kommun"]
    assert first[13].value == f"rättat av Skara {YEAR}-002"
    assert (second[2].value, second[9].value) == ("Genomförs lokalt", "Ekängen")
    assert second[13].value == f"rättar Skara {YEAR}-001"
    assert ("Visar", "Att anmäla") in [tuple(c.value for c in row) for row in book["Urval"].iter_rows()]


def test_the_paper_has_the_same_rows_and_the_same_bytes(cast: Cast, client: Client) -> None:
    found = to_report(cast, motivation="Personalen slipper hämta nycklar.")
    to_report(cast, "vara")
    client.force_login(cast.registrar())
    once, twice = (client.get("/beslut/lista.pdf").content for _time in range(2))
    assert once == twice
    text = " ".join(" ".join(part.extract_text() for part in PdfReader(io.BytesIO(once)).pages).split())
    assert "Delegationsbeslut att anmäla, Skara" in text
    assert "Personalen slipper hämta nycklar." in text
    assert found.number in text
    assert "Vara 20" not in text


def test_what_does_not_fit_on_the_paper_is_refused_and_never_cut(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("governance.views.decisions.LONGEST", 2)
    for _number in range(3):
        to_report(cast)
    client.force_login(cast.registrar())
    response = client.get("/beslut/lista.pdf")
    assert (response.status_code, response["Content-Type"]) == (422, "text/html; charset=utf-8")
    told = "En PDF rymmer högst 2 beslut, och urvalet har 3. Dela upp perioden och hämta en PDF för varje del."
    assert told in response.content.decode()
    monkeypatch.setattr("governance.views.decisions.LONGEST", 3)
    paper = PdfReader(io.BytesIO(client.get("/beslut/lista.pdf").content))
    text = " ".join(" ".join(part.extract_text() for part in paper.pages).split())
    assert all(row.number in text for row in Decision.objects.waiting_to_be_reported())


def test_the_list_asks_as_often_whatever_stands_in_it(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    to_report(cast)
    client.force_login(cast.registrar())
    client.get("/beslut/")
    for more in (0, 4):
        for _number in range(more):
            to_report(cast)
        with django_assert_num_queries(13):
            client.get("/beslut/")


class TestMarkingThem:
    def send(self, client: Client, html: str, **given: str) -> Any:
        seen = re.search(r'name="seen" value="([0-9a-f]{64})"', html)
        form = {"seen": seen[1] if seen else "", "body": "Kommunstyrelsen", "paragraph": "§ 12"}
        return client.post("/beslut/", {**form, "reported_on": TODAY.isoformat(), **given}, follow=True)

    def test_one_press_for_the_whole_list(self, cast: Cast, client: Client) -> None:
        to_report(cast)
        to_report(cast)
        client.force_login(cast.registrar())
        html = self.send(client, page(client)).content.decode()
        where = f"anmält till Kommunstyrelsen {TODAY.isoformat()} § 12"
        assert f"2 beslut är {where}." in html
        assert "Inget beslut att anmäla" in html
        assert Reporting.objects.get().decisions.count() == 2
        assert where[1:] in page(client, state="reported")

    def test_what_is_missing_is_said_and_what_was_typed_stands(self, cast: Cast, client: Client) -> None:
        to_report(cast)
        client.force_login(cast.registrar())
        answer = self.send(client, page(client), body="Nämnden för ett och annat", paragraph="")
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "Ange paragrafen i protokollet." in html
        assert "Nämnden för ett och annat" in html
        assert not Reporting.objects.exists()

    def test_the_later_of_two_is_told_and_may_press_again(self, cast: Cast, client: Client) -> None:
        to_report(cast)
        client.force_login(cast.registrar())
        before = page(client)
        to_report(cast)
        answer = self.send(client, before)
        assert answer.status_code == 409
        assert "Listan har ändrats" in answer.content.decode()
        assert not Reporting.objects.exists()
        self.send(client, answer.content.decode())
        assert Reporting.objects.get().decisions.count() == 2

    @pytest.mark.parametrize("who", [("director", "skara"), ("registrar", "vara"), ("admin", "v6")])
    def test_others_have_no_button_and_are_refused(self, cast: Cast, client: Client, who: tuple[str, str]) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        director = cast.director()
        walk.send_to_v6()
        walk.correct(decided(walk), by=director, to_be_reported=True)
        client.force_login(cast.person(Role(who[0]), who[1]))
        html = " ".join(client.get("/beslut/?organisation=skara").content.decode().split())
        assert shown(html)
        assert "Märk som anmälda" not in html
        client.post(
            "/beslut/?organisation=skara",
            {"seen": "", "body": "KS", "paragraph": "1", "reported_on": TODAY.isoformat()},
        )
        assert not Reporting.objects.exists()


class TestOneDecision:
    def test_says_everything_that_a_decision_needs(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, title="Nycklar").to(Status.PRIORITISED)
        walk.act(Act.SET_REGISTRY_NUMBER, cast.registrar(), registry_number="VON 2026/318")
        director = cast.director()
        walk.act(Act.REJECT, director, **decision(director, presented_by="Lena Larsson", concerns="Ekängen"))
        client.force_login(cast.reader())
        html = page(client, f"/beslut/skara-{YEAR}-001/")
        for words in (
            "<h1>Avslaget</h1>",
            f"{director}, Kommundirektör",
            "KS 3.1",
            "Ekängen",
            "Lena Larsson",
            "VON 2026/318",
            "Det behövs.",
            "Anmäls inte",
            "Nycklar",
        ):
            assert words in html
        assert "Rätta beslutet" not in html

    def test_a_correction_and_what_it_corrects_name_each_other(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.LOCAL)
        client.force_login(cast.director())
        old = f"/beslut/skara-{YEAR}-001/"
        form_address = re.search(r'href="(/initiativ/[^"]+/steg/correct/\?corrects=\d+)"', page(client, old))
        assert form_address
        form = page(client, form_address[1])
        assert "Det gamla står kvar och märks som rättat." in form
        assert re.search(rf'checked[^>]*>|value="{decided(walk).pk}"[^>]*checked', form)
        walk.correct(decided(walk), motivation="Fel punkt.")
        assert f'Beslutet är rättat av <a href="/beslut/skara-{YEAR}-002/">' in page(client, old)
        assert "Rätta beslutet" not in page(client, old)
        assert f'rättar <a href="/beslut/skara-{YEAR}-001/">' in page(client, f"/beslut/skara-{YEAR}-002/")
        on_the_case = page(client, walk.case.get_absolute_url())
        assert f"rättat av Skara {YEAR}-002" in on_the_case
        assert f"rättar Skara {YEAR}-001" in on_the_case

    def test_is_corrected_through_the_form(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.LOCAL)
        director = cast.director()
        client.force_login(director)
        sent = {
            "corrects": decided(walk).pk,
            "motivation": "Fel datum.",
            "decider_name": str(director),
            "decided_on": TODAY.isoformat(),
            "seen": walk.case.status,
        }
        answer = client.post(f"{walk.case.get_absolute_url()}steg/correct/", sent, follow=True)
        assert "Beslutet är rättat. Det gamla står kvar, märkt med det nya." in answer.content.decode()
        assert Decision.objects.filter(corrects__isnull=False).count() == 1

    def test_is_not_there_for_those_who_may_not_see_the_initiative(self, cast: Cast, client: Client) -> None:
        Walk(cast).to(Status.LOCAL)
        for person in (cast.reader("vara"), cast.coordinator(), cast.staff("skara", 2)):
            client.force_login(person)
            assert client.get(f"/beslut/skara-{YEAR}-001/").status_code == 404
