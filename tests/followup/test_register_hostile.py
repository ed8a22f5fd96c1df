"""Files that mean harm, or are simply not a register: refused before any row is read, quickly and in little memory."""

import io
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from followup.imports.register import import_register
from followup.register_format import SHEETS
from initiatives.models import Initiative
from initiatives.workbooks.reading import Cells, FileRefused, read_cells
from initiatives.workbooks.safety import Limits
from tests.followup.workbook import Register

MAIN = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
HEAD = b'<?xml version="1.0"?>'
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
EIGHT = [sheet.title for sheet in SHEETS]
Parts = dict[str, bytes]
Change = Callable[[Parts], object]


def parts_of(book: Workbook | None = None) -> Parts:
    file = io.BytesIO()
    (book or Register.in_progress().workbook()).save(file)
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts, path: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        read_cells(path, EIGHT, limits or Limits())
    return str(refused.value)


def replace(name: str, old: bytes, new: bytes) -> Change:
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


def doctype(name: str, encoding: str = "utf-8") -> Change:
    def change(parts: Parts) -> None:
        text = parts[name].decode()
        declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]>'
        parts[name] = (declared + text[text.index("?>") + 2 if text.startswith("<?xml") else 0 :]).encode(encoding)

    return change


def sheet_of(rows: bytes) -> bytes:
    return HEAD + b"<worksheet " + NAMESPACE + b"><sheetData>" + rows + b"</sheetData></worksheet>"


LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"'
    b' Target="%s" TargetMode="External"/></Relationships>'
)
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"

