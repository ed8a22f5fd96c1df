"""The benefit calculation of a case: reckoned while it is written by those whose it is, read by everybody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import perform
from governance.acts import Act
from governance.forms.benefit_calculation import CalculationForm, blank, with_another_row
from governance.forms.fields import typed_in
from governance.models import Case
from governance.presenting.benefit_calculation import Told, hours_today, number, suggested, told_of
from governance.reading import actor_for, read_places
from governance.workflow import row_for
from initiatives.models import BenefitCalculation
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .acts import closed, readable_case


@require_http_methods(["GET", "POST"])
def benefit_calculation(request: HttpRequest, reference: str) -> HttpResponse:
    """What is assumed and what comes of it; saved as a new version when the button says so."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, reference)
    facts = read_places(case)
    is_open = row_for(Act.CALCULATE, facts, actor_for(user, case)) is not None
    versions = list(case.initiative.benefit_calculations.prefetch_related("lines").order_by("-number"))
    asked_for = request.GET.get("version", "")
    if request.method != "POST" and (asked_for or not is_open):
        return _read_only(request, case, versions, asked_for, is_open)
    form = _form(request, case, versions)
    if not is_open:
        return closed(request, case, Act.CALCULATE, facts, typed_in(form))
    if request.method == "POST" and "save" in request.POST:
        return _save(request, case, versions, form)
    if request.method == "POST":
        form.only_reckon()
    if request.headers.get("HX-Request") and "more" not in request.POST:
        return render(request, "governance/_calculation_result.html", _result(form))
    return _page(request, case, versions, form)


def _form(request: HttpRequest, case: Case, versions: list[BenefitCalculation]) -> CalculationForm:
    standing = versions[0] if versions else None
    data: Any = request.POST or None
    if data is not None and (group := data.get("more", "")) in CalculationForm.groups:
        data = with_another_row(data, group)
    given = standing.assumptions(standing.lines.all()) if standing else blank()
    if not standing and data is None:
        given = suggested(case.initiative)
    return CalculationForm(
        data,
        given=given,
        grounds=standing.grounds if standing else "",
        seen=case.status,
        replaces=standing.number if standing else 0,
    )


def _save(request: HttpRequest, case: Case, versions: list[BenefitCalculation], form: CalculationForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, case, versions, form)
    calculation = form.calculation
    given = {
        "calculation": None if calculation.is_empty else form.assumptions,
        "motivation": form.cleaned_data["motivation"],
        "replaces": form.cleaned_data["replaces"],
    }
    try:
        perform(
            Act.CALCULATE,
            case=case,
            by=request.user,  # type: ignore[arg-type]
            given=given,
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        if not _is_saved_already(case, form, request.user):  # type: ignore[arg-type]
            return _refused(request, case, form, refused)
    messages.success(request, _("Nyttokalkylen är sparad."), extra_tags=_kept_as(case))
    return redirect(f"{case.get_absolute_url()}#nyttokalkyl")


def _is_saved_already(case: Case, form: CalculationForm, user: User) -> bool:
    """Whether the button was pressed twice: what stands is her own, of this page, with the same words and figures."""
    standing = case.initiative.benefit_calculations.standing().prefetch_related("lines").first()
    if standing is None or standing.made_by_id != user.pk:
        return False
    said = (form.cleaned_data["replaces"] or 0, form.cleaned_data["motivation"], form.assumptions)
    return said == (standing.number - 1, standing.grounds, standing.assumptions(standing.lines.all()))


def _refused(request: HttpRequest, case: Case, form: CalculationForm, refused: Refused) -> HttpResponse:
    """Says why, with everything typed still there. If somebody else has saved meanwhile, pressing again is a choice."""
    reference = case.initiative.reference
    case = readable_case(request, reference)
    versions = list(case.initiative.benefit_calculations.prefetch_related("lines").order_by("-number"))
    now = {"seen": case.status, "replaces": str(versions[0].number if versions else 0)}
    before = {name: request.POST.get(name) or "0" for name in now}
    if now == before:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return _page(request, case, versions, form)
    facts = read_places(case)
    if row_for(Act.CALCULATE, facts, actor_for(request.user, case)) is None:  # type: ignore[arg-type]
        return closed(request, case, Act.CALCULATE, facts, typed_in(form))
    data = request.POST.copy()
    for name, value in now.items():
        data[name] = value
    again = CalculationForm(data, given=blank())
    return _page(request, case, versions, again, meanwhile=str(refused), standing=_told(versions[:1]))


def _told(versions: list[BenefitCalculation]) -> Told | None:
    return told_of(versions[0], versions[0].lines.all()) if versions else None


def _result(form: CalculationForm) -> dict[str, Any]:
    """What stands beside the form: the result where it can be reckoned, else that it waits."""
    if not form.is_bound or form.is_valid():
        return {"told": Told(form.calculation), "waits": False}
    return {"told": None, "waits": True}


def _kept_as(case: Case) -> str:
    return f"{case.initiative.reference}/nyttokalkyl"


def _page(
    request: HttpRequest, case: Case, versions: list[BenefitCalculation], form: CalculationForm, **more: Any
) -> HttpResponse:
    today = hours_today(case.initiative)
    context = {
        "case": case,
        "initiative": case.initiative,
        "form": form,
        "versions": versions,
        "hours_today": number(today) if today is not None else "",
        "keep": _kept_as(case),
        "meanwhile": "",
        **_result(form),
        **more,
    }
    return render(request, "governance/benefit_calculation.html", context, status=409 if more else 200)


def _read_only(
    request: HttpRequest, case: Case, versions: list[BenefitCalculation], asked_for: str, is_open: bool
) -> HttpResponse:
    """The version that counts, or the one that is asked for."""
    chosen = [version for version in versions if str(version.number) == asked_for] if asked_for else versions[:1]
    if asked_for and not chosen:
        raise Http404(_("Den versionen finns inte."))
    context = {
        "case": case,
        "initiative": case.initiative,
        "told": _told(chosen),
        "versions": versions,
        "is_open": is_open,
    }
    return render(request, "governance/benefit_calculation_read.html", context)
