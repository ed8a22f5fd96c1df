"""What a line about a mail says: which act, to whom, in which words, and how people choose among the kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _

from .acts import Act
from .facts import CaseFacts
from .statuses import Status
from .who import Who


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
    INQUIRY = "inquiry", _("Intresseförfrågan")
    ALL_ANSWERED = "all_answered", _("Alla kommuner har svarat")
    IT_ASKED = "it_asked", _("Bedömning för Göliska IT")
    TO_ASSESS = "to_assess", _("Bedömning i V6")
    TO_DECIDE = "to_decide", _("Beslut som väntar på dig")
    PARTICIPATION = "participation", _("Vilka som deltar och leder")
    RECOMMENDED = "recommended", _("Rekommendation")
    REPORT = "report", _("Halvårsrapport")
    REMINDER = "reminder", _("Påminnelse")
    SURVEY = "survey", _("Enkät")


class Delivery(models.TextChoices):
    """When a person wants a kind of mail."""

    NOW = "now", _("Direkt")
    DAILY = "daily", _("Dagligen")
    NEVER = "never", _("Aldrig")


TO_LEADS = frozenset({NoticeKind.ARRIVED, NoticeKind.ANSWERED})
"""What a lead hears because it waits for her on *Att göra*."""

TOGETHER = TO_LEADS | {NoticeKind.TO_ASSESS, NoticeKind.PARTICIPATION, NoticeKind.RECOMMENDED}

DEFAULTS: dict[NoticeKind, Delivery] = {
    kind: Delivery.DAILY if kind in TOGETHER else Delivery.NOW for kind in NoticeKind
}
"""For those who have not chosen: at once, for the portal writes seldom about what one has written or chosen to watch,
and what somebody else waits for is not to wait for a mail; what comes to a lead's desk, where much may come, and what
is only to be known, together once a day."""

ABOUT: dict[NoticeKind, str] = {
    NoticeKind.RECEIPT: _("När ett initiativ du har skrivit är inskickat."),
    NoticeKind.SUPPLEMENT: _("När utvecklingsledaren har en fråga om ditt initiativ."),
    NoticeKind.DECIDED: _("När någon beslutar om ett initiativ, hänvisar det eller markerar det som dubblett."),
    NoticeKind.STARTED: _("När arbetet med ett initiativ börjar."),
    NoticeKind.CLOSED: _("När ett initiativ avslutas eller återtas."),
    NoticeKind.SAME: _("När någon säger att ditt initiativ är samma sak som hen behöver."),
    NoticeKind.ARRIVED: _(
        "När ett initiativ skickas in och du är utvecklingsledare, eller skickas till V6 och du är V6-samordnare."
    ),
    NoticeKind.ANSWERED: _("När den som skrev ett initiativ har svarat på en fråga och du är utvecklingsledare."),
    NoticeKind.INQUIRY: _("När kommunerna får frågan om de vill vara med och du är kommundirektör."),
    NoticeKind.ALL_ANSWERED: _("När alla kommuner har svarat på en intresseförfrågan."),
    NoticeKind.IT_ASKED: _("När V6 ber Göliska IT om en bedömning."),
    NoticeKind.TO_ASSESS: _("När ett initiativ som din kommun deltar i ska bedömas i V6."),
    NoticeKind.TO_DECIDE: _("När ett initiativ väntar på ditt beslut."),
    NoticeKind.PARTICIPATION: _("När en kommun går med, lämnar eller tar över ledningen i något som ni deltar i."),
    NoticeKind.RECOMMENDED: _("När en grupp har lämnat en rekommendation om något som du för vidare."),
    NoticeKind.REPORT: _("När en halvårsrapport är fastställd och du är kommundirektör eller förbundsdirektör."),
    NoticeKind.REMINDER: _(
        "Före och efter sista dagen för det som väntar på dig på Att göra, och när en kollega lämnar dig en uppgift."
    ),
    NoticeKind.SURVEY: _("När du blir inbjuden att svara på halvårets enkät."),
}


When = Callable[[CaseFacts, CaseFacts], bool]
"""Whether the line is told, by the facts before the act and after it."""


def always(before: CaseFacts, after: CaseFacts) -> bool:
    return True


class Hears(Enum):
    AUTHORS = auto()
    """Who wrote the initiative, alone or together."""
    WATCHERS = auto()
    """Who watches it."""
    LEADS = auto()
    """The leads of the organisation that sends it in."""
    COLLEAGUE = auto()
    """Who was asked by the act to take a task, as long as it is hers."""
    ACTOR = auto()
    """Who did it. Otherwise one hears nothing of one's own acts."""


class Limit(Enum):
    """Within how many days an answer can be expected, or is asked for; the number stands in the settings."""

    NONE = ""
    QUALIFICATION = "qualification_days"
    SUPPLEMENT = "supplement_days"
    INQUIRY = "interest_deadline"
    """The day itself, which stands in the inquiry."""
    IT_ASSESSMENT = "it_assessment_days"
    DECISION = "decision_days"
    START = "start_days"


class Lands(Enum):
    """Where the link leads: a place on the initiative's page, the page of an act, or where it is assessed."""

    TOP = ""
    DECISIONS = "#beslut"
    STAGES = "#etapper"
    PARTICIPATION = "#deltagande"
    ANSWER = "supplement"
    INQUIRY = "answer_interest"
    IT_ASSESSMENT = "draft_it_assessment"
    COMMITMENT = "decide_commitment"
    START = "decide_start"
    LEADER = "change_leader"
    ASSESS = "assess"


@dataclass(frozen=True)
class Line:
    """One line of the table. The words may use who, decider, organisation, day, answer, leader, offering and stance."""

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
    to: tuple[Who, ...] = ()
    """Those who hold a role today, in the places that the workflow table knows."""
    when: When = always
    spares_participants: bool = False
    """Less the kommuner that lead or take part already."""
    while_in: frozenset[Status] = frozenset()
    """Told only as long as the case stands in one of these: what waits for somebody may be done before it is sent."""
    holds: Callable[[CaseFacts], bool] | None = None
    """Told only as long as this is so, where the status alone does not say it."""
