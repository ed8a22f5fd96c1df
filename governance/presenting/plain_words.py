"""Every status in plain words: where the initiative is, who has it, what they are to do, and what comes after that.

One table, to be read aloud. Whose step it is rests on the workflow table. Source: docs/process.md, *Var är mitt
initiativ?*.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..models import Outcome, Referral, StageType
from ..statuses import Status
from ..who import AUTHOR, COORDINATOR, DECIDERS, IT_DIRECTOR, IT_OFFICER, LEAD, LEADING_DIRECTOR, LEADING_LEAD, Who


@dataclass(frozen=True)
class Line:
    """One status as its submitter wants to know it."""

    short: str
    """Whose turn it is in a few words, for a list; empty when nothing more happens."""
    place: str
    """Where it is, as a heading."""
    who: tuple[Who, ...] = ()
    task: str = ""
    """What they are to do: *ska* …"""
    overdue: str = ""
    """Said first when the day has passed, with how many days ago it was."""
    then: str = ""
    """What comes after that."""


S = Status

# fmt: off
LINES: dict[Status, Line] = {
    S.DRAFT:            Line(_("Hos dig"), _("Utkast"), AUTHOR),
    S.SUBMITTED:        Line(_("Utvecklingsledaren börjar kvalificera"), _("Inskickat och väntar på att läsas"), LEAD,
                             _("börja läsa det"), _("Läsningen skulle ha börjat för %s sedan."),
                             _("Efter det kommer en fråga om något saknas, annars besked om det går vidare.")),
    S.QUALIFYING:       Line(_("Utvecklingsledaren kvalificerar"), _("Läses just nu"), LEAD,
                             _("svara om det går vidare"), _("Beskedet är %s sent."),
                             _("Går det vidare bedöms det och ställs i ordning med de andra.")),
    S.SUPPLEMENT:       Line(_("Inlämnaren kompletterar"), _("En fråga väntar på svar"), AUTHOR,
                             then=_("När svaret är skickat läser utvecklingsledaren vidare.")),
    S.QUALIFIED:        Line(_("Utvecklingsledaren bedömer och prioriterar"), _("Går vidare och bedöms"), LEAD,
                             _("bedöma det och ställa det i ordning med de andra"),
                             _("Bedömningen är %s sen."),
                             _("Sedan beslutar en chef vad som ska hända.")),
    S.PRIORITISED:      Line(_("Chefen beslutar"), _("Väntar på beslut"), DECIDERS,
                             _("besluta om det ska genomföras, skickas till V6 eller avslås"),
                             _("Beslutet är %s sent."),
                             _("Efter beslutet är det klart om det blir av.")),
    S.LOCAL:            Line(_("Organisationen genomför själv"), _("Arbetet pågår"), LEADING_LEAD,
                             then=_("När allt är klart lämnas lösningen över till dem som ska sköta den.")),
    S.V6_RECEIVED:      Line(_("V6-samordnaren börjar kvalificera"), _("Skickat till V6"), COORDINATOR,
                             _("börja läsa det för V6"), _("Läsningen i V6 skulle ha börjat för %s sedan."),
                             _("Sedan avgörs om alla kommuner ska få frågan om att vara med.")),
    S.V6_QUALIFYING:    Line(_("V6-samordnaren kvalificerar"), _("Läses i V6"), COORDINATOR,
                             _("svara om alla kommuner ska få frågan om att vara med"),
                             _("Beskedet är %s sent."),
                             _("Blir svaret ja får varje kommun frågan.")),
    S.INTEREST:         Line(_("Kommundirektörerna svarar"), _("Kommunerna svarar om de vill vara med"), COORDINATOR,
                             then=_("Sedan bedömer de kommuner som är med initiativet tillsammans.")),
    S.IT_ASSESSMENT:    Line(_("Göliska IT bedömer"), _("Göliska IT bedömer"), IT_OFFICER,
                             _("bedöma vad det kräver av Göliska IT"), _("Bedömningen är %s sen."),
                             _("Sedan bedömer kommunerna det tillsammans.")),
    S.V6_PRIORITISING:  Line(_("Kommunerna som deltar bedömer"), _("Kommunerna bedömer tillsammans"), COORDINATOR,
                             _("samla kommunernas bedömningar och ställa det i ordning med de andra i V6"),
                             _("Bedömningen är %s sen."),
                             _("Sedan beslutar direktören i kommunen som leder om arbetet ska starta.")),
    S.AWAITING_START:   Line(_("Direktören i kommunen som leder beslutar"), _("Väntar på beslut om start"),
                             LEADING_DIRECTOR,
                             _("besluta om arbetet ska starta"), _("Beslutet är %s sent."),
                             _("Blir svaret ja börjar den första etappen.")),
    S.IN_PROGRESS:      Line(_("Kommunerna som deltar genomför"), _("Arbetet pågår"), LEADING_LEAD,
                             then=_("När allt är klart lämnas lösningen över till dem som ska sköta den.")),
    S.MAINTENANCE:      Line(_("Lösningen förvaltas"), _("Lösningen är klar"), LEADING_LEAD),
    S.PAUSED:           Line(_("Väntar på att tas upp igen"), _("Vilar"), LEAD,
                             then=_("Då fortsätter det där det var.")),
    S.CLOSED:           Line("", _("Avslutat")),
    S.ENDED_UNREALISED: Line("", _("Avslutat utan att genomföras")),
    S.REJECTED:         Line("", _("Avslaget")),
    S.REFERRED:         Line("", _("Hör hemma på ett annat ställe")),
    S.DUPLICATE:        Line("", _("Finns redan som ett annat initiativ")),
    S.WITHDRAWN:        Line("", _("Återtaget")),
}
# fmt: on

NOT_BEGUN = Line("", _("Beslutat"), LEADING_LEAD, then=_("Det börjar med en etapp, till exempel en förstudie."))
"""*Genomförs lokalt* until the first stage has started."""

BETWEEN = Line(
    "",
    _("Mellan två etapper"),
    LEADING_LEAD,
    then=_("Sedan börjar nästa etapp, eller så lämnas lösningen över till dem som ska sköta den."),
)
"""Work that has begun, where no stage goes on."""

COMMITMENT = Line(
    "",
    _("Väntar på beslut om start"),
    IT_DIRECTOR,
    _("besluta om Göliska IT åtar sig sin del"),
    _("Beslutet om Göliska IT:s del är %s sent."),
    _("Sedan beslutar direktören i kommunen som leder om arbetet ska starta."),
)
"""*Inför beslut om start* while Göliska IT's commitment is missing."""

