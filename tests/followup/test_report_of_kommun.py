"""A kommun's own view of the report: out of the same figures, and of it alone."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from followup.exports.report_pdf import render_pdf
from followup.exports.report_xlsx import render_xlsx
from followup.periods import HalfYear
from followup.presenting.goals import goals
from followup.presenting.plain_values import (
    history_as_plain,
    history_from_plain,
    overview_as_plain,
    overview_from_plain,
)
from followup.presenting.report import of_kommun, open_report
from initiatives.models import Initiative
from tests.cast import Cast

from .history import History
from .reporting import KEYS, example, figures_on, forgetful, pdf_text, signed_in, text_of, workbook_of

__all__ = ["example", "forgetful"]

pytestmark = pytest.mark.django_db

ADDRESS = "/uppfoljning/2026-1/"


def page(client: Client, kommun: str, address: str = ADDRESS) -> str:
    response = client.get(address, {"kommun": kommun})
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[str]:
    """The names in the switch, the chosen one in capitals."""
    switch = html[html.index('class="tabs"') :]
    return [
        name.upper() if current else name
        for current, name in re.findall(r'<a href="[^"]*"( aria-current="page")?>([^<]+)</a>', switch)[:7]
    ]


def figures_of(html: str, kommun: str) -> dict[str, str]:
    """The text of every link to a list, by its key; every one leads to the kommun's own list."""
    return figures_on(html.replace(f'/?kommun={kommun}"', '/"'), "2026-1")


@pytest.fixture
def two(cast: Cast, forgetful: None) -> None:
    """One that Skara and Vara share, one that is Vara's alone in V6, one that Skara has not sent."""
    (
        History("DI-1", "Skara", submitted="2026-01-10", v6="2026-01-20")
        .joins("Skara", "2026-01-21", role="leads")
        .joins("Vara", "2026-01-21")
        .stage("prestudy", "2026-02-09", "2026-03-01")
        .stage("project", "2026-03-02", "2026-04-01")
        .cost("development", "1000", "2026-02-02")
        .adopted("Skara", "2026-04-04")
        .adopted("Essunga", "2026-04-05")
        .confirmed_in_all("2026-04-06")
    )
    (
        History("DI-2", "Vara", submitted="2026-01-10", v6="2026-01-20")
        .joins("Vara", "2026-01-21", role="leads")
        .stage("project", "2026-02-19", "2026-05-01")
        .cost("development", "50", "2026-02-02")
    )
    History("DI-3", "Skara", submitted="2026-02-02").stage("project", "2026-02-03", "2026-05-01")


class TestWhoseItIs:
    @pytest.mark.parametrize(
        ("who", "first"),
        [
            ("director", "SKARA"),
            ("lead", "SKARA"),
            ("coordinator", "ALLA KOMMUNER"),
            ("network", "ALLA KOMMUNER"),
            ("it_director", "ALLA KOMMUNER"),
        ],
    )
    def test_each_lands_on_her_own(self, cast: Cast, two: None, who: str, first: str):
        client = signed_in(getattr(cast, who)())
        names = shown(client.get(ADDRESS).content.decode())
        assert [name.capitalize() for name in names] == ["Alla kommuner", *KEYS]
        assert [name for name in names if name.isupper()] == [first]

    def test_whoever_it_is_may_choose_another_and_it_stays_in_the_addresses(self, cast: Cast, two: None):
        html = page(signed_in(cast.director("skara")), "vara")
        assert "VARA" in shown(html)
        assert "Uppföljning för Vara, 1:a halvåret 2026" in html
        assert f'href="{ADDRESS}A1-vara/?kommun=vara"' in html
        assert f'href="{ADDRESS}rapport.pdf?kommun=vara"' in html
        assert 'href="/uppfoljning/2026-2/?kommun=vara"' in html

    def test_one_with_roles_in_two_places_sees_what_belongs_to_the_one_she_acts_in(self, cast: Cast, two: None):
        both = cast.director("skara")
        both.memberships.update(valid_from="2024-01-02")
        other = cast.coordinator().memberships.get()
        other.pk, other.user = None, both
        other.save()
        client = signed_in(both)
        found = {}
        for membership in both.memberships.all():
            session = client.session
            session["acting_membership"] = membership.pk
            session.save()
            names = shown(client.get(ADDRESS).content.decode())
            found[membership.organisation.key] = next(name for name in names if name.isupper())
        assert found == {"skara": "SKARA", "v6": "ALLA KOMMUNER"}

    @pytest.mark.parametrize("key", ["goliska", "v6", "trollhattan", "Skara"])
    def test_what_is_no_kommun_is_no_page(self, cast: Cast, two: None, key: str):
        client = signed_in(cast.coordinator())
        for address in (ADDRESS, f"{ADDRESS}B5/", f"{ADDRESS}rapport.xlsx"):
            assert client.get(address, {"kommun": key}).status_code == 404


