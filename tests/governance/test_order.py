"""Setting the place in the order: what stands there already is told, and no place is below the end of the queue."""

from __future__ import annotations

import pytest
from django.test import Client

from governance.acts import Act
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk

pytestmark = pytest.mark.django_db


def scored(cast: Cast, title: str) -> Walk:
    walk = Walk(cast, title=title).to(Status.QUALIFIED)
    walk.assess_at_home()
    return walk


def test_the_places_that_are_taken_are_told_and_none_beyond_the_end_is_accepted(cast: Cast, client: Client) -> None:
    first, second = scored(cast, "Digital loggbok"), scored(cast, "Larm på äldreboenden")
    scored(cast, "Bokning av lokaler")
    first.act(Act.PRIORITISE, cast.lead(), order=1)
    client.force_login(cast.lead())
    address = f"{second.case.get_absolute_url()}steg/prioritise/"
    assert "Fastställt hittills: 1 Digital loggbok." in client.get(address).content.decode()
    refused = client.post(address, {"order": "4", "seen": Status.QUALIFIED}).content.decode()
    assert "Kön är inte så lång. Välj en plats från 1 till 3." in refused
    second.case.refresh_from_db()
    assert (second.case.status, second.case.backlog_order) == (Status.QUALIFIED, None)
    client.post(address, {"order": "3", "seen": Status.QUALIFIED})
    second.case.refresh_from_db()
    assert (second.case.status, second.case.backlog_order) == (Status.PRIORITISED, 3)


def test_the_order_of_another_kommun_is_neither_told_nor_counted(cast: Cast, client: Client) -> None:
    theirs = Walk(cast, "vara", title="Hemligt i Vara").to(Status.QUALIFIED)
    theirs.assess_at_home()
    theirs.act(Act.PRIORITISE, cast.lead("vara"), order=1)
    walk = scored(cast, "Digital loggbok")
    client.force_login(cast.lead())
    address = f"{walk.case.get_absolute_url()}steg/prioritise/"
    assert "Hemligt i Vara" not in client.get(address).content.decode()
    assert "från 1 till 1" in client.post(address, {"order": "2", "seen": Status.QUALIFIED}).content.decode()
