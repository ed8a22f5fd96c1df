"""The calendar half-years of the follow-up, in Europe/Stockholm. Source: docs/indikatorer.md."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused

_CODE = re.compile(r"([0-9]{4})-([12])")
_YEARS = range(1900, 3000)
_JULY = 7


class NoSuchPeriod(Refused):
    """What was given is no half-year, or one that has not begun."""


@dataclass(frozen=True, order=True)
class HalfYear:
    """One half-year: ``HalfYear(2026, 1)`` is January to June 2026. Raises NoSuchPeriod for any other half."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.year not in _YEARS or self.half not in (1, 2):
            raise NoSuchPeriod(_("Halvåret finns inte. Skriv till exempel 2026-1 eller 2026-2."))

    @classmethod
    def parse(cls, code: str) -> Self:
        """The half-year of a code such as ``2026-1``. Raises NoSuchPeriod with a Swedish sentence."""
        if not (match := _CODE.fullmatch(code)):
            raise NoSuchPeriod(
                _("”%(code)s” är inget halvår. Skriv till exempel 2026-1 eller 2026-2.") % {"code": code[:20]}
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, date: dt.date) -> Self:
        """The half-year the date lies in."""
        return cls(date.year, 1 if date.month < _JULY else 2)

    @property
    def code(self) -> str:
        return f"{self.year:04}-{self.half}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, 1 if self.half == 1 else _JULY, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, 6, 30) if self.half == 1 else dt.date(self.year, 12, 31)

    @property
    def label(self) -> str:
        return _("%(half)s:a halvåret %(year)s") % {"half": self.half, "year": self.year}

    @property
    def days_of_year(self) -> int:
        """365 or 366: what a yearly cost is divided by to become a day's."""
        return (dt.date(self.year, 12, 31) - dt.date(self.year, 1, 1)).days + 1

    def previous(self) -> Self:
        return type(self)(self.year - 1, 2) if self.half == 1 else type(self)(self.year, 1)

    def next(self) -> Self:
        return type(self)(self.year, 2) if self.half == 1 else type(self)(self.year + 1, 1)

    def end(self, today: dt.date) -> dt.date:
        """The last date taken into account: the half-year's last, or today while it runs.

        Raises NoSuchPeriod for a half-year that has not begun.
        """
        if today < self.first:
            raise NoSuchPeriod(_("Halvåret %(code)s har inte börjat än.") % {"code": self.code})
        return min(self.last, today)

    def is_running(self, today: dt.date) -> bool:
        """Whether the day lies in it, so that more may still be dated in it."""
        return self.first <= today <= self.last

    def __str__(self) -> str:
        return self.code
