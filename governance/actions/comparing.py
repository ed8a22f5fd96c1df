"""What a person answers when she is shown initiatives like the one she writes or qualifies."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from initiatives.models import Initiative
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case, Event
from ..reading import comparing_side
from ..statuses import Status
from .drafts import delete_draft
from .perform import perform


@transaction.atomic
def dismiss(*, case: Case, other: Initiative, by: User) -> None:
    """*Inte samma*, for those who write the draft or for those who qualify the case. Leaves no event."""
    _between(case, other, by)
    side = comparing_side(case, by)
    if side is None:
        raise Refused(_("Det är den som skriver eller kvalificerar initiativet som jämför det med andra."))
    initiative_actions.dismiss(initiative=case.initiative, other=other, by=by, side=side, at=timezone.now())


@transaction.atomic
def take_back_dismissal(*, case: Case, other: Initiative, by: User) -> None:
    """*Ångra* what the person's side has answered."""
    _between(case, other, by)
    side = comparing_side(case, by)
    if side is None:
        raise Refused(_("Det är den som skriver eller kvalificerar initiativet som jämför det med andra."))
    initiative_actions.take_back_dismissal(initiative=case.initiative, other=other, by=by, side=side)


@transaction.atomic
def say_same_need(*, draft: Case, other: Case, by: User, note: str = "", throw_away: bool = False) -> Event:
    """*Det är samma sak*: the person watches the other one, whose log tells that her organisation has the same need.

    Her draft is thrown away if she wants to and created it. The event holds nothing of the draft. Returns the event.
    """
    draft = _locked_together(draft, other)
    _between(draft, other.initiative, by)
    if draft.status != Status.DRAFT or not draft.initiative.is_written_by(by):
        raise Refused(_("Det här görs från ett utkast som du själv skriver."))
    event = perform(Act.SAME_NEED, case=other, by=by, given={"motivation": note})
    if throw_away:
        delete_draft(case=draft, by=by)
    return event


def _locked_together(draft: Case, other: Case) -> Case:
    """The draft as it stands now. Both are locked, the lower number first, before the log's chain: see ``perform``."""
    cases = Case.objects.select_for_update(of=("self",), no_key=True).select_related("initiative")
    return cases.order_by("pk").in_bulk([draft.pk, other.pk]).get(draft.pk, draft)


def _between(case: Case, other: Initiative, by: User) -> None:
    """Both must be there for the person to see, the other submitted, and not one and the same."""
    visible = Initiative.objects.visible_to(by)
    if not visible.filter(pk=case.pk).exists() or not visible.submitted().filter(pk=other.pk).exists():
        raise Refused(_("Initiativet finns inte, eller så får du inte läsa det."))
    if case.pk == other.pk:
        raise Refused(_("Det är samma initiativ."))
