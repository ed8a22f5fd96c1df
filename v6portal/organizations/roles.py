"""The named roles of the collaboration and what kind of organisation each belongs in.

Source: the stakeholder groups of the project report VDT-22, section 1 (Intressenter); the mandates are this
project's proposal, described in docs/process.md.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of authority an organisation is."""

    KOMMUN = "kommun", _("Kommun")
    FEDERATION = "federation", _("Kommunalförbund")
    COLLABORATION = "collaboration", _("Samverkan")


class Role(models.TextChoices):
    """A capacity in which a person acts for an organisation."""

    STAFF = "staff", _("Medarbetare")
    LEAD = "lead", _("Utvecklingsledare")
    COUNCIL = "council", _("Digitaliseringsråd")
    MANAGER = "manager", _("Förvaltningschef")
    DIRECTOR = "director", _("Kommundirektör")
    COORDINATOR = "coordinator", _("V6-samordnare")
    NETWORK = "network", _("V6 Chefsnätverk")
    DELIVERY = "delivery", _("Leveransgrupp V6/Göliska")
    IT_OFFICER = "it_officer", _("Handläggare Göliska IT")
    IT_DIRECTOR = "it_director", _("Förbundsdirektör")
    ORDER_GROUP = "order_group", _("Strategisk beställargrupp")
    REGISTRAR = "registrar", _("Registrator")
    READER = "reader", _("Läsare")
    ADMIN = "admin", _("Administratör")


_ANY = frozenset(Kind)

PLACES: dict[Role, frozenset[Kind]] = {
    Role.STAFF: _ANY,
    Role.LEAD: frozenset({Kind.KOMMUN, Kind.FEDERATION}),
    Role.COUNCIL: frozenset({Kind.KOMMUN}),
    Role.MANAGER: frozenset({Kind.KOMMUN}),
    Role.DIRECTOR: frozenset({Kind.KOMMUN}),
    Role.COORDINATOR: frozenset({Kind.COLLABORATION}),
    Role.NETWORK: frozenset({Kind.COLLABORATION}),
    Role.DELIVERY: frozenset({Kind.COLLABORATION}),
    Role.IT_OFFICER: frozenset({Kind.FEDERATION}),
    Role.IT_DIRECTOR: frozenset({Kind.FEDERATION}),
    Role.ORDER_GROUP: frozenset({Kind.FEDERATION}),
    Role.REGISTRAR: _ANY,
    Role.READER: _ANY,
    Role.ADMIN: frozenset({Kind.COLLABORATION}),
}

RECOMMENDING_ROLES = frozenset({Role.COUNCIL, Role.NETWORK, Role.DELIVERY, Role.ORDER_GROUP})
"""Groups that recommend: under Swedish municipal law a group of officials may not hold a decision right."""

NOT_STOOD_IN_FOR = frozenset({Role.STAFF, Role.READER, Role.ADMIN})
"""Roles that nobody is appointed stand-in for: an administrator gives roles and is given hers by another; a Medarbetare
and a Läsare have no step to take in anybody's place."""

DECISION_ROLES = frozenset({Role.MANAGER, Role.DIRECTOR, Role.IT_DIRECTOR})
"""Roles whose holder decides by delegation. Who stands in for one needs grounds outside the portal."""