class TestItsFigures:
    def test_each_is_the_kommuns(self, cast: Cast, two: None):
        client = signed_in(cast.coordinator())
        assert {key: figures_of(page(client, "skara"), "skara")[key] for key in EXPECTED} == EXPECTED
        vara = figures_of(page(client, "vara"), "vara")
        assert (vara["A1-vara"], vara["B2-projekt"], vara["B2-forstudie"], vara["C1"]) == ("1", "2", "1", "0")
        assert (vara["B5"], vara["B3-inforanden"], vara["B5e-startade-inskickat"]) == ("2 initiativ", "0", "35")
        essunga = figures_of(page(client, "essunga"), "essunga")
        assert (essunga["B4-inforanden"], essunga["C1"], essunga["C2-totalt"], essunga["B5"]) == (
            "1",
            "1",
            "1",
            "0 initiativ",
        )

    def test_what_came_in_is_the_figure_worked_out_apart_from_the_portal(self, cast: Cast, example: dict[str, Any]):
        client = signed_in(cast.coordinator())
        for period in ("2025-2", "2026-1"):
            for name, key in KEYS.items():
                html = page(client, key, f"/uppfoljning/{period}/").replace(f'/?kommun={key}"', '/"')
                figures, expected = figures_on(html, period), example[period]
                for code in ("A1", "B1"):
                    assert figures[f"{code}-{key}"] == str(expected[code]["per_kommun"][name]["antal"])
                for code in ("B3", "B4"):
                    mine = [adoption for adoption in expected[code]["lista"] if adoption["kommun"] == name]
                    assert figures[f"{code}-inforanden"] == str(len(mine))
                rows = [row for row in expected["B5"]["rader"] if name in row["B5a"]["kommuner"]]
                assert figures["B5"] == f"{len(rows)} initiativ"

    def test_every_figure_opens_a_list_as_long_as_it_says(self, cast: Cast, example: dict[str, Any]):
        client = signed_in(cast.coordinator())
        checked = 0
        for key, figure in figures_of(page(client, "lidkoping"), "lidkoping").items():
            if re.fullmatch(r"(A1|B1|B2|B3|B4|C1|C2|lokalt)-?.*", key) and figure.isdigit():
                html = page(client, "lidkoping", f"{ADDRESS}{key}/")
                left_out = re.search(r"(\d+) initiativ visas inte", html)
                assert html.count('<th scope="row"') + int(left_out[1] if left_out else 0) == int(figure), key
                checked += 1
        assert checked > 20

    def test_what_is_not_known_is_no_zero(self, cast: Cast, two: None):
        words = text_of(page(signed_in(cast.coordinator()), "gotene"))
        assert "uppgift saknas median från inskickat till start" in words
        assert "uppgift saknas utfall för förstudie och utveckling, initiativ som kommunen deltar i" in words


EXPECTED = {
    "A1-skara": "2",
    "B1-skara": "1",
    "B2-forstudie": "1",
    "B2-projekt": "1",
    "B2-projekt-initiativ": "1",
    "B3-inforanden": "1",
    "B4-inforanden": "0",
    "B5": "1 initiativ",
    "B5e-startade": "1",
    "B5e-startade-inskickat": "30",
    "B5e-startade-v6": "20",
    "B5e-vantande": "1",  # its status is still Inkommet till V6
    "C1": "1",
    "C2-totalt": "1",
    "lokalt-B2-projekt": "1",
    "lokalt-inforanden-inforanden": "0",
    "B5c-DI-1": "1 000 kr",
}
"""Skara's of the register ``two``, worked out by hand."""


