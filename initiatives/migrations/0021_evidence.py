"""Files that speak of what was done, and do not belong to the text."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0020_attachments_may_be_purged"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attachment",
            name="attachment_once",
        ),
        migrations.AddField(
            model_name="attachment",
            name="is_evidence",
            field=models.BooleanField(default=False, verbose_name="underlag"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_evidence", False), ("removed_at__isnull", True)),
                fields=("initiative", "sha256"),
                name="attachment_once",
            ),
        ),
    ]
