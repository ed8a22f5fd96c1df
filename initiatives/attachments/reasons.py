"""Why a file is not taken in. The sentences stand in ``sentences``."""

from __future__ import annotations

from enum import StrEnum

from .packages import Flaw


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_LARGE_A_FILE = "too_large_a_file"

    # What it is, judged by its content
    EXECUTABLE = "executable"
    ARCHIVE = "archive"
    HTML = "html"
    SVG = "svg"
    XML = "xml"
    TEXT = "text"
    RTF = "rtf"
    HEIC = "heic"
    FILM = "film"
    OTHER_PICTURE = "other_picture"
    OLD_OFFICE = "old_office"
    NOT_A_DOCUMENT = "not_a_document"
    UNKNOWN = "unknown"

    # What is in it
    ENCRYPTED = Flaw.ENCRYPTED
    MACROS = Flaw.MACROS
    LINKS = Flaw.LINKS
    DOCUMENT_TYPE = Flaw.DOCUMENT_TYPE
    EMBEDDED = "embedded"
    TOO_LARGE = Flaw.TOO_LARGE
    TOO_MANY_PARTS = Flaw.TOO_MANY_PARTS
    TOO_DENSE = Flaw.TOO_DENSE
    NOT_A_PACKAGE = Flaw.NOT_A_PACKAGE
    PDF_START = "pdf_start"
    PDF_END = "pdf_end"
    PDF_ACTIVE = "pdf_active"
    PDF_FILES = "pdf_files"
    PDF_HIDDEN = "pdf_hidden"
    MOVING = "moving"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN = Flaw.BROKEN
    TOO_SLOW = "too_slow"

    # What the scanner says
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"
