"""The register handed out: the same rows as it came in with, dates as dates, text as text, few statements."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook

from followup.exports.register import Extract, rows_of, safe_text
from followup.exports.register_workbook import write_register
from followup.imports.register import import_register
from followup.register_format import INITIATIVES, LONGEST_CELL, SHEETS
from governance.acts import Act
from governance.models import Event
from initiatives.models import Assessment, Initiative, Round
from tests.cast import Cast
from tests.followup.workbook import Register, answer, at, cost, event, participation
from v6portal.organizations.models import User

EXAMPLE = settings.BASE_DIR / "fixtures" / "register_exempel.xlsx"
STATEMENTS = 9
"""One a sheet, two for the answers."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]

Cells = dict[str, list[tuple[Any, ...]]]


def cells_in(path: Path | io.BytesIO) -> Cells:
    return {page.title: list(page.iter_rows(values_only=True)) for page in load_workbook(path)}


def exported(folder: Path, extract: Extract | None = None) -> Path:
    path = folder / "export.xlsx"
    with path.open("wb") as file:
        write_register(file, extract or Extract())
    return path


def references(extract: Extract) -> list[Any]:
    return [row[0] for row in rows_of(INITIATIVES, extract)]


# The round trip


def test_the_example_register_comes_out_as_it_went_in(tmp_path: Path) -> None:
    assert import_register(EXAMPLE).ok
    assert cells_in(exported(tmp_path)) == cells_in(EXAMPLE)


ODD_TEXTS = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+46 511 320 00",
    "-5 grader",
    "@alla",
    "'citat",
    "#N/A",
    "  blanksteg omkring  ",
    "två\nrader\n\noch en till",
    "tabb\there",
    "<b>&amp;</b> ]]> \" '",
    "åäö ÅÄÖ é ß 漢字 😀 \u202eomvänt",
    "_x0041_",
    "12",
    "2025-01-08",
    "ja",
    "x" * LONGEST_CELL,
]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_text_survives_out_and_in_and_out(text: str, tmp_path: Path) -> None:
    assert import_register(Register.in_progress().save(tmp_path)).ok
    Initiative.objects.update(need=text)
    first = exported(tmp_path)
    page = load_workbook(first)["Initiativ"]
    assert page["F2"].data_type == "s"
    assert page["F2"].value == text
    again = brought_in_anew(first, "DI-2025-001", "DI-2025-777", tmp_path)
    assert Initiative.objects.get(reference="DI-2025-777").need == text
    assert next(row for row in again["Initiativ"] if row[0] == "DI-2025-777")[5] == text


def brought_in_anew(path: Path, old: str, new: str, folder: Path) -> Cells:
    """The cells of an export after the file has been brought in once more under another reference."""
    book = load_workbook(path)
    for page in book:
        for row in page.iter_rows(min_row=2):
            for cell in row:
                if cell.value == old:
                    cell.value = new
                elif isinstance(cell.value, str):
                    cell.data_type = "s"
    renamed = folder / "renamed.xlsx"
    book.save(renamed)
    outcome = import_register(renamed)
    assert [str(fault) for fault in outcome.faults] == []
    return cells_in(exported(folder))


def test_out_and_into_an_empty_database_and_out_gives_the_same_cells(tmp_path: Path) -> None:
    book = Register.in_progress().also("DI-2024-950").also("Ä-1", Titel="'=SUMMA(A1)")
    book["Händelser"] += [
        event("2025-10-26T02:30:15", "Frukostmöte", None, None, **{"Registrerad av": None, "Organisation": None}),
        event("2025-02-06T08:00", "Arbetsanteckning", None, None, Motivering="- punkt"),
    ]
    book["Deltagande"].append(participation("Götene", "följer", "2025-03-01", "2025-04-01"))
    book["Kostnader"] += [cost(Slag="drift", Etapp=None, Belopp=0, **{"Till och med": at("2099-12-31")}), cost()]
    book["Bedömningar"] += [answer("N1", 5, Bedömare=None, Tidpunkt=None), answer("S1", "oklart")]
    with transaction.atomic():
        assert [str(fault) for fault in import_register(book.save(tmp_path)).faults] == []
        path = exported(tmp_path)
        transaction.set_rollback(True)
    first = cells_in(path)
    assert not Initiative.objects.exists()

    assert import_register(path).totals.created == sum(len(rows) - 1 for rows in first.values())

    assert cells_in(exported(tmp_path)) == first


def test_a_text_that_no_cell_can_hold_is_made_to_fit() -> None:
    assert safe_text("rad\r\nrad\rrad") == "rad\nrad\nrad"
    assert safe_text("a\x00b\x0bc\x1fd\ufffee") == "abcde"
    assert safe_text("   ") is None
    assert safe_text("x" * 40_000) == "x" * (LONGEST_CELL - 1) + "…"


# What the cells are


def test_dates_amounts_and_words_are_what_they_should_be_in_excel(tmp_path: Path) -> None:
    assert import_register(Register.in_progress().save(tmp_path)).ok
    book = load_workbook(exported(tmp_path))
    submitted, joined, amount = book["Initiativ"]["L2"], book["Deltagande"]["D2"], book["Kostnader"]["E2"]
    assert (submitted.value, submitted.is_date) == (at("2025-01-08T10:00"), True)
    assert "h" in submitted.number_format
    assert (joined.value, joined.is_date) == (at("2025-02-03"), True)
    assert "h" not in joined.number_format
    assert (amount.value, amount.data_type, amount.number_format) == (1200.5, "n", "#,##0.00")
    assert book["Bedömningar"]["G3"].value == 4
    assert book["Bedömningar"]["G4"].value == "vet inte"
    assert book["Initiativ"]["I2"].value == "ja"


