"""Att göra: what waits for whom, in which status, and until when.

One table, read like the workflow table and resting on it: who may take the step is read there, what must be true
besides is said here, as conditions on the database. A case waits for a person with one thing at a time, the first
line that fits. Source: docs/process.md, *Allas första sida*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case as Choose
from django.db.models import DateField, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Level
from v6portal.organizations.expressions import LocalDate
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

from ..acts import Act
from ..expected import expected_by
from ..models import Case, CaseQuerySet, ProcessSettings, Stage
from ..statuses import REALISING, Status
from ..who import AUTHOR, LEAD, At, Who
from ..workflow import rows_for
from . import waiting as w

Deadline = Callable[[Case, ProcessSettings], dt.date | None]


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    act: Act
    statuses: frozenset[Status]
    what: str
    """What waits, as a sentence."""
    button: str
    page: str
    """The name of the address where it is done; ``act`` is the form of the act itself."""
    when: w.Condition
    deadline: Deadline
    only: tuple[Who, ...]
    """Fewer people than the workflow table lets take the step, where not everybody is waited for."""
    level: Level | None

    @property
    def who(self) -> tuple[Who, ...]:
        rows = (row for row in rows_for(self.act) if self.statuses & row.source)
        return self.only or tuple(dict.fromkeys(who for row in rows for who in row.who))

    def url(self, reference: str) -> str:
        match self.page:
            case "act":
                return reverse("act", args=[reference, self.act])
            case "gate":
                return reverse("gate", args=[reference, self.level])
            case _:
                return reverse(self.page, args=[reference])


@dataclass
class Ground:
    """Why cases concern a person: where they belong, and the lines that may wait for her there."""

    place: Q
    lines: list[tuple[int, Q]]

    @property
    def condition(self) -> Q:
        """The place and any of the lines; those that ask for nothing more come first, for they cost nothing."""
        return self.place & reduce(or_, (q for _number, q in sorted(self.lines, key=lambda line: len(line[1]))))


def _places(who: Who, capacity: Membership) -> tuple[Q, ...]:
    """The cases that a role is meant in, for its holder in one organisation: any of the conditions."""
    if who.role != capacity.role:
        return ()
    match who.at:
        case At.OWN:
            return (w.own(capacity.organisation_id),)
        case At.LEADING:
            return w.led_by(capacity.organisation_id)
        case At.PARTICIPANT:
            return (w.taken_part_in_by(capacity.organisation_id),)
        case At.KOMMUN:
            return (Q(),) if capacity.organisation.is_kommun else ()
        case At.ANYWHERE:
            return (Q(),)


def _grounds(user: User, act: Act | None = None) -> list[Ground]:
    """Everything, or all of one act, that may concern the person in her present capacity, each place once."""
    found: dict[tuple[object, ...], Ground] = {}

    def note(key: tuple[object, ...], place: Q, number: int, line: Line, organisation: int) -> None:
        condition = Q(status__in=line.statuses) & line.when(user, organisation)
        found.setdefault(key, Ground(place, [])).lines.append((number, condition))

    for number, line in enumerate(LINES):
        for who in line.who if act in (None, line.act) else ():
            if who.role is None:
                note((user,), w.written_by(user), number, line, 0)
            for capacity in user.capacities:
                for part, place in enumerate(_places(who, capacity)):
                    note((who.at, part, capacity), place, number, line, capacity.organisation_id)
    return list(found.values())


def _no_deadline(case: Case, settings: ProcessSettings) -> None:
    return None


def _qualification(case: Case, settings: ProcessSettings) -> dt.date:
    return expected_by(timezone.localdate(case.status_since), settings.qualification_days)


def _supplement(case: Case, settings: ProcessSettings) -> dt.date:
    return expected_by(timezone.localdate(case.status_since), settings.supplement_days)


def _last_answer(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.interest_deadline


def _review(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.review_on


def _planned_end(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.planned_end  # type: ignore[attr-defined]


def _line(
    act: Act,
    statuses: Status | frozenset[Status],
    what: str,
    button: str,
    page: str = "act",
    when: w.Condition = w.always,
    deadline: Deadline = _no_deadline,
    only: tuple[Who, ...] = (),
    level: Level | None = None,
) -> Line:
    where = frozenset({statuses}) if isinstance(statuses, Status) else statuses
    return Line(act, where, what, button, page, when, deadline, only, level)


A, S, KOMMUN, V6 = Act, Status, Level.KOMMUN, Level.V6
AFTER_PRIORITISING = frozenset({S.V6_PRIORITISING, S.AWAITING_START})
UNDER_WAY = frozenset({S.IN_PROGRESS, S.LOCAL})
COORDINATOR = (Who(Role.COORDINATOR),)

# fmt: off
LINES: tuple[Line, ...] = (
    _line(A.SUBMIT,              S.DRAFT,            _("Utkast att skriva klart"),                _("Skriv klart"),           "initiative_edit", w.begun_by_herself_before_today),
    _line(A.SUPPLEMENT,          S.SUPPLEMENT,       _("Något saknas i din text"),                 _("Komplettera"),           deadline=_supplement, only=AUTHOR),
    _line(A.SUPPLEMENT,          S.SUPPLEMENT,       _("Komplettering väntas, och inlämnaren har inget konto"), _("Komplettera"), when=w.nobody_wrote, deadline=_supplement, only=LEAD),
    _line(A.START_QUALIFICATION, S.SUBMITTED,        _("Nytt initiativ att kvalificera"),          _("Påbörja kvalificering"), deadline=_qualification),
    _line(A.QUALIFY,             S.QUALIFYING,       _("Frågorna är besvarade"),                   _("Godkänn kvalificering"), when=w.gate_passed(KOMMUN)),
    _line(A.ANSWER_GATE,         S.QUALIFYING,       _("Kvalificeringsfrågor att besvara"),        _("Kvalificera"),           "gate", level=KOMMUN),
    _line(A.ASSESS,              S.QUALIFIED,        _("Bedömning att lämna"),                     _("Bedöm"),                 "assess", w.not_assessed_yet),
    _line(A.PRIORITISE,          S.QUALIFIED,        _("Bedömt och klart att prioritera"),         _("Fastställ prioritering"), when=w.enough_assessed_at_home),
    _line(A.DECIDE_LOCAL,        S.PRIORITISED,      _("Beslut att fatta: lokalt, till V6 eller avslå"), _("Besluta"),         "initiative"),
    _line(A.V6_START,            S.V6_RECEIVED,      _("Nytt till V6"),                            _("Påbörja V6-kvalificering")),
    _line(A.V6_QUALIFY,          S.V6_QUALIFYING,    _("V6-frågorna är besvarade"),                _("Fråga kommunerna"),      when=w.gate_passed(V6)),
    _line(A.ANSWER_GATE,         S.V6_QUALIFYING,    _("V6-frågor att besvara"),                   _("Kvalificera"),           "gate", level=V6),
    _line(A.ANSWER_INTEREST,     S.INTEREST,         _("Vill kommunen vara med?"),                 _("Svara"),                 when=w.interest_not_answered, deadline=_last_answer),
    _line(A.CLOSE_INTEREST,      S.INTEREST,         _("Alla har svarat, eller tiden är ute"),     _("Stäng förfrågan"),       "initiative", w.interest_over, _last_answer),
    _line(A.IT_ASSESS,           S.IT_ASSESSMENT,    _("Bedömningen är ifylld"),                   _("Lämna bedömning"),       when=w.it_parts_written),
    _line(A.DRAFT_IT_ASSESSMENT, S.IT_ASSESSMENT,    _("Göliska IT:s bedömning att skriva"),       _("Skriv bedömning")),
    _line(A.ASSESS,              S.V6_PRIORITISING,  _("Bedömning i V6 att lämna"),                _("Bedöm"),                 "assess", w.not_assessed_yet),
    _line(A.V6_PRIORITISE,       S.V6_PRIORITISING,  _("Bedömt och klart att prioritera i V6"),    _("Fastställ V6-prioritering"), when=w.enough_assessed_in_v6),
    _line(A.DECIDE_COMMITMENT,   AFTER_PRIORITISING, _("Göliska IT:s åtagande att besluta om"),    _("Besluta om åtagande"),   when=w.commitment_missing),
    _line(A.DECIDE_START,        S.AWAITING_START,   _("Start att besluta om"),                    _("Besluta om start"),      when=w.commitment_settled),
    _line(A.END_STAGE,           REALISING,          _("En etapp skulle ha varit klar"),           _("Avsluta etapp"),         when=w.stage_overdue, deadline=_planned_end),
    _line(A.NAME_OBJECT,         UNDER_WAY,          _("Infört, men utan förvaltningsobjekt"),     _("Ange förvaltningsobjekt"), when=w.adopted_without_object),
    _line(A.HAND_OVER,           UNDER_WAY,          _("Infört och klart att överlämna"),          _("Överlämna till förvaltning"), when=w.adopted_with_object),
    _line(A.START_STAGE,         UNDER_WAY,          _("Ingen etapp pågår"),                       _("Välj nästa steg"),       "initiative", w.no_stage_going_on),
    _line(A.RESUME,              S.PAUSED,           _("Vilande, och skulle tas upp igen"),        _("Ta ställning"),          "initiative", w.review_due_in_kommun, _review, LEAD),
    _line(A.RESUME,              S.PAUSED,           _("Vilande, och skulle tas upp igen"),        _("Ta ställning"),          "initiative", w.review_due_in_v6, _review, COORDINATOR),
)
# fmt: on


ORDER = ("is_draft", "since", "status_since", "pk")
"""What others wait for first, one's own drafts last; the oldest of each first."""

