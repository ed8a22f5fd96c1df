"""Twenty in the same instant, against real PostgreSQL: one event each, no lost answer, no deadlock, a clear no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from governance.actions import Overtaken, add_co_author, create_draft, perform, say_same_need
from governance.actions.assessing import locked_desk
from governance.actions.purging import carry_out, shown
from governance.acts import DECIDING, Act
from governance.chain import first_break
from governance.models import Case, Cost, Decision, Event, InterestAnswer
from governance.statuses import Status
from initiatives.models import Assessment
from tests.at_once import at_once
from tests.cast import KOMMUNER, Cast
from tests.governance.test_meetings import Sitting
from tests.governance.test_retention import rule, withdrawn
from tests.walk import TEXT, Walk, decision, marks
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)

TWENTY = 20
Press = Callable[[], Any]


def pressing(walk: Walk, act: Act, by: User, **given: Any) -> Press:
    """The act by the person, who has the case before her as it stands now."""
    case, seen = walk.case, walk.case.status
    return lambda: perform(act, case=case, by=by, given=given, seen=seen)


def sorted_out(outcomes: list[Any]) -> tuple[list[Event], list[Refused]]:
    events = [one for one in outcomes if isinstance(one, Event)]
    told = [one for one in outcomes if isinstance(one, Refused)]
    assert len(events) + len(told) == len(outcomes)
    return events, told


def status_of(walk: Walk) -> str:
    return Case.objects.get(pk=walk.case.pk).status


def test_of_twenty_who_press_the_same_button_one_wins_and_nineteen_are_told_who(cast: Cast) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    before = Event.objects.count()
    leads = [cast.lead("skara", number) for number in range(1, TWENTY + 1)]
    events, told = sorted_out(at_once([pressing(walk, Act.START_QUALIFICATION, by) for by in leads]))
    (won,) = events
    assert len(told) == TWENTY - 1
    for refusal in told:
        assert isinstance(refusal, Overtaken)
        assert str(refusal).startswith(f"{won.actor_name} hann före: kvalificering påbörjad ")
        assert str(refusal).endswith("Läget är nu Under kvalificering. Titta igen innan du går vidare.")
    assert (Event.objects.count(), status_of(walk)) == (before + 1, "qualifying")
    assert first_break() is None


def from_kvalificering(walk: Walk) -> list[tuple[Act, User, dict[str, Any]]]:
    cast, original = walk.cast, Walk(walk.cast, title="Nycklar en gång till").to(Status.SUBMITTED).case.initiative
    why = {"motivation": "Det behövs."}
    return [
        (Act.QUALIFY, cast.lead(), {}),
        (Act.WITHDRAW, walk.author, why),
        (Act.REJECT, cast.manager(), decision(cast.manager())),
        (Act.PAUSE, cast.lead(), {**why, "review_on": timezone.localdate() + timezone.timedelta(days=30)}),
        (Act.MARK_DUPLICATE, cast.lead(), {"original": original}),
    ]


def from_prioriterat(walk: Walk) -> list[tuple[Act, User, dict[str, Any]]]:
    cast = walk.cast
    sending = {"motive": "scale", "leader": cast.orgs["skara"], "notice_accepted": True}
    later = timezone.localdate() + timezone.timedelta(days=30)
    return [
        (Act.DECIDE_LOCAL, cast.director(), decision(cast.director())),
        (Act.SEND_TO_V6, cast.director(), {**sending, **decision(cast.director())}),
        (Act.REJECT, cast.manager(), decision(cast.manager())),
        (Act.PAUSE, cast.lead(), {"motivation": "Väntar på avtal.", "review_on": later}),
    ]


@pytest.mark.parametrize(
    ("status", "conflicting"),
    [(Status.QUALIFYING, from_kvalificering), (Status.PRIORITISED, from_prioriterat)],
)
def test_of_twenty_conflicting_acts_one_wins_and_the_state_is_its_alone(
    cast: Cast, status: Status, conflicting: Callable[[Walk], list[tuple[Act, User, dict[str, Any]]]]
) -> None:
    walk = Walk(cast).to(status)
    if status == Status.QUALIFYING:
        walk.answer_k()
    acts = conflicting(walk)
    before = Event.objects.count()
    presses = [pressing(walk, act, by, **given) for act, by, given in acts * (TWENTY // len(acts))]
    events, told = sorted_out(at_once(presses))
    (won,) = events
    assert len(told) == TWENTY - 1
    assert all(str(refusal).startswith(f"{won.actor_name} hann före: {won.spoken.lower()}") for refusal in told)
    case = Case.objects.get(pk=walk.case.pk)
    assert (Event.objects.count(), case.status) == (before + 1, won.to_status)
    assert case.decisions.count() == (1 if won.kind in DECIDING else 0)
    assert case.participations.count() == (1 if won.kind == Act.SEND_TO_V6 else 0)
    assert (case.duplicate_of_id is not None) == (won.kind == Act.MARK_DUPLICATE)
    assert (case.review_on is not None) == (won.kind == Act.PAUSE)
    assert first_break() is None


def test_twenty_answers_to_the_inquiry_while_it_is_closed_are_all_kept_or_told(cast: Cast) -> None:
    walk = Walk(cast).to(Status.INTEREST)
    walk.all_answer()
    directors = [cast.person(Role.DIRECTOR, KOMMUNER[n % 6], 2 + n // 6) for n in range(TWENTY)]
    joining = {cast.orgs[kommun].pk for kommun in ("skara", "vara", "lidkoping")}
    answers = {by.pk: "join" if by.current_memberships[0].organisation_id in joining else "wait" for by in directors}
    presses = [pressing(walk, Act.ANSWER_INTEREST, by, answer=answers[by.pk], **decision(by)) for by in directors]
    before = Event.objects.filter(kind=Act.ANSWER_INTEREST).count()
    presses.insert(TWENTY // 2, pressing(walk, Act.CLOSE_INTEREST, cast.coordinator()))
    events, told = sorted_out(at_once(presses))

    (closing,) = [event for event in events if event.kind == Act.CLOSE_INTEREST]
    answered = [event for event in events if event.kind == Act.ANSWER_INTEREST]
    assert len(answered) + len(told) == TWENTY
    assert all("hann före: förfrågan stängd" in str(refusal) for refusal in told)
    assert all(event.pk < closing.pk for event in answered)
    assert status_of(walk) == "v6_prioritising"
    # Each answer that was let through is there with its decision, and of each kommun the last one stands.
    kept = InterestAnswer.objects.filter(case=walk.case, decision__event__in=answered)
    assert {a.decision.event_id: a.answer for a in kept.select_related("decision")} == {
        event.pk: answers[event.actor_id] for event in answered
    }
    assert Event.objects.filter(kind=Act.ANSWER_INTEREST).count() == before + len(answered)
    for kommun in {event.organisation_id for event in answered}:
        (standing,) = InterestAnswer.objects.standing().filter(case=walk.case, organisation=kommun)
        assert standing.decision.event_id == max(e.pk for e in answered if e.organisation_id == kommun)
    ongoing = walk.case.participations.ongoing().active().values_list("organisation", flat=True)
    assert Counter(ongoing) == Counter(joining)
    assert first_break() is None


def test_twenty_assessments_in_the_same_instant_are_all_counted(cast: Cast) -> None:
    """Ten answer 1, ten answer 5: every median is 3 and the score the middle one, 50."""
    walk = Walk(cast).to(Status.QUALIFIED)
    leads = [cast.lead("skara", number) for number in range(1, TWENTY + 1)]
    presses = [pressing(walk, Act.ASSESS, by, marks=marks(1 if n % 2 else 5)) for n, by in enumerate(leads)]
    events, told = sorted_out(at_once(presses))
    assert (len(events), told) == (TWENTY, [])
    round = walk.case.initiative.rounds.get()
    sheets = Assessment.objects.filter(round=round, handed_in_at__isnull=False)
    assert {sheet.assessor_id for sheet in sheets} == {by.pk for by in leads}
    assert {sheet.scores.count() for sheet in sheets} == {8}
    assert round.joint_score == 50
    assert first_break() is None


def test_of_assessments_handed_in_while_the_round_is_closed_none_is_half_there(cast: Cast) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.assess_at_home()
    leads = [cast.lead("skara", number) for number in range(2, TWENTY + 2)]
    presses = [pressing(walk, Act.ASSESS, by, marks=marks(5)) for by in leads]
    presses.insert(TWENTY // 2, pressing(walk, Act.CLOSE_ROUND, cast.lead()))
    events, told = sorted_out(at_once(presses))
    assessed = {event.actor_id for event in events if event.kind == Act.ASSESS}
    assert len(assessed) + len(told) == TWENTY
    assert {str(refusal) for refusal in told} <= {"Bedömningen är stängd. Svaren kan inte ändras längre."}
    round = walk.case.initiative.rounds.get()
    sheets = Assessment.objects.filter(round=round, handed_in_at__isnull=False)
    assert {sheet.assessor_id for sheet in sheets} == assessed | {walk.lead.pk}
    assert round.closed_at is not None
    assert first_break() is None


class TestTwoCasesThatTouchEachOther:
    def test_each_marked_as_a_duplicate_of_the_other_one_is_left_and_nobody_waits_for_ever(self, cast: Cast) -> None:
        pairs = [[Walk(cast, title=f"{n} {m}").to(Status.SUBMITTED) for m in "AB"] for n in range(TWENTY // 2)]
        presses = [
            pressing(one, Act.MARK_DUPLICATE, cast.lead(), original=other.case.initiative)
            for a, b in pairs
            for one, other in ((a, b), (b, a))
        ]
        events, told = sorted_out(at_once(presses))
        assert (len(events), len(told)) == (TWENTY // 2, TWENTY // 2)
        assert {str(refusal) for refusal in told} == {
            "Originalet är självt markerat som dubblett. Välj det initiativ som är kvar."
        }
        for pair in pairs:
            assert sorted(status_of(walk) for walk in pair) == ["duplicate", "submitted"]
        assert first_break() is None

    def test_an_original_goes_its_way_while_others_are_marked_as_duplicates_of_it(self, cast: Cast) -> None:
        original = Walk(cast, title="Originalet").to(Status.SUBMITTED)
        copies = [Walk(cast, title=f"Kopia {n}").to(Status.SUBMITTED) for n in range(TWENTY - 1)]
        presses = [
            pressing(copy, Act.MARK_DUPLICATE, cast.lead(), original=original.case.initiative) for copy in copies
        ]
        presses.insert(TWENTY // 2, pressing(original, Act.START_QUALIFICATION, cast.lead()))
        events, told = sorted_out(at_once(presses))
        assert (len(events), told) == (TWENTY, [])
        assert status_of(original) == "qualifying"
        assert Case.objects.filter(duplicate_of=original.case.initiative).count() == TWENTY - 1
        assert first_break() is None

    def test_a_draft_is_sent_in_while_its_author_says_that_it_is_the_same_as_another(self, cast: Cast) -> None:
        """Either it is thrown away or it is sent in; whoever came last is told."""
        other, skara, together = Walk(cast).to(Status.SUBMITTED).case, cast.orgs["skara"], cast.staff("skara", 2)
        skara.all_staff_read = True
        skara.save()
        authors = [cast.staff("skara", number) for number in range(3, 3 + TWENTY // 2)]
        drafts = [create_draft(by=by, organisation=skara, **TEXT) for by in authors]
        for draft, by in zip(drafts, authors, strict=True):
            add_co_author(case=draft, by=by, person=together)

        def throwing_away(draft: Case, by: User) -> Press:
            return lambda: say_same_need(draft=draft, other=other, by=by, throw_away=True)

        def sending_in(draft: Case) -> Press:
            return lambda: perform(Act.SUBMIT, case=draft, by=together, seen="draft")

        presses = [throwing_away(draft, by) for draft, by in zip(drafts, authors, strict=True)]
        events, told = sorted_out(at_once([*presses, *map(sending_in, drafts)]))
        assert (len(events), len(told)) == (TWENTY // 2, TWENTY // 2)
        left = Case.objects.filter(pk__in=[draft.pk for draft in drafts])
        assert {case.status for case in left} <= {"submitted"}
        assert len(left) == sum(event.kind == Act.SUBMIT for event in events)
        assert other.events.filter(kind=Act.SAME_NEED).count() == TWENTY // 2 - len(left)
        assert first_break() is None


class TestWhatTouchesManyCases:
    def test_files_are_destroyed_while_somebody_writes_about_each_of_the_cases(
        self, cast: Cast, settings: Any, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        the_rule, cases = rule(cast), [withdrawn(cast, title=f"Avslutat {n}").case for n in range(4)]
        registrar, lead = cast.registrar(), cast.lead()
        seen = shown(the_rule, registrar)

        def writing(case: Case) -> Press:
            return lambda: perform(Act.COMMENT, case=case, by=lead, given={"motivation": "Ring arkivet."})

        presses: list[Press] = [lambda: carry_out(rule=the_rule, by=registrar, seen=seen)]
        outcomes = at_once([*presses, *(writing(case) for case in cases for _time in range(4))])
        assert outcomes[0] == 4
        assert all(isinstance(outcome, Event) for outcome in outcomes[1:])
        assert Event.objects.filter(kind=Act.PURGE).count() == 4
        assert first_break() is None

    def test_a_case_is_put_on_an_agenda_while_it_is_assessed_on_its_page(self, cast: Cast) -> None:
        """The scoring page locks the case itself, and then takes the step."""
        sitting, walks = Sitting(cast), [Walk(cast, title=f"Ärende {n}").to(Status.QUALIFIED) for n in range(8)]
        lead = cast.lead()

        def assessing(case: Case) -> Press:
            def press() -> Event:
                with transaction.atomic():
                    locked_desk(case.initiative.reference, lead)
                    return perform(Act.ASSESS, case=case, by=lead, given={"marks": marks(3)})

            return press

        adding = [lambda walk=walk: sitting.add(walk) for walk in walks]
        outcomes = at_once([*adding, *(assessing(walk.case) for walk in walks)])
        assert [one for one in outcomes if isinstance(one, Refused)] == []
        assert sitting.meeting.items.count() == 8
        assert Event.objects.filter(kind=Act.ASSESS).count() == 8
        assert first_break() is None


class TestThroughTheDoorOfTheWeb:
    def test_of_twenty_posts_one_is_taken_and_nineteen_are_told_with_what_they_wrote(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        director = cast.director()
        address = f"/initiativ/{walk.case.initiative.reference}/steg/"
        typed = {"decider_name": "Ada Beslut", "decided_on": timezone.localdate().isoformat(), "seen": "prioritised"}

        def press(number: int) -> Press:
            client = Client()
            client.force_login(director)
            act = ("reject", "decide_local")[number % 2]
            data = {**typed, "motivation": f"Skäl nummer {number}.", "token": f"form-{number}"}
            return lambda: client.post(f"{address}{act}/", data)

        answers = at_once([press(number) for number in range(TWENTY)])
        assert sorted(answer.status_code for answer in answers) == [302, *[409] * 19]
        for number, answer in enumerate(answers):
            if answer.status_code == 409:
                page = answer.content.decode()
                assert f"Skäl nummer {number}." in page
                assert "Kommundirektör Skara" in page
        (taken,) = Decision.objects.filter(case=walk.case)
        assert taken.act in ("reject", "decide_local")
        assert first_break() is None

    def test_a_button_pressed_twenty_times_takes_one_step(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        before = Cost.objects.filter(case=walk.case).count()
        first = Client()
        first.force_login(walk.lead)
        address = f"/initiativ/{walk.case.initiative.reference}/steg/record_cost/"
        form = first.get(address).context["form"]
        data = {name: form[name].value() for name in ("seen", "token")}
        data |= {"kind": "development", "value": "actual", "amount": "12,50", "date": timezone.localdate().isoformat()}

        def press() -> Any:
            client = Client()
            client.cookies = first.cookies
            return client.post(address, data)

        answers = at_once([press] * TWENTY)
        assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, walk.case.get_absolute_url())}
        assert Cost.objects.filter(case=walk.case).count() == before + 1
        assert Event.objects.filter(case=walk.case, kind=Act.RECORD_COST).count() == 1
        assert first_break() is None
