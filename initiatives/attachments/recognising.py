"""What a file is, by how it begins. A name says nothing here."""

from __future__ import annotations

import re

from .kinds import GIF, JPEG, PDF, PNG, WEBP, Kind
from .packages import OLE_HEADER, Unsafe
from .reasons import Reason

PACKAGE = b"PK\x03\x04"
HEAD = 8 * 1024

PICTURES = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF))

STRANGERS: tuple[tuple[bytes, Reason], ...] = (
    (b"MZ", Reason.EXECUTABLE),
    (b"\x7fELF", Reason.EXECUTABLE),
    (b"\xfe\xed\xfa\xce", Reason.EXECUTABLE),
    (b"\xfe\xed\xfa\xcf", Reason.EXECUTABLE),
    (b"\xce\xfa\xed\xfe", Reason.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", Reason.EXECUTABLE),
    (b"\xca\xfe\xba\xbe", Reason.EXECUTABLE),
    (b"\0asm", Reason.EXECUTABLE),
    (b"L\0\0\0\x01\x14\x02\0", Reason.EXECUTABLE),
    (b"#!", Reason.EXECUTABLE),
    (b"PK", Reason.ARCHIVE),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Reason.ARCHIVE),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ", Reason.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Reason.ARCHIVE),
    (b"MSCF", Reason.ARCHIVE),
    (b"{\\rtf", Reason.RTF),
    (b"II*\0", Reason.OTHER_PICTURE),
    (b"MM\0*", Reason.OTHER_PICTURE),
    (b"BM", Reason.OTHER_PICTURE),
)
"""Known, and not taken in."""

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
MARKUP = re.compile(r"<!doctype html|<html|<head|<body|<script|<iframe|<meta|<img|<a\s", re.IGNORECASE)
SCRIPTED = re.compile(rb"\b(powershell|wscript|cmd\.exe|@echo off|<\?php)", re.IGNORECASE)


def recognise(head: bytes, whole: bytes = b"") -> Kind | None:
    """The kind that the first bytes promise, None for a package whose parts must tell; raises Unsafe for all else.

    ``whole`` is searched where only the rest of an old document can say whether it is encrypted.
    """
    if not head:
        raise Unsafe(Reason.EMPTY)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(PACKAGE):
        return None
    for beginning, kind in PICTURES:
        if head.startswith(beginning):
            return kind
    raise Unsafe(_stranger(head, whole or head))


def _stranger(head: bytes, whole: bytes) -> Reason:
    if head.startswith(OLE_HEADER):
        return Reason.ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in whole else Reason.OLD_OFFICE
    for beginning, reason in STRANGERS:
        if head.startswith(beginning):
            return reason
    if head[4:8] == b"ftyp":
        return Reason.HEIC if head[8:12] in HEIC_BRANDS else Reason.FILM
    if head[257:262] == b"ustar":
        return Reason.ARCHIVE
    if b"%PDF-" in head[:1024]:
        return Reason.PDF_START
    return _text(head)


def _text(head: bytes) -> Reason:
    """Text of one sort or another, or nothing known."""
    if SCRIPTED.search(head):
        return Reason.EXECUTABLE
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if is_wide else "utf-8-sig", "replace").lstrip()
    if re.search(r"<(\w+:)?svg\b", text, re.IGNORECASE):
        return Reason.SVG
    if MARKUP.search(text):
        return Reason.HTML
    if text.startswith("<"):
        return Reason.XML
    strange = sum(character in "\0\ufffd" or (character < " " and character not in "\t\r\n\f") for character in text)
    return Reason.TEXT if strange * 20 < len(text) else Reason.UNKNOWN
