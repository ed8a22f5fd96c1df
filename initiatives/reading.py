"""Finds the initiatives that are like a text: PostgreSQL fetches those that can be, the rule in ``similarity`` judges.

Always among what the reader may see, and only what has been submitted, closed ones too. Two statements, whatever there
is to find; a third the first time a person's roles are asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import add, and_, or_

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db import connection
from django.db.models import Case, Exists, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Left

from v6portal.organizations.models import User

from .models import Dismissal, Initiative, Side
from .models.initiatives import SEARCH_CONFIG
from .similarity import (
    AT_MOST,
    DONE,
    LITTLE,
    MATTER,
    NEED_READ,
    SHORTEST_PART,
    TITLE_READ,
    WHERE,
    Likeness,
    Words,
    forms,
    likeness,
    parts_of,
    weight,
    words_of,
)
from .swedish import SHORTEST_MISSPELT, fold, root, stem, words_in

CANDIDATES = 80
"""How many are judged word by word; the best by a rougher measure, made in the database."""
WORDS_ASKED, BESIDES_ASKED = 8, 5
"""By how many words of a title others are looked for."""
SHORTEST_COMPOUND = 8
WORD_SIMILARITY = 0.45
"""How much of a word's trigrams a misspelt one must have to be fetched."""


@dataclass(frozen=True)
class Similar:
    """One that is like the text. ``common`` are the words of its title that stand in the text's title too, as they are
    written there; ``resembling`` the pairs of other words that are why, the text's own first."""

    pk: int
    score: float
    common: tuple[str, ...]
    resembling: tuple[tuple[str, str], ...] = ()
    author_said_no: bool = False
    """Whether those who wrote the initiative compared with have said *inte samma*."""


@dataclass(frozen=True)
class _Found:
    pk: int
    title: str
    need: str
    submitted_at: dt.datetime
    said_no: bool


@dataclass(frozen=True)
class _Asked:
    """What is asked for: the text, for whom, and beside which initiative."""

    title: str
    words: Words
    besides: int | None
    side: Side | None

    @property
    def matter(self) -> list[str]:
        """The words of the title that say what it is about."""
        return [word for word in self.words.title if weight(word) == MATTER][:WORDS_ASKED]

    @property
    def spelt(self) -> list[str]:
        """The same, long enough to be looked for by likeness: a short root as the word is written."""
        written = {root(part): fold(part) for word in words_in(self.title[:TITLE_READ]) for part in parts_of(word)}
        return [word if len(word) >= SHORTEST_MISSPELT else written.get(word, word) for word in self.matter]

    @property
    def beside(self) -> list[str]:
        """Those that say where or what is done: two of them say something together."""
        return [word for word in self.words.title if LITTLE < weight(word) < MATTER][:BESIDES_ASKED]

    @property
    def together(self) -> int:
        """How many of those that must be there: of a long title a third of the weight, or it cannot be alike."""
        whole = sum(weight(word) for word in self.words.title)
        return 2 if whole <= 3 * (WHERE + DONE) else 3


def similar_to(
    *, user: User, title: str, need: str = "", besides: Initiative | None = None, side: Side | None = None
) -> list[Similar]:
    """The at most five that are most like the text, best first, of equals the newest first.

    ``besides`` is the one that is being written or qualified: it is not like itself, and what its ``side`` has
    answered *inte samma* to is not shown to that side again.
    """
    words = words_of(title, need)
    if not words.title:
        return []
    asked = _Asked(title, words, besides.pk if besides else None, side)
    found = [(likeness(words, words_of(one.title, one.need)), one) for one in _candidates(user, asked)]
    alike = [(like, one) for like, one in found if like.is_enough]
    alike.sort(key=lambda pair: (round(pair[0].score, 6), pair[1].submitted_at, pair[1].pk), reverse=True)
    return [_similar(title, like, one) for like, one in alike[:AT_MOST]]


def _similar(title: str, like: Likeness, one: _Found) -> Similar:
    pairs = tuple((_written(title, mine), _written(one.title, theirs)) for mine, theirs in like.resembling)
    return Similar(one.pk, like.score, _as_written(one.title, like.common), pairs, one.said_no)


