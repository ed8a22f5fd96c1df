"""Prova andra vikter: the order the weights give, how firm it is, and that nothing is written by asking."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from governance.presenting.what_if import Moved
from governance.statuses import Status
from initiatives.actions import versions
from initiatives.actions.assessing import Mark
from initiatives.models import AssessmentModel
from tests.cast import Cast
from tests.walk import Walk, marks
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

ADDRESS = "/prioritering/vikter/"
NOT_A_WEIGHT = "Skriv ett tal från 0 till 1 000, med högst två decimaler."
Look = Callable[..., Any]


def assessed(cast: Cast, title: str, usual: int | None = 1, *, kommun: str = "skara", **others: int | None) -> Walk:
    """Prioritised at home with ``usual`` for every criterion but the ones named."""
    walk = Walk(cast, kommun, title=title).to(Status.QUALIFIED)
    answers = {**marks(usual), **{code: Mark(value) for code, value in others.items()}}
    walk.act("assess", cast.lead(kommun), marks=answers)
    walk.act("prioritise", cast.lead(kommun), order=1)
    return walk


def three(cast: Cast) -> None:
    """With the weights of 2024.1: Ansökan 20 × 4/4 = 20, Bokning 10 × 4/4 = 10, Cykelväg 15 × 2/4 = 7,5."""
    assessed(cast, "Ansökan", N1=5)
    assessed(cast, "Bokning", G2=5)
    assessed(cast, "Cykelväg", N3=3)


TRIED = {"weight_N1": "0", "weight_N3": "30"}
"""0 + 20 + 30 + 15 + 5 + 10 + 10 + 5 = 95. Cykelväg 30 × 50 / 95 = 15,79, Bokning 10 × 100 / 95 = 10,53, Ansökan 0."""


@pytest.fixture
def look(client: Client, cast: Cast) -> Look:
    def looked(user: User | None = None, **query: str) -> Any:
        client.force_login(user or cast.lead())
        response = client.get(ADDRESS, query)
        assert response.status_code == 200
        return response

    return looked


def lines(response: Any) -> list[tuple[str, int | None, str, str]]:
    def line(one: Moved) -> tuple[str, int | None, str, str]:
        return one.initiative.title, one.after.place, one.movement, str(one.score_shown)

    return [line(one) for one in response.context["shown"]]


class TestTheOrder:
    def test_with_the_weights_as_they_are_nobody_moves(self, cast: Cast, look: Look) -> None:
        three(cast)
        page = look()
        assert lines(page) == [
            ("Ansökan", 1, "oförändrad", "20.0"),
            ("Bokning", 2, "oförändrad", "10.0"),
            ("Cykelväg", 3, "oförändrad", "7.5"),
        ]
        text = page.content.decode()
        assert "Ingen byter plats med de här vikterna." in text
        assert "samma vikter som nu" in text

    def test_other_weights_turn_it_round_by_the_arithmetic_above(self, cast: Cast, look: Look) -> None:
        three(cast)
        page = look(**TRIED)
        assert lines(page) == [
            ("Cykelväg", 1, "upp 2", "15.8"),
            ("Bokning", 2, "oförändrad", "10.5"),
            ("Ansökan", 3, "ned 2", "0.0"),
        ]
        assert "2 av 3 byter plats med de här vikterna." in page.content.decode()

    def test_only_the_proportions_matter(self, cast: Cast, look: Look) -> None:
        three(cast)
        tenfold = {"N1": 200, "N2": 200, "N3": 150, "N4": 150, "N5": 50, "G1": 100, "G2": 100, "G3": 50}
        page = look(**{f"weight_{code}": str(weight) for code, weight in tenfold.items()})
        assert [line[1:] for line in lines(page)] == [
            (1, "oförändrad", "20.0"),
            (2, "oförändrad", "10.0"),
            (3, "oförändrad", "7.5"),
        ]
        assert [str(line.share) for line in page.context["form"].lines()][:3] == ["20.0", "20.0", "15.0"]

    def test_equal_scores_are_shown_as_sharing_a_place(self, cast: Cast, look: Look) -> None:
        three(cast)
        page = look(weight_N1="10", weight_N3="20")
        assert [(one.initiative.title, one.after.place, one.after.tied) for one in page.context["shown"]] == [
            ("Ansökan", 1, True),
            ("Bokning", 1, True),
            ("Cykelväg", 1, True),
        ]
        assert "delad" in page.content.decode()

    def test_what_is_answered_only_where_nothing_weighs_has_no_score_and_comes_last(
        self, cast: Cast, look: Look
    ) -> None:
        assessed(cast, "Bara risk", None, G3=5)
        assessed(cast, "Allt", 2)
        before, after = look(), look(weight_G3="0")
        assert lines(before)[0] == ("Bara risk", 1, "oförändrad", "100.0")
        assert lines(after) == [("Allt", 1, "upp 1", "25.0"), ("Bara risk", None, "ingen poäng", "None")]

    def test_who_comes_into_the_top_and_who_falls_out(self, cast: Cast, look: Look) -> None:
        three(cast)
        assessed(cast, "Dagvatten", N4=2)
        answer = look(top="3", weight_N4="100", weight_N3="0").context["answer"]
        assert [one.initiative.title for one in answer.entering] == ["Dagvatten"]
        assert [one.initiative.title for one in answer.leaving] == ["Cykelväg"]


class TestHowFirm:
    def test_what_is_best_at_everything_is_steady(self, cast: Cast, look: Look) -> None:
        for title, value in (("Femmor", 5), ("Fyror", 4), ("Treor", 3), ("Tvåor", 2)):
            assessed(cast, title, value)
        shown = look(top="3").context["shown"]
        assert [(one.percent, one.firmness) for one in shown] == [(100, "säker")] * 3 + [(None, "")]

    def test_a_dead_heat_between_two_criteria_of_equal_weight_is_unsure(self, cast: Cast, look: Look) -> None:
        for title in ("Alltid", "Jämt"):
            assessed(cast, title, 5)
        assessed(cast, "Invånare", N1=5)
        assessed(cast, "Medarbetare", N2=5, N5=2)  # 21,25 against 20
        third = look(top="3").context["shown"][2]
        assert third.initiative.title == "Medarbetare"
        assert 50 <= third.percent < 75
        assert third.firmness == "osäker"

    def test_with_no_more_than_the_top_there_is_nothing_to_say(self, cast: Cast, look: Look) -> None:
        three(cast)
        page = look(top="3")
        assert [one.percent for one in page.context["shown"]] == [None] * 3
        assert "Hur säkra platserna är visas när det finns fler än 3 initiativ att ordna." in page.content.decode()


class TestWhatIsTyped:
    @pytest.mark.parametrize("typed", ["-1", "hej", "", "1000.5", "99999999999", "1.234", "NaN"])
    def test_a_weight_that_is_none_gets_an_error_and_the_rest_is_kept(self, typed: str, cast: Cast, look: Look) -> None:
        three(cast)
        page = look(weight_N1=typed, weight_N3="30")
        form = page.context["form"]
        assert form.errors == {"weight_N1": [NOT_A_WEIGHT]}
        assert (form["weight_N1"].value(), form["weight_N3"].value()) == (typed, "30")
        assert "Rätta vikterna först." in page.content.decode()
        assert "answer" not in page.context

    def test_nothing_but_zeros_is_told_in_a_sentence(self, cast: Cast, look: Look) -> None:
        three(cast)
        zeros = {f"weight_{code}": "0" for code in ("N1", "N2", "N3", "N4", "N5", "G1", "G2", "G3")}
        text = look(**zeros).content.decode()
        assert "Minst ett kriterium behöver en vikt över 0, annars finns inget att ordna efter." in text

    def test_a_comma_is_a_decimal_sign(self, look: Look) -> None:
        assert look(weight_N1="12,5").context["form"].weights["N1"] == Decimal("12.5")

    @pytest.mark.parametrize("name", ["level", "organisation", "scope", "page", "top", "weight_X9"])
    def test_what_is_not_understood_does_no_harm(self, name: str, cast: Cast, look: Look) -> None:
        three(cast)
        look(**{name: "hittepå"})

    def test_the_address_holds_it_all(self, cast: Cast, look: Look, client: Client) -> None:
        """Whatever else the ranking lets one choose goes with the weights from link to link."""
        three(cast)
        page = look(**TRIED, scope="all", top="3", something="kept")
        equal = dict(page.context["presets"])["Lika vikter"]
        assert "scope=all" in equal
        assert "something=kept" in equal
        assert "weight_N1=10" in equal
        assert [one.after.place for one in client.get(equal).context["shown"]] == [1, 1, 3]

    def test_the_rankings_other_filters_take_nobody_away_and_that_is_told(self, cast: Cast, look: Look) -> None:
        three(cast)
        page = look(quadrant="do_now", **TRIED)
        assert len(lines(page)) == 3
        assert "De andra filtren på prioriteringssidan gäller inte." in page.content.decode()
        assert "quadrant=do_now" in page.context["back"]
        assert "weight" not in page.context["back"]

    def test_presets_mute_the_other_axis(self, cast: Cast, look: Look, client: Client) -> None:
        three(cast)
        links = dict(look().context["presets"])
        assert [line[0] for line in lines(client.get(links["Bara nytta"]))] == ["Ansökan", "Cykelväg", "Bokning"]
        assert lines(client.get(links["Bara genomförbarhet"]))[0][0] == "Bokning"


class TestVersions:
    def publish_another(self, by: User, *, without: str = "", new: str = "") -> None:
        """The next version: N1 weighs 25 and N2 15; or one criterion has another code."""
        draft = versions.copy(model=AssessmentModel.objects.current(), by=by)
        draft.criteria.filter(code="N1").update(weight=25)
        draft.criteria.filter(code="N2").update(weight=15)
        if without:
            draft.criteria.filter(code=without).update(code=new)
        versions.publish(model=draft, by=by)

    def test_the_newest_that_was_used_gives_the_weights_and_older_ones_are_told(self, cast: Cast, look: Look) -> None:
        assessed(cast, "Gammal", N1=5)
        self.publish_another(cast.admin())
        assert look().context["found"].older == 0, "nothing is scored by the new one yet"
        assessed(cast, "Ny", N2=5)
        page = look()
        assert "1 initiativ är bedömt med en äldre version av modellen." in page.content.decode()
        # Gammal has 20 and would have 25 × 4/4 ÷ 100; Ny has 15.
        assert lines(page) == [("Gammal", 1, "oförändrad", "25.0"), ("Ny", 2, "oförändrad", "15.0")]

    def test_a_criterion_that_only_the_older_has_keeps_its_share(self, cast: Cast, look: Look) -> None:
        assessed(cast, "Gammal", N4=5)
        self.publish_another(cast.admin(), without="N4", new="N9")
        self.assess_new(cast)
        names = {f"weight_{code}": "10" for code in ("N1", "N2", "N3", "N9", "N5", "G1", "G2", "G3")}
        # N4 keeps 15 of 100: 12 beside the 80 typed. Gammal answered N4 and seven that weigh 10: 12 ÷ 82.
        assert lines(look(**names)) == [("Gammal", 1, "oförändrad", "14.6"), ("Ny", 2, "ned 1", "12.5")]

    def assess_new(self, cast: Cast) -> None:
        walk = Walk(cast, title="Ny").to(Status.QUALIFIED)
        answers = {code: Mark(1) for code in ("N1", "N2", "N3", "N5", "G1", "G2", "G3")}
        walk.act("assess", cast.lead(), marks={**answers, "N9": Mark(5)})
        walk.act("prioritise", cast.lead(), order=1)


class TestWhoSeesWhat:
    def test_an_open_round_is_not_reckoned_with(self, cast: Cast, look: Look) -> None:
        walk = Walk(cast, title="Pågår").to(Status.QUALIFIED)
        walk.assess_at_home(5)
        for user in (cast.lead(), cast.lead(number=2), cast.coordinator()):
            page = look(user, level="kommun", organisation="skara", scope="all")
            assert page.context["shown"] == []
            assert "Pågår" not in page.content.decode()

    def test_what_one_may_not_see_takes_no_place_and_moves_nobody(self, cast: Cast, look: Look) -> None:
        assessed(cast, "Hemlig", 5)
        shared = assessed(cast, "Delad", 2)
        shared.send_to_v6()
        page = look(cast.lead("vara"), level="kommun", organisation="skara", scope="all", **TRIED)
        assert [(title, place) for title, place, *_ in lines(page)] == [("Delad", 1)]
        assert "Hemlig" not in page.content.decode()


WRITES = re.compile(r"\b(insert|update|delete|lock|savepoint)\b", re.IGNORECASE)


class TestCost:
    def test_nothing_is_written_by_trying(self, cast: Cast, client: Client) -> None:
        three(cast)
        client.force_login(cast.lead())
        for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(ADDRESS, TRIED, **headers).status_code == 200
            assert asked.captured_queries
            assert [one["sql"] for one in asked.captured_queries if WRITES.search(one["sql"])] == []

    @pytest.mark.parametrize("count", [1, 60])
    def test_it_costs_the_same_whatever_its_length(
        self, count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(count):
            assessed(cast, f"{number}", number % 4 + 1, N1=number % 5 + 1)
        client.force_login(cast.lead())
        with django_assert_num_queries(10):
            page = client.get(ADDRESS, TRIED)
        assert page.context["page_obj"].paginator.count == count
        with django_assert_num_queries(9):
            client.get(ADDRESS, TRIED, HTTP_HX_REQUEST="true")

    def test_htmx_gets_the_list_and_not_the_page(self, cast: Cast, client: Client) -> None:
        three(cast)
        client.force_login(cast.lead())
        answer = client.get(ADDRESS, TRIED, HTTP_HX_REQUEST="true")
        text = answer.content.decode()
        assert "<html" not in text
        assert "Cykelväg" in text
        assert "HX-Reswap" not in answer
        assert "HX-Request" in answer["Vary"]

    def test_htmx_keeps_the_list_while_a_weight_cannot_be_read(self, cast: Cast, client: Client) -> None:
        three(cast)
        client.force_login(cast.lead())
        answer = client.get(ADDRESS, {"weight_N1": "-1"}, HTTP_HX_REQUEST="true")
        assert answer["HX-Reswap"] == "none"
        assert NOT_A_WEIGHT in answer.content.decode()

    def test_going_back_in_the_browser_gets_the_whole_page(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.lead())
        restored = client.get(ADDRESS, HTTP_HX_REQUEST="true", HTTP_HX_HISTORY_RESTORE_REQUEST="true")
        assert "<html" in restored.content.decode()
