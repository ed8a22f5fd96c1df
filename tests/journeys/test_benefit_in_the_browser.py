"""Following up a benefit on a telephone, and saving a measure from the register, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followup.actions import record_adoption
from followup.models import Measure, RealisedBenefit
from governance.models import FollowUp
from governance.statuses import Status
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]


def test_a_benefit_is_followed_up_on_a_telephone(cast: Cast, open_as: OpenAs) -> None:
    walk = Walk(cast).to(Status.IN_PROGRESS)
    record_adoption(case=walk.case, by=walk.lead, organisation=cast.orgs["vara"], in_use_on=walk.today)
    FollowUp.objects.filter(months=6).update(due_on=walk.today)
    page = open_as(cast.lead("vara"), viewport={"width": 360, "height": 740})
    page.goto("/")
    expect(page.get_by_text("Nyttan att följa upp")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Följ upp nyttan").click()
    expect(page.get_by_text("Det har gått 6 månader sedan Vara införde lösningen.")).to_be_visible()
    assert scrolls_sideways(page) <= 0
    assert violations(page) == []
    page.get_by_label("Nej, inte än eller inte längre").check()
    page.get_by_label("Sparad arbetstid, timmar per år").fill("12,5")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta nyttan (3N)").click()
    expect(page.get_by_text("Skriv vad bekräftelsen bygger på.").first).to_be_visible()
    expect(page.get_by_label("Sparad arbetstid, timmar per år")).to_have_value("12,5")
    page.get_by_label("Vad bygger det på?").fill("Utbildningen är i januari.")
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta nyttan (3N)").click()
    expect(page.get_by_text("Tack. Det står på initiativets sida och i halvårsrapporten.")).to_be_visible()
    expect(page.get_by_text("12,50 timmar per år")).to_be_visible()
    assert RealisedBenefit.objects.get().organisation == cast.orgs["vara"]
    page.goto("/")
    expect(page.get_by_text("Nyttan att följa upp")).to_have_count(0)


def test_a_measure_is_saved_from_the_register_and_renamed(cast: Cast, open_as: OpenAs) -> None:
    Walk(cast).to(Status.V6_RECEIVED)
    page = open_as(cast.lead(), viewport={"width": 1280, "height": 900})
    page.goto("/initiativ/?process=v6")
    with page.expect_navigation():
        page.get_by_role("link", name="Spara som mått").click()
    page.get_by_label("Namn").fill("På väg i V6")
    page.get_by_label("Alla i V6").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Spara måttet").click()
    expect(page.get_by_role("heading", name="På väg i V6")).to_be_visible()
    expect(page.get_by_text("1 i dag")).to_be_visible()
    assert violations(page) == []
    with page.expect_navigation():
        page.get_by_role("link", name="Ändra På väg i V6").click()
    page.get_by_label("Namn").fill("Pågår i V6")
    with page.expect_navigation():
        page.get_by_role("button", name="Spara ändringen").click()
    expect(page.get_by_role("heading", name="Pågår i V6")).to_be_visible()
    assert Measure.objects.get().filters == {"process": "v6"}
