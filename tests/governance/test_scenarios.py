"""Spara som scenario: only when asked, for one's own organisation, and one's own to take away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from governance.models import Event
from governance.statuses import Status
from initiatives.actions import delete_scenario, save_scenario
from initiatives.actions.scenarios import MOST
from initiatives.models import Level, Scenario
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

PAGE, SAVE = "/prioritering/vikter/", "/prioritering/vikter/spara/"
HEAVY = {"weight_N1": "0", "weight_G2": "62.5"}


def saved(cast: Cast, by: User, name: str = "Om kostnaden väger tyngst", level: Level = Level.KOMMUN) -> Scenario:
    home = by.current_memberships[0].organisation
    return save_scenario(
        by=by, organisation=home, level=level, name=name, weights={"N1": Decimal(0), "G2": Decimal(60)}
    )


def post(client: Client, user: User, address: str = SAVE, **data: str) -> Any:
    client.force_login(user)
    return client.post(address, data)


class TestSaving:
    def test_the_weights_under_the_name_with_who_where_and_when(self, cast: Cast, client: Client) -> None:
        before = Event.objects.count()
        answer = post(client, cast.lead(), name=" Kostnad ", scope="all", **HEAVY)
        scenario = Scenario.objects.get()
        assert (scenario.name, scenario.level, scenario.organisation.key, scenario.saved_by) == (
            "Kostnad",
            "kommun",
            "skara",
            cast.lead(),
        )
        weights = {"N1": "0", "N2": "20", "N3": "15", "N4": "15", "N5": "5", "G1": "10", "G2": "62.5", "G3": "5"}
        assert scenario.weights == weights
        assert Event.objects.count() == before, "no initiative's record is touched"
        (told,) = get_messages(answer.wsgi_request)
        assert (str(told), told.extra_tags) == ("Scenariot är sparat.", "scenario")
        page = client.get(answer.url)
        assert page.context["form"].weights["G2"] == Decimal("62.5")
        assert page.context["ranking"].selection.scope == "all"

    def test_its_link_fills_in_the_weights(self, cast: Cast, client: Client) -> None:
        saved(cast, cast.lead())
        client.force_login(cast.lead())
        ((_scenario, address, own),) = client.get(PAGE, {"scope": "all"}).context["scenarios"]
        assert own
        page = client.get(address)
        weights = page.context["form"].weights
        assert (weights["N1"], weights["G2"], weights["N2"]) == (0, 60, 20)
        assert page.context["ranking"].selection.scope == "all"

    def test_trying_saves_nothing(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.lead())
        client.get(PAGE, {**HEAVY, "name": "Kostnad"})
        assert client.get(SAVE, {**HEAVY, "name": "Kostnad"}).url == PAGE
        assert not Scenario.objects.exists()

    @pytest.mark.parametrize("name", ["", "   ", "x" * 81])
    def test_a_name_that_will_not_do_keeps_all_that_was_typed(self, name: str, cast: Cast, client: Client) -> None:
        page = post(client, cast.lead(), name=name, **HEAVY)
        assert page.status_code == 200
        assert page.context["named"].errors["name"]
        assert page.context["named"]["name"].value() == name
        assert page.context["form"].weights["G2"] == Decimal("62.5")
        assert not Scenario.objects.exists()

    def test_weights_that_cannot_be_read_are_not_saved(self, cast: Cast, client: Client) -> None:
        page = post(client, cast.lead(), name="Kostnad", weight_N1="-3")
        assert page.context["form"].errors
        assert page.context["named"].errors["name"] == [
            "Rätta vikterna som är markerade först, så kan scenariot sparas."
        ]
        assert page.context["named"]["name"].value() == "Kostnad"
        assert not Scenario.objects.exists()

    def test_the_same_name_twice_is_told_in_any_case(self, cast: Cast, client: Client) -> None:
        saved(cast, cast.lead(), "Kostnad")
        page = post(client, cast.lead(), name="KOSTNAD", **HEAVY)
        assert page.context["named"].errors["name"] == [
            "Du har redan ett scenario som heter så. Välj ett annat namn, eller ta bort det gamla först."
        ]
        saved(cast, cast.lead(number=2), "Kostnad")
        assert Scenario.objects.count() == 2

    def test_pressed_twice_it_is_saved_once(self, cast: Cast, client: Client) -> None:
        for _click in range(2):
            answer = post(client, cast.lead(), name="Kostnad", **HEAVY)
            assert answer.status_code == 302
            assert "Scenariot är sparat." in [str(told) for told in get_messages(answer.wsgi_request)]
        assert Scenario.objects.count() == 1

    def test_the_name_with_other_weights_is_taken(self, cast: Cast, client: Client) -> None:
        post(client, cast.lead(), name="Kostnad", **HEAVY)
        page = post(client, cast.lead(), name="Kostnad", weight_N1="0", weight_G2="62")
        assert page.context["named"].errors["name"] == [
            "Du har redan ett scenario som heter så. Välj ett annat namn, eller ta bort det gamla först."
        ]

    def test_a_nothing_with_an_exponent_is_nothing(self, cast: Cast, client: Client) -> None:
        post(client, cast.lead(), name="Noll", weight_N1="0e99999999", weight_G2="2e1")
        weights = Scenario.objects.get().weights
        assert (weights["N1"], weights["G2"]) == ("0", "20")

    def test_not_without_end(self, cast: Cast) -> None:
        for number in range(MOST):
            saved(cast, cast.lead(), f"{number}")
        with pytest.raises(Refused, match="Du har redan 30 scenarier"):
            saved(cast, cast.lead(), "Ett till")

    def test_a_link_from_another_site_saves_nothing(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        assert post(client, cast.lead(), name="Kostnad", **HEAVY).status_code == 403
        assert not Scenario.objects.exists()


class TestWhoSees:
    def names(self, client: Client, user: User, level: str = "kommun") -> list[str]:
        client.force_login(user)
        page = client.get(PAGE, {"level": level})
        return [scenario.name for scenario, _address, _own in page.context["scenarios"]]

    def test_those_who_follow_the_same_organisation_and_nobody_else(self, cast: Cast, client: Client) -> None:
        saved(cast, cast.lead(), "Skaras")
        for user in (cast.lead(), cast.director(), cast.reader(), cast.lead(number=2)):
            assert self.names(client, user) == ["Skaras"]
        for user in (cast.lead("vara"), cast.coordinator(), cast.admin(), cast.it_officer(), cast.staff()):
            assert self.names(client, user) == []
            assert "Skaras" not in client.get(PAGE, {"level": "kommun", "organisation": "skara"}).content.decode()

    def test_a_medarbetare_sees_her_own(self, cast: Cast, client: Client) -> None:
        saved(cast, cast.staff(), "Eget")
        assert self.names(client, cast.staff()) == ["Eget"]
        assert self.names(client, cast.staff(number=2)) == []

    def test_what_is_saved_in_v6_is_for_those_with_a_role_there(self, cast: Cast, client: Client) -> None:
        saved(cast, cast.coordinator(), "Gemensamt", Level.V6)
        assert self.names(client, cast.network(), "v6") == ["Gemensamt"]
        assert self.names(client, cast.network()) == [], "each level has its own"
        assert self.names(client, cast.lead(), "v6") == []

    def test_with_the_role_a_colleagues_are_gone_and_ones_own_stay(self, cast: Cast, client: Client) -> None:
        """Her own takes its name from her as long as it is there, so she must find it to take it away."""
        own, colleagues = saved(cast, cast.lead(), "Mitt"), saved(cast, cast.lead(number=2), "Skaras")
        cast.lead().memberships.all().delete()
        cast.membership(cast.lead(), Role.LEAD, "vara")
        moved = User.objects.get(pk=cast.lead().pk)
        assert self.names(client, moved) == ["Mitt"]
        assert post(client, moved, f"{PAGE}{colleagues.pk}/ta-bort/").status_code == 404
        assert post(client, moved, f"{PAGE}{own.pk}/ta-bort/").status_code == 302
        assert list(Scenario.objects.all()) == [colleagues]


class TestTakingAway:
    def test_ones_own(self, cast: Cast, client: Client) -> None:
        scenario = saved(cast, cast.lead())
        client.force_login(cast.lead())
        assert client.get(f"{PAGE}{scenario.pk}/ta-bort/").status_code == 302
        assert Scenario.objects.exists(), "following a link changes nothing"
        page = client.post(f"{PAGE}{scenario.pk}/ta-bort/", {"scope": "all", **HEAVY}, follow=True)
        assert "Scenariot är borttaget." in page.content.decode()
        assert page.context["form"].weights["G2"] == Decimal("62.5"), "what one tries stays"
        assert not Scenario.objects.exists()

    def test_a_colleagues_is_hers(self, cast: Cast, client: Client) -> None:
        scenario = saved(cast, cast.lead())
        client.force_login(cast.director())
        assert "Ta bort" not in client.get(PAGE).content.decode()
        page = client.post(f"{PAGE}{scenario.pk}/ta-bort/", follow=True)
        assert "Bara den som har sparat scenariot kan ta bort det." in page.content.decode()
        with pytest.raises(Refused):
            delete_scenario(scenario=scenario, by=cast.director())
        assert Scenario.objects.exists()

    def test_what_one_may_not_see_is_as_missing_as_what_never_was(self, cast: Cast, client: Client) -> None:
        scenario = saved(cast, cast.lead())
        answers = [post(client, cast.lead("vara"), f"{PAGE}{pk}/ta-bort/") for pk in (scenario.pk, scenario.pk + 999)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert Scenario.objects.exists()


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_costs_the_same_whatever_its_length(
    count: int, cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.assess_at_home()
    walk.act("prioritise", cast.lead(), order=1)
    for number in range(count):
        saved(cast, cast.lead(number=number + 1), f"{number}")
    client.force_login(cast.lead())
    with django_assert_num_queries(10):
        page = client.get(PAGE)
    assert len(page.context["scenarios"]) == count
