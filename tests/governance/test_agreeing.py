"""Closing a round of assessment while the case stands where it is, and agreeing on values afterwards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from governance.actions import perform
from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.models import Event
from governance.presenting.todo import described, in_order
from governance.presenting.way import choices_for
from governance.reading import actor_for, read_facts
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import AssessmentModel, Criterion, JointMark, Round
from tests.cast import Cast
from tests.walk import Walk, decision, marks
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

CLOSED = "Bedömningen är stängd. Svaren kan inte ändras längre."


def answers(**others: int | None) -> dict[str, Mark]:
    """3 everywhere but where something else is said."""
    return marks(3) | {code: Mark(value) for code, value in others.items()}


def newest(walk: Walk) -> Round:
    return walk.case.initiative.rounds.latest("opened_at", "pk")


def buttons(walk: Walk, person: User) -> set[Act]:
    choices = choices_for(read_facts(walk.case), actor_for(person, walk.case))
    return {choice.row.act for choice in (*choices.onward, *choices.work, *choices.sideways)}


def waits_for(person: User) -> list[Act]:
    return [row.line.act for row in described(in_order(person), person)]


@pytest.fixture
def home(cast: Cast) -> Walk:
    """Qualified in Skara, and assessed by its lead: 3 everywhere but 5 on N1."""
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.act(Act.ASSESS, walk.lead, marks=answers(N1=5))
    return walk


@pytest.fixture
def joint(cast: Cast) -> Walk:
    """In V6-prioritering, answered by two of its three kommuner: N1 5 and 2, the rest 3."""
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    walk.act(Act.ASSESS, cast.lead(), marks=answers(N1=5))
    walk.act(Act.ASSESS, cast.lead("vara"), marks=answers(N1=2))
    return walk


class TestClosing:
    def test_the_case_stands_and_the_answers_are_everybodys(self, joint: Walk, cast: Cast) -> None:
        event = joint.close_round()
        assert joint.case.status == Status.V6_PRIORITISING
        assert (event.kind, event.from_status, event.to_status) == ("close_round", "", "")
        assert newest(joint).closed_at == event.occurred_at

    @pytest.mark.parametrize("by", ["lead", "director", "network", "reader", "it_officer"])
    def test_in_v6_only_the_coordinator_closes(self, joint: Walk, cast: Cast, by: str) -> None:
        with pytest.raises(Refused, match="i den roll du har nu"):
            joint.act(Act.CLOSE_ROUND, getattr(cast, by)())
        assert newest(joint).is_open

    def test_at_home_the_own_lead_closes_and_no_manager(self, home: Walk, cast: Cast) -> None:
        with pytest.raises(Refused, match="i den roll du har nu"):
            home.act(Act.CLOSE_ROUND, cast.manager())
        home.close_round()
        assert not newest(home).is_open

    def test_not_before_enough_have_answered(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.assess_in_v6("skara")
        with pytest.raises(Refused, match="bedömningar från 1 deltagande kommun till"):
            walk.close_round()
        at_home = Walk(cast).to(Status.QUALIFIED)
        with pytest.raises(Refused, match="1 bedömning till"):
            at_home.close_round()

    def test_once_is_enough(self, home: Walk) -> None:
        home.close_round()
        with pytest.raises(Refused, match=CLOSED):
            home.close_round()

    def test_nobody_answers_after_it_and_is_told_why(self, joint: Walk, cast: Cast) -> None:
        joint.close_round()
        late = cast.lead("lidkoping")
        for act, given in ((Act.ASSESS, {"marks": marks(1)}), (Act.DECLARE_CONFLICT, {"motivation": "Min bror."})):
            with pytest.raises(Refused, match=CLOSED):
                joint.act(act, late, **given)
        with pytest.raises(Refused, match=CLOSED):
            save_scores(case=joint.case, by=late, marks={"N1": Mark(1)})
        assert newest(joint).assessments.count() == 2

    def test_the_steps_are_offered_no_longer(self, joint: Walk, cast: Cast) -> None:
        late, coordinator = cast.lead("lidkoping"), cast.coordinator()
        assert {Act.ASSESS, Act.DECLARE_CONFLICT} <= buttons(joint, late)
        assert Act.CLOSE_ROUND in buttons(joint, coordinator)
        joint.close_round()
        assert not {Act.ASSESS, Act.DECLARE_CONFLICT} & buttons(joint, late)
        assert Act.CLOSE_ROUND not in buttons(joint, coordinator)
        assert Act.V6_PRIORITISE in buttons(joint, coordinator)

    def test_what_waited_for_an_answer_waits_no_longer_and_the_order_can_be_fixed(
        self, joint: Walk, cast: Cast
    ) -> None:
        late = cast.lead("lidkoping")
        assert waits_for(late) == [Act.ASSESS]
        joint.close_round()
        assert waits_for(late) == []
        assert waits_for(cast.coordinator()) == [Act.V6_PRIORITISE]
        joint.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
        assert joint.case.status == Status.AWAITING_START

    def test_what_was_enough_when_it_closed_is_enough(self, joint: Walk, cast: Cast) -> None:
        """Nobody can answer any more, so a kommun that leaves must not stop the case for good."""
        joint.close_round()
        joint.leave("vara")
        joint.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
        assert joint.case.status == Status.AWAITING_START

    def test_leaving_the_status_keeps_the_day_it_closed(self, home: Walk) -> None:
        closed_at = home.close_round().occurred_at
        home.act(Act.PRIORITISE, home.lead, order=1)
        assert newest(home).closed_at == closed_at

    def test_dormant_and_back_it_is_still_closed(self, home: Walk) -> None:
        home.close_round()
        home.pause()
        home.act(Act.RESUME, home.lead, motivation="Nu går det.")
        assert not newest(home).is_open
        assert home.case.initiative.rounds.count() == 1

    def test_back_to_be_assessed_again_is_a_new_round(self, joint: Walk, cast: Cast) -> None:
        joint.close_round()
        joint.act(Act.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Börja om.")
        joint.send_to_v6()
        joint.v6_start()
        joint.v6_qualify()
        joint.close_interest()
        assert newest(joint).is_open
        assert Act.ASSESS in buttons(joint, cast.lead("vara"))
        with pytest.raises(Refused, match="från 2 deltagande kommuner till"):
            joint.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)


class TestAgreeing:
    def test_the_agreed_value_replaces_the_median_and_the_score_follows(self, joint: Walk) -> None:
        """N1 weighs 20: median 3.5 gives 50 + 20·0.5/4 = 52.5; agreed 5 gives 50 + 20·2/4 = 60."""
        joint.close_round()
        assert newest(joint).joint_score == Decimal("52.5")
        assert newest(joint).needs_discussion
        joint.agree(N1=5)
        assert newest(joint).joint_score == Decimal(60)
        assert not newest(joint).needs_discussion

    def test_several_at_once_leave_one_event_that_names_them(self, joint: Walk) -> None:
        joint.close_round()
        event = joint.agree(N1=4, G3=2)
        assert event.data == {"agreed": {"N1 Nytta för invånare": 4, "G3 Risk": 2}}
        assert event.text == "Vi talade igenom det."
        assert JointMark.objects.standing().count() == 2

    def test_never_while_somebody_may_still_answer(self, joint: Walk) -> None:
        with pytest.raises(Refused, match="Stäng bedömningen först"):
            joint.agree(N1=4)
        assert not JointMark.objects.exists()

    def test_the_coordinator_in_v6_and_the_lead_at_home(self, joint: Walk, home: Walk, cast: Cast) -> None:
        joint.close_round()
        home.close_round()
        criterion = newest(joint).model.criteria.get(code="N1")
        given = {"agreed": {criterion: 4}, "motivation": "Så är det."}
        for walk, person in ((joint, cast.lead()), (joint, cast.director()), (home, cast.manager())):
            with pytest.raises(Refused, match="i den roll du har nu"):
                walk.act(Act.AGREE, person, **given)
        with pytest.raises(Refused, match="inte tillgång"):
            home.act(Act.AGREE, cast.lead("vara"), **given)
        home.act(Act.AGREE, cast.lead(), **given)
        joint.act(Act.AGREE, cast.coordinator(), **given)

    def test_who_declared_jav_decides_nothing_for_the_others(self, home: Walk, cast: Cast) -> None:
        disqualified = cast.lead(number=2)
        home.act(Act.DECLARE_CONFLICT, disqualified, motivation="Min bror säljer.")
        home.close_round()
        criterion = newest(home).model.criteria.get(code="N1")
        given = {"agreed": {criterion: 1}, "motivation": "Så är det."}
        with pytest.raises(Refused, match="Du har anmält jäv"):
            home.act(Act.AGREE, disqualified, **given)
        assert not JointMark.objects.exists()
        home.act(Act.AGREE, cast.lead(), **given)
        assert JointMark.objects.get().agreed_by == cast.lead()

    def test_also_when_the_order_is_fixed_but_not_when_it_has_gone_on(self, joint: Walk, cast: Cast) -> None:
        joint.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
        joint.agree(N1=4)
        joint.decide_start()
        with pytest.raises(Refused, match="Det går inte att välja"):
            joint.act(
                Act.AGREE, cast.coordinator(), agreed={newest(joint).model.criteria.first(): 3}, motivation="För sent."
            )

    @pytest.mark.parametrize(
        ("given", "sentences"),
        [
            ({"motivation": "Därför."}, ["Välj vilket värde ni enas om, 1–5."]),
            ({"motivation": "Därför.", "agreed": {}}, ["Välj vilket värde ni enas om, 1–5."]),
            ({"agreed": {"N1": 4}}, ["Skriv en motivering."]),
            ({"agreed": {"N1": 4}, "motivation": "   "}, ["Skriv en motivering."]),
        ],
    )
    def test_both_the_value_and_the_reason_are_asked_for(
        self, home: Walk, given: dict[str, Any], sentences: list[str]
    ) -> None:
        home.close_round()
        with pytest.raises(Refused) as refusal:
            home.act(Act.AGREE, home.lead, **given)
        assert refusal.value.sentences == sentences

    @pytest.mark.parametrize("value", [0, 6, -1])
    def test_a_value_outside_the_scale_is_refused(self, home: Walk, value: int) -> None:
        home.close_round()
        with pytest.raises(Refused, match="ett helt tal från 1 till 5"):
            home.agree(N1=value)
        assert not JointMark.objects.exists()
        assert not Event.objects.filter(case=home.case, kind=Act.AGREE).exists()

    def test_a_criterion_of_another_version_of_the_model_is_refused(self, home: Walk) -> None:
        home.close_round()
        other = AssessmentModel.objects.create(version="2099.1", name="En annan")
        texts = {f"level_{n}": "Ord" for n in range(1, 6)}
        stranger = Criterion.objects.create(
            model=other, code="X9", name="Främmande", axis="benefit", weight=100, **texts
        )
        with pytest.raises(Refused, match="hör inte till den bedömningsmodell"):
            home.act(Act.AGREE, home.lead, agreed={stranger: 4}, motivation="Därför.")

    def test_it_can_be_changed_and_taken_back_and_nothing_is_forgotten(self, joint: Walk) -> None:
        joint.close_round()
        joint.agree("Först.", N1=5)
        joint.agree("Vi hade fel.", N1=2)
        assert newest(joint).joint_score == Decimal(45)
        joint.agree("Vi är oense igen.", N1=None)
        assert newest(joint).joint_score == Decimal("52.5")
        assert newest(joint).needs_discussion
        told = [(m.value, m.motivation, m.superseded) for m in JointMark.objects.order_by("pk")]
        assert told == [(5, "Först.", True), (2, "Vi hade fel.", True), (None, "Vi är oense igen.", False)]

    def test_there_must_be_something_to_take_back(self, joint: Walk) -> None:
        joint.close_round()
        with pytest.raises(Refused, match="inget gemensamt värde att ta tillbaka för N1 Nytta för invånare"):
            joint.agree(N1=None)

    def test_where_everybody_is_disqualified_there_is_nothing_to_agree_on(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.act(Act.DECLARE_CONFLICT, walk.lead, motivation="Min bror säljer.")
        walk.act(Act.REJECT, cast.director(), **decision(cast.director()))
        with pytest.raises(Refused, match="när läget är Avslaget"):
            walk.agree(N1=3)


class TestTheDatabase:
    """What it keeps by itself, whoever asks."""

    @pytest.fixture
    def mark(self, home: Walk) -> JointMark:
        home.close_round()
        home.agree(N1=4)
        return JointMark.objects.get()

    @pytest.mark.parametrize(
        "sql",
        [
            "delete from initiatives_jointmark",
            "update initiatives_jointmark set value = 1",
            "update initiatives_jointmark set motivation = 'Något annat', superseded = true",
        ],
    )
    def test_what_was_agreed_is_neither_changed_nor_deleted(self, mark: JointMark, sql: str) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_one_value_stands_at_a_time(self, mark: JointMark) -> None:
        mark.pk = None
        with pytest.raises(DatabaseError, match="joint_mark_one_standing"), transaction.atomic():
            mark.save(force_insert=True)

    @pytest.mark.parametrize(("name", "value"), [("value", 6), ("value", 0), ("motivation", "")])
    def test_a_value_is_on_the_scale_and_has_its_reason(self, mark: JointMark, name: str, value: Any) -> None:
        other = mark.round.model.criteria.get(code="G3")
        row = {"value": 3, "motivation": "Därför.", name: value}
        with pytest.raises(DatabaseError, match="joint_mark_"), transaction.atomic():
            JointMark.objects.create(round=mark.round, criterion=other, agreed_at=mark.agreed_at, **row)

    def test_an_open_round_has_none(self, joint: Walk) -> None:
        round = newest(joint)
        with pytest.raises(DatabaseError, match="stängd omgång"), transaction.atomic():
            JointMark.objects.create(
                round=round,
                criterion=round.model.criteria.get(code="N1"),
                value=3,
                motivation="Därför.",
                agreed_at=round.opened_at,
            )


def test_two_at_once_the_later_is_told(home: Walk) -> None:
    home.close_round()
    home.act(Act.PRIORITISE, home.lead, order=1)
    with pytest.raises(Refused, match="hann före"):
        perform(
            Act.AGREE,
            case=home.case,
            by=home.lead,
            given={"agreed": {newest(home).model.criteria.get(code="N1"): 4}, "motivation": "Därför."},
            seen=Status.QUALIFIED,
        )
