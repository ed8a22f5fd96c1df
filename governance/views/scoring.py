"""The scoring page: the criteria beside the text, saved as one answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.actions import perform
from governance.actions.assessing import Desk, NotHers, SavedElsewhere, TextChanged, desk_of, locked_desk, save_at
from governance.acts import Act
from governance.forms.fields import typed_in
from governance.forms.scoring import ScoringForm
from governance.models import Case
from governance.presenting.beside import text_beside
from governance.presenting.own_scores import changes_since, differences, reasons_since, standing_of
from governance.presenting.queue import Queue, queue_of
from governance.reading import by_role_only, read_places
from governance.workflow import row_for
from initiatives.actions.assessing import CLOSED
from initiatives.own_answers import own_answers
from v6portal.organizations.access import SIGN_IN_AGAIN
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .acts import closed, readable_case

SAVE_AND_NEXT, HAND_IN_AND_NEXT = "save_next", "hand_in_next"


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def form_at(desk: Desk, user: User, data: Any = None) -> ScoringForm:
    criteria = list(desk.round.model.criteria.all())
    return ScoringForm(data, criteria=criteria, own=desk.own, status=desk.case.status, user=user)


def page(request: HttpRequest, desk: Desk, form: ScoringForm | None = None, **more: Any) -> HttpResponse:
    """The page itself, fresh or with a form that was not accepted."""
    user = _person(request)
    form = form or form_at(desk, user)
    context: dict[str, Any] = {
        **text_beside(desk.case),
        "form": form,
        "own": desk.own,
        "standing": standing_of(desk.round, desk.own.values),
        "changes": changes_since(desk.case, desk.own),
        "reasons": reasons_since(desk.case, desk.own),
        "queue": queue_of(user),
        "differences": [],
        **more,
    }
    return render(request, "governance/assess.html", context)


def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """A form that was sent: saved, or handed in, as its button said. A refusal is shown in it."""
    user = _person(request)
    try:
        with transaction.atomic():
            desk = locked_desk(reference, user)
            form = form_at(desk, user, request.POST)
            if not form.is_valid():
                return page(request, desk, form)
            if not form.is_hers:
                form.add_error(None, _("Du är inloggad som någon annan nu än när sidan öppnades."))
                return page(request, desk, form)
            return _kept(request, desk, form)
    except NotHers as refused:
        return _not_any_more(request, reference, refused)
    except Case.DoesNotExist:
        raise Http404 from None


def _kept(request: HttpRequest, desk: Desk, form: ScoringForm) -> HttpResponse:
    user, case, marks = _person(request), desk.case, form.marks()
    queue = queue_of(user)
    try:
        with transaction.atomic():
            own = save_at(desk, by=user, marks=marks, page=form.page())
            if form.hands_in:
                perform(Act.ASSESS, case=case, by=user, given={"marks": marks}, seen=form.cleaned_data["seen"])
    except SavedElsewhere:
        return page(request, desk, form, differences=differences(desk, form.marks()))
    except TextChanged as changed:
        return page(request, desk, _on_the_new_text(desk, user, form, str(changed)))
    except Refused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
        return page(request, desk, form)
    messages.success(request, _told(request, form), extra_tags=form.cleaned_data["token"] or kept_as(case))
    return _onwards(request, case, queue, is_done=form.hands_in, is_outdated=own.is_outdated)


def _on_the_new_text(desk: Desk, user: User, sent: ScoringForm, told: str) -> ScoringForm:
    """The same answers, which from now on go by the text as it reads."""
    data: Any = sent.data.copy()  # type: ignore[attr-defined]
    data["revision"], data["version"] = desk.own.newest, desk.own.version
    form = form_at(desk, user, data)
    form.add_error(None, told)
    return form


def _told(request: HttpRequest, form: ScoringForm) -> str:
    if HAND_IN_AND_NEXT in request.POST:
        return _("Din bedömning är lämnad. Här är nästa.")
    if form.hands_in:
        return _("Din bedömning är lämnad. Nu ser du de andras.")
    if "confirm_all" in request.POST:
        return _("Svaren står sig. Lämna bedömningen när du är klar.")
    return _("Sparat. Bara du ser svaren tills du lämnar bedömningen.")


def _onwards(request: HttpRequest, case: Case, queue: Queue, *, is_done: bool, is_outdated: bool) -> HttpResponse:
    """To the next in the person's queue where the button said so, and to the queue when it is empty."""
    if not {SAVE_AND_NEXT, HAND_IN_AND_NEXT} & set(request.POST):
        return redirect("assess", case.initiative.reference)
    following = queue.without(case).first if is_done else queue.next_after(case)
    return redirect("assess", following) if following else redirect("queue")


def saved(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer to a page that saves by itself: one word of how it went, and the pieces that have changed."""
    user = _person(request)
    try:
        with transaction.atomic():
            desk = locked_desk(reference, user)
            form = form_at(desk, user, request.POST)
            form.is_valid()
            if not form.is_hers:
                return HttpResponse(status=SIGN_IN_AGAIN)
            own = save_at(desk, by=user, marks=form.marks(), page=form.page())
    except NotHers as refused:
        return _unsaved(request, "too-late", told=str(refused), reference=reference)
    except SavedElsewhere as refused:
        more = {"differences": differences(desk, form.marks()), "against": desk.own.version}
        return _unsaved(request, "collided", told=str(refused), reference=reference, **more)
    except TextChanged as refused:
        return _unsaved(request, "changed", told=str(refused), reference=reference)
    except Case.DoesNotExist:
        raise Http404 from None
    context: dict[str, Any] = {
        "own": own,
        "form": form,
        "standing": standing_of(desk.round, own.values),
        "now": timezone.localtime(),
        "old": [code for code in own.answers if own.is_old(code)],
    }
    return render(request, "governance/_scores_saved.html", context)


def _unsaved(request: HttpRequest, outcome: str, **context: Any) -> HttpResponse:
    return render(request, "governance/_scores_unsaved.html", {"outcome": outcome, **context})


def _not_any_more(request: HttpRequest, reference: str, refused: NotHers) -> HttpResponse:
    """It is not the person's to assess, or not any more; what was typed is shown to take along."""
    case, user = readable_case(request, reference), _person(request)
    round = case.initiative.rounds.select_related("model").order_by("-opened_at", "-pk").first()
    typed: list[tuple[str, str]] = []
    why = "" if round is None or round.is_open else str(CLOSED)
    if round is not None:
        own = own_answers(round, user)
        if own.is_done and not own.conflict_reason and round.is_open:
            messages.warning(request, _("Du har redan lämnat din bedömning. Inget har ändrats."))
            return redirect("assess", reference)
        form = ScoringForm(request.POST, criteria=list(round.model.criteria.all()), own=own, status="", user=user)
        typed = typed_in(form)
    facts = read_places(case)
    was_hers = row_for(Act.ASSESS, facts, by_role_only(user)) is not None
    return closed(request, case, Act.ASSESS, facts, typed, why if was_hers else "")


def kept_as(case: Case) -> str:
    """Under which name the browser keeps what is typed in the assessment."""
    return f"{case.initiative.reference}/bedom"


def desk_for(case: Case, user: User) -> Desk | None:
    """The person's desk, where the case is hers to assess."""
    try:
        return desk_of(case, user)
    except NotHers:
        return None
