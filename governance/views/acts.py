"""One page for every act of the process: the case beside a small form, and the step itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from governance.actions import Overtaken, perform
from governance.acts import Act, word_for
from governance.facts import CaseFacts
from governance.forms.acts import ActForm
from governance.forms.asked import form_for
from governance.forms.fields import typed_in
from governance.models import Case
from governance.models.inquiry import with_withheld
from governance.presenting.act_words import HEADINGS, MEANINGS, PRESS
from governance.presenting.answering import after_answering, who_may_lead
from governance.presenting.assessors import Assessor, assessors
from governance.presenting.attachments import attachments_of
from governance.presenting.beside import beside
from governance.presenting.handing_over import handed_over
from governance.presenting.moving import joining, leaving
from governance.presenting.one_page import one_page
from governance.presenting.telling import clocked, tell
from governance.reading import actor_for, as_seen_by, read_facts
from governance.statuses import Status
from governance.workflow import Row, row_for, rows_for
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .once import already_made, remember

Taking = Callable[..., object]
"""Takes the step: ``perform``, or what a later app does together with it."""

OWN_PAGES = {
    Act.ASSESS: "assess",
    Act.CALCULATE: "benefit_calculation",
    Act.RELEASE: "release",
    Act.AGREE: "compare",
    Act.SHARE_COSTS: "cost_sharing",
    Act.RECORD_ADOPTION: "record_adoption",
    Act.CONFIRM_BENEFIT: "confirm_benefit",
    Act.ATTACH: "attachments",
    Act.REMOVE_ATTACHMENT: "attachments",
}
"""Acts with a page of their own, by the name of its address."""

AFTERWARDS = {Act.CLOSE_ROUND: "compare"}
"""Where the step leads, by the name of the address, when it is not to the initiative."""

DONE = {
    Act.QUALIFY: gettext_lazy("Initiativet är kvalificerat. Nu kan det bedömas."),
    Act.PRIORITISE: gettext_lazy("Platsen är fastställd. Nu väntar initiativet på beslut."),
    Act.V6_QUALIFY: gettext_lazy("Frågan är skickad till kommunerna."),
    Act.DECLARE_CONFLICT: gettext_lazy("Du har anmält jäv och bedömer inte initiativet."),
    Act.CLOSE_ROUND: gettext_lazy("Bedömningen är stängd. Här är allas svar, det ni är mest oense om först."),
    Act.SUPPLEMENT: gettext_lazy("Ditt svar är skickat till utvecklingsledaren."),
    Act.REQUEST_SUPPLEMENT: gettext_lazy("Frågan är skickad."),
    Act.AMEND: gettext_lazy("Texten är ändrad."),
    Act.RECOMMEND: gettext_lazy("Rekommendationen är lämnad."),
    Act.COMMENT: gettext_lazy("Anteckningen är sparad."),
    Act.HAND_TASK: gettext_lazy("Klart. Det syns i Att göra hos er som har rollen."),
    Act.FOLLOW: gettext_lazy("Nu följer din organisation initiativet."),
    Act.UNFOLLOW: gettext_lazy("Din organisation följer inte längre initiativet."),
    Act.JOIN: gettext_lazy("Nu är kommunen med."),
    Act.CORRECT: gettext_lazy("Beslutet är rättat. Det gamla står kvar, märkt med det nya."),
    Act.MARK_SECRET: gettext_lazy("Initiativet är sekretessmarkerat. Nu läser bara de roller du valde."),
    Act.LIFT_SECRECY: gettext_lazy("Sekretessmarkeringen är hävd. Nu läser de som läste före den."),
    Act.LEAVE: gettext_lazy("Nu har kommunen lämnat samarbetet."),
    Act.CONFIRM_BENEFIT: gettext_lazy("Tack. Det står på initiativets sida och i halvårsrapporten."),
}
"""What is said when the step is taken, where the word of the log is no sentence. An answer to a question is the
author's own; the lead who gives it in her place is told where the case stands."""

