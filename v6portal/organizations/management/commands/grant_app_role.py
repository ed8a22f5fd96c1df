"""Give the web application's database role what it needs, and no more. Run as the owner, after `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

EVENT_LOG, ENTRIES = "governance_event", "governance_entry"

RIGHTS = (
    "grant connect on database {database} to {role}",
    # No table of its own that could stand in the way of the portal's when a trigger looks for them by name.
    "revoke temporary on database {database} from public, {role}",
    "grant usage on schema public to {role}",
    "grant select, insert, update, delete on all tables in schema public to {role}",
    "grant usage, select on all sequences in schema public to {role}",
    "alter default privileges in schema public grant select, insert, update, delete on tables to {role}",
    "alter default privileges in schema public grant usage, select on sequences to {role}",
    # The application may add to the log, never change it; nor may it rewrite what has been migrated.
    "revoke all on {event_log} from {role}",
    "grant select, insert on {event_log} to {role}",
    # What becomes of the rows is written by the owner's trigger, and only read by the application.
    "revoke all on {entries} from {role}",
    "grant select on {entries} to {role}",
    "revoke insert, update, delete on django_migrations from {role}",
)


class Command(BaseCommand):
    help = "Ger webbtillämpningens databasroll dess rättigheter. Rollen ska finnas; kör som databasens ägare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="databasrollens namn, till exempel portal_app")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select rolsuper from pg_roles where rolname = %s", [role])
            row = cursor.fetchone()
            if row is None:
                raise CommandError(_("Rollen %s finns inte i databasen. Skapa den först.") % role)
            if row[0]:
                raise CommandError(_("Rollen %s är superanvändare och kan inte begränsas.") % role)
            cursor.execute("select current_database(), current_user")
            database, owner = cursor.fetchone()
            if role == owner:
                raise CommandError(_("Rollen %s äger databasen. Webbtillämpningen behöver en annan.") % role)
            names = {
                "database": sql.Identifier(database),
                "role": sql.Identifier(role),
                "event_log": sql.Identifier(EVENT_LOG),
                "entries": sql.Identifier(ENTRIES),
            }
            for statement in RIGHTS:
                cursor.execute(sql.SQL(statement).format(**names))
        self.stdout.write(_("Rollen %s har sina rättigheter.") % role)
