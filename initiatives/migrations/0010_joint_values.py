"""What a joint score is made of stands on the round, so that a list explains its scores without reading the answers."""

from __future__ import annotations

from fractions import Fraction
from statistics import median
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """The median of each criterion over what each assessor last handed in, those with jäv left out."""
    Round = apps.get_model("initiatives", "Round")
    Score = apps.get_model("initiatives", "Score")
    for round in Round.objects.filter(handed_in__gt=0).iterator(chunk_size=500):
        sheets = round.assessments.filter(handed_in_at__isnull=False).order_by("revision__number", "pk")
        latest = {(sheet.organisation_id, sheet.assessor_name): sheet for sheet in sheets}
        counted = [sheet.pk for sheet in latest.values() if not sheet.conflict_reason]
        given: dict[str, list[Fraction]] = {code: [] for code in round.model.criteria.values_list("code", flat=True)}
        answers = Score.objects.filter(assessment__in=counted, value__isnull=False)
        for code, value in answers.values_list("criterion__code", "value"):
            given[code].append(Fraction(value))
        round.joint_values = {code: str(median(values)) if values else None for code, values in given.items()}
        round.save(update_fields=["joint_values"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0009_similar_initiatives")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="joint_values",
            field=models.JSONField(blank=True, default=dict, verbose_name="gemensamma värden"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
