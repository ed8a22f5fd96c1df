"""The way of a case: the process as a picture with *du är här*, and what one person may do now.

Drawn from the workflow table; nothing here decides anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..acts import Act
from ..facts import Actor, CaseFacts
from ..statuses import ENDED, KOMMUN_OPEN, Status
from ..workflow import STAYS, Row, next_steps, steps_for

A, S = Act, Status

KOMMUN_WAY = (S.SUBMITTED, S.QUALIFYING, S.QUALIFIED, S.PRIORITISED, S.LOCAL, S.MAINTENANCE)
V6_WAY = (
    S.SUBMITTED,
    S.PRIORITISED,
    S.V6_RECEIVED,
    S.V6_QUALIFYING,
    S.INTEREST,
    S.IT_ASSESSMENT,
    S.V6_PRIORITISING,
    S.AWAITING_START,
    S.IN_PROGRESS,
    S.MAINTENANCE,
)
BESIDE = {S.SUPPLEMENT: S.QUALIFYING}
"""Statuses beside the way, and the place on it where they are drawn."""
PASSED_BY = frozenset({S.IT_ASSESSMENT, S.V6_RECEIVED})
"""Left out of the picture once the case is past them, unless it stood there."""

SIDEWAYS = frozenset(
    {
        A.WITHDRAW,
        A.REQUEST_SUPPLEMENT,
        A.REFER,
        A.MARK_DUPLICATE,
        A.REJECT,
        A.PAUSE,
        A.RETURN_TO_KOMMUN,
        A.END_UNREALISED,
        A.CLOSE,
    }
)
"""Steps off the way: possible, but not what anybody waits for."""

WORK = frozenset(
    {
        A.ANSWER_GATE,
        A.ASSESS,
        A.CLOSE_ROUND,
        A.RECOMMEND,
        A.ANSWER_INTEREST,
        A.DRAFT_IT_ASSESSMENT,
        A.DECIDE_COMMITMENT,
        A.JOIN,
        A.START_STAGE,
        A.END_STAGE,
        A.REPLAN,
        A.RECORD_COST,
        A.RECORD_ADOPTION,
        A.CONFIRM_BENEFIT,
        A.NAME_OBJECT,
        A.ATTACH,
    }
)
"""Acts that stay where the case is and belong to the work there; the rest are seldom needed."""


FROM_ANOTHER_PAGE = frozenset({A.SAME_NEED, A.AGREE, A.CALCULATE, A.TAKE_UP, A.SHARE_COSTS, A.CORRECT, A.PURGE})
"""Taken from where it is thought of: beside one's own draft, where answers are compared, in the part about the benefit,
at a meeting, where it is seen how costs are shared, on the page of the decision, in the list of what is to be
destroyed. Never a button here."""

ANSWERING = frozenset({A.SUPPLEMENT, A.ATTACH})
"""What belongs to the answer to a question."""

PRESSING = frozenset({A.ANSWER_GATE, A.ASSESS, A.ANSWER_INTEREST, A.DRAFT_IT_ASSESSMENT, A.DECIDE_COMMITMENT})
"""Work that others wait for."""


@dataclass(frozen=True)
class PathStep:
    """One step of the picture: ``state`` is done, now or next."""

    label: str
    state: str
    note: str = ""


def path(facts: CaseFacts, reached: Mapping[str, dt.date], *, review_on: dt.date | None = None) -> tuple[PathStep, ...]:
    """The process as steps with *du är här*; ``reached`` tells on which day the case last entered a status."""
    where = facts.paused_from or facts.status
    here = BESIDE.get(where, where)
    way = V6_WAY if facts.ever_in_v6 and here not in KOMMUN_OPEN else KOMMUN_WAY
    if facts.status in ENDED or here not in way:
        passed = [PathStep(str(s.label), "done", _on(reached[s])) for s in way if s in reached]
        return (*passed, PathStep(str(facts.status.label), "now", _on(reached.get(facts.status))))
    place = way.index(here)
    before = (s for s in way[:place] if s in reached or s not in PASSED_BY)
    return (
        *(PathStep(str(s.label), "done", _on(reached.get(s))) for s in before),
        PathStep(str(where.label), "now", _note_here(facts, reached, review_on)),
        *(PathStep(str(s.label), "next", _("om det behövs") if s in PASSED_BY else "") for s in way[place + 1 :]),
    )


def _on(date: dt.date | None) -> str:
    return date_format(date, "j b Y") if date else ""


def _note_here(facts: CaseFacts, reached: Mapping[str, dt.date], review_on: dt.date | None) -> str:
    if facts.status == S.PAUSED:
        return _("Vilande, tas upp %(day)s") % {"day": _on(review_on)} if review_on else _("Vilande")
    if facts.status == S.INTEREST and facts.interest_deadline:
        return _("svar senast %(day)s") % {"day": _on(facts.interest_deadline)}
    since = reached.get(facts.status)
    return _("sedan %(day)s") % {"day": _on(since)} if since else ""


def onward(facts: CaseFacts) -> list[Row]:
    """The steps on the way from where the case stands, whoever takes them; none in förvaltning and when ended."""
    if facts.status == S.MAINTENANCE:
        return []
    rows = [row for row in next_steps(facts) if row.act not in SIDEWAYS]
    offered = facts.status == S.LOCAL
    return [row for row in rows if not (offered and row.act == A.SEND_TO_V6)]


# What one person may do


@dataclass(frozen=True)
class Choice:
    """A button: the step, what remains before it can be pressed, and whether it is on the way, work, or seldom."""

    row: Row
    obstacles: tuple[str, ...]
    weight: str

    @property
    def is_open(self) -> bool:
        return not self.obstacles

    @property
    def button(self) -> str:
        """The word of the table, but an answer in the author's place says that it is."""
        if self.row.act == A.SUPPLEMENT and self.weight == "sideways":
            return _("Svara åt den som skrev")
        return str(self.row.button)

    @property
    def is_pressing(self) -> bool:
        """Whether the case waits for this: a step on the way, or work that somebody waits for."""
        return self.weight == "onward" or self.row.act in PRESSING


