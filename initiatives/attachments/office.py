"""Word, Excel, PowerPoint and OpenDocument: what may be in one, and how it is packed anew.

Refused are macros, controls, embedded programs and objects, everything fetched from outside, and encryption. What is
accepted is written to a new package, so that nothing before, between or after its parts comes along.
Sources: ECMA-376 part 2 (packages), OpenDocument 1.3 part 2 (packages).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from .kinds import DOCX, ODP, ODS, ODT, OOXML, PPTX, XLSX, Kind
from .metadata import without_metadata
from .packages import (
    HARMLESS_LINKS,
    MACRO_TYPES,
    MEGABYTE,
    OLE_HEADER,
    OOXML_UNWANTED,
    UNREADABLE,
    Flaw,
    PackageLimits,
    Relation,
    Unsafe,
    check_entries,
    read_through,
    refuse_names,
    relations,
)
from .reasons import Reason

LIMITS = PackageLimits(unpacked=200 * MEGABYTE, parts=5_000, ratio=600)
MAIN_TYPES = {
    OOXML + "wordprocessingml.document.main+xml": DOCX,
    OOXML + "spreadsheetml.sheet.main+xml": XLSX,
    OOXML + "presentationml.presentation.main+xml": PPTX,
}
ODF_TYPES = {kind.content_type.encode(): kind for kind in (ODT, ODS, ODP)}
TYPES, MIMETYPE, MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
ODF_UNWANTED = {Flaw.MACROS: ("basic/", "scripts/", "dialogs/")}
SIGNED = ("_xmlsignatures/", "meta-inf/documentsignatures.xml")
OBJECTS = ("/oleobject", "/control", "/activexcontrolbinary", "/afchunk", "/attachedtoolbars")
"""Relations to what runs or is laid in from another program."""
TEMPLATE, NO_TEMPLATE = "/attachedTemplate", "Normal.dotm"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
PROGRAMS = (b"MZ", b"\x7fELF", OLE_HEADER, b"#!", b"\xca\xfe\xba\xbe")
DEEPEST = 2
"""A chart's own workbook inside a presentation is checked too, but not what would be inside that."""
DDE = re.compile(r"\bdde(auto)?\b", re.IGNORECASE)


def check_office(source: str | IO[bytes], depth: int = 0) -> Kind:
    """The kind of document that the package is; raises Unsafe unless it is a plain and self-contained one."""
    try:
        with zipfile.ZipFile(source) as package:
            check_entries(package.infolist(), LIMITS)
            is_ooxml = TYPES in package.namelist()
            if not is_ooxml and MIMETYPE not in package.namelist():
                raise Unsafe(Reason.ARCHIVE)
            _refuse_wandering_names(package)
            refuse_names(package.infolist(), OOXML_UNWANTED if is_ooxml else ODF_UNWANTED)
            for entry in package.infolist():
                _check_part(package, entry, depth)
            return _check_ooxml(package) if is_ooxml else _check_odf(package)
    except UNREADABLE as error:
        raise Unsafe(Reason.BROKEN) from error


def _refuse_wandering_names(package: zipfile.ZipFile) -> None:
    if any(".." in name.split("/") or name.startswith("/") or "\\" in name for name in package.namelist()):
        raise Unsafe(Reason.BROKEN)


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    head = read_through(package, entry)
    if head.startswith(PROGRAMS):
        raise Unsafe(Reason.EMBEDDED)
    if head.startswith(b"PK"):
        if depth + 1 >= DEEPEST:
            raise Unsafe(Reason.EMBEDDED)
        try:
            check_office(io.BytesIO(package.read(entry)), depth + 1)
        except Unsafe as refusal:
            if refusal.reason == Reason.ARCHIVE:
                raise Unsafe(Reason.EMBEDDED) from refusal
            raise


def _parsed(package: zipfile.ZipFile, name: str) -> Any:
    try:
        return fromstring(package.read(name), forbid_dtd=True)
    except (KeyError, ParseError, DefusedXmlException) as error:
        raise Unsafe(Reason.BROKEN) from error


def _elements(package: zipfile.ZipFile, name: str) -> Iterator[Any]:
    """The elements of a part one by one, in little memory."""
    try:
        with package.open(name) as part:
            for _event, element in iterparse(part, forbid_dtd=True):
                yield element
                element.clear()
    except (ParseError, DefusedXmlException) as error:
        raise Unsafe(Reason.BROKEN) from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]


# OOXML


