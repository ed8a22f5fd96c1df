"""Att göra: what waits for whom, status by status, and that it never promises what the workflow refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from governance.actions import delete_draft
from governance.acts import Act
from governance.models import Case
from governance.presenting import todo
from governance.reading import actor_for, read_facts
from governance.statuses import Status
from governance.workflow import row_for
from initiatives.models import GateReply
from tests.cast import KOMMUNER, Cast
from tests.walk import ROUTES, Walk, decision, marks
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

S, A = Status, Act


def waits_for(user: User) -> list[Act]:
    return [row.line.act for row in todo.described(todo.in_order(user), user)]


def refused(user: User) -> list[str]:
    """What stands on the person's list although the workflow would not let her do it."""
    found = []
    for row in todo.described(todo.in_order(user), user):
        case = Case.objects.select_related("initiative__organisation").get(pk=row.case.pk)
        facts, actor = read_facts(case), actor_for(user, case)
        step = row_for(row.line.act, facts, actor)
        if step is None or (row.line.page == "act" and step.obstacles_for(facts)):
            found.append(f"{row.line.act} in {case.status}")
    return found


def everybody(cast: Cast) -> dict[str, User]:
    """One holder of each role that acts, in the home kommun and in two others."""
    people = {"author": cast.staff(), "lead": cast.lead(), "manager": cast.manager(), "director": cast.director()}
    for kommun in ("vara", "essunga"):
        people |= {f"lead {kommun}": cast.lead(kommun), f"director {kommun}": cast.director(kommun)}
    people |= {"coordinator": cast.coordinator(), "officer": cast.it_officer(), "it director": cast.it_director()}
    return people


EXPECTED: dict[Status, dict[str, Act]] = {
    S.DRAFT: {},
    S.SUBMITTED: {"lead": A.START_QUALIFICATION},
    S.QUALIFYING: {"lead": A.ANSWER_GATE},
    S.SUPPLEMENT: {"author": A.SUPPLEMENT},
    S.QUALIFIED: {"lead": A.ASSESS},
    S.PRIORITISED: {"manager": A.DECIDE_LOCAL, "director": A.DECIDE_LOCAL},
    S.LOCAL: {"lead": A.START_STAGE},
    S.V6_RECEIVED: {"coordinator": A.V6_START},
    S.V6_QUALIFYING: {"coordinator": A.ANSWER_GATE},
    S.INTEREST: {"director vara": A.ANSWER_INTEREST, "director essunga": A.ANSWER_INTEREST},
    S.IT_ASSESSMENT: {"officer": A.DRAFT_IT_ASSESSMENT},
    S.V6_PRIORITISING: {"lead": A.ASSESS, "lead vara": A.ASSESS},
    S.AWAITING_START: {"director": A.DECIDE_START},
    S.IN_PROGRESS: {},
    S.PAUSED: {},
}
"""Typed by hand from docs/process.md; Skara's initiative, Skara leads, Vara and Lidköping take part."""


@pytest.mark.parametrize("status", ROUTES)
def test_what_waits_for_whom_on_arrival(status: Status, cast: Cast) -> None:
    """The right people, only what the workflow lets them do, and the same number in the header."""
    Walk(cast).to(status)
    people = everybody(cast)
    found = {name: waits_for(person) for name, person in people.items()}
    assert {name: acts for name, acts in found.items() if acts} == {k: [v] for k, v in EXPECTED[status].items()}
    assert [refusal for person in people.values() for refusal in refused(person)] == []
    assert all(todo.waiting_for(person).count() == len(found[name]) for name, person in people.items())


