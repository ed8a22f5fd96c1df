"""Keeping the record: the checks of the log, and what an organisation has decided to destroy and when."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from initiatives.models import Attachment, Initiative, Scenario
from v6portal.organizations.models import Organisation

from ..retention import ENDED_IN, Kept, last_day


class LogCheckQuerySet(models.QuerySet["LogCheck"]):
    def newest(self) -> LogCheck | None:
        return self.order_by("-pk").first()


class LogCheck(models.Model):
    """One check of the whole log, by a person or by the worker: how far it came and what it found."""

    began_at = models.DateTimeField(_("påbörjad"))
    ended_at = models.DateTimeField(_("klar"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    """Who asked for it; nobody where the worker did it by the clock."""
    checked = models.PositiveBigIntegerField(_("kontrollerade"), default=0)
    total = models.PositiveBigIntegerField(_("händelser"), default=0)
    """How many events there were when it began."""
    head = models.CharField(_("kedjehuvud"), max_length=64, blank=True)
    """The hash of the newest event that was checked, in hexadecimal."""
    broken_number = models.PositiveBigIntegerField(_("första brutna länk"), null=True)
    broken_missing = models.PositiveBigIntegerField(default=0)
    broken_altered = models.BooleanField(default=False)
    broken_entry = models.PositiveBigIntegerField(_("första brutna länk bland anteckningarna"), null=True)

    objects = LogCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontroll av händelseloggen")
        verbose_name_plural = _("kontroller av händelseloggen")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H.%M}"


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def in_force(self) -> RetentionRuleQuerySet:
        return self.filter(active=True)


class RetentionRule(models.Model):
    """What an organisation destroys (*gallrar*), after how many years, by which decision of its own.

    Nothing is destroyed by itself, and nothing at all until the organisation has decided: a rule in force names its
    decision (arkivlagen 10 §, and the organisation's own gallringsbeslut).
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("vad som gallras"), max_length=30, choices=Kept)
    years = models.PositiveSmallIntegerField(_("efter antal år"))
    active = models.BooleanField(
        _("gäller"),
        default=False,
        help_text=_("Kräver att organisationens gallringsbeslut är angivet."),
    )
    decided_on = models.DateField(_("gallringsbeslutets dag"), null=True, blank=True)
    decision_reference = models.CharField(
        _("gallringsbeslutet"),
        max_length=120,
        blank=True,
        help_text=_("Till exempel: kommunstyrelsen 2026-12-09 § 12."),
    )

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("gallringsregel")
        verbose_name_plural = _("gallringsregler")
        ordering = ["organisation__order", "what"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "what"],
                name="retention_one_rule_of_a_kind",
                violation_error_message=_("Organisationen har redan en regel för det."),
            ),
            models.CheckConstraint(condition=Q(what__in=Kept.values), name="retention_kind_known"),
            models.CheckConstraint(
                condition=Q(years__gte=1),
                name="retention_at_least_a_year",
                violation_error_message=_("Tiden ska vara minst ett år."),
            ),
            models.CheckConstraint(
                condition=Q(active=False) | (Q(decided_on__isnull=False) & ~Q(decision_reference="")),
                name="retention_in_force_by_a_decision",
                violation_error_message=_("En regel som gäller ska ange gallringsbeslutet och dess dag."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(what)s, %(organisation)s") % {
            "what": self.get_what_display(),
            "organisation": self.organisation.short_name,
        }

    def attachments_due(self, today: dt.date) -> QuerySet[Attachment]:
        """Files that the rule lets go, of cases that ended long enough ago; none for a rule about something else.

        Never evidence: an invoice is kept with the cost, and may be another organisation's.
        """
        return Attachment.objects.with_file().filter(
            evidence__isnull=True,
            initiative__organisation=self.organisation_id,
            initiative__case__status__in=ENDED_IN.get(self.what, ()),
            initiative__case__status_since__date__lte=last_day(today, self.years),
        )

    def drafts_due(self, today: dt.date) -> QuerySet[Initiative]:
        due = Initiative.objects.drafts().filter(
            organisation=self.organisation_id, created_at__date__lte=last_day(today, self.years)
        )
        return due if self.what == Kept.DRAFTS else due.none()

    def scenarios_due(self, today: dt.date) -> QuerySet[Scenario]:
        due = Scenario.objects.filter(
            organisation=self.organisation_id, saved_at__date__lte=last_day(today, self.years)
        )
        return due if self.what == Kept.SCENARIOS else due.none()

    @property
    def by_decision(self) -> str:
        """The decision that the rule rests on."""
        return f"{self.decision_reference}, {self.decided_on.isoformat()}" if self.decided_on else ""
