"""The report of one half-year, on standard output or in a file."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from followup.exports import WRITERS, WRITERS_OF_APPROVED
from followup.models import HalfYearReport
from followup.periods import HalfYear
from followup.presenting.kept import approval_of
from followup.presenting.overview import Desk
from followup.presenting.report import Report, read_all_rows, report_as_kept
from followup.reports import compute
from governance.as_it_was import two_dates
from governance.known import known_since
from v6portal.organizations.errors import Refused


def date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("”%(text)s” är inget datum. Skriv till exempel 2026-11-23.") % {"text": text}
        ) from None


def _as_kept(approval: HalfYearReport) -> Report:
    """An approved report with everything it has, nothing withheld."""
    report = report_as_kept(approval, timezone.localdate(), desk=Desk())
    read_all_rows(report)
    return report


class Command(BaseCommand):
    help = "Skriver halvårsrapporten för ett halvår, till exempel 2026-1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="halvår, till exempel 2026-1 (januari–juni) eller 2026-2")
        parser.add_argument("--format", choices=sorted(WRITERS), default="json", help="filformat")
        parser.add_argument("--as-of", type=date, metavar="DATUM", help="räkna som om det vore denna dag")
        parser.add_argument(
            "--known-at", type=date, metavar="DATUM", help="räkna bara det som var registrerat denna dag"
        )
        parser.add_argument("--output", type=Path, metavar="FIL", help="fil att skriva till i stället för standard ut")

    def handle(
        self,
        *args: Any,
        period: str,
        format: str,
        as_of: dt.date | None,
        known_at: dt.date | None,
        output: Path | None,
        **options: Any,
    ) -> None:
        if known_at and format != "json":
            raise CommandError(_("Med --known-at skrivs bara JSON."))
        try:
            dates = two_dates(as_of, known_at, timezone.localdate(), known_since()) if known_at else None
            kept = None if as_of or known_at else approval_of(HalfYear.parse(period))
            if kept:
                content = WRITERS_OF_APPROVED[format](_as_kept(kept))
            else:
                figures = compute(HalfYear.parse(period), dates.true_on if dates else as_of, known_at=known_at)
                content = WRITERS[format](figures)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if output:
            self._write_file(output, content)
        elif stream := getattr(self.stdout, "buffer", None):
            if format != "json" and self.stdout.isatty():
                raise CommandError(_("Rapporten är en fil. Ange --output och ett filnamn."))
            stream.write(content)
            stream.flush()
        else:
            self.stdout.write(content.decode(), ending="")

    def _write_file(self, output: Path, content: bytes) -> None:
        try:
            output.write_bytes(content)
        except OSError as fault:
            raise CommandError(
                _("Det går inte att skriva till %(file)s: %(fault)s") % {"file": output, "fault": fault.strerror}
            ) from fault
        self.stderr.write(_("Skrev %(file)s") % {"file": output})
