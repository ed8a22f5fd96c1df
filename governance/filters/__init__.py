"""What narrows and orders the lists: everything stands in the address."""

from .ranking import RankingFilter
from .register import VIEWS, Applied, RegisterFilter

__all__ = ["VIEWS", "Applied", "RankingFilter", "RegisterFilter"]
