"""The database keeps the scores of an assessment that is handed in, through whichever door."""

from django.db import migrations

CREATE = """
create function initiatives_score_is_kept() returns trigger language plpgsql as $$
begin
  if exists (select from initiatives_assessment where id = old.assessment_id and handed_in_at is not null) then
    raise exception 'Svar i en lämnad bedömning ändras inte.' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;
create trigger score_is_kept before update or delete on initiatives_score
  for each row execute function initiatives_score_is_kept();
"""
DROP = """
drop trigger score_is_kept on initiatives_score;
drop function initiatives_score_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0017_who_saved_an_assessment")]

    operations = [migrations.RunSQL(CREATE, DROP)]
