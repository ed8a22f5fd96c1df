"""*Prova andra vikter*: the ranking anew with weights from the address, saved as a scenario when somebody asks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import reswap

from governance.filters import RankingFilter
from governance.forms.what_if import PREFIX, ScenarioForm, WhatIfForm, in_address
from governance.presenting.what_if import Field, Moved, Weights, field_of, presets, what_if
from initiatives.actions import delete_scenario, save_scenario
from initiatives.models import Level, Scenario
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

ROWS = 50
SCENARIO = "scenario"
"""What the browser keeps the name under until it is received."""


@people_with_a_role
@require_safe
@vary_on_headers("HX-Request")
def tried(request: HttpRequest) -> HttpResponse:
    """The page. htmx gets the answer alone, and while a weight cannot be read, only what is wrong with it."""
    context = _context(request, request.GET)
    htmx = request.htmx  # type: ignore[attr-defined]
    if not htmx or htmx.history_restore_request:
        return render(request, "governance/what_if.html", context)
    answer = render(request, "governance/_what_if_live.html", context)
    return answer if context["form"].is_valid() else reswap(answer, "none")


@people_with_a_role
@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """*Spara som scenario*. Opened as a page it leads to where weights are tried."""
    if request.method != "POST":
        return redirect("what_if")
    user: User = request.user  # type: ignore[assignment]
    named, context = ScenarioForm(request.POST), _context(request, request.POST)
    form: WhatIfForm = context["form"]
    if not form.is_valid():
        named.add_error("name", _("Rätta vikterna som är markerade först, så kan scenariot sparas."))
    if named.is_valid():
        level, name = context["ranking"].level_shown, named.cleaned_data["name"]
        try:
            save_scenario(
                by=user, organisation=user.capacities[0].organisation, level=level, name=name, weights=form.weights
            )
        except Refused as refusal:
            named.add_error("name", str(refusal))
        else:
            messages.success(request, _("Scenariot är sparat."), extra_tags=SCENARIO)
            return redirect(_address(request.POST, form.weights))
    return render(request, "governance/what_if.html", {**context, "named": named})


@people_with_a_role
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """*Ta bort* on one's own scenario. Opened as a page it leads to where weights are tried."""
    scenario = get_object_or_404(Scenario.objects.visible_to(request.user), pk=pk)  # type: ignore[arg-type]
    if request.method == "POST":
        try:
            delete_scenario(scenario=scenario, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Scenariot är borttaget."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(_address(request.POST, None))


def _context(request: HttpRequest, data: QueryDict) -> dict[str, Any]:
    user: User = request.user  # type: ignore[assignment]
    ranking = RankingFilter(data, user=user, organisations=Organisation.objects.in_order())
    found = field_of(ranking.selection, user)
    form = WhatIfForm(data, found.criteria)
    return {
        "ranking": ranking,
        "levels": Level,
        "found": found,
        "form": form,
        "named": ScenarioForm(),
        "kept_name": SCENARIO,
        "carried": _carried(data, form.weights if form.is_valid() else None),
        "as_now": _address(data, {}),
        "back": f"{reverse('ranking')}?{_query(data, {})}",
        "presets": [(one.name, _address(data, one.weights)) for one in presets(found.criteria)],
        "scenarios": _scenarios(ranking, user, data),
        **(_answer(found, form, data) if form.is_valid() else {}),
    }


def _answer(found: Field, form: WhatIfForm, data: QueryDict) -> dict[str, Any]:
    answer = what_if(found, form.weights, form.top_shown)
    page = Paginator(answer.moved, ROWS).get_page(data.get("page"))
    shown: list[Moved] = answer.page(page.start_index() - 1, ROWS) if found.standings else []
    return {"answer": answer, "page_obj": page, "shown": shown, "query": _query(data, form.weights)}


def _scenarios(ranking: RankingFilter, user: User, data: QueryDict) -> list[tuple[Scenario, str, bool]]:
    """Those of the level that the person may use: each with its address, and whether it is hers to delete."""
    rows = Scenario.objects.visible_to(user).filter(level=ranking.level_shown).select_related("saved_by")
    return [(one, _address(data, one.exact_weights), one.saved_by_id == user.pk) for one in rows]


NOT_CARRIED = {"csrfmiddlewaretoken", "name", "page"}


def _carried(data: QueryDict, weights: Weights | None) -> list[tuple[str, str]]:
    """What the address says of the selection, whatever the ranking lets one choose, with the weights in it.

    Without ``weights`` those that the data has stay.
    """
    kept = [(name, value) for name, values in data.lists() for value in values if name not in NOT_CARRIED]
    if weights is None:
        return kept
    return [one for one in kept if not one[0].startswith(PREFIX)] + list(in_address(weights).items())


def _query(data: QueryDict, weights: Weights | None) -> str:
    return urlencode(_carried(data, weights))


def _address(data: QueryDict, weights: Weights | None) -> str:
    return f"{reverse('what_if')}?{_query(data, weights)}"
