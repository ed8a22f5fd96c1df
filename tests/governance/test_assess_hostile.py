"""Forms of assessment that mean harm or are something else: refused whole, with a sentence, and nothing stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from openpyxl import Workbook, load_workbook

from governance.form_format import SALT
from governance.imports.form_plan import Plan
from governance.statuses import Status
from initiatives.models import Assessment
from tests.cast import Cast
from tests.governance.filling import content_of, fetched, fill, uploaded
from tests.walk import Walk

pytestmark = pytest.mark.django_db

Parts = dict[str, bytes]
WORKBOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.QUALIFIED)


@pytest.fixture
def book(client: Client, walk: Walk) -> Workbook:
    """A good form with one answer."""
    client.force_login(walk.lead)
    book = fetched(client, walk.case)
    fill(book, str(walk.case.initiative.reference), "N1", 5)
    return book


def refusal(client: Client, content: bytes, name: str = "bedomning.xlsx") -> str:
    """What the page says; there is no button, and pressing it all the same stores nothing."""
    address = uploaded(client, content, name)
    response = client.get(address)
    plan: Plan = response.context["plan"]
    assert plan.refusal
    page = response.content.decode()
    assert plan.refusal.replace('"', "&quot;") in page
    assert "Spara svaren" not in page
    assert client.post(address, {"seen": plan.seen, "save": "1", "hand_in": "1"}).status_code == 409
    assert not Assessment.objects.exists()
    return plan.refusal


def repacked(content: bytes, change: Callable[[Parts], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


NOT_A_WORKBOOK = "Filen är inte en arbetsbok i formatet .xlsx."
MACROS = "Filen innehåller makron. Spara den som vanlig arbetsbok, .xlsx."
OUTSIDE = "Filen hämtar uppgifter från andra filer. Spara den med bara värden."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"N1;5\nN2;4\n", NOT_A_WORKBOOK),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), NOT_A_WORKBOOK),
        (b"%PDF-1.7\n", NOT_A_WORKBOOK),
        (b"PK\x03\x04" + bytes(100), NOT_A_WORKBOOK),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
            "Filen är krypterad eller i det gamla formatet .xls. Spara den som .xlsx utan lösenord.",
        ),
    ],
    ids=["semicolons", "picture", "pdf", "torn", "encrypted"],
)
def test_what_is_no_workbook(client: Client, walk: Walk, content: bytes, sentence: str) -> None:
    client.force_login(walk.lead)
    assert refusal(client, content) == sentence


def _types(parts: Parts) -> None:
    parts[TYPES] = parts[TYPES].replace(b".sheet.main+xml", b".sheet.macroEnabled.main+xml")


def _document_type(parts: Parts) -> None:
    name = "xl/worksheets/sheet3.xml"
    parts[name] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[name]


def _twins(parts: Parts) -> None:
    """Two sheets of one name, which no program makes."""
    assert parts[WORKBOOK].count(b'name="\xc3\x96versikt"') == 1
    parts[WORKBOOK] = parts[WORKBOOK].replace(b'name="\xc3\x96versikt"', b'name="L\xc3\xa4s mig"')


HOSTILE: dict[str, tuple[Callable[[Parts], object], str]] = {
    "macros": (lambda parts: parts.update({"xl/vbaProject.bin": b"Sub"}), MACROS),
    "macros by type": (_types, MACROS),
    "another workbook": (lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<x/>"}), OUTSIDE),
    "a connection": (lambda parts: parts.update({"xl/connections.xml": b"<connections/>"}), OUTSIDE),
    "a document type": (_document_type, "Filen innehåller en dokumenttypsdeklaration och läses därför inte."),
    "a bomb": (
        lambda parts: parts.update({"xl/media/x.bin": bytes(30_000_000)}),
        "En del av filen är packad mer än 200 gånger. Filen läses därför inte.",
    ),
    "more than it may unpack to": (
        lambda parts: parts.update({f"xl/media/{n}.bin": bytes.fromhex("0aff17") * 3_500_000 for n in range(5)}),
        "Filen är för stor: uppackad får den vara högst 50 MB. Dela upp den.",
    ),
    "two sheets of one name": (_twins, "Bladet Läs mig finns två gånger. Ta bort det ena."),
    "torn in the middle": (
        lambda parts: parts.update({"xl/worksheets/sheet3.xml": parts["xl/worksheets/sheet3.xml"][:-60]}),
        "Filen är trasig och går inte att läsa. Öppna den, spara den på nytt och försök igen.",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_in_a_workbook_to_do_harm(client: Client, book: Workbook, name: str) -> None:
    change, sentence = HOSTILE[name]
    assert refusal(client, repacked(content_of(book), change)) == sentence


def test_a_hidden_form_is_not_read_unseen(client: Client, book: Workbook) -> None:
    book.worksheets[2].sheet_state = "hidden"
    name = book.worksheets[2].title
    expected = f"Bladet {name} är dolt. Visa det först, så att alla ser vad som läses in."
    assert refusal(client, content_of(book)) == expected


NOT_A_FORM = "Filen är inget bedömningsformulär från portalen. Hämta ett formulär och fyll i det."
NOT_OURS = "Formuläret kommer från en annan portal, eller så har dess dolda blad ändrats. Hämta ett nytt."


def test_another_workbook_is_no_form(client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    assert refusal(client, content_of(Workbook())) == NOT_A_FORM


def test_a_form_without_the_sheet_behind_is_no_form(client: Client, book: Workbook) -> None:
    del book["Portalen"]
    assert refusal(client, content_of(book)) == NOT_A_FORM


def test_a_form_of_another_sort(client: Client, book: Workbook) -> None:
    book["Portalen"]["C1"] = 2
    expected = "Formuläret är av en annan sort än portalen läser. Hämta ett nytt och för över svaren."
    assert refusal(client, content_of(book)) == expected


def test_a_form_of_another_portal(client: Client, book: Workbook, settings: Any) -> None:
    content = content_of(book)
    settings.SECRET_KEY = "another portal's own key, as long as it has to be to be one"
    client.logout()
    client.force_login(Assessment._meta.get_field("assessor").related_model.objects.get(username="lead.skara"))
    assert refusal(client, content) == NOT_OURS


def _signed(book: Workbook, **changes: Any) -> None:
    """As somebody with the portal's key would, who does not have her rights."""
    signer = signing.Signer(salt=SALT)
    told = signer.unsign_object(book["Portalen"]["B2"].value)
    book["Portalen"]["B2"] = signer.sign_object({**told, **changes}, compress=True)


