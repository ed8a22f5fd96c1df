"""Saved measures: counted by what their readers may all see, of past days where the log can tell, unknown never 0."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from followup.actions import change_measure, note_points, retire_measure, save_measure
from followup.measuring import MEASURABLE, TELLABLE, counted
from followup.models import Measure, MeasurePoint
from followup.models.measures import Sharing
from followup.periods import HalfYear
from followup.presenting.measures import trends
from governance.acts import Act
from governance.filters import RegisterFilter
from governance.models import Case
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk
from tests.world import World
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from .history import History, day, moment
from .reporting import every_value, forgetful, pdf_text, signed_in, text_of, workbook_of

__all__ = ["forgetful"]

pytestmark = pytest.mark.django_db


def saved(by: User, sharing: Sharing = Sharing.V6, name: str = "Mitt mått", **filters: str) -> Measure:
    return save_measure(by=by, name=name, filters=filters, told="Som det heter", sharing=sharing)


def numbers(measure: Measure, period: str, today: str) -> list[int | None]:
    (trend,) = trends([measure], HalfYear.parse(period), day(today))
    return [one.value for one in trend.values]


@pytest.fixture
def past(cast: Cast, forgetful: None) -> dict[str, History]:
    """Three of V6's since 2025 and one of Vara's own, on their way."""
    kept = History("DI-1", submitted="2025-02-01", v6="2025-03-01")
    kept.event(Act.DECIDE_START, "2025-06-30 23:59", Status.IN_PROGRESS)
    kept.event(Act.CLOSE, "2026-01-01 00:00", Status.CLOSED)
    kept.joins("Skara", "2025-03-01", role="leads").joins("Vara", "2025-07-01", "2025-12-31")
    resting = History("DI-2", submitted="2025-02-01", v6="2025-03-01")
    resting.event(Act.DECIDE_START, "2025-07-01 00:00", Status.IN_PROGRESS)
    new = History("DI-3", "Lidköping", submitted="2026-02-01", v6="2026-03-01")
    own = History("DI-4", "Vara", submitted="2025-02-01")
    return {"kept": kept, "resting": resting, "new": new, "own": own}


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        # By 30 June 2025, 31 December 2025, and 1 May 2026 while the half-year runs.
        ({}, [2, 2, 3]),
        ({"status": "in_progress"}, [1, 2, 1]),
        ({"status": "v6_received"}, [1, 0, 1]),
        ({"process": "v6"}, [2, 2, 2]),
        ({"process": "ended"}, [0, 0, 1]),
        ({"organisation": "lidkoping"}, [0, 0, 1]),
        ({"half_year": "2025-1"}, [2, 2, 2]),
        ({"participant": "vara"}, [0, 0, 0]),
        ({"participant": "skara"}, [1, 1, 1]),
        ({"participant": "skara", "status": "in_progress"}, [1, 1, 0]),
    ],
)
def test_the_past_is_told_by_the_log_to_the_last_minute(
    cast: Cast, past: dict[str, History], filters: dict[str, str], told: list[int]
) -> None:
    assert numbers(saved(cast.coordinator(), **filters), "2026-1", "2026-05-01") == told


def test_what_cannot_be_told_begins_when_it_was_saved_and_a_gap_is_no_nought(
    cast: Cast, past: dict[str, History]
) -> None:
    measure = saved(cast.coordinator(), department="omsorg")
    Measure.objects.update(saved_at=moment("2026-05-01"))
    measure.refresh_from_db()
    assert numbers(measure, "2026-1", "2026-05-01") == [None, None, 0]
    assert note_points(day("2026-05-20")) == 0  # saved after 2025-2 had ended
    past["new"].initiative.department = "Omsorg"
    past["new"].initiative.save()
    assert note_points(day("2026-07-01")) == 1
    assert note_points(day("2026-07-02")) == 0  # once
    assert numbers(measure, "2026-2", "2026-07-02") == [None, None, 1, 1]
    assert numbers(measure, "2026-1", "2026-07-02") == [None, None, 1]
    (trend,) = trends([measure], HalfYear(2026, 2), day("2026-07-02"))
    assert [one.how for one in trend.values] == ["inte känt", "inte känt", "noterat 2026-07-01", "i dag"]
    assert "saknas" in str(trend.chart)
    assert "Måttet började 2026-05-01" in trend.how
    assert note_points(day("2027-02-01")) == 0  # a month late says nothing of how the half-year ended
    with pytest.raises(DatabaseError, match="tas aldrig bort"), transaction.atomic():
        MeasurePoint.objects.update(value=7)
    with pytest.raises(DatabaseError, match="tas aldrig bort"), transaction.atomic():
        Measure.objects.filter(pk=measure.pk)._raw_delete("default")


def test_whom_a_measure_is_counted_for(cast: Cast, past: dict[str, History]) -> None:
    """Vara's own initiative counts in Vara, what is marked secret nowhere; and the number is the same for all."""
    in_vara = saved(cast.lead("vara"), Sharing.ORGANISATION)
    in_v6 = saved(cast.lead("vara"), Sharing.V6, name="Till alla")
    private = saved(cast.lead("skara"), Sharing.PRIVATE)
    today = day("2026-05-01")
    assert [numbers(one, "2026-1", "2026-05-01")[-1] for one in (in_vara, in_v6, private)] == [4, 3, 3]
    past["new"].initiative.is_secret = True
    past["new"].initiative.save()
    assert counted([in_vara, in_v6], [today], today) == {(in_vara.pk, today): 3, (in_v6.pk, today): 2}


