"""Two at once with a half-year's report, against real PostgreSQL: one approval, and one moment that it tells of."""

from __future__ import annotations

from typing import Any

import pytest

from followup.actions import approve_report, read_report, record_adoption
from followup.models import Adoption, HalfYearReport, ReportReading
from followup.presenting.freezing import freeze
from followup.presenting.kept import kept_of
from governance.acts import Act
from governance.chain import first_break
from governance.models import Event
from tests.at_once import at_once
from tests.cast import KOMMUNER, Cast
from tests.followup.approved import PERIOD, SUMMARY, approved, day, reviewed, seen, worked
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_approve_one_does_and_the_other_is_told(cast: Cast) -> None:
    worked(cast)
    reviewed(cast)
    told, people = seen(), [cast.coordinator(), cast.person("coordinator", "v6", 2)]

    def press(number: int) -> Any:
        return approve_report(period=PERIOD, by=people[number], summary=SUMMARY, seen=told, freeze=freeze)

    outcomes = at_once([lambda: press(0), lambda: press(1)])
    (refusal,) = [one for one in outcomes if isinstance(one, Refused)]
    assert str(refusal) == "Rapporten är redan fastställd och ändras aldrig."
    assert Event.objects.filter(kind=Act.APPROVE_REPORT).count() == HalfYearReport.objects.count() == 1


@pytest.mark.parametrize("first", ["approve", "record"])
def test_what_is_recorded_meanwhile_is_wholly_in_the_report_or_wholly_after_it(first: str, cast: Cast) -> None:
    """Whoever comes to the log first: the figures and the log's head that they were counted by belong together."""
    walk = worked(cast)
    reviewed(cast)
    lead, coordinator, told = walk.lead, cast.coordinator(), seen()
    presses = {
        "approve": lambda: approve_report(period=PERIOD, by=coordinator, summary=SUMMARY, seen=told, freeze=freeze),
        "record": lambda: record_adoption(
            case=walk.case, by=lead, organisation=cast.orgs["lidkoping"], in_use_on=day(160).date()
        ),
    }
    order = [first, *(name for name in presses if name != first)]
    outcomes = dict(zip(order, at_once([presses[name] for name in order]), strict=True))
    recorded = Event.objects.filter(kind=Act.RECORD_ADOPTION).latest("pk").pk
    assert Adoption.objects.count() == 3
    if isinstance(outcomes["approve"], Refused):  # the act came first, so it is no longer what was gone through
        assert "Siffrorna har ändrats sedan granskningen" in str(outcomes["approve"])
        assert HalfYearReport.objects.get().status == "reviewed"
    else:
        report = HalfYearReport.objects.get()
        assert report.head_number < recorded
        assert kept_of(report).figures["B3"]["inforanden"] == 2
    assert first_break() is None


def test_one_who_presses_twice_in_the_same_instant_has_read_it_once(cast: Cast) -> None:
    worked(cast)
    approved(cast)
    people = [cast.director(kommun) for kommun in KOMMUNER[:2] for _press in range(2)]
    outcomes = at_once([lambda person=person: read_report(period=PERIOD, by=person) for person in people])
    assert sum(1 for one in outcomes if isinstance(one, ReportReading)) == 2
    assert Event.objects.filter(kind=Act.READ_REPORT).count() == ReportReading.objects.count() == 2