COLUMNS = (
    "status",
    "status_since",
    "interest_deadline",
    "review_on",
    "initiative__reference",
    "initiative__title",
    "initiative__department",
    "initiative__organisation__short_name",
)


@dataclass(frozen=True)
class Waiting:
    """One row on *Att göra*."""

    case: Case
    line: Line
    since: dt.date
    deadline: dt.date | None
    today: dt.date

    @property
    def days(self) -> int:
        return (self.today - self.since).days

    @property
    def days_late(self) -> int:
        """Days past the deadline; 0 when there is none or it has not passed."""
        return max((self.today - self.deadline).days, 0) if self.deadline else 0

    @property
    def url(self) -> str:
        return self.line.url(self.case.initiative.reference)


def waiting_for(user: User, act: Act | None = None) -> CaseQuerySet:
    """The cases in which something, or one act, waits for the person in the capacity she acts in."""
    visible = Case.objects.visible_to(user)
    parts = [visible.filter(ground.condition) for ground in _grounds(user, act)]
    if len(parts) < 2:
        return parts[0] if parts else Case.objects.none()
    # One subquery a ground lets each use its own index, which an OR of them all would not.
    return Case.objects.filter(reduce(or_, (Q(pk__in=part.values("pk")) for part in parts)))


def _with_since(cases: CaseQuerySet) -> CaseQuerySet:
    """Each with ``since``, the date it has waited from: the planned end of a stage that is late, else the status."""
    ends = Stage.objects.ongoing().filter(case=OuterRef("pk")).order_by("planned_end")
    late = Q(status__in=REALISING, planned_end__lt=timezone.localdate())
    return cases.annotate(planned_end=Subquery(ends.values("planned_end")[:1])).annotate(
        since=Choose(When(late, then=F("planned_end")), default=LocalDate("status_since"), output_field=DateField()),
        is_draft=Choose(When(status=Status.DRAFT, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )


def in_order(user: User) -> CaseQuerySet:
    """The same cases, longest waiting first; one's own drafts after what others wait for."""
    return _with_since(waiting_for(user)).order_by(*ORDER)


def described(cases: CaseQuerySet, user: User) -> list[Waiting]:
    """What waits in each of these cases, a page of ``in_order``. Three statements."""
    lines = [
        When(ground.place & condition, then=Value(number))
        for number, ground, condition in sorted(
            ((number, ground, condition) for ground in _grounds(user) for number, condition in ground.lines),
            key=lambda found: found[0],
        )
    ]
    if not lines:
        return []
    # The ids first: for so few cases every condition is then a look in an index.
    page = _with_since(Case.objects.filter(pk__in=list(cases.values_list("pk", flat=True))))
    rows = page.annotate(line=Choose(*lines, default=Value(-1), output_field=IntegerField()))
    today = timezone.localdate()
    settings = ProcessSettings.objects.on(today)
    return [
        Waiting(case, LINES[case.line], case.since, LINES[case.line].deadline(case, settings), today)  # type: ignore[attr-defined]
        for case in rows.select_related("initiative__organisation").only(*COLUMNS).order_by(*ORDER)
    ]
