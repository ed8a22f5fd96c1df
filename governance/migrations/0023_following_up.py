"""What is to be followed up of a solution in use, and who maintains it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0022_mail_about_the_survey"),
        ("organizations", "0005_population_with_its_year"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="managed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organisation",
                verbose_name="organisation som förvaltar",
            ),
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("months", models.PositiveSmallIntegerField(verbose_name="månader")),
                ("due_on", models.DateField(verbose_name="att följa upp från")),
                ("answer_by", models.DateField(verbose_name="sista dag")),
                (
                    "answered_in",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.event"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="governance.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "uppföljning av nyttan",
                "verbose_name_plural": "uppföljningar av nyttan",
                "ordering": ["due_on", "organisation__order"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_in__isnull", True)),
                        fields=["organisation", "case", "due_on"],
                        name="follow_up_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "organisation", "months"), name="follow_up_once"),
                    models.CheckConstraint(condition=models.Q(("months__in", (6, 12))), name="follow_up_months_known"),
                    models.CheckConstraint(
                        condition=models.Q(("answer_by__gte", models.F("due_on"))), name="follow_up_ends_after_it_began"
                    ),
                ],
            },
        ),
        migrations.RunSQL(  # the case has another column
            "call governance_keep_entries('governance_case', 'initiative_id', 'initiative_id', $$%s.status <> 'draft'$$)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "call governance_keep_entries('governance_followup', 'id', 'case_id')",
            "".join(f"drop trigger entry_on_{what} on governance_followup;" for what in ("insert", "update", "delete")),
        ),
    ]
