"""Where made-up initiatives come from, and who holds which post there."""

from __future__ import annotations

from random import Random

from v6portal.organizations.demo import PEOPLE
from v6portal.organizations.roles import Role

from .words import person_name

SHORT_NAMES = {
    "essunga": "Essunga",
    "grastorp": "Grästorp",
    "gotene": "Götene",
    "lidkoping": "Lidköping",
    "skara": "Skara",
    "vara": "Vara",
    "goliska": "Göliska IT",
    "v6": "V6",
}
V6, GOLISKA = "V6", "Göliska IT"
SHARES = {"Essunga": 8, "Grästorp": 7, "Götene": 14, "Lidköping": 34, "Skara": 20, "Vara": 14, GOLISKA: 3}
"""How the initiatives are spread over the submitting organisations."""
KOMMUNER = tuple(name for name in SHARES if name != GOLISKA)

HOLDERS: dict[tuple[Role, str], str] = {
    (role, SHORT_NAMES[key]): person.name
    for person in reversed(PEOPLE)
    for role, key in person.places
    if role is not Role.STAFF
}
"""One holder of each post: those of the demo, so that what they have to do there is theirs."""

STAFF_IN_EACH = 60


def holder(role: Role, organisation: str) -> str:
    return HOLDERS[role, organisation]


def some_colleague(rng: Random, organisation: str) -> str:
    """One of the organisation's many medarbetare; the same number is always the same person."""
    return person_name(Random(f"{organisation}/{rng.randrange(STAFF_IN_EACH)}"))  # noqa: S311 - nothing secret


def deciding_role(organisation: str) -> Role:
    """Who decides for an organisation."""
    return Role.IT_DIRECTOR if organisation == GOLISKA else Role.DIRECTOR
