"""Brings a register in from a workbook: all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from followup.imports.faults import Outcome
from followup.imports.register import import_register
from initiatives.workbooks.safety import TRUSTED, Limits


class Command(BaseCommand):
    help = "Läser in ett register från en arbetsbok (.xlsx). Är något fel läses ingenting in, och varje fel listas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL.xlsx")
        parser.add_argument("--preview", action="store_true", help="pröva allt men spara ingenting")
        parser.add_argument(
            "--trusted", action="store_true", help="portalens egen export: större filer och längre tid tillåts"
        )

    def handle(self, *args: Any, file: Path, preview: bool, trusted: bool, verbosity: int, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("Filen %(file)s finns inte.") % {"file": file})
        outcome = import_register(file, preview=preview, limits=TRUSTED if trusted else Limits())
        if verbosity:
            self._report(outcome)
        if not outcome.ok:
            raise CommandError(outcome.refusal or _("Ingenting är inläst. Rätta felen och försök igen."))

    def _report(self, outcome: Outcome) -> None:
        for notice in outcome.notices:
            self.stdout.write(_("Observera: %(notice)s") % {"notice": notice})
        for fault in outcome.faults:
            self.stderr.write(str(fault))
        if outcome.has_more_faults:
            self.stderr.write(_("Det finns fler fel. Resten visas när de här är rättade."))
        if outcome.refusal:
            return
        totals = outcome.totals
        self.stdout.write(
            _("%(read)d rader lästa, %(created)d skapade, %(matched)d fanns redan, %(refused)d med fel.")
            % {
                "read": totals.read,
                "created": totals.created,
                "matched": totals.matched,
                "refused": totals.refused,
            }
        )