class TestHowItGoesOn:
    """A line gives way to the next as things get done."""

    def test_questions_first_and_then_the_approval(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.QUALIFYING)
        walk.answer_k()
        assert waits_for(cast.lead()) == [A.QUALIFY]

    def test_a_no_without_a_reason_is_not_ready(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.QUALIFYING)
        walk.answer_k(GateReply.NO)
        assert waits_for(cast.lead()) == [A.ANSWER_GATE]

    def test_the_assessment_goes_away_when_handed_in_and_prioritising_follows(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.QUALIFIED)
        walk.assess_at_home()
        assert waits_for(cast.lead()) == [A.PRIORITISE]
        assert waits_for(cast.lead(number=2)) == [A.ASSESS]

    def test_somebody_with_jav_is_not_asked_again(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.QUALIFIED)
        walk.act(A.DECLARE_CONFLICT, cast.lead(), motivation="Min syster äger företaget.")
        assert waits_for(cast.lead()) == []

    def test_v6_is_prioritised_when_enough_kommuner_have_assessed(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.V6_PRIORITISING)
        walk.assess_in_v6("vara")
        walk.act(A.ASSESS, cast.lead("vara", 2), marks=marks(2))
        assert waits_for(cast.coordinator()) == []
        walk.assess_in_v6("skara")
        assert waits_for(cast.coordinator()) == [A.V6_PRIORITISE]
        assert waits_for(cast.lead("lidkoping")) == [A.ASSESS]

    def test_a_director_who_has_answered_is_not_asked_again(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.INTEREST)
        walk.answer("vara", "wait")
        assert waits_for(cast.director("vara")) == []
        assert waits_for(cast.director("essunga")) == [A.ANSWER_INTEREST]

    def test_the_inquiry_is_closed_when_all_have_answered(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.INTEREST)
        walk.all_answer()
        assert waits_for(cast.coordinator()) == [A.CLOSE_INTEREST]

    def test_or_when_the_last_day_has_passed(self, cast: Cast) -> None:
        Walk(cast, at=timezone.now() - dt.timedelta(days=60)).to(S.INTEREST)
        assert waits_for(cast.coordinator()) == [A.CLOSE_INTEREST]
        assert waits_for(cast.director("vara")) == [A.ANSWER_INTEREST]

    def test_goliska_hands_in_what_is_written(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        walk.draft_it_assessment()
        assert waits_for(cast.it_officer()) == [A.IT_ASSESS]

    def test_start_waits_for_the_commitment_that_is_needed(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        walk.it_assess(commitment_needed=True)
        assert waits_for(cast.it_director()) == [A.DECIDE_COMMITMENT]
        walk.v6_prioritise()
        assert waits_for(cast.director()) == []
        walk.act(A.DECIDE_COMMITMENT, cast.it_director(), commitment="yes", **decision(cast.it_director()))
        assert waits_for(cast.it_director()) == []
        assert waits_for(cast.director()) == [A.DECIDE_START]

    def test_a_no_from_goliska_stops_the_start_and_says_what_can_be_done(self, cast: Cast) -> None:
        """Neither forgotten nor gone round: two are asked to decide, and a new yes opens the way again."""
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        walk.it_assess(commitment_needed=True)
        walk.v6_prioritise()
        it_director = cast.it_director()
        walk.act(A.DECIDE_COMMITMENT, it_director, commitment="no", **decision(it_director))
        with pytest.raises(Refused, match="Göliska IT har sagt nej"):
            walk.decide_start()
        assert waits_for(cast.director()) == [A.END_UNREALISED]
        assert waits_for(cast.coordinator()) == [A.RETURN_TO_KOMMUN]
        assert waits_for(it_director) == []
        walk.act(A.DECIDE_COMMITMENT, it_director, commitment="yes", **decision(it_director))
        assert waits_for(cast.coordinator()) == []
        walk.decide_start()

    def test_a_stage_past_its_planned_end(self, cast: Cast) -> None:
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=40)).to(S.LOCAL)
        planned = timezone.localdate() - dt.timedelta(days=3)
        lead = cast.lead()
        walk.act(A.START_STAGE, lead, stage_type="project", start=walk.today, planned_end=planned)
        (row,) = todo.described(todo.in_order(lead), lead)
        assert (row.line.act, row.days, row.days_late) == (A.END_STAGE, 3, 3)

    def test_after_the_stage_the_next_step_is_to_be_chosen(self, cast: Cast) -> None:
        """Since the day on which the last one ended, not since the work began."""
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=60)).to(S.IN_PROGRESS)
        ended = timezone.localdate() - dt.timedelta(days=4)
        walk.act(A.END_STAGE, cast.lead(), stage=walk.case.stages.get(), end=ended, outcome="done")
        (row,) = todo.described(todo.in_order(cast.lead()), cast.lead())
        assert (row.line.act, row.days, row.deadline) == (A.START_STAGE, 4, None)

    def test_what_is_paused_comes_back_on_its_day(self, cast: Cast) -> None:
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=40)).to(S.QUALIFIED)
        walk.act(
            A.PAUSE,
            cast.lead(),
            review_on=timezone.localdate() - dt.timedelta(days=2),
            motivation="Väntar på avtal.",
        )
        (row,) = todo.described(todo.in_order(cast.lead()), cast.lead())
        assert (row.line.act, row.days_late) == (A.RESUME, 2)


