"""The way of a case: the process as a picture with *du är här*, whose turn it is, and what one person may do now.

Drawn from the workflow table; nothing here decides anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.roles import PLACES, Kind, Role

from ..acts import Act
from ..expected import expected_by
from ..facts import Actor, CaseFacts
from ..statuses import ENDED, KOMMUN_OPEN, REALISING, Status
from ..workflow import AUTHOR, LEAD, STAYS, At, Row, Who, next_steps, steps_for

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
        A.RECOMMEND,
        A.ANSWER_INTEREST,
        A.DRAFT_IT_ASSESSMENT,
        A.DECIDE_COMMITMENT,
        A.JOIN,
        A.START_STAGE,
        A.END_STAGE,
        A.RECORD_COST,
        A.RECORD_ADOPTION,
        A.CONFIRM_BENEFIT,
        A.NAME_OBJECT,
        A.ATTACH,
    }
)
"""Acts that stay where the case is and belong to the work there; the rest are seldom needed."""


FROM_ANOTHER_PAGE = frozenset({A.SAME_NEED})
"""Taken from where it is thought of, which is beside one's own draft, and never a button here."""

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


# Whose turn it is

THE_HOLDER = {
    Role.LEAD: gettext_lazy("utvecklingsledaren"),
    Role.MANAGER: gettext_lazy("förvaltningschefen"),
    Role.DIRECTOR: gettext_lazy("kommundirektören"),
    Role.COORDINATOR: gettext_lazy("V6-samordnaren"),
    Role.IT_OFFICER: gettext_lazy("handläggaren på Göliska IT"),
    Role.IT_DIRECTOR: gettext_lazy("förbundsdirektören"),
}


def onward(facts: CaseFacts) -> list[Row]:
    """The steps on the way from where the case stands, whoever takes them; none in förvaltning and when ended."""
    if facts.status == S.MAINTENANCE:
        return []
    rows = [row for row in next_steps(facts) if row.act not in SIDEWAYS]
    offered = facts.status == S.LOCAL
    return [row for row in rows if not (offered and row.act == A.SEND_TO_V6)]


def whose_turn(facts: CaseFacts, names: Mapping[int, str]) -> str:
    """Who the case waits for, e.g. ”kommundirektören i Skara”; empty when nobody. ``names`` of organisations by key."""
    if facts.status == S.INTEREST and facts.not_answered:
        return get_text_list(list(facts.not_answered), _("och"))
    if facts.status == S.AWAITING_START and facts.commitment_needed and not facts.commitment_decided:
        return str(THE_HOLDER[Role.IT_DIRECTOR])
    rows = onward(facts)
    if not rows:
        return ""
    held = dict.fromkeys(_holder(who, facts, names) for who in _waited_for(rows[0], facts))
    known = [(holder, where) for holder, where in held if holder]
    # The place once, after the last of those who are in the same.
    following = [*(where for _holder_there, where in known[1:]), ""]
    told = [
        holder if where == after else f"{holder} {where}".strip()
        for (holder, where), after in zip(known, following, strict=True)
    ]
    return get_text_list(told, _("eller"))


def _waited_for(row: Row, facts: CaseFacts) -> tuple[Who, ...]:
    """Those who may take the step, but a supplement is the author's to write where she can."""
    if row.act != A.SUPPLEMENT:
        return row.who
    return AUTHOR if facts.has_author else LEAD


def _holder(who: Who, facts: CaseFacts, names: Mapping[int, str]) -> tuple[str, str]:
    """Who, and where; both empty where nobody can have the role."""
    if who.role is None:
        return _("den som skrev initiativet"), ""
    if who.at is At.ANYWHERE:
        return str(THE_HOLDER[who.role]), ""
    organisation = facts.own if who.at is At.OWN or facts.leading is None else facts.leading
    kind = facts.own_kind if organisation == facts.own else Kind.KOMMUN
    if kind not in PLACES[who.role]:
        return "", ""
    where = _("på %s") if kind == Kind.FEDERATION else _("i %s")
    return str(THE_HOLDER[who.role]), where % names.get(organisation, "")


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, and for how long they have had it."""

    whose: str
    """Empty when nothing more is waited for."""
    is_work: bool = False
    """Work goes on, and nobody waits."""
    days: int = 0
    """Since how many days it is theirs."""
    until: dt.date | None = None
    """By when the author should have answered a question."""
    is_late: bool = False


def turn(facts: CaseFacts, names: Mapping[int, str], *, author: str, since: dt.date) -> Turn:
    """Whose turn it is; a question waits for the ``author`` by name. ``since`` the case stands where it does."""
    whose, days = whose_turn(facts, names), (facts.today - since).days
    if facts.status != S.SUPPLEMENT or facts.usual_days is None or not facts.has_author:
        return Turn(whose, facts.status in REALISING, days)
    until = expected_by(since, facts.usual_days)
    return Turn(author or whose, days=days, until=until, is_late=facts.today > until)


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
        case A.REMOVE_ATTACHMENT:  # pressed beside the attachment itself
            return True
        case _:
            return False
