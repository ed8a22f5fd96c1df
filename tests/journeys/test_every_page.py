"""Every sort of page, in a real browser as somebody who has use for it: axe in light and dark, nothing to scroll
sideways on a telephone or a desk, nothing in the console. Error pages, empty lists and forms with faults are pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from followup.actions import confirm_benefit, record_adoption, save_measure, state_capacity
from followup.models import Confirmation
from followup.periods import HalfYear
from governance.actions import choose_mail
from governance.acts import Act
from governance.mail import sending
from governance.models import Mail, Notice, Outcome, RetentionRule, Stage
from governance.notices import Delivery, NoticeKind
from governance.statuses import Status
from initiatives.actions import versions
from initiatives.actions.assessing import Mark
from initiatives.models import AssessmentModel, Watch
from tests.cast import Cast
from tests.initiatives.files import picture
from tests.journeys.looking import scrolls_sideways, violations
from tests.postoffice import give_address
from tests.walk import Walk, marks
from v6portal.organizations import demo
from v6portal.organizations.actions import appoint
from v6portal.organizations.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PERIOD = HalfYear.of(timezone.localdate()).code


class Looking:
    """Goes from page to page and notes what is wrong, so that all of it is told at once."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def at(self, page: Page, address: str, *, status: int = 200) -> None:
        page.set_viewport_size(DESK)
        response = page.goto(address)
        assert response is not None
        if response.status != status:
            self.wrong.append(f"{address}: {response.status}, väntat {status}")
        self.look(page)

    def look(self, page: Page) -> None:
        for size in (TELEPHONE, DESK):
            page.set_viewport_size(size)
            if (wider := scrolls_sideways(page)) > 0:
                self.wrong.append(f"{page.url}: {wider} bildpunkter för bred i {size['width']}")
        self.wrong += violations(page)


def much_has_happened(cast: Cast) -> Walk:
    """In Genomförande, with something of everything a case can have."""
    walk = Walk(cast).to(Status.IN_PROGRESS)
    walk.record_cost(125_000)
    walk.record_cost(12_500, corrects=walk.case.costs.latest("pk"), motivation="En nolla för mycket.")
    walk.record_cost(40_000, "operation")
    walk.end_stage(Outcome.DONE)
    walk.start_stage()
    coming = {"stage_type": "implementation", "planned_start": walk.today, "planned_end": walk.today}
    walk.act(Act.REPLAN, walk.lead, planned="new", motivation="Alla inför samtidigt.", **coming)
    Stage.objects.filter(end__isnull=True).update(planned_end=walk.today - dt.timedelta(days=3))
    lead, today = cast.lead(), timezone.localdate()
    for kommun in ("skara", "lidkoping"):
        record_adoption(case=walk.case, by=lead, organisation=cast.orgs[kommun], in_use_on=today)
    benefit = {"hours_a_year": Decimal(120), "kronor_once": Decimal(9_000), "grounds": "Fanns inte."}
    for _time in range(2):
        confirm_benefit(case=walk.case, by=lead, kind=Confirmation.Kind.NEW, holds=True, date=today, **benefit)
    terms = {"cost_rule": "population", "late_rule": "percent", "late_percent": 10, "valid_from": today}
    walk.act(Act.SHARE_COSTS, lead, motivation="Så kom vi överens.", **terms)
    walk.leave("vara")
    walk.act(Act.COMMENT, lead, motivation="Ring leverantören.")
    return walk


OpenAs = Callable[..., Page]


