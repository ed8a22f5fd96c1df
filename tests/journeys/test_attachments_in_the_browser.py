"""Attachments as people handle them: dropped and chosen, refused and sent again, with and without JavaScript."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page

from governance.models import Case
from governance.statuses import Status
from initiatives.models import Attachment
from tests.cast import Cast
from tests.initiatives.files import docx, pdf, picture
from tests.journeys.looking import scrolls_sideways, violations
from tests.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenAs = Callable[..., Page]
Sent = dict[str, Any]
DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), character => character.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], name))
    const area = document.querySelector('.field.drop')
    area.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }))
    const isShown = area.classList.contains('over')
    area.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
    return isShown
}"""


@pytest.fixture(autouse=True)
def _files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def file(name: str, content: bytes) -> Sent:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def drop(page: Page, name: str, content: bytes) -> bool:
    return bool(page.evaluate(DROP, [name, base64.b64encode(content).decode()]))


def edit_address(case: Case) -> str:
    return f"{case.get_absolute_url()}redigera/"


def names(case: Case) -> list[str]:
    return list(case.initiative.attachments.current().values_list("name", flat=True))


def wait_for_list(page: Page, name: str) -> None:
    page.locator("[data-part=list]").get_by_role("link", name=name, exact=True).wait_for()


def test_several_are_chosen_the_bad_ones_told_and_the_page_never_left(cast: Cast, open_as: OpenAs) -> None:
    case = Walk(cast).case
    page = open_as(cast.staff())
    page.goto(edit_address(case))
    page.get_by_label("Titel").fill("Skrivet men inte sparat")
    page.get_by_label("Lägg till filer").focus()
    page.get_by_label("Lägg till filer").set_input_files(
        [file("avtal.docx", docx()), file("tom.pdf", b""), file("stor.pdf", bytes(21 * 1024 * 1024))]
    )
    wait_for_list(page, "avtal.docx")
    queue = page.locator("[data-part=queue]")
    assert "tom.pdf Filen är tom. Välj en annan." in queue.inner_text().replace("\n", " ")
    assert "Filen är större än 20 MB." in queue.inner_text()
    assert "9 till får plats." in page.locator("#id_files_helptext").inner_text()
    assert page.locator("[data-part=told]").inner_text() == "En fil tillagd, 2 togs inte emot."
    assert page.evaluate("document.activeElement.id") == "id_files"
    assert page.get_by_label("Titel").input_value() == "Skrivet men inte sparat"
    assert names(case) == ["avtal.docx"]


def test_dropped_it_is_sent_with_its_progress(cast: Cast, open_as: OpenAs) -> None:
    case = Walk(cast).case
    page = open_as(cast.staff())
    page.goto(edit_address(case))
    page.evaluate("""() => {
        window.seen = []
        new MutationObserver(() => document.querySelectorAll('file-upload progress').forEach(
            bar => window.seen.push(bar.getAttribute('aria-label')))
        ).observe(document.body, { childList: true, subtree: true })
    }""")
    assert drop(page, "skärm.png", picture("PNG"))
    wait_for_list(page, "skärm.png")
    assert "Laddar upp skärm.png" in page.evaluate("window.seen")
    assert page.locator("file-upload progress").count() == 0
    assert not page.evaluate("document.querySelector('.field.drop').classList.contains('over')")


def test_what_the_server_refuses_is_said_beside_the_file(
    cast: Cast, open_as: OpenAs, chromium: Any, live_server: Any
) -> None:
    case = Walk(cast).case
    context = chromium.new_context(base_url=live_server.url, locale="sv-SE")
    context.add_cookies(open_as(cast.staff()).context.cookies())
    page = context.new_page()  # the browser notes in its console that the answer was a refusal
    page.goto(edit_address(case))
    page.get_by_label("Lägg till filer").set_input_files([file("faktura.pdf", b"MZ" + bytes(99)), file("b.pdf", pdf())])
    wait_for_list(page, "b.pdf")
    told = page.locator("[data-part=queue]").inner_text()
    assert "faktura.pdf" in told
    assert "Filen är ett program eller skript. Sådana tas inte emot." in told
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert scrolls_sideways(page) <= 0
    assert violations(page) == []


def test_removed_after_asking_with_the_focus_where_the_list_is(cast: Cast, open_as: OpenAs) -> None:
    case = Walk(cast).case
    page = open_as(cast.staff())
    page.goto(edit_address(case))
    page.get_by_label("Lägg till filer").set_input_files([file("avtal.pdf", pdf())])
    wait_for_list(page, "avtal.pdf")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("link", name="Ta bort avtal.pdf").press("Enter")
    page.get_by_text("10 till får plats.").wait_for()
    assert asked == ["Ta bort ”avtal.pdf”?"]
    assert page.evaluate("document.activeElement.id") == "h-bilagor"
    assert page.locator("[data-part=told]").inner_text() == "avtal.pdf är borttagen."
    assert names(case) == []


