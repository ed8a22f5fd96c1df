"""What the page of one initiative says: the case, put together from everything that was read about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from governance.acts import Act
from governance.facts import Actor, CaseFacts
from governance.models import Case, Event, Stance
from governance.models.inquiry import acts_shown_in
from governance.presenting.attachments import lines
from governance.presenting.backlog import QUADRANT_WORDS
from governance.presenting.benefit_calculation import told_of
from governance.presenting.beside import asked_of_goliska, known_to, standings, told_of_withheld
from governance.presenting.gate import flagged_of, gate_lines
from governance.presenting.matrix import Drawing, alone
from governance.presenting.people import Holder, People, Place
from governance.presenting.plainly import plainly
from governance.presenting.seen import Seen
from governance.presenting.telling import Told, clocked, tell
from governance.presenting.turns import turn
from governance.presenting.way import choices_for, path
from governance.presenting.whereabouts import whereabouts
from governance.reading import as_seen_by, by_role_only, read_facts
from governance.workflow import row_for
from initiatives.models import Initiative, Level, Round
from initiatives.scoring import quadrant
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Kind, Role

from .presenting.benefit_of_case import benefit_of
from .presenting.decided import DecisionLine
from .presenting.facts_shown import facts_shown
from .presenting.sections import sections
from .presenting.timeline import BESIDE, timeline_of
from .presenting.work import work_of
from .reading import reached, small_rows

EVENTS_SHOWN = 20
LATEST_SHOWN = 5
"""Of what is told to the authors; the rest is folded."""
WORK_ACTS = (Act.REPLAN, Act.RECORD_COST, Act.ATTACH, Act.NAME_OBJECT, Act.CONFIRM_BENEFIT)
"""Taken from where what they change is shown."""


@dataclass(frozen=True)
class RoundLine:
    """A round of assessment as this reader may see it. ``field`` is its place in the matrix, in words."""

    round: Round
    is_readable: bool
    field: str
    progress: str
    hidden: str
    """When the answers are shown, to one who does not see them yet."""
    organisation: str
    """Whose colour it has."""
    number: int
    """Which of the initiative's rounds it is, from 1, the oldest first."""
    is_newest: bool

    @cached_property
    def drawing(self) -> Drawing | None:
        """Where it stands in the matrix; the newest alone is drawn, the others are told in words."""
        if not (self.is_newest and self.field):
            return None
        return alone(self.round, _("Det här initiativet"), self.organisation)


@dataclass(frozen=True)
class Advice:
    """A recommendation: who, when, what, and why."""

    event: Event
    stance: str
    paragraph: str
    """Of the protocol, where it was given at a meeting."""


def page_of(case: Case, user: User) -> dict[str, Any]:
    """The context of the page. ``case`` comes from ``reading.case_for_page``; four or five statements more."""
    rows = small_rows(case, user)
    is_author = user.pk == case.initiative.author_id or user in rows["co_authors"]
    facts, actor = as_seen_by(user, case, read_facts(case)), _actor(user, rows, is_author=is_author)
    orgs: list[Organisation] = rows["orgs"]
    events = _events(case, user)
    told = clocked(tell(event) for event in events)
    decisions = acts_shown_in(case, user, rows["decision_rows"])
    answers = {d.organisation_id: d.answer for d in decisions if d.answer and not d.superseded}
    ledger = list(case.participations.all())
    kommuner = known_to(user, case, [o for o in orgs if o.is_kommun], ledger)
    work = work_of(case.initiative.reference, case.stages.all(), rows, facts.today)
    reckoned = next((told_of(one, rows["calculation_lines"]) for one in rows["calculations"]), None)
    been = reached(rows["moves"])
    page = {
        "case": case,
        "initiative": case.initiative,
        "steps": path(facts, been, review_on=case.review_on),
        "choices": choices_for(facts, actor),
        "may_watch": not is_author,
        "is_watched": bool(rows["watches"]),
        "turn": turn(
            facts,
            {o.pk: o.short_name for o in orgs},
            author=case.initiative.author_name,
            since=timezone.localdate(case.status_since),
        ),
        "handed": next((one for one in rows["handed"] if one.organisation_id in _homes(user)), None),
        "co_authors": get_text_list([str(person) for person in rows["co_authors"]], _("och")),
        "leader": next((o for o in orgs if o.pk == facts.leading and case.initiative.is_shared), None),
        "standings": standings(kommuner, ledger, answers, case.status) if facts.ever_in_v6 else [],
        "withheld": told_of_withheld(case, user),
        "ledger": ledger,
        "decisions": [DecisionLine(d) for d in decisions if not d.answer],
        "answers": [DecisionLine(d) for d in decisions if d.answer],
        "advice": [_advice(event) for event in rows["advice"]],
        "work": work,
        "timeline": timeline_of(work, decisions, rows["adoption_rows"], BESIDE),
        "may": {act.value for act in WORK_ACTS if row_for(act, facts, actor)},
        "adoptions": rows["adoption_rows"],
        "benefit": benefit_of(case, rows, reckoned=reckoned, work=work, reached=been, today=facts.today),
        "reckoned": reckoned,
        "may_calculate": row_for(Act.CALCULATE, facts, actor) is not None,
        "rounds": _round_lines(rows["round_rows"], facts, actor, case.initiative.organisation.key),
        "gate": list(gate_lines(rows["answer_rows"])),
        "flagged": flagged_of(rows["answer_rows"]),
        "overridden": [answer for answer in rows["answer_rows"] if answer.override_reason],
        "asked_of_it": asked_of_goliska(case),
        "it": it if (it := getattr(case, "it_assessment", None)) and it.handed_in_at else None,
        "attachments": lines(rows["attachment_rows"], case.initiative.reference),
        "secrecy": getattr(case.initiative, "secrecy", None),
        "facts_shown": facts_shown(case),
        "events": told[:EVENTS_SHOWN],
        "has_more_events": len(events) > EVENTS_SHOWN,
        "whereabouts": whereabouts(_seen(case, facts, rows, user, is_author)),
        "so_far": _so_far(events, case.initiative) if is_author else None,
        "revision": next((row.number for row in rows["newest_revisions"]), 0),
    }
    return {**page, **sections(page)}


