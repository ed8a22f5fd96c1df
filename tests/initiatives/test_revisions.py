"""Each submission and supplement is a numbered revision, and the database overwrites none."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from governance.acts import Act
from governance.statuses import Status
from initiatives.models import Revision
from tests.cast import Cast
from tests.walk import Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """Supplemented once."""
    walk = Walk(cast).to(Status.SUPPLEMENT)
    walk.act(Act.SUPPLEMENT, walk.author, motivation="Tjugo.", fields={"need": "Tjugo nycklar om dagen."})
    return walk


def test_a_draft_has_none_and_its_submission_is_the_first(cast: Cast) -> None:
    walk = Walk(cast)
    assert not walk.case.initiative.revisions.exists()
    walk.submit()
    assert [(r.number, r.made_by_name) for r in walk.case.initiative.revisions.all()] == [(1, str(walk.author))]


def test_a_supplement_is_the_next_and_the_first_reads_as_it_did(walk: Walk) -> None:
    texts = {r.number: r.content["need"] for r in walk.case.initiative.revisions.all()}
    assert texts == {
        1: "Personalen hämtar och lämnar fysiska nycklar flera gånger per pass.",
        2: "Tjugo nycklar om dagen.",
    }


@pytest.mark.parametrize(
    "change", ["number = 7", "content = '{}'::jsonb", "made_by_name = 'Annan'", "made_at = now()", "number = number"]
)
def test_the_database_refuses_to_change_one(walk: Walk, change: str) -> None:
    with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update initiatives_revision set {change} where initiative_id = %s", [walk.case.pk])


def test_and_to_delete_one(walk: Walk) -> None:
    with pytest.raises(DatabaseError, match="tas aldrig bort"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from initiatives_revision where initiative_id = %s", [walk.case.pk])


def test_nor_does_the_portals_own_code_get_past_it(walk: Walk) -> None:
    revision = walk.case.initiative.revisions.get(number=1)
    revision.content = {**revision.content, "need": "Något annat."}
    with pytest.raises(DatabaseError), transaction.atomic():
        revision.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).delete()
    revision.refresh_from_db()
    assert revision.content["need"].startswith("Personalen")
