"""What came of it: införanden, confirmations of benefit, Göliska IT's capacity; and files that are being made."""

from .capacity import Capacity
from .ordered import OrderedFile
from .outcomes import Adoption, Confirmation

__all__ = ["Adoption", "Capacity", "Confirmation", "OrderedFile"]
