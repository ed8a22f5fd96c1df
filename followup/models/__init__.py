"""What came of it: införanden, confirmations, benefit, Göliska IT's capacity, reports, surveys and saved measures."""

from .benefits import RealisedBenefit
from .capacity import Capacity
from .measures import Measure, MeasurePoint
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
    "Measure",
    "MeasurePoint",
    "Question",
    "Questionnaire",
    "RealisedBenefit",
    "ReportReading",
    "Survey",
    "SurveyAnswer",
    "SurveyDraft",
    "SurveyResponse",
    "SurveyText",
]
