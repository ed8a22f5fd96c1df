"""*Vad har ändrats?*: any two revisions of the text of an initiative, side by side in one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.presenting.changes import chosen, comparison, versions

from .acts import readable_case


@require_safe
def revisions(request: HttpRequest, reference: str) -> HttpResponse:
    """The difference between two revisions, those that the address names (``fran`` and ``till``) or the last two."""
    case = readable_case(request, reference)
    found = versions(case)
    context = {"case": case, "initiative": case.initiative, "versions": found, "comparison": None}
    if len(found) > 1:
        pair = chosen(request.GET.get("fran", ""), request.GET.get("till", ""), [one.number for one in found])
        contents = dict(
            case.initiative.revisions.filter(number__in=(pair.first, pair.last)).values_list("number", "content")
        )
        whole = "allt" in request.GET
        context |= {
            "pair": pair,
            "whole": whole,
            "comparison": comparison(contents[pair.first], contents[pair.last], whole=whole),
        }
    return render(request, "governance/revisions.html", context)
