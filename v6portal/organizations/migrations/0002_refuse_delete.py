"""The function behind "nothing submitted is deleted": later migrations hang it on the tables it guards."""

from django.db import migrations

CREATE = """
create function portal_refuse_delete() returns trigger language plpgsql as $$
begin
  raise exception 'Det som är inskickat tas aldrig bort (%).', tg_table_name using errcode = 'restrict_violation';
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "drop function portal_refuse_delete();")]
