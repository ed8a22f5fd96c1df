"""Meetings by their real acts: who may what, paragraphs, what the case's log says, and that a signed one is frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from governance.actions import meetings as acts
from governance.actions import perform
from governance.actions.meetings.calling import When
from governance.acts import Act
from governance.agendas import waiting_for
from governance.chain import first_break
from governance.meetings import Body, MeetingStatus
from governance.minutes import read_minutes
from governance.models import AgendaItem, Attendance, Case, Event, Meeting, Protocol, Stance
from governance.presenting.plainly import plainly
from governance.presenting.telling import tell
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

CLOCK = dt.time(13, 0)


class Sitting:
    """A group that meets: who leads it and who sits in it."""

    def __init__(self, cast: Cast, body: Body = Body.COUNCIL) -> None:
        self.cast, self.body = cast, body
        where = {Body.COUNCIL: "skara", Body.ORDER_GROUP: "goliska"}.get(body, "v6")
        self.organisation = cast.orgs[where]
        self.member = cast.person(Role(body.value), where)
        self.other = cast.person(Role(body.value), where, 2)
        self.leading = {
            Body.COUNCIL: cast.lead("skara"),
            Body.ORDER_GROUP: cast.it_officer(),
        }.get(body) or cast.coordinator()
        self.meeting = self.call()

    def when(self, **more: Any) -> When:
        given = {"held_on": timezone.localdate(), "starts_at": CLOCK, "place": "Rum 1", "chair": self.member}
        return When(**{**given, "secretary": self.leading, **more})

    def call(self) -> Meeting:
        return acts.call(body=self.body, organisation=self.organisation, when=self.when(), by=self.leading)

    def add(self, *walks: Walk) -> list[AgendaItem]:
        return [acts.add_case(meeting=self.meeting, case=walk.case, by=self.leading) for walk in walks]

    def open(self) -> None:
        acts.open_meeting(meeting=self.meeting, by=self.leading)
        self.fresh()

    def fresh(self) -> Meeting:
        self.meeting = Meeting.objects.get(pk=self.meeting.pk)
        return self.meeting

    def end(self, item: AgendaItem, stance: Stance | None = Stance.APPROVE, text: str = "", **more: Any) -> AgendaItem:
        item.refresh_from_db()
        said = acts.Said(stance=stance, recommendation=text, **more)
        return acts.save_item(item=item, said=said, seen=item.version, by=self.leading, ends=True)

    def close(self, *adjusters: User, ends_at: dt.time = dt.time(15, 0)) -> None:
        people = adjusters or (self.member,)
        acts.close(meeting=self.meeting, adjusters=people, ends_at=ends_at, by=self.leading)
        self.fresh()

    def adjust(self, by: User) -> Event:
        seen = read_minutes(self.fresh()).checksum
        return acts.adjust(
            meeting=self.meeting, seen=seen, by=by, draw=lambda meeting: b"%PDF " + meeting.status.encode()
        )

    def sign(self) -> None:
        self.close()
        self.adjust(self.member)
        self.fresh()


def refused(words: str) -> Any:
    return pytest.raises(Refused, match=words)


def test_from_the_call_to_a_signed_protocol(cast: Cast) -> None:
    """Each act leaves one event, without a case; the group's word on the case is an event of the case."""
    walk, before = Walk(cast).to(Status.QUALIFYING), Event.objects.count()
    sitting = Sitting(cast)
    assert sitting.meeting.reference == f"DR-SKARA-{timezone.localdate().year}-1"
    (item,) = sitting.add(walk)
    sitting.open()
    assert sitting.meeting.current_id == item.pk
    sitting.end(item, text="Vi tycker att det ska kvalificeras.")
    sitting.close(sitting.member)
    assert sitting.meeting.status == MeetingStatus.CLOSED
    sitting.adjust(sitting.member)
    assert sitting.fresh().status == MeetingStatus.SIGNED
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))[before:]
    assert kinds == ["call_meeting", "change_meeting", "open_meeting", "recommend", "close_meeting", "adjust_protocol"]
    about = Event.objects.filter(reference=sitting.meeting.reference)
    assert set(about.values_list("case", flat=True)) == {None}
    assert about.count() == 5
    assert first_break() is None

    year = timezone.localdate().year
    event = walk.case.events.get(kind=Act.RECOMMEND)
    assert (event.actor, event.role, event.organisation) == (sitting.leading, "council", cast.orgs["skara"])
    assert event.data == {"stance": "approve", "meeting": sitting.meeting.reference, "paragraph": f"§ 1/{year}"}
    assert tell(event).text == f"Rekommendation: tillstyrker, § 1/{year}"
    assert tell(event).who == "Digitaliseringsråd, Skara, inskrivet av Utvecklingsledare Skara"
    told = "Digitaliseringsrådet genom Utvecklingsledare Skara i Skara rekommenderade att gå vidare."
    assert plainly(event).text == told


