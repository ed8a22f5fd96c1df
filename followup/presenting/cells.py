"""What a table of the report is made of, and how its values are written in Swedish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
DASH = "–"

Value = int | float | Decimal | dt.date | str | None


class Kind(Enum):
    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    DAYS = "days"
    DATE = "date"


COLUMNS_ON_A_PHONE = 3
ROWS_ON_A_PAGE = 50
NUMBERS = frozenset({Kind.COUNT, Kind.MONEY, Kind.DAYS})


def grouped(number: int) -> str:
    """A whole number with Swedish grouping: ``1 999 899``."""
    sign = "−" if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", NBSP)


def whole_kronor(amount: Decimal) -> int:
    """Kronor rounded half up, once."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def written(value: Value, kind: Kind) -> str:
    """A value as text; what is not known is a dash, never a zero."""
    if value is None:
        return DASH
    if isinstance(value, Decimal):
        return f"{grouped(whole_kronor(value))}{NBSP}kr"
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",").replace("-", "−")
    if isinstance(value, int):
        return grouped(value)
    return value.isoformat() if isinstance(value, dt.date) else value


class Of(Enum):
    """What the items of a list behind a figure are."""

    INITIATIVES = "initiatives"
    STAGES = "stages"
    ADOPTIONS = "adoptions"
    ROW = "row"


@dataclass(frozen=True)
class Behind:
    """The list behind a figure, as the figures name its items: references, stages or införanden."""

    of: Of
    items: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One value; ``key`` is the address of the list behind it, ``under`` the smaller values that stand below."""

    value: Value
    kind: Kind = Kind.TEXT
    key: str = ""
    behind: Behind | None = None
    label: str = ""
    under: tuple[Cell, ...] = ()
    reference: str = ""
    organisation: str = ""

    @property
    def text(self) -> str:
        return written(self.value, self.kind)

    @property
    def is_missing(self) -> bool:
        return self.value is None

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Column:
    heading: str
    kind: Kind = Kind.TEXT
    group: str = ""

    @property
    def label(self) -> str:
        """The heading where nothing stands above it."""
        return f"{self.group}: {self.heading.lower()}" if self.group else self.heading

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Table:
    """Rows under named columns; ``foot`` are sums and rows that stand by themselves."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    note: str = ""
    groups: tuple[tuple[str, int], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(_groups(self.columns)))

    def cells(self) -> Iterator[tuple[tuple[Cell, ...], Column, Cell]]:
        """Every cell with its row and its column."""
        for row in (*self.rows, *self.foot):
            for column, cell in zip(self.columns, row, strict=True):
                yield row, column, cell

    @property
    def on_a_page(self) -> Table:
        """The table as a page of the portal shows it: a long one has its first rows, and says that there are more."""
        if len(self.rows) <= ROWS_ON_A_PAGE:
            return self
        told = _("Visar %(shown)s av %(all)s. Alla finns i arbetsboken (Excel).")
        words = {"shown": grouped(ROWS_ON_A_PAGE), "all": grouped(len(self.rows))}
        return replace(self, rows=self.rows[:ROWS_ON_A_PAGE], note=" ".join(filter(None, (told % words, self.note))))

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than a phone can show beside each other; sums stay below their numbers."""
        return len(self.columns) > COLUMNS_ON_A_PHONE and not self.foot

    @property
    def parts(self) -> list[tuple[str, list[list[tuple[Column, Cell]]]]]:
        """The rows, each cell beside its column, under the name that HTML has for where in a table they stand."""
        parts = [("tbody", self.rows), ("tfoot", self.foot)]
        return [(name, [list(zip(self.columns, row, strict=True)) for row in rows]) for name, rows in parts if rows]


def _groups(columns: tuple[Column, ...]) -> Iterator[tuple[str, int]]:
    """The headings above the headings, each with how many columns it spans; none if no column has one."""
    if not any(column.group for column in columns):
        return
    name, span = columns[0].group, 0
    for column in columns:
        if column.group != name:
            yield name, span
            name, span = column.group, 0
        span += 1
    yield name, span
