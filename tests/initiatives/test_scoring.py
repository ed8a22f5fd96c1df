"""What an initiative scores: worked by hand, against an independent oracle, and as properties."""

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.scoring import (
    Axis,
    Criterion,
    Quadrant,
    Sheet,
    WeightProblem,
    aggregate,
    axis_mean,
    certainty,
    one_decimal,
    quadrant,
    reweighted,
    risk_flag,
    score,
    terms,
    to_decimal,
    weight_problem,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"
BENEFIT, FEASIBILITY = Axis.BENEFIT, Axis.FEASIBILITY
MODEL = tuple(
    Criterion(code, axis, Decimal(weight))
    for code, axis, weight in [
        ("N1", BENEFIT, 20),
        ("N2", BENEFIT, 20),
        ("N3", BENEFIT, 15),
        ("N4", BENEFIT, 15),
        ("N5", BENEFIT, 5),
        ("G1", FEASIBILITY, 10),
        ("G2", FEASIBILITY, 10),
        ("G3", FEASIBILITY, 5),
    ]
)
CODES = ("N1", "N2", "N3", "N4", "N5", "G1", "G2", "G3")


def answers(*values):
    return dict(zip(CODES, values, strict=True))


RASMUS = answers(5, 4, 3, 5, 2, 4, 2, 3)
TOBIAS = answers(4, 3, 2, 5, 3, 2, 2, 2)
ELIN = answers(1, 3, 3, 5, None, 5, 2, 1)


class TestWorkedByHand:
    """Every figure here was computed on paper from 100 · Σ w(s − 1)/4 ÷ Σ w."""

    def test_one_full_sheet(self):
        # 20·4 + 20·3 + 15·2 + 15·4 + 5·1 + 10·3 + 10·1 + 5·2 = 285; 285 / 4 = 71.25
        assert score(MODEL, RASMUS) == Fraction("71.25")
        assert one_decimal(score(MODEL, RASMUS)) == Decimal("71.3")
        assert certainty(MODEL, RASMUS) == 1

    def test_its_place_in_the_matrix(self):
        # N: (100 + 80 + 45 + 75 + 10) / 75 = 310 / 75. G: (40 + 20 + 15) / 25 = 3, just high.
        benefit, feasibility = (axis_mean(MODEL, RASMUS, axis) for axis in (BENEFIT, FEASIBILITY))
        assert (benefit, feasibility) == (Fraction(310, 75), 3)
        assert one_decimal(benefit) == Decimal("4.1")
        assert quadrant(benefit, feasibility) is Quadrant.DO_NOW

    def test_without_the_answer_to_n5(self):
        # 280 / 4 = 70 over 95 answered: 7000 / 95
        values = RASMUS | {"N5": None}
        assert score(MODEL, values) == Fraction(7000, 95)
        assert one_decimal(score(MODEL, values)) == Decimal("73.7")
        assert certainty(MODEL, values) == Fraction(95, 100)

    def test_why_this_score(self):
        assert [(t.code, t.weight, t.value, t.contribution) for t in terms(MODEL, {"N1": 5, "G2": 2})] == [
            ("N1", 20, 5, Fraction(200, 3)),  # 100 · 20 · 4/4 ÷ 30
            ("G2", 10, 2, Fraction(25, 3)),  # 100 · 10 · 1/4 ÷ 30
        ]
        assert score(MODEL, {"N1": 5, "G2": 2}) == 75

    def test_two_assessors_meet_halfway(self):
        # medians 4.5 3.5 2.5 5 2.5 3 2 2.5; 70 + 50 + 22.5 + 60 + 7.5 + 20 + 10 + 7.5 = 247.5; / 4
        joint = aggregate(MODEL, [Sheet("Rasmus", RASMUS), Sheet("Tobias", TOBIAS)], minimum=2)
        assert joint.score == Fraction("61.875")
        assert one_decimal(joint.score) == Decimal("61.9")
        assert (joint.benefit, joint.feasibility) == (Fraction("3.8"), Fraction("2.5"))
        assert joint.quadrant is Quadrant.PRESTUDY_FIRST
        assert joint.needs_discussion == ()
        assert not joint.risk_flagged

    def test_three_who_disagree(self):
        # medians 4 3 3 5 2.5 4 2 2; 60 + 40 + 30 + 60 + 7.5 + 30 + 10 + 5 = 242.5; / 4
        sheets = [Sheet("Rasmus", RASMUS), Sheet("Tobias", TOBIAS), Sheet("Elin", ELIN)]
        joint = aggregate(MODEL, sheets, minimum=3)
        assert joint.score == Fraction("60.625")
        assert joint.needs_discussion == ("N1", "N5", "G1")  # 1–5, two answers only, 2–5
        assert joint.risk_flagged
        assert aggregate(MODEL, sheets, minimum=2).needs_discussion == ("N1", "G1")

    def test_a_joint_assessment_settles_it(self):
        # N1 agreed to 2: 20·1 in place of 20·3, so 202.5 / 4
        sheets = [Sheet("Rasmus", RASMUS), Sheet("Tobias", TOBIAS), Sheet("Elin", ELIN)]
        joint = aggregate(MODEL, sheets, agreed={"N1": 2}, minimum=2)
        n1 = joint.criteria[0]
        assert joint.score == Fraction("50.625")
        assert (n1.median, n1.agreed, n1.value) == (4, 2, 2)
        assert (n1.n, n1.low, n1.high, n1.range, n1.is_wide) == (3, 1, 5, 4, True)
        assert joint.needs_discussion == ("G1",)
        assert joint.values["N1"] == 2

    def test_all_threes_are_fifty(self):
        assert score(MODEL, answers(*[3] * 8)) == 50

    def test_the_ends_of_the_scale(self):
        assert score(MODEL, answers(*[1] * 8)) == 0
        assert score(MODEL, answers(*[5] * 8)) == 100

    def test_other_weights(self):
        # N1 and G3 alone: (75·4 + 25·2) / 4
        other = reweighted(MODEL, dict.fromkeys(CODES, Decimal(0)) | {"N1": Decimal(75), "G3": Decimal(25)})
        assert score(other, RASMUS) == Fraction("87.5")
        assert reweighted(MODEL, {}) == MODEL


class TestEdges:
    def test_nothing_answered_is_no_score(self):
        for values in ({}, answers(*[None] * 8)):
            assert score(MODEL, values) is None
            assert certainty(MODEL, values) == 0
            assert terms(MODEL, values) == ()

    def test_no_criteria_at_all(self):
        assert score((), RASMUS) is None
        assert certainty((), RASMUS) == 0

    def test_an_axis_without_answers_has_no_place_in_the_matrix(self):
        assert axis_mean(MODEL, {"N1": 4}, FEASIBILITY) is None
        assert quadrant(4, None) is None
        assert quadrant(None, 4) is None

    @pytest.mark.parametrize(
        ("benefit", "feasibility", "expected"),
        [
            (3, 3, Quadrant.DO_NOW),
            (5, Fraction(299, 100), Quadrant.PRESTUDY_FIRST),
            (Fraction(299, 100), 3, Quadrant.QUICK_WIN),
            (1, 1, Quadrant.WAIT),
            (Decimal("2.999999"), 3, Quadrant.QUICK_WIN),  # shown as 3,0 and still low
        ],
    )
    def test_high_begins_at_three(self, benefit, feasibility, expected):
        assert quadrant(benefit, feasibility) is expected

    @pytest.mark.parametrize("value", [0, 6, -1, Fraction(1, 2), Decimal("5.01")])
    def test_a_value_off_the_scale_is_refused(self, value):
        with pytest.raises(ValueError, match="N1"):
            score(MODEL, {"N1": value})
        with pytest.raises(ValueError, match="N1"):
            aggregate(MODEL, [], agreed={"N1": value}, minimum=1)
        with pytest.raises(ValueError, match="N1"):
            aggregate(MODEL, [Sheet("Elin", {"N1": value})], minimum=1)

    def test_codes_of_another_model_count_for_nothing(self):
        assert score(MODEL, RASMUS | {"X1": 5}) == score(MODEL, RASMUS)

    def test_nobody_has_answered(self):
        joint = aggregate(MODEL, [], minimum=1)
        assert (joint.score, joint.certainty, joint.quadrant, joint.counted) == (None, 0, None, 0)
        assert joint.needs_discussion == CODES
        assert {(c.median, c.low, c.high, c.range, c.value) for c in joint.criteria} == {(None,) * 5}

    def test_one_person_answers_once(self):
        with pytest.raises(ValueError, match="more than one sheet"):
            aggregate(MODEL, [Sheet("Elin", ELIN), Sheet("Elin", RASMUS)], minimum=1)

    def test_a_negative_weight_is_refused(self):
        with pytest.raises(ValueError, match="N2"):
            reweighted(MODEL, {"N2": Decimal(-1)})

    def test_a_range_of_two_is_not_wide(self):
        pairs = [(Sheet("a", {"N1": 2}), Sheet("b", {"N1": high})) for high in (4, 5)]
        assert [aggregate(MODEL[:1], pair, minimum=2).needs_discussion for pair in pairs] == [(), ("N1",)]


class TestRiskFlag:
    def test_any_one_on_g3_flags(self):
        assert risk_flag([RASMUS, ELIN, TOBIAS])
        assert not risk_flag([RASMUS, TOBIAS])

    def test_a_two_an_unanswered_and_a_one_elsewhere_do_not(self):
        assert not risk_flag([{"G3": 2}, {"G3": None}, {}, {"G1": 1}])

    def test_the_criterion_can_be_another(self):
        assert risk_flag([{"G1": 1}], risk_code="G1")

    def test_agreement_does_not_take_it_away_and_can_raise_it(self):
        assert aggregate(MODEL, [Sheet("Elin", ELIN)], agreed={"G3": 4}, minimum=1).risk_flagged
        assert aggregate(MODEL, [Sheet("Tobias", TOBIAS)], agreed={"G3": 1}, minimum=1).risk_flagged

    def test_a_perfect_score_does_not_hide_it(self):
        values = answers(5, 5, 5, 5, 5, 5, 5, 1)
        assert aggregate(MODEL, [Sheet("Elin", values)], minimum=1).risk_flagged

    def test_jäv_takes_it_away(self):
        assert not aggregate(MODEL, [Sheet("Elin", ELIN, conflict=True)], minimum=1).risk_flagged


class TestShown:
    @pytest.mark.parametrize(
        ("exact", "shown"),
        [
            (Fraction("68.45"), "68.5"),
            (Fraction("68.44999999999999999999999999999999999999"), "68.4"),
            (Decimal("0.05"), "0.1"),
            (Fraction(200, 3), "66.7"),
            (100, "100.0"),
            (0, "0.0"),
            (Fraction(-1, 20), "-0.1"),
        ],
    )
    def test_halves_go_up(self, exact, shown):
        assert str(one_decimal(exact)) == shown

    @given(st.decimals(0, 100, places=5), st.integers(0, 4))
    def test_as_decimal_rounds(self, value, places):
        assert to_decimal(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class TestWeights:
    def test_the_model_can_be_published(self):
        assert weight_problem(MODEL) is None

    @pytest.mark.parametrize(
        ("criteria", "problem"),
        [
            ((), WeightProblem.NO_CRITERIA),
            (MODEL[:-1], WeightProblem.SUM_NOT_100),
            ((*MODEL, MODEL[0]), WeightProblem.REPEATED_CODE),
            (reweighted(MODEL, {"N5": Decimal(0), "G3": Decimal(10)}), WeightProblem.NOT_POSITIVE),
            (reweighted(MODEL, {"N5": Decimal("5.01")}), WeightProblem.SUM_NOT_100),
        ],
    )
    def test_what_stops_publication(self, criteria, problem):
        assert weight_problem(criteria) is problem


# --- Properties -----------------------------------------------------------------------------------------

FREELY = settings(deadline=None, max_examples=60)
grade = st.one_of(st.none(), st.integers(1, 5))
half_grade = st.one_of(st.none(), st.integers(2, 10).map(lambda doubled: Fraction(doubled, 2)))
NEVER = st.just(False)
weight = st.decimals(Decimal("0.01"), 100, places=2)


@st.composite
def models(draw):
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    return tuple(Criterion(c, draw(st.sampled_from(list(Axis))), draw(weight)) for c in codes)


def sheet_values(values=grade):
    return st.fixed_dictionaries({}, optional=dict.fromkeys(CODES, values))


@st.composite
def sheet_lists(draw, min_size=0, conflict=NEVER):
    columns = draw(st.lists(sheet_values(), min_size=min_size, max_size=6))
    return [Sheet(number, values, draw(conflict)) for number, values in enumerate(columns)]


def oracle_mean(criteria, values):
    """The weighted mean the long way: each grade written down once for every hundredth of weight."""
    written = [values[c.code] for c in criteria if values.get(c.code) for _ in range(int(c.weight * 100))]
    return Fraction(sum(written), len(written)) if written else None


def oracle_median(numbers):
    """Strike out the lowest and the highest until one or two are left."""
    left = sorted(numbers)
    while len(left) > 2:
        left = left[1:-1]
    return Fraction(sum(left), len(left)) if left else None


@FREELY
@given(models(), sheet_values(half_grade))
def test_the_formula_equals_the_oracle(criteria, values):
    mean = oracle_mean(criteria, values)
    assert score(criteria, values) == (None if mean is None else 25 * (mean - 1))
    for axis in Axis:
        mine = [c for c in criteria if c.axis is axis]
        assert axis_mean(criteria, values, axis) == oracle_mean(mine, values)


@FREELY
@given(models(), sheet_lists(), sheet_values(half_grade), st.integers(1, 4))
def test_the_joint_assessment_equals_the_oracle(criteria, sheets, agreed, minimum):
    joint = aggregate(criteria, sheets, agreed=agreed, minimum=minimum)
    used = {}
    for result in joint.criteria:
        column = [s.values[result.code] for s in sheets if s.values.get(result.code)]
        assert (result.n, result.median) == (len(column), oracle_median(column))
        assert result.range == (max(column) - min(column) if column else None)
        disputed = len(column) < minimum or max(column) - min(column) >= 3
        assert (result.code in joint.needs_discussion) == (disputed and agreed.get(result.code) is None)
        used[result.code] = agreed.get(result.code) or oracle_median(column)
    mean = oracle_mean(criteria, used)
    assert joint.score == (None if mean is None else 25 * (mean - 1))
    assert joint.values == used


@FREELY
@given(models(), sheet_values(half_grade))
def test_bounds(criteria, values):
    result = score(criteria, values)
    assert result is None or 0 <= result <= 100
    assert 0 <= certainty(criteria, values) <= 1
    for axis in Axis:
        mean = axis_mean(criteria, values, axis)
        assert mean is None or 1 <= mean <= 5


@FREELY
@given(models(), sheet_values(), st.data())
def test_a_better_answer_gives_a_better_score(criteria, values, data):
    code = data.draw(st.sampled_from([c.code for c in criteria]))
    low = data.draw(st.integers(1, 4))
    high = data.draw(st.integers(low + 1, 5))
    assert score(criteria, values | {code: low}) < score(criteria, values | {code: high})


@FREELY
@given(models(), sheet_lists(min_size=1), st.data())
def test_a_better_answer_never_lowers_the_joint_score(criteria, sheets, data):
    code = data.draw(st.sampled_from([c.code for c in criteria]))
    low = data.draw(st.integers(1, 4))
    first, *others = sheets
    before, after = (
        aggregate(criteria, [Sheet(first.assessor, first.values | {code: value}), *others], minimum=1).score
        for value in (low, data.draw(st.integers(low, 5)))
    )
    assert before <= after


@FREELY
@given(models(), sheet_values(), st.sampled_from(CODES))
def test_vet_inte_is_the_same_as_no_answer(criteria, values, code):
    without = {c: v for c, v in values.items() if c != code}
    assert score(criteria, values | {code: None}) == score(criteria, without)
    assert certainty(criteria, values | {code: None}) == certainty(criteria, without)


@FREELY
@given(models(), sheet_values(st.integers(1, 5)), st.data())
def test_vet_inte_lowers_certainty_and_leaves_the_rest_alone(criteria, values, data):
    code = data.draw(st.sampled_from([c.code for c in criteria]))
    unsure = values | {code: None}
    assert certainty(criteria, unsure) < certainty(criteria, values | {code: 3})
    assert score(criteria, unsure) == score([c for c in criteria if c.code != code], values)


@FREELY
@given(models(), st.integers(1, 5), sheet_values())
def test_all_the_same_gives_the_same_whatever_the_weights(criteria, value, some):
    first = criteria[0].code
    assert score(criteria, dict.fromkeys([*some, first], value)) == 25 * (value - 1)


@FREELY
@given(models(), sheet_values())
def test_only_the_proportions_of_the_weights_count(criteria, values):
    doubled = reweighted(criteria, {c.code: c.weight * 2 for c in criteria})
    assert score(doubled, values) == score(criteria, values)


@FREELY
@given(models(), sheet_values())
def test_the_terms_add_up_to_the_score(criteria, values):
    parts = terms(criteria, values)
    assert sum(t.contribution for t in parts) == (score(criteria, values) or 0)
    assert [t.code for t in parts] == [c.code for c in criteria if values.get(c.code)]


@FREELY
@given(models(), sheet_lists(), st.randoms())
def test_the_order_of_the_assessors_is_of_no_importance(criteria, sheets, random):
    shuffled = random.sample(sheets, len(sheets))
    assert aggregate(criteria, shuffled, minimum=2) == aggregate(criteria, sheets, minimum=2)


@FREELY
@given(models(), sheet_lists(min_size=1))
def test_one_more_who_agrees_with_the_medians_changes_nothing(criteria, sheets):
    before = aggregate(criteria, sheets, minimum=1)
    after = aggregate(criteria, [*sheets, Sheet("new", before.values)], minimum=1)
    assert (after.values, after.score, after.certainty) == (before.values, before.score, before.certainty)


@FREELY
@given(models(), sheet_lists(min_size=1), st.data())
def test_one_more_who_answers_the_median_of_one_criterion_leaves_it_there(criteria, sheets, data):
    """Whatever she answers to the rest."""
    before = aggregate(criteria, sheets, minimum=1)
    code = data.draw(st.sampled_from([c.code for c in criteria]))
    values = data.draw(sheet_values()) | {code: before.values[code]}
    after = aggregate(criteria, [*sheets, Sheet("new", values)], minimum=1)
    assert after.values[code] == before.values[code]


@FREELY
@given(models(), sheet_lists(), st.data())
def test_an_agreed_value_replaces_the_median_exactly(criteria, sheets, data):
    """As if everybody had answered it; the median stays to be seen."""
    code = data.draw(st.sampled_from([c.code for c in criteria]))
    value = data.draw(st.integers(2, 10).map(lambda doubled: Fraction(doubled, 2)))
    before = aggregate(criteria, sheets, minimum=1)
    after = aggregate(criteria, sheets, agreed={code: value}, minimum=1)
    assert after.values == before.values | {code: value}
    assert after.score == score(criteria, before.values | {code: value})
    assert [r.median for r in after.criteria] == [r.median for r in before.criteria]


@FREELY
@given(models(), sheet_values(), st.decimals(Decimal("0.01"), 1000, places=2))
def test_all_weights_times_the_same_changes_nothing(criteria, values, factor):
    scaled = reweighted(criteria, {c.code: c.weight * factor for c in criteria})
    assert score(scaled, values) == score(criteria, values)
    assert certainty(scaled, values) == certainty(criteria, values)
    for axis in Axis:
        assert axis_mean(scaled, values, axis) == axis_mean(criteria, values, axis)


@FREELY
@given(models(), sheet_lists(conflict=st.booleans()))
def test_the_joint_score_and_certainty_keep_their_bounds(criteria, sheets):
    joint = aggregate(criteria, sheets, minimum=2)
    assert joint.score is None or 0 <= joint.score <= 100
    assert 0 <= joint.certainty <= 1
    assert (joint.score is None) == (joint.certainty == 0)


@FREELY
@given(models(), sheet_values(), st.integers(1, 5))
def test_one_assessor_alone_is_her_own_joint_assessment(criteria, values, copies):
    joint = aggregate(criteria, [Sheet(number, values) for number in range(copies)], minimum=1)
    assert (joint.score, joint.certainty) == (score(criteria, values), certainty(criteria, values))


@FREELY
@given(models(), sheet_lists(conflict=st.booleans()))
def test_jäv_is_as_if_never_answered(criteria, sheets):
    without = [sheet for sheet in sheets if not sheet.conflict]
    joint, expected = aggregate(criteria, sheets, minimum=2), aggregate(criteria, without, minimum=2)
    assert joint.excluded == len(sheets) - len(without)
    assert (joint.criteria, joint.score, joint.terms) == (expected.criteria, expected.score, expected.terms)
    assert (joint.counted, joint.risk_flagged) == (len(without), expected.risk_flagged)


@FREELY
@given(models(), sheet_lists(), st.integers(1, 5), st.data())
def test_an_agreed_value_replaces_the_median_and_nothing_else(criteria, sheets, value, data):
    code = data.draw(st.sampled_from([c.code for c in criteria]))
    plain = aggregate(criteria, sheets, minimum=1)
    joint = aggregate(criteria, sheets, agreed={code: value}, minimum=1)
    assert [c.median for c in joint.criteria] == [c.median for c in plain.criteria]
    assert joint.values == plain.values | {code: value}
    assert joint.score == score(criteria, plain.values | {code: value})
    assert code not in joint.needs_discussion


# --- What is shipped ------------------------------------------------------------------------------------


def test_the_shipped_model_is_the_one_worked_by_hand():
    shipped = json.loads((FIXTURES / "assessment_model_2024_1.json").read_text("utf-8"))
    criteria = tuple(
        Criterion(c["code"], Axis(c["axis"]), Decimal(c["weight"]))
        for c in sorted(shipped["criteria"], key=lambda c: c["order"])
    )
    assert shipped["version"] == "2024.1"
    assert criteria == MODEL
    assert all(c["help"] and len(c["levels"]) == len(set(c["levels"])) == 5 for c in shipped["criteria"])


def test_the_shipped_gate_questions():
    shipped = json.loads((FIXTURES / "assessment_model_2024_1.json").read_text("utf-8"))["gate_questions"]
    asked = {"K": ("kommun", 6), "B": ("kommun", 7), "S": ("v6", 6)}
    expected = [(f"{kind}{n}", level, n) for kind, (level, many) in asked.items() for n in range(1, many + 1)]
    assert [(q["code"], q["level"], q["order"]) for q in shipped] == expected
    assert all(q["text"].endswith("?") and q["help"].endswith(".") for q in shipped)
    assert (
        "Digitalisering – en metod för verksamhetsutveckling där digitala lösningar används"
        " för automatisering eller innovation."
    ) in shipped[0]["help"]


def test_the_shipped_principles():
    shipped = json.loads((FIXTURES / "principles.json").read_text("utf-8"))
    assert [(p["code"], p["order"]) for p in shipped] == [(f"P{n}", n) for n in range(1, 9)]
    assert all(p["title"] and p["text"] for p in shipped)
