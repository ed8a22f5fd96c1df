"""What came of it, recorded: one function a business act."""

from .capacity import state_capacity
from .outcomes import confirm_benefit, record_adoption

__all__ = ["confirm_benefit", "record_adoption", "state_capacity"]
