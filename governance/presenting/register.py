"""The register as rows: what a list, a page of it and an export of it show of each initiative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Initiative, InitiativeQuerySet, Round, needs_preparation
from v6portal.organizations.models import User

from ..models import Case, Participation, ParticipationRole, Stage
from ..models.inquiry import rows_shown_to
from ..statuses import Status

COLUMNS = (
    "reference",
    "title",
    "department",
    "organisation__key",
    "organisation__short_name",
    "targets_residents",
    "targets_employees",
    "created_at",
    "submitted_at",
    "submitted_on",
    "shared_on",
    "case__status",
    "case__status_since",
)
"""What a row needs: the long texts and the search vector are left in the database."""


def late_stage() -> Exists:
    """Whether a stage goes on past its planned end; of an initiative."""
    today = timezone.localdate()
    return Exists(Stage.objects.ongoing().filter(case=OuterRef("pk"), planned_end__lt=today))


def with_score(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    """Each with ``score``, the joint score of its newest *closed* round, or nothing.

    An open round leaves no trace, whoever asks: neither shown nor sorted by. Source: docs/bedomning.md, *Så går
    poängsättningen till*.
    """
    closed = Round.objects.filter(initiative=OuterRef("pk"), closed_at__isnull=False).order_by("-closed_at", "-pk")
    return rows.annotate(score=Subquery(closed.values("joint_score")[:1]))


@dataclass(frozen=True)
class Row:
    """One initiative in the list."""

    initiative: Initiative
    score: Decimal | None
    leader: str
    participants: int
    needs_preparation: bool
    """Whether some *ja* to a routing question says that it must be prepared before it is decided."""
    has_late_stage: bool

    @property
    def case(self) -> Case:
        return self.initiative.case

    @property
    def status(self) -> Status:
        return self.case.standing

    @property
    def url(self) -> str:
        page = "initiative_edit" if self.initiative.is_draft else "initiative"
        return reverse(page, args=[self.initiative.reference])

    @property
    def since(self) -> dt.date:
        """The day the status began."""
        return timezone.localdate(self.case.status_since)

    @property
    def date(self) -> dt.date:
        """When it was sent in; for a draft, when it was begun."""
        return self.initiative.submitted_on or timezone.localdate(self.initiative.created_at)

    @property
    def target_groups(self) -> str:
        return target_groups(self.initiative)


def target_groups(initiative: Initiative) -> str:
    """Whom it is for, in words."""
    chosen = {_("invånare"): initiative.targets_residents, _("medarbetare"): initiative.targets_employees}
    return ", ".join(word for word, is_chosen in chosen.items() if is_chosen).capitalize()


def rows_of(page: InitiativeQuerySet, order: tuple[Any, ...], names: Mapping[int, str], user: User) -> list[Row]:
    """A page of the selection as rows: the page's ids first, then only those rows. Two statements.

    ``order`` is what the selection is ordered by, ``names`` the organisations' short names by primary key.
    ``user`` is who reads.
    """
    found = with_score(Initiative.objects.filter(pk__in=page.values("pk")))
    found = found.annotate(needs_preparation=needs_preparation(), has_late_stage=late_stage())
    initiatives = list(found.select_related("case", "organisation").only(*COLUMNS).order_by(*order))
    taking_part = _taking_part(initiatives, user)
    return [_row(initiative, taking_part.get(initiative.pk, []), names) for initiative in initiatives]


def _taking_part(initiatives: Iterable[Initiative], user: User) -> dict[int, list[tuple[int, str]]]:
    """Organisation and role of those who lead or take part today, by initiative, as far as the person may know."""
    rows: dict[int, list[tuple[int, str]]] = {}
    active = Participation.objects.ongoing().active().filter(case__in=[i.pk for i in initiatives])
    active = active.filter(rows_shown_to(user)).order_by()
    for case, organisation, role in active.values_list("case", "organisation", "role"):
        rows.setdefault(case, []).append((organisation, role))
    return rows


def _row(initiative: Initiative, taking_part: list[tuple[int, str]], names: Mapping[int, str]) -> Row:
    leader = next((names[o] for o, role in taking_part if role == ParticipationRole.LEADS), "")
    return Row(
        initiative,
        initiative.score,  # type: ignore[attr-defined]
        leader,
        len(taking_part),
        initiative.needs_preparation,  # type: ignore[attr-defined]
        initiative.has_late_stage,  # type: ignore[attr-defined]
    )
