"""The log of record: append-only and hash-chained by the database itself (see migration 0002)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.models import visible_to
from v6portal.organizations.expressions import LocalDate
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ..acts import OWN_MATTERS, Act, word_for
from ..statuses import Status
from .cases import Case
from .inquiry import acts_shown_to


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> Self:
        """Events of cases the person may see, less what is others' own and the answers that are withheld from her."""
        return self.filter(visible_to(user, "case__initiative__")).without_notes_of_others(user)

    def without_notes_of_others(self, user: User) -> Self:
        """For the events of a case that the person is known to see: the same without asking whether she sees it."""
        homes = [m.organisation_id for m in user.current_memberships]
        return self.exclude(Q(kind__in=OWN_MATTERS) & ~Q(organisation__in=homes)).filter(acts_shown_to(user, "kind"))

    def moves(self) -> Self:
        """Those that changed the status."""
        return self.exclude(to_status="")

    def in_order(self) -> Self:
        """As it happened: by time, and within the same moment by when it was recorded."""
        return self.order_by("occurred_at", "id")


class Event(models.Model):
    """One thing that happened. ``id``, ``recorded_at``, ``previous_hash`` and ``hash`` are given by the database."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="events")
    reference = models.CharField(_("referens"), max_length=20)
    kind = models.CharField(_("händelse"), max_length=30, choices=Act)
    word = models.CharField(max_length=120, blank=True)
    """The word of an event that was brought in and is no act of the process."""
    from_status = models.CharField(_("från status"), max_length=20, choices=Status, blank=True)
    to_status = models.CharField(_("till status"), max_length=20, choices=Status, blank=True)
    occurred_at = models.DateTimeField(_("tidpunkt"))
    recorded_at = models.DateTimeField(_("registrerat"), auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("registrerad av"), max_length=150)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("roll"), max_length=20, choices=Role, blank=True)
    decider_name = models.CharField(_("beslutsfattare"), max_length=150, blank=True)
    text = models.TextField(_("motivering"), blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.BinaryField(null=True, editable=False)
    hash = models.BinaryField(null=True, editable=False)

    occurred_on = models.GeneratedField(
        expression=LocalDate("occurred_at"), output_field=models.DateField(), db_persist=True
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Act.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(to_status="", from_status="") | ~Q(to_status=""), name="event_from_has_to"
            ),
            models.CheckConstraint(condition=~Q(actor_name=""), name="event_names_its_actor"),
        ]
        indexes = [
            models.Index(fields=["case", "occurred_at", "id"], name="event_case_time"),
            models.Index(
                fields=["case", "occurred_on", "occurred_at", "id"],
                name="event_status_on",
                condition=~Q(to_status=""),
                include=["to_status"],
            ),
            models.Index(
                fields=["case", "occurred_at", "id"],
                name="event_of_goliska",
                condition=Q(kind__in=("ask_goliska", "it_assess")),
                include=["kind", "occurred_on"],
            ),
            models.Index(
                fields=["case", "-id"], name="event_newest_move", condition=~Q(to_status=""), include=["to_status"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.spoken}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        """The role's word, without going through every choice as Django's own does; a page shows many events."""
        return str(Role(self.role).label) if self.role else ""

    @property
    def spoken(self) -> str:
        """What happened, in the words of the log."""
        return word_for(self.kind, self.word)
