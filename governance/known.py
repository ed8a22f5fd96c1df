"""What was known when: which tables' past is kept, since when, and until which moment a day reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.query import RawQuerySet
from django.utils import timezone

from initiatives.models import Initiative

from .models import Case, ComingStage, Cost, Entry, Participation, Stage
from .remembering import KNOWN, Kept, as_known

Row = TypeVar("Row", bound=models.Model)

WITHHELD_TODAY = "'interest' in (now.status, now.paused_from)"
"""A case with an open inquiry: what may be told of its participants is what may be told today."""


def kept(model: type[models.Model], now: str = "") -> Kept:
    """The model's table as its entries hold it: all columns, of those that the database works out only the days."""
    columns = [
        str(field.column)
        for field in model._meta.concrete_fields
        if not isinstance(field, models.GeneratedField) or isinstance(field.output_field, models.DateField)
    ]
    key = str(model._meta.pk.column) if model in (Initiative, Case) else "case_id"
    return Kept(model._meta.db_table, key, columns, now)


KEPT = {
    one.name: one
    for one in (
        kept(Initiative),
        kept(Case, WITHHELD_TODAY),
        kept(Participation),
        kept(Stage),
        kept(ComingStage),
        kept(Cost),
    )
}


def known_since() -> dt.date | None:
    """The first day of which is known what was known then; None where everything is, from the beginning."""
    found = Entry.objects.filter(was_there=True).aggregate(newest=Max("recorded_at"))["newest"]
    return timezone.localdate(found) if found else None


def end_of(day: dt.date) -> dt.datetime:
    """The moment when the day is over, in Swedish time: what was known on it was recorded before that."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


_ASKED: ContextVar[dt.date | None] = ContextVar("known_day", default=None)


@contextmanager
def knowing(day: dt.date | None) -> Iterator[None]:
    """Within it, figures are counted out of what was recorded on the day or before; None is everything."""
    token = _ASKED.set(day)
    try:
        yield
    finally:
        _ASKED.reset(token)


def known_day() -> dt.date | None:
    """The day that is asked about, see ``knowing``; None where it is about everything that is recorded."""
    return _ASKED.get()


def was_known(field: str) -> Q:
    """Of initiatives: those of which it was known, on the day that is asked about, that ``field`` had a value."""
    day = known_day()
    if day is None:
        return Q()
    held = Entry.objects.filter(
        table_name=Initiative._meta.db_table,
        case_id=OuterRef("pk"),
        row_id=OuterRef("pk"),
        recorded_at__lt=end_of(day),
    )
    return Q(Exists(held.annotate(value=KT(f"content__{field}")).filter(value__isnull=False)))


def held(model: type[Row], condition: str, **given: Any) -> RawQuerySet[Row]:
    """The rows of a kept table for which the condition held, as they were known on the day that is asked about."""
    day, table = known_day(), KEPT[model._meta.db_table]
    names = ", ".join(f'"{name}"' for name in table.columns)
    statement = f"select {names} from {table.name} where {condition}"  # noqa: S608 - the house's own words
    if day is None:
        return model._default_manager.raw(statement, given)
    return model._default_manager.raw(as_known(statement, KEPT), given | {KNOWN: end_of(day)})