def _homes(user: User) -> set[int]:
    """Where the person has a role that takes steps; who does what there is nobody else's."""
    return {m.organisation_id for m in user.current_memberships if m.role != Role.STAFF}


def _actor(user: User, rows: dict[str, list[Any]], *, is_author: bool) -> Actor:
    """The person as the process sees her, with what she has done in the rounds that are open."""
    going_on = [round for round in rows["round_rows"] if round.is_open]
    newest = next((row.number for row in rows["newest_revisions"]), 0)
    return replace(
        by_role_only(user),
        is_author=is_author,
        has_assessed=any(round.mine_on == newest for round in going_on),
        has_conflict=any(round.my_conflict for round in going_on),
    )


def _events(case: Case, user: User) -> list[Event]:
    newest = Event.objects.filter(case=case).without_notes_of_others(user).select_related("organisation")
    return list(newest.order_by("-occurred_at", "-id")[: EVENTS_SHOWN + 1])


@dataclass(frozen=True)
class SoFar:
    """What has happened, told to the authors: the latest, and before that folded."""

    latest: list[Told]
    earlier: list[Told]


def _so_far(events: Sequence[Event], initiative: Initiative) -> SoFar:
    told = clocked(plainly(event, initiative) for event in events[:EVENTS_SHOWN])
    return SoFar(told[:LATEST_SHOWN], told[LATEST_SHOWN:])


def _seen(case: Case, facts: CaseFacts, rows: dict[str, list[Any]], user: User, is_author: bool) -> Seen:
    """What the sentence about the whereabouts is made of."""
    last = rows["last_moves"][0]
    places = {o.pk: Place(o.short_name, Kind(o.kind)) for o in rows["orgs"]}
    holders = (
        Holder(Role(row.role), row.organisation_id, f"{row.first} {row.last}".strip() or row.username)
        for row in rows["holders"]
    )
    decided = [d for d in rows["decision_rows"] if d.act == last.kind]
    return Seen(
        case=case,
        facts=facts,
        people=People(tuple(holders), places),
        last=last,
        decision=decided[-1] if decided else None,
        stages=list(case.stages.all()),
        reader=user.pk,
        is_author=is_author,
        may_see_original=case.may_see_original,  # type: ignore[attr-defined]
    )


def _advice(event: Event) -> Advice:
    data = event.data if isinstance(event.data, dict) else {}
    stance = data.get("stance", "")
    return Advice(event, str(dict(Stance.choices).get(stance, stance)), str(data.get("paragraph", "")))


def _round_lines(newest_first: Sequence[Round], facts: CaseFacts, actor: Actor, organisation: str) -> list[RoundLine]:
    """The result only for those who may see it; for the rest how far it has come."""
    found = []
    when = _shown_when(facts, actor)
    for number, round in zip(range(len(newest_first), 0, -1), newest_first, strict=True):
        is_readable = not round.is_open or round.mine  # type: ignore[attr-defined]
        field = quadrant(round.benefit, round.feasibility) if is_readable else None
        words = str(QUADRANT_WORDS[field]) if field else ""
        is_newest = number == len(newest_first)
        found.append(
            RoundLine(round, is_readable, words, _progress(round, facts), when, organisation, number, is_newest)
        )
    return found


def _shown_when(facts: CaseFacts, actor: Actor) -> str:
    """When answers that are hidden are shown, to the one who reads."""
    if row_for(Act.ASSESS, facts, actor) is None or actor.has_conflict:
        return _("Svaren visas när bedömningen är stängd.")
    return _("Svaren visas när bedömningen är stängd, eller när du själv har lämnat din.")


def _progress(round: Round, facts: CaseFacts) -> str:
    if not round.is_open:
        return ""
    if round.level == Level.V6:
        numbers = {"n": len(facts.participants_assessed), "m": len(facts.participants)}
        return _("%(n)d av %(m)d deltagande kommuner har lämnat sin bedömning.") % numbers
    numbers = {"n": facts.complete_assessments, "m": facts.kommun_minimum}
    return _("%(n)d bedömningar är lämnade. Det behövs minst %(m)d.") % numbers
