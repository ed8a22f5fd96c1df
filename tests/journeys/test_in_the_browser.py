"""The main line in a real browser: a medarbetare's draft, the kommun's process, V6, the work and a figure that changes.

One holder of each role does her step where she does it in life; the holders after the first do theirs by the same
forms without a browser. axe reads every page on the way, in light and in dark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from followup.periods import HalfYear
from governance.acts import Act
from governance.chain import first_break
from governance.models import Case, Decision, Meeting
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.route import CRITERIA, NAME, Journey, answered, assessed, figures
from tests.walk import B_CODES, K_CODES
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PERIOD = HalfYear.of(timezone.localdate()).code
FEW_ENOUGH = 10
"""Fewer interactions than this answer an interest request, docs/process.md: from one page, without training."""


class Browsing:
    """A person in a browser. Every press is counted, and every page she comes to is read by axe."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0
        self.found: list[str] = []
        self._read: set[str] = set()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self._look()

    def press(self, words: str, within: Locator | None = None) -> None:
        """The link or the button with exactly these words; another page comes."""
        place = within or self.page.locator("main")
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        with self.page.expect_navigation():
            self._touch(place.locator("a, button").filter(has_text=exact).first)
        self._look()

    def press_and_read(self, words: str, told: str) -> None:
        """A button of a page that saves by itself first, and changes its address as it does."""
        self._touch(self.page.get_by_role("button", name=words, exact=True))
        self.page.get_by_text(told).wait_for()
        self._look()

    def choose(self, field: str, value: str) -> None:
        """One of several, by pressing on its words."""
        mark = self.page.locator(f'input[name="{field}"][value="{value}"]')
        self._touch(self.page.locator(f'label[for="{mark.get_attribute("id")}"]'))
        assert mark.is_checked()

    def tick(self, words: str) -> None:
        box = self.page.get_by_label(words)
        self._touch(box)
        assert box.is_checked()

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)
        self.pressed += 1

    def _touch(self, what: Locator) -> None:
        self.pressed += 1
        what.click()

    def _look(self) -> None:
        """The same page a second time is the same page."""
        self.page.wait_for_load_state()
        title = self.page.title()
        if title not in self._read:
            self._read.add(title)
            self.found += violations(self.page)
            if scrolls_sideways(self.page) > 0:
                self.found.append(f"{self.page.url} är för bred")


OpenAs = Callable[..., Page]


class BrowserJourney(Journey):
    """The journey, with a browser for each person who needs one."""

    def __init__(self, cast: Cast, open_as: OpenAs) -> None:
        super().__init__(cast)
        self._open_as = open_as
        self._people: dict[int, Browsing] = {}

    def browser_of(self, person: User, **options: object) -> Browsing:
        if person.pk not in self._people:
            self._people[person.pk] = Browsing(self._open_as(person, **options))
        return self._people[person.pk]

    def before(self, person: User) -> Browsing:
        """The person in her browser, with the initiative before her."""
        browsing = self.browser_of(person)
        browsing.open(self.address)
        return browsing

    @property
    def found(self) -> list[str]:
        return [line for browsing in self._people.values() for line in browsing.found]


def test_from_a_draft_to_a_figure_in_the_report(cast: Cast, open_as: OpenAs) -> None:
    journey = BrowserJourney(cast, open_as)
    written_and_submitted(journey)
    qualified_scored_and_prioritised(journey)
    sent_to_v6(journey)
    asked_and_answered(journey)
    scored_in_v6(journey)
    recommended_at_a_meeting(journey)
    started(journey)
    assert introduced_in(journey, cast.director("vara")) == "0"
    before = figures()["B3"]["inforanden"]
    carried_out_and_handed_over(journey)
    assert (before, figures()["B3"]["inforanden"]) == (0, 1)
    assert introduced_in(journey, cast.director("vara")) == "1"
    given_out(journey)
    assert not journey.found, "\n".join(journey.found)


