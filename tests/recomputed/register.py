"""The register workbook as plain records. Source: the headers of the eight sheets, docs/register.md.

Nothing here, nor anywhere in this package, comes from the product: whatever the two agree on, they agree on
independently. Times in the workbook are local and without a zone, so a date is simply the time's date.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

KOMMUNER = ("Essunga", "Grästorp", "Götene", "Lidköping", "Skara", "Vara")
GOLISKA = "Göliska IT"
ACTIVE = ("leder", "deltar")


@dataclass(frozen=True)
class Move:
    """A row of *Händelser* that changed the status."""

    date: dt.date
    word: str
    status: str


@dataclass(frozen=True)
class Participation:
    kommun: str
    role: str
    joined: dt.date
    left: dt.date | None
    principle: str | None
    reason: str | None

    def active_on(self, day: dt.date) -> bool:
        return self.role in ACTIVE and self.joined <= day and (self.left is None or self.left > day)


@dataclass(frozen=True)
class Stage:
    number: int
    kind: str
    start: dt.date
    end: dt.date | None
    outcome: str | None

    def carried_out(self, first: dt.date, last: dt.date) -> bool:
        return self.outcome == "genomförd" and self.end is not None and first <= self.end <= last

    def ongoing_on(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)


@dataclass(frozen=True)
class Cost:
    kind: str
    value: str
    amount: Decimal
    date: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Adoption:
    kommun: str
    in_use: dt.date


@dataclass(frozen=True)
class Confirmation:
    kind: str
    holds: bool
    date: dt.date


@dataclass
class Initiative:
    """One initiative with everything that the workbook says of it."""

    reference: str
    organisation: str
    submitted: dt.date
    received: dt.date | None
    residents: bool
    employees: bool
    moves: list[Move] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    adoptions: list[Adoption] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)

    def in_v6(self, day: dt.date) -> bool:
        return self.received is not None and self.received <= day

    def status_on(self, day: dt.date) -> str | None:
        """The status of the last event dated on or before the day."""
        return next((move.status for move in reversed(self.moves) if move.date <= day), None)


def read_register(book: Workbook) -> list[Initiative]:
    """The initiatives of the workbook, by reference."""
    found = {row["Referens"]: _initiative(row) for row in rows_of(book, "Initiativ")}
    for row in rows_of(book, "Händelser"):
        if row["Till status"]:
            found[row["Referens"]].moves.append(Move(_date(row["Tidpunkt"]), row["Händelse"], row["Till status"]))
    for row in rows_of(book, "Deltagande"):
        found[row["Referens"]].participations.append(_participation(row))
    for row in rows_of(book, "Etapper"):
        found[row["Referens"]].stages.append(
            Stage(row["Nr"], row["Typ"], _date(row["Start"]), _date_or_none(row["Slut"]), row["Utfall"])
        )
    for row in rows_of(book, "Kostnader"):
        found[row["Referens"]].costs.append(_cost(row))
    for row in rows_of(book, "Införanden"):
        found[row["Referens"]].adoptions.append(Adoption(row["Kommun"], _date(row["I drift"])))
    for row in rows_of(book, "3N"):
        found[row["Referens"]].confirmations.append(Confirmation(row["Slag"], row["Svar"] == "ja", _date(row["Datum"])))
    for initiative in found.values():
        # By date, and within a date as the rows stand: an hour that occurs twice in autumn tells no order itself.
        initiative.moves.sort(key=lambda move: move.date)
    return sorted(found.values(), key=lambda initiative: initiative.reference)


def rows_of(book: Workbook, title: str) -> Iterator[dict[str, Any]]:
    """The rows of a sheet by its headers; a column that is not there reads as empty."""
    rows = book[title].iter_rows(values_only=True)
    headers = next(rows)
    for values in rows:
        if any(value is not None for value in values):
            yield defaultdict(lambda: None, zip(headers, values, strict=False))  # empty cells at the end are not read


def _initiative(row: dict[str, Any]) -> Initiative:
    return Initiative(
        reference=row["Referens"],
        organisation=row["Organisation"],
        submitted=_date(row["Inskickat"]),
        received=_date_or_none(row["Inkommet till V6"]),
        residents=row["Målgrupp invånare"] == "ja",
        employees=row["Målgrupp medarbetare"] == "ja",
    )


def _participation(row: dict[str, Any]) -> Participation:
    return Participation(
        row["Kommun"], row["Roll"], _date(row["Gick med"]), _date_or_none(row["Lämnade"]), row["Princip"], row["Orsak"]
    )


def _cost(row: dict[str, Any]) -> Cost:
    return Cost(
        row["Slag"], row["Värde"], Decimal(str(row["Belopp"])), _date(row["Datum"]), _date_or_none(row["Till och med"])
    )


def _date(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _date_or_none(value: Any) -> dt.date | None:
    return None if value is None else _date(value)
