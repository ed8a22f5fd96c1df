"""Whose report it is: of all kommuner or of one, and how its addresses say so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from v6portal.organizations.models import Organisation, User

from ..periods import HalfYear
from .overview import Overview

EVERYBODY = "alla"
"""What an address says instead of a kommun's key."""


class Whose:
    """What a report knows by its kommun; the report itself has what is named here."""

    period: HalfYear
    overview: Overview
    organisations: Sequence[Organisation]
    kommun: Organisation | None

    @property
    def whose(self) -> str:
        """The short name of the kommun whose report it is; empty in that of all."""
        return self.kommun.short_name if self.kommun else ""

    @property
    def kommuner(self) -> list[Organisation]:
        return [organisation for organisation in self.organisations if organisation.is_kommun]

    @property
    def choice(self) -> str:
        """What stands after the address of a list or a file of the same kommun."""
        return f"?kommun={self.kommun.key}" if self.kommun else ""

    @property
    def query(self) -> str:
        """The same for the page, which is a kommun's own to its people unless it is told whose it is to be."""
        return f"kommun={self.kommun.key if self.kommun else EVERYBODY}"

    @property
    def order_query(self) -> str:
        """What a file of this report is asked for with, to be made in the background."""
        return f"period={self.period.code}" + (f"&kommun={self.kommun.key}" if self.kommun else "")

    @property
    def spent(self) -> Decimal | None:
        """B5c of all the rows, unless a kommun's sum would tell of rows that the reader may not see."""
        return None if self.withholds_costs else self.overview.spent

    @property
    def withholds_costs(self) -> bool:
        return bool(self.kommun and self.hidden_rows)

    @property
    def hidden_rows(self) -> int:
        """How many rows of B5 stand without a name."""
        raise NotImplementedError


def own_kommun(person: User) -> str:
    """The key of the kommun that the person acts for and whose figures meet her first; empty for everybody else."""
    places = {capacity.organisation for capacity in person.capacities}
    return next(iter(places)).key if len(places) == 1 and all(place.is_kommun for place in places) else ""
