"""The results of a survey as tables and a drawing: the same on its page, in the report, in the PDF and the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from v6portal.organizations.models import User

from ..drawing import Bar, BarChart
from .beside_parts import Beside, BesideItem
from .cells import Cell, Column, Kind, Table
from .report import Report
from .survey_results import Line, Rate, SurveyResults, results_of, withheld_in_words


def survey_section(report: Report, reader: User | None) -> Beside | None:
    """The survey's section of a report; None where the half-year has no survey that is closed."""
    results = results_of(report.period, report.today)
    return section_of(results) if results else None


def section_of(results: SurveyResults) -> Beside:
    """Everything that is told of a result."""
    items = [_rates(results)]
    if results.is_shown:
        items = [_themes(results), _statements(results), *_organisations(results), *items]
    return Beside("enkat", _("Enkäten"), in_words(results), _("Enkäten"), tuple(items))


def in_words(results: SurveyResults) -> str:
    """How many have answered, and what is withheld."""
    survey = results.survey
    told = ngettext(
        "%(answers)s av %(invited)d inbjudna har svarat.",
        "%(answers)s av %(invited)d inbjudna har svarat.",
        results.all_invited,
    ) % {"answers": results.answers or _("Ingen"), "invited": results.all_invited}
    day = date_format(survey.last_day, "j F Y")
    told += (
        " " + _("Enkäten kunde besvaras till och med den %(day)s.") % {"day": day} if not survey.closed_early else ""
    )
    if not results.is_shown:
        return f"{told} " + _("Resultatet visas inte, för färre än fem har svarat.")
    return f"{told} {withheld_in_words()}" if results.withholds else told


def _rates(results: SurveyResults) -> BesideItem:
    columns = (
        Column(_("Organisation")),
        Column(_("Inbjudna"), Kind.COUNT),
        Column(_("Svar"), Kind.COUNT),
        Column(_("Procent"), Kind.COUNT),
    )
    whole = (
        Cell(_("Alla")),
        Cell(results.all_invited, Kind.COUNT),
        Cell(results.answers or None, Kind.COUNT),
        Cell(results.percent or None, Kind.COUNT),
    )
    table = Table(_("Svarsfrekvens"), columns, tuple(_rate(rate) for rate in results.rates), foot=(whole,))
    told = _("Hur många av de inbjudna som har svarat.")
    return BesideItem("enkat-svarsfrekvens", _("Svarsfrekvens"), told, (table,))


def _rate(rate: Rate) -> tuple[Cell, ...]:
    organisation = rate.organisation
    name = Cell(organisation.short_name, organisation=organisation.key if organisation.is_kommun else "")
    if rate.is_withheld:
        hidden = Cell(_("visas inte"), Kind.COUNT)
        return name, Cell(rate.invited, Kind.COUNT), hidden, hidden
    return name, Cell(rate.invited, Kind.COUNT), Cell(rate.answers, Kind.COUNT), Cell(rate.percent, Kind.COUNT)


def _themes(results: SurveyResults) -> BesideItem:
    lines = results.themes()
    before = _before_label(results)
    chart = BarChart(
        name="enkat-teman",
        title=_("Median per tema"),
        bars=[Bar(line.name, line.median, line.median_before if before else None) for line in lines],
        heading=_("Tema"),
        value_heading=_("Median"),
        before_heading=before,
    )
    scale = results.survey.questionnaire
    told = _("Medianen av alla svar på temats påståenden, från 1 (%(low)s) till 5 (%(high)s).") % {
        "low": _lower(scale.level_1),
        "high": _lower(scale.level_5),
    }
    return BesideItem("enkat-teman", _("Teman"), told, (), chart)


def _statements(results: SurveyResults) -> BesideItem:
    told = _("Hur många som har valt varje svar, och medianen av svaren 1–5.")
    if results.before:
        told += " " + _("Ändringen är medianen nu mot medianen i %s.") % results.before.survey.period.label
    table = statements_table(_("Alla svar"), results.lines(), results)
    return BesideItem("enkat-pastaenden", _("Påståendena"), f"{told} {_scale(results)}", (table,))


def _organisations(results: SurveyResults) -> list[BesideItem]:
    tables = tuple(
        statements_table(organisation.short_name, results.lines(organisation), results)
        for organisation in results.shown_organisations
    )
    if not tables:
        return []
    told = _("Samma påståenden, en tabell för varje organisation som har minst fem svar och kan visas för sig.")
    return [BesideItem("enkat-organisationer", _("Per organisation"), told, tables, folded=True)]


def statements_table(caption: str, lines: Sequence[Line], results: SurveyResults) -> Table:
    """A row for each statement: answers, the whole scale, the median and its change."""
    group = _("Svar på skalan")
    columns = (
        Column(_("Påstående")),
        Column(_("Antal"), Kind.COUNT),
        *(Column(str(step), Kind.COUNT, group) for step in range(1, 6)),
        Column(_("Vet inte"), Kind.COUNT),
        *_middle(results),
    )
    return Table(caption, columns, tuple(_statement(line, results) for line in lines))


def _statement(line: Line, results: SurveyResults) -> tuple[Cell, ...]:
    spread = line.spread
    steps = [Cell(number, Kind.COUNT) for number in spread.levels] if spread else [Cell(None, Kind.COUNT)] * 5
    outside = Cell(spread.outside if spread else None, Kind.COUNT)
    return Cell(line.name), _answers(line), *steps, outside, *_medians(line, results)


def _answers(line: Line) -> Cell:
    return Cell((line.spread.answers or None) if line.spread else None, Kind.COUNT)


def _middle(results: SurveyResults) -> list[Column]:
    found = [Column(_("Median"), Kind.COUNT)]
    return [*found, Column(_("Ändring"), Kind.COUNT)] if results.before else found


def _medians(line: Line, results: SurveyResults) -> list[Cell]:
    found = [Cell(line.median, Kind.COUNT)]
    return [*found, Cell(line.change, Kind.COUNT)] if results.before else found


def _before_label(results: SurveyResults) -> str:
    return results.before.survey.period.label if results.before else ""


def _scale(results: SurveyResults) -> str:
    steps = ", ".join(
        f"{step} {_lower(words)}" for step, words in enumerate(results.survey.questionnaire.levels, start=1)
    )
    return _("Skalan: %s.") % steps


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
