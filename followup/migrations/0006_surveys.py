"""The survey's tables, and what the database keeps of them by itself.

Questions are locked from the day a survey with them is opened, the terms of a survey from the day it is opened, and
what was answered from the day it is closed. Who has answered cannot answer again.
"""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ANSWERS = ["followup_surveyresponse", "followup_surveyanswer", "followup_surveytext"]

LOCKED = (
    """
create function followup_questions_are_locked() returns trigger language plpgsql as $$
declare
  before bigint := case when tg_op = 'INSERT' then null
    when tg_table_name = 'followup_questionnaire' then (to_jsonb(old) ->> 'id')::bigint
    else (to_jsonb(old) ->> 'questionnaire_id')::bigint end;
  after bigint := case when tg_op = 'DELETE' then null
    when tg_table_name = 'followup_questionnaire' then (to_jsonb(new) ->> 'id')::bigint
    else (to_jsonb(new) ->> 'questionnaire_id')::bigint end;
begin
  if tg_table_name <> 'followup_questionnaire' then
    perform 1 from followup_questionnaire where id in (before, after) for share;
  end if;
  if exists (
    select 1 from followup_survey where questionnaire_id in (before, after) and opened_at is not null
  ) then
    raise exception 'En enkät har öppnats med de här frågorna. Gör en ny version.' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger questions_are_locked before update or delete on followup_questionnaire
  for each row execute function followup_questions_are_locked();
create trigger questions_are_locked before insert or update or delete on followup_question
  for each row execute function followup_questions_are_locked();

create function followup_survey_is_locked() returns trigger language plpgsql as $$
begin
  if old.opened_at is null then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' or old.closed_at is not null
    or (old.year, old.half, old.questionnaire_id, old.last_day, old.is_anonymous, old.roles, old.opened_at)
      is distinct from
      (new.year, new.half, new.questionnaire_id, new.last_day, new.is_anonymous, new.roles, new.opened_at)
  then
    raise exception 'En öppnad enkät ändras inte.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger survey_is_locked before update or delete on followup_survey
  for each row execute function followup_survey_is_locked();

create function followup_answers_are_kept() returns trigger language plpgsql as $$
declare
  touched jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  asked bigint := coalesce(
    (touched ->> 'survey_id')::bigint,
    (select survey_id from followup_surveyresponse where id = (touched ->> 'response_id')::uuid)
  );
begin
  if not exists (
    select 1 from followup_survey where id = asked and opened_at is not null and closed_at is null
  ) then
    raise exception 'Svar tas emot medan enkäten är öppen, och ändras inte sedan.' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
"""
    + "".join(
        f"create trigger answers_are_kept before insert or update or delete on {table}"
        " for each row execute function followup_answers_are_kept();"
        for table in ANSWERS
    )
    + """
create function followup_answered_once() returns trigger language plpgsql as $$
begin
  raise exception 'Den som har svarat svarar inte igen.' using errcode = 'restrict_violation';
end $$;
create trigger answered_once before update on followup_invitation
  for each row when (old.has_answered) execute function followup_answered_once();
create trigger nothing_submitted_is_deleted before delete on followup_invitation
  for each row execute function portal_refuse_delete();
"""
)
UNLOCKED = (
    """
drop trigger questions_are_locked on followup_questionnaire;
drop trigger questions_are_locked on followup_question;
drop function followup_questions_are_locked();
drop trigger survey_is_locked on followup_survey;
drop function followup_survey_is_locked();
"""
    + "".join(f"drop trigger answers_are_kept on {table};" for table in ANSWERS)
    + """
drop function followup_answers_are_kept();
drop trigger answered_once on followup_invitation;
drop function followup_answered_once();
drop trigger nothing_submitted_is_deleted on followup_invitation;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_reports"),
        ("organizations", "0005_population_with_its_year"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_answered", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "inbjudan",
                "verbose_name_plural": "inbjudningar",
            },
        ),
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.CharField(
                        error_messages={"unique": "Det finns redan en version med det namnet."},
                        max_length=20,
                        unique=True,
                        verbose_name="version",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="namn")),
                (
                    "intro",
                    models.TextField(blank=True, help_text="Står överst på enkätens sida.", verbose_name="inledning"),
                ),
                (
                    "level_1",
                    models.CharField(help_text="Det lägsta svaret på skalan.", max_length=60, verbose_name="svar 1"),
                ),
                ("level_2", models.CharField(max_length=60, verbose_name="svar 2")),
                ("level_3", models.CharField(max_length=60, verbose_name="svar 3")),
                ("level_4", models.CharField(max_length=60, verbose_name="svar 4")),
                (
                    "level_5",
                    models.CharField(help_text="Det högsta svaret på skalan.", max_length=60, verbose_name="svar 5"),
                ),
                (
                    "unknown",
                    models.CharField(
                        default="Vet inte eller vill inte svara", max_length=60, verbose_name="svar utanför skalan"
                    ),
                ),
                (
                    "free_text",
                    models.CharField(
                        blank=True,
                        help_text="Lämna tomt om enkäten inte ska ha någon fritext.",
                        max_length=300,
                        verbose_name="fritextfråga",
                    ),
                ),
            ],
            options={
                "verbose_name": "enkätfrågor",
                "verbose_name_plural": "enkätfrågor",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyDraft",
            fields=[
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="draft",
                        serialize=False,
                        to="followup.invitation",
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("free_text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("last_form", models.CharField(blank=True, max_length=64)),
                ("last_sequence", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="Behåll koden när påståendet är detsamma, så går det att jämföra med förra halvåret.",
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9-]+$", "Använd små bokstäver a–z, siffror och bindestreck."
                            )
                        ],
                        verbose_name="kod",
                    ),
                ),
                ("theme", models.CharField(max_length=60, verbose_name="tema")),
                ("text", models.CharField(max_length=300, verbose_name="påstående")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="ordning")),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="followup.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "påstående",
                "verbose_name_plural": "påståenden",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("half", models.PositiveSmallIntegerField(verbose_name="halvår")),
                ("last_day", models.DateField(verbose_name="sista dag att svara")),
                ("is_anonymous", models.BooleanField(default=True, verbose_name="anonym")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("staff", "Medarbetare"),
                                ("lead", "Utvecklingsledare"),
                                ("council", "Digitaliseringsråd"),
                                ("manager", "Förvaltningschef"),
                                ("director", "Kommundirektör"),
                                ("coordinator", "V6-samordnare"),
                                ("network", "V6 Chefsnätverk"),
                                ("delivery", "Leveransgrupp V6/Göliska"),
                                ("it_officer", "Handläggare Göliska IT"),
                                ("it_director", "Förbundsdirektör"),
                                ("order_group", "Strategisk beställargrupp"),
                                ("registrar", "Registrator"),
                                ("reader", "Läsare"),
                                ("admin", "Administratör"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="roller som bjuds in",
                    ),
                ),
                ("prepared_by_name", models.CharField(max_length=150, verbose_name="förberedd av")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="öppnad")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="stängd")),
                ("closed_early", models.BooleanField(default=False, verbose_name="stängd i förtid")),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="followup.questionnaire",
                        verbose_name="frågor",
                    ),
                ),
            ],
            options={
                "verbose_name": "enkät",
                "verbose_name_plural": "enkäter",
                "ordering": ["-year", "-half"],
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="followup.survey"
            ),
        ),
        migrations.CreateModel(
            name="SurveyResponse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "invitation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="response",
                        to="followup.invitation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="followup.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "enkätsvar",
                "verbose_name_plural": "enkätsvar",
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("value", models.PositiveSmallIntegerField(null=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.question"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="followup.surveyresponse",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("author_name", models.CharField(blank=True, max_length=150)),
                ("text", models.TextField()),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organisation",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="followup.survey"
                    ),
                ),
            ],
            options={
                "verbose_name": "fritext",
                "verbose_name_plural": "fritexter",
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("questionnaire", "code"),
                name="question_once_in_a_version",
                violation_error_message="Koden finns redan i den här versionen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="question_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                fields=("year", "half"),
                name="survey_once_a_half_year",
                violation_error_message="Halvåret har redan en enkät.",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(condition=models.Q(("half__in", (1, 2))), name="survey_of_a_half_year"),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("roles__len__gte", 1)), name="survey_invites_some_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at__isnull", True), ("opened_at__isnull", False), _connector="OR"),
                name="survey_opened_before_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("survey", "user"), name="invited_once_to_a_survey"),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(fields=("response", "question"), name="survey_answer_once"),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", True), models.Q(("value__gte", 1), ("value__lte", 5)), _connector="OR"
                ),
                name="survey_answer_on_the_scale",
            ),
        ),
        migrations.RunSQL(LOCKED, UNLOCKED),
    ]
