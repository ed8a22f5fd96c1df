"""A PDF that only shows something: no script, nothing to launch, no files inside, nothing before or after it.

Every object is read on its own from where it begins, also those packed in object streams, as a reader would, so that
a name counts wherever it stands and however it is spelled. Source: ISO 32000-2, 7.2–7.5.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from .packages import MEGABYTE, Unsafe
from .reasons import Reason

SPACE = b"\0\t\n\f\r "
ACTIVE = frozenset({b"JavaScript", b"JS", b"Launch", b"ImportData", b"XFA", b"Rendition"})
FILES = frozenset({b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"GoToE", b"Movie", b"Sound"})
USUAL_PACKING = frozenset({b"FlateDecode", b"Fl"})
PACKINGS = frozenset({b"AHx", b"A85", b"LZW", b"Fl", b"RL", b"CCF", b"DCT", b"Crypt"})
MOST_READ = 96 * MEGABYTE
"""Bytes of objects, unpacked ones included; an honest file of 20 MB has a few of them."""

BEGINNING = re.compile(rb"(?<!end)obj(?=[\0\t\n\f\r <>\[\]()/%])|trailer")
TOKEN = re.compile(
    rb"(?P<space>[\0\t\n\f\r ]+|%[^\r\n]*)|(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<hex><[^<>]*>)|(?P<string>\()|(?P<word>[^\0\t\n\f\r ()<>\[\]{}/%]+)|(?P<other>.)",
    re.DOTALL,
)
IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
FIRST = re.compile(rb"/First[\0\t\n\f\r ]+(\d{1,9})(?![\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R)")
ONLY_NUMBERS = re.compile(rb"[\d\0\t\n\f\r ]*")
AN_OBJECT_IS_OVER = frozenset({b"endobj", b"obj", b"startxref", b"xref"})


def check_pdf(content: bytes) -> None:
    """Raises Unsafe unless the file is one whole PDF that does nothing by itself."""
    if not content.startswith(b"%PDF-"):
        raise Unsafe(Reason.PDF_START)
    end = content.rstrip(SPACE)
    if not end.endswith(b"%%EOF"):
        raise Unsafe(Reason.PDF_END if b"%%EOF" in content else Reason.BROKEN)
    if b"startxref" not in end[-2048:]:
        raise Unsafe(Reason.BROKEN)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unsafe(Reason.PDF_END)
    _Reading(content).check()


def spelled_out(name: bytes) -> bytes:
    """A name without its slash, with ``#4a`` written as the character it stands for."""
    return ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name[1:])


class _Reading:
    """One reading of a file, with what it has cost so far."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.read = 0

    def check(self) -> None:
        for found in BEGINNING.finditer(self.content):
            names, end, has_stream = self._object(found.end())
            self._refuse(names)
            if has_stream and {b"N", b"First"} <= names:
                self._check_object_stream(names, self.content[found.end() : end], end)

    def _refuse(self, names: set[bytes]) -> None:
        if b"Encrypt" in names:
            raise Unsafe(Reason.ENCRYPTED)
        if names & ACTIVE:
            raise Unsafe(Reason.PDF_ACTIVE)
        if names & FILES:
            raise Unsafe(Reason.PDF_FILES)

    def _spend(self, size: int) -> None:
        self.read += size
        if self.read > MOST_READ:
            raise Unsafe(Reason.PDF_HIDDEN)

    def _tokens(self, content: bytes, start: int) -> Iterator[tuple[str, bytes, int]]:
        """What stands from a place on: its sort, its text, and where it ends; comments and strings are passed by."""
        place = start
        while found := TOKEN.match(content, place):
            kind, place = str(found.lastgroup), found.end()
            if kind == "string":
                place = _end_of_string(content, place)
            self._spend(place - found.start())
            yield kind, found[0], place

    def _object(self, start: int) -> tuple[set[bytes], int, bool]:
        """The names in an object of the file, where it ends, and whether a stream begins there."""
        names: set[bytes] = set()
        end = start
        for kind, word, end in self._tokens(self.content, start):
            if kind == "name":
                names.add(spelled_out(word))
            elif kind == "word" and word == b"stream":
                return names, end, True
            elif kind == "word" and word in AN_OBJECT_IS_OVER:
                break
        return names, end, False

    def _check_object_stream(self, names: set[bytes], dictionary: bytes, start: int) -> None:
        """Objects packed together. Only the usual packing is opened; any other is refused unread."""
        packings = {name for name in names if name.endswith(b"Decode") or name in PACKINGS}
        first = FIRST.findall(dictionary)
        if len(first) != 1 or packings - USUAL_PACKING or names & {b"DecodeParms", b"DP", b"F", b"FFilter"}:
            raise Unsafe(Reason.PDF_HIDDEN)
        start += 2 if self.content[start : start + 2] == b"\r\n" else 1
        unpacked = self._unpacked(start) if packings else self._plain(start)
        begin = int(first[0])
        if not ONLY_NUMBERS.fullmatch(unpacked[:begin]):
            raise Unsafe(Reason.PDF_HIDDEN)
        offsets = [int(number) for number in unpacked[:begin].replace(b"\0", b" ").split()][1::2]
        for offset in dict.fromkeys(offsets):
            self._refuse(self._packed_object(unpacked, begin + offset))

    def _packed_object(self, unpacked: bytes, start: int) -> set[bytes]:
        """The names in one object of a stream, which ends where its brackets are closed."""
        names: set[bytes] = set()
        depth = 0
        for kind, word, _end in self._tokens(unpacked, start):
            if kind == "name":
                names.add(spelled_out(word))
            depth += (kind == "open") - (kind == "close")
            if depth <= 0 and kind != "space":
                break
        return names

    def _plain(self, start: int) -> bytes:
        end = self.content.find(b"endstream", start)
        self._spend(end - start if end > 0 else 0)
        return self.content[start : end if end > 0 else None]

    def _unpacked(self, start: int) -> bytes:
        unpacker = zlib.decompressobj()
        try:
            unpacked = unpacker.decompress(memoryview(self.content)[start:], MOST_READ - self.read)
        except zlib.error as error:
            raise Unsafe(Reason.PDF_HIDDEN) from error
        if unpacker.unconsumed_tail and not unpacker.eof:
            raise Unsafe(Reason.PDF_HIDDEN)
        self._spend(len(unpacked))
        return unpacked


def _end_of_string(content: bytes, place: int) -> int:
    depth = 1
    for found in IN_STRING.finditer(content, place):
        depth += (found[0] == b"(") - (found[0] == b")")
        if depth == 0:
            return found.end()
    return len(content)
