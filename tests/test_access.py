"""Every address × everybody × every situation: who gets in, who is refused and how, typed from docs/process.md.

A new address without a line in ``tests.access_table`` fails the first test. ``visible_to`` and the workflow are tried
by themselves in ``tests/governance``; here is tried that every view asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from governance.models import Case, Decision, Event, ItAssessment, Participation, Stage
from initiatives.models import Assessment, GateAnswer, Initiative
from tests.access_table import (
    ADMIN,
    ALL_ACTS,
    ASKED_BLINDLY,
    ASKED_FOR_SLOW,
    AUTHORS,
    CALCULATING,
    CLOSED_TO_POST,
    CONFLICT,
    FORBIDDEN,
    FOUND,
    GIVING_OUT,
    ITS_AUTHORS_ONLY,
    LEADS_ON,
    LOGIN,
    MISSING,
    NO_SUCH_ACT,
    NOBODY,
    NOT_A_PAGE,
    NOTHING_SENT,
    OK,
    ONE,
    ONES_OWN,
    OPEN_IN,
    OTHERS,
    PAGES,
    READING_ONLY,
    SHARING_COSTS,
    SLOW,
    TRY_EVERYTHING,
    WRITERS,
    Answer,
)
from tests.cast import Cast
from tests.world import (
    EVERYBODY,
    GOLISKA,
    SEES,
    SIGNED_IN,
    V6,
    VARA,
    World,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """Without the figure beside *Att göra*: it says nothing of who gets in, and costs more than the rest of a page."""
    monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)
    return World(cast)


def answer_of(client: Client, address: str, method: str = "get") -> Answer:
    response = getattr(client, method)(address)
    if response.streaming:
        response.getvalue()  # a file is closed when it has been read
    if response.status_code == FOUND and response.url.startswith(("/logga-in/", "/admin/login/")):
        return LOGIN
    return int(response.status_code)


class Notes:
    """What was not as the table says, all of it at once."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.asked = 0

    def ask(self, client: Client, name: str, address: str, expected: Answer, method: str = "get") -> None:
        self.asked += 1
        if (found := answer_of(client, address, method)) != expected:
            self.wrong.append(f"{name} {method} {address}: {found}, väntat {expected}")


def own_addresses() -> Iterator[str]:
    """The names of all our addresses, and Django admin's first page and lists."""

    def names(resolver: Any, space: str = "") -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
            else:
                yield f"{space}{pattern.name}"

    for name in names(get_resolver()):
        if not name.startswith("admin:") or name == "admin:index" or name.endswith("_changelist"):
            yield name


def test_every_address_has_a_line() -> None:
    lines = [*PAGES, *OTHERS, *ONE, "act"]
    assert len(lines) == len(set(lines))
    assert sorted(own_addresses()) == sorted(lines)


def test_every_line_is_about_its_address() -> None:
    addresses = {name: path for name, (path, *_more) in (PAGES | OTHERS).items()}
    addresses |= {name: f"/initiativ/SKA-1/{rest}" for name, (rest, _statuses) in ONE.items()}
    assert {name: resolve(path).view_name for name, path in addresses.items()} == {name: name for name in addresses}


def test_who_gets_which_page(world: World) -> None:
    notes = Notes()
    for page, (address, welcome) in PAGES.items():
        for name in sorted(EVERYBODY):
            if page in SLOW and name in welcome - ASKED_FOR_SLOW:
                continue
            refused: Answer = FOUND if page == "login" else FORBIDDEN
            if name == "anonymous" or page.startswith("admin:"):
                refused = LOGIN
            notes.ask(world.client(name), name, address, OK if name in welcome else refused)
    for address, welcome, answer in OTHERS.values():
        for name in sorted(EVERYBODY):
            refused = LOGIN if name == "anonymous" else FORBIDDEN
            notes.ask(world.client(name), name, address, answer if name in welcome else refused)
    assert notes.wrong == []


def test_administration_does_not_ask_those_to_sign_in_who_already_are(world: World) -> None:
    notes = Notes()
    for name in sorted(SIGNED_IN):
        notes.ask(world.client(name), name, "/admin/login/", FOUND if name in ADMIN else FORBIDDEN)
    assert notes.wrong == []


def test_who_gets_which_page_of_an_initiative(world: World) -> None:
    notes = Notes()
    for situation, reference in world.references.items():
        for page, (rest, answers) in ONE.items():
            seeing = SEES[situation] & AUTHORS if page in ITS_AUTHORS_ONLY else SEES[situation]
            for name in sorted(EVERYBODY if page == "initiative" else seeing | TRY_EVERYTHING):
                expected = LOGIN if name == "anonymous" else answers[situation] if name in seeing else MISSING
                if page == "release" and expected == OK and name not in GIVING_OUT[situation]:
                    expected = FORBIDDEN
                notes.ask(world.client(name), name, f"/initiativ/{reference}/{rest}", expected)
    assert notes.wrong == []


def expected_of_act(situation: str, act: str, name: str) -> Answer:
    if name == "anonymous":
        return LOGIN
    if name not in SEES[situation] or act in NO_SUCH_ACT:
        return MISSING
    if act in LEADS_ON:
        return FOUND
    if act not in OPEN_IN[situation]:
        return CONFLICT
    return OK if name in OPEN_IN[situation][act] else FORBIDDEN


