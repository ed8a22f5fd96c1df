"""Sent once or with certainty not at all: against a real mail server on loopback and a real PostgreSQL."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from governance.acts import Act
from governance.attempts import next_attempt
from governance.mail import jobs, sending
from governance.mail.housekeeping import remove_old
from governance.management.commands.worker import work
from governance.models import Mail, Notice
from governance.statuses import Status
from tests.cast import Cast
from tests.postoffice import PostOffice, free_port, give_address, open_for_business, part, subject
from tests.walk import Walk, decision

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
State = Mail.State


@pytest.fixture
def port(settings: Any) -> int:
    """Where the portal believes its mail server to be."""
    settings.EMAIL_BACKEND = "governance.mail.post.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    settings.PORTAL_URL = "https://portal.example.se"
    settings.DEFAULT_FROM_EMAIL = "V6-portalen <portal@example.se>"
    return int(settings.EMAIL_PORT)


@pytest.fixture
def office(port: int) -> Iterator[PostOffice]:
    office = PostOffice()
    with open_for_business(office, port):
        yield office


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """A draft; its author has an address."""
    give_address(cast.staff())
    return Walk(cast)


def only() -> Mail:
    return Mail.objects.get()


def later(**delta: int) -> None:
    """As if that much time had passed since every mail was queued, tried or claimed."""
    for mail in Mail.objects.all():
        for name in ("queued_at", "due_at", "claimed_at"):
            if value := getattr(mail, name):
                setattr(mail, name, value - dt.timedelta(**delta))
        mail.save()


def weekday(date: dt.date) -> dt.date:
    """The day itself, or the Monday after a Saturday or a Sunday."""
    return date + dt.timedelta(days={5: 2, 6: 1}.get(date.weekday(), 0))


def run_worker() -> None:
    """The real worker on the real queue, until nothing waits. In a thread: the browser's loop may own this one."""
    thread = threading.Thread(target=lambda: asyncio.run(work(wait=False)))
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


# --- What arrives


