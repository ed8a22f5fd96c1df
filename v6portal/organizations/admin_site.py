"""Django admin for administrators: behind the role, in Swedish."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .access import may_administer


class PortalAdminSite(AdminSite):
    site_title = _("Administration – V6-portalen")
    site_header = _("Administration")
    index_title = _("Vad vill du ändra?")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and may_administer(request.user)
