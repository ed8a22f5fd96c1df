"""A ZIP package as office documents are made of: is it plain, within its limits and self-contained?

Asked in a child process, of workbooks to be read and of documents to be kept, before anything else looks inside.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

MEGABYTE = 1024 * 1024


class Flaw(StrEnum):
    """What a package can be refused for."""

    NOT_A_PACKAGE = "not_a_package"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    LINKS = "links"
    DOCUMENT_TYPE = "document_type"
    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DENSE = "too_dense"
    BROKEN = "broken"


class Unsafe(Exception):
    """The file is refused as a whole. ``detail`` names the part to blame, where there is one to name."""

    def __init__(self, reason: StrEnum, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class PackageLimits:
    """What may be inside: bytes unpacked, number of parts, and how many times a part may be packed."""

    unpacked: int = 50 * MEGABYTE
    parts: int = 200
    ratio: int = 200


OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an encrypted document begins, and a document of the formats before 2007."""
DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")
OOXML_UNWANTED: Mapping[Flaw, tuple[str, ...]] = {
    Flaw.MACROS: ("vbaproject", "macrosheets/", "dialogsheets/", "activex/"),
    Flaw.LINKS: ("externallinks/", "connections.xml", "querytables/"),
}
"""What the names of parts begin or go on with that no OOXML document may hold."""
HARMLESS_LINKS = frozenset({"http", "https", "mailto"})
"""Hyperlinks on text that looks like an address. Nothing here follows them."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
CHUNK = 256 * 1024
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the standard library raises of a package that is not one, or not whole."""


def check_entries(entries: list[zipfile.ZipInfo], limits: PackageLimits) -> None:
    """Raises Unsafe unless the list of parts is plain and within the limits; nothing is unpacked."""
    if len(entries) > limits.parts:
        raise Unsafe(Flaw.TOO_MANY_PARTS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unsafe(Flaw.ENCRYPTED)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise Unsafe(Flaw.TOO_LARGE)
    if any(entry.file_size > limits.ratio * max(entry.compress_size, 1) for entry in entries):
        raise Unsafe(Flaw.TOO_DENSE)
    names = names_of(entries)
    if len(set(names)) < len(names) or any(entry.compress_type not in METHODS for entry in entries):
        raise Unsafe(Flaw.NOT_A_PACKAGE)


def names_of(entries: Iterable[zipfile.ZipInfo]) -> list[str]:
    return [entry.filename.lower() for entry in entries]


def refuse_names(entries: Iterable[zipfile.ZipInfo], marks: Mapping[Flaw, tuple[str, ...]]) -> None:
    """Raises Unsafe where a part's name says that it is what is not wanted."""
    names = names_of(entries)
    for flaw, unwanted in marks.items():
        if any(mark in name for name in names for mark in unwanted):
            raise Unsafe(flaw)


def read_through(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Reads the part to its end, which also proves its sum, and looks for ``<!DOCTYPE`` across the chunks.

    Returns how the part begins.
    """
    tail = head = b""
    with package.open(entry) as part:
        while chunk := part.read(CHUNK):
            head = head or chunk[:64]
            window = tail + chunk
            if any(mark in window for mark in DOCUMENT_TYPES):
                raise Unsafe(Flaw.DOCUMENT_TYPE)
            tail = window[-32:]
    return head


@dataclass(frozen=True)
class Relation:
    """What one part of a package says of another, or of something outside."""

    kind: str
    target: str
    is_external: bool

    @property
    def leads_out(self) -> bool:
        """Whether it fetches or opens something outside, other than an ordinary address on a text."""
        harmless = self.kind.endswith("/hyperlink") and urlsplit(self.target).scheme.lower() in HARMLESS_LINKS
        return self.is_external and not harmless


def relations(package: zipfile.ZipFile) -> Iterator[Relation]:
    """Everything that the parts of an OOXML package say they belong together with."""
    for name in package.namelist():
        if not name.lower().endswith(".rels"):
            continue
        try:
            listed = fromstring(package.read(name), forbid_dtd=True)
        except (ParseError, DefusedXmlException) as error:
            raise Unsafe(Flaw.BROKEN) from error
        for relation in listed:
            is_external = relation.get("TargetMode", "").lower() == "external"
            yield Relation(relation.get("Type", ""), relation.get("Target", ""), is_external)
