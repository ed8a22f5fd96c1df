"""What is proposed and what it scores."""

from .agreements import JointMark
from .answers import ANSWERS, name_of_answer
from .assessment_models import AssessmentModel, Axis, Criterion, GateQuestion, Level
from .attachments import Attachment, AttachmentQuerySet
from .benefit_calculations import BenefitCalculation, CalculationLine
from .dismissals import Dismissal, Side
from .gate_answers import DO_NOT_KNOW, GateAnswer, GateReply, needs_preparation
from .initiatives import (
    Initiative,
    InitiativeQuerySet,
    ReferenceCounter,
    Revision,
    SecrecyMarking,
    SecrecyReader,
    visible_to,
)
from .rounds import Assessment, Round, Score
from .scenarios import Scenario
from .watches import Watch

__all__ = [
    "ANSWERS",
    "DO_NOT_KNOW",
    "Assessment",
    "AssessmentModel",
    "Attachment",
    "AttachmentQuerySet",
    "Axis",
    "BenefitCalculation",
    "CalculationLine",
    "Criterion",
    "Dismissal",
    "GateAnswer",
    "GateQuestion",
    "GateReply",
    "Initiative",
    "InitiativeQuerySet",
    "JointMark",
    "Level",
    "ReferenceCounter",
    "Revision",
    "Round",
    "Scenario",
    "Score",
    "SecrecyMarking",
    "SecrecyReader",
    "Side",
    "Watch",
    "name_of_answer",
    "needs_preparation",
    "visible_to",
]
