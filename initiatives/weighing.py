"""Weights that make exactly a hundred. Plain Python, no database.

An administrator may think in 3, 2 and 1; what is published sums to 100. Source: docs/bedomning.md, *Versioner*.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

WHOLE = 100
"""What the weights of a published version sum to."""
SMALLEST = Decimal("0.01")
"""Weights are kept in hundredths."""


def to_hundred(weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The same proportions in hundredths that sum to exactly 100, in the order given.

    By the largest remainder: each is rounded down, and the hundredths that are left go to those that lost most, of
    equals to the first. None becomes nothing: what would be rounded to 0 is 0,01, taken from the largest. Raises
    ValueError for a weight that is not positive, and for more weights than there are hundredths.
    """
    if any(weight <= 0 for weight in weights):
        raise ValueError("a weight is not positive")
    hundredths = int(WHOLE / SMALLEST)
    if len(weights) > hundredths:
        raise ValueError("more weights than hundredths")
    whole = sum(map(Fraction, weights))
    exact = [Fraction(weight) * hundredths / whole for weight in weights]
    shares = [floor(share) for share in exact]
    lost = sorted(range(len(exact)), key=lambda place: shares[place] - exact[place])
    for place in lost[: hundredths - sum(shares)] if shares else []:
        shares[place] += 1
    for place in [place for place, share in enumerate(shares) if share == 0]:
        shares[shares.index(max(shares))] -= 1
        shares[place] = 1
    return tuple(share * SMALLEST for share in shares)