def test_pages_of_one_initiative(cast: Cast, open_as: OpenAs, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    looking = Looking()
    done = much_has_happened(cast).case.get_absolute_url()
    asked = Walk(cast, title="Gemensam e-arkivering av ärenden i förskolan").to(Status.INTEREST).case.get_absolute_url()
    scored = Walk(cast, title="Bokning av lokaler").to(Status.V6_PRIORITISING)
    scored.assess_in_v6("skara", 5)
    qualifying = Walk(cast, title="Sensorer i soptunnor").to(Status.QUALIFYING).case.get_absolute_url()
    draft = Walk(cast, title="Röststyrda protokoll").case.get_absolute_url()

    author = open_as(cast.staff())
    looking.at(author, "/initiativ/nytt/")
    looking.at(author, f"{draft}redigera/")
    author.get_by_label("Titel").fill("")
    with author.expect_navigation():
        author.get_by_role("button", name="Skicka in").click()
    looking.look(author)
    looking.at(author, f"{draft}vem/")
    looking.at(author, f"{draft}ta-bort/")
    author.goto(f"{draft}redigera/")
    author.get_by_label("Lägg till filer").set_input_files([{"name": "a.png", "mimeType": "", "buffer": picture()}])
    author.get_by_role("link", name="Ta bort a.png").wait_for()
    looking.look(author)
    looking.at(author, f"{draft}bilagor/")
    looking.at(author, author.get_by_role("link", name="Ta bort a.png").get_attribute("href") or "")

    lead = open_as(cast.lead())
    for address in (
        done,
        f"{done}handelser/",
        f"{done}deltagande/",
        f"{done}deltagande/?datum=snart",
        f"{done}kostnadsdelning/",
        f"{done}kostnadsdelning/?andra=ja",
        "/deltagande/",
        f"{done}underlag/",
        f"{done}inforande/",
        f"{done}nytta/",
        f"{done}steg/record_cost/",
        f"{done}nyttokalkyl/",
        f"{done}tidslinje/",
        f"{done}process/",
        f"{done}etapper/underlag/",
        f"{done}steg/replan/",
        "/process/",
    ):
        looking.at(lead, address)
    for address in (f"{done}steg/end_stage/", f"{qualifying}fragor/kommun/", f"{scored.case.get_absolute_url()}bedom/"):
        looking.at(lead, address)
    looking.at(open_as(cast.lead("vara")), f"{scored.case.get_absolute_url()}bedom/")

    looking.at(open_as(cast.director("lidkoping")), f"{done}steg/leave/")
    director = open_as(cast.director("vara"))
    looking.at(director, f"{done}steg/join/")
    looking.at(director, asked)
    looking.at(director, f"{asked}underlag/")
    looking.at(director, f"{asked}steg/answer_interest/")
    with director.expect_navigation():
        director.get_by_role("button", name="Lämna svaret").click()
    looking.look(director)
    registrar = open_as(cast.registrar())
    for address in ("steg/mark_secret/", "utlamnande/"):
        looking.at(registrar, f"{done}{address}")
    looking.at(registrar, "/beslut/?state=all&first=2020-01-01")
    looking.at(registrar, f"/beslut/skara-{timezone.localdate().year}-001/")
    looking.at(open_as(cast.director()), f"{done}steg/correct/")
    for what in ("drafts", "unused_attachments"):
        RetentionRule.objects.create(organisation=cast.orgs["skara"], what=what, years=1)
    looking.at(registrar, "/gallring/")
    looking.at(registrar, f"/gallring/{RetentionRule.objects.earliest('pk').pk}/")
    looking.at(registrar, "/logg/")
    with registrar.expect_navigation():
        registrar.get_by_role("button", name="Kontrollera nu").click()
    looking.look(registrar)
    assert not looking.wrong, "\n".join(looking.wrong)


def test_comparing_and_agreeing(cast: Cast, open_as: OpenAs) -> None:
    """Answers that go apart, seen before and after the round has closed, and the form where a meeting agrees."""
    looking = Looking()
    walk = Walk(cast, title="Gemensam e-arkivering av ärenden i förskolan").to(Status.V6_PRIORITISING)
    answers = marks(3)
    for kommun, value, why in (("skara", 5, "Alla enheter berörs."), ("vara", 1, "")):
        walk.act(Act.ASSESS, cast.lead(kommun), marks=answers | {"N1": Mark(value, why)})
    here = f"{walk.case.get_absolute_url()}jamfor/"
    coordinator, lead = open_as(cast.coordinator()), open_as(cast.lead())
    looking.at(coordinator, here)
    looking.at(lead, f"{here}?lista=v6")
    walk.close_round()
    walk.agree("Vi talade igenom det.", N2=4)
    for address in (f"{here}?lista=v6", f"{here}?omgang=1", f"{here}N1/", f"{here}N2/", "/bedomning/diskutera/"):
        looking.at(coordinator, address)
    coordinator.goto(f"{here}N1/")
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="Spara gemensam bedömning").click()
    looking.look(coordinator)
    looking.at(lead, "/bedomning/diskutera/?lista=skara")
    assert not looking.wrong, "\n".join(looking.wrong)


