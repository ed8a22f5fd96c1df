"""Checks that the log of record is unbroken: numbered without gaps, each event carrying the hash of the one before;
that its entries are so too; and that what the cases say of themselves is what the log says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .statuses import Status

CHUNK = 20_000
"""Events that one statement checks: the database's memory stays flat, and one can tell how far it has come."""

CHECKED = """
with part as (
  select * from {table} where id > %(after)s order by id limit %(chunk)s
), linked as (
  select e.id, {reference} as reference, e.hash, e.previous_hash, {table}_digest(e::{table}) as expected,
         lag(e.id, 1, %(after)s::bigint) over (order by e.id) as id_before,
         lag(e.hash, 1, %(hash)s::bytea) over (order by e.id) as hash_before
  from part e
), broken as (
  select id, reference, id_before, hash is distinct from expected as altered
  from linked
  where id <> id_before + 1 or hash is distinct from expected or previous_hash is distinct from hash_before
  order by id limit 1
)
select last.id, last.hash, (select count(*) from part), broken.*
from (select id, hash from part order by id desc limit 1) last left join broken on true
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

HOLD = "select pg_advisory_xact_lock(6, 1)"
"""The lock that every new event takes (migration 0002) and that is let go when the transaction ends."""

HEAD = "select id, encode(hash, 'hex') from {table} order by id desc limit 1"
LINK = "select encode(hash, 'hex') from {table} where id = %s"


@dataclass(frozen=True)
class Chain:
    """A table that is chained, and how one of its rows is called where it does not hold."""

    table: str
    reference: str


EVENTS = Chain("governance_event", "e.reference")
ENTRIES = Chain("governance_entry", "e.table_name || ' ' || e.row_id")


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


def head(chain: Chain = EVENTS) -> Head | None:
    """The head of the chain, to be kept outside the database; None while it is empty."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD.format(table=chain.table))
        row = cursor.fetchone()
    return Head(*row) if row else None


def hold() -> None:
    """Keeps the log as it is until the transaction ends: whoever has done something unwritten waits.

    Whatever is recorded leaves an event, so what is read after this, in however many statements, and ``head`` belong
    together. For what is done seldom: everybody's acts wait meanwhile. Taken after all other locks (decision 0033).
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD)


@dataclass(frozen=True)
class Progress:
    """How far a check has come: the newest event that it has looked at, and the first break if there is one."""

    number: int = 0
    hash: str = ""
    broken: Break | None = None


def checked(chunk: int = CHUNK, chain: Chain = EVENTS) -> Iterator[Progress]:
    """Checks the log from its beginning, one statement for each chunk, and tells after each how far it has come.

    Ends at the first broken link, or with the newest event. A tail that has been cut off cannot be seen from inside:
    see ``first_apart``, and compare ``head`` with one noted elsewhere.
    """
    after, digest = 0, None
    while True:
        with connection.cursor() as cursor:
            cursor.execute(CHECKED.format(**vars(chain)), {"after": after, "hash": digest, "chunk": chunk})
            row = cursor.fetchone()
        if row is None:
            return
        after, digest, count, number, reference, before, altered = row
        broken = None if number is None else Break(number, reference, number - before - 1, altered)
        yield Progress(after, bytes(digest or b"").hex(), broken)
        if broken or count < chunk:
            return


def first_break(chain: Chain = EVENTS) -> Break | None:
    """The first broken link of the whole chain, or None when all holds."""
    last = Progress()
    for last in checked(chain=chain):  # noqa: B007 - the last one tells
        pass
    return last.broken


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


def holds(expected: Head, chain: Chain = EVENTS) -> bool:
    """Whether the link that was the head at some time still stands in the chain as it was then."""
    with connection.cursor() as cursor:
        cursor.execute(LINK.format(table=chain.table), [expected.number])
        row = cursor.fetchone()
    return row is not None and row[0] == expected.hash


def contents(numbers: Sequence[int]) -> dict[int, str]:
    """The very text that each event's hash is made of, after the hash before it; by number. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.id, governance_event_content(e) from governance_event e where e.id = any(%s)", [list(numbers)]
        )
        return dict(cursor.fetchall())


def words_of_entry(broken: Break) -> str:
    """What is said of a broken link among the entries."""
    said = {"number": broken.number, "where": broken.reference, "missing": broken.missing}
    if broken.missing:
        told = ngettext(
            "en anteckning saknas före anteckning %(number)d (%(where)s).",
            "%(missing)d anteckningar saknas före anteckning %(number)d (%(where)s).",
            broken.missing,
        )
        return told % said
    if broken.altered:
        return _("anteckning %(number)d (%(where)s) har ändrats i efterhand.") % said
    return _("anteckning %(number)d (%(where)s) hänger inte ihop med den före.") % said


def words_of(broken: Break, where: str) -> str:
    """What is said of a broken link; ``where`` is the case it belongs to, as the reader may know it."""
    said = {"number": broken.number, "where": where, "missing": broken.missing}
    if broken.missing:
        told = ngettext(
            "en händelse saknas före händelse %(number)d (%(where)s).",
            "%(missing)d händelser saknas före händelse %(number)d (%(where)s).",
            broken.missing,
        )
        return told % said
    if broken.altered:
        return _("händelse %(number)d (%(where)s) har ändrats i efterhand.") % said
    return _("händelse %(number)d (%(where)s) hänger inte ihop med den före.") % said
