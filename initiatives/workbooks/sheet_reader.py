"""The cells of a worksheet and the texts that they share, straight from the parser.

A register of 50 MB has about a million cells. openpyxl's safe reader takes some 30 µs for each, this a tenth of it.
Runs in the child process, on packages that ``safety`` has passed; cells are handed over as ``child`` says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat

from .safety import CHUNK, Reason, Unsafe

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
LONGEST_CELL = 32_767
LONGEST_SHOWN = 80
LONGEST_NUMBER = 10**15
LAST_DAY = 2_958_465
"""31 December 9999, as a number of days."""
WHOLE = re.compile(r"-?\d{1,15}")


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*args: object) -> None:
    raise Unsafe(Reason.DOCUMENT_TYPE)


def _fed(parser: expat.XMLParserType, part: IO[bytes]) -> Iterator[None]:
    """Parses the part piece by piece, pausing after each."""
    try:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unsafe(Reason.BROKEN) from error
    yield


def shared_strings(part: IO[bytes]) -> list[str]:
    """The texts of the shared part, by their number; ruby text beside them is left out."""
    found: list[str] = []
    pieces: list[str] = []
    depth = {"t": 0, "rPh": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in depth:
            depth[name] += 1

    def end(name: str) -> None:
        name = name.rpartition(":")[2]
        if name in depth:
            depth[name] -= 1
        elif name == "si":
            found.append("".join(pieces))
            pieces.clear()

    def text(data: str) -> None:
        if depth["t"] and not depth["rPh"]:
            pieces.append(data)

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    for _step in _fed(parser, part):
        pass
    return found


@dataclass(frozen=True)
class Key:
    """What is needed to understand the cells of a workbook."""

    strings: list[str]
    date_styles: frozenset[str]
    day_nought: dt.datetime


def as_text(value: str) -> Any:
    return value if len(value) <= LONGEST_CELL else ["l", len(value)]


def as_number(value: str, is_date: bool, key: Key) -> Any:
    """A number, or the date that it stands for; ``x`` if no cell could hold it."""
    try:
        number = int(value) if WHOLE.fullmatch(value) else float(value)
    except ValueError:
        return ["x", value[:LONGEST_SHOWN]]
    if not is_date:
        return number if abs(number) < LONGEST_NUMBER else ["x", value[:LONGEST_SHOWN]]
    if not 1 <= number <= LAST_DAY:
        return ["x", value[:LONGEST_SHOWN]]
    day, fraction = divmod(number, 1)
    return ["d", (key.day_nought + dt.timedelta(days=day, milliseconds=round(fraction * 86_400_000))).isoformat()]


def as_iso_date(value: str) -> Any:
    try:
        return ["d", dt.datetime.fromisoformat(value).replace(tzinfo=None).isoformat()]
    except ValueError:
        return ["x", value[:LONGEST_SHOWN]]


def as_shared(value: str, key: Key) -> Any:
    try:
        return as_text(key.strings[int(value)])
    except (ValueError, IndexError) as error:
        raise Unsafe(Reason.BROKEN) from error


class SheetReader:
    """Gathers the rows of one sheet as the parser goes through it."""

    def __init__(self, key: Key) -> None:
        self.key = key
        self.rows: list[tuple[int, list[Any]]] = []
        """Rows that are finished and not yet fetched."""
        self.number = 0
        self.cells: list[Any] = []
        self.collected: list[str] = []
        self.formula: list[str] | None = None
        self.target: list[str] | None = None
        self.phonetic = False
        self.kind, self.style, self.place = "n", "0", 0
        self.columns: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self.start_cell,
            "v": self.start_value,
            "t": self.start_text,
            "f": self.start_formula,
            "row": self.start_row,
            "rPh": self.start_phonetic,
        }
        self.ends: dict[str, Callable[[], None]] = {
            "c": self.end_cell,
            "v": self.stop,
            "t": self.stop,
            "f": self.stop,
            "row": self.end_row,
            "rPh": self.end_phonetic,
        }

    def read(self, part: IO[bytes]) -> Iterator[tuple[int, list[Any]]]:
        """The rows that hold anything, with their numbers."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.text
        for _step in _fed(parser, part):
            yield from self.rows
            self.rows.clear()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if begin := self.starts.get(name) or self.starts.get(name.rpartition(":")[2]):
            begin(attributes)

    def end(self, name: str) -> None:
        if finish := self.ends.get(name) or self.ends.get(name.rpartition(":")[2]):
            finish()

    def text(self, data: str) -> None:
        if self.target is not None:
            self.target.append(data)

    def start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        self.number = _natural(stated, LAST_ROW) if stated else self.number + 1
        self.cells = []
        self.place = 0

    def start_cell(self, attributes: dict[str, str]) -> None:
        where = attributes.get("r")
        self.place = self.column(where.rstrip("0123456789")) if where else self.place + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "0")
        self.collected, self.formula = [], None

    def start_value(self, attributes: dict[str, str]) -> None:
        if self.kind != "inlineStr":
            self.target = self.collected

    def start_text(self, attributes: dict[str, str]) -> None:
        if self.kind == "inlineStr" and not self.phonetic:
            self.target = self.collected

    def start_formula(self, attributes: dict[str, str]) -> None:
        self.formula = self.target = []

    def stop(self) -> None:
        self.target = None

    def start_phonetic(self, attributes: dict[str, str]) -> None:
        self.phonetic = True

    def end_phonetic(self) -> None:
        self.phonetic = False

    def end_cell(self) -> None:
        value = self.value()
        if value is None:
            return
        missing = self.place - len(self.cells)
        if missing > 0:
            self.cells.extend([None] * missing)
        self.cells[self.place - 1] = value

    def end_row(self) -> None:
        if self.cells:
            self.rows.append((self.number, self.cells))

    def value(self) -> Any:
        if self.formula is not None:
            return ["f", "=" + "".join(self.formula)[:LONGEST_SHOWN]]
        text = "".join(self.collected)
        if not text:
            return None
        match self.kind:
            case "inlineStr" | "str":
                return as_text(text)
            case "s":
                return as_shared(text, self.key)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return ["e", text[:LONGEST_SHOWN]]
            case "d":
                return as_iso_date(text)
        return as_number(text.strip(), self.style in self.key.date_styles, self.key)

    def column(self, letters: str) -> int:
        """The number of a column from its letters."""
        if letters not in self.columns:
            self.columns[letters] = _column(letters)
        return self.columns[letters]


def _column(letters: str) -> int:
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise Unsafe(Reason.BROKEN)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > LAST_COLUMN:
        raise Unsafe(Reason.BROKEN)
    return number


def _natural(text: str, most: int) -> int:
    if not text.isdecimal() or len(text) > len(str(most)) or not 0 <= int(text) <= most:
        raise Unsafe(Reason.BROKEN)
    return int(text)
