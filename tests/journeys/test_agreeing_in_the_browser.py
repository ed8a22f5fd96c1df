"""A meeting settles what the assessors are divided on, by keyboard alone and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from governance.acts import Act
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import JointMark
from tests.cast import Cast
from tests.walk import Walk, marks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]


def divided(cast: Cast) -> Walk:
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    for kommun, value in (("skara", 5), ("vara", 1)):
        walk.act(Act.ASSESS, cast.lead(kommun), marks=marks(3) | {"N1": Mark(value)})
    return walk


def tab_to(page: Page, name: str, role: str = "link") -> None:
    """Presses Tab until the link or button has the focus."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_from_the_list_to_an_agreed_value_by_keyboard_alone(cast: Cast, open_as: OpenAs) -> None:
    walk = divided(cast)
    walk.close_round()
    page = open_as(cast.coordinator())
    page.goto("/bedomning/diskutera/")
    tab_to(page, "Börja med det första")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "Enas om ett värde för Nytta för invånare")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Stor för en grupp")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Nyttan är stor för dem det gäller.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Spara gemensam bedömning")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Ni enades om 4 för N1 Nytta för invånare.")).to_be_visible()
    expect(page.get_by_text("Klart. Inget mer att diskutera").first).to_be_visible()
    assert JointMark.objects.get().value == 4


def test_without_javascript(cast: Cast, open_as: OpenAs) -> None:
    walk = divided(cast)
    page = open_as(cast.coordinator(), java_script_enabled=False)
    page.goto(f"{walk.case.get_absolute_url()}jamfor/")
    page.get_by_role("link", name="Stäng bedömningen").click()
    page.get_by_role("button", name="Stäng bedömningen").click()
    expect(page.get_by_text("Svaren skiljer sig 4 steg.").first).to_be_visible()
    page.get_by_role("link", name="Enas om ett värde för Nytta för invånare").click()
    page.get_by_role("button", name="Spara gemensam bedömning").click()
    expect(page.get_by_text("Skriv en motivering.").first).to_be_visible()
    page.get_by_role("radio", name="Liten, få berörs").check()
    page.get_by_label("Motivering").fill("Få berörs.")
    page.get_by_role("button", name="Spara gemensam bedömning").click()
    expect(page.get_by_text("Ni enades om 2 för N1 Nytta för invånare.")).to_be_visible()


def test_a_picture_says_the_same_as_the_words(cast: Cast, open_as: OpenAs) -> None:
    walk = divided(cast)
    page = open_as(cast.lead())
    page.goto(f"{walk.case.get_absolute_url()}jamfor/")
    drawing = page.get_by_role("img", name="Svaren på Nytta för invånare, från 1 till 5")
    expect(drawing).to_have_accessible_description("1, 5 · median 3 · spann 4")
    expect(page.locator("#N1").get_by_text("1, 5 · median 3 · spann 4").last).to_be_visible()
    expect(drawing.locator("circle.own")).to_have_count(1)
    expect(drawing.locator("circle.answer")).to_have_count(1)
