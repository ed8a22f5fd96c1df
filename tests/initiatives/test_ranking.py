"""Initiatives beside each other: places, ties, and how firmly a place is held."""

import random
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.ranking import STABILITY_SEED
from initiatives.scoring import Axis, Criterion, rank, reweighted, score, scores, stability

FREELY = settings(deadline=None, max_examples=60)
MODEL = (
    Criterion("N1", Axis.BENEFIT, Decimal(50)),
    Criterion("N2", Axis.BENEFIT, Decimal(30)),
    Criterion("G1", Axis.FEASIBILITY, Decimal(20)),
)


def places(*scores):
    return [(r.key, r.place, r.tied) for r in rank(enumerate(scores))]


def test_equal_scores_share_a_place_and_the_next_is_passed_over():
    assert places(40, 80, 80, 10) == [(1, 1, True), (2, 1, True), (0, 3, False), (3, 4, False)]


def test_without_a_score_comes_last_and_has_no_place():
    assert places(None, 0, None, 7) == [(3, 1, False), (1, 2, False), (0, None, False), (2, None, False)]


def test_nothing_to_rank():
    assert rank([]) == ()


def test_a_difference_too_small_to_be_shown_is_a_difference():
    assert places(Fraction(200, 3), Decimal("66.666667")) == [(1, 1, False), (0, 2, False)]


def test_decimals_and_fractions_tie_when_they_are_equal():
    assert places(Decimal("61.875"), Fraction(495, 8)) == [(0, 1, True), (1, 1, True)]


some_scores = st.lists(st.one_of(st.none(), st.integers(0, 12).map(lambda n: Fraction(n * 25, 3))), max_size=12)


@FREELY
@given(some_scores)
def test_a_place_is_one_more_than_those_before(scores):
    counted = Counter(s for s in scores if s is not None)
    for ranked in rank(enumerate(scores)):
        mine = scores[ranked.key]
        assert ranked.score == mine
        before = None if mine is None else 1 + sum(n for s, n in counted.items() if s > mine)
        assert (ranked.place, ranked.tied) == (before, counted[mine] > 1)


@FREELY
@given(some_scores, st.randoms())
def test_the_order_given_decides_nothing_but_the_order_within_a_place(scores, chance):
    items = list(enumerate(scores))
    shuffled = chance.sample(items, len(items))
    assert sorted(rank(items), key=lambda r: r.key) == sorted(rank(shuffled), key=lambda r: r.key)


@FREELY
@given(some_scores, st.integers(0, 100))
def test_one_more_initiative_changes_no_score_and_turns_no_pair_around(scores, newcomer):
    before = {r.key: r for r in rank(enumerate(scores))}
    after = {r.key: r for r in rank([*enumerate(scores), ("new", newcomer)])}
    for key, mine in before.items():
        assert after[key].score == mine.score
        for other in before.values():
            if mine.place is not None and other.place is not None:
                assert (mine.place < other.place) == (after[key].place < after[other.key].place)


class TestStability:
    CLOSE = {
        "people": {"N1": 5, "N2": 2, "G1": 3},  # 67.5
        "staff": {"N1": 3, "N2": 5, "G1": 3},  # 65
        "both": {"N1": 4, "N2": 4, "G1": 1},  # 60
        "none": {"N1": 1, "N2": 1, "G1": 1},  # 0
        "unknown": {"N1": None},
    }

    def test_best_at_everything_never_moves(self):
        items = {"best": {"N1": 5, "N2": 5, "G1": 5}, "next": {"N1": 4, "N2": 5, "G1": 5}, "last": {"N1": 1}}
        assert stability(MODEL, items, 2) == {"best": 1.0, "next": 1.0}

    def test_a_close_race_is_not_certain_and_repeats_itself(self):
        first = stability(MODEL, self.CLOSE, 1)
        assert first == stability(MODEL, self.CLOSE, 1)
        assert first.keys() == {"people"}
        assert 0.5 < first["people"] < 1

    def test_without_spread_nothing_moves(self):
        assert stability(MODEL, self.CLOSE, 2, spread=0) == {"people": 1.0, "staff": 1.0}

    def test_the_share_equals_exact_arithmetic_on_the_same_draws(self):
        chance, draws = random.Random(STABILITY_SEED), 200
        kept = 0
        for _ in range(draws):
            drawn = {c.code: c.weight * Decimal(chance.uniform(0.8, 1.2)) for c in MODEL}
            other = reweighted(MODEL, drawn)
            ranked = rank((key, score(other, values)) for key, values in self.CLOSE.items())
            kept += ranked[0].key == "people"
        assert stability(MODEL, self.CLOSE, 1, draws=draws) == {"people": kept / draws}

    def test_those_who_share_the_last_place_are_all_in(self):
        # all fours, over different criteria: exactly tied under any weights
        items = {"one": {"N1": 4}, "two": {"N2": 4, "G1": 4}, "three": {"N1": 4, "N2": 4, "G1": 4}}
        assert stability(MODEL, items, 1) == {"one": 1.0, "two": 1.0, "three": 1.0}

    def test_room_for_more_than_there_are(self):
        assert stability(MODEL, self.CLOSE, 10) == dict.fromkeys(("people", "staff", "both", "none"), 1.0)

    @pytest.mark.parametrize("k", [0, -1])
    def test_a_top_of_nobody(self, k):
        assert stability(MODEL, self.CLOSE, k) == {}

    def test_nothing_scored(self):
        assert stability(MODEL, {"unknown": {}}, 3) == {}

    def test_what_weighs_nothing_scores_nothing(self):
        muted = reweighted(MODEL, {"N1": Decimal(0)})
        assert stability(muted, {"only N1": {"N1": 5}, "N2": {"N2": 2}}, 1) == {"N2": 1.0}


