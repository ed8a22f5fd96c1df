"""The register's filters: everything that narrows or orders the list stands in the address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left, Length
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, InitiativeQuerySet, Watch, needs_preparation
from v6portal.organizations.models import Organisation, User

from ..models import Participation
from ..models.inquiry import rows_shown_to
from ..presenting.register import with_score
from ..statuses import ENDED, KOMMUN_OPEN, V6_OPEN, Status

HALF_YEARS_OFFERED = 10
HALF_YEAR = re.compile(r"(20[0-9]{2})-([12])")

PROCESSES = {
    "kommun": (_("I kommunens process"), Q(case__status__in=KOMMUN_OPEN)),
    "v6": (_("I V6-processen"), Q(case__status__in=V6_OPEN) | Q(case__paused_from__in=V6_OPEN)),
    "paused": (_("Vilande"), Q(case__status=Status.PAUSED)),
    "ended": (_("Avslutade"), Q(case__status__in=ENDED)),
}
TARGETS = {
    "residents": (_("Invånare"), Q(targets_residents=True)),
    "employees": (_("Medarbetare"), Q(targets_employees=True)),
}
PREPARATION = {"required": (_("Krävs"), needs_preparation())}
VIEWS = {"mine": _("Mina initiativ"), "drafts": _("Mina utkast"), "watched": _("Bevakade")}

REFERENCE_YEAR = len("DI-2026-")
SORTS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "newest": (_("Nyast först"), ("-submitted_at", "-pk")),
    "oldest": (_("Äldst först"), ("submitted_at", "pk")),
    "title": (_("Titel, a–ö"), ("sort_key", "pk")),
    "changed": (_("Läget ändrat senast"), ("-case__status_since", "-pk")),
    "waited": (_("Längst i sitt läge"), ("case__status_since", "pk")),
    "reference": (_("Referens"), (Left("reference", REFERENCE_YEAR), Length("reference"), "reference")),
    "score": (_("Högst poäng"), (F("score").desc(nulls_last=True), "-submitted_at", "-pk")),
}
"""What the list can be ordered by. Scores are those of closed rounds alone (see ``register.with_score``)."""

DRAFT_ORDER = ("-created_at", "-pk")


def half_years(today: dt.date) -> list[tuple[str, str]]:
    """The latest half-years by code and name, the running one first."""
    number = today.year * 2 + (today.month > 6)
    codes = [f"{n // 2}-{n % 2 + 1}" for n in range(number, number - HALF_YEARS_OFFERED, -1)]
    return [(code, half_year_name(code)) for code in codes]


def half_year_name(code: str) -> str:
    year, half = code.split("-")
    return _("%(half)s:a halvåret %(year)s") % {"half": half, "year": year}


def half_year_dates(code: str) -> tuple[dt.date, dt.date]:
    """The first and the last date of a half-year such as ``2026-1``."""
    year, half = (int(part) for part in code.split("-"))
    return (dt.date(year, 1, 1), dt.date(year, 6, 30)) if half == 1 else (dt.date(year, 7, 1), dt.date(year, 12, 31))


FOLDED_AWAY = (
    *("organisation", "department", "status", "process", "target", "half_year", "participant", "preparation"),
    "managed_object",
)
"""The filters that the list keeps folded away: many choices, seldom used, the same for everybody."""


@dataclass(frozen=True)
class Applied:
    """A filter in use: what it is called, what it says, and the address without it."""

    label: str
    value: str
    without: str


def _choices(table: dict[str, tuple[Any, Any]]) -> list[tuple[str, Any]]:
    return [(key, label) for key, (label, _condition) in table.items()]


class RegisterFilter(filters.FilterSet):
    """Narrows and orders the initiatives that the person may see. Unknown values are errors, shown beside the field."""

    NOT_SHOWN: tuple[str, ...] = ("sort", "view")
    """What is chosen otherwise than by narrowing, and is not taken away among the filters in use."""

    q = filters.CharFilter(
        label=_("Sök"),
        method="search",
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    organisation = filters.ChoiceFilter(label=_("Organisation"), field_name="organisation__key", empty_label=_("Alla"))
    department = filters.CharFilter(label=_("Förvaltning"), lookup_expr="icontains", max_length=120)
    status = filters.ChoiceFilter(
        label=_("Läge"),
        field_name="case__status",
        choices=[(s.value, s.label) for s in Status if s is not Status.DRAFT],
        empty_label=_("Alla"),
    )
    process = filters.ChoiceFilter(
        label=_("Process"), method="in_process", choices=_choices(PROCESSES), empty_label=_("Alla")
    )
    target = filters.ChoiceFilter(
        label=_("Målgrupp"), method="for_target", choices=_choices(TARGETS), empty_label=_("Alla")
    )
    half_year = filters.ChoiceFilter(label=_("Inkommet under"), method="received_in", empty_label=_("Alla halvår"))
    participant = filters.ChoiceFilter(label=_("Kommun som deltar"), method="with_participant", empty_label=_("Alla"))
    preparation = filters.ChoiceFilter(
        label=_("Beredning"), method="to_prepare", choices=_choices(PREPARATION), empty_label=_("Alla")
    )
    managed_object = filters.CharFilter(
        label=_("Förvaltningsobjekt"), field_name="case__managed_object", lookup_expr="icontains", max_length=120
    )
    sort = filters.ChoiceFilter(
        label=_("Ordning"), method="untouched", choices=_choices(SORTS), empty_label=None, null_label=None
    )
    view = filters.ChoiceFilter(
        label=_("Visa"), method="only_personal", choices=list(VIEWS.items()), widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, user: User, organisations: Iterable[Organisation]) -> None:
        """``organisations`` are all of them, in order: read once and used for two of the filters."""
        self.user = user
        super().__init__(data, queryset=Initiative.objects.visible_to(user))
        every = list(organisations)
        self.filters["organisation"].extra["choices"] = [(o.key, o.short_name) for o in every]
        self.filters["participant"].extra["choices"] = [(o.key, o.short_name) for o in every if o.is_kommun]
        self.filters["half_year"].extra["choices"] = self._half_years()

    def _half_years(self) -> list[tuple[str, str]]:
        """Those that are offered, and an older one if the address names it."""
        offered = half_years(timezone.localdate())
        given = self.data.get("half_year", "")
        if HALF_YEAR.fullmatch(given) and given not in dict(offered):
            offered.append((given, half_year_name(given)))
        return offered

    def search(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        return rows.matching(value)

    def in_process(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        return rows.filter(PROCESSES[value][1])

    def for_target(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        return rows.filter(TARGETS[value][1])

    def received_in(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        return rows.filter(submitted_on__range=half_year_dates(value))

    def with_participant(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        taking_part = Participation.objects.ongoing().active().filter(rows_shown_to(self.user))
        return rows.filter(Exists(taking_part.filter(case=OuterRef("pk"), organisation__key=value)))

    def to_prepare(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        return rows.filter(PREPARATION[value][1])

    def untouched(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        return rows

    def only_personal(self, rows: InitiativeQuerySet, name: str, value: str) -> InitiativeQuerySet:
        """What the person has written, or what she watches of what she may still read."""
        if value == "watched":
            return rows.filter(pk__in=Watch.objects.of(self.user).values("initiative"))
        written = Initiative.co_authors.through.objects.filter(user=self.user).values("initiative_id")
        return rows.filter(Q(author=self.user) | Q(pk__in=written))

    @property
    def folded_away(self) -> str:
        """What the folded-away filters look like depends on this: the address, and the half-years offered today."""
        return repr([self.data.get(name, "") for name in FOLDED_AWAY] + [timezone.localdate()])

    @property
    def shows_drafts(self) -> bool:
        return self.chosen("view") == "drafts"

    def chosen(self, name: str) -> str:
        """The value of a filter, empty when it is not used or not understood."""
        return "" if name in self.errors else str(self.form.cleaned_data.get(name) or "")

    def filter_queryset(self, queryset: InitiativeQuerySet) -> InitiativeQuerySet:
        """The selection in its order. Drafts are the author's alone and stand in a list of their own."""
        rows = super().filter_queryset(queryset)
        if self.shows_drafts:
            return rows.drafts().order_by(*DRAFT_ORDER)
        key = self.chosen("sort") or "newest"
        ordered = with_score(rows) if key == "score" else rows
        return ordered.submitted().order_by(*SORTS[key][1])

    @property
    def order(self) -> tuple[Any, ...]:
        """What the selection is ordered by, to order a page of it the same way."""
        return DRAFT_ORDER if self.shows_drafts else SORTS[self.chosen("sort") or "newest"][1]

    def applied(self) -> Iterator[Applied]:
        """The filters in use, to be shown and taken away one by one."""
        for name in self.filters:
            value = self.chosen(name)
            if not value or name in self.NOT_SHOWN:
                continue
            rest = self.data.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            choices = dict(getattr(self.form.fields[name], "choices", ()))
            yield Applied(str(self.filters[name].label), str(choices.get(value, value)), rest.urlencode())
