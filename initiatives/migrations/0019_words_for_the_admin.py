"""What the administration calls what it lists: no column changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0018_scores_handed_in_are_kept"),
        ("organizations", "0003_demo_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="assessor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="bedömare (konto)",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="initiatives.revision",
                verbose_name="version av texten",
            ),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="initiatives.round",
                verbose_name="bedömningsomgång",
            ),
        ),
        migrations.AlterField(
            model_name="gateanswer",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="besvarad av (konto)",
            ),
        ),
        migrations.AlterField(
            model_name="gateanswer",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gate_answers",
                to="initiatives.initiative",
                verbose_name="initiativ",
            ),
        ),
        migrations.AlterField(
            model_name="gateanswer",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AlterField(
            model_name="gateanswer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="initiatives.gatequestion",
                verbose_name="fråga",
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="initiatives.initiative",
                verbose_name="initiativ",
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="model",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="initiatives.assessmentmodel",
                verbose_name="bedömningsmodell",
            ),
        ),
        migrations.AlterField(
            model_name="score",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="scores",
                to="initiatives.assessment",
                verbose_name="bedömning",
            ),
        ),
        migrations.AlterField(
            model_name="score",
            name="criterion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scores",
                to="initiatives.criterion",
                verbose_name="kriterium",
            ),
        ),
    ]
