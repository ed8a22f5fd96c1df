"""Making a file that somebody has asked for, step by step, as the person may have it now."""

from __future__ import annotations

import tempfile
from collections.abc import Callable

from django.http import QueryDict
from django.utils import timezone

from governance.exports.register_list import CONTENT_TYPE as WORKBOOK
from governance.exports.register_list import write_register_list
from governance.filters.register import RegisterFilter
from v6portal.organizations.models import Organisation

from ..models import OrderedFile
from ..periods import HalfYear
from ..presenting.ordered import may_have, sight_of
from ..presenting.report import Report, open_report, read_all_rows
from .register import Extract
from .register_workbook import write_register
from .report_pdf import render_pdf
from .report_xlsx import render_xlsx

STEPS = 3
"""What was chosen, its rows, the document."""

What = OrderedFile.What
Step = Callable[[], None]


def make(ordered: OrderedFile) -> None:
    """Makes the file and keeps it with the order. What goes wrong is kept too, and raised for the worker's log."""
    try:
        _make(ordered)
    except Exception:
        OrderedFile.objects.filter(pk=ordered.pk).update(ended_at=timezone.now(), failed=True)
        raise


def _make(ordered: OrderedFile) -> None:
    # Before anything is read: if what she may read changes meanwhile, the file is made anew when it is fetched.
    ordered.sight = sight_of(ordered.by, ordered.what)
    ordered.began_at, ordered.total = timezone.now(), STEPS
    ordered.save(update_fields=["sight", "began_at", "total"])
    if not may_have(ordered.by, ordered.what):
        raise PermissionError("The person may not have such a file any more.")

    def step() -> None:
        ordered.done += 1
        ordered.save(update_fields=["done"])

    ordered.content = MAKERS[ordered.what](ordered, step)
    ordered.done, ordered.ended_at = STEPS, timezone.now()
    ordered.save(update_fields=["content", "done", "ended_at"])


def _report(ordered: OrderedFile, step: Step) -> Report:
    chosen = QueryDict(ordered.query)
    period, kommun = HalfYear.parse(chosen.get("period", "")), chosen.get("kommun", "")
    report = open_report(period, timezone.localdate(), reader=ordered.by, kommun=kommun)
    step()
    read_all_rows(report)
    step()
    return report


def _report_pdf(ordered: OrderedFile, step: Step) -> bytes:
    return render_pdf(_report(ordered, step))


def _report_xlsx(ordered: OrderedFile, step: Step) -> bytes:
    return render_xlsx(_report(ordered, step))


def _case_list(ordered: OrderedFile, step: Step) -> bytes:
    organisations = Organisation.objects.in_order()
    selection = RegisterFilter(QueryDict(ordered.query), user=ordered.by, organisations=organisations)
    step()
    applied = [(one.label, one.value) for one in selection.applied()]
    step()
    with write_register_list(selection.qs, applied, ordered.by) as file:
        return file.read()


def _register(ordered: OrderedFile, step: Step) -> bytes:
    step()
    with tempfile.TemporaryFile() as file:
        write_register(file, Extract(reader=ordered.by))
        step()
        file.seek(0)
        return file.read()


MAKERS: dict[str, Callable[[OrderedFile, Step], bytes]] = {
    What.REPORT_PDF: _report_pdf,
    What.REPORT_XLSX: _report_xlsx,
    What.CASE_LIST: _case_list,
    What.REGISTER: _register,
}

TYPES: dict[str, str] = {
    What.REPORT_PDF: "application/pdf",
    What.REPORT_XLSX: WORKBOOK,
    What.CASE_LIST: WORKBOOK,
    What.REGISTER: WORKBOOK,
}
"""What each kind is called to a browser."""
