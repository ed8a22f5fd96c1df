"""Makes up a register of any size: for measuring, and for trying the portal with much in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from followup.generating.storing import save_workbook, store
from followup.generator import generate
from initiatives.models import Initiative, ReferenceCounter


class Command(BaseCommand):
    help = "Hittar på ett register med hela historier. Samma frö och dag ger samma register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--initiatives", type=int, required=True, metavar="ANTAL")
        parser.add_argument("--seed", type=int, default=1, metavar="FRÖ")
        parser.add_argument(
            "--today", type=dt.date.fromisoformat, metavar="DAG", help="dagen det slutar (annars i dag)"
        )
        parser.add_argument(
            "--output", type=Path, metavar="FIL.xlsx", help="skriv en arbetsbok i stället för databasen"
        )
        parser.add_argument("--add", action="store_true", help="skriv även om databasen redan har initiativ")

    def handle(self, *args: Any, initiatives: int, seed: int, verbosity: int, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        if initiatives < 1 or today > timezone.localdate():
            raise CommandError(_("Minst ett initiativ, och en dag som inte ligger i framtiden."))
        if options["output"]:
            with options["output"].open("wb") as file:
                save_workbook(generate(initiatives, seed, today), file)
        else:
            self._store(initiatives, seed, today, options["add"], verbosity)
        if verbosity:
            self.stdout.write(_("%(count)d påhittade initiativ är skrivna.") % {"count": initiatives})

    def _store(self, initiatives: int, seed: int, today: dt.date, add: bool, verbosity: int) -> None:
        if Initiative.objects.exists() and not add:
            raise CommandError(_("Databasen har redan initiativ. Lägg till --add om de påhittade ska skrivas ändå."))
        taken = dict(ReferenceCounter.objects.values_list("year", "last"))
        store(generate(initiatives, seed, today, taken), self._note if verbosity > 1 else lambda count: None)

    def _note(self, count: int) -> None:
        self.stdout.write(str(count))
