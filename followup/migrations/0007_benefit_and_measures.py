"""What the benefit came to, and saved measures; what is said and noted is neither changed nor deleted."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

KEPT = ["followup_realisedbenefit", "followup_measurepoint", "followup_measure"]
UNCHANGED = KEPT[:2]


def _kept(when: str, name: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"create trigger {name} before {when} on {table} for each row execute function portal_refuse_delete();",
        f"drop trigger {name} on {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0006_surveys"),
        ("governance", "0023_following_up"),
        ("organizations", "0005_population_with_its_year"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="namn")),
                ("filters", models.JSONField(default=dict, verbose_name="urval")),
                ("told", models.CharField(blank=True, max_length=600, verbose_name="urvalet i ord")),
                (
                    "sharing",
                    models.CharField(
                        choices=[("private", "Bara jag"), ("organisation", "Min organisation"), ("v6", "Alla i V6")],
                        default="private",
                        max_length=12,
                        verbose_name="delas med",
                    ),
                ),
                ("owner_name", models.CharField(max_length=150, verbose_name="sparat av")),
                ("saved_at", models.DateTimeField(verbose_name="sparat")),
                ("retired_at", models.DateTimeField(null=True, verbose_name="avslutat")),
                ("retired_by_name", models.CharField(blank=True, max_length=150, verbose_name="avslutat av")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sparat mått",
                "verbose_name_plural": "sparade mått",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MeasurePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=6, verbose_name="halvår")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("organisation", "organisationens initiativ och de som är skickade till V6"),
                            ("v6", "initiativen som är skickade till V6"),
                        ],
                        max_length=12,
                        verbose_name="räknat på",
                    ),
                ),
                ("value", models.PositiveIntegerField(verbose_name="antal")),
                ("counted_on", models.DateField(verbose_name="räknat den")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="followup.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "noterat värde",
                "verbose_name_plural": "noterade värden",
                "ordering": ["measure", "period", "basis"],
            },
        ),
        migrations.CreateModel(
            name="RealisedBenefit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(verbose_name="datum")),
                (
                    "hours_a_year",
                    models.DecimalField(decimal_places=2, max_digits=10, null=True, verbose_name="timmar per år"),
                ),
                (
                    "kronor_a_year",
                    models.DecimalField(decimal_places=2, max_digits=13, null=True, verbose_name="kronor per år"),
                ),
                (
                    "kronor_once",
                    models.DecimalField(decimal_places=2, max_digits=13, null=True, verbose_name="kronor en gång"),
                ),
                ("grounds", models.TextField(verbose_name="underlag")),
                ("said_by_name", models.CharField(max_length=150, verbose_name="angiven av")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="realised_benefits",
                        to="governance.case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "uppnådd nytta",
                "verbose_name_plural": "uppnådd nytta",
                "ordering": ["date", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                models.F("owner"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("retired_at__isnull", True)),
                name="measure_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("sharing__in", ["private", "organisation", "v6"])), name="measure_sharing_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="measure_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="measurepoint",
            constraint=models.UniqueConstraint(fields=("measure", "period", "basis"), name="measure_point_once"),
        ),
        migrations.AddConstraint(
            model_name="measurepoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["organisation", "v6"])), name="measure_point_basis_known"
            ),
        ),
        migrations.AddIndex(
            model_name="realisedbenefit",
            index=models.Index(fields=["case", "organisation", "date", "id"], name="realised_latest"),
        ),
        migrations.AddConstraint(
            model_name="realisedbenefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hours_a_year__isnull", False),
                    ("kronor_a_year__isnull", False),
                    ("kronor_once__isnull", False),
                    _connector="OR",
                ),
                name="realised_benefit_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="realisedbenefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hours_a_year__gte", 0), ("hours_a_year__lte", Decimal("10000000"))),
                    ("hours_a_year__isnull", True),
                    _connector="OR",
                ),
                name="realised_hours_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="realisedbenefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("kronor_a_year__gte", 0), ("kronor_a_year__lte", Decimal("10000000000"))),
                        ("kronor_a_year__isnull", True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("kronor_once__gte", 0), ("kronor_once__lte", Decimal("10000000000"))),
                        ("kronor_once__isnull", True),
                        _connector="OR",
                    ),
                ),
                name="realised_kronor_in_range",
            ),
        ),
        *(_kept("delete", "nothing_submitted_is_deleted", table) for table in KEPT),
        *(_kept("update", "said_once", table) for table in UNCHANGED),
        migrations.RunSQL(
            "call governance_keep_entries('followup_realisedbenefit', 'id', 'case_id')",
            "".join(
                f"drop trigger entry_on_{what} on followup_realisedbenefit;" for what in ("insert", "update", "delete")
            ),
        ),
    ]
