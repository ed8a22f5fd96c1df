"""Whole assessments worked by hand, from real leads' answers to the columns that the portal shows.

Every number is written with its arithmetic, from 100 · Σ w(s − 1)/4 ÷ Σ w. Source: docs/bedomning.md.
"""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from governance.acts import Act
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Round
from initiatives.results import comparison
from initiatives.scoring import Quadrant
from tests.cast import Cast
from tests.drafting import publish
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db
Values = dict[str, int | None]


def answers(codes: tuple[str, ...], *values: int | None) -> Values:
    return dict(zip(codes, values, strict=True))


def assess(walk: Walk, by: User, values: Values) -> None:
    walk.act(Act.ASSESS, by, marks={code: Mark(value) for code, value in values.items()})


def result(walk: Walk, level: str = "kommun") -> Round:
    return walk.case.initiative.rounds.get(level=level)


def columns(held: Round) -> dict[str, Any]:
    names = ("handed_in", "joint_score", "certainty", "benefit", "feasibility", "risk_flagged", "needs_discussion")
    return {name: getattr(held, name) for name in names}


# --- Three assessors, eight criteria, the version that is shipped

SKARA = answers(CRITERIA, 5, 4, 3, 5, 2, 4, 2, 3)
VARA = answers(CRITERIA, 4, 3, 2, 5, 3, 2, 2, 2)
LIDKOPING = answers(CRITERIA, 2, 3, 4, 4, None, 3, 1, 4)


@pytest.fixture
def in_v6(cast: Cast) -> Walk:
    """In V6-prioritering; Skara leads, Vara and Lidköping take part."""
    return Walk(cast).to(Status.V6_PRIORITISING)


@pytest.fixture
def assessed(cast: Cast, in_v6: Walk) -> Walk:
    for kommun, values in (("skara", SKARA), ("vara", VARA), ("lidkoping", LIDKOPING)):
        assess(in_v6, cast.lead(kommun), values)
    return in_v6


class TestThreeAssessors:
    def test_medians_number_and_range_of_each_criterion(self, cast: Cast, assessed: Walk) -> None:
        found = comparison(result(assessed, "v6"), cast.lead())
        assert found is not None
        table = {r.code: (r.median, r.n, r.low, r.high, r.range) for r in found.joint.criteria}
        assert table == {
            "N1": (4, 3, 2, 5, 3),
            "N2": (3, 3, 3, 4, 1),
            "N3": (3, 3, 2, 4, 2),
            "N4": (5, 3, 4, 5, 1),
            "N5": (Fraction(5, 2), 2, 2, 3, 1),  # 2 and 3; Lidköping does not know
            "G1": (3, 3, 2, 4, 2),
            "G2": (2, 3, 1, 2, 1),
            "G3": (3, 3, 2, 4, 2),
        }
        assert found.joint.needs_discussion == ("N1",)  # 2 and 5: three apart

    def test_the_joint_score(self, assessed: Walk) -> None:
        # 20·3 + 20·2 + 15·2 + 15·4 + 5·1,5 + 10·2 + 10·1 + 5·2 = 237,5; 100 · 237,5/4 ÷ 100
        assert result(assessed, "v6").joint_score == Decimal("59.375")

    def test_its_axes_and_its_field(self, cast: Cast, assessed: Walk) -> None:
        held = result(assessed, "v6")
        # (20·4 + 20·3 + 15·3 + 15·5 + 5·2,5) / 75 = 272,5 / 75; (10·3 + 10·2 + 5·3) / 25 = 65 / 25
        assert (held.benefit, held.feasibility) == (Decimal("3.633333"), Decimal("2.6"))
        found = comparison(held, cast.lead())
        assert found is not None
        assert found.joint.quadrant is Quadrant.PRESTUDY_FIRST

    def test_its_certainty_its_flags_and_how_many(self, assessed: Walk) -> None:
        held = result(assessed, "v6")
        assert (held.handed_in, held.certainty) == (3, 1)  # somebody answered everything
        assert (held.risk_flagged, held.needs_discussion) == (False, True)

    def test_with_two_it_is_halves(self, cast: Cast, in_v6: Walk) -> None:
        assess(in_v6, cast.lead("skara"), SKARA)
        assess(in_v6, cast.lead("vara"), VARA)
        # 4,5 3,5 2,5 5 2,5 3 2 2,5: 70 + 50 + 22,5 + 60 + 7,5 + 20 + 10 + 7,5 = 247,5; / 4
        assert result(in_v6, "v6").joint_score == Decimal("61.875")

    def test_alone_what_one_does_not_know_is_left_out(self, cast: Cast, in_v6: Walk) -> None:
        assess(in_v6, cast.lead("lidkoping"), LIDKOPING)
        # 20·1 + 20·2 + 15·3 + 15·3 + 10·2 + 10·0 + 5·3 = 185; 25 · 185 ÷ 95 = 4625/95 = 48,684210…
        held = result(in_v6, "v6")
        assert (held.joint_score, held.certainty) == (Decimal("48.684211"), Decimal("0.95"))

    def test_whoever_comes_first(self, cast: Cast, in_v6: Walk, assessed: Walk) -> None:
        other = Walk(cast, title="Ett annat").to(Status.V6_PRIORITISING)
        for kommun, values in (("lidkoping", LIDKOPING), ("skara", SKARA), ("vara", VARA)):
            assess(other, cast.lead(kommun), values)
        assert columns(result(other, "v6")) == columns(result(assessed, "v6"))


