"""B5e: how long it takes from the idea to the start of work; and which initiatives B5 is about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .amounts import median
from .base import Figures, Indicator, Part, Section
from .reading import Reading

INITIATIVES = """
with started as (
    select stage.case_id, min(stage.start) as started_on
    from governance_stage stage
    join initiatives_initiative i on i.id = stage.case_id
    where stage.type = any(%(starting)s) and stage.start between i.shared_on and %(per)s
        and (%(cases)s::bigint[] is null or stage.case_id = any(%(cases)s))
    group by stage.case_id
), gone_back as (
    select distinct back.case_id from governance_event back
    where back.kind = %(returned)s and back.occurred_on <= %(eve)s and not exists (
        select from governance_event again
        where again.case_id = back.case_id and again.to_status = %(received)s and again.occurred_on <= %(eve)s
            and (again.occurred_at, again.id) > (back.occurred_at, back.id)
    ) and (%(cases)s::bigint[] is null or back.case_id = any(%(cases)s))
)
select i.id, i.reference, i.submitted_on, i.shared_on, started.started_on,
    coalesce(present.to_status = any(%(waiting)s), false) as is_waiting,
    coalesce(earlier.to_status = any(%(ended)s), false) or gone_back.case_id is not null as was_closed
from initiatives_initiative i
left join started on started.case_id = i.id
left join gone_back on gone_back.case_id = i.id
left join lateral (
    select e.to_status from governance_event e
    where e.case_id = i.id and e.to_status <> '' and e.occurred_on <= %(per)s
    order by e.occurred_on desc, e.occurred_at desc, e.id desc limit 1
) present on true
left join lateral (
    select e.to_status from governance_event e
    where e.case_id = i.id and e.to_status <> '' and e.occurred_on <= %(eve)s
    order by e.occurred_on desc, e.occurred_at desc, e.id desc limit 1
) earlier on true
where i.shared_on <= %(per)s and (%(cases)s::bigint[] is null or i.id = any(%(cases)s))
"""


def initiatives(reading: Reading) -> list[Any]:
    """What has come to V6 and was not closed on the day before the half-year began, by reference."""
    found = [row for row in reading.rows(INITIATIVES) if not row.was_closed]
    return sorted(found, key=lambda row: row.reference)


def time_to_start(initiative: Any) -> Figures:
    """When förstudie, uppdrag or projekt began, and how many days after it came to V6 and was submitted."""
    start = initiative.started_on
    return {
        "start": start and start.isoformat(),
        "dagar_fran_v6": start and (start - initiative.shared_on).days,
        "dagar_fran_inskickat": start and (start - initiative.submitted_on).days,
    }


def started(reading: Reading) -> Figures:
    """Over the whole report: those that started in the half-year, and the medians of how long it took."""
    rows = [r for r in reading.rows(INITIATIVES) if r.started_on and r.started_on >= reading.period.first]
    return {
        "antal": len(rows),
        "referenser": sorted(row.reference for row in rows),
        "median_dagar_fran_v6": median([(row.started_on - row.shared_on).days for row in rows]),
        "median_dagar_fran_inskickat": median([(row.started_on - row.submitted_on).days for row in rows]),
    }


def waiting(reading: Reading) -> Figures:
    """Over the whole report: those that wait for a start at the end of the half-year, and their median age."""
    rows = [row for row in reading.rows(INITIATIVES) if row.is_waiting]
    return {
        "antal": len(rows),
        "referenser": sorted(row.reference for row in rows),
        "median_alder_fran_v6": median([(reading.per - row.shared_on).days for row in rows]),
        "median_alder_fran_inskickat": median([(reading.per - row.submitted_on).days for row in rows]),
    }


B5E = Indicator(
    code="B5e",
    section=Section.V6,
    wording="Tid från inskickat initiativ till start av förstudie, uppdrag eller projekt",
    definition=_(
        "Kalenderdagar från Inkommet till V6, och bredvid från Inskickat, till den första förstudie, det första "
        "uppdrag eller det första projekt som började i V6. För hela rapporten visas medianen för dem som startade "
        "under halvåret och, för sig, hur många som väntar på start den sista dag som räknas med och deras medianålder."
    ),
    path=("B5e",),
    per_initiative=True,
    totals=(
        Part("B5e_startade", _("startade under halvåret")),
        Part("B5e_vantande", _("väntar på start")),
    ),
)
