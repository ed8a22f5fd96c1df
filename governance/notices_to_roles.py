"""What is told to those who hold a role: that something waits for them, or that those who take part are others.

A part of the table in ``governance.notices``. Who holds the role is asked today, both when it is written and when it is
sent. Source: docs/process.md, *Mejl*.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from v6portal.organizations.roles import Role

from .acts import Act
from .facts import CaseFacts
from .notice_line import Lands, Limit, Line, NoticeKind
from .statuses import KOMMUN_OPEN, V6_OPEN, Status
from .who import (
    COORDINATOR,
    DECIDERS,
    EACH_DIRECTOR,
    IT_DIRECTOR,
    IT_OFFICER,
    LEAD,
    LEADING_DIRECTOR,
    At,
    held,
)


def all_have_answered(before: CaseFacts, after: CaseFacts) -> bool:
    """The last answer came by this act; one that is changed afterwards is not told again."""
    return bool(before.not_answered) and not after.not_answered


def somebody_offers(before: CaseFacts, after: CaseFacts) -> bool:
    return bool(before.offering)


def commitment_is_wanted(before: CaseFacts, after: CaseFacts) -> bool:
    return after.commitment_needed and not after.commitment_decided


def is_declined(facts: CaseFacts) -> bool:
    """Göliska IT is needed and has said no."""
    return facts.commitment_needed and facts.commitment_declined


def can_start(facts: CaseFacts) -> bool:
    """Nothing is needed of Göliska IT, or it has said yes."""
    is_settled = facts.commitment_decided or not facts.commitment_needed
    return facts.status == Status.AWAITING_START and is_settled and not is_declined(facts)


def start_can_be_decided(before: CaseFacts, after: CaseFacts) -> bool:
    return can_start(after)


def work_is_stopped(before: CaseFacts, after: CaseFacts) -> bool:
    return is_declined(after)


def another_leads(before: CaseFacts, after: CaseFacts) -> bool:
    return before.leading != after.leading


def in_the_kommun(before: CaseFacts, after: CaseFacts) -> bool:
    return after.status in KOMMUN_OPEN


def in_v6(before: CaseFacts, after: CaseFacts) -> bool:
    return after.status in V6_OPEN


A, K, S = Act, NoticeKind, Status
ASSESSING = held(At.PARTICIPANT, Role.LEAD)
TAKING_PART = held(At.PARTICIPANT, Role.LEAD, Role.DIRECTOR) + COORDINATOR
REASONS = _("Motivering")


def _line(act: Act, kind: NoticeKind, **more: object) -> Line:
    return Line(act, kind, frozenset(), **more)  # type: ignore[arg-type]


def _opened(act: Act, told: str) -> Line:
    """The round in V6 opens, whichever way the case came there."""
    return _line(
        act,
        K.TO_ASSESS,
        to=ASSESSING,
        subject=_("Bedömning i V6"),
        told=told,
        then=_("Lämna din kommuns bedömning i portalen. De andras svar ser du när du har lämnat din."),
        lands=Lands.ASSESS,
        while_in=frozenset({S.V6_PRIORITISING}),
    )


def _start(act: Act, told: str) -> Line:
    return _line(
        act,
        K.TO_DECIDE,
        to=LEADING_DIRECTOR,
        when=start_can_be_decided,
        subject=_("Beslut om start"),
        told=told,
        then=_("Nu beslutar du om arbetet ska starta."),
        limit=Limit.START,
        limit_told=_("Besluta gärna senast den %(day)s."),
        lands=Lands.START,
        while_in=frozenset({S.AWAITING_START}),
        holds=can_start,
    )


def _declined(act: Act, told: str, **more: object) -> Line:
    """A no is for two to act on. Of another kind than the yes, for the same act tells either."""
    return _line(
        act,
        K.DECIDED,
        to=LEADING_DIRECTOR + COORDINATOR,
        when=work_is_stopped,
        subject=_("Göliska IT säger nej"),
        told=told,
        then=_(
            "Utan Göliska IT kan arbetet inte starta. Kommundirektören kan avsluta det utan genomförande, och "
            "V6-samordnaren kan lämna det tillbaka till kommunen."
        ),
        while_in=frozenset({S.V6_PRIORITISING, S.AWAITING_START}),
        holds=is_declined,
        **more,
    )


def _offers(act: Act) -> Line:
    return _line(
        act,
        K.PARTICIPATION,
        to=LEADING_DIRECTOR,
        when=somebody_offers,
        subject=_("Förfrågan är stängd"),
        told=_("%(who)s har stängt förfrågan till kommunerna. Din kommun leder, och fler kan: %(offering)s."),
        then=_("Ska en annan kommun leda beslutar du om det. Annars behöver du inte göra något."),
        lands=Lands.LEADER,
    )


def _waits_at_home(act: Act, told: str) -> Line:
    return _line(
        act,
        K.TO_DECIDE,
        to=DECIDERS,
        subject=_("Beslut som väntar"),
        told=told,
        then=_("Nu väntar det på beslut: genomföra lokalt, skicka till V6 eller avslå."),
        limit=Limit.DECISION,
        limit_told=_("Besluta gärna senast den %(day)s."),
        while_in=frozenset({S.PRIORITISED}),
    )


def _advice(to: tuple[object, ...], when: object) -> Line:
    return _line(
        A.RECOMMEND,
        K.RECOMMENDED,
        to=to,
        when=when,
        subject=_("Rekommendation"),
        told=_("%(who)s har lämnat en rekommendation: %(stance)s."),
        then=_("En rekommendation är inte ett beslut."),
        quote=_("Text"),
        lands=Lands.DECISIONS,
    )


TO_ROLES: tuple[Line, ...] = (
    _waits_at_home(A.PRIORITISE, _("%(who)s har ställt initiativet i ordning med de andra.")),
    _waits_at_home(A.RETURN_TO_KOMMUN, _("%(who)s har lämnat tillbaka initiativet från V6.")),
    _line(
        A.SEND_TO_V6,
        K.ARRIVED,
        to=COORDINATOR,
        subject=_("Nytt till V6"),
        told=_("%(decider)s har beslutat att skicka initiativet till V6."),
        then=_("Det väntar på att kvalificeras i V6."),
        limit=Limit.QUALIFICATION,
        limit_told=_("Påbörja V6-kvalificeringen senast den %(day)s."),
        while_in=frozenset({S.V6_RECEIVED}),
    ),
    _line(
        A.V6_QUALIFY,
        K.INQUIRY,
        to=EACH_DIRECTOR,
        spares_participants=True,
        subject=_("Vill kommunen vara med?"),
        told=_("%(who)s frågar kommunerna i V6 om de vill vara med i initiativet."),
        then=_("Läs underlaget på en sida och svara delta, avvakta eller avstå."),
        limit=Limit.INQUIRY,
        limit_told=_("Svara senast den %(day)s."),
        lands=Lands.INQUIRY,
        while_in=frozenset({S.INTEREST}),
    ),
    _line(
        A.ANSWER_INTEREST,
        K.ALL_ANSWERED,
        to=COORDINATOR,
        when=all_have_answered,
        subject=_("Alla kommuner har svarat"),
        told=_("Alla kommuner har svarat på intresseförfrågan."),
        then=_("Nu kan du stänga den."),
        while_in=frozenset({S.INTEREST}),
    ),
    _offers(A.CLOSE_INTEREST),
    _offers(A.ASK_GOLISKA),
    _line(
        A.ASK_GOLISKA,
        K.IT_ASKED,
        to=IT_OFFICER,
        subject=_("Bedömning för Göliska IT"),
        told=_("%(who)s ber Göliska IT bedöma vad initiativet kräver."),
        then=_("Fyll i påverkan, kapacitet, kostnad och säkerhet."),
        limit=Limit.IT_ASSESSMENT,
        limit_told=_("Lämna bedömningen senast den %(day)s."),
        lands=Lands.IT_ASSESSMENT,
        while_in=frozenset({S.IT_ASSESSMENT}),
    ),
    _line(
        A.IT_ASSESS,
        K.TO_DECIDE,
        to=IT_DIRECTOR,
        when=commitment_is_wanted,
        subject=_("Beslut om åtagande"),
        told=_("%(who)s har lämnat Göliska IT:s bedömning, och den kräver ett beslut om åtagande."),
        then=_("Nu beslutar du om Göliska IT åtar sig uppdraget."),
        lands=Lands.COMMITMENT,
        while_in=frozenset({S.V6_PRIORITISING, S.AWAITING_START}),
    ),
    _opened(A.CLOSE_INTEREST, _("Kommunerna har svarat, och din kommun deltar. Nu ska initiativet bedömas i V6.")),
    _opened(A.IT_ASSESS, _("Göliska IT:s bedömning är lämnad. Nu ska initiativet bedömas i V6.")),
    _start(A.V6_PRIORITISE, _("Initiativet är bedömt och ställt i ordning i V6.")),
    _start(A.DECIDE_COMMITMENT, _("Göliska IT:s åtagande är beslutat.")),
    _declined(
        A.V6_PRIORITISE,
        _("Initiativet är bedömt och ställt i ordning i V6, men Göliska IT har beslutat att inte åta sig uppdraget."),
    ),
    _declined(
        A.DECIDE_COMMITMENT, _("%(decider)s har beslutat att Göliska IT inte åtar sig uppdraget."), quote=REASONS
    ),
    _line(
        A.JOIN,
        K.PARTICIPATION,
        to=TAKING_PART,
        subject=_("En kommun går med"),
        told=_("%(decider)s har beslutat att %(organisation)s går med i arbetet."),
        quote=REASONS,
        lands=Lands.PARTICIPATION,
    ),
    _line(
        A.LEAVE,
        K.PARTICIPATION,
        to=TAKING_PART,
        subject=_("En kommun lämnar"),
        told=_("%(decider)s har beslutat att %(organisation)s lämnar arbetet."),
        quote=REASONS,
        lands=Lands.PARTICIPATION,
    ),
    _line(
        A.CHANGE_LEADER,
        K.PARTICIPATION,
        to=TAKING_PART,
        subject=_("En annan kommun leder"),
        told=_("%(decider)s har beslutat att %(leader)s tar över och leder arbetet."),
        quote=REASONS,
        lands=Lands.PARTICIPATION,
    ),
    _line(
        A.DECIDE_START,
        K.PARTICIPATION,
        to=TAKING_PART,
        when=another_leads,
        subject=_("En annan kommun leder"),
        told=_("%(decider)s har beslutat att arbetet startar och att %(leader)s leder det."),
        lands=Lands.PARTICIPATION,
    ),
    _advice(LEAD, in_the_kommun),
    _advice(COORDINATOR + LEADING_DIRECTOR, in_v6),
)
