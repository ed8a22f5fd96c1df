"""Prioritering: closed rounds alone, ties shown as ties, and what has no score is missing and not last."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.presenting.backlog import Place, Selection, numbered, places, scored
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Level
from initiatives.scoring import rank
from tests.cast import Cast
from tests.walk import Walk, marks
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
    return [(p.number, p.initiative.title, p.tied) for p, _why in context["rows"]]


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
        found = [(p.initiative.title, p.number, p.decided, p.difference) for p, _why in shown(cast.lead())["rows"]]
        assert found == [
            ("Hög", 1, 2, "poängen säger 1, fastställd 2"),
            ("Låg", 2, 1, "poängen säger 2, fastställd 1"),
        ]

    def test_among_all_that_was_ever_assessed_no_difference_is_told(self, cast: Cast, shown: Any) -> None:
        """What has left the queue takes places there that the order was not set over."""
        assessed(cast, "Beslutad", 5, order=1).decide_local()
        assessed(cast, "Väntar", 4, order=1)
        for scope, expected in (("all", [(1, 1), (2, 1)]), ("queue", [(1, 1)])):
            rows = shown(cast.lead(), scope=scope)["rows"]
            assert [(place.number, place.decided) for place, _why in rows] == expected
            assert [place.difference for place, _why in rows] == [""] * len(rows)
            assert not any(place.shares_the_decided_place for place, _why in rows)

    def test_where_both_agree_nothing_is_said(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Ensam", 4, order=1)
        ((place, _why),) = shown(cast.lead())["rows"]
        assert (place.difference, place.shares_the_decided_place) == ("", False)

    def test_the_reason_for_another_order_is_told(self, cast: Cast, shown: Any, client: Client) -> None:
        assessed(cast, "Hög", 5, order=1)
        walk = Walk(cast, title="Låg").to(Status.QUALIFIED)
        walk.assess_at_home(1)
        walk.act("prioritise", cast.lead(), order=1, motivation="Avtalet löper ut i mars.")
        (_high, _why), (low, _why_low) = shown(cast.lead())["rows"]
        assert (low.reason, low.shares_the_decided_place) == ("Avtalet löper ut i mars.", True)
        assert "Avtalet löper ut i mars." in client.get(ADDRESS).content.decode()

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("score", ["Eniga", "Nya", "Oeniga"]),
            ("order", ["Oeniga", "Eniga", "Nya"]),
            ("disagreement", ["Oeniga", "Eniga", "Nya"]),
        ],
    )
    def test_it_can_be_read_in_another_order(self, sort: str, expected: list[str], cast: Cast, shown: Any) -> None:
        assessed(cast, "Eniga", 5, order=2)
        assessed(cast, "Nya", 4, order=3)
        divided = Walk(cast, title="Oeniga").to(Status.QUALIFIED)
        divided.assess_at_home(1)
        divided.act("assess", cast.lead(number=2), marks=marks(5))
        divided.act("prioritise", cast.lead(), order=1)
        context = shown(cast.lead(), sort=sort)
        assert [p.initiative.title for p, _why in context["rows"]] == expected
        assert context["to_discuss"] == 1


class TestWhatStandsInARow:
    def place(self, cast: Cast, **given: int | None) -> Place:
        walk = Walk(cast).to(Status.QUALIFIED)
        answers = {**marks(4), **{code: Mark(value) for code, value in given.items()}}
        walk.act("assess", cast.lead(), marks=answers)
        walk.act("prioritise", cast.lead(), order=1)
        queue = Selection(Level.KOMMUN)
        (place,) = places(numbered(queue, cast.lead()), queue)
        return place

    def test_the_matrix_in_words(self, cast: Cast) -> None:
        assert self.place(cast, G1=1, G2=1, G3=2).quadrant == "Förstudie först"

    def test_certainty_is_the_share_answered(self, cast: Cast) -> None:
        place = self.place(cast, N1=None)
        assert (place.certainty_percent, place.certainty_words) == (80, "hög")

    @pytest.mark.parametrize(("missing", "words"), [(("N1", "N2"), "medel"), (("N1", "N2", "N3"), "låg")])
    def test_certainty_has_a_word(self, missing: tuple[str, ...], words: str, cast: Cast) -> None:
        assert self.place(cast, **dict.fromkeys(missing)).certainty_words == words

    def test_a_one_on_risk_is_flagged(self, cast: Cast) -> None:
        assert self.place(cast, G3=1).round.risk_flagged

    def test_too_few_answers_need_discussion(self, cast: Cast, shown: Any) -> None:
        self.place(cast, N5=None)
        context = shown(cast.lead(), mark="discuss")
        assert (context["to_discuss"], [title for _n, title, _t in lines(context)]) == (
            1,
            ["Digitala nycklar i hemtjänsten"],
        )


class TestBlind:
    """A colleague who has not handed in learns nothing, nor does anybody else, until the round is closed."""

    def test_an_open_round_is_not_ranked(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(5)
        for user in (cast.lead(), cast.lead(number=2), cast.manager(), cast.coordinator()):
            context = shown(user, level="kommun", organisation="skara", scope="all")
            assert lines(context) == []
            assert context["to_discuss"] == 0
            assert context["matrix"] is None

    def test_nor_in_v6_where_the_coordinator_sees_that_it_waits(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.assess_in_v6("vara", 5)
        context = shown(cast.coordinator())
        assert lines(context) == []
        assert [i.title for i in context["unscored"]] == [walk.case.initiative.title]

    def test_a_kommuns_score_is_not_the_joint_one(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.v6_prioritise()
        ((place, _why),) = shown(cast.coordinator())["rows"]
        assert place.round.joint_score == 75

    def test_the_newest_closed_round_counts_when_there_are_several(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.AWAITING_START)
        walk.act("return_to_kommun", cast.coordinator(), motivation="Mer att tänka på.")
        for step in (walk.send_to_v6, walk.v6_start, walk.v6_qualify, walk.close_interest):
            step()
        assert [p.round.joint_score for p, _why in shown(cast.coordinator(), scope="all")["rows"]] == [75]
        for kommun in ("vara", "lidkoping"):
            walk.assess_in_v6(kommun, 2)
        walk.act("v6_prioritise", cast.coordinator(), order=1)
        context = shown(cast.coordinator(), scope="all")
        assert [p.round.joint_score for p, _why in context["rows"]] == [25]

    def test_a_round_closed_while_the_case_stands_is_ranked_before_the_order_is_set(
        self, cast: Cast, shown: Any
    ) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(4)
        walk.close_round()
        ((place, _why),) = shown(cast.lead())["rows"]
        assert (place.number, place.decided, place.round.joint_score) == (1, None, 75)

    def test_what_a_meeting_agrees_on_moves_the_score_and_its_explanation(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(4)
        walk.close_round()
        walk.agree("Få berörs i dag.", N1=2)
        ((place, why),) = shown(cast.lead())["rows"]
        assert place.round.joint_score == 65  # 20 × 2 + 80 × 4 = 360, which is 3.6
        assert (why.mean_line, why.shown) == ("360 ÷ 100 = 3,6", "65,0")


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

    def test_a_newer_round_without_a_score_makes_it_one_that_has_none(self, cast: Cast, shown: Any) -> None:
        walk = Walk(cast, title="Åter").to(Status.AWAITING_START)
        walk.act("return_to_kommun", cast.coordinator(), motivation="Mer att tänka på.")
        for step in (walk.send_to_v6, walk.v6_start, walk.v6_qualify, walk.close_interest):
            step()
        context = shown(cast.coordinator())
        assert (len(lines(context)), context["unscored"]) == (1, [])
        for kommun in ("vara", "lidkoping"):
            walk.assess_in_v6(kommun, None)
        walk.close_round()
        context = shown(cast.coordinator())
        assert lines(context) == []
        assert [i.title for i in context["unscored"]] == ["Åter"]


class TestOneKommunInV6:
    """To look at one kommun's initiatives in V6 moves no place: the order there is set over all of V6."""

    @pytest.fixture(autouse=True)
    def queue(self, cast: Cast) -> None:
        for kommun, other, value, order in (("vara", "lidkoping", 5, 1), ("skara", "lidkoping", 2, 2)):
            walk = Walk(cast, kommun, title=f"Från {kommun}").to(Status.V6_PRIORITISING)
            walk.assess_in_v6(kommun, value)
            walk.assess_in_v6(other, value)
            walk.act("v6_prioritise", cast.coordinator(), order=order)

    def test_the_places_are_those_of_v6(self, cast: Cast, shown: Any) -> None:
        context = shown(cast.coordinator(), level="v6", organisation="skara")
        assert lines(context) == [(2, "Från skara", False)]
        assert [place.difference for place, _why in context["rows"]] == [""]
        assert context["total"] == 2

    def test_it_is_a_filter_to_take_away(self, cast: Cast, shown: Any) -> None:
        context = shown(cast.coordinator(), level="v6", organisation="skara")
        assert [(one.label, one.value) for one in context["applied"]] == [("Organisation", "Skara")]
        assert context["filter"].queue_query() == "level=v6&scope=queue"

    def test_nor_is_anything_else_weighed_again(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.coordinator())
        page = client.get("/prioritering/vikter/", {"level": "v6", "organisation": "skara"})
        assert [moved.was for moved in page.context["answer"].moved] == ["nu 1", "nu 2"]
        assert '<select name="organisation"' not in page.content.decode()


