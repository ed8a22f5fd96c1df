"""A half-year's report gone through, approved, read; and who has read it."""

from __future__ import annotations

from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from followup.actions import approve_report, read_report, return_report, review_report
from followup.forms.approving import ApproveForm, ReturnForm, ReviewForm
from followup.models import HalfYearReport
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.freezing import freeze
from followup.presenting.readers import places_of
from followup.presenting.report import Report, open_report
from followup.presenting.report_steps import Steps, last_day_to_read
from governance.actions.perform import Overtaken
from v6portal.organizations.access import coordinators_and_network, people_with_a_role, reviewers_and_coordinators
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User


@require_http_methods(["GET", "POST"])
@reviewers_and_coordinators
def report_approval(request: HttpRequest, period: str) -> HttpResponse:
    """Where the report stands, with the steps that are left; sent, it approves the report."""
    half_year = _period_or_404(period)
    if request.method != "POST":
        return _page(request, half_year)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _page(request, half_year, approve=form, status=422)
    try:
        approve_report(period=half_year, by=_person(request), freeze=freeze, **form.cleaned_data)
    except Refused as refused:
        return _page(request, half_year, approve=_with(form, refused), status=_status(refused))
    told = _("Rapporten är fastställd och skickad till kommundirektörerna och förbundsdirektören.")
    messages.success(request, told, extra_tags=form.keep)
    return redirect("report", half_year.code)


@reviewers_and_coordinators
@require_POST
def report_review(request: HttpRequest, period: str) -> HttpResponse:
    half_year, form = _period_or_404(period), ReviewForm(request.POST)
    try:
        review_report(period=half_year, by=_person(request), seen=request.POST.get("seen", ""))
    except Refused as refused:
        return _page(request, half_year, review=_with(form, refused), status=_status(refused))
    messages.success(request, _("Rapporten är granskad. V6-samordnaren kan fastställa den."))
    return redirect("report_approval", half_year.code)


@reviewers_and_coordinators
@require_POST
def report_return(request: HttpRequest, period: str) -> HttpResponse:
    half_year, form = _period_or_404(period), ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, half_year, send_back=form, status=422)
    try:
        return_report(period=half_year, by=_person(request), **form.cleaned_data)
    except Refused as refused:
        return _page(request, half_year, send_back=_with(form, refused), status=_status(refused))
    messages.success(request, _("Rapporten är ett utkast igen."), extra_tags=form.keep)
    return redirect("report_approval", half_year.code)


@people_with_a_role
@require_POST
def report_read(request: HttpRequest, period: str) -> HttpResponse:
    """*Jag har tagit del av den*: one press; a second does nothing."""
    half_year = _period_or_404(period)
    try:
        reading = read_report(period=half_year, by=_person(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        already = _("Du har redan sagt att du har tagit del av rapporten.")
        messages.success(request, _("Tack. Det står nu att du har tagit del av rapporten.") if reading else already)
    return redirect("report", half_year.code)


@require_safe
@coordinators_and_network
def report_readers(request: HttpRequest, period: str) -> HttpResponse:
    """Who has read an approved report and who has not."""
    half_year = _period_or_404(period)
    report = get_object_or_404(HalfYearReport.objects.approved().of(half_year).without_content())
    places = places_of(report)
    context = {
        "report": report,
        "places": places,
        "read": sum(1 for place in places if place.is_read),
        "last_day": last_day_to_read(report),
    }
    return render(request, "followup/report_readers.html", context)


def _page(
    request: HttpRequest,
    period: HalfYear,
    status: int = 200,
    *,
    review: ReviewForm | None = None,
    send_back: ReturnForm | None = None,
    approve: ApproveForm | None = None,
) -> HttpResponse:
    report = _report_or_404(request, period)
    steps = Steps(report, _person(request))
    if approve is not None:  # what she has before her now is the figures of now
        approve.data = {**approve.data.dict(), "seen": steps.seen}  # type: ignore[attr-defined]
    seen = {"seen": "" if report.running or steps.row.is_approved else steps.seen}
    context = {
        "report": report,
        "steps": steps,
        "leading": report.leading(f"/uppfoljning/{period.code}/"),
        "review": review or ReviewForm(initial=seen),
        "review_seen": seen["seen"],
        "send_back": send_back or ReturnForm(),
        "approve": approve or ApproveForm(initial=seen),
    }
    return render(request, "followup/report_approval.html", context, status=status)


AForm = TypeVar("AForm", bound=forms.Form)


def _with(form: AForm, refused: Refused) -> AForm:
    """The form with what stood in the way."""
    form.is_valid()
    for sentence in refused.sentences:
        form.add_error(None, sentence)
    return form


def _status(refused: Refused) -> int:
    return 409 if isinstance(refused, Overtaken) else 422


def _report_or_404(request: HttpRequest, period: HalfYear) -> Report:
    try:
        return open_report(period, timezone.localdate(), reader=_person(request))
    except NoSuchPeriod as fault:
        raise Http404(str(fault)) from fault


def _period_or_404(code: str) -> HalfYear:
    """The half-year of an address; 404 for what is none, or one that there is no report of."""
    try:
        period = HalfYear.parse(code)
        period.end(timezone.localdate())
    except NoSuchPeriod as fault:
        raise Http404(str(fault)) from fault
    return period


def _person(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]
    return user
