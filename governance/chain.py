"""Checks that the log of record is unbroken: numbered without gaps, each event carrying the hash of the one before;
and that what the cases say of themselves is what the log says.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from .statuses import Status

CHECKED = """
with linked as (
  select e.id, e.reference, e.hash, e.previous_hash, governance_event_digest(e) as expected,
         lag(e.id, 1, 0::bigint) over (order by e.id) as id_before,
         lag(e.hash) over (order by e.id) as hash_before
  from governance_event e
)
select id, reference, id_before, hash is distinct from expected as altered,
       previous_hash is distinct from hash_before as unlinked
from linked
where id <> id_before + 1 or hash is distinct from expected or previous_hash is distinct from hash_before
order by id limit 1
"""

APART = """
select c.reference, c.stands, c.logged from (
  select i.reference, k.status as stands, (
    select e.to_status from governance_event e
    where e.case_id = k.initiative_id and e.to_status <> '' order by e.id desc limit 1) as logged
  from governance_case k join initiatives_initiative i on i.id = k.initiative_id
  union all
  select e.reference, null, e.to_status from governance_event e
  where e.id in (select max(id) from governance_event where to_status <> '' group by case_id)
    and not exists (select from governance_case k where k.initiative_id = e.case_id)
    and not exists (select from governance_event gone where gone.case_id = e.case_id
                    and gone.kind in ('delete_draft', 'purge'))
) c
where c.stands is distinct from c.logged order by c.reference limit 1
"""

HEAD = "select id, encode(hash, 'hex') from governance_event order by id desc limit 1"


@dataclass(frozen=True)
class Head:
    """The newest event: its number, which is also how many there are, and its hash in hexadecimal."""

    number: int
    hash: str


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    number: int
    reference: str
    missing: int
    """How many events are missing just before it."""
    altered: bool
    """Whether its own content no longer gives its hash."""


def head() -> Head | None:
    """The head of the chain, to be kept outside the database; None while the log is empty."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        row = cursor.fetchone()
    return Head(*row) if row else None


def first_break() -> Break | None:
    """The first broken link of the whole log, or None when all holds. One statement, whatever its length.

    A tail that has been cut off cannot be seen from inside the chain: see ``first_apart``, and compare ``head`` with
    one noted elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHECKED)
        row = cursor.fetchone()
    if row is None:
        return None
    number, reference, before, altered, _unlinked = row
    return Break(number, reference, missing=number - before - 1, altered=altered)


@dataclass(frozen=True)
class Apart:
    """A case that does not stand where the log left it."""

    reference: str
    stands: Status | None
    """Where the case says that it stands; None when it is gone."""
    logged: Status | None
    """Where its newest event in the log took it; None when there is none."""


def first_apart() -> Apart | None:
    """The first case, by its reference, that does not stand where its newest event took it; None when all do.

    Finds an event cut off the end of the log, as long as it had moved its case. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(APART)
        row = cursor.fetchone()
    if row is None:
        return None
    reference, stands, logged = row
    return Apart(reference, Status(stands) if stands else None, Status(logged) if logged else None)


def holds(expected: Head) -> bool:
    """Whether the event that was the head at some time still stands in the log as it was then."""
    with connection.cursor() as cursor:
        cursor.execute("select encode(hash, 'hex') from governance_event where id = %s", [expected.number])
        row = cursor.fetchone()
    return row is not None and row[0] == expected.hash
