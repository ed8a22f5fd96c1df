"""Measures the half-year report and the register: page, lists and files at 300, 2,000 and 10,000 initiatives.

    python -m benchmarks.reporting [--sizes 300 2000 10000] [--times 7] [--only rapport] [--import]

Each thing at each size in a process of its own against a database made by ``benchmarks.prepare``, the sizes in turn:
what the first visit takes after something has been recorded and what the next one takes, how many statements, and how
far the process's memory grows beyond what a signed-in first page takes. ``--import`` measures what bringing a whole
register in takes instead. Prints Markdown tables and the machine's load beside them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from benchmarks.pages import ADMIN, COORDINATOR
from benchmarks.similar import Spent

AN_EVENT = """
insert into governance_event (case_id, reference, kind, word, from_status, to_status, occurred_at, actor_name, role,
    decider_name, text, data)
select initiative_id, reference, 'comment', '', '', '', now(), 'mätningen', '', '', 'En arbetsanteckning.', '{}'
from governance_case join initiatives_initiative on id = initiative_id order by initiative_id limit 1
"""
"""A working note, which changes no figure; what is remembered is counted anew all the same."""
ENOUGH_SECONDS, SLOW_MS = 30, 10_000
"""What takes long is not asked so many times, and a file that takes very long just once."""
GROWTH = 2
"""How much slower the report's page may be at the largest size than at the smallest."""


@dataclass(frozen=True)
class Thing:
    """What is measured, and as whom: an address, or a file made from the whole report."""

    name: str
    who: str
    address: str = ""
    file: str = ""


THINGS = (
    Thing("Rapportens sida", COORDINATOR, "/uppfoljning/{period}/"),
    Thing("Listan bakom en siffra", COORDINATOR, "/uppfoljning/{period}/{key}/"),
    Thing("Rapporten som JSON", COORDINATOR, file="json"),
    Thing("Rapporten som arbetsbok", COORDINATOR, file="xlsx"),
    Thing("Rapporten som PDF", COORDINATOR, file="pdf"),
    Thing("Registret som arbetsbok", ADMIN, file="register"),
)


def ask(thing: Thing, period: str, today: dt.date, times: int) -> dict[str, Any]:
    """In a process whose DATABASE_URL is a filled database: what the thing takes, first and next."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    from django.db import connection

    make = maker(thing, period, today)
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
    visits: dict[str, list[tuple[float, Spent]]] = {"first": [], "next": []}
    length, *warming = timed(make)  # so that nothing is loaded while it is timed
    begun, slow = time.perf_counter(), bool(thing.file) and warming[0] > SLOW_MS
    if slow:  # the first time is then the only one: what is loaded is nothing beside it
        visits["first"].append((warming[0], warming[1]))
    while not slow and len(visits["next"]) < times and time.perf_counter() - begun < ENOUGH_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(AN_EVENT)
        for visit in visits.values():
            _, *taken = timed(make)
            visit.append((taken[0], taken[1]))
    peak = memory("VmHWM")
    return {
        "peak": peak,
        "grows": peak - before,
        "kB": length / 1024,
        **{
            name: {
                "ms": statistics.median(taken for taken, _ in visit),
                "database": statistics.median(spent.ms for _, spent in visit),
                "statements": sorted({spent.statements for _, spent in visit}),
            }
            for name, visit in visits.items()
            if visit
        },
    }


def timed(make: Callable[[], int]) -> tuple[int, float, Spent]:
    """What it gave, the milliseconds it took, and what it asked of the database."""
    from django.db import connection

    spent, started = Spent(), time.perf_counter()
    with connection.execute_wrapper(spent):
        length = make()
    return length, (time.perf_counter() - started) * 1000, spent


def maker(thing: Thing, period: str, today: dt.date) -> Callable[[], int]:
    """Makes the thing once and gives its length; everything that every page needs has been loaded."""
    from django.test import Client

    from followup.exports.register import Extract
    from followup.exports.register_workbook import write_register
    from v6portal.organizations.models import User

    person = User.objects.get(username=thing.who)
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    page = client.get(f"/uppfoljning/{period}/").content.decode() if "{key}" in thing.address else ""
    client.get("/initiativ/")
    if thing.address:
        keys = re.findall(rf'href="/uppfoljning/{period}/([A-Za-z0-9_.-]+)/[^"]*"', page)
        address = thing.address.format(period=period, key=next((k for k in keys if k.startswith("A1")), "A1"))
        return lambda: answered(client, address)
    if thing.file == "register":

        def register() -> int:
            with open(os.devnull, "wb") as nowhere:
                write_register(nowhere, Extract(reader=person))
            return 0

        return register
    return lambda: report_file(thing.file, period, today, person)


def answered(client: Any, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(answer.content)


def report_file(kind: str, period: str, today: dt.date, reader: Any) -> int:
    """The whole report as that person gets it, made here and now."""
    from followup.exports import as_json
    from followup.exports.report_pdf import render_pdf
    from followup.exports.report_xlsx import render_xlsx
    from followup.periods import HalfYear
    from followup.presenting.report import open_report, read_all_rows

    report = open_report(HalfYear.parse(period), today, reader=reader)
    read_all_rows(report)
    if kind == "json":
        return len(as_json(report.withheld))
    return len({"xlsx": render_xlsx, "pdf": render_pdf}[kind](report))


def bring_in(path: Path) -> dict[str, Any]:
    """In a process whose DATABASE_URL is an empty portal: what it takes to try a whole register, keeping nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    import resource

    from followup.imports.register import import_register
    from initiatives.workbooks.safety import TRUSTED

    before, begun = memory("VmRSS"), time.perf_counter()
    outcome = import_register(path, preview=True, limits=TRUSTED)
    assert outcome.ok, (outcome.refusal, [str(fault) for fault in outcome.faults[:3]])
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    peak = memory("VmHWM")
    return {
        "seconds": time.perf_counter() - begun,
        "rows": outcome.totals.read,
        "peak": peak,
        "grows": peak - before,
        "reader": reader,
        "MB": path.stat().st_size / 1024 / 1024,
    }


