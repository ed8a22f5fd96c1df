"""The second process, *V6 Effektfull samverkan digitalisering*: from one kommun's offer to a decision to start."""

from __future__ import annotations

from governance.acts import Act
from governance.models import Motive, ParticipationRole
from governance.statuses import Status
from initiatives.models import Level
from v6portal.organizations.roles import Role

from . import answers
from .history import History
from .ledger import Ledger
from .people import GOLISKA, KOMMUNER, V6
from .plans import Fate

C = Role.COORDINATOR


def send(history: History, ledger: Ledger) -> None:
    """The decision that shows it to all eight; a kommun leads from that day."""
    history.decide_to_move(Act.SEND_TO_V6, Status.V6_RECEIVED, history.own)
    history.initiative["motive"] = history.pick(list(Motive.values))
    ledger.begin(history.pick(KOMMUNER) if history.own == GOLISKA else history.own, ParticipationRole.LEADS)


def collaborate(history: History, ledger: Ledger, original: str) -> bool:
    """From *Inkommet till V6* to *Inför beslut om start*; False where it ends on the way."""
    history.wait(2, 20)
    history.move(Act.V6_START, Status.V6_QUALIFYING, C, V6)
    history.wait(2, 12)
    if history.plan.fate is Fate.V6_DUPLICATE and original:
        history.move(Act.MARK_DUPLICATE, Status.DUPLICATE, C, V6, f"Samma behov som {original}.")
        history.initiative["duplicate_of"] = original
        return False
    answers.answer_questions(history, Level.V6, C, V6)
    history.wait(0.5, 4)
    if history.plan.fate is Fate.V6_RETURNED and history.chance(0.5):
        return _return(history)
    history.move(Act.V6_QUALIFY, Status.INTEREST, C, V6)
    _ask_the_kommuner(history, ledger)
    if history.plan.fate is Fate.V6_RETURNED:
        return _return(history)
    _close_the_inquiry(history)
    return _prioritise(history, ledger)


def _return(history: History) -> bool:
    history.move(
        Act.RETURN_TO_KOMMUN, Status.PRIORITISED, C, V6, "Intresset är för litet för att göra det tillsammans."
    )
    return False


def _ask_the_kommuner(history: History, ledger: Ledger) -> None:
    """Each director answers in the weeks that follow; at least one more kommun takes part."""
    asked = [name for name in KOMMUNER if name != history.leading]
    history.rng.shuffle(asked)
    willing = history.rng.randint(1, 4)
    for number, kommun in enumerate(asked):
        history.wait(0.5, 5)
        if number < willing:
            history.decide(Act.ANSWER_INTEREST, kommun, f"Delta. {kommun} har samma behov.")
            ledger.begin(kommun, ParticipationRole.TAKES_PART)
        elif history.chance(0.8):
            history.decide(Act.ANSWER_INTEREST, kommun, "Avvakta. Frågan återkommer i nästa budget.")
            if history.chance(0.3):
                ledger.follow(kommun)


def _close_the_inquiry(history: History) -> None:
    history.wait(2, 10)
    if history.plan.asks_goliska:
        history.move(Act.ASK_GOLISKA, Status.IT_ASSESSMENT, C, V6)
        history.wait(5, 35)
        history.log(Act.DRAFT_IT_ASSESSMENT, Role.IT_OFFICER, GOLISKA)
        history.wait(0.5, 5)
        history.move(
            Act.IT_ASSESS, Status.V6_PRIORITISING, Role.IT_OFFICER, GOLISKA, "Ryms i planen, liten påverkan på driften."
        )
    else:
        history.move(Act.CLOSE_INTEREST, Status.V6_PRIORITISING, C, V6)


def _prioritise(history: History, ledger: Ledger) -> bool:
    answers.assess_in_v6(history, ledger.participants)
    history.wait(1, 10)
    if history.chance(0.6):
        history.log(Act.RECOMMEND, Role.NETWORK, V6, "Chefsnätverket tillstyrker.")
        history.wait(1, 10)
    history.move(Act.V6_PRIORITISE, Status.AWAITING_START, C, V6)
    if history.plan.asks_goliska and history.chance(0.5):
        history.wait(2, 12)
        history.decide(Act.DECIDE_COMMITMENT, GOLISKA)
    history.wait(3, 30)
    if history.plan.fate is Fate.V6_ENDED and history.chance(0.4):
        history.decide_to_move(Act.END_UNREALISED, Status.ENDED_UNREALISED, history.leading)
        return False
    return True
