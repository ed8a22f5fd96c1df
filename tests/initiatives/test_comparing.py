"""What has changed between two texts, word by word: exact to the letter, bounded in time, fit to be read."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from initiatives.comparing import AROUND, Kind, Piece, compare, fold, spelled

KEPT, FOLDED, REMOVED, ADDED = Kind.KEPT, Kind.FOLDED, Kind.REMOVED, Kind.ADDED
SLOWEST = 3.0
"""Seconds for two texts of 10,000 characters; measured 0.2 on a quiet machine."""

WORDS = st.sampled_from(["en", "två", "nyckel", "hemtjänst", "och", ".", ",", " ", "  ", "\n", "\n\n", "é", "\t", "😀"])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=120).map("".join))


def told(old: str, new: str) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text) for piece in compare(old, new)]


class TestToTheLetter:
    @given(TEXTS, TEXTS)
    @example("", "")
    @example("", "ny")
    @example("gammal", "")
    @example("a\r\nb", "a\nb")
    @example("i\u0307", "i")
    def test_kept_and_removed_is_the_old_text_and_kept_and_added_the_new(self, old: str, new: str) -> None:
        pieces = compare(old, new)
        assert spelled(pieces, ADDED) == old
        assert spelled(pieces, REMOVED) == new

    @given(TEXTS, TEXTS)
    def test_folded_too(self, old: str, new: str) -> None:
        pieces = fold(compare(old, new))
        assert spelled(pieces, ADDED) == old
        assert spelled(pieces, REMOVED) == new

    @given(TEXTS)
    def test_a_text_is_unlike_itself_in_nothing(self, text: str) -> None:
        assert {piece.kind for piece in compare(text, text)} <= {KEPT}

    @given(TEXTS, TEXTS)
    def test_no_piece_is_empty_and_no_two_of_a_kind_stand_together(self, old: str, new: str) -> None:
        pieces = compare(old, new)
        assert all(piece.text for piece in pieces)
        changes = [p.kind for p in pieces if p.kind is not KEPT]
        kinds = [p.kind for p in pieces]
        assert all(a is not b and (a, b) != (ADDED, REMOVED) for a, b in pairwise(kinds))
        assert bool(changes) == (old != new)


class TestWordByWord:
    def test_a_word_for_another(self) -> None:
        assert told("Vi har fysiska nycklar.", "Vi har digitala nycklar.") == [
            (KEPT, "Vi har "),
            (REMOVED, "fysiska"),
            (ADDED, "digitala"),
            (KEPT, " nycklar."),
        ]

    def test_a_word_is_never_cut(self) -> None:
        assert (REMOVED, "nyckel") in told("En nyckel.", "En nyckelknippa.")

    def test_words_added_at_the_end(self) -> None:
        assert told("Det tar tid.", "Det tar tid varje dag.") == [
            (KEPT, "Det tar tid"),
            (ADDED, " varje dag"),
            (KEPT, "."),
        ]

    def test_a_sentence_taken_away(self) -> None:
        old = "Nycklar hämtas. De kommer bort. Det tar tid."
        assert told(old, "Nycklar hämtas. Det tar tid.") == [
            (KEPT, "Nycklar hämtas. "),
            (REMOVED, "De kommer bort. "),
            (KEPT, "Det tar tid."),
        ]

    def test_changes_with_a_short_word_between_are_one(self) -> None:
        assert told("Vi hämtar och lämnar nycklar.", "Vi skickar och tar emot nycklar.") == [
            (KEPT, "Vi "),
            (REMOVED, "hämtar och lämnar"),
            (ADDED, "skickar och tar emot"),
            (KEPT, " nycklar."),
        ]

    def test_a_new_paragraph_is_a_line_break(self) -> None:
        pieces = compare("Ett. Två.", "Ett.\n\nTvå.")
        assert [p.breaks_line for p in pieces if p.kind is ADDED] == [True]

    def test_one_changed_word_in_a_long_text_is_found_also_where_words_come_back(self) -> None:
        text = "en nyckel och en dörr " * 450
        assert told(text + "slut", text + "början")[1:] == [(REMOVED, "slut"), (ADDED, "början")]


class TestFolding:
    LONG = " ".join(f"ord{number}" for number in range(100))

    def test_the_middle_of_what_is_unchanged_is_folded_and_the_words_around_the_changes_stay(self) -> None:
        pieces = fold(compare(f"ett {self.LONG} två", f"tre {self.LONG} fyra"))
        kinds = [piece.kind for piece in pieces]
        assert kinds == [REMOVED, ADDED, KEPT, FOLDED, KEPT, REMOVED, ADDED]
        assert [len(p.text.split()) for p in pieces if p.kind is KEPT] == [AROUND, AROUND]
        assert len(next(p.text for p in pieces if p.kind is FOLDED).split()) == 100 - 2 * AROUND

    def test_what_stands_before_the_first_change_keeps_only_its_end(self) -> None:
        assert [p.kind for p in fold(compare(f"{self.LONG} ett", f"{self.LONG} två"))] == [FOLDED, KEPT, REMOVED, ADDED]

    def test_what_stands_after_the_last_keeps_only_its_beginning(self) -> None:
        assert [p.kind for p in fold(compare(f"ett {self.LONG}", f"två {self.LONG}"))] == [REMOVED, ADDED, KEPT, FOLDED]

    def test_a_short_text_is_shown_whole(self) -> None:
        pieces = compare("Det tar tid varje dag.", "Det tar tid varje vecka.")
        assert fold(pieces) == pieces

    def test_nothing_is_folded_in_a_change(self) -> None:
        assert fold((Piece(ADDED, self.LONG),)) == (Piece(ADDED, self.LONG),)


def _many(words: int, separator: str = " ") -> str:
    chosen = random.Random(words)
    return separator.join(f"w{chosen.randrange(words)}" for _ in range(10_000))[:10_000]


class TestTime:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (_many(1), _many(2)),
            (_many(20), _many(21)),
            (_many(80), _many(81)),
            (_many(1000), _many(1001)),
            (_many(10, ". "), _many(11, ". ")),
            ("a" * 10_000, "b" * 10_000),
            ("." * 10_000, "." * 9_999 + "!"),
            (" \n" * 5_000, "\n " * 5_000),
            ("a b " * 2_500, "b a " * 2_500),
            ("a. " * 3_333, "b. a. " * 1_666),
        ],
    )
    def test_the_worst_that_ten_thousand_characters_can_hold_is_bounded(self, old: str, new: str) -> None:
        began = time.perf_counter()
        pieces = compare(old, new)
        assert time.perf_counter() - began < SLOWEST
        assert (spelled(pieces, ADDED), spelled(pieces, REMOVED)) == (old, new)
