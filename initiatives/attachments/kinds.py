"""The kinds of file that may be attached: documents and still pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind: its key, the ending it is stored and sent with, other endings it goes by, and its media type."""

    key: str
    ending: str
    content_type: str
    also: tuple[str, ...] = ()

    @property
    def endings(self) -> tuple[str, ...]:
        return (self.ending, *self.also)


OOXML, ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."

PDF = Kind("pdf", ".pdf", "application/pdf")
PNG = Kind("png", ".png", "image/png")
JPEG = Kind("jpeg", ".jpg", "image/jpeg", (".jpeg", ".jpe", ".jfif"))
WEBP = Kind("webp", ".webp", "image/webp")
GIF = Kind("gif", ".gif", "image/gif")
DOCX = Kind("docx", ".docx", OOXML + "wordprocessingml.document")
XLSX = Kind("xlsx", ".xlsx", OOXML + "spreadsheetml.sheet")
PPTX = Kind("pptx", ".pptx", OOXML + "presentationml.presentation")
ODT = Kind("odt", ".odt", ODF + "text")
ODS = Kind("ods", ".ods", ODF + "spreadsheet")
ODP = Kind("odp", ".odp", ODF + "presentation")

KINDS = (PDF, PNG, JPEG, WEBP, GIF, DOCX, XLSX, PPTX, ODT, ODS, ODP)
BY_KEY = {kind.key: kind for kind in KINDS}
BY_CONTENT_TYPE = {kind.content_type: kind for kind in KINDS}
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
