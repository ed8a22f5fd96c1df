"""People, their roles and the organisations, arranged for the administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from .actions import objections, objections_to_longer
from .filters import HasAnyRole, InOrganisation, ValidOn, WithRole
from .models import Membership, Organisation, Population, User
from .population_admin import Populations

admin.site.unregister(Group)  # registered by the import of UserAdmin; rights follow from roles here


# --- Roles --------------------------------------------------------------------------------------


STANDING_IN = ["stands_in_for", "basis", "appointed_by", "appointed_at", "ended_by", "ended_at"]
"""In whose place a role is had, and who has appointed and ended it: to be read only."""


class RoleForm(forms.ModelForm):
    """A stand-in is given no longer time than one may be appointed for."""

    def clean(self) -> Any:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        row = self.instance
        if row.pk and row.stands_in_for_id and "valid_to" in said:
            for sentence in objections_to_longer(row, said["valid_to"]):
                self.add_error("valid_to", sentence)
        return said


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """The list answers who has which role on a date. A role is given on the person's page, and ended here or there.

    What has been in force is not rewritten: the log refers to it. Only a role that has not begun can be taken away.
    """

    list_display = ["user", "role", "organisation", "valid_from", "valid_to", "stands_in_for"]
    list_filter = [ValidOn, "organisation", "role", ("stands_in_for", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "organisation", "stands_in_for"]
    search_fields = ["user__first_name", "user__last_name", "user__username"]
    ordering = ["organisation__order", "role", "user__last_name", "user__first_name"]
    form = RoleForm
    fields = ["user", "organisation", "role", "valid_from", "valid_to", *STANDING_IN]
    show_facets = admin.ShowFacets.NEVER

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        ended = ["valid_to"] if obj is not None and obj.ended_at else []
        return ["user", "organisation", "role", "valid_from", *STANDING_IN, *ended]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and obj.valid_from >= timezone.localdate()


class RolesFormSet(BaseInlineFormSet):
    """Says in words what the database would refuse: Django's inline forms do not check rules that name the person."""

    by: User
    """The administrator; appoints the stand-in, where one is given a role in another's place."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """The table's headings are no labels to a screen reader."""
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)  # admin wraps the choice of a related row
            widget.attrs.setdefault("aria-label", field.label or "")

    def clean(self) -> None:
        super().clean()
        if self.instance.pk is None:
            return  # a new person has no roles to collide with
        for form in self.forms:
            if form.has_changed() and form.is_valid():
                try:
                    self._check(form.instance)
                except ValidationError as refusal:
                    form.add_error(None, refusal)

    def _check(self, given: Membership) -> None:
        if given.pk is None and given.stands_in_for_id is not None:
            given.appointed_by, given.appointed_at = self.by, timezone.now()
            if found := objections(given):
                raise ValidationError(found)
        given.validate_constraints()


class GivenRoles(admin.TabularInline):
    model = Membership
    form = RoleForm
    formset = RolesFormSet
    verbose_name_plural = gettext_lazy("Roller")
    readonly_fields = ["role", "organisation", "valid_from", "stands_in_for", "basis"]
    fields = ["role", "organisation", "valid_from", "valid_to", "stands_in_for", "basis"]
    fk_name = "user"
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        rows = super().get_queryset(request).select_related("organisation", "user", "stands_in_for")
        return rows.order_by("-valid_from", "organisation__order")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class NewRole(admin.TabularInline):
    model = Membership
    formset = RolesFormSet
    verbose_name = gettext_lazy("Ge en ny roll")
    fields = ["role", "organisation", "valid_from", "valid_to", "stands_in_for", "basis"]
    fk_name = "user"
    extra = max_num = 1
    can_delete = False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """In whose place: those who have a role of their own today, in a list that a screen reader can name."""
        if db_field.name == "stands_in_for":
            roles = Membership.objects.current().filter(stands_in_for=None)
            people = User.objects.filter(is_active=True, pk__in=roles.values("user"))
            kwargs["queryset"] = people.order_by("last_name", "first_name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).none()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The organisation is chosen here, and changed on its own page."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        widget = formset.form.base_fields["organisation"].widget
        widget.can_change_related = widget.can_view_related = False
        return formset


# --- People -------------------------------------------------------------------------------------


@admin.register(User)
class PersonAdmin(UserAdmin):
    """A person is never deleted, for the log names her: she is given an end date, or the account is closed."""

    list_display = ["name", "username", "roles_today", "is_active", "last_login"]
    list_display_links = ["name"]
    list_filter = [InOrganisation, WithRole, HasAnyRole, "is_active", "is_demo"]
    search_fields = ["first_name", "last_name", "username", "email"]
    ordering = ["last_name", "first_name", "username"]
    filter_horizontal = ()
    readonly_fields = ["is_demo", "last_login", "date_joined"]
    show_facets = admin.ShowFacets.NEVER
    fieldsets = (
        (gettext_lazy("Personen"), {"fields": ["first_name", "last_name", "email"]}),
        (
            gettext_lazy("Kontot"),
            {"fields": ["username", "password", "is_active", "is_demo", "last_login", "date_joined"]},
        ),
    )
    add_fieldsets = (
        (gettext_lazy("Personen"), {"fields": ["first_name", "last_name", "email"]}),
        (
            gettext_lazy("Kontot"),
            {"fields": ["username", "usable_password", "password1", "password2"]},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        current = Membership.objects.current().select_related("organisation", "stands_in_for").in_order()
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", current, to_attr="today"))

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        return [GivenRoles, NewRole] if obj else [NewRole]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("namn"), ordering="last_name")
    def name(self, user: User) -> str:
        return str(user)

    @admin.display(description=gettext_lazy("roller i dag"), empty_value=gettext_lazy("ingen roll"))
    def roles_today(self, user: Any) -> str | None:
        return "; ".join(str(membership) for membership in user.today) or None


# --- Organisations ------------------------------------------------------------------------------


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """The eight. The shipped populations are rounded; write the official ones before costs are split by them."""

    list_display = ["short_name", "name", "kind", "inhabitants", "all_staff_read"]
    readonly_fields = ["key", "kind"]
    ordering = ["order"]
    show_facets = admin.ShowFacets.NEVER
    fieldsets = (
        (None, {"fields": ["name", "short_name", "kind", "key", "order", "colour"]}),
        (gettext_lazy("Vem som läser"), {"fields": ["all_staff_read"]}),
    )

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Only a kommun has inhabitants to divide by."""
        return [Populations] if obj and obj.is_kommun else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        today = Population.objects.on(timezone.localdate())
        return super().get_queryset(request).prefetch_related(Prefetch("populations", today, to_attr="today"))

    @admin.display(description=gettext_lazy("invånare"), empty_value="–")
    def inhabitants(self, organisation: Any) -> str | None:
        """The figure that holds today, with its year."""
        figure = next(iter(organisation.today), None)
        return f"{number_format(figure.inhabitants, force_grouping=True)} ({figure.year})" if figure else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
