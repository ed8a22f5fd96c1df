"""The register as it was on a day, by what was known on another: what had been sent in, where it stood, who took part.

What was true comes from the log; whether the person may see it is asked as it is today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse

from initiatives.models import Initiative
from v6portal.organizations.models import Organisation, User

from ..as_it_was import TwoDates
from ..known import KEPT, end_of
from ..models import Case
from ..models.inquiry import shown_to
from ..participating import ACTIVE_ROLES, ParticipationRole
from ..remembering import KNOWN, as_known
from ..statuses import Status

STOOD = """
select i.id, i.reference, i.title, i.organisation_id, i.submitted_on, stood.to_status, stood.occurred_on as since,
    part.leader, part.number
from initiatives_initiative i
cross join lateral (
    select e.to_status, e.occurred_on from governance_event e
    where e.case_id = i.id and e.to_status <> '' and e.occurred_on <= %(day)s
    order by e.occurred_on desc, e.occurred_at desc, e.id desc limit 1
) stood
cross join lateral (
    select count(*) as number, max(p.organisation_id) filter (where p.role = %(leads)s) as leader
    from governance_participation p
    where p.case_id = i.id and p.role = any(%(active)s) and p.joined_on <= %(day)s
        and (p.left_on is null or p.left_on > %(day)s)
        and (p.role = %(leads)s or p.organisation_id = any(%(own)s) or not p.case_id = any(%(withheld)s))
) part
where i.id = any(%(visible)s) and i.submitted_on <= %(day)s
order by i.submitted_on desc, i.id desc
limit %(limit)s offset %(offset)s
"""
COUNTED = """
select count(*) from initiatives_initiative i where i.id = any(%(visible)s) and i.submitted_on <= %(day)s
"""
ALL_THAT_IS_RECORDED = dt.date(9998, 12, 31)


@dataclass(frozen=True)
class Stood:
    """One initiative as it stood."""

    reference: str
    title: str
    organisation: Organisation
    status: Status
    since: dt.date
    leader: str
    participants: int
    submitted_on: dt.date

    @property
    def url(self) -> str:
        """The initiative as it is today."""
        return reverse("initiative", args=[self.reference])


class RegisterAsItWas:
    """The rows by slices and their number, as a paginator asks for them. Four statements for one page."""

    def __init__(self, user: User, dates: TwoDates, organisations: Sequence[Organisation]) -> None:
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        withheld = Case.objects.visible_to(user).exclude(shown_to(user))
        self.parameters: dict[str, Any] = {
            "visible": list(Initiative.objects.visible_to(user).submitted().order_by().values_list("pk", flat=True)),
            "withheld": list(withheld.order_by().values_list("pk", flat=True)),
            "own": [membership.organisation_id for membership in user.current_memberships],
            "day": dates.true_on,
            "leads": ParticipationRole.LEADS.value,
            "active": [role.value for role in ACTIVE_ROLES],
            KNOWN: end_of(dates.known_on or ALL_THAT_IS_RECORDED),
        }

    def count(self) -> int:
        number: int = self._rows(COUNTED)[0][0]
        return number

    def __getitem__(self, part: slice) -> list[Stood]:
        return [self._stood(*row) for row in self._rows(STOOD, limit=part.stop - part.start, offset=part.start)]

    def _rows(self, statement: str, **more: int) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(as_known(statement, KEPT), self.parameters | more)
            return cursor.fetchall()

    def _stood(self, pk: int, reference: str, title: str, home: int, submitted: dt.date, *now: Any) -> Stood:
        status, since, leader, number = now
        return Stood(
            reference,
            title,
            self.organisations[home],
            Status(status),
            since,
            self.organisations[leader].short_name if leader else "",
            number,
            submitted,
        )