def supplemented(cast: Cast) -> Walk:
    """A text that has been changed once, in every way a comparison shows."""
    long = " ".join(f"Mening {number} om hur det går till." for number in range(40))
    walk = Walk(cast, title="Nyckelskåp i trapphuset", need=f"Nycklar kommer bort. {long}").to(Status.QUALIFYING)
    questions = {"need": "Hur många nycklar?", "people_involved": ""}
    walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Hur många berörs?", questions=questions)
    fields = {
        "need": f"Tjugo nycklar kommer bort. {long}\n\nVarje år.",
        "people_involved": 20,
        "targets_employees": True,
    }
    walk.act(Act.SUPPLEMENT, walk.author, motivation="Tjugo.", fields=fields)
    return walk


def test_after_it_was_sent_in(cast: Cast, open_as: OpenAs) -> None:
    """The submitter's own page, what has changed, the lead's question and the answer, errors included."""
    looking = Looking()
    walk = supplemented(cast)
    here = walk.case.get_absolute_url()
    author, lead = open_as(walk.author), open_as(walk.lead)
    for address in (here, f"{here}andringar/", f"{here}andringar/?fran=1&till=2&allt=1", f"{here}andringar/?fran=9"):
        looking.at(author, address)
    once = Walk(cast, title="Sensorer i soptunnor").to(Status.SUBMITTED).case.get_absolute_url()
    looking.at(author, f"{once}andringar/")
    looking.at(author, f"{once}steg/withdraw/")
    with author.expect_navigation():
        author.get_by_role("button", name="Återta").click()
    looking.look(author)

    lead.goto(f"{here}steg/request_supplement/")
    lead.get_by_label("Problem eller behov", exact=True).check()
    lead.get_by_label("Fråga om svaret ”Problem eller behov”").fill("x" * 301)
    with lead.expect_navigation():
        lead.get_by_role("button", name="Begär komplettering").click()
    looking.look(lead)
    lead.get_by_label("Vad saknas?").fill("Hur ofta?")
    lead.get_by_label("Fråga om svaret ”Problem eller behov”").fill("Hur ofta byts låsen?")
    lead.get_by_role("button", name="Begär komplettering").click()
    lead.get_by_text("Frågan är skickad.").wait_for()

    looking.at(author, here)
    looking.at(author, f"{here}steg/supplement/")
    author.get_by_label("Problem eller behov").fill("")
    with author.expect_navigation():
        author.get_by_role("button", name="Skicka komplettering").click()
    looking.look(author)
    assert not looking.wrong, "\n".join(looking.wrong)


