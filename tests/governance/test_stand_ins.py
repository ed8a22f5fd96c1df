"""Ersättare: for a time a colleague acts in one's role, everybody can read in whose place, and it leaves a trace."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from governance.actions import perform
from governance.acts import Act
from governance.models import Decision
from governance.presenting import todo
from governance.presenting.plainly import plainly
from governance.presenting.telling import tell
from governance.presenting.todo_count import waiting_count
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk, decision, marks
from v6portal.organizations.actions import appoint, end_early
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def put_in(
    cast: Cast,
    holder: User,
    stand_in: User,
    *,
    first: int = 0,
    last: int = 10,
    basis: str = "KS 1.4",
    by: User | None = None,
) -> Membership:
    """Appoints for the holder's only role, in days from today."""
    (held,) = Membership.objects.own().filter(user=holder)
    days = {"first": TODAY() + first * DAY, "last": TODAY() + last * DAY}
    return appoint(held=held, stand_in=stand_in, basis=basis, by=by or holder, **days)


def fresh(user: User, *, acting: Membership | None = None) -> User:
    found = User.objects.get(pk=user.pk)
    found.acting = acting
    return found


def test_the_stand_in_decides_and_it_says_in_whose_place(cast: Cast, client: Client) -> None:
    director, manager = cast.director(), cast.manager()
    walk = Walk(cast).to(Status.AWAITING_START)
    made = put_in(cast, director, manager)
    assert str(made) == "Kommundirektör, Skara (ersättare för Kommundirektör Skara)"
    stand_in = fresh(manager, acting=made)
    for person in (stand_in, director):
        assert [row.line.act for row in todo.described(todo.in_order(person), person)] == [Act.DECIDE_START]
        assert waiting_count(person) == 1
    given = {"stage_type": "prestudy", "start": TODAY(), "leader": cast.orgs["skara"], "budget": 0}
    event = perform(
        Act.DECIDE_START, case=walk.case, by=stand_in, given={**given, **decision(stand_in, to_be_reported=True)}
    )
    assert (event.actor, event.role, event.data["in_place_of"]) == (manager, "director", "Kommundirektör Skara")
    assert tell(event).who == "Förvaltningschef Skara (Kommundirektör, Skara, ersättare för Kommundirektör Skara)"
    assert plainly(event).text == (
        "Förvaltningschef Skara, ersättare för kommundirektören Kommundirektör Skara i Skara, "
        "beslutade att arbetet ska starta."
    )
    assert (
        Decision.objects.get(event=event).decider_told == "Förvaltningschef Skara (ersättare för Kommundirektör Skara)"
    )
    assert waiting_count(fresh(director)) == 0
    client.force_login(cast.registrar())
    book = load_workbook(io.BytesIO(b"".join(client.get("/beslut/lista.xlsx"))))
    told = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert "Förvaltningschef Skara (ersättare för Kommundirektör Skara)" in told
    client.force_login(cast.reader())
    assert (
        "Förvaltningschef Skara (ersättare för Kommundirektör Skara)"
        in client.get(walk.case.get_absolute_url()).content.decode()
    )


def test_what_somebody_else_decided_is_hers_also_when_a_stand_in_writes_it_down(cast: Cast) -> None:
    walk = Walk(cast).to(Status.PRIORITISED)
    made = put_in(cast, cast.director(), cast.lead())
    event = perform(
        Act.DECIDE_LOCAL, case=walk.case, by=fresh(cast.lead(), acting=made), given=decision(cast.director())
    )
    assert Decision.objects.get(event=event).decider_told == "Kommundirektör Skara"
    assert event.data["in_place_of"] == "Kommundirektör Skara"


def refusal(cast: Cast, holder: User, stand_in: User, **days: Any) -> str:
    with pytest.raises(Refused) as refused:
        put_in(cast, holder, stand_in, **days)
    return str(refused.value)


