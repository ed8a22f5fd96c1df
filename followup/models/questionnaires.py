"""The questions of the survey and the scale that they are answered on, in versions."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE = RegexValidator(r"^[a-z0-9-]+$", _("Använd små bokstäver a–z, siffror och bindestreck."))


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def in_order(self) -> QuestionnaireQuerySet:
        """The newest version first."""
        return self.order_by("-pk")


class Questionnaire(models.Model):
    """One version of the survey's questions. From the day a survey with it is opened, the database locks it."""

    version = models.CharField(
        _("version"),
        max_length=20,
        unique=True,
        error_messages={"unique": _("Det finns redan en version med det namnet.")},
    )
    name = models.CharField(_("namn"), max_length=120)
    intro = models.TextField(_("inledning"), blank=True, help_text=_("Står överst på enkätens sida."))
    level_1 = models.CharField(_("svar 1"), max_length=60, help_text=_("Det lägsta svaret på skalan."))
    level_2 = models.CharField(_("svar 2"), max_length=60)
    level_3 = models.CharField(_("svar 3"), max_length=60)
    level_4 = models.CharField(_("svar 4"), max_length=60)
    level_5 = models.CharField(_("svar 5"), max_length=60, help_text=_("Det högsta svaret på skalan."))
    unknown = models.CharField(_("svar utanför skalan"), max_length=60, default=_("Vet inte eller vill inte svara"))
    free_text = models.CharField(
        _("fritextfråga"), max_length=300, blank=True, help_text=_("Lämna tomt om enkäten inte ska ha någon fritext.")
    )

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("enkätfrågor")
        verbose_name_plural = _("enkätfrågor")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def levels(self) -> list[str]:
        """The words of the scale, the lowest first."""
        return [self.level_1, self.level_2, self.level_3, self.level_4, self.level_5]

    @property
    def is_locked(self) -> bool:
        """Whether a survey has been opened with it."""
        return self.surveys.filter(opened_at__isnull=False).exists()


class Question(models.Model):
    """A statement to agree with or not. Its code follows it from version to version, so that it can be compared."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(
        _("kod"),
        max_length=40,
        validators=[CODE],
        help_text=_("Behåll koden när påståendet är detsamma, så går det att jämföra med förra halvåret."),
    )
    theme = models.CharField(_("tema"), max_length=60)
    text = models.CharField(_("påstående"), max_length=300)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("påstående")
        verbose_name_plural = _("påståenden")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "code"],
                name="question_once_in_a_version",
                violation_error_message=_("Koden finns redan i den här versionen."),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="question_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.text
