"""Decisions with everything they must name, the kommuner's answers, and Göliska IT's assessment."""

from __future__ import annotations

import re
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models import visible_to
from v6portal.organizations.models import Organisation, User

from ..acts import Act
from .cases import Case
from .events import Event
from .inquiry import acts_shown_to

IN_ADDRESS = re.compile(r"(?P<key>[a-z0-9-]+)-(?P<year>[0-9]{4})-(?P<running>[0-9]{3,6})")


class Stance(models.TextChoices):
    """What a group recommends. A recommendation is not a decision."""

    APPROVE = "approve", _("tillstyrker")
    DISAPPROVE = "disapprove", _("avstyrker")
    REFER_BACK = "refer_back", _("återremitterar")


class DecisionCounter(models.Model):
    """The last running number given to an organisation's decisions of a year; the row is the lock. See migration."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="decision_counter_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}: {self.last}"


class Reporting(models.Model):
    """That decisions of an organisation were reported to a body (*anmälan*, kommunallagen 6 kap. 40 § and 7 kap. 8 §).

    One row for each time, however many decisions were reported; the database never changes it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="reporting")
    body = models.CharField(_("organ"), max_length=150)
    reported_on = models.DateField(_("sammanträdesdag"))
    paragraph = models.CharField(_("paragraf"), max_length=40)

    class Meta:
        verbose_name = _("anmälan av beslut")
        verbose_name_plural = _("anmälningar av beslut")
        ordering = ["reported_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body="") & ~Q(paragraph=""), name="reporting_names_body_and_paragraph")
        ]

    def __str__(self) -> str:
        return _("anmält till %(body)s %(day)s %(paragraph)s") % {
            "body": self.body,
            "day": self.reported_on.isoformat(),
            "paragraph": self.paragraph,
        }


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases whose initiative the person may see, less the answers that are kept from her for now."""
        return self.filter(visible_to(user, "case__initiative__"), acts_shown_to(user, "act"))

    def waiting_to_be_reported(self) -> Self:
        return self.filter(to_be_reported=True, reporting__isnull=True)

    def numbered(self, number: str) -> Self:
        """The one with the number as it stands in an address, ``skara-2026-014``; none where it is no number."""
        match = IN_ADDRESS.fullmatch(number)
        if match is None:
            return self.none()
        return self.filter(organisation__key=match["key"], year=match["year"], running=match["running"])


class Decision(models.Model):
    """A *beslut*, with what kommunallagen 6 kap. 37–40 §§ and 7 kap. 5–8 §§ and förvaltningslagen 31–32 §§ ask for.

    Numbered by the database without gaps, for each organisation and year of decision. What was decided is never
    changed: a correction is a decision of its own that names the one it corrects. Only ``reporting`` is filled in
    later, once.
    """

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
    decider_title = models.CharField(_("beslutsfattarens titel"), max_length=150, blank=True)
    presented_by = models.CharField(_("föredragande"), max_length=150, blank=True)
    """Who presented the matter, and who else took part in its final handling (förvaltningslagen 31 § 4–5)."""
    concerns = models.CharField(_("vem beslutet rör"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("år"), default=0, editable=False)
    running = models.PositiveIntegerField(_("löpnummer"), default=0, editable=False)
    """Of the organisation and year; both are given by the database when the row is written."""
    corrects = models.OneToOneField(
        "self", verbose_name=_("rättar"), on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    reporting = models.ForeignKey(
        Reporting, verbose_name=_("anmälan"), on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    prepared_by = models.ForeignKey(
        "AgendaItem",
        verbose_name=_("rekommendation som ligger till grund"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
    )

    objects = DecisionQuerySet.as_manager()

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
            models.UniqueConstraint(fields=["organisation", "year", "running"], name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("pk")), name="decision_does_not_correct_itself"
            ),
            models.CheckConstraint(
                condition=Q(reporting__isnull=True) | Q(to_be_reported=True), name="decision_reported_was_to_be"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-decided_on", "-running"], name="decision_list")]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.get_act_display()}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.in_address])

    @property
    def number(self) -> str:
        """``Skara 2026-014``. Its organisation is loaded."""
        return f"{self.organisation.short_name} {self.year}-{self.running:03d}"

    @property
    def in_address(self) -> str:
        return f"{self.organisation.key}-{self.year}-{self.running:03d}"

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
