"""What came of it, recorded: one function a business act."""

from .capacity import state_capacity
from .outcomes import confirm_benefit, record_adoption
from .survey_answers import hand_in_answers, save_answers
from .surveys import close_overdue, close_survey, open_survey, prepare_survey

__all__ = [
    "close_overdue",
    "close_survey",
    "confirm_benefit",
    "hand_in_answers",
    "open_survey",
    "prepare_survey",
    "record_adoption",
    "save_answers",
    "state_capacity",
]
