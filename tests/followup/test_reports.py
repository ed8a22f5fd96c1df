"""The whole report: every expected figure of the example register, and few statements."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from followup import reports
from followup.indicators import Figures, Reading
from followup.periods import HalfYear, NoSuchPeriod
from followup.reports import compute, without_rows
from governance.acts import Act
from governance.statuses import Status

from .history import History

REGISTER = Path(settings.BASE_DIR, "fixtures", "register_exempel.xlsx")
EXPECTED = json.loads(
    Path(settings.BASE_DIR, "tests", "data", "register_exempel_indikatorer.json").read_text(encoding="utf-8")
)["perioder"]
TODAY = dt.date(2026, 11, 23)
PERIODS = ("2024-1", "2024-2", "2025-1", "2025-2", "2026-1", "2026-2")
KEYS = ("period", "fran", "till", "per", "A1", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "lokalt")
SPRING = HalfYear(2026, 1)

STATEMENTS = 11
"""Organisations, A1, B1, B2, införanden, and for B5 its initiatives, participants, leaves and costs; C1 and C2."""


@pytest.fixture(scope="class")
def register(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The example register, brought in once by the import itself and taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_register", REGISTER, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="class")
def counted(register: None) -> dict[str, Figures]:
    return {code: compute(HalfYear.parse(code), TODAY) for code in PERIODS}


class TestTheExampleRegister:
    def test_the_expected_figures_are_those_of_these_half_years(self):
        assert tuple(EXPECTED) == PERIODS
        assert all(tuple(figures) == KEYS for figures in EXPECTED.values())

    @pytest.mark.parametrize("key", KEYS)
    @pytest.mark.parametrize("code", PERIODS)
    def test_every_figure_is_the_expected_to_the_last_ore_and_day(self, counted, code, key):
        assert counted[code][key] == EXPECTED[code][key]

    @pytest.mark.parametrize("code", PERIODS)
    def test_the_json_is_the_same_to_the_letter(self, counted, code):
        assert list(counted[code]) == list(EXPECTED[code])
        assert json.dumps(counted[code], sort_keys=True) == json.dumps(EXPECTED[code], sort_keys=True)

    @pytest.mark.parametrize("code", PERIODS)
    def test_without_the_rows_of_b5_it_is_the_same(self, counted, code):
        period = HalfYear.parse(code)
        figures = json.loads(json.dumps(counted[code]))
        del figures["B5"]["rader"]
        assert without_rows(Reading(period, period.end(TODAY))) == figures


@pytest.mark.django_db
class TestPeriodOfTheReport:
    def test_today_is_the_last_day_taken_into_account_while_the_half_year_runs(self):
        History("DI-1", submitted="2026-02-02")
        assert compute(SPRING, dt.date(2026, 2, 1))["A1"]["summa_kommuner"]["antal"] == 0
        report = compute(SPRING, dt.date(2026, 2, 2))
        assert (report["per"], report["A1"]["summa_kommuner"]["antal"]) == ("2026-02-02", 1)

    def test_without_a_date_it_is_today(self, monkeypatch):
        monkeypatch.setattr(reports.timezone, "localdate", lambda: dt.date(2026, 2, 2))
        assert compute(SPRING)["per"] == "2026-02-02"

    def test_a_half_year_that_has_not_begun_has_no_report(self):
        with pytest.raises(NoSuchPeriod):
            compute(SPRING, dt.date(2025, 12, 31))

    def test_nothing_at_all_is_a_report_too(self):
        report = compute(SPRING, TODAY)
        assert report["A1"]["summa_kommuner"] == {"antal": 0, "varav_dubbletter": 0}
        assert report["B5"]["rader"] == []
        assert report["B5"]["B5e_vantande"]["median_alder_fran_v6"] is None


def full_history(number: int) -> None:
    (
        History(f"DI-{number:03}", submitted="2025-11-03", v6="2025-12-01")
        .event(Act.DECIDE_START, "2026-02-01", Status.IN_PROGRESS)
        .joins("Skara", "2025-12-01", role="leads")
        .joins("Vara", "2025-12-01", "2026-03-03")
        .stage("project", "2026-02-01", "2026-04-01")
        .cost("development", "1000", "2026-02-02")
        .cost("operation", "3650", "2026-02-02")
        .adopted("Skara", "2026-05-05")
        .confirmed_in_all("2026-06-01")
    )


@pytest.mark.django_db
class TestStatements:
    @pytest.mark.parametrize("initiatives", [1, 200])
    def test_their_number_does_not_depend_on_how_many_initiatives_there_are(self, initiatives):
        for number in range(initiatives):
            full_history(number)
        with CaptureQueriesContext(connection) as whole:
            report = compute(SPRING, TODAY)
        assert (len(report["B5"]["rader"]), report["C1"]["antal"], len(whole)) == (initiatives, initiatives, STATEMENTS)
