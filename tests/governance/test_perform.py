"""The one door: what an act leaves behind, and how it refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from governance.actions import Overtaken, create_draft, delete_draft, perform, update_draft
from governance.acts import Act
from governance.models import Case, Decision, Event, Participation, ParticipationRole
from governance.statuses import Status
from initiatives.actions.assessing import Reply
from initiatives.models import GateReply
from tests.walk import ROUTES, Walk, decision
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db


def close_behind_the_logs_back(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status=Status.CLOSED)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("status", list(ROUTES))
def test_every_open_status_is_reached_by_the_acts_of_the_process(cast, status):
    assert Walk(cast).to(status).case.status == status


def test_goliskas_own_initiative_is_sent_by_its_director_and_led_by_a_kommun(cast):
    walk = Walk(cast, "goliska").to(Status.IN_PROGRESS)
    assert walk.case.participations.ongoing().leading().get().organisation.key == "lidkoping"


def test_an_act_leaves_exactly_one_event_with_who_where_and_what(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    before = Event.objects.count()
    event = walk.start_qualification()
    assert Event.objects.count() == before + 1
    assert (event.kind, event.from_status, event.to_status) == ("start_qualification", "submitted", "qualifying")
    assert (event.actor, event.organisation.key, event.role) == (walk.lead, "skara", "lead")


def test_an_act_that_does_not_move_the_case_leaves_its_status(cast):
    walk = Walk(cast).to(Status.QUALIFYING)
    event = walk.answer_k()
    assert (event.from_status, event.to_status) == ("", "")
    assert walk.case.status == Status.QUALIFYING


def test_the_wrong_role_is_refused_and_nothing_has_changed(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    before = Event.objects.count()
    with pytest.raises(Refused, match="Du kan inte ta det steget i den roll du har nu"):
        perform(Act.START_QUALIFICATION, case=walk.case, by=cast.reader("skara"))
    assert Event.objects.count() == before
    assert Case.objects.get(pk=walk.case.pk).status == Status.SUBMITTED


def test_who_may_not_see_the_case_is_told_nothing_about_it(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    with pytest.raises(Refused, match="Du har inte tillgång till initiativet"):
        perform(Act.START_QUALIFICATION, case=walk.case, by=cast.lead("vara"))


def test_a_step_that_is_not_on_from_here_says_where_the_case_stands(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    with pytest.raises(Refused, match="”Godkänn kvalificering” när läget är Inskickat"):
        perform(Act.QUALIFY, case=walk.case, by=walk.lead)


def test_obstacles_are_all_told_at_once(cast):
    walk = Walk(cast).to(Status.QUALIFYING)
    answered = [*(f"B{n}" for n in range(1, 8)), "K1", "K2", "K3"]
    walk.act(Act.ANSWER_GATE, walk.lead, replies={code: Reply(GateReply.YES) for code in answered})
    with pytest.raises(Refused) as refusal:
        perform(Act.QUALIFY, case=walk.case, by=walk.lead)
    assert refusal.value.sentences == [
        "Besvara frågan ”Stödjer det ett beslutat mål eller uppdrag?”.",
        "Besvara frågan ”Finns en namngiven verksamhetsägare med tid?”.",
        "Besvara frågan ”Saknas kända rättsliga eller säkerhetsmässiga hinder?”.",
    ]


def test_the_later_of_two_who_press_is_told_what_happened(cast):
    walk = Walk(cast).to(Status.QUALIFYING)
    walk.request_supplement()
    with pytest.raises(Overtaken, match=r"hann före: komplettering begärd .* Läget är nu Komplettering begärd"):
        perform(
            Act.REFER,
            case=walk.case,
            by=walk.lead,
            seen=Status.QUALIFYING,
            given={"referred_to": "it_order", "motivation": "Hör dit."},
        )


def test_a_step_without_what_it_asks_for_says_what_is_missing(cast):
    walk = Walk(cast).to(Status.PRIORITISED)
    with pytest.raises(Refused) as refusal:
        perform(Act.DECIDE_LOCAL, case=walk.case, by=walk.decider)
    assert refusal.value.sentences == [
        "Ange vem som har beslutat.",
        "Ange beslutsdatum.",
        "Skriv en motivering till beslutet.",
    ]


def test_a_decision_names_its_decider_its_reasons_and_its_support(cast):
    walk = Walk(cast).to(Status.PRIORITISED)
    event = walk.decide_local()
    made = Decision.objects.get(event=event)
    assert (made.decider, made.decider_name) == (walk.decider, str(walk.decider))
    assert (made.motivation, made.delegation_reference) == ("Det behövs.", "KS 3.1")
    assert event.decider_name == str(walk.decider)


def test_a_decision_of_a_political_body_names_the_protocol(cast):
    walk = Walk(cast).to(Status.PRIORITISED)
    with pytest.raises(Refused, match="Ange både organ och protokollets paragraf"):
        walk.act(Act.DECIDE_LOCAL, walk.decider, **decision(walk.decider, body="Kommunstyrelsen"))


def test_a_decision_dated_in_the_future_is_refused(cast):
    walk = Walk(cast).to(Status.PRIORITISED)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(Refused, match="datum i framtiden"):
        walk.act(Act.DECIDE_LOCAL, walk.decider, **decision(walk.decider, decided_on=tomorrow))


def test_the_kommun_that_sends_leads_from_that_day(cast):
    walk = Walk(cast).to(Status.V6_RECEIVED)
    row = Participation.objects.get(case=walk.case)
    assert (row.organisation.key, row.role, row.joined_on) == ("skara", ParticipationRole.LEADS, walk.today)
    assert walk.case.initiative.shared_on == walk.today


def test_a_dormant_case_goes_back_to_where_it_was(cast):
    walk = Walk(cast).to(Status.PAUSED)
    walk.act(Act.RESUME, walk.lead, motivation="Avtalet är på plats.")
    assert walk.case.status == Status.QUALIFIED
    assert walk.case.initiative.rounds.open().count() == 1


def test_leaving_needs_principle_and_reason_and_the_leader_hands_over_first(cast):
    walk = Walk(cast).to(Status.IN_PROGRESS)
    with pytest.raises(Refused, match="Byt ledande kommun först"):
        walk.leave("skara")
    walk.act(Act.CHANGE_LEADER, cast.director("skara"), leader=cast.orgs["vara"], **decision(cast.director("skara")))
    walk.leave("skara")
    left = Participation.objects.get(case=walk.case, organisation=cast.orgs["skara"], ending="left")
    assert (left.principle.code, left.decider_name) == ("P5", str(cast.director("skara")))
    assert walk.case.participations.ongoing().leading().get().organisation.key == "vara"


def test_a_draft_belongs_to_its_author_and_leaves_a_trace_without_its_text(cast):
    author = cast.staff("skara")
    case = create_draft(by=author, organisation=cast.orgs["skara"], title="En idé")
    with pytest.raises(Refused, match="Bara den som skrivit utkastet"):
        update_draft(case=case, by=cast.lead("skara"), title="Min idé")
    delete_draft(case=case, by=author)
    assert not Case.objects.filter(pk=case.pk).exists()
    assert list(Event.objects.filter(reference=case.initiative.reference).values_list("kind", "text")) == [
        ("create", ""),
        ("delete_draft", ""),
    ]


def test_what_is_submitted_is_never_deleted(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    with pytest.raises(Refused, match="tas aldrig bort"):
        delete_draft(case=walk.case, by=walk.author)
    for row in (walk.case, walk.case.initiative):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.__class__.objects.filter(pk=row.pk).delete()


def test_the_database_refuses_a_status_that_the_log_does_not_tell(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    with pytest.raises(DatabaseError, match="stämmer inte med händelseloggen"), transaction.atomic():
        close_behind_the_logs_back(walk.case)


def test_the_log_names_the_original_by_its_reference_and_not_by_its_title(cast):
    original = Walk(cast, title="Rubrik som bara några får läsa").to(Status.SUBMITTED).case.initiative
    walk = Walk(cast).to(Status.QUALIFYING)
    event = walk.act(Act.MARK_DUPLICATE, walk.lead, original=original)
    assert event.data == {"original": original.reference}
