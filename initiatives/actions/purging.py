"""Destroying (*gallra*) what an organisation has decided not to keep. Who may and when is asked by the later app."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import structlog
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused

from ..models import Attachment, Initiative
from .attaching import delete_for_good

log = structlog.get_logger(__name__)


def purge_attachments(attachments: Sequence[Attachment], *, at: dt.datetime) -> None:
    """Destroys the files when the transaction has ended well; each row stays and says when."""
    Attachment.objects.filter(pk__in=[one.pk for one in attachments]).update(purged_at=at)
    names = [str(one.file.name) for one in attachments]
    transaction.on_commit(lambda: _delete(names))


def _delete(names: Sequence[str]) -> None:
    """A file that the storage would not let go is told in the log of the server: the rows say that it is to be gone."""
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            log.exception("purged file not deleted", file=name)


@transaction.atomic
def purge_draft(initiative: Initiative) -> None:
    """Deletes a draft for good, by the organisation's decision and not its author's."""
    if not initiative.is_draft:
        raise Refused(_("Det som är inskickat tas aldrig bort."))
    for attachment in initiative.attachments.all():
        delete_for_good(attachment)
    initiative.delete()
