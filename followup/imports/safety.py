"""Is this file a workbook that may be opened at all? Asked of the package before any row is read.

Runs in the child process and knows neither Django nor the database. Source: docs/register.md.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

MEGABYTE = 1024 * 1024


class Reason(StrEnum):
    """Why a file is refused as a whole; the sentences stand in ``reading``."""

    NOT_A_WORKBOOK = "not_a_workbook"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    LINKS = "links"
    DOCUMENT_TYPE = "document_type"
    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DENSE = "too_dense"
    HIDDEN_SHEET = "hidden_sheet"
    BROKEN = "broken"
    TOO_SLOW = "too_slow"


class Unsafe(Exception):
    """The file is refused as a whole. ``detail`` is a sheet's name, where one is to blame."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Limits:
    """What a file may cost. Sizes in bytes, time in seconds."""

    unpacked: int = 50 * MEGABYTE
    parts: int = 200
    ratio: int = 200
    text: int = 64 * MEGABYTE
    """All that the cells say, as it is handed over."""
    memory: int = 400 * MEGABYTE
    seconds: int = 7


TRUSTED = Limits(unpacked=2048 * MEGABYTE, text=2048 * MEGABYTE, memory=2048 * MEGABYTE, seconds=1800)
"""For the operator's own archive, from the command line: larger and slower, but no less careful with its content."""

OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an encrypted workbook begins, and a workbook of the format before 2007."""
WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
MACRO_NAMES = ("vbaproject", "macrosheets/", "dialogsheets/", "activex/")
MACRO_TYPES = (b"macroenabled", b"vbaproject", b"macrosheet")
LINK_NAMES = ("externallinks/", "connections.xml", "querytables/")
HARMLESS_LINKS = frozenset({"http", "https", "mailto"})
"""Hyperlinks on text that looks like an address. They are not followed and not kept."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
CHUNK = 256 * 1024


def check_package(path: str, limits: Limits) -> None:
    """Raises Unsafe unless the file is a plain workbook within the limits."""
    with open(path, "rb") as file:
        if file.read(len(OLE_HEADER)) == OLE_HEADER:
            raise Unsafe(Reason.ENCRYPTED)
    try:
        with zipfile.ZipFile(path) as package:
            _check_entries(package.infolist(), limits)
            _check_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unsafe(Reason.NOT_A_WORKBOOK) from error


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise Unsafe(Reason.TOO_MANY_PARTS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unsafe(Reason.ENCRYPTED)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Unsafe(Reason.TOO_LARGE)
    if any(entry.file_size > limits.ratio * max(entry.compress_size, 1) for entry in entries):
        raise Unsafe(Reason.TOO_DENSE)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names) or any(entry.compress_type not in METHODS for entry in entries):
        raise Unsafe(Reason.NOT_A_WORKBOOK)
    if any(mark in name for name in names for mark in MACRO_NAMES):
        raise Unsafe(Reason.MACROS)
    if any(mark in name for name in names for mark in LINK_NAMES):
        raise Unsafe(Reason.LINKS)


def _check_parts(package: zipfile.ZipFile) -> None:
    for entry in package.infolist():
        _refuse_document_type(package, entry)
    try:
        types = package.read("[Content_Types].xml")
    except KeyError as error:
        raise Unsafe(Reason.NOT_A_WORKBOOK) from error
    if any(mark in types.lower() for mark in MACRO_TYPES):
        raise Unsafe(Reason.MACROS)
    if WORKBOOK_TYPE not in types:
        raise Unsafe(Reason.NOT_A_WORKBOOK)
    if any(_leads_out(kind, target) for kind, target in _external_links(package)):
        raise Unsafe(Reason.LINKS)


def _refuse_document_type(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Reads the part through, which also proves its sum, and looks for ``<!DOCTYPE`` across the chunks."""
    tail = b""
    with package.open(entry) as part:
        while chunk := part.read(CHUNK):
            window = tail + chunk
            if any(mark in window for mark in DOCUMENT_TYPES):
                raise Unsafe(Reason.DOCUMENT_TYPE)
            tail = window[-32:]


def _external_links(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for name in package.namelist():
        if not name.lower().endswith(".rels"):
            continue
        try:
            relations = fromstring(package.read(name), forbid_dtd=True)
        except (ParseError, DefusedXmlException) as error:
            raise Unsafe(Reason.BROKEN) from error
        for relation in relations:
            if relation.get("TargetMode", "").lower() == "external":
                yield relation.get("Type", ""), relation.get("Target", "")


def _leads_out(kind: str, target: str) -> bool:
    return not (kind.endswith("/hyperlink") and urlsplit(target).scheme.lower() in HARMLESS_LINKS)
