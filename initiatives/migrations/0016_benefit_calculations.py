"""Benefit calculations in versions; the database keeps every version as it was saved."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
create function initiatives_calculation_is_kept() returns trigger language plpgsql as $$
begin
  if old.superseded or to_jsonb(new) - 'superseded' <> to_jsonb(old) - 'superseded' then
    raise exception 'En sparad nyttokalkyl ändras aldrig. En ändring är en ny version.'
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger calculation_never_changes before update on initiatives_benefitcalculation
  for each row execute function initiatives_calculation_is_kept();
create trigger calculation_line_never_changes before update on initiatives_calculationline
  for each row execute function portal_refuse_delete();
create trigger nothing_submitted_is_deleted before delete on initiatives_benefitcalculation
  for each row execute function portal_refuse_delete();
create trigger nothing_submitted_is_deleted before delete on initiatives_calculationline
  for each row execute function portal_refuse_delete();
"""
NOT_KEPT = """
drop trigger nothing_submitted_is_deleted on initiatives_calculationline;
drop trigger nothing_submitted_is_deleted on initiatives_benefitcalculation;
drop trigger calculation_line_never_changes on initiatives_calculationline;
drop trigger calculation_never_changes on initiatives_benefitcalculation;
drop function initiatives_calculation_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0015_versions_are_locked_whole"),
        ("organizations", "0003_demo_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BenefitCalculation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("made_by_name", models.CharField(max_length=150, verbose_name="av")),
                ("made_at", models.DateTimeField(verbose_name="tidpunkt")),
                ("superseded", models.BooleanField(default=False)),
                ("years", models.PositiveSmallIntegerField(default=5, verbose_name="antal år")),
                (
                    "hours_per_year",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="sparade timmar per år"),
                ),
                (
                    "cost_per_hour",
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="kostnad per timme"),
                ),
                ("realised_percent", models.PositiveSmallIntegerField(verbose_name="andel som blir pengar")),
                ("first_year_percent", models.PositiveSmallIntegerField(default=100, verbose_name="andel första året")),
                ("grounds", models.TextField(verbose_name="vad siffrorna bygger på")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_calculations",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "nyttokalkyl",
                "verbose_name_plural": "nyttokalkyler",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="CalculationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="ordning")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("financial", "finansiell nytta"),
                            ("redistributed", "omfördelad nytta"),
                            ("one_off", "engångskostnad"),
                            ("running", "driftkostnad"),
                        ],
                        max_length=15,
                        verbose_name="slag",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="namn")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=13, verbose_name="belopp")),
                ("first_year", models.PositiveSmallIntegerField(default=1, verbose_name="från år")),
                (
                    "calculation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="initiatives.benefitcalculation",
                    ),
                ),
            ],
            options={
                "verbose_name": "rad i nyttokalkyl",
                "verbose_name_plural": "rader i nyttokalkyl",
                "ordering": ["order"],
            },
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.UniqueConstraint(fields=("initiative", "number"), name="calculation_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded", False)), fields=("initiative",), name="calculation_one_standing"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="calculation_number_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__gte", 1), ("years__lte", 15)), name="calculation_years_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_year_percent__lte", 100), ("realised_percent__lte", 100)),
                name="calculation_shares_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hours_per_year__gte", 0),
                    ("hours_per_year__lte", Decimal("10000000")),
                    ("cost_per_hour__gte", 0),
                    ("cost_per_hour__lte", Decimal("100000")),
                ),
                name="calculation_time_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitcalculation",
            constraint=models.CheckConstraint(
                condition=models.Q(("grounds", ""), _negated=True), name="calculation_has_grounds"
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.UniqueConstraint(fields=("calculation", "order"), name="calculation_line_order_unique"),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="calculation_line_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["financial", "redistributed"]),
                    models.Q(("first_year", 1), ("kind__in", ["one_off", "running"])),
                    _connector="OR",
                ),
                name="calculation_line_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", Decimal("0")), ("amount__lte", Decimal("10000000000"))),
                name="calculation_line_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="calculationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_year__gte", 1), ("first_year__lte", 15)),
                name="calculation_line_year_in_range",
            ),
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
