"""Does the log tell a history that the process allows, and do the initiatives stand where it leaves them?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from governance.acts import Act
from governance.statuses import Status
from governance.workflow import allows

from ..register_format import MOVING_ACTS, STATUSES
from .tables import Book, Row
from .world import World

ACT_OF_WORD = {str(act.label): act for act in Act}
STATUS_WORD = {code: word for word, code in STATUSES.items()}


def act_of(row: Row) -> Act:
    """The act that the row's word is the name of; IMPORTED for any other word."""
    return ACT_OF_WORD.get(row["word"] or "", Act.IMPORTED)


def in_time_order(rows: list[Row]) -> list[Row]:
    """As it happened; what happened at the same moment keeps the order of the file."""
    return sorted(rows, key=lambda row: row["occurred_at"])


def moves(rows: list[Row]) -> list[Row]:
    return [row for row in in_time_order(rows) if row["to_status"]]


def is_whole(row: Row) -> bool:
    """Whether every cell could be read, so that the row can be compared with others."""
    return all(column.key in row.values for column in row.sheet.columns if column.required) and not (
        {"from_status", "to_status"} - row.values.keys()
    )


UNNAMED = "Ej angivet"
"""Who recorded an event that names nobody: the log always has a name."""


def events(book: Book, world: World) -> None:
    for row in book.rows["events"]:
        row.values["actor_name"] = row["actor_name"] or UNNAMED
    for rows in book.by_reference("events").values():
        if all(is_whole(row) for row in rows):
            _check_words(book, rows)
            _check_steps(book, moves(rows))


def _check_words(book: Book, rows: list[Row]) -> None:
    for row in rows:
        moving = act_of(row) in MOVING_ACTS
        if moving and not row["to_status"]:
            book.fault(row, "to_status", _("den status som steget leder till"))
        if not moving and (row["from_status"] or row["to_status"]):
            book.fault(row, "word", _("ett steg i processen, när statusarna är ifyllda"))


def _check_steps(book: Book, rows: list[Row]) -> None:
    standing, paused_from = "", ""
    for row in rows:
        source, target = row["from_status"], row["to_status"]
        begins = not standing and source == Status.DRAFT
        if source != standing and not begins:
            expected = STATUS_WORD.get(standing) or _("inget i den första händelsen")
            book.fault(row, "from_status", expected)
        elif act_of(row) in MOVING_ACTS and not _allowed(act_of(row), source, target, paused_from):
            found = f"{STATUS_WORD.get(source, '')} → {STATUS_WORD[target]}: {row['word']}"
            book.fault(row, "word", _("ett steg som processen tillåter"), found)
        paused_from = source if target == Status.PAUSED else paused_from
        standing = target


def _allowed(act: Act, source: str, target: str, paused_from: str) -> bool:
    if act is Act.RESUME and target != paused_from:
        return False
    return allows(act, source, target)


def initiatives_follow_events(book: Book, world: World) -> None:
    """Status, its date, *Inskickat* and *Inkommet till V6* are what the events say. What is empty is filled in."""
    logged = book.by_reference("events")
    for row in book.rows["initiatives"]:
        rows = logged.get(row["reference"], [])
        if not all(is_whole(event) for event in rows) or "status" not in row.values:
            continue
        steps = moves(rows)
        if not steps:
            book.fault(row, "status", _("händelser som leder till den statusen"))
        elif row["status"] == Status.DRAFT or row["status"] != steps[-1]["to_status"]:
            book.fault(row, "status", _("%s, som händelserna säger") % STATUS_WORD[steps[-1]["to_status"]])
        else:
            _check_dates(book, row, steps)


def _check_dates(book: Book, row: Row, steps: list[Row]) -> None:
    said = {
        "status_since": steps[-1]["occurred_at"],
        "submitted_at": _first(steps, Status.SUBMITTED),
        "shared_at": _first(steps, Status.V6_RECEIVED),
    }
    for key, moment in said.items():
        if row.values.setdefault(key, None) is None:
            row.values[key] = moment
        elif row[key] != moment:
            book.fault(row, key, _("%s, som händelserna säger") % (row.sheet[key].show(moment) or _("inget")))
    if row["created_at"] is None:
        row.values["created_at"] = min(steps[0]["occurred_at"], row["submitted_at"])


def _first(steps: list[Row], status: Status) -> object:
    return next((step["occurred_at"] for step in steps if step["to_status"] == status), None)
