"""``manage.py appoint_administrator NAME``: the first Administratör, who then appoints the others in Django admin."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...models import Membership, Organisation, User
from ...roles import Kind, Role


class Command(BaseCommand):
    help = _("Ger en person rollen Administratör i V6, från och med i dag.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="ANVÄNDARNAMN")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(username=options["username"])
        except User.DoesNotExist:
            raise CommandError(
                _("Det finns ingen med det användarnamnet. Skapa personen med createsuperuser först.")
            ) from None
        if user.is_demo:
            raise CommandError(_("Ett demokonto kan inte bli administratör."))
        if user.holds(Role.ADMIN):
            self.stdout.write(_("%(name)s är redan administratör.") % {"name": user})
            return
        collaboration = Organisation.objects.filter(kind=Kind.COLLABORATION).first()
        if collaboration is None:
            raise CommandError(_("Organisationen V6 saknas. Kör load_reference först."))
        Membership.objects.create(user=user, organisation=collaboration, role=Role.ADMIN)
        self.stdout.write(_("%(name)s är nu administratör.") % {"name": user})
