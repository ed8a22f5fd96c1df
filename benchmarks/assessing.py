"""Measures the prioritisation page and *Prova andra vikter*: ten assessors on each initiative, more and more of them.

    python -m benchmarks.assessing [--initiatives 6 63 500 625] [--times 30] [--profile]

Ten assessors and eight criteria are 80 answers an initiative, so 6, 63 and 625 of them are about 500, 5,000 and 50,000
answers; 500 is what the page is promised for. Each size has a database of its own, made up by ``generate_register``;
here every initiative is then sent to V6 and given one more closed round with ten assessments, written by the real
models and summed up by the real rules. Time is the server's: a request through every middleware to the finished page,
in a process of its own, without a network. No two questions have the same weights. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import json
import math
import os
import pstats
import random
import statistics
import subprocess
import sys
import time
from typing import Any

import django

from benchmarks.similar import Spent

ASSESSORS = 10
SEED = 1
COORDINATOR = "coordinator"
LIST = "level=v6&scope=all"
ALLOWED_MS, ALLOWED_STATEMENTS = 150, 15
"""For the what-if answer at 500 initiatives, and for the prioritisation page."""
WEIGHTS = {"N1": 20, "N2": 20, "N3": 15, "N4": 15, "N5": 5, "G1": 10, "G2": 10, "G3": 5}
PAGES = {
    "Prioritering": ("/prioritering/", False, 0),
    "Andra vikter, svaret medan man skriver, 5 första": ("/prioritering/vikter/", True, 5),
    "Andra vikter, svaret medan man skriver, 20 första": ("/prioritering/vikter/", True, 20),
    "Andra vikter, hela sidan": ("/prioritering/vikter/", False, 5),
}


def assess(initiatives: int, today: dt.date) -> None:
    """Fills the database if it is empty."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from benchmarks.prepare import fill
    from initiatives.models import Initiative, Round

    fill(initiatives, today)
    if Round.objects.filter(assessments__assessor_name="Bedömare 1").exists():
        return
    call_command("load_reference", verbosity=0)
    with transaction.atomic():
        for initiative in Initiative.objects.submitted().order_by("pk"):
            Initiative.objects.filter(pk=initiative.pk, shared_at=None).update(shared_at=initiative.submitted_at)
            Initiative.objects.filter(pk=initiative.pk).update(is_secret=False)
            one_round(initiative)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def one_round(initiative: Any) -> None:
    """Ten who mostly agree: each criterion has its answer, which they miss by one now and then, or do not know."""
    from django.utils import timezone

    from initiatives.actions import summarise
    from initiatives.models import Assessment, AssessmentModel, Level, Round, Score

    chance, now = random.Random(f"{SEED} {initiative.reference}"), timezone.now()
    model = AssessmentModel.objects.prefetch_related("criteria").get(pk=AssessmentModel.objects.current().pk)
    initiative.rounds.open().filter(level=Level.V6).update(closed_at=now)
    round = Round.objects.create(
        initiative=initiative, level=Level.V6, model=model, opened_at=initiative.submitted_at, closed_at=now, minimum=2
    )
    revision = initiative.revisions.latest("number")
    sheets = Assessment.objects.bulk_create(
        Assessment(
            round=round,
            revision=revision,
            organisation=initiative.organisation,
            assessor_name=f"Bedömare {number + 1}",
            handed_in_at=now,
        )
        for number in range(ASSESSORS)
    )
    criteria = list(model.criteria.all())
    truth = {c.pk: chance.randint(1, 5) for c in criteria}
    Score.objects.bulk_create(
        Score(
            assessment=sheet,
            criterion=c,
            value=None if chance.random() < 0.05 else min(5, max(1, truth[c.pk] + chance.choice((-1, 0, 0, 0, 1)))),
        )
        for sheet in sheets
        for c in criteria
    )
    summarise(round)


