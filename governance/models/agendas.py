"""The agenda, each kommun's stance, and the protocol. What belongs to a signed meeting is frozen by the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from .cases import Case
from .decisions import Stance
from .events import Event
from .meetings import Attendance, Meeting, Series


class AgendaItem(models.Model):
    """An item of the agenda: a case, or a heading of its own. Its paragraph is given when it is ended."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="items")
    position = models.PositiveSmallIntegerField(_("plats"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="agenda_items")
    heading = models.CharField(_("rubrik"), max_length=200, blank=True)
    """What the item is called; of a case the title as it was when the item was ended."""
    stance = models.CharField(_("rekommendation"), max_length=20, choices=Stance, blank=True)
    recommendation = models.TextField(_("rekommendationens ord"), blank=True)
    notes = models.TextField(_("anteckningar"), blank=True)
    paragraph = models.PositiveIntegerField(_("paragraf"), null=True)
    ended_at = models.DateTimeField(null=True)
    """When the item was ended with what was said; None for what was put off."""
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)
    saved_by_name = models.CharField(max_length=150, blank=True)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("punkt på dagordningen")
        verbose_name_plural = _("punkter på dagordningen")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="item_place_unique", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["meeting", "case"], name="item_case_once"),
            models.UniqueConstraint(fields=["series", "paragraph"], name="item_paragraph_unique"),
            models.CheckConstraint(condition=Q(case__isnull=False) | ~Q(heading=""), name="item_is_about_something"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, paragraph__isnull=True) | Q(series__isnull=False, paragraph__gte=1),
                name="item_paragraph_in_a_series",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (Q(paragraph__isnull=False) & ~Q(heading="")),
                name="item_ended_has_paragraph",
            ),
            models.CheckConstraint(condition=Q(stance="") | Q(case__isnull=False), name="item_stance_on_a_case"),
            models.CheckConstraint(condition=Q(stance__in=["", *Stance.values]), name="item_stance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.body_name} {self.spoken_paragraph}".strip()

    @property
    def spoken_paragraph(self) -> str:
        """As it is referred to: *§ 12/2026*; empty until it is given."""
        return f"§ {self.paragraph}/{self.meeting.year}" if self.paragraph else ""

    @property
    def is_put_off(self) -> bool:
        return self.paragraph is not None and self.ended_at is None


class ItemStance(models.Model):
    """What one kommun said at a meeting of V6's. Taken back is an empty stance: nothing is deleted."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="voices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=20, choices=Stance, blank=True)

    class Meta:
        ordering = ["organisation__order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "organisation"], name="item_voice_once"),
            models.CheckConstraint(condition=Q(stance__in=["", *Stance.values]), name="item_voice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_stance_display()}"


class ItemConflict(models.Model):
    """That a person has *jäv* in an item and took no part in it. Taken back it no longer holds."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="conflicts")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="+")
    holds = models.BooleanField(default=True)

    class Meta:
        ordering = ["attendance_id"]
        constraints = [models.UniqueConstraint(fields=["item", "attendance"], name="item_conflict_once")]

    def __str__(self) -> str:
        return str(self.attendance)


class Adjuster(models.Model):
    """A person chosen to adjust the protocol (*justerare*), and the checksum of what she adjusted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="adjusters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    adjusted_at = models.DateTimeField(null=True)
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("justerare")
        verbose_name_plural = _("justerare")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="adjuster_once"),
            models.CheckConstraint(
                condition=Q(adjusted_at__isnull=True, checksum="")
                | Q(adjusted_at__isnull=False, checksum__regex=r"^[0-9a-f]{64}$"),
                name="adjusted_knows_what",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Protocol(models.Model):
    """The signed protocol, kept as it was drawn: the same file for ever."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, primary_key=True, related_name="protocol")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    checksum = models.CharField(max_length=64)
    """Of all that the protocol says, as it is printed in it; an adjuster's own is of what she may read of it."""

    def __str__(self) -> str:
        return self.meeting.reference
