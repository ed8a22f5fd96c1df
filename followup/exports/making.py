"""Making a file that somebody has asked for, step by step, as the person may have it now."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from v6portal.organizations.access import has_any_role

from ..models import OrderedFile
from ..periods import HalfYear
from ..presenting.ordered import sight_of
from ..presenting.report import Report, open_report, read_all_rows
from .report_pdf import render_pdf
from .report_xlsx import CONTENT_TYPE as WORKBOOK
from .report_xlsx import render_xlsx

MAKERS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    OrderedFile.What.PDF: (render_pdf, "application/pdf"),
    OrderedFile.What.XLSX: (render_xlsx, WORKBOOK),
}
"""How each kind is made, and what it is called to a browser."""
STEPS = 3
"""The figures, the rows, the document."""


def make(ordered: OrderedFile) -> None:
    """Makes the file and keeps it with the order. What goes wrong is kept too, and raised for the worker's log."""
    try:
        _make(ordered)
    except Exception:
        OrderedFile.objects.filter(pk=ordered.pk).update(ended_at=timezone.now(), failed=True)
        raise


def _make(ordered: OrderedFile) -> None:
    # Before anything is read: if what she may read changes meanwhile, the file is made anew when it is fetched.
    ordered.sight = sight_of(ordered.by)
    ordered.began_at, ordered.total = timezone.now(), STEPS
    ordered.save(update_fields=["sight", "began_at", "total"])
    if not has_any_role(ordered.by):
        raise PermissionError("The person has no role any more.")
    period = HalfYear.parse(ordered.period)
    report = open_report(period, timezone.localdate(), reader=ordered.by, kommun=ordered.kommun)
    _step(ordered)
    read_all_rows(report)
    _step(ordered)
    render, _content_type = MAKERS[ordered.what]
    ordered.content = render(report)
    ordered.done, ordered.ended_at = STEPS, timezone.now()
    ordered.save(update_fields=["content", "done", "ended_at"])


def _step(ordered: OrderedFile) -> None:
    ordered.done += 1
    ordered.save(update_fields=["done"])
