"""The effect of deciding how the shared costs of an initiative are divided."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation

from ...cost_sharing import LateRule, Rule
from ...models import CostSharing, GivenShare

if TYPE_CHECKING:
    from ..step import Step


def share_costs(step: Step) -> None:
    """A new row holds from its day; what held before stays, and holds for the days before."""
    given = step.given
    _refuse_what_cannot_be(step)
    sharing = CostSharing(
        case=step.case,
        event=step.event,
        cost_rule=given["cost_rule"],
        late_rule=given["late_rule"],
        late_percent=given.get("late_percent") if given["late_rule"] == LateRule.PERCENT else None,
        late_amount=given.get("late_amount") if given["late_rule"] == LateRule.FIXED else None,
        valid_from=given["valid_from"],
    )
    try:
        sharing.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    sharing.save()
    if sharing.cost_rule == Rule.MANUAL:
        shares = _given_shares(step).items()
        GivenShare.objects.bulk_create(GivenShare(sharing=sharing, organisation=o, share=share) for o, share in shares)


def _refuse_what_cannot_be(step: Step) -> None:
    newest = step.case.cost_sharings.in_order().last()
    replaces = step.given.get("replaces")
    if replaces is not None and replaces != (newest.pk if newest else 0):
        raise Refused(_("Någon annan har ändrat fördelningen medan du hade sidan öppen. Titta igen innan du sparar."))
    begins = step.given["valid_from"]
    if begins < timezone.localdate(step.case.initiative.shared_at):
        raise Refused(_("Fördelningen kan inte gälla innan initiativet kom in till V6."))
    if newest and begins < newest.valid_from:
        told = {"day": date_format(newest.valid_from, "j F Y")}
        raise Refused(_("En fördelning gäller redan från %(day)s. Välj den dagen eller en senare.") % told)


def _given_shares(step: Step) -> dict[Organisation, Decimal]:
    shares: dict[Organisation, Decimal] = step.given.get("shares") or {}
    for organisation in shares:
        if organisation.pk not in step.facts.participants:
            raise Refused(_("%(kommun)s deltar inte och kan inte ha en andel.") % {"kommun": organisation})
    if not sum(shares.values()):
        raise Refused(_("Ange minst en kommuns andel."))
    return shares