def _check_ooxml(package: zipfile.ZipFile) -> Kind:
    types = [element.get("ContentType", "").lower() for element in _parsed(package, TYPES)]
    if any(mark in declared for declared in types for mark in MACRO_TYPES):
        raise Unsafe(Reason.MACROS)
    kinds = {kind for declared, kind in MAIN_TYPES.items() if declared.lower() in types}
    if len(kinds) != 1:
        raise Unsafe(Reason.NOT_A_DOCUMENT)
    is_signed = _is_signed(package)
    for relation in relations(package):
        if "vbaproject" in relation.kind.lower():
            raise Unsafe(Reason.MACROS)
        if relation.kind.lower().endswith(OBJECTS):
            raise Unsafe(Reason.EMBEDDED)
        if relation.leads_out and (is_signed or not _is_own_template(relation)):
            raise Unsafe(Reason.LINKS)
    for name in package.namelist():
        if name.lower().startswith("word/") and name.lower().endswith(".xml"):
            _refuse_dde(package, name)
    return kinds.pop()


def _is_signed(package: zipfile.ZipFile) -> bool:
    return any(name.lower().startswith(SIGNED) for name in package.namelist())


def _is_own_template(relation: Relation) -> bool:
    """Whether it names the template on a disk or a server that the document was once made from.

    Most documents of an organisation with templates do; it is forgotten when the document is packed anew.
    """
    scheme = urlsplit(relation.target).scheme.lower()
    return relation.kind.endswith(TEMPLATE) and (scheme in {"", "file"} or len(scheme) == 1)


def _refuse_dde(package: zipfile.ZipFile, name: str) -> None:
    """Fields that start another program; Word writes a field's words in as many pieces as it likes."""
    words = []
    for element in _elements(package, name):
        if _local(element.tag) == "instrText":
            words.append(element.text or "")
        elif _local(element.tag) == "fldSimple":
            words += [f" {value} " for key, value in element.attrib.items() if _local(key) == "instr"]
    if DDE.search("".join(words)):
        raise Unsafe(Reason.LINKS)


# OpenDocument


def _check_odf(package: zipfile.ZipFile) -> Kind:
    kind = ODF_TYPES.get(package.read(MIMETYPE).strip())
    if kind is None:
        raise Unsafe(Reason.NOT_A_DOCUMENT)
    for element in _parsed(package, MANIFEST).iter():
        if _local(element.tag) == "encryption-data":
            raise Unsafe(Reason.ENCRYPTED)
        if any("oleobject" in value.lower() for value in element.attrib.values()):
            raise Unsafe(Reason.EMBEDDED)
    for name in package.namelist():
        if name.lower().endswith(("content.xml", "styles.xml", "settings.xml", "meta.xml")):
            for element in _elements(package, name):
                _check_odf_element(element)
    return kind


def _check_odf_element(element: Any) -> None:
    space, _bracket, name = element.tag.rpartition("}")
    if name in {"event-listener", "script"} and ("script" in space or "office" in space):
        raise Unsafe(Reason.MACROS)
    if name in {"object-ole", "applet", "plugin"}:
        raise Unsafe(Reason.EMBEDDED)
    if "dde" in name.split("-"):
        raise Unsafe(Reason.LINKS)
    href = next((value for key, value in element.attrib.items() if _local(key) == "href"), "")
    if href and not _is_inside(href) and not (name == "a" and urlsplit(href).scheme.lower() in HARMLESS_LINKS):
        raise Unsafe(Reason.LINKS)


def _is_inside(href: str) -> bool:
    parts = urlsplit(href)
    return not (parts.scheme or parts.netloc or href.startswith(("/", "\\")) or ".." in href.split("/"))


# Packing anew


def repack(source: str, target: str) -> None:
    """Writes the checked document's parts to a new package: pictures without metadata, and no path to a template.

    A document with a digital signature keeps its parts as they are: changing them would break the signature.
    """
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        is_signed = _is_signed(old)
        entries = sorted(old.infolist(), key=lambda entry: entry.filename != MIMETYPE)
        for entry in entries:
            fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
            fresh.compress_type = entry.compress_type if entry.filename != MIMETYPE else zipfile.ZIP_STORED
            content = old.read(entry)
            if not is_signed:
                is_relations = entry.filename.lower().endswith(".rels")
                content = _without_template(content) if is_relations else without_metadata(content)
            new.writestr(fresh, content)


def _without_template(content: bytes) -> bytes:
    listed = fromstring(content, forbid_dtd=True)
    templates = [relation for relation in listed if relation.get("Type", "").endswith(TEMPLATE)]
    if not templates:
        return content
    for relation in templates:
        relation.set("Target", NO_TEMPLATE)
    register_namespace("", RELATIONSHIPS)
    return bytes(tostring(listed, encoding="UTF-8", xml_declaration=True))
