"""What came of it, recorded: one function a business act."""

from .approving import approve_report, read_report, return_report, review_report
from .capacity import state_capacity
from .outcomes import confirm_benefit, record_adoption

__all__ = [
    "approve_report",
    "confirm_benefit",
    "read_report",
    "record_adoption",
    "return_report",
    "review_report",
    "state_capacity",
]
