"""The register as rows of cells, sheet by sheet: what the workbook shows and what an import compares with.

One streamed query a sheet (two for the answers), whatever the number of rows, always in the same order: by reference,
then as the rows came in; events by when they happened.
"""

from __future__ import annotations

import datetime as dt
import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, DateTimeField, Exists, F, FilteredRelation, Func, OuterRef, Q, QuerySet, When
from django.db.models.functions import Collate

from followup.models import Adoption, Confirmation
from governance.acts import word_for
from governance.models import Cost, Event, Participation, ParticipationRole, Stage
from governance.models.inquiry import EVERYWHERE, rows_shown_to
from initiatives.models import Assessment, GateAnswer, Initiative, Score, visible_to
from v6portal.organizations.models import User

from .. import register_format as fmt
from ..register_format import LONGEST_CELL, Column, Kind, Sheet

CHUNK = 2_000
Cell = str | int | dt.date | Any | None


@dataclass(frozen=True)
class Extract:
    """Which part of the register: all that is submitted, less what the reader may not see, or chosen initiatives."""

    reader: User | None = None
    """None is the operator at the command line, who takes the whole register."""
    chosen: Sequence[int] | None = None

    def of(self, prefix: str) -> Q:
        """The condition on an initiative at the end of the path."""
        wanted = Q(**{f"{prefix}submitted_at__isnull": False})
        if self.chosen is not None:
            wanted &= Q(**{f"{prefix}pk__in": self.chosen})
        return wanted if self.reader is None else wanted & visible_to(self.reader, prefix)

    @property
    def events(self) -> QuerySet[Event]:
        return Event.objects.all() if self.reader is None else Event.objects.visible_to(self.reader)

    @property
    def sheets(self) -> QuerySet[Assessment]:
        """Assessments that make up a joint result; of several by one assessor in a round the last."""
        by_name = Q(
            assessor__isnull=True, organisation=OuterRef("organisation"), assessor_name=OuterRef("assessor_name")
        )
        later = Assessment.objects.counting().filter(
            Q(assessor=OuterRef("assessor")) | by_name,
            round=OuterRef("round"),
            revision__number__gt=OuterRef("revision__number"),
        )
        counting = Assessment.objects.counting().filter(~Exists(later))
        return counting if self.reader is None else counting.readable_by(self.reader)


class LocalTime(Func):
    """A point in time as the clock on the wall showed it, to the second, without a zone: as Excel keeps it."""

    template = "date_trunc('second', timezone('Europe/Stockholm', %(expressions)s))"
    output_field = DateTimeField()


def rows_of(sheet: Sheet, extract: Extract) -> Iterator[tuple[Cell, ...]]:
    """The rows of a sheet in the order of its columns; empty cells are None."""
    converters = [CONVERTERS.get(column.kind, _keep)(column) for column in sheet.columns]
    for values in QUERIES[sheet.key](extract):
        yield tuple([convert(value) for convert, value in zip(converters, values, strict=True)])


def _streamed(rows: QuerySet[Any], path: str, *fields: Any, then: Sequence[str] = ("pk",)) -> Iterator[tuple[Any, ...]]:
    reference = f"{path}reference"
    ordered = rows.order_by(Collate(F(reference), "C"), *then)
    return ordered.values_list(reference, *fields).iterator(chunk_size=CHUNK)


def _initiatives(extract: Extract) -> Iterator[tuple[Any, ...]]:
    led = FilteredRelation(
        "case__participations",
        condition=Q(case__participations__role=ParticipationRole.LEADS, case__participations__left_on__isnull=True),
    )
    rows = Initiative.objects.filter(extract.of("")).annotate(led=led)
    original: Any = F("case__duplicate_of__reference")
    if extract.reader is not None:
        seen = visible_to(extract.reader, "case__duplicate_of__")
        original = Choice(When(seen, then=original), default=None, output_field=CharField())
    return _streamed(
        rows, "", "title", "organisation__short_name", "department", "author_name", "need", "benefit", "idea",
        "targets_residents", "targets_employees", LocalTime("created_at"), LocalTime("submitted_at"),
        LocalTime("shared_at"), "case__status", LocalTime("case__status_since"), original,
        "led__organisation__short_name", "case__motive", "case__registry_number", "case__managed_object",
    )  # fmt: skip