DAYS: dict[Status, int] = {
    S.SUBMITTED: 10,
    S.QUALIFYING: 20,
    S.SUPPLEMENT: 14,
    S.QUALIFIED: 40,
    S.PRIORITISED: 30,
    S.V6_RECEIVED: 10,
    S.V6_QUALIFYING: 20,
    S.INTEREST: 30,
    S.IT_ASSESSMENT: 20,
    S.V6_PRIORITISING: 40,
    S.AWAITING_START: 30,
}
"""Typed from the table of days in docs/process.md; for the inquiry, what the walk asks for."""


@pytest.mark.parametrize("status", DAYS)
def test_every_line_says_by_which_day(status: Status, cast: Cast) -> None:
    """Never on a weekend: then the Monday after."""
    walk = Walk(cast).to(status)
    due = timezone.localdate() + dt.timedelta(days=DAYS[status])
    if status is not S.INTEREST and due.weekday() >= 5:
        due += dt.timedelta(days=7 - due.weekday())
    rows = [row for person in everybody(cast).values() for row in todo.described(todo.in_order(person), person)]
    assert rows
    assert {row.deadline for row in rows} == {due}, walk.case.status


class TestAgreesWithTheWorkflow:
    """What stands on *Att göra* can be done; and nobody but those whom the table names is asked."""

    @pytest.mark.parametrize(
        "go_on",
        [
            lambda w: w.to(S.QUALIFYING).answer_k(),
            lambda w: w.to(S.QUALIFIED).assess_at_home(),
            lambda w: w.to(S.V6_QUALIFYING),
            lambda w: w.to(S.INTEREST).all_answer(),
            lambda w: w.to(S.IT_ASSESSMENT).draft_it_assessment(),
            lambda w: w.to(S.IT_ASSESSMENT).it_assess(commitment_needed=True),
            lambda w: (w.to(S.V6_PRIORITISING), w.assess_in_v6("vara"), w.assess_in_v6("lidkoping")),
            lambda w: w.to(S.IN_PROGRESS).end_stage(),
        ],
    )
    def test_on_the_way(self, go_on: Callable[[Walk], object], cast: Cast) -> None:
        go_on(Walk(cast))
        assert [refusal for person in everybody(cast).values() for refusal in refused(person)] == []

    def test_every_line_names_somebody(self) -> None:
        assert [line.act for line in todo.LINES if not line.who] == []


class TestWho:
    def test_only_in_the_capacity_one_acts_in(self, cast: Cast) -> None:
        lead = cast.lead()
        cast.membership(lead, Role.COORDINATOR, "v6")
        Walk(cast).to(S.SUBMITTED)
        Walk(cast).to(S.V6_RECEIVED)
        assert set(waits_for(lead)) == {A.START_QUALIFICATION, A.V6_START}
        lead.acting = lead.current_memberships[1]
        assert waits_for(lead) == [A.V6_START]

    def test_the_author_writes_her_supplement_whatever_she_acts_as(self, cast: Cast) -> None:
        author = cast.staff()
        cast.membership(author, Role.READER, "v6")
        Walk(cast).to(S.SUPPLEMENT)
        for capacity in author.current_memberships:
            author.acting = capacity
            assert waits_for(author) == [A.SUPPLEMENT]

    def test_the_kommun_that_leads_today_decides(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.AWAITING_START)
        director = cast.director("skara")
        walk.act(A.CHANGE_LEADER, director, leader=cast.orgs["vara"], **decision(director))
        assert waits_for(cast.director("vara")) == [A.DECIDE_START]
        assert waits_for(director) == []

    def test_goliskas_own_goes_to_its_own_people(self, cast: Cast) -> None:
        Walk(cast, "goliska").to(S.PRIORITISED)
        assert waits_for(cast.it_director()) == [A.DECIDE_LOCAL]
        assert [waits_for(cast.director(kommun)) for kommun in KOMMUNER] == [[]] * 6

    def test_a_secret_case_waits_only_for_those_who_may_read_it(self, cast: Cast) -> None:
        walk = Walk(cast).to(S.SUBMITTED)
        walk.act(
            A.MARK_SECRET,
            cast.registrar(),
            legal_basis="OSL 26:1",
            marked_on=timezone.localdate(),
            readers=[(cast.orgs["skara"], Role.REGISTRAR)],
        )
        assert waits_for(cast.lead()) == []

    def test_nothing_waits_for_somebody_without_a_role(self, cast: Cast) -> None:
        Walk(cast).to(S.SUBMITTED)
        assert waits_for(cast.outsider()) == []


