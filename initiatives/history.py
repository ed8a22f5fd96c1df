"""Brought-in history: initiatives and answers from before the portal, written as they were and not as they are done.

Used by the register import alone. What happens now goes through ``initiatives.actions``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import transaction

from . import scoring
from .actions.assessing import put_result
from .models import Assessment, GateAnswer, Initiative, ReferenceCounter, Revision, Round, Score

BATCH = 1_000
OWN_REFERENCE = re.compile(r"DI-(\d{4})-(\d{1,6})")


@transaction.atomic
def bring_in_initiatives(initiatives: Sequence[Initiative]) -> list[Revision]:
    """Writes submitted initiatives with their text as revision 1; new references will go on after theirs."""
    Initiative.objects.bulk_create(initiatives, batch_size=BATCH)
    revisions = [
        Revision(
            initiative=initiative,
            number=1,
            made_at=initiative.submitted_at or initiative.created_at,
            made_by_id=initiative.author_id,
            made_by_name=initiative.author_name,
            content={name: getattr(initiative, name) for name in Revision.FIELDS},
        )
        for initiative in initiatives
    ]
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    raise_counters(initiative.reference for initiative in initiatives)
    return revisions


def raise_counters(references: Iterable[str]) -> None:
    """Sees to it that no new initiative gets a reference that has been brought in."""
    highest: dict[int, int] = defaultdict(int)
    for reference in references:
        if own := OWN_REFERENCE.fullmatch(reference):
            year, number = int(own[1]), int(own[2])
            highest[year] = max(highest[year], number)
    for year, number in sorted(highest.items()):
        counter, _created = ReferenceCounter.objects.select_for_update().get_or_create(year=year)
        if counter.last < number:
            counter.last = number
            counter.save(update_fields=["last"])


@transaction.atomic
def bring_in_answers(
    *,
    gate_answers: Sequence[GateAnswer],
    rounds: Sequence[Round],
    assessments: Sequence[Assessment],
    scores: Sequence[Score],
) -> None:
    """Writes answers to gate questions, and rounds with their handed-in assessments and joint results."""
    GateAnswer.objects.bulk_create(gate_answers, batch_size=BATCH)
    summarise_before_writing(assessments, scores)
    Round.objects.bulk_create(rounds, batch_size=BATCH)
    Assessment.objects.bulk_create(assessments, batch_size=BATCH)
    Score.objects.bulk_create(scores, batch_size=BATCH)


def summarise_before_writing(assessments: Sequence[Assessment], scores: Sequence[Score]) -> None:
    """Puts the joint result in each round's columns; the assessments of a round stand together in the sequence."""
    values: dict[int, dict[str, int | None]] = defaultdict(dict)
    for score in scores:
        values[id(score.assessment)][score.criterion.code] = score.value
    for _key, group in groupby(assessments, key=lambda assessment: id(assessment.round)):
        sheets = list(group)
        found = [scoring.Sheet(number, values[id(sheet)]) for number, sheet in enumerate(sheets)]
        round = sheets[0].round
        put_result(round, scoring.aggregate(round.model.scoring_criteria(), found, minimum=round.minimum))