def _events(extract: Extract) -> Iterator[tuple[Any, ...]]:
    rows = _streamed(
        extract.events.filter(extract.of("case__initiative__")), "", LocalTime("occurred_at"), "kind", "word",
        "from_status", "to_status", "organisation__short_name", "role", "decider_name", "actor_name", "text",
        then=("occurred_at", "id"),
    )  # fmt: skip
    return ((reference, at, word_for(kind, word), *rest) for reference, at, kind, word, *rest in rows)


def _participations(extract: Extract) -> Iterator[tuple[Any, ...]]:
    shown = EVERYWHERE if extract.reader is None else rows_shown_to(extract.reader)
    return _streamed(
        Participation.objects.filter(shown, extract.of("case__initiative__")), "case__initiative__",
        "organisation__short_name", "role", "joined_on", "left_on", "principle__code", "reason", "decider_name",
    )  # fmt: skip


def _stages(extract: Extract) -> Iterator[tuple[Any, ...]]:
    return _streamed(
        Stage.objects.filter(extract.of("case__initiative__")), "case__initiative__",
        "number", "type", "start", "end", "outcome", "organisation__short_name", "planned_end",
    )  # fmt: skip


def _costs(extract: Extract) -> Iterator[tuple[Any, ...]]:
    return _streamed(
        Cost.objects.standing().filter(extract.of("case__initiative__")), "case__initiative__",
        "stage__number", "kind", "value", "amount", "organisation__short_name", "date", "until",
    )  # fmt: skip


def _adoptions(extract: Extract) -> Iterator[tuple[Any, ...]]:
    rows = Adoption.objects.filter(extract.of("case__initiative__"))
    return _streamed(rows, "case__initiative__", "organisation__short_name", "in_use_on", "note")


def _confirmations(extract: Extract) -> Iterator[tuple[Any, ...]]:
    return _streamed(
        Confirmation.objects.filter(extract.of("case__initiative__")), "case__initiative__",
        "kind", "holds", "date", "confirmed_by_name", "organisation__short_name", "grounds",
    )  # fmt: skip


def _answers(extract: Extract) -> Iterator[tuple[Any, ...]]:
    """Of each initiative first the gate questions, then the scores."""
    gates = _streamed(
        GateAnswer.objects.filter(extract.of("initiative__")), "initiative__",
        "question__level", "organisation__short_name", "answered_by_name", "question__model__version",
        "question__code", "reply", "motivation", LocalTime("answered_at"),
    )  # fmt: skip
    scores = _streamed(
        Score.objects.filter(extract.of("assessment__round__initiative__"), assessment__in=extract.sheets),
        "assessment__round__initiative__", "assessment__round__level", "assessment__organisation__short_name",
        "assessment__assessor_name", "assessment__round__model__version", "criterion__code", "value", "motivation",
        LocalTime("answered_at"),
    )  # fmt: skip
    return heapq.merge(gates, scores, key=lambda values: values[0])


QUERIES: dict[str, Callable[[Extract], Iterator[tuple[Any, ...]]]] = {
    fmt.INITIATIVES.key: _initiatives,
    fmt.EVENTS.key: _events,
    fmt.PARTICIPATIONS.key: _participations,
    fmt.STAGES.key: _stages,
    fmt.COSTS.key: _costs,
    fmt.ADOPTIONS.key: _adoptions,
    fmt.CONFIRMATIONS.key: _confirmations,
    fmt.ANSWERS_GIVEN.key: _answers,
}

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x000D_")
"""What a workbook cannot hold, and the line breaks that it would change on the way."""


def safe_text(text: str) -> str | None:
    """The text as a cell can hold it: no control characters, single line breaks, no longer than a cell."""
    if UNSAFE.search(text):
        text = UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > LONGEST_CELL:
        text = text[: LONGEST_CELL - 1] + "…"
    return text if text.strip() else None


def _keep(column: Column) -> Callable[[Any], Any]:
    return lambda value: value


def _texts(column: Column) -> Callable[[Any], Any]:
    return lambda text: safe_text(text) if text else None


def _spoken(column: Column) -> Callable[[Any], Any]:
    return column.spoken.get


def _yes_no(column: Column) -> Callable[[Any], Any]:
    return {True: "ja", False: "nej"}.get


def _answered(column: Column) -> Callable[[Any], Any]:
    """A number stays a number; nothing is *vet inte*."""
    return lambda value: value if isinstance(value, int) else column.spoken[value or "unknown"]


CONVERTERS: dict[Kind, Callable[[Column], Callable[[Any], Any]]] = {
    Kind.TEXT: _texts,
    Kind.REFERENCE: _texts,
    Kind.WORD: _spoken,
    Kind.YES_NO: _yes_no,
    Kind.ANSWER: _answered,
}