def test_with_as_many_as_there_may_be_one_is_removed_and_another_takes_its_place(
    cast: Cast, open_as: OpenAs, settings: Any
) -> None:
    settings.ATTACHMENT_COUNT = 2
    case = Walk(cast).case
    page = open_as(cast.staff())
    page.goto(edit_address(case))
    page.get_by_label("Lägg till filer").set_input_files([file("a.pdf", pdf()), file("b.png", picture("PNG"))])
    page.get_by_text("Initiativet har 2 bilagor, fler får det inte ha.").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Ta bort a.pdf").click()
    page.get_by_text("En till får plats.").wait_for()
    assert page.url.endswith(edit_address(case))
    page.get_by_label("Lägg till filer").set_input_files([file("c.docx", docx())])
    wait_for_list(page, "c.docx")
    assert names(case) == ["b.png", "c.docx"]


def test_what_is_refused_takes_no_place_from_what_is_not(cast: Cast, open_as: OpenAs, settings: Any) -> None:
    settings.ATTACHMENT_COUNT = 2
    case = Walk(cast).case
    page = open_as(cast.staff())
    page.goto(edit_address(case))
    program = b"MZ" + bytes(99)
    page.get_by_label("Lägg till filer").set_input_files(
        [
            file("x.pdf", program),
            file("a.pdf", pdf()),
            file("y.pdf", program),
            file("b.png", picture("PNG")),
            file("c.docx", docx()),
        ]
    )
    page.locator("[data-part=told]", has_text="2 filer tillagda, 3 togs inte emot.").wait_for(state="attached")
    assert names(case) == ["a.pdf", "b.png"]
    assert "c.docx Får inte plats" in page.locator("[data-part=queue]").inner_text().replace("\n", " ")


def test_one_sees_and_reaches_the_label_and_not_the_field_of_the_browser(cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.staff())
    page.goto(edit_address(Walk(cast).case))
    field = page.get_by_label("Lägg till filer")
    assert field.evaluate("field => field.getBoundingClientRect().width") <= 1
    field.focus()
    label = page.locator("label[for=id_files]")
    assert label.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"
    with page.expect_file_chooser():
        label.click()


def test_signed_out_in_the_middle_the_files_are_kept_and_sent_with_one_button(
    cast: Cast, open_as: OpenAs, live_server: Any
) -> None:
    case = Walk(cast).case
    page = open_as(cast.staff(), expects="401")
    page.goto(edit_address(case))
    Session.objects.all().delete()
    page.get_by_label("Lägg till filer").set_input_files([file("avtal.pdf", pdf()), file("b.png", picture())])
    page.locator("[data-part=why]", has_text="Du har blivit utloggad. Filerna är kvar här").wait_for()
    assert page.get_by_role("link", name="Logga in i en ny flik").is_visible()
    assert names(case) == []
    client = Client()
    client.force_login(cast.staff())
    key = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page.get_by_role("button", name="Försök igen").click()
    wait_for_list(page, "b.png")
    assert names(case) == ["avtal.pdf", "b.png"]
    assert page.get_by_role("button", name="Försök igen").is_hidden()


def test_a_server_that_is_gone_is_told_and_nothing_chosen_is_lost(
    cast: Cast, chromium: Any, open_as: OpenAs, live_server: Any
) -> None:
    case = Walk(cast).case
    context = chromium.new_context(base_url=live_server.url, locale="sv-SE")
    context.add_cookies(open_as(cast.staff()).context.cookies())
    page = context.new_page()  # the browser notes in its console that nobody answered
    page.goto(edit_address(case))
    page.route("**/bilagor/", lambda route: route.abort())
    page.get_by_label("Lägg till filer").set_input_files([file("avtal.pdf", pdf())])
    page.locator("[data-part=why]", has_text="Servern svarar inte. Filerna är kvar här").wait_for()
    page.get_by_role("button", name="Försök igen").click()
    page.unroute("**/bilagor/")
    page.get_by_role("button", name="Försök igen").click()
    wait_for_list(page, "avtal.pdf")
    assert names(case) == ["avtal.pdf"]
    context.close()


def test_without_javascript_the_form_sends_itself(cast: Cast, open_as: OpenAs) -> None:
    case = Walk(cast).case
    page = open_as(cast.staff(), java_script_enabled=False)
    page.goto(edit_address(case))
    assert page.get_by_text("Filerna skickas för sig.").is_visible()
    page.get_by_label("Lägg till filer").set_input_files([file("avtal.pdf", pdf())])
    page.get_by_role("button", name="Ladda upp").click()
    page.get_by_text("Bilagan är tillagd.").wait_for()
    page.get_by_role("link", name="Ta bort avtal.pdf").click()
    page.get_by_text("Det går inte att ångra.").wait_for()
    page.get_by_role("button", name="Ta bort bilagan").click()
    page.get_by_text("Bilagan ”avtal.pdf” är borttagen.").wait_for()
    assert not Attachment.objects.exists()


def test_a_supplement_is_answered_with_a_file(cast: Cast, open_as: OpenAs) -> None:
    walk = Walk(cast).to(Status.SUPPLEMENT)
    page = open_as(cast.lead())
    page.goto(f"{walk.case.get_absolute_url()}steg/supplement/")
    page.get_by_label("Lägg till filer").set_input_files([file("svar.pdf", pdf())])
    wait_for_list(page, "svar.pdf")
    assert violations(page) == []
    page.goto(walk.case.get_absolute_url())
    page.get_by_text("Bilaga tillagd: svar.pdf").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="svar.pdf", exact=True).click()
    assert Path(download.value.path()).read_bytes() == pdf()
