"""The process, as one table: what may be done, from where to where, by whom, and what must be in place.

Source: docs/process.md, *Tabellen*; the project report VDT-22 (section 2) names the two processes and the kinds of
work, the steps are this project's proposal. Buttons, refusals, tests and the process picture are all drawn from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from v6portal.organizations.roles import Role

from . import obstacles as o
from .acts import Act
from .asks import Ask
from .facts import Actor, Capacity, CaseFacts
from .statuses import ENDED, KOMMUN_OPEN, LIVE, REALISING, V6_BEFORE_START, V6_OPEN, Status
from .who import (
    AUTHOR,
    COORDINATOR,
    CORRECTORS,
    DECIDERS,
    EACH_DIRECTOR,
    EACH_LEAD,
    EACH_REGISTRAR,
    INSIGHT,
    IT_DIRECTOR,
    IT_OFFICER,
    LEAD,
    LEADING_DIRECTOR,
    LEADING_LEAD,
    LEADING_OR_OWN_DIRECTOR,
    READERS,
    RECOMMENDERS,
    REGISTRARS,
    At,
    Who,
    held,
)

Obstacle = Callable[[CaseFacts], list[str]]


STAYS: None = None
"""In the To column: the act is logged but does not move the case."""

RETURNS = Status.PAUSED
"""In the To column of *Återuppta*: back to where the case was when it was made dormant."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    act: Act
    button: str
    source: frozenset[Status]
    target: Status | None
    who: tuple[Who, ...]
    obstacles: tuple[Obstacle, ...] = ()
    asks: tuple[Ask, ...] = ()
    paused_in: frozenset[Status] | None = None
    """For *Återuppta*: the statuses the case may have been in when it was made dormant."""

    @property
    def is_of_evidence(self) -> bool:
        """Whether what is attached speaks of a stage or a cost, and not of the text."""
        return Ask.EVIDENCE in self.asks

    def applies_to(self, facts: CaseFacts) -> bool:
        if facts.status not in self.source:
            return False
        return self.paused_in is None or facts.paused_from in self.paused_in

    def capacity_of(self, actor: Actor, facts: CaseFacts) -> Capacity | None:
        """The capacity by which the actor may take the step, the first one where several do."""
        return next((c for c in actor.capacities for who in self.who if who.matches(c, facts)), None)

    def is_open_to(self, actor: Actor, facts: CaseFacts) -> bool:
        """Whether the actor may take the step at all, obstacles aside."""
        by_authorship = actor.is_author and any(who.role is None for who in self.who)
        return by_authorship or self.capacity_of(actor, facts) is not None

    def obstacles_for(self, facts: CaseFacts) -> list[str]:
        """What remains before the step can be taken, as Swedish sentences; empty means go."""
        return [sentence for obstacle in self.obstacles for sentence in obstacle(facts)]

    def lands_in(self, facts: CaseFacts) -> Status | None:
        """The status after the step; None when the case stays where it is."""
        return facts.paused_from if self.target is RETURNS and self.act is Act.RESUME else self.target


def _row(
    act: Act,
    button: str,
    source: Status | frozenset[Status],
    target: Status | None,
    who: tuple[Who, ...],
    obstacles: tuple[Obstacle, ...] = (),
    asks: tuple[Ask, ...] = (),
    paused_in: frozenset[Status] | None = None,
) -> Row:
    sources = frozenset({source}) if isinstance(source, Status) else source
    return Row(act, button, sources, target, who, obstacles, asks, paused_in)


A, S, K = Act, Status, Ask
EARLY = frozenset({S.SUBMITTED, S.QUALIFYING})
V6_ENTRY = frozenset({S.V6_RECEIVED, S.V6_QUALIFYING})
OFFERABLE = frozenset({S.PRIORITISED, S.LOCAL, S.MAINTENANCE})
REJECTABLE = frozenset({S.QUALIFYING, S.QUALIFIED, S.PRIORITISED})
ENDABLE = V6_BEFORE_START | {S.IN_PROGRESS, S.LOCAL}
JOINABLE = (V6_OPEN - {S.V6_RECEIVED, S.V6_QUALIFYING, S.INTEREST}) | {S.CLOSED}
SUBMITTED_EVER = LIVE | ENDED
DECIDED = (K.DECISION,)