class TestWhatIsWithheld:
    def test_a_sum_over_what_she_may_not_read_is_not_given_and_says_why(self, cast: Cast, two: None):
        assert "1 000 kr utfall för förstudie" in text_of(page(signed_in(cast.reader("vara")), "skara"))
        Initiative.objects.filter(reference="DI-1").update(is_secret=True, title="Det hemliga")
        client = signed_in(cast.reader("vara"))
        html = page(client, "skara")
        words = text_of(html)
        assert "visas inte för dig: i summan ingår 1 initiativ som du inte får läsa" in words
        assert "1 000 kr" not in words
        assert "Det hemliga" not in html
        assert figures_of(html, "skara")["B5"] == "1 initiativ"
        for address in (f"{ADDRESS}B5c/", f"{ADDRESS}B5/", f"{ADDRESS}A1-skara/"):
            listed = text_of(page(client, "skara", address))
            assert "1 000" not in listed
            assert "Det hemliga" not in listed
        values = workbook_of(client.get(f"{ADDRESS}rapport.xlsx?kommun=skara").content)
        assert not [c for sheet in values for row in sheet.iter_rows() for c in row if c.value in (1000, "Det hemliga")]
        assert "1 000 kr" not in pdf_text(client.get(f"{ADDRESS}rapport.pdf?kommun=skara").content)


class TestWhatIsKept:
    """A report that is kept as plain values divides as it did when it was counted, whatever is recorded since."""

    def test_a_round_trip_through_json_gives_the_same_report(self, cast: Cast, two: None):
        report = open_report(HalfYear(2026, 1), dt.date(2026, 11, 23), reader=cast.coordinator())
        kept = json.loads(json.dumps([overview_as_plain(report.overview), history_as_plain(report.history)]))
        History("DI-9", "Skara", submitted="2026-03-01", v6="2026-03-02").joins("Vara", "2026-03-03")
        again = replace(report, overview=overview_from_plain(kept[0]), history=history_from_plain(kept[1]))
        assert again == report
        for kommun in report.kommuner:
            assert of_kommun(again, kommun) == of_kommun(report, kommun)
            assert of_kommun(again, kommun).overview.figures["A1"]["per_kommun"].keys() == {kommun.short_name}

    def test_without_a_history_there_is_a_report_without_trends(self, cast: Cast, two: None):
        report = replace(open_report(HalfYear(2026, 1), dt.date(2026, 11, 23), reader=cast.coordinator()), history=())
        assert goals(report) == []
        assert not any(figure.trend and figure.trend.is_drawn for figure in report.leading())
        text = pdf_text(render_pdf(report))
        assert "Effektmålen över tid" not in text
        assert "Effektmål" not in workbook_of(render_xlsx(report)).sheetnames


class TestItsFiles:
    def test_they_are_the_kommuns_and_say_so(self, cast: Cast, two: None):
        client = signed_in(cast.director("skara"))
        response = client.get(f"{ADDRESS}rapport.pdf?kommun=skara")
        assert response.headers["Content-Disposition"] == 'attachment; filename="uppfoljning-2026-1-skara.pdf"'
        text = pdf_text(response.content)
        assert "Uppföljning för Skara, 1:a halvåret 2026" in text
        assert "Initiativ DI-1" in text
        assert "Initiativ DI-2" not in text
        book = workbook_of(client.get(f"{ADDRESS}rapport.xlsx?kommun=skara").content)
        assert book["Översikt"]["A1"].value == "Uppföljning för Skara, 1:a halvåret 2026"
        assert [cell.value for cell in book["Per initiativ"]["A"]][3:4] == ["DI-1"]

    def test_without_a_choice_a_file_is_that_of_all(self, cast: Cast, two: None):
        text = pdf_text(signed_in(cast.director("skara")).get(f"{ADDRESS}rapport.pdf").content)
        assert "Initiativ DI-2" in text


@pytest.mark.parametrize("how_many", [1, 40])
def test_the_kommuns_page_asks_as_much_of_one_row_as_of_many(
    cast: Cast, forgetful: None, how_many: int, django_assert_num_queries: Any
):
    for at in range(how_many):
        History(f"DI-2026-{at:03}", "Skara", submitted="2024-01-12", v6="2026-01-20").joins("Skara", "2026-01-20")
    client = signed_in(cast.lead())
    page(client, "skara")
    with django_assert_num_queries(18):
        html = page(client, "skara")
    assert f"{how_many} initiativ" in text_of(html)
