"""What the assessors agree on when they have seen each other's answers (*gemensam bedömning*)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .assessment_models import Criterion
from .rounds import Round


class JointMarkQuerySet(models.QuerySet["JointMark"]):
    def standing(self) -> Self:
        """The latest of each criterion of each round."""
        return self.filter(superseded=False)


class JointMark(models.Model):
    """The value agreed on for one criterion of a closed round; no value when the median counts again.

    A changed one is a new row; the old one stays, marked superseded. That the round is closed and the criterion one
    of its model's is kept by the database too.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="joint_marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="joint_marks")
    value = models.PositiveSmallIntegerField(_("gemensamt värde"), null=True)
    motivation = models.TextField(_("motivering"))
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_by_name = models.CharField(_("inskrivet av"), max_length=150)
    agreed_at = models.DateTimeField(_("tidpunkt"))
    superseded = models.BooleanField(default=False)

    objects = JointMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemensam bedömning")
        verbose_name_plural = _("gemensamma bedömningar")
        ordering = ["agreed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "criterion"], condition=Q(superseded=False), name="joint_mark_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5), name="joint_mark_value_in_range"
            ),
            models.CheckConstraint(condition=~Q(motivation=""), name="joint_mark_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.value or _('medianen')}"
