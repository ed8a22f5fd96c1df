"""Words taken out of a text and cut to their root, against the stemmer of the database itself."""

from __future__ import annotations

import pytest
from django.db import connection

from initiatives import vocabulary
from initiatives.swedish import fold, root, stem, words_in
from tests.initiatives.similar_titles import DIFFERENT, HELD_OUT_DIFFERENT, HELD_OUT_SAME, SAME


@pytest.mark.django_db
def test_the_stem_of_every_word_of_the_tables_and_titles_is_the_one_that_postgresql_gives() -> None:
    titles = " ".join(
        " ".join(pair) for pairs in (SAME, DIFFERENT, HELD_OUT_SAME, HELD_OUT_DIFFERENT) for pair in pairs
    )
    tables = " ".join((vocabulary.SAYS_LITTLE, vocabulary.SAYS_WHERE, vocabulary.SAYS_WHAT_IS_DONE, vocabulary.SAME))
    words = sorted({part for word in words_in(f"{titles} {tables}") for part in word.split("-")})
    with connection.cursor() as cursor:
        cursor.execute("select w, ts_lexize('swedish_stem', w) from unnest(%s::text[]) w", [words])
        given = {word: found[0] for word, found in cursor.fetchall() if found}
    assert len(given) > 350
    assert {word: (stem(word), found) for word, found in given.items() if stem(word) != found} == {}


@pytest.mark.parametrize(
    "family",
    [
        "ansöka ansökan ansökningar ansökningarna",
        "planera planering planeringen planerar",
        "nyckel nyckeln nycklar nycklarna",
        "bibliotek biblioteket bibliotekets",
        "signera signering signeringar",
        "plats platsen platser platserna",
        "anmäla anmälan anmälningar",
        "inköp inköpssystem inköpslösning",
        "äldreboende äldreboenden äldreboendet aldreboende",
    ],
)
def test_a_verb_its_noun_and_their_inflections_have_one_root(family: str) -> None:
    assert len({root(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("lås", "larm"), ("mat", "mätare"), ("lärare", "larm"), ("hem", "hjälm")])
def test_short_words_are_not_cut_until_they_are_alike(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_folding_takes_dots_rings_accents_and_capitals() -> None:
    assert fold("ÅÄÖ Café") == "aao cafe"


def test_words_are_taken_whatever_stands_between_them() -> None:
    assert words_in("E-tjänst: bygglov, 2026!\n(VA-nätet)") == ["e-tjänst", "bygglov", "2026", "va-nätet"]
