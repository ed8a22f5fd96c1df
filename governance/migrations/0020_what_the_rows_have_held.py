"""The log's other half: whatever becomes of a row that figures are read from is written down, whoever changes it.

An entry is written when the transaction ends, after all that it locks, so that the chain is still what is locked last.
The function that writes it is its owner's, so that the web application's role need not be able to write entries.
"""

import django.db.models.deletion
from django.db import migrations, models

CHAIN = """
create function governance_entry_digest(e governance_entry) returns bytea language sql immutable as $$
  select sha256(coalesce(e.previous_hash, ''::bytea) || convert_to(jsonb_build_array(
    e.id, e.table_name, e.row_id, e.case_id, e.content, e.event_id, e.was_there,
    extract(epoch from e.recorded_at))::text, 'UTF8'))
$$;

create function governance_entry_chain() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare last record;
begin
  perform pg_advisory_xact_lock(6, 1);  -- the events' own: whoever has written one waits for nobody here
  select id, hash into last from governance_entry order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.previous_hash := last.hash;
  -- The event of this transaction, and no older one: then the two are known from the same moment.
  select id, recorded_at into new.event_id, new.recorded_at from governance_event
    where id = nullif(current_setting('portal.event', true), '')::bigint and recorded_at >= now();
  new.recorded_at := coalesce(new.recorded_at, clock_timestamp());
  new.hash := governance_entry_digest(new);
  return new;
end $$;

create function governance_entry_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'Anteckningarna kan bara fyllas på, aldrig ändras.' using errcode = 'restrict_violation';
end $$;

create trigger entry_chain before insert on governance_entry
  for each row execute function governance_entry_chain();
create trigger entry_append_only before update or delete on governance_entry
  for each row execute function governance_entry_refuse();
create trigger entry_never_truncated before truncate on governance_entry
  for each statement execute function governance_entry_refuse();
"""

CHAIN_BACK = """
drop trigger entry_never_truncated on governance_entry;
drop trigger entry_append_only on governance_entry;
drop trigger entry_chain on governance_entry;
drop function governance_entry_refuse();
drop function governance_entry_chain();
drop function governance_entry_digest(governance_entry);
"""

TELL = """
create or replace function governance_event_chain() returns trigger language plpgsql
  set search_path = public, pg_temp as $$
declare last record;
begin
  perform pg_advisory_xact_lock(6, 1);  -- one writer of the chain at a time, until its transaction ends
  select id, hash into last from governance_event order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.previous_hash := last.hash;
  new.recorded_at := clock_timestamp();
  new.hash := governance_event_digest(new);
  perform set_config('portal.event', new.id::text, true);  -- so that the entries can say by which event
  return new;
end $$;
"""

TELL_BACK = TELL.replace(
    "  perform set_config('portal.event', new.id::text, true);  -- so that the entries can say by which event\n", ""
)

