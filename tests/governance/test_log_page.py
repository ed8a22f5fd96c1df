"""The page about the log of record: checked in chunks, by a person or by the clock, and what is found is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from governance import chain
from governance.actions import checking
from governance.acts import Act
from governance.chain import checked, first_break, head
from governance.mail.jobs import check_log, check_log_nightly
from governance.models import LogCheck
from governance.statuses import Status
from tests.cast import Cast
from tests.governance.recorded import owner, settle, sql
from tests.governance.test_log import as_the_owner_might
from tests.walk import Walk
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db
REWRITTEN = """
update governance_event e set text = 'annat',
  hash = governance_event_digest(jsonb_populate_record(e, jsonb_build_object('text', 'annat'))) where id = 2
"""


def press(client: Client) -> str:
    return " ".join(client.post("/logg/", follow=True).content.decode().split())


def test_a_whole_log_says_when_by_whom_how_many_and_gives_the_newest_hash(cast: Cast, client: Client) -> None:
    Walk(cast).to(Status.QUALIFIED)
    client.force_login(cast.registrar())
    assert "Ingen kontroll är gjord än" in client.get("/logg/").content.decode()
    html = press(client)
    newest = head()
    assert newest
    assert "Kedjan är hel" in html
    assert f">{newest.number}:{newest.hash}</textarea>" in html
    assert f"{newest.number} av {newest.number}" in html
    assert str(cast.registrar()) in html


@pytest.mark.parametrize("chunk", [1, 2, 4, 5, 100])
def test_whatever_the_chunks_the_same_break_is_found(cast: Cast, chunk: int) -> None:
    Walk(cast).to(Status.QUALIFIED)  # five events
    assert [one.number for one in checked(chunk)][-1] == 5
    assert all(one.broken is None for one in checked(chunk))
    as_the_owner_might("update governance_event set text = 'annat' where id = 4")
    assert list(checked(chunk))[-1].broken == chain.Break(4, first_break().reference, 0, True)


@pytest.mark.parametrize("chunk", [1, 2, 100])
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("delete from governance_event where id in (3, 4)", (5, 2, False)),
        ("delete from governance_event where id = 1", (2, 1, False)),
        (
            REWRITTEN,
            (3, 0, False),
        ),
        ("update governance_event set hash = null where id = 5", (5, 0, True)),
    ],
)
def test_what_the_owner_does_is_found_in_any_chunks(
    cast: Cast, chunk: int, statement: str, found: tuple[int, int, bool]
) -> None:
    Walk(cast).to(Status.QUALIFIED)
    as_the_owner_might(statement)
    broken = list(checked(chunk))[-1].broken
    assert broken
    assert (broken.number, broken.missing, broken.altered) == found


def test_an_empty_log_has_nothing_to_check(cast: Cast) -> None:
    assert list(checked()) == []
    assert checking.begin_check(None).ended_at is not None


def test_a_broken_link_is_told_with_its_case_to_those_who_may_read_it(cast: Cast, client: Client) -> None:
    reference = Walk(cast).to(Status.QUALIFIED).case.initiative.reference
    as_the_owner_might("update governance_event set text = 'annat' where id = 3")
    client.force_login(cast.registrar())
    assert f"Händelse 3 ({reference}) har ändrats i efterhand." in press(client)
    for person in (cast.registrar("vara"), cast.admin()):
        client.force_login(person)
        html = client.get("/logg/").content.decode()
        assert "Händelse 3 (ett ärende som du inte får läsa" in html
        assert reference not in html


def test_a_broken_link_among_the_entries_is_told_too(cast: Cast, client: Client) -> None:
    Walk(cast).to(Status.QUALIFIED)
    settle()
    client.force_login(cast.registrar())
    assert "Kedjan är hel" in press(client)
    with owner("governance_entry", "entry_append_only"):
        sql("update governance_entry set content = '{}' where id = 2")
    assert "Anteckning 2 i loggen hänger inte ihop med den före, eller har ändrats i efterhand." in press(client)


def test_a_long_log_is_left_to_the_worker_and_the_page_says_how_far_it_is(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "AT_ONCE", 3)
    Walk(cast).to(Status.QUALIFIED)
    client.force_login(cast.registrar())
    assert "Kontrollen görs i bakgrunden." in press(client)
    press(client)  # one is under way: no second one is begun
    check = LogCheck.objects.get()
    LogCheck.objects.update(checked=4)
    html = " ".join(client.get("/logg/").content.decode().split())
    assert "Kontrollen pågår" in html
    assert "4 av 5" in html
    check_log(check.pk)
    assert "Kedjan är hel" in client.get("/logg/").content.decode()


def test_every_night_by_the_clock(cast: Cast, client: Client) -> None:
    Walk(cast).to(Status.SUBMITTED)
    check_log_nightly(0)
    client.force_login(cast.admin())
    html = client.get("/logg/").content.decode()
    assert "Kedjan är hel" in html
    assert "portalen, på natten" in html


def test_it_is_for_registrars_and_administrators_and_in_their_menu(cast: Cast, client: Client) -> None:
    for role, home, status in (
        (Role.REGISTRAR, "vara", 200),
        (Role.ADMIN, "v6", 200),
        (Role.DIRECTOR, "skara", 403),
        (Role.COORDINATOR, "v6", 403),
    ):
        client.force_login(cast.person(role, home))
        assert client.get("/logg/").status_code == client.post("/logg/", follow=True).status_code == status
        assert (">Beslut och logg<" in client.get("/initiativ/").content.decode()) == (status == 200)


def test_the_text_that_is_hashed_is_the_one_that_is_given_out(cast: Cast) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.act(Act.COMMENT, walk.lead, motivation="åäö ”citat” \\ och\nrad")
    with chain.connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from governance_event e where hash <> sha256(coalesce(previous_hash, ''::bytea)"
            " || convert_to(governance_event_content(e), 'UTF8'))"
        )
        assert cursor.fetchone() == (0,)
