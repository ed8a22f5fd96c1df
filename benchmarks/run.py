"""Measures the portal's pages against the floor, at 300 and at 10,000 initiatives, and prints a Markdown table.

python -m benchmarks.run [--only ORD] [--times 40] [--small 300] [--large 10000] [--fresh]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from benchmarks import documents
from benchmarks.measure import Figures, Site, WrongAnswer, at_once, in_turn
from benchmarks.pages import DOCUMENTS, LEAD, PAGES, Document, Page
from benchmarks.servers import ROOT, StatementCount, create, database_server, web_server

FLOOR = "golvet"
USERS = 8
ASKED_AGAIN = 3
LONGEST = 60.0


@dataclass
class Portal:
    """The portal with so many initiatives, running."""

    site: Site
    database: str
    sessions: dict[str, str]
    places: dict[str, str]

    def request(self, page: Page | Document) -> Callable:
        return partial(self.site.get, page.address.format(**self.places), self.sessions[page.who])


@dataclass
class Bench:
    small: Portal
    large: Portal
    floor: Site
    floor_session: str
    statements: StatementCount
    times: int

    def floor_request(self, size: int) -> Callable:
        return partial(self.floor.get, f"/{size}/", self.floor_session)


def local_today() -> dt.date:
    return dt.datetime.now(ZoneInfo("Europe/Stockholm")).date()


def module(name: str, *arguments: str, **environment: str) -> str:
    """What a module of the project prints, run in a process of its own."""
    command = [sys.executable, "-m", name, *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().strip().splitlines()[-1]


def start_portal(stack: ExitStack, server: str, count: int, options: argparse.Namespace, secret: str) -> Portal:
    database = f"portal_benchmark_{count}"
    url = create(server, database, fresh=options.fresh)
    told = module(
        "benchmarks.prepare", str(count), "--today", options.today.isoformat(),
        DATABASE_URL=url, DEMO="on", SECRET_KEY=secret,
    )  # fmt: skip
    environment = {
        "DATABASE_URL": url, "DATABASE_POOL": "on", "SECRET_KEY": secret, "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "off", "DEMO": "off", "HTTPS": "off", "STATIC_MANIFEST": "on",
    }  # fmt: skip
    site = stack.enter_context(web_server(str(count), "v6portal.wsgi:application", environment))
    return Portal(site, database, **json.loads(told))


def measure(bench: Bench, page: Page) -> dict[str, Figures]:
    """The page at both sizes and the floor in turn, then the statements that each needed."""
    requests = {"small": bench.small.request(page), "large": bench.large.request(page)}
    requests[FLOOR] = bench.floor_request(len(requests["large"]().body))
    spent = {"small": bench.small.site, "large": bench.large.site, FLOOR: bench.floor}
    figures = in_turn(
        requests,
        {name: site.processor_seconds for name, site in spent.items()},
        times=bench.times,
        warm_up=4,
        longest=LONGEST,
    )
    for name, portal in (("small", bench.small), ("large", bench.large)):
        count_statements(bench, portal, requests[name], figures[name])
    return figures


def count_statements(
    bench: Bench, portal: Portal, request: Callable, figures: Figures, again: int = ASKED_AGAIN
) -> None:
    if not bench.statements.works:
        return
    before = bench.statements.so_far(portal.database)
    for _ in range(again):
        request()
    after = bench.statements.so_far(portal.database)
    figures.statements, figures.database_ms = (
        (late - early) / again for early, late in zip(before, after, strict=True)
    )


def line(page: Page, figures: dict[str, Figures]) -> str:
    small, large, floor = figures["small"], figures["large"], figures[FLOOR]
    times = large.median_ms / floor.median_ms
    growth = large.median_ms / small.median_ms
    asked = "–" if large.statements is None else f"{small.statements:.0f} / {large.statements:.0f}"
    in_database = "–" if large.database_ms is None else f"{large.database_ms:.1f}"
    kept = (
        times <= page.times_the_floor
        and growth <= page.growth
        and (large.statements is None or large.statements <= page.statements)
    )
    cells = (
        page.name,
        f"{large.median_ms:.1f}",
        f"{large.p95_ms:.1f}",
        f"{floor.median_ms:.1f}",
        f"**{times:.2f}**",
        f"{page.times_the_floor:g}",
        f"{large.processor_ms / max(floor.processor_ms, 0.01):.2f}",
        asked,
        str(page.statements),
        in_database,
        f"{growth:.2f}",
        f"{page.growth:g}",
        f"{large.size / 1000:.0f}",
        "ja" if kept else "**nej**",
    )
    return "| " + " | ".join(cells) + " |"


HEAD = (
    "Sida", "median ms", "p95 ms", "golv ms", "× golv", "högst", "× golv CPU", "SQL 300 / 10 000", "högst", "SQL ms",
    "tillväxt", "högst", "kB", "hålls",
)  # fmt: skip


def table(head: tuple[str, ...]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|", flush=True)


def measure_pages(bench: Bench, only: str) -> None:
    table(HEAD)
    for page in PAGES:
        if only not in page.name.lower():
            continue
        try:
            print(line(page, measure(bench, page)), flush=True)
        except (WrongAnswer, OSError) as error:
            print(f"| {page.name} | {error} |" + " |" * (len(HEAD) - 2), flush=True)


def measure_documents(bench: Bench, only: str) -> None:
    wanted = [document for document in DOCUMENTS if only in document.name.lower()]
    if not wanted:
        return
    print()
    table(("Fil vid 10 000", "sekunder", "biblioteket ensamt", "kvot", "högst", "SQL", "högst", "kB", "minne växer MB"))
    for document in wanted:
        try:
            print(document_line(bench, document), flush=True)
        except (WrongAnswer, OSError) as error:
            print(f"| {document.name} | {error} |" + " |" * 7, flush=True)


def document_line(bench: Bench, document: Document) -> str:
    request, site = bench.large.request(document), bench.large.site
    before, figures = site.peak(), Figures()
    answer = request()
    grown = site.peak() - before
    count_statements(bench, bench.large, request, figures, again=1)
    alone = documents.alone(document.address, answer.body)
    asked = "–" if figures.statements is None else f"{figures.statements:.0f}"
    ratio = "–" if alone is None else f"**{answer.seconds / alone:.2f}**"
    return (
        f"| {document.name} | {answer.seconds:.2f} | {'–' if alone is None else f'{alone:.2f}'} | {ratio} | "
        f"{document.times_alone:g} | {asked} | {document.statements} | {len(answer.body) / 1000:.0f} | {grown:.0f} |"
    )


def measure_crowd(bench: Bench) -> None:
    """The list for eight users at once, against the floor for as many; and what a worker weighs after all this."""
    page = next(page for page in PAGES if page.who == LEAD)
    ours, size = bench.large.request(page), len(bench.large.request(page)().body)
    rounds = [
        (at_once(ours, users=USERS, seconds=5), at_once(bench.floor_request(size), users=USERS, seconds=5))
        for _ in range(3)
    ]
    ours_rate, floor_rate = (sorted(rates)[1] for rates in zip(*rounds, strict=True))
    print(f"\n{USERS} användare samtidigt i registret: {ours_rate:.0f} sidor/s, golvet {floor_rate:.0f}, "
          f"kvot {ours_rate / floor_rate:.2f} (minst 0,33).")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--only", default="", help="bara sidor vars namn innehåller ordet")
    parser.add_argument("--times", type=int, default=40, help="gånger per sida")
    parser.add_argument("--small", type=int, default=300)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--today", type=dt.date.fromisoformat, default=local_today())
    parser.add_argument("--fresh", action="store_true", help="nya databaser")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    secret = secrets.token_urlsafe(50)
    with ExitStack() as stack:
        server = stack.enter_context(database_server())
        floor_url = create(server, "portal_benchmark_floor", fresh=options.fresh)
        session = module("benchmarks.floor", FLOOR_DATABASE_URL=floor_url, FLOOR_SECRET_KEY=secret)
        small, large = (start_portal(stack, server, n, options, secret) for n in (options.small, options.large))
        environment = {"FLOOR_DATABASE_URL": floor_url, "FLOOR_SECRET_KEY": secret}
        floor = stack.enter_context(web_server("floor", "benchmarks.floor:application", environment))
        bench = Bench(small, large, floor, session, StatementCount(server), options.times)
        measure_pages(bench, options.only.lower())
        print(f"\nEn arbetsprocess efter sidorna: {large.site.memory():.0f} MB (högst 120).")
        measure_documents(bench, options.only.lower())
        if not options.only:
            measure_crowd(bench)


if __name__ == "__main__":
    main()
