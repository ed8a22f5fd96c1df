"""Is this file a workbook that may be opened at all? Asked of the package before any row is read.

Runs in the child process and knows neither Django nor the database. What holds for every package stands in
``initiatives.attachments.packages``. Source: docs/register.md.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum

from ..attachments.packages import (
    CHUNK,
    MACRO_TYPES,
    MEGABYTE,
    OLE_HEADER,
    OOXML_UNWANTED,
    UNREADABLE,
    Flaw,
    PackageLimits,
    Unsafe,
    check_entries,
    read_through,
    refuse_names,
    relations,
)

__all__ = ["CHUNK", "TRUSTED", "Limits", "Reason", "Unsafe", "check_package"]


class Reason(StrEnum):
    """Why a file is refused as a whole: the flaws of a package, and a workbook's own. ``reading`` says it in words."""

    NOT_A_WORKBOOK = Flaw.NOT_A_PACKAGE
    ENCRYPTED = Flaw.ENCRYPTED
    MACROS = Flaw.MACROS
    LINKS = Flaw.LINKS
    DOCUMENT_TYPE = Flaw.DOCUMENT_TYPE
    TOO_LARGE = Flaw.TOO_LARGE
    TOO_MANY_PARTS = Flaw.TOO_MANY_PARTS
    TOO_DENSE = Flaw.TOO_DENSE
    HIDDEN_SHEET = "hidden_sheet"
    TWIN_SHEETS = "twin_sheets"
    BROKEN = Flaw.BROKEN
    TOO_SLOW = "too_slow"


@dataclass(frozen=True)
class Limits(PackageLimits):
    """What a file may cost. Sizes in bytes, time in seconds."""

    text: int = 64 * MEGABYTE
    """All that the cells say, as it is handed over."""
    memory: int = 400 * MEGABYTE
    seconds: int = 7


TRUSTED = Limits(unpacked=2048 * MEGABYTE, text=2048 * MEGABYTE, memory=2048 * MEGABYTE, seconds=1800)
"""For the operator's own archive, from the command line: larger and slower, but no less careful with its content."""

WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def check_package(path: str, limits: Limits) -> None:
    """Raises Unsafe unless the file is a plain workbook within the limits."""
    with open(path, "rb") as file:
        if file.read(len(OLE_HEADER)) == OLE_HEADER:
            raise Unsafe(Reason.ENCRYPTED)
    try:
        with zipfile.ZipFile(path) as package:
            check_entries(package.infolist(), limits)
            refuse_names(package.infolist(), OOXML_UNWANTED)
            _check_parts(package)
    except UNREADABLE as error:
        raise Unsafe(Reason.NOT_A_WORKBOOK) from error


def _check_parts(package: zipfile.ZipFile) -> None:
    for entry in package.infolist():
        read_through(package, entry)
    try:
        types = package.read("[Content_Types].xml")
    except KeyError as error:
        raise Unsafe(Reason.NOT_A_WORKBOOK) from error
    if any(mark.encode() in types.lower() for mark in MACRO_TYPES):
        raise Unsafe(Reason.MACROS)
    if WORKBOOK_TYPE not in types:
        raise Unsafe(Reason.NOT_A_WORKBOOK)
    if any(relation.leads_out for relation in relations(package)):
        raise Unsafe(Reason.LINKS)
