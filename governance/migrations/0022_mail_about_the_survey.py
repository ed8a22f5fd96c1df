"""Mail about the survey."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0021_mail_about_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="mail",
            name="mail_is_of_a_kind_or_a_digest",
        ),
        migrations.RemoveConstraint(
            model_name="mailchoice",
            name="mail_choice_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_known",
        ),
        migrations.AlterField(
            model_name="mail",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("receipt", "Kvitto"),
                    ("supplement", "Komplettering behövs"),
                    ("decided", "Beslut"),
                    ("started", "Start"),
                    ("closed", "Avslut"),
                    ("same", "Någon har samma behov"),
                    ("arrived", "Nytt initiativ att kvalificera"),
                    ("answered", "Svar på komplettering"),
                    ("inquiry", "Intresseförfrågan"),
                    ("all_answered", "Alla kommuner har svarat"),
                    ("it_asked", "Bedömning för Göliska IT"),
                    ("to_assess", "Bedömning i V6"),
                    ("to_decide", "Beslut som väntar på dig"),
                    ("participation", "Vilka som deltar och leder"),
                    ("recommended", "Rekommendation"),
                    ("report", "Halvårsrapport"),
                    ("reminder", "Påminnelse"),
                    ("survey", "Enkät"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
        migrations.AlterField(
            model_name="mailchoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "Kvitto"),
                    ("supplement", "Komplettering behövs"),
                    ("decided", "Beslut"),
                    ("started", "Start"),
                    ("closed", "Avslut"),
                    ("same", "Någon har samma behov"),
                    ("arrived", "Nytt initiativ att kvalificera"),
                    ("answered", "Svar på komplettering"),
                    ("inquiry", "Intresseförfrågan"),
                    ("all_answered", "Alla kommuner har svarat"),
                    ("it_asked", "Bedömning för Göliska IT"),
                    ("to_assess", "Bedömning i V6"),
                    ("to_decide", "Beslut som väntar på dig"),
                    ("participation", "Vilka som deltar och leder"),
                    ("recommended", "Rekommendation"),
                    ("report", "Halvårsrapport"),
                    ("reminder", "Påminnelse"),
                    ("survey", "Enkät"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "Kvitto"),
                    ("supplement", "Komplettering behövs"),
                    ("decided", "Beslut"),
                    ("started", "Start"),
                    ("closed", "Avslut"),
                    ("same", "Någon har samma behov"),
                    ("arrived", "Nytt initiativ att kvalificera"),
                    ("answered", "Svar på komplettering"),
                    ("inquiry", "Intresseförfrågan"),
                    ("all_answered", "Alla kommuner har svarat"),
                    ("it_asked", "Bedömning för Göliska IT"),
                    ("to_assess", "Bedömning i V6"),
                    ("to_decide", "Beslut som väntar på dig"),
                    ("participation", "Vilka som deltar och leder"),
                    ("recommended", "Rekommendation"),
                    ("report", "Halvårsrapport"),
                    ("reminder", "Påminnelse"),
                    ("survey", "Enkät"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest_on__isnull", False), ("kind", "")),
                    models.Q(
                        ("digest_on__isnull", True),
                        (
                            "kind__in",
                            [
                                "receipt",
                                "supplement",
                                "decided",
                                "started",
                                "closed",
                                "same",
                                "arrived",
                                "answered",
                                "inquiry",
                                "all_answered",
                                "it_asked",
                                "to_assess",
                                "to_decide",
                                "participation",
                                "recommended",
                                "report",
                                "reminder",
                                "survey",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="mail_is_of_a_kind_or_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "receipt",
                            "supplement",
                            "decided",
                            "started",
                            "closed",
                            "same",
                            "arrived",
                            "answered",
                            "inquiry",
                            "all_answered",
                            "it_asked",
                            "to_assess",
                            "to_decide",
                            "participation",
                            "recommended",
                            "report",
                            "reminder",
                            "survey",
                        ],
                    )
                ),
                name="mail_choice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "receipt",
                            "supplement",
                            "decided",
                            "started",
                            "closed",
                            "same",
                            "arrived",
                            "answered",
                            "inquiry",
                            "all_answered",
                            "it_asked",
                            "to_assess",
                            "to_decide",
                            "participation",
                            "recommended",
                            "report",
                            "reminder",
                            "survey",
                        ],
                    )
                ),
                name="notice_kind_known",
            ),
        ),
    ]