class TestDelivered:
    def test_by_the_worker_after_commit_as_text_and_html(self, walk: Walk, office: PostOffice) -> None:
        walk.submit()
        assert office.delivered == []
        run_worker()
        (message,) = office.delivered
        reference = walk.case.initiative.reference
        assert subject(message) == f"Inskickat: Digitala nycklar i hemtjänsten ({reference})"
        assert message["To"] == "staff.skara@example.se"
        assert message["From"] == "V6-portalen <portal@example.se>"
        assert message["Auto-Submitted"] == "auto-generated"
        for kind in ("plain", "html"):
            body = part(message, kind)
            assert "Digitala nycklar i hemtjänsten" in body
            assert reference in body
            assert "Initiativet är inskickat och har kommit fram." in body
            assert f"https://portal.example.se/initiativ/{reference}/" in body
            assert "https://portal.example.se/mina-mejl/" in body
            assert "Du får mejlet för att du har skrivit initiativet." in body
        assert only().state == State.SENT

    def test_it_says_when_an_answer_can_be_expected(self, walk: Walk, office: PostOffice) -> None:
        walk.submit()
        sending.go_round()
        read = weekday(timezone.localdate() + dt.timedelta(days=10))
        answered = weekday(read + dt.timedelta(days=20))
        text = part(office.delivered[0], "plain")
        assert f"Det ska vara påbörjat senast den {date_format(read, 'j F Y')}." in text
        assert f"Räkna med ett första svar senast den {date_format(answered, 'j F Y')}." in text
        assert "Utvecklingsledaren i Skara" in part(office.delivered[0], "plain")

    def test_the_question_stands_in_the_mail_and_the_link_lands_where_it_is_answered(
        self, walk: Walk, office: PostOffice
    ) -> None:
        walk.to(Status.SUPPLEMENT)
        sending.go_round()
        text = part(office.delivered[-1], "plain")
        assert "Frågan:\nHur många berörs?" in text
        assert "<blockquote>Hur många berörs?</blockquote>" in part(office.delivered[-1], "html")
        link = re.search(r"https://portal\.example\.se(/initiativ/\S+)", text)
        assert link is not None
        client = Client()
        sign_in = client.get(link[1])
        assert sign_in.status_code == 302
        assert unquote(urlsplit(sign_in.url).query) == f"next={link[1]}"
        answer = client.post(sign_in.url, {"username": "staff.skara", "password": Cast.password}, follow=True)
        assert answer.redirect_chain[-1][0] == link[1]
        assert "Hur många berörs?" in answer.content.decode()

    def test_questions_about_single_answers_stand_there_too(self, walk: Walk, office: PostOffice) -> None:
        walk.to(Status.QUALIFYING)
        asked = {"need": "Hur ofta? <Ofta>", "existing_solutions": "", "benefit": "För vem?"}
        walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Hur många berörs?", questions=asked)
        sending.go_round()
        text, html = (part(office.delivered[-1], kind) for kind in ("plain", "html"))
        assert (
            "Tre frågor:\nHur många berörs?\n\nProblem eller behov\nHur ofta? <Ofta>\n\nVäntad nytta\nFör vem?\n\n"
            "Finns något liknande i dag?\nUtvecklingsledare Skara vill att du ser över det här svaret.\n" in text
        )
        assert "<blockquote>Hur ofta? &lt;Ofta&gt;</blockquote>" in html

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({}, "Kommundirektör Skara, kommundirektör i Skara, har beslutat att genomföra initiativet på egen hand."),
            ({"decider_name": "Mia Berg"}, "Mia Berg har beslutat att genomföra initiativet på egen hand."),
            (
                {"body": "Kommunstyrelsen", "protocol_reference": "KS 2026 § 12"},
                "Kommunstyrelsen har beslutat att genomföra initiativet på egen hand.",
            ),
        ],
    )
    def test_a_decision_names_its_decider(
        self, walk: Walk, office: PostOffice, given: dict[str, str], says: str
    ) -> None:
        walk.to(Status.PRIORITISED)
        walk.act(Act.DECIDE_LOCAL, walk.decider, **decision(walk.decider, **given))
        sending.go_round()
        message = office.delivered[-1]
        assert says in part(message, "plain")
        assert subject(message).startswith("Genomförs lokalt: Digitala nycklar")

    def test_what_others_wrote_is_only_text(self, cast: Cast, office: PostOffice) -> None:
        give_address(cast.staff())
        walk = Walk(cast, title="<script>alert(1)</script> & c:o")
        walk.submit()
        sending.go_round()
        assert "<script>" not in part(office.delivered[0], "html")
        assert "<script>alert(1)</script> & c:o" in part(office.delivered[0], "plain")

    def test_a_title_with_line_breaks_writes_no_headers(self, cast: Cast, office: PostOffice) -> None:
        give_address(cast.staff())
        walk = Walk(cast, title="Nycklar\r\nBcc: alla@example.se\n\nHej")
        walk.submit()
        sending.go_round()
        (message,) = office.delivered
        assert message["Bcc"] is None
        assert subject(message).startswith("Inskickat: Nycklar Bcc: alla@example.se Hej (DI-")

    def test_outside_demo_mode_nothing_of_what_it_said_is_kept(self, walk: Walk, office: PostOffice) -> None:
        walk.submit()
        sending.go_round()
        assert (only().subject, only().text, only().html) == ("", "", "")


# --- Tried again


