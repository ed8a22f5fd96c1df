"""The attachments of an initiative as its pages show them, and whether the reader may change them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.attachments.kinds import BY_CONTENT_TYPE, ENDINGS, KINDS
from initiatives.attachments.sentences import ACCEPTED
from initiatives.models import Attachment
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case
from ..reading import actor_for, read_places
from ..statuses import Status
from ..workflow import row_for

WORDS = {
    "pdf": "PDF",
    "png": gettext_lazy("bild, PNG"),
    "jpeg": gettext_lazy("bild, JPEG"),
    "webp": gettext_lazy("bild, WebP"),
    "gif": gettext_lazy("bild, GIF"),
    "docx": "Word",
    "xlsx": "Excel",
    "pptx": "PowerPoint",
    "odt": gettext_lazy("OpenDocument, text"),
    "ods": gettext_lazy("OpenDocument, kalkyl"),
    "odp": gettext_lazy("OpenDocument, presentation"),
}


@dataclass(frozen=True)
class Line:
    """One attachment: what it is, in words, and where it is fetched and removed."""

    attachment: Attachment
    kind: str
    address: str
    remove_address: str


@dataclass(frozen=True)
class Fault:
    """A file that was not taken in, and the sentence that says why and what to do."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Attachments:
    """The context of ``governance/_attachments.html``. Without a reference there is no draft to attach to yet."""

    reference: str = ""
    lines: tuple[Line, ...] = ()
    may_change: bool = False
    faults: tuple[Fault, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        return int(settings.ATTACHMENT_COUNT)

    @property
    def left(self) -> int:
        """How many more there is room for."""
        return max(0, self.most - len(self.lines))

    @property
    def megabytes(self) -> int:
        return int(settings.ATTACHMENT_MEGABYTES)

    @property
    def most_bytes(self) -> str:
        """In figures that a script can read, without spaces between the thousands."""
        return str(self.megabytes * 1024 * 1024)

    @property
    def kinds(self) -> str:
        return str(ACCEPTED)

    @property
    def accept(self) -> str:
        """What the browser offers to choose among. A telephone makes JPEG of its own format when it reads this."""
        return ",".join((*ENDINGS, *(kind.content_type for kind in KINDS)))

    def told(self, faults: Iterable[Fault], added: Iterable[str]) -> Attachments:
        """The same, after an upload: what was not taken in, and what was."""
        return replace(self, faults=tuple(faults), added=tuple(added))


def attachments_of(case: Case | None, user: User) -> Attachments:
    """What belongs to the initiative now, and whether the person may add and remove; one or two statements.

    ``case`` is one that the person may see, with its initiative loaded; None where no draft has been saved yet.
    """
    if case is None:
        return Attachments()
    reference = case.initiative.reference
    found = lines(case.initiative.attachments.current(), reference)
    return Attachments(reference, found, may_change(case, user))


def may_change(case: Case, user: User) -> bool:
    """Whether the person may add and remove attachments: authors of a draft, later on whom the table says."""
    if case.status == Status.DRAFT:
        return case.initiative.is_written_by(user)
    if case.status != Status.SUPPLEMENT:
        return False
    return row_for(Act.ATTACH, read_places(case), actor_for(user, case)) is not None


def why_not(case: Case) -> str:
    """What to tell somebody who may read the attachments and not change them."""
    if case.status == Status.SUPPLEMENT:
        return _("Bara den som skrev initiativet och utvecklingsledaren kan ändra bilagorna nu.")
    return _("Bilagorna kan bara ändras i ett utkast och när en komplettering är begärd.")


def lines(attachments: Iterable[Attachment], reference: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            attachment,
            str(WORDS[BY_CONTENT_TYPE[attachment.content_type].key]),
            reverse("attachment", args=[reference, attachment.public_id]),
            reverse("attachment_remove", args=[reference, attachment.public_id]),
        )
        for attachment in attachments
    )