def acts_asked_for(situation: str, name: str) -> Iterator[tuple[str, Answer]]:
    acts = ASKED_BLINDLY
    if name in SEES[situation]:
        acts = ALL_ACTS if name in TRY_EVERYTHING else sorted(OPEN_IN[situation])
    for act in acts:
        yield act, expected_of_act(situation, act, name)


WRITTEN = (Event, Case, Initiative, Decision, Participation, Stage, ItAssessment, Assessment, GateAnswer)


def everything() -> list[list[tuple[Any, ...]]]:
    return [list(model._default_manager.order_by("pk").values_list()) for model in WRITTEN]


def test_who_may_open_the_form_of_an_act_and_everybody_else_is_refused_what_they_send(world: World) -> None:
    before, notes = everything(), Notes()
    for situation, reference in world.references.items():
        for name in sorted(EVERYBODY):
            for act, expected in acts_asked_for(situation, name):
                address = f"/initiativ/{reference}/steg/{act}/"
                notes.ask(world.client(name), name, address, expected, "get" if expected == OK else "post")
    assert notes.wrong == []
    assert everything() == before


@pytest.mark.parametrize("name", ["lead.vara", "reader.v6", "author"])
def test_the_form_is_not_even_shown_to_others(world: World, name: str) -> None:
    address = f"/initiativ/{world.references['in_v6']}/steg/v6_start/"
    assert world.client(name).get(address).status_code == FORBIDDEN


def test_the_pages_of_an_initiative_refuse_what_is_sent_by_others(world: World) -> None:
    """Nobody may answer questions, assess, record an införande or a benefit in any of the four situations."""
    before, notes = everything(), Notes()
    for situation, reference in world.references.items():
        asking = SEES[situation] - {*VARA[1:], *GOLISKA[1:], *V6[1:]} | {
            "staff.vara",
            "lead.vara",
            "outsider",
            "anonymous",
        }
        for page, (rest, _answers) in ONE.items():
            for name in sorted(asking - (AUTHORS if page in ITS_AUTHORS_ONLY else NOBODY)):
                expected: Answer = MISSING
                if name == "anonymous":
                    expected = LOGIN
                elif page in READING_ONLY:
                    expected = NOT_A_PAGE
                elif (page, situation) == ("attachments", "draft") and name in AUTHORS:
                    expected = NOTHING_SENT
                elif name in SEES[situation] and page == "agree":
                    expected = ONE[page][1][situation]
                elif name in SEES[situation] and page == "benefit_calculation":
                    refused = CONFLICT if situation == "draft" else FORBIDDEN
                    expected = OK if name in CALCULATING[situation] else refused
                elif name in SEES[situation] and page == "cost_sharing":
                    refused = CONFLICT if situation in ("draft", "submitted") else FORBIDDEN
                    expected = OK if name in SHARING_COSTS[situation] else refused
                elif name in SEES[situation] and page == "release":
                    refused = CONFLICT if situation == "draft" else FORBIDDEN
                    expected = OK if name in GIVING_OUT[situation] else refused
                elif name in SEES[situation] and page in CLOSED_TO_POST:
                    expected = CONFLICT
                elif name in SEES[situation] and page in ONES_OWN:
                    expected = FOUND
                notes.ask(world.client(name), name, f"/initiativ/{reference}/{rest}", expected, "post")
    assert notes.wrong == []
    assert everything() == before


def test_writing_and_registers_refuse_what_is_sent_by_others(world: World) -> None:
    before, notes = everything(), Notes()
    for page, welcome in {"initiative_new": WRITERS, "register_import": ADMIN}.items():
        for name in sorted(EVERYBODY - welcome):
            expected = LOGIN if name == "anonymous" else FORBIDDEN
            notes.ask(world.client(name), name, PAGES[page][0], expected, "post")
    for name in sorted(EVERYBODY - ADMIN):
        expected = LOGIN if name == "anonymous" else FORBIDDEN
        notes.ask(world.client(name), name, OTHERS["register_preview"][0], expected, "post")
    assert notes.wrong == []
    assert everything() == before


@pytest.mark.parametrize("rest", ["redigera/", "ta-bort/", "steg/submit/", "bedom/", "fragor/kommun/"])
def test_nothing_is_taken_from_another_site(world: World, rest: str) -> None:
    """A form that does not carry this session's own key is refused before the view is asked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("author"))
    before = everything()
    response = client.post(f"/initiativ/{world.references['draft']}/{rest}", {"title": "Annat"})
    assert response.status_code == FORBIDDEN
    assert everything() == before


def test_a_role_that_is_not_acted_in_gives_no_right(world: World, client: Client) -> None:
    """Who leads in Skara and reads in V6 takes Skara's steps as Skara's lead, and not as V6's reader."""
    lead = world.person("lead.skara")
    reader = world.cast.membership(lead, world.person("reader.v6").current_memberships[0].role, "v6")
    client.force_login(lead)
    address = f"/initiativ/{world.references['submitted']}/steg/start_qualification/"
    assert client.get(address).status_code == OK
    client.post("/byt-roll/", {"membership": reader.pk})
    assert client.get(address).status_code == FORBIDDEN
    assert client.post(address).status_code == FORBIDDEN


def test_nobody_acts_in_somebody_elses_role(world: World) -> None:
    others = world.person("lead.vara").current_memberships[0]
    client = world.client("staff.skara")
    assert client.post("/byt-roll/", {"membership": others.pk}).status_code == FORBIDDEN
    assert client.get(f"/initiativ/{world.references['in_v6']}/").status_code == MISSING