def memory(line: str) -> float:
    """MB of this process, now (VmRSS) or at most since it was last asked to forget (VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(rf"{line}:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


# From here on: the process that starts the others


def run(url: str, *arguments: str) -> str:
    """A command of this checkout's Python against that database; what it wrote last."""
    from benchmarks.servers import ROOT

    environment = {
        **os.environ, "DATABASE_URL": url, "DEMO": "on", "DEBUG": "off", "LOG_LEVEL": "ERROR",
        "SECRET_KEY": "a key for measuring only, long enough to be accepted by every check",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip().rpartition("\n")[2]


def measure_all(server: str, options: argparse.Namespace) -> None:
    from benchmarks.servers import create

    urls = {size: create(server, f"portal_benchmark_{size}", fresh=options.fresh) for size in options.sizes}
    today = ["--today", options.today.isoformat()]
    for size, url in urls.items():
        run(url, "-m", "benchmarks.prepare", str(size), *today)
    wanted = [number for number, thing in enumerate(THINGS) if options.only.lower() in thing.name.lower()]
    print(f"Medellast före: {load()}\n")
    print(table_head(options.sizes))
    worst, uneven = 0.0, []
    for number in wanted:
        asked = ["-m", "benchmarks.reporting", "--ask", str(number), "--times", str(options.times), *today]
        rows = {size: json.loads(run(url, *asked)) for size, url in urls.items()}
        print(table_row(THINGS[number].name, list(rows.values())), flush=True)
        counts = {json.dumps(row["first"]["statements"]) for row in rows.values()}
        uneven += [THINGS[number].name] * (len(counts) > 1)
        if number == 0:
            worst = rows[max(rows)]["next"]["ms"] / rows[min(rows)]["next"]["ms"]
    print(f"\nMedellast efter: {load()}")
    print(f"Satserna är {'lika många i alla storlekar' if not uneven else 'olika många: ' + ', '.join(uneven)}.")
    if worst:
        print(f"Rapportens sida växer {worst:.1f} gånger (högst {GROWTH}).")


def table_head(sizes: list[int]) -> str:
    head = ["Vad", *(f"{size}: först / sedan ms, minne MB" for size in sizes), "växer", "SQL först / sedan", "kB"]
    return f"| {' | '.join(head)} |\n| {' | '.join(['---'] * len(head))} |"


def table_row(name: str, rows: list[dict[str, Any]]) -> str:
    cells = [f"{ms(r, 'first')} / {ms(r, 'next')}, {r['peak']:.0f} (+{r['grows']:.0f})" for r in rows]
    visits = [visit for visit in ("first", "next") if all(visit in row for row in rows)]
    growth = " / ".join(f"{rows[-1][visit]['ms'] / rows[0][visit]['ms']:.1f}" for visit in visits)
    counts = " / ".join("–".join(map(str, rows[-1][visit]["statements"])) for visit in visits)
    return f"| {' | '.join([name, *cells, growth, counts])} | {rows[-1]['kB']:.0f} |"


def ms(row: dict[str, Any], visit: str) -> str:
    return f"{row[visit]['ms']:.0f}" if visit in row else "–"


def measure_import(server: str, options: argparse.Namespace) -> None:
    from benchmarks.servers import ROOT, create

    url = create(server, "portal_benchmark_empty", fresh=False)
    run(url, "manage.py", "migrate", "--verbosity", "0")
    run(url, "manage.py", "load_reference", "--verbosity", "0")
    print(f"Medellast före: {load()}\n")
    head = ["Initiativ", "rader", "filen MB", "sekunder", "minne MB", "läsaren för sig MB"]
    print(f"| {' | '.join(head)} |\n| {' | '.join(['---'] * len(head))} |")
    for size in options.sizes:
        path = ROOT / "var" / f"benchmarks-{size}.xlsx"
        made = ["--initiatives", str(size), "--seed", "1", "--today", options.today.isoformat(), "--output", str(path)]
        run(url, "manage.py", "generate_register", *made)
        row = json.loads(run(url, "-m", "benchmarks.reporting", "--bring-in", str(path)))
        path.unlink()
        cells = [size, row["rows"], f"{row['MB']:.1f}", f"{row['seconds']:.0f}"]
        print(f"| {' | '.join(map(str, cells))} | {row['peak']:.0f} (+{row['grows']:.0f}) | {row['reader']:.0f} |")
    print(f"\nMedellast efter: {load()}")


def load() -> str:
    return " / ".join(f"{one:.1f}" for one in os.getloadavg())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 2_000, 10_000])
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--only", default="")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date(2026, 11, 23))
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--import", action="store_true", dest="bringing_in")
    parser.add_argument("--ask", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--bring-in", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask is not None:
        period = f"{options.today.year}-{1 if options.today.month < 7 else 2}"
        print(json.dumps(ask(THINGS[options.ask], period, options.today, options.times)))
    elif options.bring_in:
        print(json.dumps(bring_in(options.bring_in)))
    else:
        from benchmarks.servers import database_server

        with database_server() as server:
            (measure_import if options.bringing_in else measure_all)(server, options)


if __name__ == "__main__":
    main()
