"""The half-year reports: which there are, one of them, the list behind each figure, and the files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followup.charts import trend
from followup.exports import as_csv, as_json, open_data
from followup.exports.report_pdf import render_pdf
from followup.exports.report_xlsx import CONTENT_TYPE, render_xlsx
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.behind import list_behind
from followup.presenting.beside import beside
from followup.presenting.content import contents
from followup.presenting.goals import goals
from followup.presenting.ordered import notice_for
from followup.presenting.overview import Desk, NoSuchKommun
from followup.presenting.per_initiative import left_out_in_words, summary
from followup.presenting.report import Report, open_report, read_all_rows, read_rows
from followup.presenting.report_steps import Steps
from followup.presenting.switching import switch
from followup.presenting.whose import EVERYBODY, own_kommun
from governance.estimating import takes_long
from governance.views.long import WAITS, offer
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
    """One half-year, of all kommuner or of one: eight figures, then the report section by section."""
    found = _report_or_404(request, period, own_kommun(request.user))  # type: ignore[arg-type]
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
            "trend": trend(found.arrivals, of_one=bool(found.kommun), running=found.running),
            "goals": goals(found),
            "switch": switch(found, base),
            "pdf_available": pdf_available(),
            "long_pdf": takes_long("report_pdf", len(found.visible_rows)),
            "long_xlsx": takes_long("report_xlsx", len(found.visible_rows)),
            "files": notice_for(request.user),  # type: ignore[arg-type]
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
    """The figures for machines, those of all whatever kommun is chosen, less what the reader may not see."""
    found = _open_or_404(request, period, EVERYBODY)
    read_all_rows(found)
    return _file(as_json(found.withheld), found, "json", "application/json")


@require_safe
@people_with_a_role
def report_csv(request: HttpRequest, period: str) -> HttpResponse:
    """The same figures, one a line; see docs/oppna-data.md."""
    found = _open_or_404(request, period, EVERYBODY)
    read_all_rows(found)
    return _file(as_csv(found), found, "csv", open_data.CONTENT_TYPE)


@require_safe
@people_with_a_role
def report_xlsx(request: HttpRequest, period: str) -> HttpResponse:
    """The workbook; where it takes long, the page that offers to make it in the background."""
    found = _report_or_404(request, period)
    if _is_long(request, found, "report_xlsx"):
        return _long(request, found, "report_xlsx")
    read_all_rows(found)
    return _file(render_xlsx(found), found, "xlsx", CONTENT_TYPE)


@require_safe
@people_with_a_role
def report_pdf(request: HttpRequest, period: str) -> HttpResponse:
    """The report on paper; where it takes long, the page that offers to make it in the background."""
    found = _report_or_404(request, period)
    if not pdf_available():
        return render(request, "followup/report_no_pdf.html", {"report": found}, status=503)
    if _is_long(request, found, "report_pdf"):
        return _long(request, found, "report_pdf")
    read_all_rows(found)
    return _file(render_pdf(found), found, "pdf", "application/pdf")


def _is_long(request: HttpRequest, report: Report, what: str) -> bool:
    """Whether the file is to be made in the background: it takes long, and the person has not said that she waits."""
    return takes_long(what, len(report.visible_rows)) and WAITS not in request.GET


def _long(request: HttpRequest, report: Report, what: str) -> HttpResponse:
    name = _("Uppföljning, %s") % report.period.label
    return offer(request, name, what=what, query=report.order_query, rows=len(report.visible_rows))


def _report_or_404(request: HttpRequest, code: str, kommun: str = EVERYBODY) -> Report:
    """The report of whom the address names, else of the kommun given."""
    return _open_or_404(request, code, request.GET.get("kommun", kommun))


def _open_or_404(request: HttpRequest, code: str, kommun: str) -> Report:
    user: User = request.user  # type: ignore[assignment]
    chosen = "" if kommun == EVERYBODY else kommun
    try:
        return open_report(HalfYear.parse(code), timezone.localdate(), reader=user, kommun=chosen)
    except (NoSuchPeriod, NoSuchKommun) as fault:
        raise Http404(str(fault)) from fault


def _file(content: bytes, report: Report, ending: str, content_type: str) -> HttpResponse:
    name = f"uppfoljning-{report.period.code}{f'-{report.kommun.key}' if report.kommun else ''}.{ending}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
