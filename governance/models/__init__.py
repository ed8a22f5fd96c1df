"""Who decides, in which order: the case, its log, decisions, participation, stages and costs."""

from .cases import Case, CaseQuerySet, Motive, Principle, ProcessSettings, Referral
from .cost_sharing import CostSharing, GivenShare
from .decisions import (
    Commitment,
    Decision,
    InterestAnswer,
    ItAssessment,
    Stance,
)
from .events import Event, EventQuerySet
from .ledger import Ending, Participation, ParticipationRole
from .mail import Mail, MailChoice, MailQuerySet, Notice
from .work import Cost, CostKind, CostValue, Outcome, Stage, StageType

__all__ = [
    "Case",
    "CaseQuerySet",
    "Commitment",
    "Cost",
    "CostKind",
    "CostSharing",
    "CostValue",
    "Decision",
    "Ending",
    "Event",
    "EventQuerySet",
    "GivenShare",
    "InterestAnswer",
    "ItAssessment",
    "Mail",
    "MailChoice",
    "MailQuerySet",
    "Motive",
    "Notice",
    "Outcome",
    "Participation",
    "ParticipationRole",
    "Principle",
    "ProcessSettings",
    "Referral",
    "Stage",
    "StageType",
    "Stance",
]
