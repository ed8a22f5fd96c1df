"""Saying that two initiatives are different matters, and taking it back."""

from __future__ import annotations

import datetime as dt

from v6portal.organizations.models import User

from ..models import Dismissal, Initiative, Side


def dismiss(*, initiative: Initiative, other: Initiative, by: User, side: Side, at: dt.datetime) -> Dismissal:
    """*Inte samma*: the other is not shown again to the side. Who may say so for it is the process's to tell."""
    dismissal, _is_new = Dismissal.objects.get_or_create(
        initiative=initiative, other=other, side=side, defaults={"by": by, "at": at}
    )
    return dismissal


def take_back_dismissal(*, initiative: Initiative, other: Initiative, by: User, side: Side) -> None:
    """*Ångra*: the other may be shown to the side again."""
    Dismissal.objects.filter(initiative=initiative, other=other, side=side).delete()
