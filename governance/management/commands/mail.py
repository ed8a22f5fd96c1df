"""``manage.py mail``: how it stands with the mail, and another attempt at what went wrong."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.mail.sending import send_again
from governance.models import Mail, Notice


class Command(BaseCommand):
    help = _("Visar hur många mejl som är i varje läge. Kan lägga tillbaka dem som inte gick att skicka.")

    def add_arguments(self, parser: CommandParser) -> None:
        again = parser.add_mutually_exclusive_group()
        again.add_argument(
            "--retry-failed", action="store_true", help=_("försök igen med alla som inte gick att skicka")
        )
        again.add_argument(
            "--retry", nargs="+", type=int, metavar="NUMMER", help=_("försök igen med just dessa, också oklara")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry_failed"]:
            failed = Mail.objects.filter(state=Mail.State.FAILED).values_list("pk", flat=True)
            self._again(list(failed))
        elif options["retry"]:
            self._again(options["retry"])
        self._tell()

    def _again(self, mails: list[int]) -> None:
        self.stdout.write(_("%(number)d mejl ligger i kö igen.") % {"number": send_again(mails)})

    def _tell(self) -> None:
        counted = dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
        for state in Mail.State:
            self.stdout.write(f"{counted.get(state, 0):>7}  {state.label}")
        self.stdout.write(f"{Notice.objects.waiting().count():>7}  " + _("väntar på att bli mejl"))
        oldest = Mail.objects.filter(state=Mail.State.QUEUED).aggregate(oldest=Min("queued_at"))["oldest"]
        if oldest:
            day = date_format(timezone.localtime(oldest), "j F Y H.i")
            self.stdout.write(_("Det äldsta i kön är från %s.") % day)
