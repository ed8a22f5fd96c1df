"""Every act of the process has a page: for those whose step it is a form, for everybody else a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.models import Case, Event, Participation, Principle
from governance.statuses import Status
from governance.workflow import TABLE
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def LATER() -> str:
    return (TODAY() + dt.timedelta(days=30)).isoformat()


DECISION = {"motivation": "Det behövs.", "decider_name": "Ada Beslut", "decided_on": TODAY().isoformat()}
WHY = {"motivation": "Därför."}
TEXT = {
    "title": "Digitala nycklar",
    "department": "Omsorg",
    "need": "Nycklar hämtas och lämnas.",
    "benefit": "Mer tid hos den som har hjälp.",
    "target": ["residents"],
}


def later(days: int = 30) -> str:
    return (TODAY() + dt.timedelta(days=days)).isoformat()


@dataclass(frozen=True)
class Given:
    """One act as it is taken on its page: from where, by whom, with what; ``first`` prepares the case."""

    status: Status
    act: Act
    who: Callable[[Walk], User]
    data: Callable[[Walk], dict[str, Any]]
    first: Callable[[Walk], Any] = lambda walk: None
    at: str = "act"


def _lead(walk: Walk) -> User:
    return walk.cast.lead("skara")


def _author(walk: Walk) -> User:
    return walk.author


def _director(walk: Walk) -> User:
    return walk.cast.director("skara")


def _coordinator(walk: Walk) -> User:
    return walk.cast.coordinator()


def _registrar(walk: Walk) -> User:
    return walk.cast.registrar("skara")


def _stage(walk: Walk) -> str:
    return str(walk.case.stages.ongoing().get().pk)


def _org(walk: Walk, key: str) -> str:
    return str(walk.cast.orgs[key].pk)


def _another(walk: Walk) -> str:
    return Walk(walk.cast, title="Nycklar en gång till").to(Status.SUBMITTED).case.initiative.reference


def _ready_to_hand_over(walk: Walk) -> None:
    from followup.actions import record_adoption

    walk.end_stage()
    record_adoption(case=walk.case, by=walk.lead, organisation=walk.cast.orgs["skara"], in_use_on=walk.today)
    walk.act(Act.NAME_OBJECT, walk.lead, managed_object="Välfärdsteknik")


def _request(walk: Walk) -> dict[str, Any]:
    return {"it_request": "Går låsen att koppla in?", "wished_start": later(), "it_users": "120", "it_objects": ""}


def _another_lead(walk: Walk) -> dict[str, Any]:
    return {"colleague": str(walk.cast.lead(number=2).pk), "motivation": "Jag hinner inte."}


def _commitment_wanted(walk: Walk) -> None:
    walk.it_assess(commitment_needed=True)


S, A = Status, Act
NOTHING: Callable[[Walk], dict[str, Any]] = lambda walk: {}  # noqa: E731
COST = {"kind": "development", "value": "actual", "amount": "1 999 899,50", "date": TODAY().isoformat()}

GIVEN = [
    Given(S.DRAFT, A.SUBMIT, lambda w: w.author, NOTHING),
    Given(S.SUBMITTED, A.WITHDRAW, lambda w: w.author, lambda w: WHY),
    Given(S.SUBMITTED, A.START_QUALIFICATION, _lead, NOTHING),
    Given(S.QUALIFYING, A.REQUEST_SUPPLEMENT, _lead, lambda w: WHY),
    Given(S.SUPPLEMENT, A.SUPPLEMENT, lambda w: w.author, lambda w: {**WHY, **TEXT}),
    Given(S.QUALIFYING, A.QUALIFY, _lead, NOTHING, lambda w: w.answer_k()),
    Given(S.SUBMITTED, A.REFER, _lead, lambda w: {**WHY, "referred_to": "it_order"}),
    Given(S.QUALIFYING, A.MARK_DUPLICATE, _lead, lambda w: {"original": _another(w).lower()}),
    Given(S.V6_QUALIFYING, A.MARK_DUPLICATE, _coordinator, lambda w: {"original": _shared(w)}),
    Given(S.QUALIFIED, A.PRIORITISE, _lead, lambda w: {"order": "1"}, lambda w: w.assess_at_home()),
    Given(S.PRIORITISED, A.DECIDE_LOCAL, lambda w: w.cast.manager(), lambda w: DECISION),
    Given(
        S.PRIORITISED,
        A.SEND_TO_V6,
        _director,
        lambda w: {**DECISION, "motive": "scale", "leader": _org(w, "skara"), "notice_accepted": "on"},
    ),
    Given(S.PRIORITISED, A.REJECT, _director, lambda w: DECISION),
    Given(S.SUBMITTED, A.PAUSE, _lead, lambda w: {**WHY, "review_on": later()}),
    Given(S.PAUSED, A.RESUME, _lead, lambda w: WHY),
    Given(S.V6_RECEIVED, A.V6_START, _coordinator, NOTHING),
    Given(S.V6_QUALIFYING, A.V6_QUALIFY, _coordinator, lambda w: {"deadline": later()}, lambda w: _answer_s(w)),
    Given(S.INTEREST, A.CLOSE_INTEREST, _coordinator, NOTHING, lambda w: w.all_answer()),
    Given(S.INTEREST, A.ASK_GOLISKA, _coordinator, _request, lambda w: w.all_answer()),
    Given(S.IT_ASSESSMENT, A.IT_ASSESS, lambda w: w.cast.it_officer(), NOTHING, lambda w: w.draft_it_assessment()),
    Given(S.QUALIFIED, A.AMEND, lambda w: w.author, lambda w: {**WHY, **TEXT}),
    Given(S.V6_PRIORITISING, A.AMEND, _lead, lambda w: {**WHY, **TEXT}),
    Given(S.QUALIFIED, A.CLOSE_ROUND, _lead, NOTHING, lambda w: w.assess_at_home()),
    Given(S.V6_PRIORITISING, A.CLOSE_ROUND, _coordinator, NOTHING, lambda w: _all_assess(w)),
    Given(S.V6_PRIORITISING, A.V6_PRIORITISE, _coordinator, lambda w: {"order": "1"}, lambda w: _all_assess(w)),
    Given(
        S.AWAITING_START,
        A.DECIDE_START,
        _director,
        lambda w: {
            **DECISION,
            "stage_type": "project",
            "start": TODAY().isoformat(),
            "leader": _org(w, "skara"),
            "budget": "250 000",
        },
    ),
    Given(S.V6_RECEIVED, A.RETURN_TO_KOMMUN, _coordinator, lambda w: WHY),
    Given(S.AWAITING_START, A.END_UNREALISED, _director, lambda w: DECISION),
    Given(S.IN_PROGRESS, A.HAND_OVER, _lead, NOTHING, _ready_to_hand_over),
    Given(S.IN_PROGRESS, A.CLOSE, _lead, lambda w: WHY, lambda w: w.end_stage()),
    Given(S.QUALIFIED, A.DECLARE_CONFLICT, _lead, lambda w: WHY),
    Given(S.INTEREST, A.RECOMMEND, lambda w: w.cast.network(), lambda w: {**WHY, "stance": "approve"}),
    Given(S.INTEREST, A.ANSWER_INTEREST, lambda w: w.cast.director("vara"), lambda w: {**DECISION, "answer": "join"}),
    Given(S.IT_ASSESSMENT, A.DRAFT_IT_ASSESSMENT, lambda w: w.cast.it_officer(), lambda w: {"impact": "Liten."}),
    Given(
        S.IT_ASSESSMENT,
        A.DECIDE_COMMITMENT,
        lambda w: w.cast.it_director(),
        lambda w: {**DECISION, "commitment": "yes"},
        _commitment_wanted,
    ),
    Given(S.IN_PROGRESS, A.JOIN, lambda w: w.cast.director("essunga"), lambda w: {**DECISION, "joined_on": ""}),
    Given(S.INTEREST, A.FOLLOW, lambda w: w.cast.lead("essunga"), NOTHING),
    Given(S.INTEREST, A.UNFOLLOW, lambda w: w.cast.lead("essunga"), NOTHING, lambda w: _follow(w)),
    Given(
        S.IN_PROGRESS,
        A.LEAVE,
        lambda w: w.cast.director("vara"),
        lambda w: {
            **DECISION,
            "principle": str(Principle.objects.get(code="P5").pk),
            "reason": "Ingen tid.",
            "goes_on_following": "on",
        },
    ),
    Given(S.IN_PROGRESS, A.CHANGE_LEADER, _director, lambda w: {**DECISION, "leader": _org(w, "vara")}),
    Given(S.IN_PROGRESS, A.START_STAGE, _lead, lambda w: {"stage_type": "project", "start": TODAY().isoformat()}),
    Given(
        S.IN_PROGRESS,
        A.END_STAGE,
        _lead,
        lambda w: {"stage": _stage(w), "end": TODAY().isoformat(), "outcome": "done"},
    ),
    Given(
        S.IN_PROGRESS,
        A.REPLAN,
        _lead,
        lambda w: {"planned": f"etapp-{_stage(w)}", "planned_end": LATER(), "motivation": "Leveransen dröjer."},
    ),
    Given(S.IN_PROGRESS, A.RECORD_COST, _lead, lambda w: COST),
    Given(S.IN_PROGRESS, A.NAME_OBJECT, _lead, lambda w: {"managed_object": "Välfärdsteknik"}),
    Given(
        S.IN_PROGRESS,
        A.RECORD_ADOPTION,
        _lead,
        lambda w: {"organisation": _org(w, "vara"), "in_use_on": TODAY().isoformat(), "note": "Två områden."},
        at="record_adoption",
    ),
    Given(
        S.IN_PROGRESS,
        A.CONFIRM_BENEFIT,
        _lead,
        lambda w: {"kind": "new", "holds": "yes", "date": TODAY().isoformat(), "grounds": "Fanns inte."},
        lambda w: _ready_to_hand_over(w),
        at="confirm_benefit",
    ),
    Given(S.SUBMITTED, A.SET_REGISTRY_NUMBER, _registrar, lambda w: {"registry_number": "VON 2026/318"}),
    Given(
        S.SUBMITTED,
        A.MARK_SECRET,
        _registrar,
        lambda w: {"legal_basis": "18 kap. 8 § OSL", "marked_on": TODAY().isoformat(), "readers": ["skara:registrar"]},
    ),
    Given(S.SUBMITTED, A.LIFT_SECRECY, _registrar, lambda w: WHY, lambda w: _mark_secret(w)),
    Given(S.SUBMITTED, A.SAME_NEED, lambda w: w.cast.reader("skara"), lambda w: WHY),
    Given(S.SUBMITTED, A.HAND_TASK, _lead, _another_lead, lambda w: w.cast.lead(number=2)),
    Given(S.SUBMITTED, A.COMMENT, lambda w: w.cast.reader("skara"), lambda w: WHY),
]
ELSEWHERE = {
    Act.ANSWER_GATE,
    Act.ASSESS,
    Act.AGREE,
    Act.CALCULATE,
    Act.SHARE_COSTS,
    Act.ATTACH,
    Act.REMOVE_ATTACHMENT,
    Act.TAKE_UP,
    Act.CORRECT,
    Act.RELEASE,
    Act.PURGE,
}
"""Acts whose pages have their own tests."""


def _shared(walk: Walk) -> str:
    return Walk(walk.cast, "vara", title="Nycklar i Vara").to(Status.V6_RECEIVED).case.initiative.reference


def _answer_s(walk: Walk) -> None:
    from initiatives.actions.assessing import Reply
    from initiatives.models import GateReply
    from tests.walk import S_CODES

    walk.act(Act.ANSWER_GATE, walk.cast.coordinator(), replies={code: Reply(GateReply.YES) for code in S_CODES})


def _all_assess(walk: Walk) -> None:
    for kommun in ("skara", "vara"):
        walk.assess_in_v6(kommun)


def _follow(walk: Walk) -> None:
    walk.act(Act.FOLLOW, walk.cast.lead("essunga"))


def _mark_secret(walk: Walk) -> None:
    from v6portal.organizations.roles import Role

    walk.act(
        Act.MARK_SECRET,
        walk.cast.registrar("skara"),
        legal_basis="18 kap. 8 § OSL",
        marked_on=TODAY(),
        readers=[(walk.cast.orgs["skara"], Role.REGISTRAR)],
    )


def address(case: Case, act: str) -> str:
    return f"/initiativ/{case.initiative.reference}/steg/{act}/"


def events_of(case: Case, act: Act) -> int:
    return Event.objects.filter(case=case, kind=act).count()


def ids(given: Given) -> str:
    return f"{given.act}-{given.status}"


@pytest.mark.parametrize("given", GIVEN, ids=ids)
def test_the_person_whose_step_it_is_takes_it_on_its_page(cast: Cast, client: Client, given: Given) -> None:
    walk = Walk(cast).to(given.status)
    given.first(walk)
    client.force_login(given.who(walk))
    page = client.get(address(walk.case, given.act), follow=True)
    assert page.status_code == 200
    assert "Det här återstår" not in page.content.decode()
    where = page.request["PATH_INFO"]
    before = events_of(walk.case, given.act)

    answer = client.post(where, {**given.data(walk), "seen": walk.case.status})

    assert answer.status_code == 302, answer.context["form"].errors
    leads_to = "jamfor/" if given.act is A.CLOSE_ROUND else ""
    assert answer["Location"] == walk.case.get_absolute_url() + leads_to
    assert events_of(walk.case, given.act) == before + 1


@pytest.mark.parametrize("given", GIVEN, ids=ids)
def test_a_reader_is_told_that_it_is_not_hers(cast: Cast, client: Client, given: Given) -> None:
    if given.act in (Act.COMMENT, Act.SAME_NEED, Act.SUBMIT, Act.LIFT_SECRECY):
        pytest.skip("open to readers too, or not to be seen by them at all")
    walk = Walk(cast).to(given.status)
    given.first(walk)
    client.force_login(cast.reader("skara"))
    page = client.get(address(walk.case, given.act), follow=True)
    assert page.status_code == 403
    assert "i den roll du har nu" in page.content.decode()
    before = events_of(walk.case, given.act)
    refused = client.post(page.request["PATH_INFO"], given.data(walk))
    assert refused.status_code == 403
    assert events_of(walk.case, given.act) == before


def test_every_act_of_the_table_is_tried_here_or_has_a_page_of_its_own() -> None:
    assert {row.act for row in TABLE} - ELSEWHERE == {given.act for given in GIVEN}


@pytest.mark.parametrize("act", ["reject", "start_qualification", "mark_secret"])
def test_who_may_not_see_the_case_finds_no_page(cast: Cast, client: Client, act: str) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    for stranger in (cast.lead("vara"), cast.coordinator(), cast.outsider()):
        client.force_login(stranger)
        assert client.get(address(walk.case, act)).status_code == 404
        assert client.post(address(walk.case, act), WHY).status_code == 404


@pytest.mark.parametrize("act", ["create", "imported", "delete_draft", "något-annat"])
def test_what_is_no_step_of_the_table_has_no_page(cast: Cast, client: Client, act: str) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    client.force_login(walk.lead)
    assert client.get(address(walk.case, act)).status_code == 404


def test_what_remains_is_listed_under_a_button_that_cannot_be_pressed(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFYING)
    client.force_login(walk.lead)
    page = client.get(address(walk.case, "qualify")).content.decode()
    assert "Det här återstår" in page
    assert "Besvara 13 frågor. Den första är ”Är det digitalisering enligt V6:s definition?”." in page
    assert '<button class="btn" disabled' in page
    sent = client.post(address(walk.case, "qualify"), {"seen": "qualifying"})
    assert "Besvara 13 frågor." in sent.content.decode()
    assert Case.objects.get(pk=walk.case.pk).status == Status.QUALIFYING


def test_a_decision_that_lacks_something_is_sent_back_with_everything_typed(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.PRIORITISED)
    client.force_login(walk.decider)
    sent = client.post(
        address(walk.case, "reject"),
        {"decider_name": "Ada Beslut", "decided_on": "2026-13-45", "delegation_reference": "KS 3.1", "motivation": ""},
    )
    page = sent.content.decode()
    assert "Skriv en motivering till beslutet." in page
    assert 'href="#id_motivation"' in page
    assert 'value="KS 3.1"' in page
    assert 'value="Ada Beslut"' in page
    assert Case.objects.get(pk=walk.case.pk).status == Status.PRIORITISED


def test_what_the_door_refuses_is_said_above_the_form_with_everything_typed(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.PRIORITISED)
    client.force_login(walk.decider)
    page = client.post(address(walk.case, "reject"), {**DECISION, "body": "Kommunstyrelsen"}).content.decode()
    assert "Ange både organ och protokollets paragraf" in page
    assert 'value="Kommunstyrelsen"' in page
    assert "<details" in page
    assert "open" in page[page.index("Mer om beslutet, eller om någon annan har beslutat") - 60 :][:60]


def test_the_decider_is_suggested_and_may_be_somebody_else(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.PRIORITISED)
    client.force_login(walk.decider)
    form = client.get(address(walk.case, "reject")).context["form"]
    assert form["decider_name"].value() == str(walk.decider)
    assert form["decided_on"].value() == TODAY()
    client.post(address(walk.case, "reject"), {**DECISION, "seen": "prioritised"})
    taken = walk.case.decisions.get()
    assert (taken.decider_name, taken.decider) == ("Ada Beslut", None)


def test_sending_to_v6_says_first_what_it_means(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.PRIORITISED)
    client.force_login(walk.decider)
    page = client.get(address(walk.case, "send_to_v6")).content.decode()
    assert "kan initiativet bli en allmän handling" in page
    sent = client.post(
        address(walk.case, "send_to_v6"), {**DECISION, "motive": "scale", "leader": str(cast.orgs["skara"].pk)}
    )
    assert "Bekräfta att du förstår" in sent.content.decode()
    assert not Case.objects.get(pk=walk.case.pk).initiative.is_shared


class TestWhatIsSaidAfterwards:
    """One sentence, without the word that a screen reader is given before it, and nothing twice."""

    @pytest.mark.parametrize(
        ("status", "act", "who", "data", "sentence"),
        [
            (
                Status.SUBMITTED,
                Act.START_QUALIFICATION,
                _lead,
                {},
                "Kvalificering påbörjad. Läget är nu Under kvalificering.",
            ),
            (Status.QUALIFYING, Act.REQUEST_SUPPLEMENT, _lead, {"motivation": "Hur ofta?"}, "Frågan är skickad."),
            (
                Status.SUPPLEMENT,
                Act.SUPPLEMENT,
                _author,
                {**WHY, **TEXT},
                "Ditt svar är skickat till utvecklingsledaren.",
            ),
            (
                Status.SUPPLEMENT,
                Act.SUPPLEMENT,
                _lead,
                {**WHY, **TEXT},
                "Kompletterat. Läget är nu Under kvalificering.",
            ),
            (Status.SUBMITTED, Act.WITHDRAW, _author, {"motivation": "Löst."}, "Återtaget."),
            (Status.SUBMITTED, Act.COMMENT, _lead, {"motivation": "Ring."}, "Anteckningen är sparad."),
        ],
    )
    def test_a_good_sentence(
        self, cast: Cast, client: Client, status: Status, act: Act, who: Any, data: dict[str, Any], sentence: str
    ) -> None:
        walk = Walk(cast).to(status)
        client.force_login(who(walk))
        page = client.post(address(walk.case, act), data, follow=True)
        (said,) = [str(message) for message in page.context["messages"]]
        assert said == sentence

    def test_the_same_words_are_not_said_twice(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        client.force_login(walk.decider)
        data = next(given.data(walk) for given in GIVEN if given.act == Act.DECIDE_LOCAL)
        page = client.post(address(walk.case, Act.DECIDE_LOCAL), data, follow=True)
        assert [str(message) for message in page.context["messages"]] == ["Beslut: genomförs lokalt."]


class TestTwoAtOnce:
    def test_the_second_is_told_who_was_first_and_keeps_what_she_wrote(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        client.force_login(walk.decider)
        walk.act(Act.DECIDE_LOCAL, cast.manager(), **decision(cast.manager()))
        answer = client.post(
            address(walk.case, "reject"), {**DECISION, "motivation": "Ryms inte i budgeten.", "seen": "prioritised"}
        )
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "när läget är Genomförs lokalt" in page
        assert "Ryms inte i budgeten." in page
        assert "Förvaltningschef Skara" in page
        assert Case.objects.get(pk=walk.case.pk).status == Status.LOCAL

    def test_where_the_step_is_still_on_she_may_press_again(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        client.force_login(walk.lead)
        walk.start_qualification()
        there = address(walk.case, "withdraw")
        answer = client.post(there, {"motivation": "Redan löst.", "seen": "submitted"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "hann före: kvalificering påbörjad" in page
        assert "Redan löst.</textarea>" in page
        again = client.post(there, {"motivation": "Redan löst.", "seen": answer.context["form"]["seen"].value()})
        assert again.status_code == 302
        assert Case.objects.get(pk=walk.case.pk).status == Status.WITHDRAWN

    def test_a_double_click_takes_one_step(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(walk.lead)
        there = address(walk.case, "record_cost")
        token = client.get(there).context["form"]["token"].value()
        costs = walk.case.costs.count()
        for _click in range(2):
            assert client.post(there, {**COST, "token": token}).status_code == 302
        assert walk.case.costs.count() == costs + 1

    @pytest.mark.parametrize("token", ["a\x00b", "'; --", "å" * 9, "f" * 5_000])
    def test_a_token_that_no_form_has_made_is_none(self, token: str, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(walk.lead)
        assert client.post(address(walk.case, "record_cost"), {**COST, "token": token}).status_code in (200, 302)

    def test_a_step_that_is_over_says_what_happened(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        client.force_login(walk.lead)
        page = client.get(address(walk.case, "start_qualification"))
        assert page.status_code == 409
        assert "när läget är Kvalificerat" in page.content.decode()


class TestWhatAFormOffers:
    def test_only_kommuner_that_take_part_may_take_over_the_lead(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(cast.director("skara"))
        offered = client.get(address(walk.case, "change_leader")).context["form"].fields["leader"].queryset
        assert {o.key for o in offered} == {"vara", "lidkoping"}

    def test_goliskas_own_is_led_by_a_kommun_that_has_agreed(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, "goliska").to(Status.PRIORITISED)
        client.force_login(cast.it_director())
        offered = client.get(address(walk.case, "send_to_v6")).context["form"].fields["leader"].queryset
        assert offered.count() == 6

    def test_an_original_must_be_one_that_the_person_may_see(self, cast: Cast, client: Client) -> None:
        hidden = Walk(cast, "vara").to(Status.SUBMITTED).case.initiative.reference
        walk = Walk(cast).to(Status.QUALIFYING)
        client.force_login(walk.lead)
        page = client.post(address(walk.case, "mark_duplicate"), {"original": hidden}).content.decode()
        assert "bland dem du får läsa" in page
        assert f"{hidden} –" not in page

    def test_alike_initiatives_are_suggested_from_those_she_may_see(self, cast: Cast, client: Client) -> None:
        hidden = Walk(cast, "vara").to(Status.SUBMITTED).case.initiative.reference
        seen = Walk(cast).to(Status.SUBMITTED).case.initiative.reference
        walk = Walk(cast).to(Status.QUALIFYING)
        client.force_login(walk.lead)
        page = client.get(address(walk.case, "mark_duplicate")).content.decode()
        assert f"?original={seen}" in page
        assert hidden not in page

    def test_the_supplement_shows_the_question_and_the_text_to_complete(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUPPLEMENT)
        client.force_login(walk.author)
        page = client.get(address(walk.case, "supplement")).content.decode()
        assert "Hur många berörs?" in page
        client.post(
            address(walk.case, "supplement"),
            {**WHY, **TEXT, "need": "Tjugo nycklar om dagen.", "target": ["residents", "employees"]},
        )
        written = Case.objects.select_related("initiative").get(pk=walk.case.pk).initiative
        assert (written.need, written.targets_employees) == ("Tjugo nycklar om dagen.", True)
        assert written.revisions.count() == 2

    def test_who_does_not_lead_records_for_her_own_kommun_only(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(cast.lead("vara"))
        page = client.get(f"/initiativ/{walk.case.initiative.reference}/inforande/")
        assert [o.key for o in page.context["form"].fields["organisation"].queryset] == ["vara"]

    def test_roles_of_others_are_named_only_when_they_may_see_it_at_all(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        client.force_login(cast.registrar())
        groups = [
            name
            for name, _roles in client.get(address(walk.case, "mark_secret")).context["form"]["readers"].field.choices
        ]
        assert groups == ["Skara"]

    def test_money_is_read_as_people_write_it(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(walk.lead)
        client.post(address(walk.case, "record_cost"), {**COST, "amount": "1 999 899,50 kr"})
        assert str(walk.case.costs.latest("pk").amount) == "1999899.50"
        refused = client.post(address(walk.case, "record_cost"), {**COST, "amount": "-1"})
        assert refused.status_code == 200

    def test_a_kommun_that_never_took_part_joins_first_and_then_adopts(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(cast.lead("essunga"))
        there = f"/initiativ/{walk.case.initiative.reference}/inforande/"
        adoption = {"organisation": str(cast.orgs["essunga"].pk), "in_use_on": TODAY().isoformat()}
        assert "Kommundirektören beslutar först att gå med" in client.post(there, adoption).content.decode()
        client.force_login(cast.director("essunga"))
        client.post(address(walk.case, "join"), DECISION)
        client.force_login(cast.lead("essunga"))
        assert client.post(there, adoption).status_code == 302
        assert walk.case.adoptions.get().organisation == cast.orgs["essunga"]

    def test_leaving_may_go_on_as_following(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        client.force_login(cast.director("vara"))
        principle = str(Principle.objects.get(code="P5").pk)
        leaving = {**DECISION, "principle": principle, "reason": "Ingen tid.", "goes_on_following": "on"}
        client.post(address(walk.case, "leave"), leaving)
        assert Participation.objects.ongoing().get(organisation=cast.orgs["vara"]).role == "follows"


def test_an_act_page_asks_the_database_as_often_whatever_has_happened(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    walk = Walk(cast).to(Status.IN_PROGRESS)
    client.force_login(walk.lead)
    client.get(address(walk.case, "comment"))
    for events in (0, 30):
        for _number in range(events):
            walk.act(Act.COMMENT, walk.lead, motivation="Ring leverantören.")
        with django_assert_num_queries(14):
            client.get(address(walk.case, "comment"))
