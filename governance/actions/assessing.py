"""Saving one's own scores before they are handed in: outside the log, but only for those whom the process asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from initiatives.actions.assessing import Mark
from initiatives.models import Assessment
from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case
from ..reading import actor_for, membership_of, read_facts
from ..workflow import row_for


@transaction.atomic
def save_scores(*, case: Case, by: User, marks: Mapping[str, Mark], at: dt.datetime | None = None) -> Assessment:
    """Saves the person's answers so far without handing them in. Raises Refused when it is not hers to assess."""
    locked = Case.objects.visible_to(by).select_for_update(of=("self",))
    case = locked.select_related("initiative__organisation").get(pk=case.pk)
    facts, actor = read_facts(case), actor_for(by, case)
    row = row_for(Act.ASSESS, facts, actor)
    refuse_if(row.obstacles_for(facts) if row else [])
    capacity = membership_of(by, row.capacity_of(actor, facts)) if row else None
    current = case.initiative.rounds.open().select_related("model", "initiative").first()
    if capacity is None or current is None:
        raise Refused(_("Du bedömer inte det här initiativet, eller så är omgången stängd."))
    return initiative_actions.save_scores(
        round=current, by=by, organisation=capacity.organisation, marks=marks, at=at or timezone.now()
    )
