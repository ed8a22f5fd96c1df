"""*Rättelser*: what approved reports said and would say otherwise today, with what made the difference.

They are found by counting an approved half-year again and comparing, and only where something has been recorded since
that may reach back to it. Each is reported once, in the next report that is not approved. Source: docs/indikatorer.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Event
from v6portal.organizations.models import User

from ..corrections import WITHOUT_A_DATE, Difference, Figures, Happening, causes_of, dates_in, differences
from ..models import HalfYearReport
from ..periods import HalfYear
from ..reports import compute
from .beside_parts import Beside, BesideItem
from .cells import Cell, Column, Table
from .correction_words import in_words, line_in_words
from .kept import Kept, kept_of
from .overview import NUMBERS, Desk

if TYPE_CHECKING:
    from .report import Report

REACHING = """
select exists (
  select from governance_event e where e.id > %(since)s and (e.occurred_on <= %(last)s::date or exists (
    select from jsonb_path_query(e.data, '$.** ? (@.type() == "string")') told
    where told #>> '{}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and told #>> '{}' <= %(last)s
  ))
)
"""


@dataclass(frozen=True)
class Cause:
    """An event that made a line another, as it is told to those who may see it."""

    event: int
    reference: str
    word: str
    recorded_on: str
    actor: str
    organisation: str

    def __str__(self) -> str:
        who = f"{self.actor}, {self.organisation}" if self.organisation else self.actor
        told = {"word": self.word, "reference": self.reference, "day": self.recorded_on, "who": who}
        return _("%(word)s, %(reference)s. Skrevs in %(day)s av %(who)s.") % told


@dataclass(frozen=True)
class Correction:
    """One line of an approved report that is another today. ``reference`` is the initiative that the line is of."""

    period: str
    code: str
    wording: str
    line: str
    reference: str
    before: str
    now: str
    references: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> Correction:
        causes = tuple(Cause(**one) for one in told["causes"])
        return cls(**{**told, "references": tuple(told["references"]), "causes": causes})


@dataclass(frozen=True)
class Reported:
    """What a report says of earlier ones: the corrections, their half-years' figures as they now stand, and every
    half-year that was looked at."""

    corrections: list[Correction] = field(default_factory=list)
    restated: dict[str, Figures] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)


def since_approval(kept: Kept, desk: Desk | None = None) -> list[Correction]:
    """What an approved report says otherwise than it would say today."""
    return _compared(kept, kept.figures, kept.head_number, desk or Desk())[0]


def to_report(period: HalfYear, *, afresh: bool = False, desk: Desk | None = None) -> Reported:
    """What the report of the half-year, not approved yet, says of those before it.

    An earlier half-year is looked at if it is approved and none between them still waits to be, and compared with what
    was last said of it. ``afresh`` counts anew whatever is remembered.
    """
    desk = desk or Desk()
    told = Reported()
    earlier = {one.period: one for one in HalfYearReport.objects.approved().before(period).without_content()}
    later: list[HalfYearReport] = []
    at = period.previous()
    while at in earlier:
        kept = kept_of(earlier[at])
        figures, since = _last_said(kept, later)
        found, today = _compared(kept, figures, since, desk, afresh=afresh)
        told.checked.append(at.code)
        told.corrections[:0] = found
        if found:
            told.restated[at.code] = today
        later.append(earlier[at])
        at = at.previous()
    return told


def _last_said(kept: Kept, later: Sequence[HalfYearReport]) -> tuple[Figures, int]:
    """The half-year's figures as the latest report that looked at it gave them, and the log's head then."""
    figures, since = kept.figures, kept.head_number
    for report in sorted(later, key=lambda one: one.head_number or 0):
        if (report.head_number or 0) < since:
            continue
        content = kept_of(report).content
        if kept.period.code in content["checked"]:
            figures, since = content["restated"].get(kept.period.code, figures), report.head_number or 0
    return figures, since


def _compared(
    kept: Kept, figures: Figures, since: int, desk: Desk, *, afresh: bool = False
) -> tuple[list[Correction], Figures]:
    """The corrections, remembered until the log moves on; and, where they are found afresh, the figures of today."""
    key = (desk.state, "corrections", kept.checksum, since)
    known = None if afresh else NUMBERS.get(key)
    if isinstance(known, list):
        return known, {}
    found, today = _compare(kept, figures, since, desk)
    NUMBERS.put(key, found)
    return found, today


def _compare(kept: Kept, figures: Figures, since: int, desk: Desk) -> tuple[list[Correction], Figures]:
    last = kept.period.last
    if not _may_have_changed(since, kept):
        return [], figures
    today = compute(kept.period, organisations=kept.organisations(desk.organisations))
    found = differences(figures, today)
    happened = _happened({reference for one in found for reference in one.references}, since)
    events = {event.pk: event for event in happened}
    plain = [_happening(event) for event in happened]
    return [_correction(kept, one, causes_of(one, plain, last), events) for one in found], today


def _may_have_changed(since: int, kept: Kept) -> bool:
    """Whether anything has been recorded since that may reach back to the half-year: what is dated, or names a date,
    up to its last day, and of what its initiatives have had done to them that names none."""
    without = Event.objects.filter(pk__gt=since, kind__in=WITHOUT_A_DATE).order_by().values_list("reference", flat=True)
    if kept.content["initiatives"].keys() & set(without.distinct()):
        return True
    with connection.cursor() as cursor:
        cursor.execute(REACHING, {"since": since, "last": kept.period.last.isoformat()})
        return bool(cursor.fetchone()[0])


def _happened(references: Iterable[str], since: int) -> list[Event]:
    found = Event.objects.filter(pk__gt=since, reference__in=set(references)).select_related("organisation")
    return list(found.order_by("pk"))


def _happening(event: Event) -> Happening:
    return Happening(event.pk, event.kind, event.reference, (event.occurred_on, *dates_in(event.data)))


def _correction(kept: Kept, difference: Difference, causes: Sequence[int], events: dict[int, Event]) -> Correction:
    indicator = next(one for one in kept.indicators if one.code == difference.code)
    is_row = difference.code.startswith("B5") and difference.key in difference.references
    before, now = (in_words(difference.code, figures) for figures in (difference.before, difference.now))
    return Correction(
        period=kept.period.code,
        code=difference.code,
        wording=str(indicator.wording),
        line=line_in_words(difference, indicator, kept.titles(())),
        reference=difference.key if is_row else "",
        before=before,
        now=now if now != before else _("%s, men inte samma") % now,
        references=difference.references,
        causes=tuple(_cause(events[number]) for number in causes),
    )


def _cause(event: Event) -> Cause:
    return Cause(
        event=event.pk,
        reference=event.reference,
        word=event.spoken,
        recorded_on=timezone.localdate(event.recorded_at).isoformat(),
        actor=event.actor_name,
        organisation=event.organisation.short_name if event.organisation else "",
    )


# --- As one reader may have them


def corrections_section(report: Report, reader: User | None) -> Beside | None:
    """The report's own section of what earlier ones said; None where there is nothing to put right."""
    if report.kept:
        found = [Correction.of(one) for one in report.kept.corrections]
    else:
        found = to_report(report.period, desk=report.desk).corrections
    if not found:
        return None
    return Beside(
        anchor="rattelser",
        title=_("Rättelser av tidigare rapporter"),
        lead=_(
            "Fastställda rapporter ändras aldrig. Det som har skrivits in i efterhand och gäller ett halvår som redan "
            "är fastställt står här, en rad för varje uppgift."
        ),
        sheet=_("Rättelser"),
        items=tuple(
            BesideItem(
                anchor=f"rattelser-{period.code}",
                heading=period.label,
                definition=number_in_words(len(of_it)),
                tables=(table_of(of_it, report.hidden, reader),),
            )
            for period in sorted({HalfYear.parse(one.period) for one in found})
            for of_it in [[one for one in found if one.period == period.code]]
        ),
    )


