"""*Delegationsbeslut att anmäla*: decisions by organisation and period, and each of them by its number."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions.correcting import correctable_by
from governance.actions.perform import Overtaken
from governance.actions.reporting import as_seen, report_decisions
from governance.acts import Act
from governance.exports.cells import CONTENT_TYPE
from governance.exports.decision_list import LONGEST, render_decisions, write_decision_list
from governance.filters.decisions import Selection
from governance.forms.reporting import ReportingForm
from governance.models import Decision
from governance.presenting.decisions import line_of, lines, with_all
from governance.reading import by_role_only, membership_of, read_places, registrar_in
from governance.workflow import row_for
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.printing import pdf_available

ROWS = 50


@require_http_methods(["GET", "POST"])
@people_with_a_role
def decisions(request: HttpRequest) -> HttpResponse:
    """The list; sent, it marks the whole of it as reported."""
    selection = Selection(request.GET.dict(), _person(request))
    if request.method != "POST":
        return _page(request, selection, None)
    form = ReportingForm(request.POST)
    if not (selection.is_right and form.is_valid()):
        return _page(request, selection, form, status=422)
    given = form.cleaned_data
    try:
        reporting = report_decisions(
            organisation=selection.organisation,
            by=_person(request),
            decisions=selection.rows.values_list("pk", flat=True),
            **given,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, selection, form, status=409 if isinstance(refused, Overtaken) else 422)
    messages.success(request, _what_was_marked(reporting.decisions.count(), str(reporting)), extra_tags=form.keep)
    return redirect("decisions")


def _what_was_marked(count: int, where: str) -> str:
    told = ngettext("Beslutet är %(where)s.", "%(count)d beslut är %(where)s.", count)
    return told % {"count": count, "where": where}


def _page(request: HttpRequest, selection: Selection, form: ReportingForm | None, status: int = 200) -> HttpResponse:
    page = Paginator(with_all(selection.rows), ROWS).get_page(request.GET.get("page"))
    may_mark = selection.is_right and selection.state == "waiting" and page.paginator.count > 0
    may_mark = may_mark and registrar_in(_person(request), selection.organisation) is not None
    seen = as_seen(selection.rows.values_list("pk", flat=True)) if may_mark else ""
    if form is not None and form.errors and may_mark:
        form.data = {**form.data.dict(), "seen": seen}  # type: ignore[attr-defined]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "selection": selection,
        "page_obj": page,
        "lines": lines(page.object_list),
        "query": query.urlencode(),
        "report_form": (form or ReportingForm(initial={"seen": seen})) if may_mark else None,
        "pdf_available": pdf_available(),
    }
    return render(request, "governance/decisions.html", context, status=status)


@require_safe
@people_with_a_role
def decisions_pdf(request: HttpRequest) -> HttpResponse:
    """The whole selection on paper."""
    selection = Selection(request.GET.dict(), _person(request))
    if not selection.is_right:
        return _page(request, selection, None, status=422)
    if not pdf_available():
        return render(request, "governance/no_pdf.html", {"query": request.GET.urlencode()}, status=503)
    if (count := selection.rows.count()) > LONGEST:
        selection.form.add_error(None, _too_many(count))
        return _page(request, selection, None, status=422)
    paper = render_decisions(with_all(selection.rows), _heading(selection), selection.words, selection.last)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(selection)}.pdf"'
    return response


@require_safe
@people_with_a_role
def decisions_workbook(request: HttpRequest) -> HttpResponse:
    """The whole selection as a workbook."""
    selection = Selection(request.GET.dict(), _person(request))
    if not selection.is_right:
        return _page(request, selection, None, status=422)
    file = write_decision_list(with_all(selection.rows), selection.words)
    response: Any = FileResponse(
        file, as_attachment=True, filename=f"{_file_name(selection)}.xlsx", content_type=CONTENT_TYPE
    )
    return response


def _too_many(count: int) -> str:
    told = _(
        "En PDF rymmer högst %(longest)s beslut, och urvalet har %(count)s. "
        "Dela upp perioden och hämta en PDF för varje del."
    )
    return told % {"longest": number_format(LONGEST), "count": number_format(count)}


def _heading(selection: Selection) -> str:
    name = selection.organisation.short_name
    if selection.state == "waiting":
        return _("Delegationsbeslut att anmäla, %s") % name
    return _("Delegationsbeslut, %s") % name


def _file_name(selection: Selection) -> str:
    return f"beslut-{selection.organisation.key}-{selection.first:%Y-%m-%d}-{selection.last:%Y-%m-%d}"


@require_safe
@people_with_a_role
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """One decision by its number, for those who may see its initiative."""
    rows = with_all(Decision.objects.visible_to(_person(request)).numbered(number))
    found = get_object_or_404(rows.select_related("case__initiative__organisation"))
    context: dict[str, Any] = {
        "line": line_of(found),
        "decision": found,
        "case": found.case,
        "initiative": found.case.initiative,
        "may_correct": _may_correct(found, _person(request)),
    }
    return render(request, "governance/decision.html", context)


def _may_correct(found: Decision, user: User) -> bool:
    facts, actor = read_places(found.case), by_role_only(user)
    row = row_for(Act.CORRECT, facts, actor)
    capacity = membership_of(user, row.capacity_of(actor, facts)) if row else None
    if capacity is None:
        return False
    return correctable_by(found.case, capacity.organisation, capacity.role).filter(pk=found.pk).exists()


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
