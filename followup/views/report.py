"""The half-year reports: which there are, one of them, the list behind each figure, and the files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from followup.charts import trend
from followup.exports import as_json
from followup.exports.report_pdf import render_pdf
from followup.exports.report_xlsx import CONTENT_TYPE, render_xlsx
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.behind import list_behind
from followup.presenting.beside import beside
from followup.presenting.content import contents
from followup.presenting.overview import Desk
from followup.presenting.per_initiative import left_out_in_words, summary
from followup.presenting.report import Report, open_report, read_all_rows, read_rows
from followup.presenting.report_steps import Steps
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import User
from v6portal.organizations.printing import pdf_available

ROWS = 50


@require_safe
@people_with_a_role
def reports(request: HttpRequest) -> HttpResponse:
    """Every half-year since the first submission, the present one first."""
    arrivals = Desk().arrivals(timezone.localdate())
    return render(request, "followup/reports.html", {"arrivals": arrivals[::-1], "present": arrivals[-1]})


@require_safe
@people_with_a_role
def report(request: HttpRequest, period: str) -> HttpResponse:
    """One half-year: eight figures, then the report section by section."""
    found = _report_or_404(request, period)
    page = Paginator(found.visible_rows, ROWS).get_page(request.GET.get("page"))
    read_rows(found, list(page.object_list))
    base = reverse("report", args=[period])
    return render(
        request,
        "followup/report.html",
        {
            "report": found,
            "contents": contents(found),
            "steps": Steps(found, request.user),  # type: ignore[arg-type]
            "beside": beside(found, found.reader),
            "page_obj": page,
            "base": base,
            "leading": found.leading(base),
            "rows": summary(found.rows, found.titles),
            "hidden_rows": left_out_in_words(found.hidden_rows),
            "trend": trend(found.arrivals),
            "pdf_available": pdf_available(),
            "now": timezone.localtime(),
            "previous": found.period.previous() if found.before else None,
            "following": None if found.running else found.period.next(),
        },
    )


@require_safe
@people_with_a_role
def report_list(request: HttpRequest, period: str, key: str) -> HttpResponse:
    """The initiatives, stages or införanden behind a figure."""
    found = _report_or_404(request, period)
    behind = list_behind(found, key)
    if behind is None:
        raise Http404
    page = Paginator(behind.items, ROWS).get_page(request.GET.get("page"))
    tables = behind.tables(list(page.object_list)) if page.object_list else []
    return render(
        request,
        "followup/report_list.html",
        {"report": found, "behind": behind, "tables": tables, "page_obj": page, "base": ""},
    )


@require_safe
@people_with_a_role
def report_json(request: HttpRequest, period: str) -> HttpResponse:
    """The figures for machines, without a word of what the reader may not see."""
    found = _whole_report_or_404(request, period)
    return _file(as_json(found.withheld), period, "json", "application/json")


@require_safe
@people_with_a_role
def report_xlsx(request: HttpRequest, period: str) -> HttpResponse:
    return _file(render_xlsx(_whole_report_or_404(request, period)), period, "xlsx", CONTENT_TYPE)


@require_safe
@people_with_a_role
def report_pdf(request: HttpRequest, period: str) -> HttpResponse:
    found = _whole_report_or_404(request, period)
    if not pdf_available():
        return render(request, "followup/report_no_pdf.html", {"report": found}, status=503)
    return _file(render_pdf(found), period, "pdf", "application/pdf")


def _report_or_404(request: HttpRequest, code: str) -> Report:
    user: User = request.user  # type: ignore[assignment]
    try:
        return open_report(HalfYear.parse(code), timezone.localdate(), reader=user)
    except NoSuchPeriod as fault:
        raise Http404(str(fault)) from fault


def _whole_report_or_404(request: HttpRequest, code: str) -> Report:
    found = _report_or_404(request, code)
    read_all_rows(found)
    return found


def _file(content: bytes, period: str, ending: str, content_type: str) -> HttpResponse:
    name = f"uppfoljning-{period}.{ending}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