KEEP = """
create function governance_entry_keep() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  the_row jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  insert into governance_entry (table_name, row_id, case_id, content, was_there)
  values (tg_table_name, (the_row ->> tg_argv[0])::bigint, (the_row ->> tg_argv[1])::bigint,
          case when tg_op <> 'DELETE' then the_row - tg_argv[3]::text[] end, false);
  return null;
end $$;
revoke execute on function governance_entry_keep() from public;

-- From now on an entry is kept of each row of the table whose condition holds (%s is the row's name in it; empty for
-- all of them), and one is written of every row that is not what its newest entry says. To be called again, last,
-- by a migration that gives such a table another column.
create procedure governance_keep_entries(the_table text, key text, of_case text, condition text default '')
  language plpgsql set search_path = public, pg_temp as $$
declare
  worked_out text[];  -- the database works these out again by itself; a day is cheap to keep and asked for
  given text;
begin
  select coalesce(array_agg(attname::text), '{}') into worked_out from pg_attribute
    where attrelid = the_table::regclass and attgenerated <> '' and atttypid <> 'date'::regtype;
  given := format('governance_entry_keep(%L, %L, %L, %L)', key, of_case, condition, worked_out::text);
  execute format('drop trigger if exists entry_on_insert on %I', the_table);
  execute format('drop trigger if exists entry_on_update on %I', the_table);
  execute format('drop trigger if exists entry_on_delete on %I', the_table);
  execute format('create constraint trigger entry_on_insert after insert on %I deferrable initially deferred'
    ' for each row when (%s) execute function ', the_table,
    case condition when '' then 'true' else format(condition, 'new') end) || given;
  execute format('create constraint trigger entry_on_update after update on %I deferrable initially deferred'
    ' for each row when (old is distinct from new and %s) execute function ', the_table,
    case condition when '' then 'true' else format(condition, 'new') end) || given;
  execute format('create constraint trigger entry_on_delete after delete on %I deferrable initially deferred'
    ' for each row when (%s) execute function ', the_table,
    case condition when '' then 'true' else format(condition, 'old') end) || given;
  execute format($sql$
    insert into governance_entry (table_name, row_id, case_id, content, was_there)
    select %1$L, row.%2$I, row.%3$I, to_jsonb(row) - %4$L::text[], latest.id is null
    from %1$I row left join lateral (
      select e.id, e.content from governance_entry e
      where e.table_name = %1$L and e.case_id = row.%3$I and e.row_id = row.%2$I order by e.id desc limit 1
    ) latest on true
    where %5$s and latest.content is distinct from to_jsonb(row) - %4$L::text[]
    order by row.%2$I
  $sql$, the_table, key, of_case, worked_out, case condition when '' then 'true' else format(condition, 'row') end);
end $$;
"""

KEEP_BACK = """
drop procedure governance_keep_entries(text, text, text, text);
drop function governance_entry_keep();
"""

KEPT = [
    ("initiatives_initiative", "id", "id", "%s.submitted_at is not null"),
    ("governance_case", "initiative_id", "initiative_id", "%s.status <> ''draft''"),
    ("governance_participation", "id", "case_id", ""),
    ("governance_stage", "id", "case_id", ""),
    ("governance_comingstage", "id", "case_id", ""),
    ("governance_cost", "id", "case_id", ""),
]
"""A draft is its authors' alone and may be thrown away: nothing is kept of it until it is sent in."""


def keep(table: str, key: str, of_case: str, condition: str) -> migrations.RunSQL:
    back = "".join(f"drop trigger entry_on_{what} on {table};" for what in ("insert", "update", "delete"))
    # psycopg sees a statement without parameters, so that %s goes through as it is
    return migrations.RunSQL(f"call governance_keep_entries('{table}', '{key}', '{of_case}', '{condition}');", back)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0019_acts_of_reports_and_surveys"),
        ("initiatives", "0021_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table_name", models.CharField(max_length=63, verbose_name="tabell")),
                ("row_id", models.BigIntegerField(verbose_name="rad")),
                ("case_id", models.BigIntegerField(null=True, verbose_name="ärende")),
                ("content", models.JSONField(null=True, verbose_name="innehåll")),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.event",
                    ),
                ),
                ("was_there", models.BooleanField(db_default=False, verbose_name="fanns redan")),
                ("recorded_at", models.DateTimeField(verbose_name="registrerat")),
                ("previous_hash", models.BinaryField(null=True)),
                ("hash", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "anteckning",
                "verbose_name_plural": "anteckningar",
                "ordering": ["id"],
            },
        ),
        # By themselves, so that they are there when the rows are written down: a model's own come last of all, and
        # without them every row is looked for among all that have been written.
        migrations.AddIndex(
            "entry", models.Index(fields=["table_name", "case_id", "row_id", "-id"], name="entry_of_row")
        ),
        migrations.AddIndex(
            "entry",
            models.Index(condition=models.Q(("was_there", True)), fields=["-recorded_at"], name="entry_was_there"),
        ),
        migrations.AddField(
            model_name="logcheck",
            name="broken_entry",
            field=models.PositiveBigIntegerField(null=True, verbose_name="första brutna länk bland anteckningarna"),
        ),
        migrations.RunSQL(CHAIN, CHAIN_BACK),
        migrations.RunSQL(TELL, TELL_BACK),
        migrations.RunSQL(KEEP, KEEP_BACK),
        *(keep(*table) for table in KEPT),
    ]
