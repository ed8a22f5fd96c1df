"""The case: where an initiative stands in the process, and the settings and principles the process goes by."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, visible_to
from v6portal.organizations.models import Organisation, User

from ..cost_sharing import Rule
from ..statuses import ENDED, LIVE, Status
from .sharing_terms import SharingTerms


class Motive(models.TextChoices):
    """Why to collaborate: the two motives that research found side by side in this kind of collaboration."""

    SCALE = "scale", _("stordrift")
    COMPLEXITY = "complexity", _("komplexitet")
    BOTH = "both", _("båda")


class Referral(models.TextChoices):
    """Where something that is no digitaliseringsinitiativ belongs."""

    IT_ORDER = "it_order", _("IT-beställning")
    MAINTENANCE = "maintenance", _("objektförvaltning")
    OTHER = "other", _("annan")


class AnswersShown(models.TextChoices):
    """When the kommuner see each other's answers to the *intresseförfrågan*. The coordinator sees them at once."""

    AT_ONCE = "at_once", _("så snart svaret är lämnat")
    OWN_GIVEN = "own_given", _("när den egna kommunen har svarat")
    CLOSED = "closed", _("när förfrågan är stängd")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> Self:
        """Those whose initiative the person may see."""
        return self.filter(visible_to(user, "initiative__"))

    def live(self) -> Self:
        """Submitted and not ended."""
        return self.filter(status__in=LIVE)

    def ended(self) -> Self:
        return self.filter(status__in=ENDED)

    def standing_in(self, *statuses: Status) -> Self:
        return self.filter(status__in=statuses)

    def of(self, organisation: Organisation) -> Self:
        """Submitted by the organisation."""
        return self.filter(initiative__organisation=organisation)


