"""Takes a case to where a test needs it, by the real acts of the real roles. No column is written here.

``Walk(cast).to(Status.INTEREST)`` gives a case standing in Intresseförfrågan, submitted in Skara. Each act can also be
taken by itself: ``walk.submit()``, ``walk.qualify()``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.utils import timezone

from governance.actions import create_draft, perform
from governance.acts import Act
from governance.models import Case, CostKind, Decision, Event, InterestAnswer, Motive, Outcome, Principle, StageType
from governance.statuses import Status
from initiatives.actions.assessing import Mark, Reply
from initiatives.models import GateReply
from tests.cast import KOMMUNER, Cast
from v6portal.organizations.models import User

TEXT: dict[str, Any] = {
    "title": "Digitala nycklar i hemtjänsten",
    "department": "Omsorg",
    "need": "Personalen hämtar och lämnar fysiska nycklar flera gånger per pass.",
    "benefit": "Tryggare för den som har hjälp hemma.",
    "targets_residents": True,
}

K_CODES = ("K1", "K2", "K3", "K4", "K5", "K6")
B_CODES = ("B1", "B2", "B3", "B4", "B5", "B6", "B7")
S_CODES = ("S1", "S2", "S3", "S4", "S5", "S6")
CRITERIA = ("N1", "N2", "N3", "N4", "N5", "G1", "G2", "G3")


def decision(by: User, **more: Any) -> dict[str, Any]:
    """What a decision names, with the person as its decider."""
    return {
        "decider_name": str(by),
        "decided_on": timezone.localdate(),
        "motivation": "Det behövs.",
        "delegation_reference": "KS 3.1",
        **more,
    }


def marks(value: int | None = 3) -> dict[str, Mark]:
    """The same answer to every criterion."""
    return {code: Mark(value) for code in CRITERIA}


class Walk:
    """One initiative of one organisation on its way through the process."""

    def __init__(self, cast: Cast, organisation: str = "skara", *, at: dt.datetime | None = None, **text: Any) -> None:
        self.cast, self.home = cast, organisation
        self.leader = organisation if organisation in KOMMUNER else "lidkoping"
        self.author = cast.staff(organisation)
        self.case = create_draft(by=self.author, organisation=cast.orgs[organisation], at=at, **{**TEXT, **text})
        self.at: dt.datetime | None = at

    def act(self, act: Act, by: User, **given: Any) -> Event:
        """Any act, at the walk's time, which moves a day ahead with each act when it is set."""
        if self.at is not None:
            self.at += dt.timedelta(days=1)
        event = perform(act, case=self.case, by=by, given=given, at=self.at)
        self.case = Case.objects.select_related("initiative__organisation").get(pk=self.case.pk)
        return event

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)

    @property
    def lead(self) -> User:
        return self.cast.lead(self.home)

    @property
    def decider(self) -> User:
        """Who decides where the table says förvaltningschef or kommundirektör."""
        return self.cast.it_director() if self.home == "goliska" else self.cast.director(self.home)

    # Kommunens process
    def submit(self) -> Event:
        return self.act(Act.SUBMIT, self.author)

    def start_qualification(self) -> Event:
        return self.act(Act.START_QUALIFICATION, self.lead)

    def request_supplement(self) -> Event:
        return self.act(Act.REQUEST_SUPPLEMENT, self.lead, motivation="Hur många berörs?")

    def answer_k(self, reply: GateReply = GateReply.YES, *, flags: Collection[str] = ()) -> Event:
        """The same answer to every question whether it may go on; of the routing questions *ja* to the ``flags``."""
        replies = {code: Reply(reply) for code in K_CODES}
        routing = {code: Reply(GateReply.YES if code in flags else GateReply.NO) for code in B_CODES}
        return self.act(Act.ANSWER_GATE, self.lead, replies={**replies, **routing})

    def qualify(self, *, flags: Collection[str] = ()) -> Event:
        self.answer_k(flags=flags)
        return self.act(Act.QUALIFY, self.lead)

    def assess_at_home(self, value: int | None = 3) -> Event:
        return self.act(Act.ASSESS, self.lead, marks=marks(value))

    def amend(self, motivation: str = "Vi räknade en gång till.", by: User | None = None, **fields: Any) -> Event:
        """``walk.amend(need="Tjugo nycklar.")``: the text becomes another while it is assessed."""
        in_v6 = self.case.status == Status.V6_PRIORITISING
        by = by or (self.cast.lead(self.leader) if in_v6 else self.lead)
        return self.act(Act.AMEND, by, fields=fields, motivation=motivation)

    @property
    def settling(self) -> User:
        """Who closes the round and writes down what is agreed, where the case stands."""
        in_v6 = self.case.status in (Status.V6_PRIORITISING, Status.AWAITING_START)
        return self.cast.coordinator() if in_v6 else self.lead

    def close_round(self) -> Event:
        return self.act(Act.CLOSE_ROUND, self.settling)

    def agree(self, motivation: str = "Vi talade igenom det.", **values: int | None) -> Event:
        """``walk.agree(N1=4)``; None lets the median count again."""
        round = self.case.initiative.rounds.latest("opened_at", "pk")
        agreed = {round.model.criteria.get(code=code): value for code, value in values.items()}
        return self.act(Act.AGREE, self.settling, agreed=agreed, motivation=motivation)

    def prioritise(self) -> Event:
        self.assess_at_home()
        return self.act(Act.PRIORITISE, self.lead, order=1)

    def decide_local(self) -> Event:
        return self.act(Act.DECIDE_LOCAL, self.decider, **decision(self.decider))

    def pause(self) -> Event:
        return self.act(
            Act.PAUSE, self.lead, review_on=self.today + dt.timedelta(days=90), motivation="Väntar på avtal."
        )

    # V6
    def send_to_v6(self) -> Event:
        return self.act(
            Act.SEND_TO_V6,
            self.decider,
            motive=Motive.SCALE,
            leader=self.cast.orgs[self.leader],
            notice_accepted=True,
            **decision(self.decider),
        )

    def v6_start(self) -> Event:
        return self.act(Act.V6_START, self.cast.coordinator())

    def v6_qualify(self) -> Event:
        coordinator = self.cast.coordinator()
        self.act(Act.ANSWER_GATE, coordinator, replies={code: Reply(GateReply.YES) for code in S_CODES})
        return self.act(Act.V6_QUALIFY, coordinator, deadline=self.today + dt.timedelta(days=30))

    def answer(self, kommun: str, answer: str = "join") -> Event:
        director = self.cast.director(kommun)
        return self.act(Act.ANSWER_INTEREST, director, answer=InterestAnswer.Answer(answer), **decision(director))

    def all_answer(self, joining: tuple[str, ...] = ("vara", "lidkoping")) -> None:
        for kommun in KOMMUNER:
            if kommun != self.leader:
                self.answer(kommun, "join" if kommun in joining else "decline")

    def close_interest(self) -> Event:
        self.all_answer()
        return self.act(Act.CLOSE_INTEREST, self.cast.coordinator())

    def ask_goliska(self) -> Event:
        self.all_answer()
        return self.hand_to_goliska()

    def hand_to_goliska(self) -> Event:
        """The same where the kommuner have answered already."""
        return self.act(
            Act.ASK_GOLISKA,
            self.cast.coordinator(),
            it_request="Går låsen att koppla till inloggningen?",
            wished_start=self.today + dt.timedelta(days=90),
            it_users=120,
        )

    def draft_it_assessment(self, *, commitment_needed: bool = False) -> Event:
        return self.act(
            Act.DRAFT_IT_ASSESSMENT,
            self.cast.it_officer(),
            impact="Liten.",
            capacity="Finns.",
            cost="40 timmar.",
            security="Ingen ny risk.",
            commitment_needed=commitment_needed,
        )

    def it_assess(self, *, commitment_needed: bool = False) -> Event:
        self.draft_it_assessment(commitment_needed=commitment_needed)
        return self.act(Act.IT_ASSESS, self.cast.it_officer())

    def assess_in_v6(self, kommun: str, value: int | None = 4) -> Event:
        return self.act(Act.ASSESS, self.cast.lead(kommun), marks=marks(value))

    def v6_prioritise(self) -> Event:
        for kommun in (self.leader, "vara"):
            self.assess_in_v6(kommun)
        return self.act(Act.V6_PRIORITISE, self.cast.coordinator(), order=1)

    def decide_start(self) -> Event:
        director = self.cast.director(self.leader)
        return self.act(
            Act.DECIDE_START,
            director,
            stage_type=StageType.PRESTUDY,
            start=self.today,
            leader=self.cast.orgs[self.leader],
            budget=Decimal(100_000),
            **decision(director),
        )

    # Genomförande
    def end_stage(self, outcome: Outcome = Outcome.DONE) -> Event:
        stage = self.case.stages.ongoing().get()
        return self.act(Act.END_STAGE, self.cast.lead(self.leader), stage=stage, end=self.today, outcome=outcome)

    def start_stage(self, type: StageType = StageType.PROJECT, start: dt.date | None = None) -> Event:
        return self.act(Act.START_STAGE, self.cast.lead(self.leader), stage_type=type, start=start or self.today)

    def record_cost(self, amount: int = 1000, kind: CostKind = CostKind.DEVELOPMENT, **more: Any) -> Event:
        lead = self.cast.lead(self.leader)
        return self.act(
            Act.RECORD_COST,
            lead,
            kind=kind,
            **{"value": "actual", "amount": Decimal(amount), "date": self.today, **more},
        )

    def correct(self, decision_: Decision, by: User | None = None, **more: Any) -> Event:
        """A new decision that names the one it corrects, by the one who decides at home unless it is said."""
        by = by or self.decider
        return self.act(Act.CORRECT, by, corrects=decision_, **decision(by, **more))

    def leave(self, kommun: str, code: str = "P5") -> Event:
        director = self.cast.director(kommun)
        principle = Principle.objects.get(code=code)
        return self.act(Act.LEAVE, director, principle=principle, reason="Har inte personal.", **decision(director))

    def to(self, status: Status) -> Walk:
        """Straight to the status, the shortest way. Utkast is where a walk begins."""
        for step in ROUTES[status]:
            getattr(self, step)()
        assert self.case.status == status
        return self


