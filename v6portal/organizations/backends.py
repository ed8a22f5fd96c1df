"""Who may sign in, and who may do what in Django admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from .models import User
from .roles import Role


class PortalBackend(ModelBackend):
    """Signs in with user name and password; Administratör carries every permission of Django admin.

    A demo account is refused wherever the portal does not run in demo mode, even if its row has been copied there.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        if getattr(user, "is_demo", False) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return user_obj.is_active and isinstance(user_obj, User) and user_obj.holds(Role.ADMIN)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self.has_perm(user_obj, app_label)
