"""Answering the gate questions, and scoring in rounds that the process opens and closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from .. import disagreement, scoring
from ..models import (
    Assessment,
    AssessmentModel,
    GateAnswer,
    GateQuestion,
    GateReply,
    Initiative,
    Level,
    Round,
    Score,
)
from ..models.rounds import RESULTS
from ..own_answers import Marked, OwnAnswers, own_answers, same


@dataclass(frozen=True)
class Reply:
    """An answer to one gate question as it comes from a form."""

    reply: GateReply
    motivation: str = ""
    override_reason: str = ""


@dataclass(frozen=True)
class Mark:
    """An answer to one criterion: 1 to 5, or None for *vet inte*."""

    value: int | None
    motivation: str = ""


def changed_replies(
    *, initiative: Initiative, replies: Mapping[str, Reply]
) -> list[tuple[GateQuestion, Reply, GateAnswer | None]]:
    """Those of the replies that say something new, each with the standing answer that it supersedes."""
    questions = {q.code: q for level in Level for q in GateQuestion.objects.asked_of(initiative.pk, level)}
    standing = {a.question.code: a for a in initiative.gate_answers.standing().select_related("question")}
    found = []
    for code, reply in replies.items():
        question, old = questions[code], standing.get(code)
        if old and old.question_id == question.pk and _reply_of(old) == reply:
            continue
        found.append((question, reply, old))
    return found


def _reply_of(answer: GateAnswer) -> Reply:
    return Reply(GateReply(answer.reply), answer.motivation, answer.override_reason)


@transaction.atomic
def answer_gate(
    *,
    initiative: Initiative,
    by: User,
    organisation: Organisation,
    replies: Mapping[str, Reply],
    at: dt.datetime,
) -> list[GateAnswer]:
    """Answers by code the gate questions the initiative is asked; a changed answer supersedes the standing one.

    So does one to the question of the same code where answers stand under several versions of the model.
    """
    written = []
    for question, reply, old in changed_replies(initiative=initiative, replies=replies):
        if old:
            old.superseded = True
            old.save(update_fields=["superseded"])
        answer = GateAnswer(initiative=initiative, question=question, organisation=organisation, answered_at=at)
        answer.reply, answer.motivation, answer.override_reason = astuple(reply)
        answer.answered_by, answer.answered_by_name = by, str(by)
        answer.save()
        written.append(answer)
    return written


def open_round(*, initiative: Initiative, level: Level, minimum: int, by: User, at: dt.datetime) -> Round:
    """Opens a round at the level under the current model; the process calls this, nobody else."""
    model = AssessmentModel.objects.current()
    return Round.objects.create(initiative=initiative, level=level, model=model, opened_at=at, minimum=minimum)


def close_round(*, initiative: Initiative, level: Level, by: User, at: dt.datetime) -> None:
    """Closes the open round of the level, if there is one; from now on everybody sees all answers."""
    initiative.rounds.open().filter(level=level).update(closed_at=at)


def _sheet(*, round: Round, by: User, organisation: Organisation) -> Assessment:
    revision = round.initiative.revisions.latest("number")
    sheet, _created = Assessment.objects.get_or_create(
        round=round,
        assessor=by,
        revision=revision,
        defaults={"organisation": organisation, "assessor_name": str(by)},
    )
    return sheet


@transaction.atomic
def save_scores(
    *,
    round: Round,
    by: User,
    organisation: Organisation,
    marks: Mapping[str, Mark],
    at: dt.datetime,
    cleared: Collection[str] = (),
    form: str = "",
    sequence: int = 0,
    own: OwnAnswers | None = None,
) -> Assessment:
    """Saves the person's own answers so far, on the newest revision. Nobody else sees them until handed in.

    ``cleared`` are criteria that she leaves unanswered again, ``form`` and ``sequence`` the opened page that saves
    and which of its sendings it is, ``own`` her answers as they stand, where they are read already.
    """
    own = own or own_answers(round, by)
    if not round.is_open:
        raise Refused(_("Omgången är stängd. Svaren kan inte ändras längre."))
    if own.conflict_reason:
        raise Refused(_("Du har anmält jäv och bedömer inte det här initiativet."))
    if own.is_done:
        raise Refused(_("Du har redan lämnat din bedömning. Den ändras bara om texten ändras."))
    sheet = own.sheet or _sheet(round=round, by=by, organisation=organisation)
    criteria = {c.code: c for c in round.model.criteria.all()}
    Score.objects.bulk_create(
        [
            Score(
                assessment=sheet,
                criterion=criteria[code],
                value=mark.value,
                motivation=mark.motivation,
                answered_at=at,
            )
            for code, mark in marks.items()
            if not same(own.current.get(code), mark)
        ],
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value", "motivation", "answered_at"],
    )
    if cleared:
        sheet.scores.filter(criterion__code__in=cleared).delete()
    if form:
        round.assessments.filter(pk=sheet.pk).update(last_form=form, last_sequence=sequence)
    return sheet


@transaction.atomic
def hand_in(
    *, round: Round, by: User, organisation: Organisation, marks: Mapping[str, Mark], at: dt.datetime
) -> Assessment:
    """Hands in the person's assessment with all criteria answered; from then on she sees the others'.

    Once the text has changed she may hand in again, and says why where she answers otherwise than she did.
    """
    own = own_answers(round, by)
    sheet = save_scores(round=round, by=by, organisation=organisation, marks=marks, at=at, own=own)
    given: dict[str, Marked] = {**own.current, **marks}
    criteria = {c.code: str(c) for c in round.model.criteria.all()}
    if unanswered := [name for code, name in criteria.items() if code not in given]:
        raise Refused(_("Besvara %(names)s också, med 1–5 eller vet inte.") % {"names": ", ".join(unanswered)})
    if unexplained := own.unexplained(given):
        names = ", ".join(criteria[code] for code in unexplained)
        raise Refused(_("Skriv varför du ändrar ditt svar på %(names)s.") % {"names": names})
    round.assessments.filter(pk=sheet.pk).update(handed_in_at=at)
    summarise(round)
    return round.assessments.get(pk=sheet.pk)


@transaction.atomic
def declare_conflict(*, round: Round, by: User, organisation: Organisation, reason: str, at: dt.datetime) -> Assessment:
    """Notes the person's jäv with its reason; her answers leave the aggregate and the record keeps both.

    What she had handed in on an earlier revision leaves it too.
    """
    sheet = _sheet(round=round, by=by, organisation=organisation)
    sheet.handed_in_at = sheet.handed_in_at or at
    sheet.save(update_fields=["handed_in_at"])
    round.assessments.handed_in().filter(assessor=by).update(conflict_reason=reason)
    sheet.conflict_reason = reason
    summarise(round)
    return sheet


def _latest_sheets(round: Round) -> list[scoring.Sheet]:
    """What each assessor last handed in, on whichever revision."""
    latest: dict[tuple[int, str], Assessment] = {}
    for sheet in round.assessments.handed_in().order_by("revision__number").prefetch_related("scores__criterion"):
        latest[sheet.organisation_id, sheet.assessor_name] = sheet
    return [
        scoring.Sheet(key, {s.criterion.code: s.value for s in sheet.scores.all()}, bool(sheet.conflict_reason))
        for key, sheet in latest.items()
    ]


def joint_result(round: Round) -> scoring.Aggregate:
    """The joint assessment of the round as it stands, computed from the handed-in sheets and what is agreed."""
    marks = round.joint_marks.standing().filter(value__isnull=False).values_list("criterion__code", "value")
    criteria, sheets = round.model.scoring_criteria(), _latest_sheets(round)
    return scoring.aggregate(criteria, sheets, agreed=dict(marks), minimum=round.minimum)


def put_result(round: Round, result: scoring.Aggregate) -> None:
    """Puts the joint result in the round's result columns, without saving it."""

    def stored(value: Fraction | None) -> Decimal | None:
        return None if value is None else scoring.to_decimal(value, 6)

    round.handed_in = result.counted
    round.joint_score = stored(result.score)
    round.certainty = stored(result.certainty) if result.counted else None
    round.benefit = stored(result.benefit)
    round.feasibility = stored(result.feasibility)
    round.risk_flagged = result.risk_flagged
    round.needs_discussion = bool(result.counted and result.needs_discussion)
    round.disagreement = scoring.to_decimal(disagreement.of_round(result.criteria), 6)
    round.joint_values = {code: None if value is None else str(value) for code, value in result.values.items()}


def summarise(round: Round) -> None:
    """Writes the joint result on the round, so that lists can sort by it without computing it."""
    put_result(round, joint_result(round))
    round.save(update_fields=RESULTS)
