"""The other half of the log: what every row that figures are read from has held, written by the database itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .events import Event


class Entry(models.Model):
    """An *anteckning*: a row of a table as it became. Written by the table's own trigger (migration
    ``what_the_rows_have_held``), chained as the events are, and never changed.

    ``id``, ``recorded_at``, ``previous_hash`` and ``hash`` are given by the database.
    """

    id = models.BigAutoField(primary_key=True)
    table_name = models.CharField(_("tabell"), max_length=63)
    row_id = models.BigIntegerField(_("rad"))
    case_id = models.BigIntegerField(_("ärende"), null=True)
    """The case that the row belongs to, by its initiative's primary key."""
    content = models.JSONField(_("innehåll"), null=True)
    """The whole row less what the database works out of it; nothing where the row was taken away."""
    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+")
    """The newest event of the transaction that wrote the row; nothing where it left no event."""
    was_there = models.BooleanField(_("fanns redan"), db_default=False)
    """Whether the row was there when entries began to be kept: what it held before that nobody knows."""
    recorded_at = models.DateTimeField(_("registrerat"))
    previous_hash = models.BinaryField(null=True, editable=False)
    hash = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("anteckning")
        verbose_name_plural = _("anteckningar")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["table_name", "case_id", "row_id", "-id"], name="entry_of_row"),
            models.Index(fields=["-recorded_at"], name="entry_was_there", condition=models.Q(was_there=True)),
        ]

    def __str__(self) -> str:
        return f"{self.table_name}#{self.row_id}"
