"""What förvaltning takes over with a solution, as far as the process knows it; how 3N stands is told on its page."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import costing
from ..costing import Entry
from ..models import Case
from .benefit_calculation import kronor


def handed_over(case: Case) -> list[tuple[str, str]]:
    """Each a name and what stands there, empty where it is missing. Two statements."""
    maintained_by = Case.objects.filter(pk=case.pk).values_list("managed_by__short_name", flat=True).get()
    return [
        (_("Förvaltningsobjekt"), case.managed_object),
        (_("Organisation som förvaltar"), maintained_by or ""),
        (_("Löpande kostnad per år"), _a_year(case)),
    ]


def _a_year(case: Case) -> str:
    """What runs today: what it costs, else what it is budgeted to."""
    running = case.costs.standing().running()
    entries = [Entry(one.kind, one.value, one.amount, one.date, one.until, runs=True) for one in running]
    sums = costing.a_year(entries, timezone.localdate())
    amount = sums.actual if sums.actual is not None else sums.budget
    return "" if amount is None else kronor(amount)
