"""What is proposed and what it scores."""

from .assessment_models import AssessmentModel, Axis, Criterion, GateQuestion, Level
from .dismissals import Dismissal, Side
from .initiatives import (
    Initiative,
    InitiativeQuerySet,
    ReferenceCounter,
    Revision,
    SecrecyMarking,
    SecrecyReader,
    visible_to,
)
from .rounds import Assessment, GateAnswer, GateReply, Round, Score
from .watches import Watch

__all__ = [
    "Assessment",
    "AssessmentModel",
    "Axis",
    "Criterion",
    "Dismissal",
    "GateAnswer",
    "GateQuestion",
    "GateReply",
    "Initiative",
    "InitiativeQuerySet",
    "Level",
    "ReferenceCounter",
    "Revision",
    "Round",
    "Score",
    "SecrecyMarking",
    "SecrecyReader",
    "Side",
    "Watch",
    "visible_to",
]
