"""What came of it: införanden, confirmations, benefit, IT capacity, reports, surveys, measures, files that are made."""

from .benefits import RealisedBenefit
from .capacity import Capacity
from .measures import Measure, MeasurePoint
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
    "Measure",
    "MeasurePoint",
    "OrderedFile",
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
