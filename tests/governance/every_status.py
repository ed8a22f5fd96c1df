"""One case in each status, brought there by real acts, and everybody who may press: for asking a great many things.

The places are those of the typed matrix (tests/governance/test_workflow.py): where it can be so another kommun leads
than the one that wrote it, which has left; so that what follows from writing, leading and taking part is told apart.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from followup.actions import record_adoption
from governance.actions import attach
from governance.acts import Act
from governance.models import Outcome
from governance.statuses import Status
from tests.cast import Cast
from tests.initiatives.files import picture
from tests.walk import Walk, decision
from v6portal.organizations.access import ACTING_KEY
from v6portal.organizations.models import User
from v6portal.organizations.roles import PLACES, Kind, Role

S = Status
ORGANISATIONS = {"own": "skara", "leads": "vara", "part": "lidkoping", "other": "essunga", "it": "goliska", "v6": "v6"}
ON_ITS_WAY_IN = {**ORGANISATIONS, "leads": "skara", "part": "vara"}
"""Just sent to V6 for the second time: the kommun that wrote it leads to begin with."""
KIND = {"it": Kind.FEDERATION, "v6": Kind.COLLABORATION}
UNSEEN = {S.SUBMITTED, S.QUALIFYING, S.SUPPLEMENT, S.QUALIFIED, S.REFERRED, S.DUPLICATE, S.WITHDRAWN}
"""Where the case has not been sent to V6, so that only the kommun that wrote it sees it."""
CAPACITIES = [
    f"{role}@{place}"
    for role, kinds in PLACES.items()
    for place in ORGANISATIONS
    if KIND.get(place, Kind.KOMMUN) in kinds
]
WHY = {"motivation": "Det behövs."}


class EveryStatus:
    """Cases and clients. ``make_all`` before the first test: what a test makes is gone after it."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.walks: dict[str, Walk] = {}
        self.clients: dict[str, Client] = {}

    def make_all(self) -> None:
        for status in S:
            self.case_in(status)
            for capacity in ("author", *CAPACITIES):
                self.client(capacity, status)
        for status in (S.QUALIFIED, S.V6_PRIORITISING):
            self.case_in(status, "_closed")

    # Cases
    def case_in(self, status: Status, variant: str = "") -> Walk:
        key = f"{status}{variant}"
        if key not in self.walks:
            make: Callable[[], Walk] = getattr(self, f"_{key}", lambda: Walk(self.cast).to(status))
            self.walks[key] = make()
            assert self.walks[key].case.status == status
        return self.walks[key]

    def _supplement(self) -> Walk:
        walk = Walk(self.cast)
        attach(case=walk.case, by=walk.author, file=ContentFile(picture()), name="nyckelskåp.png")
        return walk.to(S.SUPPLEMENT)

    def _led_by_vara(self) -> Walk:
        """In Intresseförfrågan, written by Skara which has left it, led by Vara together with Lidköping."""
        walk, director = Walk(self.cast).to(S.INTEREST), self.cast.director()
        walk.all_answer()
        walk.act(Act.CHANGE_LEADER, director, leader=self.cast.orgs["vara"], **decision(director))
        walk.leave("skara")
        walk.answer("skara", "decline")
        walk.leader = "vara"
        return walk

    def _prioritised(self) -> Walk:
        """Back from V6, so that everybody reads it and the ledger has its rows."""
        walk = self._led_by_vara()
        walk.act(Act.RETURN_TO_KOMMUN, self.cast.coordinator(), **WHY)
        return walk

    def _local(self) -> Walk:
        walk = self._prioritised()
        walk.decide_local()
        return walk

    def _rejected(self) -> Walk:
        walk = self._prioritised()
        walk.act(Act.REJECT, walk.decider, **decision(walk.decider))
        return walk

    def _v6_received(self) -> Walk:
        walk = self._prioritised()
        walk.leader = "skara"
        walk.send_to_v6()
        return walk

    def _v6_qualifying(self) -> Walk:
        walk = self._v6_received()
        walk.v6_start()
        return walk

    def _interest(self) -> Walk:
        return self._led_by_vara()

    def _paused(self) -> Walk:
        walk, later = self._led_by_vara(), timezone.localdate() + timezone.timedelta(days=30)
        walk.act(Act.PAUSE, self.cast.coordinator(), review_on=later, **WHY)
        return walk

    def _it_assessment(self) -> Walk:
        walk = self._led_by_vara()
        walk.hand_to_goliska()
        return walk

    def _v6_prioritising(self) -> Walk:
        walk = self._led_by_vara()
        walk.act(Act.CLOSE_INTEREST, self.cast.coordinator())
        return walk

    def _v6_prioritising_closed(self) -> Walk:
        walk = self._v6_prioritising()
        for kommun in ("vara", "lidkoping"):
            walk.assess_in_v6(kommun)
        walk.close_round()
        return walk

    def _qualified_closed(self) -> Walk:
        walk = Walk(self.cast).to(S.QUALIFIED)
        walk.assess_at_home()
        walk.close_round()
        return walk

    def _awaiting_start(self) -> Walk:
        walk = self._v6_prioritising_closed()
        walk.act(Act.V6_PRIORITISE, self.cast.coordinator(), order=1)
        return walk

    def _in_progress(self) -> Walk:
        walk = self._awaiting_start()
        walk.decide_start()
        return walk

    def _maintenance(self) -> Walk:
        walk, lead = self._in_progress(), self.cast.lead("vara")
        walk.end_stage(Outcome.DONE)
        record_adoption(case=walk.case, by=lead, organisation=self.cast.orgs["vara"], in_use_on=walk.today)
        walk.act(Act.NAME_OBJECT, lead, managed_object="Välfärdsteknik")
        walk.act(Act.HAND_OVER, lead)
        return walk

    def _closed(self) -> Walk:
        walk = self._in_progress()
        walk.end_stage(Outcome.DONE)
        walk.act(Act.CLOSE, self.cast.lead("vara"), **WHY)
        return walk

    def _ended_unrealised(self) -> Walk:
        walk, director = self._led_by_vara(), self.cast.director("vara")
        walk.act(Act.END_UNREALISED, director, **decision(director))
        return walk

    def _withdrawn(self) -> Walk:
        walk = Walk(self.cast).to(S.SUBMITTED)
        walk.act(Act.WITHDRAW, walk.author, **WHY)
        return walk

    def _referred(self) -> Walk:
        walk = Walk(self.cast).to(S.SUBMITTED)
        walk.act(Act.REFER, walk.lead, referred_to="it_order", **WHY)
        return walk

    def _duplicate(self) -> Walk:
        walk = Walk(self.cast).to(S.SUBMITTED)
        walk.act(Act.MARK_DUPLICATE, walk.lead, original=self.case_in(S.SUBMITTED).case.initiative)
        return walk

    # People
    def places_in(self, status: Status) -> dict[str, str]:
        return ON_ITS_WAY_IN if status in (S.V6_RECEIVED, S.V6_QUALIFYING) else ORGANISATIONS

    def names_of(self, capacity: str, status: Status) -> set[str]:
        """The capacity by all the names that the matrix has for it: a kommun may be at two places at once."""
        if capacity == "author":
            return {"author", "staff@own"}
        places, (role, place) = self.places_in(status), capacity.split("@")
        return {f"{role}@{other}" for other, organisation in places.items() if organisation == places[place]}

    def client(self, capacity: str, status: Status) -> Client:
        """Of a person who has the role and nothing else. Where she would not see the case, and for a Medarbetare, of
        one who may read it in another role and acts in this one: the step is asked about, and not the sight of it."""
        if capacity == "author":
            return self._signed_in("author", self.cast.staff("skara"))
        role, place = capacity.split("@")
        organisation = self.places_in(status)[place]
        if role == Role.STAFF or (status in UNSEEN and place != "own"):
            return self._reading_too(role, organisation)
        return self._signed_in(f"{role}.{organisation}", self.cast.person(Role(role), organisation))

    def _signed_in(self, key: str, person: User) -> Client:
        if key not in self.clients:
            self.clients[key] = Client()
            self.clients[key].force_login(person)
        return self.clients[key]

    def _reading_too(self, role: str, organisation: str) -> Client:
        key = f"{role}.{organisation} and reader.skara"
        if key not in self.clients:
            person = self.cast.person(Role(role), organisation, number=2)
            acting = person.memberships.get()
            self.cast.membership(person, Role.READER, "skara")
            client = self._signed_in(key, person)
            session = client.session
            session[ACTING_KEY] = acting.pk
            session.save()
        return self.clients[key]
