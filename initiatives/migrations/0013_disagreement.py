"""How far from settled a round is stands on it, so that a list can be sorted by it without reading the answers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import pvariance
from typing import Any

from django.db import migrations, models


def measure(apps: Any, schema_editor: Any) -> None:
    """How far apart the answers are, in rounds from before; what has been agreed on is settled."""
    Score = apps.get_model("initiatives", "Score")
    for round in apps.get_model("initiatives", "Round").objects.filter(handed_in__gt=0).iterator(chunk_size=500):
        sheets = round.assessments.filter(handed_in_at__isnull=False).order_by("revision__number", "pk")
        latest = {(sheet.organisation_id, sheet.assessor_name): sheet for sheet in sheets}
        agreed = set(
            round.joint_marks.filter(superseded=False, value__isnull=False).values_list("criterion", flat=True)
        )
        counted = [sheet.pk for sheet in latest.values() if not sheet.conflict_reason]
        given: dict[int, list[int]] = {}
        answers = Score.objects.filter(assessment__in=counted, value__isnull=False)
        for criterion, value in answers.values_list("criterion", "value"):
            given.setdefault(criterion, []).append(value)
        left = [[Fraction(value) for value in values] for key, values in given.items() if key not in agreed]
        degrees = (max(values) - min(values) + pvariance(values) / 10 for values in left)
        greatest = max(degrees, default=Fraction(0))
        round.disagreement = Decimal(greatest.numerator) / greatest.denominator
        round.save(update_fields=["disagreement"])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0012_routing_questions")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="disagreement",
            field=models.DecimalField(decimal_places=6, default=0, max_digits=7, verbose_name="oenighet"),
        ),
        migrations.RunPython(measure, migrations.RunPython.noop),
    ]
