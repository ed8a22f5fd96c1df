"""The history of a case, narrowed by what stands in the address."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from governance.actions import attach
from governance.acts import Act
from governance.filters.events import KINDS
from governance.models import Event
from governance.statuses import Status
from governance.workflow import STAYS, TABLE
from tests.cast import Cast
from tests.initiatives.files import pdf
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
    turned = client.get(there, {"first": "2026-05-02", "last": "2026-05-01"}).content.decode()
    assert "Den sista dagen kan inte vara före den första." in turned
    assert "Något i filtret stämmer inte" in turned
    assert "giltigt datum" not in turned


SORTS = {
    "moves": """submit withdraw start_qualification request_supplement supplement qualify refer mark_duplicate
        prioritise decide_local send_to_v6 reject pause resume v6_start v6_qualify close_interest ask_goliska it_assess
        v6_prioritise decide_start return_to_kommun end_unrealised hand_over close""",
    "decisions": """decide_local send_to_v6 reject decide_start end_unrealised answer_interest decide_commitment join
        leave change_leader correct""",
    "written": "create delete_draft supplement answer_gate amend calculate attach remove_attachment",
    "advice": "recommend assess draft_it_assessment it_assess close_round agree declare_conflict",
    "participation": "answer_interest join leave follow unfollow change_leader same_need",
    "work": """start_stage end_stage replan record_cost share_costs record_adoption confirm_benefit name_object attach
        remove_attachment""",
    "following_up": "review_report return_report approve_report read_report "
    "prepare_survey open_survey answer_survey close_survey",
    "meetings": "call_meeting change_meeting open_meeting take_up close_meeting adjust_protocol",
    "record": "set_registry_number mark_secret lift_secrecy correct report release purge",
    "notes": "comment hand_task",
    "imported": "imported",
}


def test_every_act_is_of_some_sort() -> None:
    """The sorts typed by hand; each event found under its own and under no other."""
    moves = set(SORTS["moves"].split())
    for act in Act:
        Event.objects.create(
            reference="DI-2026-0001",
            kind=act,
            word="Ärende" if act is Act.IMPORTED else "",
            occurred_at=timezone.now(),
            actor_name="Kim",
            to_status="submitted" if act in moves else "",
            data={"belongs_to": "projektet"} if act is Act.ATTACH else {},
        )
    written = Event.objects.all()
    assert {key: set(written.filter(sort).values_list("kind", flat=True)) for key, (_label, sort) in KINDS.items()} == {
        key: set(acts.split()) for key, acts in SORTS.items()
    }
    assert set(" ".join(SORTS.values()).split()) == set(Act.values)
    assert moves == {str(row.act) for row in TABLE if row.target is not STAYS}


def test_what_is_attached_to_the_text_is_no_work(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.SUPPLEMENT)
    attach(case=walk.case, by=walk.author, file=ContentFile(pdf()), name="behov.pdf")
    events = Event.objects.filter(case=walk.case, kind=Act.ATTACH)
    assert [events.filter(KINDS[sort][1]).count() for sort in ("written", "work")] == [1, 0]


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
