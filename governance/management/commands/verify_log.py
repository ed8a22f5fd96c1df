"""``manage.py verify_log``: is the log of record whole?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...chain import ENTRIES, Apart, Head, first_apart, first_break, head, holds, words_of, words_of_entry


class Command(BaseCommand):
    help = _("Kontrollerar kedjorna i händelseloggen och dess anteckningar och ärendenas lägen. Namnger första felet.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMMER:HASH",
            help=_("Ett kedjehuvud som noterats tidigare; det ska finnas kvar oförändrat i loggen."),
        )
        parser.add_argument(
            "--entries-head",
            metavar="NUMMER:HASH",
            help=_("Detsamma för anteckningarnas kedja."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (broken := first_break()) is not None:
            raise CommandError(_("Kedjan är bruten: %s") % words_of(broken, broken.reference or _("inget ärende")))
        if options["head"] and not holds(_parsed(options["head"])):
            raise CommandError(_("Kedjan är hel, men händelsen %(head)s finns inte kvar.") % {"head": options["head"]})
        if (apart := first_apart()) is not None:
            raise CommandError(_told(apart))
        newest = head()
        if newest is None:
            self.stdout.write(_("Loggen är tom."))
        else:
            self.stdout.write(
                _("Kedjan är hel: %(count)d händelser. Kedjehuvud %(count)d:%(hash)s")
                % {"count": newest.number, "hash": newest.hash}
            )
        self._verify_entries(options["entries_head"])

    def _verify_entries(self, noted: str | None) -> None:
        if (broken := first_break(ENTRIES)) is not None:
            raise CommandError(_("Anteckningarnas kedja är bruten: %s") % words_of_entry(broken))
        if noted and not holds(_parsed(noted), ENTRIES):
            raise CommandError(_("Anteckningarna är hela, men %(head)s finns inte kvar.") % {"head": noted})
        if (newest := head(ENTRIES)) is not None:
            self.stdout.write(
                _("Anteckningarna är hela: %(count)d. Kedjehuvud %(count)d:%(hash)s")
                % {"count": newest.number, "hash": newest.hash}
            )


def _parsed(text: str) -> Head:
    number, _colon, digest = text.partition(":")
    if not number.isdigit() or not digest:
        raise CommandError(_("Skriv kedjehuvudet som NUMMER:HASH."))
    return Head(int(number), digest)


def _told(apart: Apart) -> str:
    words = {
        "reference": apart.reference,
        "stands": apart.stands.label if apart.stands else "",
        "logged": apart.logged.label if apart.logged else "",
    }
    if apart.stands is None:
        return _("Kedjan är hel, men ärendet %(reference)s finns inte kvar. Loggen slutar i %(logged)s.") % words
    if apart.logged is None:
        return _("Kedjan är hel, men om ärendet %(reference)s, som står i %(stands)s, säger loggen inget.") % words
    told = _("Kedjan är hel, men ärendet %(reference)s står i %(stands)s och loggen slutar i %(logged)s.") % words
    return f"{told} {_('En händelse saknas.')}"
