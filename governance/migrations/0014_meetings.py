"""Meetings. A signed one is frozen, nothing is taken away from one that has been opened, paragraphs have no gaps."""

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

KEPT = """
create function governance_meeting_part_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare part jsonb; the_meeting bigint; stands text;
begin
  foreach part in array array[to_jsonb(old), to_jsonb(new)] loop
    continue when part is null or part = 'null'::jsonb;
    the_meeting := (part->>'meeting_id')::bigint;
    if the_meeting is null then
      select meeting_id into the_meeting from governance_agendaitem where id = (part->>'item_id')::bigint;
    end if;
    select status into stands from governance_meeting where id = the_meeting for share;
    if stands = 'signed' then
      raise exception 'Mötet är justerat och kan inte ändras.' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'DELETE' and stands <> 'planned' then
      raise exception 'Det som hör till ett möte som har öppnats tas aldrig bort.' using errcode = 'restrict_violation';
    end if;
  end loop;
  return coalesce(new, old);
end $$;

create function governance_meeting_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.status = 'signed' then
    raise exception 'Mötet är justerat och kan inte ändras.' using errcode = 'restrict_violation';
  end if;
  if (old.status, new.status) not in (
    ('planned', 'cancelled'), ('planned', 'ongoing'), ('ongoing', 'closed'), ('closed', 'signed')
  ) and old.status <> new.status then
    raise exception 'Ett möte går inte tillbaka från % till %.', old.status, new.status
      using errcode = 'restrict_violation';
  end if;
  if new.status = 'signed' and (
    not exists (select 1 from governance_protocol where meeting_id = new.id)
    or not exists (select 1 from governance_adjuster where meeting_id = new.id)
    or exists (select 1 from governance_adjuster where meeting_id = new.id and adjusted_at is null)
  ) then
    raise exception 'Ett möte är justerat när alla justerare har justerat och protokollet är sparat.'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function governance_protocol_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'Ett justerat protokoll ändras aldrig.' using errcode = 'restrict_violation';
end $$;

create function governance_paragraph_follows() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare given bigint; of_meeting bigint;
begin
  if tg_op = 'UPDATE' and old.paragraph is not null then
    if new.paragraph is distinct from old.paragraph or new.series_id is distinct from old.series_id then
      raise exception 'En paragraf som är given ändras aldrig.' using errcode = 'restrict_violation';
    end if;
  elsif new.paragraph is not null then
    select series_id into of_meeting from governance_meeting where id = new.meeting_id;
    select coalesce(max(paragraph), 0) + 1 into given from governance_agendaitem where series_id = new.series_id;
    if new.series_id <> of_meeting or new.paragraph <> given then
      raise exception 'Paragraferna löper utan luckor, en följd för varje organ och år.' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;

create trigger signed_is_frozen before update on governance_meeting
  for each row execute function governance_meeting_kept();
create trigger nothing_submitted_is_deleted before delete on governance_meeting
  for each row execute function portal_refuse_delete();
create trigger nothing_submitted_is_deleted before delete on governance_protocol
  for each row execute function portal_refuse_delete();
create trigger signed_is_frozen before update on governance_protocol
  for each row execute function governance_protocol_kept();
create trigger paragraph_follows before insert or update on governance_agendaitem
  for each row execute function governance_paragraph_follows();
"""
PARTS = ["agendaitem", "itemstance", "itemconflict", "attendance", "adjuster"]
KEPT += "".join(
    f"create trigger signed_is_frozen before insert or update or delete on governance_{part}"
    " for each row execute function governance_meeting_part_kept();"
    for part in PARTS
)
LET_GO = (
    "".join(f"drop trigger signed_is_frozen on governance_{part};" for part in [*PARTS, "meeting", "protocol"])
    + "drop trigger nothing_submitted_is_deleted on governance_meeting;"
    "drop trigger nothing_submitted_is_deleted on governance_protocol;"
    "drop trigger paragraph_follows on governance_agendaitem;"
    "drop function governance_meeting_part_kept();"
    "drop function governance_meeting_kept();"
    "drop function governance_protocol_kept();"
    "drop function governance_paragraph_follows();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0013_inquiry_brief_and_mail"),
        ("organizations", "0003_demo_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="referens")),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("council", "Digitaliseringsråd"),
                            ("network", "V6 Chefsnätverk"),
                            ("delivery", "Leveransgrupp V6/Göliska"),
                            ("order_group", "Strategisk beställargrupp"),
                        ],
                        max_length=20,
                        verbose_name="organ",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("held_on", models.DateField(verbose_name="dag")),
                ("starts_at", models.TimeField(verbose_name="börjar")),
                ("ends_at", models.TimeField(blank=True, null=True, verbose_name="slutar")),
                ("place", models.CharField(max_length=120, verbose_name="plats")),
                ("chair_name", models.CharField(max_length=150)),
                ("secretary_name", models.CharField(max_length=150)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planerat"),
                            ("cancelled", "inställt"),
                            ("ongoing", "pågår"),
                            ("closed", "väntar på justering"),
                            ("signed", "justerat"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="läge",
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ordförande",
                    ),
                ),
            ],
            options={
                "verbose_name": "möte",
                "verbose_name_plural": "möten",
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="plats")),
                ("heading", models.CharField(blank=True, max_length=200, verbose_name="rubrik")),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approve", "tillstyrker"),
                            ("disapprove", "avstyrker"),
                            ("refer_back", "återremitterar"),
                        ],
                        max_length=20,
                        verbose_name="rekommendation",
                    ),
                ),
                ("recommendation", models.TextField(blank=True, verbose_name="rekommendationens ord")),
                ("notes", models.TextField(blank=True, verbose_name="anteckningar")),
                ("paragraph", models.PositiveIntegerField(null=True, verbose_name="paragraf")),
                ("ended_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("saved_by_name", models.CharField(blank=True, max_length=150)),
                ("saved_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="governance.case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "punkt på dagordningen",
                "verbose_name_plural": "punkter på dagordningen",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="prepared_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="governance.agendaitem",
                verbose_name="rekommendation som ligger till grund",
            ),
        ),
        migrations.CreateModel(
            name="Protocol",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="protocol",
                        serialize=False,
                        to="governance.meeting",
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("checksum", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="current",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="governance.agendaitem"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="organizations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="secretary",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sekreterare",
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                ("capacity", models.CharField(max_length=120, verbose_name="egenskap")),
                ("is_present", models.BooleanField(default=False, verbose_name="närvarande")),
                ("present_from", models.TimeField(blank=True, null=True, verbose_name="från")),
                ("present_to", models.TimeField(blank=True, null=True, verbose_name="till")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organisation",
                        verbose_name="kommun",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "närvaro",
                "verbose_name_plural": "närvaro",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="governance.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Adjuster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("adjusted_at", models.DateTimeField(null=True)),
                ("checksum", models.CharField(blank=True, max_length=64)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adjusters", to="governance.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "justerare",
                "verbose_name_plural": "justerare",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RecommendationTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("council", "Digitaliseringsråd"),
                            ("network", "V6 Chefsnätverk"),
                            ("delivery", "Leveransgrupp V6/Göliska"),
                            ("order_group", "Strategisk beställargrupp"),
                        ],
                        help_text="Tomt gäller alla.",
                        max_length=20,
                        verbose_name="organ",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Utkast"),
                            ("submitted", "Inskickat"),
                            ("qualifying", "Under kvalificering"),
                            ("supplement", "Komplettering begärd"),
                            ("qualified", "Kvalificerat"),
                            ("prioritised", "Prioriterat"),
                            ("local", "Genomförs lokalt"),
                            ("v6_received", "Inkommet till V6"),
                            ("v6_qualifying", "V6-kvalificering"),
                            ("interest", "Intresseförfrågan"),
                            ("it_assessment", "Bedömning hos Göliska IT"),
                            ("v6_prioritising", "V6-prioritering"),
                            ("awaiting_start", "Inför beslut om start"),
                            ("in_progress", "Genomförande"),
                            ("maintenance", "Förvaltning"),
                            ("paused", "Vilande"),
                            ("closed", "Avslutat"),
                            ("ended_unrealised", "Avslutat utan genomförande"),
                            ("rejected", "Avslaget"),
                            ("referred", "Hänvisat"),
                            ("duplicate", "Dubblett"),
                            ("withdrawn", "Återtaget"),
                        ],
                        help_text="Tomt gäller alla.",
                        max_length=20,
                        verbose_name="ärendets läge",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("approve", "tillstyrker"),
                            ("disapprove", "avstyrker"),
                            ("refer_back", "återremitterar"),
                        ],
                        max_length=20,
                        verbose_name="ställningstagande",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "mall för rekommendation",
                "verbose_name_plural": "mallar för rekommendationer",
                "ordering": ["body", "status", "stance"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "status", "stance"),
                        name="template_once",
                        violation_error_message="Det finns redan en mall för det organet, läget och ställningstagandet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="template_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("council", "Digitaliseringsråd"),
                            ("network", "V6 Chefsnätverk"),
                            ("delivery", "Leveransgrupp V6/Göliska"),
                            ("order_group", "Strategisk beställargrupp"),
                        ],
                        max_length=20,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("meetings", models.PositiveIntegerField(default=0)),
                ("paragraphs", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.series"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="series",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="governance.series"
            ),
        ),
        migrations.CreateModel(
            name="ItemConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holds", models.BooleanField(default=True)),
                (
                    "attendance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.attendance"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="governance.agendaitem",
                    ),
                ),
            ],
            options={
                "ordering": ["attendance_id"],
                "constraints": [models.UniqueConstraint(fields=("item", "attendance"), name="item_conflict_once")],
            },
        ),
        migrations.CreateModel(
            name="ItemStance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approve", "tillstyrker"),
                            ("disapprove", "avstyrker"),
                            ("refer_back", "återremitterar"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="voices", to="governance.agendaitem"
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
                "ordering": ["organisation__order"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "organisation"), name="item_voice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["", "approve", "disapprove", "refer_back"])),
                        name="item_voice_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "user"), name="attendance_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="attendance_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("present_from__isnull", True),
                    ("present_to__isnull", True),
                    ("present_to__gte", models.F("present_from")),
                    _connector="OR",
                ),
                name="attendance_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjuster",
            constraint=models.UniqueConstraint(fields=("meeting", "user"), name="adjuster_once"),
        ),
        migrations.AddConstraint(
            model_name="adjuster",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adjusted_at__isnull", True), ("checksum", "")),
                    models.Q(("adjusted_at__isnull", False), ("checksum__regex", "^[0-9a-f]{64}$")),
                    _connector="OR",
                ),
                name="adjusted_knows_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("body", "organisation", "year"), name="series_once"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["status", "-held_on"], name="meeting_status_day"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("series", "number"), name="meeting_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("body__in", ["council", "network", "delivery", "order_group"])),
                name="meeting_body_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "cancelled", "ongoing", "closed", "signed"])),
                name="meeting_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("year", django.db.models.functions.datetime.ExtractYear("held_on"))),
                name="meeting_in_its_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chair_name", ""), _negated=True), models.Q(("secretary_name", ""), _negated=True)
                ),
                name="meeting_names_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened_at__isnull", True), ("status__in", ("planned", "cancelled"))),
                    models.Q(("opened_at__isnull", False), ("status__in", ("ongoing", "closed", "signed"))),
                    _connector="OR",
                ),
                name="meeting_opened_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__gte", models.F("opened_at")), ("status__in", ("closed", "signed"))),
                    models.Q(
                        models.Q(("status__in", ("closed", "signed")), _negated=True), ("closed_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="meeting_closed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_at__gte", models.F("closed_at")), ("status", "signed")),
                    models.Q(models.Q(("status", "signed"), _negated=True), ("signed_at__isnull", True)),
                    _connector="OR",
                ),
                name="meeting_signed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "position"),
                name="item_place_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "case"), name="item_case_once"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("series", "paragraph"), name="item_paragraph_unique"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("case__isnull", False), models.Q(("heading", ""), _negated=True), _connector="OR"),
                name="item_is_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paragraph__isnull", True), ("series__isnull", True)),
                    models.Q(("paragraph__gte", 1), ("series__isnull", False)),
                    _connector="OR",
                ),
                name="item_paragraph_in_a_series",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    models.Q(("paragraph__isnull", False), models.Q(("heading", ""), _negated=True)),
                    _connector="OR",
                ),
                name="item_ended_has_paragraph",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance", ""), ("case__isnull", False), _connector="OR"),
                name="item_stance_on_a_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["", "approve", "disapprove", "refer_back"])),
                name="item_stance_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                name="meeting_ends_after_start",
            ),
        ),
        migrations.RunSQL(KEPT, LET_GO),
    ]
