"""Nothing waits for nobody: what waits for a role that no one has is told to those who can see to it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from governance.presenting.vacancies import Vacancy, number_of_vacancies, vacancies
from governance.statuses import Status
from tests.cast import KOMMUNER, Cast
from tests.walk import Walk
from v6portal.organizations.models import Membership, User
from v6portal.organizations.reading import first_empty
from v6portal.organizations.roles import Role

S = Status
DAY = dt.timedelta(days=1)


def staffed(cast: Cast) -> None:
    """Every role that the process asks for has a holder."""
    for kommun in KOMMUNER:
        cast.lead(kommun), cast.director(kommun), cast.manager(kommun)
    cast.lead("goliska"), cast.it_officer(), cast.it_director(), cast.coordinator(), cast.admin()


def leaves(user: User, last: dt.date) -> None:
    user.memberships.update(valid_to=last)


def told(vacancy: Vacancy) -> tuple[str, tuple[Role, ...], bool, list[tuple[str, int, int]]]:
    tasks = [(task.what, task.readable, task.unreadable) for task in vacancy.tasks]
    return vacancy.organisation.key, vacancy.roles, vacancy.is_empty, tasks


def test_nothing_where_everybody_is_there(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    staffed(cast)
    Walk(cast).to(S.INTEREST)
    coordinator = cast.coordinator()
    assert vacancies(coordinator).rows == []
    with django_assert_num_queries(1):
        assert number_of_vacancies(coordinator) == 0


def test_each_place_where_nobody_is_with_titles_only_of_what_one_may_read(cast: Cast, client: Client) -> None:
    staffed(cast)
    Walk(cast, title="Hemligt i Skara").to(S.SUBMITTED)
    Walk(cast, title="Frågan till alla").to(S.INTEREST)
    Walk(cast, title="Start som väntar").to(S.AWAITING_START)
    Walk(cast, "vara", title="Varas egen").to(S.QUALIFIED)
    yesterday, soon = timezone.localdate() - DAY, timezone.localdate() + 9 * DAY
    leaves(cast.lead("skara"), yesterday)
    leaves(cast.director("vara"), yesterday)
    leaves(cast.director("skara"), soon)
    leaves(cast.lead("vara"), soon)
    found = vacancies(cast.coordinator())
    assert [told(vacancy) for vacancy in found.rows] == [
        ("vara", (Role.DIRECTOR,), True, [("Vill kommunen vara med?", 1, 0)]),
        ("skara", (Role.LEAD,), True, [("Nytt initiativ att kvalificera", 0, 1)]),
        ("skara", (Role.DIRECTOR,), False, [("Start att besluta om", 1, 0)]),
        ("vara", (Role.LEAD,), False, [("Bedömning att lämna", 0, 1)]),
    ]
    assert [vacancy.empty_from for vacancy in found.rows[2:]] == [soon + DAY] * 2
    assert found.administrators == ["Administratör V6"]
    client.force_login(cast.coordinator())
    page = client.get("/vakanser/").content.decode()
    assert "Frågan till alla" in page
    assert "1 ärende som du inte får läsa" in page
    assert "Hemligt i Skara" not in page
    assert "Administratör V6 ger rollen." in page
    assert "Ärenden väntar på 4 roller som ingen har" in client.get("/").content.decode()
    client.force_login(cast.admin())
    assert "Öppna personlistan" in client.get("/vakanser/").content.decode()


def test_a_role_beside_that_may_do_it_is_enough_and_so_is_a_stand_in(cast: Cast) -> None:
    """Förvaltningschef or kommundirektör decides; when neither is there it is vacant until somebody stands in."""
    staffed(cast)
    Walk(cast).to(S.PRIORITISED)
    yesterday, coordinator = timezone.localdate() - DAY, cast.coordinator()
    leaves(cast.manager(), yesterday)
    assert number_of_vacancies(coordinator) == 0
    leaves(cast.director(), yesterday)
    (vacancy,) = vacancies(coordinator).rows
    assert vacancy.roles == (Role.MANAGER, Role.DIRECTOR)
    Membership.objects.create(
        user=cast.council(),
        organisation=cast.orgs["skara"],
        role=Role.DIRECTOR,
        valid_to=yesterday + 30 * DAY,
        stands_in_for=cast.director(),
        basis="Tillförordnad",
        appointed_by=cast.admin(),
        appointed_at=timezone.now(),
    )
    assert number_of_vacancies(coordinator) == 0
    User.objects.filter(pk=cast.council().pk).update(is_active=False)
    assert number_of_vacancies(coordinator) == 1


@pytest.mark.parametrize("count", [1, 7])
def test_three_statements_however_much_waits(
    count: int, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        Walk(cast, title=f"Nummer {number}").to(S.SUBMITTED)
    coordinator = cast.coordinator()
    assert coordinator.current_memberships
    with django_assert_num_queries(3):
        (vacancy,) = vacancies(coordinator).rows
    assert (vacancy.organisation.key, vacancy.tasks[0].unreadable) == ("skara", count)


FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 15)


@pytest.mark.parametrize(
    ("periods", "day"),
    [
        ([], 1),
        ([((2026, 1, 1), (9999, 12, 31))], None),
        ([((2026, 1, 1), (2026, 11, 15))], None),
        ([((2026, 1, 1), (2026, 11, 14))], 15),
        ([((2026, 1, 1), (2026, 11, 4)), ((2026, 11, 5), (2026, 11, 30))], None),
        ([((2026, 11, 6), (2026, 11, 30)), ((2026, 1, 1), (2026, 11, 4))], 5),
        ([((2026, 11, 2), (9999, 12, 31))], 1),
        ([((2026, 1, 1), (2026, 11, 10)), ((2026, 11, 3), (2026, 11, 5))], 11),
    ],
)
def test_the_first_day_without_anybody(periods: list[tuple[tuple[int, int, int], ...]], day: int | None) -> None:
    held = [(dt.date(*begins), dt.date(*ends)) for begins, ends in periods]
    assert first_empty(held, FIRST, LAST) == (day and dt.date(2026, 11, day))
