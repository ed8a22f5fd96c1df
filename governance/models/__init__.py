"""Who decides, in which order: the case, its log, decisions, participation, stages, costs and meetings."""

from .agendas import Adjuster, AgendaItem, ItemConflict, ItemStance, Protocol
from .cases import AnswersShown, Case, CaseQuerySet, Motive, Principle, ProcessSettings, Referral
from .cost_sharing import CostSharing, GivenShare
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
from .entries import Entry
from .events import Event, EventQuerySet
from .evidence import Evidence, EvidenceKind
from .following_up import FollowUp
from .handing import Handing
from .ledger import Ending, Participation, ParticipationRole
from .mail import Mail, MailChoice, MailQuerySet, Notice, ReminderRound
from .meetings import Attendance, Meeting, MeetingQuerySet, RecommendationTemplate, Series, reads_meetings
from .plans import ComingStage, EarlierPlan
from .record import LogCheck, RetentionRule
from .work import Cost, CostKind, CostValue, Outcome, Stage, StageType

__all__ = [
    "Adjuster",
    "AgendaItem",
    "AnswersShown",
    "Attendance",
    "Case",
    "CaseQuerySet",
    "ComingStage",
    "Commitment",
    "Cost",
    "CostKind",
    "CostSharing",
    "CostValue",
    "Decision",
    "DecisionCounter",
    "DecisionQuerySet",
    "EarlierPlan",
    "Ending",
    "Entry",
    "Event",
    "EventQuerySet",
    "Evidence",
    "EvidenceKind",
    "FollowUp",
    "GivenShare",
    "Handing",
    "InterestAnswer",
    "ItAssessment",
    "ItemConflict",
    "ItemStance",
    "LogCheck",
    "Mail",
    "MailChoice",
    "MailQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Motive",
    "Notice",
    "Outcome",
    "Participation",
    "ParticipationRole",
    "Principle",
    "ProcessSettings",
    "Protocol",
    "RecommendationTemplate",
    "Referral",
    "ReminderRound",
    "Reporting",
    "RetentionRule",
    "Series",
    "Stage",
    "StageType",
    "Stance",
    "reads_meetings",
]
