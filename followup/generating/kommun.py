"""The first process, *Att hantera digitaliseringsinitiativ*: from a draft to a decision."""

from __future__ import annotations

import datetime as dt

from governance.acts import Act
from governance.statuses import Status
from initiatives.models import Level
from v6portal.organizations.roles import Role

from . import answers, words
from .history import History
from .people import GOLISKA, some_colleague
from .plans import Fate


def submit(history: History, area: words.Area) -> None:
    """Fills in the initiative's own row and hands it in."""
    rng, row = history.rng, history.initiative
    author = some_colleague(rng, history.own)
    compound, neuter = words.subject(rng, area)
    row.update(
        title=words.title(rng, compound, neuter),
        organisation=history.own,
        department="Leverans" if history.own == GOLISKA else area.department,
        author_name=author,
        need=words.need(rng, compound),
        benefit=" ".join(rng.sample(words.BENEFITS, 2)),
        idea=history.pick(words.IDEAS),
        targets_residents=area.residents,
        targets_employees=area.employees,
    )
    submitted, history.at = history.at, history.at - dt.timedelta(days=rng.randrange(21), minutes=rng.randrange(10, 60))
    row["created_at"] = history.at
    history.move(Act.CREATE, Status.DRAFT, Role.STAFF, history.own, actor=author)
    history.at = submitted
    history.move(Act.SUBMIT, Status.SUBMITTED, Role.STAFF, history.own, actor=author)


def qualify(history: History, original: str) -> bool:
    """From *Inskickat* to *Kvalificerat*; False where it ends on the way. ``original`` is what it may repeat."""
    early = history.chance(0.4)
    history.wait(1, 14)
    if early and _ends_early(history, original):
        return False
    history.move(Act.START_QUALIFICATION, Status.QUALIFYING, Role.LEAD, history.own)
    history.wait(1, 10)
    if history.plan.supplements:
        _supplement(history)
    if _ends_early(history, original):
        return False
    answers.answer_questions(history, Level.KOMMUN, Role.LEAD, history.own)
    history.spend(9)
    if history.plan.fate is Fate.REJECTED and history.chance(0.4):
        return _reject(history)
    history.move(Act.QUALIFY, Status.QUALIFIED, Role.LEAD, history.own, history.pick(words.MOTIVATIONS))
    return True


def prioritise(history: History) -> bool:
    """From *Kvalificerat* to *Prioriterat*; False where it is rejected."""
    history.wait(1, 10)
    answers.assess_in_kommun(history)
    if history.own != GOLISKA and history.chance(0.3):
        history.wait(1, 10)
        history.log(Act.RECOMMEND, Role.COUNCIL, history.own, "Rådet tillstyrker.")
    history.wait(2, 25)
    history.move(Act.PRIORITISE, Status.PRIORITISED, Role.LEAD, history.own, history.pick(words.MOTIVATIONS))
    history.wait(3, 40)
    return _reject(history) if history.plan.fate is Fate.REJECTED else True


def _supplement(history: History) -> None:
    history.move(Act.REQUEST_SUPPLEMENT, Status.SUPPLEMENT, Role.LEAD, history.own, history.pick(words.MISSING))
    history.wait(2, 20)
    if history.plan.fate is Fate.WITHDRAWN and history.plan.bound_for is None:
        return
    author = history.initiative["author_name"]
    history.move(Act.SUPPLEMENT, Status.QUALIFYING, Role.STAFF, history.own, "Texten är kompletterad.", actor=author)
    history.wait(1, 8)


def _ends_early(history: History, original: str) -> bool:
    match history.plan.fate:
        case Fate.WITHDRAWN:
            author = history.initiative["author_name"]
            reason = "Behovet är löst på annat sätt."
            history.move(Act.WITHDRAW, Status.WITHDRAWN, Role.STAFF, history.own, reason, actor=author)
        case Fate.REFERRED:
            history.move(Act.REFER, Status.REFERRED, Role.LEAD, history.own, "Är en vanlig IT-beställning.")
        case Fate.DUPLICATE if original:
            history.move(Act.MARK_DUPLICATE, Status.DUPLICATE, Role.LEAD, history.own, f"Samma behov som {original}.")
            history.initiative["duplicate_of"] = original
        case _:
            return False
    return True


def _reject(history: History) -> bool:
    role = None if history.own == GOLISKA else Role.MANAGER
    history.decide_to_move(Act.REJECT, Status.REJECTED, history.own, history.pick(words.REFUSALS), role)
    return False
