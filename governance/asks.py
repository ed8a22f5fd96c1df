"""What a step may ask for in its form; which step asks for what stands in the workflow table."""

from __future__ import annotations

from enum import Enum, auto


class Ask(Enum):
    """What a step asks for in its form."""

    MOTIVATION = auto()
    MISSING = auto()
    SUPPLEMENT = auto()
    REFERRAL = auto()
    ORIGINAL = auto()
    ORDER = auto()
    DECISION = auto()
    MOTIVE = auto()
    NOTICE = auto()
    LEADER = auto()
    REVIEW_DATE = auto()
    DEADLINE = auto()
    STANCE = auto()
    ANSWER = auto()
    IT_PARTS = auto()
    COMMITMENT = auto()
    START = auto()
    STAGE = auto()
    STAGE_END = auto()
    COST = auto()
    ADOPTION = auto()
    BENEFIT = auto()
    JOINING = auto()
    LEAVING = auto()
    SHARING = auto()
    MANAGED_OBJECT = auto()
    REGISTRY_NUMBER = auto()
    SECRECY = auto()
    REPLIES = auto()
    MARKS = auto()
    AMENDMENT = auto()
    CALCULATION = auto()
    AGREED = auto()
    ATTACHMENT = auto()
    CORRECTED = auto()
    RELEASED = auto()
    RETENTION = auto()
    TEXT = auto()
    NOTE = auto()
    COLLEAGUE = auto()
    IT_REQUEST = auto()
    MEETING = auto()
    PLAN = auto()
    EVIDENCE = auto()
