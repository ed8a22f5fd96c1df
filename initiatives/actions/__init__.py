"""The business acts on an initiative and its assessment. The log is kept by governance, which calls these."""

from .assessing import (
    answer_gate,
    close_round,
    declare_conflict,
    hand_in,
    open_round,
    save_scores,
    summarise,
)
from .comparing import dismiss, take_back_dismissal
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
)

__all__ = [
    "answer_gate",
    "close_round",
    "create_draft",
    "declare_conflict",
    "delete_draft",
    "dismiss",
    "hand_in",
    "lift_secrecy",
    "mark_secret",
    "missing_fields",
    "next_reference",
    "open_round",
    "revise",
    "save_scores",
    "share",
    "submit",
    "summarise",
    "take_back_dismissal",
    "unwatch",
    "update_draft",
    "watch",
]
