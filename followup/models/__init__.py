"""What came of it: införanden, confirmations of benefit, Göliska IT's capacity, and the reports of half-years."""

from .capacity import Capacity
from .outcomes import Adoption, Confirmation
from .reports import HalfYearReport, ReportReading

__all__ = ["Adoption", "Capacity", "Confirmation", "HalfYearReport", "ReportReading"]
