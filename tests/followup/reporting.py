"""Reading a report as a person or a machine would: figures out of the page, text out of the PDF, cells of the book."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from followup.imports.register import import_register
from followup.presenting.overview import NUMBERS, REMEMBERED
from v6portal.organizations.models import User

EXAMPLE = settings.BASE_DIR / "fixtures" / "register_exempel.xlsx"
EXPECTED = settings.BASE_DIR / "tests" / "data" / "register_exempel_indikatorer.json"
KEYS = {
    "Essunga": "essunga",
    "Grästorp": "grastorp",
    "Götene": "gotene",
    "Lidköping": "lidkoping",
    "Skara": "skara",
    "Vara": "vara",
}


@pytest.fixture
def forgetful() -> None:
    """Histories are written without the acts that a process remembers its answers by."""
    REMEMBERED.forget()
    NUMBERS.forget()


@pytest.fixture
def example(db: None, forgetful: None, read_here: None) -> dict[str, Any]:
    """The example register in the database; gives its figures as they were worked out apart from the portal."""
    assert import_register(EXAMPLE).ok
    periods: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8"))["perioder"]
    return periods


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(html: str) -> str:
    """What is left when the tags are gone, with single spaces; a no-break space becomes a plain one."""
    bare = re.sub(r"<[^>]+>", " ", html)
    return re.sub(r"\s+", " ", unescape(bare)).strip()


def figures_on(html: str, period: str) -> dict[str, str]:
    """The text of every link to a list behind a figure, by the figure's key."""
    found = re.findall(rf'href="/uppfoljning/{period}/([^"]+)/"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {unescape(key): text_of(words) for key, words in found}


def pdf_of(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def pdf_text(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in pdf_of(content).pages)
    return re.sub(r"\s+", " ", text)


def workbook_of(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def every_value(book: Workbook) -> list[Any]:
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
