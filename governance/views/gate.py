"""The gate questions of a case: answered by those whose step it is, read by everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import Overtaken, perform
from governance.acts import Act
from governance.facts import CaseFacts
from governance.forms.fields import typed_in
from governance.forms.gate import GateForm
from governance.models import Case
from governance.presenting.beside import beside
from governance.presenting.similar import similar_for
from governance.reading import by_role_only, read_places
from governance.statuses import Status
from governance.workflow import row_for
from initiatives.models import GateAnswer, GateQuestion, Level
from v6portal.organizations.errors import Refused

from .acts import closed, readable_case

ASKED_IN = {Status.QUALIFYING: Level.KOMMUN, Status.V6_QUALIFYING: Level.V6}


@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, reference: str, level: str) -> HttpResponse:
    """The questions of a level beside the initiative."""
    if level not in Level.values:
        raise Http404(_("Den nivån finns inte."))
    case = readable_case(request, reference)
    facts = read_places(case)
    standing = _standing(case, level)
    is_asked = _is_asked(request, case, level, facts)
    if request.method != "POST" and not is_asked:
        return _read_only(request, case, level, standing)
    questions = list(GateQuestion.objects.asked_of(case.pk, level))
    form = GateForm(request.POST or None, questions=questions, standing=standing, status=case.status)
    if not is_asked:
        return closed(request, case, Act.ANSWER_GATE, facts, typed_in(form))
    if request.method != "POST" or not form.is_valid():
        return _page(request, case, level, form)
    if (form.cleaned_data["newest"] or 0) != max((a.pk for a in standing.values()), default=0):
        return _answered_meanwhile(request, case, level, questions, standing)
    try:
        perform(
            Act.ANSWER_GATE,
            case=case,
            by=request.user,  # type: ignore[arg-type]
            given={"replies": form.replies()},
            seen=form.cleaned_data["seen"],
        )
    except (Overtaken, Refused) as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return _page(request, case, level, form)
    messages.success(request, _("Svaren är sparade."), extra_tags=_kept_as(case, level, form))
    return redirect(case)


def _is_asked(request: HttpRequest, case: Case, level: str, facts: CaseFacts) -> bool:
    """Whether the questions of the level are this person's to answer now."""
    actor = by_role_only(request.user)  # type: ignore[arg-type]
    return ASKED_IN.get(case.standing) == level and row_for(Act.ANSWER_GATE, facts, actor) is not None


def _standing(case: Case, level: str) -> dict[int, GateAnswer]:
    answers = case.initiative.gate_answers.standing().filter(question__level=level)
    return {a.question_id: a for a in answers.select_related("question", "organisation")}


def _kept_as(case: Case, level: str, form: GateForm) -> str:
    """Under which name the browser keeps what is typed: over other answers than it was typed on it is not laid."""
    return f"{case.initiative.reference}/fragor/{level}/{form['newest'].value() or 0}"


def _page(request: HttpRequest, case: Case, level: str, form: GateForm, **more: Any) -> HttpResponse:
    similar = similar_for(case, request.user)  # type: ignore[arg-type]
    context = {**_shared(request, case, level), "form": form, "similar": similar, "meanwhile": []}
    context |= {"keep": _kept_as(case, level, form), **more}
    return render(request, "governance/gate.html", context, status=409 if more else 200)


def _answered_meanwhile(
    request: HttpRequest, case: Case, level: str, questions: list[GateQuestion], standing: Mapping[int, GateAnswer]
) -> HttpResponse:
    """A colleague answered since the page was opened: her answers are shown, and pressing again is a choice."""
    data = request.POST.copy()
    seen = int(data.get("newest") or 0)
    data["newest"] = str(max((a.pk for a in standing.values()), default=0))
    form = GateForm(data, questions=questions, standing=standing, status=case.status)
    return _page(request, case, level, form, meanwhile=[a for a in standing.values() if a.pk > seen])


def _read_only(request: HttpRequest, case: Case, level: str, standing: Mapping[int, GateAnswer]) -> HttpResponse:
    context = {**_shared(request, case, level), "answers": list(standing.values())}
    return render(request, "governance/gate_answers.html", context)


def _shared(request: HttpRequest, case: Case, level: str) -> dict[str, Any]:
    heading = _("Kvalificeringsfrågor i V6") if level == Level.V6 else _("Kvalificeringsfrågor")
    return {**beside(case, request.user), "heading": heading}  # type: ignore[arg-type]
