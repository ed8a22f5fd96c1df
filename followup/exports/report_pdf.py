"""The report as a tagged PDF (PDF/UA-1): the same headings, figures and drawings as the page, to print and to archive.

The same figures give the same bytes: the document is dated with the last day it takes into account, not with now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from v6portal.organizations.printing import as_pdf

from ..charts import trend
from ..presenting.beside import beside
from ..presenting.cells import Table, grouped
from ..presenting.content import contents
from ..presenting.goals import goals
from ..presenting.lines import adoption_list
from ..presenting.per_initiative import DETAILS, left_out_in_words
from ..presenting.report import Report

LONGEST = 100
"""Rows of a list on paper. A longer one is cut, and says so: drawing thousands takes minutes; the workbook has them."""

ADOPTION_LINES = ("B3", "B4", "lokalt.inforanden")


def render_pdf(report: Report) -> bytes:
    """The whole report, whose rows and titles have been read, as a PDF."""
    return as_pdf(render_to_string("followup/pdf/report.html", context_of(report)))


def context_of(report: Report) -> dict[str, Any]:
    """What the template shows."""
    parts = contents(report)
    figures, rows = report.withheld, report.rows[:LONGEST]
    adoptions = {
        item.indicator.code: _cut(adoption_list(item.indicator.figures(figures), report.titles))
        for part in parts
        for item in part.items
        if item.indicator.code in ADOPTION_LINES
    }
    return {
        "report": report,
        "dated": report.per,
        "contents": parts,
        "beside": beside(report, report.reader),
        "leading": report.leading(),
        "trend": trend(report.arrivals, of_one=bool(report.kommun), running=report.running),
        "goals": goals(report),
        "details": {code: table(rows, report.titles) for code, table in DETAILS.items()},
        "cut": _cut_in_words(len(rows), len(report.rows)),
        "hidden_rows": left_out_in_words(report.hidden_rows),
        "adoptions": adoptions,
        "left_out": report.left_out,
    }


def _cut(table: Table) -> Table:
    """The table as long as paper bears, with a note if that is not the whole of it."""
    return replace(table, rows=table.rows[:LONGEST], note=_cut_in_words(LONGEST, len(table.rows)))


def _cut_in_words(shown: int, rows: int) -> str:
    if rows <= shown:
        return ""
    return _("De första %(shown)s av %(rows)s raderna. Alla står i arbetsboken och i portalen.") % {
        "shown": grouped(shown),
        "rows": grouped(rows),
    }