def test_what_is_alike(cast: Cast, open_as: OpenAs) -> None:
    """Beside a draft, with one answered and taken back; the page of the same need; for the one who qualifies."""
    looking = Looking()
    there = [
        Walk(cast, title=f"Larm på äldreboenden i {place}").to(Status.V6_RECEIVED).case.initiative.reference
        for place in ("norr", "söder")
    ]
    qualifying = Walk(cast, title="Larm på äldreboenden").to(Status.QUALIFYING).case.get_absolute_url()
    lead = open_as(cast.lead())
    looking.at(lead, "/initiativ/nytt/")
    lead.get_by_label("Titel").fill("Larm på äldreboende")
    lead.get_by_role("button", name="Spara utkast").click()
    lead.get_by_text("Finns det redan?").wait_for()
    draft = lead.url
    looking.look(lead)
    lead.get_by_role("button", name="Inte samma").last.click()
    lead.get_by_text("visas inte längre här").wait_for()
    looking.look(lead)
    expect(lead.get_by_role("button", name="Ångra")).to_be_focused()
    lead.get_by_role("button", name="Ångra").click()
    lead.get_by_text("visas inte längre här").wait_for(state="detached")
    expect(lead.locator("#h-liknande")).to_be_focused()
    looking.at(lead, draft.replace("redigera/", f"samma/{there[0]}/"))
    for rest in ("liknande/", "fragor/kommun/", f"steg/mark_duplicate/?original={there[0]}"):
        looking.at(lead, f"{qualifying}{rest}")
    looking.at(lead, "/initiativ/?view=watched")
    reader = open_as(cast.reader())
    looking.at(reader, qualifying)
    reader.get_by_role("button", name="Bevaka").click()
    reader.get_by_role("button", name="Sluta bevaka").wait_for()
    expect(reader.get_by_role("button", name="Sluta bevaka")).to_be_focused()
    looking.look(reader)
    looking.at(reader, "/")
    looking.at(reader, "/initiativ/?view=watched")
    assert not looking.wrong, "\n".join(looking.wrong)


FORMS: dict[Status, list[tuple[str, str]]] = {
    Status.SUPPLEMENT: [("staff", "supplement")],
    Status.QUALIFYING: [("lead", "request_supplement"), ("lead", "refer"), ("lead", "mark_duplicate")],
    Status.QUALIFIED: [("council", "recommend"), ("staff", "amend"), ("lead", "prioritise"), ("lead", "pause")],
    Status.PRIORITISED: [("director", "send_to_v6")],
    Status.V6_RECEIVED: [("coordinator", "return_to_kommun")],
    Status.INTEREST: [("coordinator", "close_interest"), ("director", "leave")],
    Status.IT_ASSESSMENT: [("it_officer", "draft_it_assessment"), ("it_officer", "hand_task")],
    Status.AWAITING_START: [("director", "decide_start")],
}


def test_forms_of_the_process(cast: Cast, open_as: OpenAs) -> None:
    looking = Looking()
    people: dict[str, Page] = {}
    for status, forms in FORMS.items():
        case = Walk(cast, title=f"Digitala nycklar, {status.label.lower()}").to(status).case
        for role, act in forms:
            page = people.get(role) or people.setdefault(role, open_as(getattr(cast, role)()))
            looking.at(page, f"{case.get_absolute_url()}steg/{act}/")
    assert not looking.wrong, "\n".join(looking.wrong)


def test_a_file_that_is_refused(cast: Cast, open_as: OpenAs, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "register.xlsx").write_bytes(b"inte en arbetsbok")
    looking, page = Looking(), open_as(cast.admin())
    page.goto("/register/import/")
    page.locator("input[type=file]").set_input_files(tmp_path / "register.xlsx")
    page.locator("main form button").click()
    page.get_by_text("Filen är inte en arbetsbok").wait_for()
    looking.look(page)
    assert not looking.wrong, "\n".join(looking.wrong)


def test_the_demo_accounts(db: None, open_as: OpenAs, settings: Any) -> None:
    settings.DEMO = True
    demo.create_cast()
    looking = Looking()
    looking.at(open_as(None), "/logga-in/")
    assert not looking.wrong, "\n".join(looking.wrong)


