"""The solutions in use on a day, with everything that had been said of their benefit by then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from initiatives.benefit_calculation import calculate
from initiatives.models import BenefitCalculation, Initiative

from ..models import Adoption, Confirmation, RealisedBenefit
from ..realised import Adopted, Outcome, outcome
from .report import Report


@dataclass
class Solutions:
    """The solutions in use on a day, with everything that had been said of their benefit by then."""

    per: dt.date
    adoptions: list[Adopted]
    confirmations: dict[int, dict[str, bool]]
    outcomes: dict[int, Outcome]
    initiatives: dict[int, Initiative]

    def of_kommun(self, organisation: int) -> Solutions:
        """Those that the kommun has in use, with its own införanden; what they came to is still of all together."""
        own = [one for one in self.adoptions if one.organisation == organisation]
        initiatives = {one.case: self.initiatives[one.case] for one in own}
        return replace(self, adoptions=own, initiatives=initiatives)

    def seen(self, cases: Iterable[int], report: Report) -> list[int]:
        return [case for case in cases if self.initiatives[case].reference not in report.hidden]


def solutions(per: dt.date) -> Solutions:
    """Six statements, however many there are."""
    rows = list(Adoption.objects.filter(in_use_on__lte=per).order_by("in_use_on", "pk"))
    cases = {row.case_id for row in rows}
    said = list(Confirmation.objects.filter(case__in=cases, date__lte=per).order_by("date", "pk"))
    days: dict[tuple[int, int | None], list[dt.date]] = defaultdict(list)
    state: dict[int, dict[str, bool]] = defaultdict(dict)
    for one in said:
        days[one.case_id, one.organisation_id].append(one.date)
        state[one.case_id][one.kind] = one.holds
    adoptions = [
        Adopted(
            row.case_id,
            row.organisation_id,
            row.in_use_on,
            (*days[row.case_id, row.organisation_id], *days[row.case_id, None]),
        )
        for row in rows
    ]
    initiatives = Initiative.objects.only("reference", "title", "shared_on", "is_secret").in_bulk(cases)
    return Solutions(per, adoptions, state, _outcomes(cases, per), initiatives)


def _outcomes(cases: Iterable[int], per: dt.date) -> dict[int, Outcome]:
    """By the calculation that counted on the day, and what each kommun had said by then."""
    listed = list(cases)
    versions = BenefitCalculation.objects.filter(initiative__in=listed, made_at__date__lte=per)
    latest = {one.initiative_id: one for one in versions.order_by("number").prefetch_related("lines")}
    said: dict[int, list[RealisedBenefit]] = defaultdict(list)
    for row in RealisedBenefit.objects.filter(case__in=listed, date__lte=per).order_by("date", "pk"):
        said[row.case_id].append(row)
    return {case: _outcome(latest.get(case), said[case]) for case in listed}


def _outcome(version: BenefitCalculation | None, said: Sequence[RealisedBenefit]) -> Outcome:
    if version is None:
        return outcome(None, None, said)
    expected = calculate(version.assumptions(version.lines.all()))
    return outcome(expected.assumptions.hours_per_year, expected.financial, said)
