"""Who decides, in which order: the case, its log, decisions, participation, stages and costs."""

from .cases import Case, CaseQuerySet, Motive, Principle, ProcessSettings, Referral
from .decisions import (
    Commitment,
    Decision,
    InterestAnswer,
    ItAssessment,
    Stance,
)
from .events import Event, EventQuerySet
from .evidence import Evidence, EvidenceKind
from .ledger import Ending, Participation, ParticipationRole
from .mail import Mail, MailChoice, MailQuerySet, Notice
from .plans import ComingStage, EarlierPlan
from .work import Cost, CostKind, CostValue, Outcome, Stage, StageType

__all__ = [
    "Case",
    "CaseQuerySet",
    "ComingStage",
    "Commitment",
    "Cost",
    "CostKind",
    "CostValue",
    "Decision",
    "EarlierPlan",
    "Ending",
    "Event",
    "EventQuerySet",
    "Evidence",
    "EvidenceKind",
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