def test_mail(cast: Cast, open_as: OpenAs, settings: Any) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    give_address(cast.staff(), cast.manager())
    choose_mail(by=cast.manager(), chosen={NoticeKind.DECIDED: Delivery.DAILY})
    walk = Walk(cast).to(Status.SUPPLEMENT)
    secret = Walk(cast, title="Larm").to(Status.PRIORITISED)
    for case in (walk.case, secret.case):
        Watch.objects.create(initiative=case.initiative, user=cast.manager(), since=timezone.now())
    secret.decide_local()
    readers = [(cast.orgs["skara"], role) for role in (Role.REGISTRAR, Role.MANAGER)]
    marking = {"legal_basis": "OSL 18 kap. 8 §", "marked_on": timezone.localdate(), "readers": readers}
    secret.act(Act.MARK_SECRET, cast.registrar(), **marking)
    Notice.objects.update(written_at=timezone.now() - dt.timedelta(days=2))
    sending.go_round()
    looking, author, manager = Looking(), open_as(cast.staff()), open_as(cast.manager())
    for page in (author, manager):
        looking.at(page, "/demo/mejl/")
        with page.expect_navigation():
            page.locator("main table a").first.click()
        looking.look(page)
        page.get_by_role("link", name="Visa som HTML").click()
        page.locator("h1").wait_for()
    html = author.context.new_page()  # as it was sent it lies in a sandbox, where axe cannot run
    for mail in Mail.objects.sent():
        html.set_content(mail.html)
        looking.look(html)
    looking.at(author, "/mina-mejl/")
    looking.at(open_as(cast.outsider()), "/mina-mejl/")
    author.goto("/")
    author.locator("details.who > summary").click()
    looking.look(author)
    Mail.objects.update(state=Mail.State.FAILED)
    looking.at(open_as(cast.lead()), "/demo/mejl/")
    assert not looking.wrong, "\n".join(looking.wrong)


def test_tasks_and_goliska(cast: Cast, open_as: OpenAs) -> None:
    """A stand-in, a handed task, a vacancy and a queue, each with something in it."""
    looking = Looking()
    lead, other, officer = cast.lead(), cast.lead(number=2), cast.it_officer()
    for place in ("skara", "vara"):
        walk = Walk(cast, place, title=f"Digitala nycklar i {place}").to(Status.SUBMITTED)
    kept = Walk(cast, title="Sensorer i soptunnor").to(Status.SUBMITTED)
    kept.act(Act.HAND_TASK, other, colleague=lead, motivation="Jag hinner inte före jul.")
    Walk(cast, title="Röststyrda protokoll").to(Status.SUBMITTED).act(Act.HAND_TASK, lead, colleague=other)
    Walk(cast, title="Gemensam e-arkivering av ärenden i förskolan").to(Status.IT_ASSESSMENT)
    cast.lead("vara").memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    held, today = cast.director().memberships.get(), timezone.localdate()
    appoint(
        held=held, stand_in=lead, first=today, last=today + dt.timedelta(days=9), basis="KS 1.4", by=cast.director()
    )
    state_capacity(half_year=HalfYear.of(today), hours=800, by=officer)
    page = open_as(lead)
    looking.at(page, "/")
    page.get_by_text("En kollega har en uppgift").click()
    looking.look(page)
    looking.at(page, f"{kept.case.get_absolute_url()}steg/hand_task/")
    looking.at(page, "/ersattare/")
    director = open_as(cast.director())
    looking.at(director, "/ersattare/")
    with director.expect_navigation():
        director.get_by_role("button", name="Utse ersättare").click()
    looking.look(director)
    for person, address in ((cast.coordinator(), "/vakanser/"), (cast.coordinator(), "/"), (officer, "/goliska/")):
        looking.at(open_as(person), address)
    assert walk.home == "vara"
    assert not looking.wrong, "\n".join(looking.wrong)


