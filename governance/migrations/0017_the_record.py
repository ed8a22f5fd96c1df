"""Numbered decisions that nobody changes, what has been reported, checks of the log, and rules of retention."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NUMBER = """
with numbered as (
  select id, extract(year from decided_on)::int as year,
         row_number() over (partition by organisation_id, extract(year from decided_on) order by event_id) as running
  from governance_decision
)
update governance_decision d set year = n.year, running = n.running from numbered n where n.id = d.id;
"""

COUNT = """
insert into governance_decisioncounter (organisation_id, year, last)
  select organisation_id, year, max(running) from governance_decision group by organisation_id, year;
set constraints all immediate;
"""

GIVE = """
create function governance_decision_number() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.year := extract(year from new.decided_on)::int;
  insert into governance_decisioncounter as c (organisation_id, year, last)
    values (new.organisation_id, new.year, 1)
    on conflict (organisation_id, year) do update set last = c.last + 1
    returning last into new.running;  -- the row stays locked, so that what is rolled back leaves no gap
  return new;
end $$;
create trigger decision_number before insert on governance_decision
  for each row execute function governance_decision_number();

create function governance_decision_stands() returns trigger language plpgsql as $$
begin
  if old.reporting_id is not null or to_jsonb(new) - 'reporting_id' <> to_jsonb(old) - 'reporting_id' then
    raise exception 'Ett beslut ändras aldrig. Rätta det med ett nytt beslut.' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger decision_stands before update on governance_decision
  for each row execute function governance_decision_stands();

create function governance_reporting_stands() returns trigger language plpgsql as $$
begin
  raise exception 'En anmälan ändras aldrig.' using errcode = 'restrict_violation';
end $$;
create trigger reporting_stands before update or delete on governance_reporting
  for each row execute function governance_reporting_stands();
"""

GIVE_BACK = """
drop trigger reporting_stands on governance_reporting;
drop function governance_reporting_stands();
drop trigger decision_stands on governance_decision;
drop function governance_decision_stands();
drop trigger decision_number on governance_decision;
drop function governance_decision_number();
"""

CONTENT = """
create function governance_event_content(e governance_event) returns text language sql immutable as $$
  select jsonb_build_array(
    e.id, e.case_id, e.reference, e.kind, e.word, e.from_status, e.to_status,
    extract(epoch from e.occurred_at), extract(epoch from e.recorded_at),
    e.actor_id, e.actor_name, e.organisation_id, e.role, e.decider_name, e.text, e.data)::text
