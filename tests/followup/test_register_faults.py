"""Every fault of a register is listed with its sheet, row and column, and then nothing at all is written."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from followup.imports.faults import MOST_FAULTS, Outcome
from followup.imports.register import import_register
from initiatives.models import Initiative
from tests.followup.workbook import (
    REFERENCE,
    Register,
    adoption,
    answer,
    at,
    confirmation,
    cost,
    event,
    initiative,
    left,
    participation,
    stage,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]

TOMORROW = dt.datetime.combine(timezone.localdate() + dt.timedelta(days=1), dt.time())
Change = Callable[[Register], Any]


def outcome_of(book: Register, folder: Path) -> Outcome:
    return import_register(book.save(folder))


def places(outcome: Outcome) -> set[tuple[str, int | None, str]]:
    return {(fault.sheet, fault.row, fault.column) for fault in outcome.faults}


def put(title: str, number: int = 0, **changes: Any) -> Change:
    """Changes cells of one row; the column is written with underscores for spaces."""
    return lambda book: book[title][number].update({key.replace("_", " "): value for key, value in changes.items()})


def add(title: str, *rows: dict[str, Any]) -> Change:
    return lambda book: book[title].extend(rows)


FAULTS: dict[str, tuple[Change, tuple[str, int | None, str]]] = {
    # Initiativ
    "no title": (put("Initiativ", Titel=None), ("Initiativ", 2, "Titel")),
    "a title of spaces": (put("Initiativ", Titel="   "), ("Initiativ", 2, "Titel")),
    "a title that is too long": (put("Initiativ", Titel="x" * 201), ("Initiativ", 2, "Titel")),
    "a date as title": (put("Initiativ", Titel=at("2025-01-01")), ("Initiativ", 2, "Titel")),
    "an unknown organisation": (put("Initiativ", Organisation="Mariestad"), ("Initiativ", 2, "Organisation")),
    "V6 submits nothing": (put("Initiativ", Organisation="V6"), ("Initiativ", 2, "Organisation")),
    "no target group": (put("Initiativ", Målgrupp_invånare="nej"), ("Initiativ", 2, "Målgrupp invånare")),
    "a target group that is neither ja nor nej": (
        put("Initiativ", Målgrupp_invånare="kanske"),
        ("Initiativ", 2, "Målgrupp invånare"),
    ),
    "an unknown status": (put("Initiativ", Status="Klart"), ("Initiativ", 2, "Status")),
    "a status that the events contradict": (put("Initiativ", Status="Förvaltning"), ("Initiativ", 2, "Status")),
    "a status without events": (add("Initiativ", initiative("DI-2025-009")), ("Initiativ", 3, "Status")),
    "a draft": (
        lambda book: (
            book["Initiativ"].append(initiative("DI-2025-009", Status="Utkast")),
            book["Händelser"].append(event("2025-01-07T09:00", "Skapat", None, "Utkast", Referens="DI-2025-009")),
        ),
        ("Initiativ", 3, "Status"),
    ),
    "a status since another day": (
        put("Initiativ", Status_sedan=at("2025-03-04T08:00")),
        ("Initiativ", 2, "Status sedan"),
    ),
    "submitted at another time": (put("Initiativ", Inskickat=at("2025-01-08T11:00")), ("Initiativ", 2, "Inskickat")),
    "created after submission": (put("Initiativ", Skapat=at("2025-01-09T11:00")), ("Initiativ", 2, "Skapat")),
    "in V6 before it was sent": (
        put("Initiativ", Inkommet_till_V6=at("2025-01-01T08:00")),
        ("Initiativ", 2, "Inkommet till V6"),
    ),
    "in V6 without being sent": (
        lambda book: book.also("DI-2025-002", **{"Inkommet till V6": at("2025-02-01T08:00")}),
        ("Initiativ", 3, "Inkommet till V6"),
    ),
    "two initiatives with one reference": (add("Initiativ", initiative()), ("Initiativ", 3, "Referens")),
    "a reference with a slash": (put("Initiativ", Referens="DI/2025/1"), ("Initiativ", 2, "Referens")),
    "a reference without a digit": (put("Initiativ", Referens="ny"), ("Initiativ", 2, "Referens")),
    "a duplicate of itself": (put("Initiativ", Dubblett_av=REFERENCE), ("Initiativ", 2, "Dubblett av")),
    "a duplicate of the unknown": (put("Initiativ", Dubblett_av="DI-1999-001"), ("Initiativ", 2, "Dubblett av")),
    "an original where there is no duplicate": (
        lambda book: book.also("DI-2025-002", **{"Dubblett av": REFERENCE}),
        ("Initiativ", 3, "Dubblett av"),
    ),
    "led by a kommun that does not lead": (put("Initiativ", Leder="Vara"), ("Initiativ", 2, "Leder")),
    "led by Göliska IT": (put("Initiativ", Leder="Göliska IT"), ("Initiativ", 2, "Leder")),
    "an unknown motive": (put("Initiativ", Samverkansmotiv="pengar"), ("Initiativ", 2, "Samverkansmotiv")),
    "a true instead of a text": (put("Initiativ", Diarienummer=True), ("Initiativ", 2, "Diarienummer")),
    # Times
    "submitted in the future": (put("Initiativ", Inskickat=TOMORROW), ("Initiativ", 2, "Inskickat")),
    "a date written as text": (put("Initiativ", Inskickat="2025-01-08 10:00"), ("Initiativ", 2, "Inskickat")),
    "a date written as a number": (put("Initiativ", Inskickat=45665), ("Initiativ", 2, "Inskickat")),
    "a date of another century": (put("Initiativ", Skapat=at("1901-01-01T08:00")), ("Initiativ", 2, "Skapat")),
    "a time that the clock leapt over": (
        put("Initiativ", Skapat=at("2024-03-31T02:30")),
        ("Initiativ", 2, "Skapat"),
    ),
    # Händelser
    "an event of nothing": (put("Händelser", 2, Referens="DI-1999-001"), ("Händelser", 4, "Referens")),
    "an event without a word": (put("Händelser", 2, Händelse=None), ("Händelser", 4, "Händelse")),
    "an event in the future": (put("Händelser", 10, Tidpunkt=TOMORROW), ("Händelser", 12, "Tidpunkt")),
    "an unknown role": (put("Händelser", 2, Roll="Chef"), ("Händelser", 4, "Roll")),
    "a gap in the chain": (lambda book: book["Händelser"].pop(3), ("Händelser", 5, "Från status")),
    "a step that the process does not have": (
        put("Händelser", 2, Till_status="Kvalificerat"),
        ("Händelser", 4, "Händelse"),
    ),
    "a step by another word": (put("Händelser", 2, Händelse="Kvalificerat"), ("Händelser", 4, "Händelse")),
    "a word of its own for a step": (put("Händelser", 2, Händelse="Vi började"), ("Händelser", 4, "Händelse")),
    "a step without its status": (
        put("Händelser", 2, Från_status=None, Till_status=None),
        ("Händelser", 4, "Till status"),
    ),
    "a beginning in the middle": (put("Händelser", 0, Från_status="Kvalificerat"), ("Händelser", 2, "Från status")),
    "resumed where it was not paused": (
        lambda book: (
            book["Händelser"].append(event("2025-04-01T08:00", "Gjort vilande", "Genomförande", "Vilande")),
            book["Händelser"].append(event("2025-04-02T08:00", "Återupptaget", "Vilande", "V6-prioritering")),
        ),
        ("Händelser", 14, "Händelse"),
    ),
    # Deltagande
    "Göliska IT takes part": (put("Deltagande", 1, Kommun="Göliska IT"), ("Deltagande", 3, "Kommun")),
    "an unknown part": (put("Deltagande", 1, Roll="tittar på"), ("Deltagande", 3, "Roll")),
    "leaves before it joins": (
        add("Deltagande", left("Götene", "deltar", "2025-03-01", "2025-02-01")),
        ("Deltagande", 4, "Lämnade"),
    ),
    "takes part twice at once": (
        add("Deltagande", participation("Vara", "följer", "2025-04-01")),
        ("Deltagande", 4, "Gick med"),
    ),
    "takes part twice at once around a single day": (
        add(
            "Deltagande",
            left("Götene", "deltar", "2025-03-01", "2025-09-01"),
            left("Götene", "deltar", "2025-04-01", "2025-04-01"),
            participation("Götene", "följer", "2025-05-01"),
        ),
        ("Deltagande", 6, "Gick med"),
    ),
    "two leaders at once": (
        add("Deltagande", participation("Götene", "leder", "2025-04-01")),
        ("Deltagande", 4, "Roll"),
    ),
    "a leave without principle": (
        add("Deltagande", left("Götene", "deltar", "2025-03-01", "2025-05-01") | {"Princip": None}),
        ("Deltagande", 4, "Princip"),
    ),
    "a leave without reason": (
        add("Deltagande", left("Götene", "deltar", "2025-03-01", "2025-05-01") | {"Orsak": None}),
        ("Deltagande", 4, "Orsak"),
    ),
    "a leave without decider": (
        add("Deltagande", left("Götene", "deltar", "2025-03-01", "2025-05-01") | {"Beslutsfattare": None}),
        ("Deltagande", 4, "Beslutsfattare"),
    ),
    "a leave into following without principle": (
        add(
            "Deltagande",
            participation("Götene", "deltar", "2025-03-01", "2025-05-01"),
            participation("Götene", "följer", "2025-05-01"),
        ),
        ("Deltagande", 4, "Princip"),
    ),
    "an unknown principle": (
        add("Deltagande", left("Götene", "deltar", "2025-03-01", "2025-05-01") | {"Princip": "P99"}),
        ("Deltagande", 4, "Princip"),
    ),
    "a leave in the future": (
        add("Deltagande", left("Götene", "deltar", "2025-03-01", "2025-05-01") | {"Lämnade": TOMORROW}),
        ("Deltagande", 4, "Lämnade"),
    ),
    "a day with a time of day": (
        put("Deltagande", 1, Gick_med=at("2025-02-18T13:30")),
        ("Deltagande", 3, "Gick med"),
    ),
    # Etapper
    "a stage that ends before it starts": (
        add("Etapper", stage(2, Slut=at("2025-02-01"), Utfall="genomförd")),
        ("Etapper", 3, "Slut"),
    ),
    "an outcome without an end": (add("Etapper", stage(2, Utfall="avbruten")), ("Etapper", 3, "Slut")),
    "an end without an outcome": (add("Etapper", stage(2, Slut=at("2025-05-01"))), ("Etapper", 3, "Utfall")),
    "two stages of one number": (add("Etapper", stage()), ("Etapper", 3, "Nr")),
    "a stage number of nought": (put("Etapper", Nr=0), ("Etapper", 2, "Nr")),
    "half a stage number": (put("Etapper", Nr=1.5), ("Etapper", 2, "Nr")),
    "a stage that starts in the future": (put("Etapper", Start=TOMORROW), ("Etapper", 2, "Start")),
    # Kostnader
    "a negative amount": (put("Kostnader", Belopp=-1), ("Kostnader", 2, "Belopp")),
    "an amount beyond ten milliarder": (put("Kostnader", Belopp=10_000_000_000.01), ("Kostnader", 2, "Belopp")),
    "an absurd amount": (put("Kostnader", Belopp=1e300), ("Kostnader", 2, "Belopp")),
    "a third of an öre": (put("Kostnader", Belopp=0.333), ("Kostnader", 2, "Belopp")),
    "an amount written as text": (put("Kostnader", Belopp="1 200 kr"), ("Kostnader", 2, "Belopp")),
    "a stage that is not there": (put("Kostnader", Etapp=7), ("Kostnader", 2, "Etapp")),
    "a one-off cost with an end": (put("Kostnader", Till_och_med=at("2025-12-31")), ("Kostnader", 2, "Till och med")),
    "a running cost that ends before it begins": (
        add("Kostnader", cost(Slag="drift", Etapp=None, **{"Till och med": at("2025-03-31")})),
        ("Kostnader", 3, "Till och med"),
    ),
    "a cost in the future": (put("Kostnader", Datum=TOMORROW), ("Kostnader", 2, "Datum")),
    # Införanden
    "in use before it was submitted": (
        put("Införanden", I_drift=at("2025-01-07")),
        ("Införanden", 2, "I drift"),
    ),
    "in use twice in one kommun": (add("Införanden", adoption()), ("Införanden", 3, "Kommun")),
    "in use at Göliska IT": (put("Införanden", Kommun="Göliska IT"), ("Införanden", 2, "Kommun")),
    "in use tomorrow": (put("Införanden", I_drift=TOMORROW), ("Införanden", 2, "I drift")),
    # 3N
    "an unknown benefit": (put("3N", Slag="nyttigast"), ("3N", 2, "Slag")),
    "an unclear benefit": (put("3N", Svar="oklart"), ("3N", 2, "Svar")),
    "confirmed tomorrow": (add("3N", confirmation(Datum=TOMORROW)), ("3N", 3, "Datum")),
    # Bedömningar
    "an unknown model": (put("Bedömningar", Modellversion="1999.1"), ("Bedömningar", 2, "Modellversion")),
    "an unknown code": (put("Bedömningar", Kod="Q1"), ("Bedömningar", 2, "Kod")),
    "a question of the other level": (put("Bedömningar", Nivå="V6"), ("Bedömningar", 2, "Nivå")),
    "a number for a question": (put("Bedömningar", Svar=3), ("Bedömningar", 2, "Svar")),
    "a ja for a criterion": (put("Bedömningar", 1, Svar="ja"), ("Bedömningar", 3, "Svar")),
    "a six": (put("Bedömningar", 1, Svar=6), ("Bedömningar", 3, "Svar")),
    "the same question twice": (add("Bedömningar", answer("K1", "nej")), ("Bedömningar", 5, "Kod")),
    "the same criterion twice": (add("Bedömningar", answer("N1", 5)), ("Bedömningar", 5, "Kod")),
    # Any sheet
    "a text longer than a cell": (
        put("Initiativ", Väntad_nytta="<hit>"),
        ("Initiativ", 2, "Väntad nytta"),
    ),
    "a formula": (put("Kostnader", Belopp="=1+1"), ("Kostnader", 2, "Belopp")),
    "a formula in a text": (put("Initiativ", Titel="=HYPERLINK(\"http://x\")"), ("Initiativ", 2, "Titel")),
    "an error value": (put("Initiativ", Titel="#N/A"), ("Initiativ", 2, "Titel")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_listed_where_it_stands_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    change, place = FAULTS[name]
    book = Register.in_progress()
    change(book)
    path = book.save(tmp_path)
    if name == "a text longer than a cell":
        lengthen(path)

    outcome = import_register(path)

    assert place in places(outcome)
    assert not outcome.written
    assert outcome.totals.created == 0
    assert outcome.totals.refused >= 1
    assert not Initiative.objects.exists()


def lengthen(path: Path) -> None:
    """Puts a longer text in the file than openpyxl would write."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(b"&lt;hit&gt;", b"lika " * 6554))


