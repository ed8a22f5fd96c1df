"""The report as open data: one number a line, in columns that stay the same. Described in docs/oppna-data.md.

Semicolons and decimal commas, since a Swedish Excel reads nothing else as columns and numbers, and a byte order mark,
since it takes anything else for another encoding; both are one argument to whatever a machine reads it with.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..indicators import Figures
from ..presenting.overview import ALL, numbers_of
from ..presenting.report import Report

CONTENT_TYPE = "text/csv; charset=utf-8"
COLUMNS = ("period", "indicator", "organisation", "value", "unit", "initiative")
"""Never renamed and never moved; a new one comes last."""
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
ARRIVED = ("A1", "B1")


@dataclass(frozen=True)
class Observation:
    """One number: ``value`` is its text as the figures have it with a decimal comma, empty where it is not known."""

    period: str
    indicator: str
    organisation: str
    value: str
    unit: str
    initiative: str = ""


def as_csv(report: Report) -> bytes:
    """The whole report, whose rows have been read: every count, and of each initiative that the reader may see."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(text) for text in astuple(one)] for one in observations(report))
    return file.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Text that a spreadsheet will not take for a formula; a number, however negative, is no text."""
    is_number = text.replace(",", "").lstrip("-").isdigit()
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) and not is_number else text


def observations(report: Report) -> Iterator[Observation]:
    """Of the report of all: first its figures, then those of each kommun, then initiative by initiative."""
    period, numbers = report.period.code, numbers_of(report.overview, report.organisations)
    everyone = _("Alla kommuner")
    for indicator, name, value in _flat(_ours(numbers[ALL])):
        yield _observed(period, indicator, everyone, name, value)
    alone = next(organisation for organisation in report.organisations if not organisation.is_kommun)
    for code in ARRIVED:
        for name, value in numbers[ALL][code]["goliska_it"].items():
            yield _observed(period, code, alone.short_name, name, value)
    for kommun in report.kommuner:
        for indicator, name, value in _flat(_of_kommun(numbers[kommun.short_name], kommun.short_name)):
            yield _observed(period, indicator, kommun.short_name, name, value)
    for row in report.rows:
        yield from _of_initiative(period, everyone, row)


def _ours(numbers: Figures) -> Figures:
    """The figures of all kommuner; what is of one of them, and of Göliska IT, stands on lines of their own."""
    return {**numbers, **{code: numbers[code]["summa_kommuner"] for code in ARRIVED}}


def _of_kommun(numbers: Figures, kommun: str) -> Figures:
    """What can be divided; the costs are the initiatives' and stand with them."""
    figures = {key: value for key, value in numbers.items() if key != "B5c"}
    return {**figures, **{code: numbers[code]["per_kommun"][kommun] for code in ARRIVED}}


def _of_initiative(period: str, everyone: str, row: Figures) -> Iterator[Observation]:
    reference = row["referens"]
    for kommun in row["B5a"]["kommuner"]:
        yield Observation(period, "B5a.deltar", kommun, "1", _("antal"), reference)
    for indicator, name, value in _flat({key: value for key, value in row.items() if key != "referens"}):
        yield _observed(period, indicator, everyone, name, value, reference)


def _flat(figures: Figures, *path: str) -> Iterator[tuple[str, str, Any]]:
    """Every number with the way to it and its name; lists and the dates of the period are no numbers."""
    for key, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, *path, key)
        elif path and not isinstance(value, list):
            yield ".".join(path), key, value


def _observed(
    period: str, indicator: str, organisation: str, name: str, value: Any, reference: str = ""
) -> Observation:
    text = "" if value is None else str(value)
    unit = _unit(name)
    return Observation(
        period=period,
        indicator=f"{indicator}.{name}",
        organisation=organisation,
        value=text if unit == DATE else text.replace(".", ","),
        unit=unit,
        initiative=reference,
    )


DATE = "datum"
MONEY = ("utfall", "budget", "arskostnad", "upplupet")
DAYS = ("median", "dagar")


def _unit(name: str) -> str:
    if name == "start":
        return DATE
    if name.startswith(MONEY):
        return "kr"
    return "dagar" if name.startswith(DAYS) else "antal"