class TestChoosing:
    def test_ones_own_kommun_first(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Skaras", 3)
        assessed(cast, "Varas", 4, kommun="vara")
        assert lines(shown(cast.lead("vara"))) == [(1, "Varas", False)]

    def test_v6_first_for_those_who_act_in_v6(self, cast: Cast, shown: Any) -> None:
        assert shown(cast.network())["filter"].level_shown == Level.V6

    def test_what_one_may_not_see_is_not_there(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Skaras", 3)
        context = shown(cast.lead("vara"), level="kommun", organisation="skara")
        assert (lines(context), context["unscored"], context["total"], context["matrix"]) == ([], [], 0, None)

    def test_what_has_left_the_queue_is_there_when_asked_for(self, cast: Cast, shown: Any) -> None:
        assessed(cast, "Lokalt", 3).decide_local()
        assert lines(shown(cast.lead())) == []
        assert lines(shown(cast.lead(), scope="all")) == [(1, "Lokalt", False)]

    @pytest.mark.parametrize(
        "name", ["level", "organisation", "scope", "page", "sort", "quadrant", "mark", "certainty", "half_year"]
    )
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


class TestFiltering:
    """The register's filters and those of the round; nobody's place moves."""

    @pytest.fixture(autouse=True)
    def queue(self, cast: Cast) -> None:
        assessed(cast, "Nycklar", 5)
        walk = Walk(cast, title="Larm", department="Skola").to(Status.QUALIFIED)
        walk.act("assess", cast.lead(), marks={**marks(3), "G3": Mark(1), "N5": Mark(None)})
        walk.act("prioritise", cast.lead(), order=2)
        assessed(cast, "Arkiv", 2)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"q": "larm"}, [(2, "Larm")]),
            ({"department": "skol"}, [(2, "Larm")]),
            ({"status": "qualified"}, []),
            ({"target": "residents"}, [(1, "Nycklar"), (2, "Larm"), (3, "Arkiv")]),
            ({"quadrant": "do_now"}, [(1, "Nycklar")]),
            ({"quadrant": "prestudy_first"}, [(2, "Larm")]),
            ({"quadrant": "quick_win"}, []),
            ({"quadrant": "wait"}, [(3, "Arkiv")]),
            ({"mark": "risk"}, [(2, "Larm")]),
            ({"mark": "neither"}, [(1, "Nycklar"), (3, "Arkiv")]),
            ({"certainty": "100"}, [(1, "Nycklar"), (3, "Arkiv")]),
            ({"certainty": "90", "mark": "risk"}, [(2, "Larm")]),
        ],
        ids=str,
    )
    def test_places_stay(self, query: dict[str, str], expected: list[Any], cast: Cast, shown: Any) -> None:
        context = shown(cast.lead(), **query)
        assert [(number, title) for number, title, _tied in lines(context)] == expected
        assert context["total"] == 3
        assert [s.title for s in context["matrix"].standings] == [t for _n, t in expected] if expected else True

    def test_the_filters_in_use_are_taken_away_one_by_one_and_the_queue_stays(self, cast: Cast, shown: Any) -> None:
        context = shown(cast.lead(), level="kommun", organisation="skara", scope="all", q="larm", mark="risk")
        found = [(one.label, one.value) for one in context["applied"]]
        assert found == [("Sök", "larm"), ("Märkning", "Hög risk")]
        kept = dict(part.split("=") for part in context["applied"][0].without.split("&"))
        assert kept == {"level": "kommun", "organisation": "skara", "scope": "all", "sort": "score", "mark": "risk"}

    def test_an_unknown_choice_is_said_and_narrows_nothing(self, cast: Cast, shown: Any) -> None:
        context = shown(cast.lead(), quadrant="hittepå")
        assert "quadrant" in context["filter"].errors
        assert len(lines(context)) == 3


