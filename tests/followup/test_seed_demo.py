"""The demo: its people and the example register, all of it or nothing."""

import re
from html import unescape

import pytest
from django.core.management import CommandError, call_command

from followup.management.commands import seed_demo
from governance.models import Event
from initiatives.models import Initiative
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_mode(settings) -> None:
    settings.DEMO = True


def seed() -> None:
    call_command("seed_demo", verbosity=0)


def test_the_demo_holds_the_example_register_and_its_people() -> None:
    seed()
    assert Initiative.objects.count() == 44
    assert Event.objects.count() == 450
    lead = User.objects.get(username="lead.lidkoping")
    assert Event.objects.filter(actor=lead).exists()


def test_something_asks_for_preparation_and_a_director_has_a_benefit_calculation_to_read(client) -> None:
    seed()
    for username, reference, words in (
        ("lead.lidkoping", "DI-2026-010", "Beredning krävs"),
        ("director.skara", "DI-2026-005", "Netto i pengar över 5 år 140 500 kr"),
    ):
        client.force_login(User.objects.get(username=username))
        page = unescape(re.sub("<[^>]+>", " ", client.get(f"/initiativ/{reference}/").content.decode()))
        assert words in " ".join(page.split())


def test_a_second_time_adds_nothing() -> None:
    seed()
    people = User.objects.count()
    seed()
    assert (User.objects.count(), Initiative.objects.count(), Event.objects.count()) == (people, 44, 450)


def test_no_people_are_left_behind_when_the_register_cannot_be_read(monkeypatch, tmp_path) -> None:
    """Else the next start would find accounts, take the demo for made, and show an empty portal."""
    monkeypatch.setattr(seed_demo, "REGISTER", tmp_path / "saknas.xlsx")
    with pytest.raises(CommandError):
        seed()
    assert not User.objects.exists()
