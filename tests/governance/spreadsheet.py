"""A spreadsheet small enough to be read: it computes the formulas of a form of assessment as Excel and Calc would.

Knows numbers, texts, cells and areas, also on other sheets, ``+ - * / & = >=``, and IF, OR, TRIM, SUM, SUMIF and ROUND.
Anything else is an error, so that a formula outside these few does not pass unseen. An empty cell is 0 in arithmetic
and the empty text to TRIM; SUM passes texts by. ROUND is Python's own, which knows no better than the binary number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import range_boundaries

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:E-?\d+)?)|(?P<text>"(?:[^"]|"")*")"""
    r"""|(?P<place>(?:'[^']+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)|(?P<name>[A-Z]+)(?=\()"""
    r"""|(?P<sign>>=|<=|<>|[-+*/&=(),<>]))"""
)


class Spreadsheet:
    """``value("DI-2026-001", "C25")`` is what stands in the cell when everything has been computed."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def value(self, sheet: str, cell: str) -> Any:
        raw = self.book[sheet][cell].value
        if not (isinstance(raw, str) and self.book[sheet][cell].data_type == "f"):
            return raw
        return _Formula(self, sheet, raw[1:]).compute()


class _Formula:
    def __init__(self, spreadsheet: Spreadsheet, sheet: str, text: str) -> None:
        self.spreadsheet, self.sheet = spreadsheet, sheet
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            assert found, f"{text!r} at {at}"
            self.tokens.append((str(found.lastgroup), str(found.group(str(found.lastgroup)))))
            at = found.end()
        self.at = 0

    def compute(self) -> Any:
        value = self._comparison()
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return 0 if value is None else value

    def _next(self, *signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _comparison(self) -> Any:
        left = self._joined()
        if sign := self._next("=", ">="):
            right = self._joined()
            return _same(left, right) if sign == "=" else float(left) >= float(right)
        return left

    def _joined(self) -> Any:
        left = self._sum()
        while self._next("&"):
            left = _text(left) + _text(self._sum())
        return left

    def _sum(self) -> Any:
        left = self._product()
        while sign := self._next("+", "-"):
            right = self._product()
            left = _number(left) + _number(right) if sign == "+" else _number(left) - _number(right)
        return left

    def _product(self) -> Any:
        left = self._one()
        while sign := self._next("*", "/"):
            right = self._one()
            left = _number(left) * _number(right) if sign == "*" else _number(left) / _number(right)
        return left

    def _one(self) -> Any:
        if self._next("("):
            value = self._comparison()
            assert self._next(")")
            return value
        kind, told = self.tokens[self.at]
        self.at += 1
        match kind:
            case "number":
                return float(told)
            case "text":
                return told[1:-1].replace('""', '"')
            case "place":
                return self._place(told)
            case "name":
                return self._function(told)
        raise AssertionError(told)

    def _place(self, told: str) -> Any:
        name, _mark, area = told.rpartition("!")
        sheet = name.strip("'") or self.sheet
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        page = self.spreadsheet.book[sheet]
        cells = [page.cell(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        values = [self.spreadsheet.value(sheet, cell.coordinate) for cell in cells]
        return values if ":" in area else values[0]

    def _function(self, name: str) -> Any:
        assert self._next("(")
        if name == "IF":
            return self._if()
        given = [self._comparison()]
        while self._next(","):
            given.append(self._comparison())
        assert self._next(")")
        return FUNCTIONS[name](*given)

    def _if(self) -> Any:
        """Only the branch that is taken is computed, as in Excel; the other may divide by nought."""
        condition = self._comparison()
        assert self._next(",")
        chosen = self._comparison() if condition else self._skip()
        assert self._next(",")
        chosen = self._skip() or chosen if condition else self._comparison()
        assert self._next(")")
        return chosen

    def _skip(self) -> None:
        depth = 0
        while depth or self.tokens[self.at] not in {("sign", ","), ("sign", ")")}:
            depth += {"(": 1, ")": -1}.get(self.tokens[self.at][1], 0) if self.tokens[self.at][0] == "sign" else 0
            self.at += 1


def _same(left: Any, right: Any) -> bool:
    """Excel compares texts without regard to capitals, and no number equals a text; an empty cell equals both."""
    if left is None or right is None:
        return (left or right) in (None, "", 0)
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    return type(left) is not str and type(right) is not str and float(left) == float(right)


def _number(value: Any) -> float:
    assert not isinstance(value, str), f"#VALUE! {value!r}"
    return float(value or 0)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _sum(*given: Any) -> float:
    values = [value for one in given for value in (one if isinstance(one, list) else [one])]
    return sum(float(value) for value in values if isinstance(value, int | float))


def _sum_if(area: list[Any], wanted: str, summed: list[Any]) -> float:
    return _sum([value for name, value in zip(area, summed, strict=True) if _same(name, wanted)])


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "OR": lambda *given: any(given),
    "TRIM": lambda value: " ".join(_text(value).split(" ")).strip(),
    "SUM": _sum,
    "SUMIF": _sum_if,
    "ROUND": lambda value, places: round(_number(value), int(places)),
}
