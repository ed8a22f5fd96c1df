"""Scoring an initiative. Who has nothing to score is led to where the answers are compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import perform
from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.forms.fields import typed_in
from governance.forms.scoring import ScoringForm
from governance.models import Case
from governance.presenting.beside import text_beside
from governance.reading import by_role_only, read_places
from governance.workflow import row_for
from initiatives.models import Assessment, Round
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .acts import closed, readable_case


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """The criteria beside the text, for those who are to assess; all others are led to the comparison."""
    case = readable_case(request, reference)
    user: User = request.user  # type: ignore[assignment]
    facts = read_places(case)
    rounds = case.initiative.rounds.annotate(newest_revision=Max("initiative__revisions__number"))
    round = rounds.select_related("model", "initiative").order_by("-opened_at", "-pk").first()
    own = _own_sheet(round, user)
    is_asked = row_for(Act.ASSESS, facts, by_role_only(user)) is not None and not (own and own.conflict_reason)
    has_nothing_to_do = round is None or not round.is_open or not is_asked or _is_done(own, case)
    if request.method != "POST" and has_nothing_to_do:
        return redirect("compare", reference)
    if round is None:
        return closed(request, case, Act.ASSESS, facts)
    form = _form(request, case, round, own)
    if request.method == "POST" and not is_asked:
        return closed(request, case, Act.ASSESS, facts, typed_in(form))
    if request.method == "POST" and form.is_valid() and _keep(request, case, form):
        return redirect("assess", reference)
    context = {
        "form": form,
        "round": round,
        "is_outdated": bool(own and own.is_handed_in),
        "own": own,
        "keep": _kept_as(case),
    }
    return render(request, "governance/assess.html", {**text_beside(case), **context})


def _form(request: HttpRequest, case: Case, round: Round, own: Assessment | None) -> ScoringForm:
    given = {score.criterion_id: score for score in own.scores.all()} if own else {}
    criteria = list(round.model.criteria.all())
    return ScoringForm(request.POST or None, criteria=criteria, given=given, status=case.status)


def _keep(request: HttpRequest, case: Case, form: ScoringForm) -> bool:
    """Saves or hands in, as the button said; a refusal is shown in the form."""
    user: User = request.user  # type: ignore[assignment]
    seen, marks = form.cleaned_data["seen"], form.marks()
    try:
        if "hand_in" in request.POST:
            perform(Act.ASSESS, case=case, by=user, given={"marks": marks}, seen=seen)
            messages.success(request, _("Din bedömning är lämnad. Nu ser du de andras."), extra_tags=_kept_as(case))
        else:
            save_scores(case=case, by=user, marks=marks)
            messages.success(
                request, _("Sparat. Bara du ser svaren tills du lämnar bedömningen."), extra_tags=_kept_as(case)
            )
    except Refused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return False
    return True


def _kept_as(case: Case) -> str:
    """Under which name the browser keeps what is typed in the assessment."""
    return f"{case.initiative.reference}/bedom"


def _own_sheet(round: Round | None, user: User) -> Assessment | None:
    """The person's newest sheet in the round, on whichever revision of the text."""
    if round is None:
        return None
    sheets: Any = round.assessments.filter(assessor=user).select_related("revision").prefetch_related("scores")
    return sheets.order_by("-revision__number").first()


def _is_done(sheet: Assessment | None, case: Case) -> bool:
    """Whether the person has handed in hers, on the text as it reads now."""
    if sheet is None or not sheet.is_handed_in:
        return False
    return bool(sheet.revision.number == case.initiative.revisions.latest("number").number)
