"""Meetings: which group takes up what, who calls and leads, who reads, and the words a recommendation is made of.

Source: the groups are those of the project report VDT-22, section 1 (Intressenter); a group recommends, it never
decides (docs/process.md). What each takes up and who leads it is this project's proposal, docs/moten.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.roles import PLACES, Kind, Role

from .acts import Act
from .facts import Actor, CaseFacts
from .statuses import Status


class Body(models.TextChoices):
    """A group that meets. Its key is that of the role its members hold."""

    COUNCIL = "council", gettext_lazy("Digitaliseringsråd")
    NETWORK = "network", gettext_lazy("V6 Chefsnätverk")
    DELIVERY = "delivery", gettext_lazy("Leveransgrupp V6/Göliska")
    ORDER_GROUP = "order_group", gettext_lazy("Strategisk beställargrupp")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", gettext_lazy("planerat")
    CANCELLED = "cancelled", gettext_lazy("inställt")
    ONGOING = "ongoing", gettext_lazy("pågår")
    CLOSED = "closed", gettext_lazy("väntar på justering")
    SIGNED = "signed", gettext_lazy("justerat")

    @property
    def tone(self) -> str:
        """How the status is tinted on a page; always shown together with its word."""
        tones = {self.PLANNED: "plain", self.CANCELLED: "off", self.ONGOING: "info", self.CLOSED: "wait"}
        return tones.get(self, "go")


IN_V6 = frozenset({Body.NETWORK, Body.DELIVERY})
"""Groups of the collaboration: read by everybody with insight in one of the eight, one stance per kommun."""

LEADING_ROLES: dict[Body, frozenset[Role]] = {
    Body.COUNCIL: frozenset({Role.LEAD}),
    Body.NETWORK: frozenset({Role.COORDINATOR}),
    Body.DELIVERY: frozenset({Role.COORDINATOR}),
    Body.ORDER_GROUP: frozenset({Role.LEAD, Role.IT_OFFICER}),
}
"""Who calls a meeting and leads it, in the organisation of the group."""

AT_HOME = frozenset({Status.SUBMITTED, Status.QUALIFYING, Status.QUALIFIED, Status.PRIORITISED})
"""Where the kommun's own process waits for qualification, an order or a decision."""

FROM_V6: dict[Body, frozenset[Status]] = {
    Body.COUNCIL: frozenset(),
    Body.NETWORK: frozenset({Status.V6_RECEIVED, Status.V6_QUALIFYING, Status.V6_PRIORITISING}),
    Body.DELIVERY: frozenset({Status.IT_ASSESSMENT, Status.AWAITING_START, Status.IN_PROGRESS}),
    Body.ORDER_GROUP: frozenset({Status.IT_ASSESSMENT}),
}
"""Where what has gone to V6 waits for each group."""

COMMITTING = frozenset({Status.V6_PRIORITISING, Status.AWAITING_START})
"""Where a commitment of Göliska IT's is decided, so that the beställargrupp has a say about it."""


@dataclass(frozen=True)
class Seat:
    """A group in its organisation."""

    body: Body
    organisation: int

    @property
    def is_in_v6(self) -> bool:
        return self.body in IN_V6


def seats_led_by(actor: Actor) -> list[Seat]:
    """The groups whose meetings the actor may call, each once."""
    found = [
        Seat(body, capacity.organisation)
        for capacity in actor.capacities
        for body, roles in LEADING_ROLES.items()
        if capacity.role in roles and capacity.kind in PLACES[Role(body.value)]
    ]
    return list(dict.fromkeys(found))


def leads(seat: Seat, actor: Actor) -> bool:
    """Whether the actor may call and lead the group's meetings."""
    return seat in seats_led_by(actor)


def may_take_up(seat: Seat, *, own: int, is_shared: bool) -> bool:
    """Whether a case belongs on the group's agenda at all: of its own organisation, or one that has gone to V6."""
    return is_shared or (not seat.is_in_v6 and own == seat.organisation)


def waits_for(seat: Seat, facts: CaseFacts) -> bool:
    """Whether the case stands where the group is to say something about it."""
    if facts.status in AT_HOME:
        return not seat.is_in_v6 and facts.own == seat.organisation
    if seat.body is Body.ORDER_GROUP and facts.status in COMMITTING:
        return facts.commitment_needed and not facts.commitment_decided
    return facts.status in FROM_V6[seat.body]


def speaking_kinds(body: Body) -> frozenset[Kind]:
    """Whose stance is written down one by one: each kommun's in V6, and Göliska IT's where it delivers."""
    kinds = {Body.NETWORK: {Kind.KOMMUN}, Body.DELIVERY: {Kind.KOMMUN, Kind.FEDERATION}}
    return frozenset(kinds.get(body, ()))


# --- What may be done with a meeting, and when ---------------------------------------------------