# fmt: off
TABLE: tuple[Row, ...] = (
    # Kommunens process: Att hantera digitaliseringsinitiativ
    _row(A.SUBMIT,              _("Skicka in"),                    S.DRAFT,           S.SUBMITTED,        AUTHOR,               (o.required_fields,)),
    _row(A.WITHDRAW,            _("Återta"),                       EARLY | {S.SUPPLEMENT}, S.WITHDRAWN,      AUTHOR + LEAD,        (),                                                  (K.MOTIVATION,)),
    _row(A.START_QUALIFICATION, _("Påbörja kvalificering"),        S.SUBMITTED,       S.QUALIFYING,       LEAD),
    _row(A.REQUEST_SUPPLEMENT,  _("Begär komplettering"),          S.QUALIFYING,      S.SUPPLEMENT,       LEAD,                 (),                                                  (K.MISSING,)),
    _row(A.SUPPLEMENT,          _("Skicka komplettering"),         S.SUPPLEMENT,      S.QUALIFYING,       AUTHOR + LEAD,        (),                                                  (K.SUPPLEMENT,)),
    _row(A.QUALIFY,             _("Godkänn kvalificering"),        S.QUALIFYING,      S.QUALIFIED,        LEAD,                 (o.kommun_questions,)),
    _row(A.REFER,               _("Hänvisa"),                      EARLY,             S.REFERRED,         LEAD,                 (),                                                  (K.REFERRAL, K.MOTIVATION)),
    _row(A.MARK_DUPLICATE,      _("Markera som dubblett"),         EARLY,             S.DUPLICATE,        LEAD,                 (),                                                  (K.ORIGINAL,)),
    _row(A.MARK_DUPLICATE,      _("Markera som dubblett"),         V6_ENTRY,          S.DUPLICATE,        COORDINATOR,          (),                                                  (K.ORIGINAL,)),
    _row(A.PRIORITISE,          _("Fastställ prioritering"),       S.QUALIFIED,       S.PRIORITISED,      LEAD,                 (o.kommun_assessments,),                             (K.ORDER,)),
    _row(A.DECIDE_LOCAL,        _("Besluta: genomför lokalt"),     S.PRIORITISED,     S.LOCAL,            DECIDERS,             (),                                                  DECIDED),
    _row(A.SEND_TO_V6,          _("Besluta: skicka till V6"),      OFFERABLE,         S.V6_RECEIVED,      DECIDERS,             (o.not_in_v6_already,),                              (K.MOTIVE, K.LEADER, K.NOTICE, K.DECISION)),
    _row(A.REJECT,              _("Avslå"),                        REJECTABLE,        S.REJECTED,         DECIDERS,             (),                                                  DECIDED),
    _row(A.PAUSE,               _("Gör vilande"),                  KOMMUN_OPEN,       S.PAUSED,           LEAD,                 (),                                                  (K.REVIEW_DATE, K.MOTIVATION)),
    _row(A.PAUSE,               _("Gör vilande"),                  V6_OPEN,           S.PAUSED,           LEADING_LEAD + COORDINATOR, (),                                            (K.REVIEW_DATE, K.MOTIVATION)),
    _row(A.RESUME,              _("Återuppta"),                    S.PAUSED,          RETURNS,            LEAD,                 (),                                                  (K.MOTIVATION,), KOMMUN_OPEN),
    _row(A.RESUME,              _("Återuppta"),                    S.PAUSED,          RETURNS,            LEADING_LEAD + COORDINATOR, (),                                            (K.MOTIVATION,), V6_OPEN),
    # V6 Effektfull samverkan digitalisering
    _row(A.V6_START,            _("Påbörja V6-kvalificering"),     S.V6_RECEIVED,     S.V6_QUALIFYING,    COORDINATOR),
    _row(A.V6_QUALIFY,          _("Godkänn och fråga kommunerna"), S.V6_QUALIFYING,   S.INTEREST,         COORDINATOR,          (o.v6_questions,),                                   (K.DEADLINE,)),
    _row(A.CLOSE_INTEREST,      _("Stäng förfrågan"),              S.INTEREST,        S.V6_PRIORITISING,  COORDINATOR,          (o.answers, o.participants, o.leader)),
    _row(A.ASK_GOLISKA,         _("Stäng och fråga Göliska IT"),   S.INTEREST,        S.IT_ASSESSMENT,    COORDINATOR,          (o.answers, o.participants, o.leader),               (K.IT_REQUEST,)),
    _row(A.IT_ASSESS,           _("Lämna bedömning"),              S.IT_ASSESSMENT,   S.V6_PRIORITISING,  IT_OFFICER,           (o.it_parts,)),
    _row(A.V6_PRIORITISE,       _("Fastställ V6-prioritering"),    S.V6_PRIORITISING, S.AWAITING_START,   COORDINATOR,          (o.v6_assessments,),                                 (K.ORDER,)),
    _row(A.DECIDE_START,        _("Besluta om start"),             S.AWAITING_START,  S.IN_PROGRESS,      LEADING_DIRECTOR,     (o.commitment,),                                     (K.START, K.DECISION)),
    _row(A.RETURN_TO_KOMMUN,    _("Tillbaka till kommunen"),       V6_BEFORE_START,   S.PRIORITISED,      COORDINATOR,          (),                                                  (K.MOTIVATION,)),
    _row(A.END_UNREALISED,      _("Avsluta utan genomförande"),    ENDABLE,           S.ENDED_UNREALISED, LEADING_OR_OWN_DIRECTOR, (o.no_open_stage,),                               DECIDED),
    _row(A.HAND_OVER,           _("Överlämna till förvaltning"),   frozenset({S.IN_PROGRESS, S.LOCAL}), S.MAINTENANCE, LEADING_LEAD, (o.no_open_stage, o.an_adoption, o.a_managed_object)),
    _row(A.CLOSE,               _("Avsluta"),                      REALISING,         S.CLOSED,           LEADING_LEAD,         (o.no_open_stage,),                                  (K.MOTIVATION,)),

    # Acts that do not move the case but stand in the same log
    _row(A.ANSWER_GATE,         _("Svara på kvalificeringsfrågorna"), S.QUALIFYING,   STAYS,              LEAD,                 (),                                                  (K.REPLIES,)),
    _row(A.ANSWER_GATE,         _("Svara på V6-frågorna"),         S.V6_QUALIFYING,   STAYS,              COORDINATOR,          (),                                                  (K.REPLIES,)),
    _row(A.ASSESS,              _("Bedöm"),                        S.QUALIFIED,       STAYS,              LEAD,                 (o.round_not_closed,),                               (K.MARKS,)),
    _row(A.ASSESS,              _("Bedöm"),                        S.V6_PRIORITISING, STAYS,              held(At.PARTICIPANT, Role.LEAD), (o.round_not_closed,),                     (K.MARKS,)),
    _row(A.DECLARE_CONFLICT,    _("Anmäl jäv"),                    S.QUALIFIED,       STAYS,              LEAD,                 (o.round_not_closed,),                               (K.MOTIVATION,)),
    _row(A.DECLARE_CONFLICT,    _("Anmäl jäv"),                    S.V6_PRIORITISING, STAYS,              held(At.PARTICIPANT, Role.LEAD), (o.round_not_closed,),                     (K.MOTIVATION,)),
    _row(A.CLOSE_ROUND,         _("Stäng bedömningen"),            S.QUALIFIED,       STAYS,              LEAD,                 (o.round_not_closed, o.kommun_assessments)),
    _row(A.CLOSE_ROUND,         _("Stäng bedömningen"),            S.V6_PRIORITISING, STAYS,              COORDINATOR,          (o.round_not_closed, o.v6_assessments)),
    _row(A.AGREE,               _("Enas om ett värde"),            frozenset({S.QUALIFIED, S.PRIORITISED}), STAYS, LEAD,        (o.round_closed,),                                   (K.AGREED, K.MOTIVATION)),
    _row(A.AGREE,               _("Enas om ett värde"),            frozenset({S.V6_PRIORITISING, S.AWAITING_START}), STAYS, COORDINATOR, (o.round_closed,),                           (K.AGREED, K.MOTIVATION)),
    _row(A.AMEND,               _("Ändra texten"),                 S.QUALIFIED,       STAYS,              AUTHOR + LEAD,        (o.text_open,),                                      (K.AMENDMENT,)),
    _row(A.AMEND,               _("Ändra texten"),                 S.V6_PRIORITISING, STAYS,              LEADING_LEAD,         (o.text_open,),                                      (K.AMENDMENT,)),
    _row(A.CALCULATE,           _("Gör nyttokalkyl"),              KOMMUN_OPEN,       STAYS,              AUTHOR + LEAD,        (),                                                  (K.CALCULATION,)),
    _row(A.CALCULATE,           _("Gör nyttokalkyl"),              V6_BEFORE_START | {S.IN_PROGRESS}, STAYS, LEADING_LEAD + COORDINATOR, (),                                         (K.CALCULATION,)),
    _row(A.RECOMMEND,           _("Lämna rekommendation"),         KOMMUN_OPEN,       STAYS,              held(At.OWN, Role.COUNCIL, Role.ORDER_GROUP), (),                           (K.STANCE, K.TEXT)),
    _row(A.RECOMMEND,           _("Lämna rekommendation"),         V6_OPEN,           STAYS,              RECOMMENDERS,         (),                                                  (K.STANCE, K.TEXT)),
    _row(A.TAKE_UP,             _("Behandla på möte"),             SUBMITTED_EVER,    STAYS,              held(At.OWN, Role.COUNCIL, Role.ORDER_GROUP), (),                           (K.MEETING,)),
    _row(A.TAKE_UP,             _("Behandla på möte"),             SUBMITTED_EVER,    STAYS,              RECOMMENDERS,         (o.sent_to_v6,),                                     (K.MEETING,)),
    _row(A.ANSWER_INTEREST,     _("Delta, avvakta eller avstå"),   S.INTEREST,        STAYS,              EACH_DIRECTOR,        (),                                                  (K.ANSWER, K.DECISION)),
    _row(A.DRAFT_IT_ASSESSMENT, _("Skriv bedömning"),              S.IT_ASSESSMENT,   STAYS,              IT_OFFICER,           (),                                                  (K.IT_PARTS,)),
    _row(A.DECIDE_COMMITMENT,   _("Besluta om åtagande"),          frozenset({S.V6_PRIORITISING, S.AWAITING_START}), STAYS, IT_DIRECTOR, (o.commitment_wanted,),                  (K.COMMITMENT, K.DECISION)),
    _row(A.JOIN,                _("Gå med"),                       JOINABLE,          STAYS,              EACH_DIRECTOR,        (o.sent_to_v6,),                                                  (K.JOINING, K.DECISION)),
    _row(A.FOLLOW,              _("Följ initiativet"),             V6_OPEN,           STAYS,              EACH_LEAD),
    _row(A.UNFOLLOW,            _("Sluta följa"),                  V6_OPEN,           STAYS,              EACH_LEAD),
    _row(A.LEAVE,               _("Lämna samarbetet"),             V6_OPEN,           STAYS,              held(At.PARTICIPANT, Role.DIRECTOR), (),                                    (K.LEAVING, K.DECISION)),
    _row(A.CHANGE_LEADER,       _("Byt ledande kommun"),           V6_OPEN,           STAYS,              LEADING_DIRECTOR,     (),                                                  (K.LEADER, K.DECISION)),
    _row(A.SHARE_COSTS,         _("Bestäm kostnadsfördelning"),    V6_OPEN,           STAYS,              LEADING_LEAD + COORDINATOR, (o.sent_to_v6,),                              (K.SHARING, K.MOTIVATION)),
    _row(A.START_STAGE,         _("Påbörja etapp"),                REALISING,         STAYS,              LEADING_LEAD,         (),                                                  (K.STAGE,)),
    _row(A.END_STAGE,           _("Avsluta etapp"),                REALISING,         STAYS,              LEADING_LEAD,         (o.an_open_stage,),                                  (K.STAGE_END,)),
    _row(A.REPLAN,              _("Ändra planen"),                 REALISING,         STAYS,              LEADING_LEAD,         (),                                                  (K.PLAN, K.MOTIVATION)),
    _row(A.RECORD_COST,         _("Registrera kostnad"),           REALISING | V6_BEFORE_START, STAYS,    LEADING_LEAD + held(At.PARTICIPANT, Role.LEAD), (),                         (K.COST,)),
    _row(A.RECORD_ADOPTION,     _("Registrera införande"),         REALISING | {S.CLOSED}, STAYS,         LEADING_LEAD + EACH_LEAD, (),                                              (K.ADOPTION,)),
    _row(A.CONFIRM_BENEFIT,     _("Bekräfta nyttan (3N)"),         REALISING | {S.CLOSED}, STAYS,         LEADING_LEAD + EACH_LEAD, (o.an_adoption,),                                (K.BENEFIT,)),
    _row(A.ATTACH,              _("Lägg till bilaga"),             S.SUPPLEMENT,      STAYS,              AUTHOR + LEAD,        (),                                                  (K.ATTACHMENT,)),
    _row(A.ATTACH,              _("Bifoga underlag"),              REALISING,         STAYS,              LEADING_LEAD + held(At.PARTICIPANT, Role.LEAD), (),                         (K.ATTACHMENT, K.EVIDENCE)),
    _row(A.REMOVE_ATTACHMENT,   _("Ta bort bilaga"),               S.SUPPLEMENT,      STAYS,              AUTHOR + LEAD,        (),                                                  (K.ATTACHMENT,)),
    _row(A.REMOVE_ATTACHMENT,   _("Ta bort underlag"),             REALISING,         STAYS,              LEADING_LEAD + held(At.PARTICIPANT, Role.LEAD), (),                         (K.ATTACHMENT,)),
    _row(A.NAME_OBJECT,         _("Ange förvaltningsobjekt"),      REALISING,         STAYS,              LEADING_LEAD,         (),                                                  (K.MANAGED_OBJECT,)),
    _row(A.SET_REGISTRY_NUMBER, _("Sätt diarienummer"),            SUBMITTED_EVER,    STAYS,              REGISTRARS,           (),                                                  (K.REGISTRY_NUMBER,)),
    _row(A.MARK_SECRET,         _("Sekretessmarkera"),             SUBMITTED_EVER,    STAYS,              REGISTRARS,           (o.not_secret,),                                     (K.SECRECY,)),
    _row(A.LIFT_SECRECY,        _("Häv sekretessmarkering"),       SUBMITTED_EVER,    STAYS,              REGISTRARS,           (o.secret,),                                         (K.MOTIVATION,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        EARLY | {S.QUALIFIED}, STAYS,          LEAD,                 (),                                                  (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        S.PRIORITISED,     STAYS,              DECIDERS,             (),                                                  (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        V6_ENTRY | {S.INTEREST, S.V6_PRIORITISING}, STAYS, COORDINATOR, (),                                              (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        S.INTEREST,        STAYS,              EACH_DIRECTOR,        (),                                                  (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        S.IT_ASSESSMENT,   STAYS,              IT_OFFICER,           (),                                                  (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        frozenset({S.V6_PRIORITISING, S.AWAITING_START}), STAYS, IT_DIRECTOR, (),                                          (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        S.AWAITING_START,  STAYS,              LEADING_DIRECTOR,     (),                                                  (K.COLLEAGUE,)),
    _row(A.HAND_TASK,           _("Lämna till en kollega"),        frozenset({S.LOCAL, S.IN_PROGRESS}), STAYS, LEADING_LEAD,   (),                                                  (K.COLLEAGUE,)),
    _row(A.CORRECT,             _("Rätta beslut"),                 SUBMITTED_EVER,    STAYS,              CORRECTORS,           (),                                                  (K.CORRECTED, K.DECISION)),
    _row(A.RELEASE,             _("Lämna ut"),                     SUBMITTED_EVER,    STAYS,              EACH_REGISTRAR,       (),                                                  (K.RELEASED,)),
    _row(A.PURGE,               _("Gallra"),                       ENDED,             STAYS,              REGISTRARS,           (),                                                  (K.RETENTION,)),
    _row(A.SAME_NEED,           _("Det är samma sak"),             LIVE,              STAYS,              READERS,              (),                                                  (K.NOTE,)),
    _row(A.COMMENT,             _("Skriv arbetsanteckning"),       SUBMITTED_EVER,    STAYS,              INSIGHT,              (),                                                  (K.TEXT,)),
)
# fmt: on


def rows_for(act: Act) -> Iterator[Row]:
    return (row for row in TABLE if row.act == act)


def row_for(act: Act, facts: CaseFacts, actor: Actor) -> Row | None:
    """The line that lets the actor take the step from where the case stands; None when there is none."""
    here = [row for row in rows_for(act) if row.applies_to(facts)]
    return next((row for row in here if row.is_open_to(actor, facts)), None)


def roles_that(act: Act) -> frozenset[Role]:
    """The roles by which an act is taken, wherever they are held."""
    return frozenset(who.role for row in rows_for(act) for who in row.who if who.role is not None)


def is_ever_open_to(act: Act, actor: Actor) -> bool:
    """Whether some line asks the actor's role to take the step, in whichever case it may be."""
    roles = {capacity.role for capacity in actor.capacities}
    return any(who.role in roles for row in rows_for(act) for who in row.who)


def steps_for(facts: CaseFacts, actor: Actor) -> list[Row]:
    """What the actor may do with the case where it stands, in the order of the table, obstacles or not."""
    return [row for row in TABLE if row.applies_to(facts) and row.is_open_to(actor, facts)]


def next_steps(facts: CaseFacts) -> list[Row]:
    """What moves the case on from where it stands, whoever does it."""
    return [row for row in TABLE if row.target is not STAYS and row.applies_to(facts)]


def allows(act: str, source: str, target: str) -> bool:
    """Whether some line of the table goes from source to target by the act; for history that is brought in."""
    if act == Act.CREATE:
        return source == "" and target == Status.DRAFT
    moving = (row for row in rows_for(Act(act)) if row.target is not STAYS and source in row.source)
    return any(target == row.target if row.paused_in is None else target in row.paused_in for row in moving)