DECLINED = Line(
    "",
    _("Göliska IT åtar sig inte uppdraget"),
    COORDINATOR + LEADING_DIRECTOR,
    _("ta ställning till vad som ska hända nu"),
    _("Beskedet är %s sent."),
    _("Det kan gå tillbaka till kommunen eller avslutas, eller så beslutar förbundsdirektören på nytt."),
)
"""*Inför beslut om start* when Göliska IT has said no: the start cannot be decided."""

REFERRED_TO: dict[str, str] = {
    Referral.IT_ORDER: _("det löses med en vanlig IT-beställning"),
    Referral.MAINTENANCE: _("det löses av dem som redan sköter systemet"),
    Referral.OTHER: _("det löses på ett annat ställe, och skälet säger var"),
}
"""What it means to be referred there."""

ENDED_STAGES: dict[tuple[str, str], str] = {
    (StageType.PRESTUDY, Outcome.DONE): _("Förstudien blev klar %s."),
    (StageType.PRESTUDY, Outcome.ABORTED): _("Förstudien avbröts %s."),
    (StageType.ASSIGNMENT, Outcome.DONE): _("Uppdraget blev klart %s."),
    (StageType.ASSIGNMENT, Outcome.ABORTED): _("Uppdraget avbröts %s."),
    (StageType.PROJECT, Outcome.DONE): _("Projektet blev klart %s."),
    (StageType.PROJECT, Outcome.ABORTED): _("Projektet avbröts %s."),
    (StageType.IMPLEMENTATION, Outcome.DONE): _("Implementationen blev klar %s."),
    (StageType.IMPLEMENTATION, Outcome.ABORTED): _("Implementationen avbröts %s."),
}
STAGES: dict[str, str] = {
    StageType.PRESTUDY: _("en förstudie"),
    StageType.ASSIGNMENT: _("ett uppdrag"),
    StageType.PROJECT: _("ett projekt"),
    StageType.IMPLEMENTATION: _("en implementation"),
}
