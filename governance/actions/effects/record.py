"""Effects on the record: destroying what an organisation has decided not to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.actions.purging import purge_attachments
from initiatives.models import Attachment
from v6portal.organizations.errors import Refused

from ...models import Case, RetentionRule

if TYPE_CHECKING:
    from ..step import Step


def _files(case: Case, rule: RetentionRule) -> list[Attachment]:
    return list(rule.attachments_due(timezone.localdate()).filter(initiative=case.pk).order_by("pk"))


def said_of_purging(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is destroyed, so that the log can prove what it was: how many, their hashes, by which decision."""
    rule: RetentionRule = given["rule"]
    files = _files(case, rule)
    return {
        "count": len(files),
        "sha256": [file.sha256 for file in files],
        "years": rule.years,
        "by_decision": rule.by_decision,
    }


def purge(step: Step) -> None:
    rule: RetentionRule = step.given["rule"]
    if not rule.active or rule.organisation_id != step.organisation.pk:
        raise Refused(_("Regeln gäller inte. Organisationen ska först ha beslutat om gallring."))
    files = _files(step.case, rule)
    if not files:
        raise Refused(_("Inget i det här ärendet får gallras enligt regeln än."))
    purge_attachments(files, at=step.at)
