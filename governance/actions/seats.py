"""One seat, one assessment: a stand-in and the one she stands in for do not both answer in a round.

Jäv is no answer: where the holder has declared it, the stand-in assesses. Source: docs/process.md, *Ersättare*.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Assessment, Round
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role


def same_seat(user: User, organisation: int) -> Q:
    """Assessments by those who have answered in the person's seat: whom she stands in for now, and all who stand or
    have stood in for the same holder, or for herself."""
    stood_in_for = [
        m.stands_in_for_id for m in user.capacities if m.stands_in_for_id and m.organisation_id == organisation
    ]
    stand_ins = Membership.objects.stand_ins().filter(
        stands_in_for__in=[user.pk, *stood_in_for],
        organisation=organisation,
        role=Role.LEAD,
        valid_from__lte=timezone.localdate(),
    )
    return Q(assessor__in=stood_in_for) | Q(assessor__in=stand_ins.exclude(user=user).values("user"))


def taken(round: Round, by: User, organisation: int) -> str:
    """Who has answered already in the same seat, as a sentence; empty where nobody has. One statement."""
    sheets = Assessment.objects.counting().filter(same_seat(by, organisation), round=round, organisation=organisation)
    name = sheets.values_list("assessor_name", flat=True).first()
    if name is None:
        return ""
    told = _("%s har redan bedömt initiativet. Ersättaren och den ordinarie lämnar bara en bedömning.")
    return told % name
