"""The workflow table against a matrix typed from the process description, not from the code.

Every status × act × role × place is asked. A place is where the role is held: in the submitter's own kommun (``own``),
in the kommun that leads (``leads``), in one that takes part (``part``), in another kommun (``other``), in Göliska IT
(``it``) or in V6 (``v6``).
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from governance import obstacles
from governance.acts import DECIDING, Act, word_for
from governance.asks import Ask
from governance.facts import Actor, Capacity, CaseFacts
from governance.statuses import ENDED, LIVE, OPEN, Status
from governance.workflow import TABLE, allows, next_steps, row_for, steps_for
from v6portal.organizations.roles import PLACES, Kind, Role

TODAY = dt.date(2026, 11, 23)
PLACE = {"own": 1, "leads": 2, "part": 3, "other": 4, "it": 7, "v6": 8}
KIND = {"it": Kind.FEDERATION, "v6": Kind.COLLABORATION}

KOMMUN_OPEN = "submitted qualifying supplement qualified prioritised local"
BEFORE_START = "v6_received v6_qualifying interest it_assessment v6_prioritising awaiting_start"
V6_OPEN = BEFORE_START + " in_progress maintenance"
ENDS = "closed ended_unrealised rejected referred duplicate withdrawn"
ALL_LIVE = KOMMUN_OPEN + " " + V6_OPEN + " paused"
ALL_ROLES = (
    "lead council manager director coordinator network delivery it_officer it_director order_group "
    "registrar reader admin"
)
EVERYBODY = " ".join(f"{role}@{place}" for role in ALL_ROLES.split() for place in ("own", "leads", "part", "other"))
EVERYBODY += " " + " ".join(f"{role}@{place}" for role in ALL_ROLES.split() for place in ("it", "v6"))
STAFF = "staff@own staff@leads staff@part staff@other staff@it staff@v6"
KOMMUN_DIRECTORS = "director@own director@leads director@part director@other"
GROUPS = "council@own council@leads council@part council@other network@v6 delivery@v6 order_group@it"
CORRECTORS = f"manager@own manager@leads manager@part manager@other {KOMMUN_DIRECTORS} it_director@it"
REGISTRARS = "registrar@own registrar@leads registrar@part registrar@other registrar@it registrar@v6"
JOINABLE = "it_assessment v6_prioritising awaiting_start in_progress maintenance closed"
SUBMITTED = ALL_LIVE + " " + ENDS

# act | from | to | who, as role@place
MATRIX = f"""
submit              | draft                          | submitted        | author
withdraw            | submitted qualifying supplement| withdrawn        | author lead@own
start_qualification | submitted                      | qualifying       | lead@own
request_supplement  | qualifying                     | supplement       | lead@own
supplement          | supplement                     | qualifying       | author lead@own
qualify             | qualifying                     | qualified        | lead@own
refer               | submitted qualifying           | referred         | lead@own
mark_duplicate      | submitted qualifying           | duplicate        | lead@own
mark_duplicate      | v6_received v6_qualifying      | duplicate        | coordinator@v6
prioritise          | qualified                      | prioritised      | lead@own
decide_local        | prioritised                    | local            | manager@own director@own
send_to_v6          | prioritised local maintenance  | v6_received      | manager@own director@own
reject              | qualifying qualified prioritised | rejected       | manager@own director@own
pause               | {KOMMUN_OPEN}                  | paused           | lead@own
pause               | {V6_OPEN}                      | paused           | lead@leads coordinator@v6
v6_start            | v6_received                    | v6_qualifying    | coordinator@v6
v6_qualify          | v6_qualifying                  | interest         | coordinator@v6
close_interest      | interest                       | v6_prioritising  | coordinator@v6
ask_goliska         | interest                       | it_assessment    | coordinator@v6
it_assess           | it_assessment                  | v6_prioritising  | it_officer@it
v6_prioritise       | v6_prioritising                | awaiting_start   | coordinator@v6
decide_start        | awaiting_start                 | in_progress      | director@leads
return_to_kommun    | {BEFORE_START}                 | prioritised      | coordinator@v6
end_unrealised      | {BEFORE_START} in_progress     | ended_unrealised | director@leads
end_unrealised      | local                          | ended_unrealised | director@own
hand_over           | in_progress                    | maintenance      | lead@leads
hand_over           | local                          | maintenance      | lead@own
close               | maintenance in_progress        | closed           | lead@leads
close               | local                          | closed           | lead@own
answer_gate         | qualifying                     | -                | lead@own
answer_gate         | v6_qualifying                  | -                | coordinator@v6
assess              | qualified                      | -                | lead@own
assess              | v6_prioritising                | -                | lead@leads lead@part
declare_conflict    | qualified                      | -                | lead@own
declare_conflict    | v6_prioritising                | -                | lead@leads lead@part
close_round         | qualified                      | -                | lead@own
close_round         | v6_prioritising                | -                | coordinator@v6
agree               | qualified prioritised          | -                | lead@own
agree               | v6_prioritising awaiting_start | -                | coordinator@v6
amend               | qualified                      | -                | author lead@own
amend               | v6_prioritising                | -                | lead@leads
calculate           | {KOMMUN_OPEN}                  | -                | author lead@own
calculate           | {BEFORE_START} in_progress     | -                | lead@leads coordinator@v6
recommend           | {KOMMUN_OPEN}                  | -                | council@own
recommend           | {V6_OPEN}                      | -                | {GROUPS}
take_up             | {SUBMITTED}                    | -                | {GROUPS}
answer_interest     | interest                       | -                | {KOMMUN_DIRECTORS}
draft_it_assessment | it_assessment                  | -                | it_officer@it
decide_commitment   | v6_prioritising awaiting_start | -                | it_director@it
join                | {JOINABLE} | - | {KOMMUN_DIRECTORS}
follow              | {V6_OPEN}                      | -                | lead@own lead@leads lead@part lead@other
unfollow            | {V6_OPEN}                      | -                | lead@own lead@leads lead@part lead@other
leave               | {V6_OPEN}                      | -                | director@leads director@part
change_leader       | {V6_OPEN}                      | -                | director@leads
share_costs         | {V6_OPEN}                      | -                | lead@leads coordinator@v6
start_stage         | in_progress maintenance        | -                | lead@leads
start_stage         | local                          | -                | lead@own
end_stage           | in_progress maintenance        | -                | lead@leads
end_stage           | local                          | -                | lead@own
replan              | in_progress maintenance        | -                | lead@leads
replan              | local                          | -                | lead@own
record_cost         | {V6_OPEN}                      | -                | lead@leads lead@part
record_cost         | local                          | -                | lead@own lead@leads lead@part
record_adoption     | in_progress maintenance local closed | -          | lead@own lead@leads lead@part lead@other
confirm_benefit     | in_progress maintenance local closed | -          | lead@own lead@leads lead@part lead@other
attach              | supplement                     | -                | author lead@own
remove_attachment   | supplement                     | -                | author lead@own
attach              | in_progress maintenance        | -                | lead@leads lead@part
attach              | local                          | -                | lead@own lead@leads lead@part
remove_attachment   | in_progress maintenance        | -                | lead@leads lead@part
remove_attachment   | local                          | -                | lead@own lead@leads lead@part
name_object         | in_progress maintenance        | -                | lead@leads
name_object         | local                          | -                | lead@own
set_registry_number | {SUBMITTED}                    | -                | registrar@own
mark_secret         | {SUBMITTED}                    | -                | registrar@own
lift_secrecy        | {SUBMITTED}                    | -                | registrar@own
hand_task           | submitted qualifying qualified | -                | lead@own
hand_task           | prioritised                    | -                | manager@own director@own
hand_task           | v6_received v6_qualifying      | -                | coordinator@v6
hand_task           | interest                       | -                | coordinator@v6 {KOMMUN_DIRECTORS}
hand_task           | it_assessment                  | -                | it_officer@it
hand_task           | v6_prioritising                | -                | coordinator@v6 it_director@it
hand_task           | awaiting_start                 | -                | director@leads it_director@it
hand_task           | in_progress                    | -                | lead@leads
hand_task           | local                          | -                | lead@own
correct             | {SUBMITTED}                    | -                | {CORRECTORS}
release             | {SUBMITTED}                    | -                | {REGISTRARS}
purge               | {ENDS}                         | -                | registrar@own
same_need           | {ALL_LIVE}                     | -                | {EVERYBODY} {STAFF}
comment             | {SUBMITTED}                    | -                | {EVERYBODY}
"""


def typed() -> dict[tuple[str, str], tuple[str, set[str]]]:
    """(act, status) → (target, who)."""
    matrix = {}
    for line in MATRIX.strip().splitlines():
        act, sources, target, who = (part.strip() for part in line.split("|"))
        for source in sources.split():
            assert (act, source) not in matrix, f"{act} from {source} is typed twice"
            matrix[act, source] = (target, set(who.split()))
    return matrix


TYPED = typed()


def facts(where: Status, **more: object) -> CaseFacts:
    """A case of kommun 1 that kommun 2 leads and kommun 3 takes part in, wherever a leader can be."""
    in_v6 = where in V6_OPEN.split() or where in ENDED
    base = CaseFacts(
        status=where,
        own=PLACE["own"],
        leading=PLACE["leads"] if in_v6 else PLACE["own"],
        participants=frozenset({PLACE["leads"], PLACE["part"]}),
        today=TODAY,
        ever_in_v6=in_v6,
    )
    return replace(base, **more)


def actors() -> list[tuple[str, Actor]]:
    """Every role at every place where it can be held, and the author without a role."""
    people = [("author", Actor(is_author=True))]
    for role, kinds in PLACES.items():
        for place, pk in PLACE.items():
            kind = KIND.get(place, Kind.KOMMUN)
            if kind in kinds:
                people.append((f"{role}@{place}", Actor((Capacity(pk, role, kind),))))
    return people


PEOPLE = actors()
MOVED_BY_MEMORY = {Act.RESUME}
NEVER_PRESSED = {Act.CREATE, Act.DELETE_DRAFT, Act.IMPORTED, Act.REPORT}


@pytest.mark.parametrize("act", [a for a in Act if a not in MOVED_BY_MEMORY | NEVER_PRESSED])
def test_who_may_take_the_step_from_each_status_and_where_it_leads(act):
    for status, (name, actor) in itertools.product(Status, PEOPLE):
        target, allowed = TYPED.get((act.value, status.value), ("", set()))
        case = facts(status)
        row = row_for(act, case, actor)
        assert (row is not None) == (name in allowed), f"{name} {act} from {status}"
        if row is not None:
            assert (row.lands_in(case) or "-") == target


@pytest.mark.parametrize("status", sorted(OPEN))
def test_a_dormant_case_is_woken_by_those_who_could_put_it_to_rest_and_goes_back(status):
    asleep = facts(Status.PAUSED, paused_from=status, leading=facts(status).leading)
    for name, actor in PEOPLE:
        row = row_for(Act.RESUME, asleep, actor)
        assert (row is not None) == (name in TYPED["pause", status.value][1]), name
        if row is not None:
            assert row.lands_in(asleep) == status


@pytest.mark.parametrize("act", ["decide_local", "send_to_v6", "reject"])
def test_what_goliska_it_submits_is_decided_by_its_forbundsdirektor(act):
    case = facts(Status.PRIORITISED, own=PLACE["it"], own_kind=Kind.FEDERATION, leading=PLACE["it"])
    able = {name for name, actor in PEOPLE if row_for(Act(act), case, actor)}
    assert able == {"it_director@it"}


def test_what_goliska_it_submits_is_qualified_by_its_own_lead():
    case = facts(Status.SUBMITTED, own=PLACE["it"], own_kind=Kind.FEDERATION, leading=PLACE["it"])
    assert {n for n, a in PEOPLE if row_for(Act.START_QUALIFICATION, case, a)} == {"lead@it"}


def test_every_open_status_can_be_left_and_no_ended_one_can():
    for status in LIVE:
        assert next_steps(facts(status, paused_from=Status.QUALIFIED if status == Status.PAUSED else None)), status
    for status in ENDED:
        assert next_steps(facts(status)) == []


def test_every_act_that_is_a_decision_asks_for_one_and_no_other_does():
    for row in TABLE:
        assert (Ask.DECISION in row.asks) == (row.act in DECIDING), row.act


def test_steps_come_in_the_order_of_the_table():
    lead = Actor((Capacity(1, Role.LEAD, Kind.KOMMUN),))
    acts = [row.act for row in steps_for(facts(Status.QUALIFYING), lead)]
    assert acts[:3] == [Act.WITHDRAW, Act.REQUEST_SUPPLEMENT, Act.QUALIFY]


@pytest.mark.parametrize(
    ("act", "source", "target", "right"),
    [
        ("create", "", "draft", True),
        ("create", "", "submitted", False),
        ("submit", "draft", "submitted", True),
        ("submit", "draft", "qualifying", False),
        ("submit", "submitted", "submitted", False),
        ("resume", "paused", "in_progress", True),
        ("resume", "paused", "local", True),
        ("resume", "paused", "closed", False),
        ("ask_goliska", "interest", "it_assessment", True),
        ("close_interest", "interest", "it_assessment", False),
        ("comment", "submitted", "submitted", False),
    ],
)
def test_a_step_of_history_is_one_that_the_table_has(act, source, target, right):
    assert allows(act, source, target) is right


def test_an_event_that_was_brought_in_keeps_its_word():
    assert word_for(Act.IMPORTED, "Presentation i nämnden") == "Presentation i nämnden"
    assert word_for(Act.QUALIFY) == "Kvalificerat"


def test_every_status_has_one_tone():
    assert {status.tone for status in Status} == {"plain", "wait", "go", "info", "stop", "off"}


class TestObstacles:
    """Each question to the facts, with what it says and when it is silent."""

    @pytest.mark.parametrize(
        ("obstacle", "change", "sentences"),
        [
            (
                obstacles.required_fields,
                {"missing_fields": ("titel", "målgrupp")},
                ["Fyll i titel.", "Fyll i målgrupp."],
            ),
            (obstacles.required_fields, {}, []),
            (obstacles.kommun_questions, {"unanswered": {"kommun": ("Vem?",)}}, ["Besvara frågan ”Vem?”."]),
            (
                obstacles.kommun_questions,
                {"unanswered": {"kommun": ("Vem?", "Hur?", "När?")}},
                ["Besvara frågan ”Vem?”.", "Besvara frågan ”Hur?”.", "Besvara frågan ”När?”."],
            ),
            (
                obstacles.kommun_questions,
                {"unanswered": {"kommun": ("Vem?", "Hur?", "När?", "Var?")}},
                ["Besvara 4 frågor. Den första är ”Vem?”."],
            ),
            (
                obstacles.kommun_questions,
                {"stopped": {"kommun": ("Vem?",)}},
                ["Frågan ”Vem?” är besvarad med nej. Skriv skälet om ni ändå vill gå vidare."],
            ),
            (obstacles.kommun_questions, {"unanswered": {"v6": ("Vem?",)}}, []),
            (obstacles.v6_questions, {"unanswered": {"v6": ("Vem?",)}}, ["Besvara frågan ”Vem?”."]),
            (
                obstacles.kommun_assessments,
                {"kommun_minimum": 1},
                ["Det behövs 1 bedömning till innan prioriteringen kan fastställas."],
            ),
            (
                obstacles.kommun_assessments,
                {"kommun_minimum": 3, "complete_assessments": 1},
                ["Det behövs 2 bedömningar till innan prioriteringen kan fastställas."],
            ),
            (obstacles.kommun_assessments, {"complete_assessments": 1}, []),
            (obstacles.v6_assessments, {}, ["Det behövs bedömningar från 2 deltagande kommuner till."]),
            (
                obstacles.v6_assessments,
                {"participants_assessed": frozenset({2})},
                ["Det behövs bedömningar från 1 deltagande kommun till."],
            ),
            (obstacles.v6_assessments, {"participants_assessed": frozenset({2, 3})}, []),
            (obstacles.kommun_assessments, {"kommun_minimum": 3, "round_closed": True}, []),
            (obstacles.v6_assessments, {"participants_assessed": frozenset({2}), "round_closed": True}, []),
            (
                obstacles.round_not_closed,
                {"round_closed": True},
                ["Bedömningen är stängd. Svaren kan inte ändras längre."],
            ),
            (obstacles.round_not_closed, {}, []),
            (
                obstacles.text_open,
                {"round_closed": True},
                ["Bedömningen är stängd. Texten ändras inte efter det."],
            ),
            (obstacles.text_open, {}, []),
            (
                obstacles.round_closed,
                {"status": Status.QUALIFIED},
                ["Stäng bedömningen först. Den som inte har svarat än ska inte påverkas av det ni enas om."],
            ),
            (
                obstacles.round_closed,
                {"status": Status.V6_PRIORITISING},
                ["Stäng bedömningen först. Den som inte har svarat än ska inte påverkas av det ni enas om."],
            ),
            (obstacles.round_closed, {"status": Status.QUALIFIED, "round_closed": True}, []),
            (obstacles.round_closed, {"status": Status.PRIORITISED}, []),
            (obstacles.round_closed, {"status": Status.AWAITING_START}, []),
            (
                obstacles.answers,
                {"not_answered": ("Essunga",), "interest_deadline": TODAY},
                ["Essunga har inte svarat och fristen har inte gått ut."],
            ),
            (obstacles.answers, {"not_answered": ("Essunga",), "interest_deadline": TODAY - dt.timedelta(days=1)}, []),
            (obstacles.answers, {}, []),
            (obstacles.participants, {"participants": frozenset({1})}, ["Minst 2 kommuner ska delta."]),
            (obstacles.participants, {}, []),
            (obstacles.leader, {"leading": 4}, ["En av kommunerna som deltar ska leda."]),
            (obstacles.leader, {"leading": 2}, []),
            (obstacles.it_parts, {"it_missing": ("påverkan",)}, ["Fyll i påverkan i bedömningen."]),
            (obstacles.it_parts, {}, []),
            (
                obstacles.commitment,
                {"commitment_needed": True},
                ["Förbundsdirektören ska först besluta om Göliska IT:s åtagande."],
            ),
            (obstacles.commitment, {"commitment_needed": True, "commitment_decided": True}, []),
            (
                obstacles.commitment,
                {"commitment_needed": True, "commitment_decided": True, "commitment_declined": True},
                [
                    (
                        "Göliska IT har sagt nej, och utan Göliska IT kan arbetet inte starta. "
                        "Förbundsdirektören kan besluta på nytt. V6-samordnaren kan lämna initiativet "
                        "tillbaka till kommunen. Kommundirektören kan avsluta det utan genomförande."
                    )
                ],
            ),
            (obstacles.commitment, {"commitment_declined": True}, []),
            (obstacles.commitment, {}, []),
            (obstacles.commitment_wanted, {}, ["Göliska IT:s bedömning säger att inget åtagande behövs."]),
            (obstacles.commitment_wanted, {"commitment_needed": True}, []),
            (obstacles.no_open_stage, {"open_stages": 1}, ["Avsluta den etapp som pågår."]),
            (obstacles.no_open_stage, {"open_stages": 2}, ["Avsluta de 2 etapper som pågår."]),
            (obstacles.no_open_stage, {}, []),
            (obstacles.an_open_stage, {}, ["Ingen etapp pågår."]),
            (obstacles.an_open_stage, {"open_stages": 1}, []),
            (obstacles.an_adoption, {}, ["Registrera minst ett införande."]),
            (obstacles.an_adoption, {"adoptions": 1}, []),
            (obstacles.a_managed_object, {}, ["Ange vilket förvaltningsobjekt som tar över."]),
            (obstacles.a_managed_object, {"managed_object": "E-tjänster"}, []),
            (obstacles.secret, {}, ["Initiativet är inte sekretessmarkerat."]),
            (obstacles.secret, {"is_secret": True}, []),
            (obstacles.not_secret, {"is_secret": True}, ["Initiativet är redan sekretessmarkerat."]),
            (obstacles.not_secret, {}, []),
            (obstacles.sent_to_v6, {"ever_in_v6": False}, ["Initiativet har inte skickats till V6."]),
            (obstacles.sent_to_v6, {"ever_in_v6": True}, []),
            (
                obstacles.not_in_v6_already,
                {"status": Status.MAINTENANCE, "ever_in_v6": True},
                ["Initiativet har redan hanterats i V6."],
            ),
            (obstacles.not_in_v6_already, {"status": Status.MAINTENANCE, "ever_in_v6": False}, []),
            (obstacles.not_in_v6_already, {"status": Status.LOCAL}, []),
        ],
    )
    def test_says_what_to_do_or_nothing(self, obstacle, change, sentences):
        assert obstacle(facts(Status.INTEREST, **change)) == sentences
