"""``manage.py worker``: sends mail and keeps the hours, until told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

GRACE = 30
"""Seconds that what is being done may take when the worker is told to stop; a mail is not left half sent."""


class Command(BaseCommand):
    help = _("Kör bakgrundsarbetaren: skickar mejl och gör filer som tar tid. Avslutas med Ctrl-C eller SIGTERM.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-stdin",
            action="store_true",
            help=_("sluta när standard in stängs; så vet arbetaren att den som startade den är borta"),
        )
        parser.add_argument("--once", action="store_true", help=_("gör det som väntar och sluta"))

    def handle(self, *args: Any, with_stdin: bool, once: bool, **options: Any) -> None:
        if with_stdin:
            threading.Thread(target=_stop_when_stdin_closes, daemon=True).start()
        asyncio.run(work(wait=not once))


async def work(*, wait: bool = True) -> None:
    """Works as the database role of DATABASE_URL, with few connections; returns when told to stop."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(
                queues=["mail", "files"],
                name="portal",
                wait=wait,
                listen_notify=wait,
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE,
                install_signal_handlers=threading.current_thread() is threading.main_thread(),
            )


def _stop_when_stdin_closes() -> None:
    while os.read(sys.stdin.fileno(), 1):  # not through the buffer: its lock must be free when Python ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
