"""The file of an attachment may be destroyed once, and the row says when; nothing else of it changes."""

from django.db import migrations, models

GUARD = """
create or replace function initiatives_attachment_is_kept() returns trigger language plpgsql as $$
declare
  loose text[] := array['removed_at', 'removed_by_id', 'purged_at'];
begin
  if exists (select 1 from initiatives_initiative where id = old.initiative_id and submitted_at is not null) then
    if tg_op = 'DELETE' then
      raise exception 'Det som är inskickat tas aldrig bort (%).', tg_table_name using errcode = 'restrict_violation';
    end if;
    if to_jsonb(new) - loose <> to_jsonb(old) - loose
       or (old.removed_at is not null and (new.removed_at is distinct from old.removed_at
                                           or new.removed_by_id is distinct from old.removed_by_id))
       or (old.purged_at is not null and new.purged_at is distinct from old.purged_at) then
      raise exception 'En inskickad bilaga ändras inte.' using errcode = 'restrict_violation';
    end if;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
"""
BACK = """
create or replace function initiatives_attachment_is_kept() returns trigger language plpgsql as $$
begin
  if exists (select 1 from initiatives_initiative where id = old.initiative_id and submitted_at is not null) then
    if tg_op = 'DELETE' then
      raise exception 'Det som är inskickat tas aldrig bort (%).', tg_table_name using errcode = 'restrict_violation';
    end if;
    if old.removed_at is not null
       or to_jsonb(new) - 'removed_at' - 'removed_by_id' <> to_jsonb(old) - 'removed_at' - 'removed_by_id' then
      raise exception 'En inskickad bilaga ändras inte.' using errcode = 'restrict_violation';
    end if;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0019_words_for_the_admin"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="purged_at",
            field=models.DateTimeField(null=True, verbose_name="gallrad"),
        ),
        migrations.RunSQL(GUARD, BACK),
    ]
