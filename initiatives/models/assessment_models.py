"""The questions and criteria that initiatives are measured by: data, in published versions."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..scoring import Axis as ScoringAxis
from ..scoring import Criterion as ScoringCriterion


class Level(models.TextChoices):
    """Where in the two processes something is asked: in the own organisation, or jointly in V6."""

    KOMMUN = "kommun", _("kommun")
    V6 = "v6", _("V6")


class Axis(models.TextChoices):
    """Which axis of the matrix a criterion belongs to."""

    BENEFIT = ScoringAxis.BENEFIT.value, _("Nytta")
    FEASIBILITY = ScoringAxis.FEASIBILITY.value, _("Genomförbarhet")


class AssessmentModelQuerySet(models.QuerySet["AssessmentModel"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def current(self) -> AssessmentModel:
        """The published version that new rounds use; raises DoesNotExist before the first is published."""
        return self.published().latest("published_at", "pk")


class AssessmentModel(models.Model):
    """A version of the gate questions and criteria. A draft until published; locked from then on."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    name = models.CharField(_("namn"), max_length=120)
    published_at = models.DateTimeField(_("publicerad"), null=True, blank=True, editable=False)
    published_by_name = models.CharField(_("publicerad av"), max_length=150, blank=True, editable=False)
    """Empty for the version that an installation begins with: nobody chose it."""

    objects = AssessmentModelQuerySet.as_manager()

    class Meta:
        verbose_name = _("bedömningsmodell")
        verbose_name_plural = _("bedömningsmodeller")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by_name="") | Q(published_at__isnull=False),
                name="only_a_published_model_has_a_publisher",
            ),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def scoring_criteria(self) -> tuple[ScoringCriterion, ...]:
        """The criteria as the plain objects that the arithmetic works on, in form order."""
        return tuple(c.for_scoring() for c in self.criteria.all())


class GateQuestionQuerySet(models.QuerySet["GateQuestion"]):
    def asked_of(self, initiative: int | OuterRef, level: str) -> Self:
        """What an initiative is asked at a level: the version its answers there began in, else the current one.

        A version published meanwhile changes no question that somebody has begun to answer. ``initiative`` is a
        primary key, or a reference to one in an outer query. Source: docs/bedomning.md, *Versioner*.
        """
        begun = GateQuestion.objects.filter(
            level=level, answers__initiative=initiative, answers__superseded=False
        ).order_by("answers__pk")
        current = AssessmentModel.objects.published().order_by("-published_at", "-pk")
        model = Coalesce(Subquery(begun.values("model")[:1]), Subquery(current.values("pk")[:1]))
        return self.filter(level=level, model=model)


class GateQuestion(models.Model):
    """A yes/no question that must be answered before an initiative goes on.

    A *qualifying* one asks whether it may go on: a no stops it. A *routing* one (*beredningsfråga*) asks how it is to
    go on: any yes says that it must be prepared in a group before it is decided (*beredning krävs*); none stops it.
    """

    class Kind(models.TextChoices):
        QUALIFYING = "qualifying", _("kvalificeringsfråga")
        ROUTING = "routing", _("beredningsfråga")

    model = models.ForeignKey(AssessmentModel, on_delete=models.CASCADE, related_name="gate_questions")
    code = models.CharField(_("kod"), max_length=10)
    kind = models.CharField(_("slag"), max_length=10, choices=Kind, default=Kind.QUALIFYING)
    level = models.CharField(_("nivå"), max_length=10, choices=Level)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    text = models.CharField(_("fråga"), max_length=300)
    help = models.TextField(_("hjälptext"), blank=True)

    objects = GateQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kvalificeringsfråga")
        verbose_name_plural = _("kvalificeringsfrågor")
        ordering = ["level", "kind", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "code"], name="gate_question_code_unique"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="gate_question_level_known"),
            models.CheckConstraint(condition=Q(kind__in=["qualifying", "routing"]), name="gate_question_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def is_routing(self) -> bool:
        return self.kind == self.Kind.ROUTING


class Criterion(models.Model):
    """What an initiative is scored on from 1 to 5, each level with its own words."""

    model = models.ForeignKey(AssessmentModel, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(_("kod"), max_length=10)
    name = models.CharField(_("namn"), max_length=120)
    axis = models.CharField(_("axel"), max_length=20, choices=Axis)
    weight = models.DecimalField(_("vikt"), max_digits=5, decimal_places=2)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    help = models.TextField(_("hjälptext"), blank=True)
    level_1 = models.CharField(_("nivå 1"), max_length=200)
    level_2 = models.CharField(_("nivå 2"), max_length=200)
    level_3 = models.CharField(_("nivå 3"), max_length=200)
    level_4 = models.CharField(_("nivå 4"), max_length=200)
    level_5 = models.CharField(_("nivå 5"), max_length=200)

    class Meta:
        verbose_name = _("kriterium")
        verbose_name_plural = _("kriterier")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "code"], name="criterion_code_unique"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=100), name="criterion_weight_in_range"),
            models.CheckConstraint(condition=Q(axis__in=Axis.values), name="criterion_axis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def level_texts(self) -> tuple[str, ...]:
        """The words of the levels 1 to 5, in order."""
        return (self.level_1, self.level_2, self.level_3, self.level_4, self.level_5)

    def for_scoring(self) -> ScoringCriterion:
        return ScoringCriterion(code=self.code, axis=ScoringAxis(self.axis), weight=self.weight)
