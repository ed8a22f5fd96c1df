"""What is planned, costs that are put right, and evidence; none of it is deleted."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = ["governance_comingstage", "governance_earlierplan", "governance_evidence"]


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0017_the_record"),
        ("initiatives", "0021_evidence"),
        ("organizations", "0003_demo_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComingStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("prestudy", "förstudie"),
                            ("assignment", "uppdrag"),
                            ("project", "projekt"),
                            ("implementation", "implementation"),
                        ],
                        max_length=20,
                        verbose_name="typ",
                    ),
                ),
                ("planned_start", models.DateField(verbose_name="planerad start")),
                ("planned_end", models.DateField(verbose_name="planerat slut")),
            ],
            options={
                "verbose_name": "kommande etapp",
                "verbose_name_plural": "kommande etapper",
                "ordering": ["planned_start", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EarlierPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_start", models.DateField(null=True, verbose_name="planerad start")),
                ("planned_end", models.DateField(null=True, verbose_name="planerat slut")),
            ],
            options={
                "verbose_name": "tidigare plan",
                "verbose_name_plural": "tidigare planer",
                "ordering": ["event"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("protocol", "beslutsprotokoll"),
                            ("invoice", "faktura"),
                            ("report", "slutrapport"),
                            ("agreement", "avtal"),
                            ("other", "annat underlag"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
            ],
            options={
                "verbose_name": "underlag",
                "verbose_name_plural": "underlag",
                "ordering": ["attachment__uploaded_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="cost",
            name="corrected_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.event",
                verbose_name="rättad i",
            ),
        ),
        migrations.AddField(
            model_name="cost",
            name="replaced_by",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="governance.cost",
                verbose_name="rättad till",
            ),
        ),
        migrations.AddField(
            model_name="stage",
            name="planned_start",
            field=models.DateField(blank=True, null=True, verbose_name="planerad start"),
        ),
        migrations.AddConstraint(
            model_name="cost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by__isnull", True),
                    models.Q(("corrected_in__isnull", False), models.Q(("replaced_by", models.F("pk")), _negated=True)),
                    _connector="OR",
                ),
                name="cost_replaced_by_a_correction",
            ),
        ),
        migrations.AddField(
            model_name="comingstage",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="coming_stages", to="governance.case"
            ),
        ),
        migrations.AddField(
            model_name="comingstage",
            name="dropped_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.event",
                verbose_name="struken i",
            ),
        ),
        migrations.AddField(
            model_name="comingstage",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organisation",
                verbose_name="ansvarig organisation",
            ),
        ),
        migrations.AddField(
            model_name="comingstage",
            name="stage",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coming",
                to="governance.stage",
                verbose_name="etapp",
            ),
        ),
        migrations.AddField(
            model_name="earlierplan",
            name="coming",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="earlier_plans",
                to="governance.comingstage",
            ),
        ),
        migrations.AddField(
            model_name="earlierplan",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="earlier_plan", to="governance.event"
            ),
        ),
        migrations.AddField(
            model_name="earlierplan",
            name="stage",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="earlier_plans",
                to="governance.stage",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="attachment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="initiatives.attachment"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="cost",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="governance.cost"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="stage",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="governance.stage"
            ),
        ),
        migrations.AddConstraint(
            model_name="comingstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned_end__gte", models.F("planned_start"))),
                name="coming_stage_ends_after_start",
                violation_error_message="Etappen kan inte planeras att sluta innan den börjar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comingstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__isnull", True), ("dropped_in__isnull", True), _connector="OR"),
                name="coming_stage_begun_or_dropped",
            ),
        ),
        migrations.AddConstraint(
            model_name="comingstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("type__in", ["prestudy", "assignment", "project", "implementation"])),
                name="coming_stage_type_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlierplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("coming__isnull", False), ("stage__isnull", True)),
                    models.Q(("coming__isnull", True), ("stage__isnull", False)),
                    _connector="OR",
                ),
                name="earlier_plan_is_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cost__isnull", False), ("stage__isnull", True)),
                    models.Q(("cost__isnull", True), ("stage__isnull", False)),
                    _connector="OR",
                ),
                name="evidence_is_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["protocol", "invoice", "report", "agreement", "other"])),
                name="evidence_kind_known",
            ),
        ),
        *(
            migrations.RunSQL(
                f"create trigger nothing_submitted_is_deleted before delete on {table}"
                " for each row execute function portal_refuse_delete();",
                f"drop trigger nothing_submitted_is_deleted on {table};",
            )
            for table in KEPT
        ),
    ]