def test_a_noted_point_is_kept_for_each_who_may_read_it(cast: Cast, past: dict[str, History]) -> None:
    measure = saved(cast.lead("vara"), Sharing.ORGANISATION, target="residents")
    Measure.objects.update(saved_at=moment("2026-05-01"))
    note_points(day("2026-07-01"))
    assert numbers(measure, "2026-1", "2026-07-05")[-1] == 4
    change_measure(measure=measure, by=cast.lead("vara"), name="Delat", sharing=Sharing.V6)
    measure.refresh_from_db()
    assert numbers(measure, "2026-1", "2026-07-05")[-1] == 3


def test_who_sees_which(cast: Cast) -> None:
    lead = cast.lead("vara")
    mine = {sharing: saved(lead, sharing, name=str(sharing)) for sharing in Sharing}

    def seen(user: User) -> set[Any]:
        return {sharing for sharing, one in mine.items() if one in Measure.objects.visible_to(user)}

    assert seen(lead) == set(Sharing)
    assert seen(cast.director("vara")) == {Sharing.ORGANISATION, Sharing.V6}
    assert seen(cast.coordinator()) == seen(cast.reader("skara")) == {Sharing.V6}
    assert seen(cast.staff("vara")) == seen(cast.outsider()) == set()
    lead.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    gone = User.objects.get(pk=lead.pk)
    assert seen(gone) == set()


def test_what_is_refused(cast: Cast) -> None:
    lead, other = cast.lead(), cast.lead("vara")
    measure = saved(lead, Sharing.V6, name="Namnet")
    assert saved(lead, Sharing.V6, name="Namnet") == measure  # pressed twice
    with pytest.raises(Refused, match="heter så"):
        saved(lead, Sharing.PRIVATE, name="namnet")
    with pytest.raises(Refused, match="view"):
        saved(lead, name="Mina", view="mine")
    with pytest.raises(Refused, match="roll som läser"):
        saved(cast.staff(), name="Personalens")
    with pytest.raises(Refused, match="Bara den som har sparat"):
        retire_measure(measure=measure, by=other)
    retire_measure(measure=measure, by=cast.coordinator())
    retire_measure(measure=measure, by=lead)
    measure.refresh_from_db()
    assert measure.retired_by_name == str(cast.coordinator())
    assert saved(lead, name="Namnet") != measure


REGISTER: dict[str, str] = {
    "organisation": "skara",
    "status": "v6_prioritising",
    "process": "v6",
    "half_year": HalfYear.of(timezone.localdate()).code,
    "participant": "vara",
    "q": "lokaler",
    "department": "omsorg",
    "target": "residents",
    "preparation": "required",
    "managed_object": "lås",
}


def test_a_measure_counts_what_the_register_shows(cast: Cast) -> None:
    """Each filter, and all together; the register of one who sees V6's and nothing else."""
    Walk(cast).to(Status.V6_PRIORITISING)
    flagged = Walk(cast, title="Lokaler", department="Fritid", targets_residents=False, targets_employees=True)
    for step in ("submit", "start_qualification"):
        getattr(flagged, step)()
    flagged.qualify(flags=("B1",))
    for step in ("prioritise", "send_to_v6"):
        getattr(flagged, step)()
    Case.objects.filter(pk=flagged.case.pk).update(managed_object="Lås och passage")
    assert REGISTER.keys() == MEASURABLE
    reader, today = cast.network(), timezone.localdate()
    found = {}
    for name, value in REGISTER.items():
        address = QueryDict(f"{name}={value}")
        shown = RegisterFilter(address, user=reader, organisations=Organisation.objects.in_order()).qs.count()
        measure = saved(reader, name=name, **{name: value})
        found[name] = (shown, counted([measure], [today], today)[measure.pk, today])
    assert {name: one for name, (one, other) in found.items() if one != other} == {}
    assert {name for name, (one, _other) in found.items() if one == 0} == set()
    assert {name for name, (one, _other) in found.items() if one == 1} >= {
        "q",
        "department",
        "target",
        "managed_object",
    }
    assert TELLABLE < MEASURABLE


