"""When two initiatives are about the same matter: a rule on words, without a database.

Every word of one title looks for its best answer in the other title, and the other way round; the likeness of the
titles is the share of their weight that was answered. That is half of the whole. The other half is how far each title
is told anywhere in the other's title and need, so that a good need helps where titles differ. Nothing else is looked
at: not how rare a word is, not who wrote it, so what a reader may not see leaves no trace here either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from .swedish import SHORTEST_MISSPELT, fold, is_misspelt, root, words_in
from .vocabulary import SAME, SAYS_LITTLE, SAYS_WHAT_IS_DONE, SAYS_WHERE, STOP_WORDS

THRESHOLD = 0.5
"""Below this nothing is shown: a false hit costs a reader more than a miss."""
AT_MOST = 5
TITLE_READ, NEED_READ = 200, 600
"""Characters that are compared: ten thousand characters of need cost no more than the first six hundred."""
WORDS_READ = 24
"""Of a title, stop words aside."""
TITLE_SHARE = 0.5

LITTLE, WHERE, DONE, MATTER = 0.2, 0.5, 0.6, 1.0
"""What a word weighs: says little, says where, says what is done, is the matter itself."""

EQUAL, MEANS_THE_SAME, MISSPELT, IS_THE_TAIL, IS_THE_HEAD, SHARES_A_PART = 1.0, 0.9, 0.9, 0.8, 0.6, 0.3
"""What an answer is worth. The tail of a compound says what it is, its head only which kind or where."""
IN_COMMON = IS_THE_HEAD
"""From here on a word is shown as a reason."""

LEAST_SAID = 0.75
"""Of weight that must be answered on one side: to share a place, or an act, is not yet to be alike."""

CONTAINED = 0.6
"""What a title is worth whose whole matter stands inside a longer one: one of several subjects is one of them."""
WHOLE_TITLE, NEARLY_ALL = 1.5, 0.85
"""How much it must say of its own, and the share of it that must be answered: one common word is not a title."""

SHORTEST_PART = 4
"""Letters of the head or tail of a compound that count as a word."""
SHORTEST_END = 3
"""The same where head and tail are the whole of it: *lösenord* + *byt*."""
BINDS = ("", "s", "a", "e", "o", "u")
"""What may stand between head and tail."""
LOST_VOWEL = re.compile("[^aeiouyl]l$")


@dataclass(frozen=True)
class Words:
    """The roots of a title, in order, and of the title and need together."""

    title: tuple[str, ...]
    text: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """``score`` from 0 to 1, and what it stands on: the roots that are in both titles, and pairs of roots, the first
    title's and the second's, that mean the same, are nearly spelt alike, or are part of one another."""

    score: float
    common: frozenset[str] = frozenset()
    resembling: tuple[tuple[str, str], ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.score >= THRESHOLD


def words_of(title: str, need: str = "") -> Words:
    """Stop words say nothing and are left out. Of a long text only the beginning is read."""
    roots = tuple(dict.fromkeys(roots_of(title[:TITLE_READ])))[:WORDS_READ]
    return Words(roots, frozenset(roots).union(roots_of(need[:NEED_READ])))


def roots_of(text: str) -> Iterable[str]:
    """The root of each word that says something, in order."""
    for word in words_in(text):
        yield from (root(part) for part in parts_of(word) if len(part) > 1 and fold(part) not in _stop_words())


def parts_of(word: str) -> list[str]:
    """A word with a hyphen is one word where the tables know it, as *e-tjänst*, else its parts."""
    joined = word.replace("-", "")
    return [joined] if joined == word or _is_known(root(joined)) else word.split("-")


def likeness(one: Words, other: Words) -> Likeness:
    """How much alike the two are; as much whichever comes first."""
    if not one.title or not other.title:
        return Likeness(0.0)
    mine = {word: best_answer(word, other.title, one.title) for word in one.title}
    theirs = {word: best_answer(word, one.title, other.title) for word in other.title}
    titles = _share(mine, theirs)
    told = _share(_told(mine, other.text), _told(theirs, one.text))
    score = TITLE_SHARE * titles + (1 - TITLE_SHARE) * told
    return Likeness(score, *_reasons([w for w, value in theirs.items() if value >= IN_COMMON], one.title))


def _reasons(answered: list[str], mine: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """What is in both, and what only resembles a word of mine; what says little is no reason."""
    saying = [word for word in answered if weight(word) > LITTLE]
    common = frozenset(word for word in saying if word in mine)
    others = [word for word in mine if word not in common and weight(word) > LITTLE]
    pairs = [
        (max(others, key=lambda one: _resemblance(one, word)), word) for word in saying if others and word not in mine
    ]
    return common, tuple(pair for pair in pairs if _resemblance(*pair) >= IN_COMMON)


def _resemblance(one: str, other: str) -> float:
    return max(answer(one, other), answer(other, one))


def _share(mine: dict[str, float], theirs: dict[str, float]) -> float:
    """The share of the weight of both titles that was answered; none where what was says too little."""
    said, said_there = _answered(mine), _answered(theirs)
    if max(said, said_there) < LEAST_SAID and mine.keys() != theirs.keys():
        return 0.0
    shared = (said + said_there) / sum(weight(word) for word in (*mine, *theirs))
    return max(shared, CONTAINED * max(_contained(mine), _contained(theirs)))


def _contained(answers: dict[str, float]) -> float:
    """The share of a title's matter that the other answers, where it is nearly all of it and says enough."""
    saying = {word: value for word, value in answers.items() if weight(word) > LITTLE}
    whole = sum(weight(word) for word in saying)
    if whole < WHOLE_TITLE:
        return 0.0
    share = _answered(saying) / whole
    return share if share >= NEARLY_ALL else 0.0


