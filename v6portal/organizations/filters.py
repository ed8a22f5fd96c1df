"""By what the administrator finds people and their roles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Membership, Organisation, User
from .roles import Role


class ValidOn(admin.SimpleListFilter):
    """Who has which role today, or on any other date."""

    title = gettext_lazy("gäller")
    parameter_name = "pa"
    template = "admin/date_filter.html"
    ALL = "alla"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(self.ALL, _("Alla, även avslutade och kommande"))]

    @property
    def date(self) -> dt.date | None:
        """The date asked about; None where it cannot be read."""
        try:
            return dt.date.fromisoformat(self.value() or str(timezone.localdate()))
        except ValueError:
            return None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        if self.value() == self.ALL:
            return queryset
        return queryset.on(self.date) if self.date else queryset.none()

    def choices(self, changelist: ChangeList) -> Any:
        yield {
            "selected": not self.value(),
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("I dag"),
        }
        yield from list(super().choices(changelist))[1:]
        yield {
            "is_form": True,
            "selected": bool(self.value()) and self.value() != self.ALL,
            "date": "" if self.value() == self.ALL else self.value() or "",
            "unreadable": self.value() not in (None, self.ALL) and self.date is None,
            "others": [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name != self.parameter_name
                for value in values
            ],
        }


class _Holding(admin.SimpleListFilter):
    """People by a role they have today. Organisation and role together mean that role in that organisation."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if not self.value():
            return queryset
        held = Membership.objects.current().filter(user=OuterRef("pk"))
        if organisation := request.GET.get(InOrganisation.parameter_name):
            held = held.filter(organisation__key=organisation)
        if role := request.GET.get(WithRole.parameter_name):
            held = held.filter(role=role)
        return queryset.filter(Exists(held))


class InOrganisation(_Holding):
    title = gettext_lazy("organisation i dag")
    parameter_name = "organisation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Organisation.objects.in_order().values_list("key", "short_name"))


class WithRole(_Holding):
    title = gettext_lazy("roll i dag")
    parameter_name = "roll"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)


class HasAnyRole(admin.SimpleListFilter):
    title = gettext_lazy("har någon roll i dag")
    parameter_name = "har_roll"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", _("Ja")), ("nej", _("Nej"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        held = Exists(Membership.objects.current().filter(user=OuterRef("pk")))
        wanted = {"ja": held, "nej": ~held}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(wanted)
