"""Finding what is like a text: among what one may see, in few statements, in order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from initiatives.actions import dismiss
from initiatives.models import Initiative, Side
from initiatives.reading import similar_to
from tests.cast import Cast
from tests.walk import TEXT, Walk
from tests.world import SEES, SIGNED_IN, TITLES, World
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


def submitted(cast: Cast, title: str, organisation: str = "skara", **text: Any) -> Initiative:
    walk = Walk(cast, organisation, title=title, **text)
    walk.submit()
    return walk.case.initiative


def titles(user: User, title: str, need: str = "", **more: Any) -> list[str]:
    found = similar_to(user=user, title=title, need=need, **more)
    by_key = Initiative.objects.in_bulk([like.pk for like in found])
    return [by_key[like.pk].title for like in found]


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("Hemtjänstplanering", "Planering i hemtjänsten"),
            ("Planering i hemtjänsten", "Bättre hemtjänstplanering"),
            ("Verksamhetsuppföljning av avtal", "Avtal: uppföljning"),
            ("aldreboende larm", "Larm på äldreboenden"),
            ("Bibloteket: självbetjäning", "Självbetjäning på biblioteket"),
            ("Trygghetslarm", "Nya larm"),
            ("Larm", "Trygghetslarm"),
            ("Surfplattor", "Lärplattor i skolan"),
            ("Nycklar", "Nyckelskåp på kontoret"),
            ("100 % digitalt_arkiv", "100 % digitalt_arkiv"),
        ],
    )
    def test_what_the_rule_calls_alike_is_also_fetched(self, cast: Cast, typed: str, stored: str) -> None:
        submitted(cast, stored)
        assert titles(cast.lead(), typed) == [stored]

    def test_a_title_told_in_the_need_of_the_other(self, cast: Cast) -> None:
        submitted(cast, "Slippa åka tillbaka", need="Vi hämtar nycklar till hemtjänsten på kontoret.")
        need = "Ingen ska behöva åka tillbaka: det går att slippa."
        assert titles(cast.lead(), "Nycklar i hemtjänsten", need) == ["Slippa åka tillbaka"]

    @pytest.mark.parametrize(
        "typed", ["", " ", "och på i", "%", "_", "'; drop table", "a:* & b", "\x01", "😀", "!" * 500]
    )
    def test_nothing_is_found_by_what_says_nothing_and_nothing_breaks(self, cast: Cast, typed: str) -> None:
        submitted(cast, "Larm på äldreboenden")
        assert titles(cast.lead(), typed) == []

    def test_what_is_less_alike_than_the_threshold_is_not_shown(self, cast: Cast) -> None:
        submitted(cast, "Matleveranser i hemtjänsten")
        assert titles(cast.lead(), "Schemaläggning i hemtjänsten") == []

    def test_what_has_ended_is_found_too(self, cast: Cast) -> None:
        walk = Walk(cast, title="Larm på äldreboenden")
        walk.submit()
        walk.act("withdraw", walk.author, motivation="Löst.")  # type: ignore[arg-type]
        assert titles(cast.lead(), "Larm på äldreboenden") == ["Larm på äldreboenden"]

    def test_at_most_five_the_best_first_and_of_equals_the_newest(self, cast: Cast) -> None:
        start = timezone.now() - dt.timedelta(days=90)
        for number in range(7):
            walk = Walk(cast, title="Larm på äldreboenden", at=start + dt.timedelta(days=number))
            walk.submit()
            newest = walk.case.initiative
        best = submitted(cast, "Larm")
        found = similar_to(user=cast.lead(), title="Larm")
        assert len(found) == 5
        assert [like.pk for like in found[:2]] == [best.pk, newest.pk]
        assert [like.score for like in found] == sorted((like.score for like in found), reverse=True)

    def test_the_words_in_common_are_told_as_they_stand_there(self, cast: Cast) -> None:
        submitted(cast, "Nycklarna i hemtjänsten")
        (found,) = similar_to(user=cast.lead(), title="Digitala nycklar i hemtjänst")
        assert found.common == ("nycklarna", "hemtjänsten")


class TestWhatIsNot:
    def test_it_is_not_like_itself(self, cast: Cast) -> None:
        own = submitted(cast, "Larm på äldreboenden")
        assert titles(cast.lead(), own.title, besides=own) == []

    def test_nobodys_draft_is_shown_not_even_ones_own(self, cast: Cast) -> None:
        Walk(cast, title="Larm på äldreboenden")
        assert titles(cast.staff(), "Larm på äldreboenden") == titles(cast.lead(), "Larm på äldreboenden") == []

    def test_what_a_side_has_dismissed_is_not_shown_to_it_again(self, cast: Cast) -> None:
        own, other = submitted(cast, "Larm på äldreboenden"), submitted(cast, "Larm på boenden")
        asked = {"title": own.title, "besides": own}
        dismiss(initiative=own, other=other, by=cast.staff(), side=Side.AUTHOR, at=timezone.now())
        assert titles(cast.lead(), side=Side.AUTHOR, **asked) == []
        (found,) = similar_to(user=cast.lead(), side=Side.KOMMUN, **asked)
        assert found.author_said_no

    def test_nobody_is_shown_what_she_may_not_see(self, cast: Cast) -> None:
        """Every role and person of the world, every situation, asking by the very title."""
        world = World(cast)
        for name in sorted(SIGNED_IN):
            for situation, title in TITLES.items():
                sees = name in SEES[situation] and situation != "draft"
                found = similar_to(user=User.objects.get(pk=world.person(name).pk), title=title, need=TEXT["need"])
                expected = [world.cases[situation].pk] if sees else []
                assert [like.pk for like in found] == expected, (name, situation)

    def test_what_one_may_not_see_takes_no_place_from_what_one_may(self, cast: Cast) -> None:
        own = submitted(cast, "Larm på boenden")
        for _ in range(90):
            submitted(cast, "Larm på äldreboenden", "vara")
        assert [like.pk for like in similar_to(user=cast.lead(), title="Larm på äldreboenden")] == [own.pk]


@pytest.mark.parametrize("count", [1, 200])
def test_it_asks_the_database_twice_however_many_there_are(
    count: int, cast: Cast, django_assert_num_queries: Any
) -> None:
    person = cast.lead()
    for number in range(count):
        submitted(cast, f"Larm på äldreboenden {number}", "vara" if number % 2 else "skara")
    assert person.current_memberships
    with django_assert_num_queries(2):
        assert similar_to(user=person, title="Larm på äldreboenden", need="x" * 10_000)
