"""The answers of a checked register: gate questions, and scores gathered in rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from governance.acts import Act
from governance.statuses import Status
from initiatives import history as proposals
from initiatives.models import Assessment, AssessmentModel, GateAnswer, Initiative, Revision, Round, Score

from .check_answers import STAGE_OF, RoundOfRows, is_gate, rounds_of
from .check_events import act_of, in_time_order
from .tables import Book, Row
from .world import World


@dataclass
class Answers:
    """What is to be written, in the order of the file."""

    gate_answers: list[GateAnswer] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)


@dataclass(frozen=True)
class Stay:
    """A time that the case stood where it is scored at a level, until scoring was closed or the case went on:
    ``left_at`` is None while neither has happened."""

    entered_at: dt.datetime
    left_at: dt.datetime | None


def write_answers(book: Book, world: World, revisions: list[Revision]) -> None:
    """Writes the answers to the revisions' initiatives; a case that stands where it is scored has an open round."""
    given, logged = book.by_reference("answers"), book.by_reference("events")
    found = Answers()
    for revision in revisions:
        reference = revision.initiative.reference
        rows, happened = given.get(reference, []), in_time_order(logged[reference])
        found.gate_answers += _gate_answers([row for row in rows if is_gate(row, world)], revision, world)
        for level, stage in STAGE_OF.items():
            of_level = [one for one in rounds_of(rows, world) if one.level == level]
            _add_rounds(found, of_level, _stays(happened, stage), level, revision, world)
    proposals.bring_in_answers(
        gate_answers=found.gate_answers, rounds=found.rounds, assessments=found.assessments, scores=found.scores
    )


def _gate_answers(rows: list[Row], revision: Revision, world: World) -> Iterator[GateAnswer]:
    """Of several answers to one question the latest stands; those without a time come first."""
    in_time = sorted(rows, key=lambda row: row["answered_at"] or revision.made_at)
    latest = {row["code"]: row for row in in_time}
    for row in rows:
        yield GateAnswer(
            initiative=revision.initiative,
            question=world.versions[row["version"]].questions[row["code"]],
            organisation_id=world.organisation_id(row["organisation"]),
            reply=row["answer"],
            motivation=row["motivation"],
            answered_by_id=world.person(row["assessor_name"], row["organisation"]),
            answered_by_name=row["assessor_name"],
            answered_at=row["answered_at"],
            superseded=latest[row["code"]] is not row,
        )


def _stays(happened: list[Row], stage: str) -> list[Stay]:
    """When the case could be scored in the status; being dormant in between is part of the stay."""
    stays: list[Stay] = []
    standing = ""
    for row in happened:
        standing = row["to_status"] or standing
        leaves = row["from_status"] == stage and row["to_status"] != Status.PAUSED
        if row["to_status"] == stage and row["from_status"] != Status.PAUSED:
            stays.append(Stay(row["occurred_at"], None))
        elif stays and stays[-1].left_at is None and (leaves or (standing == stage and act_of(row) == Act.CLOSE_ROUND)):
            stays[-1] = Stay(stays[-1].entered_at, row["occurred_at"])
    return stays


def _add_rounds(
    found: Answers, rounds: list[RoundOfRows], stays: list[Stay], level: str, revision: Revision, world: World
) -> None:
    made = []
    for one in rounds:
        stay = stays[one.number] if one.number < len(stays) else None
        round = _round(one, stay, revision.initiative, revision.made_at, world)
        made.append(round)
        _add_assessments(found, one.rows, round, revision, world)
    newest = world.newest_version()
    if stays and stays[-1].left_at is None and len(rounds) < len(stays) and newest:
        opened = stays[-1].entered_at
        made.append(_empty_round(revision.initiative, level, newest.model, opened, world))
    for round in [round for round in made if round.is_open][:-1]:
        round.closed_at = round.opened_at  # scored by two versions at once: the later goes on
    found.rounds += made


def _round(
    one: RoundOfRows, stay: Stay | None, initiative: Initiative, submitted_at: dt.datetime, world: World
) -> Round:
    times: list[dt.datetime] = [row["answered_at"] for row in one.rows if row["answered_at"]]
    opened = min([*times, *([stay.entered_at] if stay else [])], default=submitted_at)
    round = _empty_round(initiative, one.level, world.versions[one.version].model, opened, world)
    if stay is None or stay.left_at:
        left = [stay.left_at] if stay and stay.left_at else []
        round.closed_at = max([*times, *left], default=opened)
    return round


def _empty_round(
    initiative: Initiative, level: str, model: AssessmentModel, opened: dt.datetime, world: World
) -> Round:
    minimum = world.minimum(level, timezone.localdate(opened))
    return Round(initiative=initiative, level=level, model=model, opened_at=opened, minimum=minimum)


def _add_assessments(found: Answers, rows: list[Row], round: Round, revision: Revision, world: World) -> None:
    sheets: dict[tuple[str, str], Assessment] = {}
    for row in rows:
        who = (row["organisation"], row["assessor_name"])
        if who not in sheets:
            sheets[who] = _assessment(row, round, revision, world)
            if sheets[who].assessor_id in {other.assessor_id for other in sheets.values() if other is not sheets[who]}:
                sheets[who].assessor_id = None  # she answers for two organisations: one sheet is hers, both her name's
            found.assessments.append(sheets[who])
        sheet = sheets[who]
        if row["answered_at"]:
            sheet.handed_in_at = max(sheet.handed_in_at or row["answered_at"], row["answered_at"])
        found.scores.append(
            Score(
                assessment=sheet,
                criterion=world.versions[row["version"]].criteria[row["code"]],
                value=row["answer"] if isinstance(row["answer"], int) else None,
                motivation=row["motivation"],
                answered_at=row["answered_at"],
            )
        )
    for sheet in sheets.values():
        sheet.handed_in_at = sheet.handed_in_at or round.closed_at or round.opened_at


def _assessment(row: Row, round: Round, revision: Revision, world: World) -> Assessment:
    return Assessment(
        round=round,
        revision=revision,
        organisation_id=world.organisation_id(row["organisation"]),
        assessor_id=world.person(row["assessor_name"], row["organisation"]),
        assessor_name=row["assessor_name"],
    )
