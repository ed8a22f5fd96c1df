"""Passages of text that are cut to what a sheet of paper holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

TOO_LONG, BREAK = re.compile(r"\S{40}(?=\S)"), "\u200b"
"""To lay out a word of a thousand letters takes minutes; one that may be broken takes no time."""


@dataclass(frozen=True)
class Text:
    """A passage with what it is about."""

    label: str
    words: str

    def cut_to(self, length: int) -> Text:
        """The beginning, whole words, on one line; what fits is left as it is but for its lines."""
        return replace(self, words=cut(self.words, length))

    def is_over(self, length: int) -> bool:
        return len(" ".join(self.words.split())) > length


def cut(words: str, length: int) -> str:
    """At most so many characters, on one line, with places to break in what is longer than any word."""
    words = " ".join(words.split())
    if len(words) > length:
        kept = words[: length - 1]
        whole = kept.rsplit(" ", 1)[0]
        words = f"{whole if len(whole) > length // 2 else kept} …"
    return TOO_LONG.sub(lambda found: f"{found[0]}{BREAK}", words)
