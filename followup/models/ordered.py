"""Files that take long to make: who asked for what, how far it has come, and the file until it is fetched."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import User


class OrderedFileQuerySet(models.QuerySet["OrderedFile"]):
    def visible_to(self, user: User) -> Self:
        """A file is for the one who asked for it, and for nobody else whatever her roles."""
        return self.filter(by=user)

    def in_list(self) -> Self:
        """The latest first, without the files themselves."""
        return self.defer("content").order_by("-pk")

    def ready(self) -> Self:
        return self.filter(ended_at__isnull=False, failed=False)


class OrderedFile(models.Model):
    """A file that the worker makes. It is no record: it is removed after some days."""

    class What(models.TextChoices):
        REPORT_PDF = "report_pdf", _("Uppföljning, PDF")
        REPORT_XLSX = "report_xlsx", _("Uppföljning, Excel")
        CASE_LIST = "case_list", _("Lista med initiativ, Excel")
        REGISTER = "register", _("Registret, Excel")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ordered_files")
    what = models.CharField(_("slag"), max_length=20, choices=What)
    query = models.CharField(_("urval"), max_length=2000, blank=True)
    """What was chosen, as an address says it: a half-year and a kommun, or the filters of a list."""
    asked_at = models.DateTimeField(_("beställd"))
    began_at = models.DateTimeField(_("påbörjad"), null=True)
    ended_at = models.DateTimeField(_("klar"), null=True)
    fetched_at = models.DateTimeField(_("hämtad"), null=True)
    done = models.PositiveSmallIntegerField(_("steg gjorda"), default=0)
    total = models.PositiveSmallIntegerField(_("steg"), default=0)
    failed = models.BooleanField(_("gick inte"), default=False)
    sight = models.CharField(max_length=64, blank=True)
    """What the person might read when it was made, as a checksum; another one means that it is made anew."""
    content = models.BinaryField(null=True)

    objects = OrderedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("beställd fil")
        verbose_name_plural = _("beställda filer")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content__isnull=False, ended_at__isnull=False, failed=False)
                | Q(content__isnull=True, ended_at__isnull=True)
                | Q(content__isnull=True, failed=True),
                name="ordered_file_is_there_when_done",
            ),
            models.CheckConstraint(
                condition=Q(what__in=("report_pdf", "report_xlsx", "case_list", "register")),
                name="ordered_file_of_a_known_kind",
            ),
            models.UniqueConstraint(
                fields=["by", "what", "query"],
                condition=Q(ended_at__isnull=True),
                name="ordered_file_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.query}".strip()
