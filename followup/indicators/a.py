"""Group A: the kommun's own process."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import Figures, Indicator, Section
from .reading import Reading

SUBMITTED = """
select i.organisation_id, i.reference, coalesce(status.to_status = %(duplicate)s, false) as is_duplicate
from initiatives_initiative i
left join lateral (
    select e.to_status from governance_event e
    where e.case_id = i.id and e.to_status <> '' and e.occurred_on <= %(per)s
    order by e.occurred_on desc, e.occurred_at desc, e.id desc limit 1
) status on true
where i.submitted_on between %(first)s and %(per)s
"""


def submitted(reading: Reading) -> Figures:
    """Initiatives first submitted in the half-year, by organisation, and which of them ended as duplicates."""
    by_organisation: dict[int, list[Any]] = defaultdict(list)
    for row in reading.rows(SUBMITTED):
        by_organisation[row.organisation_id].append(row)
    counted = {o: _counted(by_organisation[o.pk]) for o in reading.organisations}
    kommuner = {o.short_name: figures for o, figures in counted.items() if o.is_kommun}
    return {
        "per_kommun": kommuner,
        "summa_kommuner": {
            "antal": sum(figures["antal"] for figures in kommuner.values()),
            "varav_dubbletter": sum(figures["varav_dubbletter"] for figures in kommuner.values()),
        },
        "goliska_it": next(figures for o, figures in counted.items() if not o.is_kommun),
    }


def _counted(rows: list[Any]) -> Figures:
    duplicates = sorted(row.reference for row in rows if row.is_duplicate)
    return {
        "antal": len(rows),
        "varav_dubbletter": len(duplicates),
        "referenser": sorted(row.reference for row in rows),
        "dubbletter": duplicates,
    }


A1 = Indicator(
    code="A1",
    section=Section.KOMMUN,
    wording="Antal inkomna digitaliseringsinitiativ redovisat per kommun",
    definition=_(
        "Initiativ som skickades in första gången under halvåret, efter inlämnarens organisation. Det som senare "
        "återtagits, avslagits eller visat sig vara en dubblett räknas fortfarande; ”varav dubbletter” är de som "
        "har status Dubblett den sista dag som räknas med. Göliska IT är ingen kommun och ingår inte i summan."
    ),
    path=("A1",),
    count=submitted,
)
