"""A published version is locked whole: its name, its parts, what is added to it, and that it is published.

An edit and a publication at the same moment wait for each other: the edit holds the version while it lasts, so what is
published is what was looked at.
"""

from django.db import migrations, models

PARTS = ["initiatives_criterion", "initiatives_gatequestion"]

CREATE = """
create or replace function initiatives_published_is_locked() returns trigger language plpgsql as $$
begin
  perform 1 from initiatives_assessmentmodel where id in (old.model_id, new.model_id) for share;
  if exists (
    select 1 from initiatives_assessmentmodel where id in (old.model_id, new.model_id) and published_at is not null
  ) then
    raise exception 'En publicerad bedömningsmodell ändras inte. Gör en ny version.' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create function initiatives_published_model_is_locked() returns trigger language plpgsql as $$
begin
  raise exception 'En publicerad bedömningsmodell ändras inte. Gör en ny version.' using errcode = 'restrict_violation';
end $$;
create trigger published_is_not_changed before update on initiatives_assessmentmodel for each row
  when (old.published_at is not null and old.* is distinct from new.*)
  execute function initiatives_published_model_is_locked();
create trigger published_is_not_deleted before delete on initiatives_assessmentmodel for each row
  when (old.published_at is not null) execute function initiatives_published_model_is_locked();
""" + "".join(
    f"create trigger published_takes_nothing_more before insert on {table}"
    " for each row execute function initiatives_published_is_locked();"
    for table in PARTS
)
DROP = (
    "".join(f"drop trigger published_takes_nothing_more on {table};" for table in PARTS)
    + """
drop trigger published_is_not_deleted on initiatives_assessmentmodel;
drop trigger published_is_not_changed on initiatives_assessmentmodel;
drop function initiatives_published_model_is_locked();
create or replace function initiatives_published_is_locked() returns trigger language plpgsql as $$
begin
  if exists (select 1 from initiatives_assessmentmodel where id = old.model_id and published_at is not null) then
    raise exception 'En publicerad bedömningsmodell ändras inte. Gör en ny version.' using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
"""
)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0014_scenarios")]

    operations = [
        migrations.AddField(
            model_name="assessmentmodel",
            name="published_by_name",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=150, verbose_name="publicerad av"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="assessmentmodel",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_by_name", ""), ("published_at__isnull", False), _connector="OR"),
                name="only_a_published_model_has_a_publisher",
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
