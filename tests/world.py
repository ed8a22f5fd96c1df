"""Four initiatives of Skara's, each as secret as the process makes it, and everybody who may ask for them."""

from __future__ import annotations

from functools import cached_property

from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

SKARA = ("lead.skara", "council.skara", "manager.skara", "director.skara", "registrar.skara", "reader.skara")
VARA = ("lead.vara", "council.vara", "manager.vara", "director.vara", "registrar.vara", "reader.vara")
GOLISKA = ("lead.goliska", "it_officer.goliska", "it_director.goliska", "order_group.goliska")
V6 = ("coordinator.v6", "network.v6", "delivery.v6", "reader.v6")
ADMINISTRATORS = ("admin.v6", "superuser.admin")
STAFF = ("author", "co_author", "staff.skara", "staff.vara", "staff.goliska")
WITHOUT_A_ROLE = ("outsider", "superuser")

SIGNED_IN = {*STAFF, *SKARA, *VARA, *GOLISKA, *V6, *ADMINISTRATORS, *WITHOUT_A_ROLE}
EVERYBODY = {*SIGNED_IN, "anonymous"}
INSIGHT = {*SKARA, *VARA, *GOLISKA, *V6, *ADMINISTRATORS}

# Who sees what: docs/process.md.
SEES: dict[str, set[str]] = {
    "draft": {"author", "co_author"},
    "submitted": {"author", "co_author", *SKARA},
    "in_v6": {"author", "co_author", *INSIGHT},
    "secret": {"registrar.skara", "director.skara", "lead.vara"},
}
TITLES = {
    "draft": "Kanariefågeln visar vägen till simhallen",
    "submitted": "Papegojan läser upp protokollet",
    "in_v6": "Strutsen hittar rätt blankett",
    "secret": "Uggleblicken över larmen",
}


class World:
    """The four cases by situation, and a signed-in client for each person by name."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.cases = {situation: self._walk(situation).case for situation in TITLES}
        self.references = {situation: case.initiative.reference for situation, case in self.cases.items()}
        self._clients: dict[str, Client] = {}

    def _walk(self, situation: str) -> Walk:
        walk = Walk(self.cast, title=TITLES[situation])
        walk.case.initiative.co_authors.add(self.cast.staff("skara", number=2))
        if situation == "draft":
            return walk
        if situation == "submitted":
            return walk.to(Status.SUBMITTED)
        walk.to(Status.V6_RECEIVED)
        if situation == "secret":
            self._mark_secret(walk)
        return walk

    def _mark_secret(self, walk: Walk) -> None:
        skara, vara = self.cast.orgs["skara"], self.cast.orgs["vara"]
        walk.act(
            Act.MARK_SECRET,
            self.cast.registrar("skara"),
            legal_basis="OSL 18 kap. 8 §",
            marked_on=timezone.localdate(),
            readers=[(skara, Role.REGISTRAR), (skara, Role.DIRECTOR), (vara, Role.LEAD)],
        )

    def person(self, name: str) -> User:
        match name.split("."):
            case ["author"]:
                return self.cast.staff("skara")
            case ["co_author"]:
                return self.cast.staff("skara", number=2)
            case ["staff", "skara"]:
                return self.cast.staff("skara", number=3)
            case ["outsider"]:
                return self.cast.outsider()
            case ["superuser"]:
                return self._superuser
            case ["superuser", "admin"]:
                return self._superuser_with_the_role
            case [role, organisation]:
                return self.cast.person(Role(role), organisation)
        raise AssertionError(name)

    @cached_property
    def _superuser(self) -> User:
        return User.objects.create_superuser("superuser")

    @cached_property
    def _superuser_with_the_role(self) -> User:
        user = User.objects.create_superuser("superuser.admin")
        self.cast.membership(user, Role.ADMIN, "v6")
        return user

    def client(self, name: str) -> Client:
        """Signed in as the person; ``anonymous`` is not."""
        if name not in self._clients:
            client = self._clients[name] = Client()
            if name != "anonymous":
                client.force_login(self.person(name))
        return self._clients[name]

    def unseen_by(self, name: str) -> list[str]:
        """The situations in which the person sees nothing."""
        return [situation for situation, seeing in SEES.items() if name not in seeing]
