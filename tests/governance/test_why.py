"""Why this score: the arithmetic in words and numbers, followed by hand; and never before it may be seen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.presenting.why import Why, why, written
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Criterion, Round
from tests.cast import Cast
from tests.walk import Walk, marks


def criterion(code: str, weight: int | str) -> Criterion:
    axis = "feasibility" if code.startswith("G") else "benefit"
    return Criterion(code=code, name=code, weight=Decimal(weight), axis=axis)


MODEL = [
    criterion("N1", 10),
    criterion("N2", 25),
    criterion("N3", 25),
    criterion("G1", 15),
    criterion("G2", 10),
    criterion("G3", 15),
]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def reckoned(*values: int | str | None) -> Why | None:
    answers = {c.code: None if value is None else Fraction(value) for c, value in zip(MODEL, values, strict=True)}
    return why(MODEL, answers)


class TestTheArithmetic:
    """Weights 10/25/25/15/10/15, worked out with a pencil."""

    def test_all_answered(self) -> None:
        found = reckoned(4, "3.5", 5, 2, 1, 3)
        assert found is not None
        assert plain(found.sum_line) == "10 × 4 + 25 × 3,5 + 25 × 5 + 15 × 2 + 10 × 1 + 15 × 3 = 337,5"
        assert found.mean_line == "337,5 ÷ 100 = 3,375"
        assert found.score_line == "(3,375 − 1) ÷ 4 × 100 = 59,375"
        assert (found.shown, found.is_rounded) == ("59,4", True)

    def test_some_not_answered_take_no_part(self) -> None:
        found = reckoned(4, None, 5, None, 2, 3)
        assert found is not None
        assert plain(found.sum_line) == "10 × 4 + 25 × 5 + 10 × 2 + 15 × 3 = 230"
        assert found.mean_line == "230 ÷ 60 ≈ 3,8333"
        assert found.score_line == "(3,8333 − 1) ÷ 4 × 100 ≈ 70,8333"
        assert found.shown == "70,8"
        assert [c.code for c in found.missing] == ["N2", "G1"]

    def test_what_needs_no_rounding_says_so(self) -> None:
        found = reckoned(3, 3, 3, 3, 3, 3)
        assert found is not None
        assert (found.mean_line, found.score_line, found.shown) == ("300 ÷ 100 = 3", "(3 − 1) ÷ 4 × 100 = 50", "50,0")
        assert not found.is_rounded

    def test_no_answers_give_no_score_and_not_nought(self) -> None:
        assert reckoned(None, None, None, None, None, None) is None

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            (Fraction(1250), "1\N{NO-BREAK SPACE}250"),
            (Fraction(5, 2), "2,5"),
            (Fraction(1, 3), "≈ 0,3333"),
            (Fraction(100), "100"),
        ],
    )
    def test_a_number_is_whole_or_says_that_it_is_not(self, number: Fraction, text: str) -> None:
        assert written(number) == text


@pytest.fixture
def explained(client: Client) -> Any:
    def page(user: Any, walk: Walk, **query: Any) -> Any:
        client.force_login(user)
        return client.get(f"{walk.case.get_absolute_url()}poang/", query)

    return page


def divided(cast: Cast) -> Walk:
    """Two assessors: 4 and 3 on N1, a 1 and a 5 on risk, nobody knows N5, 4 on the rest; a third with jäv."""
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.act("assess", cast.lead(), marks={**marks(4), "N5": Mark(None), "G3": Mark(1)})
    walk.act("assess", cast.lead(number=2), marks={**marks(4), "N1": Mark(3), "N5": Mark(None), "G3": Mark(5)})
    walk.act("declare_conflict", cast.lead(number=3), motivation="Min syster driver företaget.")
    return walk


class TestThePage:
    def test_a_director_follows_the_total_to_its_parts(self, cast: Cast, explained: Any) -> None:
        walk = divided(cast)
        walk.act("prioritise", cast.lead(), order=1)
        page = explained(cast.director(), walk)
        text = plain(page.content.decode())
        # 20 × 3.5 + (20 + 15 + 15 + 10 + 10) × 4 + 5 × 3 = 365 of 95: 3.8421, which is 71.0526 of 100
        assert "20 × 3,5 + 20 × 4 + 15 × 4 + 15 × 4 + 10 × 4 + 10 × 4 + 5 × 3 = 365" in text
        assert "365 ÷ 95 ≈ 3,8421" in text
        assert "(3,8421 − 1) ÷ 4 × 100 ≈ 71,0526" in text
        assert "71,1" in text
        assert "median av 2 svar" in text
        assert "nyhetsvärde" in text
        assert "95 %, hög" in text
        assert "Någon har satt 1 på risk, ”mycket hög”." in text
        assert page.context["joint"].excluded == 1

    def test_it_is_the_score_of_the_list(self, cast: Cast, explained: Any, client: Client) -> None:
        walk = divided(cast)
        walk.act("prioritise", cast.lead(), order=1)
        why_page = explained(cast.lead(), walk).context["why"]
        ((place, found),) = client.get("/prioritering/").context["rows"]
        assert (found.sum_line, found.shown) == (why_page.sum_line, why_page.shown)
        assert place.round.joint_score == Decimal("71.052632")

    def test_each_round_by_itself_the_newest_closed_first(self, cast: Cast, explained: Any) -> None:
        walk = Walk(cast).to(Status.AWAITING_START)
        _home, joint = Round.objects.order_by("pk")
        assert explained(cast.lead(), walk).context["round"] == joint
        assert explained(cast.lead(), walk, omgang=1).context["why"].shown == "50,0"
        assert explained(cast.lead(), walk, omgang=2).context["round"] == joint

    def test_the_address_names_the_same_round_as_on_the_page_beside(
        self, cast: Cast, explained: Any, client: Client
    ) -> None:
        Walk(cast, title="Ett annat").to(Status.AWAITING_START)
        walk = Walk(cast).to(Status.AWAITING_START)
        here = walk.case.get_absolute_url()
        rounds = list(walk.case.initiative.rounds.order_by("opened_at"))
        for number, round in enumerate(rounds, start=1):
            page = explained(cast.lead(), walk, omgang=number)
            assert page.context["round"] == round
            assert f'href="{here}jamfor/?omgang={number}"' in page.content.decode()
            assert client.get(f"{here}jamfor/", {"omgang": number}).context["round"] == round
        assert f'href="{here}poang/?omgang=2"' in client.get("/prioritering/", {"level": "v6"}).content.decode()
        initiative = client.get(here).content.decode()
        assert f'href="{here}poang/?omgang=1"' in initiative
        assert f'href="{here}poang/?omgang=2"' in initiative

    def test_what_a_meeting_agreed_on_stands_beside_the_median(self, cast: Cast, explained: Any) -> None:
        walk = divided(cast)
        walk.close_round()
        walk.agree("Få berörs i dag.", N1=2)
        page = explained(cast.director(), walk)
        text = plain(page.content.decode())
        assert "20 × 2 + 20 × 4" in text
        assert "gemensam bedömning, medianen är 3,5" in text

    def test_a_one_on_risk_that_the_meeting_set_is_not_said_to_be_somebodys(self, cast: Cast, explained: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(3)
        walk.close_round()
        walk.agree("Leverantören är i konkurs.", G3=1)
        text = explained(cast.director(), walk).content.decode()
        assert "I den gemensamma bedömningen är risk satt till 1, ”mycket hög”." in text
        assert "Någon har satt" not in text

    def test_only_vet_inte_gives_no_score(self, cast: Cast, explained: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(None)
        walk.act("prioritise", cast.lead(), order=1)
        assert "inte detsamma som noll" in explained(cast.lead(), walk).content.decode()

    def test_it_costs_the_same_whoever_has_answered(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        one, many = Walk(cast, title="En").to(Status.PRIORITISED), divided(cast)
        many.act("prioritise", cast.lead(), order=2)
        client.force_login(cast.lead())
        for walk in (one, many):
            with django_assert_num_queries(12):
                client.get(f"{walk.case.get_absolute_url()}poang/")


class TestBlind:
    def test_an_open_round_is_for_those_alone_who_have_handed_in(self, cast: Cast, explained: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(5)
        mine = explained(cast.lead(), walk)
        assert mine.context["why"].shown == "100,0"
        assert "Omgången pågår" in mine.content.decode()
        for user in (cast.lead(number=2), cast.director(), walk.author):
            page = explained(user, walk)
            assert (page.context["rounds"], page.context["round"]) == ([], None)
            assert "100,0" not in page.content.decode()
            assert explained(user, walk, omgang=1).status_code == 404

    @pytest.mark.parametrize("asked", ["", "x", "0", "999999"])
    def test_no_such_round(self, asked: str, cast: Cast, explained: Any) -> None:
        assert explained(cast.lead(), Walk(cast).to(Status.PRIORITISED), omgang=asked).status_code == 404

    def test_there_is_no_second_round_where_there_was_one(self, cast: Cast, explained: Any) -> None:
        Walk(cast, title="Annat").to(Status.PRIORITISED)
        assert explained(cast.lead(), Walk(cast).to(Status.PRIORITISED), omgang=2).status_code == 404

    def test_not_for_those_who_may_not_see_the_initiative(self, cast: Cast, explained: Any) -> None:
        assert explained(cast.lead("vara"), Walk(cast).to(Status.PRIORITISED)).status_code == 404
