"""How far apart the assessors are, to talk first about what divides most. Plain functions."""

from __future__ import annotations

from fractions import Fraction

from .scoring import Aggregate


def spread(joint: Aggregate) -> Fraction | None:
    """0 to 4: the range of each answered criterion, weighed together; None when nothing is answered.

    A criterion settled in a meeting counts as 0: nobody is apart on it any more.
    """
    weights = {term.code: term.weight for term in joint.terms}
    apart = [
        weights[result.code] * (0 if result.agreed is not None else result.range or 0)
        for result in joint.criteria
        if result.code in weights
    ]
    return sum(apart, Fraction(0)) / sum(weights.values()) if weights else None
