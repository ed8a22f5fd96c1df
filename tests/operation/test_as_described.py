"""What docs/drift.md says about the database's two roles, followed to the letter on an empty server."""

from __future__ import annotations

import psycopg
import pytest

from .installation import Installation

EVENT = """
insert into governance_event (reference, kind, word, from_status, to_status, occurred_at, actor_name, role,
  decider_name, text, data) values ('DI-2026-001', 'comment', '', '', '', now(), 'Ada', '', '', '', '{}') returning id
"""
NO_RIGHT = psycopg.errors.InsufficientPrivilege


def refused(connection: psycopg.Connection, statement: str) -> bool:
    try:
        connection.execute(statement)  # type: ignore[call-overload]
    except NO_RIGHT:
        return True
    return False


def test_neither_role_is_more_than_the_guide_makes_it(installation: Installation) -> None:
    with installation.connect() as connection:
        roles = connection.execute(
            "select rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls from pg_roles"
            " where rolname like 'portal%' and rolname <> 'portal' order by rolname"
        ).fetchall()
        owned = connection.execute(
            "select tableowner, count(*) > 50 from pg_tables where schemaname = 'public' group by tableowner"
        ).fetchall()
        members = connection.execute(
            "select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = 'portal_app'"
        ).fetchone()
    assert roles == [("portal_app", *[False] * 5), ("portal_owner", *[False] * 5)]
    assert owned == [("portal_owner", True)]
    assert members == (0,)


def test_the_web_applications_role_may_add_to_the_log_and_do_nothing_else_to_it(installation: Installation) -> None:
    with installation.connect(role="portal_app") as app:
        (number,) = app.execute(EVENT).fetchone() or ()
        statements = [
            "update governance_event set text = 'annat'",
            "update governance_event set hash = null",
            "delete from governance_event",
            "truncate governance_event",
            "alter table governance_event disable trigger all",
            "alter table governance_event disable trigger event_append_only",
            "alter table governance_event add column own int",
            "drop trigger event_chain on governance_event",
            "drop table governance_event",
            "insert into governance_entry (table_name, row_id, recorded_at) values ('governance_case', 1, now())",
            "update governance_entry set content = null",
            "delete from governance_entry",
            "alter table governance_stage disable trigger entry_on_update",
            "set session_replication_role = replica",
            "select setval('governance_event_id_seq', 900)",
            "create temp table governance_event (id int)",
            "create table own (id int)",
            "create schema own",
            "set role portal_owner",
            "alter role portal_app superuser",
            "alter system set fsync = off",
            "copy governance_event to program 'true'",
            "copy governance_event from '/etc/hostname'",
            "update django_migrations set name = ''",
        ]
        assert [statement for statement in statements if not refused(app, statement)] == []
        whole = "select text, hash = governance_event_digest(e) from governance_event e where id = %s"
        kept = app.execute(whole, [number]).fetchall()
    assert kept == [("", True)]


def test_the_owner_is_stopped_by_the_triggers_as_long_as_they_are_there(installation: Installation) -> None:
    with installation.connect(role="portal_owner") as owner:
        owner.execute(EVENT)
        for statement in ("update governance_event set text = ''", "delete from governance_event"):
            with pytest.raises(psycopg.errors.RestrictViolation, match="bara fyllas på"):
                owner.execute(statement)
        assert refused(owner, "set session_replication_role = replica")
    assert "Kedjan är hel" in installation.python("manage.py", "verify_log", role="portal_app")


def test_what_the_owner_alters_with_the_triggers_off_is_named_by_the_check(installation: Installation) -> None:
    with installation.connect(role="portal_owner") as owner:
        ((altered,), _newer) = (owner.execute(EVENT).fetchone() or () for _time in range(2))
        text = "update governance_event set text = %s where id = %s"
        owner.execute("alter table governance_event disable trigger event_append_only")
        try:
            owner.execute(text, ["annat", altered])
            with pytest.raises(
                AssertionError, match=rf"Kedjan är bruten: händelse {altered} \(DI-2026-001\) har ändrats"
            ):
                installation.python("manage.py", "verify_log", role="portal_app")
        finally:
            owner.execute(text, ["", altered])
            owner.execute("alter table governance_event enable trigger event_append_only")
    assert "Kedjan är hel" in installation.python("manage.py", "verify_log", role="portal_app")
