"""The gate questions of a case: answered by those whose step it is, read by everybody else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from governance.actions import perform
from governance.acts import Act
from governance.facts import CaseFacts
from governance.forms.fields import typed_in
from governance.forms.gate import GateForm
from governance.models import Case
from governance.presenting.beside import beside
from governance.presenting.gate import Answers, answers_of, questions_of
from governance.presenting.similar import similar_for
from governance.reading import by_role_only, read_places
from governance.statuses import Status
from governance.workflow import row_for
from initiatives.models import Level
from v6portal.organizations.errors import Refused

from .acts import closed, readable_case

ASKED_IN = {Status.QUALIFYING: Level.KOMMUN, Status.V6_QUALIFYING: Level.V6}


@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, reference: str, level: str) -> HttpResponse:
    """The questions of a level beside the initiative."""
    if level not in Level.values:
        raise Http404(_("Den nivån finns inte."))
    case = readable_case(request, reference)
    facts, answers = read_places(case), answers_of(case, level)
    is_asked = ASKED_IN.get(case.standing) == level and _may(request, facts, Act.ANSWER_GATE)
    if request.method != "POST" and not is_asked:
        return _read_only(request, case, level, answers)
    questions = questions_of(case, level)
    form = GateForm(request.POST or None, questions=questions, answers=answers, status=case.status)
    if not is_asked:
        return closed(request, case, Act.ANSWER_GATE, facts, typed_in(form))
    if request.method != "POST" or not form.is_valid():
        return _page(request, case, level, form, facts)
    given = {"replies": form.replies(), "over": form.cleaned_data["newest"] or 0, "version": questions[0].model_id}
    try:
        perform(
            Act.ANSWER_GATE,
            case=case,
            by=request.user,  # type: ignore[arg-type]
            given=given,
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        return _refused(request, case, level, form, refused)
    messages.success(request, _saved(form), extra_tags=_kept_as(case, level, form))
    return redirect(case)


def _may(request: HttpRequest, facts: CaseFacts, act: Act) -> bool:
    """Whether the step is this person's to take now."""
    return row_for(act, facts, by_role_only(request.user)) is not None  # type: ignore[arg-type]


def _saved(form: GateForm) -> str:
    replies = form.replies()
    left = sum(question.code not in replies for question in form.questions)
    if not left:
        return _("Svaren är sparade. Alla frågor är besvarade.")
    remains = ngettext("%d fråga är kvar.", "%d frågor är kvar.", left) % left
    return f"{_('Svaren är sparade.')} {remains}"


def _kept_as(case: Case, level: str, form: GateForm) -> str:
    """Under which name the browser keeps what is typed: over other answers than it was typed on it is not laid."""
    return f"{case.initiative.reference}/fragor/{level}/{form['newest'].value() or 0}"


def _page(request: HttpRequest, case: Case, level: str, form: GateForm, facts: CaseFacts, **more: Any) -> HttpResponse:
    similar = similar_for(case, request.user)  # type: ignore[arg-type]
    ask = reverse("act", args=[case.initiative.reference, Act.REQUEST_SUPPLEMENT])
    context = {**_shared(request, case, level), "form": form, "similar": similar, "meanwhile": []}
    context |= {"keep": _kept_as(case, level, form), "supplement": "", **more}
    if _may(request, facts, Act.REQUEST_SUPPLEMENT):
        context["supplement"] = ask
    return render(request, "governance/gate.html", context, status=409 if more else 200)


def _refused(request: HttpRequest, case: Case, level: str, form: GateForm, refused: Refused) -> HttpResponse:
    """Says why, with everything typed still there: a colleague's answers are shown and questions in a new version
    asked anew, and pressing again is a choice."""
    facts, answers, questions = read_places(case), answers_of(case, level), questions_of(case, level)
    seen, data = form.cleaned_data["newest"] or 0, request.POST.copy()
    data["version"], data["newest"] = str(form.questions[0].model_id), str(answers.newest)
    again = GateForm(data, questions=questions, answers=answers, status=case.status)
    if again.are_others or answers.newest != seen:
        return _page(request, case, level, again, facts, meanwhile=answers.since(seen))
    for sentence in refused.sentences:
        form.add_error(None, sentence)
    return _page(request, case, level, form, facts)


def _read_only(request: HttpRequest, case: Case, level: str, answers: Answers) -> HttpResponse:
    return render(request, "governance/gate_answers.html", {**_shared(request, case, level), "answers": answers})


def _shared(request: HttpRequest, case: Case, level: str) -> dict[str, Any]:
    heading = _("Kvalificeringsfrågor i V6") if level == Level.V6 else _("Kvalificeringsfrågor")
    return {**beside(case, request.user), "heading": heading}  # type: ignore[arg-type]
