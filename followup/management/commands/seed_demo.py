"""The demo: its people and the example register. Refused wherever demo mode was not asked for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from v6portal.organizations.demo import create_cast
from v6portal.organizations.errors import Refused

REGISTER = settings.BASE_DIR / "fixtures" / "register_exempel.xlsx"


class Command(BaseCommand):
    help = "Skapar demokontona och läser in exempelregistret. Går bara i demoläge."

    @transaction.atomic
    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        try:
            count = create_cast()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("import_register", str(REGISTER), verbosity=verbosity, stdout=self.stdout)
        if verbosity:
            self.stdout.write(_("%s nya demokonton") % count)
