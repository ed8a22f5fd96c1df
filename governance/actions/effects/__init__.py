"""What each act does besides moving the case and standing in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...acts import Act
from ...models import Case
from ..step import Step
from . import costs, evidence, handing, kommun, ledger, plans, record, rounds, sharing, v6, work

EFFECTS: dict[Act, Callable[[Step], None]] = {
    Act.SUBMIT: kommun.submit,
    Act.REQUEST_SUPPLEMENT: kommun.request_supplement,
    Act.SUPPLEMENT: kommun.supplement,
    Act.AMEND: kommun.amend,
    Act.REFER: kommun.refer,
    Act.MARK_DUPLICATE: kommun.mark_duplicate,
    Act.PRIORITISE: kommun.prioritise,
    Act.PAUSE: kommun.pause,
    Act.RESUME: kommun.resume,
    Act.ANSWER_GATE: kommun.answer_gate,
    Act.ASSESS: rounds.assess,
    Act.DECLARE_CONFLICT: rounds.declare_conflict,
    Act.CLOSE_ROUND: rounds.close,
    Act.AGREE: rounds.agree,
    Act.CALCULATE: kommun.calculate,
    Act.ATTACH: evidence.attach,
    Act.REMOVE_ATTACHMENT: evidence.remove_attachment,
    Act.SAME_NEED: kommun.same_need,
    Act.SET_REGISTRY_NUMBER: kommun.set_registry_number,
    Act.MARK_SECRET: kommun.mark_secret,
    Act.LIFT_SECRECY: kommun.lift_secrecy,
    Act.SEND_TO_V6: v6.send,
    Act.V6_QUALIFY: v6.ask_the_kommuner,
    Act.ASK_GOLISKA: v6.ask_goliska,
    Act.ANSWER_INTEREST: v6.answer,
    Act.DRAFT_IT_ASSESSMENT: v6.draft_it_assessment,
    Act.IT_ASSESS: v6.hand_in_it_assessment,
    Act.DECIDE_COMMITMENT: v6.decide_commitment,
    Act.V6_PRIORITISE: v6.prioritise,
    Act.DECIDE_START: v6.start,
    Act.RETURN_TO_KOMMUN: v6.return_to_kommun,
    Act.JOIN: ledger.join,
    Act.FOLLOW: ledger.follow,
    Act.UNFOLLOW: ledger.unfollow,
    Act.LEAVE: ledger.leave,
    Act.CHANGE_LEADER: ledger.change_leader,
    Act.SHARE_COSTS: sharing.share_costs,
    Act.START_STAGE: work.start_stage,
    Act.END_STAGE: work.end_stage,
    Act.REPLAN: plans.replan,
    Act.RECORD_COST: costs.record_cost,
    Act.RECORD_ADOPTION: work.record_adoption,
    Act.CONFIRM_BENEFIT: work.confirm_benefit,
    Act.NAME_OBJECT: work.name_object,
    Act.HAND_TASK: handing.hand,
    Act.PURGE: record.purge,
}

SAID: dict[Act, Callable[[Case, Mapping[str, Any]], dict[str, Any]]] = {
    Act.ANSWER_GATE: kommun.said_of_answers,
    Act.PURGE: record.said_of_purging,
    Act.REPLAN: plans.said_of_plan,
    Act.RECORD_COST: costs.said_of_cost,
    Act.ATTACH: evidence.said_of_attachment,
}
"""What the event says in words of what an act was given, beside what is given itself."""
