"""Who hears what of which act because of a role, typed by hand from docs/process.md, *Mejl*, and read as delivered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from governance.acts import Act
from governance.mail import sending
from governance.models import MailChoice, Notice
from governance.notices import FOR_LEADS, TABLE, kinds_for
from governance.notices_to_roles import TO_ROLES
from governance.statuses import Status
from tests.cast import KOMMUNER, Cast
from tests.postoffice import give_address
from tests.walk import Walk, decision
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

OTHERS = ("essunga", "gotene", "grastorp", "lidkoping", "vara")
"""All but the one that leads."""


class Office:
    """An initiative of Skara's, and everybody who may hear of it by a role, with a lead and a director everywhere."""

    def __init__(self, cast: Cast, status: Status, prepare: Callable[[Walk], object] = lambda walk: None) -> None:
        self.cast, self.walk = cast, Walk(cast).to(status)
        prepare(self.walk)
        people = {f"{role} {kommun}": cast.person(role, kommun) for role in (LEAD, DIRECTOR) for kommun in KOMMUNER}
        people["manager skara"], people["manager vara"] = cast.manager("skara"), cast.manager("vara")
        people |= {
            "coordinator": cast.coordinator(),
            "it_officer": cast.it_officer(),
            "it_director": cast.it_director(),
        }
        people |= {"reader vara": cast.reader("vara"), "network": cast.network(), "staff vara": cast.staff("vara")}
        self.people = people
        give_address(*people.values())
        for person in people.values():
            for kind in kinds_for(list(Role)):
                MailChoice.objects.create(user=person, kind=kind, delivery="now")
        Notice.objects.all().delete()

    def heard(self) -> dict[str, str]:
        """Sends what waits, and gives the beginning of each subject by person: one mail to each."""
        names = {person.email: name for name, person in self.people.items()}
        mail.outbox.clear()
        sending.go_round()
        assert len(mail.outbox) == len({message.to[0] for message in mail.outbox}), "two mails to one person"
        return {names[message.to[0]]: message.subject.rsplit(": ", 1)[0] for message in mail.outbox}


LEAD, DIRECTOR = Role.LEAD, Role.DIRECTOR


def of(role: str, *kommuner: str) -> set[str]:
    return {f"{role} {kommun}" for kommun in kommuner}


def offering(walk: Walk) -> None:
    """Vara can lead; all others have answered."""
    director = walk.cast.director("vara")
    walk.act(Act.ANSWER_INTEREST, director, answer="join", offers_to_lead=True, **decision(director))
    for kommun in ("lidkoping", "essunga", "gotene", "grastorp"):
        walk.answer(kommun, "join" if kommun == "lidkoping" else "decline")


def assessed_by_it(walk: Walk) -> None:
    walk.draft_it_assessment(commitment_needed=True)


def waits_for_commitment(walk: Walk) -> None:
    wants_commitment(walk)
    walk.v6_prioritise()


def wants_commitment(walk: Walk) -> None:
    walk.ask_goliska()
    walk.it_assess(commitment_needed=True)


def commit(walk: Walk) -> None:
    it_director = walk.cast.it_director()
    walk.act(Act.DECIDE_COMMITMENT, it_director, commitment="yes", **decision(it_director))


def decline(walk: Walk) -> None:
    it_director = walk.cast.it_director()
    walk.act(Act.DECIDE_COMMITMENT, it_director, commitment="no", **decision(it_director))


def in_turn(*steps: Callable[[Walk], object]) -> Callable[[Walk], object]:
    return lambda walk: [step(walk) for step in steps]


def close(walk: Walk) -> None:
    walk.act(Act.CLOSE_INTEREST, walk.cast.coordinator())


def hand_over_lead(walk: Walk) -> None:
    director = walk.cast.director("skara")
    walk.act(Act.CHANGE_LEADER, director, leader=walk.cast.orgs["vara"], **decision(director))


def start_with_another(walk: Walk) -> None:
    walk.leader, director = "skara", walk.cast.director("skara")
    walk.act(
        Act.DECIDE_START,
        director,
        stage_type="prestudy",
        start=walk.today,
        leader=walk.cast.orgs["vara"],
        budget=0,
        **decision(director),
    )


