"""``manage.py verify_log``: is the log of record whole?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...chain import Head, first_break, head, holds, words_of


class Command(BaseCommand):
    help = _("Kontrollerar händelseloggens kedja och namnger den första brutna länken.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="NUMMER:HASH",
            help=_("Ett kedjehuvud som noterats tidigare; det ska finnas kvar oförändrat i loggen."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (broken := first_break()) is not None:
            raise CommandError(_("Kedjan är bruten: %s") % words_of(broken, broken.reference or _("inget ärende")))
        if options["head"] and not holds(_parsed(options["head"])):
            raise CommandError(_("Kedjan är hel, men händelsen %(head)s finns inte kvar.") % {"head": options["head"]})
        newest = head()
        if newest is None:
            self.stdout.write(_("Loggen är tom."))
        else:
            self.stdout.write(
                _("Kedjan är hel: %(count)d händelser. Kedjehuvud %(count)d:%(hash)s")
                % {"count": newest.number, "hash": newest.hash}
            )


def _parsed(text: str) -> Head:
    number, _colon, digest = text.partition(":")
    if not number.isdigit() or not digest:
        raise CommandError(_("Skriv kedjehuvudet som NUMMER:HASH."))
    return Head(int(number), digest)
