"""Keeping measures: a person's own act, which stands in no initiative's record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ..measuring import MEASURABLE, can_tell_the_past, counted_today
from ..models import Measure, MeasurePoint
from ..models.measures import Sharing
from ..periods import HalfYear

MOST = 30
"""As many measures as one person keeps."""
DAYS_TO_NOTE = 31
"""A count that is later than so after a half-year says nothing of how it ended; then it is left unknown."""


@transaction.atomic
def save_measure(
    *,
    by: User,
    name: str,
    filters: Mapping[str, str],
    told: str = "",
    sharing: Sharing = Sharing.PRIVATE,
    at: dt.datetime | None = None,
) -> Measure:
    """Saves a selection of the register under a name, for the person in the organisation she acts for.

    ``filters`` have been checked by the register. Refused where she has the name already, unless for the same: then
    that is the one, as when the button is pressed twice.
    """
    if unknown := filters.keys() - MEASURABLE:
        raise Refused(_("Det valet kan inte bli ett mått: %s.") % ", ".join(sorted(unknown)))
    organisation = _home(by)
    User.objects.select_for_update().get(pk=by.pk)  # two at once: the later one sees the name taken
    own = Measure.objects.current().owned_by(by)
    if same := own.filter(name=name, filters=dict(filters), sharing=sharing, organisation=organisation).first():
        return same
    _refuse_taken(own.filter(name__iexact=name).exists())
    if own.count() >= MOST:
        raise Refused(_("Du har redan %(most)d mått. Avsluta ett som du inte behöver först.") % {"most": MOST})
    return Measure.objects.create(
        name=name,
        filters=dict(filters),
        told=told,
        sharing=sharing,
        organisation=organisation,
        owner=by,
        owner_name=str(by),
        saved_at=at or timezone.now(),
    )


def _home(by: User) -> Organisation:
    """The organisation that the person reads in, first the one she acts for."""
    found = [m for m in (*by.capacities, *by.current_memberships) if m.role != Role.STAFF]
    if not found:
        raise Refused(_("Du behöver en roll som läser initiativ för att spara ett mått."))
    return found[0].organisation


def _refuse_taken(is_taken: bool) -> None:
    if is_taken:
        raise Refused(_("Du har redan ett mått som heter så. Välj ett annat namn."))


@transaction.atomic
def change_measure(*, measure: Measure, by: User, name: str, sharing: Sharing) -> None:
    """Gives the person's own measure another name, or shares it with others. The selection stays what it was."""
    measure = _own(measure, by)
    User.objects.select_for_update().get(pk=by.pk)
    _refuse_taken(Measure.objects.current().owned_by(by).filter(name__iexact=name).exclude(pk=measure.pk).exists())
    measure.name, measure.sharing = name, sharing
    measure.save(update_fields=["name", "sharing"])


@transaction.atomic
def retire_measure(*, measure: Measure, by: User, at: dt.datetime | None = None) -> None:
    """Takes the measure out of use; it is kept. Doing it twice is doing it once."""
    measure = _own(measure, by)
    if measure.retired_at is None:
        measure.retired_at, measure.retired_by_name = at or timezone.now(), str(by)
        measure.save(update_fields=["retired_at", "retired_by_name"])


def _own(measure: Measure, by: User) -> Measure:
    """The measure, locked. What is shared with V6 the coordinator looks after too, for its owner may have left."""
    found = Measure.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=measure.pk).first()
    looks_after = found is not None and found.sharing == Sharing.V6 and by.holds(Role.COORDINATOR)
    if found is None or not (found.owner_id == by.pk or looks_after):
        raise Refused(_("Bara den som har sparat måttet kan ändra det."))
    return found


def note_points(today: dt.date) -> int:
    """Notes what the measures that cannot tell the past give, when a half-year has ended; how many it noted.

    Once for each measure and half-year, on both bases, so that a measure that is shared otherwise later keeps a trend
    that its readers may see.
    """
    period = HalfYear.of(today).previous()
    if (today - period.last).days > DAYS_TO_NOTE:
        return 0
    saved = Measure.objects.current().filter(saved_at__date__lte=period.last)
    noted = 0
    for measure in saved.exclude(points__period=period.code).order_by("pk"):
        if can_tell_the_past(measure.filters):
            continue
        points = [
            MeasurePoint(measure=measure, period=period.code, basis=basis, value=value, counted_on=today)
            for basis, value in counted_today(measure, today).items()
        ]
        noted += len(MeasurePoint.objects.bulk_create(points, ignore_conflicts=True)) // len(points)
    return noted
