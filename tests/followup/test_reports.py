"""The whole report: every expected figure of the example register, few statements, and drafts that are never stale."""

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
from followup.indicators import Figures
from followup.models import ReportDraft
from followup.periods import HalfYear, NoSuchPeriod
from followup.reports import compute, draft, rows
from governance.acts import Act
from governance.models import Principle
from governance.statuses import Status
from v6portal.organizations.models import Organisation

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
STATEMENTS_OF_A_KEPT_DRAFT = 2
STATEMENTS_OF_A_FRESH_DRAFT = 12
STATEMENTS_OF_ROWS = 5


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
    def test_a_draft_and_its_rows_are_the_report_in_two_pieces(self, counted, code):
        kept = draft(HalfYear.parse(code), TODAY)
        figures = json.loads(json.dumps(counted[code]))
        listed = figures["B5"].pop("rader")
        assert kept.figures == figures
        assert rows(kept) == listed
        assert rows(kept, kept.initiatives[1:3]) == listed[1:3]
        assert rows(kept, []) == []


@pytest.mark.django_db
class TestPeriodOfTheReport:
    def test_today_is_the_last_day_taken_into_account_while_the_half_year_runs(self):
        History("DI-1", submitted="2026-02-02")
        assert compute(SPRING, dt.date(2026, 2, 1))["A1"]["summa_kommuner"]["antal"] == 0
        report = compute(SPRING, dt.date(2026, 2, 2))
        assert (report["per"], report["A1"]["summa_kommuner"]["antal"]) == ("2026-02-02", 1)

    def test_without_a_date_it_is_today(self, monkeypatch):
        monkeypatch.setattr(reports.timezone, "localdate", lambda: dt.date(2026, 2, 2))
        assert compute(SPRING)["per"] == draft(SPRING).per.isoformat() == "2026-02-02"

    def test_a_half_year_that_has_not_begun_has_no_report(self):
        for count in (compute, draft):
            with pytest.raises(NoSuchPeriod):
                count(SPRING, dt.date(2025, 12, 31))

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
        with CaptureQueriesContext(connection) as fresh:
            kept = draft(SPRING, TODAY)
        # The draft is written in a savepoint, which is two statements more.
        assert len([s for s in fresh if "SAVEPOINT" not in s["sql"]]) == STATEMENTS_OF_A_FRESH_DRAFT
        with CaptureQueriesContext(connection) as again:
            draft(SPRING, TODAY)
        assert len(again) == STATEMENTS_OF_A_KEPT_DRAFT
        with CaptureQueriesContext(connection) as listed:
            rows(kept, kept.initiatives[:50])
        assert len(listed) == STATEMENTS_OF_ROWS


@pytest.mark.django_db
class TestDrafts:
    def counted(self) -> int:
        return draft(SPRING, TODAY).figures["A1"]["summa_kommuner"]["antal"]

    def test_every_act_makes_the_next_reader_count_again(self):
        history = History("DI-1", v6="2026-02-02")
        assert draft(SPRING, TODAY).figures["B3"]["inforanden"] == 0
        history.adopted("Vara", "2026-03-03").event(Act.RECORD_ADOPTION, "2026-03-03")
        assert draft(SPRING, TODAY).figures["lokalt"]["inforanden"]["inforanden"] == 0
        assert draft(SPRING, TODAY).figures["B4"]["inforanden"] == 1

    def test_between_acts_nothing_is_counted_again(self):
        History("DI-1")
        assert self.counted() == 1
        ReportDraft.objects.update(figures={"A1": {"summa_kommuner": {"antal": 4711}}})
        assert self.counted() == 4711

    def test_another_day_is_counted_anew_and_takes_the_place_of_the_old(self):
        draft(SPRING, dt.date(2026, 2, 2))
        draft(SPRING, dt.date(2026, 2, 3))
        assert ReportDraft.objects.get().per == dt.date(2026, 2, 3)

    def test_a_new_name_of_an_organisation_or_code_of_a_principle_shows(self):
        before = draft(SPRING, TODAY).basis
        Organisation.objects.filter(key="vara").update(short_name="Wara")
        named = draft(SPRING, TODAY)
        assert "Wara" in named.figures["A1"]["per_kommun"]
        Principle.objects.filter(code="P4").update(code="P44")
        assert len({before, named.basis, draft(SPRING, TODAY).basis}) == 3

    def test_what_changes_while_it_is_read_is_read_again(self, monkeypatch):
        History("DI-1")
        once = iter([True])
        assemble = reports._assemble

        def interrupted(*args: Any, **more: Any) -> Figures:
            figures = assemble(*args, **more)
            if next(once, False):
                History("DI-2")
            return figures

        monkeypatch.setattr(reports, "_assemble", interrupted)
        assert self.counted() == 2
        assert ReportDraft.objects.get().figures["A1"]["summa_kommuner"]["antal"] == 2

    def test_what_never_stops_changing_is_shown_but_not_kept(self, monkeypatch):
        heads = iter("abcdefgh")
        monkeypatch.setattr(reports, "_basis", lambda: next(heads))
        History("DI-1")
        assert self.counted() == 1
        assert not ReportDraft.objects.exists()
