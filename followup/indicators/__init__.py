"""The half-yearly indicators, in the order of the project report VDT-22, section 6 (Uppföljningsplan)."""

from .a import A1
from .b import B1, B2, B3, B4
from .b5 import B5, B5A, B5B, initiative_rows
from .b5_costs import B5C, B5D
from .b5_time import B5E, initiatives
from .base import Figures, Indicator, Part, Section
from .c import C1, C2
from .local import LOCAL
from .reading import Reading

INDICATORS: tuple[Indicator, ...] = (A1, B1, B2, B3, B4, B5, B5A, B5B, B5C, B5D, B5E, C1, C2, *LOCAL)

__all__ = ["INDICATORS", "Figures", "Indicator", "Part", "Reading", "Section", "initiative_rows", "initiatives"]
