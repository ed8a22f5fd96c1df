"""Files made on the spot: honest ones of every kind, to which a test does what it wants to be wrong with them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

Parts = dict[str, bytes]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
GPS = {1: "N", 2: (58.0, 23.0, 15.0), 3: "E", 4: (13.0, 26.0, 20.0)}
"""Skara."""


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return file.getvalue()


def unzipped(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def relations(*rows: str) -> bytes:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'.encode()


def relation(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def docx_parts(body: str = "Hej") -> Parts:
    """A document as Word writes it, at its smallest."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ).encode(),
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml")),
        "word/document.xml": (
            f'{HEAD}<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body></w:document>'
        ).encode(),
    }


def docx(change: Callable[[Parts], object] = lambda parts: None) -> bytes:
    parts = docx_parts()
    change(parts)
    return zipped(parts)


def pptx() -> bytes:
    parts = docx_parts()
    types = parts["[Content_Types].xml"].replace(b"wordprocessingml.document", b"presentationml.presentation")
    return zipped({**parts, "[Content_Types].xml": types})


def xlsx() -> bytes:
    file = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "Hej"
    book.save(file)
    return file.getvalue()


def odf_parts(kind: str = "text", body: str = "<text:p>Hej</text:p>") -> Parts:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "text", "draw", "script"))
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return {
        "mimetype": mimetype.encode(),
        "content.xml": (
            f'{HEAD}<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:scripts/>'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ).encode(),
        "META-INF/manifest.xml": (
            f'{HEAD}<manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
        ).encode(),
    }


def odf(kind: str = "text", body: str = "<text:p>Hej</text:p>", **more: Any) -> bytes:
    return zipped({**odf_parts(kind, body), **more})


def picture(form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    """Red to the left and blue to the right, so that one sees which way it is turned."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    image.convert(mode).save(file, form, **options)
    return file.getvalue()


def photo(orientation: int = 1) -> bytes:
    """A JPEG that tells where it was taken, by what, and which way it is to be turned."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Kameran"
    exif.get_ifd(0x8825).update(GPS)
    return picture("JPEG", exif=exif, comment=b"hemligt", quality=95)


def moving(form: str = "GIF") -> bytes:
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, form, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def pdf(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def raw_pdf(objects: str, stream: bytes = b"") -> bytes:
    """A PDF written by hand, for what no honest program would write."""
    start = f"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n{objects}\n".encode("latin-1")
    return start + stream + b"\ntrailer\n<< /Root 1 0 R /Size 9 >>\nstartxref\n9\n%%EOF\n"


def packed_pdf(
    hidden: bytes, packing: bytes = b"/FlateDecode", content: bytes | None = None, header: bytes = b"7 0 "
) -> bytes:
    """A PDF with one object packed into an object stream."""
    body = zlib.compress(header + hidden) if content is None else content
    dictionary = b"<< /Type /ObjStm /N 1 /First %d /Filter %s /Length %d >>" % (len(header), packing, len(body))
    return raw_pdf("", b"5 0 obj\n" + dictionary + b"\nstream\n" + body + b"\nendstream\nendobj")
