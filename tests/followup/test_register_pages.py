"""Register in and out as pages: for administrators, with a preview, and nothing stored before it is confirmed."""

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from followup.imports.register import import_register
from initiatives.models import Initiative
from tests.cast import Cast
from tests.followup.workbook import Register
from v6portal.organizations.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "imports"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, book: Register, folder: Path, name: str = "vårt register.xlsx") -> Any:
    content = book.save(folder).read_bytes()
    return client.post(reverse("register_import"), {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_previewed_and_then_brought_in(cast: Cast, tmp_path: Path, media: Path) -> None:
    client = signed_in(cast.admin())
    response = upload(client, Register.in_progress(), tmp_path)
    address = response.url
    page = client.get(address)
    assert "Läs in vårt register.xlsx" in page.text
    assert "Inget är fel. Inget är sparat än." in page.text
    assert not Initiative.objects.exists()

    done = client.post(address, follow=True)
    assert "Registret är inläst: 21 rader skapade, 0 fanns redan." in done.text
    assert Initiative.objects.count() == 1
    assert list(media.iterdir()) == []


def test_faults_are_listed_and_there_is_no_button(cast: Cast, tmp_path: Path) -> None:
    client = signed_in(cast.admin())
    book = Register.in_progress()
    book["Etapper"][0]["Typ"] = "<b>sprint</b>"
    address = upload(client, book, tmp_path).url
    page = client.get(address)
    for text in ("1 fel", "Etapper", "&lt;b&gt;sprint&lt;/b&gt;", "förstudie, uppdrag, projekt, implementation"):
        assert text in page.text
    assert f'action="{address}"' not in page.text
    assert client.post(address).status_code == 200
    assert not Initiative.objects.exists()


def test_a_file_that_is_refused_says_why(cast: Cast) -> None:
    client = signed_in(cast.admin())
    response = client.post(reverse("register_import"), {"file": SimpleUploadedFile("a.xlsx", b"inte en bok")})
    assert "Filen är inte en arbetsbok" in client.get(response.url).text


def test_a_register_that_would_take_too_long_for_a_page_is_left_to_the_command(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("followup.views.register_io.MOST_ROWS", 10)
    client = signed_in(cast.admin())
    page = client.get(upload(client, Register.in_progress(), tmp_path).url)
    assert "Den som driver portalen kan läsa in den." in page.text


def test_a_form_without_a_file_or_with_too_large_a_one_says_so(cast: Cast, monkeypatch: Any) -> None:
    client = signed_in(cast.admin())
    assert "Välj en fil." in client.post(reverse("register_import")).text
    monkeypatch.setattr("followup.forms.register_io.MOST_BYTES", 5)
    page = client.post(reverse("register_import"), {"file": SimpleUploadedFile("a.xlsx", b"123456")})
    assert "högst 20 MB" in page.text
    assert page.status_code == 200


def test_a_notice_is_shown(cast: Cast, tmp_path: Path) -> None:
    client = signed_in(cast.admin())
    book = Register.in_progress()
    book.headers["3N"].append("Egen")
    page = client.get(upload(client, book, tmp_path).url)
    assert "Kolumnen Egen i bladet 3N hör inte till registret" in page.text


def test_another_persons_file_is_out_of_reach(cast: Cast, tmp_path: Path) -> None:
    address = upload(signed_in(cast.admin()), Register.in_progress(), tmp_path).url
    other = signed_in(cast.person("admin", "v6", 2))
    for response in (other.get(address), other.post(address)):
        assert response.url == reverse("register_import")
    assert not Initiative.objects.exists()


def test_a_file_waits_an_hour_and_only_the_last_one(cast: Cast, tmp_path: Path, media: Path) -> None:
    client = signed_in(cast.admin())
    first = upload(client, Register.in_progress(), tmp_path).url
    second = upload(client, Register.in_progress(), tmp_path).url
    assert client.get(first).url == reverse("register_import")
    (path,) = media.iterdir()
    assert (path.stat().st_mode & 0o777, media.stat().st_mode & 0o777) == (0o600, 0o700)
    hour_ago = time.time() - 3_700
    os.utime(path, (hour_ago, hour_ago))
    assert client.get(second).url == reverse("register_import")
    upload(signed_in(cast.person("admin", "v6", 2)), Register.in_progress(), tmp_path)
    assert path not in set(media.iterdir())


@pytest.mark.parametrize("token", ["..%2f..%2fetc%2fpasswd", "a" * 43, "å" * 43])
def test_a_made_up_token_leads_nowhere(token: str, cast: Cast) -> None:
    response = signed_in(cast.admin()).get(f"/register/import/{token}/")
    assert response.status_code in (302, 404)


def test_the_workbook_holds_what_the_person_may_read(cast: Cast, tmp_path: Path) -> None:
    assert import_register(Register.in_progress().also("DI-2025-002").save(tmp_path)).ok
    client = signed_in(cast.admin())
    assert "1 av 2 initiativ" in client.get(reverse("register_import")).text
    response = client.get(reverse("register_export"))
    assert response["Content-Disposition"].startswith('attachment; filename="register-20')
    book = load_workbook(BytesIO(response.getvalue()))
    assert [row[0] for row in book["Initiativ"].iter_rows(min_row=2, values_only=True)] == ["DI-2025-001"]


def test_only_administrators_come_in(cast: Cast) -> None:
    for user in (cast.coordinator(), cast.lead("skara"), cast.outsider()):
        client = signed_in(user)
        for address in (reverse("register_import"), reverse("register_export"), "/register/import/abc/"):
            assert client.get(address).status_code == 403
            assert client.post(address).status_code == 403
    for address in (reverse("register_import"), reverse("register_export")):
        assert "/login" in Client().get(address).url or "logga" in Client().get(address).url