def test_who_may_not_stand_in(cast: Cast) -> None:
    """Each refusal by itself, and nothing is kept of any."""
    director, lead, other = cast.director(), cast.lead(), cast.lead(number=2)
    assert "egen ersättare" in refusal(cast, director, director)
    assert "ingen roll i Skara i dag" in refusal(cast, director, cast.manager("vara"))
    assert refusal(cast, lead, other) == (
        "Utvecklingsledare Skara 2 är redan Utvecklingsledare i Skara och kan göra allt i rollen. "
        "Ingen ersättare behövs."
    )
    assert "Rollen Administratör har ingen ersättare" in refusal(cast, cast.admin(), cast.coordinator())
    assert "rätt att besluta" in refusal(cast, director, cast.manager(), basis=" ")
    assert "en roll som du själv har" in refusal(cast, director, cast.manager(), by=lead)
    assert "har passerat" in refusal(cast, director, cast.manager(), first=-1)
    assert "före första dagen" in refusal(cast, director, cast.manager(), first=2, last=1)
    assert "Högst ett år" in refusal(cast, director, cast.manager(), last=366)
    assert not Membership.objects.stand_ins().exists()


def test_not_two_at_once_and_no_stand_in_of_a_stand_in(cast: Cast) -> None:
    director, manager = cast.director(), cast.manager()
    made = put_in(cast, director, manager, first=5, last=9)
    assert "är redan ersättare" in refusal(cast, director, cast.council(), first=9, last=12)
    now = put_in(cast, director, cast.council(), first=0, last=4)
    with pytest.raises(Refused, match="kan inte utse någon i ditt ställe"):
        appoint(held=now, stand_in=manager, first=TODAY(), last=TODAY(), basis="x", by=cast.council())
    with pytest.raises(IntegrityError, match="stand_in_one_at_a_time"), transaction.atomic():
        Membership.objects.filter(pk=now.pk).update(valid_to=made.valid_from)


def test_it_ends_by_itself_early_or_with_the_role_of_the_holder(cast: Cast) -> None:
    director, manager, council = cast.director(), cast.manager(), cast.council()
    made = put_in(cast, director, manager)
    assert fresh(manager).holds(Role.DIRECTOR)
    with pytest.raises(Refused, match="Bara den som har ersättaren"):
        end_early(stand_in=made, by=manager)
    end_early(stand_in=made, by=director)
    assert not fresh(manager).holds(Role.DIRECTOR)
    made.refresh_from_db()
    assert (made.appointed_by, made.ended_by, made.valid_to) == (director, director, TODAY())
    with pytest.raises(Refused, match="redan avslutat"):
        end_early(stand_in=made, by=director)
    put_in(cast, director, manager, last=3)
    to_come = put_in(cast, director, council, first=20, last=30)
    held = Membership.objects.own().get(user=director)
    held.valid_to = TODAY() + DAY
    held.save()
    assert not Membership.objects.filter(pk=to_come.pk).exists()
    assert [m.valid_to for m in Membership.objects.stand_ins().current()] == [TODAY() + DAY]
    assert "inte själv rollen" in refusal(cast, director, council, first=2, last=4)


def test_it_ends_when_the_role_is_taken_away_or_comes_back_only_later(cast: Cast) -> None:
    director, manager = cast.director(), cast.manager()
    held = Membership.objects.own().get(user=director)
    Membership.objects.filter(pk=held.pk).update(valid_from=TODAY())
    put_in(cast, director, manager)
    Membership.objects.get(pk=held.pk).delete()
    assert not Membership.objects.stand_ins().exists()

    place = {"user": director, "organisation": held.organisation, "role": held.role}
    held = Membership.objects.create(**place, valid_from=TODAY(), valid_to=TODAY() + 9 * DAY)
    Membership.objects.create(**place, valid_from=TODAY() + 12 * DAY)
    days = {"first": TODAY(), "last": TODAY() + 9 * DAY}
    made = appoint(held=held, stand_in=manager, basis="KS 1.4", by=fresh(director), **days)
    held.valid_to = TODAY() + 4 * DAY
    held.save()
    made.refresh_from_db()
    assert made.valid_to == TODAY() + 4 * DAY