def recommend(role: Role, organisation: str) -> Callable[[Walk], object]:
    return lambda walk: walk.act(
        Act.RECOMMEND, walk.cast.person(role, organisation), stance="approve", motivation="Det behövs."
    )


def join(walk: Walk) -> None:
    director = walk.cast.director("gotene")
    walk.act(Act.JOIN, director, **decision(director))


def all_but(kommun: str) -> Callable[[Walk], object]:
    return lambda walk: [walk.answer(other, "decline") for other in OTHERS if other != kommun]


S, nothing = Status, (lambda walk: None)
IN_V6 = {*of("lead", "skara", "vara", "lidkoping"), *of("director", "skara", "vara", "lidkoping"), "coordinator"}
# Where it stands, what is done first, what is done, the subject, who hears it, and where the link leads.
Row = tuple[str, Status, Callable[[Walk], object], Callable[[Walk], Any], str, set[str], str]
TYPED: list[Row] = [
    ("prioriterat", S.QUALIFIED, nothing, Walk.prioritise, "Beslut som väntar",
     {"manager skara", "director skara"}, ""),
    ("tillbaka", S.V6_QUALIFYING, nothing,
     lambda w: w.act(Act.RETURN_TO_KOMMUN, w.cast.coordinator(), motivation="Gör det själva."), "Beslut som väntar",
     {"manager skara", "director skara"}, ""),
    ("till V6", S.PRIORITISED, nothing, Walk.send_to_v6, "Nytt till V6", {"coordinator"}, ""),
    ("förfrågan", S.V6_QUALIFYING, nothing, Walk.v6_qualify, "Vill kommunen vara med?",
     of("director", *OTHERS), "steg/answer_interest/"),
    ("alla har svarat", S.INTEREST, all_but("vara"), lambda w: w.answer("vara"), "Alla kommuner har svarat",
     {"coordinator"}, ""),
    ("ett svar av flera", S.INTEREST, nothing, lambda w: w.answer("vara"), "", set(), ""),
    ("ett ändrat svar", S.INTEREST, all_but("none"), lambda w: w.answer("vara", "wait"), "", set(), ""),
    ("till Göliska IT", S.INTEREST, Walk.all_answer, Walk.hand_to_goliska,
     "Bedömning för Göliska IT", {"it_officer"}, "steg/draft_it_assessment/"),
    ("stängd", S.INTEREST, Walk.all_answer, close, "Bedömning i V6",
     of("lead", "skara", "vara", "lidkoping"), "bedom/"),
    ("utan åtagande", S.IT_ASSESSMENT, Walk.draft_it_assessment, lambda w: w.act(Act.IT_ASSESS, w.cast.it_officer()),
     "Bedömning i V6", of("lead", "skara", "vara", "lidkoping"), "bedom/"),
    ("start kan beslutas", S.V6_PRIORITISING, nothing, Walk.v6_prioritise, "Beslut om start",
     {"director skara"}, "steg/decide_start/"),
    ("åtagandet är beslutat", S.INTEREST, waits_for_commitment, commit, "Beslut om start",
     {"director skara"}, "steg/decide_start/"),
    ("åtagandet är inte beslutat", S.INTEREST, wants_commitment, Walk.v6_prioritise, "", set(), ""),
    ("beslutat i förväg", S.INTEREST, in_turn(wants_commitment, commit), Walk.v6_prioritise, "Beslut om start",
     {"director skara"}, "steg/decide_start/"),
    ("ett ja i förväg", S.INTEREST, wants_commitment, commit, "", set(), ""),
    ("ett nej", S.INTEREST, waits_for_commitment, decline, "Göliska IT säger nej",
     {"director skara", "coordinator"}, ""),
    ("ett nej i förväg", S.INTEREST, wants_commitment, decline, "Göliska IT säger nej",
     {"director skara", "coordinator"}, ""),
    ("prioriterat efter ett nej", S.INTEREST, in_turn(wants_commitment, decline), Walk.v6_prioritise,
     "Göliska IT säger nej", {"director skara"}, ""),
    ("ett ja efter ett nej", S.INTEREST, in_turn(waits_for_commitment, decline), commit, "Beslut om start",
     {"director skara"}, "steg/decide_start/"),
    ("går med", S.V6_PRIORITISING, nothing, join, "En kommun går med", IN_V6 | of("lead", "gotene"), "#deltagande"),
    ("lämnar", S.V6_PRIORITISING, nothing, lambda w: w.leave("vara"), "En kommun lämnar",
     IN_V6 - {*of("lead", "vara"), *of("director", "vara")}, "#deltagande"),
    ("byter ledande kommun", S.V6_PRIORITISING, nothing, hand_over_lead, "En annan kommun leder",
     IN_V6 - {"director skara"}, "#deltagande"),
    ("startar med en annan", S.AWAITING_START, nothing, start_with_another, "En annan kommun leder",
     IN_V6 - {"director skara"}, "#deltagande"),
    ("startar som förut", S.AWAITING_START, nothing, Walk.decide_start, "", set(), ""),
    ("rekommenderas hemma", S.QUALIFIED, nothing, recommend(Role.COUNCIL, "skara"), "Rekommendation",
     {"lead skara"}, "#beslut"),
    ("rekommenderas i V6", S.V6_PRIORITISING, nothing, recommend(Role.NETWORK, "v6"), "Rekommendation",
     {"coordinator", "director skara"}, "#beslut"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "first", "act", "subject", "hear", "lands"), [r[1:] for r in TYPED], ids=[r[0] for r in TYPED]
)
def test_who_hears_and_where_the_link_leads(
    cast: Cast,
    settings: Any,
    status: Status,
    first: Callable[[Walk], object],
    act: Callable[[Walk], Any],
    subject: str,
    hear: set[str],
    lands: str,
) -> None:
    settings.PORTAL_URL = "https://portal.example.se"
    office = Office(cast, status, first)
    act(office.walk)
    assert office.heard() == dict.fromkeys(hear, subject)
    page = f"https://portal.example.se{office.walk.case.get_absolute_url()}{lands}"
    for message in mail.outbox:
        assert (
            message.subject
            == f"{subject}: {office.walk.case.initiative.title} ({office.walk.case.initiative.reference})"
        )
        assert f"Öppna i portalen: {page}\n" in str(message.body)
        assert "Du får mejlet för att du är " in str(message.body)


