"""From what stands in a cell to a value of its column, or what had been expected there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models.work import GREATEST_AMOUNT
from v6portal.organizations.roles import Kind as Place

from ..register_format import ANSWERS, LONGEST_CELL, Column, Kind

EARLIEST = dt.date(1990, 1, 1)
LATEST = dt.date(2100, 1, 1)
GREATEST_NUMBER = 32_767
REFERENCE = re.compile(r"(?=.*\d)[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö._-]*")
"""A reference is part of an address on the web, so it is written without spaces and slashes, with a digit in it."""
CARRIAGE_RETURN = "_x000D_"
"""How some programs write half a line break."""
MANY_WORDS = 8
LONGEST_FOUND = 60


class Unexpected(Exception):
    """A cell does not hold what its column asks for; the texts are for the list of faults."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected)
        self.expected, self.found = expected, found


@dataclass(frozen=True)
class Known:
    """What is known when cells are read: the kinds of the organisations by short name, and the time."""

    organisations: Mapping[str, str]
    now: dt.datetime = field(default_factory=timezone.now)

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)


def parse(column: Column, raw: Any, known: Known) -> Any:
    """The value of a cell; empty is None, or "" where the column holds text. Raises Unexpected."""
    if isinstance(raw, list) and raw[0] in SPECIAL:
        raise Unexpected(SPECIAL[raw[0]](column), _said(raw))
    if isinstance(raw, str) and not raw.strip():
        raw = None
    if raw is None:
        if column.required:
            raise Unexpected(expectation(column), "")
        return "" if column.kind in TEXTUAL else None
    return PARSERS[column.kind](column, raw, known)


TEXTUAL = frozenset({Kind.TEXT, Kind.REFERENCE, Kind.WORD, Kind.ORGANISATION, Kind.KOMMUN})
SPECIAL: dict[str, Callable[[Column], str]] = {
    "f": lambda column: _("ett värde, inte en formel"),
    "e": lambda column: expectation(column),
    "l": lambda column: _too_long(LONGEST_CELL),
}


def _said(raw: Any) -> str:
    """What stood in the cell, as a person would see it."""
    if isinstance(raw, list):
        tag, value = raw
        if tag == "l":
            return _("%(count)s tecken") % {"count": value}
        return str(value).replace("T00:00:00", "").replace("T", " ") if tag == "d" else str(value)
    text = str(raw)
    return text if len(text) <= LONGEST_FOUND else text[:LONGEST_FOUND] + "…"


def _too_long(longest: int) -> str:
    return _("högst %(count)s tecken") % {"count": longest}


def expectation(column: Column) -> str:
    """What the column asks for, in Swedish."""
    if column.words is not None:
        words = list(column.words)
        shown = words if len(words) <= MANY_WORDS else [*words[:3], "…"]
        return _("något av orden %(words)s") % {"words": ", ".join(shown)}
    return {
        Kind.TEXT: _("en text"),
        Kind.REFERENCE: _("en referens, till exempel DI-2026-001"),
        Kind.YES_NO: _("ja eller nej"),
        Kind.DATE: _("ett datum utan klockslag"),
        Kind.TIME: _("ett datum med klockslag"),
        Kind.WHOLE: _("ett heltal från 1"),
        Kind.AMOUNT: _("ett tal i kronor med högst två decimaler, från 0 till 10 miljarder"),
        Kind.ORGANISATION: _("en av de åtta organisationernas kortnamn"),
        Kind.KOMMUN: _("en av de sex kommunernas kortnamn"),
    }[column.kind]


def _as_text(column: Column, raw: Any) -> str:
    if isinstance(raw, bool | list):
        raise Unexpected(expectation(column), _said(raw))
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return str(raw)


def _text(column: Column, raw: Any, known: Known) -> str:
    text = _as_text(column, raw).replace(CARRIAGE_RETURN, "")
    if len(text) > column.longest:
        raise Unexpected(_too_long(column.longest), _("%(count)s tecken") % {"count": len(text)})
    return text


def _reference(column: Column, raw: Any, known: Known) -> str:
    text = _as_text(column, raw).strip()
    if len(text) > column.longest or not REFERENCE.fullmatch(text):
        raise Unexpected(expectation(column), _said(raw))
    return text


def _word(column: Column, raw: Any, known: Known) -> str:
    code = (column.words or {}).get(_as_text(column, raw).strip())
    if code is None:
        raise Unexpected(expectation(column), _said(raw))
    return code


def _answer(column: Column, raw: Any, known: Known) -> str | int:
    code = ANSWERS.get(_as_text(column, raw).strip())
    if code is None:
        raise Unexpected(expectation(column), _said(raw))
    return code


def _yes_no(column: Column, raw: Any, known: Known) -> bool:
    if raw not in ("ja", "nej"):
        raise Unexpected(expectation(column), _said(raw))
    return bool(raw == "ja")


def _moment(column: Column, raw: Any) -> dt.datetime:
    if not isinstance(raw, list) or raw[0] != "d":
        raise Unexpected(expectation(column), _said(raw))
    moment = dt.datetime.fromisoformat(raw[1])
    if not EARLIEST <= moment.date() <= LATEST:
        raise Unexpected(_("ett rimligt datum, från 1990"), _said(raw))
    return moment


def _date(column: Column, raw: Any, known: Known) -> dt.date:
    moment = _moment(column, raw)
    if moment.time() != dt.time.min:
        raise Unexpected(expectation(column), _said(raw))
    if moment.date() > known.today and not column.may_lie_ahead:
        raise Unexpected(_("ett datum som inte ligger i framtiden"), _said(raw))
    return moment.date()


def _time(column: Column, raw: Any, known: Known) -> dt.datetime:
    """A local time that occurs twice in autumn is the first; one that never occurs in spring is refused."""
    local = _moment(column, raw).replace(microsecond=0)
    moment = timezone.make_aware(local)
    if timezone.make_naive(moment.astimezone(dt.UTC)) != local:
        raise Unexpected(_("ett klockslag som finns den dagen: klockan ställdes fram"), _said(raw))
    if moment > known.now:
        raise Unexpected(_("en tidpunkt som inte ligger i framtiden"), _said(raw))
    return moment


def _whole(column: Column, raw: Any, known: Known) -> int:
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    if not number or raw != int(raw) or not 1 <= raw <= GREATEST_NUMBER:
        raise Unexpected(expectation(column), _said(raw))
    return int(raw)


def _amount(column: Column, raw: Any, known: Known) -> Decimal:
    if not isinstance(raw, int | float) or isinstance(raw, bool) or not 0 <= raw <= GREATEST_AMOUNT:
        raise Unexpected(expectation(column), _said(raw))
    exact = Decimal(repr(raw))
    rounded = exact.quantize(Decimal("0.01"))
    if abs(exact - rounded) > Decimal("0.000001"):  # less than that is the noise of a binary number
        raise Unexpected(expectation(column), _said(raw))
    return rounded


def _organisation(column: Column, raw: Any, known: Known) -> str:
    name = _as_text(column, raw).strip()
    place = known.organisations.get(name)
    if place is None or (column.kind is Kind.KOMMUN and place != Place.KOMMUN):
        raise Unexpected(expectation(column), _said(raw))
    return name


PARSERS: dict[Kind, Callable[[Column, Any, Known], Any]] = {
    Kind.TEXT: _text,
    Kind.REFERENCE: _reference,
    Kind.WORD: _word,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.WHOLE: _whole,
    Kind.AMOUNT: _amount,
    Kind.ORGANISATION: _organisation,
    Kind.KOMMUN: _organisation,
    Kind.ANSWER: _answer,
}
