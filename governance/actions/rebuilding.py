"""Making the tables that figures are read from anew, out of what the log has kept of each row.

It is no act on a case and leaves no event: nothing becomes anything else than what the log says that it is. Which
tables it is about the database knows: those whose triggers keep entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

KEPT = """
select t.tgrelid::regclass::text, encode(t.tgargs, 'escape'),
  (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
    where a.attrelid = t.tgrelid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
from pg_trigger t where t.tgname = 'entry_on_insert' order by t.tgrelid::regclass::text
"""

HELD = """
select {columns} from (
  select distinct on (case_id, row_id) content from governance_entry where table_name = '{table}'
  order by case_id, row_id, id desc
) latest cross join lateral jsonb_populate_record(null::{table}, latest.content) as held
where latest.content is not null
"""

COMPARED = """
with stands as (select {columns} from {table} kept_row where {condition}), held as ({held})
select (select count(*) from held), (select count(*) from (
  (select coalesce(s.{key}, h.{key}) from stands s full join held h on s.{key} = h.{key}
   where to_jsonb(s) is distinct from to_jsonb(h))
) apart)
"""


@dataclass(frozen=True)
class Table:
    """A table whose rows entries are kept of: its primary key, its own columns, and which of its rows are kept."""

    name: str
    key: str
    columns: Sequence[str]
    condition: str

    def write(self, statement: str) -> str:
        columns = ", ".join(self.columns)
        held = HELD.format(columns=columns, table=self.name)
        return statement.format(
            table=self.name, key=self.key, columns=columns, held=held, condition=self.condition or "true"
        )


@dataclass(frozen=True)
class Compared:
    """A table beside the log: how many rows the log has of it, and how many of all are not what the log says."""

    table: str
    rows: int
    apart: int


def compared() -> list[Compared]:
    """Every kept table beside the log; changes nothing. One statement for each, and one to know which they are."""
    with connection.cursor() as cursor:
        return [_compared(cursor, table) for table in kept_tables(cursor)]


@transaction.atomic
def rebuild() -> list[Compared]:
    """Empties every kept table of the rows that are kept and writes them anew; tells how it was before.

    All or nothing, in one transaction, and only for the owner of the tables: the triggers that refuse to let anything
    be taken away are down meanwhile. Raises ``django.db.ProgrammingError`` for the web application's role.
    """
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        tables = kept_tables(cursor)
        cursor.execute(f"lock table {', '.join(table.name for table in tables)} in access exclusive mode")
        before = [_compared(cursor, table) for table in tables]
        for table in tables:
            cursor.execute(f"alter table {table.name} disable trigger user")
        cursor.execute("set constraints all deferred")
        for table in tables:
            cursor.execute(table.write("delete from {table} kept_row where {condition}"))
        for table in tables:
            cursor.execute(table.write("insert into {table} ({columns}) {held}"))
        cursor.execute("set constraints all immediate")
        for table in tables:
            cursor.execute(f"alter table {table.name} enable trigger user")
    return before


def kept_tables(cursor: CursorWrapper) -> list[Table]:
    cursor.execute(KEPT)
    return [_table(name, arguments, columns) for name, arguments, columns in cursor.fetchall()]


def _table(name: str, arguments: str, columns: Sequence[str]) -> Table:
    key, _of_case, condition, *_rest = arguments.split("\\000")
    return Table(name, key, columns, condition.replace("%s", "kept_row"))


def _compared(cursor: CursorWrapper, table: Table) -> Compared:
    cursor.execute(table.write(COMPARED))
    rows, apart = cursor.fetchone()
    return Compared(table.name, rows, apart)
