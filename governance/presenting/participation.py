"""Who led, took part and followed on a day: for many initiatives as a matrix, and for one as it has been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Initiative, InitiativeQuerySet
from v6portal.organizations.models import Organisation, User

from ..models import Participation
from ..models.inquiry import rows_shown_to
from ..participating import Change, Kind, ParticipationRole, changes, leading_on, roles_on

R = ParticipationRole


@dataclass(frozen=True)
class Cell:
    """What one kommun was in one initiative; an empty role where it had no part."""

    kommun: Organisation
    role: str

    @property
    def word(self) -> str:
        return str(R(self.role).label) if self.role else ""


@dataclass(frozen=True)
class MatrixRow:
    initiative: Initiative
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class InAll:
    """In how many initiatives one kommun led, took part and followed."""

    kommun: Organisation
    leads: int
    takes_part: int
    follows: int


def taking_part_on(user: User, date: dt.date, kommun: str = "") -> InitiativeQuerySet:
    """The initiatives that the person may see in which somebody, or that kommun, had a part on the date, as far as she
    may know."""
    rows = Participation.objects.on(date).filter(rows_shown_to(user), case=OuterRef("pk"))
    if kommun:
        rows = rows.filter(organisation__key=kommun)
    return Initiative.objects.visible_to(user).filter(Exists(rows)).order_by("-shared_on", "-pk")


def matrix(user: User, page: Iterable[Initiative], date: dt.date, kommuner: Sequence[Organisation]) -> list[MatrixRow]:
    """A page of the initiatives with what each kommun was. One statement for the ledger."""
    initiatives = list(page)
    shown = Participation.objects.on(date).filter(rows_shown_to(user))
    ledger = shown.filter(case__in=[one.pk for one in initiatives]).order_by()
    roles = {(case, pk): role for case, pk, role in ledger.values_list("case", "organisation", "role")}
    return [
        MatrixRow(one, tuple(Cell(kommun, roles.get((one.pk, kommun.pk), "")) for kommun in kommuner))
        for one in initiatives
    ]


def counts(user: User, selection: InitiativeQuerySet, date: dt.date, kommuner: Sequence[Organisation]) -> list[InAll]:
    """How many of the selection each kommun led, took part in and followed. One statement."""
    shown = Participation.objects.on(date).filter(rows_shown_to(user))
    ledger = shown.filter(case__in=selection.order_by().values("pk")).order_by()
    rows = ledger.values_list("organisation", "role").annotate(number=Count("pk"))
    numbers = {(pk, role): number for pk, role, number in rows}
    return [InAll(one, *(numbers.get((one.pk, role), 0) for role in R.values)) for one in kommuner]


BEGAN = gettext_lazy("%(kommun)s gick med och ledde.")
"""Of one that leads the day it joins."""


@dataclass(frozen=True)
class Changed:
    """A change in the ledger as a sentence."""

    on: dt.date
    text: str


SENTENCES = {
    Kind.JOINED: gettext_lazy("%(kommun)s gick med."),
    Kind.REJOINED: gettext_lazy("%(kommun)s gick med igen."),
    Kind.LEFT: gettext_lazy("%(kommun)s lämnade."),
    Kind.HANDED_OVER: gettext_lazy("%(kommun)s tog över och leder. %(other)s ledde innan."),
    Kind.FOLLOWED: gettext_lazy("%(kommun)s började följa."),
    Kind.UNFOLLOWED: gettext_lazy("%(kommun)s slutade följa."),
}


def changed(ledger: Iterable[Participation]) -> list[Changed]:
    """What has happened in the ledger, the newest first. Each row has its organisation loaded."""
    found = list(ledger)
    names = {row.organisation_id: row.organisation.short_name for row in found}
    rows = [row.plain for row in found]
    return [_told(change, names, leading_on(rows, change.on)) for change in reversed(changes(rows))]


def _told(change: Change, names: dict[int, str], leader: int | None) -> Changed:
    told = {"kommun": names[change.kommun], "other": names[change.other] if change.other else ""}
    form = BEGAN if change.kind is Kind.JOINED and change.kommun == leader else SENTENCES[change.kind]
    return Changed(change.on, form % told)


TODAY = {
    R.LEADS: gettext_lazy("%s leder."),
    R.TAKES_PART: gettext_lazy("%s deltar."),
    R.FOLLOWS: gettext_lazy("%s följer."),
}
THEN = {
    R.LEADS: gettext_lazy("%s ledde."),
    R.TAKES_PART: gettext_lazy("%s deltog."),
    R.FOLLOWS: gettext_lazy("%s följde."),
}


def on_the_day(ledger: Iterable[Participation], date: dt.date, today: dt.date) -> list[str]:
    """Who led, took part and followed on the date, as sentences; one that says so where nobody did."""
    rows = list(ledger)
    roles = roles_on((row.plain for row in rows), date)
    order = {row.organisation_id: (row.organisation.order, row.organisation.short_name) for row in rows}

    def named(role: str) -> list[str]:
        return [order[pk][1] for pk in sorted(roles, key=lambda pk: order[pk]) if roles[pk] == role]

    words = TODAY if date == today else THEN
    told = [words[role] % get_text_list(names, _("och")) for role in R if (names := named(role))]
    return told or [_("Ingen kommun var med i initiativet den dagen.")]
