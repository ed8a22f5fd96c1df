"""A revision is never overwritten: the database refuses to change one, as it refuses to delete one (0002)."""

from django.db import migrations

CREATE = """
create function initiatives_revision_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'En version av texten ändras aldrig. En ny text är en ny version.' using errcode = 'restrict_violation';
end $$;
create trigger revision_never_changes before update on initiatives_revision
  for each row execute function initiatives_revision_refuse_change();
"""
DROP = """
drop trigger revision_never_changes on initiatives_revision;
drop function initiatives_revision_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0006_watches_and_the_last_form")]

    operations = [migrations.RunSQL(CREATE, DROP)]
