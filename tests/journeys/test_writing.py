"""Writing an initiative in a real browser: nothing typed is lost, whatever happens, and one form makes one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import BrowserContext, Page, Route, expect

from governance.models import Case
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.initiatives.files import picture
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "/initiativ/nytt/"
OpenAs = Callable[..., Page]
TELEPHONE = {"width": 360, "height": 740}
SIGNED_OUT = "401"
REFUSED = "ERR_CONNECTION_REFUSED|htmx:"
SAVED = re.compile(r"Sparat \d\d\.\d\d")

TEXT = {
    "Titel": "Digitala nycklar i hemtjänsten",
    "Förvaltning": "Vård och omsorg",
    "Problem eller behov": "Nycklar hämtas och lämnas flera gånger per pass.\nDe kommer bort.",
    "Väntad nytta": "Mer tid hos den som har hjälp hemma.",
}


def write(page: Page, **text: str) -> None:
    for label, words in (text or TEXT).items():
        page.get_by_label(label, exact=True).press_sequentially(words)


def write_all(page: Page) -> None:
    write(page)
    page.get_by_label("Invånare").check()


def expect_all(page: Page) -> None:
    for label, words in TEXT.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(words)
    expect(page.get_by_label("Invånare")).to_be_checked()
    expect(page.get_by_label("Medarbetare", exact=True)).not_to_be_checked()


def expect_saved(page: Page, timeout: float = 6_000) -> None:
    expect(page.locator("#sparat")).to_have_text(SAVED, timeout=timeout)


def expect_stored(**fields: Any) -> Initiative:
    initiative = Initiative.objects.get()
    assert {name: getattr(initiative, name) for name in fields} == fields
    return initiative


class TestSavedByItself:
    def test_within_three_seconds_of_a_pause_and_told(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write_all(page)
        expect(page.locator("#sparat")).to_have_text(SAVED, timeout=3_000)
        initiative = expect_stored(title=TEXT["Titel"], benefit=TEXT["Väntad nytta"], targets_residents=True)
        assert page.url.endswith(f"/initiativ/{initiative.reference}/redigera/")
        assert page.get_by_role("heading", level=1).inner_text() == TEXT["Titel"]

    def test_what_remains_and_the_hours_follow_the_keys(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        expect(page.locator("#kvar")).to_contain_text("0 av 5 svar är ifyllda")
        write(page, Titel="Nycklar")
        expect(page.locator("#kvar")).to_contain_text("1 av 5 svar är ifyllda")
        page.get_by_text("Det här hjälper oss att bedöma").click()
        for label, number in {"Gånger per år": "5000", "Minuter per gång": "15", "Antal medarbetare": "2"}.items():
            page.get_by_label(label).fill(number)
        expect(page.locator("#timmar")).to_have_text(re.compile(r"Det blir ungefär 2\s500 timmar om året\."))
        expect_saved(page)
        assert expect_stored(title="Nycklar").hours_per_year == 2500

    def test_without_a_title_it_stays_in_the_browser_and_says_so(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write(page, **{"Problem eller behov": "Nycklar kommer bort."})
        expect(page.locator("#sparat")).to_have_text("Inte sparat än. Skriv en titel, så sparas utkastet.")
        assert not Initiative.objects.exists()
        page.reload()
        expect(page.get_by_label("Problem eller behov")).to_have_value("Nycklar kommer bort.")
        write(page, Titel="Nycklar")
        expect_saved(page)
        expect_stored(title="Nycklar", need="Nycklar kommer bort.")

    def test_a_title_that_comes_while_the_text_is_on_its_way_is_saved_too(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        held: list[Route] = []
        page.route("**/nytt/", lambda route: held.append(route) if not held else route.continue_())
        with page.expect_request(lambda request: request.method == "POST"):
            write(page, **{"Problem eller behov": "Nycklar kommer bort."})
        write(page, Titel="Nycklar")
        held[0].continue_()
        expect_saved(page)
        expect_stored(title="Nycklar", need="Nycklar kommer bort.")

    def test_what_looks_like_a_person_is_hinted_at(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write(page, Titel="Nycklar", **{"Problem eller behov": "Brukaren Anna, 811218-9876, fick vänta."})
        expect(page.locator("#hansyn")).to_contain_text("”811218-9876” ser ut som ett personnummer.")
        expect(page.locator("#hansyn")).to_contain_text("”Anna” ser ut som namnet på en person.")
        assert violations(page) == []


class TestComingBack:
    def test_the_tab_is_closed_at_once_and_all_is_there(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write_all(page)
        again = page.context.new_page()
        page.close()
        again.goto(NEW)
        expect_all(again)
        expect_saved(again)
        expect_stored(title=TEXT["Titel"], department=TEXT["Förvaltning"], targets_residents=True)

    def test_the_tab_is_closed_later_and_it_is_among_ones_own(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write_all(page)
        expect_saved(page)
        again = page.context.new_page()
        page.close()
        again.goto("/")
        again.get_by_role("link", name=TEXT["Titel"]).first.click()
        expect_all(again)
        again.goto(NEW)
        expect(again.get_by_label("Titel")).to_have_value("")

    def test_leaving_for_another_page_sends_what_was_typed(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write_all(page)
        page.get_by_role("link", name="Att göra").first.click()
        until(lambda: Initiative.objects.filter(title=TEXT["Titel"]).exists())
        page.goto(NEW)
        expect_all(page)
        expect_saved(page)
        assert Initiative.objects.count() == 1

    def test_another_person_in_the_same_browser_sees_nothing_of_it(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write(page, **{"Problem eller behov": "Bara mitt."})
        expect(page.locator("#sparat")).to_contain_text("Inte sparat än")
        page.locator(".who summary").click()
        page.get_by_role("button", name="Logga ut").click()
        page.get_by_role("textbox", name="Användarnamn").fill(cast.staff("vara").username)
        page.get_by_label("Lösenord").fill(cast.password)
        page.locator("main").get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("heading", name="Att göra", level=1)).to_be_visible()
        page.goto(NEW)
        expect(page.get_by_label("Problem eller behov")).to_have_value("")


def until(true: Callable[[], bool], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


class Server:
    """The portal in a process of its own, which can be killed and started again at the same address."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        base = urlsplit(os.environ["DATABASE_URL"])
        url = urlunsplit(base._replace(path=f"/{connection.settings_dict['NAME']}"))
        command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{self.port}", "--threads", "4"]
        self._process = subprocess.Popen(
            [*command, "--log-level", "critical", "v6portal.wsgi:application"],
            env={**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": "127.0.0.1"},
        )
        until(self._answers, seconds=30)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
        until(lambda: not self._answers(), seconds=10)

    def _answers(self) -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    running.start()
    yield running
    running.stop()

    def test_after_a_button_that_could_not_save(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write(page, **{"Problem eller behov": "Nycklar kommer bort."})
        with page.expect_navigation():
            page.get_by_role("button", name="Spara utkast").click()
        expect(page.locator("#fel")).to_contain_text("Ge utkastet en titel")
        page.get_by_role("link", name="Att göra").first.click()
        expect(page.get_by_role("heading", name="Att göra", level=1)).to_be_visible()
        page.goto(NEW)
        expect(page.get_by_label("Problem eller behov")).to_have_value("Nycklar kommer bort.")

    def test_what_the_server_could_not_take_is_here_still(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write(page, Titel="Nycklar")
        page.get_by_text("Det här hjälper oss att bedöma").click()
        page.get_by_label("Gånger per år").fill("2000000")
        expect(page.locator("#sparat")).to_contain_text("Gånger per år är inte sparat:")
        address = page.url
        page.goto("/")
        page.goto(address)
        expect(page.get_by_label("Gånger per år")).to_have_value("2000000")

    def test_what_was_chosen_away_does_not_come_back(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write_all(page)
        expect_saved(page)
        page.reload()
        expect(page.locator("#sparat")).to_have_text("")
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('v6:'))") == []


class TestTheServerIsGone:
    def test_for_twenty_seconds_in_the_middle(self, cast: Cast, open_as: OpenAs, server: Server) -> None:
        page = open_as(cast.staff(), expects=REFUSED)
        moved_to(page.context, server.url)
        page.goto(server.url + NEW)
        write(page, Titel=TEXT["Titel"])
        expect_saved(page)
        server.stop()
        write(page, **{label: words for label, words in TEXT.items() if label != "Titel"})
        page.get_by_label("Invånare").check()
        expect(page.locator("#sparat")).to_contain_text("Ingen kontakt med servern.")
        assert violations(page) == []
        time.sleep(20)
        assert expect_stored(title=TEXT["Titel"]).need == ""
        server.start()
        expect_saved(page, timeout=12_000)
        expect_stored(need=TEXT["Problem eller behov"], benefit=TEXT["Väntad nytta"], targets_residents=True)

    def test_sending_in_waits_for_it_and_says_so(self, cast: Cast, open_as: OpenAs, server: Server) -> None:
        page = open_as(cast.staff(), expects=REFUSED)
        moved_to(page.context, server.url)
        page.goto(server.url + NEW)
        write_all(page)
        expect_saved(page)
        server.stop()
        page.get_by_role("button", name="Skicka in").click()
        expect(page.locator("#sparat")).to_contain_text("Det gick inte att skicka in: ingen kontakt med servern.")
        expect_all(page)
        page.get_by_label("Väntad nytta").press_sequentially(" Och mindre oro.")
        server.start()
        expect(page.locator("#sparat")).to_contain_text("Inte inskickat. Texten är sparad nu", timeout=12_000)
        page.get_by_role("button", name="Skicka in").click()
        expect(page).to_have_url(re.compile(r"/initiativ/DI-\d+-\d+/$"))
        assert Case.objects.get().status == Status.SUBMITTED


def moved_to(context: BrowserContext, url: str) -> None:
    """Signs the same person in at another address of the portal."""
    cookies = context.cookies()
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": url} for one in cookies])


class TestTheSessionIsGone:
    @pytest.mark.parametrize("cookies_too", [False, True])
    def test_signing_in_on_the_page_saves_what_was_typed(self, cookies_too: bool, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff(), expects=SIGNED_OUT)
        page.goto(NEW)
        write(page, Titel=TEXT["Titel"])
        expect_saved(page)
        if cookies_too:
            page.context.clear_cookies()
        Session.objects.all().delete()
        write(page, **{label: words for label, words in TEXT.items() if label != "Titel"})
        page.get_by_label("Invånare").check()
        dialog = page.get_by_role("dialog", name="Logga in igen")
        expect(dialog).to_be_visible()
        assert violations(page) == []
        dialog.get_by_label("Lösenord").press_sequentially("fel lösenord", delay=150)  # slower than a save is planned
        expect(dialog.get_by_label("Lösenord")).to_have_value("fel lösenord")
        dialog.get_by_role("button", name="Logga in").click()
        expect(dialog).to_contain_text("Lösenordet stämmer inte. Försök igen.")
        page.wait_for_timeout(1_500)
        expect(dialog).to_contain_text("Lösenordet stämmer inte. Försök igen.")
        assert violations(page) == []
        dialog.get_by_label("Lösenord").fill(cast.password)
        dialog.get_by_role("button", name="Logga in").click()
        expect(dialog).to_be_hidden()
        expect_saved(page)
        expect_all(page)
        expect_stored(need=TEXT["Problem eller behov"], benefit=TEXT["Väntad nytta"], author=cast.staff())

    def test_also_before_anything_was_saved_and_when_sending_in(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff(), expects=SIGNED_OUT)
        page.goto(NEW)
        Session.objects.all().delete()
        write_all(page)
        page.get_by_role("button", name="Skicka in").click()
        dialog = page.get_by_role("dialog", name="Logga in igen")
        dialog.get_by_label("Lösenord").fill(cast.password)
        dialog.get_by_role("button", name="Logga in").click()
        expect(page).to_have_url(re.compile(r"/initiativ/DI-\d+-\d+/$"))
        assert Case.objects.get().status == Status.SUBMITTED

    def test_not_now_it_is_kept_here_and_can_be_done_later(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff(), expects=SIGNED_OUT)
        page.goto(NEW)
        Session.objects.all().delete()
        write(page, Titel=TEXT["Titel"])
        dialog = page.get_by_role("dialog", name="Logga in igen")
        dialog.get_by_role("button", name="Inte nu").click()
        write(page, Förvaltning=TEXT["Förvaltning"])
        expect(page.locator("#sparat")).to_contain_text("Du är inte inloggad längre.")
        expect(dialog).to_be_hidden()
        page.locator("#sparat").get_by_role("button", name="Logga in").click()
        dialog.get_by_label("Lösenord").fill(cast.password)
        dialog.get_by_role("button", name="Logga in").click()
        expect_saved(page)
        expect_stored(title=TEXT["Titel"], department=TEXT["Förvaltning"])

    def test_a_new_key_from_another_tab_is_fetched_without_a_word(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff(), expects=SIGNED_OUT)
        page.goto(NEW)
        sign_out_and_in(page.context.new_page(), cast)
        write_all(page)
        expect_saved(page)
        expect(page.get_by_role("dialog")).to_be_hidden()


def sign_out_and_in(other: Page, cast: Cast) -> None:
    other.goto("/")
    other.locator(".who summary").click()
    other.get_by_role("button", name="Logga ut").click()
    other.get_by_role("textbox", name="Användarnamn").fill(cast.staff().username)
    other.get_by_label("Lösenord").fill(cast.password)
    other.locator("main").get_by_role("button", name="Logga in").click()
    expect(other.get_by_role("heading", name="Att göra", level=1)).to_be_visible()


class TestTwoTabs:
    def test_the_later_one_is_shown_the_difference_and_chooses(self, cast: Cast, open_as: OpenAs) -> None:
        first = open_as(cast.staff())
        first.goto(NEW)
        write_all(first)
        expect_saved(first)
        second = first.context.new_page()
        second.goto(first.url)
        first.get_by_label("Problem eller behov").fill("Skrivet i den första.")
        first.get_by_label("Förvaltning").fill("Omsorg")
        expect(first.locator("#sparat")).to_have_text(SAVED)
        until(lambda: Initiative.objects.get().need == "Skrivet i den första.")
        second.get_by_label("Problem eller behov").fill("Skrivet i den andra.")
        expect(second.locator("#sparat")).to_contain_text("Inte sparat: utkastet har ändrats någon annanstans.")
        assert Initiative.objects.get().need == "Skrivet i den första."
        choice = second.get_by_role("group", name="Problem eller behov")
        expect(choice).to_contain_text("Skrivet i den första.")
        expect(choice).to_contain_text("Skrivet i den andra.")
        assert violations(second) == []
        second.get_by_role("group", name="Förvaltning").get_by_label("Det som är sparat").check()
        second.get_by_role("button", name="Spara utkast").click()
        expect(second.get_by_text("Utkastet är sparat som")).to_be_visible()
        expect_stored(need="Skrivet i den andra.", department="Omsorg")

    def test_reloading_is_no_choice(self, cast: Cast, open_as: OpenAs) -> None:
        first = open_as(cast.staff())
        first.goto(NEW)
        write_all(first)
        expect_saved(first)
        second = first.context.new_page()
        second.goto(first.url)
        first.get_by_label("Problem eller behov").fill("Skrivet i den första.")
        until(lambda: Initiative.objects.get().need == "Skrivet i den första.")
        second.get_by_label("Problem eller behov").fill("Skrivet i den andra.")
        expect(second.locator("#skillnad fieldset")).to_be_visible()
        second.reload()
        expect(second.get_by_text("I den här webbläsaren finns text från")).to_be_visible()
        expect(second.get_by_label("Problem eller behov")).to_have_value("Skrivet i den första.")
        assert violations(second) == []
        second.get_by_role("button", name="Visa den").click()
        expect(second.locator("#skillnad fieldset")).to_be_visible()
        expect(second.get_by_label("Problem eller behov")).to_have_value("Skrivet i den andra.")
        assert Initiative.objects.get().need == "Skrivet i den första."

    def test_one_radio_button_is_not_yet_a_choice_of_all(self, cast: Cast, open_as: OpenAs) -> None:
        """On the page that a press on the button led to, nothing is saved until the button is pressed again."""
        page = open_as(cast.staff(), java_script_enabled=False)
        page.goto(NEW)
        fill_all(page)
        page.get_by_role("button", name="Spara utkast").click()
        address = page.url
        other = open_as(cast.staff())
        other.goto(address)
        other.get_by_label("Problem eller behov").fill("Från den andra.")
        other.get_by_label("Väntad nytta").fill("Från den andra.")
        expect_saved(other)
        scripted = other.context.new_page()
        scripted.goto(address)
        page.get_by_label("Problem eller behov").fill("Från den första.")
        page.get_by_label("Väntad nytta").fill("Från den första.")
        page.get_by_role("button", name="Spara utkast").click()
        page.get_by_role("group", name="Väntad nytta").get_by_label("Det som är sparat").check()
        assert expect_stored(need="Från den andra.", benefit="Från den andra.")
        page.get_by_role("button", name="Spara utkast").click()
        expect(page.get_by_text("Utkastet är sparat som")).to_be_visible()
        expect_stored(need="Från den första.", benefit="Från den andra.")

    def test_two_pages_for_something_new_are_two_initiatives(self, cast: Cast, open_as: OpenAs) -> None:
        first = open_as(cast.staff())
        first.goto(NEW)
        write(first, **{"Problem eller behov": "Den första idén."})
        expect(first.locator("#sparat")).to_contain_text("Inte sparat än")
        second = first.context.new_page()
        second.goto(NEW)
        expect(second.get_by_label("Problem eller behov")).to_have_value("Den första idén.")
        second.get_by_label("Problem eller behov").fill("Den andra idén.")
        second.get_by_label("Titel").fill("Den andra")
        expect_saved(second)
        first.get_by_label("Titel").fill("Den första")
        expect_saved(first)
        found = dict(Initiative.objects.values_list("title", "need"))
        assert found == {"Den första": "Den första idén.", "Den andra": "Den andra idén."}

    def test_two_co_authors(self, cast: Cast, open_as: OpenAs) -> None:
        first = open_as(cast.staff())
        first.goto(NEW)
        write_all(first)
        expect_saved(first)
        Initiative.objects.get().co_authors.add(cast.staff(number=2))
        second = open_as(cast.staff(number=2))
        second.goto(first.url)
        second.get_by_label("Titel").fill("Kollegans titel")
        until(lambda: Initiative.objects.get().title == "Kollegans titel")
        first.get_by_label("Titel").fill("Min titel")
        expect(first.locator("#skillnad")).to_contain_text("Kollegans titel")
        assert Initiative.objects.get().title == "Kollegans titel"

    def test_sent_in_from_the_other_it_says_so_and_keeps_the_text(self, cast: Cast, open_as: OpenAs) -> None:
        first = open_as(cast.staff())
        first.goto(NEW)
        write_all(first)
        expect_saved(first)
        second = first.context.new_page()
        second.goto(first.url)
        first.get_by_role("button", name="Skicka in").click()
        expect(first.get_by_text("Initiativet är inskickat.")).to_be_visible()
        second.get_by_label("Väntad nytta").fill("För sent.")
        expect(second.locator("#sparat")).to_contain_text("initiativet är redan inskickat")
        expect(second.get_by_label("Väntad nytta")).to_have_value("För sent.")


class TestOnce:
    def test_a_double_click_gives_one_initiative(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff())
        page.goto(NEW)
        write_all(page)
        page.get_by_role("button", name="Skicka in").dblclick()
        expect(page).to_have_url(re.compile(r"/initiativ/DI-\d+-\d+/$"))
        assert Case.objects.get().status == Status.SUBMITTED
        assert Case.objects.get().events.filter(kind="submit").count() == 1

    def test_so_does_a_double_click_without_scripts(self, cast: Cast, open_as: OpenAs) -> None:
        page = open_as(cast.staff(), java_script_enabled=False)
        page.goto(NEW)
        fill_all(page)
        page.get_by_role("button", name="Skicka in").dblclick()
        expect(page).to_have_url(re.compile(r"/initiativ/DI-\d+-\d+/$"))
        assert Case.objects.get().status == Status.SUBMITTED


def fill_all(page: Page) -> None:
    for label, words in TEXT.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Invånare").check()


def test_without_scripts_the_same_form_saves_with_a_button(cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.staff(), java_script_enabled=False)
    page.goto(NEW)
    page.get_by_label("Titel").fill(TEXT["Titel"])
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_text("Utkastet är sparat som")).to_be_visible()
    fill_all(page)
    page.get_by_role("button", name="Skicka in").click()
    expect(page.get_by_text("Initiativet är inskickat.")).to_be_visible()


def test_the_whole_form_by_keyboard(cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.staff())
    page.goto(NEW)
    page.get_by_label("Titel").focus()
    keyboard = page.keyboard
    for words in TEXT.values():
        keyboard.type(words)
        keyboard.press("Tab")
    keyboard.press("Space")  # Invånare
    keyboard.press("Tab")
    keyboard.press("Tab")
    keyboard.press("Enter")  # opens what helps to assess
    for words in ("Lås som öppnas med telefonen.", "220", "15", "40", "Lidköping har.", "Tryggt boende.", "Enhetschef"):
        keyboard.press("Tab")
        keyboard.type(words)
    keyboard.press("Tab")
    keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skicka in"
    assert page.evaluate(HIDDEN_BY_THE_BAR) is False
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/initiativ/DI-\d+-\d+/$"))
    expect_stored(
        title=TEXT["Titel"], idea="Lås som öppnas med telefonen.", people_involved=40, business_owner="Enhetschef"
    )
    assert Case.objects.get().status == Status.SUBMITTED


HIDDEN_BY_THE_BAR = """() => {
    const one = document.activeElement.getBoundingClientRect()
    const top = document.elementFromPoint(one.x + one.width / 2, one.y + one.height / 2)
    return !(top === document.activeElement || document.activeElement.contains(top))
}"""


def test_on_a_telephone(cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.staff(), viewport=TELEPHONE, has_touch=True)
    page.goto(NEW)
    write_all(page)
    expect_saved(page)
    assert scrolls_sideways(page) == 0
    for label in TEXT:
        page.get_by_label(label, exact=True).focus()
        assert page.evaluate(HIDDEN_BY_THE_BAR) is False
    page.get_by_role("button", name="Skicka in").tap()
    expect(page).to_have_url(re.compile(r"/initiativ/DI-\d+-\d+/$"))


def test_every_state_of_the_form_can_be_read_by_all(cast: Cast, open_as: OpenAs) -> None:
    """Untouched, with faults, saved, with hints to heed, with its people; the other states where they are tested."""
    page = open_as(cast.staff())
    page.goto(NEW)
    found = violations(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Skicka in").click()
    expect(page.locator("#fel")).to_be_visible()
    found += violations(page)
    page.get_by_label("Titel").fill("Nycklar")
    page.get_by_label("Problem eller behov").fill("Brukaren Anna fick vänta.")
    expect(page.locator("#hansyn")).to_contain_text("Anna")
    found += violations(page)
    page.get_by_label("Gånger per år").fill("-4")
    expect(page.locator("#sparat")).to_contain_text("Gånger per år är inte sparat:")
    found += violations(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Skicka in").click()
    expect(page.locator("#fel")).to_be_visible()
    found += violations(page)
    page.get_by_label("Gånger per år").fill("4")
    page.get_by_role("link", name="Skriv tillsammans, eller åt någon annan").click()
    expect(page.get_by_role("heading", name="Vem skriver", level=1)).to_be_visible()
    found += violations(page)
    assert not found, "\n".join(found)


class TestStepsOfTheProcess:
    """The forms of the other steps do not save by themselves, but what is typed in them is kept in the browser."""

    def test_the_session_ends_while_a_director_writes_her_answer(self, cast: Cast, open_as: OpenAs) -> None:
        case = Walk(cast).to(Status.INTEREST).case
        director = cast.director("vara")
        page = open_as(director)
        page.goto(f"{case.get_absolute_url()}steg/answer_interest/")
        page.locator('label[for="id_answer_0"]').click()
        page.get_by_label("Motivering").fill("Vi har samma behov, och pengarna finns.")
        Session.objects.all().delete()
        page.get_by_role("button", name="Lämna svaret").click()
        page.get_by_role("textbox", name="Användarnamn").fill(director.username)
        page.get_by_label("Lösenord").fill(cast.password)
        page.locator("main").get_by_role("button", name="Logga in").click()
        expect(page.get_by_label("Motivering")).to_have_value("Vi har samma behov, och pengarna finns.")
        expect(page.locator("#id_answer_0")).to_be_checked()
        expect(page.get_by_text("är tillbaka. Det är inte skickat än.")).to_be_visible()
        page.get_by_role("button", name="Lämna svaret").click()
        expect(page.get_by_text("Svaret är lämnat: Vara deltar.")).to_be_visible()
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('v6:')).length") == 0

    def test_a_refusal_that_is_a_page_of_its_own_is_no_receipt(self, cast: Cast, open_as: OpenAs) -> None:
        """Signed out and in again elsewhere, the form's key is another: the page that says so receives nothing."""
        here = Walk(cast).to(Status.SUBMITTED).case.get_absolute_url()
        page = open_as(cast.staff(), expects="403")
        page.goto(f"{here}steg/withdraw/")
        sign_out_and_in(page.context.new_page(), cast)
        page.get_by_label("Varför återtar du initiativet?").fill("Vi gör det själva.")
        page.get_by_role("button", name="Återta").click()
        expect(page.get_by_role("heading", name="Formuläret hade blivit för gammalt")).to_be_visible()
        page.goto(f"{here}steg/withdraw/")
        expect(page.get_by_label("Varför återtar du initiativet?")).to_have_value("Vi gör det själva.")

    def test_the_tab_is_closed_and_nothing_of_it_reaches_another_case(self, cast: Cast, open_as: OpenAs) -> None:
        one = Walk(cast).to(Status.SUBMITTED).case.get_absolute_url()
        other = Walk(cast, title="Något annat").to(Status.SUBMITTED).case.get_absolute_url()
        page = open_as(cast.staff())
        page.goto(f"{one}steg/withdraw/")
        page.get_by_label("Varför återtar du initiativet?").fill("Vi gör det själva.")
        again = page.context.new_page()
        page.close()
        again.goto(f"{other}steg/withdraw/")
        expect(again.get_by_label("Varför återtar du initiativet?")).to_have_value("")
        again.goto(f"{one}steg/withdraw/")
        expect(again.get_by_label("Varför återtar du initiativet?")).to_have_value("Vi gör det själva.")
        assert violations(again) == []


class TestSimilarWhileWriting:
    def test_they_appear_with_status_and_kommun_and_can_be_answered(self, cast: Cast, open_as: OpenAs) -> None:
        other = Walk(cast, "vara", title="Nyckelfria lås hos brukare i hemtjänsten").to(Status.V6_RECEIVED).case
        page = open_as(cast.lead())
        page.goto(NEW)
        write(page, Titel=TEXT["Titel"])
        alike = page.locator("#liknande")
        expect(alike).to_contain_text("Nyckelfria lås hos brukare i hemtjänsten")
        expect(alike).to_contain_text("Vara")
        expect(alike).to_contain_text("Inkommet till V6")
        expect(page.locator("#sparat")).to_contain_text("Ett liknande finns")
        assert violations(page) == []
        page.get_by_label("Förvaltning", exact=True).press_sequentially("Omsorg")
        alike.get_by_role("button", name="Inte samma").click()
        expect(alike).to_contain_text("visas inte längre här")
        expect(page.get_by_label("Förvaltning", exact=True)).to_have_value("Omsorg")
        alike.get_by_role("button", name="Ångra").click()
        alike.get_by_role("link", name="Det är samma sak").click()
        page.get_by_label("Ta bort mitt utkast").check()
        page.get_by_role("button", name="Det är samma sak").click()
        expect(page).to_have_url(re.compile(other.get_absolute_url()))
        assert other.events.filter(kind="same_need").count() == 1
        assert not Initiative.objects.drafts().exists()

    def test_what_one_may_not_see_is_neither_shown_nor_counted(self, cast: Cast, open_as: OpenAs) -> None:
        Walk(cast, "vara", title="Nyckelfria lås hos brukare i hemtjänsten").to(Status.SUBMITTED)
        page = open_as(cast.lead())
        page.goto(NEW)
        write_all(page)
        expect_saved(page)
        expect(page.locator("#liknande section")).to_have_count(0)
        assert "Nyckelfria" not in page.content()


def test_a_file_can_be_added_as_soon_as_the_draft_has_its_reference(cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.staff())
    page.goto(NEW)
    expect(page.locator("#bilagor")).to_contain_text("Spara utkastet först")
    write(page, Titel=TEXT["Titel"])
    expect_saved(page)
    page.get_by_label("Lägg till filer").set_input_files(
        {"name": "skiss.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("#bilagor")).to_contain_text("skiss.png")
    page.get_by_label("Väntad nytta").fill("Mer tid.")
    expect_stored_soon(benefit="Mer tid.")
    expect(page.locator("#bilagor")).to_contain_text("skiss.png")
    assert Initiative.objects.get().attachments.get().name == "skiss.png"


def expect_stored_soon(**fields: Any) -> None:
    until(lambda: Initiative.objects.filter(**fields).exists())
