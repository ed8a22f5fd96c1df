"""Drafts, before the process: created, written and perhaps thrown away by their author."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives import actions as initiative_actions
from v6portal.organizations.models import Organisation, User

from ..acts import Act
from ..models import Case
from ..statuses import Status
from .log import write_event


@transaction.atomic
def create_draft(*, by: User, organisation: Organisation, at: dt.datetime | None = None, **fields: Any) -> Case:
    """A new draft with its case, standing in Utkast. Needs a title; raises Refused with what is wrong.

    Takes the text's fields, and ``form`` and ``sequence``: the opened form they come from, which of its sendings.
    """
    at = at or timezone.now()
    initiative = initiative_actions.create_draft(by=by, organisation=organisation, at=at, **fields)
    case = Case.objects.create(initiative=initiative, status_since=at)
    write_event(Act.CREATE, case=case, by=by, at=at, target=Status.DRAFT)
    return case


@transaction.atomic
def update_draft(*, case: Case, by: User, **fields: Any) -> Case:
    """Writes the fields of a draft. Before the process nothing is logged but that it was created."""
    case = _locked(case)
    initiative_actions.update_draft(initiative=case.initiative, by=by, **fields)
    return case


@transaction.atomic
def delete_draft(*, case: Case, by: User) -> None:
    """Deletes a draft for good and logs that it was done, without its text."""
    case = _locked(case)
    initiative = case.initiative
    if initiative.is_draft:
        write_event(Act.DELETE_DRAFT, case=case, by=by, at=timezone.now())
        case.delete()
    initiative_actions.delete_draft(initiative=initiative, by=by)


@transaction.atomic
def add_co_author(*, case: Case, by: User, person: User) -> None:
    """Lets a colleague read and write the draft. Not logged: before the process only its creation is."""
    initiative_actions.add_co_author(initiative=_locked(case).initiative, by=by, person=person)


@transaction.atomic
def remove_co_author(*, case: Case, by: User, person: User) -> None:
    """Takes a co-author away from the draft, or lets her leave it."""
    initiative_actions.remove_co_author(initiative=_locked(case).initiative, by=by, person=person)


@transaction.atomic
def write_for(*, case: Case, by: User, person: User | None, name: str = "") -> None:
    """Makes the draft a colleague's, or somebody's without an account; a development lead's act."""
    initiative_actions.write_for(initiative=_locked(case).initiative, by=by, person=person, name=name)


def _locked(case: Case) -> Case:
    found = Case.objects.select_for_update(of=("self",), no_key=True).select_related("initiative__organisation")
    return found.get(pk=case.pk)
