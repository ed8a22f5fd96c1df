"""Bring a database up to date, as its owner: tables, reference data, the demo, the web application's role.

`python -m v6portal.prepare [--role NAME]`; serve.py runs it before it opens the door.
"""

import argparse
import os

import django


def waiting_migrations() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare(*, role: str | None) -> None:
    """Safe to run again. Only in demo mode, and only where nobody has an account yet, the demo is put in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    with open(os.devnull, "w") as silence:
        call_command("check", stdout=silence)
        if waiting_migrations():
            call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        if settings.DEMO and not get_user_model().objects.exists():
            call_command("seed_demo", verbosity=0)
        if role:
            call_command("grant_app_role", role, stdout=silence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--role")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    prepare(role=options.role)


if __name__ == "__main__":
    main()
