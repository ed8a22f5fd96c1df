"""Rows begin and end by the acts, several a day and after the fact, and what cannot be is refused in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from governance.acts import Act
from governance.models import Participation
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """Skara leads, Vara and Lidköping take part; everything has happened today."""
    return Walk(cast).to(Status.AWAITING_START)


def decides(walk: Walk, act: Act, kommun: str, **given: Any) -> None:
    director = walk.cast.director(kommun)
    walk.act(act, director, **decision(director), **given)


def hands_over(walk: Walk, from_kommun: str, to_kommun: str) -> None:
    decides(walk, Act.CHANGE_LEADER, from_kommun, leader=walk.cast.orgs[to_kommun])


def today(walk: Walk) -> dict[str, str]:
    rows = Participation.objects.on(TODAY()).filter(case=walk.case)
    return dict(rows.values_list("organisation__key", "role"))


@pytest.fixture
def old(cast: Cast) -> Walk:
    """The same, as it has stood for a month."""
    walk = Walk(cast, at=timezone.now() - 60 * DAY).to(Status.AWAITING_START)
    walk.at = None
    return walk


class TestTheLead:
    def test_is_handed_on_twice_the_same_day(self, walk: Walk) -> None:
        hands_over(walk, "skara", "vara")
        hands_over(walk, "vara", "lidkoping")
        assert today(walk) == {"skara": "takes_part", "vara": "takes_part", "lidkoping": "leads"}

    def test_is_handed_back_the_same_day(self, walk: Walk) -> None:
        hands_over(walk, "skara", "vara")
        hands_over(walk, "vara", "skara")
        assert today(walk) == {"skara": "leads", "vara": "takes_part", "lidkoping": "takes_part"}

    def test_goes_to_one_that_joined_today(self, walk: Walk) -> None:
        decides(walk, Act.JOIN, "gotene")
        hands_over(walk, "skara", "gotene")
        assert today(walk)["gotene"] == "leads"
        assert today(walk)["skara"] == "takes_part"

    def test_leaves_after_it_has_handed_over_and_comes_back_the_same_day(self, walk: Walk) -> None:
        hands_over(walk, "skara", "vara")
        walk.leave("skara")
        assert "skara" not in today(walk)
        decides(walk, Act.JOIN, "skara")
        assert today(walk)["skara"] == "takes_part"

    def test_does_not_leave_before(self, walk: Walk) -> None:
        with pytest.raises(Refused, match="Byt ledande kommun först"):
            walk.leave("skara")

    def test_does_not_go_to_itself_nor_to_one_that_only_follows(self, walk: Walk) -> None:
        walk.act(Act.FOLLOW, walk.cast.lead("gotene"))
        with pytest.raises(Refused, match="Götene deltar inte"):
            hands_over(walk, "skara", "gotene")
        with pytest.raises(Refused, match="Skara leder redan"):
            hands_over(walk, "skara", "skara")


class TestComingBack:
    def test_not_before_the_day_it_left(self, old: Walk) -> None:
        old.leave("vara")
        with pytest.raises(Refused, match=r"Vara har redan en rad fram till .*\. Välj den dagen eller en senare"):
            decides(old, Act.JOIN, "vara", joined_on=TODAY() - DAY)
        assert "vara" not in today(old)
        decides(old, Act.JOIN, "vara", joined_on=TODAY())
        assert today(old)["vara"] == "takes_part"

    def test_nor_before_it_began_to_follow(self, old: Walk) -> None:
        old.act(Act.FOLLOW, old.cast.lead("gotene"))
        with pytest.raises(Refused, match=r"Götene följer sedan .*\. Välj den dagen eller en senare"):
            decides(old, Act.JOIN, "gotene", joined_on=TODAY() - DAY)

    def test_as_a_follower_the_day_it_left(self, walk: Walk) -> None:
        walk.leave("vara")
        walk.act(Act.FOLLOW, walk.cast.lead("vara"))
        assert today(walk)["vara"] == "follows"
        walk.act(Act.UNFOLLOW, walk.cast.lead("vara"))
        walk.act(Act.FOLLOW, walk.cast.lead("vara"))
        assert today(walk)["vara"] == "follows"

    def test_again_and_again_on_one_day(self, walk: Walk) -> None:
        for _time in range(3):
            walk.leave("vara")
            decides(walk, Act.JOIN, "vara")
        assert today(walk)["vara"] == "takes_part"
        assert Participation.objects.filter(case=walk.case, organisation__key="vara", ending="left").count() == 3


def test_an_act_that_is_dated_before_what_the_kommun_did_last_is_told_from_when_it_can_be(old: Walk) -> None:
    old.leave("vara")
    old.at = timezone.now() - 11 * DAY
    with pytest.raises(Refused, match="Vara har redan en rad fram till"):
        decides(old, Act.JOIN, "vara")
