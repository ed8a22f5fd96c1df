"""Django admin for administrators: behind the role, in Swedish, with the portal's own way in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import may_administer


class PortalAdminSite(AdminSite):
    site_title = gettext_lazy("Administration – V6-portalen")
    site_header = gettext_lazy("Administration")
    index_title = gettext_lazy("Vad vill du ändra?")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # what may be deleted is decided row by row

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and may_administer(request.user)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One sign-in page for the whole portal; a person without the role is told so instead of asked again."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", reverse("admin:index")))
        if not self.has_permission(request):
            raise PermissionDenied(_("Sidan är för portalens administratörer."))
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """People and roles first: they are what an administrator mostly comes for."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: app["app_label"] != "organizations")

    def get_urls(self) -> list[Any]:
        """Without Django's redirect from any table's row number to its page: it would tell drafts' references."""
        return [route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"]
