"""The history of a case, narrowed by what stands in the address."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """From three weeks ago, an act a day, in two organisations and V6, with notes of two organisations."""
    walk = Walk(cast, at=timezone.now() - dt.timedelta(days=21)).to(Status.INTEREST)
    walk.answer("vara")
    walk.act(Act.COMMENT, walk.lead, motivation="Ring leverantören om avtalet.")
    walk.act(Act.COMMENT, cast.lead("vara"), motivation="Vi är tveksamma.")
    return walk


def found(client: Client, walk: Walk, **given: str) -> tuple[str, list[str]]:
    """The heading, and the first line of each event from above."""
    page = client.get(f"{walk.case.get_absolute_url()}handelser/", given).content.decode()
    heading = re.search(r'<h2 id="traffar"[^>]*>([^<]*)</h2>', page)
    assert heading
    events = re.findall(r"<li>\s*<time[^>]*>[^<]*</time>\s*<p>([^<]*)</p>", page)
    return heading[1].strip(), [html.unescape(event) for event in events]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"kind": "decisions"},
            ["Svar på intresseförfrågan: Delta", "Beslut: skickas till V6: stordrift, Skara leder"],
        ),
        ({"kind": "notes"}, ["Arbetsanteckning"]),
        ({"organisation": "vara"}, ["Svar på intresseförfrågan: Delta"]),
        ({"who": "Kommundirektör Vara"}, ["Svar på intresseförfrågan: Delta"]),
        ({"q": "LEVERANTÖREN"}, ["Arbetsanteckning"]),
        ({"q": "v6-kvalificering påbörjad"}, ["V6-kvalificering påbörjad"]),
        ({"organisation": "skara", "kind": "notes", "q": "avtalet"}, ["Arbetsanteckning"]),
        ({"q": "finns ingenstans"}, []),
    ],
)
def test_it_is_narrowed(cast: Cast, client: Client, walk: Walk, given: dict[str, str], told: list[str]) -> None:
    client.force_login(walk.lead)
    heading, events = found(client, walk, **given)
    assert events == told
    assert heading == f"{len(told)} av 13 händelser"


def test_by_day_both_ends_included(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    first, last = (timezone.localdate() - dt.timedelta(days=days) for days in (19, 18))
    _heading, events = found(client, walk, first=first.isoformat(), last=last.isoformat())
    assert events == ["Kvalificeringsfrågor besvarade", "Kvalificering påbörjad"]


def test_what_others_have_noted_is_in_no_count_and_no_choice(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    assert found(client, walk)[0] == "13 händelser"
    page = client.get(f"{walk.case.get_absolute_url()}handelser/").content.decode()
    assert "Utvecklingsledare Vara" not in page
    assert found(client, walk, q="tveksamma") == ("0 av 13 händelser", [])


def test_nothing_found_and_what_is_wrong_say_so(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    there = f"{walk.case.get_absolute_url()}handelser/"
    assert "Inget passar det du har valt" in client.get(there, {"q": "ingenstans"}).content.decode()
    wrong = client.get(there, {"first": "i går"}).content.decode()
    assert "Något i filtret stämmer inte" in wrong
    assert "giltigt datum" in wrong


def test_the_choice_stays_in_the_address_from_page_to_page(
    cast: Cast, client: Client, walk: Walk, django_assert_num_queries: Any
) -> None:
    for _number in range(30):
        walk.at = None
        walk.act(Act.COMMENT, walk.lead, motivation="Ring.")
    client.force_login(walk.lead)
    there = f"{walk.case.get_absolute_url()}handelser/"
    page = client.get(there, {"kind": "notes", "q": "ring"}).content.decode()
    assert "kind=notes&amp;q=ring&amp;page=2" in page
    assert "31 av 43 händelser" in page
    with django_assert_num_queries(9):
        client.get(there, {"kind": "notes", "q": "ring", "page": "2"})
