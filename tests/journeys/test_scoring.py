"""Scoring in a real browser: a whole queue by keyboard alone, saved as one goes, nothing lost, nothing overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from governance.acts import Act
from governance.presenting.queue import queue_of
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Assessment, Round
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
SAVED = re.compile(r"Sparat \d\d\.\d\d")
TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def address(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}bedom/"


def opened(cast: Cast, *titles: str) -> list[Walk]:
    """Being assessed at home."""
    return [Walk(cast, title=title).to(Status.QUALIFIED) for title in titles]


def level(page: Page, code: str, value: str) -> Locator:
    return page.locator(f"input[name=value_{code}][value='{value}']")


def enter(page: Page) -> None:
    """Into the first criterion with the Tab key, as one comes to any field, when the page has begun to hear keys."""
    expect(page.locator("[data-keys]")).to_be_visible()
    page.locator(".scoring .beside").focus()
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "value_N1":
            return
    raise AssertionError("the first criterion is not reached with Tab")


def answers_of(person: User, walk: Walk) -> dict[str, int | None]:
    sheet = Assessment.objects.get(assessor=person, round__initiative=walk.case.pk)
    return {s.criterion.code: s.value for s in sheet.scores.select_related("criterion")}


def test_two_leads_through_their_queues_by_keyboard_alone(cast: Cast, open_as: OpenAs) -> None:
    walks = {walk.case.initiative.reference: walk for walk in opened(cast, "Bokning av lokaler", "Larm i trapphus")}
    for number, keys in ((1, "4v532154"), (2, "1111111v")):
        person = cast.lead("skara", number)
        order = [walks[walk.case.initiative.reference] for walk in walks.values()]
        order.sort(key=lambda walk: queue_of(person).order.index(walk.case.pk))
        page = open_as(person)
        page.goto("/bedomning/")
        expect(page.get_by_text("2 av 2 kvar.")).to_be_visible()
        page.get_by_role("link", name="Börja bedöma").focus()
        page.keyboard.press("Enter")
        for walk, button in zip(order, ("Lämna och nästa", "Lämna bedömning"), strict=True):
            expect(page).to_have_url(re.compile(f"{re.escape(address(walk))}$"))
            enter(page)
            for key in keys:
                page.keyboard.press(key)
            expect(page.get_by_role("button", name=button)).to_be_focused()
            expect(page.locator("#framsteg")).to_contain_text("8 av 8 kriterier")
            with page.expect_navigation():
                page.keyboard.press("Enter")
            told = "Här är nästa." if button == "Lämna och nästa" else "Nu ser du de andras."
            expect(page.get_by_text(f"Din bedömning är lämnad. {told}")).to_be_visible()
            given = dict(zip(CRITERIA, (None if key == "v" else int(key) for key in keys), strict=True))
            assert answers_of(person, walk) == given
        page.goto("/bedomning/")
        expect(page.get_by_text("Du har bedömt allt som väntade.")).to_be_visible()
        assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('/bedom'))") == []
    assert set(Round.objects.values_list("handed_in", flat=True)) == {2}


class TestKeys:
    @pytest.fixture
    def page(self, cast: Cast, open_as: OpenAs) -> Page:
        (walk,) = opened(cast, "Bokning av lokaler")
        page = open_as(cast.lead())
        page.goto(address(walk))
        return page

    def test_they_are_told_and_lead_back_and_forth(self, page: Page) -> None:
        expect(page.get_by_text("Tangenter:")).to_be_visible()
        enter(page)
        page.keyboard.press("n")
        expect(level(page, "N2", "1")).to_be_focused()
        page.keyboard.press("Enter")
        expect(level(page, "N3", "1")).to_be_focused()
        page.keyboard.press("f")
        expect(level(page, "N2", "1")).to_be_focused()
        page.keyboard.press("3")
        page.keyboard.press("f")
        page.keyboard.press("ArrowDown")
        expect(level(page, "N2", "4")).to_be_checked()
        expect(level(page, "N2", "4")).to_be_focused()
        expect(level(page, "N3", "1")).not_to_be_checked()
        expect(page.locator("#sparat")).to_have_text(SAVED)

    def test_an_answer_is_taken_away(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("5")
        expect(page.locator("#framsteg")).to_contain_text("1 av 8 kriterier")
        page.keyboard.press("f")
        page.keyboard.press("Backspace")
        expect(level(page, "N1", "5")).not_to_be_checked()
        expect(page.locator("#framsteg")).to_contain_text("0 av 8 kriterier")
        level(page, "N1", "5").check()
        page.get_by_role("button", name=re.compile("Ta bort svaret.*N1")).click()
        expect(level(page, "N1", "5")).not_to_be_checked()
        expect(page.locator("#framsteg")).to_contain_text("0 av 8 kriterier")

    def test_they_are_silent_where_one_writes_and_outside_the_criteria(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("4")
        page.keyboard.press("f")
        page.keyboard.press("m")
        expect(page.get_by_label("Motivering till N1 Nytta för invånare")).to_be_focused()
        page.keyboard.type("5 av 7 vill nu, minst")
        expect(page.locator("#sparat")).to_have_text(SAVED)
        expect(level(page, "N1", "4")).to_be_checked()
        page.keyboard.press("Escape")
        expect(level(page, "N1", "4")).to_be_focused()
        page.locator(".scoring .beside").focus()
        for key in "12345vnm":
            page.keyboard.press(key)
        page.get_by_role("searchbox").focus()
        page.keyboard.type("15v")
        expect(page.locator("#framsteg")).to_contain_text("1 av 8 kriterier")
        assert Assessment.objects.get().scores.get().motivation == "5 av 7 vill nu, minst"


class TestNothingIsLost:
    def test_without_contact_it_stays_in_the_browser_and_goes_when_contact_is_back(
        self, cast: Cast, open_as: OpenAs
    ) -> None:
        (walk,) = opened(cast, "Bokning av lokaler")
        page = open_as(cast.lead(), expects="ERR_INTERNET_DISCONNECTED|Failed to load|htmx:")
        page.goto(address(walk))
        page.context.set_offline(True)
        level(page, "N1", "4").check()
        expect(page.locator("#sparat")).to_contain_text("Ingen kontakt med servern.", timeout=10_000)
        page.context.set_offline(False)
        expect(page.locator("#sparat")).to_have_text(SAVED, timeout=15_000)
        assert answers_of(cast.lead(), walk) == {"N1": 4}

    def test_a_tab_closed_at_once_is_there_again(self, cast: Cast, open_as: OpenAs) -> None:
        (walk,) = opened(cast, "Bokning av lokaler")
        page = open_as(cast.lead(), expects="ERR_FAILED|htmx:")
        page.goto(address(walk))
        page.route("**/bedom/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        level(page, "N1", "4").check()
        again = page.context.new_page()
        page.close()
        again.goto(address(walk))
        expect(level(again, "N1", "4")).to_be_checked()
        expect(again.locator("#sparat")).to_have_text(SAVED)
        assert answers_of(cast.lead(), walk) == {"N1": 4}

    def test_two_tabs(self, cast: Cast, open_as: OpenAs) -> None:
        (walk,) = opened(cast, "Bokning av lokaler")
        page = open_as(cast.lead())
        page.goto(address(walk))
        other = page.context.new_page()
        other.goto(address(walk))
        level(page, "N1", "4").check()
        expect(page.locator("#sparat")).to_have_text(SAVED)
        level(other, "N1", "2").check()
        expect(other.locator("#skillnad")).to_contain_text("Sparat: 4")
        assert violations(other) == []
        with other.expect_navigation():
            other.get_by_role("button", name="Spara det som står här").click()
        expect(level(other, "N1", "2")).to_be_checked()
        assert answers_of(cast.lead(), walk) == {"N1": 2}

    def test_signed_out_meanwhile_she_signs_in_in_place(self, cast: Cast, open_as: OpenAs) -> None:
        (walk,) = opened(cast, "Bokning av lokaler")
        page = open_as(cast.lead(), expects="401|htmx:")
        page.goto(address(walk))
        page.context.clear_cookies()
        level(page, "N1", "4").check()
        dialog = page.locator("#logga-in-igen")
        expect(dialog).to_be_visible()
        dialog.get_by_label("Lösenord").fill(cast.password)
        dialog.get_by_role("button", name="Logga in").click()
        expect(page.locator("#sparat")).to_have_text(SAVED)
        assert answers_of(cast.lead(), walk) == {"N1": 4}


def test_without_scripts_the_same_form_saves_and_hands_in_with_buttons(cast: Cast, open_as: OpenAs) -> None:
    (walk,) = opened(cast, "Bokning av lokaler")
    page = open_as(cast.lead(), java_script_enabled=False)
    page.goto(address(walk))
    level(page, "N1", "4").check()
    page.get_by_role("button", name="Spara utan att lämna").click()
    expect(page.get_by_text("Sparat. Bara du ser svaren")).to_be_visible()
    for code in CRITERIA:
        level(page, code, "4").check()
    page.get_by_role("button", name="Lämna bedömning").click()
    expect(page.get_by_text("Nu ser du de andras.")).to_be_visible()
    assert Round.objects.get().handed_in == 1


def test_every_state_can_be_read_by_all(cast: Cast, open_as: OpenAs) -> None:
    wrong: list[str] = []

    def look(page: Page) -> None:
        for size in (TELEPHONE, DESK):
            page.set_viewport_size(size)
            if (wider := scrolls_sideways(page)) > 0:
                wrong.append(f"{page.url}: {wider} bildpunkter för bred i {size['width']}")
        wrong.extend(violations(page))

    walk, other = opened(cast, "Bokning av lokaler", "Kommungemensamhetsanläggningsbokningssystemsupphandling i väst")
    page = open_as(cast.lead())
    page.set_viewport_size(DESK)
    page.goto("/bedomning/")
    look(page)
    page.goto(address(other))
    expect(page.get_by_role("heading", name="Vad det gäller")).to_be_in_viewport()
    expect(level(page, "N1", "1")).to_be_in_viewport()
    page.set_viewport_size(TELEPHONE)
    page.goto(address(other))
    expect(page.get_by_role("heading", name="Vad det gäller")).to_be_in_viewport()
    look(page)
    level(page, "N1", "4").check()
    expect(page.locator("#sparat")).to_have_text(SAVED)
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Lämna och nästa").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look(page)

    walk.act(Act.ASSESS, cast.lead(), marks={code: Mark(4, "Så är det.") for code in CRITERIA})
    walk.amend(need="Lokaler bokas i pärmar på fyra ställen.")
    page.goto(address(walk))
    expect(page.get_by_text("Ändrat sedan du svarade").first).to_be_visible()
    look(page)
    page.goto(address(walk))
    enter(page)
    page.keyboard.press("4")
    expect(page.locator("[data-criterion=N1] [data-old]")).to_be_hidden()
    expect(page.locator("[data-criterion=N2] [data-old]")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Svaren står sig").click()
    expect(page.get_by_text("Ändrat sedan du svarade")).to_have_count(0)

    page.goto(f"{other.case.get_absolute_url()}steg/declare_conflict/")
    look(page)
    other.act(Act.DECLARE_CONFLICT, cast.lead(), motivation="Min bror säljer.")
    page.goto(address(other))
    expect(page.get_by_text("Du har anmält jäv.")).to_be_visible()
    look(page)
    page.goto(address(walk))
    walk.act(Act.ASSESS, cast.lead("skara", 2), marks=marks(3))
    walk.act(Act.PRIORITISE, cast.lead("skara", 2), order=1)
    level(page, "N1", "5").check()
    expect(page.locator("#sparat")).to_contain_text("Inte sparat.")
    look(page)
    for person in (cast.lead(), cast.reader()):
        reading = open_as(person)
        reading.goto("/bedomning/")
        look(reading)
    assert not wrong, "\n".join(wrong)
