"""What came of it, recorded: one function a business act."""

from .approving import approve_report, read_report, return_report, review_report
from .capacity import state_capacity
from .outcomes import confirm_benefit, record_adoption
from .survey_answers import hand_in_answers, save_answers
from .surveys import close_overdue, close_survey, open_survey, prepare_survey

__all__ = [
    "approve_report",
    "close_overdue",
    "close_survey",
    "confirm_benefit",
    "hand_in_answers",
    "open_survey",
    "prepare_survey",
    "read_report",
    "record_adoption",
    "return_report",
    "review_report",
    "save_answers",
    "state_capacity",
]