def test_the_register_that_the_faults_are_put_into_is_itself_without_fault(tmp_path: Path) -> None:
    outcome = outcome_of(Register.in_progress(), tmp_path)
    assert outcome.faults == []
    assert outcome.written


def test_a_fault_says_what_was_found_and_what_was_expected(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Etapper"][0] |= {"Utfall": "färdig"}
    (fault,) = outcome_of(book, tmp_path).faults
    assert str(fault) == "Etapper, rad 2, Utfall: fann ”färdig”, väntade något av orden genomförd, avbruten."


def test_all_faults_are_listed_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Initiativ"][0] |= {"Titel": None, "Organisation": "Falun"}
    book["Kostnader"][0] |= {"Belopp": -5}
    outcome = outcome_of(book, tmp_path)
    assert [(f.sheet, f.row, f.column) for f in outcome.faults] == [
        ("Initiativ", 2, "Titel"),
        ("Initiativ", 2, "Organisation"),
        ("Kostnader", 2, "Belopp"),
    ]
    assert outcome.totals.refused == 2


def test_a_missing_required_column_is_an_error_and_a_missing_other_column_is_not(tmp_path: Path) -> None:
    book = Register.in_progress()
    book.headers["Deltagande"].remove("Gick med")
    book.headers["Etapper"].remove("Planerat slut")
    outcome = outcome_of(book, tmp_path)
    assert ("Deltagande", 1, "Gick med") in places(outcome)
    assert not any(fault.sheet == "Etapper" for fault in outcome.faults)


def test_a_column_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    book = Register.in_progress()
    book.headers["Etapper"].append("Start")
    assert places(outcome_of(book, tmp_path)) == {("Etapper", 1, "Start")}


def test_a_missing_sheet_is_an_error(tmp_path: Path) -> None:
    book = Register.in_progress()
    del book.headers["3N"]
    assert places(outcome_of(book, tmp_path)) == {("3N", None, "")}


def test_a_formula_outside_the_columns_of_the_register_is_a_fault_too(tmp_path: Path) -> None:
    book = Register.in_progress()
    book.headers["3N"].append("Egen")
    book["3N"][0]["Egen"] = "=SUM(A1:A2)"
    assert places(outcome_of(book, tmp_path)) == {("3N", 2, "kolumn 8")}


def test_a_reference_that_is_here_with_other_content_is_a_fault(tmp_path: Path) -> None:
    assert outcome_of(Register.in_progress(), tmp_path).written
    changed = Register.in_progress()
    changed["Kostnader"][0]["Belopp"] = 99
    (fault,) = outcome_of(changed, tmp_path).faults
    assert (fault.sheet, fault.row, fault.column, fault.found) == ("Initiativ", 2, "Referens", REFERENCE)
    assert "Kostnader" in fault.expected


def test_a_reference_that_a_draft_has_is_taken(tmp_path: Path, orgs: dict[str, Any]) -> None:
    Initiative.objects.create(reference=REFERENCE, title="Utkast", organisation=orgs["vara"], created_at=timezone.now())
    assert places(outcome_of(Register.in_progress(), tmp_path)) == {("Initiativ", 2, "Referens")}


def test_what_was_paused_and_resumed_where_it_was_is_no_fault(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"] += [
        event("2025-04-01T08:00", "Gjort vilande", "Genomförande", "Vilande"),
        event("2025-04-02T08:00", "Återupptaget", "Vilande", "Genomförande"),
    ]
    book["Initiativ"][0]["Status sedan"] = at("2025-04-02T08:00")
    assert outcome_of(book, tmp_path).faults == []


def test_a_file_with_more_faults_than_anybody_reads_is_read_no_further(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Kostnader"] = [cost(Belopp=-1) for _row in range(MOST_FAULTS + 500)]
    outcome = outcome_of(book, tmp_path)
    assert len(outcome.faults) == MOST_FAULTS
    assert outcome.has_more_faults
    assert outcome.totals.read == 20 + MOST_FAULTS + 500
