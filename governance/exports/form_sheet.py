"""The sheet of one initiative: its text, its criteria with room for answers, and what the answers come to.

The formulas are the arithmetic of ``initiatives.scoring`` in IF, OR, TRIM, SUM, SUMIF and ROUND, which every
spreadsheet has. Weights have two decimals, so a score that is no tie is at least 0.000005 from one: the little that is
added before rounding makes a tie round up, however the program keeps its numbers, and moves nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from initiatives.models import ANSWERS, Axis, Criterion, Initiative, Level, name_of_answer
from initiatives.scoring import HIGH_AXIS, HIGHEST, LOWEST, Quadrant

from ..form_format import ANSWER, CRITERION, LONGEST_WORDS, UNKNOWN, WORDS
from ..presenting.backlog import QUADRANT_WORDS
from ..presenting.own_forms import OwnForm
from ..presenting.register import target_groups
from .form_styles import TITLE, Pen, for_paper, heights, lines, lock, pieces

WIDTHS = (24.0, 6.0, 28.0, 14.0, 14.0, 14.0, 14.0, 14.0, 10.0, 36.0, 9.0)
NAME, WEIGHT, HELP, LEVELS, VALUE, MOTIVATION, POINTS = 1, 2, 3, 4, 9, 10, 11
COUNTED, PART, WEIGHED, AXIS, IS_ANSWERED = 13, 14, 15, 16, 17
"""Hidden columns that the totals are made of: the answer as a number, w·(s−1), w where it counts, the axis, and
whether there is any answer at all."""
TEXT_WIDTH = sum(WIDTHS[1:])
NOTHING = "–"
TIE = "0.000000001"


@dataclass(frozen=True)
class Totals:
    """The cells of a sheet in which its totals stand, for the overview to refer to."""

    score: str
    certainty: str
    benefit: str
    feasibility: str
    quadrant: str
    answered: str


def write_sheet(pen: Pen, sheet: Worksheet, form: OwnForm) -> Totals:
    """Writes the form of one initiative on an empty sheet."""
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number in (COUNTED, PART, WEIGHED, AXIS, IS_ANSWERED):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    head = _text(pen, sheet, form)
    first = head + 1
    last = _criteria(pen, sheet, form, head)
    totals = _totals(pen, sheet, first, last)
    _title(pen, sheet, form, totals)
    _ask(sheet, first, last)
    sheet.freeze_panes = "A2"
    sheet.sheet_view.zoomScale = 85
    for_paper(sheet, f"{form.reference} {form.case.initiative.title}")
    lock(sheet)
    return totals


def _title(pen: Pen, sheet: Worksheet, form: OwnForm, totals: Totals) -> None:
    """What it is about and what it comes to so far; stays in sight."""
    title, width = f"{form.reference}  {form.case.initiative.title}", sum(WIDTHS[: VALUE - 1])
    sheet.row_dimensions[1].height = 28 * lines(title, width / TITLE)
    pen.put(sheet, 1, NAME, title, "title")
    sheet.merge_cells(start_row=1, end_row=1, start_column=NAME, end_column=VALUE - 1)
    pen.put(sheet, 1, MOTIVATION - 1, _("Poäng"), "title")
    pen.formula(sheet, 1, MOTIVATION, f"={totals.score}", "score")


def _text(pen: Pen, sheet: Worksheet, form: OwnForm) -> int:
    """The text of the initiative from the second row on; returns the row of the headings of the criteria."""
    row = 2
    for label, words in [("", _about(form)), *_answers(form.case.initiative)]:
        for number, piece in enumerate(pieces(words, TEXT_WIDTH)):
            pen.put(sheet, row, NAME, label if number == 0 else "", "label")
            pen.put(sheet, row, NAME + 1, piece, "text" if label else "soft")
            sheet.merge_cells(start_row=row, end_row=row, start_column=NAME + 1, end_column=POINTS)
            sheet.row_dimensions[row].height = heights([(piece, TEXT_WIDTH), (label, WIDTHS[0])])
            row += 1
    pen.put(sheet, row + 1, NAME, _("Din bedömning"), "heading")
    return row + 2


def _about(form: OwnForm) -> str:
    initiative = form.case.initiative
    where = _("V6") if form.round and form.round.level == Level.V6 else initiative.organisation.short_name
    told = _("Från %(organisation)s. Bedöms i %(where)s. Version %(number)d av texten.") % {
        "organisation": initiative.organisation.short_name,
        "where": where,
        "number": form.revision,
    }
    if form.own.is_outdated:
        told += " " + _("Dina svar gavs på version %(number)d: texten har ändrats sedan dess. Läs igenom dem.") % {
            "number": form.own.oldest
        }
    return told


def _answers(initiative: Initiative) -> list[tuple[str, str]]:
    """The text, answer by answer, as far as there is any; the title stands above."""
    given: list[tuple[str, Any]] = [
        (name, target_groups(initiative) if name == "target" else getattr(initiative, name))
        for name in ANSWERS
        if name != "title"
    ]
    return [(name_of_answer(name), str(told)) for name, told in given if told not in ("", None)]


def _criteria(pen: Pen, sheet: Worksheet, form: OwnForm, head: int) -> int:
    """The table of the criteria; returns its last row."""
    headings = [CRITERION, _("Vikt"), _("Att tänka på"), *map(str, range(LOWEST, HIGHEST + 1)), ANSWER, WORDS]
    for column, heading in enumerate([*map(str, headings), _("Ger poäng")], start=1):
        pen.put(sheet, head, column, heading, "head")
    criteria = form.criteria
    last = head + len(criteria)
    for row, criterion in enumerate(criteria, start=head + 1):
        _criterion(pen, sheet, form, criterion, row)
        _arithmetic(pen, sheet, criterion, row, (head + 1, last))
    return last


def _criterion(pen: Pen, sheet: Worksheet, form: OwnForm, criterion: Criterion, row: int) -> None:
    mark = form.answers.get(criterion.code)
    levels = [f"{number}  {words}" for number, words in enumerate(criterion.level_texts, start=LOWEST)]
    pen.put(sheet, row, NAME, str(criterion), "name")
    pen.put(sheet, row, WEIGHT, _number(criterion), "number")
    pen.put(sheet, row, HELP, criterion.help, "cell")
    for column, words in enumerate(levels, start=LEVELS):
        pen.put(sheet, row, column, words, "level")
    answer = None if mark is None else str(UNKNOWN) if mark.value is None else mark.value
    pen.put(sheet, row, VALUE, answer, "answer")
    words = mark.motivation if mark else ""
    cell = pen.put(sheet, row, MOTIVATION, words, "words")
    cell.quotePrefix = bool(words)  # what is typed after it stays text too
    told = [(str(criterion), WIDTHS[0]), (criterion.help, WIDTHS[2]), (words, WIDTHS[MOTIVATION - 1])]
    sheet.row_dimensions[row].height = heights([*told, *((words, WIDTHS[LEVELS - 1]) for words in levels)])


def _number(criterion: Criterion) -> int | float:
    weight = criterion.weight
    return int(weight) if weight == int(weight) else float(weight)


def _arithmetic(pen: Pen, sheet: Worksheet, criterion: Criterion, row: int, rows: tuple[int, int]) -> None:
    """What one answer counts as. Anything but 1 to 5, as a number or as text, counts as nothing."""
    answer, weight = f"{_letter(VALUE)}{row}", f"{_letter(WEIGHT)}{row}"
    counted, part = f"{_letter(COUNTED)}{row}", f"{_letter(PART)}{row}"
    chosen = '""'
    for value in range(HIGHEST, LOWEST - 1, -1):
        chosen = f'IF(TRIM({answer})="{value}",{value},{chosen})'
    put = pen.formula
    put(sheet, row, COUNTED, f"={chosen}", "text")
    put(sheet, row, PART, f'=IF({counted}="",0,{weight}*({counted}-{LOWEST}))', "text")
    put(sheet, row, WEIGHED, f'=IF({counted}="",0,{weight})', "text")
    pen.put(sheet, row, AXIS, str(Axis(criterion.axis).label), "text")
    put(sheet, row, IS_ANSWERED, f'=IF(TRIM({answer})="",0,1)', "text")
    put(sheet, row, POINTS, f'=IF({counted}="","",25*{part}/SUM({_range(WEIGHED, *rows)}))', "points")


def _totals(pen: Pen, sheet: Worksheet, first: int, last: int) -> Totals:
    """The totals beneath the table, each with its words."""
    part, weighed, weight = (_range(column, first, last) for column in (PART, WEIGHED, WEIGHT))
    benefit, feasibility = (_Mean(str(axis.label), first, last) for axis in (Axis.BENEFIT, Axis.FEASIBILITY))
    answered = _range(IS_ANSWERED, first, last)
    rows: list[tuple[str, str, str]] = [
        (_("Poäng, 0–100"), f'=IF(SUM({weighed})=0,"{NOTHING}",ROUND(25*SUM({part})/SUM({weighed})+{TIE},1))', "total"),
        (_("Underlagets säkerhet"), f"=SUM({weighed})/SUM({weight})", "share"),
        (_("Nytta, 1–5"), benefit.shown, "total"),
        (_("Genomförbarhet, 1–5"), feasibility.shown, "total"),
        (_("Ruta i matrisen"), _field(benefit, feasibility), "total"),
        (_("Besvarade"), f'=SUM({answered})&" {_("av")} {last - first + 1}"', "total"),
    ]
    for row, (label, formula, style) in enumerate(rows, start=last + 2):
        pen.put(sheet, row, NAME, label, "label")
        pen.formula(sheet, row, NAME + 2, formula, style)
    pen.put(sheet, last + 2, LEVELS, _("”Vet inte” och tomma svar räknas inte med, men sänker säkerheten."), "note")
    return Totals(*(f"{_letter(NAME + 2)}{last + 2 + number}" for number in range(len(rows))))


@dataclass(frozen=True)
class _Mean:
    """The weighted mean of the answered criteria of one axis."""

    axis: str
    first: int
    last: int

    def _sum(self, column: int) -> str:
        axes = _range(AXIS, self.first, self.last)
        return f'SUMIF({axes},"{self.axis}",{_range(column, self.first, self.last)})'

    @property
    def is_missing(self) -> str:
        return f"{self._sum(WEIGHED)}=0"

    @property
    def is_high(self) -> str:
        """From 3 up, asked of the sums and not of the rounded mean."""
        return f"{self._sum(PART)}+{TIE}>={HIGH_AXIS - LOWEST}*{self._sum(WEIGHED)}"

    @property
    def shown(self) -> str:
        mean = f"{LOWEST}+{self._sum(PART)}/{self._sum(WEIGHED)}"
        return f'=IF({self.is_missing},"{NOTHING}",ROUND({mean}+{TIE},1))'


def _field(benefit: _Mean, feasibility: _Mean) -> str:
    now, first, quick, wait = (
        f'"{QUADRANT_WORDS[quadrant]}"'
        for quadrant in (Quadrant.DO_NOW, Quadrant.PRESTUDY_FIRST, Quadrant.QUICK_WIN, Quadrant.WAIT)
    )
    high = f"IF({benefit.is_high},IF({feasibility.is_high},{now},{first}),IF({feasibility.is_high},{quick},{wait}))"
    return f'=IF(OR({benefit.is_missing},{feasibility.is_missing}),"{NOTHING}",{high})'


def _ask(sheet: Worksheet, first: int, last: int) -> None:
    """The list of answers, and how long a motivering may be; what else is typed is refused on the spot."""
    choices: Sequence[str] = [*map(str, range(LOWEST, HIGHEST + 1)), str(UNKNOWN)]
    answers = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
    answers.errorTitle, answers.error = str(ANSWER), _("Skriv 1–5 eller Vet inte.")
    words = DataValidation(
        "textLength", operator="lessThanOrEqual", formula1=str(LONGEST_WORDS), allow_blank=True, showErrorMessage=True
    )
    words.errorTitle, words.error = str(WORDS), _("Skriv högst %(count)d tecken.") % {"count": LONGEST_WORDS}
    for validation, column in ((answers, VALUE), (words, MOTIVATION)):
        sheet.add_data_validation(validation)
        validation.add(_range(column, first, last))


def _letter(column: int) -> str:
    return str(get_column_letter(column))


def _range(column: int, first: int, last: int) -> str:
    return f"{_letter(column)}{first}:{_letter(column)}{last}"