class TestWhatAnotherMayNotSee:
    def test_does_not_move_the_places_that_she_sees(self, cast: Cast, shown: Any) -> None:
        """Skara's best is at home still: for Vara the joint list of Skara's has no gap where it would stand."""
        assessed(cast, "Skaras egen", 5)
        shared = Walk(cast, title="Skaras delade").to(Status.QUALIFIED)
        shared.assess_at_home(3)
        shared.act("prioritise", cast.lead(), order=2)
        shared.send_to_v6()
        for user, expected in ((cast.lead(), [1, 2]), (cast.lead("vara"), [1])):
            context = shown(user, level="kommun", organisation="skara", scope="all")
            assert [number for number, _title, _tied in lines(context)] == expected
            assert len(context["matrix"].standings) == len(expected)


class TestSettingTheOrder:
    def test_the_form_says_which_place_the_score_gives(self, cast: Cast, client: Client) -> None:
        assessed(cast, "Bättre", 5)
        walk = Walk(cast, title="Sämre").to(Status.QUALIFIED)
        walk.assess_at_home(2)
        address = f"{walk.case.get_absolute_url()}steg/prioritise/"
        client.force_login(cast.lead())
        assert "Poängen ger plats" not in client.get(address).content.decode()
        walk.close_round()
        assert "Poängen ger plats 2." in client.get(address).content.decode()


@pytest.mark.parametrize(("level", "count"), [("kommun", 1), ("kommun", 60), ("v6", 2)])
def test_it_costs_the_same_whatever_its_length(
    level: str, count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        assessed(cast, f"{number}", number % 5 + 1)
    Walk(cast).to(Status.AWAITING_START)
    client.force_login(cast.lead())
    for query in ({}, {"q": "nycklar", "mark": "neither", "sort": "disagreement"}):
        with django_assert_num_queries(10):
            client.get(ADDRESS, {"level": level, "scope": "all", **query})
