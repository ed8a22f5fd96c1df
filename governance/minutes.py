"""What a meeting's protocol says, read once for the page, the paper and the checksum.

A case that the reader may not see is an item without words: neither title, reference, stance nor notes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from v6portal.organizations.models import User

from .models import AgendaItem, Case, ItemConflict, ItemStance, Meeting, Stance


@dataclass(frozen=True)
class Voice:
    """What one kommun said."""

    kommun: str
    key: str
    stance: str


@dataclass(frozen=True)
class Line:
    """An item as the protocol has it."""

    pk: int
    position: int
    paragraph: int | None
    heading: str
    reference: str = ""
    stance: str = ""
    recommendation: str = ""
    notes: str = ""
    voices: tuple[Voice, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_ended: bool = False
    is_hidden: bool = False

    @property
    def is_put_off(self) -> bool:
        return self.paragraph is not None and not self.is_ended


@dataclass(frozen=True)
class Attending:
    """Somebody who was there."""

    name: str
    capacity: str
    kommun: str
    present_from: str
    present_to: str


@dataclass(frozen=True)
class Signature:
    """An adjuster, and when she adjusted."""

    name: str
    adjusted_at: dt.datetime | None


@dataclass(frozen=True)
class Minutes:
    """The whole protocol, as one reader sees it."""

    meeting: Meeting
    present: tuple[Attending, ...]
    lines: tuple[Line, ...]
    signatures: tuple[Signature, ...]
    hidden: int = field(default=0)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of everything that the adjusters stand for: all but their own signatures."""
        meeting = self.meeting
        said = {
            "meeting": [meeting.reference, meeting.body_name, meeting.organisation.short_name],
            "when": [str(meeting.held_on), str(meeting.starts_at), str(meeting.ends_at), meeting.place],
            "people": [meeting.chair_name, meeting.secretary_name],
            "present": [asdict(one) for one in self.present],
            "items": [{key: value for key, value in asdict(line).items() if key != "pk"} for line in self.lines],
            "adjusters": [one.name for one in self.signatures],
        }
        told = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def span(self) -> str:
        """The paragraphs from and to, as *§§ 1–4/2026*; empty while none is given."""
        given = [line.paragraph for line in self.lines if line.paragraph is not None]
        if not given:
            return ""
        first, last, year = min(given), max(given), self.meeting.year
        return f"§ {first}/{year}" if first == last else f"§§ {first}–{last}/{year}"


def read_minutes(meeting: Meeting, reader: User | None = None) -> Minutes:
    """The protocol as the reader sees it; without a reader, whole. Six statements, five for the whole."""
    items = list(
        meeting.items.select_related("case__initiative").prefetch_related(
            Prefetch("voices", ItemStance.objects.exclude(stance="").select_related("organisation")),
            Prefetch("conflicts", ItemConflict.objects.filter(holds=True).select_related("attendance")),
        )
    )
    cases = [item.case_id for item in items if item.case_id]
    seen = (
        None
        if reader is None
        else set(Case.objects.visible_to(reader).filter(pk__in=cases).values_list("pk", flat=True))
    )
    lines = tuple(_line(item, seen) for item in sorted(items, key=_as_held))
    return Minutes(
        meeting=meeting,
        present=tuple(
            Attending(
                row.name,
                row.capacity,
                row.organisation.short_name if row.organisation else "",
                row.present_from.isoformat("minutes") if row.present_from else "",
                row.present_to.isoformat("minutes") if row.present_to else "",
            )
            for row in meeting.attendance.filter(is_present=True).select_related("organisation")
        ),
        lines=lines,
        signatures=tuple(Signature(one.name, one.adjusted_at) for one in meeting.adjusters.all()),
        hidden=sum(line.is_hidden for line in lines),
    )


def _as_held(item: AgendaItem) -> tuple[int, int]:
    """By paragraph where it is given; the rest after, as they stand on the agenda."""
    return (item.paragraph if item.paragraph is not None else 1_000_000, item.position)


def _line(item: AgendaItem, seen: set[int] | None) -> Line:
    ended = item.ended_at is not None
    if item.case_id is not None and seen is not None and item.case_id not in seen:
        return Line(item.pk, item.position, item.paragraph, "", is_ended=ended, is_hidden=True)
    initiative = item.case.initiative if item.case else None
    return Line(
        pk=item.pk,
        position=item.position,
        paragraph=item.paragraph,
        heading=item.heading or (initiative.title if initiative else ""),
        reference=initiative.reference if initiative else "",
        stance=str(Stance(item.stance).label) if item.stance else "",
        recommendation=item.recommendation,
        notes=item.notes,
        voices=tuple(
            Voice(voice.organisation.short_name, voice.organisation.key, str(Stance(voice.stance).label))
            for voice in item.voices.all()
        ),
        conflicts=tuple(conflict.attendance.name for conflict in item.conflicts.all()),
        is_ended=ended,
    )
