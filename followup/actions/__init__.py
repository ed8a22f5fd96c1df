"""What came of it, recorded: one function a business act."""

from .capacity import state_capacity
from .measures import change_measure, note_points, retire_measure, save_measure
from .outcomes import confirm_benefit, record_adoption

__all__ = [
    "change_measure",
    "confirm_benefit",
    "note_points",
    "record_adoption",
    "retire_measure",
    "save_measure",
    "state_capacity",
]
