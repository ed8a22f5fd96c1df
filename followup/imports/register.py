"""Bringing a register in: read, check everything, then write all of it or nothing. Source: docs/register.md."""

from __future__ import annotations

import logging
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from initiatives.workbooks.reading import Cells, FileRefused, read_cells
from initiatives.workbooks.safety import Limits

from ..register_format import SHEETS
from .cells import Known
from .checks import check
from .faults import Outcome
from .matching import matched_references
from .tables import Book, read_tables
from .world import note_existing, read_world
from .writing import write

log = logging.getLogger(__name__)


def import_register(
    path: Path, *, preview: bool = False, limits: Limits | None = None, most_rows: int | None = None
) -> Outcome:
    """Brings in the register in the file, or says what is wrong with it.

    With ``preview`` everything is tried, the database's own constraints included, and nothing is kept. A file with
    more than ``most_rows`` rows is refused.
    """
    try:
        cells = read_cells(path, [sheet.title for sheet in SHEETS], limits or Limits())
    except FileRefused as refusal:
        return Outcome(refusal=str(refusal))
    if most_rows is not None and sum(map(len, cells.rows.values())) > most_rows:
        return Outcome(refusal=_("Filen är för stor att läsa in här. Den som driver portalen kan läsa in den."))
    try:
        return _in_one_transaction(cells, preview=preview)
    except IntegrityError:
        log.exception("the database refused a register that the checks had passed")
        return Outcome(
            refusal=_("Registret ändrades av någon annan medan filen lästes in. Ingenting är inläst. Försök igen.")
        )


@transaction.atomic
def _in_one_transaction(cells: Cells, *, preview: bool) -> Outcome:
    world = read_world()
    book = read_tables(cells, Known({name: o.kind for name, o in world.organisations.items()}))
    wanted = {row[key] for row in book.rows["initiatives"] for key in ("reference", "duplicate_of") if row[key]}
    note_existing(world, wanted)
    check(book, world)
    matched = set() if book.faults else matched_references(book, world)
    outcome = _outcome(book, matched)
    if outcome.ok:
        write(book, world, {row["reference"] for row in book.rows["initiatives"]} - matched)
        _try_constraints()
        outcome.written = not preview
    if not outcome.written:
        transaction.set_rollback(True)
    return outcome


def _try_constraints() -> None:
    """Asks now what the database would otherwise ask at the end, while there still is somebody to tell."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _outcome(book: Book, matched: set[str]) -> Outcome:
    outcome = Outcome(faults=book.faults, notices=book.notices)
    totals = outcome.totals
    totals.read = book.row_count
    totals.refused = len(book.refused)
    if not book.faults:
        rows = [row for rows in book.rows.values() for row in rows]
        totals.matched = sum(1 for row in rows if row["reference"] in matched)
        totals.created = totals.read - totals.matched
        outcome.initiatives = len(book.rows["initiatives"]) - len(matched)
    return outcome
