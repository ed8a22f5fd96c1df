"""The figures of inhabitants, year by year, in the form of a kommun."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Population


class OneFigureAYear(BaseInlineFormSet):
    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("Kommunen har redan ett tal för det året. Ändra det i stället.")


class Populations(admin.TabularInline):
    """A figure for each year. One that costs have been divided by is put right, never taken away."""

    model = Population
    formset = OneFigureAYear
    extra = 1
    fields = ["year", "inhabitants", "source"]
    ordering = ["-year"]
    can_delete = False
    verbose_name_plural = gettext_lazy("Invånare, år för år")
