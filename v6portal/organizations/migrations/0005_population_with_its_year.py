"""How many live in a kommun becomes rows by year; what stood on the organisation is the first of them."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

MOVE = """
insert into organizations_population (organisation_id, year, inhabitants, source)
select id, population_year, population, 'Fanns i portalen innan talen fick källa.'
from organizations_organisation where population > 0 and population_year between 1900 and 2100;
set constraints all immediate;
set constraints all deferred
"""
MOVE_BACK = """
update organizations_organisation as o set population = p.inhabitants, population_year = p.year
from (
    select distinct on (organisation_id) organisation_id, year, inhabitants
    from organizations_population order by organisation_id, year desc
) as p
where p.organisation_id = o.id
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_stand_ins")]

    operations = [
        migrations.CreateModel(
            name="Population",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="populations",
                        to="organizations.organisation",
                        verbose_name="kommun",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="Året som talet gäller.",
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="år",
                    ),
                ),
                (
                    "inhabitants",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="invånare"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Till exempel SCB, 31 december 2025.", max_length=120, verbose_name="källa"
                    ),
                ),
            ],
            options={
                "verbose_name": "invånartal",
                "verbose_name_plural": "invånartal",
                "ordering": ["organisation__order", "-year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year"),
                        name="population_one_figure_a_year",
                        violation_error_message="Kommunen har redan ett tal för det året.",
                    ),
                    models.CheckConstraint(condition=models.Q(("inhabitants__gte", 1)), name="population_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1900), ("year__lte", 2100)), name="population_year_likely"
                    ),
                ],
            },
        ),
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RemoveConstraint(model_name="organisation", name="organisation_population_has_year"),
        migrations.RemoveField(model_name="organisation", name="population"),
        migrations.RemoveField(model_name="organisation", name="population_year"),
    ]
