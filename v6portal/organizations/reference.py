"""The eight organisations as they are shipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .models import Organisation


def load(organisations: Iterable[Mapping[str, Any]]) -> int:
    """Adds the organisations whose key is missing and returns how many that were.

    What an administrator has changed stays: the shipped populations (2024, rounded to hundreds) are starting
    values, to be replaced with the official ones.
    """
    known = set(Organisation.objects.values_list("key", flat=True))
    missing = [Organisation(**row) for row in organisations if row["key"] not in known]
    return len(Organisation.objects.bulk_create(missing))