TAMPERED: dict[str, Callable[[Workbook], object]] = {
    "a letter changed": lambda book: book["Portalen"].__setitem__("B2", "A" + book["Portalen"]["B2"].value[1:]),
    "no origin": lambda book: book["Portalen"].__setitem__("B2", None),
    "a number": lambda book: book["Portalen"].__setitem__("B2", 12),
    "more than an origin": lambda book: _signed(book, role="admin"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_the_sheet_behind_is_not_to_be_written_in(client: Client, book: Workbook, name: str) -> None:
    TAMPERED[name](book)
    assert refusal(client, content_of(book)) == NOT_OURS


def test_one_initiative_twice(client: Client, book: Workbook) -> None:
    copied = book.copy_worksheet(book.worksheets[2])
    book["Portalen"].append([copied.title, book["Portalen"]["B2"].value])
    assert refusal(client, content_of(book)) == "Formuläret har samma initiativ två gånger. Hämta ett nytt."


def test_the_signature_gives_no_right(cast: Cast, client: Client, book: Workbook) -> None:
    """Whom the process does not ask is refused in her own name too; and what she may not read never was."""
    sees = cast.director("skara")
    _signed(book, person=sees.pk)
    client.force_login(sees)
    left_out = client.get(uploaded(client, book)).context["plan"].left_out
    assert left_out == [(book.worksheets[2].title, "Du bedömer inte det här initiativet i den roll du har nu.")]
    stranger = cast.lead("vara")
    _signed(book, person=stranger.pk)
    client.force_login(stranger)
    unseen = client.get(uploaded(client, book)).context["plan"].left_out
    _signed(book, reference="DI-1999-999")
    missing = client.get(uploaded(client, book)).context["plan"].left_out
    assert unseen == missing == [(book.worksheets[2].title, "Initiativet finns inte, eller så får du inte läsa det.")]


def test_another_model_than_the_form_follows(client: Client, book: Workbook) -> None:
    _signed(book, model="2023.1")
    ((_sheet, why),) = client.get(uploaded(client, book)).context["plan"].left_out
    assert why == "Formuläret följer bedömningsmodell 2023.1, men initiativet bedöms nu med 2024.1. Hämta ett nytt."


def test_another_round_than_the_form_was_of(client: Client, book: Workbook) -> None:
    _signed(book, round=0)
    ((_sheet, why),) = client.get(uploaded(client, book)).context["plan"].left_out
    assert why == "Omgången är stängd och en ny har öppnats. Hämta ett nytt formulär."


def test_saved_by_another_program_it_is_read_the_same(client: Client, book: Workbook) -> None:
    """openpyxl writes shared texts; some write them in the cell, and some leave out what is empty."""
    again = load_workbook(io.BytesIO(content_of(book)))
    plan = client.get(uploaded(client, again)).context["plan"]
    assert [(answer.criterion.code, answer.file.value) for answer in plan.filled[0].shown] == [("N1", 5)]


def test_a_file_by_any_name_is_judged_by_its_content(client: Client, book: Workbook) -> None:
    plan = client.get(uploaded(client, content_of(book), "<b>bild</b>.png")).context["plan"]
    assert plan.ok
