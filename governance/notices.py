"""Which acts are told by mail, to whom and in which words: one table, in two parts.

Source: docs/process.md, *Mejl*. An act that has no line is told to nobody. What is told to those whose initiative it is
and to those who watch it stands here; what is told to those who hold a role, because it waits for them or because they
take part, in ``governance.notices_to_roles``. How the mail is set stands in ``governance.mail.letters``.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from v6portal.organizations.roles import Role

from .acts import Act
from .notice_line import ABOUT, DEFAULTS, TO_LEADS, Delivery, Hears, Lands, Limit, Line, NoticeKind
from .notices_to_roles import TO_ROLES
from .statuses import Status

__all__ = ["ABOUT", "DEFAULTS", "TO_LEADS", "Delivery", "Hears", "Lands", "Limit", "Line", "NoticeKind"]

WRITERS = frozenset({Hears.AUTHORS})
WITH_THE_ACTOR = WRITERS | {Hears.ACTOR}
EVERYBODY = WRITERS | {Hears.WATCHERS}

A, K = Act, NoticeKind
REASONS = _("Motivering")
NOTHING_MORE = _("Inget mer händer med initiativet. Det finns kvar att läsa i portalen.")
SEE_THE_WORK = _("På initiativets sida ser du vilka etapper som pågår och vem som leder.")

TABLE: tuple[Line, ...] = (
    Line(
        A.SUBMIT,
        K.RECEIPT,
        WITH_THE_ACTOR,
        subject=_("Inskickat"),
        told=_("Initiativet är inskickat och har kommit fram."),
        then=_("Utvecklingsledaren i %(organisation)s läser det och börjar kvalificera."),
        limit=Limit.QUALIFICATION,
        limit_told=_("Det ska vara påbörjat senast den %(day)s. Räkna med ett första svar senast den %(answer)s."),
    ),
    Line(
        A.REQUEST_SUPPLEMENT,
        K.SUPPLEMENT,
        WRITERS,
        subject=_("Komplettering behövs"),
        told=_("%(who)s behöver veta mer innan initiativet kan kvalificeras."),
        then=_("Svara i portalen. Sedan fortsätter kvalificeringen."),
        limit=Limit.SUPPLEMENT,
        limit_told=_("Svara gärna senast den %(day)s."),
        quote=_("Frågan"),
        lands=Lands.ANSWER,
    ),
    Line(
        A.DECIDE_LOCAL,
        K.DECIDED,
        EVERYBODY,
        subject=_("Genomförs lokalt"),
        told=_("%(decider)s har beslutat att genomföra initiativet på egen hand."),
        then=_("Du får veta när arbetet börjar."),
        quote=REASONS,
        lands=Lands.DECISIONS,
    ),
    Line(
        A.SEND_TO_V6,
        K.DECIDED,
        EVERYBODY,
        subject=_("Skickas till V6"),
        told=_("%(decider)s har beslutat att skicka initiativet till V6."),
        then=_("V6-samordnaren tar vid. Alla som har en roll i någon av organisationerna i V6 kan nu läsa det."),
        quote=REASONS,
        lands=Lands.DECISIONS,
    ),
    Line(
        A.REJECT,
        K.DECIDED,
        EVERYBODY,
        subject=_("Avslaget"),
        told=_("%(decider)s har beslutat att avslå initiativet."),
        then=NOTHING_MORE,
        quote=REASONS,
        lands=Lands.DECISIONS,
    ),
    Line(
        A.REFER,
        K.DECIDED,
        EVERYBODY,
        subject=_("Hänvisat"),
        told=_("Initiativet hör hemma någon annanstans och har hänvisats dit."),
        then=_("Det går inte vidare i portalen. På initiativets sida ser du vart det är hänvisat."),
        quote=REASONS,
    ),
    Line(
        A.MARK_DUPLICATE,
        K.DECIDED,
        EVERYBODY,
        subject=_("Dubblett"),
        told=_("Ett annat initiativ gäller samma sak, så det här är markerat som dubblett."),
        then=_("Det går inte vidare för sig. På initiativets sida ser du vilket som är kvar, om du får läsa det."),
    ),
    Line(
        A.DECIDE_START,
        K.STARTED,
        EVERYBODY,
        subject=_("Arbetet ska starta"),
        told=_("%(decider)s har beslutat att arbetet startar."),
        then=SEE_THE_WORK,
        quote=REASONS,
        lands=Lands.STAGES,
    ),
    Line(
        A.START_STAGE,
        K.STARTED,
        EVERYBODY,
        subject=_("Arbetet har börjat"),
        told=_("%(organisation)s har börjat arbeta med initiativet."),
        then=SEE_THE_WORK,
        lands=Lands.STAGES,
        first_stage_in=frozenset({Status.LOCAL}),
    ),
    Line(
        A.CLOSE,
        K.CLOSED,
        EVERYBODY,
        subject=_("Avslutat"),
        told=_("Arbetet är klart och initiativet är avslutat."),
        then=_("På initiativets sida ser du vad det blev av det."),
        quote=REASONS,
    ),
    Line(
        A.END_UNREALISED,
        K.CLOSED,
        EVERYBODY,
        subject=_("Avslutat utan genomförande"),
        told=_("%(decider)s har beslutat att avsluta initiativet utan att genomföra det."),
        then=NOTHING_MORE,
        quote=REASONS,
        lands=Lands.DECISIONS,
    ),
    Line(
        A.WITHDRAW,
        K.CLOSED,
        EVERYBODY,
        subject=_("Återtaget"),
        told=_("%(who)s har återtagit initiativet."),
        then=NOTHING_MORE,
        quote=REASONS,
    ),
    Line(
        A.SAME_NEED,
        K.SAME,
        WRITERS,
        subject=_("Någon har samma behov"),
        told=_("%(who)s i %(organisation)s har samma behov och bevakar nu hur det går."),
        then=_("Du behöver inte göra något. Ni kanske vill prata med varandra."),
        quote=_("Hälsning"),
    ),
    Line(
        A.HAND_TASK,
        K.REMINDER,
        frozenset({Hears.COLLEAGUE}),
        subject=_("En kollega ber dig ta över"),
        told=_("%(who)s har lämnat en uppgift till dig."),
        then=_("Den står först på Att göra."),
        quote=_("Några ord"),
    ),
)

FOR_LEADS: tuple[Line, ...] = (
    Line(
        A.SUBMIT,
        K.ARRIVED,
        frozenset({Hears.LEADS}),
        subject=_("Nytt initiativ"),
        told=_("%(who)s har skickat in ett initiativ i %(organisation)s."),
        then=_("Det väntar på att kvalificeras."),
        limit=Limit.QUALIFICATION,
        limit_told=_("Påbörja kvalificeringen senast den %(day)s."),
    ),
    Line(
        A.SUPPLEMENT,
        K.ANSWERED,
        frozenset({Hears.LEADS}),
        subject=_("Svar på komplettering"),
        told=_("%(who)s har svarat på det du och dina kollegor frågade om."),
        then=_("Nu går det att kvalificera vidare."),
        quote=_("Svaret"),
    ),
)
"""What those hear for whom it is work; who hears of the same act by the table above does not hear twice."""

LINES: dict[str, Line] = {str(line.act): line for line in TABLE}
"""The line of each act that is told to those whose initiative it is, and to those who watch it."""
LEADS_LINES: dict[str, Line] = {str(line.act): line for line in FOR_LEADS}
"""And of those told to the leads."""


def lines_of(act: str) -> list[Line]:
    """Every line of an act, in the order in which they are told: who hears by one does not hear by a later one."""
    return [
        *(lines[act] for lines in (LINES, LEADS_LINES) if act in lines),
        *(line for line in TO_ROLES if line.act == act),
    ]


def lines_told(act: str, kind: str) -> list[Line]:
    """The lines by which somebody heard of an act; where there are several they say the same to different people."""
    return [line for line in lines_of(act) if line.kind == kind]


BESIDES: dict[NoticeKind, frozenset[Role]] = {NoticeKind.REPORT: frozenset({Role.DIRECTOR, Role.IT_DIRECTOR})}
"""What is told to those who hold a role and is about no initiative, so that it has no line."""


def kinds_for(roles: Collection[str]) -> list[NoticeKind]:
    """The kinds that may come to somebody with the roles, in the order of the page where one chooses."""
    to_roles = {*BESIDES, *(line.kind for line in TO_ROLES)} - {line.kind for line in (*TABLE, *FOR_LEADS)}
    hers = {line.kind for line in TO_ROLES for who in line.to if who.role in roles}
    hers |= {kind for kind, those in BESIDES.items() if those & set(roles)}
    return [kind for kind in NoticeKind if kind not in to_roles or kind in hers]
