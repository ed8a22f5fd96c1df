"""*Gemensam bedömning*: one criterion at a time, with everybody's answers beside the form."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import perform
from governance.acts import Act
from governance.forms.agreeing import AgreeForm
from governance.forms.fields import typed_in
from governance.models import Case
from governance.presenting.comparing import WIDTH, Line
from initiatives.models import Round
from v6portal.organizations.errors import Refused

from .acts import closed
from .comparing import Looked, kept, look
from .once import already_made, remember


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Writes down what the assessors agree on for the criterion, or that the median counts again."""
    with transaction.atomic():
        looked = look(request, reference)
        line = _line(looked, code)
        if request.method != "POST":
            form = _form(looked, line)
            return _page(request, looked, line, form) if looked.may_agree else _closed(request, looked, form)
        token = request.POST.get("token", "")
        if token and already_made(request, token):
            return _back(request, reference, code)
        form = _form(looked, line, request.POST)
        if not looked.may_agree:
            return _closed(request, looked, form)
        if not form.is_valid():
            return _page(request, looked, line, form)
        try:
            _take(request, looked, form)
        except Refused as refused:
            return _refused(request, reference, code, refused)
        if token:
            remember(request, token, reference)
        return _back(request, reference, code)


def _line(looked: Looked, code: str) -> Line:
    """The criterion as those who may read the round see it; 404 for the rest, and where there is none."""
    lines = looked.compared.lines if looked.compared else ()
    found = next((line for line in lines if line.criterion.code == code), None)
    if found is None:
        raise Http404(_("Det kriteriet finns inte, eller så är bedömningen inte klar."))
    return found


def _form(looked: Looked, line: Line, data: QueryDict | None = None) -> AgreeForm:
    standing, status = line.answers.standing, looked.case.status
    return AgreeForm(data, criterion=line.criterion, standing=standing, status=status)


def _take(request: HttpRequest, looked: Looked, form: AgreeForm) -> None:
    agreed, cleaned = form.agreed(), form.cleaned_data
    over = {form.criterion: cleaned["over"] or 0}
    given = {"agreed": agreed, "motivation": cleaned["motivation"], "over": over}
    before = _score_now(looked)
    perform(Act.AGREE, case=looked.case, by=looked.user, given=given, seen=cleaned["seen"])
    messages.success(request, _told(looked.round, form, before), extra_tags=_kept_as(looked, form))


def _score_now(looked: Looked) -> Decimal | None:
    """The score as it stands when it is one's turn: a colleague may have agreed on another criterion meanwhile."""
    assert looked.round is not None  # noqa: S101 - there is one to agree about
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=looked.case.pk)
    looked.round.refresh_from_db(fields=["joint_score"])
    return looked.round.joint_score


def _told(round: Round | None, form: AgreeForm, before: Decimal | None) -> str:
    """What was agreed, and what became of the score."""
    assert round is not None  # noqa: S101 - there was one to agree about
    round.refresh_from_db(fields=["joint_score"])
    (value,) = form.agreed().values()
    words = {"name": form.criterion, "value": value}
    said = _("Medianen gäller igen för %(name)s.") if value is None else _("Ni enades om %(value)s för %(name)s.")
    if before == round.joint_score or before is None or round.joint_score is None:
        return said % words
    score = {"before": number_format(before, 1), "after": number_format(round.joint_score, 1)}
    return f"{said % words} " + _("Poängen gick från %(before)s till %(after)s.") % score


def _kept_as(looked: Looked, form: AgreeForm) -> str:
    """Under which name the browser keeps what is typed: over another agreement than it was typed on it is not laid."""
    return f"{looked.case.initiative.reference}/enas/{form.criterion.code}/{form['over'].value() or 0}"


def _back(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    return redirect(f"{reverse('compare', args=[reference])}{kept(request)}#{code}")


def _refused(request: HttpRequest, reference: str, code: str, refused: Refused) -> HttpResponse:
    """What the door said, above everything that was typed; what a colleague has written since is there to see."""
    looked = look(request, reference)
    line = _line(looked, code)
    data = request.POST.copy()
    data["over"] = str(line.answers.standing.pk if line.answers.standing else 0)
    data["seen"] = looked.case.status
    form = _form(looked, line, data)
    for sentence in refused.sentences:
        form.add_error(None, sentence)
    return _page(request, looked, line, form, status=409)


def _closed(request: HttpRequest, looked: Looked, form: AgreeForm) -> HttpResponse:
    typed = typed_in(form) if form.is_bound else []
    return closed(request, looked.case, Act.AGREE, looked.facts, typed, why=looked.kept_from_agreeing)


def _page(request: HttpRequest, looked: Looked, line: Line, form: AgreeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "case": looked.case,
        "initiative": looked.case.initiative,
        "round": looked.round,
        "line": line,
        "form": form,
        "keep": _kept_as(looked, form),
        "kept": kept(request),
        "width": WIDTH,
    }
    return render(request, "governance/agree.html", context, status=status)
