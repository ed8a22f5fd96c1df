"""The report of a half-year as one dictionary of plain values. Source: docs/indikatorer.md."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.db import connection
from django.utils import timezone

from . import indicators
from .indicators import INDICATORS, Figures, Reading
from .models import ReportDraft
from .periods import HalfYear

ATTEMPTS = 3

BASIS = """
select (select coalesce(max(id), 0) from governance_event)
    || (select string_agg(id || short_name || kind, ' ' order by id) from organizations_organisation)
    || (select coalesce(string_agg(id || code, ' ' order by id), '') from governance_principle)
"""


def compute(period: HalfYear, as_of: dt.date | None = None) -> Figures:
    """Every figure of the half-year with the list behind it, read now, as if today were ``as_of``.

    Runs the same number of statements however many initiatives there are. Raises NoSuchPeriod if the half-year has
    not begun.
    """
    per = period.end(as_of or timezone.localdate())
    return _assemble(Reading(period, per), with_rows=True)


def draft(period: HalfYear, as_of: dt.date | None = None) -> ReportDraft:
    """The same figures without the rows of B5, from what was last counted if nothing has changed since.

    Every act leaves one event, so the head of the log tells whether figures can have changed; the names that stand in
    them and the code that counts are part of the ``basis`` too. Raises NoSuchPeriod as ``compute`` does.
    """
    per = period.end(as_of or timezone.localdate())
    basis = _basis()
    kept = ReportDraft.objects.filter(period=period.code, per=per, basis=basis).first()
    return kept or _count(period, per, basis)


def rows(kept: ReportDraft, initiatives: Sequence[int] | None = None) -> list[Figures]:
    """The rows of B5 of a draft, read now: those of the given initiatives (primary keys), or all, by reference."""
    reading = Reading(HalfYear.parse(kept.period), kept.per, kept.initiatives if initiatives is None else initiatives)
    return indicators.initiative_rows(reading)


def _count(period: HalfYear, per: dt.date, basis: str) -> ReportDraft:
    """Counts and keeps; what an act changed while it was being read is read again, and never kept half-old."""
    for _attempt in range(ATTEMPTS):
        reading = Reading(period, per)
        figures = _assemble(reading, with_rows=False)
        keys = [row.id for row in indicators.initiatives(reading)]
        fresh = ReportDraft(period=period.code, per=per, basis=basis, figures=figures, initiatives=keys)
        if (now := _basis()) == basis:
            ReportDraft.objects.bulk_create(
                [fresh],
                update_conflicts=True,
                unique_fields=["period"],
                update_fields=["per", "basis", "figures", "initiatives"],
            )
            break
        basis = now
    return fresh


def _assemble(reading: Reading, *, with_rows: bool) -> Figures:
    report: Figures = {
        "period": reading.period.code,
        "fran": reading.period.first.isoformat(),
        "till": reading.period.last.isoformat(),
        "per": reading.per.isoformat(),
    }
    for indicator in INDICATORS:
        count = indicator.count if with_rows else indicator.summarise or indicator.count
        if count:
            *parents, last = indicator.path
            place = report
            for key in parents:
                place = place.setdefault(key, {})
            place[last] = count(reading)
    return report


def _basis() -> str:
    """What the figures rest on, as a fingerprint: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(BASIS)
        [stands] = cursor.fetchone()
    return hashlib.sha256(f"{_code()} {stands}".encode()).hexdigest()


@cache
def _code() -> str:
    """The code that counts, as a fingerprint: a release that counts otherwise reads no draft of an older one."""
    sources = sorted(Path(indicators.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
