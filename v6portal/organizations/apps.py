from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "v6portal.organizations"
    label = "organizations"
    verbose_name = _("Organisationer och personer")


class PortalAdminConfig(AdminConfig):
    """Django admin behind the role Administratör instead of the flag is_staff."""

    default_site = "v6portal.organizations.admin_site.PortalAdminSite"