# --- Weights that an administrator has written

TABLE = ("A", "B", "C", "D", "E", "F")
SIX = [
    *(("A", "benefit", "10"), ("B", "benefit", "25"), ("C", "benefit", "25")),
    *(("D", "feasibility", "15"), ("E", "feasibility", "10"), ("F", "feasibility", "15")),
]
THREE = [("A", "benefit", "3"), ("B", "benefit", "2"), ("C", "feasibility", "1")]
ALIKE = [("A", "benefit", "1"), ("B", "benefit", "1"), ("C", "feasibility", "1")]


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.admin())
    return client


def qualified(cast: Cast, title: str = "Sensorer i soptunnor") -> Walk:
    return Walk(cast, title=title).to(Status.QUALIFIED)


class TestWeightsWrittenInAdmin:
    def test_10_25_25_15_10_15(self, cast: Cast, administrator: Client) -> None:
        model = publish(administrator, SIX)
        walk = qualified(cast)
        assess(walk, cast.lead(), answers(TABLE, 4, 5, 3, 2, 3, 4))
        held = result(walk)
        assert held.model == model
        # 10·3 + 25·4 + 25·2 + 15·1 + 10·2 + 15·3 = 260; / 4
        assert held.joint_score == 65
        assess(walk, cast.lead(number=2), answers(TABLE, 2, 3, 5, 4, 3, 2))
        held = result(walk)
        # medians 3 4 4 3 3 3: 10·2 + 25·3 + 25·3 + 15·2 + 10·2 + 15·2 = 250; / 4
        assert held.joint_score == Decimal("62.5")
        # (10·3 + 25·4 + 25·4) / 60 = 230 / 60; (15·3 + 10·3 + 15·3) / 40 = 3, just high
        assert (held.benefit, held.feasibility) == (Decimal("3.833333"), 3)

    def test_3_2_1(self, cast: Cast, administrator: Client) -> None:
        model = publish(administrator, THREE, reweigh=True)
        assert [str(c.weight) for c in model.criteria.all()] == ["50.00", "33.33", "16.67"]
        walk = qualified(cast)
        assess(walk, cast.lead(), answers(TABLE[:3], 5, 3, 2))
        # 50·4 + 33,33·2 + 16,67·1 = 283,33; / 4. With 3, 2 and 1 exactly: 1700 / 24 = 70,833…, shown alike
        assert result(walk).joint_score == Decimal("70.8325")

    def test_3_2_1_with_vet_inte(self, cast: Cast, administrator: Client) -> None:
        publish(administrator, THREE, reweigh=True)
        walk = qualified(cast)
        assess(walk, cast.lead(), answers(TABLE[:3], 5, None, 2))
        # (50·4 + 16,67·1) · 25 ÷ 66,67 = 5416,75 / 66,67 = 81,247187…
        assert (result(walk).joint_score, result(walk).certainty) == (Decimal("81.247188"), Decimal("0.6667"))

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ((3, 3, 3), "50"),
            ((5, 1, 1), "33.34"),  # 33,34 · 4 / 4
            ((1, 5, 1), "33.33"),
            ((1, 1, 1), "0"),
            ((5, 5, 5), "100"),
        ],
    )
    def test_1_1_1(self, cast: Cast, administrator: Client, values: tuple[int, ...], expected: str) -> None:
        publish(administrator, ALIKE, reweigh=True)
        walk = qualified(cast)
        assess(walk, cast.lead(), answers(TABLE[:3], *values))
        assert result(walk).joint_score == Decimal(expected)

    def test_one_criterion_on_each_axis(self, cast: Cast, administrator: Client) -> None:
        publish(administrator, [("A", "benefit", "7"), ("B", "feasibility", "7")], reweigh=True)
        walk = qualified(cast)
        assess(walk, cast.lead(), {"A": 5, "B": 2})
        assert result(walk).joint_score == Decimal("62.5")  # (50·4 + 50·1) / 4


# --- Ties, and what has no score


