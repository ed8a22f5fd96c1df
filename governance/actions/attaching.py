"""Attachments of a case: on a draft as freely as its text, later on as a step that stands in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from initiatives import actions as initiative_actions
from initiatives.models import Attachment
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case
from ..statuses import Status
from .perform import perform


def attach(*, case: Case, by: User, file: File[Any], name: str, about: Mapping[str, Any] | None = None) -> None:
    """Checks, stores and attaches one file; raises Refused, and then neither row nor file is left.

    ``about`` tells of evidence what it belongs to and of which kind it is.
    """
    received = initiative_actions.receive(file, name)
    try:
        with transaction.atomic():
            _take(Act.ATTACH, case, by, received, about or {})
    except BaseException:
        initiative_actions.throw_away(received)
        raise


@transaction.atomic
def remove_attachment(*, case: Case, by: User, attachment: Attachment) -> None:
    """On a draft for good; after submission it is marked removed. Raises Refused."""
    _take(Act.REMOVE_ATTACHMENT, case, by, attachment, {})


def _take(
    act: Act, case: Case, by: User, what: initiative_actions.Received | Attachment, about: Mapping[str, Any]
) -> None:
    """Locks the case; before the process nothing is logged, just as when the text of a draft is changed."""
    case = Case.objects.select_for_update(of=("self",), no_key=True).select_related("initiative").get(pk=case.pk)
    if case.status != Status.DRAFT:
        perform(act, case=case, by=by, given={"attachment": what, **about})
    elif isinstance(what, Attachment):
        initiative_actions.remove_attachment(initiative=case.initiative, attachment=what, by=by, at=timezone.now())
    else:
        initiative_actions.attach(initiative=case.initiative, by=by, received=what, at=timezone.now())
