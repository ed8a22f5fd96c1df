"""Files that take long: asked for, made by the worker, told of, and fetched by nobody else with nothing too much."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from followup.exports import making
from followup.jobs import make_file, remove_files
from followup.models import OrderedFile
from governance import estimating
from governance.estimating import takes_long
from initiatives.models import Initiative
from tests.cast import Cast

from .history import History
from .reporting import forgetful, pdf_text, signed_in, text_of, workbook_of

__all__ = ["forgetful"]

pytestmark = pytest.mark.django_db

PERIOD = "/uppfoljning/2026-1/"
FILES = "/filer/"


@pytest.fixture
def slow(cast: Cast, forgetful: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file takes longer than anybody waits."""
    History("DI-1", v6="2026-01-20").joins("Skara", "2026-01-21")
    monkeypatch.setattr(estimating, "PATIENCE", 0.0)


def order(client: Client, what: str = "report_xlsx", query: str = "period=2026-1") -> OrderedFile:
    response = client.post(f"{FILES}bestall/", {"what": what, "query": query})
    assert (response.status_code, response.headers["Location"]) == (302, FILES)
    return OrderedFile.objects.latest("pk")


def files(client: Client) -> str:
    return text_of(client.get(FILES).content.decode())


def work() -> None:
    """What the worker does with what waits for it."""
    for job in ProcrastinateJob.objects.filter(task_name="followup.make_file", status="todo").order_by("pk"):
        make_file(**job.args)


class TestHowLong:
    @pytest.mark.parametrize(
        ("what", "rows", "long"),
        [
            ("report_pdf", 0, False),
            ("report_pdf", 4, False),
            ("report_pdf", 5, True),
            ("report_pdf", 10_000, True),
            ("report_xlsx", 1_800, False),
            ("report_xlsx", 1_801, True),
            ("case_list", 3_800, False),
            ("case_list", 3_801, True),
            ("register", 340, False),
            ("register", 341, True),
        ],
    )
    def test_it_is_told_beforehand_by_the_number_of_rows(self, what: str, rows: int, long: bool):
        assert takes_long(what, rows) is long

    def test_a_list_that_is_cut_on_paper_takes_no_longer(self):
        assert estimating.seconds("report_pdf", 100) == estimating.seconds("report_pdf", 10_000)


class TestAsking:
    def test_what_is_quick_is_a_link_and_a_file_at_once(self, cast: Cast, forgetful: None):
        History("DI-1", v6="2026-01-20")
        client = signed_in(cast.coordinator())
        assert f'href="{PERIOD}rapport.pdf"' in client.get(PERIOD).content.decode()
        assert client.get(f"{PERIOD}rapport.pdf").content.startswith(b"%PDF")

    def test_what_is_slow_is_a_button_and_its_address_a_choice(self, cast: Cast, slow: None):
        client = signed_in(cast.coordinator())
        html = client.get(PERIOD).content.decode()
        assert f'href="{PERIOD}rapport.pdf"' not in html
        assert html.count(f'action="{FILES}bestall/"') == 2
        words = text_of(client.get(f"{PERIOD}rapport.xlsx?kommun=skara").content.decode())
        assert "Filen tar en stund" in words
        assert "Jag väntar här i stället" in words
        book = workbook_of(client.get(f"{PERIOD}rapport.xlsx?kommun=skara&vanta=1").content)
        assert book["Översikt"]["A1"].value == "Uppföljning för Skara, 1:a halvåret 2026"

    def test_it_is_left_to_the_worker_with_progress_until_it_is_there(
        self, cast: Cast, slow: None, monkeypatch: pytest.MonkeyPatch
    ):
        client = signed_in(cast.director())
        ordered = order(client, "report_pdf", "period=2026-1&kommun=skara")
        assert ProcrastinateJob.objects.get(task_name="followup.make_file").queue_name == "files"
        assert "Uppföljning, PDF, 1:a halvåret 2026, Skara Väntar på sin tur." in files(client)
        assert "En fil som du beställt görs i bakgrunden." in text_of(client.get(PERIOD).content.decode())
        seen: list[str] = []
        real = making.render_pdf

        def render(report: Any) -> bytes:
            seen.append(files(client))
            return real(report)

        monkeypatch.setattr(making, "render_pdf", render)
        work()
        assert "Görs nu: steg 3 av 3." in seen[0]
        assert 'hx-trigger="every 3s"' not in client.get(FILES).content.decode()
        assert "Klar " in files(client)
        assert "En fil som du beställt är klar. Dina filer" in text_of(client.get(PERIOD).content.decode())
        response = client.get(f"{FILES}{ordered.pk}/")
        assert response.headers["Content-Disposition"] == 'attachment; filename="uppfoljning-2026-1-skara.pdf"'
        assert "Uppföljning för Skara" in pdf_text(response.content)
        assert "som du beställt" not in text_of(client.get(PERIOD).content.decode())

    def test_asking_twice_is_asking_once(self, cast: Cast, slow: None):
        client = signed_in(cast.director())
        assert order(client) == order(client)
        assert order(client) != order(client, "report_pdf")
        assert order(signed_in(cast.coordinator())).by == cast.coordinator()
        work()
        assert OrderedFile.objects.ready().count() == 3
        assert "2 filer som du beställt är klara." in text_of(client.get(PERIOD).content.decode())

    @pytest.mark.parametrize(
        ("status", "asked"),
        [
            (404, {"what": "exe"}),
            (404, {}),
            (404, {"what": "report_pdf", "query": "period=2026-1&kommun=v6"}),
            (404, {"what": "report_pdf", "query": "period=2026-3"}),
            (404, {"what": "case_list", "query": "q=" + "x" * 2000}),
            (403, {"what": "register"}),
        ],
    )
    def test_what_does_not_exist_or_is_not_hers_is_not_made(
        self, cast: Cast, slow: None, status: int, asked: dict[str, str]
    ):
        assert signed_in(cast.director()).post(f"{FILES}bestall/", asked).status_code == status
        assert not OrderedFile.objects.exists()

    def test_one_without_a_role_gets_no_report(self, cast: Cast, slow: None):
        client = signed_in(cast.outsider())
        asked = {"what": "report_pdf", "query": "period=2026-1"}
        assert client.post(f"{FILES}bestall/", asked).status_code == 403

    def test_a_long_list_of_initiatives_and_the_register_are_made_so_too(self, cast: Cast, slow: None):
        lead, admin = signed_in(cast.lead("skara")), signed_in(cast.admin())
        for client, address in ((lead, "/initiativ/lista.xlsx?q=DI-1"), (admin, "/register/export/")):
            html = client.get(address).content.decode()
            assert "Filen tar en stund" in html
            what, query = re.findall(r'<input type="hidden" name="(?:what|query)" value="([^"]*)"', html)
            ordered = order(client, what, query)
            work()
            response = client.get(f"{FILES}{ordered.pk}/")
            assert str(timezone.localdate()) in response.headers["Content-Disposition"]
            assert "DI-1" in str([c.value for sheet in workbook_of(response.content) for r in sheet for c in r])


