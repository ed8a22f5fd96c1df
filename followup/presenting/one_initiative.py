"""What is recorded of one initiative behind its row of B5: participations, leaves and costs."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.models import Cost, CostValue, Participation
from governance.models.inquiry import shown_to_all
from governance.models.work import RUNNING_KINDS
from initiatives.models import Initiative

from ..indicators import Figures, Reading
from ..indicators.b5 import LEAVES
from .cells import Cell, Column, Kind, Table
from .report import Report


def _participations(report: Report, case: int, row: Figures) -> list[Table]:
    found = Participation.objects.filter(shown_to_all(), case=case, joined_on__lte=report.per).active()
    now = set(row["B5a"]["kommuner"])
    return [
        Table(
            caption=_("Rader i deltagandet"),
            columns=(
                Column(_("Kommun")),
                Column(_("Roll")),
                Column(_("Gick med"), Kind.DATE),
                Column(_("Slutade"), Kind.DATE),
                Column(_("Deltar %s") % report.per),
            ),
            rows=tuple(
                (
                    Cell(one.organisation.short_name, organisation=one.organisation.key),
                    Cell(capfirst(one.get_role_display())),
                    Cell(one.joined_on, Kind.DATE),
                    Cell(one.left_on, Kind.DATE),
                    Cell(_("Ja") if one.organisation.short_name in now else _("Nej")),
                )
                for one in found.select_related("organisation")
            ),
        )
    ]


def _leaves(report: Report, case: int, row: Figures) -> list[Table]:
    start = row["B5e"]["start"]
    reading = Reading(report.period, report.per, [case])
    reading.organisations = list(report.organisations)
    found = [
        leave for leave in reading.rows(LEAVES, rows=[case]) if start is not None and leave.left_on.isoformat() > start
    ]
    return [
        Table(
            caption=_("Alla som lämnat efter start"),
            columns=(
                Column(_("Kommun")),
                Column(_("Lämnade"), Kind.DATE),
                Column(_("Princip")),
                Column(_("Orsak")),
            ),
            rows=tuple(
                (
                    Cell(reading.names[leave.organisation_id]),
                    Cell(leave.left_on, Kind.DATE),
                    Cell(leave.principle),
                    Cell(leave.reason),
                )
                for leave in sorted(found, key=lambda leave: leave.left_on)
            ),
        )
    ]


def _one_off(report: Report, case: int, row: Figures) -> list[Table]:
    shared = Initiative.objects.only("shared_on").get(pk=case).shared_on
    found = Cost.objects.standing().filter(~Q(kind__in=RUNNING_KINDS), case=case, date__range=(shared, report.per))
    return [
        Table(
            caption=_("Kostnader"),
            columns=(
                Column(_("Datum"), Kind.DATE),
                Column(_("Slag")),
                Column(_("Värde")),
                Column(_("Kommun")),
                Column(_("Belopp"), Kind.MONEY),
            ),
            rows=tuple(
                (
                    Cell(cost.date, Kind.DATE),
                    Cell(capfirst(cost.get_kind_display())),
                    Cell(capfirst(cost.get_value_display())),
                    Cell(cost.organisation.short_name if cost.organisation else None),
                    Cell(cost.amount, Kind.MONEY),
                )
                for cost in found.select_related("organisation")
            ),
        )
    ]


def _running(report: Report, case: int, row: Figures) -> list[Table]:
    running = Cost.objects.standing().running()
    found = running.filter(value=CostValue.ACTUAL, case=case, date__lte=report.per)
    return [
        Table(
            caption=_("Årskostnader"),
            columns=(
                Column(_("Gäller från"), Kind.DATE),
                Column(_("Till och med"), Kind.DATE),
                Column(_("Slag")),
                Column(_("Kommun")),
                Column(_("Belopp per år"), Kind.MONEY),
            ),
            rows=tuple(
                (
                    Cell(cost.date, Kind.DATE),
                    Cell(cost.until, Kind.DATE),
                    Cell(capfirst(cost.get_kind_display())),
                    Cell(cost.organisation.short_name if cost.organisation else None),
                    Cell(cost.amount, Kind.MONEY),
                )
                for cost in found.select_related("organisation")
            ),
        )
    ]


EVENTS: dict[str, Callable[[Report, int, Figures], list[Table]]] = {
    "B5a": _participations,
    "B5b": _leaves,
    "B5c": _one_off,
    "B5d": _running,
    "B5e": lambda report, case, row: [],
}
"""What is recorded of one initiative behind its row of B5."""
