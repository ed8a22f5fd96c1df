"""The rule: what makes two titles alike, and what does not. No database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.similarity import THRESHOLD, Likeness, likeness, words_of
from initiatives.swedish import is_misspelt

WORDS = "digital hemtjänst planering larm e-tjänst nyckel bygglov och i äldreboende hemtjänstplanering"
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join)


def alike(one: str, other: str, need: str = "", other_need: str = "") -> Likeness:
    return likeness(words_of(one, need), words_of(other, other_need))


class TestTheSameMatter:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("hemtjänstplanering", "Planering i hemtjänsten"),
            ("Bygglovsansökan", "Ansökan om bygglov"),
            ("Verksamhetsplanering", "Planering av verksamheten"),
            ("Avtalsuppföljning", "Följa upp avtal: uppföljning"),
            ("Trygghetslarm", "Larm"),
        ],
    )
    def test_a_compound_is_its_parts_with_or_without_the_s_that_binds(self, one: str, other: str) -> None:
        assert alike(one, other).is_enough
        assert alike(other, one).is_enough

    @pytest.mark.parametrize(
        ("typed", "title"),
        [
            ("bibloteket självbetjäning", "Självbetjäning på biblioteket"),
            ("Skolskjuds", "Skolskjuts"),
            ("Matsdel", "Matsedel"),
            ("Vattenmtäare", "Vattenmätare"),
            ("Trygghettslarm", "Trygghetslarm på natten"),
        ],
    )
    def test_one_slip_of_the_finger_is_forgiven(self, typed: str, title: str) -> None:
        assert alike(typed, title).is_enough

    @pytest.mark.parametrize("title", ["Larm på äldreboenden", "Nycklar i hemtjänsten", "Snöröjning på gångvägar"])
    def test_dots_and_rings_may_be_missing(self, title: str) -> None:
        typed = title.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
        assert alike(typed, title).score == pytest.approx(1)

    def test_a_misspelt_word_that_says_little_still_says_little(self) -> None:
        assert not alike("Digitl larm", "Digital signering").is_enough
        assert alike("Digitl signering av avtal", "Signering av avtal").score > 0.9

    def test_capitals_order_and_stop_words_make_no_difference(self) -> None:
        assert alike("LARM på äldreboenden", "äldreboenden och larm").score == pytest.approx(1)

    def test_words_that_mean_the_same_in_the_trade_do(self) -> None:
        assert alike("Surfplattor till eleverna", "Lärplattor för elever").is_enough

    def test_a_need_helps_where_titles_differ(self) -> None:
        one = ("Slippa åka tillbaka", "Personalen hämtar nycklar till hemtjänsten på kontoret. Vi får åka tillbaka.")
        other = ("Nycklar i hemtjänsten", "Ingen ska behöva åka tillbaka: det går att slippa.")
        without = alike(one[0], other[0])
        assert not without.is_enough
        assert alike(one[0], other[0], one[1], other[1]).score > without.score + 0.3

    def test_what_they_have_in_common_is_named_by_the_words_of_the_other(self) -> None:
        assert alike("Digital signering av avtal", "Signera avtal med leverantör").common == {"signer", "avtal"}


class TestAnotherMatter:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Digital app", "Digitalt system"),
            ("Införa ny lösning", "Införa nytt stöd"),
            ("Hemtjänsten", "Matleveranser i hemtjänsten"),
            ("Ansökan om förskoleplats", "Ansökan om serveringstillstånd"),
            ("Vattenmätare", "Vattenläckor"),
            ("Medborgarbudget", "Medborgarlöfte"),
        ],
    )
    def test_a_place_an_act_or_half_a_compound_is_not_enough(self, one: str, other: str) -> None:
        assert not alike(one, other).is_enough

    @pytest.mark.parametrize("nothing", ["", " ", "och på i", "!?", "det är som det är"])
    def test_nothing_is_like_an_empty_text(self, nothing: str) -> None:
        assert alike(nothing, "Larm på äldreboenden").score == 0
        assert alike("Larm på äldreboenden", nothing).score == 0

    @pytest.mark.parametrize("stop_words", ["och", "i det att", "för med till"])
    def test_stop_words_are_harmless(self, stop_words: str) -> None:
        plain = alike("Larm äldreboende", "Larm i skolan").score
        assert alike(f"Larm {stop_words} äldreboende", f"Larm {stop_words} i skolan").score == pytest.approx(plain)

    @pytest.mark.parametrize(
        ("one", "other", "is_one"),
        [
            ("vattenmat", "vattnmat", True),
            ("vattenmat", "vattenmatt", True),
            ("vattenmat", "vattenmet", True),
            ("vattenmat", "vattenmta", True),
            ("vattenmat", "vattenlack", False),
            ("larm", "lar", False),
        ],
    )
    def test_a_slip_is_one_letter_lost_added_wrong_or_swapped_in_a_long_word(
        self, one: str, other: str, is_one: bool
    ) -> None:
        assert is_misspelt(one, other) is is_misspelt(other, one) is is_one


class TestWhatever:
    @given(TEXTS, TEXTS, TEXTS, TEXTS)
    def test_the_likeness_is_from_0_to_1_and_the_same_both_ways(
        self, one: str, other: str, need: str, other_need: str
    ) -> None:
        there, back = alike(one, other, need, other_need), alike(other, one, other_need, need)
        assert 0 <= there.score <= 1 + 1e-9
        assert there.score == pytest.approx(back.score)

    @given(TEXTS)
    def test_a_title_that_says_something_is_like_itself(self, title: str) -> None:
        assert alike(title, title).score == pytest.approx(1 if words_of(title).title else 0)

    def test_of_a_long_text_only_the_beginning_is_read(self) -> None:
        short = words_of("Larm", "x " * 300)
        assert words_of("Larm", "x " * 300 + "nyckel " * 2000) == short

    def test_the_threshold_is_what_the_table_of_titles_was_tuned_at(self) -> None:
        assert THRESHOLD == 0.5
