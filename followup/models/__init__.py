"""What came of it: införanden, confirmations of benefit, Göliska IT's capacity, and the survey."""

from .capacity import Capacity
from .outcomes import Adoption, Confirmation
from .questionnaires import Question, Questionnaire
from .surveys import Invitation, Survey, SurveyAnswer, SurveyDraft, SurveyResponse, SurveyText

__all__ = [
    "Adoption",
    "Capacity",
    "Confirmation",
    "Invitation",
    "Question",
    "Questionnaire",
    "Survey",
    "SurveyAnswer",
    "SurveyDraft",
    "SurveyResponse",
    "SurveyText",
]