def _answered(answers: dict[str, float]) -> float:
    return sum(weight(word) * value for word, value in answers.items())


def _told(answers: dict[str, float], text: frozenset[str]) -> dict[str, float]:
    """The answers of a title, with those that the other's need gives to words its title did not answer."""
    return {
        word: value if value >= MEANS_THE_SAME else max(value, EQUAL if word in text else _meant(word, text))
        for word, value in answers.items()
    }


def _meant(word: str, text: frozenset[str]) -> float:
    return MEANS_THE_SAME if not synonyms(word).isdisjoint(text) else 0.0


def best_answer(word: str, others: tuple[str, ...], own: tuple[str, ...] = ()) -> float:
    """How well the words of a title answer to a word: the best of them, or the parts of a compound together.

    Where the word and another of its ``own`` title are head and tail of a compound there, it is answered by that.
    """
    best = max(max(answer(word, other) for other in others), _explained(word, others))
    if best < MEANS_THE_SAME and any(word in _makers(other, own) for other in others):
        return MEANS_THE_SAME
    return best


@lru_cache(maxsize=32768)
def answer(word: str, other: str) -> float:
    """How well one word answers to another."""
    if word == other:
        return EQUAL
    if other in synonyms(word):
        return MEANS_THE_SAME
    if is_misspelt(word, other):
        return MISSPELT
    if any(_is_tail(form, other) for form in forms(word)):
        return IS_THE_TAIL
    if any(_is_head(form, other) for form in forms(word)):
        return IS_THE_HEAD
    return SHARES_A_PART if _shares_a_part(word, other) else 0.0


def _explained(compound: str, others: tuple[str, ...]) -> float:
    """How much of a compound the other words are head and tail of: *planering* + *hemtjänst*."""
    if _makers(compound, others):
        return EQUAL
    answers = [form for other in others for form in forms(other)]
    tail = max((len(form) for form in answers if _is_tail(form, compound)), default=0)
    head = max((len(form) for form in answers if _is_head(form, compound)), default=0)
    if not tail or not head:
        return IS_THE_TAIL * tail / len(compound) + IS_THE_HEAD * head / len(compound)
    return min(EQUAL, (head + tail + len("s")) / len(compound))


@lru_cache(maxsize=8192)
def _makers(compound: str, words: tuple[str, ...]) -> frozenset[str]:
    """The two of the words that are head and tail of the compound; none where no two are the whole of it.

    As they are written: with synonyms a *webbplats* would be any *plats* by *e-tjänst*.
    """
    spelt = [(word, form) for word in words for form in spellings(word) if SHORTEST_END <= len(form) < len(compound)]
    heads = [(word, form) for word, form in spelt if compound.startswith(form)]
    tails = [(word, form) for word, form in spelt if heads and compound.endswith(form[1:])]
    pairs = ((one, other) for one, head in heads for other, tail in tails if compound in _joined(head, tail))
    return frozenset(next((pair for pair in pairs if pair[0] != pair[1]), ()))


def _joined(head: str, tail: str) -> list[str]:
    """The compounds of the two; of three equal letters in a row one is not written."""
    shortened = [head + tail[1:]] if head.endswith(tail[0] * 2) else []
    return [*(head + bind + tail for bind in BINDS), *shortened]


def _is_tail(part: str, compound: str) -> bool:
    return _is_part(part, compound) and compound.endswith(part)


def _is_head(part: str, compound: str) -> bool:
    return _is_part(part, compound) and compound.startswith(part)


def _is_part(part: str, compound: str) -> bool:
    return SHORTEST_PART <= len(part) <= len(compound) - SHORTEST_PART + 1


def _shares_a_part(one: str, other: str) -> bool:
    """Whether two compounds begin or end with the same letters, enough of them to be a word."""
    return one[:SHORTEST_PART] == other[:SHORTEST_PART] or one[-SHORTEST_PART:] == other[-SHORTEST_PART:]


@lru_cache(maxsize=8192)
def weight(word: str) -> float:
    """What a word weighs; one that says little weighs as little when it is misspelt."""
    known = _weights().get(word)
    if known is None and len(word) >= SHORTEST_MISSPELT and any(is_misspelt(word, little) for little in _little()):
        return LITTLE
    return MATTER if known is None else known


def synonyms(word: str) -> frozenset[str]:
    """Other words for the same thing; the word itself is not among them."""
    return _synonyms().get(word, frozenset())


@lru_cache(maxsize=2048)
def forms(word: str) -> frozenset[str]:
    """The word and what means the same, also as they begin a compound: *nyckl* is *nyckel* there."""
    return spellings(word).union(*map(spellings, synonyms(word)))


def spellings(word: str) -> frozenset[str]:
    """The word itself, also as it begins a compound."""
    return frozenset({word, f"{word[:-1]}el"}) if LOST_VOWEL.search(word) else frozenset({word})


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in STOP_WORDS.split())


@cache
def _weights() -> dict[str, float]:
    tables = ((SAYS_WHAT_IS_DONE, DONE), (SAYS_WHERE, WHERE), (SAYS_LITTLE, LITTLE))
    return {_as_root(word): value for table, value in tables for word in table.split()}


@cache
def _little() -> list[str]:
    return [word for word, value in _weights().items() if value == LITTLE and len(word) >= SHORTEST_MISSPELT]


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    """By word: everything on the lines where it stands."""
    found: dict[str, frozenset[str]] = {}
    for line in SAME.strip().splitlines():
        group = frozenset(_as_root(word) for word in line.split())
        for word in group:
            found[word] = found.get(word, frozenset()) | (group - {word})
    return found


def _as_root(word: str) -> str:
    return root(word.replace("-", ""))


def _is_known(word: str) -> bool:
    return word in _weights() or word in _synonyms()
