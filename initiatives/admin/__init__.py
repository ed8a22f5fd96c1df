"""Versions of the assessment model to draft and publish, and what has been proposed and scored to look up."""

from .assessment_model import AssessmentModelAdmin
from .looking_up import AssessmentAdmin, InitiativeAdmin, RoundAdmin

__all__ = ["AssessmentAdmin", "AssessmentModelAdmin", "InitiativeAdmin", "RoundAdmin"]
