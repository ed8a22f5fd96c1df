"""Prioritering: closed rounds alone, ties shown as ties, and what has no score is missing and not last."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.presenting.backlog import Place, Selection, points, ranking, scored
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Level
from initiatives.scoring import rank
from tests.cast import Cast
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.models import User

ADDRESS = "/prioritering/"


def assessed(cast: Cast, title: str, value: int | None, *, order: int = 1, kommun: str = "skara") -> Walk:
    """Prioritised at home with the same answer to everything."""
    walk = Walk(cast, kommun, title=title).to(Status.QUALIFIED)
    walk.assess_at_home(value)
    walk.act("prioritise", cast.lead(kommun), order=order)
    return walk


@pytest.fixture
def shown(client: Client) -> Any:
    def context(user: User, **query: str) -> Any:
        client.force_login(user)
        page = client.get(ADDRESS, query)
        assert page.status_code == 200
        return page.context

    return context


def lines(context: Any) -> list[tuple[int, str, bool]]:
    return [(p.number, p.initiative.title, p.tied) for p in context["places"]]


class TestOrder:
    def test_equal_scores_share_a_place_and_the_next_is_passed_over(self, cast: Cast, shown: Any) -> None:
        for title, value in (("B", 4), ("A", 4), ("C", 5), ("D", 2)):
            assessed(cast, title, value)
        assert lines(shown(cast.lead())) == [(1, "C", False), (2, "A", True), (2, "B", True), (4, "D", False)]

    def test_it_is_the_ranking_of_the_scoring_module(self, cast: Cast) -> None:
        for number, value in enumerate((3, 5, 3, 1, 4, 5, 3)):
            assessed(cast, f"{number}", value)
        rounds = list(scored(Selection(Level.KOMMUN), cast.lead()))
        expected = {r.key: (r.place, r.tied) for r in rank((row.pk, row.joint_score) for row in rounds)}
        assert {row.pk: (row.place, row.through > row.place) for row in rounds} == expected

    def test_the_order_that_people_set_stands_beside(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Hög", 5, order=2)
        assessed(cast, "Låg", 1, order=1)
        found = [(p.initiative.title, p.number, p.decided, p.order_differs) for p in shown(cast.lead())["places"]]
        assert found == [("Hög", 1, 2, True), ("Låg", 2, 1, True)]


class TestWhatStandsInARow:
    def place(self, cast: Cast, **given: int | None) -> Place:
        walk = Walk(cast).to(Status.QUALIFIED)
        answers = {**marks(4), **{code: Mark(value) for code, value in given.items()}}
        walk.act("assess", cast.lead(), marks=answers)
        walk.act("prioritise", cast.lead(), order=1)
        (place,) = ranking(Selection(Level.KOMMUN), cast.lead(), first=0, size=50).places
        return place

    def test_the_matrix_in_words(self, cast: Cast) -> None:
        assert self.place(cast, G1=1, G2=1, G3=2).quadrant == "Förstudie först"

    def test_certainty_is_the_share_answered(self, cast: Cast) -> None:
        assert self.place(cast, N1=None).certainty_percent == 80

    def test_a_one_on_risk_is_flagged(self, cast: Cast) -> None:
        assert self.place(cast, G3=1).round.risk_flagged

    def test_too_few_answers_need_discussion(self, cast: Cast, shown: Any) -> None:
        self.place(cast, N5=None)
        assert [i.title for i in shown(cast.lead())["to_discuss"]] == ["Digitala nycklar i hemtjänsten"]

    def test_its_spot_in_the_matrix(self, cast: Cast) -> None:
        low = {code: 1 for code in CRITERIA if code.startswith("G")}
        (point,) = points([self.place(cast, **low)])
        assert (point.x, point.y, point.label, point.key) == (60, 82, "1", "skara")

    def test_without_an_axis_it_has_no_spot(self, cast: Cast) -> None:
        place = self.place(cast, G1=None, G2=None, G3=None)
        assert (place.quadrant, points([place])) == ("", [])


class TestBlind:
    """A colleague who has not handed in learns nothing, nor does anybody else, until the round is closed."""

    def test_an_open_round_is_not_ranked(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(5)
        for user in (cast.lead(), cast.lead(number=2), cast.manager(), cast.coordinator()):
            context = shown(user, level="kommun", organisation="skara", scope="all")
            assert lines(context) == []
            assert context["to_discuss"] == []

    def test_nor_in_v6_where_the_coordinator_sees_that_it_waits(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.assess_in_v6("vara", 5)
        context = shown(cast.coordinator())
        assert lines(context) == []
        assert [i.title for i in context["unscored"]] == [walk.case.initiative.title]

    def test_a_kommuns_score_is_not_the_joint_one(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.v6_prioritise()
        (place,) = shown(cast.coordinator())["places"]
        assert place.round.joint_score == 75

    def test_the_newest_closed_round_counts_when_there_are_several(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.AWAITING_START)
        walk.act("return_to_kommun", cast.coordinator(), motivation="Mer att tänka på.")
        for step in (walk.send_to_v6, walk.v6_start, walk.v6_qualify, walk.close_interest):
            step()
        assert [p.round.joint_score for p in shown(cast.coordinator(), scope="all")["places"]] == [75]
        for kommun in ("vara", "lidkoping"):
            walk.assess_in_v6(kommun, 2)
        walk.act("v6_prioritise", cast.coordinator(), order=1)
        context = shown(cast.coordinator(), scope="all")
        assert [p.round.joint_score for p in context["places"]] == [25]


class TestMissing:
    def test_what_waits_without_a_score_stands_by_itself(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Bedömd", 3)
        Walk(cast, title="Obedömd").to(Status.QUALIFIED)
        context = shown(cast.lead())
        assert [title for _number, title, _tied in lines(context)] == ["Bedömd"]
        assert [i.title for i in context["unscored"]] == ["Obedömd"]

    def test_nothing_but_vet_inte_gives_no_score(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Vet inte", None)
        context = shown(cast.lead())
        assert lines(context) == []
        assert [i.title for i in context["unscored"]] == ["Vet inte"]


class TestChoosing:
    def test_ones_own_kommun_first(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Skaras", 3)
        assessed(cast, "Varas", 4, kommun="vara")
        assert lines(shown(cast.lead("vara"))) == [(1, "Varas", False)]

    def test_v6_first_for_those_who_act_in_v6(self, cast: Cast, shown: Any) -> None:
        assert shown(cast.network())["form"].level_shown == Level.V6

    def test_what_one_may_not_see_is_not_there(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Skaras", 3)
        context = shown(cast.lead("vara"), level="kommun", organisation="skara")
        assert (lines(context), context["unscored"], context["page_obj"].paginator.count) == ([], [], 0)

    def test_what_has_left_the_queue_is_there_when_asked_for(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Lokalt", 3).decide_local()
        assert lines(shown(cast.lead())) == []
        assert lines(shown(cast.lead(), scope="all")) == [(1, "Lokalt", False)]

    @pytest.mark.parametrize("name", ["level", "organisation", "scope", "page"])
    def test_what_is_not_understood_does_no_harm(self, name: str, cast: Cast, shown: Any) -> None:
        shown(cast.lead(), **{name: "hittepå"})

    def test_it_is_not_for_those_without_a_role(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.outsider())
        assert client.get(ADDRESS).status_code == 403


def test_a_page_beyond_the_end_is_the_last_one(cast: Cast, shown: Any) -> None:
    for number in range(52):
        assessed(cast, f"{number:02}", 3)
    context = shown(cast.lead(), page="99")
    assert lines(context) == [(1, "50", True), (1, "51", True)]
    assert (context["page_obj"].number, context["page_obj"].paginator.count) == (2, 52)


@pytest.mark.parametrize("count", [1, 60])
def test_it_costs_the_same_whatever_its_length(
    count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        assessed(cast, f"{number}", number % 5 + 1)
    client.force_login(cast.lead())
    with django_assert_num_queries(9):
        page = client.get(ADDRESS)
    assert page.context["page_obj"].paginator.count == count
