"""Every address × everybody × every situation: who gets in, who is refused and how, typed from docs/process.md.

A new address without a line here fails the first test. ``visible_to`` and the workflow are tried by themselves in
``tests/governance``; here is tried that every view asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve
from django.utils import timezone

from followup.periods import HalfYear
from governance.models import Case, Decision, Event, ItAssessment, Participation, Stage
from initiatives.models import Assessment, GateAnswer, Initiative
from tests.cast import Cast
from tests.world import (
    ADMINISTRATORS,
    EVERYBODY,
    GOLISKA,
    INSIGHT,
    SEES,
    SIGNED_IN,
    SKARA,
    STAFF,
    V6,
    VARA,
    WITHOUT_A_ROLE,
    World,
)

pytestmark = pytest.mark.django_db

A_ROLE = SIGNED_IN - {*WITHOUT_A_ROLE}
WRITERS = {*STAFF, *SKARA, *VARA, *GOLISKA}
ADMIN = {*ADMINISTRATORS}
AUTHORS = {"author", "co_author"}
NOBODY: set[str] = set()

OK, FOUND, FORBIDDEN, MISSING, NOT_A_PAGE, CONFLICT = 200, 302, 403, 404, 405, 409
LOGIN = "till inloggningen"
Answer = int | str

# --- Pages about no initiative in particular: who gets them; the others are refused (403) or asked to sign in

PERIOD = f"/uppfoljning/{HalfYear.of(timezone.localdate()).code}/"
PAGES: dict[str, tuple[str, set[str]]] = {
    "health": ("/halsa/", EVERYBODY),
    "accessibility": ("/tillganglighet/", EVERYBODY),
    "privacy": ("/personuppgifter/", EVERYBODY),
    "help": ("/hjalp/", EVERYBODY),
    "login": ("/logga-in/", {"anonymous"}),
    "home": ("/", SIGNED_IN),
    "register": ("/initiativ/", SIGNED_IN),
    "register_list": ("/initiativ/lista.xlsx", SIGNED_IN),
    "initiative_new": ("/initiativ/nytt/", WRITERS),
    "ranking": ("/prioritering/", A_ROLE),
    "reports": ("/uppfoljning/", A_ROLE),
    "report": (PERIOD, A_ROLE),
    "report_json": (f"{PERIOD}rapport.json", A_ROLE),
    "report_xlsx": (f"{PERIOD}rapport.xlsx", A_ROLE),
    "report_pdf": (f"{PERIOD}rapport.pdf", A_ROLE),
    "report_list": (f"{PERIOD}B5/", A_ROLE),
    "register_import": ("/register/import/", ADMIN),
    "register_export": ("/register/export/", ADMIN),
    "admin:index": ("/admin/", ADMIN),
    "admin:organizations_user_changelist": ("/admin/organizations/user/", ADMIN),
    "admin:organizations_membership_changelist": ("/admin/organizations/membership/", ADMIN),
    "admin:organizations_organisation_changelist": ("/admin/organizations/organisation/", ADMIN),
    "admin:initiatives_assessmentmodel_changelist": ("/admin/initiatives/assessmentmodel/", ADMIN),
    "admin:initiatives_initiative_changelist": ("/admin/initiatives/initiative/", ADMIN),
    "admin:initiatives_round_changelist": ("/admin/initiatives/round/", ADMIN),
    "admin:initiatives_assessment_changelist": ("/admin/initiatives/assessment/", ADMIN),
    "admin:governance_principle_changelist": ("/admin/governance/principle/", ADMIN),
    "admin:governance_processsettings_changelist": ("/admin/governance/processsettings/", ADMIN),
    "admin:governance_case_changelist": ("/admin/governance/case/", ADMIN),
    "admin:governance_event_changelist": ("/admin/governance/event/", ADMIN),
    "admin:governance_decision_changelist": ("/admin/governance/decision/", ADMIN),
    "admin:governance_participation_changelist": ("/admin/governance/participation/", ADMIN),
    "admin:governance_stage_changelist": ("/admin/governance/stage/", ADMIN),
    "admin:governance_cost_changelist": ("/admin/governance/cost/", ADMIN),
    "admin:followup_adoption_changelist": ("/admin/followup/adoption/", ADMIN),
    "admin:followup_confirmation_changelist": ("/admin/followup/confirmation/", ADMIN),
}
SLOW = {"reports", "report", "report_list", "report_json", "report_xlsx", "report_pdf", "register_export"}
"""Given to a few only; refused to all whom they are refused."""
ASKED_FOR_SLOW = {"reader.vara", "staff.goliska", "admin.v6"}

# --- Addresses that do, or lead on: what those who may use them get for a GET

OTHERS: dict[str, tuple[str, set[str], int]] = {
    "logout": ("/logga-ut/", SIGNED_IN, NOT_A_PAGE),
    "act_as": ("/byt-roll/", SIGNED_IN, NOT_A_PAGE),
    "register_preview": ("/register/import/finns-inte/", ADMIN, FOUND),
}

# --- Pages of one initiative: what those get who see it; everybody else 404, in every situation

ONE: dict[str, tuple[str, dict[str, int]]] = {
    "initiative": ("", {"draft": FOUND, "submitted": OK, "in_v6": OK, "secret": OK}),
    "initiative_events": ("handelser/", dict.fromkeys(SEES, OK)),
    "gate": ("fragor/kommun/", dict.fromkeys(SEES, OK)),
    "assess": ("bedom/", dict.fromkeys(SEES, OK)),
    "record_adoption": ("inforande/", dict.fromkeys(SEES, CONFLICT)),
    "confirm_benefit": ("nytta/", dict.fromkeys(SEES, CONFLICT)),
    "initiative_edit": ("redigera/", {"draft": OK, "submitted": FOUND, "in_v6": FOUND, "secret": FOUND}),
    "draft_delete": ("ta-bort/", {"draft": OK, "submitted": FOUND, "in_v6": FOUND, "secret": FOUND}),
}
ITS_AUTHORS_ONLY = {"initiative_edit", "draft_delete"}
CLOSED_TO_POST = {"gate", "assess", "record_adoption", "confirm_benefit"}
READING_ONLY = {"initiative", "initiative_events"}

# --- Acts: who may take which step. Whoever else sees the initiative is refused (403 if somebody may, 409 if nobody)

OPEN_IN: dict[str, dict[str, set[str]]] = {
    "draft": {"submit": AUTHORS},
    "submitted": {
        "withdraw": {*AUTHORS, "lead.skara"},
        "start_qualification": {"lead.skara"},
        "refer": {"lead.skara"},
        "mark_duplicate": {"lead.skara"},
        "pause": {"lead.skara"},
        "recommend": {"council.skara"},
        "set_registry_number": {"registrar.skara"},
        "mark_secret": {"registrar.skara"},
        "lift_secrecy": {"registrar.skara"},
        "comment": INSIGHT,
    },
    "in_v6": {
        "mark_duplicate": {"coordinator.v6"},
        "pause": {"lead.skara", "coordinator.v6"},
        "v6_start": {"coordinator.v6"},
        "return_to_kommun": {"coordinator.v6"},
        "end_unrealised": {"director.skara"},
        "recommend": {"council.skara", "council.vara", "network.v6", "delivery.v6", "order_group.goliska"},
        "follow": {"lead.skara", "lead.vara"},
        "unfollow": {"lead.skara", "lead.vara"},
        "leave": {"director.skara"},
        "change_leader": {"director.skara"},
        "record_cost": {"lead.skara"},
        "set_registry_number": {"registrar.skara"},
        "mark_secret": {"registrar.skara"},
        "lift_secrecy": {"registrar.skara"},
        "comment": INSIGHT,
    },
}
OPEN_IN["secret"] = OPEN_IN["in_v6"]
LEADS_ON = {"answer_gate", "assess", "record_adoption", "confirm_benefit"}
"""Acts with a page of their own, to which their address leads."""
NO_SUCH_ACT = {"create", "delete_draft"}
NOT_YET = {"qualify", "decide_local", "send_to_v6", "answer_interest", "decide_start", "close"}
"""Some of the acts that nobody takes in any of the four; the workflow's own tests know all of them."""
ALL_ACTS = sorted({*OPEN_IN["draft"], *OPEN_IN["submitted"], *OPEN_IN["in_v6"], *LEADS_ON, *NO_SUCH_ACT, *NOT_YET})
TRY_EVERYTHING = {
    *("author", "staff.skara", "lead.skara", "director.skara"),
    *("lead.vara", "coordinator.v6", "superuser.admin", "outsider", "anonymous"),
}
"""Ask also for what nobody, or nobody but others, may have. The rest ask for what may be somebody's."""
ASKED_BLINDLY = ["withdraw", "comment"]
"""Tried by those who see nothing; what the act is makes no difference to them."""


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
                elif name in SEES[situation] and page in CLOSED_TO_POST:
                    expected = CONFLICT
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