def test_two_things_at_once_are_told_to_different_people(cast: Cast) -> None:
    """Göliska IT's assessment is handed in: the director has a commitment to decide, the leads have to assess."""
    office = Office(cast, Status.IT_ASSESSMENT, assessed_by_it)
    office.walk.act(Act.IT_ASSESS, cast.it_officer())
    told = dict.fromkeys(of("lead", "skara", "vara", "lidkoping"), "Bedömning i V6")
    assert office.heard() == told | {"it_director": "Beslut om åtagande"}


def test_who_leads_hears_that_another_can(cast: Cast, client: Client) -> None:
    office = Office(cast, Status.INTEREST, offering)
    close(office.walk)
    told = dict.fromkeys(of("lead", "skara", "vara", "lidkoping"), "Bedömning i V6")
    assert office.heard() == told | {"director skara": "Förfrågan är stängd"}
    (message,) = [m for m in mail.outbox if m.to == [office.people["director skara"].email]]
    assert "Din kommun leder, och fler kan: Vara." in str(message.body)
    assert "/steg/change_leader/" in str(message.body)
    client.force_login(cast.director("skara"))
    form = client.get(f"{office.walk.case.get_absolute_url()}steg/change_leader/").content.decode()
    assert "Vara, som har svarat att kommunen kan leda" in form
    assert "Lidköping, som har svarat" not in form


def test_what_is_done_before_it_is_sent_is_not_told(cast: Cast) -> None:
    """The inquiry is back with the kommun before the mail about it goes."""
    office = Office(cast, Status.V6_QUALIFYING)
    office.walk.v6_qualify()
    office.walk.act(Act.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Det räcker hemma.")
    assert office.heard() == dict.fromkeys(("manager skara", "director skara"), "Beslut som väntar")


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (decline, commit, {"director skara": "Beslut om start"}),
        (commit, decline, dict.fromkeys(("director skara", "coordinator"), "Göliska IT säger nej")),
    ],
)
def test_of_a_commitment_decided_twice_only_what_holds_is_told(
    cast: Cast, first: Callable[[Walk], None], then: Callable[[Walk], None], told: dict[str, str]
) -> None:
    office = Office(cast, Status.INTEREST, waits_for_commitment)
    first(office.walk)
    then(office.walk)
    assert office.heard() == told


