"""The report's page: that each figure printed is the figure counted, and leads to the list behind it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from followup.indicators import INDICATORS, Section
from followup.periods import HalfYear
from tests.cast import Cast

from .history import History
from .reporting import KEYS, example, figures_on, forgetful, signed_in, text_of

__all__ = ["example", "forgetful"]

pytestmark = pytest.mark.django_db


def kronor(amount: str | None) -> str:
    if amount is None:
        return "–"
    whole = Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole:,}".replace(",", " ") + " kr"


def number(value: float | None) -> str:
    return "–" if value is None else str(value).replace(".", ",")


def page(client: Client, address: str = "/uppfoljning/2026-1/") -> str:
    """The page; that of a half-year as it is for all kommuner, whoever reads it."""
    more = {"kommun": "alla"} if re.fullmatch(r"/uppfoljning/[^/]+/", address) else {}
    response = client.get(address, more)
    assert response.status_code == 200
    return response.content.decode()


def expected_counts(figures: dict[str, Any]) -> dict[str, str]:
    """Every count of a report and its medians by the key of the list behind it, typed apart from the code."""
    found: dict[str, Any] = {}
    for code in ("A1", "B1"):
        parts = {KEYS[name]: part for name, part in figures[code]["per_kommun"].items()}
        parts |= {"summa": figures[code]["summa_kommuner"], "goliska": figures[code]["goliska_it"]}
        for key, part in parts.items():
            found[f"{code}-{key}"] = part["antal"]
            if code == "A1":
                found[f"{code}-{key}-dubbletter"] = part["varav_dubbletter"]
    for code, place in (("B2", figures["B2"]), ("lokalt-B2", figures["lokalt"]["B2"])):
        for kind, part in place.items():
            found[f"{code}-{kind}"] = part["genomforda"]
            found[f"{code}-{kind}-initiativ"] = part["initiativ"]
            found[f"{code}-{kind}-pagaende"] = part["pagaende"]
    lokalt = figures["lokalt"]
    for code, place in (("B3", figures["B3"]), ("B4", figures["B4"]), ("lokalt-inforanden", lokalt["inforanden"])):
        found[code], found[f"{code}-inforanden"] = place["kommuner"], place["inforanden"]
    for code, place in (("C1", figures["C1"]), ("lokalt-C1", lokalt["C1"])):
        found[code] = place["antal"]
    for code, place in (("C2", figures["C2"]), ("lokalt-C2", lokalt["C2"])):
        found |= {f"{code}-{key}": place[key] for key in ("invanare", "medarbetare", "bada", "totalt")}
    for key, median in (("startade", "median_dagar"), ("vantande", "median_alder")):
        part = figures["B5"][f"B5e_{key}"]
        found[f"B5e-{key}"] = part["antal"]
        for since in ("v6", "inskickat"):
            if part[f"{median}_fran_{since}"] is not None:
                found[f"B5e-{key}-{since}"] = part[f"{median}_fran_{since}"]
    return {key: number(value) for key, value in found.items()}


def expected_rows(figures: dict[str, Any]) -> dict[str, str]:
    """What the row of an initiative leads to from; what is not known is no link."""
    found = {}
    for row in figures["B5"]["rader"]:
        reference = row["referens"]
        found |= {
            f"B5a-{reference}": number(row["B5a"]["deltagande"]),
            f"B5b-{reference}": number(row["B5b"]["i_perioden"]),
            f"B5c-{reference}": kronor(row["B5c"]["tillsammans"]["utfall"]),
            f"B5d-{reference}": kronor(row["B5d"]["tillsammans"]["arskostnad"]),
            f"B5e-{reference}": number(row["B5e"]["dagar_fran_inskickat"]),
        }
    return {key: text for key, text in found.items() if text != "–"}


class TestEveryFigure:
    def test_the_page_prints_the_figures_worked_out_apart_from_the_portal(self, cast: Cast, example):
        client = signed_in(cast.lead())
        for period in ("2025-1", "2025-2", "2026-1"):
            html = page(client, f"/uppfoljning/{period}/")
            tables = html[html.index('class="report-part"') :]
            shown = figures_on(tables, period)
            count = shown.pop("B5")
            assert count == f"{example[period]['B5']['antal_rader']} initiativ"
            assert shown == expected_counts(example[period]) | expected_rows(example[period])

    def test_the_smaller_figures_of_a_row_stand_in_it(self, cast: Cast, example):
        html = page(signed_in(cast.lead()))
        for row in example["2026-1"]["B5"]["rader"]:
            at = html.index(f'<span class="sub">{row["referens"]}</span>')
            words = text_of(html[at : html.index("</tr>", at)])
            together, running, time = row["B5c"]["tillsammans"], row["B5d"]["tillsammans"], row["B5e"]
            assert f"någonsin {row['B5a']['nagonsin']}" in words
            assert f"sammanlagt {row['B5b']['ackumulerat']}" in words
            assert f"under halvåret {kronor(together['utfall_i_perioden'])}" in words
            assert f"budget {kronor(together['budget'])}" in words
            assert f"upplupet {kronor(running['upplupet_i_perioden'])}" in words
            assert f"från V6 {number(time['dagar_fran_v6'])}" in words
            for leave in row["B5b"]["lista"]:
                assert f"{leave['kommun']} {leave['lamnade']}, {leave['princip']}: {leave['orsak']}" in words

    def test_every_figure_opens_a_list_as_long_as_it_says(self, cast: Cast, example):
        client = signed_in(cast.coordinator())
        period, figures = "2026-1", example["2026-1"]
        lengths = {
            "A1-skara": figures["A1"]["per_kommun"]["Skara"]["referenser"],
            "A1-summa": [r for part in figures["A1"]["per_kommun"].values() for r in part["referenser"]],
            "B1-goliska": figures["B1"]["goliska_it"]["referenser"],
            "B2-projekt-pagaende": figures["B2"]["projekt"]["pagaende_etapper"],
            "B2-summa": [stage for part in figures["B2"].values() for stage in part["etapper"]],
            "B3": figures["B3"]["lista"],
            "B4-inforanden": figures["B4"]["lista"],
            "B5": figures["B5"]["rader"],
            "B5c": figures["B5"]["rader"],
            "B5e-vantande": figures["B5"]["B5e_vantande"]["referenser"],
            "C1": figures["C1"]["referenser"],
            "C2-totalt": figures["C2"]["totalt_referenser"],
        }
        for key, items in lengths.items():
            html = page(client, f"/uppfoljning/{period}/{key}/")
            left_out = re.search(r"(\d+) initiativ visas inte", html)
            assert html.count('<th scope="row"') + int(left_out[1] if left_out else 0) == len(items), key

    def test_the_list_behind_a_cost_adds_up_to_it(self, cast: Cast):
        History("DI-1", v6="2026-01-20").cost("development", "100.50", "2026-02-01").cost(
            "development", "0.50", "2026-03-01"
        ).cost("development", "7", "2026-07-01").cost("development", "9", "2026-01-19")
        html = page(signed_in(cast.lead()), "/uppfoljning/2026-1/B5c-DI-1/")
        words = text_of(html)
        assert "101 kr" in words
        assert "2026-02-01" in words
        assert "2026-03-01" in words
        assert "2026-07-01" not in words
        assert "2026-01-19" not in words


class TestWords:
    def test_every_line_stands_in_its_own_words_with_its_definition(self, cast: Cast, forgetful):
        History("DI-1", v6="2026-01-20")
        words = text_of(page(signed_in(cast.lead())))
        at = 0
        for section in Section:
            at = words.index(section.value, at)
        for indicator in INDICATORS:
            assert str(indicator.wording) in words
            if indicator.code != "B5e":
                assert text_of(str(indicator.definition)) in words

    def test_what_is_not_known_is_no_zero(self, cast: Cast, forgetful):
        History("DI-1", v6="2026-01-20")
        html = page(signed_in(cast.lead()))
        first = text_of(html[html.index('<ul class="figs"') : html.index("</ul>", html.index('<ul class="figs"'))])
        assert "uppgift saknas median från inskickat till start" in first
        assert "uppgift saknas utfall för förstudie och utveckling" in first
        assert "0 kr" not in text_of(html)

    def test_a_change_is_told_against_the_half_year_before(self, cast: Cast, forgetful):
        History("DI-1", submitted="2025-10-01")
        for number_ in (2, 3, 4):
            History(f"DI-{number_}", submitted="2026-02-02")
        words = text_of(page(signed_in(cast.lead())))
        assert "3 inkomna initiativ i kommunerna +2 mot 2:a halvåret 2025" in words

    def test_the_first_half_year_is_compared_with_nothing(self, cast: Cast, forgetful):
        History("DI-1", submitted="2026-02-02")
        assert "mot 2:a halvåret 2025" not in page(signed_in(cast.lead()))

    def test_a_running_half_year_says_until_when(self, cast: Cast, forgetful):
        today = timezone.localdate()
        History("DI-1", submitted=today.isoformat())
        period = HalfYear.of(today)
        day = "30 juni" if period.half == 1 else "31 december"
        assert f"Pågår till {day}. Siffrorna är beräknade" in text_of(
            page(signed_in(cast.lead()), f"/uppfoljning/{period}/")
        )


class TestWhichThereAre:
    def test_the_present_half_year_stands_first_and_the_first_submission_last(self, cast: Cast, forgetful):
        History("DI-1", submitted="2025-02-02", v6="2025-08-01")
        html = page(signed_in(cast.lead()), "/uppfoljning/")
        now = HalfYear.of(timezone.localdate())
        table = html[html.index("<tbody>") :]
        assert table.index(f"/uppfoljning/{now}/") < table.index("/uppfoljning/2025-2/")
        assert "2024-2" not in html
        assert "2:a halvåret 2025 Avslutat 0 1" in text_of(html)

    def test_with_nothing_submitted_there_is_the_present_one(self, cast: Cast, forgetful):
        now = HalfYear.of(timezone.localdate())
        client = signed_in(cast.lead())
        assert f"/uppfoljning/{now}/" in page(client, "/uppfoljning/")
        assert "Uppföljning" in page(client, f"/uppfoljning/{now}/")

    @pytest.mark.parametrize(
        "address",
        [
            "/uppfoljning/2026-3/",
            "/uppfoljning/nu/",
            "/uppfoljning/1950-1/",
            "/uppfoljning/2999-1/",
            "/uppfoljning/2026-1/Z9/",
            "/uppfoljning/2026-1/B5a-DI-404/",
            "/uppfoljning/2999-1/rapport.pdf",
            "/uppfoljning/2999-1/rapport.xlsx",
            "/uppfoljning/2999-1/rapport.json",
        ],
    )
    def test_what_does_not_exist_says_so_in_swedish(self, cast: Cast, forgetful, address: str):
        History("DI-1", submitted="2026-02-02")
        response = signed_in(cast.lead()).get(address)
        assert response.status_code == 404
        assert "Här finns ingen sida" in response.content.decode()

    def test_only_people_with_a_role_read_it(self, cast: Cast, forgetful):
        History("DI-1", submitted="2026-02-02")
        outsider = signed_in(cast.outsider())
        for address in ("", "2026-1/", "2026-1/A1-skara/", "2026-1/rapport.pdf", "2026-1/rapport.json"):
            assert outsider.get(f"/uppfoljning/{address}").status_code == 403
        assert Client().get("/uppfoljning/2026-1/").status_code == 302


class TestQuestionsToTheDatabase:
    """Session, person, roles, what waits, the organisations, the log's end, whether the report is approved, what is
    hidden, titles, four for rows.

    And, on the page, whether a file that the person has asked for is ready, how far the report has come, which are
    approved before it, and what stands beside the indicators.
    """

    PAGE = 18
    LISTS = {"A1-skara": 10, "B2-forstudie": 12}

    def many(self, how_many: int) -> None:
        for at in range(how_many):
            History(f"DI-2026-{at:03}", "Skara", submitted="2026-01-12", v6="2026-01-20").joins(
                "Skara", "2026-01-20"
            ).stage("prestudy", "2026-02-01", "2026-03-01").cost("prestudy", "10", "2026-02-02")

    @pytest.mark.parametrize("how_many", [1, 60])
    def test_the_page_asks_as_much_of_one_row_as_of_many(
        self, cast: Cast, forgetful, how_many: int, django_assert_num_queries: Any
    ):
        self.many(how_many)
        client = signed_in(cast.lead())
        page(client)
        with django_assert_num_queries(self.PAGE):
            html = page(client)
        assert f"{how_many} initiativ" in text_of(html)

    @pytest.mark.parametrize("how_many", [1, 60])
    def test_a_list_asks_as_much_of_one_row_as_of_many(
        self, cast: Cast, forgetful, how_many: int, django_assert_num_queries: Any
    ):
        self.many(how_many)
        client = signed_in(cast.lead())
        client.get("/uppfoljning/2026-1/")
        for key, number_ in self.LISTS.items():
            with django_assert_num_queries(number_):
                page(client, f"/uppfoljning/2026-1/{key}/")

    def test_rows_come_fifty_at_a_time(self, cast: Cast, forgetful):
        self.many(60)
        client = signed_in(cast.lead())
        assert text_of(page(client)).count("någonsin 1") == 50
        assert text_of(page(client, "/uppfoljning/2026-1/?kommun=alla&page=2")).count("någonsin 1") == 10


class TestWhatIsRemembered:
    def test_what_the_log_grows_by_is_seen_at_once(self, cast: Cast, forgetful):
        client = signed_in(cast.lead())
        History("DI-1", submitted="2026-02-02")
        assert figures_on(page(client), "2026-1")["A1-skara"] == "1"
        History("DI-2", submitted="2026-02-03")
        assert figures_on(page(client), "2026-1")["A1-skara"] == "2"

    def test_a_half_year_is_counted_up_to_today_and_no_further(self, cast: Cast, forgetful):
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        History("DI-1", submitted=timezone.localdate().isoformat())
        if HalfYear.of(tomorrow) == HalfYear.of(timezone.localdate()):
            History("DI-2", submitted=tomorrow.isoformat())
        period = HalfYear.of(timezone.localdate()).code
        html = page(signed_in(cast.lead()), f"/uppfoljning/{period}/")
        assert figures_on(html, period)["A1-skara"] == "1"
