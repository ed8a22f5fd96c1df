"""Who decides, in which order: the case, its log, decisions, participation, stages and costs."""

from .cases import AnswersShown, Case, CaseQuerySet, Motive, Principle, ProcessSettings, Referral
from .decisions import (
    Commitment,
    Decision,
    InterestAnswer,
    ItAssessment,
    Stance,
)
from .events import Event, EventQuerySet
from .ledger import Ending, Participation, ParticipationRole
from .mail import Mail, MailChoice, MailQuerySet, Notice, ReminderRound
from .work import Cost, CostKind, CostValue, Outcome, Stage, StageType

__all__ = [
    "AnswersShown",
    "Case",
    "CaseQuerySet",
    "Commitment",
    "Cost",
    "CostKind",
    "CostValue",
    "Decision",
    "Ending",
    "Event",
    "EventQuerySet",
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
    "ReminderRound",
    "Stage",
    "StageType",
    "Stance",
]
