"""Assessing in a workbook, in a browser: every state of the two pages, with and without a script."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from tests.cast import Cast
from tests.governance.filling import content_of, fill, rewritten
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import CRITERIA, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
HERE = "/bedomning/excel/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def look(page: Page) -> None:
    for size in (TELEPHONE, DESK):
        page.set_viewport_size(size)
        assert scrolls_sideways(page) == 0
    assert violations(page) == []


def fetch(page: Page, link: str) -> Workbook:
    page.goto(HERE)
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    return load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))


def send(page: Page, content: bytes) -> None:
    page.goto(HERE)
    page.get_by_label("Ifyllt formulär").set_input_files(
        [{"name": "bedomning.xlsx", "mimeType": "application/octet-stream", "buffer": content}]
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Visa vad som ändras").click()
    expect(page.get_by_role("heading", name="Ladda upp bedomning.xlsx")).to_be_visible()


def test_there_and_back(cast: Cast, open_as: Callable[..., Page]) -> None:
    """Fetched, filled in, sent back, looked at, handed in; without a script in between."""
    walk = Walk(cast).to(Status.QUALIFIED)
    page = open_as(walk.lead, java_script_enabled=False)
    page.goto(f"{walk.case.get_absolute_url()}bedom/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta formuläret").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    for code in CRITERIA:
        fill(book, walk.case.initiative.reference, code, 4, "Därför.")
    send(page, content_of(book))
    expect(page.get_by_text("8 svar ändras")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Spara och lämna 1").click()
    expect(page.get_by_text("8 svar är sparade i 1 initiativ. 1 bedömning är lämnad.")).to_be_visible()
    expect(page.get_by_text("Inget väntar på din bedömning just nu.")).to_be_visible()
    assert float(walk.case.initiative.rounds.get().joint_score or 0) == 75.0


def test_every_state_can_be_read_by_everybody(cast: Cast, open_as: Callable[..., Page]) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    other = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED)
    done = Walk(cast, title="Sensorer i soptunnor").to(Status.QUALIFIED)
    first = walk.case.initiative.reference
    page = open_as(walk.lead, expects="status of 4")
    save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(2), "N2": Mark(2)})
    book = fetch(page, "Hämta alla")
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Visa vad som ändras").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj en fil.")
    look(page)

    fill(book, first, "N1", 5, "Alla vårdnadshavare i kommunen berörs, och det är det de oftast ringer om.")
    fill(book, first, "N3", "Vet inte")
    for code in CRITERIA:
        fill(book, other.case.initiative.reference, code, 3)
    save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(1, "Få."), "N2": Mark(1)})
    done.act(Act.DECLARE_CONFLICT, walk.lead, motivation="Min bror säljer.")
    rewritten(other)
    send(page, content_of(book))
    for words in (
        "Båda har ändrats sedan du hämtade formuläret. Vilket svar gäller?",
        "Formuläret hämtades med version 1 av texten. Nu gäller version 2.",
        "Du har anmält jäv och bedömer inte det här initiativet.",
        "Portalens är nyare och står kvar",
    ):
        expect(page.get_by_text(words)).to_be_visible()
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Spara svaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj vilket svar som gäller")
    look(page)
    page.get_by_role("group", name="Vilket svar gäller?").get_by_label("Filens svar").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Spara svaren").click()
    expect(page.get_by_text("10 svar är sparade i 2 initiativ.")).to_be_visible()

    fill(book, first, "N4", 7)
    send(page, content_of(book))
    expect(page.get_by_text("där står ”7”.")).to_be_visible()
    look(page)
    send(page, b"inte en bok")
    expect(page.get_by_role("alert")).to_contain_text("Filen är inte en arbetsbok i formatet .xlsx.")
    look(page)
    empty = open_as(cast.reader())
    empty.goto(HERE)
    expect(empty.get_by_text("Inget väntar på din bedömning just nu.")).to_be_visible()
    look(empty)