def number_in_words(number: int) -> str:
    told = ngettext(
        "%s uppgift är en annan än den som rapporterades.", "%s uppgifter är andra än de som rapporterades.", number
    )
    return told % number


def table_of(found: Sequence[Correction], hidden: Iterable[str], reader: User | None) -> Table:
    """A row for each correction that the reader may know of; of lines about what she may not see, how many they are.

    One statement, for which of the causes she may see.
    """
    hidden = frozenset(hidden)
    told = [one for one in found if one.reference not in hidden]
    seen = _seen_by(reader, [cause.event for one in told for cause in one.causes])
    left_out = len(found) - len(told)
    note = ngettext(
        "%s rättelse gäller ett initiativ som du inte får läsa.",
        "%s rättelser gäller initiativ som du inte får läsa.",
        left_out,
    )
    return Table(
        caption=_("Rättelser"),
        columns=(
            Column(_("Uppgift")),
            Column(_("Rapporterat")),
            Column(_("Nu")),
            Column(_("Varför")),
        ),
        rows=tuple(
            (
                Cell(f"{one.wording.rstrip(':;. ')}. {one.line}".rstrip(". ") + ".", reference=one.reference),
                Cell(one.before),
                Cell(one.now),
                Cell(_why(one, hidden, seen)),
            )
            for one in told
        ),
        note=note % left_out if left_out else "",
    )


def _seen_by(reader: User | None, events: Sequence[int]) -> frozenset[int]:
    """Which of the events she may see; for the file that withholds nothing, all."""
    if reader is None or not events:
        return frozenset(events)
    return frozenset(Event.objects.visible_to(reader).filter(pk__in=events).values_list("pk", flat=True))


def _why(correction: Correction, hidden: frozenset[str], seen: frozenset[int]) -> str:
    """The causes in words, those that she may not see as a number."""
    told = [cause for cause in correction.causes if cause.event in seen and cause.reference not in hidden]
    sentences = [str(cause) for cause in told]
    if left_out := len(correction.causes) - len(told):
        words = ngettext(
            "%s händelse i ett initiativ som du inte får läsa.",
            "%s händelser i initiativ som du inte får läsa.",
            left_out,
        )
        sentences.append(words % left_out)
    return "\n".join(sentences) or _("Ingen enskild händelse har hittats.")
