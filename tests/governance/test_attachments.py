"""Attachments: taken in, given out only to those who see the initiative, and kept once it has been sent in."""

from __future__ import annotations

import io
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from governance.actions import attach, delete_draft, remove_attachment
from governance.acts import Act
from governance.models import Case, Event
from governance.statuses import Status
from initiatives.attachments.packages import MEGABYTE
from initiatives.history import bring_in_initiatives
from initiatives.models import Attachment, Initiative
from tests.cast import Cast
from tests.initiatives.files import docx, pdf, photo, picture, zipped
from tests.walk import Walk
from tests.world import EVERYBODY, SEES, World
from v6portal.middleware import LargestFile
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_memory(settings: Settings) -> None:
    """Nothing here needs a path on a disk: any storage will do, and an object storage has none to offer."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


def sent(content: bytes, name: str = "avtal.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def different(number: int) -> bytes:
    """A picture that is none of the others."""
    return picture("PNG", size=(number + 2, 4))


def add(case: Case, by: User, content: bytes | None = None, name: str = "avtal.pdf") -> Attachment:
    attach(case=case, by=by, file=sent(content or pdf(), name), name=name)
    return Attachment.objects.latest("pk")


def page_of(case: Case) -> str:
    return reverse("attachments", args=[case.initiative.reference])


def address_of(attachment: Attachment) -> str:
    return attachment.get_absolute_url()


def stored() -> list[str]:
    return default_storage.listdir("bilagor")[1] if default_storage.exists("bilagor") else []


def kinds(case: Case) -> list[str]:
    return list(case.events.order_by("id").values_list("kind", flat=True))


@pytest.fixture
def draft(cast: Cast) -> Walk:
    return Walk(cast)


@pytest.fixture
def asked(cast: Cast) -> Walk:
    """A supplement is wanted; one attachment came with the first revision."""
    walk = Walk(cast)
    add(walk.case, walk.author, name="från början.pdf")
    return walk.to(Status.SUPPLEMENT)


@pytest.fixture
def author(cast: Cast, client: Client) -> Client:
    client.force_login(cast.staff())
    return client


class TestOnADraft:
    def test_a_file_is_chosen_and_belongs_to_it(self, draft: Walk, author: Client) -> None:
        answer = author.post(page_of(draft.case), {"files": sent(pdf())})
        assert answer["Location"] == reverse("initiative_edit", args=[draft.case.initiative.reference]) + "#bilagor"
        found = draft.case.initiative.attachments.get()
        assert (found.name, found.content_type, found.uploaded_by) == ("avtal.pdf", "application/pdf", draft.author)
        html = author.get(answer["Location"]).content.decode()
        assert "Bilagan är tillagd." in html
        assert "avtal.pdf" in html

    def test_several_at_once_and_the_good_ones_are_kept(self, draft: Walk, author: Client) -> None:
        files = [sent(pdf()), sent(b"MZ", "faktura.exe"), sent(different(1), "skärm.png"), sent(b"", "tom.pdf")]
        page = author.post(page_of(draft.case), {"files": files})
        assert page.status_code == 422
        assert [a.name for a in draft.case.initiative.attachments.all()] == ["avtal.pdf", "skärm.png"]
        html = page.content.decode()
        assert "<b>faktura.exe</b>: <span data-sentence>Filen är ett program eller skript." in html
        assert "<b>tom.pdf</b>: <span data-sentence>Filen är tom." in html
        assert "De andra 2 filerna är tillagda." in html

    def test_nothing_chosen_is_said(self, draft: Walk, author: Client) -> None:
        page = author.post(page_of(draft.case))
        assert page.status_code == 422
        assert "Välj minst en fil." in page.content.decode()

    def test_it_leaves_no_event_as_the_text_of_a_draft_leaves_none(self, draft: Walk) -> None:
        remove_attachment(case=draft.case, by=draft.author, attachment=add(draft.case, draft.author))
        assert kinds(draft.case) == ["create"]

    def test_a_co_author_adds_too(self, draft: Walk, cast: Cast) -> None:
        draft.case.initiative.co_authors.add(cast.staff(number=2))
        assert add(draft.case, cast.staff(number=2)).uploaded_by == cast.staff(number=2)

    def test_nobody_else_does(self, draft: Walk, cast: Cast) -> None:
        with pytest.raises(Refused, match="Bara den som skrivit utkastet"):
            add(draft.case, cast.lead())
        assert stored() == []

    def test_removed_it_is_gone_file_and_all(
        self, draft: Walk, author: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        found = add(draft.case, draft.author)
        address = reverse("attachment_remove", args=[draft.case.initiative.reference, found.public_id])
        assert "Det går inte att ångra." in author.get(address).content.decode()
        assert stored() != []
        with django_capture_on_commit_callbacks(execute=True):
            answer = author.post(address)
        assert answer.status_code == 302
        assert not Attachment.objects.exists()
        assert stored() == []
        assert author.get(address_of(found)).status_code == 404

    def test_so_it_is_when_the_whole_draft_is_thrown_away(
        self, draft: Walk, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        add(draft.case, draft.author)
        with django_capture_on_commit_callbacks(execute=True):
            delete_draft(case=draft.case, by=draft.author)
        assert not Attachment.objects.exists()
        assert stored() == []

    def test_a_new_initiative_says_to_save_first(self, author: Client) -> None:
        html = author.get("/initiativ/nytt/").content.decode()
        assert "Spara utkastet först, så kan du lägga till dokument och bilder här." in html
        assert 'id="bilagor"' in html
        assert 'type="file"' not in html

    def test_the_rules_are_told_before_anything_is_chosen(self, draft: Walk, author: Client) -> None:
        html = author.get(reverse("initiative_edit", args=[draft.case.initiative.reference])).content.decode()
        assert "PDF, bilder (PNG, JPEG, WebP, GIF), Word, Excel, PowerPoint och OpenDocument. Högst 20 MB var." in html
        assert "10 till får plats." in html


class TestLimits:
    def test_as_many_as_there_is_room_for(self, draft: Walk, author: Client, settings: Settings) -> None:
        settings.ATTACHMENT_COUNT = 2
        page = author.post(page_of(draft.case), {"files": [sent(different(n), f"{n}.png") for n in range(3)]})
        assert "Initiativet har redan 2 bilagor, fler får det inte ha." in page.content.decode()
        assert draft.case.initiative.attachments.count() == 2
        assert len(stored()) == 2
        assert 'type="file"' not in page.content.decode()

    def test_the_same_file_twice_is_one(self, draft: Walk) -> None:
        add(draft.case, draft.author)
        with pytest.raises(Refused, match="Filen är redan bifogad, som ”avtal"):
            add(draft.case, draft.author, name="kopia.pdf")
        assert len(stored()) == 1

    def test_a_file_over_the_limit_is_cut_off_and_the_others_are_kept(
        self, draft: Walk, author: Client, settings: Settings
    ) -> None:
        settings.ATTACHMENT_MEGABYTES = 1
        page = author.post(page_of(draft.case), {"files": [sent(bytes(3 * MEGABYTE), "stor.pdf"), sent(pdf())]})
        assert "<b>stor.pdf</b>: <span data-sentence>Filen är större än 1 MB." in page.content.decode()
        assert [a.name for a in draft.case.initiative.attachments.all()] == ["avtal.pdf"]

    def test_a_file_is_cut_off_where_it_becomes_too_large(self) -> None:
        handler = LargestFile(RequestFactory().post("/"), 10)
        handler.file_name = "stor.pdf"
        assert handler.receive_data_chunk(b"0123456789", 0) == b"0123456789"
        with pytest.raises(SkipFile):
            handler.receive_data_chunk(b"1", 10)
        assert handler.too_large == ["stor.pdf"]

    def test_a_request_that_is_far_too_large_is_refused_before_it_is_read(
        self, draft: Walk, author: Client, settings: Settings
    ) -> None:
        settings.ATTACHMENT_MEGABYTES = settings.ATTACHMENT_COUNT = 1
        with patch("django.http.multipartparser.MultiPartParser.parse") as parse:
            page = author.post(page_of(draft.case), {"files": sent(bytes(3 * MEGABYTE))})
        assert not parse.called
        assert page.status_code == 413
        html = page.content.decode()
        assert "Det du skickade är för stort" in html
        assert "Hoppa till innehållet" in html

    @pytest.mark.parametrize("address", ["/initiativ/nytt/", "/byt-roll/", "/logga-in/"])
    def test_pages_that_take_no_files_have_little_room(self, author: Client, address: str) -> None:
        assert author.post(address, {"files": sent(bytes(5 * MEGABYTE))}).status_code == 413

    def test_the_register_still_takes_its_workbook(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin())
        page = client.post("/register/import/", {"file": sent(bytes(21 * MEGABYTE), "register.xlsx")})
        assert page.status_code == 200
        assert "Den får vara högst 20" in page.content.decode().replace("\xa0", " ")


class TestNames:
    @pytest.mark.parametrize(
        ("told", "kept"),
        [
            ("avtal.pdf", "avtal.pdf"),
            ("Avtal.PDF", "Avtal.pdf"),
            ("../../etc/passwd.pdf", "passwd.pdf"),
            (r"C:\Users\ada\avtal.pdf", "avtal.pdf"),
            ("faktura.pdf.exe", "faktura.pdf"),
            ("faktura.exe.pdf", "faktura.pdf"),
            ("avtal.docx", "avtal.pdf"),
            ("avtal", "avtal.pdf"),
            ("avtal\u202efdp.exe", "avtalfdp.pdf"),
            ("a\u200bv\x00t\nal.pdf", "avtal.pdf"),
            ("rad\u2028två.pdf", "rad två.pdf"),
            ('kl 10:30 "x" <y>|z?*.pdf', "kl 10-30 -x- -y--z--.pdf"),
            ("con.pdf", "bilaga-con.pdf"),
            (".pdf", "bilaga.pdf"),
            ("   ", "bilaga.pdf"),
            ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
            ("a\u030a.pdf", "å.pdf"),
            ("årsmöte ÅÄÖ – 2026.pdf", "årsmöte ÅÄÖ – 2026.pdf"),
        ],
    )
    def test_made_harmless_with_the_ending_that_the_content_has(self, told: str, kept: str, draft: Walk) -> None:
        attach(case=draft.case, by=draft.author, file=sent(pdf()), name=told)
        assert Attachment.objects.get().name == kept

    def test_a_picture_keeps_the_ending_it_goes_by(self, draft: Walk) -> None:
        assert add(draft.case, draft.author, photo(), "IMG_1.JPEG").name == "IMG_1.jpeg"

    def test_where_it_is_stored_says_nothing(self, draft: Walk) -> None:
        found = add(draft.case, draft.author)
        assert found.file.name.startswith("bilagor/")
        assert "avtal" not in found.file.name
        assert str(found.public_id).replace("-", "") not in found.file.name
        assert "." not in found.file.name


class TestGivingOut:
    def test_it_is_only_ever_saved(self, draft: Walk, author: Client) -> None:
        found = add(draft.case, draft.author, photo(), "Möte på torget.jpg")
        response = author.get(address_of(found))
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''M%C3%B6te%20p%C3%A5%20torget.jpg"
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "private, no-store"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.streaming
        content = response.getvalue()
        assert int(response["Content-Length"]) == len(content) == found.size
        assert not Image.open(io.BytesIO(content)).getexif()

    def test_only_those_who_see_the_initiative_get_it(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)
        world = World(cast)
        author = world.person("author")
        wrong = []
        for situation, case in world.cases.items():
            found = Attachment.objects.create(
                initiative=case.initiative,
                file=default_storage.save("bilagor/x", sent(pdf())),
                name="avtal.pdf",
                content_type="application/pdf",
                size=1,
                sha256=situation,
                uploaded_by=author,
                uploaded_by_name=str(author),
                uploaded_at=case.initiative.created_at,
            )
            for name in sorted(EVERYBODY):
                response = world.client(name).get(address_of(found))
                if response.streaming:
                    response.getvalue()
                expected = 200 if name in SEES[situation] else 302 if name == "anonymous" else 404
                if response.status_code != expected:
                    wrong.append((situation, name, response.status_code))
                if name in SEES[situation] and name != "author":
                    removing = world.client(name).post(f"{address_of(found)}ta-bort/").status_code
                    if removing != 409 and not (situation == "draft" and name == "co_author"):
                        wrong.append((situation, name, "removes", removing))
        assert wrong == []

    def test_what_one_may_not_see_is_as_what_never_was(self, asked: Walk, cast: Cast, client: Client) -> None:
        client.force_login(cast.lead("vara"))
        found = asked.case.initiative.attachments.get()
        pages = []
        for address in (address_of(found), address_of(found).replace("DI-", "XX-")):
            page = client.get(address)
            assert page.status_code == 404
            html = page.content.decode().replace("DI-", "XX-")
            pages.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html))
        assert pages[0] == pages[1]

    def test_not_through_another_initiative(self, draft: Walk, cast: Cast, author: Client) -> None:
        other = Walk(cast, title="Ett annat")
        found = add(other.case, other.author)
        wrong = reverse("attachment", args=[draft.case.initiative.reference, found.public_id])
        assert author.get(wrong).status_code == 404

    def test_a_file_that_the_storage_has_lost_is_a_page_that_is_missing(self, draft: Walk, author: Client) -> None:
        found = add(draft.case, draft.author)
        default_storage.delete(found.file.name)
        assert author.get(address_of(found)).status_code == 404


class TestOnceSentIn:
    def test_the_revision_remembers_what_it_had(self, asked: Walk) -> None:
        found = asked.case.initiative.attachments.get()
        remembered = asked.case.initiative.revisions.get().content["attachments"]
        assert remembered == [{"id": str(found.public_id), "name": "från början.pdf", "sha256": found.sha256}]

    def test_while_nobody_asks_for_more_nobody_adds(self, cast: Cast, author: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        page = author.post(page_of(walk.case), {"files": sent(pdf())})
        assert page.status_code == 409
        assert "Bilagorna kan bara ändras i ett utkast" in page.content.decode()
        with pytest.raises(Refused, match="Det går inte att välja ”Lägg till bilaga”"):
            add(walk.case, walk.author)
        assert stored() == []

    @pytest.mark.parametrize("who", ["staff", "lead"])
    def test_answering_a_supplement_each_file_leaves_one_event(self, who: str, asked: Walk, cast: Cast) -> None:
        before = kinds(asked.case)
        add(asked.case, getattr(cast, who)(), docx(), "svar.docx")
        assert kinds(asked.case) == [*before, "attach"]
        event = Event.objects.latest("id")
        assert (event.data, event.to_status, event.actor) == ({"attachment": "svar.docx"}, "", getattr(cast, who)())

    def test_the_log_tells_it_by_name(self, asked: Walk, author: Client) -> None:
        add(asked.case, asked.author, docx(), "svar.docx")
        assert "Bilaga tillagd: svar.docx" in author.get(asked.case.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("who", ["manager", "director", "registrar", "reader"])
    def test_others_do_not(self, who: str, asked: Walk, cast: Cast, client: Client) -> None:
        person = getattr(cast, who)()
        with pytest.raises(Refused, match="Du kan inte ta det steget"):
            add(asked.case, person, docx())
        client.force_login(person)
        page = client.post(page_of(asked.case), {"files": sent(docx())})
        assert page.status_code == 409
        assert "Bara den som skrev initiativet och utvecklingsledaren" in page.content.decode()

    def test_removed_it_is_still_read_from_the_revision_it_belonged_to(self, asked: Walk, author: Client) -> None:
        found = asked.case.initiative.attachments.get()
        remove_attachment(case=asked.case, by=asked.author, attachment=found)
        assert not asked.case.initiative.attachments.current().exists()
        assert kinds(asked.case)[-1] == "remove_attachment"
        response = author.get(address_of(found))
        assert response.getvalue() == pdf()
        asked.act(Act.SUPPLEMENT, asked.author, motivation="Se texten.")
        contents = asked.case.initiative.revisions.values_list("content", flat=True)
        assert [len(content["attachments"]) for content in contents] == [1, 0]

    def test_what_no_revision_had_is_not_read_when_it_is_removed(self, asked: Walk, author: Client) -> None:
        found = add(asked.case, asked.author, docx(), "fel fil.docx")
        assert author.get(address_of(found)).getvalue()
        remove_attachment(case=asked.case, by=asked.author, attachment=found)
        assert author.get(address_of(found)).status_code == 404
        assert default_storage.exists(found.file.name)

    def test_removed_twice_is_refused_the_second_time(self, asked: Walk) -> None:
        found = asked.case.initiative.attachments.get()
        remove_attachment(case=asked.case, by=asked.author, attachment=found)
        with pytest.raises(Refused, match="Bilagan är redan borttagen"):
            remove_attachment(case=asked.case, by=asked.author, attachment=found)

    def test_not_the_attachment_of_another_initiative(self, asked: Walk, draft: Walk) -> None:
        other = add(draft.case, draft.author)
        with pytest.raises(Refused):
            remove_attachment(case=asked.case, by=asked.author, attachment=other)
        assert Attachment.objects.current().filter(pk=other.pk).exists()

    def test_a_removed_file_may_come_again(self, asked: Walk) -> None:
        remove_attachment(case=asked.case, by=asked.author, attachment=asked.case.initiative.attachments.get())
        assert add(asked.case, asked.author).removed_at is None

    def test_imported_revisions_that_know_nothing_of_attachments_are_no_trouble(self, cast: Cast) -> None:
        brought_in = Initiative(
            reference="SKA-1", organisation=cast.orgs["skara"], author_name="Sture", created_at=timezone.now(),
            submitted_at=timezone.now(), title="T", need="N", benefit="B", targets_residents=True,
        )  # fmt: skip
        (revision,) = bring_in_initiatives([brought_in])
        assert "attachments" not in revision.content
        assert brought_in.attachments.readable().count() == 0


class TestTheDatabase:
    """Through whichever door."""

    def test_refuses_to_delete_what_was_sent_in(self, asked: Walk) -> None:
        for delete in (asked.case.initiative.attachments.get().delete, asked.case.initiative.attachments.all().delete):
            with pytest.raises(IntegrityError, match="Det som är inskickat tas aldrig bort"), transaction.atomic():
                delete()
        assert asked.case.initiative.attachments.exists()

    @pytest.mark.parametrize("column", ["name", "sha256", "file", "size", "uploaded_by_name"])
    def test_refuses_to_change_it(self, column: str, asked: Walk) -> None:
        value: Any = 7 if column == "size" else "annat"
        with pytest.raises(IntegrityError, match="En inskickad bilaga ändras inte"), transaction.atomic():
            asked.case.initiative.attachments.update(**{column: value})

    def test_refuses_to_bring_back_what_was_removed(self, asked: Walk) -> None:
        found = asked.case.initiative.attachments.get()
        remove_attachment(case=asked.case, by=asked.author, attachment=found)
        with pytest.raises(IntegrityError, match="ändras inte"), transaction.atomic():
            Attachment.objects.filter(pk=found.pk).update(removed_at=None, removed_by=None)

    def test_lets_a_draft_be_changed(self, draft: Walk) -> None:
        add(draft.case, draft.author).delete()
        assert not Attachment.objects.exists()

    def test_a_file_that_came_to_belong_to_nothing_is_thrown_away(self, draft: Walk) -> None:
        with (
            patch("initiatives.models.Attachment.objects.create", side_effect=IntegrityError),
            pytest.raises(IntegrityError),
        ):
            add(draft.case, draft.author)
        assert stored() == []


class TestScanner:
    @pytest.fixture
    def scanner(self, tmp_path: Path, settings: Settings) -> Callable[[str], Path]:
        """Makes a scanner of a few lines, which notes what it was given."""

        def make(lines: str) -> Path:
            script, seen = tmp_path / "scanner", tmp_path / "seen"
            body = f"import sys, time\nopen({str(seen)!r}, 'wb').write(sys.stdin.buffer.read())\n{lines}\n"
            script.write_text(f"#!{sys.executable}\n{body}")
            script.chmod(script.stat().st_mode | stat.S_IXUSR)
            settings.VIRUS_SCANNER = f"{script} --no-summary -"
            return seen

        return make

    def test_it_is_given_the_file_as_it_was_sent(self, scanner: Callable[[str], Path], draft: Walk) -> None:
        seen = scanner("sys.exit(0)")
        add(draft.case, draft.author, photo(), "foto.jpg")
        assert seen.read_bytes() == photo()

    @pytest.mark.parametrize(
        ("lines", "sentence"),
        [
            ("sys.exit(1)", "Virusskyddet stoppade filen."),
            ("sys.exit(2)", "kan inte virusgranskas just nu"),
            ("import os; os.kill(os.getpid(), 9)", "kan inte virusgranskas just nu"),
            ("time.sleep(30)", "kan inte virusgranskas just nu"),
        ],
    )
    def test_only_a_clean_answer_lets_it_in(
        self, lines: str, sentence: str, scanner: Callable[[str], Path], draft: Walk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scanner(lines)
        monkeypatch.setattr("initiatives.attachments.scanning.SECONDS", 1)
        with pytest.raises(Refused, match=sentence):
            add(draft.case, draft.author)
        assert stored() == []

    def test_a_scanner_that_is_not_there_lets_nothing_in(self, settings: Settings, draft: Walk) -> None:
        settings.VIRUS_SCANNER = "/finns/inte -"
        with pytest.raises(Refused, match="Försök igen om en stund"):
            add(draft.case, draft.author)

    def test_what_failed_is_logged_and_what_the_file_was_called_is_not(
        self, settings: Settings, draft: Walk, capsys: pytest.CaptureFixture[str], caplog: Any
    ) -> None:
        settings.VIRUS_SCANNER = "/finns/inte -"
        with pytest.raises(Refused):
            add(draft.case, draft.author, name="hemlig.pdf")
        said = capsys.readouterr().out + capsys.readouterr().err + caplog.text
        assert "virus scanner failed" in said
        assert "hemlig" not in said

    def test_none_is_called_when_none_is_set(self, draft: Walk) -> None:
        with patch("initiatives.attachments.scanning.shlex.split", side_effect=AssertionError):
            assert add(draft.case, draft.author)


class TestPages:
    def test_the_initiative_lists_them(self, asked: Walk, cast: Cast, client: Client) -> None:
        client.force_login(cast.reader())
        html = client.get(asked.case.get_absolute_url()).content.decode()
        assert "från början.pdf" in html
        assert f"{asked.author}, " in html
        assert "Ta bort" not in html

    def test_the_answer_to_a_supplement_has_room_for_more(self, asked: Walk, author: Client) -> None:
        html = author.get(reverse("act", args=[asked.case.initiative.reference, "supplement"])).content.decode()
        assert 'enctype="multipart/form-data"' in html
        assert "9 till får plats." in html

    @pytest.mark.parametrize("act", ["attach", "remove_attachment"])
    def test_the_acts_lead_to_the_page_where_it_is_done(self, act: str, asked: Walk, author: Client) -> None:
        reference = asked.case.initiative.reference
        assert author.get(reverse("act", args=[reference, act]))["Location"] == page_of(asked.case)

    def test_htmx_gets_the_part_alone(self, draft: Walk, author: Client) -> None:
        page = author.post(page_of(draft.case), {"files": sent(pdf())}, headers={"HX-Request": "true"})
        html = page.content.decode()
        assert page.status_code == 200
        assert "<h1" not in html
        assert html.count('id="bilagor"') == 1
        assert "avtal.pdf" in html

    def test_htmx_takes_over_what_is_refused_too(self, draft: Walk, author: Client) -> None:
        page = author.post(page_of(draft.case), {"files": sent(b"MZ")}, headers={"HX-Request": "true"})
        assert page.status_code == 200
        assert "<span data-sentence>Filen är ett program eller skript." in page.content.decode()

    def test_removed_by_htmx_too(self, draft: Walk, author: Client) -> None:
        found = add(draft.case, draft.author)
        page = author.post(f"{address_of(found)}ta-bort/", headers={"HX-Request": "true"})
        assert page.status_code == 200
        assert "avtal.pdf" not in page.content.decode()

    def test_without_the_forms_own_key_nothing_is_taken(self, draft: Walk, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.staff())
        assert client.post(page_of(draft.case), {"files": sent(pdf())}).status_code == 403
        assert stored() == []

    @pytest.mark.parametrize("many", [1, 9])
    def test_the_list_costs_the_same_however_long(
        self, many: int, draft: Walk, author: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(many):
            add(draft.case, draft.author, different(number), f"{number}.png")
        with django_assert_num_queries(6):
            author.get(page_of(draft.case))

    def test_names_are_text_wherever_they_stand(self, draft: Walk, author: Client) -> None:
        page: HttpResponse = author.post(page_of(draft.case), {"files": sent(zipped({"a": b"b"}), "<b onclick=x>.zip")})
        assert "<b onclick" not in page.content.decode()


def test_a_document_sent_as_another_is_told_by_its_right_name(draft: Walk) -> None:
    found = add(draft.case, draft.author, docx(), "avtal.pdf")
    assert (found.name, found.file.open("rb").read(2)) == ("avtal.docx", b"PK")
    assert zipfile.is_zipfile(found.file.open("rb"))


def test_where_the_files_lie_is_a_setting() -> None:
    code = "from v6portal.settings import STORAGES; print(STORAGES['default'])"
    chosen = {
        "DEMO": "on",
        "STORAGE_BACKEND": "storages.backends.s3.S3Storage",
        "STORAGE_OPTIONS": '{"bucket_name": "portal", "file_overwrite": false}',
    }
    done = subprocess.run([sys.executable, "-c", code], env=chosen, capture_output=True, text=True, check=True)
    expected = {"BACKEND": chosen["STORAGE_BACKEND"], "OPTIONS": {"bucket_name": "portal", "file_overwrite": False}}
    assert done.stdout.strip() == str(expected)
