"""The figure beside *Att göra*: always the length of the list, and worked out anew only when something has happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from governance.presenting.todo import waiting_for
from governance.presenting.todo_count import waiting_count
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def memory() -> Iterator[None]:
    """Remembering, as in production; the other tests ask anew each time."""
    with override_settings(CACHES=MEMORY):
        cache.clear()
        yield
        cache.clear()


def again(user: User) -> User:
    """The same person in her next request."""
    found = User.objects.get(pk=user.pk)
    _read_once = found.current_memberships
    return found


@pytest.mark.django_db
def test_with_an_empty_log_nothing_waits(memory: None, cast: Cast) -> None:
    assert waiting_count(cast.lead()) == 0


def test_it_is_the_length_of_the_list(memory: None, cast: Cast) -> None:
    lead = cast.lead()
    for _ in range(3):
        Walk(cast).submit()
    Walk(cast, "vara").submit()
    assert waiting_count(lead) == waiting_for(lead).count() == 3


def test_it_moves_with_every_act(memory: None, cast: Cast) -> None:
    lead, walk = cast.lead(), Walk(cast)
    assert waiting_count(lead) == 0
    walk.submit()
    assert waiting_count(lead) == 1
    assert waiting_count(cast.lead("vara")) == 0


def test_while_nothing_happens_it_takes_one_light_statement(
    memory: None, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Walk(cast).submit()
    lead = again(cast.lead())
    with django_assert_num_queries(1):
        assert waiting_count(lead) == 1
    with django_assert_num_queries(1) as asked:
        assert waiting_count(lead) == 1
    assert "governance_case" not in asked.captured_queries[0]["sql"]


def test_after_something_has_happened_it_is_worked_out_anew(
    memory: None, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lead = again(cast.lead())
    Walk(cast).submit()
    waiting_count(lead)
    Walk(cast).submit()
    with django_assert_num_queries(2):
        assert waiting_count(lead) == 2


def test_another_role_is_another_question(memory: None, cast: Cast) -> None:
    reader = cast.reader()
    Walk(cast).submit()
    assert waiting_count(reader) == 0
    cast.membership(reader, Role.LEAD, "skara", valid_from=dt.date(2024, 1, 1))
    reader = again(reader)
    assert waiting_count(reader) == 1
    reader.acting = next(m for m in reader.current_memberships if m.role == Role.READER)
    assert waiting_count(reader) == 0
