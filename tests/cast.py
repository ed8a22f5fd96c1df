"""The named cast of the tests: one person per role and organisation, made when first asked for.

``cast.lead("skara")`` is Skara's utvecklingsledare, ``cast.coordinator()`` V6's samordnare. The same words give
the same person all through a test. Nobody is a superuser; what a person may do follows from the role alone.
"""

from __future__ import annotations

import datetime as dt

from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import Role

BEGINNING = dt.date(2024, 1, 1)
KOMMUNER = ("essunga", "grastorp", "gotene", "lidkoping", "skara", "vara")


class Cast:
    password = "ett-lösenord-för-tester"

    def __init__(self) -> None:
        self.orgs = {organisation.key: organisation for organisation in Organisation.objects.all()}
        self._people: dict[tuple[Role, str, int], User] = {}

    def person(self, role: Role, organisation: str, number: int = 1) -> User:
        """The holder of the role in the organisation; a higher ``number`` is another holder of it."""
        key = (role, organisation, number)
        if key not in self._people:
            user = self._new(
                f"{role}.{organisation}" + (f".{number}" if number > 1 else ""),
                first_name=str(Role(role).label),
                last_name=self.orgs[organisation].short_name + (f" {number}" if number > 1 else ""),
            )
            self.membership(user, role, organisation)
            self._people[key] = user
        return self._people[key]

    def membership(
        self,
        user: User,
        role: Role,
        organisation: str,
        *,
        valid_from: dt.date = BEGINNING,
        valid_to: dt.date | None = None,
    ) -> Membership:
        """Gives the person (one more) role, valid since the beginning and for good unless dates are given."""
        return Membership.objects.create(
            user=user,
            organisation=self.orgs[organisation],
            role=role,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    def outsider(self) -> User:
        """Has an account and no role anywhere."""
        return User.objects.filter(username="outsider").first() or self._new(
            "outsider", first_name="Utan", last_name="Roll"
        )

    def _new(self, username: str, **names: str) -> User:
        return User.objects.create_user(username, password=self.password, **names)

    # In a kommun (staff, lead, registrar and reader also elsewhere)
    def staff(self, organisation: str = "skara", number: int = 1) -> User:
        return self.person(Role.STAFF, organisation, number)

    def lead(self, organisation: str = "skara", number: int = 1) -> User:
        return self.person(Role.LEAD, organisation, number)

    def council(self, organisation: str = "skara") -> User:
        return self.person(Role.COUNCIL, organisation)

    def manager(self, organisation: str = "skara") -> User:
        return self.person(Role.MANAGER, organisation)

    def director(self, organisation: str = "skara") -> User:
        return self.person(Role.DIRECTOR, organisation)

    def registrar(self, organisation: str = "skara") -> User:
        return self.person(Role.REGISTRAR, organisation)

    def reader(self, organisation: str = "skara") -> User:
        return self.person(Role.READER, organisation)

    # Göliska IT
    def it_officer(self) -> User:
        return self.person(Role.IT_OFFICER, "goliska")

    def it_director(self) -> User:
        return self.person(Role.IT_DIRECTOR, "goliska")

    def order_group(self) -> User:
        return self.person(Role.ORDER_GROUP, "goliska")

    # V6
    def coordinator(self) -> User:
        return self.person(Role.COORDINATOR, "v6")

    def network(self) -> User:
        return self.person(Role.NETWORK, "v6")

    def delivery(self) -> User:
        return self.person(Role.DELIVERY, "v6")

    def admin(self) -> User:
        return self.person(Role.ADMIN, "v6")