def test_the_pages(cast: Cast, past: dict[str, History], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = signed_in(cast.lead())
    register = client.get("/initiativ/", {"process": "v6"}).content.decode()
    assert '/uppfoljning/matt/nytt/?process=v6"' in register
    assert "/uppfoljning/matt/nytt/" not in client.get("/initiativ/", {"view": "mine"}).content.decode()
    assert "/uppfoljning/matt/nytt/" not in signed_in(cast.staff()).get("/initiativ/").content.decode()
    new = "/uppfoljning/matt/nytt/?process=v6&sort=title"
    assert "Process: I V6-processen" in text_of(client.get(new).content.decode())
    assert client.get("/uppfoljning/matt/nytt/?process=fel").status_code == 302
    wrong = client.post(new, {"name": "", "sharing": "v6"})
    assert "Ge måttet ett namn." in text_of(wrong.content.decode())
    assert client.post(new, {"name": "I V6", "sharing": "v6"}).status_code == 302
    measure = Measure.objects.get()
    assert (measure.filters, measure.told) == ({"process": "v6"}, "Process: I V6-processen")
    for number in range(3):
        saved(cast.lead("vara"), name=f"Nummer {number}", department="omsorg")
    client.get("/uppfoljning/matt/")
    with django_assert_num_queries(10):
        page = text_of(client.get("/uppfoljning/matt/").content.decode())
    assert "I V6 2 i dag" in page
    assert page.count("Ändra") == 1
    for number in range(3, 9):
        saved(cast.lead("vara"), name=f"Nummer {number}", department="omsorg")
    client.get("/uppfoljning/matt/")
    with django_assert_num_queries(10):
        client.get("/uppfoljning/matt/")
    address = f"/uppfoljning/matt/{measure.pk}/"
    assert client.post(address, {"name": "Nummer ett", "sharing": "private"}).status_code == 302
    assert signed_in(cast.lead("vara")).get(address).status_code == 404
    others = Measure.objects.filter(owner=cast.lead("vara")).first()
    assert others is not None
    refused = client.post(f"/uppfoljning/matt/{others.pk}/", {"name": "Mitt nu", "sharing": "v6"})
    assert "Bara den som har sparat måttet kan ändra det." in text_of(refused.content.decode())
    assert client.post(address, {"retire": "1"}).status_code == 302
    assert "Nummer ett" not in client.get("/uppfoljning/matt/").content.decode()


def test_beside_the_indicators(cast: Cast, past: dict[str, History], forgetful: None) -> None:
    saved(cast.coordinator(), name="Pågår i V6", process="v6")
    saved(cast.lead("vara"), Sharing.PRIVATE, name="Varas hemliga")
    client = signed_in(cast.director())
    page = client.get("/uppfoljning/2025-2/").content.decode()
    assert page.index('<h2 id="local">') < page.index('<h2 id="sparade-matt">')
    assert "2025-1 2 2025-2 2" in text_of(page)
    assert "Varas hemliga" not in page
    assert "Varas hemliga" in signed_in(cast.lead("vara")).get("/uppfoljning/2025-2/").content.decode()
    assert "Pågår i V6" in pdf_text(client.get("/uppfoljning/2025-2/rapport.pdf").content)
    book = workbook_of(client.get("/uppfoljning/2025-2/rapport.xlsx").content)
    assert {"Pågår i V6", "2025-2", 2} <= set(every_value(book))


def test_no_count_tells_of_what_one_may_not_see(cast: Cast) -> None:
    """Of a draft, of what stays at home and of what is marked secret no measure of another's says a word."""
    world = World(cast)
    measure = saved(world.person("lead.skara"), Sharing.V6, name="Allt")
    own = saved(world.person("lead.skara"), Sharing.ORGANISATION, name="Allt hos oss")
    today = timezone.localdate()
    assert counted([measure, own], [today], today) == {(measure.pk, today): 1, (own.pk, today): 2}
    for name, shown in (("reader.vara", False), ("reader.skara", True)):
        text = text_of(world.client(name).get("/uppfoljning/matt/").content.decode())
        assert "Allt 1 i dag" in text
        assert ("Allt hos oss 2 i dag" in text) is shown
