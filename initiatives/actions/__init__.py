"""The business acts on an initiative and its assessment. The log is kept by governance, which calls these."""

from .agreeing import agree
from .assessing import (
    answer_gate,
    changed_replies,
    close_round,
    declare_conflict,
    hand_in,
    open_round,
    save_scores,
    summarise,
)
from .attaching import Received, attach, attach_evidence, receive, remove_attachment, throw_away
from .authorship import add_co_author, may_write_for, remove_co_author, write_for
from .calculating import save_calculation
from .comparing import dismiss, take_back_dismissal
from .scenarios import delete_scenario, save_scenario
from .watching import unwatch, watch
from .writing import (
    create_draft,
    delete_draft,
    lift_secrecy,
    mark_secret,
    missing_fields,
    next_reference,
    revise,
    share,
    submit,
    update_draft,
    would_change,
)

__all__ = [
    "Received",
    "add_co_author",
    "agree",
    "answer_gate",
    "attach",
    "attach_evidence",
    "changed_replies",
    "close_round",
    "create_draft",
    "declare_conflict",
    "delete_draft",
    "delete_scenario",
    "dismiss",
    "hand_in",
    "lift_secrecy",
    "mark_secret",
    "may_write_for",
    "missing_fields",
    "next_reference",
    "open_round",
    "receive",
    "remove_attachment",
    "remove_co_author",
    "revise",
    "save_calculation",
    "save_scenario",
    "save_scores",
    "share",
    "submit",
    "summarise",
    "take_back_dismissal",
    "throw_away",
    "unwatch",
    "update_draft",
    "watch",
    "would_change",
    "write_for",
]
