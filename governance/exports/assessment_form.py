"""A person's own forms of assessment as one workbook: a sheet an initiative, an overview, and how to fill it in."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from typing import IO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.models import Round
from v6portal.organizations.models import User

from ..form_format import BEHIND, FORMAT, KIND, MARKER, OVERVIEW, README, Origin, fingerprint
from ..presenting.own_forms import OwnForm
from .cells import IN_MEMORY
from .form_sheet import Totals, write_sheet
from .form_styles import Pen, for_paper, heights, lock
from .register_list import CONTENT_TYPE as CONTENT_TYPE

MOST_FORMS = 150
"""Initiatives in one file; who has more to assess fetches the rest when these are done."""
README_WIDTH = 100.0
OVERVIEW_WIDTHS = (16, 60, 12, 10, 14, 10, 16, 18)


def write_forms(user: User, forms: Sequence[OwnForm], *, at: dt.datetime | None = None) -> IO[bytes]:
    """The forms, at least one, in their order. Holds nothing but the initiatives and the person's own answers.

    Returns a file opened at its beginning; the same but for the time, whatever others have answered.
    """
    at = timezone.localtime(at)
    book = Workbook()
    pen = Pen(book)
    _say_what_it_is(book, at)
    readme = book.active
    readme.title = README
    overview = book.create_sheet(OVERVIEW)
    names = _sheet_names(forms)
    totals = [write_sheet(pen, book.create_sheet(name), form) for name, form in zip(names, forms, strict=True)]
    _write_readme(pen, readme, user, forms, at)
    _write_overview(pen, overview, list(zip(names, forms, totals, strict=True)))
    _write_origins(book, user, list(zip(names, forms, strict=True)))
    book.active = book.index(book[names[0]] if len(forms) == 1 else overview)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _say_what_it_is(book: Workbook, at: dt.datetime) -> None:
    properties = book.properties
    properties.title, properties.creator, properties.language = _("Bedömningsformulär"), MARKER, "sv"
    properties.created = properties.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = True


def _sheet_names(forms: Sequence[OwnForm]) -> list[str]:
    """The references; two that differ only in capitals, which no workbook may hold, are told apart by a number."""
    names: list[str] = []
    for form in forms:
        taken = sum(form.reference.casefold() == other.reference.casefold() for other in forms[: len(names)])
        names.append(f"{form.reference} ({taken + 1})" if taken else form.reference)
    return names


def _write_readme(pen: Pen, sheet: Worksheet, user: User, forms: Sequence[OwnForm], at: dt.datetime) -> None:
    sheet.column_dimensions["A"].width = README_WIDTH
    versions = sorted({form.round.model.version for form in forms if form.round})
    lines = [
        (_("Bedömningsformulär"), "title"),
        (_("För %(name)s. Hämtat %(when)s.") % {"name": user, "when": date_format(at, "j F Y H.i")}, "text"),
        (_("Bedömningsmodell: version %(versions)s.") % {"versions": ", ".join(versions)}, "text"),
        (_("Så fyller du i"), "heading"),
        (_("Varje initiativ har ett eget blad. Läs texten överst och svara på kriterierna under den."), "text"),
        (_("Välj 1–5 eller Vet inte i kolumnen Svar, i listan eller genom att skriva."), "text"),
        (_("Skriv gärna varför i kolumnen Motivering. En motivering behöver ett svar att höra till."), "text"),
        (_("Poängen räknas medan du svarar, på samma sätt som i portalen. Bladet Översikt visar alla."), "text"),
        (_("Resten av bladen är låst utan lösenord, så att inget skrivs över av misstag."), "text"),
        (_("När du är klar"), "heading"),
        (_("Spara filen som .xlsx och ladda upp den i portalen, under Bedöm i Excel."), "text"),
        (_("Du får se vad som ändras innan något sparas. Ett tomt svar ändrar inget."), "text"),
        (_("Svara själv. Formuläret är ditt: bara du kan ladda upp det, och det visar bara dina egna svar."), "text"),
    ]
    for row, (words, style) in enumerate(lines, start=1):
        pen.put(sheet, row, 1, words, style)
        sheet.row_dimensions[row].height = 28 if style == "title" else heights([(words, README_WIDTH)])
        if style == "heading":
            sheet.row_dimensions[row].height = 26
    for_paper(sheet, README)
    lock(sheet)


def _write_overview(pen: Pen, sheet: Worksheet, rows: Sequence[tuple[str, OwnForm, Totals]]) -> None:
    headings = [_("Referens"), _("Titel"), _("Besvarade"), _("Poäng"), _("Säkerhet"), _("Nytta")]
    headings += [_("Genomförbarhet"), _("Fält")]
    for column, (heading, width) in enumerate(zip(headings, OVERVIEW_WIDTHS, strict=True), start=1):
        sheet.column_dimensions[pen.put(sheet, 1, column, heading, "head").column_letter].width = width
    for row, (name, form, totals) in enumerate(rows, start=2):
        link = pen.put(sheet, row, 1, form.reference, "link")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{_quoted(name)}!A1")
        title = form.case.initiative.title
        pen.put(sheet, row, 2, title, "cell")
        cells = (totals.answered, totals.score, totals.certainty, totals.benefit, totals.feasibility, totals.quadrant)
        for column, cell in enumerate(cells, start=3):
            style = "percent" if cell == totals.certainty else "points"
            pen.formula(sheet, row, column, f"={_quoted(name)}!{cell}", style)
        sheet.row_dimensions[row].height = heights([(title, OVERVIEW_WIDTHS[1])])
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    for_paper(sheet, OVERVIEW)
    lock(sheet)


def _quoted(name: str) -> str:
    return f"'{name}'"


def _write_origins(book: Workbook, user: User, rows: Sequence[tuple[str, OwnForm]]) -> None:
    """The sheet behind the others, by which the portal knows its own form again."""
    sheet = book.create_sheet(BEHIND)
    sheet.append([MARKER, KIND, FORMAT])
    for name, form in rows:
        sheet.append([name, _origin(user, form).signed()])
    sheet.sheet_state = "hidden"
    lock(sheet)


def _origin(user: User, form: OwnForm) -> Origin:
    round: Round = form.round  # type: ignore[assignment]  # only what is open is waiting
    return Origin(
        person=user.pk,
        round=round.pk,
        reference=form.reference,
        revision=form.revision,
        model=round.model.version,
        answers={code: fingerprint(mark) for code, mark in sorted(form.answers.items())},
    )
