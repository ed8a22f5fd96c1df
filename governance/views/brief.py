"""*Underlaget*: one page about an initiative, to read on a telephone or to print, and the same as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from governance.acts import Act
from governance.exports.brief_pdf import render_brief
from governance.presenting.one_page import one_page
from governance.reading import by_role_only, read_places
from governance.statuses import Status
from governance.workflow import row_for
from v6portal.organizations.models import User
from v6portal.organizations.printing import pdf_available

from .acts import readable_case


@require_safe
def brief(request: HttpRequest, reference: str) -> HttpResponse:
    """The page; who writes a draft is taken to where it is written."""
    case, user = readable_case(request, reference), _person(request)
    if case.status == Status.DRAFT:
        return redirect("initiative_edit", reference)
    context = {
        "case": case,
        "initiative": case.initiative,
        "page": one_page(case, user),
        "may_answer": row_for(Act.ANSWER_INTEREST, read_places(case), by_role_only(user)) is not None,
        "pdf_available": pdf_available(),
    }
    return render(request, "governance/brief.html", context)


@require_safe
def brief_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    case = readable_case(request, reference)
    if case.status == Status.DRAFT:
        return redirect("initiative_edit", reference)
    if not pdf_available():
        return render(request, "governance/brief_no_pdf.html", {"initiative": case.initiative}, status=503)
    headers = {"Content-Disposition": f'attachment; filename="underlag-{reference}.pdf"'}
    return HttpResponse(render_brief(case, _person(request)), content_type="application/pdf", headers=headers)


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
