"""Meetings: when, where, who is there, and the sentences a recommendation begins as."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ..meetings import IN_V6, Body, MeetingStatus, Seat
from ..statuses import Status
from .decisions import Stance

S = MeetingStatus


def reads_meetings(user: User) -> bool:
    """Whether meetings are anything for the person: she has insight in V6, or reads her own organisation's. No more
    statements than her roles take."""
    return any(m.role != Role.STAFF or m.organisation.all_staff_read for m in user.current_memberships)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """V6's for everybody with insight in one of the eight, the others for their own organisation.

        Source: docs/moten.md. *Medarbetare* read only where their organisation lets all its staff read.
        """
        memberships = user.current_memberships
        homes = {m.organisation_id for m in memberships if m.role != Role.STAFF or m.organisation.all_staff_read}
        seen = Q(organisation__in=homes) & ~Q(body__in=IN_V6)
        if any(m.role != Role.STAFF for m in memberships):
            seen |= Q(body__in=IN_V6)
        return self.filter(seen)

    def coming(self) -> Self:
        return self.filter(status=S.PLANNED).order_by("held_on", "starts_at", "pk")

    def ongoing(self) -> Self:
        return self.filter(status=S.ONGOING).order_by("held_on", "starts_at", "pk")

    def earlier(self) -> Self:
        """Held or called off, the latest first."""
        return self.filter(status__in=(S.CLOSED, S.SIGNED, S.CANCELLED)).order_by("-held_on", "-starts_at", "-pk")


class Series(models.Model):
    """The paragraphs of one group in one calendar year; the row is the lock that keeps the numbers without gaps."""

    body = models.CharField(max_length=20, choices=Body)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    meetings = models.PositiveIntegerField(default=0)
    paragraphs = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "organisation", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.year}"


class Meeting(models.Model):
    """One meeting of a group. Its reference is *organ, organisation, år, nummer*."""

    reference = models.CharField(_("referens"), max_length=20, unique=True, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(_("organ"), max_length=20, choices=Body)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField(_("år"))
    number = models.PositiveIntegerField(_("nummer"))
    held_on = models.DateField(_("dag"))
    starts_at = models.TimeField(_("börjar"))
    ends_at = models.TimeField(_("slutar"), null=True, blank=True)
    place = models.CharField(_("plats"), max_length=120)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ordförande"), on_delete=models.PROTECT, related_name="+"
    )
    chair_name = models.CharField(max_length=150)
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sekreterare"), on_delete=models.PROTECT, related_name="+"
    )
    secretary_name = models.CharField(max_length=150)
    status = models.CharField(_("läge"), max_length=20, choices=S, default=S.PLANNED)
    current = models.ForeignKey("AgendaItem", on_delete=models.SET_NULL, null=True, related_name="+")
    """The item that the meeting is at, while it goes on."""
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("möte")
        verbose_name_plural = _("möten")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="meeting_number_unique"),
            models.CheckConstraint(condition=Q(body__in=Body.values), name="meeting_body_known"),
            models.CheckConstraint(condition=Q(status__in=S.values), name="meeting_status_known"),
            models.CheckConstraint(condition=Q(year=ExtractYear("held_on")), name="meeting_in_its_year"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(chair_name="") & ~Q(secretary_name=""), name="meeting_names_people"),
            models.CheckConstraint(
                condition=Q(status__in=(S.PLANNED, S.CANCELLED), opened_at__isnull=True)
                | Q(status__in=(S.ONGOING, S.CLOSED, S.SIGNED), opened_at__isnull=False),
                name="meeting_opened_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(S.CLOSED, S.SIGNED), closed_at__gte=F("opened_at"))
                | (~Q(status__in=(S.CLOSED, S.SIGNED)) & Q(closed_at__isnull=True)),
                name="meeting_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=S.SIGNED, signed_at__gte=F("closed_at"))
                | (~Q(status=S.SIGNED) & Q(signed_at__isnull=True)),
                name="meeting_signed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["status", "-held_on"], name="meeting_status_day")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.reference])

    @property
    def seat(self) -> Seat:
        return Seat(Body(self.body), self.organisation_id)

    @property
    def standing(self) -> MeetingStatus:
        return MeetingStatus(self.status)

    @property
    def body_name(self) -> str:
        """The group as one speaks of it: a council with its kommun, the others by name alone."""
        name = str(Body(self.body).label)
        return f"{name} {self.organisation.short_name}" if self.body == Body.COUNCIL else name


class Attendance(models.Model):
    """A person who was called to the meeting, or came as a guest; present or not, from and to."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("namn"), max_length=150)
    capacity = models.CharField(_("egenskap"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kommun"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_present = models.BooleanField(_("närvarande"), default=False)
    present_from = models.TimeField(_("från"), null=True, blank=True)
    present_to = models.TimeField(_("till"), null=True, blank=True)

    class Meta:
        verbose_name = _("närvaro")
        verbose_name_plural = _("närvaro")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attendance_once"),
            models.CheckConstraint(condition=~Q(name=""), name="attendance_has_name"),
            models.CheckConstraint(
                condition=Q(present_from__isnull=True)
                | Q(present_to__isnull=True)
                | Q(present_to__gte=F("present_from")),
                name="attendance_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecommendationTemplate(models.Model):
    """The sentence a recommendation begins as, by group, status of the case and stance; an administrator's words."""

    body = models.CharField(_("organ"), max_length=20, choices=Body, blank=True, help_text=_("Tomt gäller alla."))
    status = models.CharField(
        _("ärendets läge"), max_length=20, choices=Status, blank=True, help_text=_("Tomt gäller alla.")
    )
    stance = models.CharField(_("ställningstagande"), max_length=20, choices=Stance)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("mall för rekommendation")
        verbose_name_plural = _("mallar för rekommendationer")
        ordering = ["body", "status", "stance"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "status", "stance"],
                name="template_once",
                violation_error_message=_("Det finns redan en mall för det organet, läget och ställningstagandet."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="template_says_something"),
        ]

    def __str__(self) -> str:
        where = [str(Body(self.body).label) if self.body else "", str(Status(self.status).label) if self.status else ""]
        return ", ".join(part for part in (*where, str(Stance(self.stance).label)) if part)
