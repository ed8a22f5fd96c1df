"""What counts as an answer in a cell, and what becomes of it beside the portal's own."""

from __future__ import annotations

from typing import Any

import pytest

from governance.filled_in import NotAnAnswer, Outcome, outcome, value_in
from governance.form_format import as_in_a_cell, fingerprint
from initiatives.actions.assessing import Mark


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1, 1), (5, 5), (3.0, 3), ("3", 3), (" 3 ", 3), ("3,0", 3), ("3.0", 3), ("4.", 4),
        ("Vet inte", None), ("vet inte ", None), ("VET  INTE", None), ("vet ej", None), ("V", None), ("v.", None),
    ],
)  # fmt: skip
def test_these_are_answers(cell: Any, value: int | None) -> None:
    assert value_in(cell) == (True, value)


@pytest.mark.parametrize("cell", [None, "", "  ", "\n"])
def test_nothing_is_no_answer(cell: Any) -> None:
    assert value_in(cell) == (False, None)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (0, "0"), (6, "6"), (-1, "-1"), (2.5, "2,5"), ("2,5", "2,5"), ("fyra", "fyra"), ("1–5", "1–5"), ("nan", "nan"),
        ("inf", "inf"), (True, "SANT"), (False, "FALSKT"), (["f", "=1+1"], "=1+1"), (["e", "#N/A"], "#N/A"),
        (["d", "2026-05-03T00:00:00"], "2026-05-03"), (["d", "2026-05-03T08:30:00"], "2026-05-03 08:30:00"),
        (["l", 40_000], "40000 tecken"), (["x", "1e999"], "1e999"), ("x" * 50, "x" * 40 + "…"),
    ],
)  # fmt: skip
def test_these_are_not_and_are_quoted_as_they_stood(cell: Any, told: str) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        value_in(cell)
    assert str(refused.value) == told


THREE, FOUR, FIVE = Mark(3, "Ja."), Mark(4, "Nja."), Mark(5)


@pytest.mark.parametrize(
    ("portal", "then", "file", "expected"),
    [
        (None, None, None, Outcome.SAME),
        (THREE, THREE, None, Outcome.SAME),
        (THREE, THREE, THREE, Outcome.SAME),
        (FOUR, THREE, FOUR, Outcome.SAME),
        (None, None, THREE, Outcome.NEW),
        (None, FOUR, THREE, Outcome.NEW),
        (THREE, THREE, FOUR, Outcome.CHANGED),
        (THREE, THREE, Mark(3, "Nej."), Outcome.CHANGED),
        (THREE, THREE, Mark(3), Outcome.CHANGED),
        (Mark(None), Mark(None), Mark(1), Outcome.CHANGED),
        (FOUR, THREE, THREE, Outcome.NEWER),
        (None, THREE, THREE, Outcome.NEWER),
        (FOUR, THREE, FIVE, Outcome.CONFLICT),
        (FOUR, None, FIVE, Outcome.CONFLICT),
    ],
)
def test_what_becomes_of_an_answer(
    portal: Mark | None, then: Mark | None, file: Mark | None, expected: Outcome
) -> None:
    assert outcome(portal, then and fingerprint(then), file) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rad ett.\r\nRad två.\r", "Rad ett.\nRad två."),
        ("Rad ett._x000D_\nRad två.", "Rad ett.\nRad två."),
        ("  runt om  ", "runt om"),
        ("klocka\x07", "klocka"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_a_text_as_it_comes_back_out_of_a_workbook(written: str, read: str) -> None:
    assert as_in_a_cell(written) == read
