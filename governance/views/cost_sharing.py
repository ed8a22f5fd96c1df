"""How the shared costs of an initiative are divided: read by everybody who sees it, decided on the same page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import perform
from governance.acts import Act
from governance.cost_sharing import NOTHING, Terms
from governance.facts import CaseFacts
from governance.forms.acts import ActForm
from governance.forms.asked import form_for
from governance.models import Case
from governance.presenting.cost_sharing import SharingPage
from governance.presenting.shared_costs import SharedCosts
from governance.reading import actor_for, as_seen_by, read_facts
from governance.workflow import Row, row_for
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .acts import closed, readable_case
from .once import already_made, remember


@require_http_methods(["GET", "POST"])
def cost_sharing(request: HttpRequest, reference: str) -> HttpResponse:
    """What each kommun carries; with ``andra`` in the address the form, which shows what comes of it first."""
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, reference)
    facts = as_seen_by(user, case, read_facts(case))
    row = row_for(Act.SHARE_COSTS, facts, actor_for(user, case))
    if request.method == "GET" and (row is None or "andra" not in request.GET):
        return _read(request, case, facts, may_decide=row is not None and not row.obstacles_for(facts))
    if row is None:
        return closed(request, case, Act.SHARE_COSTS, facts)
    form = form_for(row, case=case, by=user, facts=facts, data=request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _form(request, case, form, obstacles=row.obstacles_for(facts))
    if "save" in request.POST:
        return _save(request, case, row, form)
    return _form(request, case, form, tried=_tried(case, form, facts))


def _read(request: HttpRequest, case: Case, facts: CaseFacts, *, may_decide: bool) -> HttpResponse:
    context = {
        "case": case,
        "initiative": case.initiative,
        "shared": SharingPage(SharedCosts.of(case), facts.answers_withheld),
        "may_decide": may_decide,
    }
    return render(request, "governance/cost_sharing.html", context)


def _form(request: HttpRequest, case: Case, form: ActForm, **more: Any) -> HttpResponse:
    context = {"case": case, "initiative": case.initiative, "form": form, "tried": None, "obstacles": [], **more}
    return render(request, "governance/cost_sharing_form.html", context)


def _tried(case: Case, form: ActForm, facts: CaseFacts) -> SharingPage:
    """What comes of the terms in the form, as if they were saved."""
    given, costs = form.cleaned_data, SharedCosts.of(case)
    terms = Terms(
        given["cost_rule"],
        given["late_rule"],
        given["late_percent"] or NOTHING,
        given["late_amount"] or NOTHING,
        {costs.place(kommun.pk): share for kommun, share in given["shares"].items()},
    )
    return SharingPage(replace(costs, proposed=(given["valid_from"], terms)), facts.answers_withheld)


def _save(request: HttpRequest, case: Case, row: Row, form: ActForm) -> HttpResponse:
    token = form.cleaned_data["token"]
    with transaction.atomic():
        if token and already_made(request, token):
            return redirect("cost_sharing", case.initiative.reference)
        try:
            perform(
                Act.SHARE_COSTS,
                case=case,
                by=request.user,  # type: ignore[arg-type]
                given=form.given(),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refused:
            form.refuse(refused.sentences)
            return _form(request, case, form)
        if token:
            remember(request, token, case.initiative.reference)
    messages.success(request, _("Kostnadsfördelningen är sparad."), extra_tags=form.keep)
    return redirect("cost_sharing", case.initiative.reference)
