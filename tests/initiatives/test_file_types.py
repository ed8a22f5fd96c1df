"""What may be attached, judged by its content alone: a table of hostile files, each with the sentence it gets."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from initiatives.attachments.inspecting import Limits, inspect
from initiatives.attachments.kinds import Kind
from initiatives.attachments.packages import OLE_HEADER, Unsafe
from initiatives.attachments.reasons import Reason
from initiatives.attachments.sentences import SENTENCES
from tests.initiatives.files import (
    GPS,
    HEAD,
    Parts,
    docx,
    docx_parts,
    moving,
    odf,
    odf_parts,
    packed_pdf,
    pdf,
    photo,
    picture,
    pptx,
    raw_pdf,
    relation,
    relations,
    unzipped,
    xlsx,
    zipped,
)


def looked_into(content: bytes, folder: Path) -> tuple[Kind, bytes]:
    """The kind of the file, and what would be stored."""
    path = folder / "sent"
    path.write_bytes(content)
    kind, kept = inspect(path)
    return kind, kept.read_bytes()


def refusal(content: bytes, folder: Path) -> str:
    with pytest.raises(Unsafe) as refused:
        looked_into(content, folder)
    return str(SENTENCES[Reason(refused.value.reason)])


def scripted(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("a()")})
    writer.root_object[NameObject("/OpenAction")] = action


def with_a_file(writer: PdfWriter) -> None:
    writer.add_attachment("virus.exe", b"MZ")


def locked(writer: PdfWriter) -> None:
    writer.encrypt("", "hemligt", algorithm="RC4-128")


def types(old: bytes, new: bytes) -> Parts:
    parts = docx_parts()
    return {**parts, "[Content_Types].xml": parts["[Content_Types].xml"].replace(old, new)}


def settings_relation(kind: str, target: str) -> Parts:
    return {**docx_parts(), "word/_rels/settings.xml.rels": relations(relation(kind, target, external=True))}


def field(*pieces: str) -> Parts:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'{HEAD}<w:document xmlns:w="{space}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    return {**docx_parts(), "word/document.xml": document.encode()}


PROGRAM = b"MZ" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LAUNCH = "3 0 obj\n<< /Type /Action /S /Launch /F (cmd.exe) >>\nendobj"

# What it is · its content · a piece of the sentence it gets
HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    # Something else than it says
    ("an SVG with a script", lambda: SVG, "SVG-bild"),
    ("an SVG with an XML head", lambda: HEAD.encode() + SVG, "SVG-bild"),
    ("an SVG in UTF-16", lambda: SVG.decode().encode("utf-16"), "SVG-bild"),
    ("a web page that is called a PDF", lambda: b"<!DOCTYPE html><script>alert(1)</script>", "webbsida"),
    ("a web page after a byte order mark", lambda: b"\xef\xbb\xbf \n<html><body>Hej</body></html>", "webbsida"),
    ("XML", lambda: HEAD.encode() + b"<order/>", "Filen är XML"),
    ("a program that is called a picture", lambda: PROGRAM, "program eller skript"),
    ("a program of another system", lambda: b"\x7fELF" + bytes(60), "program eller skript"),
    ("a shortcut", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(60), "program eller skript"),
    ("a script", lambda: b"#!/bin/sh\nrm -rf /\n", "program eller skript"),
    ("a script for Windows", lambda: b"@echo off\r\npowershell -enc AAAA\r\n", "program eller skript"),
    ("text", lambda: "Så här tänkte vi.\n".encode(), "ren text"),
    ("nothing at all", lambda: b"", "tom"),
    ("noise", lambda: bytes(range(128, 256)) * 8, "varken ett dokument eller en bild"),
    ("an archive", lambda: zipped({"brev.txt": b"Hej"}), "arkiv"),
    ("an archive without anything", lambda: zipped({}), "arkiv"),
    ("an archive of another sort", lambda: b"Rar!\x1a\x07\x00" + bytes(60), "arkiv"),
    ("a tar", lambda: b"brev".ljust(257, b"\0") + b"ustar\0" + bytes(200), "arkiv"),
    ("a telephone's own format", lambda: b"\0\0\0\x18ftypheic" + bytes(60), "HEIC"),
    ("a film", lambda: b"\0\0\0\x18ftypmp42" + bytes(60), "film"),
    ("a TIFF", lambda: picture("TIFF"), "Spara den som PNG eller JPEG"),
    ("a bitmap", lambda: picture("BMP"), "Spara den som PNG eller JPEG"),
    ("a document before 2007", lambda: OLE_HEADER + bytes(600), ".docx, .xlsx, .pptx"),
    ("a document with a password", lambda: OLE_HEADER + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
    ("RTF", lambda: rb"{\rtf1 Hej}", "RTF"),
    # PDF
    ("a PDF with a script", lambda: pdf(scripted), "skript eller startar något"),
    ("a PDF that starts a program", lambda: raw_pdf(LAUNCH), "skript eller startar något"),
    ("the same, spelled otherwise", lambda: raw_pdf(LAUNCH.replace("Launch", "L#61unch")), "skript eller startar något"),
    ("the same, behind a comment", lambda: raw_pdf(LAUNCH.replace("/S", "/S%(\n")), "skript eller startar något"),
    ("the same, after an unclosed text", lambda: raw_pdf("4 0 obj\n(aldrig slut\nendobj\n" + LAUNCH), "startar något"),
    ("a script packed away", lambda: packed_pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "skript eller startar något"),
    ("a script packed away in another way", lambda: packed_pdf(b"", b"/LZWDecode", b"abc"), "inte kan granskas"),
    ("a script packed where two places are named", lambda: packed_pdf(b"<< /JS (a) >>", b"/FlateDecode /First 9"), "inte kan granskas"),
    ("a script packed behind a remark", lambda: packed_pdf(b"<< /JS (a) >>", header=b"%1\n7 0 "), "inte kan granskas"),
    ("a PDF that grows without end", lambda: packed_pdf(b" " * 120_000_000), "inte kan granskas"),
    ("a PDF with a file in it", lambda: pdf(with_a_file), "andra filer"),
    ("a PDF that is locked", lambda: pdf(locked), "låst med lösenord"),
    ("something before the PDF", lambda: b"GIF89x\n" + pdf(), "Före själva PDF"),
    ("something after the PDF", lambda: pdf() + b"<script>alert(1)</script>", "Efter själva PDF"),
    ("a PDF that is an archive too", lambda: pdf() + zipped({"a.exe": PROGRAM}) + b"\n%%EOF", "Efter själva PDF"),
    ("a PDF that breaks off", lambda: pdf()[:-40], "trasig"),
    # Word, Excel, PowerPoint
    ("a document with macros", lambda: zipped({**docx_parts(), "word/vbaProject.bin": b"Sub"}), "makron"),
    ("macros by type", lambda: zipped(types(b".document.main", b".document.macroEnabled.main")), "makron"),
    ("macros by a type spelled otherwise", lambda: zipped(types(b".document.main", b".document.macro&#69;nabled.main")), "makron"),
    ("a template", lambda: zipped(types(b".document.main", b".template.main")), "mall"),
    ("a control", lambda: zipped({**docx_parts(), "word/activeX/activeX1.bin": b"x"}), "makron"),
    ("an embedded program", lambda: zipped({**docx_parts(), "word/embeddings/oleObject1.bin": PROGRAM}), "inbäddat"),
    ("an embedded object", lambda: zipped({**docx_parts(), "word/embeddings/a.bin": OLE_HEADER + bytes(99)}), "inbäddat"),
    ("an embedded archive", lambda: zipped({**docx_parts(), "word/embeddings/a.zip": zipped({"a": b"b"})}), "inbäddat"),
    ("an embedded document with macros", lambda: zipped({
        **docx_parts(), "word/embeddings/a.docx": zipped({**docx_parts(), "word/vbaProject.bin": b"Sub"}),
    }), "makron"),
    ("a web page laid in", lambda: zipped({
        **docx_parts(), "word/_rels/document.xml.rels": relations(relation("aFChunk", "a.mht")),
    }), "inbäddat"),
    ("a template from elsewhere", lambda: zipped(settings_relation("attachedTemplate", "http://x.example/a.dotm")), "utanför sig"),
    ("a picture from elsewhere", lambda: zipped(settings_relation("image", "http://x.example/a.png")), "utanför sig"),
    ("a link to a server's files", lambda: zipped(settings_relation("hyperlink", "file://server/share")), "utanför sig"),
    ("a field that starts a program", lambda: zipped(field("DD", "EAUTO c:\\\\cmd.exe")), "utanför sig"),
    ("a document type", lambda: docx(lambda p: p.update({"word/x.xml": b"<!DOCTYPE x><x/>"})), "dokumenttyp"),
    ("a path out of the package", lambda: zipped({**docx_parts(), "../../etc/cron.d/x": b"x"}), "trasig"),
    ("a bomb", lambda: zipped({**docx_parts(), "word/media/x.xml": bytes(30_000_000)}), "växer orimligt"),
    ("a larger bomb", lambda: zipped({**docx_parts(), **{f"w/{n}.bin": bytes(range(256)) * 200_000 for n in range(5)}}), "packas upp"),
    ("a package that breaks off", lambda: docx()[:-30], "trasig"),
    # OpenDocument
    ("OpenDocument with macros", lambda: odf(**{"Basic/Standard/Module1.xml": b"<x/>"}), "makron"),
    ("OpenDocument with scripts", lambda: odf(**{"Scripts/python/a.py": b"x"}), "makron"),
    ("OpenDocument that listens", lambda: odf(body='<script:event-listener script:language="x"/>'), "makron"),
    ("OpenDocument with a picture from elsewhere", lambda: odf(body='<draw:image xlink:href="http://x.example/a"/>'), "utanför"),
    ("OpenDocument with an object", lambda: odf(body='<draw:object-ole xlink:href="./Object 1"/>'), "inbäddat"),
    ("OpenDocument with a password", lambda: zipped({**odf_parts(), "META-INF/manifest.xml": odf_parts()[
        "META-INF/manifest.xml"].replace(b"/></manifest:manifest>", b"><manifest:encryption-data/></manifest:file-entry>"
        b"</manifest:manifest>")}), "lösenord"),
    ("an OpenDocument drawing", lambda: odf("graphics"), "ovanligt dokument"),
    # Pictures
    ("a picture that moves", lambda: moving("GIF"), "rör sig"),
    ("another picture that moves", lambda: moving("WEBP"), "rör sig"),
    ("a picture that breaks off", lambda: picture("PNG", size=(400, 400))[:300], "trasig"),
    ("a picture by its first letters only", lambda: b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "trasig"),
    ("a GIF that is a script", lambda: b"GIF89a=1;alert(1)//" + bytes(40), "trasig"),
    ("a picture of very many points", lambda: picture("PNG", "1", (10_000, 5_001)), "bildpunkter"),
    ("a picture that says it is huge", lambda: picture("PNG").replace((40).to_bytes(4), (400_000).to_bytes(4), 1), "trasig"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "sentence"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_refused_with_a_sentence_that_says_what_to_do(made: Callable[[], bytes], sentence: str, tmp_path: Path) -> None:
    assert sentence in refusal(made(), tmp_path)


HONEST = {
    "pdf": pdf(),
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "webp": picture("WEBP"),
    "gif": picture("GIF"),
    "docx": docx(),
    "xlsx": xlsx(),
    "pptx": pptx(),
    "odt": odf("text"),
    "ods": odf("spreadsheet"),
    "odp": odf("presentation"),
}


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_file_is_known_for_what_it_is(kind: str, tmp_path: Path) -> None:
    found, kept = looked_into(HONEST[kind], tmp_path)
    assert found.key == kind
    assert kept


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
    assert all(str(sentence).endswith(".") for sentence in SENTENCES.values())


class TestMadeHarmless:
    """What comes out is not what went in: the harm is left behind."""

    def test_a_photo_does_not_tell_where_it_was_taken_nor_by_what(self, tmp_path: Path) -> None:
        sent = photo()
        assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
        _kind, kept = looked_into(sent, tmp_path)
        with Image.open(io.BytesIO(kept)) as image:
            assert not image.getexif()
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"hemligt" not in kept
        assert b"Kameran" not in kept

    def test_a_photo_is_turned_the_right_way_before_it_forgets_which_way_that_was(self, tmp_path: Path) -> None:
        _kind, kept = looked_into(photo(orientation=6), tmp_path)
        with Image.open(io.BytesIO(kept)) as image:
            assert image.size == (20, 40)
            red, _green, blue = image.getpixel((10, 2))  # type: ignore[misc]
            assert red > 200 > 50 > blue

    @pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
    def test_nothing_hidden_in_or_after_a_picture_comes_along(self, form: str, tmp_path: Path) -> None:
        hidden = zipped({"a.exe": PROGRAM})
        _kind, kept = looked_into(picture(form, comment=b"<script>") + hidden, tmp_path)
        assert not zipfile.is_zipfile(io.BytesIO(kept))
        assert b"<script>" not in kept
        assert Image.open(io.BytesIO(kept)).size == (40, 20)

    @pytest.mark.parametrize(
        ("form", "mode"),
        [*(("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")), ("JPEG", "L"), ("JPEG", "CMYK")],
    )
    def test_every_sort_of_picture_survives_it(self, form: str, mode: str, tmp_path: Path) -> None:
        image = Image.new(mode, (9, 5))
        file = io.BytesIO()
        image.save(file, form)
        _kind, kept = looked_into(file.getvalue(), tmp_path)
        assert Image.open(io.BytesIO(kept)).size == (9, 5)

    def test_what_is_seen_through_is_still_seen_through(self, tmp_path: Path) -> None:
        image = Image.new("P", (4, 4), 0)
        image.putpalette([255, 0, 0] * 2)
        file = io.BytesIO()
        image.save(file, "PNG", transparency=0)
        _kind, kept = looked_into(file.getvalue(), tmp_path)
        assert Image.open(io.BytesIO(kept)).convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)

    def test_a_telephones_second_picture_is_left_behind(self, tmp_path: Path) -> None:
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
        file = io.BytesIO()
        frames[0].save(file, "MPO", save_all=True, append_images=frames[1:])
        kind, kept = looked_into(file.getvalue(), tmp_path)
        assert (kind.key, Image.open(io.BytesIO(kept)).format) == ("jpeg", "JPEG")

    def test_a_photo_keeps_its_looks_and_does_not_grow(self, tmp_path: Path) -> None:
        noise = Image.effect_noise((600, 400), 60).convert("RGB")
        file = io.BytesIO()
        noise.save(file, "JPEG", quality=93)
        _kind, kept = looked_into(file.getvalue(), tmp_path)
        assert len(kept) < 1.05 * len(file.getvalue())

    @pytest.mark.parametrize("folder", ["word/media/", "Pictures/"])
    def test_pictures_in_a_document_do_not_tell_either(self, folder: str, tmp_path: Path) -> None:
        parts = docx_parts() if folder == "word/media/" else odf_parts()
        where = Image.Exif()
        where.get_ifd(0x8825).update(GPS)
        media = {f"{folder}1.jpg": photo(), f"{folder}2.png": picture("PNG", exif=where)}
        _kind, kept = looked_into(zipped({**parts, **media}), tmp_path)
        stored = unzipped(kept)
        assert not Image.open(io.BytesIO(stored[f"{folder}2.png"])).getexif()
        with Image.open(io.BytesIO(stored[f"{folder}1.jpg"])) as image:
            assert not image.getexif()
            assert image.size == (40, 20)
        assert b"hemligt" not in stored[f"{folder}1.jpg"]
        assert {name: stored[name] for name in parts} == parts

    @pytest.mark.parametrize("where", [r"file:///\\server\mallar\Brev.dotx", r"C:\Mallar\Brev.dotx", "Brev.dotx"])
    def test_a_document_forgets_the_template_that_it_was_made_from(self, where: str, tmp_path: Path) -> None:
        _kind, kept = looked_into(zipped(settings_relation("attachedTemplate", where)), tmp_path)
        listed = unzipped(kept)["word/_rels/settings.xml.rels"]
        assert b'Target="Normal.dotm"' in listed
        assert b"Brev" not in listed
        assert b"<Relationships xmlns=" in listed

    def test_a_signed_document_is_left_as_it_was_signed(self, tmp_path: Path) -> None:
        parts = {**docx_parts(), "_xmlsignatures/sig1.xml": b"<x/>", "word/media/1.jpg": photo()}
        _kind, kept = looked_into(zipped(parts), tmp_path)
        assert unzipped(kept) == parts

    def test_a_document_is_packed_anew_without_what_stood_round_it(self, tmp_path: Path) -> None:
        sent = docx() + b"<script>alert(1)</script>"
        _kind, kept = looked_into(sent, tmp_path)
        assert b"<script>" not in kept
        assert unzipped(kept) == docx_parts()

    def test_opendocument_still_begins_with_what_it_is(self, tmp_path: Path) -> None:
        _kind, kept = looked_into(odf(), tmp_path)
        assert kept[30:38] == b"mimetype"
        assert kept[38:].startswith(b"application/vnd.oasis.opendocument.text")


class TestNotMistaken:
    """What people really send, and what only looks like harm."""

    def test_a_chart_brings_its_own_workbook(self, tmp_path: Path) -> None:
        parts = unzipped(pptx()) | {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx()}
        assert looked_into(zipped(parts), tmp_path)[0].key == "pptx"

    def test_an_ordinary_address_in_a_document(self, tmp_path: Path) -> None:
        assert looked_into(zipped(settings_relation("hyperlink", "https://skara.example")), tmp_path)[0].key == "docx"
        link = '<text:p><text:a xlink:href="https://skara.example">Skara</text:a></text:p>'
        assert looked_into(odf(body=link), tmp_path)[0].key == "odt"

    def test_a_pdf_that_speaks_of_javascript(self, tmp_path: Path) -> None:
        spoken = "4 0 obj\n<< /Title (Om /JavaScript \\) och /Launch) /URI (https://x.example/JS/a) >>\nendobj"
        assert looked_into(raw_pdf(spoken), tmp_path)[0].key == "pdf"
        hidden = b"<< /A << /URI (https://x.example/JavaScript/) >> >>"
        assert looked_into(packed_pdf(hidden), tmp_path)[0].key == "pdf"

    def test_a_pdf_with_line_ends_after_its_end(self, tmp_path: Path) -> None:
        assert looked_into(pdf() + b"\r\n\0", tmp_path)[0].key == "pdf"

    def test_a_word_that_only_begins_as_another(self, tmp_path: Path) -> None:
        assert looked_into(zipped(field("PAGEREF _Toc1 \\h", "ADDERA")), tmp_path)[0].key == "docx"


class TestTheChild:
    """Whatever a file does to whoever opens it, the portal goes on."""

    def test_it_gets_nothing_of_the_environment(self, tmp_path: Path) -> None:
        run = patch("initiatives.attachments.inspecting.subprocess.run", side_effect=RuntimeError)
        with run as started, pytest.raises(RuntimeError):
            inspect(tmp_path / "sent")
        assert started.call_args.kwargs["env"] == {}

    def test_it_is_stopped_when_it_takes_too_long(self, tmp_path: Path) -> None:
        (tmp_path / "sent").write_bytes(pdf())
        started = time.monotonic()
        with pytest.raises(Unsafe) as refused:
            inspect(tmp_path / "sent", Limits(seconds=0))
        assert refused.value.reason == Reason.TOO_SLOW
        assert time.monotonic() - started < 3

    def test_a_picture_larger_than_its_memory_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "sent").write_bytes(picture("PNG", size=(6_000, 6_000)))
        with pytest.raises(Unsafe) as refused:
            inspect(tmp_path / "sent", Limits(memory=150 * 1024 * 1024))
        assert refused.value.reason == Reason.TOO_MANY_PIXELS

    @pytest.mark.parametrize(("form", "size"), [("JPEG", (8_160, 6_120)), ("WEBP", (5_000, 5_000))])
    def test_the_largest_picture_that_is_let_in_fits(self, form: str, size: tuple[int, int], tmp_path: Path) -> None:
        (tmp_path / "sent").write_bytes(picture(form, size=size))
        assert inspect(tmp_path / "sent")[0].key == form.lower()

    def test_it_knows_neither_django_nor_the_database(self) -> None:
        code = (
            "import sys; import initiatives.attachments.child, initiatives.attachments.office,"
            " initiatives.attachments.pdf, initiatives.attachments.pictures; sys.exit('django' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_pdf_of_many_objects_is_read_in_reasonable_time(tmp_path: Path) -> None:
    objects = "\n".join(
        f"{n} 0 obj\n<< /Type /Annot /Rect [0 0 {n} {n}] /Contents (Rad {n}) >>\nendobj" for n in range(3, 60_000)
    )
    started = time.monotonic()
    assert looked_into(raw_pdf(objects), tmp_path)[0].key == "pdf"
    assert time.monotonic() - started < 6


def test_objects_within_objects_do_not_make_it_slow(tmp_path: Path) -> None:
    started = time.monotonic()
    assert "inte kan granskas" in refusal(raw_pdf("3 0 obj\n" + "( obj " * 100_000), tmp_path)
    assert time.monotonic() - started < 15
