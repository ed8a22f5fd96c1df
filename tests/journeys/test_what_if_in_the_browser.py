"""Other weights in a real browser: the list follows the keys, focus stays, the address can be shared."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from initiatives.models import Scenario
from tests.cast import Cast
from tests.governance.test_what_if import ADDRESS, NOT_A_WEIGHT, TRIED, assessed, three
from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.test_every_page import DESK, TELEPHONE, choose

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
HEADS = "#svar tbody td.head a"


def expect_order(page: Page, *titles: str) -> None:
    expect(page.locator(HEADS)).to_have_text(list(titles))


def test_the_list_follows_what_is_typed_and_the_address_too(cast: Cast, open_as: OpenAs) -> None:
    three(cast)
    page = open_as(cast.lead())
    page.goto(ADDRESS)
    expect_order(page, "Ansökan", "Bokning", "Cykelväg")
    choose(page, "N1 Nytta för invånare")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("0")
    expect_order(page, "Bokning", "Cykelväg", "Ansökan")
    expect(page.get_by_role("status").filter(has_text="3 av 3 byter plats")).to_be_visible()
    expect(page.get_by_label("N1 Nytta för invånare")).to_be_focused()
    expect(page.locator("#andel-0")).to_have_text("0,0 %")
    expect(page.locator("#andel-1")).to_have_text("25,0 %")
    choose(page, "N3 Angelägenhet")
    for _press in range(15):
        page.keyboard.press("ArrowUp")
    expect_order(page, "Cykelväg", "Bokning", "Ansökan")
    expect(page.get_by_label("N3 Angelägenhet")).to_be_focused()
    expect(page).to_have_url(re.compile("weight_N1=0&.*weight_N3=30"))
    page.reload()
    expect_order(page, "Cykelväg", "Bokning", "Ansökan")
    expect(page.get_by_label("N3 Angelägenhet")).to_have_value("30")
    assert not Scenario.objects.exists()


def test_the_slider_moves_the_field_and_the_list(cast: Cast, open_as: OpenAs) -> None:
    three(cast)
    page = open_as(cast.lead())
    page.goto(ADDRESS)
    page.locator(".weight input[type=range]").first.fill("1")
    expect(page.get_by_label("N1 Nytta för invånare")).to_have_value("1")
    expect_order(page, "Bokning", "Cykelväg", "Ansökan")


def test_a_fault_is_told_beside_the_field_and_the_list_stays(cast: Cast, open_as: OpenAs) -> None:
    three(cast)
    page = open_as(cast.lead())
    page.goto(ADDRESS)
    weight = page.get_by_label("N1 Nytta för invånare")
    weight.fill("-1")
    expect(page.locator("#fel-0")).to_contain_text(NOT_A_WEIGHT)
    expect(weight).to_have_attribute("aria-invalid", "true")
    expect(weight).to_have_value("-1")
    expect(page.locator("#sagt")).to_have_text("Listan är inte omräknad. Rätta vikterna först.")
    expect_order(page, "Ansökan", "Bokning", "Cykelväg")
    for size in (TELEPHONE, DESK):
        page.set_viewport_size(size)
        assert scrolls_sideways(page) <= 0
    assert violations(page) == []
    weight.fill("0")
    expect(page.locator("#fel-0")).to_be_empty()
    expect(weight).not_to_have_attribute("aria-invalid", "true")
    expect_order(page, "Bokning", "Cykelväg", "Ansökan")


def test_without_scripts_a_button_does_it(cast: Cast, open_as: OpenAs) -> None:
    three(cast)
    page = open_as(cast.lead(), java_script_enabled=False)
    page.goto(ADDRESS)
    page.get_by_label("N1 Nytta för invånare").fill("0")
    page.get_by_label("N3 Angelägenhet").fill("30")
    page.get_by_role("button", name="Räkna om").click()
    expect_order(page, "Cykelväg", "Bokning", "Ansökan")
    page.get_by_role("link", name="Återställ").click()
    expect_order(page, "Ansökan", "Bokning", "Cykelväg")
    page.get_by_label("Namn").fill("Som nu")
    page.get_by_role("button", name="Spara som scenario").click()
    expect(page.get_by_text("Scenariot är sparat.")).to_be_visible()


def test_what_was_just_typed_is_what_is_saved(cast: Cast, open_as: OpenAs) -> None:
    """Also when the button is pressed before the list has followed; and the kept name is forgotten when received."""
    three(cast)
    page = open_as(cast.lead())
    page.goto(ADDRESS)
    page.get_by_label("Namn").fill("Utan invånarnytta")
    page.get_by_label("N1 Nytta för invånare").fill("0")
    page.get_by_role("button", name="Spara som scenario").click()
    expect(page.get_by_text("Scenariot är sparat.")).to_be_visible()
    assert Scenario.objects.get().weights["N1"] == "0"
    expect(page.get_by_label("Namn")).to_have_value("")
    page.goto(ADDRESS)
    page.get_by_role("link", name="Utan invånarnytta").click()
    expect_order(page, "Bokning", "Cykelväg", "Ansökan")
    page.get_by_role("button", name="Ta bort Utan invånarnytta").click()
    expect(page.get_by_text("Scenariot är borttaget.")).to_be_visible()


def test_it_looks_right_at_every_width_in_both_schemes(cast: Cast, open_as: OpenAs) -> None:
    three(cast)
    assessed(cast, "Dagvatten", N4=2)
    page = open_as(cast.lead())
    tried = "&".join(f"{name}={value}" for name, value in TRIED.items())
    for address in (f"{ADDRESS}?{tried}&top=3", f"{ADDRESS}?weight_N1=hej", f"{ADDRESS}?level=v6"):
        page.goto(address)
        for size in (TELEPHONE, DESK):
            page.set_viewport_size(size)
            assert scrolls_sideways(page) <= 0, (address, size)
        assert violations(page) == []