class TestWhenItGoesWrong:
    def test_without_a_worker_the_page_says_so(self, cast: Cast, slow: None):
        client = signed_in(cast.director())
        order(client)
        OrderedFile.objects.update(asked_at=timezone.now() - dt.timedelta(seconds=61))
        assert "Arbetaren, som gör filerna, verkar stå stilla" in files(client)

    def test_a_file_that_could_not_be_made_says_so_and_can_be_asked_for_again(
        self, cast: Cast, slow: None, monkeypatch: pytest.MonkeyPatch
    ):
        client = signed_in(cast.director())
        first = order(client)
        with monkeypatch.context() as broken:
            broken.setattr(making, "render_xlsx", lambda report: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                work()
        assert "Filen blev inte gjord. Beställ den igen" in files(client)
        assert client.get(f"{FILES}{first.pk}/").status_code == 404
        again = order(client)
        assert again != first

    def test_one_whose_worker_died_does_not_stand_in_the_way(self, cast: Cast, slow: None):
        client = signed_in(cast.director())
        dead = order(client)
        OrderedFile.objects.update(began_at=timezone.now() - dt.timedelta(minutes=11))
        assert order(client) != dead
        assert "Filen blev inte gjord" in files(client)

    def test_one_who_has_lost_her_roles_gets_no_file(self, cast: Cast, slow: None):
        director = cast.director()
        ordered = order(signed_in(director))
        director.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
        with pytest.raises(PermissionError):
            work()
        ordered.refresh_from_db()
        assert (ordered.failed, ordered.content) == (True, None)


class TestWhoFetchesIt:
    def test_nobody_else_whatever_the_role(self, cast: Cast, slow: None):
        ordered = order(signed_in(cast.director()))
        work()
        for other in (cast.director("vara"), cast.coordinator(), cast.admin(), cast.lead("skara")):
            client = signed_in(other)
            assert client.get(f"{FILES}{ordered.pk}/").status_code == 404
            assert "1:a halvåret 2026" not in files(client)

    def test_what_she_may_no_longer_read_is_not_in_it(self, cast: Cast, slow: None):
        client = signed_in(cast.reader("vara"))
        ordered = order(client)
        work()
        Initiative.objects.filter(reference="DI-1").update(is_secret=True)
        response = client.get(f"{FILES}{ordered.pk}/", follow=True)
        words = text_of(response.content.decode())
        assert "Vad du får läsa har ändrats sedan filen gjordes. Den görs om nu." in words
        assert not OrderedFile.objects.filter(pk=ordered.pk).exists()
        work()
        again = OrderedFile.objects.get()
        book = workbook_of(client.get(f"{FILES}{again.pk}/").content)
        assert "DI-1" not in str([cell.value for sheet in book for row in sheet.iter_rows() for cell in row])


class TestHowLongItIsKept:
    def test_two_days(self, cast: Cast, slow: None):
        order(signed_in(cast.director()))
        kept = order(signed_in(cast.coordinator()))
        OrderedFile.objects.exclude(pk=kept.pk).update(asked_at=timezone.now() - dt.timedelta(days=2, minutes=1))
        remove_files(timestamp=0)
        assert OrderedFile.objects.get() == kept
        work()  # the job of the one that is gone has nothing to do
        assert OrderedFile.objects.ready().get() == kept

    def test_the_database_keeps_a_file_with_its_end(self, cast: Cast, slow: None):
        ordered = order(signed_in(cast.director()))
        for wrong in ({"content": b"x"}, {"ended_at": timezone.now()}, {"what": "exe"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                OrderedFile.objects.filter(pk=ordered.pk).update(**wrong)


def test_the_list_asks_as_much_of_many_files_as_of_one(cast: Cast, slow: None, django_assert_num_queries: Any):
    client = signed_in(cast.director())
    for kommun in ("skara", "vara", "essunga"):
        order(client, query=f"period=2026-1&kommun={kommun}")
        files(client)
        with django_assert_num_queries(6):
            files(client)
