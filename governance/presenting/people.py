"""People as one speaks of them: *utvecklingsledaren Lena Larsson i Skara*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from v6portal.organizations.roles import PLACES, Kind, Role

from ..facts import CaseFacts
from ..who import At, Who

NAMED = 2
"""As many holders of a role as are named; the rest are *m.fl.*"""

NOUNS: dict[Role, tuple[str, str]] = {
    Role.STAFF: (_("medarbetaren"), _("medarbetarna")),
    Role.LEAD: (_("utvecklingsledaren"), _("utvecklingsledarna")),
    Role.COUNCIL: (_("digitaliseringsrådet genom"), _("digitaliseringsrådet genom")),
    Role.MANAGER: (_("förvaltningschefen"), _("förvaltningscheferna")),
    Role.DIRECTOR: (_("kommundirektören"), _("kommundirektörerna")),
    Role.COORDINATOR: (_("V6-samordnaren"), _("V6-samordnarna")),
    Role.NETWORK: (_("V6 Chefsnätverk genom"), _("V6 Chefsnätverk genom")),
    Role.DELIVERY: (_("leveransgruppen genom"), _("leveransgruppen genom")),
    Role.IT_OFFICER: (_("handläggaren"), _("handläggarna")),
    Role.IT_DIRECTOR: (_("förbundsdirektören"), _("förbundsdirektörerna")),
    Role.ORDER_GROUP: (_("den strategiska beställargruppen genom"), _("den strategiska beställargruppen genom")),
    Role.REGISTRAR: (_("registratorn"), _("registratorerna")),
    Role.READER: ("", ""),
    Role.ADMIN: (_("administratören"), _("administratörerna")),
}
"""One holder and several, as the word before the name."""

ONE_PLACE = frozenset({Role.COORDINATOR, Role.NETWORK, Role.DELIVERY, Role.IT_DIRECTOR, Role.ORDER_GROUP, Role.ADMIN})
"""Roles that exist in one place only, so that the place need not be said."""


@dataclass(frozen=True)
class Place:
    """An organisation as far as speech cares."""

    name: str
    kind: Kind

    @property
    def where(self) -> str:
        """As *i Skara*, *på Göliska IT*."""
        return str(_("på %s") if self.kind == Kind.FEDERATION else _("i %s")) % self.name


@dataclass(frozen=True)
class Holder:
    """Somebody who has a role in an organisation today."""

    role: Role
    organisation: int
    name: str


def spoken(role: Role | None, names: Iterable[str], place: Place | None = None) -> str:
    """The holders of a role by name, at most two; where there are none, the role and that nobody has it."""
    known = list(dict.fromkeys(names))
    if role is None:
        return " ".join(known)
    noun = str(NOUNS[role][len(known) > 1])
    where = "" if place is None or role in ONE_PLACE else place.where
    if not known:
        return " ".join(part for part in (noun, where, str(_("(rollen är inte besatt)"))) if part)
    return " ".join(part for part in (noun, _listed(known), where) if part)


def spoken_stand_in(name: str, holder: str) -> str:
    """A stand-in: ``holder`` is the one she stands in for, as spoken."""
    return str(_("%(name)s, ersättare för %(holder)s,")) % {"name": name, "holder": holder}


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        return str(_("%(names)s m.fl.")) % {"names": ", ".join(names[:NAMED])}
    return str(_(" och ")).join(names)


@dataclass(frozen=True)
class People:
    """Who has which role today where a case is concerned, and what the organisations are called."""

    holders: tuple[Holder, ...]
    places: Mapping[int, Place]

    def of(self, who: Who, facts: CaseFacts) -> list[str]:
        """The names of those whose step it is, by one line of the workflow table."""
        where = _organisation(who, facts)
        return [h.name for h in self.holders if h.role == who.role and where in (None, h.organisation)]

    def spoken(self, who: tuple[Who, ...], facts: CaseFacts) -> str:
        """All whose step it may be. A role that nobody has is left out where another can take the step."""
        possible = [one for one in who if _can_be_held(one, facts)]
        held = [one for one in possible if self.of(one, facts)]
        meant = held or possible
        places = [self._place(one, facts) for one in meant]
        # The place once, after the last of those who are in the same.
        last = [place != after for place, after in zip(places, [*places[1:], None], strict=True)]
        told = [
            spoken(one.role, self.of(one, facts), place if is_last or one.role in ONE_PLACE else None)
            for one, place, is_last in zip(meant, places, last, strict=True)
        ]
        return str(_(" eller ")).join(told)

    def first(self, who: tuple[Who, ...], facts: CaseFacts) -> str:
        """One name to ask; empty where nobody has the role."""
        return next((name for one in who for name in self.of(one, facts)), "")

    def _place(self, who: Who, facts: CaseFacts) -> Place | None:
        where = _organisation(who, facts)
        place = self.places.get(where) if where is not None else None
        if who.role == Role.IT_OFFICER:
            place = next((p for p in self.places.values() if p.kind == Kind.FEDERATION), None)
        return place


def _organisation(who: Who, facts: CaseFacts) -> int | None:
    """Where the role must be held; None where it is held in one place only."""
    if who.at is At.OWN:
        return facts.own
    if who.at is At.LEADING:
        return facts.own if facts.leading is None else facts.leading
    return None


def _can_be_held(who: Who, facts: CaseFacts) -> bool:
    """Whether the role exists in the organisation at all: Göliska IT has no förvaltningschef."""
    where = _organisation(who, facts)
    if who.role is None or where is None:
        return who.role is not None
    kind = facts.own_kind if where == facts.own else Kind.KOMMUN
    return kind in PLACES[who.role]