def test_an_item_without_a_stance_was_taken_up(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    sitting.end(item, None, notes="Ada berättade.")
    event = walk.case.events.latest("id")
    assert (event.kind, event.text, event.role) == ("take_up", "", "council")
    assert tell(event).text == f"Behandlat på möte: § 1/{timezone.localdate().year}"


def test_what_is_put_right_is_told_again_with_the_same_paragraph(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    sitting.end(item, text="Gå vidare.")
    sitting.end(item, text="Gå vidare.", notes="Bara en anteckning till.")
    assert walk.case.events.filter(kind=Act.RECOMMEND).count() == 1
    sitting.close()
    sitting.end(item, Stance.REFER_BACK, text="Räkna om.")
    told = walk.case.events.filter(kind=Act.RECOMMEND).order_by("id")
    assert [(e.data["stance"], e.data["paragraph"][:3]) for e in told] == [("approve", "§ 1"), ("refer_back", "§ 1")]
    sitting.adjust(sitting.member)
    with refused("läget ”justerat”"):
        sitting.end(item, text="Ändra dig.")


def test_an_empty_recommendation_becomes_the_sentence_of_the_template(cast: Cast) -> None:
    walk = Walk(cast, title="Digitala nycklar").to(Status.V6_PRIORITISING)
    sitting, reference = Sitting(cast, Body.NETWORK), walk.case.initiative.reference
    (item,) = sitting.add(walk)
    sitting.open()
    voices = {cast.orgs[k]: Stance.APPROVE for k in ("essunga", "skara", "vara")} | {
        cast.orgs["gotene"]: Stance.DISAPPROVE
    }
    item = sitting.end(item, voices=voices)
    assert item.recommendation == (
        f"V6 Chefsnätverk rekommenderar att {reference} Digitala nycklar prioriteras. "
        "Det har stöd av Essunga, Skara och Vara."
    )
    line = read_minutes(sitting.meeting).lines[0]
    assert [(v.kommun, v.stance) for v in line.voices] == [
        ("Essunga", "tillstyrker"),
        ("Götene", "avstyrker"),
        ("Skara", "tillstyrker"),
        ("Vara", "tillstyrker"),
    ]


def test_paragraphs_run_on_through_the_year_of_each_group(cast: Cast) -> None:
    walks = [Walk(cast, title=f"Sak {n}").to(Status.QUALIFIED) for n in range(3)]
    sitting = Sitting(cast)
    first, second = sitting.add(*walks[:2])
    acts.add_heading(meeting=sitting.meeting, heading="Övriga frågor", by=sitting.leading)
    sitting.open()
    sitting.end(second)
    sitting.end(first)
    sitting.sign()
    lines = read_minutes(sitting.meeting).lines
    assert [(line.paragraph, line.heading, line.is_put_off) for line in lines] == [
        (1, "Sak 1", False),
        (2, "Sak 0", False),
        (3, "Övriga frågor", True),
    ]
    again = Sitting(cast)
    (item,) = again.add(walks[2])
    again.open()
    assert again.end(item).paragraph == 4
    assert again.meeting.number == 2
    elsewhere = Sitting(cast, Body.NETWORK)
    heading = acts.add_heading(meeting=elsewhere.meeting, heading="Upprop", by=elsewhere.leading)
    elsewhere.open()
    assert elsewhere.end(heading, None).paragraph == 1


def test_what_is_written_meanwhile_is_told_and_nothing_is_laid_over_it(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    colleague = cast.lead("skara", 2)
    acts.save_item(item=item, said=acts.Said(notes="Först."), seen=0, by=colleague)
    with refused("Utvecklingsledare Skara 2 sparade punkten"):
        acts.save_item(item=item, said=acts.Said(notes="Sist."), seen=0, by=sitting.leading)
    item.refresh_from_db()
    assert (item.notes, item.version, item.paragraph) == ("Först.", 1, None)


def test_jav_is_noted_for_each_person_and_taken_back_without_a_trace_lost(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    rows = list(sitting.meeting.attendance.all())
    people = [acts.Person(row.user, row.name, row.capacity, is_present=True) for row in rows]
    guest = acts.Person(None, "Rut Gäst", "föredragande", is_present=True, present_from=dt.time(13, 30))
    acts.record_attendance(meeting=sitting.meeting, people=[*people, guest], by=sitting.leading)
    other = Attendance.objects.get(user=sitting.other)
    sitting.end(item, conflicts=[other.pk])
    minutes = read_minutes(sitting.meeting)
    assert minutes.lines[0].conflicts == ("Digitaliseringsråd Skara 2",)
    assert [one.name for one in minutes.present][-1] == "Rut Gäst"
    sitting.end(item)
    assert read_minutes(sitting.meeting).lines[0].conflicts == ()
    assert item.conflicts.count() == 1
    with refused("kan inte gå före"):
        late = acts.Person(None, "Rut Gäst", "", is_present=True, present_from=dt.time(14), present_to=dt.time(13))
        acts.record_attendance(meeting=sitting.meeting, people=[late], by=sitting.leading)


@pytest.mark.parametrize(
    ("body", "able"),
    [
        (Body.COUNCIL, {"lead.skara"}),
        (Body.NETWORK, {"coordinator.v6"}),
        (Body.DELIVERY, {"coordinator.v6"}),
        (Body.ORDER_GROUP, {"lead.goliska", "it_officer.goliska"}),
    ],
)
def test_who_calls_a_meeting(cast: Cast, body: Body, able: set[str]) -> None:
    sitting = Sitting(cast, body)
    called = set()
    for name in (
        *("lead.skara", "lead.vara", "council.skara", "director.skara", "staff.skara", "lead.goliska"),
        *("it_officer.goliska", "it_director.goliska", "coordinator.v6", "network.v6", "delivery.v6", "admin.v6"),
    ):
        role, where = name.split(".")
        person = cast.person(Role(role), where)
        when = sitting.when(secretary=person)
        try:
            acts.call(body=body, organisation=sitting.organisation, when=when, by=person)
        except Refused:
            continue
        called.add(name)
    assert called == able


def test_only_who_leads_the_meeting_does_anything_with_it(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    for by, words in (
        (cast.council("skara"), "håller i mötet eller är sekreterare"),
        (cast.lead("vara"), "inte tillgång till mötet"),
    ):
        for press in (
            lambda by: acts.add_case(meeting=sitting.meeting, case=walk.case, by=by),
            lambda by: acts.remove_item(meeting=sitting.meeting, item=item, by=by),
            lambda by: acts.open_meeting(meeting=sitting.meeting, by=by),
            lambda by: acts.call_off(meeting=sitting.meeting, by=by),
        ):
            with refused(words):
                press(by)
    sitting.open()
    with refused("håller i mötet eller är sekreterare"):
        acts.save_item(item=item, said=acts.Said(), seen=0, by=cast.council("skara"), ends=True)
    assert walk.case.events.filter(kind__in=("recommend", "take_up")).count() == 0


def test_nobody_takes_a_case_up_but_at_a_meeting(cast: Cast) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    with refused("skrivs in på mötet"):
        perform(Act.TAKE_UP, case=walk.case, by=cast.council("skara"), given={"motivation": "Ja."})
    with refused("i den roll du har nu"):
        perform(Act.TAKE_UP, case=walk.case, by=walk.lead, given={"meeting": "DR-SKARA-2026-1"})


def test_the_protocol_is_adjusted_by_those_chosen_each_with_her_own_account(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    with refused("inte sluta innan"):
        sitting.close(sitting.member, ends_at=dt.time(12, 59))
    with refused("ha varit med"):
        sitting.close(sitting.other)
    with refused("Sekreteraren justerar inte"):
        sitting.close(sitting.leading)
    rows = [acts.Person(r.user, r.name, r.capacity, is_present=True) for r in sitting.meeting.attendance.all()]
    acts.record_attendance(meeting=sitting.meeting, people=rows, by=sitting.leading)
    acts.save_item(item=item, said=acts.Said(stance=Stance.APPROVE), seen=0, by=sitting.leading)
    with refused("Punkt 1 är påbörjad"):
        sitting.close(sitting.member)
    sitting.end(item)
    sitting.meeting.attendance.update(is_present=True)
    sitting.close(sitting.member, sitting.other)
    with refused("dem som valdes"):
        sitting.adjust(sitting.leading)
    with refused("har ändrats sedan du öppnade"):
        acts.adjust(meeting=sitting.meeting, seen="0" * 64, by=sitting.member, draw=lambda meeting: b"")
    sitting.adjust(sitting.member)
    assert sitting.fresh().status == MeetingStatus.CLOSED
    with refused("Du har redan justerat"):
        sitting.adjust(sitting.member)
    with refused("börjat justeras"):
        sitting.end(item, Stance.DISAPPROVE)
    sitting.adjust(sitting.other)
    kept = Protocol.objects.get(meeting=sitting.fresh())
    assert bytes(kept.content) == b"%PDF signed"
    assert set(sitting.meeting.adjusters.values_list("checksum", flat=True)) == {kept.checksum}


SMUGGLED = """
insert into governance_agendaitem
  (meeting_id, position, heading, stance, recommendation, notes, version, saved_by_name)
select meeting_id, 99, 'Smugit in', '', '', '', 0, '' from governance_protocol
"""


def test_another_adjusts_instead_of_one_who_cannot_until_anybody_has_adjusted(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    absent = cast.person(Role(sitting.body.value), "skara", 3)

    def replace(leaving: User, instead: User, by: User | None = None) -> Event:
        return acts.replace_adjuster(
            meeting=sitting.meeting, leaving=leaving, instead=instead, by=by or sitting.leading
        )

    with refused("när mötet är avslutat"):
        replace(sitting.member, sitting.other)
    sitting.end(item)
    sitting.meeting.attendance.update(is_present=True)
    sitting.close(sitting.member)
    for leaving, instead, by, told in (
        (sitting.member, sitting.leading, None, "Sekreteraren justerar inte sitt eget protokoll"),
        (sitting.member, absent, None, "ska ha varit med på mötet"),
        (sitting.member, sitting.member, None, "har ändrats sedan du öppnade sidan"),
        (sitting.other, sitting.other, None, "har ändrats sedan du öppnade sidan"),
        (sitting.member, sitting.other, sitting.member, "Bara den som håller i mötet"),
    ):
        with refused(told):
            replace(leaving, instead, by)
    seen = read_minutes(sitting.fresh()).checksum
    event = replace(sitting.member, sitting.other)
    assert (event.kind, event.data["adjuster"]) == ("change_meeting", str(sitting.other))
    assert event.data["instead_of"] == str(sitting.member)
    with refused("av dem som valdes"):
        sitting.adjust(sitting.member)
    with refused("har ändrats sedan du öppnade det"):
        acts.adjust(meeting=sitting.meeting, seen=seen, by=sitting.other, draw=lambda _meeting: b"")
    sitting.adjust(sitting.other)
    assert sitting.fresh().status == MeetingStatus.SIGNED
    assert [one.name for one in read_minutes(sitting.meeting).signatures] == [str(sitting.other)]


def test_nobody_is_replaced_when_somebody_has_adjusted(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    sitting.end(item)
    sitting.meeting.attendance.update(is_present=True)
    sitting.close(sitting.member, sitting.other)
    sitting.adjust(sitting.member)
    with refused("har börjat justeras"):
        acts.replace_adjuster(
            meeting=sitting.meeting, leaving=sitting.other, instead=sitting.leading, by=sitting.leading
        )


FROZEN = [
    "update governance_meeting set place = 'Annan plats'",
    "delete from governance_meeting",
    "update governance_agendaitem set recommendation = 'Nej.'",
    "delete from governance_agendaitem",
    "update governance_itemstance set stance = 'disapprove'",
    "delete from governance_itemstance",
    "update governance_itemconflict set holds = false",
    "delete from governance_itemconflict",
    "update governance_attendance set is_present = false",
    "delete from governance_attendance",
    "update governance_adjuster set name = 'Någon annan'",
    "delete from governance_adjuster",
    "update governance_protocol set sha256 = repeat('0', 64)",
    "delete from governance_protocol",
    SMUGGLED,
]


def test_a_signed_meeting_is_frozen_by_the_database(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.V6_RECEIVED), Sitting(cast, Body.NETWORK)
    (item,) = sitting.add(walk)
    sitting.open()
    present = sitting.meeting.attendance.get(user=sitting.member)
    sitting.end(item, voices={cast.orgs["skara"]: Stance.APPROVE}, conflicts=[present.pk])
    sitting.sign()
    for statement in FROZEN:
        with pytest.raises(DatabaseError, match=r"justerat|tas aldrig bort"), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=sitting.meeting.pk).update(status=MeetingStatus.CLOSED)


def test_what_has_been_opened_loses_nothing_and_no_paragraph_is_skipped(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    series = sitting.meeting.series_id
    for statement, words in (
        (f"delete from governance_agendaitem where id = {item.pk}", "tas aldrig bort"),
        (f"delete from governance_attendance where meeting_id = {sitting.meeting.pk}", "tas aldrig bort"),
        (f"delete from governance_meeting where id = {sitting.meeting.pk}", "tas aldrig bort"),
        (f"update governance_agendaitem set paragraph = 2, series_id = {series}", "utan luckor"),
        ("update governance_meeting set status = 'planned', opened_at = null", "går inte tillbaka"),
        ("update governance_meeting set status = 'signed', closed_at = now(), signed_at = now()", "går inte tillbaka"),
    ):
        with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    sitting.end(item)
    sitting.close()
    unsigned = "update governance_meeting set status = 'signed', signed_at = now()"
    with pytest.raises(DatabaseError, match="alla justerare"), transaction.atomic():
        connection.cursor().execute(unsigned)
    with refused("läget ”väntar på justering”"):
        acts.remove_item(meeting=sitting.meeting, item=item, by=sitting.leading)


def test_the_agenda_is_put_in_order_and_items_leave_it_until_the_meeting_is_opened(cast: Cast) -> None:
    walks = [Walk(cast, title=f"Sak {n}").to(Status.QUALIFIED) for n in range(3)]
    sitting = Sitting(cast)
    first, second, third = sitting.add(*walks)
    acts.put_in_order(meeting=sitting.meeting, items=[third.pk, first.pk], by=sitting.leading)
    order = sitting.meeting.items.order_by("position")
    assert list(order.values_list("pk", "position")) == [(third.pk, 1), (first.pk, 2), (second.pk, 3)]
    acts.remove_item(meeting=sitting.meeting, item=first, by=sitting.leading)
    assert list(order.values_list("pk", "position")) == [(third.pk, 1), (second.pk, 2)]
    with refused("står redan på dagordningen"):
        sitting.add(walks[2])
    acts.call_off(meeting=sitting.meeting, by=sitting.leading)
    with refused("läget ”inställt”"):
        sitting.add(walks[0])


def test_what_waits_for_each_group(cast: Cast) -> None:
    """Where a case stands decides who waits for it; typed from docs/moten.md."""
    own = {
        status: Walk(cast, title=status.label).to(status)
        for status in (
            *(
                Status.SUBMITTED,
                Status.QUALIFYING,
                Status.SUPPLEMENT,
                Status.QUALIFIED,
                Status.PRIORITISED,
                Status.LOCAL,
            ),
            *(Status.V6_RECEIVED, Status.V6_QUALIFYING, Status.INTEREST, Status.IT_ASSESSMENT, Status.V6_PRIORITISING),
            *(Status.AWAITING_START, Status.IN_PROGRESS),
        )
    }
    Walk(cast, "vara", title="Varas").to(Status.QUALIFIED)
    Walk(cast, "goliska", title="Göliskas").to(Status.QUALIFIED)

    def waits(body: Body) -> set[str]:
        sitting = Sitting(cast, body)
        return {case.initiative.title for case in waiting_for(sitting.meeting.seat, sitting.leading)}

    assert waits(Body.COUNCIL) == {"Inskickat", "Under kvalificering", "Kvalificerat", "Prioriterat"}
    assert waits(Body.NETWORK) == {"Inkommet till V6", "V6-kvalificering", "V6-prioritering"}
    assert waits(Body.DELIVERY) == {"Bedömning hos Göliska IT", "Inför beslut om start", "Genomförande"}
    assert waits(Body.ORDER_GROUP) == {"Bedömning hos Göliska IT", "Göliskas"}
    sitting = Sitting(cast)
    (item,) = sitting.add(own[Status.QUALIFIED])
    assert "Kvalificerat" not in waits(Body.COUNCIL)
    sitting.open()
    sitting.end(item)
    sitting.close()
    assert "Kvalificerat" not in waits(Body.COUNCIL)
    own[Status.QUALIFIED].prioritise()
    assert "Kvalificerat" in waits(Body.COUNCIL), "it has come somewhere else since, and waits again"


def test_what_is_not_the_groups_to_take_up_is_refused(cast: Cast) -> None:
    at_home, of_vara = Walk(cast).to(Status.QUALIFIED), Walk(cast, "vara").to(Status.QUALIFIED)
    both = cast.coordinator()
    cast.membership(both, Role.LEAD, "skara")
    network = Sitting(cast, Body.NETWORK)
    with refused("inte skickats till V6"):
        network.add(at_home)
    with refused("bland dem du får läsa"):
        network.add(of_vara)


def test_a_decision_refers_to_the_paragraph_it_rests_on(cast: Cast) -> None:
    walk, other, sitting = Walk(cast).to(Status.PRIORITISED), Walk(cast).to(Status.PRIORITISED), Sitting(cast)
    item, others = sitting.add(walk, other)
    sitting.open()
    item, others = sitting.end(item), sitting.end(others)
    director = cast.director()
    with refused("gäller ett annat initiativ"):
        walk.act(Act.DECIDE_LOCAL, director, **decision(director, prepared_by=others))
    event = walk.act(Act.DECIDE_LOCAL, director, **decision(director, prepared_by=item))
    year = timezone.localdate().year
    assert event.decision.prepared_by == item
    assert event.data["prepared_by"] == f"Digitaliseringsråd Skara § 1/{year}"
    assert f"efter rekommendation av Digitaliseringsråd Skara § 1/{year}" in tell(event).text


def test_events_of_a_meeting_are_nobodys_to_read_by_way_of_a_case(cast: Cast) -> None:
    sitting = Sitting(cast)
    for person in (sitting.leading, sitting.member, cast.lead("vara"), cast.admin(), cast.outsider(), cast.staff()):
        assert not Event.objects.visible_to(person).filter(reference=sitting.meeting.reference).exists()
    assert Case.objects.count() == 0
