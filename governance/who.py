"""Who takes a step: a role, and in which organisation it must be held."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from v6portal.organizations.roles import RECOMMENDING_ROLES, Kind, Role

from .facts import Capacity, CaseFacts


class At(Enum):
    """In which organisation a role must be held."""

    OWN = auto()
    """The submitter's organisation."""
    LEADING = auto()
    """The kommun that leads today; the submitter's own organisation while nothing has gone to V6."""
    KOMMUN = auto()
    """Any of the six kommuner, for itself."""
    PARTICIPANT = auto()
    """A kommun that leads or takes part today."""
    ANYWHERE = auto()
    """The role exists in one place only, or is meant wherever it is held."""


@dataclass(frozen=True)
class Who:
    """One role at one place; ``author`` instead of a role for those who wrote the initiative."""

    role: Role | None
    at: At = At.ANYWHERE

    def matches(self, capacity: Capacity, facts: CaseFacts) -> bool:
        return capacity.role == self.role and _is_at(self.at, capacity, facts)


def _is_at(at: At, capacity: Capacity, facts: CaseFacts) -> bool:
    match at:
        case At.OWN:
            return capacity.organisation == facts.own
        case At.LEADING:
            return capacity.organisation == facts.leading
        case At.KOMMUN:
            return capacity.kind == Kind.KOMMUN
        case At.PARTICIPANT:
            return capacity.organisation in facts.participants
        case _:
            return True


def held(at: At, *roles: Role) -> tuple[Who, ...]:
    return tuple(Who(role, at) for role in roles)


AUTHOR = (Who(None),)
LEAD = held(At.OWN, Role.LEAD)
DECIDERS = held(At.OWN, Role.MANAGER, Role.DIRECTOR, Role.IT_DIRECTOR)
COORDINATOR = held(At.ANYWHERE, Role.COORDINATOR)
IT_OFFICER = held(At.ANYWHERE, Role.IT_OFFICER)
IT_DIRECTOR = held(At.ANYWHERE, Role.IT_DIRECTOR)
LEADING_LEAD = held(At.LEADING, Role.LEAD)
LEADING_DIRECTOR = held(At.LEADING, Role.DIRECTOR)
LEADING_OR_OWN_DIRECTOR = held(At.LEADING, Role.DIRECTOR, Role.IT_DIRECTOR)
EACH_DIRECTOR = held(At.KOMMUN, Role.DIRECTOR)
EACH_LEAD = held(At.KOMMUN, Role.LEAD)
RECOMMENDERS = tuple(Who(role) for role in sorted(RECOMMENDING_ROLES))
REGISTRARS = held(At.OWN, Role.REGISTRAR)
EACH_REGISTRAR = held(At.ANYWHERE, Role.REGISTRAR)
"""Each authority that may read a case gives it out by its own trial (tryckfrihetsförordningen 2 kap.)."""
CORRECTORS = held(At.ANYWHERE, Role.MANAGER, Role.DIRECTOR, Role.IT_DIRECTOR)
"""Whoever may decide for her organisation. That it is its own decision, of a sort that her role takes, the act asks."""
READERS = held(At.ANYWHERE, *Role)
"""Whoever sees the case: the door lets in nobody else, a Medarbetare only where her organisation lets her read."""
INSIGHT = held(At.ANYWHERE, *(role for role in Role if role is not Role.STAFF))
