"""What came of it: införanden, confirmations, IT capacity, half-year reports, surveys; and files that are made."""

from .capacity import Capacity
from .ordered import OrderedFile
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
    "OrderedFile",
    "Question",
    "Questionnaire",
    "ReportReading",
    "Survey",
    "SurveyAnswer",
    "SurveyDraft",
    "SurveyResponse",
    "SurveyText",
]
