"""What came of it: införanden, confirmations of benefit, and Göliska IT's capacity."""

from .capacity import Capacity
from .outcomes import Adoption, Confirmation

__all__ = ["Adoption", "Capacity", "Confirmation"]
