"""Small registers drawn at random, as rows of the workbook that the importer takes, crowded around edge dates.

Every initiative has a handful of days of its own, mostly edges, and everything about it happens on those: so leaving
on the day of the start, coming back the same day, two confirmations of one day and the like are common, not rare.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from .workbook import Register, Row

KOMMUNER = ("Skara", "Vara", "Essunga", "Grästorp", "Götene", "Lidköping")
LAST = dt.date(2026, 11, 23)
SPRING = (dt.date(2024, 3, 31), dt.date(2025, 3, 30), dt.date(2026, 3, 29))
AUTUMN = (dt.date(2024, 10, 27), dt.date(2025, 10, 26), dt.date(2026, 10, 25))
TURNS = tuple(
    dt.date(year, month, day) for year in (2024, 2025, 2026) for month, day in ((1, 1), (6, 30), (7, 1), (12, 31))
)
LEAP = (dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2024, 3, 1))
EDGES = sorted(day for day in (*TURNS, *SPRING, *AUTUMN, *LEAP) if day <= LAST)
CLOCK = (dt.time(9), dt.time(0), dt.time(23, 59), dt.time(1, 59), dt.time(2, 30), dt.time(3))
AMOUNTS = (1000, 0, 0.01, 365, 366, 1000.5, 199_999.99, 7, 10_000_000_000)

# From where, by which word, to where. The first way out of each is the way on.
WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Inskickat": (
        ("Kvalificering påbörjad", "Under kvalificering"),
        ("Återtaget", "Återtaget"),
        ("Hänvisat", "Hänvisat"),
        ("Markerat som dubblett", "Dubblett"),
    ),
    "Under kvalificering": (
        ("Kvalificerat", "Kvalificerat"),
        ("Komplettering begärd", "Komplettering begärd"),
        ("Markerat som dubblett", "Dubblett"),
        ("Beslut: avslaget", "Avslaget"),
    ),
    "Komplettering begärd": (("Kompletterat", "Under kvalificering"), ("Återtaget", "Återtaget")),
    "Kvalificerat": (("Prioriterat", "Prioriterat"), ("Beslut: avslaget", "Avslaget")),
    "Prioriterat": (("Beslut: skickas till V6", "Inkommet till V6"), ("Beslut: genomförs lokalt", "Genomförs lokalt")),
    "Genomförs lokalt": (
        ("Beslut: skickas till V6", "Inkommet till V6"),
        ("Överlämnat till förvaltning", "Förvaltning"),
        ("Avslutat", "Avslutat"),
    ),
    "Inkommet till V6": (
        ("V6-kvalificering påbörjad", "V6-kvalificering"),
        ("Tillbaka till kommunen", "Prioriterat"),
        ("Markerat som dubblett", "Dubblett"),
    ),
    "V6-kvalificering": (("Intresseförfrågan utskickad", "Intresseförfrågan"),),
    "Intresseförfrågan": (
        ("Förfrågan stängd", "V6-prioritering"),
        ("Lämnat till Göliska IT för bedömning", "Bedömning hos Göliska IT"),
        ("Tillbaka till kommunen", "Prioriterat"),
    ),
    "Bedömning hos Göliska IT": (("Bedömning från Göliska IT lämnad", "V6-prioritering"),),
    "V6-prioritering": (
        ("V6-prioritering fastställd", "Inför beslut om start"),
        ("Tillbaka till kommunen", "Prioriterat"),
    ),
    "Inför beslut om start": (
        ("Beslut: start", "Genomförande"),
        ("Beslut: avslutas utan genomförande", "Avslutat utan genomförande"),
        ("Tillbaka till kommunen", "Prioriterat"),
    ),
    "Genomförande": (("Överlämnat till förvaltning", "Förvaltning"), ("Avslutat", "Avslutat")),
    "Förvaltning": (("Avslutat", "Avslutat"), ("Beslut: skickas till V6", "Inkommet till V6")),
}
PAUSES = ("Kvalificerat", "Prioriterat", "Inkommet till V6", "V6-prioritering", "Genomförande", "Genomförs lokalt")


@dataclass(frozen=True)
class Drawn:
    """A register, and the day it is read on. Printed sheet by sheet, row by row, empty cells left out."""

    book: Register
    today: dt.date

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))

    def __str__(self) -> str:
        lines = [f"I dag: {self.today}"]
        for title, rows in self.book.items():
            lines += [f"{title}:"] * bool(rows)
            for row in rows:
                shown = {key: _said(value) for key, value in row.items() if value is not None and key not in UNSHOWN}
                lines.append("    " + ", ".join(f"{key} {value}" for key, value in shown.items()))
        return "\n" + "\n".join(lines) + "\n"


UNSHOWN = ("Titel", "Problem eller behov", "Väntad nytta", "Beslutsfattare")


def _said(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return str(value)


@st.composite
def registers(draw: st.DrawFn) -> Drawn:
    """One to six initiatives, and a day on which they are read."""
    book = Register()
    for number in range(1, draw(st.integers(1, 6)) + 1):
        _initiative(draw, book, f"DI-{number}", [f"DI-{n}" for n in range(1, number)])
    today = draw(st.sampled_from((LAST, *(day for day in EDGES if day.year > 2024))))
    return Drawn(book, today)


def _initiative(draw: st.DrawFn, book: Register, reference: str, earlier: list[str]) -> None:
    days = st.sampled_from(EDGES) | st.dates(EDGES[0], LAST)
    pool = sorted(draw(st.lists(days, min_size=3, max_size=7, unique=True)))
    steps = _steps(draw, can_repeat=bool(earlier))
    moments = sorted(draw(st.lists(_moments(pool), min_size=len(steps), max_size=len(steps))))
    standing = ""
    for (word, status), moment in zip(steps, moments, strict=True):
        book["Händelser"].append(
            {"Referens": reference, "Tidpunkt": moment, "Händelse": word, "Från status": standing or None,
             "Till status": status}
        )  # fmt: skip
        standing = status
    residents = draw(st.booleans())
    book["Initiativ"].append(
        {
            "Referens": reference,
            "Titel": reference,
            "Organisation": draw(st.sampled_from((*KOMMUNER, "Göliska IT"))),
            "Problem eller behov": "Behov",
            "Väntad nytta": "Nytta",
            "Målgrupp invånare": "ja" if residents else "nej",
            "Målgrupp medarbetare": "ja" if not residents or draw(st.booleans()) else "nej",
            "Inskickat": moments[1],
            "Status": standing,
            "Dubblett av": draw(st.sampled_from(earlier)) if standing == "Dubblett" else None,
        }
    )
    book["Deltagande"] += _ledger(draw, reference, pool)
    book["Etapper"] += _stages(draw, reference, pool)
    book["Kostnader"] += _costs(draw, reference, pool)
    book["Införanden"] += _adoptions(draw, reference, [day for day in pool if day >= moments[1].date()])
    book["3N"] += _confirmations(draw, reference, pool)


def _moments(pool: list[dt.date]) -> st.SearchStrategy[dt.datetime]:
    """Local times; the hour that does not occur on a night in spring is left out."""
    moments = [dt.datetime.combine(day, time) for day in pool for time in CLOCK]
    return st.sampled_from([m for m in moments if not (m.date() in SPRING and m.hour == 2)])


def _steps(draw: st.DrawFn, *, can_repeat: bool) -> list[tuple[str, str]]:
    """Words and the statuses they lead to, from *Skapat* on; most often a good way into V6."""
    steps = [("Skapat", "Utkast"), ("Inskickat", "Inskickat")]
    for turn in draw(st.lists(st.integers(0, 19), max_size=18)):
        standing = steps[-1][1]
        if standing == "Vilande":
            steps.append(("Återupptaget", steps[-2][1]))
        elif turn == 1 and standing in PAUSES:
            steps.append(("Gjort vilande", "Vilande"))
        else:
            ways = [way for way in WAYS.get(standing, ()) if can_repeat or way[1] != "Dubblett"]
            if not ways:
                break
            steps.append(ways[turn % len(ways)] if turn > 15 else ways[0])
    return steps


def _ledger(draw: st.DrawFn, reference: str, pool: list[dt.date]) -> list[Row]:
    rows: list[Row] = []
    led: list[tuple[dt.date, dt.date]] = []
    for kommun in draw(st.lists(st.sampled_from(KOMMUNER), max_size=4, unique=True)):
        count = draw(st.integers(1, 3))
        days = sorted(draw(st.lists(st.sampled_from(pool), min_size=2 * count, max_size=2 * count)))
        own: list[Row] = []
        for joined, left in zip(days[::2], days[1::2], strict=True):
            is_last = len(own) == count - 1
            ended = None if is_last and draw(st.booleans()) else left
            role = draw(st.sampled_from(("deltar", "deltar", "leder", "följer")))
            until = ended or dt.date.max
            if role == "leder" and any(joined < end and begin < until for begin, end in led):
                role = "deltar"
            if role == "leder":
                led.append((joined, until))
            own.append({"Referens": reference, "Kommun": kommun, "Roll": role, "Gick med": joined, "Lämnade": ended})
        for row, following in zip(own, [*own[1:], None], strict=True):
            stays = following and following["Roll"] != "följer" and following["Gick med"] == row["Lämnade"]
            if row["Lämnade"] and row["Roll"] != "följer" and not stays:
                row |= {"Princip": draw(st.sampled_from(("P1", "P2", "P3"))), "Orsak": f"{kommun} vill annat",
                        "Beslutsfattare": "Någon"}  # fmt: skip
        rows += own
    return rows


def _stages(draw: st.DrawFn, reference: str, pool: list[dt.date]) -> list[Row]:
    kinds = st.sampled_from(("projekt", "uppdrag", "förstudie", "implementation"))
    rows: list[Row] = []
    for number, kind in enumerate(draw(st.lists(kinds, max_size=4)), start=1):
        start = draw(st.sampled_from(pool))
        end = draw(st.none() | st.sampled_from([day for day in pool if day >= start]))
        outcome = draw(st.sampled_from(("genomförd", "genomförd", "avbruten"))) if end else None
        rows.append({"Referens": reference, "Nr": number, "Typ": kind, "Start": start, "Slut": end, "Utfall": outcome})
    return rows


def _costs(draw: st.DrawFn, reference: str, pool: list[dt.date]) -> list[Row]:
    kinds = st.sampled_from(("drift", "utveckling", "förvaltning", "förstudie"))
    rows: list[Row] = []
    for kind in draw(st.lists(kinds, max_size=5)):
        date, until = draw(st.sampled_from(pool)), None
        if kind in ("drift", "förvaltning"):
            ends = [*(day for day in pool if day >= date), dt.date(2028, 2, 29)]
            until = draw(st.none() | st.sampled_from(ends))
        value = draw(st.sampled_from(("utfall", "utfall", "budget")))
        amount = draw(st.sampled_from(AMOUNTS))
        rows.append({"Referens": reference, "Slag": kind, "Värde": value, "Belopp": amount, "Datum": date,
                     "Till och med": until})  # fmt: skip
    return rows


def _adoptions(draw: st.DrawFn, reference: str, pool: list[dt.date]) -> list[Row]:
    kommuner = draw(st.lists(st.sampled_from(KOMMUNER), max_size=3, unique=True))
    return [{"Referens": reference, "Kommun": k, "I drift": draw(st.sampled_from(pool))} for k in kommuner]


def _confirmations(draw: st.DrawFn, reference: str, pool: list[dt.date]) -> list[Row]:
    """Often all three at once, then more answers, some of them *nej*."""
    kinds = ("nytt", "nyttigt", "nyttiggjort")
    asked = list(kinds) if draw(st.booleans()) else []
    asked += draw(st.lists(st.sampled_from(kinds), max_size=5))
    answers = st.sampled_from(("ja", "ja", "ja", "nej"))
    return [
        {"Referens": reference, "Slag": kind, "Svar": draw(answers), "Datum": draw(st.sampled_from(pool))}
        for kind in asked
    ]
