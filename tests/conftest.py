"""What every test may ask for: the reference data, the eight organisations and the cast."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.cast import Cast
from v6portal.organizations.models import Organisation, User

SLOWEST = 15_000
"""ms that a busy machine may take to show what a test waits for."""
OTHERS_OUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""
JOBS_OUT = "truncate procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers, procrastinate_events"
"""The worker's tables are not Django's to flush."""
LOG_TRIGGERS = (
    "alter table governance_event {0} trigger event_never_truncated;"
    "alter table governance_entry {0} trigger entry_never_truncated;"
)


KEYS_OF_FIVE_DIGITS = """
    select setval(format('%I.%I', schemaname, sequencename)::regclass, 10000)
    from pg_sequences where schemaname = current_schema() and coalesce(last_value, 0) < 10000
"""
"""Primary keys as in a register that has been in use: one that a page groups (”1 001”) leads nowhere."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database holds what `load_reference` gives an installation, once, for all tests.

    A transactional test ends with a flush, which empties every table and then sends post_migrate, as a
    migration does: the reference data is put back on that signal, and the log is again one that cannot be emptied.
    """

    def refill(**kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LOG_TRIGGERS.format("enable"))
        call_command("load_reference", verbosity=0)

    with django_db_blocker.unblock():
        refill()
        with connection.cursor() as cursor:
            cursor.execute(KEYS_OF_FIVE_DIGITS)
    post_migrate.connect(refill, sender=apps.get_app_config("followup"), weak=False)
    yield
    # A thread of the live server may still hold a connection when the last test has ended; the database is to go.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(OTHERS_OUT)


@pytest.fixture(autouse=True)
def _the_log_is_emptied_only_after_the_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """The database refuses to truncate the log, to its owner too; the flush after a transactional test must.

    So the refusal is lifted when such a test has ended, and not while it runs. Asking for the database first
    makes this fixture end before the flush.
    """
    marker = request.node.get_closest_marker("django_db")
    transactional = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker is not None and marker.kwargs.get("transaction")
    )
    if not transactional:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute(LOG_TRIGGERS.format("disable"))
        cursor.execute(JOBS_OUT)


@pytest.fixture
def orgs(db: None) -> dict[str, Organisation]:
    """The eight organisations by key."""
    return {organisation.key: organisation for organisation in Organisation.objects.all()}


@pytest.fixture
def cast(db: None) -> Cast:
    """One person per role and organisation; see ``tests.cast``."""
    return Cast()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, else the one that Playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    own = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=own, args=arguments)
        expect.set_options(timeout=SLOWEST)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``open_as(person)`` gives a page in a browser where the person is signed in (for None, nobody is). Options
    go to the browser, such as ``color_scheme="dark"``.

    A page that complains in its console (a script error, something the security policy refused) fails the test,
    unless the complaint is one that the test says it ``expects``, a pattern.
    """
    complaints: list[str] = []
    contexts = []

    def listen(page: Page, expects: str) -> None:
        def note(complaint: str) -> None:
            if not (expects and re.search(expects, complaint)):
                complaints.append(f"{page.url}: {complaint}")

        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: note(str(error)))

    def open_page(person: User | None, *, expects: str = "", **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, locale="sv-SE", **options)
        contexts.append(context)
        context.on("page", lambda page: listen(page, expects))
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield open_page
    while_open = list(complaints)  # a page that is closed breaks off what it was sending
    for context in contexts:
        context.close()
    assert while_open == []
