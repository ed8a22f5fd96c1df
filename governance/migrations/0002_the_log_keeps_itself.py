"""The log of record is kept by the database: append-only, numbered without gaps, each event carrying the hash of the
one before it. A case's status must equal where its newest moving event took it when the transaction ends.
"""

from django.db import migrations

CHAIN = """
create function governance_event_digest(e governance_event) returns bytea language sql immutable as $$
  select sha256(coalesce(e.previous_hash, ''::bytea) || convert_to(jsonb_build_array(
    e.id, e.case_id, e.reference, e.kind, e.word, e.from_status, e.to_status,
    extract(epoch from e.occurred_at), extract(epoch from e.recorded_at),
    e.actor_id, e.actor_name, e.organisation_id, e.role, e.decider_name, e.text, e.data)::text, 'UTF8'))
$$;

create function governance_event_chain() returns trigger language plpgsql as $$
declare last record;
begin
  perform pg_advisory_xact_lock(6, 1);  -- one writer of the chain at a time, until its transaction ends
  select id, hash into last from governance_event order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.previous_hash := last.hash;
  new.recorded_at := clock_timestamp();
  new.hash := governance_event_digest(new);
  return new;
end $$;

create function governance_event_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'Händelseloggen kan bara fyllas på, aldrig ändras.' using errcode = 'restrict_violation';
end $$;

create trigger event_chain before insert on governance_event
  for each row execute function governance_event_chain();
create trigger event_append_only before update or delete on governance_event
  for each row execute function governance_event_refuse();
create trigger event_never_truncated before truncate on governance_event
  for each statement execute function governance_event_refuse();
"""

CHAIN_BACK = """
drop trigger event_never_truncated on governance_event;
drop trigger event_append_only on governance_event;
drop trigger event_chain on governance_event;
drop function governance_event_refuse();
drop function governance_event_chain();
drop function governance_event_digest(governance_event);
"""

AGREE = """
create function governance_state_follows_log() returns trigger language plpgsql as $$
declare
  the_case bigint := case tg_table_name when 'governance_event' then (to_jsonb(new)->>'case_id')::bigint
                     else (to_jsonb(new)->>'initiative_id')::bigint end;
  stands text; logged text;
begin
  select status into stands from governance_case where initiative_id = the_case;
  select to_status into logged from governance_event
    where case_id = the_case and to_status <> '' order by id desc limit 1;
  if stands is not null and stands is distinct from logged then
    raise exception 'Ärendets status (%) stämmer inte med händelseloggen (%).', stands, logged
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger state_follows_log after insert or update of status on governance_case
  deferrable initially deferred for each row execute function governance_state_follows_log();
create constraint trigger state_follows_log after insert on governance_event
  deferrable initially deferred for each row when (new.to_status <> '')
  execute function governance_state_follows_log();
"""

AGREE_BACK = """
drop trigger state_follows_log on governance_event;
drop trigger state_follows_log on governance_case;
drop function governance_state_follows_log();
"""

KEPT = [
    "governance_decision",
    "governance_interestanswer",
    "governance_itassessment",
    "governance_participation",
    "governance_stage",
    "governance_cost",
]
KEEP = (
    "create trigger nothing_submitted_is_deleted before delete on governance_case"
    " for each row when (old.status <> 'draft') execute function portal_refuse_delete();"
) + "".join(
    f"create trigger nothing_submitted_is_deleted before delete on {table}"
    " for each row execute function portal_refuse_delete();"
    for table in KEPT
)
KEEP_BACK = "".join(f"drop trigger nothing_submitted_is_deleted on {t};" for t in ["governance_case", *KEPT])


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial"), ("organizations", "0002_refuse_delete")]

    operations = [
        migrations.RunSQL(CHAIN, CHAIN_BACK),
        migrations.RunSQL(AGREE, AGREE_BACK),
        migrations.RunSQL(KEEP, KEEP_BACK),
    ]
