"""Who wants to hear of which initiative."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import User

from .initiatives import Initiative


class WatchQuerySet(models.QuerySet["Watch"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)


class Watch(models.Model):
    """That a person wants to hear how it goes for an initiative she may see (*bevakar*).

    Her own, and nobody else's to see; it gives no right to read. Not to be mistaken for a kommun that follows in V6.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    since = models.DateTimeField(_("sedan"))

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("bevakning")
        verbose_name_plural = _("bevakningar")
        constraints = [models.UniqueConstraint(fields=["initiative", "user"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.initiative.reference}"
