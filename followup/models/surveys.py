"""The survey (*enkät*) of a half-year: whom it is put to, and what was answered.

Who has answered is kept with the invitation, what was answered without a word of who. Source: docs/enkat.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ..periods import HalfYear
from ..surveying import Standing, SurveyFacts, standing
from .questionnaires import Question, Questionnaire


class SurveyQuerySet(models.QuerySet["Survey"]):
    def of(self, period: HalfYear) -> Self:
        return self.filter(year=period.year, half=period.half)

    def running(self, today: dt.date) -> Self:
        """Those that can be answered on the day."""
        return self.filter(opened_at__isnull=False, closed_at__isnull=True, last_day__gte=today)

    def overdue(self, today: dt.date) -> Self:
        """Those whose last day has passed without the closing being noted."""
        return self.filter(opened_at__isnull=False, closed_at__isnull=True, last_day__lt=today)


class Survey(models.Model):
    """The survey of one half-year. Prepared until it is opened, open until it is closed or its last day is over."""

    year = models.PositiveSmallIntegerField(_("år"))
    half = models.PositiveSmallIntegerField(_("halvår"))
    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("frågor"), on_delete=models.PROTECT, related_name="surveys"
    )
    last_day = models.DateField(_("sista dag att svara"))
    is_anonymous = models.BooleanField(_("anonym"), default=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("roller som bjuds in"))
    prepared_by_name = models.CharField(_("förberedd av"), max_length=150)
    opened_at = models.DateTimeField(_("öppnad"), null=True)
    closed_at = models.DateTimeField(_("stängd"), null=True)
    closed_early = models.BooleanField(_("stängd i förtid"), default=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("enkät")
        verbose_name_plural = _("enkäter")
        ordering = ["-year", "-half"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "half"],
                name="survey_once_a_half_year",
                violation_error_message=_("Halvåret har redan en enkät."),
            ),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="survey_of_a_half_year"),
            models.CheckConstraint(condition=Q(roles__len__gte=1), name="survey_invites_some_role"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="survey_opened_before_closed"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Enkät %s") % self.period.code)

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.period.code])

    @property
    def period(self) -> HalfYear:
        return HalfYear(self.year, self.half)

    @property
    def reference(self) -> str:
        """What the log calls it."""
        return str(self)

    @property
    def mark(self) -> str:
        """Another as soon as its terms are: what was on the page when it was opened."""
        terms = (self.questionnaire_id, self.last_day, self.is_anonymous, sorted(self.roles))
        return hashlib.sha256(repr(terms).encode()).hexdigest()[:16]

    def facts(self, today: dt.date) -> SurveyFacts:
        return SurveyFacts(self.opened_at is not None, self.closed_at is not None, self.last_day, today)

    def standing(self, today: dt.date) -> Standing:
        return standing(self.facts(today))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)


class Invitation(models.Model):
    """That a person is asked, and whether she has answered: not when, and not what."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    has_answered = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        constraints = [models.UniqueConstraint(fields=["survey", "user"], name="invited_once_to_a_survey")]

    def __str__(self) -> str:
        return f"{self.survey}: {self.user}"


class SurveyDraft(models.Model):
    """What an invited person has answered so far. Removed when she hands in, and when the survey is closed."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    values = models.JSONField(default=dict)
    """By the question's code: 1 to 5, or None for the answer outside the scale."""
    free_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    """How many times it has been written."""
    last_form = models.CharField(max_length=64, blank=True)
    """The opened page that wrote last, and which of its sendings it was."""
    last_sequence = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.invitation}"


class SurveyResponse(models.Model):
    """What one person answered. In an anonymous survey nothing leads to her; else the invitation does.

    Its key is drawn by lot and it has no time, and at the closing all are written anew in another order, so that
    neither key, place in the table nor transaction says which event in the log it came with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, related_name="response")

    class Meta:
        verbose_name = _("enkätsvar")
        verbose_name_plural = _("enkätsvar")

    def __str__(self) -> str:
        return f"{self.survey}: {self.organisation}"


class SurveyAnswer(models.Model):
    """The answer to one statement: 1 to 5, or None for the answer outside the scale."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(SurveyResponse, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="survey_answer_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5), name="survey_answer_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class SurveyText(models.Model):
    """What somebody wrote in her own words. It hangs on no response, so that words do not give numbers away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="texts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    """None from the closing on where the group is not shown by itself."""
    author_name = models.CharField(max_length=150, blank=True)
    """Empty in an anonymous survey."""
    text = models.TextField()

    class Meta:
        verbose_name = _("fritext")
        verbose_name_plural = _("fritexter")

    def __str__(self) -> str:
        return f"{self.survey}"
