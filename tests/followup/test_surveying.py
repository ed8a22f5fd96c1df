"""The survey's rules against tables typed by hand: how it stands, who may do what when, which groups are shown."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.survey_counting import Spread, change, percent, spread_of, together
from followup.surveying import Doing, Reader, Standing, SurveyFacts, shown_groups, shows_all, standing, why_not

LAST = dt.date(2026, 12, 10)
BEFORE, AFTER = dt.date(2026, 12, 9), dt.date(2026, 12, 11)


@pytest.mark.parametrize(
    ("opened", "closed", "today", "stands"),
    [
        (False, False, BEFORE, "prepared"),
        (False, False, AFTER, "prepared"),
        (True, False, BEFORE, "open"),
        (True, False, LAST, "open"),
        (True, False, AFTER, "closed"),
        (True, True, BEFORE, "closed"),
        (True, True, AFTER, "closed"),
    ],
)
def test_it_closes_by_itself_when_its_last_day_is_over(opened: bool, closed: bool, today: dt.date, stands: str) -> None:
    assert standing(SurveyFacts(opened, closed, LAST, today)) is Standing(stands)


PREPARED = SurveyFacts(False, False, LAST, BEFORE)
TOO_LATE_TO_OPEN = SurveyFacts(False, False, LAST, LAST)
OPEN = SurveyFacts(True, False, LAST, LAST)
OVERDUE = SurveyFacts(True, False, LAST, AFTER)
CLOSED = SurveyFacts(True, True, LAST, BEFORE)
SURVEYS = (PREPARED, TOO_LATE_TO_OPEN, OPEN, OVERDUE, CLOSED)

COORDINATOR, INVITED, ANSWERED, OTHER = (
    Reader(coordinates=True),
    Reader(is_invited=True),
    Reader(is_invited=True, has_answered=True),
    Reader(),
)

# Prepared, prepared on its last day, open, over but not noted, closed: x where it may be done.
TABLE = {
    ("prepare", COORDINATOR): "xx   ",
    ("prepare", INVITED): "     ",
    ("open", COORDINATOR): "x    ",
    ("open", OTHER): "     ",
    ("close", COORDINATOR): "  x  ",
    ("close", INVITED): "     ",
    ("answer", INVITED): "  x  ",
    ("answer", ANSWERED): "     ",
    ("answer", COORDINATOR): "     ",
    ("answer", OTHER): "     ",
    ("read_results", OTHER): "   xx",
    ("read_results", COORDINATOR): "   xx",
    ("read_texts", COORDINATOR): "   xx",
    ("read_texts", ANSWERED): "     ",
}


@pytest.mark.parametrize(("doing", "reader"), TABLE)
def test_who_may_do_what_when(doing: str, reader: Reader) -> None:
    said = "".join(" " if why_not(Doing(doing), survey, reader) else "x" for survey in SURVEYS)
    assert said == TABLE[doing, reader]


@pytest.mark.parametrize(
    ("doing", "survey", "reader", "sentence"),
    [
        ("open", OPEN, OTHER, "Bara V6-samordnaren sköter enkäten."),
        ("prepare", OPEN, COORDINATOR, "Enkäten är öppnad och ändras inte längre."),
        ("open", OPEN, COORDINATOR, "Enkäten är redan öppnad."),
        ("open", TOO_LATE_TO_OPEN, COORDINATOR, "Sista dagen måste ligga efter i dag. Ändra den innan du öppnar."),
        ("close", OVERDUE, COORDINATOR, "Bara en öppen enkät kan stängas."),
        ("answer", OPEN, OTHER, "Du är inte inbjuden till den här enkäten."),
        ("answer", CLOSED, ANSWERED, "Du har redan lämnat ditt svar. Det går inte att ändra."),
        ("answer", OVERDUE, INVITED, "Enkäten är stängd. Det går inte att svara längre."),
        ("read_results", OPEN, OTHER, "Resultatet visas när enkäten är stängd."),
    ],
)
def test_what_stands_in_the_way_is_said(doing: str, survey: SurveyFacts, reader: Reader, sentence: str) -> None:
    assert why_not(Doing(doing), survey, reader) == [sentence]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"a": 5, "b": 9}, {"a", "b"}),
        ({"a": 4, "b": 9, "c": 7}, {"b"}),  # c goes with a, else a is all less b and c
        ({"a": 4, "b": 4, "c": 7}, {"c"}),  # together they are eight
        ({"a": 1, "b": 2, "c": 7, "d": 8}, {"d"}),  # together they are three: c goes with them
        ({"a": 4, "b": 5}, set()),
        ({"a": 4}, set()),
        ({"a": 0, "b": 6, "c": 0}, {"b"}),  # where nobody has answered there is nothing to work out
        ({"a": 3, "b": 0, "c": 6, "d": 9}, {"d"}),
        ({"a": 3, "b": 6, "c": 6}, {"b"}),  # of equal ones the last
        ({}, set()),
    ],
)
def test_small_groups_are_withheld_and_cannot_be_worked_out(answers: dict[str, int], shown: set[str]) -> None:
    assert shown_groups(answers) == shown


@given(st.lists(st.integers(0, 12), max_size=9))
def test_whatever_can_be_worked_out_is_of_two_groups_and_five_answers_at_least(numbers: list[int]) -> None:
    """All together and each that is shown are known; by subtraction so is the rest, and nothing smaller."""
    answers = dict(enumerate(numbers))
    shown = shown_groups(answers)
    assert all(answers[group] >= 5 for group in shown)
    rest = [number for group, number in answers.items() if group not in shown and number]
    if rest and shown:
        assert len(rest) >= 2
        assert sum(rest) >= 5
    withheld_for_others = [group for group, number in answers.items() if number >= 5 and group not in shown]
    assert len(withheld_for_others) <= 1


def test_all_together_are_shown_from_five() -> None:
    assert not shows_all({"a": 3, "b": 1})
    assert shows_all({"a": 3, "b": 2})
    assert not shows_all({})


def test_answers_are_counted_over_the_scale() -> None:
    assert spread_of([5, 1, None, 4, 4, None]) == Spread((1, 0, 0, 2, 1), 2)
    spread = Spread((1, 0, 0, 2, 1), 2)
    assert (spread.answers, spread.on_the_scale, spread.median) == (6, 4, 4.0)
    assert Spread((1, 0, 0, 1, 0), 0).median == 2.5
    assert Spread((0, 0, 0, 0, 0), 3).median is None
    assert spread_of([]).median is None
    assert together([Spread((1, 0, 0, 2, 1), 2), Spread((0, 0, 3, 0, 0), 1)]) == Spread((1, 0, 3, 2, 1), 3)
    assert together([]) == Spread((0, 0, 0, 0, 0), 0)


def test_a_change_needs_both() -> None:
    four, three = Spread((0, 0, 0, 5, 0), 0), Spread((0, 0, 5, 0, 0), 0)
    nobody = Spread((0, 0, 0, 0, 0), 5)
    assert change(four, three) == 1.0
    assert change(three, four) == -1.0
    assert [change(four, None), change(None, four), change(four, nobody), change(nobody, four)] == [None] * 4


def test_percent_is_rounded_half_up_and_of_nothing_not_known() -> None:
    assert [percent(1, 8), percent(1, 3), percent(2, 3), percent(0, 4), percent(0, 0)] == [13, 33, 67, 0, None]
