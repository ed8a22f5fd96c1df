"""Why an initiative has its score: the arithmetic of one round, for those who may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.presenting.backlog import QUADRANT_WORDS, certainty_words
from governance.presenting.why import lines, risk_reason, why
from initiatives.models import Initiative, Round
from initiatives.results import Comparison, comparison, rounds_as_seen_by
from v6portal.organizations.models import User


@require_safe
def score_explained(request: HttpRequest, reference: str) -> HttpResponse:
    """The arithmetic of the round asked for; without asking, of the newest that is closed."""
    user: User = request.user  # type: ignore[assignment]
    submitted = Initiative.objects.visible_to(user).submitted().select_related("organisation", "case")
    initiative = get_object_or_404(submitted, reference=reference)
    rounds = _readable(initiative, user)
    round = _chosen(rounds, request.GET.get("omgang"))
    context = {"initiative": initiative, "case": initiative.case, "rounds": rounds, "round": round}
    found = comparison(round, user) if round else None
    if round and found:
        context |= _explanation(round, found)
    return render(request, "governance/why.html", context)


def _readable(initiative: Initiative, user: User) -> list[Round]:
    """The rounds that this reader may see with their numbers, the closed ones first, the newest first among them."""
    rounds = rounds_as_seen_by(user).filter(initiative=initiative, is_readable=True).with_number()  # type: ignore[misc]
    newest = rounds.select_related("model").prefetch_related("model__criteria").order_by("-opened_at", "-pk")
    return sorted(newest, key=lambda round: round.is_open)


def _chosen(rounds: list[Round], asked: str | None) -> Round | None:
    """The one with the number that the address names, which is the same number as on the comparison's page."""
    if asked is None:
        return rounds[0] if rounds else None
    found = next((round for round in rounds if str(round.number) == asked), None)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _explanation(round: Round, comparison: Comparison) -> dict[str, object]:
    criteria, joint = list(round.model.criteria.all()), comparison.joint
    found = why(criteria, joint.values)
    return {
        "why": found,
        "lines": lines(found, joint) if found else [],
        "joint": joint,
        "certainty": certainty_words(round.certainty),
        "field": QUADRANT_WORDS[joint.quadrant] if joint.quadrant else "",
        "risk": risk_reason(criteria, joint) if round.risk_flagged else "",
    }
