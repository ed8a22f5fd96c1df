"""Swedish words as the comparison of titles sees them: taken out of a text, folded, cut to their root, misspelt."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from v6portal.organizations.letters import FOLDED, UNFOLDED

_FOLDS = str.maketrans(UNFOLDED, FOLDED)

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
VOWELS = "aeiouyåäö"
REGION = re.compile(rf"[{VOWELS}][^{VOWELS}]")
BEFORE_REGION = 3

INFLECTIONS = """
    heterna anden heten heter arnas ernas ornas andes arens hetens andet arna erna orna ande arne aste aren ades erns
    ade are ern ens het ast ad en ar er or as es at a e
"""
BEFORE_S = "bcdfghjklmnoprtvy"
DOUBLED = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
LAST = (("löst", "lös"), ("fullt", "full"), ("lig", ""), ("els", ""), ("ig", ""))
"""The Swedish stemmer that PostgreSQL has too: http://snowballstem.org/algorithms/swedish/stemmer.html."""

DERIVATIONS = (("ning", ""), ("ing", ""), ("and", ""), ("ar", ""), ("an", ""), ("et", ""), ("eln", "l"), ("el", "l"))
"""What the stemmer leaves that a verb and its noun differ by, or the noun and its definite form: ansök(an),
plane(ring), nyck(el) and nycklar, biblioteket."""
SHORTEST_ROOT = 4

EMPTY_TAILS = ("system", "lösning", "verktyg", "projekt", "plattform")
"""At the end of a compound they add nothing: an *inköpssystem* is about *inköp*."""
SHORTEST_HEAD = 3

SHORTEST_MISSPELT = 6
SHORTEST_WITH_A_LETTER_LOST = 4
"""Of a short word only a letter inside it may be lost, else it is too easily another word."""


def fold(text: str) -> str:
    """Small letters without dots, rings and accents."""
    return text.lower().translate(_FOLDS)


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, in order; one with a hyphen is one word."""
    return WORD.findall(text.lower())


@cache
def _inflections() -> list[str]:
    return sorted(INFLECTIONS.split(), key=len, reverse=True)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its inflection: *nycklarna* and *nycklar* give *nyckl*."""
    found = REGION.search(word)
    start = max(found.end(), BEFORE_REGION) if found else len(word)
    kept, rest = word[:start], word[start:]
    ending = next((e for e in _inflections() if rest.endswith(e)), "")
    if ending:
        rest = rest.removesuffix(ending)
    elif rest.endswith("s") and (kept + rest)[-2:-1] in tuple(BEFORE_S):
        rest = rest[:-1]
    if rest.endswith(DOUBLED):
        rest = rest[:-1]
    tail, instead = next(((t, i) for t, i in LAST if rest.endswith(t)), ("", ""))
    return kept + rest.removesuffix(tail) + instead


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """What a word, its inflections and the verb or noun made from it have in common, folded.

    *ansöka*, *ansökan* and *ansökningar* give *ansok*. Empty tails of compounds are cut off.
    """
    stemmed = stem(word)
    for tail in EMPTY_TAILS:
        head = stemmed.removesuffix(tail)
        if head != stemmed and len(head) >= SHORTEST_HEAD:
            return root(head)
    for ending, instead in DERIVATIONS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= SHORTEST_ROOT:
            stemmed = stemmed.removesuffix(ending) + instead
            break
    if stemmed.endswith("s") and len(stemmed) > SHORTEST_ROOT and stemmed[-2] in BEFORE_S:
        stemmed = stemmed[:-1]  # plats and platser: the stemmer takes the s from one of them
    return fold(stemmed) if len(stemmed) >= SHORTEST_ROOT else stemmed  # mät is not mat, lås is not las


def is_misspelt(one: str, other: str) -> bool:
    """Whether one slip of the finger lies between two words: a letter lost, added, wrong or swapped.

    Between short ones only a letter lost or added inside the word.
    """
    if min(len(one), len(other)) < SHORTEST_MISSPELT or abs(len(one) - len(other)) > 1:
        return _has_lost_a_letter(one, other)
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] in (other_rest, other_rest[1:])
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def _has_lost_a_letter(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) != 1 or one[0] != other[0] or min(len(one), len(other)) < SHORTEST_WITH_A_LETTER_LOST:
        return False
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(1, len(long) - 1))