def test_every_sheet_is_ready_to_read_and_to_print(tmp_path: Path) -> None:
    book = load_workbook(exported(tmp_path))
    assert book.sheetnames == [sheet.title for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet.title]
        assert [cell.value for cell in page[1]] == [column.header for column in sheet.columns]
        assert page.freeze_panes == "B2"
        assert page["A1"].font.bold
        assert page.column_dimensions["B"].width == sheet.columns[1].width
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)


def test_times_are_to_the_second_and_local(tmp_path: Path) -> None:
    assert import_register(Register.in_progress().save(tmp_path)).ok
    Initiative.objects.update(created_at=dt.datetime(2024, 12, 31, 23, 30, 15, 987_654, tzinfo=dt.UTC))
    assert load_workbook(exported(tmp_path))["Initiativ"]["K2"].value == at("2025-01-01T00:30:15")


# How much of it


def test_a_draft_is_never_in_the_register(cast: Cast) -> None:
    Initiative.objects.create(
        reference="DI-2025-900", title="Utkast", organisation=cast.orgs["v6"], created_at=timezone.now(),
        author=cast.admin(),
    )  # fmt: skip
    assert references(Extract()) == []
    assert references(Extract(reader=cast.admin())) == []


def readable(cast: Cast, folder: Path) -> User:
    """Two of Skara's initiatives, of which one has been sent to V6; the reader is V6's administrator."""
    assert import_register(Register.in_progress().also("DI-2025-002").save(folder)).ok
    return cast.admin()


def test_a_person_gets_only_what_she_may_see(cast: Cast, tmp_path: Path) -> None:
    admin = readable(cast, tmp_path)
    assert references(Extract()) == ["DI-2025-001", "DI-2025-002"]
    assert references(Extract(reader=admin)) == ["DI-2025-001"]
    cells = cells_in(exported(tmp_path, Extract(reader=admin)))
    assert {row[0] for rows in cells.values() for row in rows[1:]} == {"DI-2025-001"}


def test_a_secret_initiative_is_left_out_for_those_who_may_not_read_it(cast: Cast, tmp_path: Path) -> None:
    admin = readable(cast, tmp_path)
    Initiative.objects.filter(reference="DI-2025-001").update(is_secret=True)
    assert references(Extract(reader=admin)) == []


def test_an_original_that_the_reader_may_not_see_is_not_named(cast: Cast, tmp_path: Path) -> None:
    book = Register.in_progress().also("DI-2025-002")
    moved = event("2025-02-04T08:00", "Markerat som dubblett", "Inkommet till V6", "Dubblett")
    book["Händelser"] = [*book["Händelser"][:6], *book["Händelser"][11:], moved]
    book["Initiativ"][0] |= {"Status": "Dubblett", "Status sedan": moved["Tidpunkt"], "Dubblett av": "DI-2025-002"}
    assert [str(fault) for fault in import_register(book.save(tmp_path)).faults] == []
    place = [column.key for column in INITIATIVES.columns].index("duplicate_of")
    assert next(rows_of(INITIATIVES, Extract(reader=cast.admin())))[place] is None
    assert next(rows_of(INITIATIVES, Extract()))[place] == "DI-2025-002"


def test_working_notes_stay_with_their_organisation(cast: Cast, tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"].append(event("2025-02-06T08:00", "Arbetsanteckning", None, None, Motivering="Internt"))
    assert import_register(book.save(tmp_path)).ok
    assert Event.objects.filter(kind=Act.COMMENT).count() == 1
    sheet = next(sheet for sheet in SHEETS if sheet.key == "events")
    assert not any("Internt" in row for row in rows_of(sheet, Extract(reader=cast.admin())))
    assert any("Internt" in row for row in rows_of(sheet, Extract()))


def test_an_open_round_shows_nobodys_answers_to_others(cast: Cast, tmp_path: Path) -> None:
    admin = readable(cast, tmp_path)
    Round.objects.update(closed_at=None)
    sheet = next(sheet for sheet in SHEETS if sheet.key == "answers")
    assert [row[5] for row in rows_of(sheet, Extract(reader=admin))] == ["K1"]
    assert [row[5] for row in rows_of(sheet, Extract())] == ["K1", "N1", "N2"]


def test_what_does_not_count_is_not_handed_out(cast: Cast, tmp_path: Path) -> None:
    readable(cast, tmp_path)
    Assessment.objects.update(conflict_reason="Min svåger säljer den.")
    sheet = next(sheet for sheet in SHEETS if sheet.key == "answers")
    assert [row[5] for row in rows_of(sheet, Extract())] == ["K1"]


# What it costs


def test_the_statements_do_not_grow_with_the_rows(tmp_path: Path, django_assert_num_queries: Any) -> None:
    book = Register.in_progress()
    assert import_register(book.save(tmp_path)).ok
    with django_assert_num_queries(STATEMENTS + 2):  # and a savepoint's beginning and end
        exported(tmp_path)
    for number in range(2, 60):
        book.also(f"DI-2025-{number:03d}")
    assert import_register(book.save(tmp_path)).ok
    with django_assert_num_queries(STATEMENTS + 2):
        exported(tmp_path)


def test_the_command_writes_the_file_or_leaves_what_was_there(tmp_path: Path, monkeypatch: Any) -> None:
    from followup.management.commands import export_register

    path = tmp_path / "register.xlsx"
    call_command("export_register", str(path), verbosity=0)
    assert load_workbook(path).sheetnames[0] == "Initiativ"
    before = path.read_bytes()

    def fails(*args: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(export_register, "write_register", fails)
    with pytest.raises(OSError, match="no room"):
        call_command("export_register", str(path), verbosity=0)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["register.xlsx"]
