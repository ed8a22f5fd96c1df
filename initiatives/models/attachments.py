"""Files that belong to an initiative (*bilagor*), and which of them can still be read."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..attachments.kinds import BY_CONTENT_TYPE
from .initiatives import Initiative, Revision

FOLDER = "bilagor/"


def opaque_name(attachment: Attachment | None, sent: str) -> str:
    """Where a file is stored: a name that says nothing of what it is or whose."""
    return f"{FOLDER}{uuid.uuid4().hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def current(self) -> Self:
        """Those that belong to the text as it stands now."""
        return self.filter(removed_at__isnull=True, is_evidence=False)

    def with_file(self) -> Self:
        """Those whose file has not been destroyed."""
        return self.filter(purged_at__isnull=True)

    def readable(self) -> Self:
        """The current ones, those that some revision had when it was sent in, and whatever was evidence."""
        itself = JSONObject(id=Cast(OuterRef("public_id"), models.TextField()))
        listed = models.Func(itself, function="jsonb_build_array", output_field=models.JSONField())
        had = Revision.objects.filter(initiative=OuterRef("initiative"), content__attachments__contains=listed)
        return self.filter(Q(removed_at__isnull=True) | Q(is_evidence=True) | Exists(had))


class Attachment(models.Model):
    """A document or picture that was checked before it was taken in. Never changed; see the migrations."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="attachments")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("fil"), upload_to=opaque_name, max_length=100)
    name = models.CharField(_("namn"), max_length=100)
    content_type = models.CharField(_("slag"), max_length=100)
    size = models.PositiveBigIntegerField(_("storlek"))
    """Bytes, as stored."""
    sha256 = models.CharField(max_length=64)
    is_evidence = models.BooleanField(_("underlag"), default=False)
    """Whether it speaks of what was done afterwards, and does not belong to the text. What it speaks of, a later app
    knows."""
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_by_name = models.CharField(_("tillagd av"), max_length=150)
    uploaded_at = models.DateTimeField(_("tillagd"))
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(_("borttagen"), null=True)
    purged_at = models.DateTimeField(_("gallrad"), null=True)
    """When the file itself was destroyed by a decision on retention; name, size and sha256 stay."""

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("bilaga")
        verbose_name_plural = _("bilagor")
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "sha256"],
                condition=Q(removed_at__isnull=True, is_evidence=False),
                name="attachment_once",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
            models.CheckConstraint(condition=Q(content_type__in=list(BY_CONTENT_TYPE)), name="attachment_kind_known"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.initiative.reference, self.public_id])

    @property
    def remembered(self) -> dict[str, Any]:
        """What a revision keeps of it."""
        return {"id": str(self.public_id), "name": self.name, "sha256": self.sha256}
