"""Keeping what was written, for a press on a button and for the page that saves by itself alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction
from django.shortcuts import get_object_or_404

from governance.actions import create_draft, update_draft
from governance.forms.drafts import DraftForm, Text, text_of
from governance.models import Case
from governance.presenting import waiting
from governance.statuses import Status
from initiatives.models import Initiative, InitiativeQuerySet
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Kind

from .once import wait_for


@dataclass(frozen=True)
class Saving:
    """What came of it: the case as it stands now, what was stored before, and what was typed."""

    class Outcome(Enum):
        SAVED = auto()
        COLLIDED = auto()
        """Somebody else, or another tab, has written since the page was opened; nothing was changed."""
        TOO_LATE = auto()
        """It has been sent in meanwhile; nothing was changed."""

    outcome: Outcome
    case: Case
    stored: Text
    typed: Text


def own_draft_or_404(user: User, reference: str, *, lock: bool = False) -> Case:
    """The case that the person has written; 404 for everybody else. Its status is for the caller to ask."""
    cases = Case.objects.visible_to(user).filter(waiting.written_by(user))
    if lock:
        cases = cases.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(cases.select_related("initiative__organisation"), initiative__reference=reference)


def home_of(user: User, key: str) -> Organisation | None:
    """The organisation that the opened page said a new draft would belong to, if the person has a role there still."""
    homes = (m.organisation for m in user.current_memberships if m.organisation.kind != Kind.COLLABORATION)
    return next((organisation for organisation in homes if organisation.key == key), None)


def keep_new(user: User, form: DraftForm, organisation: Organisation) -> Saving:
    """Makes a draft of a valid form; of a form that has made one already, goes on writing in that one.

    So does a page that goes on with what such a form typed, as long as it is a draft still. What the form made may be
    the person's no more: then it makes another, which does not bear its name.
    """
    with transaction.atomic():
        if token := form.cleaned_data["token"]:
            wait_for(token)
        mine = Initiative.objects.visible_to(user).written_by(user)
        made = _made_by(token, mine) or _made_by(form.cleaned_data["continues"], mine.drafts())
        if made is None:
            text = form.text()
            mark = {} if _made_by(token, Initiative.objects.all()) else form.mark
            case = create_draft(by=user, organisation=organisation, **mark, **text)
            return Saving(Saving.Outcome.SAVED, case, text, text)
    return save(user, made, form)


def _made_by(token: str, initiatives: InitiativeQuerySet) -> str | None:
    """The reference of the one that the opened form has made; None where there is none, or no form is told."""
    if not token:
        return None
    return initiatives.filter(made_by_form=token).values_list("reference", flat=True).first()


def save(user: User, reference: str, form: DraftForm) -> Saving:
    """Writes what of the form can be kept into the draft, unless that would overwrite what she has not seen."""
    with transaction.atomic():
        case = own_draft_or_404(user, reference, lock=True)
        stored = text_of(case.initiative)
        typed = form.text(stored)
        if case.status != Status.DRAFT:
            return Saving(Saving.Outcome.TOO_LATE, case, stored, typed)
        if typed != stored and not form.knows(case.initiative):
            return Saving(Saving.Outcome.COLLIDED, case, stored, typed)
        case = update_draft(case=case, by=user, **form.mark, **typed)
        return Saving(Saving.Outcome.SAVED, case, stored, typed)
