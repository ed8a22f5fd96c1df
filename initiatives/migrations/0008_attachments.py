"""Attachments, which the database keeps as they were once the initiative has been submitted."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import initiatives.models.attachments

GUARD = """
create function initiatives_attachment_is_kept() returns trigger language plpgsql as $$
begin
  if exists (select 1 from initiatives_initiative where id = old.initiative_id and submitted_at is not null) then
    if tg_op = 'DELETE' then
      raise exception 'Det som är inskickat tas aldrig bort (%).', tg_table_name using errcode = 'restrict_violation';
    end if;
    if old.removed_at is not null
       or to_jsonb(new) - 'removed_at' - 'removed_by_id' <> to_jsonb(old) - 'removed_at' - 'removed_by_id' then
      raise exception 'En inskickad bilaga ändras inte.' using errcode = 'restrict_violation';
    end if;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger nothing_submitted_is_deleted before delete or update on initiatives_attachment
  for each row execute function initiatives_attachment_is_kept();
"""
UNGUARD = """
drop trigger nothing_submitted_is_deleted on initiatives_attachment;
drop function initiatives_attachment_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0007_revisions_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("file", models.FileField(upload_to=initiatives.models.attachments.opaque_name, verbose_name="fil")),
                ("name", models.CharField(max_length=100, verbose_name="namn")),
                ("content_type", models.CharField(max_length=100, verbose_name="slag")),
                ("size", models.PositiveBigIntegerField(verbose_name="storlek")),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_by_name", models.CharField(max_length=150, verbose_name="tillagd av")),
                ("uploaded_at", models.DateTimeField(verbose_name="tillagd")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="borttagen")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bilaga",
                "verbose_name_plural": "bilagor",
                "ordering": ["uploaded_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("initiative", "sha256"),
                        name="attachment_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="attachment_is_not_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "content_type__in",
                                [
                                    "application/pdf",
                                    "image/png",
                                    "image/jpeg",
                                    "image/webp",
                                    "image/gif",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                                    "application/vnd.oasis.opendocument.text",
                                    "application/vnd.oasis.opendocument.spreadsheet",
                                    "application/vnd.oasis.opendocument.presentation",
                                ],
                            )
                        ),
                        name="attachment_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="attachment_removed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
