"""A database to measure in: tables, reference data, people, a made-up register; run by ``run.py`` in its own process.

    DATABASE_URL=... DEMO=on python -m benchmarks.prepare 10000 --today 2026-11-23

Prints, as JSON, the session keys of those who measure and the addresses' parts that depend on what was made up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os

import django

SEED = 1
ROWS_A_PAGE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("initiatives", type=int)
    parser.add_argument("--today", type=dt.date.fromisoformat, required=True)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    fill(options.initiatives, options.today)
    print(json.dumps({"sessions": sessions(), "places": places(options.today)}))


def fill(count: int, today: dt.date) -> None:
    """Safe to run again: what is there stays."""
    from django.core.management import call_command
    from django.db import connection

    from initiatives.models import Initiative
    from v6portal.organizations.demo import create_cast
    from v6portal.organizations.models import User

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    create_cast()
    User.objects.update(is_demo=False)  # so that they may sign in where the portal runs as in production
    if not Initiative.objects.exists():
        call_command("generate_register", initiatives=count, seed=SEED, today=today, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def sessions() -> dict[str, str]:
    """A signed-in session each for those who measure."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from benchmarks.pages import DOCUMENTS, PAGES
    from v6portal.organizations.models import User

    keys = {}
    for name in {page.who for page in (*PAGES, *DOCUMENTS)}:
        request = HttpRequest()
        request.session = SessionStore()
        login(request, User.objects.get(username=name), backend="v6portal.organizations.backends.PortalBackend")
        request.session.save()
        keys[name] = str(request.session.session_key)
    return keys


def places(today: dt.date) -> dict[str, str]:
    """The last page of the list, the initiative with most in its log, one to assess, the half-year."""
    from django.db.models import Count, Q

    from benchmarks.pages import LEAD
    from followup.periods import HalfYear
    from governance.models import Case
    from governance.statuses import Status
    from initiatives.models import Initiative, Round
    from v6portal.organizations.models import User

    lead = User.objects.get(username=LEAD)
    seen = Initiative.objects.visible_to(lead)
    richest = seen.filter(shared_at__isnull=False).annotate(size=Count("case__events")).order_by("-size", "pk")[0]
    takes_part = Q(participations__organisation__key="lidkoping", participations__left_on=None)
    to_assess = (
        Case.objects.filter(takes_part, status=Status.V6_PRIORITISING, participations__role__in=("leads", "takes_part"))
        .exclude(initiative__rounds__in=Round.objects.open().filter(assessments__assessor=lead))
        .order_by("pk")
        .first()
    )
    return {
        "last_page": str(math.ceil(seen.count() / ROWS_A_PAGE)),
        "reference": richest.reference,
        "to_assess": (to_assess.initiative if to_assess else richest).reference,
        "period": HalfYear.of(today).code,
    }


if __name__ == "__main__":
    main()
