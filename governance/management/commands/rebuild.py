"""``manage.py rebuild``: the tables that figures are read from, anew out of the log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...actions.rebuilding import Compared, compared, rebuild
from ...chain import ENTRIES, first_break, words_of_entry


class Command(BaseCommand):
    help = _("Skriver om det som siffrorna räknas ur, ur händelseloggens anteckningar. Kör som databasens ägare.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help=_("Jämför bara. Ändrar inget."))

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if (broken := first_break(ENTRIES)) is not None:
            raise CommandError(_("Anteckningarnas kedja är bruten: %s") % words_of_entry(broken))
        found = compared() if check else self._rebuilt()
        for one in found:
            self.stdout.write(_told(one))
        apart = sum(one.apart for one in found)
        if check and apart:
            raise CommandError(
                ngettext("En rad är inte vad loggen säger.", "%(count)d rader är inte vad loggen säger.", apart)
                % {"count": apart}
            )
        self.stdout.write(_("Allt är vad loggen säger.") if check else _("Allt är skrivet på nytt ur loggen."))

    def _rebuilt(self) -> list[Compared]:
        try:
            return rebuild()
        except ProgrammingError as fault:
            raise CommandError(_("Bara databasens ägare kan skriva om tabellerna: %s") % fault) from fault


def _told(one: Compared) -> str:
    return _("%(table)s: %(rows)d rader, %(apart)d skilde sig") % vars(one)
