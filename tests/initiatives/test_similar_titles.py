"""Sixty pairs of titles: how many of the same matter are found, how many of another are found by mistake.

Three ways beside each other: full-text search as in the register, stems alone, and the portal's own. The literal
counts are the documentation's (docs/liknande.md); a change of weights or words has to answer for them here.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from initiatives.models import Initiative
from initiatives.reading import similar_to
from initiatives.similarity import THRESHOLD
from initiatives.swedish import fold, stem, words_in
from initiatives.vocabulary import STOP_WORDS
from tests.cast import Cast
from tests.initiatives.similar_titles import (
    DIFFERENT,
    HELD_OUT_DIFFERENT,
    HELD_OUT_SAME,
    LONG,
    SAME,
    WALKED_DIFFERENT,
    WALKED_SAME,
    Pair,
)
from tests.walk import Walk

pytestmark = pytest.mark.django_db

Finds = Callable[[str, Initiative], bool]


def hits(pairs: tuple[Pair, ...], cast: Cast, finds: Finds) -> list[Pair]:
    """The pairs where the second title is found by one who writes the first."""
    found = []
    for typed, title in pairs:
        walk = Walk(cast, title=title, need="Det behövs.")
        walk.submit()
        if finds(typed, walk.case.initiative):
            found.append((typed, title))
    return found


def by_full_text(typed: str, stored: Initiative) -> bool:
    return Initiative.objects.filter(pk=stored.pk).matching(typed).exists()


def by_stems(typed: str, stored: Initiative) -> bool:
    """Half of the stems in common, or more."""
    one, other = ({stem(w) for w in words_in(title) if w not in STOP_WORDS.split()} for title in (typed, stored.title))
    return 2 * len(one & other) / (len(one) + len(other)) >= THRESHOLD


def by_similarity(cast: Cast) -> Finds:
    def finds(typed: str, stored: Initiative) -> bool:
        return stored.pk in [like.pk for like in similar_to(user=cast.lead(), title=typed)]

    return finds


def test_full_text_search_finds_next_to_nothing(cast: Cast) -> None:
    assert [len(hits(pairs, cast, by_full_text)) for pairs in (SAME, DIFFERENT)] == [0, 0]


def test_stems_alone_find_more_by_mistake_than_not(cast: Cast) -> None:
    assert [len(hits(pairs, cast, by_stems)) for pairs in (SAME, DIFFERENT)] == [1, 9]


def test_the_portal_finds_most_and_nothing_by_mistake(cast: Cast) -> None:
    found = hits(SAME, cast, by_similarity(cast))
    assert len(found) == 18
    assert sorted(typed for typed, _title in set(SAME) - set(found)) == [
        "Digital tillsyn nattetid",
        "Öppna data om parkeringar",
    ]
    assert hits(DIFFERENT, cast, by_similarity(cast)) == []


def test_so_does_it_with_titles_it_was_not_tuned_on(cast: Cast) -> None:
    found = hits(HELD_OUT_SAME, cast, by_similarity(cast))
    assert len(found) == 7
    assert hits(HELD_OUT_DIFFERENT, cast, by_similarity(cast)) == []


def test_no_pair_is_a_word_by_word_repetition() -> None:
    for typed, title in (*SAME, *DIFFERENT, *HELD_OUT_SAME, *HELD_OUT_DIFFERENT):
        assert set(words_in(fold(typed))) != set(words_in(fold(title)))


def test_what_a_walk_through_the_portal_missed_is_mostly_found(cast: Cast) -> None:
    """Typed with the remedies in mind, so the figure says less than that of the held-out; before them it was two."""
    found = hits(WALKED_SAME, cast, by_similarity(cast))
    assert len(found) == 10
    assert set(WALKED_SAME) - set(found) == {
        ("Sensorer i soptunnor, digitala nycklar och bokning av lokaler", "Digitala nycklar i hemtjänsten"),
        (LONG, "Nyckelfria lås hos brukare"),
        ("Felanmäla lekplatser", "Felanmälan av trasiga gungor"),
        ("Hitta ledig parkering", "Parkeringsapp med lediga platser"),
    }
    assert hits(WALKED_DIFFERENT, cast, by_similarity(cast)) == []
