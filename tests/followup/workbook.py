"""A small register to alter and save: one V6 initiative with a whole history, and whatever a test puts beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from followup.register_format import SHEETS

REFERENCE = "DI-2025-001"
Row = dict[str, Any]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def initiative(reference: str = REFERENCE, **changes: Any) -> Row:
    return {
        "Referens": reference,
        "Titel": "Digital anslagstavla",
        "Organisation": "Skara",
        "Förvaltning": "Kommunledning",
        "Inlämnare": "Nils Hagelbäck",
        "Problem eller behov": "Anslagen hittas inte.",
        "Väntad nytta": "Alla hittar dem.",
        "Målgrupp invånare": "ja",
        "Målgrupp medarbetare": "nej",
        "Skapat": at("2025-01-07T09:00"),
        "Inskickat": at("2025-01-08T10:00"),
        "Status": "Inskickat",
        "Status sedan": at("2025-01-08T10:00"),
    } | changes


def event(when: str, word: str, source: str | None, target: str | None, **changes: Any) -> Row:
    return {
        "Referens": REFERENCE,
        "Tidpunkt": at(when),
        "Händelse": word,
        "Från status": source,
        "Till status": target,
        "Organisation": "Skara",
        "Roll": "Utvecklingsledare",
        "Registrerad av": "Jessika Almfeldt",
    } | changes


def submission(reference: str) -> list[Row]:
    """The two events that every initiative begins with."""
    return [
        event("2025-01-07T09:00", "Skapat", None, "Utkast", Referens=reference),
        event("2025-01-08T10:00", "Inskickat", "Utkast", "Inskickat", Referens=reference),
    ]


DECIDED = {"Beslutsfattare": "Håkan Brobäcker", "Motivering": "Det gagnar alla."}
HISTORY = [
    *submission(REFERENCE),
    event("2025-01-10T08:00", "Kvalificering påbörjad", "Inskickat", "Under kvalificering"),
    event("2025-01-13T08:00", "Kvalificerat", "Under kvalificering", "Kvalificerat"),
    event("2025-01-20T08:00", "Prioriterat", "Kvalificerat", "Prioriterat"),
    event("2025-02-03T08:00", "Beslut: skickas till V6", "Prioriterat", "Inkommet till V6", **DECIDED),
    event("2025-02-04T08:00", "V6-kvalificering påbörjad", "Inkommet till V6", "V6-kvalificering"),
    event("2025-02-05T08:00", "Intresseförfrågan utskickad", "V6-kvalificering", "Intresseförfrågan"),
    event("2025-02-20T08:00", "Förfrågan stängd", "Intresseförfrågan", "V6-prioritering"),
    event("2025-02-25T08:00", "V6-prioritering fastställd", "V6-prioritering", "Inför beslut om start"),
    event("2025-03-03T08:00", "Beslut: start", "Inför beslut om start", "Genomförande", **DECIDED),
]


def participation(kommun: str, role: str, joined: str, left: str | None = None, **changes: Any) -> Row:
    return {
        "Referens": REFERENCE,
        "Kommun": kommun,
        "Roll": role,
        "Gick med": at(joined),
        "Lämnade": at(left) if left else None,
    } | changes


def left(kommun: str, role: str, joined: str, on: str) -> Row:
    """A participation that ended with a leave, with all that a leave names."""
    reasons = {"Princip": "P2", "Orsak": "Annat går före.", "Beslutsfattare": "Ingela Fornstad"}
    return participation(kommun, role, joined, on, **reasons)


def stage(number: int = 1, **changes: Any) -> Row:
    return {"Referens": REFERENCE, "Nr": number, "Typ": "projekt", "Start": at("2025-03-10")} | changes


def cost(**changes: Any) -> Row:
    return {
        "Referens": REFERENCE,
        "Etapp": 1,
        "Slag": "utveckling",
        "Värde": "utfall",
        "Belopp": 1200.5,
        "Datum": at("2025-04-01"),
    } | changes


def adoption(kommun: str = "Skara", on: str = "2025-06-02", **changes: Any) -> Row:
    return {"Referens": REFERENCE, "Kommun": kommun, "I drift": at(on)} | changes


def confirmation(**changes: Any) -> Row:
    return {"Referens": REFERENCE, "Slag": "nytt", "Svar": "ja", "Datum": at("2025-07-01")} | changes


def answer(code: str, reply: Any, **changes: Any) -> Row:
    return {
        "Referens": REFERENCE,
        "Nivå": "V6" if code[0] == "S" else "kommun",
        "Organisation": "Skara",
        "Bedömare": "Jessika Almfeldt",
        "Modellversion": "2024.1",
        "Kod": code,
        "Svar": reply,
        "Tidpunkt": at("2025-01-12T09:00"),
    } | changes


class Register(dict[str, list[Row]]):
    """The rows of each sheet by its title. A cell is whatever openpyxl writes."""

    def __init__(self) -> None:
        super().__init__({sheet.title: [] for sheet in SHEETS})
        self.headers = {sheet.title: [column.header for column in sheet.columns] for sheet in SHEETS}

    @classmethod
    def in_progress(cls) -> Register:
        """One initiative in Genomförande with something in every sheet."""
        book = cls()
        moments = {"Inkommet till V6": at("2025-02-03T08:00"), "Status sedan": at("2025-03-03T08:00")}
        book["Initiativ"] = [initiative(Status="Genomförande", Leder="Skara", **moments)]
        book["Händelser"] = [dict(row) for row in HISTORY]
        book["Deltagande"] = [
            participation("Skara", "leder", "2025-02-03"),
            participation("Vara", "deltar", "2025-02-18"),
        ]
        book["Etapper"] = [stage()]
        book["Kostnader"] = [cost()]
        book["Införanden"] = [adoption()]
        book["3N"] = [confirmation()]
        book["Bedömningar"] = [answer("K1", "ja"), answer("N1", 4), answer("N2", "vet inte")]
        return book

    def also(self, reference: str, **changes: Any) -> Register:
        """Adds an initiative that has been submitted and nothing more."""
        self["Initiativ"].append(initiative(reference, **changes))
        self["Händelser"] += submission(reference)
        return self

    def workbook(self) -> Workbook:
        book = Workbook()
        book.remove(book.active)
        for title, headers in self.headers.items():
            page = book.create_sheet(title)
            page.append(headers)
            for row in self[title]:
                page.append([row.get(header) for header in headers])
        return book

    def save(self, folder: Path) -> Path:
        path = folder / "register.xlsx"
        self.workbook().save(path)
        return path
