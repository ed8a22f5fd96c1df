"""A director answers the inquiry on a telephone: from the link in the mail to the receipt, every touch counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from governance.acts import Act
from governance.mail import sending
from governance.models import InterestAnswer, Notice
from governance.statuses import Status
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.postoffice import give_address
from tests.walk import Walk, decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]


class Hand:
    """Counts what a hand does: each touch, and each run of writing, is one."""

    def __init__(self) -> None:
        self.count = 0

    def touches(self, thing: Locator) -> None:
        self.count += 1
        thing.click()

    def writes(self, thing: Locator, words: str) -> None:
        self.touches(thing)
        self.count += 1
        thing.page.keyboard.type(words)


@pytest.fixture
def asked(cast: Cast) -> Walk:
    """Vara's director has answered another inquiry before, by the same delegation; the mail about this one is sent."""
    director = cast.director("vara")
    before = Walk(cast, title="Ett tidigare").to(Status.INTEREST)
    given = decision(director, delegation_reference="KS 7.2", to_be_reported=True)
    before.act(Act.ANSWER_INTEREST, director, answer="wait", **given)
    give_address(director)
    Notice.objects.all().delete()
    return Walk(cast).to(Status.INTEREST)


def answers(page: Page, hand: Hand) -> None:
    hand.touches(page.locator("label", has_text="Delta").first)
    hand.touches(page.get_by_label("Kommunen kan leda, om det behövs"))
    hand.writes(page.get_by_label("Motivering"), "Vi har samma behov.")
    with page.expect_navigation():
        hand.touches(page.get_by_role("button", name="Lämna svaret"))


def test_from_the_mail_to_the_receipt_in_under_ten_touches(
    asked: Walk, cast: Cast, open_as: OpenAs, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sending.go_round()
    (message,) = [m for m in mail.outbox if "Vill kommunen vara med?" in m.subject]
    link = re.search(r"Öppna i portalen: (\S+)", str(message.body))
    assert link is not None
    page, hand = open_as(cast.director("vara"), viewport={"width": 360, "height": 740}), Hand()
    hand.count += 1  # the link in the mail
    page.goto(urlsplit(link[1]).path)
    expect(page.get_by_label("Stöd i delegationsordningen")).to_have_value("KS 7.2")
    assert scrolls_sideways(page) <= 0
    assert violations(page) == []
    page.reload()
    answers(page, hand)
    expect(page.get_by_text("Svaret är lämnat: Vara deltar.")).to_be_visible()
    assert hand.count < 10
    answer = InterestAnswer.objects.standing().select_related("decision").get(case=asked.case)
    assert (answer.answer, answer.offers_to_lead) == ("join", True)
    assert (answer.decision.delegation_reference, answer.decision.to_be_reported) == ("KS 7.2", True)


def test_from_the_first_page_without_scripts(asked: Walk, cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.director("vara"), viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/")
    hand = Hand()
    with page.expect_navigation():
        hand.touches(page.locator(f'.todo a[href="{asked.case.get_absolute_url()}steg/answer_interest/"]'))
    page.get_by_text("Läs underlaget").click()
    expect(page.get_by_role("heading", name="Kommunernas besked")).to_be_visible()
    answers(page, hand)
    expect(page.get_by_text("Svaret är lämnat: Vara deltar.")).to_be_visible()
    assert hand.count < 10
