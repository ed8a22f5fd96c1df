"""*Gemensam bedömning*: what a meeting agrees on for a criterion, when everybody's answers are on the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .. import scoring
from ..models import Criterion, JointMark, Round
from .assessing import summarise

CONFLICT = gettext_lazy("Du har anmält jäv. En kollega skriver in det ni andra enas om.")
VALUES = range(scoring.LOWEST, scoring.HIGHEST + 1)


@transaction.atomic
def agree(
    *,
    round: Round,
    by: User,
    values: Mapping[Criterion, int | None],
    motivation: str,
    at: dt.datetime,
    over: Mapping[Criterion, int] | None = None,
) -> list[JointMark]:
    """Notes the agreed value, 1 to 5, of each criterion; None lets the median count again.

    The round is closed and somebody has answered it, so that nobody is anchored. Who has declared jäv in it decides
    nothing here either. ``over`` says which row, by its key
    or 0 for none, stood when the person decided; another one that has come since is told, not overrun. The joint
    result follows in the same transaction. Returns the new rows. Raises Refused with a Swedish sentence, and then
    nothing has changed.
    """
    _check(round, values)
    if round.assessments.disqualifying(by).exists():
        raise Refused(str(CONFLICT))
    standing = {mark.criterion_id: mark for mark in round.joint_marks.standing()}
    written = []
    for criterion, value in values.items():
        old = standing.get(criterion.pk)
        _check_against(old, criterion, value, over)
        if old:
            old.superseded = True
            old.save(update_fields=["superseded"])
        mark = JointMark(round=round, criterion=criterion, value=value, motivation=motivation.strip(), agreed_at=at)
        mark.agreed_by, mark.agreed_by_name = by, str(by)
        mark.save()
        written.append(mark)
    summarise(round)
    return written


def _check_against(
    old: JointMark | None, criterion: Criterion, value: int | None, over: Mapping[Criterion, int] | None
) -> None:
    """What stands must be what the person saw, and there must be something to take back."""
    if over is not None and over.get(criterion, 0) != (old.pk if old else 0):
        raise Refused(_written_meanwhile(criterion, old))
    if value is None and (old is None or old.value is None):
        raise Refused(_("Det finns inget gemensamt värde att ta tillbaka för %(name)s.") % {"name": criterion})


def _written_meanwhile(criterion: Criterion, mark: JointMark | None) -> str:
    told = {"who": mark.agreed_by_name if mark else "", "name": criterion, "value": mark.value if mark else None}
    if told["value"] is None:
        return _("%(who)s hann före och lät medianen gälla igen för %(name)s. Titta igen innan du sparar.") % told
    return _("%(who)s hann före och skrev in %(value)s för %(name)s. Titta igen innan du sparar.") % told


def _check(round: Round, values: Mapping[Criterion, int | None]) -> None:
    if round.is_open:
        raise Refused(_("Stäng bedömningen innan ni skriver in en gemensam bedömning."))
    if not round.handed_in:
        raise Refused(_("Ingen har bedömt initiativet, så det finns inget att enas om."))
    for criterion, value in values.items():
        if criterion.model_id != round.model_id:
            raise Refused(_("%(name)s hör inte till den bedömningsmodell som omgången har.") % {"name": criterion})
        if value is not None and value not in VALUES:
            raise Refused(_("Ett gemensamt värde är ett helt tal från 1 till 5."))
