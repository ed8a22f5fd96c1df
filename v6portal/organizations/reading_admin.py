"""Django admin over what the process has written: to be looked up, by those who may see it, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest


class ReadingAdmin(admin.ModelAdmin):
    """Shows the rows that ``rows_for`` gives the person, and offers nothing but reading.

    Acts are done on the initiative's own page, where the process asks its questions and the log is kept.
    """

    actions = None
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    show_full_result_count = False

    def rows_for(self, request: HttpRequest) -> QuerySet[Any]:
        """What the person may see of this kind; nothing until a kind says otherwise."""
        return self.model._default_manager.none()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.rows_for(request).order_by(*(self.ordering or self.model._meta.ordering))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LockedInline(admin.TabularInline):
    """Rows below the one that is read, as unchangeable as it."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
