"""What was true then, by what we knew then: a story typed by hand, through the real acts."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from followup.actions import record_adoption
from followup.periods import HalfYear
from followup.presenting.overview import Desk
from followup.reports import compute
from governance.acts import Act
from governance.known import knowing, known_since
from governance.models import CostKind, Entry, Outcome
from governance.statuses import Status
from tests.governance.recorded import recorded, settle, sql
from tests.walk import Walk

from .history import day, moment

pytestmark = pytest.mark.django_db
SPRING = HalfYear(2026, 1)


@pytest.fixture
def walk(cast) -> Walk:
    """Skara's, begun 1 December 2025 and one act a day. Then:

    - recorded 20 February: everything until the start, and a cost of 100 000 dated 1 March, which is not yet;
    - recorded 10 May: a cost of 70 000 dated 15 March, and that Skara took it into use on 20 March;
    - recorded 5 June: the 70 000 should have been 7 000;
    - recorded 1 July: Vara had left on 1 April, and the stage had ended on 15 April.
    """
    with recorded("2026-02-20"):
        walk = Walk(cast, at=moment("2025-12-01")).to(Status.IN_PROGRESS)
        walk.at = moment("2026-03-01")
        walk.record_cost(100_000, CostKind.DEVELOPMENT)
    with recorded("2026-05-10"):
        walk.record_cost(70_000, CostKind.DEVELOPMENT, date=day("2026-03-15"))
        record_adoption(
            case=walk.case, by=cast.lead("skara"), organisation=cast.orgs["skara"], in_use_on=day("2026-03-20")
        )
    with recorded("2026-06-05"):
        wrong = walk.case.costs.get(amount=70_000)
        walk.record_cost(7_000, CostKind.DEVELOPMENT, date=day("2026-03-15"), corrects=wrong, motivation="En nolla.")
    with recorded("2026-07-01"):
        walk.at = moment("2026-03-31")
        walk.leave("vara")
        walk.at = moment("2026-04-14")
        walk.end_stage(Outcome.DONE)
    return walk


def row(as_of: str, known: str | None) -> dict[str, Any]:
    report = compute(SPRING, day(as_of), known_at=known and day(known))
    (found,) = report["B5"]["rader"]
    return {
        "deltar": found["B5a"]["deltagande"],
        "lämnat": [leave["kommun"] for leave in found["B5b"]["lista"]],
        "kostat": found["B5c"]["utveckling"]["utfall"],
        "genomförda": report["B2"]["forstudie"]["genomforda"],
        "pågår": report["B2"]["forstudie"]["pagaende"],
        "infört": report["B3"]["inforanden"],
    }


JOINED = 3
"""Skara leads, Vara and Lidköping take part."""


STORY = [
    # In April the cost of 15 March is not known of, nor what is in use since the 20th
    ("2026-04-20", "2026-04-20", (JOINED, [], "100000.00", 0, 1, 0)),
    ("2026-04-20", "2026-05-09", (JOINED, [], "100000.00", 0, 1, 0)),
    # From 10 May it is, and of April too
    ("2026-04-20", "2026-05-10", (JOINED, [], "170000.00", 0, 1, 1)),
    ("2026-04-20", "2026-06-04", (JOINED, [], "170000.00", 0, 1, 1)),
    # From 5 June the amount is the right one
    ("2026-04-20", "2026-06-05", (JOINED, [], "107000.00", 0, 1, 1)),
    ("2026-06-30", "2026-06-30", (JOINED, [], "107000.00", 0, 1, 1)),
    # From 1 July Vara had left in April and the stage had ended; on 31 March neither, however much we know
    ("2026-04-20", "2026-07-01", (JOINED - 1, ["Vara"], "107000.00", 1, 0, 1)),
    ("2026-03-31", "2026-07-01", (JOINED, [], "107000.00", 0, 1, 1)),
    ("2026-03-14", "2026-07-01", (JOINED, [], "100000.00", 0, 1, 0)),
    # Everything that is known
    ("2026-04-20", None, (JOINED - 1, ["Vara"], "107000.00", 1, 0, 1)),
    ("2026-03-31", None, (JOINED, [], "107000.00", 0, 1, 1)),
]


def test_the_story_figure_by_figure(walk):
    for as_of, known, expected in STORY:
        assert tuple(row(as_of, known).values()) == expected, (as_of, known)


def test_before_anything_was_recorded_there_was_nothing(walk):
    report = compute(SPRING, day("2026-02-10"), known_at=day("2026-02-19"))
    assert report["A1"]["summa_kommuner"]["antal"] == report["B5"]["antal_rader"] == report["C2"]["totalt"] == 0
    with knowing(day("2026-02-19")):
        assert [(one.submitted, one.received) for one in Desk().arrivals(day("2026-02-19"))] == [(0, 0)]
    with knowing(day("2026-02-20")):
        assert sum(one.received for one in Desk().arrivals(day("2026-02-20"))) == 1


def test_the_last_minute_of_the_day_belongs_to_it_in_swedish_time(cast):
    with recorded("2026-06-10", "23:59"):
        Walk(cast, at=moment("2026-01-07")).to(Status.SUBMITTED)
    with recorded("2026-06-11", "00:00"):
        Walk(cast, at=moment("2026-01-08")).to(Status.SUBMITTED)
    known = {
        k: compute(SPRING, day(k), known_at=day(k))["A1"]["summa_kommuner"]["antal"]
        for k in ("2026-06-10", "2026-06-11")
    }
    assert known == {"2026-06-10": 1, "2026-06-11": 2}


def test_a_status_is_the_one_that_was_known(cast):
    """Marked in May as a duplicate since March: B5 asks the log of events, which is read up to the same day."""
    with recorded("2026-03-10"):
        original = Walk(cast, at=moment("2026-01-05")).to(Status.SUBMITTED)
        walk = Walk(cast, at=moment("2026-01-05")).to(Status.QUALIFYING)
    with recorded("2026-05-10"):
        walk.act(Act.MARK_DUPLICATE, walk.lead, original=original.case.initiative)
    counted = {
        known: compute(SPRING, day("2026-03-20"), known_at=day(known))["A1"]["summa_kommuner"]["varav_dubbletter"]
        for known in ("2026-03-20", "2026-05-09", "2026-05-10")
    }
    assert counted == {"2026-03-20": 0, "2026-05-09": 0, "2026-05-10": 1}


def test_answers_that_are_withheld_today_are_not_told_by_way_of_yesterday(cast):
    """Back in an inquiry, the kommuner's earlier rows are nobody's to see until it is closed."""
    with recorded("2026-03-10"):
        walk = Walk(cast, at=moment("2026-01-05")).to(Status.V6_PRIORITISING)
    assert row("2026-03-20", "2026-03-20")["deltar"] == JOINED
    with recorded("2026-04-10"):
        walk.at = moment("2026-03-30")
        walk.act(Act.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Inte klart.")
        walk.send_to_v6(), walk.v6_start(), walk.v6_qualify()
    assert row("2026-03-20", "2026-03-20")["deltar"] == 1, "the one that leads"


def test_the_same_figures_as_today_where_everything_is_known(walk):
    settle()
    today = dt.date(2026, 11, 26)
    for period in (SPRING, SPRING.next()):
        assert compute(period, today, known_at=today) == compute(period, today)


def test_as_many_statements_as_today_however_many_initiatives(walk, cast, django_assert_num_queries):
    settle()
    for _more in range(2):
        with django_assert_num_queries(11):
            compute(SPRING, day("2026-06-30"), known_at=day("2026-06-30"))
        Walk(cast, at=moment("2026-01-07")).to(Status.V6_RECEIVED)
        settle()


class TestTheCommand:
    def run(self, *args: str) -> dict[str, Any]:
        out = io.StringIO()
        call_command("report", "2026-1", *args, stdout=out)
        return json.loads(out.getvalue())

    def test_it_takes_the_two_dates(self, walk):
        told = self.run("--as-of", "2026-04-20", "--known-at", "2026-05-10")
        assert told == json.loads(json.dumps(compute(SPRING, day("2026-04-20"), known_at=day("2026-05-10"))))
        assert self.run("--known-at", "2026-05-10")["per"] == "2026-05-10"

    @pytest.mark.parametrize(
        ("args", "sentence"),
        [
            (["--as-of", "2026-05-11", "--known-at", "2026-05-10"], "Den 10 maj 2026 visste ingen"),
            (["--known-at", "2999-01-01"], "Välj i dag eller en tidigare dag."),
            (["--known-at", "i går"], "är inget datum"),
            (["--known-at", "2026-05-10", "--format", "xlsx"], "Med --known-at skrivs bara JSON."),
        ],
    )
    def test_it_says_what_it_cannot_answer(self, args, sentence):
        with pytest.raises(CommandError, match=sentence):
            self.run(*args)


def test_what_was_there_before_entries_were_kept_is_known_since_then(walk):
    """A database that already held something: its rows are noted the day the log learns to, as they are then."""
    settle()
    assert known_since() is None
    before = compute(SPRING, day("2026-06-30"))
    sql("alter table governance_entry disable trigger user")
    sql("delete from governance_entry")
    sql("alter table governance_entry enable trigger user")
    for table, key, of_case, condition in (
        ("initiatives_initiative", "id", "id", "%s.submitted_at is not null"),
        ("governance_case", "initiative_id", "initiative_id", "%s.status <> 'draft'"),
        *((table, "id", "case_id", "") for table in ("governance_participation", "governance_stage",
          "governance_cost", "followup_adoption")),
    ):  # fmt: skip
        sql("call governance_keep_entries(%s, %s, %s, %s)", table, key, of_case, condition)
    settle()
    assert set(Entry.objects.values_list("was_there", flat=True)) == {True}
    assert known_since() == dt.date.today()  # noqa: DTZ011
    assert compute(SPRING, day("2026-06-30"), known_at=dt.date.today()) == before  # noqa: DTZ011
    with pytest.raises(CommandError, match="Portalen minns vad den visste från och med den"):
        call_command("report", "2026-1", "--known-at", "2026-06-30", stdout=io.StringIO())
