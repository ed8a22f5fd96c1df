"""One initiative from a medarbetare's draft through the kommun's process and V6 to a figure in the half-year report.

Everything is done by the right person in the page's own form; nothing is called from the inside.
"""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from followup.periods import HalfYear
from governance.chain import first_break
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.journeys.route import DECIDED, NAME, Journey, answered, assessed, figures
from tests.journeys.visitor import Visitor
from tests.walk import B_CODES
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


def shown(person: User, label: str) -> str:
    """The large figure with the label, as the person reads it on the report's page."""
    page = Visitor(person).open(f"/uppfoljning/{HalfYear.of(timezone.localdate()).code}/?kommun=alla")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.html))
    found = re.search(rf"(\S+) (?:av \d+ )?{re.escape(label)}", words)
    assert found, label
    return found[1]


def test_from_a_draft_to_a_figure_in_the_report(cast: Cast) -> None:
    journey = Journey(cast)
    written_and_submitted(journey)
    through_the_kommun(journey)
    before = figures()
    assert before["A1"]["per_kommun"]["Skara"]["antal"] == 1
    assert before["B1"]["summa_kommuner"]["antal"] == 0
    assert shown(cast.director(), "inkomna till V6") == "0"

    through_v6(journey)
    assert figures()["B1"]["per_kommun"]["Skara"]["antal"] == 1
    assert shown(cast.director(), "inkomna till V6") == "1"
    assert figures()["B3"]["inforanden"] == 0
    assert shown(cast.director("vara"), "deltagande kommuner har infört en lösning") == "0"

    carried_out(journey)
    after = figures()
    assert (after["B3"]["kommuner"], after["B3"]["inforanden"]) == (2, 2)
    assert after["C1"]["antal"] == 1
    assert after["B2"]["forstudie"]["genomforda"] == 1
    [row] = after["B5"]["rader"]
    assert row["B5c"]["forstudie"]["utfall"] == "12500.50"
    assert shown(cast.director("vara"), "deltagande kommuner har infört en lösning") == "2"
    assert shown(cast.director("essunga"), "nya, nyttiga och nyttiggjorda lösningar (3N)") == "1"
    assert journey.status == Status.MAINTENANCE
    assert first_break() is None


def written_and_submitted(journey: Journey) -> None:
    """A title is enough to save; sending in asks for the rest."""
    author = Visitor(journey.cast.staff())
    author.open("/")
    author.follow("Nytt initiativ")
    author.press("Spara utkast", title=NAME)
    reference = Initiative.objects.get().reference
    assert author.address == f"/initiativ/{reference}/redigera/"
    author.press(
        "Skicka in",
        department="Vård och omsorg",
        need="Personalen hämtar och lämnar fysiska nycklar flera gånger per pass.",
        benefit="Mer tid hos den som har hjälp hemma.",
        target=["residents", "employees"],
    )
    journey.address = f"/initiativ/{reference}/"
    assert author.address == journey.address
    assert journey.status == Status.SUBMITTED


def through_the_kommun(journey: Journey) -> None:
    lead = journey.cast.lead()
    journey.step(lead, "Påbörja kvalificering")
    replies = {f"reply_K{number}": "yes" for number in range(1, 6)} | {f"reply_{code}": "no" for code in B_CODES}
    excuse = {"reply_K6": "no", "override_K6": "Ingen annan kan göra det."}
    journey.step(lead, "Svara på kvalificeringsfrågorna", press="Spara svaren", **replies, **excuse)
    journey.step(lead, "Godkänn kvalificering")
    assert journey.status == Status.QUALIFIED
    assessed(journey, lead, "4")
    journey.step(lead, "Fastställ prioritering", order="1")
    assert journey.status == Status.PRIORITISED


def through_v6(journey: Journey) -> None:
    cast, coordinator = journey.cast, journey.cast.coordinator()
    journey.step(cast.director(), "Besluta: skicka till V6", motive="scale", notice_accepted="on", **DECIDED)
    journey.step(coordinator, "Påbörja V6-kvalificering")
    replies = {f"reply_S{number}": "yes" for number in range(1, 7)}
    journey.step(coordinator, "Svara på V6-frågorna", press="Spara svaren", **replies)
    journey.step(coordinator, "Godkänn och fråga kommunerna")
    assert journey.status == Status.INTEREST
    answers = {"lidkoping": "join", "vara": "join", "essunga": "wait", "grastorp": "decline", "gotene": "decline"}
    for kommun, answer in answers.items():
        answered(journey, cast.director(kommun), answer)
    asked = {"it_request": "Går låsen att koppla till inloggningen?", "wished_start": "2099-03-01", "it_users": "120"}
    journey.step(coordinator, "Stäng och fråga Göliska IT", **asked)
    assert journey.status == Status.IT_ASSESSMENT


def carried_out(journey: Journey) -> None:
    cast, lead, vara = journey.cast, journey.cast.lead(), journey.cast.lead("vara")
    parts = {"impact": "Låsen.", "capacity": "Två personer.", "cost": "40 timmar.", "security": "Låg risk."}
    journey.step(cast.it_officer(), "Skriv bedömning", press="Spara", commitment_needed="on", **parts)
    journey.step(cast.it_officer(), "Lämna bedömning")
    for person, value in ((lead, "5"), (vara, "3")):
        assessed(journey, person, value)
    journey.step(cast.it_director(), "Besluta om åtagande", commitment="yes", **DECIDED)
    journey.step(journey.cast.coordinator(), "Fastställ V6-prioritering", order="1")
    assert journey.status == Status.AWAITING_START
    journey.step(cast.director(), "Besluta om start", stage_type="prestudy", budget="100 000", **DECIDED)
    journey.step(lead, "Registrera kostnad", kind="prestudy", value="actual", amount="12 500,50")
    journey.step(lead, "Avsluta etapp", outcome="done")
    journey.step(lead, "Påbörja etapp", stage_type="project")
    journey.step(lead, "Avsluta etapp", outcome="done")
    for person in (lead, vara):
        journey.step(person, "Registrera införande")
    for kind in ("new", "useful", "utilised"):
        journey.step(lead, "Bekräfta nyttan (3N)", kind=kind, grounds="Mätt i två områden.")
    journey.step(lead, "Ange förvaltningsobjekt", managed_object="Lås och passage")
    journey.step(lead, "Överlämna till förvaltning")
