"""*Gemensam bedömning*: never changed, never deleted, and only about a closed round's own criteria."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREATE = """
create trigger nothing_submitted_is_deleted before delete on initiatives_jointmark
  for each row execute function portal_refuse_delete();

create function initiatives_jointmark_refuse_change() returns trigger language plpgsql as $$
begin
  if new.superseded and (to_jsonb(new) - 'superseded') = (to_jsonb(old) - 'superseded') then
    return new;
  end if;
  raise exception 'En gemensam bedömning ändras aldrig. En ny är en ny rad.' using errcode = 'restrict_violation';
end $$;
create trigger joint_mark_never_changes before update on initiatives_jointmark
  for each row execute function initiatives_jointmark_refuse_change();

create function initiatives_jointmark_belongs() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from initiatives_round r join initiatives_criterion c on c.model_id = r.model_id
    where r.id = new.round_id and c.id = new.criterion_id and r.closed_at is not null
  ) then
    return new;
  end if;
  raise exception 'En gemensam bedömning gäller ett kriterium i en stängd omgångs egen modell.'
    using errcode = 'restrict_violation';
end $$;
create trigger joint_mark_belongs before insert on initiatives_jointmark
  for each row execute function initiatives_jointmark_belongs();
"""
DROP = """
drop trigger joint_mark_belongs on initiatives_jointmark;
drop function initiatives_jointmark_belongs();
drop trigger joint_mark_never_changes on initiatives_jointmark;
drop function initiatives_jointmark_refuse_change();
drop trigger nothing_submitted_is_deleted on initiatives_jointmark;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0010_joint_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.PositiveSmallIntegerField(null=True, verbose_name="gemensamt värde")),
                ("motivation", models.TextField(verbose_name="motivering")),
                ("agreed_by_name", models.CharField(max_length=150, verbose_name="inskrivet av")),
                ("agreed_at", models.DateTimeField(verbose_name="tidpunkt")),
                ("superseded", models.BooleanField(default=False)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint_marks",
                        to="initiatives.criterion",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joint_marks", to="initiatives.round"
                    ),
                ),
            ],
            options={
                "verbose_name": "gemensam bedömning",
                "verbose_name_plural": "gemensamma bedömningar",
                "ordering": ["agreed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded", False)),
                        fields=("round", "criterion"),
                        name="joint_mark_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True), models.Q(("value__gte", 1), ("value__lte", 5)), _connector="OR"
                        ),
                        name="joint_mark_value_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("motivation", ""), _negated=True), name="joint_mark_has_its_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
