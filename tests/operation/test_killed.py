"""``kill -9`` of the web and of PostgreSQL in the middle of acts: what was answered is there once, nothing by half."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

import pytest

from .busy import PEOPLE, Person
from .installation import Installation, until

ACTS, EACH = 40, 3
"""How much is to be done between one killing and the next, at the least: by all of them, and by each."""

APART = """
select c.initiative_id from governance_case c where c.status is distinct from (
  select e.to_status from governance_event e where e.case_id = c.initiative_id and e.to_status <> ''
  order by e.id desc limit 1)
"""
PRESSED = """
select case kind when 'record_cost' then data ->> 'amount' when 'attach' then data ->> 'attachment' else text end
from governance_event where kind = any(%s)
"""
KINDS = ["comment", "pause", "resume", "answer_interest", "record_cost", "attach"]
HALVES = {
    "a decision without its event, or an event without its decision": """
      select e.id, d.id from governance_event e full join governance_decision d on d.event_id = e.id
      where (e.decider_name <> '') <> (d.id is not null)""",
    "an answer without its decision, or a decision without its answer": """
      select a.id, d.id from governance_decision d full join governance_interestanswer a on a.decision_id = d.id
      where (d.act = 'answer_interest') is distinct from (a.id is not null)""",
    "two answers of one kommun that both stand, or none": """
      select case_id, organisation_id from governance_interestanswer
      group by case_id, organisation_id having count(*) filter (where not superseded) <> 1""",
    "a cost without its event": """
      select c.id from governance_cost c where c.value = 'actual' and not exists (
        select from governance_event e where e.kind = 'record_cost' and e.case_id = c.case_id
        and (e.data ->> 'amount')::numeric = c.amount)""",
    "an event without its cost": """
      select e.id from governance_event e where e.kind = 'record_cost' and not exists (
        select from governance_cost c where c.case_id = e.case_id and (e.data ->> 'amount')::numeric = c.amount)""",
    "more attachments than events, or fewer": """
      select 1 where (select count(*) from initiatives_attachment)
         <> (select count(*) from governance_event where kind = 'attach')""",
    "a case in V6 that nobody leads, or two": """
      select c.initiative_id from governance_case c where c.status in ('interest', 'in_progress') and 1 <> (
        select count(*) from governance_participation p
        where p.case_id = c.initiative_id and p.left_on is null and p.role = 'leads')""",
    "a notice without its event": """
      select n.id from governance_notice n left join governance_event e on e.id = n.event_id where e.id is null""",
}


@pytest.fixture
def people(installation: Installation) -> Iterator[list[Person]]:
    made = json.loads(installation.python("-m", "tests.operation.busy", role="portal_app").splitlines()[-1])
    everybody = [
        Person(name, installation.port, made[name]["session"], acts(made[name]["reference"]))
        for name, acts in PEOPLE.items()
    ]
    installation.start_web()
    for person in everybody:
        person.start()
    yield everybody
    for person in everybody:
        person.stopping.set()
    installation.kill_web()


def work_on(people: list[Person]) -> None:
    """Until a good deal more has been done than now, and something by each."""
    before = [len(person.taken) for person in people]

    def enough() -> bool:
        more = [len(person.taken) - number for person, number in zip(people, before, strict=True)]
        return (sum(more) >= ACTS and min(more) >= EACH) or any(person.unforeseen for person in people)

    until(enough, "the people get their acts done")


def test_after_kill_9_state_and_log_agree_and_what_was_answered_is_there_once(
    installation: Installation, people: list[Person]
) -> None:
    work_on(people)
    installation.kill_web()
    installation.start_web()
    work_on(people)
    installation.kill_database()
    installation.start_database()
    work_on(people)  # the web has found the database again by itself
    installation.kill_database()
    installation.kill_web()
    installation.start_database()
    installation.start_web()
    work_on(people)
    for person in people:
        person.stopping.set()
    for person in people:
        person.join()

    assert [line for person in people for line in person.unforeseen] == []
    resent = {person.name: person.resent for person in people}
    assert sum(resent.values()) > 0  # somebody was in the middle of it
    told = Counter(mark + ".png" if p.name == "attaches" else mark for p in people for mark in p.taken)
    assert sum(told.values()) >= 4 * ACTS
    with installation.connect() as connection:
        settings = {name: connection.execute(f"show {name}").fetchone() for name in ("fsync", "synchronous_commit")}
        assert set(settings.values()) == {("on",)}
        logged = Counter(mark for (mark,) in connection.execute(PRESSED, [KINDS]).fetchall())
        assert {mark: logged[mark] for mark in told if logged[mark] != 1} == {}
        assert connection.execute(APART).fetchall() == []
        found = {what: connection.execute(halves).fetchall() for what, halves in HALVES.items()}
        assert {what: rows for what, rows in found.items() if rows} == {}
        files = connection.execute("select file, sha256 from initiatives_attachment").fetchall()
    media = installation.folder / "media"
    assert [name for name, sha in files if hashlib.sha256((media / name).read_bytes()).hexdigest() != sha] == []
    without_a_row = len(list((media / "bilagor").iterdir())) - len(files)
    assert 0 <= without_a_row <= resent["attaches"]  # docs/drift.md, *Filer utan ägare*
    assert "Kedjan är hel" in installation.python("manage.py", "verify_log", role="portal_app")
    assert "Allt är vad loggen säger." in installation.python("manage.py", "rebuild", "--check", role="portal_app")