def ask(times: int, profile: bool) -> dict[str, Any]:
    """In a process whose DATABASE_URL is a filled database: what each page takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    from django.test import Client

    from governance.presenting.backlog import Selection, scored
    from initiatives.models import Level, Score
    from v6portal.organizations.models import User

    client, coordinator = Client(SERVER_NAME="localhost"), User.objects.get(username=COORDINATOR)
    client.force_login(coordinator)
    taken: dict[str, Any] = {}
    for name, (path, live, top) in PAGES.items():
        taken[name] = one_page(client, path, live, top, times)
        if profile:
            profiler = cProfile.Profile()
            profiler.enable()
            one_page(client, path, live, top, 5)
            profiler.disable()
            print(name, file=sys.stderr)
            pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumulative").print_stats(45)
    listed = scored(Selection(Level.V6, scope="all"), coordinator).count()
    answers = Score.objects.filter(assessment__assessor_name__startswith="Bedömare ").count()
    return {"pages": taken, "listed": listed, "answers": answers}


def one_page(client: Any, path: str, live: bool, top: int, times: int) -> dict[str, float]:
    from django.db import connection

    chance = random.Random(SEED)
    clock, processor, database, statements, length = [], [], [], set[int](), 0
    for number in range(times + 3):
        tried = {f"weight_{code}": weight + chance.randint(0, 9) for code, weight in WEIGHTS.items()}
        query = "&".join(f"{key}={value}" for key, value in {**tried, "top": top}.items()) if top else ""
        spent = Spent()
        begun, used = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(spent):
            answer = client.get(f"{path}?{LIST}&{query}", headers={"HX-Request": "true"} if live else {})
        assert answer.status_code == 200, (path, answer.status_code)
        if number > 2:
            clock.append((time.perf_counter() - begun) * 1000)
            processor.append((time.process_time() - used) * 1000)
            database.append(spent.ms)
            statements.add(spent.statements)
            length = len(answer.content)
    return {
        "median": statistics.median(clock),
        "p95": sorted(clock)[math.ceil(0.95 * len(clock)) - 1],
        "processor": statistics.median(processor),
        "database": statistics.median(database),
        "statements": max(statements),
        "kB": length / 1024,
    }


def measured(url: str, size: int, options: argparse.Namespace) -> dict[str, Any]:
    """Fills the database if it is empty, and asks in a new process."""
    from benchmarks.servers import ROOT

    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DEMO": "on",
        "DEBUG": "off",
        "LOG_LEVEL": "ERROR",
        "SECRET_KEY": "a key for measuring only, long enough to be accepted by every check",
    }
    run = [sys.executable, "-m", "benchmarks.assessing", "--today", options.today.isoformat()]
    subprocess.run([*run, "--fill", str(size)], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    asking = [*run, "--ask", "--times", str(options.times), *(["--profile"] * options.profile)]
    answer = subprocess.run(asking, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(answer.stdout.splitlines()[-1])


def table(taken: dict[int, dict[str, Any]]) -> str:
    sizes = sorted(taken)
    head = [
        "Sida",
        *(f"{taken[size]['listed']} initiativ, {taken[size]['answers']} svar" for size in sizes),
        "SQL",
        "kB",
    ]
    lines = [head, ["---"] * len(head)]
    for page in PAGES:
        rows = [taken[size]["pages"][page] for size in sizes]
        cells = [f"{r['median']:.0f} / {r['p95']:.0f} / {r['processor']:.0f} / {r['database']:.0f}" for r in rows]
        counts = " / ".join(str(int(row["statements"])) for row in rows)
        lines.append([page, *cells, counts, f"{rows[-1]['kB']:.0f}"])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--initiatives", type=int, nargs="+", default=[6, 63, 500, 625])
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date(2026, 11, 23))
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--fill", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
        django.setup()
        assess(options.fill, options.today)
        return
    if options.ask:
        print(json.dumps(ask(options.times, options.profile)))
        return
    from benchmarks.servers import create, database_server

    with database_server() as server:
        taken = {
            size: measured(create(server, f"portal_benchmark_assessed_{size}", fresh=options.fresh), size, options)
            for size in options.initiatives
        }
    print("Median / p95 / processor / databas, ms.\n")
    print(table(taken))
    worst = max(row["median"] for name, row in taken[max(taken)]["pages"].items() if name != "Prioritering")
    most = max(one["pages"]["Prioritering"]["statements"] for one in taken.values())
    print(f"\nAndra vikter: {worst:.0f} ms vid {max(taken)} initiativ (högst {ALLOWED_MS} vid 500).")
    print(f"Prioritering: {most:.0f} satser (under {ALLOWED_STATEMENTS}).")


if __name__ == "__main__":
    main()
