"""How far apart the answers of a round are stands on it, so that a list can put the most divided first."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """The ranges of the criteria, weighed together, over what each assessor last handed in; those with jäv left out."""
    Round = apps.get_model("initiatives", "Round")
    Score = apps.get_model("initiatives", "Score")
    for round in Round.objects.filter(handed_in__gt=0).iterator(chunk_size=500):
        sheets = round.assessments.filter(handed_in_at__isnull=False).order_by("revision__number", "pk")
        latest = {(sheet.organisation_id, sheet.assessor_name): sheet for sheet in sheets}
        counted = [sheet.pk for sheet in latest.values() if not sheet.conflict_reason]
        given: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
        answers = Score.objects.filter(assessment__in=counted, value__isnull=False)
        for code, weight, value in answers.values_list("criterion__code", "criterion__weight", "value"):
            given[code, weight].append(value)
        total = sum(weight for _code, weight in given)
        apart = sum(weight * (max(values) - min(values)) for (_code, weight), values in given.items())
        round.spread = apart / total if total else None
        round.save(update_fields=["spread"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0010_joint_values")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="spread",
            field=models.DecimalField(decimal_places=6, max_digits=7, null=True, verbose_name="oenighet"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
