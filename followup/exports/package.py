"""A zip that is the same whenever the same is put into it: names in the order they came, one time on all of them.

Written to a file that leaves memory when it grows, and each attachment is copied piece by piece.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import tempfile
import zipfile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.xml.functions import tostring

IN_MEMORY = 2_000_000
PIECE = 256 * 1024
CORE = "docProps/core.xml"


class Package:
    """Files go in by ``add``; ``finish`` writes the manifest last and gives the zip opened at its beginning."""

    def __init__(self, dated: dt.datetime) -> None:
        self.time = dated.timetuple()[:6]
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
        self._zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED)
        self.manifest: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: IO[bytes] | bytes | str, *, packed: bool = False) -> str:
        """Puts a file in under the name and returns its SHA-256. ``packed`` is what would not become smaller."""
        whole = content.encode() if isinstance(content, str) else content
        source = io.BytesIO(whole) if isinstance(whole, bytes) else whole
        entry = self._entry(name, packed=packed)
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as target:
            while piece := source.read(PIECE):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        self.manifest[name] = {"sha256": digest.hexdigest(), "byte": size}
        return digest.hexdigest()

    def _entry(self, name: str, *, packed: bool) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, date_time=self.time)
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        return entry

    def finish(self) -> str:
        """Writes ``manifest.json`` and closes the zip. Returns the manifest's own SHA-256, to stand in the log."""
        told = self.add("manifest.json", as_json(self.manifest))
        self._zip.close()
        self.file.seek(0)
        return told


def as_json(value: Any) -> str:
    """Readable, and with Swedish letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"


def workbook_bytes(book: Workbook, dated: dt.datetime) -> bytes:
    """A workbook that is the same whenever its cells are: without the time when it was written."""
    book.save(written := io.BytesIO())
    book.properties.created = book.properties.modified = dated.replace(tzinfo=None)
    core = tostring(book.properties.to_tree())
    settled = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=dated.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, core if name == CORE else source.read(name))
    return settled.getvalue()