def test_lists_reports_and_the_frame(cast: Cast, open_as: OpenAs) -> None:
    looking = Looking()
    much_has_happened(cast)
    lead = open_as(cast.lead())
    for address in ("/", "/initiativ/", "/initiativ/?q=nycklar", "/initiativ/?q=finns-inte", "/prioritering/"):
        looking.at(lead, address)
    looking.at(lead, "/prioritering/vikter/?scope=all")
    looking.at(lead, "/prioritering/?scope=all")
    looking.at(lead, "/prioritering/?scope=all&q=finns-inte&certainty=50")
    looking.at(lead, f"{Walk(cast).to(Status.AWAITING_START).case.get_absolute_url()}poang/")
    measure = save_measure(by=cast.director(), name="Pågår i V6", filters={"process": "v6"}, told="I V6-processen")
    for address in ("/uppfoljning/matt/", "/uppfoljning/matt/nytt/?status=closed", f"/uppfoljning/matt/{measure.pk}/"):
        looking.at(open_as(cast.director()), address)
    for address in ("", f"{PERIOD}/", f"{PERIOD}/?kommun=alla", f"{PERIOD}/A1-summa/", "oppna-data/"):
        looking.at(lead, f"/uppfoljning/{address}")
    looking.at(lead, "/filer/")
    then = f"/uppfoljning/{PERIOD}/som-det-var/"
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    for address in (
        f"{then}?visste=2999-01-01",
        f"{then}{yesterday}/{yesterday}/",
        f"{then}{yesterday}/{yesterday}/B5/",
    ):
        looking.at(lead, address)
    for address in (f"/initiativ/som-det-var/?gallde={yesterday}", "/initiativ/som-det-var/?gallde=2999-01-01"):
        looking.at(lead, address)
    lead.goto("/")
    lead.locator("details.who > summary").click()
    looking.look(lead)
    looking.at(open_as(cast.director("vara")), "/")
    looking.at(open_as(cast.outsider()), "/")
    administrator = open_as(cast.admin())
    shipped = AssessmentModel.objects.current()
    draft = versions.copy(model=shipped, by=cast.admin())
    draft.criteria.filter(code="N1").update(weight=15)
    models = "/admin/initiatives/assessmentmodel/"
    of_models = [f"/bedomningsmodell/{draft.pk}/", models, f"{models}{draft.pk}/change/", f"{models}{draft.pk}/jamfor/"]
    of_models += [f"{models}{pk}/publicera/" for pk in (draft.pk, shipped.pk)]
    for address in ("/register/import/", "/admin/", *of_models):
        looking.at(administrator, address)
    nobody = open_as(None)
    for address in ("/logga-in/", "/tillganglighet/", "/personuppgifter/", "/hjalp/"):
        looking.at(nobody, address)
    nobody.goto("/logga-in/")
    with nobody.expect_navigation():
        nobody.get_by_role("button", name="Logga in").click()
    looking.look(nobody)
    assert not looking.wrong, "\n".join(looking.wrong)


def test_pages_that_say_no(cast: Cast, chromium: Browser, open_as: OpenAs, live_server: Any) -> None:
    """The browser itself notes in its console that the answer was an error: those lines alone are forgiven."""
    looking = Looking()
    walk = Walk(cast).to(Status.SUBMITTED)
    complaints: list[str] = []
    cookies = open_as(cast.director()).context.cookies()
    context = chromium.new_context(base_url=live_server.url, locale="sv-SE")
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    looking.at(page, "/finns-inte/", status=404)
    looking.at(page, "/register/import/", status=403)
    looking.at(page, f"{walk.case.get_absolute_url()}steg/start_qualification/", status=403)
    looking.at(page, f"{walk.case.get_absolute_url()}steg/decide_start/", status=409)
    page.route(
        "**/for-stort/",
        lambda route: route.fulfill(
            status=413, body=render_to_string("413.html", {"megabytes": 201}), content_type="text/html"
        ),
    )
    looking.at(page, "/for-stort/", status=413)
    page.route(
        "**/brusten/",
        lambda route: route.fulfill(status=500, body=render_to_string("500.html"), content_type="text/html"),
    )
    looking.at(page, "/brusten/", status=500)
    context.close()
    assert not looking.wrong, "\n".join(looking.wrong)
    assert [line for line in complaints if "the server responded with a status of" not in line] == []


