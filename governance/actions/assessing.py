"""Saving one's own scores before they are handed in: outside the log, but only for those whom the process asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from initiatives.actions.assessing import Mark, why_not
from initiatives.models import Round
from initiatives.own_answers import OwnAnswers, answers_among, own_answers, own_rows
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Membership, User

from ..acts import Act
from ..models import Case
from ..reading import by_role_only, membership_of, read_places
from ..workflow import row_for
from .seats import taken


class NotHers(Refused):
    """The person is not asked to assess, or not any more: the round is closed, or she has handed in."""


class SavedElsewhere(Refused):
    """Another page of hers has saved since this one was opened; nothing was changed."""


class TextChanged(Refused):
    """The text is another than the one she has before her; nothing was changed."""


@dataclass(frozen=True)
class Desk:
    """What a person has before her when she assesses: the case, its open round, for whom she acts, her answers."""

    case: Case
    round: Round
    capacity: Membership
    own: OwnAnswers


@dataclass(frozen=True)
class Page:
    """The opened page that saves, and what it goes by."""

    version: str
    """Of her answers, as the page was shown them."""
    revision: int
    """Of the text that the page shows."""
    form: str = ""
    sequence: int = 0


def _open_round(case: Case, by: User) -> Round | None:
    """The open round with its criteria, the number of the text's newest revision and the person's own answers.

    Two statements.
    """
    rounds = case.initiative.rounds.open().annotate(
        newest_revision=Max("initiative__revisions__number"), own_rows=own_rows(by)
    )
    return rounds.select_related("model", "initiative").prefetch_related("model__criteria").first()


def desk_of(case: Case, by: User) -> Desk:
    """The person's desk in a case, where it is hers to assess and not done; else raises ``NotHers``."""
    facts, actor = read_places(case), by_role_only(by)
    row = row_for(Act.ASSESS, facts, actor)
    capacity = membership_of(by, row.capacity_of(actor, facts)) if row else None
    current: Any = _open_round(case, by) if capacity else None
    if capacity is None:
        raise NotHers(_("Du bedömer inte det här initiativet, eller så är omgången stängd."))
    if current is None:
        raise NotHers(_("Bedömningen är stängd. Svaren kan inte ändras längre."))
    own = answers_among(current.newest_revision, current.own_rows)
    if capacity.stands_in_for_id and (told := taken(current, by, capacity.organisation_id)):
        raise NotHers(told)
    if told := why_not(current, own):
        raise NotHers(told)
    return Desk(case, current, capacity, own)


def locked_desk(reference: str, by: User) -> Desk:
    """The same with the case locked until the transaction ends, so that no two pages save at once.

    Raises ``Case.DoesNotExist`` where there is none that the person may see.
    """
    locked = (
        Case.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("initiative__organisation")
    )
    return desk_of(locked.get(initiative__reference=reference), by)


@transaction.atomic
def save_scores(*, case: Case, by: User, marks: Mapping[str, Mark], at: dt.datetime | None = None) -> OwnAnswers:
    """Saves some of the person's answers without handing them in. Raises ``NotHers``."""
    return save_at(locked_desk(case.initiative.reference, by), by=by, marks=marks, at=at)


@transaction.atomic
def save_at(
    desk: Desk, *, by: User, marks: Mapping[str, Mark], page: Page | None = None, at: dt.datetime | None = None
) -> OwnAnswers:
    """Saves at a locked desk, and gives her answers as they stand then.

    With a ``page`` the marks are all of her answers on the text as it reads now: what is not among them is left
    unanswered again. Raises ``SavedElsewhere`` or ``TextChanged``, and then nothing has changed.
    """
    cleared = [code for code in desk.own.current if code not in marks] if page else []
    if page:
        _refuse_what_she_has_not_seen(desk.own, page, marks, cleared)
    initiative_actions.save_scores(
        round=desk.round,
        by=by,
        organisation=desk.capacity.organisation,
        marks=marks,
        cleared=cleared,
        form=page.form if page else "",
        sequence=page.sequence if page else 0,
        own=desk.own,
        at=at or timezone.now(),
    )
    return own_answers(desk.round, by) if cleared else desk.own.with_marks(marks)


def _refuse_what_she_has_not_seen(own: OwnAnswers, page: Page, marks: Mapping[str, Mark], cleared: list[str]) -> None:
    if page.revision != own.newest:
        raise TextChanged(_("Texten har ändrats medan du svarade. Läs den nya och se efter vilka svar som står sig."))
    knows = page.version == own.version or own.was_written_by(page.form, page.sequence)
    if not knows and own.would_change(marks, cleared):
        raise SavedElsewhere(_("Du har sparat andra svar någon annanstans, kanske i en annan flik."))
