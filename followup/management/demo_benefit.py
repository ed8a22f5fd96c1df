"""What the demo shows of benefit and of own questions, by real acts, without changing a figure of the register."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from followup.actions import confirm_benefit, save_measure
from followup.models import Adoption, Confirmation
from followup.models.measures import Sharing
from governance.actions import following_up, perform
from governance.acts import Act
from governance.models import Case
from initiatives.benefit_calculation import Assumptions, Effect, Expense
from v6portal.organizations.models import User

REFERENCE = "DI-2024-012"
EXPECTED = Assumptions(
    hours_per_year=Decimal(1_200),
    cost_per_hour=Decimal(420),
    realised_percent=0,
    first_year_percent=50,
    effects=(Effect("Utskrifter och porto", Decimal(60_000), is_financial=True),),
    one_off=(Expense("Införande", Decimal(150_000)),),
)
GROUNDS = "Handläggarnas egen tidmätning under två veckor, omräknad till ett år."
MEASURES = (
    ("coordinator", "Pågår i V6", {"process": "v6"}, "Process: I V6-processen", Sharing.V6),
    ("lead.skara", "Skara deltar", {"participant": "skara"}, "Kommun som deltar: Skara", Sharing.PRIVATE),
    (
        "lead.skara",
        "Välfärdsteknik i förvaltning",
        {"managed_object": "Välfärdsteknik", "status": "maintenance"},
        "Läge: Förvaltning; Förvaltningsobjekt: Välfärdsteknik",
        Sharing.ORGANISATION,
    ),
)
"""Who saves, under which name, what the register's address says, the same in words, and who sees it."""


def follow_up() -> None:
    """Lidköping has said what it came to, Skara is asked; and three measures are saved."""
    case = Case.objects.get(initiative__reference=REFERENCE)
    lidkoping = _person("lead.lidkoping")
    given = {"calculation": EXPECTED, "motivation": GROUNDS}
    perform(Act.CALCULATE, case=case, by=lidkoping, given=given)
    confirm_benefit(
        case=case,
        by=lidkoping,
        kind=Confirmation.Kind.UTILISED,
        holds=True,
        date=timezone.localdate(),
        grounds="Elva av tolv enheter använder det varje dag. Tiden är mätt på tre av dem.",
        hours_a_year=Decimal(540),
        kronor_a_year=Decimal(38_000),
    )
    for adoption in Adoption.objects.filter(case=case, organisation__key="skara").select_related("organisation"):
        began = adoption.in_use_on
        following_up.ask(case=case, organisation=adoption.organisation, in_use_on=began, on=began)
    for username, name, filters, told, sharing in MEASURES:
        save_measure(by=_person(username), name=name, filters=filters, told=told, sharing=sharing)


def _person(username: str) -> User:
    return User.objects.get(username=username)
