"""The parts of a workbook that say where its sheets and texts are and which numbers are dates.

Runs in the child process, on packages that ``safety`` has passed.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Any

from defusedxml.ElementTree import fromstring
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from .safety import Reason, Unsafe

WORKBOOK = "/officeDocument"
SHARED_STRINGS = "/sharedStrings"
STYLES = "/styles"
WORKSHEET = "/worksheet"
DAY_NOUGHT = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - local time, as Excel keeps it
DAY_NOUGHT_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
"""Where the numbers of days begin; some workbooks from Macintosh count from the later."""


@dataclass(frozen=True)
class Part:
    """A sheet of the workbook: its title, its part of the package, and whether people see it."""

    title: str
    path: str
    is_visible: bool


@dataclass(frozen=True)
class Package:
    sheets: tuple[Part, ...]
    shared_strings: str
    """The part with the texts, or "" where there is none."""
    date_styles: frozenset[str]
    """Numbers of the cell styles that show a number as a date."""
    day_nought: dt.datetime


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    """An attribute by its local name, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _parse(archive: zipfile.ZipFile, path: str) -> Any:
    try:
        return fromstring(archive.read(path), forbid_dtd=True)
    except KeyError as error:
        raise Unsafe(Reason.BROKEN) from error


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """What a part points at: identity → end of the type's address, path of the part."""
    folder, name = posixpath.split(path)
    listed = f"{folder}/_rels/{name}.rels".lstrip("/")
    if listed not in archive.namelist():
        return {}
    found = {}
    for relation in _parse(archive, listed):
        kind = "/" + relation.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        found[relation.get("Id", "")] = (kind, target)
    return found


def read_package(archive: zipfile.ZipFile) -> Package:
    """Where things are in the workbook; raises Unsafe where it does not hang together."""
    path = next((target for kind, target in _relations(archive, "").values() if kind == WORKBOOK), None)
    if path is None:
        raise Unsafe(Reason.NOT_A_WORKBOOK)
    workbook, relations = _parse(archive, path), _relations(archive, path)
    parts = dict(relations.values())
    sheets, from_1904 = [], False
    for element in workbook.iter():
        if _local(element.tag) == "workbookPr":
            from_1904 = element.get("date1904", "0") in ("1", "true")
        elif _local(element.tag) == "sheet":
            kind, target = relations.get(_attribute(element, "id"), ("", ""))
            if kind == WORKSHEET:
                sheets.append(Part(element.get("name", ""), target, element.get("state", "visible") == "visible"))
    return Package(
        tuple(sheets),
        parts.get(SHARED_STRINGS, ""),
        _date_styles(archive, parts[STYLES]) if STYLES in parts else frozenset(),
        DAY_NOUGHT_1904 if from_1904 else DAY_NOUGHT,
    )


def _date_styles(archive: zipfile.ZipFile, path: str) -> frozenset[str]:
    codes = dict(BUILTIN_FORMATS)
    used: list[int] = []
    for element in _parse(archive, path):
        if _local(element.tag) == "numFmts":
            codes.update({int(own.get("numFmtId", 0)): own.get("formatCode", "") for own in element})
        elif _local(element.tag) == "cellXfs":
            used = [int(style.get("numFmtId", 0)) for style in element]
    return frozenset(str(number) for number, code in enumerate(used) if is_date_format(codes.get(code)))
