"""The list of decisions as a workbook and on paper: exactly what the page shows, all pages of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from openpyxl import Workbook

from v6portal.organizations.printing import as_pdf

from ..models import Decision
from ..presenting.decisions import Line, line_of, lines
from .cells import cell, saved, write_selection

LONGEST = 600
"""Decisions on one paper, drawn in about twenty seconds. A longer list is refused, never cut: all of it is reported."""
WIDTHS = (18, 12, 44, 14, 48, 16, 30, 26, 28, 30, 50, 12, 34, 26)


def _headings() -> list[str]:
    return [
        _("Beslut nr"),
        _("Datum"),
        _("Beslut"),
        _("Referens"),
        _("Initiativ"),
        _("Diarienummer"),
        _("Beslutsfattare"),
        _("Titel"),
        _("Stöd för beslutet"),
        _("Vem beslutet rör"),
        _("Motivering"),
        _("Ska anmälas"),
        _("Anmält"),
        _("Rättelse"),
    ]


def write_decision_list(decisions: Iterable[Decision], words: Iterable[tuple[str, str]]) -> IO[bytes]:
    """One decision a row, from ``with_all``; dates as dates, and text that is never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Beslut"))
    for letter, width in zip("ABCDEFGHIJKLMN", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    sheet.append([cell(sheet, heading, bold=True) for heading in _headings()])
    for decision in decisions:
        sheet.append([cell(sheet, value) for value in _values(line_of(decision))])
    write_selection(book, words)
    return saved(book)


def _values(line: Line) -> list[Any]:
    decision = line.decision
    return [
        decision.number,
        decision.decided_on,
        line.what,
        decision.case.initiative.reference,
        decision.case.initiative.title,
        decision.case.registry_number,
        decision.decider_told,
        decision.decider_title,
        line.support,
        line.concerns,
        decision.motivation,
        _("ja") if decision.to_be_reported else _("nej"),
        str(decision.reporting or ""),
        line.mark,
    ]


def render_decisions(
    decisions: Iterable[Decision], heading: str, words: list[tuple[str, str]], dated: dt.date
) -> bytes:
    """The list on paper, dated with the last day that it takes in."""
    context = {"heading": heading, "words": words, "dated": dated, "lines": lines(decisions)}
    return as_pdf(render_to_string("governance/pdf/decisions.html", context))
