"""How far apart the answers of a round are stands on it, so that a list can put the most divided first."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """The ranges of the criteria, weighed together, over what each assessor last handed in.

    Those with jäv are left out, and what a meeting has settled counts as 0."""
    Round = apps.get_model("initiatives", "Round")
    Score = apps.get_model("initiatives", "Score")
    JointMark = apps.get_model("initiatives", "JointMark")
    for round in Round.objects.filter(handed_in__gt=0).iterator(chunk_size=500):
        sheets = round.assessments.filter(handed_in_at__isnull=False).order_by("revision__number", "pk")
        latest = {(sheet.organisation_id, sheet.assessor_name): sheet for sheet in sheets}
        counted = [sheet.pk for sheet in latest.values() if not sheet.conflict_reason]
        given: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
        answers = Score.objects.filter(assessment__in=counted, value__isnull=False)
        for code, weight, value in answers.values_list("criterion__code", "criterion__weight", "value"):
            given[code, weight].append(value)
        total = sum(weight for _code, weight in given)
        marks = JointMark.objects.filter(round=round, superseded=False, value__isnull=False)
        settled = set(marks.values_list("criterion__code", flat=True))
        apart = sum(
            weight * (max(values) - min(values)) for (code, weight), values in given.items() if code not in settled
        )
        round.spread = apart / total if total else None
        round.save(update_fields=["spread"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0012_routing_questions")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="spread",
            field=models.DecimalField(decimal_places=6, max_digits=7, null=True, verbose_name="oenighet"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
