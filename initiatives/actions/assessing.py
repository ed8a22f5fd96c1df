"""Answering the gate questions, and scoring in rounds that the process opens and closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

CLOSED = gettext_lazy("Omgången är stängd. Svaren kan inte ändras längre.")
CONFLICT = gettext_lazy("Du har anmält jäv och bedömer inte det här initiativet.")
HANDED_IN = gettext_lazy("Du har redan lämnat din bedömning. Den ändras bara om texten ändras.")
LONGEST_NAME = 150


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
    """Those of the replies that say something new, each with the standing answer that it supersedes.

    Refused where a code is asked no more: the questions have come in another version.
    """
    questions = {q.code: q for level in Level for q in GateQuestion.objects.asked_of(initiative.pk, level)}
    standing = {a.question.code: a for a in initiative.gate_answers.standing().select_related("question")}
    found = []
    for code, reply in replies.items():
        if code not in questions:
            raise Refused(_asked_anew())
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
    over: int | None = None,
    version: int | None = None,
) -> list[GateAnswer]:
    """Answers by code the gate questions the initiative is asked; a changed answer supersedes the standing one.

    So does one to the question of the same code where answers stand under several versions of the model. ``over`` is
    the newest answer, by its key or 0 for none, and ``version`` the assessment model, by its key, that the person had
    before her: a colleague's answer or another version that has come since is told, not overrun. The case is locked.
    """
    changed, written = changed_replies(initiative=initiative, replies=replies), []
    _check_unchanged([question for question, _reply, _old in changed], initiative, over, version)
    for question, reply, old in changed:
        if old:
            old.superseded = True
            old.save(update_fields=["superseded"])
        answer = GateAnswer(initiative=initiative, question=question, organisation=organisation, answered_at=at)
        answer.reply, answer.motivation, answer.override_reason = astuple(reply)
        answer.answered_by, answer.answered_by_name = by, str(by)
        answer.save()
        written.append(answer)
    return written


def _check_unchanged(
    questions: Sequence[GateQuestion], initiative: Initiative, over: int | None, version: int | None
) -> None:
    """What is asked and answered at the level must be what the person saw. The questions are all of one level."""
    if version is not None and any(question.model_id != version for question in questions):
        raise Refused(_asked_anew())
    if over is None or not questions:
        return
    standing = initiative.gate_answers.standing().filter(question__level=questions[0].level)
    newest = standing.order_by("pk").last()
    if newest and newest.pk != over:
        who = newest.answered_by_name
        raise Refused(_("%(who)s hann före och svarade på frågorna. Titta igen innan du sparar.") % {"who": who})


def _asked_anew() -> str:
    return _("Frågorna har kommit i en ny version. Läs dem igen innan du sparar.")


def open_round(*, initiative: Initiative, level: Level, minimum: int, by: User, at: dt.datetime) -> Round:
    """Opens a round at the level under the current model; the process calls this, nobody else."""
    model = AssessmentModel.objects.current()
    return Round.objects.create(initiative=initiative, level=level, model=model, opened_at=at, minimum=minimum)


def close_round(*, initiative: Initiative, level: Level, by: User, at: dt.datetime) -> None:
    """Closes the open round of the level, if there is one; from now on everybody sees all answers."""
    initiative.rounds.open().filter(level=level).update(closed_at=at)


def _sheet(*, round: Round, by: User, organisation: Organisation) -> Assessment:
    """Her sheet on the newest revision; a new one is for whom she acted when she first answered in the round."""
    revision = round.initiative.revisions.latest("number")
    own = list(round.assessments.filter(assessor=by).select_related("organisation").order_by("revision__number", "pk"))
    if own and own[-1].revision_id == revision.pk:
        return own[-1]
    where = own[0].organisation if own else organisation
    name = _name_in(round, by, where)
    return round.assessments.create(assessor=by, assessor_name=name, organisation=where, revision=revision)


def _name_in(round: Round, by: User, organisation: Organisation) -> str:
    """Her name in the round; a namesake from the same organisation is told apart by what she signs in as."""
    namesakes = round.assessments.filter(organisation=organisation, assessor_name=str(by)).exclude(assessor=by)
    return f"{by} ({by.username})"[:LONGEST_NAME] if namesakes.exists() else str(by)


def why_not(round: Round, own: OwnAnswers) -> str:
    """Why the person cannot answer in the round, or not any more, as a sentence; empty where she can."""
    if not round.is_open:
        return str(CLOSED)
    if own.conflict_reason:
        return str(CONFLICT)
    return str(HANDED_IN) if own.is_done else ""


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
    if told := why_not(round, own):
        raise Refused(told)
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
    handed_in = round.assessments.handed_in().order_by("revision__number").prefetch_related("scores__criterion")
    latest = {sheet.who: sheet for sheet in handed_in}
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
