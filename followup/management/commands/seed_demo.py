"""The demo: its people, the example register, and what its people do with it. Refused wherever demo mode was not asked
for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followup.actions import state_capacity
from followup.management import demo_benefit, demo_meetings, demo_surveys
from followup.periods import HalfYear
from governance.actions import perform
from governance.acts import Act
from governance.mail.reminders import write_reminders
from governance.models import Case, Notice
from initiatives.actions.assessing import Reply
from initiatives.benefit_calculation import Assumptions, Expense
from initiatives.models import GateReply, Initiative
from v6portal.organizations.actions import appoint
from v6portal.organizations.demo import create_cast
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

REGISTER = settings.BASE_DIR / "fixtures" / "register_exempel.xlsx"

BEGUN = {
    "K1": Reply(GateReply.YES),
    "K2": Reply(GateReply.YES, "Elva av fjorton chefer har bett om det."),
    "B1": Reply(GateReply.NO),
    "B5": Reply(GateReply.YES, "Tidrapporteringen behöver lämna uppgifter varje dag."),
}
"""Some of the gate questions; the rest are for who tries the demo."""
BENEFIT = Assumptions(
    hours_per_year=Decimal(1_800),
    cost_per_hour=Decimal(420),
    realised_percent=25,
    first_year_percent=50,
    one_off=(Expense("Införande och utbildning", Decimal(260_000)),),
    running=(Expense("Licenser", Decimal(90_000)),),
)
GROUNDS = "Tiden för listor på papper, mätt på två enheter under två veckor. Kostnaderna är leverantörens ungefärliga."
ACTS: tuple[tuple[str, str, Act, dict[str, Any]], ...] = (
    ("DI-2026-010", "lead.lidkoping", Act.ANSWER_GATE, {"replies": BEGUN}),
    ("DI-2026-005", "lead.skara", Act.CALCULATE, {"calculation": BENEFIT, "motivation": GROUNDS}),
    (
        "DI-2026-001",
        "it_officer",
        Act.DRAFT_IT_ASSESSMENT,
        {"impact": "Två system behöver kopplas.", "effort_hours": 320},
    ),
)
"""What the example register does not tell: in which initiative, who, what she does and says."""


class Command(BaseCommand):
    help = "Skapar demokontona och läser in exempelregistret. Går bara i demoläge."

    @transaction.atomic
    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        try:
            count = create_cast()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not Initiative.objects.exists():
            call_command("import_register", str(REGISTER), verbosity=verbosity, stdout=self.stdout)
            _act()
            _staff()
            demo_benefit.follow_up()
            demo_meetings.hold()
            demo_surveys.ask()
            write_reminders()
            Notice.objects.all().delete()  # what the demo begins with is told to nobody, and reminds nobody today
        if verbosity:
            self.stdout.write(_("%s nya demokonton") % count)


def _act() -> None:
    for reference, username, act, given in ACTS:
        _do(reference, username, act, given)
    asked = {"colleague": _person("manager.skara"), "motivation": "Kan du ta det? Jag är på resande fot till fredag."}
    _do("DI-2026-005", "director.skara", Act.HAND_TASK, asked)


def _do(reference: str, username: str, act: Act, given: dict[str, Any]) -> None:
    perform(act, case=Case.objects.get(initiative__reference=reference), by=_person(username), given=given)


def _person(username: str) -> User:
    return User.objects.get(username=username)


def _staff() -> None:
    """One is away, one leaves soon, and Göliska IT says how much time it has."""
    today = timezone.localdate()
    director = _person("director.vara")
    (held,) = director.current_memberships
    fortnight = {"first": today, "last": today + dt.timedelta(days=14)}
    appoint(held=held, stand_in=_person("manager.vara"), basis="Delegationsordningen 1.4", by=director, **fortnight)
    (leaving,) = _person("lead.grastorp").current_memberships
    leaving.valid_to = today + dt.timedelta(days=10)
    leaving.save()
    half_year = HalfYear.of(today)
    for hours in (900, 1_200):
        state_capacity(half_year=half_year, hours=hours, by=_person("it_director"))
        half_year = half_year.next()
