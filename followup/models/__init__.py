"""What came of it: införanden, confirmations, Göliska IT's capacity, half-year reports and surveys."""

from .capacity import Capacity
from .outcomes import Adoption, Confirmation
from .questionnaires import Question, Questionnaire
from .reports import HalfYearReport, ReportReading
from .surveys import Invitation, Survey, SurveyAnswer, SurveyDraft, SurveyResponse, SurveyText

__all__ = [
    "Adoption",
    "Capacity",
    "Confirmation",
    "HalfYearReport",
    "Invitation",
    "Question",
    "Questionnaire",
    "ReportReading",
    "Survey",
    "SurveyAnswer",
    "SurveyDraft",
    "SurveyResponse",
    "SurveyText",
]
