"""What must agree between the rows of a register before any of it is written.

Each check notes its faults in the book. The process's obstacles are not asked of history: what happened, happened.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models.work import RUNNING_KINDS
from governance.statuses import Status
from v6portal.organizations.roles import Kind

from ..register_format import SHEETS
from . import check_answers, check_events, check_participation
from .tables import Book, Row
from .world import World

Check = Callable[[Book, World], None]


def check(book: Book, world: World) -> None:
    """Runs every check, in the order of the sheets."""
    for one in CHECKS:
        one(book, world)


def unknown_references(book: Book, world: World) -> None:
    """Every row belongs to an initiative of the same file."""
    known = {row["reference"] for row in book.rows["initiatives"]}
    for sheet in SHEETS[1:]:
        for row in book.rows[sheet.key]:
            if row["reference"] and row["reference"] not in known:
                book.fault(row, "reference", _("en referens som finns i bladet Initiativ"))


def repeated_references(book: Book, world: World) -> None:
    for reference, rows in book.by_reference("initiatives").items():
        for row in rows[1:]:
            book.fault(row, "reference", _("en referens som inte redan står på rad %d") % rows[0].number)
        if reference in world.drafts:
            book.fault(rows[0], "reference", _("en referens som inte redan är tagen"))


def initiatives(book: Book, world: World) -> None:
    """What an initiative's own row must hold together."""
    for row in book.rows["initiatives"]:
        if row["organisation"] and world.organisations[row["organisation"]].kind == Kind.COLLABORATION:
            book.fault(row, "organisation", _("en kommun eller Göliska IT"))
        if row["targets_residents"] is False and row["targets_employees"] is False:
            book.fault(row, "targets_residents", _("ja i minst en av målgrupperna"))
        created, submitted, shared = row["created_at"], row["submitted_at"], row["shared_at"]
        if created and submitted and created > submitted:
            book.fault(row, "created_at", _("en tidpunkt före Inskickat"))
        if shared and submitted and shared < submitted:
            book.fault(row, "shared_at", _("en tidpunkt efter Inskickat"))


def duplicates(book: Book, world: World) -> None:
    known = {row["reference"] for row in book.rows["initiatives"]} | world.existing.keys()
    for row in book.rows["initiatives"]:
        original, is_duplicate = row["duplicate_of"], row["status"] == Status.DUPLICATE
        if original and original == row["reference"]:
            book.fault(row, "duplicate_of", _("ett annat initiativ än det själv"))
        elif original and original not in known:
            book.fault(row, "duplicate_of", _("en referens som finns i bladet Initiativ eller i portalen"))
        elif bool(original) != is_duplicate and row["status"]:
            book.fault(row, "duplicate_of", _("en referens när status är Dubblett, annars inget"))


def stages(book: Book, world: World) -> None:
    for rows in book.by_reference("stages").values():
        seen: dict[int, Row] = {}
        for row in rows:
            if row["start"] and row["end"] and row["end"] < row["start"]:
                book.fault(row, "end", _("ett datum från och med Start"))
            if row["end"] and not row["outcome"]:
                book.fault(row, "outcome", _("genomförd eller avbruten, när Slut är ifyllt"))
            if row["outcome"] and not row["end"]:
                book.fault(row, "end", _("ett datum, när Utfall är ifyllt"))
            if row["number"] in seen:
                book.fault(row, "number", _("ett nummer som inte redan står på rad %d") % seen[row["number"]].number)
            elif row["number"]:
                seen[row["number"]] = row


def costs(book: Book, world: World) -> None:
    numbers = {(row["reference"], row["number"]) for row in book.rows["stages"]}
    for row in book.rows["costs"]:
        if row["stage"] and (row["reference"], row["stage"]) not in numbers:
            book.fault(row, "stage", _("numret på en av initiativets etapper"))
        if row["until"] and row["kind"] and row["kind"] not in RUNNING_KINDS:
            book.fault(row, "until", _("inget: bara drift och förvaltning har ett slutdatum"))
        elif row["until"] and row["date"] and row["until"] < row["date"]:
            book.fault(row, "until", _("ett datum från och med Datum"))


def adoptions(book: Book, world: World) -> None:
    submitted = {row["reference"]: row["submitted_at"] for row in book.rows["initiatives"]}
    first: dict[tuple[str, str], Row] = {}
    for row in book.rows["adoptions"]:
        begun = submitted.get(row["reference"])
        if begun and row["in_use_on"] and row["in_use_on"] < timezone.localdate(begun):
            book.fault(row, "in_use_on", _("ett datum från och med Inskickat, %s") % timezone.localdate(begun))
        if row["reference"] and row["organisation"]:
            earlier = first.setdefault((row["reference"], row["organisation"]), row)
            if earlier is not row:
                book.fault(row, "organisation", _("en kommun som inte redan står på rad %d") % earlier.number)


CHECKS: tuple[Check, ...] = (
    unknown_references,
    repeated_references,
    initiatives,
    duplicates,
    check_events.events,
    check_events.initiatives_follow_events,
    check_participation.periods,
    check_participation.leaders,
    check_participation.leaves,
    check_participation.leading_today,
    stages,
    costs,
    adoptions,
    check_answers.answers,
    check_answers.open_rounds,
)
