"""The log of record keeps itself: nobody changes it, and what is changed anyway is found."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from governance.actions import delete_draft
from governance.chain import first_break, head
from governance.models import Event
from governance.statuses import Status
from tests.walk import Walk

pytestmark = pytest.mark.django_db


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def as_the_owner_might(statement: str, *params: object) -> None:
    """What the owner of the tables can do and nobody else: take the guard down first."""
    sql("set constraints all immediate")  # what waits to be checked must be, before a table can be altered
    sql("alter table governance_event disable trigger event_append_only")
    sql(statement, *params)
    sql("alter table governance_event enable trigger event_append_only")


@pytest.mark.parametrize(
    "statement",
    [
        "update governance_event set text = 'annat' where id = 1",
        "delete from governance_event where id = 1",
        "truncate governance_event cascade",
    ],
)
def test_the_database_refuses_to_change_empty_or_shorten_the_log(cast, statement):
    Walk(cast).to(Status.SUBMITTED)
    sql("set constraints all immediate")
    with pytest.raises(DatabaseError, match="bara fyllas på"), transaction.atomic():
        sql(statement)


def test_events_are_numbered_without_gaps_and_linked_from_the_first(cast):
    Walk(cast).to(Status.QUALIFIED)
    events = list(Event.objects.order_by("id"))
    assert [e.id for e in events] == list(range(1, len(events) + 1))
    assert events[0].previous_hash is None
    assert [bytes(e.previous_hash) for e in events[1:]] == [bytes(e.hash) for e in events[:-1]]
    assert first_break() is None


def test_an_act_that_is_refused_leaves_no_gap(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    with transaction.atomic():
        walk.start_qualification()
        transaction.set_rollback(True)
    walk = Walk(cast).to(Status.SUBMITTED)
    assert first_break() is None
    assert head().number == Event.objects.count()


def test_an_altered_event_is_named(cast, capsys):
    walk = Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might("update governance_event set text = 'något annat' where id = 3")
    assert (first_break().number, first_break().altered) == (3, True)
    with pytest.raises(CommandError, match=rf"händelse 3 \({walk.case.initiative.reference}\) har ändrats i efterhand"):
        call_command("verify_log")


def test_an_event_altered_together_with_its_hash_breaks_the_next_link(cast):
    Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might(
        "update governance_event e set text = 'annat', hash = governance_event_digest("
        "jsonb_populate_record(e, jsonb_build_object('text', 'annat'))) where id = 2"
    )
    broken = first_break()
    assert (broken.number, broken.altered) == (3, False)
    with pytest.raises(CommandError, match=r"händelse 3 .* hänger inte ihop med den före"):
        call_command("verify_log")


def test_a_removed_event_is_missed(cast):
    Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might("delete from governance_event where id = 2")
    assert (first_break().number, first_break().missing) == (3, 1)
    with pytest.raises(CommandError, match="en händelse saknas före händelse 3"):
        call_command("verify_log")


def test_a_cut_off_tail_is_seen_against_a_head_that_was_noted(cast):
    Walk(cast).to(Status.QUALIFIED)
    noted = head()
    Walk(cast).to(Status.SUBMITTED)
    call_command("verify_log", head=f"{noted.number}:{noted.hash}")
    as_the_owner_might("delete from governance_event where id >= %s", noted.number)
    assert first_break() is None
    with pytest.raises(CommandError, match="finns inte kvar"):
        call_command("verify_log", head=f"{noted.number}:{noted.hash}")


def test_an_event_cut_off_the_end_is_missed_by_its_case(cast):
    walk = Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might("delete from governance_event where id = (select max(id) from governance_event)")
    assert first_break() is None
    told = f"ärendet {walk.case.initiative.reference} står i Kvalificerat och loggen slutar i Under kvalificering"
    with pytest.raises(CommandError, match=told):
        call_command("verify_log")


def test_all_events_of_a_case_cut_off_the_end_are_missed_by_it(cast):
    walk = Walk(cast).to(Status.SUBMITTED)
    as_the_owner_might("delete from governance_event")
    told = f"om ärendet {walk.case.initiative.reference}, som står i Inskickat, säger loggen inget"
    with pytest.raises(CommandError, match=told):
        call_command("verify_log")


def test_a_case_that_is_gone_is_missed_by_the_log_and_a_draft_thrown_away_is_not(cast):
    draft = Walk(cast)
    delete_draft(case=draft.case, by=draft.author)
    call_command("verify_log")
    walk = Walk(cast).to(Status.SUBMITTED)
    sql("set constraints all immediate")
    sql("alter table governance_case disable trigger nothing_submitted_is_deleted")
    sql("delete from governance_case where initiative_id = %s", walk.case.pk)
    with pytest.raises(CommandError, match=rf"{walk.case.initiative.reference} finns inte kvar. Loggen slutar i Insk"):
        call_command("verify_log")


def test_two_events_that_have_changed_places_are_named(cast):
    Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might("update governance_event set id = case id when 2 then 3000 when 3 then 2 end where id in (2, 3)")
    as_the_owner_might("update governance_event set id = 3 where id = 3000")
    assert (first_break().number, first_break().altered) == (2, True)


def test_an_event_put_in_between_breaks_the_chain_after_it_though_its_own_hash_is_right(cast):
    """The later ones make room, the new one follows on from number 2: number 4 was number 3 when it was written."""
    Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might("update governance_event set id = id + 1000 where id > 2")
    as_the_owner_might("update governance_event set id = id - 999 where id > 1000")
    sql("alter table governance_event disable trigger event_chain")
    sql(
        "insert into governance_event (id, case_id, reference, kind, word, from_status, to_status, occurred_at,"
        " recorded_at, actor_name, role, decider_name, text, data, previous_hash, hash)"
        " select 3, case_id, reference, 'comment', '', '', '', occurred_at, recorded_at, actor_name, '', '', 'Nytt.',"
        " '{}', hash, null from governance_event where id = 2"
    )
    as_the_owner_might("update governance_event e set hash = governance_event_digest(e) where id = 3")
    assert (first_break().number, first_break().altered) == (4, True)


def test_a_log_written_all_over_again_is_seen_against_a_head_that_was_noted(cast):
    """Who owns the tables can reckon every hash anew. What is kept elsewhere she cannot reach."""
    Walk(cast).to(Status.QUALIFIED)
    noted = head()
    as_the_owner_might("update governance_event set text = 'Något annat.' where id = 2")
    for number in range(2, noted.number + 1):
        as_the_owner_might(
            "update governance_event e set previous_hash = before.hash,"
            " hash = governance_event_digest("
            "jsonb_populate_record(e, jsonb_build_object('previous_hash', before.hash)))"
            " from governance_event before where e.id = %s and before.id = e.id - 1",
            number,
        )
    assert first_break() is None
    call_command("verify_log")
    with pytest.raises(CommandError, match="finns inte kvar"):
        call_command("verify_log", head=f"{noted.number}:{noted.hash}")


def test_a_whole_log_says_how_long_it_is_and_its_head(cast, capsys):
    call_command("verify_log")
    assert capsys.readouterr().out == "Loggen är tom.\n"
    Walk(cast).to(Status.SUBMITTED)
    call_command("verify_log")
    assert capsys.readouterr().out == f"Kedjan är hel: 2 händelser. Kedjehuvud 2:{head().hash}\n"


def test_a_head_that_cannot_be_read_is_refused(cast):
    Walk(cast).to(Status.SUBMITTED)
    with pytest.raises(CommandError, match="NUMMER:HASH"):
        call_command("verify_log", head="abc")


def test_verifying_takes_one_statement_whatever_the_length(cast, django_assert_num_queries):
    Walk(cast).to(Status.SUBMITTED)
    with django_assert_num_queries(1):
        first_break()
    for _ in range(5):
        Walk(cast).to(Status.QUALIFIED)
    with django_assert_num_queries(1):
        first_break()
