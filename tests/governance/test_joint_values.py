"""What a joint score is made of stands on its round, written with the score and never without it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from importlib import import_module

from django.apps import apps

from governance.statuses import Status
from initiatives import scoring
from initiatives.actions import summarise
from initiatives.actions.assessing import Mark
from initiatives.models import Round
from tests.cast import Cast
from tests.walk import Walk, marks

fill = import_module("initiatives.migrations.0010_joint_values").fill
measure = import_module("initiatives.migrations.0013_disagreement").measure


def scored(cast: Cast) -> Round:
    """Two assessors: 4 and 3 on N1, nobody knows N5, 4 on the rest; a third with jäv who had answered 1."""
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.act("assess", cast.lead(), marks={**marks(4), "N5": Mark(None)})
    walk.act("assess", cast.lead(number=2), marks={**marks(4), "N1": Mark(3), "N5": Mark(None)})
    walk.act("assess", cast.lead(number=3), marks=marks(1))
    walk.act("declare_conflict", cast.lead(number=3), motivation="Min syster driver företaget.")
    return Round.objects.get()


EXPECTED = {"N1": "7/2", "N2": "4", "N3": "4", "N4": "4", "N5": None, "G1": "4", "G2": "4", "G3": "4"}


def test_the_exact_median_of_each_criterion(cast: Cast) -> None:
    round = scored(cast)
    assert round.joint_values == EXPECTED
    assert (round.values["N1"], round.values["N5"]) == (Fraction(7, 2), None)


def test_the_score_follows_from_them(cast: Cast) -> None:
    round = scored(cast)
    score = scoring.score(round.model.scoring_criteria(), round.values)
    assert score is not None
    assert scoring.to_decimal(score, 6) == round.joint_score


def test_an_unanswered_round_holds_none(cast: Cast) -> None:
    Walk(cast).to(Status.QUALIFIED)
    assert Round.objects.get().values == {}


def test_they_are_made_again_from_the_answers(cast: Cast) -> None:
    round = scored(cast)
    for again in (lambda: summarise(Round.objects.get()), lambda: fill(apps, None)):
        Round.objects.update(joint_values={})
        again()
        round.refresh_from_db()
        assert round.joint_values == EXPECTED


def test_and_so_is_how_far_apart_they_are(cast: Cast) -> None:
    round = scored(cast)
    assert round.disagreement == Decimal("1.025")  # a step between the ends, and a tenth of the variance 0.25
    for again in (lambda: summarise(Round.objects.get()), lambda: measure(apps, None)):
        Round.objects.update(disagreement=0)
        again()
        round.refresh_from_db()
        assert round.disagreement == Decimal("1.025")