REFUSED: dict[str, tuple[Change, str]] = {
    "no list of parts": (lambda parts: parts.pop(TYPES), "inte en arbetsbok"),
    "a text document": (replace(TYPES, b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"), "arbetsbok"),
    "no relations": (lambda parts: parts.pop("_rels/.rels"), "inte en arbetsbok"),
    "no workbook part": (lambda parts: parts.pop(MAIN), "trasig"),
    "a sheet that is not there": (lambda parts: parts.pop(SHEET), "trasig"),
    "a sheet that breaks off": (lambda parts: parts.update({SHEET: parts[SHEET][:-40]}), "trasig"),
    "a sheet of control characters": (lambda parts: parts.update({SHEET: sheet_of(b"<row>\x01</row>")}), "trasig"),
    "macros": (lambda parts: parts.update({"xl/vbaProject.bin": b"Sub"}), "makron"),
    "macros by type": (replace(TYPES, b".sheet.main+xml", b".sheet.macroEnabled.main+xml"), "makron"),
    "old macros": (lambda parts: parts.update({"xl/macrosheets/sheet1.xml": b"<x/>"}), "makron"),
    "a link to another workbook": (lambda parts: parts.update({"xl/externalLinks/link1.xml": b"<x/>"}), "andra filer"),
    "a DDE link": (
        lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink/></externalLink>"}),
        "andra filer",
    ),
    "a data connection": (lambda parts: parts.update({"xl/connections.xml": b"<connections/>"}), "andra filer"),
    "a picture from the net": (
        lambda parts: parts.update({SHEET_RELATIONS: RELATION % (b"image", b"http://x.example/a.png")}),
        "andra filer",
    ),
    "a hyperlink to a file": (
        lambda parts: parts.update({SHEET_RELATIONS: RELATION % (b"hyperlink", b"file://server/share")}),
        "andra filer",
    ),
    "a document type in the workbook": (doctype(MAIN), "dokumenttyp"),
    "a document type in a sheet": (doctype(SHEET), "dokumenttyp"),
    "a document type in the styles": (doctype("xl/styles.xml"), "dokumenttyp"),
    "a document type in the list of parts": (doctype(TYPES), "dokumenttyp"),
    "a document type in an unused part": (
        lambda parts: parts.update({"customXml/item1.xml": b"<!DOCTYPE x><x/>"}),
        "dokumenttyp",
    ),
    "a document type in another encoding": (doctype(SHEET, "utf-16"), "dokumenttyp"),
    "a thousand million laughs": (
        lambda parts: parts.update({SHEET: LAUGHS + b"]>" + sheet_of(b"<row><c><v>&a9;</v></c></row>")}),
        "dokumenttyp",
    ),
    "an entity without a document type": (
        lambda parts: parts.update({SHEET: sheet_of(b"<row><c t='str'><v>&lol;</v></c></row>")}),
        "trasig",
    ),
    "a part packed 1,000 times": (lambda parts: parts.update({"xl/media/x.bin": bytes(1_000_000)}), "200 gånger"),
    "too many parts": (
        lambda parts: parts.update({f"xl/media/{n}.txt": b"x" for n in range(200)}),
        "fler än 200 delar",
    ),
    "a row beyond the last": (lambda parts: parts.update({SHEET: sheet_of(b"<row r='99999999999'/>")}), "trasig"),
    "a column beyond the last": (
        lambda parts: parts.update({SHEET: sheet_of(b"<row r='1'><c r='ZZZ1'><v>1</v></c></row>")}),
        "trasig",
    ),
    "a shared text that is not there": (
        lambda parts: parts.update({SHEET: sheet_of(b"<row r='1'><c r='A1' t='s'><v>7</v></c></row>")}),
        "trasig",
    ),
    "a hidden sheet": (replace(MAIN, b'name="3N"', b'state="hidden" name="3N"'), "Bladet 3N är dolt"),
    "a very hidden sheet": (replace(MAIN, b'name="3N"', b'state="veryHidden" name="3N"'), "Bladet 3N är dolt"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_a_whole(name: str, tmp_path: Path) -> None:
    change, sentence = REFUSED[name]
    parts = parts_of()
    if name.endswith("hidden sheet"):
        parts[MAIN] = parts[MAIN].replace(b'state="visible" ', b"").replace(b' state="visible"', b"")
    change(parts)
    assert sentence in refusal(packed(parts, tmp_path / "hostile.xlsx"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "inte en arbetsbok"),
        (b"Referens;Titel\nDI-2025-001;Tavla\n", "inte en arbetsbok"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "inte en arbetsbok"),
        (b"PK\x03\x04" + bytes(100), "inte en arbetsbok"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "krypterad eller i det gamla formatet"),
    ],
)
def test_what_is_no_workbook_at_all_is_refused(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    assert sentence in refusal(path)


def test_a_part_with_a_password_is_refused(tmp_path: Path) -> None:
    path = packed(parts_of(), tmp_path / "locked.xlsx")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "krypterad" in refusal(path)


def test_more_than_fifty_megabytes_unpacked_is_refused(tmp_path: Path) -> None:
    parts = parts_of() | {f"xl/media/{n}.bin": bytes(range(256)) * 40_960 for n in range(5)}
    started = time.monotonic()
    assert "50 MB" in refusal(packed(parts, tmp_path / "large.xlsx", zipfile.ZIP_STORED))
    assert time.monotonic() - started < 5


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it(tmp_path: Path) -> None:
    parts = parts_of() | {"xl/media/x.bin": bytes(30_000_000)}
    path = packed(parts, tmp_path / "liar.xlsx")
    content = path.read_bytes().replace((30_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    path.write_bytes(content)
    assert "inte en arbetsbok" in refusal(path)


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    rows = b"".join(
        b"<row r='%d'>%s</row>" % (n, b"".join(b"<c><v>%d</v></c>" % (n * 7919 + k) for k in range(60)))
        for n in range(1, 20_000)
    )
    parts = parts_of() | {SHEET: sheet_of(rows)}
    started = time.monotonic()
    assert "för lång tid" in refusal(packed(parts, tmp_path / "slow.xlsx"), Limits(seconds=1))
    assert time.monotonic() - started < 4


def test_a_sheet_of_wide_and_empty_rows_is_stopped(tmp_path: Path) -> None:
    rows = b"".join(b"<row r='%d'><c r='XFD%d'><v>%d</v></c></row>" % (n, n, n * 7919) for n in range(1, 20_000))
    started = time.monotonic()
    refusal(packed(parts_of() | {SHEET: sheet_of(rows)}, tmp_path / "wide.xlsx"))
    assert time.monotonic() - started < 10


def test_elements_within_elements_without_end_are_survived(tmp_path: Path) -> None:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    path = packed(parts_of() | {SHEET: sheet_of(deep)}, tmp_path / "deep.xlsx", zipfile.ZIP_STORED)
    assert read_cells(path, EIGHT, Limits()).rows["Initiativ"] == []


def test_the_child_has_little_memory_and_the_parent_none_to_spare_for_it(tmp_path: Path) -> None:
    text = b"".join(b"<si><t>%d%s</t></si>" % (n, b"lika " * 20) for n in range(400_000))
    strings = HEAD + b"<sst " + NAMESPACE + b">" + text + b"</sst>"
    parts = parts_of()
    parts["xl/sharedStrings.xml"] = strings
    relations = "xl/_rels/workbook.xml.rels"
    if b"sharedStrings" not in parts[relations]:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        own = b'<Relationship Id="rId99" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
        parts[relations] = parts[relations].replace(b"</Relationships>", own)
    path = packed(parts, tmp_path / "texts.xlsx", zipfile.ZIP_STORED)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "för stor" in refusal(path, Limits(memory=60 * 1024 * 1024))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_the_child_gets_nothing_of_the_environment(tmp_path: Path) -> None:
    popen = patch("initiatives.workbooks.reading.subprocess.Popen", side_effect=RuntimeError)
    with popen as started, pytest.raises(RuntimeError):
        read_cells(tmp_path / "any.xlsx", EIGHT, Limits())
    assert started.call_args.kwargs["env"] == {}


def read(parts: Parts, folder: Path) -> Cells:
    return read_cells(packed(parts, folder / "plain.xlsx"), EIGHT, Limits())


def cells_of(row: bytes, folder: Path) -> list[object]:
    return read(parts_of() | {SHEET: sheet_of(b"<row r='4'>" + row + b"</row>")}, folder).rows["Initiativ"][0][1]


@pytest.mark.parametrize(
    ("cell", "handed"),
    [
        (b"<c><v>12</v></c>", 12),
        (b"<c><v>1.5E3</v></c>", 1500.0),
        (b"<c><v>1e999</v></c>", ["x", "1e999"]),
        (b"<c><v>NaN</v></c>", ["x", "NaN"]),
        (b"<c><v>" + b"9" * 5000 + b"</v></c>", ["x", "9" * 80]),
        (b"<c><v>tolv</v></c>", ["x", "tolv"]),
        (b"<c t='b'><v>1</v></c>", True),
        (b"<c t='e'><v>#N/A</v></c>", ["e", "#N/A"]),
        (b"<c t='str'><v>text</v></c>", "text"),
        (b"<c t='inlineStr'><is><t>=1+1</t></is></c>", "=1+1"),
        (b"<c t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>", "ab"),
        (b"<c><f>1+1</f><v>2</v></c>", ["f", "=1+1"]),
        (b"<c t='str'><f>cmd|'/c calc'!A0</f><v>text</v></c>", ["f", "=cmd|'/c calc'!A0"]),
        (b"<c><f t='shared' si='0'/><v>2</v></c>", ["f", "="]),
        (b"<c t='d'><v>2025-01-08T10:00:00</v></c>", ["d", "2025-01-08T10:00:00"]),
        (b"<c t='d'><v>i dag</v></c>", ["x", "i dag"]),
        (b"<c t='str'><v>" + b"x" * 32_768 + b"</v></c>", ["l", 32_768]),
    ],
)
def test_a_cell_is_handed_over_as_what_it_is(cell: bytes, handed: object, tmp_path: Path) -> None:
    assert cells_of(cell, tmp_path) == [handed]


def test_other_programs_write_other_prefixes_and_leave_places_out(tmp_path: Path) -> None:
    row = b"<x:row r='4' xmlns:x='urn:x'><x:c r='B4' t='str'><x:v>b</x:v></x:c><x:c t='str'><x:v>c</x:v></x:c></x:row>"
    parts = parts_of() | {SHEET: sheet_of(row)}
    assert read(parts, tmp_path).rows["Initiativ"] == [(4, [None, "b", "c"])]


def test_a_workbook_that_counts_its_days_from_1904_says_the_same_day(tmp_path: Path) -> None:
    book = Register.in_progress().workbook()
    book.epoch = CALENDAR_MAC_1904
    handed = read(parts_of(book), tmp_path)
    assert handed.rows["Deltagande"][1][1][3] == ["d", "2025-02-03T00:00:00"]


def test_an_ordinary_link_on_an_address_is_no_reason_to_refuse(tmp_path: Path) -> None:
    parts = parts_of() | {SHEET_RELATIONS: RELATION % (b"hyperlink", b"mailto:registrator@skara.example")}
    assert len(read(parts, tmp_path).rows["Initiativ"]) == 2


def test_a_hidden_sheet_that_does_not_belong_to_the_register_is_not_read(tmp_path: Path) -> None:
    book = Register.in_progress().workbook()
    book.create_sheet("Lösa tankar").sheet_state = "hidden"
    handed = read(parts_of(book), tmp_path)
    assert handed.others == ["Lösa tankar"]
    assert "Lösa tankar" not in handed.rows


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind(tmp_path: Path) -> None:
    parts = parts_of() | {"xl/vbaProject.bin": b"Sub"}
    outcome = import_register(packed(parts, tmp_path / "macros.xlsx"))
    assert not outcome.ok
    assert "makron" in outcome.refusal
    assert outcome.totals.read == 0
    assert not Initiative.objects.exists()
