"""Everybody is counted, and nobody reads the name of what is not hers to read: page, lists, PDF, workbook, JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from followup.periods import HalfYear
from followup.presenting.withholding import hidden_from, references_in, withhold
from followup.reports import compute
from initiatives.models import Initiative
from tests.cast import Cast

from .history import History
from .reporting import every_value, figures_on, forgetful, pdf_text, signed_in, text_of, workbook_of

__all__ = ["forgetful"]

pytestmark = pytest.mark.django_db

FORBIDDEN = ("DI-2026-901", "DI-2026-902", "Skaras egen hemlighet", "Det sekretessmarkerade", "Hemlig orsak")


def titled(reference: str, title: str, **more: Any) -> History:
    history = History(reference, "Skara", **more)
    Initiative.objects.filter(pk=history.initiative.pk).update(title=title)
    return history


@pytest.fixture
def three(cast: Cast, forgetful: None) -> None:
    """One that Skara has not sent to V6, one under sekretess in V6 with everything recorded, one for all to read."""
    titled("DI-2026-901", "Skaras egen hemlighet").stage("prestudy", "2026-02-01", "2026-03-01").adopted(
        "Skara", "2026-03-02"
    ).confirmed_in_all("2026-03-03")
    secret = (
        titled("DI-2026-902", "Det sekretessmarkerade", v6="2026-01-20")
        .joins("Skara", "2026-01-21")
        .joins("Vara", "2026-01-21", left="2026-05-05", reason="Hemlig orsak")
        .stage("project", "2026-02-01", "2026-03-01")
        .cost("development", "123456", "2026-02-02")
        .cost("operation", "54321", "2026-02-02")
        .adopted("Skara", "2026-04-04")
        .confirmed_in_all("2026-04-05")
    )
    Initiative.objects.filter(pk=secret.initiative.pk).update(is_secret=True)
    titled("DI-2026-903", "Det som alla läser", v6="2026-01-22").cost("development", "1000", "2026-02-02")


@pytest.fixture
def vara(cast: Cast, three: None) -> Client:
    """A reader in another kommun."""
    return signed_in(cast.reader("vara"))


def assert_says_nothing(text: str) -> None:
    assert [word for word in FORBIDDEN if word in text] == []


class TestAReaderOfAnotherKommun:
    def test_the_page_counts_everything_and_names_only_what_is_hers(self, vara: Client):
        html = vara.get("/uppfoljning/2026-1/?kommun=alla").content.decode()
        assert_says_nothing(html)
        shown = figures_on(html, "2026-1")
        assert shown["A1-skara"] == "3"
        assert shown["B5"] == "2 initiativ"
        assert shown["C1"] == shown["lokalt-C1"] == "1"
        assert "Det som alla läser" in html
        assert "Ett initiativ som du inte får läsa" in text_of(html)
        assert "123 456" not in text_of(html)

    def test_every_list_says_how_many_it_leaves_out(self, vara: Client):
        for key in figures_on(vara.get("/uppfoljning/2026-1/?kommun=alla").content.decode(), "2026-1"):
            response = vara.get(f"/uppfoljning/2026-1/{key}/")
            assert response.status_code == 200
            assert_says_nothing(response.content.decode())
        words = text_of(vara.get("/uppfoljning/2026-1/A1-skara/").content.decode())
        assert "2 initiativ visas inte eftersom de tillhör en annan organisation eller är sekretessmarkerade." in words
        assert "Det som alla läser" in words
        words = text_of(vara.get("/uppfoljning/2026-1/B3/").content.decode())
        assert "1 initiativ visas inte eftersom det tillhör" in words
        assert "Inget som du får läsa" in words

    @pytest.mark.parametrize("code", ["B5a", "B5b", "B5c", "B5d", "B5e"])
    def test_a_hidden_row_has_no_address(self, vara: Client, code: str):
        assert vara.get(f"/uppfoljning/2026-1/{code}-DI-2026-902/").status_code == 404
        assert vara.get(f"/uppfoljning/2026-1/{code}-DI-2026-903/").status_code == 200

    def test_json_keeps_the_counts_and_shortens_the_lists(self, vara: Client):
        content = vara.get("/uppfoljning/2026-1/rapport.json").content.decode()
        assert_says_nothing(content)
        figures = json.loads(content)
        assert figures["A1"]["per_kommun"]["Skara"]["antal"] == 3
        assert figures["A1"]["per_kommun"]["Skara"]["referenser"] == ["DI-2026-903"]
        assert figures["B3"] == {"kommuner": 1, "inforanden": 1, "kommunlista": ["Skara"], "lista": []}
        assert figures["B5"]["antal_rader"] == 2
        assert [row["referens"] for row in figures["B5"]["rader"]] == ["DI-2026-903"]

    def test_the_workbook(self, vara: Client):
        book = workbook_of(vara.get("/uppfoljning/2026-1/rapport.xlsx").content)
        values = [str(value) for value in every_value(book)]
        assert_says_nothing(" ".join(values))
        assert "Det som alla läser" in values
        assert "Ett initiativ som du inte får läsa" in values

    def test_the_pdf(self, vara: Client):
        content = vara.get("/uppfoljning/2026-1/rapport.pdf").content
        text = pdf_text(content)
        assert_says_nothing(text)
        assert_says_nothing(content.decode("latin-1"))
        assert "Det som alla läser" in text
        assert "Ett initiativ som du inte får läsa" in text


class TestWhoSeesMore:
    def test_the_own_kommun_reads_what_it_has_not_sent_and_still_not_what_is_secret(self, cast: Cast, three: None):
        html = signed_in(cast.lead("skara")).get("/uppfoljning/2026-1/A1-skara/").content.decode()
        assert "Skaras egen hemlighet" in html
        assert "Det sekretessmarkerade" not in html
        assert "1 initiativ visas inte" in html

    def test_nothing_is_withheld_from_one_who_may_read_all(self, cast: Cast, forgetful: None):
        History("DI-1", "Skara", v6="2026-01-20").stage("project", "2026-02-01", "2026-03-01").adopted(
            "Skara", "2026-04-04"
        )
        client = signed_in(cast.coordinator())
        figures = json.loads(client.get("/uppfoljning/2026-1/rapport.json").content)
        assert figures == compute(HalfYear(2026, 1))


class TestWithholding:
    def test_what_is_hidden_is_exactly_what_is_not_visible(self, cast: Cast, three: None):
        for person in (cast.reader("vara"), cast.lead("skara"), cast.staff("vara"), cast.admin(), cast.outsider()):
            seen = set(Initiative.objects.visible_to(person).values_list("reference", flat=True))
            everything = {"DI-2026-901", "DI-2026-902", "DI-2026-903"}
            assert hidden_from(person) == everything - seen

    def test_no_list_keeps_a_hidden_reference_and_no_number_changes(self, three: None):
        figures = compute(HalfYear(2026, 1))
        named = set(references_in(figures))
        assert named == {"DI-2026-901", "DI-2026-902", "DI-2026-903"}
        less = withhold(figures, named)
        assert set(references_in(less)) == set()
        assert numbers(less) == numbers(figures | {"B5": {k: v for k, v in figures["B5"].items() if k != "rader"}})


def numbers(value: Any) -> list[Any]:
    """Every number in its order, wherever it stands."""
    if isinstance(value, dict):
        return [number for inner in value.values() for number in numbers(inner)]
    return [value] if isinstance(value, int | float) else []
