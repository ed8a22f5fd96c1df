"""Keeping weights that were tried: a person's own act, which stands in no initiative's record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from ..models import Level, Scenario

MOST = 30
"""As many scenarios as one person keeps."""


@transaction.atomic
def save_scenario(
    *,
    by: User,
    organisation: Organisation,
    level: Level,
    name: str,
    weights: Mapping[str, Decimal],
    at: dt.datetime | None = None,
) -> Scenario:
    """Saves the weights under the name, for the person and her organisation.

    Refused when she has the name already, unless for the same weights: then that is the one, as when the button is
    pressed twice.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two at once: the later one sees the name taken
    own = Scenario.objects.saved_by(by)
    told = {code: str(weight) for code, weight in weights.items()}
    if same := own.filter(name=name, level=level, organisation=organisation, weights=told).first():
        return same
    if own.filter(name__iexact=name).exists():
        raise Refused(_("Du har redan ett scenario som heter så. Välj ett annat namn, eller ta bort det gamla först."))
    if own.count() >= MOST:
        raise Refused(_("Du har redan %(most)d scenarier. Ta bort ett som du inte behöver först.") % {"most": MOST})
    return Scenario.objects.create(
        name=name, level=level, weights=told, organisation=organisation, saved_by=by, saved_at=at or timezone.now()
    )


def delete_scenario(*, scenario: Scenario, by: User) -> None:
    """Takes away the person's own. Refused for another's."""
    if scenario.saved_by_id != by.pk:
        raise Refused(_("Bara den som har sparat scenariot kan ta bort det."))
    scenario.delete()
