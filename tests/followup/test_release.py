"""*Utlämnande*: what goes with a case, what does not and why, and that the recipient can verify it herself."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from followup.exports.package import Package
from governance.acts import Act
from governance.models import Event
from governance.statuses import Status
from initiatives.models import Attachment
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.actions import appoint
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def attach(walk: Walk, name: str, content: bytes = b"%PDF-1.7 nycklar") -> Attachment:
    """As it stands once it has been checked; what may be attached is asked in tests/governance/test_attachments.py."""
    return Attachment.objects.create(
        initiative=walk.case.initiative,
        file=ContentFile(content, name),
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=walk.author,
        uploaded_by_name=str(walk.author),
        uploaded_at=timezone.now(),
    )


def complete(cast: Cast) -> Walk:
    walk = Walk(cast, title="Nycklar i hemtjänsten").to(Status.INTEREST)
    walk.answer("vara")
    walk.act(Act.COMMENT, walk.lead, motivation="Ring leverantören.")
    walk.act(Act.COMMENT, cast.lead("vara"), motivation="Vi är tveksamma.")
    walk.act(Act.COMMENT, cast.registrar(), motivation="Begärd av en journalist.")
    return walk


def address(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}utlamnande/"


def release(client: Client, walk: Walk, **given: Any) -> dict[str, bytes]:
    """The files of the zip by name, in their order."""
    sent = {"recipient": "anonym begäran", "tried": "on", "seen": walk.case.status, **given}
    response = client.post(address(walk), sent)
    assert response["Content-Type"] == "application/zip", response.content.decode()
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_package_holds_the_case_and_the_manifest_tells_of_every_file(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    kept = attach(walk, "Ritning över nycklar.pdf")
    client.force_login(cast.registrar())
    files = release(client, walk, attachments=[kept.pk], purpose="Forskning")
    assert list(files) == [
        "arende.pdf",
        "beslut.json",
        "beslut.pdf",
        "bilagor/01-Ritning_över_nycklar.pdf",
        "handelser.json",
        "handelser.xlsx",
        "kedja.json",
        "versioner.json",
        "undanhallet.txt",
        "LAS-MIG.txt",
        "kontrollera.py",
        "manifest.json",
    ]
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "byte": len(content)} for name, content in files.items()
    }
    assert [one["nummer"] for one in json.loads(files["beslut.json"])] == [
        f"Skara {timezone.localdate().year}-001",
        f"Vara {timezone.localdate().year}-001",
    ]
    assert "Nycklar i hemtjänsten" in text_of(files["arende.pdf"])
    assert "Det behövs." in text_of(files["beslut.pdf"])
    sheet = load_workbook(io.BytesIO(files["handelser.xlsx"]))["Händelser"]
    assert sheet.max_row == len(json.loads(files["handelser.json"])) + 1
    assert sheet["B2"].is_date


def test_the_recipient_can_verify_each_event_with_nothing_but_python(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    walk = complete(cast)
    client.force_login(cast.registrar())
    for name, content in release(client, walk).items():
        (tmp_path / name).write_bytes(content)

    def run() -> int:
        return subprocess.run([sys.executable, "kontrollera.py"], cwd=tmp_path, capture_output=True).returncode

    assert run() == 0
    chain = (tmp_path / "kedja.json").read_text()
    (tmp_path / "kedja.json").write_text(
        chain.replace("Hur många", "Hur få").replace("Det behövs.", "Det behövs inte.")
    )
    assert run() == 1


def test_one_event_says_what_was_given_out_to_whom_and_which_package(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    gone = attach(walk, "hemlig.pdf")
    client.force_login(cast.registrar())
    before = Event.objects.count()
    files = release(client, walk, recipient="Skaraborgs Läns Tidning", purpose="Granskning")
    event = Event.objects.latest("id")
    assert Event.objects.count() == before + 1
    assert (event.kind, event.case, event.to_status) == (Act.RELEASE, walk.case, "")
    assert event.data == {
        "recipient": "Skaraborgs Läns Tidning",
        "purpose": "Granskning",
        "notes": False,
        "left_out": [gone.name],
        "sha256": hashlib.sha256(files["manifest.json"]).hexdigest(),
    }
    history = client.get(f"{walk.case.get_absolute_url()}handelser/?kind=record").content.decode()
    assert "Utlämnat: till Skaraborgs Läns Tidning, ändamål: Granskning, utan hemlig.pdf" in history


def test_the_decisions_say_in_whose_place_they_were_made(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("followup.exports.release.pdf_available", lambda: False)
    walk, director, council = Walk(cast).to(Status.PRIORITISED), cast.director(), cast.council()
    made = appoint(
        held=director.memberships.get(), stand_in=council, first=walk.today, last=walk.today, basis="KS 1", by=director
    )
    stand_in = User.objects.get(pk=council.pk)
    stand_in.acting = made
    walk.act(Act.DECIDE_LOCAL, stand_in, **decision(stand_in))
    client.force_login(cast.registrar())
    (one,) = json.loads(release(client, walk)["beslut.json"])
    assert one["beslutsfattare"] == "Digitaliseringsråd Skara (ersättare för Kommundirektör Skara)"


def test_who_asked_for_documents_is_the_matter_of_the_one_that_gave_them_out(cast: Cast, client: Client) -> None:
    """Neither the log, the page nor the next zip of another organisation tells it."""
    walk = complete(cast)
    client.force_login(cast.registrar())
    release(client, walk, recipient="Anna Andersson", purpose="Granskning")
    for person, reads in ((cast.reader(), True), (cast.reader("vara"), False), (cast.coordinator(), False)):
        client.force_login(person)
        pages = [client.get(f"{walk.case.get_absolute_url()}{rest}").content.decode() for rest in ("", "handelser/")]
        assert ["Anna Andersson" in page for page in pages] == [reads, reads], person
    client.force_login(cast.registrar("vara"))
    theirs = release(client, walk, recipient="Bo Ek")
    assert "Anna Andersson" not in b"".join(theirs.values()).decode(errors="ignore")


def test_the_notes_of_others_are_never_there_and_ones_own_only_when_chosen(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    client.force_login(cast.registrar())
    without = release(client, walk)
    with_notes = release(client, walk, notes="on")
    for files, has_own in ((without, False), (with_notes, True)):
        everything = b"".join(files.values()).decode(errors="ignore") + text_of(files["arende.pdf"])
        assert "Vi är tveksamma" not in everything
        assert ("Ring leverantören." in everything) is has_own
        assert ("Ring leverantören." in text_of(files["arende.pdf"])) is has_own
    assert "Egna arbetsanteckningar: 2" in without["undanhallet.txt"].decode()
    assert "2 kap. 12 § tryckfrihetsförordningen" in without["undanhallet.txt"].decode()
    assert "Egna arbetsanteckningar" not in with_notes["undanhallet.txt"].decode()
    assert "Andra organisationers arbetsanteckningar, om det finns några" in with_notes["undanhallet.txt"].decode()


def test_answers_that_are_blind_stay_blind(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.assess_at_home(5)
    client.force_login(cast.registrar())
    files = release(client, walk)
    assert "Svaren i den bedömning som pågår" in files["undanhallet.txt"].decode()
    assert "marks" not in files["kedja.json"].decode()


def test_the_same_choice_of_the_same_case_gives_the_same_bytes(cast: Cast, client: Client) -> None:
    from followup.exports.release import build
    from followup.presenting.releasing import Choice
    from followup.reading import case_for_page
    from followup.whole import page_of

    walk = complete(cast)
    kept = attach(walk, "a.pdf")
    registrar = cast.registrar()
    case = case_for_page(registrar).get(pk=walk.case.pk)
    built = [build(Choice(case, registrar, [kept], False), page_of(case, registrar)) for _time in range(2)]
    once, twice = (one.file.read() for one in built)
    for one in built:
        one.file.close()
    assert once == twice


def test_what_is_marked_secret_is_tried_and_no_attachment_is_chosen_beforehand(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    file = attach(walk, "larm.pdf")
    walk.act(
        Act.MARK_SECRET,
        cast.registrar(),
        legal_basis="OSL 18 kap. 8 §",
        marked_on=timezone.localdate(),
        readers=[(cast.orgs["skara"], Role.REGISTRAR)],
    )
    client.force_login(cast.registrar())
    page = client.get(address(walk)).content.decode()
    assert "OSL 18 kap. 8 §" in page
    assert f'value="{file.pk}" checked' not in page
    refused = client.post(address(walk), {"recipient": "x", "seen": walk.case.status})
    assert "Bekräfta att du har prövat" in refused.content.decode()
    assert not Event.objects.filter(kind=Act.RELEASE).exists()
    told = release(client, walk)["undanhallet.txt"].decode()
    assert "Bilagan ”larm.pdf”\n  Valdes bort vid utlämnandet.\n  OSL 18 kap. 8 §" in told


def test_what_looks_like_a_person_is_shown_before_it_goes(cast: Cast, client: Client) -> None:
    walk = Walk(cast, need="Brukaren Lisa får fel nyckel.").to(Status.SUBMITTED)
    client.force_login(cast.registrar())
    page = client.get(address(walk)).content.decode()
    assert "Titta på det här först" in page
    assert "<b>Lisa</b>" in page


def test_looking_first_gives_out_nothing(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    file = attach(walk, "a.pdf")
    client.force_login(cast.registrar())
    page = client.post(address(walk), {"preview": "1", "seen": walk.case.status}).content.decode()
    assert f"Bilagan ”{file.name}”" in page
    assert "Ange vem handlingarna lämnas ut till." not in page
    assert not Event.objects.filter(kind=Act.RELEASE).exists()


def test_a_file_that_is_not_there_or_not_as_it_was_is_told_and_stops_nothing(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    missing, altered = attach(walk, "borta.pdf", b"a"), attach(walk, "ändrad.pdf", b"b")
    missing.file.storage.delete(missing.file.name)
    Path(altered.file.path).write_bytes(b"c")
    client.force_login(cast.registrar())
    files = release(client, walk, attachments=[missing.pk, altered.pk])
    told = files["undanhallet.txt"].decode()
    assert "Bilagan ”borta.pdf”\n  Filen gick inte att läsa när handlingarna lämnades ut." in told
    assert "Bilagan ”ändrad.pdf” följer med, men är inte som den var" in told
    assert [name for name in files if name.startswith("bilagor/")] == ["bilagor/01-ändrad.pdf"]


def test_large_files_leave_memory_flat(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 30_000_000)
    tracemalloc.start()
    package = Package(timezone.now())
    for number in range(3):
        with (tmp_path / "large").open("rb") as file:
            package.add(f"{number}.bin", file, packed=True)
    package.finish()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert package.file.seek(0, 2) > 90_000_000
    package.file.close()
    assert peak < 8_000_000
