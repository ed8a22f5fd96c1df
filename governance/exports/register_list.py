"""A selection of the register as a workbook, with real dates and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from initiatives.models import Initiative, InitiativeQuerySet
from initiatives.scoring import one_decimal
from v6portal.organizations.models import User

from ..models import Participation
from ..models.inquiry import rows_shown_to
from ..presenting.register import COLUMNS, target_groups, with_score
from .cells import CONTENT_TYPE, cell, saved, write_selection

__all__ = ["CONTENT_TYPE", "write_register_list"]

CHUNK = 500

WIDTHS = (14, 56, 14, 26, 26, 13, 24, 12, 40, 11, 9, 13, 17)


def _headings() -> list[str]:
    return [
        _("Referens"),
        _("Titel"),
        _("Organisation"),
        _("Förvaltning"),
        _("Läge"),
        _("Läge sedan"),
        _("Målgrupp"),
        _("Leder"),
        _("Leder och deltar"),
        _("Antal"),
        _("Poäng"),
        _("Inskickat"),
        _("Inkommet till V6"),
    ]


def write_register_list(rows: InitiativeQuerySet, filters: Iterable[tuple[str, str]], user: User) -> IO[bytes]:
    """The initiatives in their order, one a row, with a sheet that says what was selected.

    One statement however many there are, read through a server-side cursor. Text is always text: what looks like a
    formula is shown, not computed. ``user`` is who reads it. Returns a file opened at its beginning.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Initiativ"))
    for letter, width in zip("ABCDEFGHIJKLM", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "C2"
    sheet.append([cell(sheet, heading, bold=True) for heading in _headings()])
    for initiative in _read(rows, user):
        sheet.append([cell(sheet, value) for value in _values(initiative)])
    write_selection(book, filters)
    return saved(book)


def _read(rows: InitiativeQuerySet, user: User) -> Iterator[Initiative]:
    active = Participation.objects.ongoing().active().filter(rows_shown_to(user), case=OuterRef("pk")).order_by()
    names = active.values("case").annotate(
        names=StringAgg("organisation__short_name", ", ", order_by=("organisation__order",))
    )
    return (
        with_score(rows)
        .annotate(
            leader=Subquery(active.leading().values("organisation__short_name")[:1]),
            taking_part=Subquery(names.values("names")),
        )
        .select_related("case", "organisation")
        .only(*COLUMNS)
        .iterator(chunk_size=CHUNK)
    )


def _values(initiative: Initiative) -> list[Any]:
    case, names = initiative.case, initiative.taking_part or ""  # type: ignore[attr-defined]
    return [
        initiative.reference,
        initiative.title,
        initiative.organisation.short_name,
        initiative.department,
        str(case.standing.label),
        timezone.localdate(case.status_since),
        target_groups(initiative),
        initiative.leader or "",  # type: ignore[attr-defined]
        names,
        len(names.split(", ")) if names else 0,
        None if initiative.score is None else one_decimal(initiative.score),  # type: ignore[attr-defined]
        initiative.submitted_on,
        initiative.shared_on,
    ]
