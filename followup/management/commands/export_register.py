"""Writes the whole register to a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from followup.exports.register import Extract
from followup.exports.register_workbook import write_register


class Command(BaseCommand):
    help = "Skriver hela registret till en arbetsbok (.xlsx) som import_register läser. Utkast är inte med."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL.xlsx")

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        unfinished = file.with_name(f"{file.name}.part")
        try:
            with unfinished.open("wb") as target:
                write_register(target, Extract())
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        if verbosity:
            self.stdout.write(_("Registret är skrivet till %(file)s.") % {"file": file})
