"""In demo mode nothing leaves the machine, and what would have gone can be read by the one it is written to."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.mail import sending
from governance.models import Mail, Notice
from governance.statuses import Status
from tests.cast import Cast
from tests.postoffice import PostOffice, free_port, give_address, open_for_business
from tests.walk import Walk
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def walk(cast: Cast) -> Walk:
    give_address(cast.staff())
    User.objects.filter(pk=cast.staff().pk).update(is_demo=True)
    walk = Walk(cast)
    walk.to(Status.SUPPLEMENT)
    sending.go_round()
    return walk


@pytest.mark.parametrize(
    "environment", [{}, {"EMAIL_URL": "smtp://mail.example.se:25"}, {"EMAIL_URL": "smtp+tls://u:p@mail.example.se"}]
)
@pytest.mark.parametrize(("demo_mode", "backend"), [("on", "dummy"), ("off", "governance.mail.post")])
def test_whatever_the_environment_says(environment: dict[str, str], demo_mode: str, backend: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import v6portal.settings as s; print(s.EMAIL_BACKEND)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, "DEMO": demo_mode, **environment},
        capture_output=True,
        text=True,
    )
    assert backend in done.stdout, done.stderr


def test_the_mail_server_is_not_spoken_to(walk: Walk, settings: Any) -> None:
    office = PostOffice()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with open_for_business(office, settings.EMAIL_PORT):
        walk.act(Act.WITHDRAW, walk.lead, motivation="Behövs inte.")
        sending.go_round()
    assert office.spoken_to == 0
    assert Mail.objects.filter(state=Mail.State.SENT).count() == 3


class TestTheMailbox:
    @pytest.fixture
    def client(self, walk: Walk) -> Client:
        client = Client()
        client.force_login(walk.author)
        return client

    def test_ones_mail_with_the_newest_first(self, client: Client) -> None:
        page = client.get("/demo/mejl/")
        assert [mail.subject.split(":")[0] for mail in page.context["page_obj"]] == [
            "Komplettering behövs",
            "Inskickat",
        ]

    def test_each_can_be_read_as_text(self, client: Client) -> None:
        mail = Mail.objects.latest("pk")
        page = client.get(f"/demo/mejl/{mail.pk}/").content.decode()
        assert "Hur många berörs?" in page
        assert "staff.skara@example.se" in page
        assert re.search(r'<a href="http://127\.0\.0\.1:8000/initiativ/DI-[\d-]+/steg/supplement/"', page)

    def test_and_as_the_html_that_was_sent_under_a_policy_that_allows_its_style_alone(self, client: Client) -> None:
        mail = Mail.objects.latest("pk")
        answer = client.get(f"/demo/mejl/{mail.pk}/html/")
        assert answer.content.decode() == mail.html
        (sheet,) = re.findall(r"<style>(.*?)</style>", mail.html, re.DOTALL)
        its_hash = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        policy = answer["Content-Security-Policy"]
        assert f"style-src 'sha256-{its_hash}';" in policy
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "unsafe" not in policy

    @pytest.mark.parametrize("rest", ["", "html/"])
    def test_nobody_elses(self, client: Client, cast: Cast, rest: str) -> None:
        mail = Mail.objects.latest("pk")
        for person in (cast.lead(), cast.admin(), cast.staff(number=2)):
            other = Client()
            other.force_login(person)
            assert other.get(f"/demo/mejl/{mail.pk}/{rest}").status_code == 404
            assert list(other.get("/demo/mejl/").context["page_obj"]) == []

    def test_nor_ones_own_about_what_one_may_see_no_longer(self, client: Client, walk: Walk, cast: Cast) -> None:
        mail = Mail.objects.latest("pk")
        walk.act(
            Act.MARK_SECRET,
            cast.registrar(),
            legal_basis="OSL 18 kap. 8 §",
            marked_on=timezone.localdate(),
            readers=[(cast.orgs["skara"], Role.REGISTRAR)],
        )
        assert walk.case.initiative.title not in client.get("/demo/mejl/").content.decode()
        assert client.get(f"/demo/mejl/{mail.pk}/").status_code == 404
        assert client.get(f"/demo/mejl/{mail.pk}/html/").status_code == 404

    def test_outside_demo_mode_there_is_no_such_page(self, client: Client, settings: Any) -> None:
        mail = Mail.objects.latest("pk")
        User.objects.filter(pk=mail.recipient_id).update(is_demo=False)  # or nobody could be signed in
        settings.DEMO = False
        for address in ("/demo/mejl/", f"/demo/mejl/{mail.pk}/", f"/demo/mejl/{mail.pk}/html/"):
            assert client.get(address).status_code == 404
        assert "/demo/mejl/" not in client.get("/").content.decode()

    def test_a_newcomer_finds_it_on_the_first_page(self, client: Client) -> None:
        assert client.get("/").content.decode().count('href="/demo/mejl/"') == 2

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_list_costs_the_same_however_long(
        self, client: Client, walk: Walk, count: int, django_assert_num_queries: Any
    ) -> None:
        mail = Mail.objects.first()
        for _copy in range(count):
            mail.pk = None
            mail.save(force_insert=True)
        client.get("/demo/mejl/")
        with django_assert_num_queries(6):
            client.get("/demo/mejl/")


def test_a_demo_begins_with_no_mail_and_no_notices(settings: Any) -> None:
    """What happened before the portal is told to nobody."""
    call_command("seed_demo", verbosity=0)
    assert User.objects.filter(is_demo=True).exclude(email__endswith="@demo.invalid").count() == 0
    assert not Notice.objects.exists()
    sending.go_round()
    assert not Mail.objects.exists()