def test_one_seat_one_assessment(cast: Cast) -> None:
    """A stand-in assesses where the holder has not, jäv counting as not; and the other way round."""
    lead, stand_in = cast.lead(), cast.council()
    first, second = (Walk(cast, title=title).to(Status.QUALIFIED) for title in ("Ett", "Två"))
    made = put_in(cast, lead, stand_in, basis="")
    acting = fresh(stand_in, acting=made)
    first.assess_at_home()
    first.act(Act.DECLARE_CONFLICT, cast.lead(number=2), motivation="Min bror säljer det.")
    waiting = {row.case.pk: row.line.act for row in todo.described(todo.in_order(acting), acting)}
    assert waiting == {first.case.pk: Act.PRIORITISE, second.case.pk: Act.ASSESS}
    with pytest.raises(Refused, match="Utvecklingsledare Skara har redan bedömt"):
        perform(Act.ASSESS, case=first.case, by=acting, given={"marks": marks(5)})
    perform(Act.ASSESS, case=second.case, by=acting, given={"marks": marks(5)})
    assert Act.ASSESS not in [row.line.act for row in todo.described(todo.in_order(lead), lead)]
    with pytest.raises(Refused, match="Digitaliseringsråd Skara har redan bedömt"):
        second.assess_at_home()


def test_one_seat_one_assessment_also_when_one_stand_in_follows_another(cast: Cast) -> None:
    lead, first, second = cast.lead(), cast.council(), cast.manager()
    walk = Walk(cast).to(Status.QUALIFIED)
    made = put_in(cast, lead, first, basis="")
    perform(Act.ASSESS, case=walk.case, by=fresh(first, acting=made), given={"marks": marks(5)})
    end_early(stand_in=made, by=lead)
    acting = fresh(second, acting=put_in(cast, lead, second, basis=""))
    assert [row.line.act for row in todo.described(todo.in_order(acting), acting)] == [Act.PRIORITISE]
    with pytest.raises(Refused, match="Digitaliseringsråd Skara har redan bedömt"):
        perform(Act.ASSESS, case=walk.case, by=acting, given={"marks": marks(1)})


def test_the_page_appoints_tells_and_ends(cast: Cast, client: Client) -> None:
    director, manager = cast.director(), cast.manager()
    Walk(cast).to(Status.PRIORITISED)
    client.force_login(director)
    (held,) = director.current_memberships
    given = {"held": held.pk, "person": manager.pk, "first": TODAY(), "last": TODAY() + 9 * DAY, "basis": ""}
    assert "Skriv vad som ger ersättaren rätt att besluta" in client.post("/ersattare/", given).content.decode()
    page = client.post("/ersattare/", {**given, "basis": "KS 1.4"}, follow=True).content.decode()
    assert "Förvaltningschef Skara är nu ersättare för dig som Kommundirektör i Skara" in page
    assert "är ersättare för dig till och med" in client.get("/").content.decode()
    client.force_login(manager)
    page = client.get("/").content.decode()
    assert "Du är ersättare för Kommundirektör Skara som Kommundirektör i Skara" in page
    assert "En sak väntar där." in page
    made = Membership.objects.stand_ins().get()
    assert client.post(f"/ersattare/{made.pk}/avsluta/").status_code == 404
    client.force_login(director)
    page = client.post(f"/ersattare/{made.pk}/avsluta/", follow=True).content.decode()
    assert "Avslutad i förtid av Kommundirektör Skara" in page
    assert "Utse en ersättare" in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_the_same_however_many(
    count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lead, council = cast.lead(), cast.council()
    for number in range(count):
        put_in(cast, lead, council, first=number, last=number)
    client.force_login(lead)
    with django_assert_num_queries(7):
        client.get("/ersattare/")
