"""What came of it, recorded: one function a business act."""

from .approving import approve_report, read_report, return_report, review_report
from .capacity import state_capacity
from .measures import change_measure, note_points, retire_measure, save_measure
from .outcomes import confirm_benefit, record_adoption
from .survey_answers import hand_in_answers, save_answers
from .surveys import close_overdue, close_survey, open_survey, prepare_survey

__all__ = [
    "approve_report",
    "change_measure",
    "close_overdue",
    "close_survey",
    "confirm_benefit",
    "hand_in_answers",
    "note_points",
    "open_survey",
    "prepare_survey",
    "read_report",
    "record_adoption",
    "retire_measure",
    "return_report",
    "review_report",
    "save_answers",
    "save_measure",
    "state_capacity",
]
