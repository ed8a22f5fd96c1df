"""The first page, the frame round every page, and the answer to probes."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role
from v6portal.organizations.version import version


@pytest.fixture
def home(client: Client):
    def open_as(user: User, **query: str):
        client.force_login(user)
        return client.get("/", query)

    return open_as


def test_what_waits_stands_first_with_one_button(cast: Cast, home) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    page = home(cast.lead())
    assert page.status_code == 200
    html = page.content.decode()
    assert "En sak väntar på dig som Utvecklingsledare, Skara." in html
    assert reverse("act", args=[walk.case.initiative.reference, "start_qualification"]) in html
    assert 'class="count">1<' in html


def test_the_submitter_sees_whose_turn_it_is(cast: Cast, home) -> None:
    Walk(cast).to(Status.QUALIFYING)
    html = home(cast.staff()).content.decode()
    assert "Mina initiativ" in html
    assert "Utvecklingsledaren kvalificerar" in html
    assert "Det här har hänt" not in html


def test_the_coordinator_sees_the_half_year_of_all_as_the_report_counts_it(cast: Cast, home) -> None:
    Walk(cast).to(Status.SUBMITTED)
    Walk(cast, "vara").to(Status.V6_RECEIVED)
    page = home(cast.coordinator())
    assert page.context["so_far"] == {"received": 2, "sent": 1, "waiting": 1}


def test_the_lead_sees_what_has_happened_and_the_half_year_so_far(cast: Cast, home) -> None:
    Walk(cast).to(Status.V6_RECEIVED)
    page = home(cast.lead())
    html = page.content.decode()
    assert page.context["so_far"] == {"received": 1, "sent": 1, "waiting": 1}
    assert "Beslut: skickas till V6" in html
    assert "Skara just nu" in html


def test_news_of_what_one_may_not_see_is_no_news(cast: Cast, home) -> None:
    Walk(cast, "skara").to(Status.QUALIFYING)
    page = home(cast.lead("vara"))
    assert page.context["events"] == []
    assert page.context["going_on"] == []


def test_somebody_without_a_role_is_told_what_to_do(cast: Cast, home) -> None:
    html = home(cast.outsider()).content.decode()
    assert "Du behöver en roll" in html
    assert "Nytt initiativ" not in html


def test_one_acts_in_one_role_at_a_time(cast: Cast, client: Client) -> None:
    lead = cast.lead()
    network = cast.membership(lead, Role.NETWORK, "v6")
    Walk(cast).to(Status.SUBMITTED)
    client.force_login(lead)
    assert client.get("/").context["page_obj"].paginator.count == 1
    client.post(reverse("act_as"), {"membership": network.pk})
    page = client.get("/")
    assert page.context["page_obj"].paginator.count == 0
    assert "V6 Chefsnätverk, V6" in page.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_first_page_costs_the_same_whatever_waits(
    count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        Walk(cast).to(Status.SUBMITTED)
    client.force_login(cast.lead())
    with django_assert_num_queries(17):
        client.get("/")


@pytest.mark.parametrize("name", ["accessibility", "privacy", "help"])
def test_pages_about_the_portal_are_open_to_everybody(name: str, client: Client, db: None) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "Logga in" not in page.content.decode().split("<main")[0]


@pytest.mark.parametrize("name", ["home", "register", "initiative_new", "ranking", "register_list"])
def test_everything_else_asks_one_to_sign_in(name: str, client: Client, db: None) -> None:
    address = reverse(name)
    assert client.get(address)["Location"] == f"{reverse('login')}?next={address}"


def test_the_frame_names_the_version(client: Client, db: None) -> None:
    assert f"Version {version()}" in client.get(reverse("privacy")).content.decode()


def test_an_unknown_address_is_a_page_in_the_frame(cast: Cast, client: Client) -> None:
    client.force_login(cast.staff())
    page = client.get("/finns-inte/")
    assert page.status_code == 404
    assert "Här finns ingen sida" in page.content.decode()


class TestHealth:
    def test_well(self, client: Client, db: None) -> None:
        answer = client.get("/halsa/")
        assert answer.status_code == 200
        assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok"}
        assert "no-store" in answer["Cache-Control"]

    def test_without_a_database(self, client: Client, db: None) -> None:
        with patch.object(MigrationRecorder, "applied_migrations", side_effect=DatabaseError):
            answer = client.get("/halsa/")
        assert answer.status_code == 503
        assert answer.json()["database"] == "unreachable"

    def test_with_a_migration_missing(self, client: Client, db: None) -> None:
        with patch.object(MigrationRecorder, "applied_migrations", return_value={}):
            answer = client.get("/halsa/")
        assert answer.status_code == 503
        assert answer.json()["migrations"] == "missing"
