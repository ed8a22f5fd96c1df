"""What was wrong with a workbook, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_FAULTS = 2_000
"""More than anybody reads; a file with more is told so, and is read again when these are put right."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where (row None is the sheet as a whole), what stood there, what was expected."""

    sheet: str
    row: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        row = _("rad %(number)d") % {"number": self.row} if self.row else ""
        place = ", ".join(part for part in (self.sheet, row, self.column) if part)
        found = f"”{self.found}”" if self.found else _("inget")
        return _("%(place)s: fann %(found)s, väntade %(expected)s.") % {
            "place": place,
            "found": found,
            "expected": self.expected,
        }


@dataclass
class Totals:
    """Rows of the eight sheets, headers not counted."""

    read: int = 0
    created: int = 0
    matched: int = 0
    refused: int = 0


@dataclass
class Outcome:
    """What an import did, or would do. Nothing has been written unless ``written``."""

    totals: Totals = field(default_factory=Totals)
    initiatives: int = 0
    """Initiatives that are new."""
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refusal: str = ""
    """Why the file was refused as a whole, before any row was read."""
    written: bool = False

    @property
    def ok(self) -> bool:
        return not self.faults and not self.refusal

    @property
    def has_more_faults(self) -> bool:
        return len(self.faults) >= MOST_FAULTS
