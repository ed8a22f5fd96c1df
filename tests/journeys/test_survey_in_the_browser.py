"""The survey in a real browser: a director on her telephone, somebody by keyboard alone, every page looked at."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followup.models import SurveyAnswer, SurveyDraft, SurveyResponse
from tests.cast import Cast
from tests.followup.enquiring import CODES, NOW, answer, closed, opened, people
from tests.journeys.looking import scrolls_sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
ADDRESS = f"/enkat/{NOW.code}/"
SAVED = re.compile(r"Sparat \d\d\.\d\d")
TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def looked_at(page: Page) -> list[str]:
    found = []
    for size in (TELEPHONE, DESK):
        page.set_viewport_size(size)
        if (wider := scrolls_sideways(page)) > 0:
            found.append(f"{page.url}: {wider} bildpunkter för bred i {size['width']}")
    return found + violations(page)


def test_a_director_answers_on_her_telephone(cast: Cast, open_as: OpenAs) -> None:
    director = cast.director()
    opened(cast)
    page = open_as(director, expects="401|htmx:", viewport=TELEPHONE, has_touch=True)
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("link", name="Svara på enkäten").click()
    assert violations(page) == []
    expect(page.get_by_text("0 av 10 besvarade")).to_be_visible()
    page.locator(f"input[name='q_{CODES[0]}'][value='4']").tap()
    expect(page.locator("#sparat")).to_have_text(SAVED)
    expect(page.locator("#framsteg")).to_contain_text("1 av 10 besvarade")
    assert SurveyDraft.objects.get().values == {CODES[0]: 4}

    with page.expect_navigation():
        page.get_by_role("button", name="Lämna svaret").tap()
    expect(page.get_by_role("alert").first).to_contain_text("vet inte eller vill inte svara")
    assert violations(page) == []

    page.context.clear_cookies()  # the session ends while she is on the train
    for code in CODES[1:]:
        page.locator(f"input[name='q_{code}'][value='outside']").tap()
    dialog = page.locator("#logga-in-igen")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Lösenord").fill(cast.password)
    dialog.get_by_role("button", name="Logga in").click()
    expect(page.locator("#sparat")).to_have_text(SAVED)
    page.get_by_label("Vad fungerar bra i samverkan").fill("Mötena är korta.")
    expect(page.locator("#framsteg")).to_contain_text("10 av 10 besvarade")
    with page.expect_navigation(url=re.compile(f"{ADDRESS}$")):
        page.get_by_role("button", name="Lämna svaret").tap()
    expect(page.get_by_text("Tack! Ditt svar är lämnat.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('enkat'))") == []
    assert sorted(SurveyAnswer.objects.values_list("value", flat=True), key=str) == [4] + [None] * 9
    page.goto("/")
    expect(page.get_by_text("Enkät att besvara")).to_have_count(0)


def test_by_keyboard_alone_and_every_page_looked_at(cast: Cast, open_as: OpenAs) -> None:
    asked = people(cast, {"skara": 6, "vara": 5, "essunga": 2})
    survey = opened(cast)
    answer(survey, asked["skara"][1:], [4, 4, 3, 5, None], "Mötena är korta.")
    answer(survey, asked["vara"], [2, 3, 3, 4, 5])
    answer(survey, asked["essunga"], [1, 1])
    wrong: list[str] = []
    page = open_as(asked["skara"][0])
    page.goto(ADDRESS)
    page.locator("main").focus()
    for code in CODES:
        name = f"q_{code}"
        for _press in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                break
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"input[name='{name}'][value='2']")).to_be_checked()
    expect(page.locator("#framsteg")).to_contain_text("10 av 10 besvarade")
    wrong += looked_at(page)
    page.get_by_label("Vad fungerar bra i samverkan").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lämna svaret")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Tack! Ditt svar är lämnat.")).to_be_visible()
    assert SurveyResponse.objects.count() == 13

    coordinator = open_as(cast.coordinator())
    for address in ("/enkat/", "/enkat/ny/", f"{ADDRESS}hantera/", f"{ADDRESS}resultat/"):
        coordinator.goto(address)
        wrong += looked_at(coordinator)
    closed(cast, survey)
    for address in (ADDRESS, f"{ADDRESS}hantera/", f"{ADDRESS}resultat/", f"{ADDRESS}fritexter/"):
        coordinator.goto(address)
        wrong += looked_at(coordinator)
    assert wrong == []