M = MeetingStatus
OPEN_TO: dict[Act, frozenset[MeetingStatus]] = {
    Act.CHANGE_MEETING: frozenset({M.PLANNED, M.ONGOING}),
    Act.OPEN_MEETING: frozenset({M.PLANNED}),
    Act.TAKE_UP: frozenset({M.ONGOING, M.CLOSED}),
    Act.CLOSE_MEETING: frozenset({M.ONGOING}),
    Act.ADJUST_PROTOCOL: frozenset({M.CLOSED}),
}
"""In which statuses of the meeting each of its acts is on. What is closed is put right until somebody has adjusted."""


@dataclass(frozen=True)
class MeetingFacts:
    """What the rules look at, read once under the meeting's lock. People by their numbers."""

    seat: Seat
    status: MeetingStatus
    held_on: dt.date
    today: dt.date
    secretary: int = 0
    items: int = 0
    begun: tuple[int, ...] = ()
    """The places of the items that have a stance and are not ended."""
    present: frozenset[int] = frozenset()
    adjusters: frozenset[int] = frozenset()
    adjusted: frozenset[int] = frozenset()


def why_not(act: Act, meeting: MeetingFacts, actor: Actor, person: int) -> list[str]:
    """What stands in the way of the act, as Swedish sentences; empty means go."""
    if meeting.status not in OPEN_TO[act]:
        return [_("Det går inte när mötet har läget ”%(status)s”.") % {"status": meeting.status.label}]
    if act is Act.ADJUST_PROTOCOL:
        return _why_not_adjust(meeting, person)
    if not holds(meeting, actor, person):
        return [_("Bara den som håller i mötet eller är sekreterare kan göra det.")]
    if act is Act.OPEN_MEETING:
        return _why_not_open(meeting)
    if act is Act.CLOSE_MEETING:
        return _why_not_close(meeting)
    if act is Act.TAKE_UP and meeting.adjusted:
        return [_("Protokollet har börjat justeras och kan inte ändras.")]
    return []


def holds(meeting: MeetingFacts, actor: Actor, person: int) -> bool:
    """Whether the person has the meeting in hand: she leads the group's meetings, or is this one's secretary."""
    return leads(meeting.seat, actor) or person == meeting.secretary


def _why_not_open(meeting: MeetingFacts) -> list[str]:
    told = [] if meeting.items else [_("Lägg till minst en punkt på dagordningen.")]
    if meeting.held_on > meeting.today:
        told.append(_("Mötet öppnas tidigast på mötesdagen. Ändra dagen om ni möts i dag."))
    return told


def _why_not_close(meeting: MeetingFacts) -> list[str]:
    told = [_("Punkt %(place)d är påbörjad. Avsluta den först.") % {"place": place} for place in meeting.begun]
    if not meeting.present:
        told.append(_("Anteckna vilka som är närvarande."))
    return told


def _why_not_adjust(meeting: MeetingFacts, person: int) -> list[str]:
    if person not in meeting.adjusters:
        return [_("Protokollet justeras av dem som valdes på mötet.")]
    return [_("Du har redan justerat protokollet.")] if person in meeting.adjusted else []


def cannot_adjust(meeting: MeetingFacts, chosen: Iterable[int]) -> list[str]:
    """What is wrong with the choice of adjusters: at least one, present, and not the one who writes."""
    people = set(chosen)
    if not people:
        return [_("Välj minst en som ska justera protokollet.")]
    told = [_("Sekreteraren justerar inte sitt eget protokoll.")] if meeting.secretary in people else []
    if people - meeting.present:
        told.append(_("Den som justerar ska ha varit med på mötet."))
    return told


# --- The words of a recommendation ----------------------------------------------------------------

PLACEHOLDERS = ("referens", "titel", "kommuner", "organ")
"""What a template may name in braces: the case's reference and title, kommuner, and the group."""
_NAMED = re.compile(r"\{([^{}]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and means nothing, in the order of the text."""
    return [name for name in _NAMED.findall(text) if name not in PLACEHOLDERS]


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """The template with its placeholders replaced; what means nothing stays as it is written."""
    return _NAMED.sub(lambda found: words.get(found[1], found[0]), text)


def could_give(text: str, words: Mapping[str, str], told: str) -> bool:
    """Whether the template gives what is told, whichever words stand for the placeholders that ``words`` leaves out."""
    parts = _NAMED.split(text)
    plain, named = parts[::2], parts[1::2]
    pattern = re.escape(plain[0])
    for name, after in zip(named, plain[1:], strict=True):
        pattern += (re.escape(words[name]) if name in words else ".*") + re.escape(after)
    return re.fullmatch(pattern, told) is not None


def listed(names: Iterable[str]) -> str:
    """*Essunga, Skara och Vara*; empty for none."""
    return get_text_list(list(names), _("och"))
