"""What has changed between two texts, word by word. Plain Python, no database.

A comparison is a row of pieces. Those kept or removed spell the old text, those kept or added spell the new one, to
the letter; spaces and line breaks are pieces like the rest. Source: docs/decisions/0011.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

MOST_PAIRS = 100_000
"""How many pairs of equal words a changed stretch may hold before it is shown whole, the one for the other.

Two unlike texts of 10,000 characters of ordinary Swedish hold about 40,000. More than this takes the same few words
over and over: difflib would need seconds for it, and what it found would tell a reader nothing.
"""

AROUND = 12
"""Unchanged words shown on each side of a change when the rest is folded."""
FOLDED_FROM = 40
"""As many unchanged words in a row as it takes to fold them."""

WORD = re.compile(r"\s+|\w+|[^\w\s]")
SENTENCE = re.compile(r".+?(?:[.!?]\s+|\n\s*|\Z)", re.DOTALL)
SHORT_WORD = 3


class Kind(Enum):
    KEPT = "kept"
    FOLDED = "folded"
    """Kept, and so far from any change that it need not be shown."""
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A stretch of text with one fate."""

    kind: Kind
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it to read but a space or a line break."""
        return self.text.isspace()

    @property
    def breaks_line(self) -> bool:
        return self.is_blank and "\n" in self.text


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from the old text to the new one; an added piece stands after what it replaces."""
    if old == new:
        return (Piece(Kind.KEPT, old),) if old else ()
    pieces = groupby(_readable(_pieces(old, new)), key=lambda piece: piece.kind)
    return tuple(Piece(kind, "".join(piece.text for piece in same)) for kind, same in pieces)


def fold(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same pieces with the middle of each long unchanged stretch marked as folded."""
    last = len(pieces) - 1
    return tuple(part for place, piece in enumerate(pieces) for part in _folded(piece, place == 0, place == last))


def _folded(piece: Piece, is_first: bool, is_last: bool) -> Iterable[Piece]:
    words = list(re.finditer(r"\S+", piece.text))
    if piece.kind is not Kind.KEPT or len(words) < FOLDED_FROM:
        return (piece,)
    begins = 0 if is_first else words[AROUND - 1].end()
    ends = len(piece.text) if is_last else words[-AROUND].start()
    parts = ((Kind.KEPT, 0, begins), (Kind.FOLDED, begins, ends), (Kind.KEPT, ends, len(piece.text)))
    return (Piece(kind, piece.text[a:b]) for kind, a, b in parts if a < b)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """Whole sentences first, and then word by word within those that differ: quick, and what stays is kept together."""
    for before, after in _runs(SENTENCE, old, new):
        for removed, added in _runs(WORD, before, after):
            if removed == added:
                yield Piece(Kind.KEPT, removed)
            else:
                yield Piece(Kind.REMOVED, removed)
                yield Piece(Kind.ADDED, added)


def _runs(token: re.Pattern[str], old: str, new: str) -> Iterator[tuple[str, str]]:
    """The two texts in stretches of whole tokens, each pair either equal or one for the other.

    Spaces are junk to difflib: nothing is matched by them alone, but they follow the words beside them.
    """
    a, b = token.findall(old), token.findall(new)
    first = _shared(a, b)
    last = _shared(a[first:][::-1], b[first:][::-1])
    begun, ended = "".join(a[:first]), "".join(a[len(a) - last :])
    yield begun, begun
    yield from _between(a[first : len(a) - last], b[first : len(b) - last])
    yield ended, ended


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many tokens the two begin with in common."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _between(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str]]:
    if _pairs(a, b) > MOST_PAIRS:
        yield "".join(a), "".join(b)
        return
    for _tag, a1, a2, b1, b2 in SequenceMatcher(str.isspace, a, b, autojunk=False).get_opcodes():
        yield "".join(a[a1:a2]), "".join(b[b1:b2])


def _pairs(a: Sequence[str], b: Sequence[str]) -> int:
    """How many pairs of equal tokens there are, which is what the time of a comparison hangs on."""
    there = Counter(token for token in b if not token.isspace())
    return sum(count * there[token] for token, count in Counter(a).items())


def _readable(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Changes with next to nothing between them become one, so that nobody has to read every other word."""
    removed = added = ""
    held: list[Piece] = []
    for piece in [p for p in pieces if p.text]:
        if piece.kind is Kind.KEPT:
            if (removed or added) and _says_little(piece.text):
                held.append(piece)
                continue
            yield from _changed(removed, added)
            yield from held
            removed = added = ""
            held = []
            yield piece
            continue
        between = "".join(p.text for p in held)
        held = []
        removed, added = removed + between, added + between
        if piece.kind is Kind.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    yield from _changed(removed, added)
    yield from held


def _says_little(text: str) -> bool:
    """Whether an unchanged stretch is at most one short word, on one line."""
    words = re.findall(r"\w+", text)
    return "\n" not in text and (not words or (len(words) == 1 and len(words[0]) <= SHORT_WORD))


def _changed(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Kind.REMOVED, removed)
    if added:
        yield Piece(Kind.ADDED, added)


def spelled(pieces: Iterable[Piece], *without: Kind) -> str:
    """The text that the pieces spell when those of some kinds are left out."""
    return "".join(piece.text for piece in pieces if piece.kind not in without)