class Case(models.Model):
    """What the process knows of one initiative. ``governance.actions.perform`` alone writes the status."""

    initiative = models.OneToOneField(
        Initiative,
        verbose_name=_("initiativ"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="case",
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    status_since = models.DateTimeField(_("status sedan"), editable=False)
    paused_from = models.CharField(max_length=20, choices=Status, blank=True, editable=False)
    review_on = models.DateField(_("tas upp igen"), null=True, blank=True)
    duplicate_of = models.ForeignKey(
        Initiative,
        verbose_name=_("dubblett av"),
        on_delete=models.PROTECT,
        null=True,
        related_name="duplicates",
    )
    referred_to = models.CharField(_("hänvisat till"), max_length=20, choices=Referral, blank=True)
    motive = models.CharField(_("samverkansmotiv"), max_length=20, choices=Motive, blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    managed_object = models.CharField(_("förvaltningsobjekt"), max_length=120, blank=True)
    managed_by = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation som förvaltar"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    backlog_order = models.PositiveIntegerField(_("ordning i kommunen"), null=True, blank=True)
    v6_order = models.PositiveIntegerField(_("ordning i V6"), null=True, blank=True)
    interest_deadline = models.DateField(_("svar senast"), null=True, blank=True)
    answers_shown = models.CharField(max_length=20, choices=AnswersShown, default=AnswersShown.AT_ONCE, editable=False)
    """As the settings said when the kommuner were asked: what they were told then holds until the inquiry is closed."""
    first_in_use_on = models.DateField(_("först i drift"), null=True, blank=True, editable=False)
    """Kept here by the act that records an införande, so that the process need not ask a later app."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("ärende")
        verbose_name_plural = _("ärenden")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status_known"),
            models.CheckConstraint(
                condition=(Q(status=Status.PAUSED) & ~Q(paused_from=""))
                | (~Q(status=Status.PAUSED) & Q(paused_from="")),
                name="case_paused_remembers_where",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DUPLICATE, duplicate_of__isnull=False)
                | (~Q(status=Status.DUPLICATE) & Q(duplicate_of__isnull=True)),
                name="case_duplicate_names_original",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("initiative")),
                name="case_not_duplicate_of_itself",
            ),
            models.CheckConstraint(condition=Q(answers_shown__in=AnswersShown.values), name="case_answers_shown_known"),
        ]
        indexes = [
            models.Index(fields=["status", "-status_since"], name="case_status_since"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.reference}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.initiative.reference])

    @property
    def standing(self) -> Status:
        return Status(self.status)

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED

    @property
    def days_in_status(self) -> int:
        """Whole calendar days since the status began."""
        return (timezone.localdate() - timezone.localdate(self.status_since)).days


class DatedQuerySet(models.QuerySet):
    def on(self, date: dt.date) -> Self:
        """Those valid on the date."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=date), valid_from__lte=date)


class Principle(models.Model):
    """A principle of the collaboration that a kommun names when it leaves. A new wording is a new row."""

    code = models.CharField(_("kod"), max_length=10)
    title = models.CharField(_("rubrik"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    valid_from = models.DateField(_("gäller från och med"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("princip")
        verbose_name_plural = _("principer")
        ordering = ["order", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="principle_one_current_wording"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="principle_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ProcessSettingsQuerySet(models.QuerySet["ProcessSettings"]):
    def on(self, date: dt.date) -> ProcessSettings:
        """The settings valid on the date; raises DoesNotExist where none are."""
        return self.filter(valid_from__lte=date).latest("valid_from")


class ProcessSettings(SharingTerms):
    """The numbers the process goes by, valid from a date until the next row's."""

    valid_from = models.DateField(_("gäller från och med"), unique=True)
    kommun_minimum = models.PositiveSmallIntegerField(_("minsta antal bedömningar i kommunen"), default=1)
    v6_minimum = models.PositiveSmallIntegerField(_("minsta antal kommuner som bedömt i V6"), default=2)
    participant_minimum = models.PositiveSmallIntegerField(_("minsta antal deltagande kommuner"), default=2)
    interest_days = models.PositiveSmallIntegerField(_("dagar att svara på intresseförfrågan"), default=21)
    qualification_days = models.PositiveSmallIntegerField(_("dagar till påbörjad kvalificering"), default=10)
    supplement_days = models.PositiveSmallIntegerField(_("dagar att komplettera"), default=14)
    answer_days = models.PositiveSmallIntegerField(_("dagar till besked om kvalificering"), default=20)
    prioritisation_days = models.PositiveSmallIntegerField(_("dagar att bedöma och prioritera"), default=40)
    decision_days = models.PositiveSmallIntegerField(_("dagar till beslut efter prioritering"), default=30)
    v6_answer_days = models.PositiveSmallIntegerField(_("dagar till besked om V6-kvalificering"), default=20)
    it_assessment_days = models.PositiveSmallIntegerField(_("dagar för Göliska IT:s bedömning"), default=20)
    v6_prioritisation_days = models.PositiveSmallIntegerField(_("dagar att bedöma och prioritera i V6"), default=40)
    start_days = models.PositiveSmallIntegerField(_("dagar till beslut om start"), default=30)
    report_days = models.PositiveSmallIntegerField(_("dagar att ta del av halvårsrapporten"), default=14)
    cost_rule = models.CharField(
        _("så delas kostnaderna"),
        max_length=20,
        choices=[(rule.value, rule.label) for rule in Rule if rule is not Rule.MANUAL],
        default=Rule.OFF,
        help_text=_("Där inget är bestämt för initiativet. Andelar anges bara för ett initiativ i taget."),
    )
    answers_shown = models.CharField(
        _("kommunerna ser varandras svar på intresseförfrågan"),
        max_length=20,
        choices=AnswersShown,
        default=AnswersShown.OWN_GIVEN,
        help_text=_("Gäller förfrågningar som skickas medan inställningen gäller. Samordnaren ser alltid svaren."),
    )

    DAYS = {
        Status.SUBMITTED: "qualification_days",
        Status.QUALIFYING: "answer_days",
        Status.SUPPLEMENT: "supplement_days",
        Status.QUALIFIED: "prioritisation_days",
        Status.PRIORITISED: "decision_days",
        Status.V6_RECEIVED: "qualification_days",
        Status.V6_QUALIFYING: "v6_answer_days",
        Status.IT_ASSESSMENT: "it_assessment_days",
        Status.V6_PRIORITISING: "v6_prioritisation_days",
        Status.AWAITING_START: "start_days",
    }
    """Where something is waited for: the number that says how long it may take. The inquiry has a day of its own."""

    objects = ProcessSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("processinställningar")
        verbose_name_plural = _("processinställningar")
        ordering = ["-valid_from"]
        constraints = [
            *SharingTerms.Meta.constraints,
            models.CheckConstraint(condition=~Q(cost_rule=Rule.MANUAL), name="settings_give_no_shares"),
            models.CheckConstraint(
                condition=Q(kommun_minimum__gte=1, v6_minimum__gte=1, participant_minimum__gte=1),
                name="settings_minimums_positive",
            ),
            models.CheckConstraint(
                condition=Q(
                    interest_days__gte=1,
                    qualification_days__gte=1,
                    supplement_days__gte=1,
                    answer_days__gte=1,
                    prioritisation_days__gte=1,
                    decision_days__gte=1,
                    v6_answer_days__gte=1,
                    it_assessment_days__gte=1,
                    v6_prioritisation_days__gte=1,
                    start_days__gte=1,
                    report_days__gte=1,
                ),
                name="settings_days_positive",
            ),
            models.CheckConstraint(
                condition=Q(answers_shown__in=AnswersShown.values), name="settings_answers_shown_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.valid_from)

    def days_in(self, status: Status) -> int | None:
        """Within how many days what is waited for in the status should come; None where nothing is promised."""
        name = self.DAYS.get(status)
        return getattr(self, name) if name else None
