"""How a case ended, in one plain sentence: the last of ``whereabouts``."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from v6portal.organizations.roles import Role

from ..statuses import Status
from .people import spoken, spoken_stand_in
from .plain_words import REFERRED_TO, Line
from .seen import Seen, Whereabouts, capital, day_of
from .telling import in_place_of

S = Status

ENDINGS = {
    S.CLOSED: lazy("%(who)s avslutade initiativet %(day)s."),
    S.ENDED_UNREALISED: lazy("%(who)s beslutade %(day)s att avsluta initiativet utan att genomföra det."),
    S.REJECTED: lazy("%(who)s beslutade %(day)s att avslå initiativet."),
    S.REFERRED: lazy("%(who)s hänvisade initiativet vidare %(day)s: %(where)s."),
    S.WITHDRAWN: lazy("%(who)s återtog initiativet %(day)s."),
}
DUPLICATE_SEEN = lazy("%(who)s såg %(day)s att samma sak redan finns i %(original)s, som går vidare i stället.")
DUPLICATE_UNSEEN = lazy(
    "%(who)s såg %(day)s att samma sak redan finns i ett annat initiativ, som går vidare i stället."
)


def ended(seen: Seen, line: Line) -> Whereabouts:
    """What was decided, by whom, when and why."""
    case, original = seen.case, ""
    form = str(ENDINGS.get(case.standing, DUPLICATE_UNSEEN))
    if case.standing == S.DUPLICATE and seen.may_see_original and case.duplicate_of:
        form, original = str(DUPLICATE_SEEN), case.duplicate_of.reference
    day = seen.decision.decided_on if seen.decision else timezone.localdate(case.status_since)
    where = REFERRED_TO.get(case.referred_to, "")
    told = form % {"who": _who_ended(seen), "day": day_of(day), "where": where, "original": original}
    reason = seen.decision.motivation if seen.decision else seen.last.text
    return Whereabouts(str(line.place), told, "", _("Skälet:"), reason, original=original)


def _who_ended(seen: Seen) -> str:
    """The decider where it was a decision (a political body where one decided), else who did it."""
    last = seen.last
    if seen.decision and seen.decision.body:
        return seen.decision.body
    name = last.decider_name or last.actor_name
    if name == last.actor_name and last.actor_id == seen.reader:
        return _("Du")
    role = Role(last.role) if last.role and name == last.actor_name else None
    place = seen.people.places.get(last.organisation_id or 0)
    if role and (holder := in_place_of(last)):
        return spoken_stand_in(name, spoken(role, [holder], place))
    return capital(spoken(role, [name], place))
