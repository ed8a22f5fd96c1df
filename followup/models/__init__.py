"""What came of it: införanden, confirmations and what the benefit came to, Göliska IT's capacity, saved measures."""

from .benefits import RealisedBenefit
from .capacity import Capacity
from .measures import Measure, MeasurePoint
from .outcomes import Adoption, Confirmation

__all__ = ["Adoption", "Capacity", "Confirmation", "Measure", "MeasurePoint", "RealisedBenefit"]
