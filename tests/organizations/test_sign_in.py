"""Signing in and out, and acting in one of several roles."""

import datetime as dt

import pytest
from django.urls import reverse

from v6portal.organizations.access import ACTING_KEY
from v6portal.organizations.roles import Role

LOGIN, LOGOUT, ACT_AS = "/logga-in/", "/logga-ut/", "/byt-roll/"


def sign_in(client, user, password: str, **more: str):
    return client.post(LOGIN, {"username": user.username, "password": password, **more})


def test_the_addresses_are_swedish() -> None:
    assert (reverse("login"), reverse("logout"), reverse("act_as")) == (LOGIN, LOGOUT, ACT_AS)


@pytest.mark.django_db
def test_the_sign_in_page_is_open_to_everybody(client) -> None:
    response = client.get(LOGIN)
    assert response.status_code == 200
    assert "Logga in" in response.content.decode()


def test_the_right_password_signs_in(client, cast) -> None:
    response = sign_in(client, cast.lead("skara"), cast.password)
    assert response.status_code == 302
    assert response.url == "/"
    assert client.session["_auth_user_id"] == str(cast.lead("skara").pk)


def test_the_wrong_password_does_not_and_says_so(client, cast) -> None:
    response = sign_in(client, cast.lead("skara"), "fel")
    assert response.status_code == 200
    assert "hör inte ihop" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(client, cast) -> None:
    lead = cast.lead("skara")
    lead.is_active = False
    lead.save()
    sign_in(client, lead, cast.password)
    assert "_auth_user_id" not in client.session


def test_one_comes_to_the_page_one_asked_for(client, cast) -> None:
    assert sign_in(client, cast.lead("skara"), cast.password, next="/initiativ/").url == "/initiativ/"


@pytest.mark.parametrize("elsewhere", ["https://ond.example/", "//ond.example/", "javascript:alert(1)"])
def test_but_never_to_somebody_elses(client, cast, elsewhere: str) -> None:
    assert sign_in(client, cast.lead("skara"), cast.password, next=elsewhere).url == "/"


def test_signing_out_ends_the_session(client, cast) -> None:
    client.force_login(cast.lead("skara"))
    response = client.post(LOGOUT)
    assert response.url == LOGIN
    assert "_auth_user_id" not in client.session


def test_signing_out_is_an_act_and_not_a_link(client, cast) -> None:
    client.force_login(cast.lead("skara"))
    assert client.get(LOGOUT).status_code == 405


# --- Acting in one of several roles


@pytest.fixture
def two_roles(client, cast):
    """Skara's utvecklingsledare, who also sits in V6 Chefsnätverk; signed in."""
    lead = cast.lead("skara")
    network = cast.membership(lead, Role.NETWORK, "v6")
    client.force_login(lead)
    return lead.memberships.get(role=Role.LEAD), network


def test_one_acts_in_the_first_role_until_one_chooses(client, two_roles) -> None:
    lead, _network = two_roles
    request = client.get(LOGIN).wsgi_request
    assert request.user.acting == lead
    assert request.user.capacities == [lead]


def test_a_chosen_role_is_remembered_and_confirmed(client, two_roles) -> None:
    _lead, network = two_roles
    response = client.post(ACT_AS, {"membership": network.pk, "next": "/initiativ/?q=x"})
    assert response.url == "/initiativ/?q=x"
    assert [str(m) for m in response.wsgi_request._messages] == ["Nu arbetar du som V6 Chefsnätverk, V6."]
    assert client.get(LOGIN).wsgi_request.user.capacities == [network]


@pytest.mark.parametrize("elsewhere", ["https://ond.example/", "//ond.example/", "\\\\ond.example", ""])
def test_the_way_back_is_always_within_the_portal(client, two_roles, elsewhere: str) -> None:
    response = client.post(ACT_AS, {"membership": two_roles[1].pk, "next": elsewhere})
    assert response.url == reverse("home")


def test_somebody_elses_role_is_refused(client, cast, two_roles) -> None:
    theirs = cast.director("vara").current_memberships[0]
    assert client.post(ACT_AS, {"membership": theirs.pk}).status_code == 403
    assert ACTING_KEY not in client.session


@pytest.mark.parametrize("nonsense", ["", "0", "x", "1 or 1=1", "9" * 40])
def test_nonsense_is_refused(client, two_roles, nonsense: str) -> None:
    assert client.post(ACT_AS, {"membership": nonsense}).status_code == 403


def test_a_role_that_has_ended_is_refused_and_falls_away(client, two_roles) -> None:
    lead, network = two_roles
    client.post(ACT_AS, {"membership": network.pk})
    network.valid_to = dt.date(2024, 12, 31)
    network.save()
    assert client.get(LOGIN).wsgi_request.user.acting == lead
    assert client.post(ACT_AS, {"membership": network.pk}).status_code == 403


def test_choosing_is_an_act_and_not_a_link(client, two_roles) -> None:
    assert client.get(ACT_AS).status_code == 405


def test_the_choice_does_not_follow_to_the_next_person(client, cast, two_roles) -> None:
    client.post(ACT_AS, {"membership": two_roles[1].pk})
    client.post(LOGOUT)
    client.force_login(cast.director("vara"))
    assert client.get(LOGIN).wsgi_request.user.acting == cast.director("vara").current_memberships[0]
