"""A register brought in: all of it, as it was, once."""

import datetime as dt
import itertools
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from followup.imports import register
from followup.imports.faults import Outcome, Totals
from followup.imports.register import import_register
from followup.models import Adoption, Confirmation
from governance.acts import Act
from governance.history import standing_after
from governance.models import Case, Cost, Decision, Event, Participation, Stage
from governance.models.ledger import Ending
from governance.statuses import Status
from initiatives.actions import next_reference, summarise
from initiatives.models import Assessment, AssessmentModel, Criterion, GateAnswer, Initiative, Revision, Round
from tests.cast import Cast
from tests.followup.workbook import (
    DECIDED,
    REFERENCE,
    Register,
    answer,
    at,
    event,
    initiative,
    left,
    participation,
    stage,
)

EXAMPLE = settings.BASE_DIR / "fixtures" / "register_exempel.xlsx"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]


def brought_in(book: Register, folder: Path) -> Outcome:
    outcome = import_register(book.save(folder))
    assert [str(fault) for fault in outcome.faults] == []
    assert outcome.written
    return outcome


def local(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


# The example register


def test_the_example_register_is_brought_in_whole() -> None:
    outcome = import_register(EXAMPLE)
    assert outcome.faults == []
    assert outcome.totals == Totals(read=837, created=837, matched=0, refused=0)
    counted = {m.__name__: m.objects.count() for m in (Initiative, Event, Participation, Stage, Cost, Adoption)}
    assert counted == {
        "Initiative": 44, "Event": 371, "Participation": 84, "Stage": 38, "Cost": 96, "Adoption": 46,
    }  # fmt: skip
    assert Confirmation.objects.count() == 32
    assert GateAnswer.objects.count() + sum(len(a.scores.all()) for a in Assessment.objects.all()) == 126
    assert Initiative.objects.filter(shared_at__isnull=False).count() == 26


def test_the_same_file_again_matches_and_writes_nothing() -> None:
    import_register(EXAMPLE)
    again = import_register(EXAMPLE)
    assert again.faults == []
    assert again.totals == Totals(read=837, created=0, matched=837, refused=0)
    assert Event.objects.count() == 371


def test_the_log_of_what_was_brought_in_holds_together() -> None:
    import_register(EXAMPLE)
    events = list(Event.objects.order_by("id"))
    assert [e.id for e in events] == list(range(events[0].id, events[0].id + 371))
    assert [e.occurred_at for e in events] == sorted(e.occurred_at for e in events)
    for earlier, later in itertools.pairwise(events):
        assert later.previous_hash == earlier.hash


def test_the_ledger_says_how_each_participation_ended() -> None:
    import_register(EXAMPLE)
    ended = Participation.objects.exclude(ending="")
    assert {p.principle is not None for p in ended.filter(ending=Ending.LEFT)} == {True}
    assert ended.filter(ending=Ending.LEFT).count() == 11
    assert ended.exclude(ending=Ending.LEFT).count() == 3


# Nothing or everything


def test_a_preview_tells_what_would_happen_and_keeps_nothing(tmp_path: Path) -> None:
    outcome = import_register(Register.in_progress().save(tmp_path), preview=True)
    assert outcome.ok
    assert outcome.totals.created == 21
    assert outcome.initiatives == 1
    assert not outcome.written
    assert not Initiative.objects.exists()
    assert not Event.objects.exists()


def test_one_fault_keeps_all_the_others_out_too(tmp_path: Path) -> None:
    book = Register.in_progress().also("DI-2025-002")
    book["3N"][0]["Svar"] = "kanske"
    outcome = import_register(book.save(tmp_path))
    assert not outcome.written
    assert not Initiative.objects.exists()


def test_new_initiatives_beside_those_that_are_here(tmp_path: Path) -> None:
    brought_in(Register.in_progress(), tmp_path)
    outcome = brought_in(Register.in_progress().also("DI-2025-002"), tmp_path)
    assert outcome.totals == Totals(read=24, created=3, matched=21, refused=0)
    assert outcome.initiatives == 1


def test_somebody_else_writing_the_same_at_the_same_time_is_no_crash(tmp_path: Path) -> None:
    with patch.object(register, "write", side_effect=IntegrityError):
        outcome = import_register(Register.in_progress().save(tmp_path))
    assert "Försök igen" in outcome.refusal
    assert not outcome.written


# What becomes of the columns


def test_columns_may_stand_in_any_order_and_unknown_ones_are_noticed(tmp_path: Path) -> None:
    book = Register.in_progress()
    for headers in book.headers.values():
        headers.reverse()
    book.headers["Etapper"].insert(0, "Projektnummer")
    book["Etapper"][0]["Projektnummer"] = 4711
    outcome = brought_in(book, tmp_path)
    assert outcome.notices == ["Kolumnen Projektnummer i bladet Etapper hör inte till registret och lästes inte."]


def test_an_initiative_stands_where_its_events_leave_it(tmp_path: Path) -> None:
    brought_in(Register.in_progress(), tmp_path)
    case = Case.objects.select_related("initiative").get()
    assert case.standing is Status.IN_PROGRESS
    assert case.status_since == local("2025-03-03T08:00")
    assert case.initiative.submitted_at == local("2025-01-08T10:00")
    assert case.initiative.shared_at == local("2025-02-03T08:00")
    assert case.first_in_use_on == dt.date(2025, 6, 2)
    assert Cost.objects.get().amount == Decimal("1200.50")
    assert Cost.objects.get().stage == Stage.objects.get()


def test_what_is_left_out_is_filled_in_from_the_events(tmp_path: Path) -> None:
    book = Register.in_progress()
    for header in ("Skapat", "Inkommet till V6", "Status sedan", "Leder"):
        book.headers["Initiativ"].remove(header)
    brought_in(book, tmp_path)
    case = Case.objects.get()
    assert case.initiative.created_at == local("2025-01-07T09:00")
    assert case.initiative.shared_at == local("2025-02-03T08:00")
    assert case.status_since == local("2025-03-03T08:00")
    assert brought_in(book, tmp_path).totals.matched == 21


def test_the_text_is_kept_as_the_first_revision(tmp_path: Path) -> None:
    brought_in(Register.in_progress(), tmp_path)
    revision = Revision.objects.get()
    assert (revision.number, revision.made_by_name) == (1, "Nils Hagelbäck")
    assert revision.made_at == local("2025-01-08T10:00")
    assert revision.content["need"] == "Anslagen hittas inte."
    assert revision.content["targets_residents"] is True


def test_new_references_go_on_after_those_that_were_brought_in(tmp_path: Path) -> None:
    brought_in(Register.in_progress().also("DI-2025-041").also("GÖT-2025-7"), tmp_path)
    assert next_reference(2025) == "DI-2025-042"


def test_a_time_that_occurs_twice_in_autumn_is_the_first(tmp_path: Path) -> None:
    twice = at("2025-10-26T02:30")
    book = Register.in_progress()
    book["Händelser"].append(event("2025-10-26T02:30", "Möte", None, None))
    brought_in(book, tmp_path)
    assert Event.objects.get(word="Möte").occurred_at == twice.replace(tzinfo=dt.timezone(dt.timedelta(hours=2)))


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    book = Register.in_progress()
    workbook = book.workbook()
    workbook["Initiativ"]["B2"].value = "=1+1"
    workbook["Initiativ"]["B2"].data_type = "s"
    workbook["Initiativ"]["F2"].value = "@SUM(A1) -2 +3"
    path = tmp_path / "text.xlsx"
    workbook.save(path)
    assert import_register(path).ok
    assert Initiative.objects.get().title == "=1+1"
    assert Initiative.objects.get().need == "@SUM(A1) -2 +3"


def test_numbers_stand_for_themselves_where_a_text_is_asked_for(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Initiativ"][0]["Diarienummer"] = 2025118
    for row in book["Bedömningar"]:
        row["Modellversion"] = 2024.1
    book["Bedömningar"][1]["Svar"] = "4"
    brought_in(book, tmp_path)
    assert Case.objects.get().registry_number == "2025118"
    assert [s.value for s in Assessment.objects.get().scores.all()] == [4, None]


# People


def test_a_name_is_a_person_when_exactly_one_has_had_a_role_there(tmp_path: Path, cast: Cast) -> None:
    lead = cast.lead("skara")
    lead.first_name, lead.last_name = "Jessika", "Almfeldt"
    lead.save()
    cast.membership(cast.outsider(), "staff", "skara", valid_to=dt.date(2024, 12, 31))
    outsider = cast.outsider()
    outsider.first_name, outsider.last_name = "Nils", "Hagelbäck"
    outsider.save()
    namesake = cast.lead("vara")
    namesake.first_name, namesake.last_name = "Jessika", "Almfeldt"
    namesake.save()

    brought_in(Register.in_progress(), tmp_path)

    assert Initiative.objects.get().author == outsider
    assert {e.actor for e in Event.objects.all()} == {lead}
    assert Assessment.objects.get().assessor == lead


def test_a_name_that_two_have_stays_a_name(tmp_path: Path, cast: Cast) -> None:
    for user in (cast.lead("skara"), cast.staff("skara")):
        user.first_name, user.last_name = "Jessika", "Almfeldt"
        user.save()
    brought_in(Register.in_progress(), tmp_path)
    assert {(e.actor, e.actor_name) for e in Event.objects.all()} == {(None, "Jessika Almfeldt")}


def test_an_event_that_names_nobody_says_so(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"][3]["Registrerad av"] = None
    brought_in(book, tmp_path)
    assert Event.objects.get(kind=Act.QUALIFY).actor_name == "Ej angivet"
    assert brought_in(book, tmp_path).totals.matched == 21


# The log


def test_what_decides_becomes_a_decision_when_it_names_who_and_why(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"][10]["Beslutsfattare"] = None
    brought_in(book, tmp_path)
    decision = Decision.objects.get()
    assert (decision.act, decision.decider_name, decision.motivation) == (
        Act.SEND_TO_V6, "Håkan Brobäcker", "Det gagnar alla.",
    )  # fmt: skip
    assert decision.decided_on == dt.date(2025, 2, 3)
    assert decision.event.kind == Act.SEND_TO_V6


def test_other_things_in_the_log_are_kept_with_their_words(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"] += [
        event("2025-02-06T08:00", "Svar på intresseförfrågan", None, None, **DECIDED),
        event("2025-02-07T08:00", "Frukostmöte", None, None),
    ]
    brought_in(book, tmp_path)
    assert Event.objects.get(kind=Act.ANSWER_INTEREST).word == ""
    met = Event.objects.get(kind=Act.IMPORTED)
    assert (met.word, met.spoken, met.to_status) == ("Frukostmöte", "Frukostmöte", "")


def test_events_of_one_moment_keep_the_order_of_the_file(tmp_path: Path) -> None:
    book = Register.in_progress()
    for row in book["Händelser"][2:5]:
        row["Tidpunkt"] = at("2025-01-10T08:00")
    brought_in(book, tmp_path)
    kinds = list(Event.objects.moves().in_order().values_list("kind", flat=True))
    assert kinds[2:5] == [Act.START_QUALIFICATION, Act.QUALIFY, Act.PRIORITISE]


def test_a_paused_case_remembers_where_it_was(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"].append(event("2025-04-01T08:00", "Gjort vilande", "Genomförande", "Vilande"))
    book["Initiativ"][0] |= {"Status": "Vilande", "Status sedan": at("2025-04-01T08:00")}
    brought_in(book, tmp_path)
    assert Case.objects.get().paused_from == Status.IN_PROGRESS
    assert standing_after(list(Event.objects.in_order())).paused_from == Status.IN_PROGRESS


def test_a_duplicate_names_its_original_in_the_file_or_in_the_portal(tmp_path: Path) -> None:
    brought_in(Register.in_progress(), tmp_path)
    book = Register()
    marked = event("2025-01-09T08:00", "Markerat som dubblett", "Inskickat", "Dubblett", Referens="DI-2025-002")
    book.also("DI-2025-002", Status="Dubblett", **{"Dubblett av": REFERENCE, "Status sedan": at("2025-01-09T08:00")})
    book["Händelser"].append(marked)
    brought_in(book, tmp_path)
    assert Case.objects.get(status=Status.DUPLICATE).duplicate_of.reference == REFERENCE


# Participation


def test_a_change_of_role_is_no_leave_and_needs_no_principle(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Deltagande"] = [
        participation("Skara", "leder", "2025-02-03", "2025-06-01"),
        participation("Skara", "deltar", "2025-06-01"),
        participation("Vara", "leder", "2025-06-01"),
        participation("Götene", "följer", "2025-03-01", "2025-04-01"),
        participation("Essunga", "följer", "2025-03-01", "2025-04-01"),
        participation("Essunga", "deltar", "2025-04-01"),
    ]
    book["Initiativ"][0]["Leder"] = "Vara"
    brought_in(book, tmp_path)
    endings = Participation.objects.order_by("pk").values_list("ending", flat=True)
    assert list(endings) == [Ending.CHANGED, "", "", Ending.UNFOLLOWED, Ending.CHANGED, ""]


def test_going_on_as_a_follower_the_same_day_is_a_leave(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Deltagande"] += [
        left("Götene", "deltar", "2025-03-01", "2025-05-01"),
        participation("Götene", "följer", "2025-05-01"),
    ]
    brought_in(book, tmp_path)
    row = Participation.objects.get(organisation__key="gotene", role="takes_part")
    assert (row.ending, row.principle.code) == (Ending.LEFT, "P2")


def test_a_part_may_begin_and_end_on_one_day(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Deltagande"] += [
        left("Götene", "deltar", "2025-03-01", "2025-03-01"),
        participation("Götene", "deltar", "2025-03-05"),
    ]
    brought_in(book, tmp_path)


# Answers


def test_the_latest_answer_to_a_question_stands(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Bedömningar"].append(answer("K1", "oklart", Tidpunkt=at("2025-01-11T09:00")))
    brought_in(book, tmp_path)
    assert list(GateAnswer.objects.order_by("pk").values_list("reply", "superseded")) == [
        ("yes", False),
        ("unclear", True),
    ]


def test_scores_are_gathered_in_rounds_with_their_joint_result(tmp_path: Path) -> None:
    book = Register.in_progress()
    v6 = {"Nivå": "V6", "Tidpunkt": at("2025-02-21T09:00")}
    book["Bedömningar"] += [answer("N1", 2, **v6), answer("N1", 5, Organisation="Vara", Bedömare="Tobias L", **v6)]
    brought_in(book, tmp_path)
    kommun, v6_round = Round.objects.order_by("pk")
    assert (kommun.level, kommun.handed_in, kommun.joint_score) == ("kommun", 1, Decimal("75.000000"))
    assert (v6_round.level, v6_round.handed_in, v6_round.joint_score) == ("v6", 2, Decimal("62.500000"))
    assert kommun.closed_at == local("2025-01-20T08:00")
    assert v6_round.closed_at == local("2025-02-25T08:00")
    for round in (kommun, v6_round):
        stored = (round.joint_score, round.certainty, round.benefit, round.feasibility, round.needs_discussion)
        summarise(round)
        round.refresh_from_db()
        assert stored == (
            round.joint_score, round.certainty, round.benefit, round.feasibility, round.needs_discussion,
        )  # fmt: skip


def test_a_case_that_stands_where_it_is_scored_has_an_open_round(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Händelser"] = book["Händelser"][:4]
    book["Initiativ"] = [initiative(Status="Kvalificerat", **{"Status sedan": at("2025-01-13T08:00")})]
    for title in ("Deltagande", "Etapper", "Kostnader", "Införanden", "3N", "Bedömningar"):
        book[title] = []
    brought_in(book, tmp_path)
    round = Round.objects.get()
    assert round.is_open
    assert (round.level, round.opened_at, round.handed_in) == ("kommun", local("2025-01-13T08:00"), 0)


def test_a_second_time_in_v6_is_a_second_round(tmp_path: Path) -> None:
    book = Register.in_progress()
    again = [
        event("2025-02-26T08:00", "Tillbaka till kommunen", "Inför beslut om start", "Prioriterat"),
        event("2025-02-26T09:00", "Beslut: skickas till V6", "Prioriterat", "Inkommet till V6", **DECIDED),
        event("2025-02-26T10:00", "V6-kvalificering påbörjad", "Inkommet till V6", "V6-kvalificering"),
        event("2025-02-26T11:00", "Intresseförfrågan utskickad", "V6-kvalificering", "Intresseförfrågan"),
        event("2025-02-26T12:00", "Förfrågan stängd", "Intresseförfrågan", "V6-prioritering"),
    ]
    book["Händelser"] = [*book["Händelser"][:10], *again]
    book["Initiativ"][0] |= {"Status": "V6-prioritering", "Status sedan": at("2025-02-26T12:00")}
    v6 = {"Nivå": "V6"}
    book["Bedömningar"] += [
        answer("N1", 2, Tidpunkt=at("2025-02-21T09:00"), **v6),
        answer("N1", 4, Tidpunkt=at("2025-02-27T09:00"), **v6),
    ]
    brought_in(book, tmp_path)
    first, second = Round.objects.filter(level="v6").order_by("opened_at")
    assert (first.is_open, first.joint_score) == (False, Decimal("25.000000"))
    assert (second.is_open, second.joint_score) == (True, Decimal("75.000000"))


def test_one_person_may_answer_for_two_organisations(tmp_path: Path, cast: Cast) -> None:
    lead = cast.lead("skara")
    lead.first_name, lead.last_name = "Jessika", "Almfeldt"
    lead.save()
    cast.membership(lead, "lead", "vara")
    book = Register.in_progress()
    book["Bedömningar"].append(answer("N1", 2, Organisation="Vara"))
    brought_in(book, tmp_path)
    assert list(Assessment.objects.order_by("pk").values_list("assessor", "assessor_name")) == [
        (lead.pk, "Jessika Almfeldt"),
        (None, "Jessika Almfeldt"),
    ]


def test_two_versions_in_one_stay_leave_one_open_round(tmp_path: Path) -> None:
    newer = AssessmentModel.objects.create(version="2025.1", name="Nyare")
    Criterion.objects.create(model=newer, code="N1", name="Nytta", axis="benefit", weight=100)
    AssessmentModel.objects.filter(pk=newer.pk).update(published_at=timezone.now())
    book = Register.in_progress()
    book["Händelser"] = book["Händelser"][:4]
    book["Initiativ"] = [initiative(Status="Kvalificerat", **{"Status sedan": at("2025-01-13T08:00")})]
    for title in ("Deltagande", "Etapper", "Kostnader", "Införanden", "3N"):
        book[title] = []
    book["Bedömningar"] = [answer("N1", 2), answer("N1", 4, Modellversion="2025.1")]
    brought_in(book, tmp_path)
    assert [round.is_open for round in Round.objects.order_by("pk")] == [False, True]


# The command


def test_the_command_tells_the_totals(tmp_path: Path) -> None:
    out = StringIO()
    call_command("import_register", str(Register.in_progress().save(tmp_path)), stdout=out)
    assert out.getvalue() == "21 rader lästa, 21 skapade, 0 fanns redan, 0 med fel.\n"


def test_the_command_lists_the_faults_and_fails(tmp_path: Path) -> None:
    book = Register.in_progress()
    book["Etapper"][0]["Typ"] = "sprint"
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="Ingenting är inläst"):
        call_command("import_register", str(book.save(tmp_path)), stdout=out, stderr=err)
    assert "Etapper, rad 2, Typ: fann ”sprint”" in err.getvalue()
    assert "21 rader lästa, 0 skapade, 0 fanns redan, 1 med fel." in out.getvalue()


def test_the_command_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="finns inte"):
        call_command("import_register", str(tmp_path / "nowhere.xlsx"))


def test_the_number_of_statements_does_not_depend_on_the_number_of_initiatives(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    brought_in(Register.in_progress(), tmp_path)  # the counter of the year is there from now on
    counts = []
    for numbers in (range(2, 3), range(3, 60)):
        book = Register()
        for number in numbers:
            book.also(f"DI-2025-{number:03d}")
            book["Etapper"].append(stage(Referens=f"DI-2025-{number:03d}"))
        with django_assert_max_num_queries(60) as captured:
            brought_in(book, tmp_path)
        counts.append(len(captured))
    assert counts[0] == counts[1]