_TO_PRIORITISED = ("submit", "start_qualification", "qualify", "prioritise")
_TO_INTEREST = (*_TO_PRIORITISED, "send_to_v6", "v6_start", "v6_qualify")
_TO_START = (*_TO_INTEREST, "close_interest", "v6_prioritise")

ROUTES: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: (),
    Status.SUBMITTED: _TO_PRIORITISED[:1],
    Status.QUALIFYING: _TO_PRIORITISED[:2],
    Status.SUPPLEMENT: (*_TO_PRIORITISED[:2], "request_supplement"),
    Status.QUALIFIED: _TO_PRIORITISED[:3],
    Status.PRIORITISED: _TO_PRIORITISED,
    Status.LOCAL: (*_TO_PRIORITISED, "decide_local"),
    Status.V6_RECEIVED: _TO_INTEREST[:5],
    Status.V6_QUALIFYING: _TO_INTEREST[:6],
    Status.INTEREST: _TO_INTEREST,
    Status.IT_ASSESSMENT: (*_TO_INTEREST, "ask_goliska"),
    Status.V6_PRIORITISING: _TO_START[:-1],
    Status.AWAITING_START: _TO_START,
    Status.IN_PROGRESS: (*_TO_START, "decide_start"),
    Status.PAUSED: (*_TO_PRIORITISED[:3], "pause"),
}
