"""Measures *Finns det redan?*: how long the question takes, at 300, 10,000 and 50,000 initiatives.

    python -m benchmarks.similar [--sizes 300 10000] [--times 20] [--explain]

Each title is asked for by a lead, who sees most, and by a medarbetare, who sees next to nothing, in a process of its
own against a database made by ``benchmarks.prepare``. Prints a Markdown table: milliseconds on the clock, of the
process's processor, and of the database, and how much slower the larger is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import statistics
import subprocess
import sys
import time
from typing import Any

import django

from benchmarks.pages import LEAD

STAFF = "staff.lidkoping"
NEED = (
    "Personalen hämtar och lämnar fysiska nycklar flera gånger per pass. Det tar tid, och nycklar kommer bort. "
    "Den som har hjälp hemma får vänta, och vi måste köra tillbaka till lokalen för att byta nyckel. "
) * 5
LONG = (
    "Vi vill att personal i hemtjänsten både dag och natt får digitala nycklar, larm, kamera, schema, journal,"
    " körjournal, rutter, telefoner och lås så att ingen behöver åka och hämta"
)
QUESTIONS = (
    ("Digitala nycklar i hemtjänsten", NEED),
    ("Hemtjänstplanering med mobil", NEED),
    ("E-tjänst för bygglovsansökan", ""),
    ("Planering, bokning och uppföljning av ansökan, anmälan och rapportering i förskola och bibliotek", NEED),
    ("Digitl fakturakontrol", ""),
    (LONG, NEED),
    ("Något som ingen har tänkt på: xylofon", NEED),
)
ALLOWED_MS = 100
"""At 10,000 initiatives; issue 3."""


def ask(times: int, explain: bool) -> dict[str, Any]:
    """In a process whose DATABASE_URL is a filled database: what each question takes, by who asks and its title."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    from django.db import connection

    from initiatives.reading import similar_to
    from v6portal.organizations.models import User

    taken: dict[str, Any] = {}
    for who in (LEAD, STAFF):
        for title, need in QUESTIONS:
            clock, processor, database, found = [], [], [], 0
            for number in range(times + 2):
                user = User.objects.get(username=who)
                user.current_memberships  # noqa: B018 - read by every page before it asks
                spent = Spent()
                begun, used = time.perf_counter(), time.process_time()
                with connection.execute_wrapper(spent):
                    found = len(similar_to(user=user, title=title, need=need))
                if number > 1:
                    clock.append((time.perf_counter() - begun) * 1000)
                    processor.append((time.process_time() - used) * 1000)
                    database.append(spent.ms)
            if explain and who == LEAD:
                print(title, file=sys.stderr)
                print(spent.plan(connection), file=sys.stderr)
            taken[f"{who}: {title}"] = {
                "median": statistics.median(clock),
                "p95": sorted(clock)[math.ceil(0.95 * len(clock)) - 1],
                "processor": statistics.median(processor),
                "database": statistics.median(database),
                "statements": spent.statements,
                "found": found,
            }
    return taken


class Spent:
    """Milliseconds in the database, and the last statement that was asked."""

    def __init__(self) -> None:
        self.ms, self.statements, self.last = 0.0, 0, ("", ())

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.ms += (time.perf_counter() - begun) * 1000
            self.statements, self.last = self.statements + 1, (sql, params)

    def plan(self, connection: Any) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"explain (analyze, buffers, costs off) {self.last[0]}", self.last[1])
            return "\n".join(row[0] for row in cursor.fetchall())


def measured(url: str, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """Fills the database if it is empty, and asks in a new process."""
    from benchmarks.servers import ROOT

    key = "a key for measuring only, long enough to be accepted by every check"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DEMO": "on",
        "DEBUG": "off",
        "LOG_LEVEL": "ERROR",
        "SECRET_KEY": key,
    }
    run = [sys.executable, "-m"]
    today = ["--today", options.today.isoformat()]
    subprocess.run(
        [*run, "benchmarks.prepare", str(size), *today],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    asking = [*run, "benchmarks.similar", "--ask", "--times", str(options.times), *(["--explain"] * options.explain)]
    answer = subprocess.run(asking, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def table(taken: dict[int, dict[str, Any]]) -> str:
    sizes = sorted(taken)
    head = [
        "Vem och titel",
        *(f"{size} initiativ: median / p95 / CPU / databas ms" for size in sizes),
        "tillväxt",
        "SQL",
    ]
    lines = [head, ["---"] * len(head)]
    for question in taken[sizes[0]]:
        rows = [taken[size][question] for size in sizes]
        cells = [f"{r['median']:.1f} / {r['p95']:.1f} / {r['processor']:.1f} / {r['database']:.1f}" for r in rows]
        growth = " / ".join(f"{row['median'] / rows[0]['median']:.1f}" for row in rows[1:])
        lines.append([question, *cells, growth, str(rows[-1]["statements"])])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 10_000])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date(2026, 11, 23))
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(ask(options.times, options.explain)))
        return
    from benchmarks.servers import create, database_server

    with database_server() as server:
        taken = {
            size: measured(create(server, f"portal_benchmark_{size}", fresh=options.fresh), size, options)
            for size in options.sizes
        }
    print(table(taken))
    worst = max(row["median"] for row in taken.get(10_000, {"": {"median": 0}}).values())
    print(f"\nDen långsammaste vid 10 000: {worst:.0f} ms (högst {ALLOWED_MS}).")


if __name__ == "__main__":
    main()
