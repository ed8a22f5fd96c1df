"""The plain facts about one case that the workflow's guards look at. No database here: see ``governance.reading``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from v6portal.organizations.roles import Kind, Role

from .statuses import Status


@dataclass(frozen=True)
class Capacity:
    """A role in an organisation that a person acts by."""

    organisation: int
    role: Role
    kind: Kind


@dataclass(frozen=True)
class Actor:
    """Who presses the button, as far as the process cares."""

    capacities: tuple[Capacity, ...] = ()
    is_author: bool = False
    has_assessed: bool = False
    """Whether she has handed in her assessment of the text as it reads now; only told where her buttons are shown."""
    has_conflict: bool = False
    """Whether she has declared jäv in the round that is open; only told where her buttons are shown."""


@dataclass(frozen=True)
class CaseFacts:
    """Everything that a guard may ask about a case, read once under the lock."""

    status: Status
    paused_from: Status | None = None
    own: int = 0
    """The submitter's organisation."""
    own_kind: Kind = Kind.KOMMUN
    has_author: bool = True
    """Whether somebody who can sign in stands as the submitter; else the lead writes for her."""
    leading: int | None = None
    """The kommun that leads today; before V6, and for what is done locally, the submitter's own organisation."""
    participants: frozenset[int] = frozenset()
    """Kommuner that lead or take part today."""
    followers: frozenset[int] = frozenset()
    today: dt.date = field(default_factory=dt.date.today)

    missing_fields: tuple[str, ...] = ()
    """Swedish names of the required fields that are empty."""
    unanswered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The words of gate questions without an answer, by level, in the order of the form."""
    stopped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The words of qualifying questions answered *nej* and not overridden, by level."""
    complete_assessments: int = 0
    """Assessments in the newest round of the kommun that are handed in without jäv."""
    participants_assessed: frozenset[int] = frozenset()
    """Participating kommuner with a handed-in assessment in the V6 round."""
    round_closed: bool = False
    """Whether the newest round of the level is closed while the case still stands where it is assessed."""
    kommun_minimum: int = 1
    v6_minimum: int = 2
    participant_minimum: int = 2

    usual_days: int | None = None
    """Within how many days what is waited for in the status should come, by the settings of today."""
    answer_days: int | None = None
    """Within how many days after the reading has begun the submitter should have an answer."""
    interest_deadline: dt.date | None = None
    not_answered: tuple[str, ...] = ()
    """Short names of the kommuner that have not answered the inquiry."""
    answers_withheld: bool = False
    """Whether the facts are told to somebody who may not see yet what the others have answered, or if they have."""
    offering: frozenset[int] = frozenset()
    """Kommuner that have answered that they can lead, while the inquiry is open."""
    it_missing: tuple[str, ...] = ()
    """Swedish names of the parts of Göliska IT's assessment that are empty."""
    commitment_needed: bool = False
    commitment_decided: bool = False
    commitment_declined: bool = False
    """Whether the decision, where there is one, was that Göliska IT does not take part."""
    open_stages: int = 0
    adoptions: int = 0
    managed_object: str = ""
    is_secret: bool = False
    ever_in_v6: bool = False
