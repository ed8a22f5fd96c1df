"""The rounds in which assessors score an initiative, and their answers."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation, User

from .assessment_models import AssessmentModel, Criterion, Level
from .initiatives import Initiative, Revision

RESULTS = (
    "handed_in",
    "joint_score",
    "certainty",
    "benefit",
    "feasibility",
    "risk_flagged",
    "needs_discussion",
    "disagreement",
    "joint_values",
)
"""The columns of a round that summarise what has been answered in it."""


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def in_order(self) -> Self:
        """As they were opened, the oldest first."""
        return self.order_by("opened_at", "pk")

    def with_number(self) -> Self:
        """With ``number``: which of its initiative's rounds it is, from 1, in order. So an address names a round."""
        until = Q(opened_at__lt=OuterRef("opened_at")) | Q(opened_at=OuterRef("opened_at"), pk__lte=OuterRef("pk"))
        rounds = Round.objects.filter(until, initiative=OuterRef("initiative")).order_by().values("initiative")
        return self.annotate(number=Subquery(rounds.annotate(count=Count("pk")).values("count")))


class Round(models.Model):
    """One occasion on which an initiative is scored, at one level, by one version of the model.

    The result columns summarise the handed-in assessments; they are written in the same transaction as what they
    summarise and can be recomputed from it (``initiatives.actions.summarise``).
    """

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("initiativ")
    )
    level = models.CharField(_("nivå"), max_length=10, choices=Level)
    model = models.ForeignKey(
        AssessmentModel, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("bedömningsmodell")
    )
    opened_at = models.DateTimeField(_("öppnad"))
    closed_at = models.DateTimeField(_("stängd"), null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(_("minsta antal svar"), default=1)
    """As many answers as a criterion needs not to be discussed; given by the process when the round opens."""

    handed_in = models.PositiveSmallIntegerField(_("antal bedömare"), default=0)
    joint_score = models.DecimalField(_("poäng"), max_digits=9, decimal_places=6, null=True)
    certainty = models.DecimalField(_("underlagets säkerhet"), max_digits=7, decimal_places=6, null=True)
    benefit = models.DecimalField(_("nytta"), max_digits=7, decimal_places=6, null=True)
    feasibility = models.DecimalField(_("genomförbarhet"), max_digits=7, decimal_places=6, null=True)
    risk_flagged = models.BooleanField(_("riskflagga"), default=False)
    needs_discussion = models.BooleanField(_("behöver diskuteras"), default=False)
    disagreement = models.DecimalField(_("oenighet"), max_digits=7, decimal_places=6, default=0)
    """How far from settled its least settled criterion is (``initiatives.disagreement.of_round``), to sort by."""
    joint_values = models.JSONField(_("gemensamma värden"), default=dict, blank=True)
    """What the score is made of: the exact value of each criterion by code, such as ``"7/2"``; null without answers."""

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("bedömningsomgång")
        verbose_name_plural = _("bedömningsomgångar")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "level"],
                condition=Q(closed_at__isnull=True),
                name="round_one_open_per_level",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="round_closes_after_opening",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="round_level_known"),
            models.CheckConstraint(
                condition=Q(joint_score__isnull=True) | Q(joint_score__gte=0, joint_score__lte=100),
                name="round_score_in_range",
            ),
        ]
        indexes = [models.Index(fields=["level", "-joint_score"], name="round_ranking")]

    def __str__(self) -> str:
        return f"{self.initiative.reference} {self.get_level_display()}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def values(self) -> dict[str, Fraction | None]:
        """The joint value, 1 to 5, of each criterion by code, to reckon with; None for one without answers."""
        return {code: value and Fraction(value) for code, value in self.joint_values.items()}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def handed_in(self) -> Self:
        return self.filter(handed_in_at__isnull=False)

    def counting(self) -> Self:
        """Those that make up the joint score: handed in, by somebody without jäv."""
        return self.handed_in().filter(conflict_reason="")

    def disqualifying(self, user: User) -> Self:
        """Those in which the person has declared jäv."""
        return self.filter(assessor=user).exclude(conflict_reason="")

    def readable_by(self, user: User) -> Self:
        """Own ones always; the others' when the round is closed or the reader has handed in her own.

        Visibility of the initiative is asked separately. Source: docs/bedomning.md, *Så går poängsättningen till*.
        """
        mine = Assessment.objects.filter(
            round=OuterRef("round"), assessor=user, handed_in_at__isnull=False, conflict_reason=""
        )
        return self.filter(
            Q(assessor=user) | (Q(handed_in_at__isnull=False) & (Q(round__closed_at__isnull=False) | Exists(mine)))
        )


class Assessment(models.Model):
    """One assessor's sheet in a round, bound to the revision she read."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("bedömningsomgång")
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("version av texten")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("bedömare (konto)"),
    )
    assessor_name = models.CharField(_("bedömare"), max_length=150)
    handed_in_at = models.DateTimeField(_("lämnad"), null=True, blank=True)
    conflict_reason = models.TextField(_("jäv"), blank=True)
    last_form = models.CharField(max_length=64, blank=True, default="", editable=False)
    last_sequence = models.PositiveIntegerField(default=0, editable=False)
    """The opened page that last saved here, and which of its sendings it was."""

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("bedömning")
        verbose_name_plural = _("bedömningar")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "assessor", "revision"], name="assessment_one_per_revision"),
            models.UniqueConstraint(
                fields=["round", "assessor_name", "organisation", "revision"], name="assessment_one_per_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor_name} ({self.organisation})"

    @property
    def is_handed_in(self) -> bool:
        return self.handed_in_at is not None

    @property
    def who(self) -> Hashable:
        """The assessor, whatever she is called and for whomever she acts; without an account by name and place."""
        return self.assessor_id or (self.organisation_id, self.assessor_name)


class Score(models.Model):
    """The answer to one criterion: 1 to 5, or nothing for *vet inte*."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="scores", verbose_name=_("bedömning")
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="scores", verbose_name=_("kriterium")
    )
    value = models.PositiveSmallIntegerField(_("svar"), null=True)
    motivation = models.TextField(_("motivering"), blank=True)
    answered_at = models.DateTimeField(_("tidpunkt"), null=True)

    class Meta:
        verbose_name = _("poäng")
        verbose_name_plural = _("poäng")
        ordering = ["criterion__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="score_one_per_criterion"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5), name="score_value_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.value or _('vet inte')}"
