"""Demo accounts get an address that no mail can reach, so that the demo's mailbox has something to show."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_refuse_delete")]

    operations = [
        migrations.RunSQL(
            "update organizations_user set email = username || '@demo.invalid' where is_demo and email = ''",
            migrations.RunSQL.noop,
        ),
    ]
