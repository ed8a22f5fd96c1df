"""Which decisions a list shows: an organisation, a period, and whether they have been reported. All in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ..forms.fields import day
from ..models import Decision, DecisionQuerySet, Reporting
from .period import PeriodForm

STATES: dict[str, tuple[Any, Callable[[DecisionQuerySet], DecisionQuerySet]]] = {
    "waiting": (gettext_lazy("Att anmäla"), lambda rows: rows.waiting_to_be_reported()),
    "reported": (gettext_lazy("Anmälda"), lambda rows: rows.filter(reporting__isnull=False)),
    "all": (gettext_lazy("Alla"), lambda rows: rows),
}


class DecisionForm(PeriodForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.in_order(), label=gettext_lazy("Organisation"), to_field_name="key", empty_label=None
    )
    first = day(gettext_lazy("Från och med"), initial=None)
    last = day(gettext_lazy("Till och med"), initial=None)
    state = forms.ChoiceField(
        label=gettext_lazy("Visa"), choices=[(key, label) for key, (label, _narrow) in STATES.items()]
    )


class Selection:
    """The decisions that the address asks for, among those that the person may see.

    What the address does not say is: her own organisation, what is to be reported, from the last time something was
    reported, or from the oldest that has been left behind, until today.
    """

    def __init__(self, given: Mapping[str, str], user: User) -> None:
        self.user = user
        self.form = DecisionForm({**self._usual(given), **{key: value for key, value in given.items() if value}})
        self.is_right = self.form.is_valid()

    def _usual(self, given: Mapping[str, str]) -> dict[str, Any]:
        own = self.user.capacities
        key = given.get("organisation") or (own[0].organisation.key if own else "")
        return {
            "organisation": key,
            "first": self._since(key).isoformat(),
            "last": timezone.localdate().isoformat(),
            "state": "waiting",
        }

    def _since(self, key: str) -> dt.date:
        reported = Reporting.objects.filter(organisation__key=key).aggregate(day=Max("reported_on"))["day"]
        waiting = Decision.objects.visible_to(self.user).waiting_to_be_reported().filter(organisation__key=key)
        oldest = waiting.aggregate(day=Min("decided_on"))["day"]
        known = [date for date in (reported, oldest) if date]
        return min(known, default=timezone.localdate().replace(month=1, day=1))

    @property
    def organisation(self) -> Organisation:
        found: Organisation = self.form.cleaned_data["organisation"]
        return found

    @property
    def first(self) -> dt.date:
        return self.form.cleaned_data["first"]

    @property
    def last(self) -> dt.date:
        return self.form.cleaned_data["last"]

    @property
    def state(self) -> str:
        return str(self.form.cleaned_data["state"])

    def _narrowed(self, rows: DecisionQuerySet) -> DecisionQuerySet:
        _label, narrow = STATES[self.state]
        return narrow(rows.filter(organisation=self.organisation, decided_on__range=(self.first, self.last)))

    @cached_property
    def rows(self) -> DecisionQuerySet:
        """In the order of their numbers; none where the address is wrong."""
        if not self.is_right:
            return Decision.objects.none()
        return self._narrowed(Decision.objects.visible_to(self.user)).order_by("year", "running")

    @cached_property
    def withheld(self) -> int:
        """How many more there are in the person's own organisation. Of other organisations it is not told."""
        if not (self.is_right and self._is_at_home):
            return 0
        return self._narrowed(Decision.objects.all()).exclude(pk__in=self.rows.order_by().values("pk")).count()

    @property
    def _is_at_home(self) -> bool:
        own = (m for m in self.user.current_memberships if m.organisation_id == self.organisation.pk)
        return any(m.role != Role.STAFF or m.organisation.all_staff_read for m in own)

    @property
    def period(self) -> str:
        return f"{date_format(self.first, 'j F Y')}–{date_format(self.last, 'j F Y')}"

    @property
    def words(self) -> list[tuple[str, str]]:
        """What is chosen, for a file that must say so itself."""
        return [
            (_("Organisation"), self.organisation.name),
            (_("Period"), self.period),
            (_("Visar"), str(STATES[self.state][0])),
            *([(_("Visas inte"), str(self.withheld_words))] if self.withheld else []),
        ]

    @property
    def withheld_words(self) -> str:
        """What is said of those that are not shown."""
        return _("%(count)d beslut i ärenden som är sekretessmarkerade och som du inte får läsa") % {
            "count": self.withheld
        }