$$;
"""
"""The very text that an event's hash is made of, word for word as ``governance_event_digest`` in 0002 writes it, for a
recipient who wants to reckon it again."""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0016_sharing_costs"),
        ("organizations", "0003_demo_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="LogCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(verbose_name="påbörjad")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="klar")),
                ("checked", models.PositiveBigIntegerField(default=0, verbose_name="kontrollerade")),
                ("total", models.PositiveBigIntegerField(default=0, verbose_name="händelser")),
                ("head", models.CharField(blank=True, max_length=64, verbose_name="kedjehuvud")),
                ("broken_number", models.PositiveBigIntegerField(null=True, verbose_name="första brutna länk")),
                ("broken_missing", models.PositiveBigIntegerField(default=0)),
                ("broken_altered", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "kontroll av händelseloggen",
                "verbose_name_plural": "kontroller av händelseloggen",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Reporting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=150, verbose_name="organ")),
                ("reported_on", models.DateField(verbose_name="sammanträdesdag")),
                ("paragraph", models.CharField(max_length=40, verbose_name="paragraf")),
            ],
            options={
                "verbose_name": "anmälan av beslut",
                "verbose_name_plural": "anmälningar av beslut",
                "ordering": ["reported_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("drafts", "utkast som aldrig skickats in"),
                            ("unused_attachments", "bilagor till det som aldrig prövades färdigt"),
                            ("ended_attachments", "bilagor till det som är avslutat"),
                            ("scenarios", "sparade scenarier"),
                        ],
                        max_length=30,
                        verbose_name="vad som gallras",
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(verbose_name="efter antal år")),
                (
                    "active",
                    models.BooleanField(
                        default=False,
                        help_text="Kräver att organisationens gallringsbeslut är angivet.",
                        verbose_name="gäller",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="gallringsbeslutets dag")),
                (
                    "decision_reference",
                    models.CharField(
                        blank=True,
                        help_text="Till exempel: kommunstyrelsen 2026-12-09 § 12.",
                        max_length=120,
                        verbose_name="gallringsbeslutet",
                    ),
                ),
            ],
            options={
                "verbose_name": "gallringsregel",
                "verbose_name_plural": "gallringsregler",
                "ordering": ["organisation__order", "what"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_kind_known",
        ),
        migrations.AddField(
            model_name="decision",
            name="concerns",
            field=models.CharField(blank=True, max_length=200, verbose_name="vem beslutet rör"),
        ),
        migrations.AddField(
            model_name="decision",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="governance.decision",
                verbose_name="rättar",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="decider_title",
            field=models.CharField(blank=True, max_length=150, verbose_name="beslutsfattarens titel"),
        ),
        migrations.AddField(
            model_name="decision",
            name="presented_by",
            field=models.CharField(blank=True, max_length=150, verbose_name="föredragande"),
        ),
        migrations.AddField(
            model_name="decision",
            name="running",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="löpnummer"),
        ),
        migrations.AddField(
            model_name="decision",
            name="year",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="år"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="act",
            field=models.CharField(
                choices=[
                    ("create", "Skapat"),
                    ("submit", "Inskickat"),
                    ("withdraw", "Återtaget"),
                    ("start_qualification", "Kvalificering påbörjad"),
                    ("request_supplement", "Komplettering begärd"),
                    ("supplement", "Kompletterat"),
                    ("qualify", "Kvalificerat"),
                    ("refer", "Hänvisat"),
                    ("mark_duplicate", "Markerat som dubblett"),
                    ("prioritise", "Prioriterat"),
                    ("decide_local", "Beslut: genomförs lokalt"),
                    ("send_to_v6", "Beslut: skickas till V6"),
                    ("reject", "Beslut: avslaget"),
                    ("pause", "Gjort vilande"),
                    ("resume", "Återupptaget"),
                    ("v6_start", "V6-kvalificering påbörjad"),
                    ("v6_qualify", "Intresseförfrågan utskickad"),
                    ("close_interest", "Förfrågan stängd"),
                    ("ask_goliska", "Lämnat till Göliska IT för bedömning"),
                    ("it_assess", "Bedömning från Göliska IT lämnad"),
                    ("v6_prioritise", "V6-prioritering fastställd"),
                    ("decide_start", "Beslut: start"),
                    ("return_to_kommun", "Tillbaka till kommunen"),
                    ("end_unrealised", "Beslut: avslutas utan genomförande"),
                    ("hand_over", "Överlämnat till förvaltning"),
                    ("close", "Avslutat"),
                    ("delete_draft", "Utkast borttaget"),
                    ("answer_gate", "Kvalificeringsfrågor besvarade"),
                    ("assess", "Bedömning lämnad"),
                    ("amend", "Texten ändrad"),
                    ("calculate", "Nyttokalkyl sparad"),
                    ("declare_conflict", "Jäv anmält"),
                    ("close_round", "Bedömningen stängd"),
                    ("agree", "Gemensam bedömning"),
                    ("recommend", "Rekommendation"),
                    ("answer_interest", "Svar på intresseförfrågan"),
                    ("draft_it_assessment", "Underlag från Göliska IT sparat"),
                    ("decide_commitment", "Beslut: Göliska IT:s åtagande"),
                    ("join", "Gick med"),
                    ("follow", "Följer"),
                    ("unfollow", "Slutade följa"),
                    ("leave", "Lämnade"),
                    ("change_leader", "Byte av ledande kommun"),
                    ("start_stage", "Etapp påbörjad"),
                    ("end_stage", "Etapp avslutad"),
                    ("record_cost", "Kostnad registrerad"),
                    ("record_adoption", "Införande registrerat"),
                    ("confirm_benefit", "3N bekräftat"),
                    ("attach", "Bilaga tillagd"),
                    ("remove_attachment", "Bilaga borttagen"),
                    ("name_object", "Förvaltningsobjekt angivet"),
                    ("set_registry_number", "Diarienummer satt"),
                    ("mark_secret", "Sekretessmarkerat"),
                    ("lift_secrecy", "Sekretessmarkering hävd"),
                    ("same_need", "Samma behov anmält"),
                    ("comment", "Arbetsanteckning"),
                    ("hand_task", "Uppgift överlämnad"),
                    ("share_costs", "Kostnadsfördelning bestämd"),
                    ("replan", "Planen ändrad"),
                    ("correct", "Beslut rättat"),
                    ("release", "Utlämnat"),
                    ("purge", "Gallrat"),
                    ("report", "Beslut anmälda"),
                    ("call_meeting", "Möte inlagt"),
                    ("change_meeting", "Möte ändrat"),
                    ("open_meeting", "Möte öppnat"),
                    ("take_up", "Behandlat på möte"),
                    ("close_meeting", "Möte avslutat"),
                    ("adjust_protocol", "Protokoll justerat"),
                    ("imported", "Tidigare händelse"),
                ],
                max_length=30,
                verbose_name="beslut",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("create", "Skapat"),
                    ("submit", "Inskickat"),
                    ("withdraw", "Återtaget"),
                    ("start_qualification", "Kvalificering påbörjad"),
                    ("request_supplement", "Komplettering begärd"),
                    ("supplement", "Kompletterat"),
                    ("qualify", "Kvalificerat"),
                    ("refer", "Hänvisat"),
                    ("mark_duplicate", "Markerat som dubblett"),
                    ("prioritise", "Prioriterat"),
                    ("decide_local", "Beslut: genomförs lokalt"),
                    ("send_to_v6", "Beslut: skickas till V6"),
                    ("reject", "Beslut: avslaget"),
                    ("pause", "Gjort vilande"),
                    ("resume", "Återupptaget"),
                    ("v6_start", "V6-kvalificering påbörjad"),
                    ("v6_qualify", "Intresseförfrågan utskickad"),
                    ("close_interest", "Förfrågan stängd"),
                    ("ask_goliska", "Lämnat till Göliska IT för bedömning"),
                    ("it_assess", "Bedömning från Göliska IT lämnad"),
                    ("v6_prioritise", "V6-prioritering fastställd"),
                    ("decide_start", "Beslut: start"),
                    ("return_to_kommun", "Tillbaka till kommunen"),
                    ("end_unrealised", "Beslut: avslutas utan genomförande"),
                    ("hand_over", "Överlämnat till förvaltning"),
                    ("close", "Avslutat"),
                    ("delete_draft", "Utkast borttaget"),
                    ("answer_gate", "Kvalificeringsfrågor besvarade"),
                    ("assess", "Bedömning lämnad"),
                    ("amend", "Texten ändrad"),
                    ("calculate", "Nyttokalkyl sparad"),
                    ("declare_conflict", "Jäv anmält"),
                    ("close_round", "Bedömningen stängd"),
                    ("agree", "Gemensam bedömning"),
                    ("recommend", "Rekommendation"),
                    ("answer_interest", "Svar på intresseförfrågan"),
                    ("draft_it_assessment", "Underlag från Göliska IT sparat"),
                    ("decide_commitment", "Beslut: Göliska IT:s åtagande"),
                    ("join", "Gick med"),
                    ("follow", "Följer"),
                    ("unfollow", "Slutade följa"),
                    ("leave", "Lämnade"),
                    ("change_leader", "Byte av ledande kommun"),
                    ("start_stage", "Etapp påbörjad"),
                    ("end_stage", "Etapp avslutad"),
                    ("record_cost", "Kostnad registrerad"),
                    ("record_adoption", "Införande registrerat"),
                    ("confirm_benefit", "3N bekräftat"),
                    ("attach", "Bilaga tillagd"),
                    ("remove_attachment", "Bilaga borttagen"),
                    ("name_object", "Förvaltningsobjekt angivet"),
                    ("set_registry_number", "Diarienummer satt"),
                    ("mark_secret", "Sekretessmarkerat"),
                    ("lift_secrecy", "Sekretessmarkering hävd"),
                    ("same_need", "Samma behov anmält"),
                    ("comment", "Arbetsanteckning"),
                    ("hand_task", "Uppgift överlämnad"),
                    ("share_costs", "Kostnadsfördelning bestämd"),
                    ("replan", "Planen ändrad"),
                    ("correct", "Beslut rättat"),
                    ("release", "Utlämnat"),
                    ("purge", "Gallrat"),
                    ("report", "Beslut anmälda"),
                    ("call_meeting", "Möte inlagt"),
                    ("change_meeting", "Möte ändrat"),
                    ("open_meeting", "Möte öppnat"),
                    ("take_up", "Behandlat på möte"),
                    ("close_meeting", "Möte avslutat"),
                    ("adjust_protocol", "Protokoll justerat"),
                    ("imported", "Tidigare händelse"),
                ],
                max_length=30,
                verbose_name="händelse",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "create",
                            "submit",
                            "withdraw",
                            "start_qualification",
                            "request_supplement",
                            "supplement",
                            "qualify",
                            "refer",
                            "mark_duplicate",
                            "prioritise",
                            "decide_local",
                            "send_to_v6",
                            "reject",
                            "pause",
                            "resume",
                            "v6_start",
                            "v6_qualify",
                            "close_interest",
                            "ask_goliska",
                            "it_assess",
                            "v6_prioritise",
                            "decide_start",
                            "return_to_kommun",
                            "end_unrealised",
                            "hand_over",
                            "close",
                            "delete_draft",
                            "answer_gate",
                            "assess",
                            "amend",
                            "calculate",
                            "declare_conflict",
                            "close_round",
                            "agree",
                            "recommend",
                            "answer_interest",
                            "draft_it_assessment",
                            "decide_commitment",
                            "join",
                            "follow",
                            "unfollow",
                            "leave",
                            "change_leader",
                            "start_stage",
                            "end_stage",
                            "record_cost",
                            "record_adoption",
                            "confirm_benefit",
                            "attach",
                            "remove_attachment",
                            "name_object",
                            "set_registry_number",
                            "mark_secret",
                            "lift_secrecy",
                            "same_need",
                            "comment",
                            "hand_task",
                            "share_costs",
                            "replan",
                            "correct",
                            "release",
                            "purge",
                            "report",
                            "call_meeting",
                            "change_meeting",
                            "open_meeting",
                            "take_up",
                            "close_meeting",
                            "adjust_protocol",
                            "imported",
                        ],
                    )
                ),
                name="event_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="decisioncounter",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="logcheck",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reporting",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="reporting", to="governance.event"
            ),
        ),
        migrations.AddField(
            model_name="reporting",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organizations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="reporting",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="governance.reporting",
                verbose_name="anmälan",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["organisation", "-decided_on", "-running"], name="decision_list"),
        ),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("organisation", "year", "running"), name="decision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True), models.Q(("corrects", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="decision_does_not_correct_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reporting__isnull", True), ("to_be_reported", True), _connector="OR"),
                name="decision_reported_was_to_be",
            ),
        ),
        migrations.AddField(
            model_name="retentionrule",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisioncounter",
            constraint=models.UniqueConstraint(fields=("organisation", "year"), name="decision_counter_once"),
        ),
        migrations.AddConstraint(
            model_name="reporting",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("body", ""), _negated=True), models.Q(("paragraph", ""), _negated=True)),
                name="reporting_names_body_and_paragraph",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(
                fields=("organisation", "what"),
                name="retention_one_rule_of_a_kind",
                violation_error_message="Organisationen har redan en regel för det.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["drafts", "unused_attachments", "ended_attachments", "scenarios"])),
                name="retention_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__gte", 1)),
                name="retention_at_least_a_year",
                violation_error_message="Tiden ska vara minst ett år.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("active", False),
                    models.Q(("decided_on__isnull", False), models.Q(("decision_reference", ""), _negated=True)),
                    _connector="OR",
                ),
                name="retention_in_force_by_a_decision",
                violation_error_message="En regel som gäller ska ange gallringsbeslutet och dess dag.",
            ),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(GIVE, GIVE_BACK),
        migrations.RunSQL(CONTENT, "drop function governance_event_content(governance_event);"),
    ]
