"""The eight organisations as they are shipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .models import Organisation, Population

FIGURES = ("population", "population_year")
SHIPPED = "Avrundat. Följer med portalen."


def load(organisations: Iterable[Mapping[str, Any]]) -> int:
    """Adds the organisations whose key is missing, with their population, and returns how many that were.

    What an administrator has changed stays: the shipped populations (2024, rounded to hundreds) are starting
    values, to be replaced with the official ones.
    """
    known = set(Organisation.objects.values_list("key", flat=True))
    missing = [row for row in organisations if row["key"] not in known]
    added = Organisation.objects.bulk_create(_without_figures(row) for row in missing)
    Population.objects.bulk_create(
        Population(
            organisation=organisation, year=row["population_year"], inhabitants=row["population"], source=SHIPPED
        )
        for organisation, row in zip(added, missing, strict=True)
        if row["population"]
    )
    return len(added)


def _without_figures(row: Mapping[str, Any]) -> Organisation:
    return Organisation(**{name: value for name, value in row.items() if name not in FIGURES})