WITHOUT_BRIEF = frozenset({Act.SUPPLEMENT, Act.AMEND, Act.ANSWER_INTEREST})
"""Acts whose form holds the whole text: the brief beside it would only say it twice, and on a telephone first. An
answer has a brief of its own, folded above."""

TEMPLATES = {Act.ANSWER_INTEREST: "governance/answer.html"}
"""Pages that are laid out in a way of their own."""

CLOSING = frozenset({Act.CLOSE_INTEREST, Act.ASK_GOLISKA})


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Any act of the workflow table, by its key."""
    case, known = readable_case(request, reference), _known(act)
    if known is Act.ANSWER_GATE:
        return redirect("gate", reference, "kommun" if case.status == Status.QUALIFYING else "v6")
    if known is Act.TAKE_UP:
        return redirect("meetings")
    if known in OWN_PAGES:
        return redirect(OWN_PAGES[known], reference)
    return act_page(request, case, known, take=perform)


def readable_case(request: HttpRequest, reference: str) -> Case:
    """The case, for those who may see it; 404 for everybody else."""
    cases = with_withheld(Case.objects.visible_to(_person(request)), _person(request))
    cases = cases.select_related("initiative__organisation", "it_assessment")
    return get_object_or_404(cases, initiative__reference=reference)


def _known(act: str) -> Act:
    if not any(row.act == act for row in rows_for(act)):  # type: ignore[arg-type]
        raise Http404(_("Det steget finns inte."))
    return Act(act)


def act_page(request: HttpRequest, case: Case, act: Act, take: Taking) -> HttpResponse:
    """Shows the form of the act, and takes the step when it is sent; everything typed is kept on a refusal."""
    if request.method == "POST":
        with transaction.atomic():
            return _sent(request, case, act, take)
    facts = _facts(request, case)
    row = row_for(act, facts, actor_for(_person(request), case))
    if row is None:
        return closed(request, case, act, facts)
    form = form_for(row, case=case, by=_person(request), facts=facts)
    form.suggest(request.GET)
    return _page(request, case, row, form, facts)


def _sent(request: HttpRequest, case: Case, act: Act, take: Taking) -> HttpResponse:
    user, token = _person(request), request.POST.get("token", "")
    if token and already_made(request, token):
        return redirect(case)
    facts = _facts(request, case)
    row = row_for(act, facts, actor_for(user, case))
    if row is None:
        return closed(request, case, act, facts)
    form = form_for(row, case=case, by=user, facts=facts, data=request.POST)
    if not form.is_valid():
        return _page(request, case, row, form, facts)
    try:
        take(act, case=case, by=user, given=form.given(), seen=form.cleaned_data["seen"])
    except Overtaken as overtaken:
        return _overtaken(request, case, row, overtaken)
    except Refused as refused:
        form.refuse(refused.sentences)
        return _page(request, case, row, form, facts)
    if token:
        remember(request, token, case.initiative.reference)
    messages.success(request, _what_was_done(case, act, user), extra_tags=form.keep)
    return redirect(AFTERWARDS.get(act, "initiative"), case.initiative.reference)


def _facts(request: HttpRequest, case: Case) -> CaseFacts:
    """As the person may know them: what the door asks is read again under its lock."""
    return as_seen_by(_person(request), case, read_facts(case))


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _what_was_done(case: Case, act: Act, by: User) -> str:
    """A sentence of the act's own, else its word in the log and where the case stands now, where that says more."""
    if act is Act.ANSWER_INTEREST:
        return after_answering(case, by)
    if act in DONE and (act is not Act.SUPPLEMENT or case.initiative.is_written_by(by)):
        return str(DONE[act])
    moved, what = case.status, word_for(act)
    case.refresh_from_db(fields=["status"])
    status = str(case.get_status_display())
    if case.status == moved or status.lower() in what.lower():
        return f"{what}."
    return _("%(what)s. Läget är nu %(status)s.") % {"what": what, "status": status}