def plainly(criteria, items_values, k, *, draws=1000, spread=0.20, seed=STABILITY_SEED):
    """The definition, word for word and slowly: what the quick one must equal."""
    chance, kept = random.Random(seed), Counter()
    first = top_of(criteria, items_values, k)
    for _ in range(draws):
        factors = [Fraction(chance.uniform(1 - spread, 1 + spread)) for _criterion in criteria]
        drawn = [
            Criterion(c.code, c.axis, c.weight and Fraction(c.weight) * factor)
            for c, factor in zip(criteria, factors, strict=True)
        ]
        kept.update(first & top_of(drawn, items_values, k))
    return {key: kept[key] / draws for key in first}


def top_of(criteria, items_values, k):
    ranked = rank((key, score(criteria, values)) for key, values in items_values.items())
    return {r.key for r in ranked if r.place is not None and r.place <= k}


weights = st.lists(st.sampled_from([0, 1, 5, 10, Decimal("12.5"), 20, 40]), min_size=1, max_size=5).filter(any)
halves = st.one_of(st.none(), st.integers(2, 10).map(lambda n: Fraction(n, 2)))


@st.composite
def ranked_fields(draw):
    criteria = [Criterion(f"C{i}", Axis.BENEFIT, Decimal(w)) for i, w in enumerate(draw(weights))]
    answers = st.fixed_dictionaries({c.code: halves for c in criteria})
    return criteria, dict(enumerate(draw(st.lists(answers, max_size=12))))


class TestManyAtOnce:
    @FREELY
    @given(ranked_fields())
    def test_the_scores_are_those_of_one_at_a_time(self, field):
        criteria, items = field
        assert scores(criteria, items) == {key: score(criteria, values) for key, values in items.items()}

    @FREELY
    @given(ranked_fields(), st.integers(1, 6), st.integers(0, 1000))
    def test_the_shares_are_those_of_the_definition(self, field, k, seed):
        criteria, items = field
        assert stability(criteria, items, k, draws=25, seed=seed) == plainly(criteria, items, k, draws=25, seed=seed)

    def test_also_for_a_hundred_with_all_draws(self):
        chance = random.Random(1)
        criteria = [Criterion(f"C{i}", Axis.BENEFIT, Decimal(w)) for i, w in enumerate((20, 20, 15, 15, 5, 10, 10, 5))]
        answers = [None, *(Fraction(n, 2) for n in range(2, 11))]
        items = {key: {c.code: chance.choice(answers) for c in criteria} for key in range(100)}
        assert stability(criteria, items, 10, draws=100) == plainly(criteria, items, 10, draws=100)

    def test_typed_by_hand(self):
        # 50 · 1 + 30 · ¼ + 20 · ½ = 67,5; without G1 (50 · 1 + 30 · ¼) / 80 = 71,875
        items = {"all": {"N1": 5, "N2": 2, "G1": 3}, "two": {"N1": 5, "N2": 2, "G1": None}, "none": {}}
        assert scores(MODEL, items) == {"all": Fraction("67.5"), "two": Fraction("71.875"), "none": None}
