"""The database refuses to delete what has been submitted, through whichever door."""

from django.db import migrations

ALWAYS = ["initiatives_revision", "initiatives_gateanswer", "initiatives_round"]

CREATE = (
    "create trigger nothing_submitted_is_deleted before delete on initiatives_initiative"
    " for each row when (old.submitted_at is not null) execute function portal_refuse_delete();"
    "create trigger nothing_submitted_is_deleted before delete on initiatives_assessment"
    " for each row when (old.handed_in_at is not null) execute function portal_refuse_delete();"
) + "".join(
    f"create trigger nothing_submitted_is_deleted before delete on {table}"
    " for each row execute function portal_refuse_delete();"
    for table in ALWAYS
)
DROP = "".join(
    f"drop trigger nothing_submitted_is_deleted on {table};"
    for table in ["initiatives_initiative", "initiatives_assessment", *ALWAYS]
)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial"), ("organizations", "0002_refuse_delete")]

    operations = [migrations.RunSQL(CREATE, DROP)]
