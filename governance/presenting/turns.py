"""Whose turn it is in a case, and since when. Drawn from the workflow table; nothing here decides anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.roles import PLACES, Kind, Role

from ..acts import Act
from ..expected import expected_by
from ..facts import CaseFacts
from ..statuses import REALISING, Status
from ..who import AUTHOR, LEAD, At, Who
from ..workflow import Row
from .way import onward

A, S = Act, Status

THE_HOLDER = {
    Role.LEAD: gettext_lazy("utvecklingsledaren"),
    Role.MANAGER: gettext_lazy("förvaltningschefen"),
    Role.DIRECTOR: gettext_lazy("kommundirektören"),
    Role.COORDINATOR: gettext_lazy("V6-samordnaren"),
    Role.IT_OFFICER: gettext_lazy("handläggaren på Göliska IT"),
    Role.IT_DIRECTOR: gettext_lazy("förbundsdirektören"),
}


def whose_turn(facts: CaseFacts, names: Mapping[int, str]) -> str:
    """Who the case waits for, e.g. ”kommundirektören i Skara”; empty when nobody. ``names`` of organisations by key."""
    if facts.status == S.INTEREST and facts.answers_withheld:
        return str(_("kommunerna"))
    if facts.status == S.INTEREST and facts.not_answered:
        return get_text_list(list(facts.not_answered), _("och"))
    if facts.status == S.AWAITING_START and facts.commitment_needed and not facts.commitment_decided:
        return str(THE_HOLDER[Role.IT_DIRECTOR])
    if facts.status == S.AWAITING_START and facts.commitment_declined:
        return str(THE_HOLDER[Role.COORDINATOR])
    rows = onward(facts)
    if not rows:
        return ""
    held = dict.fromkeys(_holder(who, facts, names) for who in _waited_for(rows[0], facts))
    known = [(holder, where) for holder, where in held if holder]
    # The place once, after the last of those who are in the same.
    following = [*(where for _holder_there, where in known[1:]), ""]
    told = [
        holder if where == after else f"{holder} {where}".strip()
        for (holder, where), after in zip(known, following, strict=True)
    ]
    return get_text_list(told, _("eller"))


def _waited_for(row: Row, facts: CaseFacts) -> tuple[Who, ...]:
    """Those who may take the step, but a supplement is the author's to write where she can."""
    if row.act != A.SUPPLEMENT:
        return row.who
    return AUTHOR if facts.has_author else LEAD


def _holder(who: Who, facts: CaseFacts, names: Mapping[int, str]) -> tuple[str, str]:
    """Who, and where; both empty where nobody can have the role."""
    if who.role is None:
        return _("den som skrev initiativet"), ""
    if who.at is At.ANYWHERE:
        return str(THE_HOLDER[who.role]), ""
    organisation = facts.own if who.at is At.OWN or facts.leading is None else facts.leading
    kind = facts.own_kind if organisation == facts.own else Kind.KOMMUN
    if kind not in PLACES[who.role]:
        return "", ""
    where = _("på %s") if kind == Kind.FEDERATION else _("i %s")
    return str(THE_HOLDER[who.role]), where % names.get(organisation, "")


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, and for how long they have had it."""

    whose: str
    """Empty when nothing more is waited for."""
    is_work: bool = False
    """Work goes on, and nobody waits."""
    days: int = 0
    """Since how many days it is theirs."""
    until: dt.date | None = None
    """By when the author should have answered a question."""
    is_late: bool = False


def turn(facts: CaseFacts, names: Mapping[int, str], *, author: str, since: dt.date) -> Turn:
    """Whose turn it is; a question waits for the ``author`` by name. ``since`` the case stands where it does."""
    whose, days = whose_turn(facts, names), (facts.today - since).days
    if facts.status != S.SUPPLEMENT or facts.usual_days is None or not facts.has_author:
        return Turn(whose, facts.status in REALISING, days)
    until = expected_by(since, facts.usual_days)
    return Turn(author or whose, days=days, until=until, is_late=facts.today > until)
