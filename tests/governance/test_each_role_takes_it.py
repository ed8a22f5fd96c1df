"""Every act that a form takes, taken with valid input by each role that the typed matrix lets: one event, by her."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from governance.models import Case, Event
from tests.cast import Cast
from tests.governance.every_status import CAPACITIES
from tests.governance.test_act_pages import GIVEN, Given, address, ids
from tests.governance.test_workflow import TYPED
from tests.walk import Walk
from v6portal.organizations.roles import Role

MATRIX = {key: who for key, (_target, who) in TYPED.items()}
MATRIX["resume", "paused"] = MATRIX["pause", "interest"]
EVERYBODY = ["author", *CAPACITIES]

pytestmark = pytest.mark.django_db

PLAIN = {"own": "skara", "leads": "skara", "part": "vara", "other": "essunga", "it": "goliska", "v6": "v6"}
"""The places on the straight way (tests.walk): who wrote it leads."""
CANNOT = {("join", p) for p in ("own", "leads", "part")} | {("follow", p) for p in ("own", "leads", "part")}
CANNOT |= {("unfollow", p) for p in ("own", "leads", "part")} | {("leave", "own"), ("leave", "leads")}
CANNOT |= {("record_adoption", "other")}
"""What is already so, or must be done by somebody else first."""


def takers(given: Given) -> list[str]:
    """Everybody who may take the act; of what everybody may, one of each role."""
    allowed = [who for who in EVERYBODY if who in MATRIX.get((given.act.value, given.status.value), set())]
    able = [who for who in allowed if (given.act.value, who.split("@")[-1]) not in CANNOT and "staff" not in who]
    return able if len(able) < 12 else list({who.split("@")[0]: who for who in reversed(able)}.values())


@pytest.mark.parametrize("given", [given for given in GIVEN if len(takers(given)) > 1], ids=ids)
def test_each_role_that_may_takes_it_with_one_event(cast: Cast, client: Client, given: Given) -> None:
    walk = Walk(cast).to(given.status)
    given.first(walk)
    data = given.data(walk)
    for who in takers(given):
        role, _at, place = who.partition("@")
        person = walk.author if who == "author" else cast.person(Role(role), PLAIN[place])
        if not Case.objects.visible_to(person).filter(pk=walk.case.pk).exists():
            continue  # of another kommun, before it is sent to V6
        client.force_login(person)
        before = Event.objects.count()
        with transaction.atomic():
            here = client.get(address(walk.case, given.act), follow=True).request["PATH_INFO"]
            answer = client.post(here, {**data, "seen": walk.case.status})
            assert (answer.status_code, Event.objects.count()) == (302, before + 1), who
            assert Event.objects.latest("pk").actor == person
            transaction.set_rollback(True)