def _candidates(user: User, asked: _Asked) -> list[_Found]:
    others = Initiative.objects.visible_to(user).submitted().filter(pk__in=_may_be_like(asked))
    answered = Dismissal.objects.filter(initiative=asked.besides, other=OuterRef("pk"))
    if asked.besides:
        others = others.exclude(pk=asked.besides).filter(~Exists(answered.filter(side=asked.side)))
    rows = (
        others.annotate(
            beginning=Left("need", NEED_READ),
            said_no=Exists(answered.filter(side=Side.AUTHOR)),
            answers=_answers(asked),
            looks=TrigramSimilarity("folded_title", fold(asked.title[:TITLE_READ])),
        )
        .order_by("-answers", "-looks", "-submitted_at", "-pk")
        .values_list("pk", "title", "beginning", "submitted_at", "said_no")
    )
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(WORD_SIMILARITY)])
    return [_Found(*row) for row in rows[:CANDIDATES]]  # type: ignore[arg-type] # submitted, so with a date


def _may_be_like(asked: _Asked) -> QuerySet[Initiative, int]:
    """Has a word of the title, or one that means the same or is spelt nearly so; or tells all of it in its text.

    Each of these is a question of its own with an index of its own: asked as one, the database would rather read
    everything. Words that say little are not asked for at all.
    """
    ways = [Q(folded_title=fold(asked.title.strip())), _has_parts(asked.title), _tells_all(asked)]
    ways += [reduce(or_, (_has(word) for word in asked.matter), Q())]
    ways += [reduce(and_, map(_has, some)) for some in combinations(asked.beside, asked.together)]
    ways += [Q(folded_title__trigram_word_similar=w) for w in asked.spelt if len(w) >= SHORTEST_MISSPELT]
    first, *rest = (Initiative.objects.order_by().filter(way).values_list("pk", flat=True) for way in ways if way)
    return first.union(*rest)


def _has(word: str) -> Q:
    """In the title, by itself or inside a compound."""
    return reduce(or_, (Q(folded_title__contains=fold(form)) for form in sorted(forms(word))))


def _has_parts(title: str) -> Q:
    """Has the head or the tail of a compound as a word: *hemtjänstplanering* finds *planering*."""
    compounds = [word for word in words_in(title[:TITLE_READ]) if len(word) >= SHORTEST_COMPOUND][:WORDS_ASKED]
    stems = {stem(part) for word in compounds for part in _parts(fold(word))}
    parts = {part for part in stems if len(part) >= SHORTEST_PART}  # förs is not för
    return Q(folded_stems__overlap=sorted(parts)) if parts else Q()


def _parts(word: str) -> Iterable[str]:
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        yield word[:place]
        yield word[place:]


def _tells_all(asked: _Asked) -> Q:
    """Has every word that is the matter itself somewhere in its text."""
    matter = {word for word in words_in(asked.title[:TITLE_READ]) if weight(root(word)) == MATTER and word.isalnum()}
    if not matter:
        return Q()
    return Q(search=SearchQuery(" & ".join(sorted(matter)), config=SEARCH_CONFIG, search_type="raw"))


def _answers(asked: _Asked) -> Combinable:
    """The weight of the title's words that stand in the other title: the rough measure of the database."""
    counted: list[Combinable] = [
        Case(When(_has(word), then=Value(weight(word))), default=Value(0.0), output_field=FloatField())
        for word in (*asked.matter, *asked.beside)
    ]
    return reduce(add, counted, Value(0.0, output_field=FloatField()))


def _as_written(title: str, roots: frozenset[str]) -> tuple[str, ...]:
    """The words of a title whose roots are among these, in order."""
    words = (word for word in words_in(title) if not roots.isdisjoint(root(part) for part in parts_of(word)))
    return tuple(dict.fromkeys(words))


def _written(title: str, root_of_one: str) -> str:
    """The first word of a title with this root, as it stands there."""
    return next(iter(_as_written(title, frozenset({root_of_one}))), root_of_one)