@dataclass(frozen=True)
class Choices:
    """What one person may do now, in the order of importance."""

    onward: tuple[Choice, ...]
    work: tuple[Choice, ...]
    sideways: tuple[Choice, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything at all that the person may do."""
        return bool(self.onward or self.work or self.sideways)

    @property
    def compares_with_others(self) -> bool:
        """Whether it is the person's to see that the same matter is not dealt with twice."""
        return any(choice.row.act == A.MARK_DUPLICATE for choice in self.sideways)

    @property
    def is_stuck(self) -> bool:
        """Whether something remains before any step on the way can be taken: then the work comes first."""
        return bool(self.work) and not any(choice.is_open for choice in self.onward)


def choices_for(facts: CaseFacts, actor: Actor) -> Choices:
    """The person's steps sorted: on the way, work where the case stands, and the rest."""
    main = onward(facts)
    rows = [row for row in steps_for(facts, actor) if not _is_pointless(row, facts, actor)]
    sorted_rows: dict[str, list[Choice]] = {"onward": [], "work": [], "sideways": []}
    for row in _once_each(rows):
        obstacles = tuple(row.obstacles_for(facts))
        if row.target is STAYS and obstacles:
            continue
        weight = "onward" if row in main else "work" if row.act in WORK else "sideways"
        if _is_the_authors(row, facts, actor):
            weight = "sideways"
        sorted_rows[weight].append(Choice(row, obstacles, weight))
    return Choices(*(tuple(sorted_rows[weight]) for weight in ("onward", "work", "sideways")))


def _is_the_authors(row: Row, facts: CaseFacts, actor: Actor) -> bool:
    """Whether the step waits for the author, so that somebody else takes it in her place only where she must."""
    return row.act in ANSWERING and facts.has_author and not actor.is_author


def _once_each(rows: Iterable[Row]) -> list[Row]:
    return list({row.act: row for row in rows}.values())


def _is_pointless(row: Row, facts: CaseFacts, actor: Actor) -> bool:
    """Open by the table, but without meaning as a button: already so, or pressed in another place."""
    capacity = row.capacity_of(actor, facts)
    own = capacity.organisation if capacity else 0
    if row.act in FROM_ANOTHER_PAGE:
        return True
    match row.act:
        case A.ASSESS:
            return actor.has_assessed or actor.has_conflict
        case A.DECLARE_CONFLICT:
            return actor.has_conflict
        case A.FOLLOW:
            return own in facts.followers | facts.participants
        case A.UNFOLLOW:
            return own not in facts.followers
        case A.JOIN:
            return own in facts.participants
        case A.ANSWER_INTEREST:
            return own in facts.participants
        case A.LIFT_SECRECY:
            return not facts.is_secret
        case A.ATTACH:  # evidence is added beside what it speaks of
            return facts.status is not S.SUPPLEMENT
        case A.REMOVE_ATTACHMENT:  # pressed beside the attachment itself
            return True
        case _:
            return False
