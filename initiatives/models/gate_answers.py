"""Answers to the gate questions of an initiative, routing questions among them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from .assessment_models import GateQuestion
from .initiatives import Initiative


class GateReply(models.TextChoices):
    YES = "yes", _("Ja")
    NO = "no", _("Nej")
    UNCLEAR = "unclear", _("Oklart")


DO_NOT_KNOW = _("Vet inte")
"""What an unclear answer to a routing question is called."""


STOPS = Q(question__kind=GateQuestion.Kind.QUALIFYING, reply=GateReply.NO, override_reason="")


class GateAnswerQuerySet(models.QuerySet["GateAnswer"]):
    def standing(self) -> Self:
        """The answers that count: the latest to each question of each initiative."""
        return self.filter(superseded=False)

    def stopping(self) -> Self:
        """A *nej* to a qualifying question that nobody has overridden with a reason."""
        return self.filter(STOPS)

    def passing(self) -> Self:
        """Everything else: what lets the case go on."""
        return self.filter(~STOPS)

    def flagging(self) -> Self:
        """Each standing *ja* to a routing question. One is enough for *beredning krävs*."""
        return self.standing().filter(question__kind=GateQuestion.Kind.ROUTING, reply=GateReply.YES)

    def overriding(self) -> Self:
        """Each standing *nej* that somebody gave a reason to go past."""
        return self.standing().exclude(override_reason="")


class GateAnswer(models.Model):
    """An answer to a gate question. A changed answer is a new row; the old one stays, marked superseded."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="gate_answers", verbose_name=_("initiativ")
    )
    question = models.ForeignKey(
        GateQuestion, on_delete=models.PROTECT, related_name="answers", verbose_name=_("fråga")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    reply = models.CharField(_("svar"), max_length=10, choices=GateReply)
    motivation = models.TextField(_("motivering"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("besvarad av (konto)"),
    )
    answered_by_name = models.CharField(_("besvarad av"), max_length=150)
    answered_at = models.DateTimeField(_("tidpunkt"), null=True)
    override_reason = models.TextField(_("skäl att gå vidare ändå"), blank=True)
    superseded = models.BooleanField(default=False)

    objects = GateAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar på kvalificeringsfråga")
        verbose_name_plural = _("svar på kvalificeringsfrågor")
        ordering = ["question__level", "question__kind", "question__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "question"],
                condition=Q(superseded=False),
                name="gate_answer_one_standing",
            ),
            models.CheckConstraint(condition=Q(reply__in=GateReply.values), name="gate_reply_known"),
            models.CheckConstraint(
                condition=Q(override_reason="") | Q(reply=GateReply.NO), name="only_a_no_is_overridden"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question.code}: {self.get_reply_display()}"

    @property
    def stops(self) -> bool:
        """Whether the answer stops the case: a *nej* that nobody has overridden with a reason."""
        return self.reply == GateReply.NO and not self.override_reason and not self.question.is_routing

    @property
    def flags(self) -> bool:
        """Whether the answer says that the case must be prepared: *ja* to a routing question."""
        return self.reply == GateReply.YES and self.question.is_routing

    @property
    def spoken(self) -> str:
        """The answer in words; what is unclear of a routing question is called *vet inte*."""
        if self.reply == GateReply.UNCLEAR and self.question.is_routing:
            return str(DO_NOT_KNOW)
        return str(GateReply(self.reply).label)


def needs_preparation(initiative: str = "pk") -> Exists:
    """Whether an initiative is marked *beredning krävs*, for a filter or an annotation of rows.

    ``initiative`` is the path from the row to the initiative's key, e.g. ``"initiative"`` from a round.
    """
    return Exists(GateAnswer.objects.flagging().filter(initiative=OuterRef(initiative)).order_by())
