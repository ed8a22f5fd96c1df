"""Decisions with everything they must name, the kommuner's answers, and Göliska IT's assessment."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..acts import Act
from .cases import Case
from .events import Event


class Stance(models.TextChoices):
    """What a group recommends. A recommendation is not a decision."""

    APPROVE = "approve", _("tillstyrker")
    DISAPPROVE = "disapprove", _("avstyrker")
    REFER_BACK = "refer_back", _("återremitterar")


class Decision(models.Model):
    """A *beslut*: one decider, date, motivering and delegation reference (kommunallagen 6 kap. 37–40 §§)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="decision")
    act = models.CharField(_("beslut"), max_length=30, choices=Act)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decider_name = models.CharField(_("beslutsfattare"), max_length=150)
    in_place_of = models.CharField(_("ersättare för"), max_length=150, blank=True)
    """Whom the decider stood in for, by name."""
    body = models.CharField(_("politiskt organ"), max_length=150, blank=True)
    protocol_reference = models.CharField(_("protokoll och paragraf"), max_length=120, blank=True)
    decided_on = models.DateField(_("beslutsdatum"))
    motivation = models.TextField(_("motivering"))
    delegation_reference = models.CharField(_("stöd i delegationsordningen"), max_length=120, blank=True)
    to_be_reported = models.BooleanField(_("ska anmälas"), default=False)
    prepared_by = models.ForeignKey(
        "AgendaItem",
        verbose_name=_("rekommendation som ligger till grund"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )

    class Meta:
        verbose_name = _("beslut")
        verbose_name_plural = _("beslut")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decider_name=""), name="decision_names_its_decider"),
            models.CheckConstraint(condition=~Q(motivation=""), name="decision_gives_its_reasons"),
            models.CheckConstraint(
                condition=Q(body="", protocol_reference="") | (~Q(body="") & ~Q(protocol_reference="")),
                name="decision_of_a_body_names_its_protocol",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.get_act_display()}"

    @property
    def decider_told(self) -> str:
        """The decider by name, with whom she stood in for."""
        if not self.in_place_of:
            return self.decider_name
        return str(_("%(name)s (ersättare för %(holder)s)")) % {"name": self.decider_name, "holder": self.in_place_of}

    def get_act_display(self) -> str:  # type: ignore[no-redef]
        """The act's word. Django's own goes through every choice each time, which a page of decisions feels."""
        return str(Act(self.act).label)


class InterestAnswerQuerySet(models.QuerySet["InterestAnswer"]):
    def standing(self) -> Self:
        """The latest answer of each kommun to each inquiry."""
        return self.filter(superseded=False)


class InterestAnswer(models.Model):
    """A kommun's answer to the *intresseförfrågan*. A new answer supersedes the old, which stays."""

    class Answer(models.TextChoices):
        JOIN = "join", _("Delta")
        WAIT = "wait", _("Avvakta")
        DECLINE = "decline", _("Avstå")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interest_answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("svar"), max_length=10, choices=Answer)
    offers_to_lead = models.BooleanField(_("kan leda"), default=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="interest_answer")
    superseded = models.BooleanField(default=False)

    objects = InterestAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("svar på intresseförfrågan")
        verbose_name_plural = _("svar på intresseförfrågan")
        ordering = ["organisation__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(superseded=False),
                name="interest_one_standing_answer",
            ),
            models.CheckConstraint(
                condition=Q(offers_to_lead=False) | Q(answer="join"), name="only_a_participant_can_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_answer_display()}"


class Commitment(models.TextChoices):
    """What the förbundsdirektör decided about Göliska IT's part."""

    YES = "yes", _("Göliska IT åtar sig uppdraget")
    NO = "no", _("Göliska IT åtar sig inte uppdraget")


class ItAssessment(models.Model):
    """Göliska IT's assessment of what an initiative means for it, and whether it needs a decided commitment."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="it_assessment")
    impact = models.TextField(_("påverkan"), blank=True)
    capacity = models.TextField(_("kapacitet"), blank=True)
    cost = models.TextField(_("kostnad"), blank=True)
    security = models.TextField(_("säkerhet"), blank=True)
    request = models.TextField(_("frågan till Göliska IT"), blank=True)
    wished_start = models.DateField(_("önskad start"), null=True, blank=True)
    users = models.PositiveIntegerField(_("beräknat antal användare"), null=True, blank=True)
    objects_concerned = models.CharField(_("berörda system"), max_length=200, blank=True)
    effort_hours = models.PositiveIntegerField(_("timmar hos Göliska IT"), null=True, blank=True)
    commitment_needed = models.BooleanField(_("kräver beslut om åtagande"), default=False)
    handed_in_at = models.DateTimeField(_("lämnad"), null=True, blank=True, editable=False)
    commitment = models.CharField(_("åtagande"), max_length=10, choices=Commitment, blank=True, editable=False)

    PARTS = ("impact", "capacity", "cost", "security")

    class Meta:
        verbose_name = _("bedömning från Göliska IT")
        verbose_name_plural = _("bedömningar från Göliska IT")

    def __str__(self) -> str:
        return self.case.initiative.reference

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """Swedish names of the parts that are still empty."""
        return tuple(
            str(self._meta.get_field(part).verbose_name)  # type: ignore[union-attr]
            for part in self.PARTS
            if not getattr(self, part).strip()
        )
