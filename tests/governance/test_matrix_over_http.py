"""Each status × act × role × place against the typed matrix, over HTTP: sent straight to the act's own address.

What the page offers no button for is sent all the same. The matrix is the one typed from the process description in
tests/governance/test_workflow.py; the table in the code is never asked. What nobody may do is tried by one at a time,
all in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from governance.models import Case, Decision, Event, InterestAnswer, ItAssessment, Participation, Stage
from governance.statuses import Status
from initiatives.models import Assessment, Attachment, GateAnswer, Initiative, Revision
from tests.governance.every_status import CAPACITIES, EveryStatus
from tests.governance.test_workflow import TYPED
from v6portal.organizations.roles import Role

MATRIX = {key: who for key, (_target, who) in TYPED.items()}
MATRIX["resume", "paused"] = MATRIX["pause", "interest"]
ACTS = sorted({act for act, _status in MATRIX} - {"take_up", "attach"})
"""What is taken up is written at a meeting (test_meetings.py), and its address leads there whoever asks;
a file belongs to a text, a stage or a cost, each with a page of its own (test_attachments.py, test_work_acts.py)."""
OF_EVIDENCE = {("remove_attachment", status) for status in ("local", "in_progress", "maintenance")}
"""Who may remove which piece of evidence follows from what it belongs to (test_work_acts.py)."""
EVERYBODY = ["author", *CAPACITIES]
REFUSED = {403, 404, 409}
A_FEW = 2
"""So many are tried where the same line of the matrix has been tried with all elsewhere."""
HIDDEN = (Status.DRAFT, Status.SUBMITTED, Status.QUALIFIED)
OUTSIDE = [("lead", "vara"), ("director", "essunga"), ("reader", "vara"), ("it_officer", "goliska"), ("admin", "v6")]
OUTSIDE += [("coordinator", "v6"), ("staff", "vara")]

OWN_ADDRESS = {"agree": "jamfor/N1/", "remove_attachment": "bilagor/{attachment}/ta-bort/"}
SENT = {"calculate": {"save": "1"}}
AFTER_CLOSING = {("agree", "qualified"), ("agree", "v6_prioritising")}
"""Taken when the round is closed; the rest of what is done there is done while it is open."""
KEPT = (Event, Case, Initiative, Decision, Participation, Stage, InterestAnswer, ItAssessment, Assessment, GateAnswer)
KEPT += (Revision, Attachment)  # type: ignore[assignment]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[EveryStatus]:
    """Everything in one transaction that never commits; what is let through is taken back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        one = EveryStatus()
        one.make_all()
        yield one
        transaction.set_rollback(True)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are not drawn: here is asked only who is let in. That they can be drawn is tried where they live."""

    def bare(_request: Any, template: str, _context: Any = None, status: int = 200) -> HttpResponse:
        return HttpResponse(template, status=status)

    for page in ("acts", "evidence", "gate", "agreeing", "scoring", "attachments", "benefit_calculation", "comparing"):
        monkeypatch.setattr(f"governance.views.{page}.render", bare)
    monkeypatch.setattr("governance.views.acts.beside", lambda case, user: {"case": case})
    monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)


def everything() -> list[list[tuple[Any, ...]]]:
    return [list(model._default_manager.order_by("pk").values_list()) for model in KEPT]


def variant_of(act: str, status: Status) -> str:
    return "_closed" if (act, status.value) in AFTER_CLOSING else ""


def sent(stage: EveryStatus, client: Client, act: str, status: Status) -> HttpResponse:
    """The answer to a form with nothing in it, at the page that the act has."""
    case = stage.case_in(status, variant_of(act, status)).case
    here = f"/initiativ/{case.initiative.reference}/"
    attachment = case.initiative.attachments.first()
    own = OWN_ADDRESS.get(act, f"steg/{act}/").format(
        attachment=attachment.public_id if attachment else "00000000-0000-4000-8000-000000000000"
    )
    answer = client.post(here + own, SENT.get(act, {}))
    client.cookies.pop("messages", None)
    if answer.status_code == 302 and answer["Location"].startswith(here) and answer["Location"] != here:
        leads_to = answer["Location"]
        if act not in OWN_ADDRESS and "/jamfor/" not in leads_to:  # a page of its own
            answer = client.post(leads_to, SENT.get(act, {}))
            client.cookies.pop("messages", None)
    return answer


def taken_back(stage: EveryStatus, client: Client, act: str, status: Status) -> HttpResponse:
    """The same, and then as if nothing had happened. What asks for nothing is taken, and has left one event."""
    with transaction.atomic():
        before = Event.objects.count()
        answer = sent(stage, client, act, status)
        taken = Event.objects.count() - before
        assert taken in (0, 1), (act, status)
        transaction.set_rollback(True)
    return answer


FIRST_IN: dict[tuple[str, frozenset[str]], str] = {}
for _act, _status in MATRIX:
    FIRST_IN.setdefault((_act, frozenset(MATRIX[_act, _status])), _status)
TURNS = {name: count() for name in ("place", "welcome", "unwelcome", "nobody")}


def some(people: list[str], turn: str, number: int) -> list[str]:
    """The next ones, so that everybody has her turn in the long run."""
    start = next(TURNS[turn]) * number
    return [people[(start + n) % len(people)] for n in range(min(number, len(people)))]


def tried(stage: EveryStatus, act: str, status: Status) -> dict[str, bool]:
    """Who tries the act where it stands, and whether the matrix lets her.

    Where a line is met for the first time: each role that it names, at every place, and each other role at one place.
    Where the same line is met again, some of each kind.
    """
    allowed = MATRIX[act, status.value]
    may = {who: bool(stage.names_of(who, status) & allowed) for who in EVERYBODY}
    named = {name.split("@")[0] for name in allowed}
    if FIRST_IN[act, frozenset(allowed)] == status.value and len(named) < len(Role):
        by_role: dict[str, list[str]] = {}
        for who in EVERYBODY:
            by_role.setdefault(who.split("@")[0], []).append(who)
        asked = [who for role, all in by_role.items() for who in (all if role in named else some(all, "place", 1))]
    else:
        asked = some([who for who in may if may[who]], "welcome", A_FEW)
        asked += some([who for who in may if not may[who]], "unwelcome", A_FEW)
    return {who: may[who] for who in asked}


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
def test_who_may_take_which_act_from_here(stage: EveryStatus, undrawn: None, status: Status) -> None:
    wrong, before = [], everything()
    for act in (act for act in ACTS if (act, status.value) in MATRIX.keys() - OF_EVIDENCE):
        for who, may in tried(stage, act, status).items():
            client, events = stage.client(who, status), Event.objects.count()
            found = (taken_back if may else sent)(stage, client, act, status).status_code
            if (found not in REFUSED) != may or Event.objects.count() != events:
                wrong.append(f"{act} from {status} by {who}: {found}")
    assert wrong == []
    assert everything() == before


@pytest.mark.parametrize("status", list(Status))
def test_what_nobody_may_do_from_here_is_refused_whoever_tries(
    stage: EveryStatus, undrawn: None, status: Status
) -> None:
    acts = [act for act in ACTS if (act, status.value) not in MATRIX]
    if status == Status.DRAFT:  # what is attached to a draft is no act of the process
        acts.remove("remove_attachment")
    before = everything()
    for act in acts:
        (who,) = ["author"] if status == Status.DRAFT else some(EVERYBODY, "nobody", 1)
        code = sent(stage, stage.client(who, status), act, status).status_code
        assert code in REFUSED, f"{act} from {status} by {who}: {code}"
    assert everything() == before


def test_who_may_not_see_the_case_is_told_what_is_told_of_one_that_does_not_exist(stage: EveryStatus) -> None:
    """Of a draft, and of what has not been sent to V6; those with a role elsewhere, and one who has none at all."""
    strangers = {f"{role}.{place}": stage.cast.person(Role(role), place) for role, place in OUTSIDE}
    strangers["nobody"] = stage.cast.outsider()

    def told(client: Client, reference: str, act: str) -> tuple[int, bytes]:
        answer = client.post(f"/initiativ/{reference}/steg/{act}/", {"motivation": "Hej."})
        body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
        return answer.status_code, body.replace(reference.encode(), b"")

    before = everything()
    for name, person in strangers.items():
        client = Client()
        client.force_login(person)
        for act in ("comment", "assess"):
            unknown = told(client, "DI-1999-999", act)
            assert unknown[0] == 404
            for status in HIDDEN if name != "nobody" else (*HIDDEN, Status.INTEREST):
                assert told(client, stage.case_in(status).case.initiative.reference, act) == unknown, (name, status)
    assert everything() == before


ALREADY_SO = {"join": {"leads", "part"}, "answer_interest": {"leads", "part"}, "follow": {"leads", "part"}}
"""Open by the matrix but without meaning, by where the person is: a kommun that takes part has joined."""
NEVER_A_BUTTON = {"same_need", "agree", "calculate", "remove_attachment", "unfollow", "lift_secrecy"}
"""Pressed from another page, or undoing what has not been done in any of the cases."""
OFTEN_NO_BUTTON = {"hand_task", "share_costs", "replan", "correct", "release", "purge"}
"""Asked for where there is a colleague, a decision, a coming stage … to do it with."""
ASKED_BY = ("author", "lead@own", "lead@leads", "director@leads", "director@other", "manager@own", "coordinator@v6")
ASKED_BY += ("it_officer@it", "reader@own")


@pytest.mark.parametrize("status", list(Status))
def test_the_page_has_a_button_for_what_would_be_let_through_and_for_nothing_else(
    stage: EveryStatus, status: Status
) -> None:
    """A step that still lacks something is let through to its form and refused there: its button cannot be pressed."""
    case = stage.case_in(status).case
    for who in ("author",) if status == Status.DRAFT else ASKED_BY:
        client = stage.client(who, status)
        names = stage.names_of(who, status)
        places = {name.split("@")[-1] for name in names}
        let = {act for act in ACTS if MATRIX.get((act, status.value), set()) & names}
        let -= {act for act, already in ALREADY_SO.items() if places & already}
        page = client.get(case.get_absolute_url(), follow=True).content.decode()
        shown = set(re.findall(r'class="btn[^"]*" href="/initiativ/[^/]+/steg/([a-z0-9_]+)/"', page))
        if status == Status.DRAFT:
            shown = {"submit"} if 'name="submit"' in page or "Skicka in" in page else set()
        shown -= {"attach"}
        assert not shown & NEVER_A_BUTTON
        assert shown <= let, f"{who} in {status}: {shown - let} are refused"
        for act in let - shown - NEVER_A_BUTTON - OFTEN_NO_BUTTON:
            form = client.get(f"/initiativ/{case.initiative.reference}/steg/{act}/", follow=True).content.decode()
            assert "Det här återstår" in form, f"{who} in {status}: no button for {act}"