def test_an_empty_portal(cast: Cast, open_as: OpenAs) -> None:
    looking = Looking()
    page = open_as(cast.lead())
    for address in ("/", "/initiativ/", "/prioritering/", "/uppfoljning/", f"/uppfoljning/{PERIOD}/"):
        looking.at(page, address)
    looking.at(page, "/prioritering/vikter/")
    assert not looking.wrong, "\n".join(looking.wrong)


def choose(page: Page, words: str) -> None:
    """Moves with Tab until what has those words is in focus: a link or a button by its text, a field by its label."""
    for _press in range(90):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{words} nås inte med tabbtangenten på {page.url}")


FOCUSED = """() => {
    const e = document.activeElement
    return [e, ...(e.labels || [])].map(part => part.textContent).join(' ').replace(/\\s+/g, ' ')
}"""


def test_an_initiative_is_sent_in_with_the_keyboard_alone(cast: Cast, open_as: OpenAs) -> None:
    page = open_as(cast.staff())
    page.goto("/")
    choose(page, "Nytt initiativ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiativ/nytt/")
    for label, words in (
        ("Titel", "Digitala nycklar"),
        ("Förvaltning", "Omsorg"),
        ("Problem eller behov", "Nycklar hämtas och lämnas."),
        ("Väntad nytta", "Mer tid."),
    ):
        choose(page, label)
        page.keyboard.type(words)
    choose(page, "Invånare")
    page.keyboard.press("Space")
    choose(page, "Skicka in")
    page.keyboard.press("Enter")
    page.get_by_text("Initiativet är inskickat.").wait_for()


def test_an_interest_request_is_answered_with_the_keyboard_alone(cast: Cast, open_as: OpenAs) -> None:
    walk = Walk(cast).to(Status.INTEREST)
    page = open_as(cast.director("vara"))
    page.goto("/")
    choose(page, f"Svara: {walk.case.initiative.title}")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lämna svaret").wait_for()
    choose(page, "Delta")
    page.keyboard.press("Space")
    choose(page, "Motivering")
    page.keyboard.type("Vi har samma behov.")
    choose(page, "Lämna svaret")
    page.keyboard.press("Enter")
    page.get_by_text("Svaret är lämnat").wait_for()
    assert walk.case.interest_answers.get().organisation.key == "vara"


def test_a_supplement_is_written_with_the_keyboard_alone(cast: Cast, open_as: OpenAs) -> None:
    walk = Walk(cast).to(Status.QUALIFYING)
    questions = {"people_involved": "Hur många?"}
    walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Hur många berörs?", questions=questions)
    page = open_as(walk.author)
    page.goto("/")
    choose(page, f"Komplettera: {walk.case.initiative.title}")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Svara på komplettering").wait_for()
    choose(page, "Ditt svar")
    page.keyboard.press("Tab")
    assert "Antal medarbetare" in page.evaluate(FOCUSED), "the answer concerned comes next"
    assert "Hur många?" in page.evaluate(DESCRIBED)
    page.keyboard.type("-1")
    choose(page, "Skicka komplettering")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "Det här behöver rättas" in page.evaluate("document.activeElement.textContent")
    choose(page, "Ditt svar –")
    page.keyboard.press("Enter")
    page.keyboard.type("Tjugo personer.")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("20")
    choose(page, "Skicka komplettering")
    page.keyboard.press("Enter")
    page.get_by_text("Ditt svar är skickat till utvecklingsledaren.").wait_for()
    assert walk.case.initiative.revisions.latest("number").content["people_involved"] == 20


DESCRIBED = """() => (document.activeElement.getAttribute('aria-describedby') || '').split(' ')
    .map(id => document.getElementById(id)?.textContent || '').join(' ')"""