def written_and_submitted(journey: BrowserJourney) -> None:
    author = journey.browser_of(journey.cast.staff())
    author.open("/")
    author.press("Nytt initiativ")
    author.write("Titel", NAME)
    author.press_and_read("Spara utkast", "Utkastet är sparat som")
    journey.address = Initiative.objects.get().get_absolute_url()
    author.write("Förvaltning", "Vård och omsorg")
    author.write("Problem eller behov", "Personalen hämtar och lämnar fysiska nycklar.")
    author.write("Väntad nytta", "Mer tid hos den som har hjälp hemma.")
    author.choose("target", "residents")
    author.press_and_read("Skicka in", "Initiativet är inskickat.")
    assert journey.status == Status.SUBMITTED
    assert author.page.url.endswith(journey.address)


def qualified_scored_and_prioritised(journey: BrowserJourney) -> None:
    lead = journey.browser_of(journey.cast.lead())
    lead.open("/")
    lead.press(f"Påbörja kvalificering: {NAME}")
    lead.press("Påbörja kvalificering")
    lead.press("Svara på kvalificeringsfrågorna")
    for code in K_CODES:
        lead.choose(f"reply_{code}", "yes")
    for code in B_CODES:
        lead.choose(f"reply_{code}", "no")
    lead.press("Spara svaren")
    lead.press("Godkänn kvalificering")
    lead.press("Godkänn kvalificering")
    lead.press("Bedöm")
    for code in CRITERIA:
        lead.choose(f"value_{code}", "4")
    lead.press("Lämna bedömning")
    lead.open(journey.address)
    lead.press("Fastställ prioritering")
    lead.write("Plats i ordningen", "1")
    lead.press("Fastställ prioritering")
    assert journey.status == Status.PRIORITISED


def sent_to_v6(journey: BrowserJourney) -> None:
    director = journey.before(journey.cast.director())
    director.press("Besluta: skicka till V6")
    director.choose("motive", "scale")
    director.tick("Jag förstår vad det innebär")
    director.write("Motivering", "Alla sex har samma behov.")
    director.press("Besluta: skicka till V6")
    assert journey.status == Status.V6_RECEIVED


def asked_and_answered(journey: BrowserJourney) -> None:
    """The coordinator asks; Vara's director answers on her telephone, the others as the journey in the client does."""
    coordinator = journey.before(journey.cast.coordinator())
    coordinator.press("Påbörja V6-kvalificering")
    coordinator.press("Påbörja V6-kvalificering")
    coordinator.press("Svara på V6-frågorna")
    for number in range(1, 7):
        coordinator.choose(f"reply_S{number}", "yes")
    coordinator.press("Spara svaren")
    coordinator.press("Godkänn och fråga kommunerna")
    coordinator.press("Godkänn och fråga kommunerna")
    assert journey.status == Status.INTEREST

    vara = journey.browser_of(journey.cast.director("vara"), viewport={"width": 360, "height": 740}, has_touch=True)
    vara.open("/")
    vara.press(f"Svara: {NAME}")
    vara.choose("answer", "join")
    vara.write("Motivering", "Vi har samma behov.")
    vara.press("Lämna svaret")
    assert Case.objects.get().interest_answers.get().organisation.key == "vara"
    assert vara.pressed < FEW_ENOUGH
    for kommun, answer in (("lidkoping", "join"), ("essunga", "wait"), ("grastorp", "decline"), ("gotene", "decline")):
        answered(journey, journey.cast.director(kommun), answer)
    coordinator.open(journey.address)
    coordinator.press("Stäng förfrågan")
    coordinator.press("Stäng förfrågan")
    assert journey.status == Status.V6_PRIORITISING


def scored_in_v6(journey: BrowserJourney) -> None:
    assessed(journey, journey.cast.lead(), "5")
    lead = journey.browser_of(journey.cast.lead("vara"))
    lead.open("/")
    lead.press(f"Bedöm: {NAME}")
    for code in CRITERIA:
        lead.choose(f"value_{code}", "3")
    lead.press("Lämna bedömning")