def prioritised(cast: Cast, title: str, values: Values, order: int) -> Walk:
    walk = qualified(cast, title)
    assess(walk, cast.lead(), values)
    walk.act(Act.PRIORITISE, cast.lead(), order=order)
    return walk


def test_equal_scores_by_different_answers_share_a_place_and_say_so(cast: Cast, client: Client) -> None:
    # N1 and N2 weigh alike: 20·4 + 20·0 = 20·0 + 20·4, the rest are threes
    first = prioritised(cast, "Alfa", {**answers(CRITERIA, *[3] * 8), "N1": 5, "N2": 1}, 1)
    second = prioritised(cast, "Beta", {**answers(CRITERIA, *[3] * 8), "N1": 1, "N2": 5}, 2)
    prioritised(cast, "Gamma", answers(CRITERIA, *[2] * 8), 3)
    assert result(first).joint_score == result(second).joint_score == 50
    client.force_login(cast.lead())
    shown = client.get("/prioritering/")
    places = [(p.initiative.title, p.number, p.tied) for p, _why in shown.context["rows"]]
    assert places == [("Alfa", 1, True), ("Beta", 1, True), ("Gamma", 3, False)]
    assert shown.content.decode().count("delad") == 2


def test_nothing_but_vet_inte_is_no_score_anywhere_and_not_zero(cast: Cast, client: Client) -> None:
    unknown = prioritised(cast, "Vet inte", answers(CRITERIA, *[None] * 8), 1)
    zero = prioritised(cast, "Noll", answers(CRITERIA, *[1] * 8), 2)
    assert columns(result(unknown)) == {
        **dict.fromkeys(("joint_score", "benefit", "feasibility")),
        "handed_in": 1,
        "certainty": 0,
        "risk_flagged": False,
        "needs_discussion": True,
    }
    assert result(zero).joint_score == 0
    client.force_login(cast.lead())
    assert [p.initiative.title for p, _why in client.get("/prioritering/").context["rows"]] == ["Noll"]
    assert "Ingen poäng" in client.get(unknown.case.get_absolute_url()).content.decode()
    assert "Ingen poäng" not in client.get(zero.case.get_absolute_url()).content.decode()


def test_what_nobody_has_assessed_has_no_score_either(cast: Cast) -> None:
    walk = qualified(cast)
    assert columns(result(walk)) == {
        **dict.fromkeys(("joint_score", "certainty", "benefit", "feasibility")),
        "handed_in": 0,
        "risk_flagged": False,
        "needs_discussion": False,
    }


# --- Jäv and order, through the real acts


def some_values(chance: random.Random) -> Values:
    return {code: chance.choice([None, 1, 2, 3, 4, 5]) for code in CRITERIA}


@pytest.mark.parametrize("seed", range(6))
def test_jäv_declared_before_or_after_is_as_if_the_person_never_had_answered(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    sheets = [some_values(chance) for _assessor in range(3)]
    with_conflict, without = qualified(cast, "Med jäv"), qualified(cast, "Utan")
    partial = cast.lead(number=4)
    others = [cast.lead(number=number) for number in range(1, 4)]
    assess(with_conflict, partial, {**some_values(chance), "G3": 1})
    for lead, values in zip(others, sheets, strict=True):
        assess(with_conflict, lead, values)
        assess(without, lead, values)
    with_conflict.act(Act.DECLARE_CONFLICT, partial, motivation="Min bror säljer systemet.")
    assert columns(result(with_conflict)) == columns(result(without))
    assert result(with_conflict).assessments.exclude(conflict_reason="").get().scores.count() == 8  # kept, not counted


def test_every_order_of_handing_in_gives_the_same(cast: Cast) -> None:
    leads = [cast.lead(number=number) for number in range(1, 4)]
    given = list(zip(leads, (SKARA, VARA, LIDKOPING), strict=True))
    found = []
    for number, order in enumerate(itertools.permutations(given)):
        walk = qualified(cast, f"Ordning {number}")
        for lead, values in order:
            assess(walk, lead, values)
        found.append(columns(result(walk)))
    assert found == [found[0]] * 6
    assert found[0]["joint_score"] == Decimal("59.375")


def test_a_newcomer_changes_nobody_elses_score(cast: Cast) -> None:
    first = qualified(cast, "Först")
    assess(first, cast.lead(), SKARA)
    before = columns(result(first))
    assess(qualified(cast, "Sedan"), cast.lead(), answers(CRITERIA, *[5] * 8))
    assert columns(result(first)) == before


def test_all_the_same_answers_are_used_as_they_are(cast: Cast) -> None:
    walk = qualified(cast)
    walk.act(Act.ASSESS, cast.lead(), marks=marks(4))
    assert result(walk).joint_score == 75
