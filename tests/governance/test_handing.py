"""A task handed to a colleague: first on her list, folded on the others', and gone when it is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from governance.actions import perform
from governance.acts import Act
from governance.handing import HANDABLE
from governance.mail import sending
from governance.models import Event, Handing, Notice
from governance.presenting import todo
from governance.presenting.telling import tell
from governance.presenting.todo_count import waiting_count
from governance.statuses import Status
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import Walk, marks
from v6portal.organizations.actions import appoint, end_early
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

A, S = Act, Status


def hand(walk: Walk, by: User, to: User | None = None, **more: Any) -> Event:
    return walk.act(A.HAND_TASK, by, colleague=to, **more)


def titles(user: User) -> list[str]:
    return [row.case.initiative.title for row in todo.described(todo.in_order(user), user)]


def kept(user: User) -> list[str]:
    return [f"{row.asked['to']}: {row.line.act}" for row in todo.kept_by_colleagues(user) if row.asked]


def test_it_stands_first_for_the_one_who_was_asked_and_folded_for_the_others(cast: Cast, client: Client) -> None:
    lena, kim, third = cast.lead(), cast.lead(number=2), cast.lead(number=3)
    older, newer = (Walk(cast, title=title).to(S.SUBMITTED) for title in ("Äldre", "Nyare"))
    event = hand(newer, lena, kim, motivation="Jag hinner inte.")
    assert [titles(person) for person in (kim, lena, third)] == [["Nyare", "Äldre"], ["Äldre"], ["Äldre"]]
    assert [kept(person) for person in (kim, lena)] == [[], ["Utvecklingsledare Skara 2: start_qualification"]]
    assert [waiting_count(person) for person in (kim, lena, third)] == [2, 1, 1]
    assert (event.kind, event.text, event.to_status) == (A.HAND_TASK, "Jag hinner inte.", "")
    assert tell(event).text == "Uppgift överlämnad: till Utvecklingsledare Skara 2"
    client.force_login(kim)
    assert "Utvecklingsledare Skara bad dig</b>: Jag hinner inte." in client.get("/").content.decode()
    client.force_login(third)
    page = client.get("/").content.decode()
    assert "En kollega har en uppgift" in page
    assert f"/initiativ/{newer.case.initiative.reference}/steg/hand_task/?colleague={third.pk}" in page
    here = client.get(newer.case.get_absolute_url()).content.decode()
    assert "Utvecklingsledare Skara har bett <b>Utvecklingsledare Skara 2</b> ta uppgiften." in here
    assert older.case.pk != newer.case.pk


def test_it_can_be_put_back_taken_over_and_passed_on(cast: Cast) -> None:
    lena, kim, third = cast.lead(), cast.lead(number=2), cast.lead(number=3)
    walk = Walk(cast).to(S.SUBMITTED)
    hand(walk, lena, kim)
    hand(walk, kim, released=True)
    assert [waiting_count(person) for person in (lena, kim, third)] == [1, 1, 1]
    hand(walk, lena, kim)
    hand(walk, kim, third)
    assert [waiting_count(person) for person in (lena, kim, third)] == [0, 0, 1]
    hand(walk, lena, lena)
    assert [waiting_count(person) for person in (lena, kim, third)] == [1, 0, 0]
    (row,) = todo.described(todo.in_order(lena), lena)
    assert row.asker == ""
    assert Handing.objects.count() == 4
    assert Handing.objects.live().count() == 1


def test_saving_a_part_of_it_does_not_end_it_but_the_next_step_does(cast: Cast) -> None:
    lena, kim = cast.lead(), cast.lead(number=2)
    walk = Walk(cast).to(S.QUALIFYING)
    hand(walk, lena, kim)
    walk.answer_k()
    assert [waiting_count(person) for person in (lena, kim)] == [0, 1]
    walk.act(A.QUALIFY, kim)
    assert not Handing.objects.live().exists()


def test_one_organisations_answer_ends_its_own_and_nobody_elses(cast: Cast) -> None:
    directors = {place: [cast.person(Role.DIRECTOR, place, n) for n in (1, 2)] for place in ("vara", "essunga")}
    walk = Walk(cast).to(S.INTEREST)
    for first, second in directors.values():
        hand(walk, first, second)
    walk.answer("vara")
    assert [h.organisation.key for h in Handing.objects.live()] == ["essunga"]
    with pytest.raises(Refused, match="Inget i ärendet väntar"):
        hand(walk, directors["vara"][1], directors["vara"][0])


def test_each_assesses_herself_whoever_has_the_rest(cast: Cast) -> None:
    lena, kim = cast.lead(), cast.lead(number=2)
    walk = Walk(cast).to(S.QUALIFIED)
    hand(walk, lena, kim)
    walk.assess_at_home()
    assert [row.line.act for row in todo.described(todo.in_order(kim), kim)] == [A.ASSESS]
    assert kept(lena) == ["Utvecklingsledare Skara 2: prioritise"]
    third = cast.lead(number=3)
    assert [row.line.act for row in todo.described(todo.in_order(third), third)] == [A.ASSESS]
    walk.act(A.ASSESS, kim, marks=marks(2))
    assert [row.line.act for row in todo.described(todo.in_order(kim), kim)] == [A.PRIORITISE]


def test_which_lines_may_be_handed() -> None:
    """Typed by hand from docs/process.md."""
    never = {A.SUBMIT, A.SUPPLEMENT, A.ASSESS, A.RESUME, A.END_UNREALISED, A.RETURN_TO_KOMMUN, A.CONFIRM_BENEFIT}
    assert {line.act for line in todo.LINES if not line.may_be_handed} == never
    assert {line.act for line in todo.LINES if line.may_be_handed} == HANDABLE


class TestRefused:
    def test_to_whom(self, cast: Cast) -> None:
        lena = cast.lead()
        walk = Walk(cast).to(S.SUBMITTED)
        for person in (cast.lead("vara"), cast.staff(), cast.reader(), cast.director()):
            with pytest.raises(Refused, match="har ingen roll i Skara som får ta det steget"):
                hand(walk, lena, person)
        with pytest.raises(Refused, match="väntar redan på dig"):
            hand(walk, lena, lena)
        with pytest.raises(Refused, match="Välj vem"):
            hand(walk, lena)
        with pytest.raises(Refused, match="Ingen har fått uppgiften"):
            hand(walk, lena, released=True)
        assert not Handing.objects.exists()

    def test_two_at_once(self, cast: Cast, client: Client) -> None:
        """The later one is told who was faster, in words, whatever she chose; and the database keeps one."""
        lena, kim, third = cast.lead(), cast.lead(number=2), cast.lead(number=3)
        walk = Walk(cast).to(S.SUBMITTED)
        address = f"{walk.case.get_absolute_url()}steg/hand_task/"
        client.force_login(third)
        form = client.get(address).context["form"]
        assert [label for _value, label in form.fields["colleague"].choices] == [str(lena), str(kim)]
        hand(walk, lena, kim)
        for chosen in (kim, lena):
            page = client.post(address, {"colleague": chosen.pk, "over": "", "seen": "submitted"}).content.decode()
            assert "Utvecklingsledare Skara lämnade uppgiften till Utvecklingsledare Skara 2 medan du skrev." in page
        live = Handing.objects.live().get()
        assert live.handed_to == kim
        live.pk, live.event = None, walk.case.events.earliest("id")
        with pytest.raises(IntegrityError, match="handing_one_at_a_time"), transaction.atomic():
            live.save(force_insert=True)

    def test_nobody_is_left_with_what_one_has_who_is_there_no_more(self, cast: Cast) -> None:
        lena, kim = cast.lead(), cast.lead(number=2)
        walk = Walk(cast).to(S.SUBMITTED)
        hand(walk, lena, kim)
        kim.memberships.update(valid_to=walk.today.replace(year=2025))
        assert titles(lena) == ["Digitala nycklar i hemtjänsten"]
        assert kept(lena) == []

    def test_nor_with_what_one_has_whose_time_as_stand_in_has_ended(self, cast: Cast) -> None:
        """Her own role, which she still has there, does not let her take it."""
        director, council = cast.director(), cast.council()
        walk = Walk(cast).to(S.PRIORITISED)
        (held,) = director.current_memberships
        made = appoint(held=held, stand_in=council, first=walk.today, last=walk.today, basis="KS 1.4", by=director)
        hand(walk, director, council)
        assert (titles(director), len(kept(director))) == ([], 1)
        end_early(stand_in=made, by=director)
        assert (titles(director), kept(director)) == (["Digitala nycklar i hemtjänsten"], [])
        assert titles(User.objects.get(pk=council.pk)) == []

    def test_a_colleague_who_may_not_read_it(self, cast: Cast) -> None:
        director, manager = cast.director(), cast.manager()
        walk = Walk(cast).to(S.PRIORITISED)
        readers = [(cast.orgs["skara"], role) for role in (Role.DIRECTOR, Role.REGISTRAR)]
        marking = {"legal_basis": "OSL 26:1", "marked_on": walk.today, "readers": readers}
        walk.act(A.MARK_SECRET, cast.registrar(), **marking)
        with pytest.raises(Refused, match="har ingen roll i Skara som får ta det steget"):
            hand(walk, director, manager)

    def test_others_organisations_do_not_see_who_does_what(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.INTEREST)
        perform(
            A.HAND_TASK,
            case=walk.case,
            by=cast.director("vara"),
            given={"colleague": cast.person(Role.DIRECTOR, "vara", 2), "motivation": "Sköt det här tyst."},
        )
        for person, sees in ((cast.reader("vara"), True), (cast.reader(), False), (cast.coordinator(), False)):
            client.force_login(person)
            pages = [
                client.get(f"{walk.case.get_absolute_url()}{rest}").content.decode() for rest in ("", "handelser/")
            ]
            assert ["tyst" in page for page in pages] == [sees, sees], person


class TestTheMail:
    """Only the colleague hears, and only while it is hers."""

    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        give_address(cast.staff(), cast.director(), *(cast.lead(number=number) for number in (1, 2, 3)))
        walk = Walk(cast).to(S.SUBMITTED)
        Notice.objects.all().delete()
        return walk

    def sent(self) -> dict[str, str]:
        mail.outbox.clear()
        sending.go_round()
        return {message.to[0]: " ".join(str(message.body).split()) for message in mail.outbox}

    def test_says_who_asks_and_what_was_written(self, cast: Cast, walk: Walk) -> None:
        kim = cast.lead(number=2)
        hand(walk, cast.lead(), kim, motivation="Jag hinner inte.")
        told = self.sent()
        assert set(told) == {kim.email}
        (message,) = mail.outbox
        assert message.subject.startswith("En kollega ber dig ta över: Digitala nycklar i hemtjänsten (")
        assert "Utvecklingsledare Skara har lämnat en uppgift till dig." in told[kim.email]
        assert "Några ord: Jag hinner inte." in told[kim.email]
        assert "för att en kollega har lämnat en uppgift till dig" in told[kim.email]

    def test_not_to_one_who_takes_it_over_nor_when_it_is_put_back(self, cast: Cast, walk: Walk) -> None:
        lena, kim = cast.lead(), cast.lead(number=2)
        hand(walk, lena, kim)
        self.sent()
        hand(walk, lena, lena)
        hand(walk, lena, released=True)
        assert self.sent() == {}

    def test_not_when_it_is_no_longer_hers(self, cast: Cast, walk: Walk) -> None:
        lena, kim, third = (cast.lead(number=number) for number in (1, 2, 3))
        hand(walk, lena, kim)
        hand(walk, kim, third)
        assert set(self.sent()) == {third.email}
        hand(walk, third, kim)
        walk.act(A.START_QUALIFICATION, lena)
        assert self.sent() == {}

    def test_not_to_one_who_has_lost_the_role(self, cast: Cast, walk: Walk) -> None:
        kim = cast.lead(number=2)
        hand(walk, cast.lead(), kim)
        kim.memberships.update(valid_to=F("valid_from"))
        assert self.sent() == {}

    def test_not_to_one_who_may_no_longer_see_the_case(self, cast: Cast, walk: Walk) -> None:
        kim = cast.lead(number=2)
        hand(walk, cast.lead(), kim)
        readers = [(cast.orgs["skara"], role) for role in (Role.DIRECTOR, Role.REGISTRAR)]
        marking = {"legal_basis": "OSL 26:1", "marked_on": walk.today, "readers": readers}
        walk.act(A.MARK_SECRET, cast.registrar(), **marking)
        assert self.sent() == {}
