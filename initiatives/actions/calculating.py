"""Saving a benefit calculation: always a new version, so that what somebody once decided on can still be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from ..benefit_calculation import Assumptions
from ..models import BenefitCalculation, CalculationLine, Initiative

Kind = CalculationLine.Kind


def save_calculation(
    *,
    initiative: Initiative,
    by: User,
    organisation: Organisation,
    assumptions: Assumptions,
    grounds: str,
    replaces: int,
    at: dt.datetime,
) -> BenefitCalculation:
    """The next version, which counts from now on. The case is locked.

    ``replaces`` is the number of the version that the person had before her, 0 for none; Refused if another has been
    saved since.
    """
    standing = initiative.benefit_calculations.standing().first()
    if standing and standing.number != replaces:
        raise Refused(_saved_meanwhile(standing))
    if standing:
        standing.superseded = True
        standing.save(update_fields=["superseded"])
    made = BenefitCalculation.objects.create(
        initiative=initiative,
        number=standing.number + 1 if standing else 1,
        organisation=organisation,
        made_by=by,
        made_by_name=str(by),
        made_at=at,
        years=assumptions.years,
        hours_per_year=assumptions.hours_per_year,
        cost_per_hour=assumptions.cost_per_hour,
        realised_percent=assumptions.realised_percent,
        first_year_percent=assumptions.first_year_percent,
        grounds=grounds,
    )
    lines = list(_lines(made, assumptions))
    for order, line in enumerate(lines, start=1):
        line.order = order
    CalculationLine.objects.bulk_create(lines)
    return made


def _saved_meanwhile(standing: BenefitCalculation) -> str:
    return _("%(who)s sparade version %(number)d %(when)s.") % {
        "who": standing.made_by_name,
        "number": standing.number,
        "when": date_format(timezone.localtime(standing.made_at), "j F H.i"),
    }


def _lines(made: BenefitCalculation, assumptions: Assumptions) -> Iterator[CalculationLine]:
    for effect in assumptions.effects:
        kind = Kind.FINANCIAL if effect.is_financial else Kind.REDISTRIBUTED
        yield CalculationLine(
            calculation=made, kind=kind, name=effect.name, amount=effect.per_year, first_year=effect.first_year
        )
    for kind, expenses in ((Kind.ONE_OFF, assumptions.one_off), (Kind.RUNNING, assumptions.running)):
        for expense in expenses:
            yield CalculationLine(calculation=made, kind=kind, name=expense.name, amount=expense.amount)
