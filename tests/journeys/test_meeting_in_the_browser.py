"""An agenda put in order with the keyboard and with the mouse, and a meeting run to a signed protocol."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.meetings import Body
from governance.models import Meeting
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.governance.test_meetings import Sitting
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def agenda(page: Page) -> list[str]:
    return [one.strip() for one in page.locator(".agenda-list .what a").all_inner_texts()]


def test_an_agenda_is_ordered_with_keys_and_by_dragging_and_the_meeting_ends_in_a_protocol(
    cast: Cast, open_as: OpenAs
) -> None:
    for title in ("Nycklar", "E-arkiv", "Sensorer"):
        Walk(cast, title=title).to(Status.V6_RECEIVED)
    sitting = Sitting(cast, Body.NETWORK)
    page = open_as(cast.coordinator(), viewport=DESK)
    here = sitting.meeting.get_absolute_url()
    wrong: list[str] = []

    def look() -> None:
        for size in (TELEPHONE, DESK):
            page.set_viewport_size(size)
            assert scrolls_sideways(page) <= 0, page.url
        wrong.extend(violations(page))

    page.goto("/moten/nytt/")
    with page.expect_navigation():
        page.get_by_role("button", name="Lägg in mötet").click()
    look()
    page.goto(here)
    for _each in range(3):
        with page.expect_navigation():
            page.get_by_role("button", name="Lägg till DI").first.press("Enter")
    assert agenda(page) == ["Nycklar", "E-arkiv", "Sensorer"]

    # With keys: focus follows the item that is moved.
    page.get_by_role("button", name="Ned punkt 1").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert agenda(page) == ["E-arkiv", "Nycklar", "Sensorer"]
    expect(page.get_by_role("button", name="Ned punkt 2")).to_be_focused()
    with page.expect_navigation():
        page.locator("[data-item]").nth(2).drag_to(page.locator("[data-item]").nth(0))
    assert agenda(page) == ["Sensorer", "E-arkiv", "Nycklar"]
    look()

    with page.expect_navigation():
        page.get_by_role("button", name="Öppna mötet").click()
    page.get_by_label("V6 Chefsnätverk V6 2").check()
    look()
    with page.expect_navigation():
        page.get_by_role("button", name="Spara närvaron").click()
    look()
    with page.expect_navigation():
        page.get_by_role("button", name="Ta upp punkt 1").click()
    page.get_by_role("radiogroup", name="Skara").get_by_label("Tillstyrker").check()
    page.get_by_role("radiogroup", name="Rekommendation").get_by_label("Tillstyrker").check()
    words = page.get_by_label("Rekommendationen i ord")
    sensors = Initiative.objects.get(title="Sensorer").reference
    sentence = f"V6 Chefsnätverk rekommenderar att {sensors} Sensorer kvalificeras för samverkan."
    expect(words).to_have_value(sentence)
    look()
    words.fill("Kör på det.")
    page.goto(here)  # left without saving: what was written is still in the browser
    page.get_by_role("button", name="Ta upp punkt 1").click()
    expect(page.get_by_label("Rekommendationen i ord")).to_have_value("Kör på det.")
    with page.expect_navigation():
        page.get_by_role("button", name="Avsluta punkten").click()
    expect(page.get_by_text(f"§ 1/{timezone.localdate().year} är sparad.")).to_be_visible()
    page.goto(f"{here}avsluta/")
    page.get_by_label("Mötet slutade").fill("23:59")
    page.get_by_label("V6 Chefsnätverk V6 2").check()
    look()
    with page.expect_navigation():
        page.get_by_role("button", name="Avsluta mötet").click()

    page = open_as(sitting.other, viewport=TELEPHONE)
    page.goto("/moten/")
    expect(page.get_by_role("heading", name="Väntar på att du justerar")).to_be_visible()
    look()
    page.goto(here)
    with page.expect_navigation():
        page.get_by_role("button", name="Justera protokollet").click()
    expect(page.get_by_text("Justerat och låst")).to_be_visible()
    look()
    assert wrong == []
    kept = Meeting.objects.get(pk=sitting.meeting.pk).protocol
    paper = page.request.get(f"{here}protokoll.pdf")
    assert paper.body() == bytes(kept.content)
