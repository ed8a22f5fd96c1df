"""Fetching a form of assessment, filling it in and sending it back, as a person does with a spreadsheet."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from governance.models import Case
from tests.walk import Walk

KEEP: Any = object()


def fetched(client: Client, case: Case | None = None, level: str = "") -> Workbook:
    """The form of one initiative, or of all that waits."""
    address = f"{case.get_absolute_url()}bedom/formular.xlsx" if case else f"/bedomning/formular.xlsx?level={level}"
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return load_workbook(io.BytesIO(response.getvalue()))


def cell_of(book: Workbook, sheet: str, code: str, heading: str) -> str:
    """Where the answer to a criterion stands, in the column of the heading."""
    page = book[sheet]
    head = next(row for row in page.iter_rows() if row[0].value == "Kriterium")
    column = next(cell.column_letter for cell in head if cell.value == heading)
    row = next(row[0].row for row in page.iter_rows() if str(row[0].value).startswith(f"{code} "))
    return f"{column}{row}"


def fill(book: Workbook, sheet: str, code: str, answer: Any = KEEP, words: Any = KEEP) -> str:
    """Types an answer, a motivering, or both; returns the cell of the answer."""
    where = cell_of(book, sheet, code, "Svar")
    if answer is not KEEP:
        book[sheet][where] = answer
    if words is not KEEP:
        book[sheet][cell_of(book, sheet, code, "Motivering")] = words
    return where


def content_of(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def uploaded(client: Client, book: Workbook | bytes, name: str = "bedomning.xlsx") -> str:
    """Sends the file; returns the address of the page that shows what it would do."""
    content = book if isinstance(book, bytes) else content_of(book)
    response = client.post("/bedomning/ladda-upp/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return str(response.url)


def confirmed(client: Client, address: str, button: str = "save", **choices: str) -> Any:
    """Looks at the page and presses the button; returns the answer, led on to where it leads."""
    plan = client.get(address).context["plan"]
    return client.post(address, {"seen": plan.seen, button: "1", **choices}, follow=True)


def rewritten(walk: Walk) -> None:
    """The text becomes another while the round goes on, by the one who may."""
    walk.amend(need="Personalen hämtar nycklar fyra gånger per pass.")
