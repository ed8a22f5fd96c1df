"""The refusal that every action raises when a rule says no."""

from __future__ import annotations

from collections.abc import Iterable


class Refused(Exception):
    """A business act that a rule forbids.

    ``sentences`` say in Swedish what stands in the way and what to do about it; they are shown to the person.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences: list[str] = list(sentences)


def refuse_if(sentences: Iterable[str]) -> None:
    """Raises Refused with the sentences, if there are any."""
    if found := list(sentences):
        raise Refused(*found)