class TestTriedAgain:
    def test_a_server_that_refuses_twice_and_then_accepts(self, walk: Walk, office: PostOffice) -> None:
        office.answers = ["451 Försök senare", "452 Fullt"]
        walk.submit()
        sending.go_round()
        assert (only().state, only().error, only().attempts) == (State.QUEUED, "SMTPDataError 451", 1)
        sending.go_round()
        assert office.spoken_to == 1, "not before its time"
        later(minutes=1)
        sending.go_round()
        assert (only().error, only().attempts) == ("SMTPDataError 452", 2)
        later(minutes=5)
        sending.go_round()
        sending.go_round()
        assert (only().state, only().error, only().attempts) == (State.SENT, "", 3)
        assert len(office.delivered) == 1

    def test_every_attempt_bears_the_same_number(self, walk: Walk, office: PostOffice) -> None:
        walk.submit()
        number = Notice.objects.get().event_id
        sending.go_round()
        assert office.delivered[0]["Message-ID"] == f"<portal.{number}.{walk.author.pk}@portal.example.se>"
        Mail.objects.update(state=State.UNCERTAIN)
        call_command("mail", "--retry", str(only().pk), verbosity=0)
        sending.go_round()
        first, second = office.delivered
        assert first["Message-ID"] == second["Message-ID"]

    def test_no_server_at_all(self, walk: Walk, port: int) -> None:
        walk.submit()
        sending.go_round()
        assert (only().state, only().error) == (State.QUEUED, "ConnectionRefusedError")
        office = PostOffice()
        with open_for_business(office, port):
            later(minutes=1)
            run_worker()
            sending.go_round()
        assert len(office.delivered) == 1

    def test_the_connection_dropped_before_the_text_was_given(self, walk: Walk, office: PostOffice) -> None:
        office.hangs_up = "before"
        walk.submit()
        sending.go_round()
        assert (only().state, only().error) == (State.QUEUED, "SMTPServerDisconnected")
        office.hangs_up = ""
        later(minutes=1)
        sending.go_round()
        assert len(office.delivered) == 1

    def test_when_the_server_is_away_the_others_wait_without_an_attempt_each(self, cast: Cast, port: int) -> None:
        give_address(cast.staff(), cast.staff(number=2))
        walk = Walk(cast)
        walk.case.initiative.co_authors.add(cast.staff(number=2))
        walk.submit()
        sending.send_at_once()
        assert [mail.attempts for mail in Mail.objects.all()] == [1]
        assert Notice.objects.waiting().count() == 1

    def test_given_up_after_two_days(self, walk: Walk, office: PostOffice) -> None:
        office.answers = ["451 Nej"] * 100
        walk.submit()
        sending.go_round()
        attempts = 1
        while only().state == State.QUEUED and attempts < 50:
            later(hours=6)
            sending.go_round()
            attempts += 1
        assert only().state == State.FAILED
        assert only().attempts == 8

    def test_nobody_by_that_name_is_given_up_at_once(self, walk: Walk, office: PostOffice) -> None:
        office.refused = {"staff.skara@example.se": "550 Okänd"}
        walk.submit()
        sending.go_round()
        assert (only().state, only().error) == (State.FAILED, "SMTPRecipientsRefused 550")

    def test_full_for_now_is_tried_again(self, walk: Walk, office: PostOffice) -> None:
        office.refused = {"staff.skara@example.se": "450 Fullt"}
        walk.submit()
        sending.go_round()
        assert (only().state, only().error) == (State.QUEUED, "SMTPRecipientsRefused 450")

    def test_one_who_is_refused_does_not_hold_up_the_next(self, cast: Cast, office: PostOffice) -> None:
        give_address(cast.staff(), cast.staff(number=2))
        office.refused = {"staff.skara@example.se": "550 Okänd"}
        walk = Walk(cast)
        walk.case.initiative.co_authors.add(cast.staff(number=2))
        walk.submit()
        sending.send_at_once()
        assert list(office.told) == ["staff.skara.2@example.se"]

    def test_one_that_cannot_be_written_waits_like_any_other(
        self, walk: Walk, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "letter_for", lambda *_given: 1 / 0)
        walk.submit()
        sending.go_round()
        assert (only().state, only().error, only().attempts) == (State.QUEUED, "ZeroDivisionError", 1)


@pytest.mark.parametrize(
    ("failures", "waits"),
    [
        (1, dt.timedelta(minutes=1)),
        (2, dt.timedelta(minutes=5)),
        (3, dt.timedelta(minutes=30)),
        (4, dt.timedelta(hours=2)),
        (5, dt.timedelta(hours=6)),
        (9, dt.timedelta(hours=6)),
    ],
)
def test_how_long_it_waits(failures: int, waits: dt.timedelta) -> None:
    now = timezone.now()
    assert next_attempt(failures, now, now) == now + waits
    assert next_attempt(failures, now - dt.timedelta(days=2), now) is None


# --- Never twice


