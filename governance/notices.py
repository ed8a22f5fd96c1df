"""Which acts are told by mail, to whom and in which words: one table.

Source: docs/process.md, *Mejl*. An act that has no line is told to nobody. The words hold for whoever reads them, the
one who wrote the initiative and the one who watches it. How the mail is set stands in ``governance.mail.letters``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _

from .acts import Act
from .statuses import Status


class NoticeKind(models.TextChoices):
    """What a mail is about, as a person chooses among them."""

    RECEIPT = "receipt", _("Kvitto")
    SUPPLEMENT = "supplement", _("Komplettering behövs")
    DECIDED = "decided", _("Beslut")
    STARTED = "started", _("Start")
    CLOSED = "closed", _("Avslut")
    SAME = "same", _("Någon har samma behov")
    ARRIVED = "arrived", _("Nytt initiativ att kvalificera")
    ANSWERED = "answered", _("Svar på komplettering")


class Delivery(models.TextChoices):
    """When a person wants a kind of mail."""

    NOW = "now", _("Direkt")
    DAILY = "daily", _("Dagligen")
    NEVER = "never", _("Aldrig")


TO_LEADS = frozenset({NoticeKind.ARRIVED, NoticeKind.ANSWERED})
"""What a lead hears because it waits for her on *Att göra*."""

DEFAULTS: dict[NoticeKind, Delivery] = {
    kind: Delivery.DAILY if kind in TO_LEADS else Delivery.NOW for kind in NoticeKind
}
"""For those who have not chosen: at once, for the portal writes seldom about what one has written or chosen to watch;
what comes to a lead's desk, where much may come, together once a day."""

ABOUT: dict[NoticeKind, str] = {
    NoticeKind.RECEIPT: _("När ett initiativ du har skrivit är inskickat."),
    NoticeKind.SUPPLEMENT: _("När utvecklingsledaren har en fråga om ditt initiativ."),
    NoticeKind.DECIDED: _("När någon beslutar om ett initiativ, hänvisar det eller markerar det som dubblett."),
    NoticeKind.STARTED: _("När arbetet med ett initiativ börjar."),
    NoticeKind.CLOSED: _("När ett initiativ avslutas eller återtas."),
    NoticeKind.SAME: _("När någon säger att ditt initiativ är samma sak som hen behöver."),
    NoticeKind.ARRIVED: _("När ett initiativ skickas in och du är utvecklingsledare."),
    NoticeKind.ANSWERED: _("När den som skrev ett initiativ har svarat på en fråga och du är utvecklingsledare."),
}


class Hears(Enum):
    AUTHORS = auto()
    """Who wrote the initiative, alone or together."""
    WATCHERS = auto()
    """Who watches it."""
    LEADS = auto()
    """The leads of the organisation that sends it in."""
    ACTOR = auto()
    """Who did it. Otherwise one hears nothing of one's own acts."""


class Limit(Enum):
    """Within how many days an answer can be expected, or is asked for; the number stands in the settings."""

    NONE = ""
    QUALIFICATION = "qualification_days"
    SUPPLEMENT = "supplement_days"


class Lands(Enum):
    """Where on the initiative's page the link leads; the answer to a question has a page of its own."""

    TOP = ""
    DECISIONS = "#beslut"
    STAGES = "#etapper"
    ANSWER = "supplement"


@dataclass(frozen=True)
class Line:
    """One line of the table. The words may use who, decider, organisation, day and answer."""

    act: Act
    kind: NoticeKind
    hears: frozenset[Hears]
    subject: str
    told: str
    then: str = ""
    limit: Limit = Limit.NONE
    limit_told: str = ""
    quote: str = ""
    """What the text of the event is called, where the mail gives it; several questions are called by their number."""
    lands: Lands = Lands.TOP
    first_stage_in: frozenset[Status] = frozenset()
    """Only the first stage, and only where the case stands in one of these."""


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
    """Every line of an act, in the order in which they are told."""
    return [lines[act] for lines in (LINES, LEADS_LINES) if act in lines]


def line_of(act: str, kind: str) -> Line:
    """The line by which somebody heard of an act."""
    return (LEADS_LINES if kind in TO_LEADS else LINES)[act]
