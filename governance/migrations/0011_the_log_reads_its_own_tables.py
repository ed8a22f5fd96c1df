"""What guards the log finds the portal's own tables, whatever a session has put in their way.

PostgreSQL looks for a name without its schema among the session's temporary tables first. A table called
``governance_event`` there made the chain go on from a number of its maker's choice, and let a case pass the log.
"""

from django.db import migrations

GUARDS = ("governance_event_chain", "governance_state_follows_log")
FIXED = "".join(f"alter function {name}() set search_path = public, pg_temp;" for name in GUARDS)
LOOSE = "".join(f"alter function {name}() reset search_path;" for name in GUARDS)


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_deciding_together")]

    operations = [migrations.RunSQL(FIXED, LOOSE)]
