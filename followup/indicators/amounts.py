"""Exact money and medians: kronor are rounded half up, once, at the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

ORE = 100


def kronor(amount: Decimal | None) -> str | None:
    """An exact sum in kronor as text with two decimals; nothing stays nothing."""
    return None if amount is None else f"{amount:.2f}"


def accrued(kronor_days: Decimal | None, days_of_year: int) -> str | None:
    """What yearly amounts come to: Σ yearly amount × days, divided by the days of that year, rounded half up."""
    if kronor_days is None:
        return None
    ore = (2 * int(kronor_days * ORE) + days_of_year) // (2 * days_of_year)
    return f"{ore // ORE}.{ore % ORE:02}"


def together(*amounts: Decimal | None) -> Decimal | None:
    """The sum of what is known; nothing if nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def median(days: Sequence[int]) -> int | float | None:
    """The median of whole days: an int, or a float that ends in .5; None of nothing."""
    if not days:
        return None
    ordered = sorted(days)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high) // 2 if (low + high) % 2 == 0 else (low + high) / 2
