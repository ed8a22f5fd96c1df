"""How a person wants her mail."""

from __future__ import annotations

from collections.abc import Mapping

from v6portal.organizations.models import User

from ..models import MailChoice
from ..notices import Delivery, NoticeKind


def choose_mail(*, by: User, chosen: Mapping[NoticeKind, Delivery]) -> None:
    """Keeps the person's choices; they hold also for what is written but not yet sent. One statement."""
    MailChoice.objects.bulk_create(
        (MailChoice(user=by, kind=kind, delivery=delivery) for kind, delivery in chosen.items()),
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["delivery"],
    )
