"""Freezing a report at its approval: everything that it shows, as one JSON text. See ``kept`` for reading it again.

Counted anew and not from memory; ``actions.approving`` keeps the log still meanwhile.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from governance.chain import head
from governance.models import Stage
from initiatives.models import Initiative
from v6portal.organizations.version import version

from ..actions.approving import Frozen
from ..indicators import INDICATORS, Figures, Section
from ..periods import HalfYear
from ..reports import compute
from .as_json import plain
from .beside import beside
from .corrections import to_report
from .kept import ORGANISATION
from .overview import Desk, overview_of, read_arrivals, read_overview
from .plain_values import history_as_plain, overview_as_plain, what_divides
from .report import Report
from .withholding import references_in

FORM = 1
"""Of the content; raised when what is read again has to know the difference."""


def freeze(period: HalfYear, summary: str) -> Frozen:
    """What the report of an ended half-year shows now, with the summary. Raises NoSuchPeriod."""
    today = timezone.localdate()
    newest = head()
    figures = compute(period)
    desk = Desk()
    arrivals = read_arrivals(today)
    previous = period.previous()
    has_before = period > arrivals[0].period
    before = read_overview(previous, previous.end(today), desk.organisations) if has_before else None
    overview = overview_of(figures, desk.organisations)
    report = Report(
        period=period,
        today=today,
        overview=overview,
        before=before,
        arrivals=tuple(one for one in arrivals if one.period <= period),
        organisations=desk.organisations,
        rows=figures["B5"]["rader"],
        history=desk.history(overview, today, arrivals[0].period, period, afresh=True),
    )
    initiatives = _initiatives(figures)
    report.titles = {reference: told["title"] for reference, told in initiatives.items()}
    reported = to_report(period, afresh=True)
    content = {
        "form": FORM,
        "version": version(),
        "head": {"number": newest.number, "hash": newest.hash} if newest else None,
        "summary": summary,
        "figures": figures,
        "divides": what_divides(overview),
        "before": before and overview_as_plain(before),
        "history": history_as_plain(report.history),
        "arrivals": [[one.period.code, one.submitted, one.received] for one in report.arrivals],
        "organisations": [{name: getattr(one, name) for name in ORGANISATION} for one in desk.organisations],
        "sections": {section.name: section.value for section in Section},
        "indicators": [_wording(indicator) for indicator in INDICATORS],
        "initiatives": initiatives,
        "stages": _stages(figures),
        "corrections": [one.as_json() for one in reported.corrections],
        "restated": reported.restated,
        "checked": reported.checked,
        "beside": [plain(section) for section in beside(report, None) if section.anchor != "rattelser"],
    }
    text = json.dumps(content, ensure_ascii=False)
    return Frozen(text, figures, newest, version())


def _wording(indicator: Any) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "wording": str(indicator.wording),
        "definition": str(indicator.definition),
        "parts": [[part.key, str(part.wording)] for part in indicator.parts],
        "totals": [[part.key, str(part.wording)] for part in indicator.totals],
    }


def _initiatives(figures: Figures) -> dict[str, dict[str, Any]]:
    """What the lists tell of each initiative that the figures name."""
    found = Initiative.objects.filter(reference__in={*references_in(figures)}).order_by("reference")
    columns = ("reference", "title", "organisation__key", "organisation__short_name", "submitted_on", "shared_on")
    return {
        reference: {
            "title": title,
            "key": key,
            "organisation": name,
            "submitted_on": submitted.isoformat() if submitted else None,
            "shared_on": shared.isoformat() if shared else None,
        }
        for reference, title, key, name, submitted, shared in found.values_list(*columns)
    }


def _stages(figures: Figures) -> dict[str, dict[str, str | None]]:
    """What the lists tell of each stage that the figures name."""
    groups = [*figures["B2"].values(), *figures["lokalt"]["B2"].values()]
    keys = {key for group in groups for key in (*group["etapper"], *group["pagaende_etapper"])}
    found = Stage.objects.filter(case__initiative__reference__in={key.split("#")[0] for key in keys})
    told = {}
    for stage in found.select_related("case__initiative", "organisation").order_by("pk"):
        key = f"{stage.case.initiative.reference}#{stage.number}"
        told[key] = {
            "name": f"{stage.number}. {stage.get_type_display()}",
            "start": stage.start.isoformat(),
            "end": stage.end.isoformat() if stage.end else None,
            "outcome": str(stage.get_outcome_display()),
            "organisation": stage.organisation.short_name if stage.organisation else None,
        }
    return {key: told[key] for key in sorted(keys & told.keys())}
