"""What a published model asks and how it weighs is never changed: answers keep the version they were given in."""

from django.db import migrations

TABLES = ["initiatives_criterion", "initiatives_gatequestion"]

CREATE = """
create function initiatives_published_is_locked() returns trigger language plpgsql as $$
begin
  if exists (select 1 from initiatives_assessmentmodel where id = old.model_id and published_at is not null) then
    raise exception 'En publicerad bedömningsmodell ändras inte. Gör en ny version.' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
""" + "".join(
    f"create trigger published_is_locked before update or delete on {table}"
    " for each row execute function initiatives_published_is_locked();"
    for table in TABLES
)
DROP = "".join(f"drop trigger published_is_locked on {table};" for table in TABLES)
DROP += "drop function initiatives_published_is_locked();"


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_visibility_by_index")]

    operations = [migrations.RunSQL(CREATE, DROP)]
