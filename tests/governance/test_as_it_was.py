"""The two dates: which are meant, and which cannot be answered for."""

from __future__ import annotations

import datetime as dt

import pytest

from governance.as_it_was import TwoDates, two_dates
from governance.remembering import Kept, NotRemembered, as_known
from v6portal.organizations.errors import Refused

TODAY, SINCE = dt.date(2026, 11, 26), dt.date(2026, 5, 1)
MAY, JUNE, APRIL, TOMORROW = dt.date(2026, 5, 31), dt.date(2026, 6, 10), dt.date(2026, 4, 30), dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("true_on", "known_on", "meant"),
    [
        (None, None, TwoDates(TODAY, None)),
        (MAY, None, TwoDates(MAY, None)),
        (MAY, TODAY, TwoDates(MAY, None)),
        (None, JUNE, TwoDates(JUNE, JUNE)),
        (MAY, JUNE, TwoDates(MAY, JUNE)),
        (JUNE, JUNE, TwoDates(JUNE, JUNE)),
        (APRIL, MAY, TwoDates(APRIL, MAY)),
        (None, SINCE, TwoDates(SINCE, SINCE)),
    ],
)
def test_what_is_meant(true_on, known_on, meant):
    assert two_dates(true_on, known_on, TODAY, SINCE) == meant


@pytest.mark.parametrize(
    ("true_on", "known_on", "sentence"),
    [
        (TOMORROW, None, "Välj i dag eller en tidigare dag."),
        (None, TOMORROW, "Välj i dag eller en tidigare dag."),
        (None, APRIL, "från och med den 1 maj 2026"),
        (JUNE, MAY, "Den 31 maj 2026 visste ingen vad som skulle gälla den 10 juni 2026."),
    ],
)
def test_what_cannot_be_answered(true_on, known_on, sentence):
    with pytest.raises(Refused, match=sentence):
        two_dates(true_on, known_on, TODAY, SINCE)


def test_where_everything_is_remembered_no_day_is_too_early():
    assert two_dates(APRIL, APRIL, TODAY, None) == TwoDates(APRIL, APRIL)


def test_what_is_shown_everywhere_else_is_today_by_all_that_is_known():
    assert TwoDates(TODAY, None).is_today(TODAY)
    assert not TwoDates(MAY, None).is_today(TODAY)
    assert not TwoDates(TODAY, MAY).is_today(TODAY)
    assert (TwoDates(MAY, None).known(TODAY), TwoDates(MAY, JUNE).known(TODAY)) == (TODAY, JUNE)


class TestTheStatement:
    KEPT = {"governance_stage": Kept("governance_stage", "case_id", ["id", "case_id"])}

    def test_one_that_begins_with_tables_of_its_own_goes_on_after_the_others(self):
        told = as_known("\nwith mine as (select 1) select * from governance_stage, mine", self.KEPT)
        assert told.startswith("with governance_stage as not materialized (")
        assert told.endswith("), mine as (select 1) select * from governance_stage, mine")

    def test_one_that_reads_nothing_whose_past_is_kept_is_left_alone(self):
        assert as_known("select 1 from organizations_organisation", {}) == "select 1 from organizations_organisation"
        assert as_known("select 1 from governance_principle", {}, ["governance_principle"]).startswith("select 1")

    def test_one_that_reads_a_table_whose_past_nobody_keeps_is_refused(self):
        with pytest.raises(NotRemembered, match="initiatives_score"):
            as_known("select 1 from governance_event, initiatives_score", self.KEPT)

    def test_what_holds_today_goes_before_what_was_known(self):
        kept = Kept("governance_case", "initiative_id", ["initiative_id", "status"], "now.status = 'interest'")
        told = as_known("select 1 from governance_case", {"governance_case": kept})
        assert "now.initiative_id = latest.case_id and now.status = 'interest'" in told
        assert """union all select now."initiative_id", now."status" from public.governance_case now""" in told
