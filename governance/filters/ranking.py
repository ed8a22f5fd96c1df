"""The ranking's filters: the register's own, and what a closed round says besides. All of it stands in the address."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives.models import InitiativeQuerySet, Level
from initiatives.scoring import HIGH_AXIS, Quadrant
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Kind

from ..presenting.backlog import QUADRANT_WORDS, SCOPES, SORTS, Selection
from ..presenting.firstpage import writing_home
from .register import RegisterFilter

BENEFICIAL, FEASIBLE = Q(benefit__gte=HIGH_AXIS), Q(feasibility__gte=HIGH_AXIS)
FIELDS = {
    Quadrant.DO_NOW: BENEFICIAL & FEASIBLE,
    Quadrant.PRESTUDY_FIRST: BENEFICIAL & Q(feasibility__lt=HIGH_AXIS),
    Quadrant.QUICK_WIN: Q(benefit__lt=HIGH_AXIS) & FEASIBLE,
    Quadrant.WAIT: Q(benefit__lt=HIGH_AXIS, feasibility__lt=HIGH_AXIS),
}
"""The four fields of the matrix as conditions on a round; as ``initiatives.scoring.quadrant``."""
MARKS = {
    "risk": (_("Hög risk"), Q(risk_flagged=True)),
    "discuss": (_("Behöver diskuteras"), Q(needs_discussion=True)),
    "neither": (_("Varken eller"), Q(risk_flagged=False, needs_discussion=False)),
}
CERTAINTIES = (100, 90, 80, 70, 60, 50)
"""The least *underlagets säkerhet* to choose from, in per cent."""
CHOOSING = {Level.KOMMUN: ("level", "organisation", "scope"), Level.V6: ("level", "scope")}
"""What says which queue it is, by level; the rest narrows it without moving anybody's place."""


class RankingFilter(RegisterFilter):
    """Chooses a queue and narrows what is shown of it. What is not understood of the queue falls back to one's own."""

    level = filters.ChoiceFilter(method="untouched", choices=Level.choices, widget=forms.HiddenInput)
    scope = filters.ChoiceFilter(
        label=_("Urval"), method="untouched", choices=list(SCOPES.items()), empty_label=None, null_label=None
    )
    quadrant = filters.ChoiceFilter(
        label=_("Ruta"), method="untouched", choices=list(QUADRANT_WORDS.items()), empty_label=_("Alla")
    )
    mark = filters.ChoiceFilter(
        label=_("Märkning"),
        method="untouched",
        choices=[(key, words) for key, (words, _condition) in MARKS.items()],
        empty_label=_("Alla"),
    )
    certainty = filters.ChoiceFilter(
        label=_("Underlagets säkerhet"),
        method="untouched",
        choices=[(str(least), _("Minst %s %%") % least) for least in CERTAINTIES],
        empty_label=_("Alla"),
    )
    sort = filters.ChoiceFilter(
        label=_("Ordning"), method="untouched", choices=list(SORTS.items()), empty_label=None, null_label=None
    )

    def __init__(self, data: QueryDict, *, user: User, organisations: Iterable[Organisation]) -> None:
        every = list(organisations)
        self.writing = {o.key: o for o in every if o.kind != Kind.COLLABORATION}
        own = writing_home(user)
        filled = data.copy()
        self._choose(filled, own.key if own else "")
        super().__init__(filled, user=user, organisations=every)
        self.NOT_SHOWN = ("sort", *CHOOSING[self.level_shown])
        del self.filters["view"]
        choices = [(key, o.short_name) for key, o in self.writing.items()]
        self.filters["organisation"].extra["choices"] = choices
        if self.level_shown == Level.KOMMUN:
            self.filters["organisation"].extra["empty_label"] = None
            self.filters["organisation"].method = "untouched"

    def _choose(self, data: QueryDict, own: str) -> None:
        """Fills in the queue that the address leaves open or names wrongly."""
        if data.get("level") not in Level.values:
            data["level"] = Level.KOMMUN if own else Level.V6
        if data.get("scope") not in SCOPES:
            data["scope"] = next(iter(SCOPES))
        if data.get("sort") not in SORTS:
            data["sort"] = next(iter(SORTS))
        if data.get("organisation") not in self.writing:
            data["organisation"] = (own or next(iter(self.writing))) if data["level"] == Level.KOMMUN else ""

    @property
    def level_shown(self) -> Level:
        return Level(self.data["level"])

    @property
    def organisation_shown(self) -> Organisation | None:
        """The one chosen; none when it is all of V6."""
        return self.writing.get(self.data["organisation"])

    @property
    def queue_of(self) -> Organisation | None:
        """Whose queue it is; none when it is that of V6, which an organisation only narrows."""
        return self.organisation_shown if self.level_shown == Level.KOMMUN else None

    @property
    def selection(self) -> Selection:
        return Selection(self.level_shown, self.queue_of.pk if self.queue_of else 0, self.data["scope"])

    @property
    def sort_shown(self) -> str:
        return str(self.data["sort"])

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen(name) for name in self.filters if name not in self.NOT_SHOWN)

    def filter_queryset(self, queryset: InitiativeQuerySet) -> InitiativeQuerySet:
        """The initiatives that the register's filters leave, in no order."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def narrowing(self) -> Q | None:
        """The chosen filters as a condition on a round; None where nothing is chosen."""
        if not self.is_narrowed:
            return None
        condition = Q(initiative__in=self.qs.order_by().values("pk"))
        if field := self.chosen("quadrant"):
            condition &= FIELDS[Quadrant(field)]
        if mark := self.chosen("mark"):
            condition &= MARKS[mark][1]
        if least := self.chosen("certainty"):
            condition &= Q(certainty__gte=Decimal(least) / 100)
        return condition

    def queue_query(self, **other: Any) -> str:
        """The address of the queue without filters, with ``other`` in place of what is chosen."""
        query = QueryDict(mutable=True)
        query.update({name: other.get(name, self.data[name]) for name in CHOOSING[self.level_shown]})
        return query.urlencode()
