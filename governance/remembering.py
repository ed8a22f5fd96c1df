"""The same statement asked of what was known at some moment, instead of what is known now.

Before the statement stand tables of the same names, as a common table expression each: PostgreSQL takes those for the
tables. So a figure is counted by the very same words whichever moment it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KNOWN = "known_at"
"""The name of the parameter that holds the moment: what was recorded before it was known."""

OF_THE_PORTAL = re.compile(r"\b(?:initiatives|governance|followup)_[a-z_]+\b")
FIRST_WITH = re.compile(r"\s*with\s", re.IGNORECASE)

EVENTS = "governance_event"
_EVENTS = "{0} as not materialized (select * from public.{0} where recorded_at < %({1})s)"

# The case's number is the entry's own, so that a question about one case finds its entries by their index.
_ROWS = """{table} as not materialized (
    select {columns} from (
        select distinct on (case_id, row_id) case_id, content from public.governance_entry
        where table_name = '{table}' and recorded_at < %({known})s
        order by case_id, row_id, id desc
    ) latest cross join lateral jsonb_populate_record(null::public.{table}, latest.content) as held
    where latest.content is not null{rest}
)"""
_AS_NOW = """ and not exists (select from public.{table} now where now.{key} = latest.case_id and {now})
    union all select {columns} from public.{table} now where {now}"""


@dataclass(frozen=True)
class Kept:
    """A table of whose rows entries are kept: its columns, less those the entries leave out, and which names the case.

    ``now`` is a condition on a case as it stands today, called ``now`` in it. Where it holds the row of today is
    read, whatever was known before: what is withheld today is not told by way of yesterday.
    """

    name: str
    of_case: str
    columns: Sequence[str]
    now: str = ""

    @property
    def expression(self) -> str:
        chosen = (f"latest.case_id as {name}" if name == self.of_case else f'held."{name}"' for name in self.columns)
        today = ", ".join(f'now."{name}"' for name in self.columns)
        rest = _AS_NOW.format(table=self.name, key=self.of_case, columns=today, now=self.now) if self.now else ""
        return _ROWS.format(table=self.name, columns=", ".join(chosen), known=KNOWN, rest=rest)


class NotRemembered(Exception):
    """A statement names a table whose past nobody keeps."""


def as_known(statement: str, kept: Mapping[str, Kept], settled: Sequence[str] = ()) -> str:
    """The statement about what was known when ``%(known_at)s`` came.

    ``kept`` are the tables that it may read by their names, the log of events besides; ``settled`` those that are read
    as they are, since their rows never change. Raises NotRemembered where it names any other table of the portal's.
    """
    named = dict.fromkeys(OF_THE_PORTAL.findall(statement))
    unknown = [name for name in named if name not in kept and name not in settled and name != EVENTS]
    if unknown:
        raise NotRemembered(", ".join(unknown))
    tables = [
        _EVENTS.format(EVENTS, KNOWN) if name == EVENTS else kept[name].expression
        for name in named
        if name == EVENTS or name in kept
    ]
    if not tables:
        return statement
    rest = FIRST_WITH.sub(", ", statement, count=1) if FIRST_WITH.match(statement) else f"\n{statement}"
    return f"with {', '.join(tables)}{rest}"
