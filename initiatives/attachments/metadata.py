"""Takes position, camera and captions out of a JPEG or PNG without touching its picture.

For pictures inside documents. Those that are attached by themselves are drawn anew, see ``pictures``.
Sources: ITU-T T.81 annex B (JPEG markers), PNG third edition, section 11 (chunks).
"""

from __future__ import annotations

from collections.abc import Iterator

JPEG_START, PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
START_OF_SCAN, COMMENT = 0xDA, 0xFE
PROFILE = b"ICC_PROFILE\0"
PNG_TALK = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def without_metadata(content: bytes) -> bytes:
    """The picture without its metadata; anything else, and what cannot be followed, as it was."""
    try:
        if content.startswith(JPEG_START):
            return b"".join(_jpeg(content))
        if content.startswith(PNG_START):
            return b"".join(_png(content))
    except (IndexError, ValueError):
        pass
    return content


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Markers up to the picture itself, less those that applications put their own things in."""
    yield JPEG_START
    place = 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker")
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if marker == START_OF_SCAN:
            yield content[place:]
            return
        segment = content[place : place + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise ValueError("a segment that breaks off")
        if not _is_talk(marker, segment[4:]):
            yield segment
        place += 2 + length


def _is_talk(marker: int, body: bytes) -> bool:
    is_application = 0xE1 <= marker <= 0xEF and marker != 0xEE  # 0xE0 is JFIF and 0xEE how Adobe writes colours
    return marker == COMMENT or (is_application and not body.startswith(PROFILE))


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG_START
    place = len(PNG_START)
    while place < len(content):
        length, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        end = place + 12 + length
        if len(kind) < 4 or end > len(content):
            raise ValueError("a chunk that breaks off")
        if kind not in PNG_TALK:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end
