"""The process as a picture and in words, and the same for one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.presenting.process import next_of, parts, picture, picture_of, stays_in, way_of
from governance.reading import as_seen_by, read_facts

from .acts import readable_case


@require_safe
def process(request: HttpRequest) -> HttpResponse:
    """Both processes, drawn from the workflow table."""
    return render(request, "governance/process.html", {"picture": picture(), "lanes": parts()})


@require_safe
def process_of(request: HttpRequest, reference: str) -> HttpResponse:
    """Where one case is in the process, the way it has gone, and what each next step needs."""
    case = readable_case(request, reference)
    moves = list(case.events.moves().in_order())
    steps = next_of(case, as_seen_by(request.user, case, read_facts(case)))  # type: ignore[arg-type]
    context = {
        "case": case,
        "initiative": case.initiative,
        "picture": picture_of(case, moves),
        "stays": stays_in(case.standing),
        "way": way_of(moves),
        "onward": [step for step in steps if step.is_onward],
        "sideways": [step for step in steps if not step.is_onward],
    }
    return render(request, "governance/process_of.html", context)
