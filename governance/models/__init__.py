"""Who decides, in which order: the case, its log, decisions, participation, stages and costs."""

from .cases import Case, CaseQuerySet, Motive, Principle, ProcessSettings, Referral
from .decisions import (
    Commitment,
    Decision,
    DecisionCounter,
    DecisionQuerySet,
    InterestAnswer,
    ItAssessment,
    Reporting,
    Stance,
)
from .events import Event, EventQuerySet
from .ledger import Ending, Participation, ParticipationRole
from .mail import Mail, MailChoice, MailQuerySet, Notice
from .record import LogCheck, RetentionRule
from .work import Cost, CostKind, CostValue, Outcome, Stage, StageType

__all__ = [
    "Case",
    "CaseQuerySet",
    "Commitment",
    "Cost",
    "CostKind",
    "CostValue",
    "Decision",
    "DecisionCounter",
    "DecisionQuerySet",
    "Ending",
    "Event",
    "EventQuerySet",
    "InterestAnswer",
    "ItAssessment",
    "LogCheck",
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
    "Reporting",
    "RetentionRule",
    "Stage",
    "StageType",
    "Stance",
]