def recommended_at_a_meeting(journey: BrowserJourney) -> None:
    """The network meets over it: the coordinator keeps the minutes, the one who was there adjusts them."""
    member = journey.cast.person(Role.NETWORK, "v6")
    coordinator = journey.browser_of(journey.cast.coordinator())
    coordinator.open("/moten/nytt/")
    coordinator.page.get_by_label("Dag", exact=True).fill(timezone.localdate().isoformat())
    coordinator.page.get_by_label("Börjar").fill("08:30")
    coordinator.write("Plats", "Stadshuset i Skara")
    coordinator.page.get_by_label("Ordförande").select_option(str(member))
    coordinator.press("Lägg in mötet")
    meeting = Meeting.objects.get()
    coordinator.press(f"Lägg till {Case.objects.get().initiative.reference}")
    coordinator.press("Öppna mötet")
    coordinator.page.get_by_label(str(member)).check()
    coordinator.press("Spara närvaron")
    coordinator.press("Ta upp punkt 1")
    stance = coordinator.page.get_by_role("radiogroup", name="Rekommendation")
    stance.get_by_label("Tillstyrker").check()
    coordinator.press("Avsluta punkten")
    coordinator.open(f"{meeting.get_absolute_url()}avsluta/")
    coordinator.page.get_by_label("Mötet slutade").fill("23:59")
    coordinator.page.get_by_label(str(member)).check()
    coordinator.press("Avsluta mötet")

    network = journey.browser_of(member)
    network.open("/moten/")
    network.open(meeting.get_absolute_url())
    network.press("Justera protokollet")
    paper = PdfReader(BytesIO(network.page.request.get(f"{meeting.get_absolute_url()}protokoll.pdf").body()))
    words = " ".join("".join(page.extract_text() for page in paper.pages).split())
    assert NAME in words
    assert "§ 1" in words
    assert "UTKAST" not in words


def started(journey: BrowserJourney) -> None:
    """Prioritised and decided, on the group's paragraph."""
    journey.step(journey.cast.coordinator(), "Fastställ V6-prioritering", order="1")
    director = journey.before(journey.cast.director())
    director.press("Besluta om start")
    director.choose("stage_type", "prestudy")
    director.write("Budget", "100 000")
    director.write("Motivering", "Pengarna finns.")
    director.press("Besluta om start")
    assert journey.status == Status.IN_PROGRESS
    grounds = Decision.objects.get(act=Act.DECIDE_START).prepared_by
    assert grounds is not None
    assert grounds.paragraph == 1


def given_out(journey: BrowserJourney) -> None:
    """Somebody asks for the documents, and the registrar gives them out."""
    registrar = journey.before(journey.cast.person(Role.REGISTRAR, "skara"))
    registrar.open(f"{journey.address}utlamnande/")
    registrar.write("Lämnas ut till", "Nya Lidköpings-Tidningen")
    registrar.tick("Jag har prövat om handlingarna får lämnas ut")
    with registrar.page.expect_download() as download:
        registrar.page.get_by_role("button", name="Lämna ut och hämta som zip").click()
    with ZipFile(download.value.path()) as package:
        names = package.namelist()
        assert package.testzip() is None
    assert any(name.endswith(".pdf") for name in names)
    assert any("handelser" in name and name.endswith(".json") for name in names), names
    assert first_break() is None


def carried_out_and_handed_over(journey: BrowserJourney) -> None:
    lead = journey.before(journey.cast.lead())
    lead.press("Avsluta etapp")
    lead.choose("outcome", "done")
    lead.press("Avsluta etapp")
    lead.press("Registrera införande")
    lead.press("Registrera införande")
    journey.step(journey.cast.lead(), "Ange förvaltningsobjekt", managed_object="Lås och passage")
    lead.open(journey.address)
    lead.press("Överlämna till förvaltning")
    lead.press("Överlämna till förvaltning")
    assert journey.status == Status.MAINTENANCE


def introduced_in(journey: BrowserJourney, director: User) -> str:
    """How many participating kommuner have introduced a solution, as the report's page tells the director."""
    reader = journey.browser_of(director)
    reader.open(f"/uppfoljning/{PERIOD}/?kommun=alla")
    figure = reader.page.locator(".fig", has_text="deltagande kommuner har infört en lösning")
    return figure.locator(".v").inner_text().split()[0]
