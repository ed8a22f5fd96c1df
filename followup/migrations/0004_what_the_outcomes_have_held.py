"""Entries are kept of what figures of outcomes are read from; see governance's migration of nearly the same name.

A later migration that gives one of these tables another column ends by calling ``governance_keep_entries`` again.
"""

from django.db import migrations

TABLES = ["followup_adoption", "followup_confirmation"]


class Migration(migrations.Migration):
    dependencies = [("followup", "0003_capacity"), ("governance", "0020_what_the_rows_have_held")]

    operations = [
        migrations.RunSQL(
            f"call governance_keep_entries('{table}', 'id', 'case_id');",
            "".join(f"drop trigger entry_on_{what} on {table};" for what in ("insert", "update", "delete")),
        )
        for table in TABLES
    ]
