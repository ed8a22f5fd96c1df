"""Who gets an approved report, who has read it and who has not, stand-ins and empty roles included."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import PLACES, Kind, Role

from ..approving import READERS
from ..models import HalfYearReport, ReportReading


@dataclass(frozen=True)
class Holder:
    """One who gets the report; ``read_at`` is None until she has said that she has read it."""

    name: str
    in_place_of: str
    read_at: dt.datetime | None


@dataclass(frozen=True)
class Place:
    """An organisation whose director gets the report. It has been read there when one of them has."""

    organisation: Organisation
    role: str
    holders: tuple[Holder, ...]

    @property
    def is_read(self) -> bool:
        return any(one.read_at for one in self.holders)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody has the role and nobody has read it while she had it."""
        return not self.holders


def places_of(report: HalfYearReport) -> list[Place]:
    """Each organisation with its role, in order: those who hold it today and those who read the report when they did.

    Three statements.
    """
    readings = list(ReportReading.objects.filter(report=report))
    held = Membership.objects.current().with_role(*READERS).filter(user__is_active=True).in_order()
    memberships = list(held.select_related("user", "stands_in_for"))
    organisations = Organisation.objects.filter(kind__in=(Kind.KOMMUN, Kind.FEDERATION)).in_order()
    return [_place(organisation, memberships, readings) for organisation in organisations]


def _place(organisation: Organisation, memberships: list[Membership], readings: list[ReportReading]) -> Place:
    read = {one.person_id: one for one in readings if one.organisation_id == organisation.pk}
    here = {one.user_id: one for one in memberships if one.organisation_id == organisation.pk}
    present = [
        Holder(str(one.user), one.in_whose_place, read[pk].read_at if pk in read else None) for pk, one in here.items()
    ]
    earlier = [Holder(one.person_name, one.in_place_of, one.read_at) for pk, one in read.items() if pk not in here]
    role = next(role for role in READERS if Kind(organisation.kind) in PLACES[role])
    return Place(organisation, str(Role(role).label), (*present, *earlier))


def unread(user: User) -> QuerySet[HalfYearReport]:
    """The approved reports that wait to be read by the person, in a role she acts in: approved while she has had it,
    and read by nobody in the organisation. The oldest first."""
    found = HalfYearReport.objects.none()
    for capacity in user.capacities:
        if capacity.role in READERS:
            read = ReportReading.objects.filter(organisation=capacity.organisation_id).values("report")
            approved = HalfYearReport.objects.approved().filter(approved_at__date__gte=capacity.valid_from)
            found = found | approved.exclude(pk__in=read)
    return found.without_content().order_by("year", "half")


def has_read(report: HalfYearReport, user: User) -> ReportReading | None:
    """The person's own word that she has read it, if she has given it in a role she acts in."""
    places = [capacity.organisation_id for capacity in user.capacities]
    return ReportReading.objects.filter(report=report, person=user, organisation__in=places).first()