def _page(request: HttpRequest, case: Case, row: Row, form: ActForm, facts: CaseFacts, **more: Any) -> HttpResponse:
    has_brief = row.act not in WITHOUT_BRIEF
    context = {
        **(beside(case, _person(request)) if has_brief else {"case": case, "initiative": case.initiative}),
        "has_brief": has_brief,
        "row": row,
        "form": form,
        "press": PRESS.get(row.act, row.button),
        "heading": HEADINGS.get(row.act, row.button),
        "meaning": MEANINGS.get(row.act, ""),
        "obstacles": row.obstacles_for(facts),
        "lands_in": row.lands_in(facts),
        "overtaken": "",
        "waited_for": _waited_for(case, facts) if row.act is Act.CLOSE_ROUND else [],
        **_on_the_costs(case, row, form, facts),
        "attachments": attachments_of(case, _person(request)) if row.act is Act.SUPPLEMENT else None,
        "page": one_page(case, _person(request)) if row.act is Act.ANSWER_INTEREST else None,
        "handed_over": handed_over(case) if row.act is Act.HAND_OVER else None,
        "who_may_lead": who_may_lead(case, _person(request)) if row.act in CLOSING else None,
        **more,
    }
    return render(request, TEMPLATES.get(row.act, "governance/act.html"), context, status=409 if more else 200)


def _on_the_costs(case: Case, row: Row, form: ActForm, facts: CaseFacts) -> dict[str, Any]:
    """What the step means for the shared costs, where it changes who takes part."""
    if row.act not in (Act.LEAVE, Act.JOIN) or form.capacity is None:
        return {}
    organisation = form.capacity.organisation
    if row.act is Act.JOIN:
        return {"joining": joining(case, organisation)}
    return {"leaving": leaving(case, organisation, withheld=facts.answers_withheld)}


def _waited_for(case: Case, facts: CaseFacts) -> list[Assessor]:
    """Who has not assessed yet, for the one who is about to close."""
    round = case.initiative.rounds.open().select_related("initiative").first()
    return [one for one in assessors(round, facts) if one.is_waited_for] if round else []


def _overtaken(request: HttpRequest, case: Case, row: Row, overtaken: Overtaken) -> HttpResponse:
    """Somebody was faster: says what happened, with everything typed still there if the step is still on."""
    case = readable_case(request, case.initiative.reference)
    user = _person(request)
    facts = _facts(request, case)
    here = row_for(row.act, facts, actor_for(user, case))
    if here is None:
        return closed(request, case, row.act, facts)
    data = request.POST.copy()
    data["seen"] = case.status
    form = form_for(here, case=case, by=user, facts=facts, data=data)
    return _page(request, case, here, form, facts, overtaken=str(overtaken))


def closed(
    request: HttpRequest,
    case: Case,
    act: Act,
    facts: CaseFacts,
    typed: Sequence[tuple[str, str]] | None = None,
    why: str = "",
) -> HttpResponse:
    """The act is not on: for this person (403), or not any more (409). What was typed is shown to take along.

    ``why`` is what has stopped it, where neither the status nor the person's role has.
    """
    user = _person(request)
    rows = list(rows_for(act))
    somebody_may = next((row for row in rows if row.applies_to(facts)), None)
    row = somebody_may or rows[0]
    if typed is None:
        typed = typed_in(form_for(row, case=case, by=user, facts=facts, data=request.POST)) if request.POST else []
    last = case.events.moves().select_related("organisation").latest("id")
    context = {
        **beside(case, user),
        "row": row,
        "why": why,
        "only_others_may": somebody_may is not None,
        "typed": typed,
        "last": clocked([tell(last)]),
    }
    return render(request, "governance/act_closed.html", context, status=403 if somebody_may and not why else 409)