class TestNeverTwice:
    def test_the_connection_dropped_after_the_text_was_given_is_uncertain_and_left_alone(
        self, walk: Walk, office: PostOffice
    ) -> None:
        office.hangs_up = "after"
        walk.submit()
        sending.go_round()
        assert (only().state, only().error) == (State.UNCERTAIN, "SMTPServerDisconnected")
        later(days=1)
        sending.go_round()
        assert len(office.delivered) == 1

    def test_a_job_that_comes_twice_sends_once(self, walk: Walk, office: PostOffice) -> None:
        event = walk.submit()
        for _time in range(3):
            sending.send_at_once(event=event.pk)
        assert len(office.delivered) == 1

    def test_four_workers_at_once_send_each_mail_once(self, cast: Cast, office: PostOffice) -> None:
        people = [cast.staff(number=n) for n in range(1, 11)]
        give_address(*people)
        walk = Walk(cast)
        walk.case.initiative.co_authors.set(people[1:])
        event = walk.submit()
        at_once([lambda: sending.send_at_once(event=event.pk), sending.go_round] * 2)
        assert sorted(office.told) == sorted(person.email for person in people)
        assert all(len(subjects) == 1 for subjects in office.told.values())
        assert Mail.objects.filter(state=State.SENT).count() == 10

    def test_two_real_workers_share_the_work(self, cast: Cast, port: int, office: PostOffice) -> None:
        give_address(cast.staff())
        for number in range(6):
            Walk(cast, title=f"Idé {number}").submit()
        with subprocess_worker(port, "--once") as first, subprocess_worker(port, "--once") as second:
            assert (first.wait(40), second.wait(40)) == (0, 0)
        subjects = office.told["staff.skara@example.se"]
        assert len(subjects) == len(set(subjects)) == 6

    def test_an_attempt_that_is_under_way_is_nobody_elses(self, walk: Walk, office: PostOffice) -> None:
        """One worker is speaking to the server; the other finds nothing to do."""
        walk.submit()
        sending.send_at_once()
        Mail.objects.update(state=State.SENDING, ended_at=None)
        sending.go_round()
        assert len(office.delivered) == 1
        assert only().state == State.SENDING

    def test_a_worker_killed_in_the_middle_leaves_it_uncertain(self, walk: Walk, port: int) -> None:
        """Killed, not ended in order, with the server's answer to the text still to come."""
        office, reached, go_on = PostOffice(), threading.Event(), threading.Event()

        async def slowly(server: Any, session: Any, envelope: Any) -> str:
            office.spoken_to += 1
            reached.set()
            await asyncio.to_thread(go_on.wait, 20)
            return "250 OK"

        office.handle_DATA = slowly  # type: ignore[method-assign]
        walk.submit()
        with open_for_business(office, port), subprocess_worker(port) as worker:
            assert reached.wait(30)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            go_on.set()
        assert only().state == State.SENDING
        sending.go_round()
        assert only().state == State.SENDING, "it may still be going on somewhere"
        later(minutes=16)
        sending.go_round()
        sending.go_round()
        assert (only().state, only().error) == (State.UNCERTAIN, "BrokenOff")

    def test_a_worker_told_to_stop_finishes_what_it_is_doing(self, walk: Walk, port: int) -> None:
        office, reached = PostOffice(), threading.Event()
        receive = office.handle_DATA

        async def slowly(server: Any, session: Any, envelope: Any) -> str:
            reached.set()
            await asyncio.sleep(1)
            return await receive(server, session, envelope)

        office.handle_DATA = slowly  # type: ignore[method-assign]
        walk.submit()
        with open_for_business(office, port), subprocess_worker(port) as worker:
            assert reached.wait(30)
            worker.terminate()
            assert worker.wait(20) == 0
        assert only().state == State.SENT
        assert len(office.delivered) == 1


def at_once(calls: list[Callable[[], Any]]) -> None:
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(run, calls))


class subprocess_worker:  # noqa: N801 - reads as a function
    """`manage.py worker` as it is run, on the test's database and against the test's mail server."""

    def __init__(self, port: int, *arguments: str) -> None:
        self.arguments = [sys.executable, "manage.py", "worker", *arguments]
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        self.environment = {**os.environ, "DATABASE_URL": url, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}

    def __enter__(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            self.arguments, cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        return self.process

    def __exit__(self, *_failure: object) -> None:
        self.process.kill()
        self.process.communicate()


def test_the_worker_ends_when_the_one_who_started_it_is_gone(transactional_db: None) -> None:
    with subprocess_worker(free_port(), "--with-stdin") as worker:
        wait_until(lambda: registered_workers() == 1)
        assert worker.stdin is not None
        worker.stdin.close()
        worker.stdin = None
        assert worker.wait(20) == 0
    assert registered_workers() == 0


def test_a_mail_is_on_its_way_as_soon_as_the_act_has_committed(walk: Walk, port: int, office: PostOffice) -> None:
    """The queue wakes the worker; it does not wait for its next round."""
    with subprocess_worker(port) as worker:
        wait_until(lambda: registered_workers() == 1)
        time.sleep(0.5)
        walk.submit()
        wait_until(lambda: bool(office.delivered), within=2)
        worker.terminate()
        worker.wait(20)


def registered_workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_workers")
        (number,) = cursor.fetchone()
    return int(number)


def wait_until(true: Callable[[], bool], within: float = 20) -> None:
    give_up = time.monotonic() + within
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.02)


