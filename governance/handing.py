"""Which tasks may be handed to a colleague, and to whom. No database here.

Source: docs/process.md, *Att lämna en uppgift till en kollega*.
"""

from __future__ import annotations

from collections.abc import Iterable

from .acts import Act
from .facts import Actor, Capacity, CaseFacts
from .statuses import Status
from .workflow import STAYS, TABLE, Row

HANDABLE = frozenset(
    {
        Act.START_QUALIFICATION,
        Act.ANSWER_GATE,
        Act.QUALIFY,
        Act.PRIORITISE,
        Act.DECIDE_LOCAL,
        Act.V6_START,
        Act.V6_QUALIFY,
        Act.ANSWER_INTEREST,
        Act.CLOSE_INTEREST,
        Act.DRAFT_IT_ASSESSMENT,
        Act.IT_ASSESS,
        Act.V6_PRIORITISE,
        Act.DECIDE_COMMITMENT,
        Act.DECIDE_START,
        Act.START_STAGE,
        Act.END_STAGE,
        Act.NAME_OBJECT,
        Act.HAND_OVER,
    }
)
"""Whoever has the role may do it. Not here is what a person must do herself: her own text, her answer to a question,
her own assessment (*Bedöm*); nor what is decided about a case that lies dormant or is stopped; nor
what a solution has given, which the lead of each kommun that uses it answers for."""

SAVED_BIT_BY_BIT = frozenset({Act.ANSWER_GATE, Act.DRAFT_IT_ASSESSMENT})
"""Done when the next step is: saving a part of it leaves the task with the one who has it."""


def tasks(facts: CaseFacts, capacity: Capacity) -> list[Row]:
    """The lines of the workflow table that may be handed on by somebody who acts so, where the case stands."""
    actor = Actor((capacity,))
    rows = (row for row in TABLE if row.act in HANDABLE and row.applies_to(facts) and row.is_open_to(actor, facts))
    return [row for row in rows if not _is_done(row, facts)]


def _is_done(row: Row, facts: CaseFacts) -> bool:
    """Decided already, or not asked for: what does not move the case may stand open to be done again."""
    if row.act is Act.DECIDE_COMMITMENT:
        return facts.commitment_decided or not facts.commitment_needed
    return False


def statuses_by_role() -> dict[str, frozenset[Status]]:
    """Where the case may stand for a role to have anything in it that can be handed on, whichever its organisation."""
    found: dict[str, frozenset[Status]] = {}
    for row in TABLE:
        for who in row.who if row.act in HANDABLE else ():
            assert who.role is not None  # noqa: S101 - nobody hands on what only an author may do
            found[who.role] = found.get(who.role, frozenset()) | row.source
    return found


def may_take(rows: Iterable[Row], capacities: Iterable[Capacity], facts: CaseFacts) -> bool:
    """Whether somebody with the capacities may take any of the steps."""
    actor = Actor(tuple(capacities))
    return any(row.capacity_of(actor, facts) is not None for row in rows)


def ends_a_handing(act: Act, target: object) -> bool:
    """Whether the act is what was handed on, or moves the case on from it."""
    return target is not STAYS or (act in HANDABLE and act not in SAVED_BIT_BY_BIT)
