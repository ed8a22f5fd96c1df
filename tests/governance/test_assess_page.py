"""Scoring: alone until one has handed in one's own, side by side afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from governance.acts import Act
from governance.models import Event
from governance.statuses import Status
from initiatives.models import Assessment
from tests.cast import Cast
from tests.walk import CRITERIA, Walk, marks

pytestmark = pytest.mark.django_db


def address(walk: Walk) -> str:
    return f"/initiativ/{walk.case.initiative.reference}/bedom/"


def all_answered(value: str = "4", **more: str) -> dict[str, str]:
    return {f"value_{code}": value for code in CRITERIA} | more


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.V6_PRIORITISING)


def test_all_words_of_all_levels_are_in_sight_beside_the_text(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.lead())
    page = client.get(address(walk)).content.decode()
    for words in ("Tydlig för en grupp", "Lagkrav med datum", "Beprövad, resurser finns", "Vet inte"):
        assert words in page
    assert "Personalen hämtar och lämnar fysiska nycklar" in page
    assert page.count('type="radio"') == len(CRITERIA) * 6


def test_half_an_assessment_is_saved_for_oneself_alone(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.lead())
    client.post(address(walk), {"value_N1": "5", "motivation_N1": "Många berörs.", "value_G3": "unknown", "save": "1"})
    form = client.get(address(walk)).context["form"]
    assert form["value_N1"].value() == "5"
    assert form["motivation_N1"].value() == "Många berörs."
    assert form["value_G3"].value() == "unknown"
    assert form["value_N2"].value() is None
    sheet = Assessment.objects.get(assessor=cast.lead(), round__level="v6")
    assert not sheet.is_handed_in
    assert not Event.objects.filter(case=walk.case, kind=Act.ASSESS, actor=cast.lead(), role="lead").filter(
        occurred_at__gt=walk.case.status_since
    )


def test_handing_in_asks_for_an_answer_everywhere_and_keeps_what_was_typed(
    cast: Cast, client: Client, walk: Walk
) -> None:
    client.force_login(cast.lead())
    answer = client.post(address(walk), {"value_N1": "5", "motivation_N1": "Många berörs.", "hand_in": "1"})
    page = answer.content.decode()
    assert page.count("Välj 1–5 eller vet inte.</a>") == len(CRITERIA) - 1
    assert "Många berörs.</textarea>" in page
    assert answer.context["form"]["value_N1"].value() == "5"
    assert not Assessment.objects.filter(assessor=cast.lead(), round__level="v6")


def test_words_need_an_answer_to_belong_to(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.lead())
    page = client.post(address(walk), {"motivation_N2": "Svårt att säga.", "save": "1"}).content.decode()
    assert "Välj 1–5 eller vet inte." in page
    assert "Svårt att säga.</textarea>" in page


def test_what_is_handed_in_counts_and_is_logged(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.lead())
    before = Event.objects.filter(case=walk.case, kind=Act.ASSESS).count()
    client.post(address(walk), all_answered("5", value_G3="unknown", hand_in="1", seen="v6_prioritising"))
    round = walk.case.initiative.rounds.get(level="v6")
    assert (round.handed_in, float(round.joint_score), float(round.certainty)) == (1, 100.0, 0.95)
    assert Event.objects.filter(case=walk.case, kind=Act.ASSESS).count() == before + 1


class TestBlindness:
    @pytest.fixture(autouse=True)
    def _one_has_handed_in(self, walk: Walk, cast: Cast) -> None:
        answers = marks(5)
        answers["N1"] = type(answers["N1"])(1, "Det är Varas ord.")
        walk.act(Act.ASSESS, cast.lead("vara"), marks=answers)

    @pytest.mark.parametrize("person", ["lead", "coordinator", "reader", "director", "network"])
    def test_before_one_has_handed_in_nothing_leaks(self, cast: Cast, client: Client, walk: Walk, person: str) -> None:
        client.force_login(getattr(cast, person)())
        answer = client.get(address(walk), follow=True)
        page, where = answer.content.decode(), answer.request["PATH_INFO"]
        assert "Det är Varas ord." not in page
        asked_or_closing = person in ("lead", "coordinator")  # they see who is done, not what
        assert ("Utvecklingsledare Vara" in page) == (asked_or_closing and "jamfor" in where)
        assert "av 100" not in page
        assert "Median" not in page

    def test_saving_without_handing_in_opens_nothing(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(cast.lead())
        client.post(address(walk), all_answered("3", save="1"))
        assert "Det är Varas ord." not in client.get(address(walk)).content.decode()

    def test_afterwards_the_answers_stand_side_by_side(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(cast.lead())
        page = client.post(address(walk), all_answered("4", hand_in="1"), follow=True).content.decode()
        assert "Utvecklingsledare Vara" in page
        assert "Utvecklingsledare Skara" in page
        assert "Det är Varas ord." in page
        assert page.index("N1 Nytta för invånare") < page.index("N2 Nytta för medarbetare")
        assert "1, 4 · median 2,5 · spann 3" in page
        assert "2,5" in page

    def test_the_most_divided_comes_first(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(cast.lead())
        client.post(address(walk), all_answered("5", value_N1="5", value_G2="4", hand_in="1"))
        lines = client.get(address(walk), follow=True).context["lines"]
        assert [line.answers.criterion.code for line in lines][:2] == ["N1", "G2"]

    def test_jav_shows_nothing_until_the_round_is_closed(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.act(Act.DECLARE_CONFLICT, cast.lead("lidkoping"), motivation="Min bror säljer.")
        client.force_login(cast.lead("lidkoping"))
        page = client.get(address(walk), follow=True).content.decode()
        assert "Du har anmält jäv." in page
        assert "Det är Varas ord." not in page
        assert client.post(address(walk), all_answered(hand_in="1")).status_code in (403, 409)
        walk.act(Act.ASSESS, cast.lead(), marks=marks(4))
        walk.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
        closed = client.get(address(walk), follow=True).content.decode()
        assert "Det är Varas ord." in closed
        assert "1 med jäv räknas inte" in closed
        assert "Utvecklingsledare Lidköping" not in closed.split("h2 id")[1].split("Vad det gäller")[0]

    def test_when_the_round_is_closed_everybody_may_compare(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.act(Act.ASSESS, cast.lead(), marks=marks(4))
        walk.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
        for reader in (cast.coordinator(), cast.reader("essunga"), cast.lead("gotene")):
            client.force_login(reader)
            assert "Det är Varas ord." in client.get(address(walk), follow=True).content.decode()


def test_who_is_not_asked_cannot_save_or_hand_in(cast: Cast, client: Client, walk: Walk) -> None:
    for other in (cast.coordinator(), cast.lead("essunga"), cast.director()):
        client.force_login(other)
        for button in ("save", "hand_in"):
            assert client.post(address(walk), all_answered(**{button: "1"})).status_code == 403
    assert not Assessment.objects.filter(round__level="v6")
    client.force_login(cast.outsider())
    assert client.get(address(walk)).status_code == 404


def test_at_home_the_own_leads_assess(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    client.force_login(cast.lead("skara", 2))
    client.post(address(walk), all_answered("2", hand_in="1"))
    assert walk.case.initiative.rounds.get(level="kommun").handed_in == 1
    client.force_login(cast.lead("vara"))
    assert client.get(address(walk)).status_code == 404


def test_the_kommuns_own_result_does_not_colour_the_answers_in_v6(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.lead())
    assert "av 100" not in client.get(address(walk)).content.decode()


def test_before_anything_is_assessed_the_page_says_when_it_will_be(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    client.force_login(walk.lead)
    assert "har inte bedömts än" in client.get(address(walk), follow=True).content.decode()


def test_a_round_closed_meanwhile_keeps_what_was_typed(cast: Cast, client: Client, walk: Walk) -> None:
    for kommun in ("skara", "vara"):
        walk.assess_in_v6(kommun)
    walk.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
    client.force_login(cast.lead("lidkoping"))
    sent = client.post(address(walk), all_answered(motivation_N1="Så synd.", hand_in="1", seen="v6_prioritising"))
    assert sent.status_code == 409


@pytest.mark.parametrize(("handed_in", "statements"), [(False, 10), (True, 7)])
def test_the_page_asks_the_database_as_often_however_many_have_answered(
    cast: Cast, client: Client, walk: Walk, django_assert_num_queries: Any, handed_in: bool, statements: int
) -> None:
    client.force_login(cast.lead())
    if handed_in:
        walk.assess_in_v6("skara")
    client.get(address(walk))
    for kommun in ("vara", "lidkoping"):
        walk.assess_in_v6(kommun)
        client.get(address(walk))
        with django_assert_num_queries(statements):
            client.get(address(walk))
