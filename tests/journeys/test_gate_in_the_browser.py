"""The gate questions in a real browser: what shows with which answer, by keyboard alone, without scripts, and axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from governance.acts import Act
from governance.statuses import Status
from initiatives.actions.assessing import Reply
from initiatives.models import GateReply
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
QUESTION = "Är behovet verifierat i verksamheten?"


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.QUALIFYING)


def gate_of(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}fragor/kommun/"


def choice(page: Page, question: str, answer: str) -> Locator:
    return page.get_by_role("radiogroup", name=question).get_by_role("radio", name=answer)


def override(page: Page) -> Locator:
    return page.locator("[name=override_K2]")


def saved(walk: Walk) -> dict[str, tuple[str, str, str]]:
    rows = walk.case.initiative.gate_answers.standing().select_related("question")
    return {a.question.code: (a.reply, a.motivation, a.override_reason) for a in rows}


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Spara svaren").click()


def test_the_reason_to_go_on_shows_with_a_no_and_never_hides_what_is_written(open_as: OpenAs, walk: Walk) -> None:
    page = open_as(walk.lead)
    page.goto(gate_of(walk))
    expect(override(page)).to_be_hidden()
    choice(page, QUESTION, "Nej").check()
    expect(override(page)).to_be_visible()
    expect(page.get_by_text("Ett nej stoppar initiativet tills skälet är skrivet.").nth(1)).to_be_visible()
    override(page).fill("Avtalet går ut.")
    choice(page, QUESTION, "Ja").check()
    expect(override(page)).to_be_visible()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text(f"Svaret på ”{QUESTION}” är inte nej.")
    expect(override(page)).to_have_value("Avtalet går ut.")
    expect(override(page)).to_be_visible()
    assert saved(walk) == {}
    override(page).fill("")
    page.locator("[name=motivation_K2]").fill("Tio intervjuer.")
    save(page)
    expect(page.get_by_text("Svaren är sparade.")).to_be_visible()
    assert saved(walk) == {"K2": ("yes", "Tio intervjuer.", "")}


def test_an_unclear_answer_leads_to_a_supplement_and_what_was_chosen_waits(open_as: OpenAs, walk: Walk) -> None:
    page = open_as(walk.lead)
    page.goto(gate_of(walk))
    link = page.locator(".gate-question", has_text=QUESTION).locator(".if-unclear a")
    expect(link).to_be_hidden()
    choice(page, QUESTION, "Oklart").check()
    link.click()
    expect(page.get_by_label("Vad saknas?")).to_have_value(
        f"Vi behöver veta mer för att kunna svara på frågan ”{QUESTION}”. "
    )
    page.go_back()
    expect(choice(page, QUESTION, "Oklart")).to_be_checked()


def test_by_keyboard_alone(open_as: OpenAs, walk: Walk) -> None:
    """Tab goes from question to question, the arrows choose, and Enter on the button saves."""
    page = open_as(walk.lead)
    page.goto(gate_of(walk))
    page.locator("[name=reply_K1]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(choice(page, "Är det digitalisering", "Nej")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Bara en licens.")
    page.keyboard.press("Tab")
    page.keyboard.type("Ska ändå prövas.")
    page.keyboard.press("Tab")
    expect(page.locator("[name=reply_K2]").first).to_be_focused()
    page.keyboard.press("Space")
    page.locator("[name=reply_B7]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Spara svaren")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Svaren är sparade.")).to_be_visible()
    assert saved(walk) == {
        "K1": ("no", "Bara en licens.", "Ska ändå prövas."),
        "K2": ("yes", "", ""),
        "B7": ("yes", "", ""),
    }
    expect(page.get_by_role("link", name="Beredning krävs")).to_be_visible()


def test_without_scripts(open_as: OpenAs, walk: Walk) -> None:
    page = open_as(walk.lead, java_script_enabled=False)
    page.goto(gate_of(walk))
    choice(page, QUESTION, "Nej").check()
    override(page).fill("Avtalet går ut.")
    choice(page, "Behövs ett nytt IT-stöd?", "Vet inte").check()
    save(page)
    expect(page.get_by_text("Svaren är sparade. 11 frågor är kvar.")).to_be_visible()
    assert saved(walk) == {"K2": ("no", "", "Avtalet går ut."), "B4": ("unclear", "", "")}


def test_nothing_is_wrong_in_any_state(cast: Cast, open_as: OpenAs, walk: Walk) -> None:
    page, wrong = open_as(walk.lead), list[str]()

    def look(at: Page) -> None:
        for size in SIZES:
            at.set_viewport_size(size)
            if (wider := scrolls_sideways(at)) > 0:
                wrong.append(f"{at.url}: {wider} bildpunkter för bred i {size['width']}")
            wrong.extend(violations(at))

    page.goto(gate_of(walk))
    look(page)
    choice(page, QUESTION, "Nej").check()
    override(page).fill("Avtalet går ut.")
    choice(page, "Är det digitalisering", "Oklart").check()
    choice(page, "Behövs ett nytt IT-stöd?", "Ja").check()
    look(page)
    choice(page, QUESTION, "Ja").check()
    save(page)
    look(page)  # with the summary of what is to be put right
    walk.answer_k(GateReply.UNCLEAR, flags=["B1", "B6"])
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K2": Reply(GateReply.NO, "Ingen vet.", "Avtalet går ut.")})
    page.goto(gate_of(walk))
    look(page)
    reader = open_as(cast.director())
    for address in (gate_of(walk), walk.case.get_absolute_url(), "/initiativ/?preparation=required"):
        reader.goto(address)
        look(reader)
    assert not wrong, "\n".join(wrong)
