"""The initiative itself, its numbered revisions, and who may see it."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.expressions import Folded, FoldedStems, LocalDate, SwedishKey
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

SEARCH_CONFIG = "swedish"
MINUTES_AN_HOUR = 60


def visible_to(user: User, prefix: str = "") -> Q:
    """The rows whose initiative the person may see, as a condition.

    ``prefix`` is the path to the initiative, e.g. ``"initiative__"``. Source: docs/process.md, *Vem ser vad*: a draft
    is its authors' alone, for as long as they have a role in its organisation; what is submitted is seen by people with
    a role in the same organisation (all its staff where it has chosen so); what is sent to V6 by people with a role in
    any of the eight; what is marked secret only by the roles that the marking names. Django's superuser flag changes
    nothing.
    """

    def q(**conditions: Any) -> Q:
        return Q(**{prefix + name: value for name, value in conditions.items()})

    memberships = user.current_memberships
    with_insight = [m for m in memberships if m.role != Role.STAFF]
    homes = {m.organisation_id for m in with_insight}
    homes |= {m.organisation_id for m in memberships if m.organisation.all_staff_read}
    written = Initiative.co_authors.through.objects.filter(user=user).values("initiative_id")
    own = (q(author=user) | q(pk__in=written)) & q(organisation__in={m.organisation_id for m in memberships})
    common = own | q(organisation__in=homes)
    if with_insight:
        common |= q(shared_at__isnull=False)
    secret = q(pk__in=SecrecyReader.objects.held_by(user).values("marking__initiative_id"))
    draft = q(submitted_at__isnull=True)
    return (draft & own) | (~draft & q(is_secret=False) & common) | (~draft & q(is_secret=True) & secret)


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def visible_to(self, user: User) -> Self:
        """What the person may see; see the function of the same name."""
        return self.filter(visible_to(user))

    def drafts(self) -> Self:
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def written_by(self, user: User) -> Self:
        """Those the person has written, alone or together."""
        return self.filter(Q(author=user) | Q(co_authors=user)).distinct()

    def matching(self, text: str) -> Self:
        """Full-text search with Swedish stemming in title, need, benefit and idea, or the beginning of a reference."""
        query = SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")
        start = text.strip()
        by_reference = Q(reference__startswith=start) | Q(reference__startswith=start.upper())
        return self.filter(Q(search=query) | by_reference)


class Initiative(models.Model):
    """A proposal to do something digitally, by a person in one organisation (*digitaliseringsinitiativ*)."""

    reference = models.CharField(_("referens"), max_length=20, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="initiatives"
    )
    department = models.CharField(_("förvaltning"), max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("inlämnare"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
    )
    author_name = models.CharField(_("inlämnarens namn"), max_length=150, blank=True)
    co_authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("medförfattare"), blank=True, related_name="co_authored"
    )

    title = models.CharField(_("titel"), max_length=200)
    need = models.TextField(_("problem eller behov"), blank=True)
    benefit = models.TextField(_("väntad nytta"), blank=True)
    idea = models.TextField(_("idé till lösning"), blank=True)
    targets_residents = models.BooleanField(_("målgrupp invånare"), default=False)
    targets_employees = models.BooleanField(_("målgrupp medarbetare"), default=False)
    times_per_year = models.PositiveIntegerField(_("gånger per år"), null=True, blank=True)
    minutes_each_time = models.PositiveIntegerField(_("minuter per gång"), null=True, blank=True)
    people_involved = models.PositiveIntegerField(_("antal medarbetare"), null=True, blank=True)
    existing_solutions = models.TextField(_("finns något liknande i dag"), blank=True)
    goal_or_law = models.TextField(_("mål, uppdrag eller lag"), blank=True)
    business_owner = models.CharField(_("verksamhetsägare"), max_length=150, blank=True)
    hours_per_year = models.GeneratedField(
        verbose_name=_("timmar per år"),
        expression=F("times_per_year") * 1.0 * F("minutes_each_time") * F("people_involved") / MINUTES_AN_HOUR,
        output_field=models.FloatField(),
        db_persist=True,
    )

    created_at = models.DateTimeField(_("skapat"))
    submitted_at = models.DateTimeField(_("inskickat"), null=True, blank=True)
    shared_at = models.DateTimeField(_("inkommet till V6"), null=True, blank=True)
    submitted_on = models.GeneratedField(
        expression=LocalDate("submitted_at"), output_field=models.DateField(), db_persist=True
    )
    shared_on = models.GeneratedField(
        expression=LocalDate("shared_at"), output_field=models.DateField(), db_persist=True
    )
    is_secret = models.BooleanField(_("sekretessmarkerat"), default=False, editable=False)
    made_by_form = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    """Which opened form the draft was first saved from, so that the same form never makes two."""
    last_form = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    """Which opened form saved the draft last: what that form sends after that is no collision with itself."""
    last_sequence = models.PositiveIntegerField(db_default=0, editable=False)
    """The number of that form's sending; one that was sent earlier and comes late has a lower number."""

    sort_key = models.GeneratedField(
        expression=SwedishKey("title"), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    folded_title = models.GeneratedField(expression=Folded("title"), output_field=models.TextField(), db_persist=True)
    """In small letters without dots and rings, for what is spelt otherwise or stands inside a compound."""
    folded_stems = models.GeneratedField(
        expression=FoldedStems("title"), output_field=ArrayField(models.TextField()), db_persist=True
    )
    """The words of the title, for what is the head or the tail of another's compound."""
    search = models.GeneratedField(
        expression=SearchVector("title", config=SEARCH_CONFIG, weight="A")
        + SearchVector("need", config=SEARCH_CONFIG, weight="B")
        + SearchVector("benefit", "idea", config=SEARCH_CONFIG, weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiativ")
        verbose_name_plural = _("initiativ")
        ordering = ["-created_at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(fields=["folded_stems"], name="initiative_folded_stems"),
            GinIndex(fields=["folded_title"], opclasses=["gin_trgm_ops"], name="initiative_folded_title"),
            models.Index(fields=["sort_key"], name="initiative_sort_key"),
            models.Index(fields=["organisation", "submitted_on"], name="initiative_org_submitted"),
            models.Index(fields=["submitted_on"], name="initiative_submitted_on"),
            models.Index(fields=["shared_on"], name="initiative_shared_on"),
            models.Index(fields=["-submitted_at", "-id"], name="initiative_newest"),
            models.Index(
                fields=["submitted_at"],
                include=["organisation", "shared_at", "is_secret", "author", "id"],
                name="initiative_visibility",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["made_by_form"], condition=~Q(made_by_form=""), name="one_draft_of_a_form"),
            models.CheckConstraint(condition=~Q(title=""), name="initiative_has_title"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | (~Q(need="") & ~Q(benefit="") & (Q(targets_residents=True) | Q(targets_employees=True))),
                name="submitted_initiative_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(submitted_at__isnull=False, shared_at__gte=F("submitted_at")),
                name="shared_initiative_is_submitted",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(submitted_at__gte=F("created_at")),
                name="submitted_after_created",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("initiative", args=[self.reference])

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    @property
    def is_shared(self) -> bool:
        """Whether it has been sent to V6 at some time; going back to the kommun does not undo that."""
        return self.shared_at is not None

    def is_written_by(self, user: User) -> bool:
        return self.author_id == user.pk or self.co_authors.filter(pk=user.pk).exists()


class ReferenceCounter(models.Model):
    """The last running number given in a year; the row is the lock that keeps references unique."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"DI-{self.year}: {self.last}"


class Revision(models.Model):
    """The text of an initiative as it stood at one submission or supplement. Never overwritten."""

    FIELDS = (
        "title",
        "department",
        "need",
        "benefit",
        "idea",
        "targets_residents",
        "targets_employees",
        "times_per_year",
        "minutes_each_time",
        "people_involved",
        "existing_solutions",
        "goal_or_law",
        "business_owner",
    )

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("nummer"))
    made_at = models.DateTimeField(_("tidpunkt"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(_("av"), max_length=150, blank=True)
    content = models.JSONField(_("innehåll"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisioner")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="revision_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.reference} rev. {self.number}"


class SecrecyMarking(models.Model):
    """That an initiative is under sekretess, by which provision, since when; readers name who sees it still."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="secrecy")
    legal_basis = models.CharField(_("lagrum"), max_length=120)
    marked_on = models.DateField(_("datum"))

    class Meta:
        verbose_name = _("sekretessmarkering")
        verbose_name_plural = _("sekretessmarkeringar")
        constraints = [models.CheckConstraint(condition=~Q(legal_basis=""), name="secrecy_names_its_provision")]

    def __str__(self) -> str:
        return self.legal_basis


class SecrecyReaderQuerySet(models.QuerySet["SecrecyReader"]):
    def held_by(self, user: User) -> Self:
        """The readers that the person is, by a role held today."""
        mine = Q(pk__in=[])
        for membership in user.current_memberships:
            mine |= Q(organisation_id=membership.organisation_id, role=membership.role)
        return self.filter(mine)


class SecrecyReader(models.Model):
    """One role in one organisation that still sees a secret initiative."""

    marking = models.ForeignKey(SecrecyMarking, on_delete=models.CASCADE, related_name="readers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("roll"), max_length=20, choices=Role)

    objects = SecrecyReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("får läsa")
        verbose_name_plural = _("får läsa")
        constraints = [
            models.UniqueConstraint(fields=["marking", "organisation", "role"], name="secrecy_reader_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"