def test_a_no_says_what_can_be_done_and_does_not_ask_for_a_start(cast: Cast) -> None:
    office = Office(cast, Status.INTEREST, waits_for_commitment)
    decline(office.walk)
    office.heard()
    for message in mail.outbox:
        text = " ".join(str(message.body).split())
        assert "har beslutat att Göliska IT inte åtar sig uppdraget." in text
        assert "Kommundirektören kan avsluta det utan genomförande" in text
        assert "V6-samordnaren kan lämna det tillbaka till kommunen" in text
        assert "Nu beslutar du om arbetet ska starta" not in text
        assert "steg/decide_start/" not in text


def test_who_has_the_role_no_longer_hears_nothing_and_who_has_got_it_does(cast: Cast) -> None:
    office = Office(cast, Status.V6_QUALIFYING)
    new = cast.director("vara").memberships.get()
    office.walk.v6_qualify()
    new.valid_to = new.valid_from
    new.save()
    assert set(office.heard()) == of("director", *(set(OTHERS) - {"vara"}))


def test_of_what_is_secret_not_a_word(cast: Cast) -> None:
    office = Office(cast, Status.V6_QUALIFYING)
    office.walk.v6_qualify()
    orgs = cast.orgs
    office.walk.act(
        Act.MARK_SECRET,
        cast.registrar("skara"),
        legal_basis="OSL 18 kap. 8 §",
        marked_on=office.walk.today,
        readers=[(orgs["skara"], Role.REGISTRAR), (orgs["vara"], Role.DIRECTOR)],
    )
    assert office.heard() == {"director vara": "Något har hänt i ett ärende du är med i"}
    assert office.walk.case.initiative.title not in str(mail.outbox[0].body)


WORDS = {
    "who": "Anna",
    "decider": "Anna, kommundirektör i Skara,",
    "organisation": "Skara",
    "day": "1 maj 2026",
    "answer": "2 maj 2026",
    "leader": "Vara",
    "offering": "Vara",
    "stance": "tillstyrker",
}


@pytest.mark.parametrize("line", [*TABLE, *FOR_LEADS, *TO_ROLES], ids=lambda line: f"{line.act}-{line.kind}")
def test_every_line_has_a_subject_and_says_something_to_somebody(line: Any) -> None:
    """A mail with an empty subject or body, or to nobody, has been seen elsewhere."""
    assert str(line.subject).strip()
    assert (str(line.told) % WORDS).strip().endswith(".")
    assert "%(" not in str(line.then) % WORDS
    assert bool(line.limit.value) == bool(str(line.limit_told))
    assert bool(line.hears) != bool(line.to)


def test_every_line_to_a_role_is_tried_above() -> None:
    assert {(str(line.act), str(line.kind)) for line in TO_ROLES} == {
        *(("prioritise", "to_decide"), ("return_to_kommun", "to_decide"), ("v6_qualify", "inquiry")),
        *(("send_to_v6", "arrived"), ("decide_commitment", "decided"), ("v6_prioritise", "decided")),
        *(("answer_interest", "all_answered"), ("ask_goliska", "it_asked"), ("it_assess", "to_decide")),
        *(("close_interest", "participation"), ("ask_goliska", "participation"), ("close_interest", "to_assess")),
        *(("it_assess", "to_assess"), ("v6_prioritise", "to_decide"), ("decide_commitment", "to_decide")),
        *(("join", "participation"), ("leave", "participation"), ("change_leader", "participation")),
        *(("decide_start", "participation"), ("recommend", "recommended")),
    }


def test_one_who_has_several_roles_gets_one_mail(cast: Cast) -> None:
    office = Office(cast, Status.V6_PRIORITISING)
    both: User = office.people["lead vara"]
    cast.membership(both, Role.DIRECTOR, "vara")
    join(office.walk)
    assert office.heard()["lead vara"] == "En kommun går med"
