"""The first administrator is appointed from the server; after that Django admin is enough."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


def test_the_appointed_person_may_open_django_admin(client, cast):
    person = cast.outsider()
    call_command("appoint_administrator", person.username)
    client.force_login(person)
    assert client.get("/admin/").status_code == 200


def test_appointing_twice_gives_one_role(cast, capsys):
    person = cast.outsider()
    call_command("appoint_administrator", person.username)
    call_command("appoint_administrator", person.username)
    assert person.memberships.filter(role=Role.ADMIN).count() == 1
    assert "är redan administratör" in capsys.readouterr().out


def test_somebody_unknown_is_refused(db):
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("appoint_administrator", "ingen")


def test_a_demo_account_is_refused(db):
    User.objects.create(username="demo", is_demo=True)
    with pytest.raises(CommandError, match="demokonto"):
        call_command("appoint_administrator", "demo")