class TestDrafts:
    """One's own unfinished text stands last, from the day after it was begun."""

    def test_from_the_day_after_for_the_one_whose_it_is(self, cast: Cast) -> None:
        yesterday = timezone.now() - dt.timedelta(days=1)
        today, older = Walk(cast), Walk(cast, at=yesterday)
        co_author = cast.staff(number=2)
        older.case.initiative.co_authors.add(co_author)
        (row,) = todo.described(todo.in_order(today.author), today.author)
        assert (row.case.pk, row.line.act, row.days, row.deadline) == (older.case.pk, A.SUBMIT, 1, None)
        assert row.url == f"/initiativ/{older.case.initiative.reference}/redigera/"
        assert todo.waiting_for(today.author).count() == 1
        assert [waits_for(person) for person in (co_author, cast.lead(), cast.coordinator())] == [[], [], []]

    def test_last_however_old_and_gone_when_it_is_sent_in_or_deleted(self, cast: Cast) -> None:
        long_ago = timezone.now() - dt.timedelta(days=90)
        sent, other, thrown = (Walk(cast, at=long_ago, title=title) for title in ("Ett", "Två", "Tre"))
        Walk(cast, at=timezone.now() - dt.timedelta(days=9)).to(S.SUPPLEMENT)
        assert waits_for(sent.author) == [A.SUPPLEMENT, A.SUBMIT, A.SUBMIT, A.SUBMIT]
        sent.submit()
        delete_draft(case=thrown.case, by=thrown.author)
        rows = todo.described(todo.in_order(sent.author), sent.author)
        assert [row.case.pk for row in rows][1:] == [other.case.pk]

    def test_not_when_one_may_write_there_no_more(self, cast: Cast) -> None:
        author = Walk(cast, at=timezone.now() - dt.timedelta(days=3)).author
        author.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
        assert waits_for(User.objects.get(pk=author.pk)) == []


class TestOrderAndCount:
    def test_longest_waiting_first_with_its_days_and_deadline(self, cast: Cast) -> None:
        now = timezone.now()
        for days in (2, 30):
            walk = Walk(cast, at=now - dt.timedelta(days=days + 1), title=f"{days} dagar")
            walk.submit()
        first, second = todo.described(todo.in_order(cast.lead()), cast.lead())
        assert [(r.case.initiative.title, r.days) for r in (first, second)] == [("30 dagar", 30), ("2 dagar", 2)]
        assert first.deadline == timezone.localdate() - dt.timedelta(days=20)
        assert (first.days_late, second.days_late) == (20, 0)

    @pytest.mark.parametrize("count", [1, 200])
    def test_as_many_statements_whatever_waits(
        self, count: int, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(count):
            Walk(cast).submit()
        lead = cast.lead()
        assert lead.current_memberships
        with django_assert_num_queries(1):
            assert todo.waiting_for(lead).count() == count
        with django_assert_num_queries(3):
            assert len(todo.described(todo.in_order(lead), lead)) == count

    def test_every_line_leads_to_a_page(self, cast: Cast, client: Client) -> None:
        for line in todo.LINES:
            assert line.url("DI-2026-001").startswith("/initiativ/DI-2026-001/")
