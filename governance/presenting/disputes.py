"""*Behöver diskuteras*: what a meeting has to talk through, the least settled first.

Only rounds that the person may read. What nobody may see yet is neither shown, counted nor sorted by.
Source: docs/bedomning.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from initiatives.models import Initiative, Level, Round, visible_to
from initiatives.results import CriterionAnswers, comparisons, rounds_as_seen_by
from v6portal.organizations.models import Organisation, User

from .backlog import QUEUE
from .comparing import reason_to_discuss
from .firstpage import writing_home

AT_MOST = 100
"""As many as a meeting has before it at once."""


@dataclass(frozen=True)
class Agenda:
    """Which list: the level, and at the kommun level whose."""

    level: Level
    organisation: Organisation | None = None

    @property
    def key(self) -> str:
        """How it stands in an address."""
        return self.organisation.key if self.organisation else str(self.level)

    @property
    def name(self) -> str:
        return self.organisation.short_name if self.organisation else _("V6")


def agendas_of(user: User) -> list[Agenda]:
    """The lists that the person may choose between: that of her own organisation, and V6's."""
    home = writing_home(user)
    own = [Agenda(Level.KOMMUN, home)] if home else []
    return [*own, Agenda(Level.V6)]


def agenda_of(user: User, key: str) -> Agenda:
    """The one named in the address, else the person's first."""
    agendas = agendas_of(user)
    return next((agenda for agenda in agendas if agenda.key == key), agendas[0])


def disputed(agenda: Agenda, user: User) -> QuerySet[Round]:
    """The newest round of each initiative that waits for its turn, where something needs to be talked through."""
    newer = Round.objects.filter(initiative=OuterRef("initiative"), level=agenda.level).filter(
        Q(opened_at__gt=OuterRef("opened_at")) | Q(opened_at=OuterRef("opened_at"), pk__gt=OuterRef("pk"))
    )
    rounds = rounds_as_seen_by(user).filter(is_readable=True)  # type: ignore[misc] # annotated
    rounds = rounds.filter(
        visible_to(user, "initiative__"),
        ~Exists(newer),
        level=agenda.level,
        needs_discussion=True,
        initiative__case__status__in=QUEUE[agenda.level],
    )
    if agenda.organisation:
        rounds = rounds.filter(initiative__organisation=agenda.organisation)
    return rounds.order_by("-disagreement", "handed_in", F("initiative__sort_key"), "pk")


@dataclass(frozen=True)
class Point:
    """One criterion to talk about, and why."""

    answers: CriterionAnswers
    reason: str

    @property
    def values(self) -> str:
        return ", ".join(str(value) for value in self.answers.values) or _("inga svar")


@dataclass(frozen=True)
class Item:
    """One initiative on the list."""

    round: Round
    points: tuple[Point, ...]

    @property
    def initiative(self) -> Initiative:
        return self.round.initiative


def items(agenda: Agenda, user: User) -> list[Item]:
    """The list with its criteria, the least settled first. Six statements, whatever its length."""
    rounds = list(disputed(agenda, user).select_related("initiative__organisation", "initiative__case")[:AT_MOST])
    found = comparisons(rounds, user)
    return [
        Item(
            round,
            tuple(Point(row, reason_to_discuss(row.result, round.minimum)) for row in found[round.pk].to_discuss),
        )
        for round in rounds
        if round.pk in found
    ]


@dataclass(frozen=True)
class Neighbours:
    """Where an initiative stands on the list, and the ones beside it; number 0 when it is on it no longer."""

    agenda: Agenda
    number: int
    total: int
    before: str
    after: str


def neighbours(agenda: Agenda, user: User, reference: str) -> Neighbours:
    """One statement. From an initiative that has left the list the next one is the first."""
    references = list(disputed(agenda, user).values_list("initiative__reference", flat=True)[:AT_MOST])
    if reference not in references:
        return Neighbours(agenda, 0, len(references), "", references[0] if references else "")
    place = references.index(reference)
    before, after = references[:place], references[place + 1 :]
    return Neighbours(agenda, place + 1, len(references), before[-1] if before else "", after[0] if after else "")
