"""Göliska IT: asked with what it needs, its queue and commitments, its capacity, and how fast it answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from followup.actions import state_capacity
from followup.it_capacity import Answer, AnswerTime, Effort, Load, answer_times, loads
from followup.models import Capacity
from followup.periods import HalfYear
from followup.presenting.goliska import Waiting, goliska
from governance.acts import Act
from governance.models import ItAssessment
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused
from v6portal.organizations.roles import Role

A, S = Act, Status
NOW = timezone.localdate
FIRST, SECOND, THIRD = HalfYear(2026, 2), HalfYear(2027, 1), HalfYear(2027, 2)
TODAY = dt.date(2026, 11, 26)


def listed(waiting: Waiting) -> list[str]:
    return [row.case.initiative.title for row in waiting.rows]


class TestAsked:
    """It goes to Göliska IT with what Göliska IT needs to begin, or not at all."""

    @pytest.mark.parametrize(
        ("without", "sentence"),
        [
            ("it_request", "Skriv vad Göliska IT ska bedöma."),
            ("wished_start", "Ange när arbetet önskas börja."),
            ("it_users", "Ange hur många som beräknas använda lösningen"),
        ],
    )
    def test_nothing_may_lack(self, without: str, sentence: str, cast: Cast) -> None:
        walk = Walk(cast).to(S.INTEREST)
        walk.all_answer()
        given: dict[str, Any] = {"it_request": "Kan ni?", "wished_start": walk.today, "it_users": 0}
        with pytest.raises(Refused, match=sentence):
            walk.act(A.ASK_GOLISKA, cast.coordinator(), **{**given, without: None})
        earlier = {**given, "wished_start": walk.today - dt.timedelta(days=1)}
        with pytest.raises(Refused, match="ligger bakåt i tiden"):
            walk.act(A.ASK_GOLISKA, cast.coordinator(), **earlier)
        walk.act(A.ASK_GOLISKA, cast.coordinator(), **given)
        assert walk.case.status == S.IT_ASSESSMENT

    def test_the_officer_reads_it_beside_what_she_writes(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        client.force_login(cast.it_officer())
        page = client.get(f"{walk.case.get_absolute_url()}steg/draft_it_assessment/").content.decode()
        assert "Frågan till Göliska IT" in page
        assert "Går låsen att koppla till inloggningen?" in page
        assert "Timmar hos Göliska IT" in page

    def test_a_second_time_it_is_decided_on_anew(self, cast: Cast) -> None:
        """The no of the first time does not stop what has come again with another question."""
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        walk.it_assess(commitment_needed=True)
        director = cast.it_director()
        walk.act(A.DECIDE_COMMITMENT, director, commitment="no", **decision(director))
        walk.act(A.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Göliska IT säger nej.")
        walk.send_to_v6()
        walk.v6_start()
        walk.v6_qualify()
        for kommun in ("essunga", "grastorp", "gotene"):
            walk.answer(kommun, "decline")
        walk.act(A.ASK_GOLISKA, cast.coordinator(), it_request="Och nu?", wished_start=walk.today, it_users=5)
        again = ItAssessment.objects.get(case=walk.case)
        assert (again.request, again.commitment, again.handed_in_at) == ("Och nu?", "", None)
        asked = walk.case.events.filter(kind=A.ASK_GOLISKA).values_list("data__it_request", flat=True)
        assert list(asked) == ["Går låsen att koppla till inloggningen?", "Och nu?"]

    def test_what_was_said_binds_no_later_round_in_which_it_is_not_asked(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        walk.it_assess(commitment_needed=True)
        director = cast.it_director()
        walk.act(A.DECIDE_COMMITMENT, director, commitment="no", **decision(director))
        walk.act(A.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Vi klarar det utan Göliska IT.")
        earlier = ItAssessment.objects.get(case=walk.case)
        assert (earlier.commitment, earlier.commitment_needed, earlier.handed_in_at) == ("", False, None)
        assert earlier.impact, "the text stays as a beginning"
        for step in (walk.send_to_v6, walk.v6_start, walk.v6_qualify, walk.close_interest, walk.v6_prioritise):
            step()
        walk.decide_start()
        assert walk.case.status == S.IN_PROGRESS


def test_the_page_for_everybody_with_a_role(cast: Cast, client: Client) -> None:
    """Queue, commitments, capacity and answer times together; titles only of what one may read."""
    long_ago = timezone.now() - dt.timedelta(days=60)
    Walk(cast, at=long_ago, title="Fråga som väntat").to(S.IT_ASSESSMENT)
    secret = Walk(cast, title="Skyddade adresser").to(S.IT_ASSESSMENT)
    readers = [(cast.orgs["skara"], role) for role in (Role.REGISTRAR, Role.LEAD)]
    marking = {"legal_basis": "OSL 21:3", "marked_on": NOW(), "readers": readers}
    secret.act(A.MARK_SECRET, cast.registrar(), **marking)
    waits = Walk(cast, title="Väntar på åtagande").to(S.IT_ASSESSMENT)
    officer = cast.it_officer()
    parts = dict.fromkeys(("impact", "capacity", "cost", "security"), "Liten.")
    waits.act(A.DRAFT_IT_ASSESSMENT, officer, **parts, commitment_needed=True, effort_hours=300)
    waits.act(A.IT_ASSESS, officer)
    half_year = HalfYear.of(NOW() + dt.timedelta(days=90))
    state_capacity(half_year=half_year, hours=1000, by=cast.it_director())
    state_capacity(half_year=half_year, hours=250, by=officer)

    page = goliska(cast.reader("vara"))
    assert (listed(page.to_assess), page.to_assess.total, page.to_assess.unreadable) == (["Fråga som väntat"], 2, 1)
    (row,) = page.to_assess.rows
    assert (row.kommuner, row.days > 20, row.days_late > 0, row.due) == ("Lidköping, Skara, Vara", True, True, "late")
    assert listed(page.to_commit) == ["Väntar på åtagande"]
    load = next(load for load in page.loads if load.half_year == half_year)
    assert (load.committed, load.asked, load.capacity, load.left) == (0, 300, 250, -50)
    assert [load.capacity for load in page.loads if load.half_year != half_year] == [None] * 3
    assert page.times[0] == AnswerTime(HalfYear.of(NOW()), 1, 0.0, 100.0)
    assert page.times[1] == AnswerTime(HalfYear.of(NOW()).previous(), 0, None, None)

    waits.act(A.DECIDE_COMMITMENT, cast.it_director(), commitment="yes", **decision(cast.it_director()))
    after = goliska(cast.reader("vara"))
    assert listed(after.to_commit) == []
    assert next(one.committed for one in after.loads if one.half_year == half_year) == 300

    client.force_login(cast.reader("vara"))
    html = client.get("/goliska/").content.decode()
    assert "Skyddade adresser" not in html
    assert "1 initiativ som du inte får läsa" in html
    assert "Ange kapacitet" not in html
    sent = {"half_year": half_year.code, "hours": "9"}
    assert client.post("/goliska/", sent).status_code == 403
    assert Capacity.objects.get().hours == 250
    client.force_login(officer)
    assert "Ange hur många timmar ni har." in client.post("/goliska/", {**sent, "hours": ""}).content.decode()
    client.post("/goliska/", sent)
    assert (Capacity.objects.get().hours, Capacity.objects.get().stated_by) == (9, officer)


@pytest.mark.parametrize("count", [1, 6])
def test_as_many_statements_however_much_waits(
    count: int, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        Walk(cast, title=f"Nummer {number}").to(S.IT_ASSESSMENT)
    reader = cast.reader()
    assert reader.current_memberships
    with django_assert_num_queries(8):
        goliska(reader)


def test_hours_by_half_year_and_what_is_unknown_is_not_nothing() -> None:
    efforts = [
        Effort(dt.date(2026, 3, 1), 40, is_committed=True),  # should have begun: counts as now
        Effort(dt.date(2026, 12, 31), 60, is_committed=False),
        Effort(dt.date(2027, 1, 1), 100, is_committed=True),
        Effort(dt.date(2027, 6, 30), None, is_committed=False),
        Effort(dt.date(2031, 1, 1), 999, is_committed=True),  # beyond what is shown
        Effort(None, 500, is_committed=True),
    ]
    found = loads(efforts, {FIRST: 80, SECOND: 0}, TODAY)
    assert found == [
        Load(FIRST, committed=40, asked=60, unestimated=0, capacity=80),
        Load(SECOND, committed=100, asked=0, unestimated=1, capacity=0),
        Load(THIRD, committed=0, asked=0, unestimated=0, capacity=None),
        Load(HalfYear(2028, 1), committed=0, asked=0, unestimated=0, capacity=None),
    ]
    assert [load.left for load in found] == [-20, -100, None, None]


def test_answer_times_are_counted_where_they_ended() -> None:
    def answer(asked: dt.date, days: int) -> Answer:
        return Answer(asked, asked + dt.timedelta(days=days), due=asked + dt.timedelta(days=20))

    answers = [
        answer(dt.date(2026, 6, 25), 10),
        answer(dt.date(2026, 8, 1), 20),
        answer(dt.date(2026, 8, 1), 21),
        answer(dt.date(2026, 9, 1), 40),
    ]
    assert answer_times(answers, [FIRST, HalfYear(2026, 1)]) == [
        AnswerTime(FIRST, 4, 20.5, 50.0),
        AnswerTime(HalfYear(2026, 1), 0, None, None),
    ]
