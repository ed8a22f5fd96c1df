"""What is to be told by mail, each mail on its way, and when each person wants which kind."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import User

from ..notices import DEFAULTS, Delivery, NoticeKind
from .cases import Case
from .events import Event


class MailChoice(models.Model):
    """When a person wants a kind of mail. Without a row, ``notices.DEFAULTS`` holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    kind = models.CharField(_("slag"), max_length=20, choices=NoticeKind)
    delivery = models.CharField(_("när"), max_length=10, choices=Delivery)

    class Meta:
        verbose_name = _("mejlval")
        verbose_name_plural = _("mejlval")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="mail_choice_once"),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="mail_choice_kind_known"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="mail_choice_delivery_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}, {self.get_delivery_display()}"


class MailQuerySet(models.QuerySet["Mail"]):
    def addressed_to(self, user: User) -> Self:
        return self.filter(recipient=user)

    def sent(self) -> Self:
        return self.filter(state=Mail.State.SENT)

    def in_trouble(self) -> Self:
        """Those that an administrator should know of: given up, perhaps lost, or tried at least once in vain."""
        return self.filter(
            Q(state__in=(Mail.State.FAILED, Mail.State.UNCERTAIN)) | Q(state=Mail.State.QUEUED, attempts__gt=0)
        )


class Mail(models.Model):
    """One mail to one person: about one act, or the digest of a day.

    It goes queued → sending → sent. *Sending* is committed before the mail server is spoken to; a mail found there
    long after may have gone, so it becomes *uncertain* and is not sent again by itself. What it says is written at the
    moment of sending and kept in demo mode only.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("i kö")
        SENDING = "sending", _("skickas")
        SENT = "sent", _("skickat")
        FAILED = "failed", _("gick inte att skicka")
        UNCERTAIN = "uncertain", _("oklart om det gick fram")
        DROPPED = "dropped", _("inställt")

    ENDED = (State.SENT, State.FAILED, State.UNCERTAIN, State.DROPPED)

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("till"), on_delete=models.CASCADE, related_name="mails"
    )
    kind = models.CharField(_("slag"), max_length=20, choices=NoticeKind, blank=True)
    digest_on = models.DateField(_("samlat för"), null=True, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0)
    queued_at = models.DateTimeField(_("köat"))
    due_at = models.DateTimeField(_("nästa försök"))
    claimed_at = models.DateTimeField(_("senaste försök"), null=True, blank=True)
    ended_at = models.DateTimeField(_("klart"), null=True, blank=True)
    error = models.CharField(_("fel"), max_length=80, blank=True)
    """The kind of error and the server's code; never the server's words, which may repeat the mail's."""
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mejl")
        verbose_name_plural = _("mejl")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="", digest_on__isnull=False) | Q(kind__in=NoticeKind.values, digest_on__isnull=True),
                name="mail_is_of_a_kind_or_a_digest",
            ),
            models.UniqueConstraint(
                fields=["recipient", "digest_on"], condition=Q(digest_on__isnull=False), name="mail_one_digest_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "sending"), ended_at__isnull=True)
                | Q(state__in=("sent", "failed", "uncertain", "dropped"), ended_at__isnull=False),
                name="mail_state_known_and_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sending", "sent", "uncertain")) | Q(claimed_at__isnull=False, attempts__gt=0),
                name="mail_is_claimed_before_it_is_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="mail_due", condition=Q(state="queued")),
            models.Index(fields=["claimed_at"], name="mail_under_way", condition=Q(state="sending")),
            models.Index(fields=["recipient", "-ended_at"], name="mail_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.about}, {self.get_state_display()}"

    @property
    def about(self) -> str:
        """What sort of mail it is, in a word."""
        return self.get_kind_display() if self.kind else str(_("Dagens händelser"))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        """Those in no mail yet."""
        return self.filter(mail__isnull=True, dropped_at__isnull=True)

    def wanted(self, delivery: Delivery) -> Self:
        """Those whose recipient wants them so, as she has chosen now."""
        chosen = MailChoice.objects.filter(user=OuterRef("recipient"), kind=OuterRef("kind")).values("delivery")
        default = Choose(*(When(kind=kind, then=Value(str(when))) for kind, when in DEFAULTS.items()))
        return self.alias(wanted=Coalesce(Subquery(chosen), default, output_field=models.CharField())).filter(
            wanted=delivery
        )


class Notice(models.Model):
    """That a person shall hear of an event, or be reminded of what waits for her.

    The first is written with the act itself, so that neither is without the other; the second by the worker's daily
    pass, with the case, or the event about no case, that it is about and the day it was to be said.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="reminders")
    remind_on = models.DateField(null=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind)
    written_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, null=True, related_name="notices")
    dropped_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"], condition=Q(remind_on__isnull=True), name="notice_once"
            ),
            models.UniqueConstraint(
                fields=["event", "recipient", "remind_on"],
                condition=Q(event__isnull=False, remind_on__isnull=False),
                name="reminder_of_an_event_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["recipient", "case", "kind", "remind_on"],
                condition=Q(case__isnull=False),
                name="reminder_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False, case__isnull=True, remind_on__isnull=True)
                | Q(event__isnull=True, case__isnull=False, remind_on__isnull=False, kind=NoticeKind.REMINDER)
                | Q(event__isnull=False, case__isnull=True, remind_on__isnull=False, kind=NoticeKind.REMINDER),
                name="notice_of_an_event_or_a_reminder",
            ),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_kind_known"),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(dropped_at__isnull=True), name="notice_mailed_or_dropped"
            ),
        ]
        indexes = [
            models.Index(
                fields=["written_at"], name="notice_waiting", condition=Q(mail__isnull=True, dropped_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.case} → {self.recipient}"


class ReminderRound(models.Model):
    """The daily pass over what waits has been made for the day; in the same transaction as the reminders it wrote."""

    day = models.DateField(primary_key=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.day)
