"""The demo's cast: invented people, one per role and organisation, who exist only where demo mode was asked for.

The names are those of the example register (`fixtures/register_exempel.xlsx`), so that its history is theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from .errors import Refused
from .models import Membership, Organisation, User
from .roles import Role

DEMO_PASSWORD = "prova-v6-portalen"  # noqa: S105 - opens demo accounts only, and those only in demo mode
BEGINNING = dt.date(2024, 1, 1)

R = Role


@dataclass(frozen=True)
class Person:
    """A demo account: its user name, the person's name, and the roles it holds from the register's first day."""

    username: str
    name: str
    places: tuple[tuple[Role, str], ...] = ()

    @property
    def names(self) -> dict[str, str]:
        first, last = self.name.split(" ", 1)
        return {"first_name": first, "last_name": last}

    @property
    def email(self) -> str:
        """An address that no mail can reach (RFC 2606); what is written to it is read on the demo's own page."""
        return f"{self.username}@demo.invalid"


def _of(organisation: str, names: dict[Role, str]) -> Iterator[Person]:
    for role, name in names.items():
        yield Person(f"{role}.{organisation}", name, ((role, organisation),))


# fmt: off
PEOPLE: tuple[Person, ...] = (
    *_of("essunga", {
        R.STAFF: "Linnea Axbom",         R.LEAD: "Annika Rydehäll",          R.COUNCIL: "Gösta Ljungvall",
        R.MANAGER: "Birgitta Månsing",   R.DIRECTOR: "Torvald Hasselgren",   R.REGISTRAR: "Siri Kvarnlöf",
        R.READER: "Hampus Edgren-Lie",
    }),
    *_of("grastorp", {
        R.STAFF: "Jonas Hedinge",        R.LEAD: "Henrik Sandewall",         R.COUNCIL: "Maud Tornerius",
        R.MANAGER: "Kerstin Wallmyr",    R.DIRECTOR: "Marita Lönnebro",      R.REGISTRAR: "Elof Bergsmark",
        R.READER: "Nadia Haddadi",
    }),
    *_of("gotene", {
        R.STAFF: "Said Karimpour",       R.LEAD: "Ellinor Backteman",        R.COUNCIL: "Ulf Stenhammar",
        R.MANAGER: "Agneta Flodhammar",  R.DIRECTOR: "Stellan Wiberud",      R.REGISTRAR: "Vendela Ristner",
        R.READER: "Albin Thorstad",
    }),
    *_of("lidkoping", {
        R.STAFF: "Petter Hallmyr",       R.LEAD: "Rasmus Kållbrandt",        R.COUNCIL: "Camilla Edsvik",
        R.MANAGER: "Mattias Silverlind", R.DIRECTOR: "Gunvor Ekmarker",      R.REGISTRAR: "Bodil Vänerstam",
        R.READER: "Dragan Petrić-Lund",
    }),
    Person("staff2.lidkoping", "Fatima Nouredin", ((R.STAFF, "lidkoping"),)),
    *_of("skara", {
        R.STAFF: "Eva-Lis Torpman",      R.COUNCIL: "Joakim Valleberg",      R.MANAGER: "Lotta Vinterqvist",
        R.DIRECTOR: "Håkan Brobäcker",   R.REGISTRAR: "Inger Domarp",        R.READER: "Leila Aslani-Berg",
    }),
    Person("lead.skara", "Jessika Almfeldt", ((R.LEAD, "skara"), (R.NETWORK, "v6"))),
    *_of("vara", {
        R.STAFF: "Linus Tjäder",         R.LEAD: "Tobias Levenhagen",        R.COUNCIL: "Monika Slättergren",
        R.MANAGER: "Roland Sjöbratt",    R.DIRECTOR: "Ingela Fornstad",      R.REGISTRAR: "Per-Arne Lekander",
        R.READER: "Tuva Kvännum",
    }),
    *_of("goliska", {
        R.STAFF: "Karin Löfstrand-Ek",   R.LEAD: "Karolin Bergsäter",        R.REGISTRAR: "Sixten Mobrink",
        R.READER: "Amina Warsame-Ek",
    }),
    Person("it_officer", "Simon Ekdala", ((R.IT_OFFICER, "goliska"),)),
    Person("it_director", "Yvonne Tallmark", ((R.IT_DIRECTOR, "goliska"),)),
    Person("order_group", "Fredrik Norrmalin", ((R.ORDER_GROUP, "goliska"),)),
    Person("coordinator", "Viveka Lagerbring", ((R.COORDINATOR, "v6"),)),
    Person("network", "Charlotta Ekenstam", ((R.NETWORK, "v6"),)),
    Person("delivery", "Magnus Rödeby", ((R.DELIVERY, "v6"),)),
    *_of("v6", {R.REGISTRAR: "Greta Holmertz", R.READER: "Isak Fagerlöv"}),
    Person("admin", "Solveig Andermark", ((R.ADMIN, "v6"),)),
    Person("outsider", "Kim Utterberg"),
)
# fmt: on


@transaction.atomic
def create_cast() -> int:
    """Makes the accounts that are missing and returns how many; refused unless demo mode was asked for."""
    if not settings.DEMO:
        raise Refused(_("Demokonton kan bara skapas i demoläge (DEMO=on)."))
    organisations = {organisation.key: organisation for organisation in Organisation.objects.all()}
    known = set(User.objects.values_list("username", flat=True))
    missing = [person for person in PEOPLE if person.username not in known]
    password = make_password(DEMO_PASSWORD)
    users = User.objects.bulk_create(
        User(username=person.username, password=password, email=person.email, is_demo=True, **person.names)
        for person in missing
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=organisations[key], role=role, valid_from=BEGINNING)
        for user, person in zip(users, missing, strict=True)
        for role, key in person.places
    )
    return len(users)


def accounts() -> list[dict[str, Any]]:
    """The demo accounts for the sign-in page, in the order of the organisations; none outside demo mode."""
    if not settings.DEMO:
        return []
    current = Membership.objects.current().select_related("organisation", "stands_in_for").in_order()
    people = User.objects.filter(is_demo=True, is_active=True).prefetch_related(
        Prefetch("memberships", queryset=current, to_attr="places")
    )
    listed = sorted(people.order_by("pk"), key=_position)
    return [_account(user, user.places) for user in listed]


def _position(user: Any) -> tuple[bool, int]:
    return (not user.places, user.places[0].organisation.order if user.places else 0)


def _account(user: User, places: list[Membership]) -> dict[str, Any]:
    home = places[0].organisation if places else None
    roles = [m.get_role_display() if m.organisation == home else str(m) for m in places]
    return {
        "username": user.username,
        "name": str(user),
        "roles": " · ".join(roles) or _("Har konto men ingen roll"),
        "organisation": home.short_name if home else _("Utan organisation"),
        "key": home.key if home else "",
    }
