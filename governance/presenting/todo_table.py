"""The table of *Att göra*: what waits in which status, for whom, until when, and where it is done.

It rests on the workflow table: who may take the step is read there, what must be true besides is said here, as
conditions on the database (``waiting``). Source: docs/process.md, *Allas första sida*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Level
from v6portal.organizations.roles import Role

from ..acts import Act
from ..expected import expected_by
from ..handing import HANDABLE
from ..models import Case, ProcessSettings
from ..statuses import REALISING, Status
from ..who import AUTHOR, EACH_LEAD, LEAD, LEADING_DIRECTOR, Who
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
    """By which day; none where nothing is promised: one's own draft, and work between two stages."""
    only: tuple[Who, ...]
    """Fewer people than the workflow table lets take the step, where not everybody is waited for."""
    level: Level | None

    @property
    def may_be_handed(self) -> bool:
        """Whether it can be handed to a colleague; the rest each does for herself."""
        return self.act in HANDABLE

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


def _usual(case: Case, settings: ProcessSettings) -> dt.date | None:
    """The day that the page of the initiative gives too: so many days on, by the settings of today."""
    days = settings.days_in(case.standing)
    return None if days is None else expected_by(timezone.localdate(case.status_since), days)


def _last_answer(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.interest_deadline


def _review(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.review_on


def _planned_end(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.planned_end  # type: ignore[attr-defined]


def _follow_up(case: Case, settings: ProcessSettings) -> dt.date | None:
    return case.follow_up_by  # type: ignore[attr-defined]


def _line(
    act: Act,
    statuses: Status | frozenset[Status],
    what: str,
    button: str,
    page: str = "act",
    when: w.Condition = w.always,
    deadline: Deadline = _usual,
    only: tuple[Who, ...] = (),
    level: Level | None = None,
) -> Line:
    where = frozenset({statuses}) if isinstance(statuses, Status) else statuses
    return Line(act, where, what, button, page, when, deadline, only, level)


A, S, KOMMUN, V6 = Act, Status, Level.KOMMUN, Level.V6
AFTER_PRIORITISING = frozenset({S.V6_PRIORITISING, S.AWAITING_START})
UNDER_WAY = frozenset({S.IN_PROGRESS, S.LOCAL})
IN_USE = REALISING | {S.CLOSED}
COORDINATOR = (Who(Role.COORDINATOR),)

# fmt: off
LINES: tuple[Line, ...] = (
    _line(A.SUBMIT,              S.DRAFT,            _("Utkast att skriva klart"),                _("Skriv klart"),           "initiative_edit", w.begun_by_herself_before_today),
    _line(A.SUPPLEMENT,          S.SUPPLEMENT,       _("Något saknas i din text"),                 _("Komplettera"),           only=AUTHOR),
    _line(A.SUPPLEMENT,          S.SUPPLEMENT,       _("Komplettering väntas, och inlämnaren har inget konto"), _("Komplettera"), when=w.nobody_wrote, only=LEAD),
    _line(A.START_QUALIFICATION, S.SUBMITTED,        _("Nytt initiativ att kvalificera"),          _("Påbörja kvalificering")),
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
    _line(A.END_UNREALISED,      S.AWAITING_START,   _("Göliska IT åtar sig inte uppdraget"),      _("Ta ställning"),          "initiative", w.commitment_declined, only=LEADING_DIRECTOR),
    _line(A.RETURN_TO_KOMMUN,    S.AWAITING_START,   _("Göliska IT åtar sig inte uppdraget"),      _("Ta ställning"),          "initiative", w.commitment_declined),
    _line(A.END_STAGE,           REALISING,          _("En etapp skulle ha varit klar"),           _("Avsluta etapp"),         when=w.stage_overdue, deadline=_planned_end),
    _line(A.CONFIRM_BENEFIT,     IN_USE,             _("Nyttan att följa upp"),                    _("Följ upp nyttan"),       "confirm_benefit", w.benefit_due, _follow_up, EACH_LEAD),
    _line(A.NAME_OBJECT,         UNDER_WAY,          _("Infört, men utan förvaltningsobjekt"),     _("Ange förvaltningsobjekt"), when=w.adopted_without_object),
    _line(A.HAND_OVER,           UNDER_WAY,          _("Infört och klart att överlämna"),          _("Överlämna till förvaltning"), when=w.adopted_with_object),
    _line(A.START_STAGE,         UNDER_WAY,          _("Ingen etapp pågår"),                       _("Välj nästa steg"),       "initiative", w.no_stage_going_on),
    _line(A.RESUME,              S.PAUSED,           _("Vilande, och skulle tas upp igen"),        _("Ta ställning"),          "initiative", w.review_due_in_kommun, _review, LEAD),
    _line(A.RESUME,              S.PAUSED,           _("Vilande, och skulle tas upp igen"),        _("Ta ställning"),          "initiative", w.review_due_in_v6, _review, COORDINATOR),
)
# fmt: on
