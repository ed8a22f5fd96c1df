"""Attachments: a file is checked, scanned and stored, and then belongs to an initiative.

Looking into a file and storing it take their time, so both are done before anything in the database is locked:
``receive`` first, then ``attach`` in the transaction, and ``throw_away`` when that came to nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ..attachments.inspecting import inspect
from ..attachments.kinds import Kind
from ..attachments.names import clean_name
from ..attachments.packages import MEGABYTE, Unsafe
from ..attachments.reasons import Reason
from ..attachments.scanning import Verdict, scan
from ..attachments.sentences import SENTENCES
from ..models import Attachment, Initiative
from ..models.attachments import opaque_name

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Received:
    """A file that has been checked and stored, and belongs to nothing yet."""

    stored: str
    """Its name in the storage."""
    name: str
    kind: Kind
    size: int
    sha256: str

    def __str__(self) -> str:
        return self.name


def sentence(reason: Reason) -> str:
    """What to tell of a file that is not taken in."""
    return str(SENTENCES[reason]) % {"megabytes": settings.ATTACHMENT_MEGABYTES}


def receive(file: File[Any], sent_name: str) -> Received:
    """Checks what the file is, has it scanned and stores it under an opaque name; raises Refused with what to do."""
    if (file.size or 0) > settings.ATTACHMENT_MEGABYTES * MEGABYTE:
        raise Refused(sentence(Reason.TOO_LARGE_A_FILE))
    if not file.size:
        raise Refused(sentence(Reason.EMPTY))
    with tempfile.TemporaryDirectory(prefix="bilaga-") as folder:
        source = Path(folder) / "sent"
        with source.open("wb") as written:
            for chunk in file.chunks():
                written.write(chunk)
        try:
            kind, kept = inspect(source)
        except Unsafe as refusal:
            log.info("attachment refused", reason=str(refusal.reason))
            raise Refused(sentence(Reason(refusal.reason))) from refusal
        _scan(source)
        return _store(kept, clean_name(sent_name, kind), kind)


def _scan(file: Path) -> None:
    verdict, why = scan(file, settings.VIRUS_SCANNER)
    if verdict is Verdict.INFECTED:
        log.warning("attachment infected")
        raise Refused(sentence(Reason.INFECTED))
    if verdict is Verdict.UNKNOWN:
        log.error("virus scanner failed", why=why)
        raise Refused(sentence(Reason.NOT_SCANNED))


def _store(path: Path, name: str, kind: Kind) -> Received:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        stored = default_storage.save(opaque_name(None, name), File(content))
    return Received(stored, name, kind, path.stat().st_size, digest)


def throw_away(received: Received) -> None:
    """Deletes a stored file that came to belong to nothing."""
    default_storage.delete(received.stored)


def attach(*, initiative: Initiative, by: User, received: Received, at: dt.datetime) -> Attachment:
    """The file becomes one of the initiative's; refused when it is there already or one too many.

    The case is locked. On a draft only its authors may; later on the workflow table says who.
    """
    _may_change_draft(initiative, by)
    _has_room(initiative, received)
    return _kept(initiative, by, received, at)


def attach_evidence(*, initiative: Initiative, by: User, received: Received, at: dt.datetime) -> Attachment:
    """A file that speaks of what was done, and never becomes a part of the text. The case is locked, and what the
    file belongs to, and how many that may have, is the caller's to say."""
    return _kept(initiative, by, received, at, is_evidence=True)


def _has_room(initiative: Initiative, received: Received) -> None:
    current = list(initiative.attachments.current())
    if same := next((a for a in current if a.sha256 == received.sha256), None):
        raise Refused(_("Filen är redan bifogad, som ”%s”.") % same.name)
    if len(current) >= settings.ATTACHMENT_COUNT:
        raise Refused(
            _("Initiativet har redan %d bilagor, fler får det inte ha. Ta bort någon först.")
            % settings.ATTACHMENT_COUNT
        )


def _kept(
    initiative: Initiative, by: User, received: Received, at: dt.datetime, *, is_evidence: bool = False
) -> Attachment:
    return Attachment.objects.create(
        initiative=initiative,
        file=received.stored,
        name=received.name,
        content_type=received.kind.content_type,
        size=received.size,
        sha256=received.sha256,
        is_evidence=is_evidence,
        uploaded_by=by,
        uploaded_by_name=str(by),
        uploaded_at=at,
    )


def remove_attachment(*, initiative: Initiative, attachment: Attachment, by: User, at: dt.datetime) -> None:
    """On a draft the file is gone for good; after submission it is marked removed, and earlier revisions keep it."""
    _may_change_draft(initiative, by)
    current = initiative.attachments.filter(pk=attachment.pk, removed_at__isnull=True).first()
    if current is None:
        raise Refused(_("Bilagan är redan borttagen."))
    if initiative.is_draft:
        delete_for_good(current)
        return
    current.removed_by, current.removed_at = by, at
    current.save(update_fields=["removed_by", "removed_at"])


def delete_for_good(attachment: Attachment) -> None:
    """The row now, its file when the transaction has ended well."""
    stored = str(attachment.file.name)
    transaction.on_commit(lambda: default_storage.delete(stored))
    attachment.delete()


def _may_change_draft(initiative: Initiative, by: User) -> None:
    if initiative.is_draft and not initiative.is_written_by(by):
        raise Refused(_("Bara den som skrivit utkastet kan ändra dess bilagor."))
