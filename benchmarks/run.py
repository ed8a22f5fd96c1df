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

import psycopg

from benchmarks import documents
from benchmarks.measure import Answer, Figures, Site, WrongAnswer, at_once, in_turn
from benchmarks.pages import DOCUMENTS, LEAD, PAGES, Document, Page
from benchmarks.servers import ROOT, StatementCount, create, database_server, web_server

FLOOR = "golvet"
USERS = 8
ASKED_AGAIN = 3
LONGEST = 60.0
AN_EVENT = """
insert into governance_event (case_id, reference, kind, word, from_status, to_status, occurred_at, actor_name, role,
    decider_name, text, data)
select initiative_id, reference, 'comment', '', '', '', now(), 'mätningen', '', '', 'En arbetsanteckning.', '{}'
from governance_case join initiatives_initiative on id = initiative_id order by initiative_id limit 1
"""
"""A working note, which changes no figure."""


@dataclass
class Portal:
    """The portal with so many initiatives, running."""

    site: Site
    database: str
    url: str
    sessions: dict[str, str]
    places: dict[str, str]

    def request(self, page: Page | Document) -> Callable[[], Answer]:
        ask = partial(self.site.get, page.address.format(**self.places), self.sessions[page.who])
        if not (isinstance(page, Page) and page.after_an_event):
            return ask

        def ask_anew() -> Answer:
            with psycopg.connect(self.url) as connection:
                connection.execute(AN_EVENT)
            return ask()

        return ask_anew


@dataclass
class Bench:
    small: Portal
    large: Portal
    floor: Site
    floor_session: str
    statements: StatementCount
    times: int
    environment: dict[str, str]
    """Of the large portal."""

    def so_far(self, portal: Portal) -> float:
        """Statements that the portal has asked its database; 0 where the server does not count."""
        return self.statements.so_far(portal.database)[0] if self.statements.works else 0.0

    def floor_request(self, size: int) -> Callable[[], Answer]:
        return partial(self.floor.get, f"/{size}/", self.floor_session)


def local_today() -> dt.date:
    return dt.datetime.now(ZoneInfo("Europe/Stockholm")).date()


def module(name: str, *arguments: str, **environment: str) -> str:
    """What a module of the project prints, run in a process of its own."""
    command = [sys.executable, "-m", name, *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().strip().splitlines()[-1]


def portal_environment(url: str, secret: str) -> dict[str, str]:
    """As in production, but for the missing HTTPS."""
    return {
        "DATABASE_URL": url, "DATABASE_POOL": "on", "SECRET_KEY": secret, "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "off", "DEMO": "off", "HTTPS": "off", "STATIC_MANIFEST": "on",
    }  # fmt: skip


@dataclass(frozen=True)
class Prepared:
    """A database with so many initiatives, and what the preparation told of it."""

    count: int
    database: str
    url: str
    told: str


def prepare(server: str, count: int, options: argparse.Namespace, secret: str) -> Prepared:
    database = f"portal_benchmark_{count}"
    url = create(server, database, fresh=options.fresh)
    told = module(
        "benchmarks.prepare", str(count), "--today", options.today.isoformat(),
        DATABASE_URL=url, DEMO="on", STATIC_MANIFEST="on", SECRET_KEY=secret,
    )  # fmt: skip
    return Prepared(count, database, url, told)


def start_portal(stack: ExitStack, prepared: Prepared, secret: str) -> Portal:
    """The portal, running. Not while another is prepared: that gathers the static files anew."""
    environment = portal_environment(prepared.url, secret)
    site = stack.enter_context(web_server(str(prepared.count), "v6portal.wsgi:application", environment))
    return Portal(site, prepared.database, prepared.url, **json.loads(prepared.told))


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
    for _ in range(ASKED_AGAIN):
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
    portal = bench.large
    peak, asked_before = portal.site.peak(), bench.so_far(portal)
    answer = portal.request(document)()
    grown, asked = portal.site.peak() - peak, bench.so_far(portal) - asked_before
    if document.alone:
        place = bench.large.places["period"]
        whole, alone = map(float, module(document.alone, place, document.who, **bench.environment).split())
        ratio = whole / alone
    else:
        alone = documents.workbook_alone(answer.body)
        ratio = answer.seconds / alone
    return (
        f"| {document.name} | {answer.seconds:.2f} | {alone:.2f} | **{ratio:.2f}** | "
        f"{document.times_alone:g} | {asked:.0f} | {document.statements} | {len(answer.body) / 1000:.0f} | "
        f"{grown:.0f} |"
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
    parser.add_argument("--no-files", action="store_true", help="bara sidorna, inte filerna")
    parser.add_argument("--fresh", action="store_true", help="nya databaser")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    secret = secrets.token_urlsafe(50)
    with ExitStack() as stack:
        server = stack.enter_context(database_server())
        floor_url = create(server, "portal_benchmark_floor", fresh=options.fresh)
        session = module("benchmarks.floor", FLOOR_DATABASE_URL=floor_url, FLOOR_SECRET_KEY=secret)
        prepared = [prepare(server, count, options, secret) for count in (options.small, options.large)]
        small, large = (start_portal(stack, one, secret) for one in prepared)
        environment = {"FLOOR_DATABASE_URL": floor_url, "FLOOR_SECRET_KEY": secret}
        floor = stack.enter_context(web_server("floor", "benchmarks.floor:application", environment))
        bench = Bench(
            small, large, floor, session, StatementCount(server), options.times, portal_environment(large.url, secret)
        )
        measure_pages(bench, options.only.lower())
        print(f"\nEn arbetsprocess efter sidorna: {large.site.memory():.0f} MB (högst 120).")
        if not options.no_files:
            measure_documents(bench, options.only.lower())
        if not options.only:
            measure_crowd(bench)


if __name__ == "__main__":
    main()