# --- Housekeeping, and an administrator's help


def test_old_mail_is_removed_and_new_mail_is_not(walk: Walk, office: PostOffice, settings: Any) -> None:
    settings.MAIL_KEPT_DAYS = 30
    walk.to(Status.SUPPLEMENT)
    sending.go_round()
    old, new = Mail.objects.order_by("pk")
    Mail.objects.filter(pk=old.pk).update(ended_at=timezone.now() - dt.timedelta(days=31))
    remove_old()
    assert list(Mail.objects.all()) == [new]
    sending.go_round()
    assert len(office.delivered) == 2, "what has been told is not told again"


def test_jobs_that_are_done_leave_nothing_behind(walk: Walk, office: PostOffice) -> None:
    walk.submit()
    run_worker()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'governance.deliver'")
        assert cursor.fetchone() == (0,)


def test_a_job_whose_worker_died_is_told_to_have_failed_by_night_and_an_old_one_removed(walk: Walk) -> None:
    walk.submit()
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')")
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = (select max(id) from procrastinate_workers)"
        )
    assert tidied() == ["failed"]
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = now() - interval '40 days'")
    assert tidied() == []


def tidied() -> list[str]:
    """The states of the jobs when the night's round has been made."""

    async def tidy() -> None:
        connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
        with app.replace_connector(connector):
            async with app.open_async():
                await jobs.tidy(0)
        await sync_to_async(lambda: connection.close())()

    thread = threading.Thread(target=lambda: asyncio.run(tidy()))
    thread.start()
    thread.join(30)
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs order by id")
        return [state for (state,) in cursor.fetchall()]


def test_with_a_pool_of_connections_too_the_job_is_part_of_the_transaction(walk: Walk, port: int) -> None:
    """In a process of its own: the pool is a matter of the settings."""
    code = (
        "import django; django.setup();"
        "from django.db import connection, transaction; from procrastinate.contrib.django import app;"
        "from procrastinate.contrib.django.models import ProcrastinateJob as Job;"
        "transaction.set_autocommit(False);"
        "app.configure_task('governance.deliver').defer(event=0);"
        "print(Job.objects.count(), end=' '); transaction.rollback();"
        "print(Job.objects.count(), end=' '); transaction.rollback(); transaction.set_autocommit(True);"
        "print(connection.pool is not None); connection.close(); connection.close_pool()"
    )
    environment = {
        **subprocess_worker(port).environment,
        "DATABASE_POOL": "on",
        "DJANGO_SETTINGS_MODULE": "v6portal.settings",
    }
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "0", "True"], done.stderr


def test_how_it_stands_can_be_asked_and_what_failed_tried_again(
    walk: Walk, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    office.refused = {"staff.skara@example.se": "550 Okänd"}
    walk.submit()
    sending.go_round()
    call_command("mail")
    assert "1  gick inte att skicka" in capsys.readouterr().out
    office.refused = {}
    call_command("mail", "--retry-failed")
    told = capsys.readouterr().out
    assert "1 mejl ligger i kö igen." in told
    assert "Det äldsta i kön är från" in told
    sending.go_round()
    assert len(office.delivered) == 1


def test_what_may_have_gone_is_tried_again_only_by_its_number(walk: Walk, office: PostOffice) -> None:
    office.hangs_up = "after"
    walk.submit()
    sending.go_round()
    call_command("mail", "--retry-failed", verbosity=0)
    assert only().state == State.UNCERTAIN
    call_command("mail", "--retry", str(only().pk), verbosity=0)
    assert only().state == State.QUEUED
