"""Several press at once, against real PostgreSQL: one wins, the others are told what happened, nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from governance.actions import Overtaken, create_draft, perform
from governance.acts import Act
from governance.chain import first_break
from governance.models import Case, Event, InterestAnswer
from governance.statuses import Status
from initiatives.actions import versions
from initiatives.actions.assessing import Reply
from initiatives.models import AssessmentModel, GateReply
from tests.at_once import at_once
from tests.cast import KOMMUNER
from tests.walk import TEXT, Walk, decision
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def events_of(outcomes: list[Any]) -> list[Event]:
    return [outcome for outcome in outcomes if isinstance(outcome, Event)]


def test_of_ten_who_press_the_same_button_one_wins_and_nine_are_told(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    lead, before = walk.lead, Event.objects.count()

    def press() -> Event:
        return perform(Act.START_QUALIFICATION, case=walk.case, by=lead, seen=Status.SUBMITTED)

    outcomes = at_once([press] * 10)
    assert len(events_of(outcomes)) == 1
    refusals = [o for o in outcomes if not isinstance(o, Event)]
    assert all(isinstance(r, Overtaken) and "Läget är nu Under kvalificering" in str(r) for r in refusals)
    assert Event.objects.count() == before + 1
    assert first_break() is None


def test_of_conflicting_acts_one_wins_and_the_state_is_its(cast):
    walk = Walk(cast).to(Status.PRIORITISED)
    director, manager = cast.director("skara"), cast.manager("skara")
    outcomes = at_once(
        [
            lambda: perform(
                Act.DECIDE_LOCAL, case=walk.case, by=director, seen="prioritised", given=decision(director)
            ),
            lambda: perform(Act.REJECT, case=walk.case, by=manager, seen="prioritised", given=decision(manager)),
        ]
    )
    (won,) = events_of(outcomes)
    assert Case.objects.get(pk=walk.case.pk).status == won.to_status
    assert first_break() is None


def test_six_directors_who_answer_at_once_all_have_their_answer(cast):
    walk = Walk(cast).to(Status.INTEREST)
    directors = [cast.director(kommun) for kommun in KOMMUNER]
    outcomes = at_once(
        [
            lambda by=by: perform(
                Act.ANSWER_INTEREST, case=walk.case, by=by, seen="interest", given={"answer": "join", **decision(by)}
            )
            for by in directors
        ]
    )
    assert len(events_of(outcomes)) == 6
    assert InterestAnswer.objects.standing().filter(case=walk.case).count() == 6
    assert walk.case.participations.ongoing().active().count() == 6
    assert first_break() is None


def test_of_four_who_change_the_text_at_once_one_is_kept_and_three_are_told(cast):
    walk = Walk(cast).to(Status.QUALIFIED)
    given = [{"motivation": "Så här.", "replaces": 1, "fields": {"need": f"Nummer {n}."}} for n in range(4)]
    by, seen = walk.lead, Status.QUALIFIED
    outcomes = at_once(
        [lambda one=one: perform(Act.AMEND, case=walk.case, by=by, given=one, seen=seen) for one in given]
    )
    assert len(events_of(outcomes)) == 1
    told = [str(outcome) for outcome in outcomes if not isinstance(outcome, Event)]
    assert len(told) == 3
    assert all("Utvecklingsledare Skara ändrade texten medan du skrev." in sentence for sentence in told)
    assert walk.case.initiative.revisions.count() == 2
    assert first_break() is None


def test_of_two_who_agree_on_a_criterion_each_is_told_from_what_score_it_went(cast):
    """N1 and N2 weigh 20 each: a 5 in the place of a 3 is 10 points, one after the other."""
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.assess_at_home(3)
    walk.close_round()
    here = f"{walk.case.get_absolute_url()}jamfor/"
    clients = {code: Client() for code in ("N1", "N2")}
    forms = {}
    for code, client in clients.items():
        client.force_login(walk.lead)
        form = client.get(f"{here}{code}/").context["form"]
        forms[code] = {name: form[name].value() for name in ("seen", "over", "token")}

    def press(code: str) -> str:
        data = {**forms[code], "value": "5", "motivation": "Alla berörs."}
        return clients[code].post(f"{here}{code}/", data, follow=True).content.decode()

    told = at_once([lambda: press("N1"), lambda: press("N2")])
    found = sorted(re.search(r"Poängen gick från (\S+) till (\S+)\.", page).groups() for page in told)
    assert found == [("50,0", "60,0"), ("60,0", "70,0")]


def test_drafts_made_at_once_get_different_references(cast):
    author, skara = cast.staff("skara"), cast.orgs["skara"]
    cases = at_once([lambda: create_draft(by=author, organisation=skara, **TEXT)] * 8)
    assert len({case.initiative.reference for case in cases}) == 8
    assert first_break() is None


def test_of_two_who_answer_the_same_questions_the_later_is_told(cast):
    walk = Walk(cast).to(Status.QUALIFYING)
    model = AssessmentModel.objects.current()

    def press(by, reply):
        given = {"replies": {"K1": Reply(reply)}, "over": 0, "version": model.pk}
        return perform(Act.ANSWER_GATE, case=walk.case, by=by, given=given)

    outcomes = at_once(
        [lambda: press(walk.lead, GateReply.YES), lambda: press(cast.lead("skara", 2), GateReply.UNCLEAR)]
    )
    (won,) = events_of(outcomes)
    (told,) = [o for o in outcomes if isinstance(o, Refused)]
    assert str(told) == f"{won.actor_name} hann före och svarade på frågorna. Titta igen innan du sparar."
    assert walk.case.initiative.gate_answers.count() == 1
    assert first_break() is None


def test_copies_made_at_once_get_versions_of_their_own(cast):
    admin, current = cast.admin(), AssessmentModel.objects.current()
    copies = at_once([lambda: versions.copy(model=current, by=admin)] * 6)
    assert len({copy.version for copy in copies}) == 6
    assert AssessmentModel.objects.count() == 7
