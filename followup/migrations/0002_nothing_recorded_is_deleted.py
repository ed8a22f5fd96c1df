"""Införanden and confirmations are kept for good."""

from django.db import migrations

TABLES = ["followup_adoption", "followup_confirmation"]


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial"), ("organizations", "0002_refuse_delete")]

    operations = [
        migrations.RunSQL(
            f"create trigger nothing_submitted_is_deleted before delete on {table}"
            " for each row execute function portal_refuse_delete();",
            f"drop trigger nothing_submitted_is_deleted on {table};",
        )
        for table in TABLES
    ]
