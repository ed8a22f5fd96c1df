"""Scoring an initiative, and comparing the answers once they may be seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.models import Case
from initiatives.models import Assessment, Round
from initiatives.results import Comparison, CriterionAnswers, comparison
from initiatives.scoring import one_decimal
from v6portal.organizations.models import User

from . import scoring
from .acts import readable_case

LEFT, STEP, SMALL, LARGER = 9, 33, 4, 2
"""The line of dots: where level 1 stands, how far it is to the next, and how a dot grows with each answer."""


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """The criteria beside the text, for those who are to assess; the comparison, for those who may see it."""
    if request.method == "POST":
        return scoring.saved(request, reference) if "autosave" in request.POST else scoring.sent(request, reference)
    case = readable_case(request, reference)
    user: User = request.user  # type: ignore[assignment]
    if desk := scoring.desk_for(case, user):
        return scoring.page(request, desk)
    rounds = case.initiative.rounds.select_related("model", "initiative").order_by("-opened_at", "-pk")
    round = rounds.first()
    return _compare(request, case, round, _own_sheet(round, user))


def _own_sheet(round: Round | None, user: User) -> Assessment | None:
    """The person's newest sheet in the round, on whichever revision of the text."""
    sheets: Any = round.assessments.filter(assessor=user) if round else Assessment.objects.none()
    return sheets.order_by("-revision__number").first()


def _brief(case: Case) -> dict[str, Any]:
    """The case beside the form: its text alone, for what others think of it would colour the answers."""
    return {"case": case, "initiative": case.initiative, "rounds": [], "standings": [], "it": None}


@dataclass(frozen=True)
class Dot:
    x: int
    r: int


@dataclass(frozen=True)
class Line:
    """One criterion of the comparison, drawn."""

    answers: CriterionAnswers

    @property
    def dots(self) -> list[Dot]:
        times = Counter(self.answers.values)
        return [Dot(LEFT + STEP * (value - 1), SMALL + LARGER * (n - 1)) for value, n in sorted(times.items())]

    @property
    def median(self) -> str:
        """With a decimal only where the median is a half."""
        median = self.answers.result.median
        return "" if median is None else number_format(one_decimal(median).normalize())

    @property
    def spoken(self) -> str:
        """The same as words, for those who do not see the dots."""
        return ", ".join(str(value) for value in self.answers.values) or _("inga svar")


def _compare(request: HttpRequest, case: Case, round: Round | None, own: Assessment | None) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    found: Comparison | None = comparison(round, user) if round else None
    context = {
        **_brief(case),
        "round": round,
        "own": own,
        "comparison": found,
        "has_motivations": any(g.motivation for row in found.rows for g in row.given) if found else False,
        "lines": [Line(row) for row in found.rows] if found else [],
    }
    return render(request, "governance/assess_compare.html", context)
