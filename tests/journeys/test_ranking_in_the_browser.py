"""Prioritering by keyboard: from the picture to an initiative, into a shared ring and out, and to the sum."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from governance.statuses import Status
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk

OpenAs = Callable[..., Page]
ALIKE = 30
"""As many on one spot that they cannot all have a ring."""


def crowded(cast: Cast) -> None:
    for number in range(ALIKE):
        walk = Walk(cast, title=f"Lika {number + 1}").to(Status.QUALIFIED)
        walk.assess_at_home(3)
        walk.act("prioritise", cast.lead(), order=number + 1)
    walk = Walk(cast, title="Digitala nycklar").to(Status.QUALIFIED)
    walk.assess_at_home(5)
    walk.act("prioritise", cast.lead(), order=3, motivation="Avtalet löper ut.")


def test_the_picture_by_keyboard(cast: Cast, open_as: OpenAs) -> None:
    crowded(cast)
    page = open_as(cast.lead())
    page.goto("/prioritering/")
    rings = page.locator("figure.bred a.ring")
    page.get_by_role("link", name="Hoppa till listan").focus()
    page.keyboard.press("Tab")
    expect(rings.first).to_be_focused()
    expect(rings.first).to_have_accessible_name("1. Digitala nycklar, Skara. Nytta 5,0, genomförbarhet 5,0.")

    shared = page.locator("figure.bred a.ring[href^='#']").first
    shared.focus()
    page.keyboard.press("Enter")
    together = page.locator(".together:target")
    expect(together).to_be_visible()
    expect(together.get_by_role("heading")).to_have_text(re.compile(r"\d+ initiativ tätt ihop"))
    page.keyboard.press("Tab")
    expect(together.get_by_role("link").first).to_be_focused()

    rings.first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Digitala nycklar")


def test_from_the_list_to_the_sum_by_keyboard(cast: Cast, open_as: OpenAs) -> None:
    crowded(cast)
    page = open_as(cast.lead())
    page.goto("/prioritering/")
    row = page.locator("tbody tr", has=page.get_by_role("link", name="Digitala nycklar", exact=True)).last
    expect(row).to_contain_text("poängen säger 1, fastställd 3")
    expect(row).to_contain_text("Skäl: Avtalet löper ut.")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(row).to_contain_text("500 ÷ 100 = 5")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Så blev poängen")
    expect(page.get_by_text("(5 − 1) ÷ 4 × 100 = 100")).to_be_visible()


def test_both_widths_and_both_schemes(cast: Cast, open_as: OpenAs) -> None:
    crowded(cast)
    Walk(cast, title="Från Skara").to(Status.AWAITING_START)
    theirs = Walk(cast, "vara", title="Från Vara").to(Status.INTEREST)
    theirs.all_answer(("skara", "lidkoping"))
    theirs.act("close_interest", cast.coordinator())
    for kommun in ("vara", "skara"):
        theirs.assess_in_v6(kommun, 2)
    theirs.act("v6_prioritise", cast.coordinator(), order=2)
    page = open_as(cast.lead())
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/prioritering/")
        expect(page.locator("figure.bred")).to_be_visible(visible=width > 400)
        expect(page.locator("figure.smal")).to_be_visible(visible=width < 400)
        assert violations(page) == []
        assert scrolls_sideways(page) == 0
        page.goto("/prioritering/?level=v6&scope=all")
        expect(page.locator(".matrix:visible .second")).to_have_text(["Sk", "Va"])
        assert violations(page) == []
