"""The half-year's report: the coordinator approves it with the keyboard, a director reads it on a phone and says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from followup.models import ReportReading
from governance.mail import sending
from tests.cast import Cast
from tests.followup.approved import PERIOD, SUMMARY, adopt, day, reviewed, worked
from tests.journeys.looking import scrolls_sideways, violations
from tests.postoffice import give_address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = f"/uppfoljning/{PERIOD.code}/"


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert scrolls_sideways(page) == 0


def test_approved_with_the_keyboard_and_read_on_a_phone(
    cast: Cast, open_as: Callable[..., Page], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    walk = worked(cast)
    director = cast.director("vara")
    give_address(director)
    reviewed(cast)
    page = open_as(cast.coordinator(), expects="status of 422", viewport={"width": 1280, "height": 900})
    page.goto("/")
    with page.expect_navigation():
        page.get_by_role("link", name="Fastställ").press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Fastställ rapporten").press("Enter")
    expect(page.get_by_text("Skriv en sammanfattning.").first).to_be_visible()
    looked_at(page)
    page.get_by_label("Sammanfattning").focus()
    page.keyboard.type(SUMMARY)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Rapporten är fastställd och skickad")).to_be_visible()
    adopt(walk, "lidkoping", day(160).date())

    sending.go_round()
    (message,) = [one for one in mail.outbox if one.to == [director.email]]
    link = re.search(r"Öppna i portalen: (\S+)", str(message.body))
    assert link
    phone = open_as(director, viewport={"width": 360, "height": 780}, has_touch=True)
    phone.goto(urlsplit(link[1]).path)
    expect(phone.get_by_text(SUMMARY)).to_be_visible()
    expect(phone.get_by_role("heading", name="Sedan rapporten fastställdes")).to_be_visible()
    looked_at(phone)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Jag har tagit del av den").tap()
    expect(phone.get_by_text("Du tog del av rapporten den")).to_be_visible()
    assert ReportReading.objects.get().person == director

    page.goto(f"{AT}mottagare/")
    row = page.get_by_role("row", name=re.compile("Vara"))
    expect(row.get_by_text("Ja", exact=True)).to_be_visible()
    looked_at(page)
    page.set_viewport_size({"width": 360, "height": 780})
    assert scrolls_sideways(page) == 0
