"""How costs are shared: decided by few, seen before it is saved, read by all who see the initiative.

The amounts are reckoned by hand: 60 000 kr among Skara, Vara and Lidköping, then Götene comes, then Vara leaves.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.models import Case, CostKind, CostSharing, Event, ProcessSettings
from governance.presenting.telling import tell
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Population

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
EQUALLY = {"cost_rule": "equal", "late_rule": "percent", "late_percent": "10", "motivation": "Så kom vi överens."}


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """In Genomförande for some weeks: budget 100 000 kr, 60 000 kr spent a week ago, 12 000 kr a year from then."""
    walk = Walk(cast, at=timezone.now() - 60 * DAY).to(Status.IN_PROGRESS)
    walk.at = None
    for kind, amount in ((CostKind.DEVELOPMENT, 60_000), (CostKind.OPERATION, 12_000)):
        walk.record_cost(amount, kind, date=timezone.localdate() - 7 * DAY)
    return walk


def address(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}kostnadsdelning/"


def read(client: Client, path: str) -> str:
    """A page's main part as one reads it: without tags, on one line, with ordinary spaces."""
    html = client.get(path).content.decode()
    return plain(html)


def plain(html: str) -> str:
    main = html.split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xa0", " ").replace("&nbsp;", " ").split())


def form(walk: Walk, button: str = "save", **more: Any) -> dict[str, Any]:
    newest = walk.case.cost_sharings.in_order().last()
    return {
        **EQUALLY,
        "valid_from": walk.case.initiative.shared_on.isoformat(),
        "seen": walk.case.status,
        "replaces": newest.pk if newest else 0,
        button: "",
        **more,
    }


def test_from_nothing_to_a_kommun_that_leaves(walk: Walk, client: Client) -> None:
    cast, page = walk.cast, address(walk)
    client.force_login(cast.lead("skara"))
    before = read(client, page)
    assert "Kostnaderna delas inte i portalen. Hittills är 60 000 kr registrerade" in before
    assert "Bestäm kostnadsfördelning" in before

    events = Event.objects.count()
    tried = client.post(page, form(walk, "preview"))
    assert "Så här blir det" in tried.content.decode()
    assert "Utveckling" in plain(tried.content.decode())
    assert plain(tried.content.decode()).count("20 000 kr") == 6, "three shares and their sums"
    assert (Event.objects.count(), CostSharing.objects.count()) == (events, 0)

    assert client.post(page, form(walk)).status_code == 302
    assert Event.objects.count() == events + 1
    event = Event.objects.latest("id")
    assert tell(event).text.startswith("Kostnadsfördelning bestämd: lika, 10 procent för den som går med sent, från ")
    assert event.text == "Så kom vi överens."

    client.force_login(cast.director("gotene"))
    joining = read(client, f"{walk.case.get_absolute_url()}steg/join/")
    assert "betalar den 6 000 kr för det som redan är delat" in joining
    assert "Lidköping: 2 000 kr Skara: 2 000 kr Vara: 2 000 kr" in joining
    director = cast.director("gotene")
    walk.act(Act.JOIN, director, **decision(director))

    client.force_login(cast.reader("grastorp"))
    told = read(client, page)
    assert "Götene går med och betalar" in told
    assert "Bestäm kostnadsfördelning" not in told
    assert "60 000 kr 6 000 kr 18 000 kr 18 000 kr 18 000 kr" in told, "the sum, then each in the order of the kommuner"
    assert "−2 000 kr" in told
    assert "12 000 kr 3 000 kr 3 000 kr 3 000 kr 3 000 kr" in told, "per year"

    client.force_login(cast.director("vara"))
    leaving = read(client, f"{walk.case.get_absolute_url()}steg/leave/")
    assert "Hittills har de gemensamma kostnaderna blivit 60 000 kr. Vara har burit 18 000 kr av dem." in leaving
    assert "Av budgeten återstår 40 000 kr." in leaving
    assert "Götene 6 000 kr 10 000 kr 13 333,34 kr 3 000 kr 4 000 kr" in leaving
    assert "Skara 18 000 kr 10 000 kr 13 333,33 kr 3 000 kr 4 000 kr" in leaving
    assert "Vara lämnar 18 000 kr 10 000 kr – 3 000 kr –" in leaving
    walk.leave("vara")
    walk.record_cost(30, date=timezone.localdate())
    client.force_login(cast.reader("vara"))
    assert "60 030 kr 6 010 kr 18 010 kr 18 010 kr 18 000 kr" in read(client, page)


def test_leaving_where_nothing_is_shared_says_what_is_known(walk: Walk, client: Client) -> None:
    client.force_login(walk.cast.director("vara"))
    told = read(client, f"{walk.case.get_absolute_url()}steg/leave/")
    assert "Kostnaderna delas inte i portalen. Hittills är 60 000 kr registrerade" in told
    assert "av budgeten återstår 40 000 kr" in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"late_percent": ""}, "Skriv hur många procent"),
        ({"late_percent": "101"}, "mindre än eller lika med 100"),
        ({"late_rule": "fixed", "late_amount": ""}, "Skriv beloppet i kronor."),
        ({"cost_rule": "manual"}, "Skriv andelarna"),
        ({"cost_rule": "manual", "share_0": "-1"}, "större än eller lika med 0"),
        ({"cost_rule": ""}, "Välj hur kostnaderna delas."),
        ({"motivation": ""}, "Skriv en motivering."),
        ({"valid_from": "2020-01-01"}, "Fördelningen kan inte gälla innan initiativet kom in till V6."),
        ({"replaces": "4711"}, "Någon annan har ändrat fördelningen"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(
    walk: Walk, client: Client, given: dict[str, str], told: str
) -> None:
    client.force_login(walk.cast.coordinator())
    html = client.post(address(walk), form(walk, **{"motivation": "Enligt mötet.", **given})).content.decode()
    assert told in html
    assert given.get("motivation") == "" or "Enligt mötet." in html
    assert not CostSharing.objects.exists()


def decide(walk: Walk, by: Any = None, **given: Any) -> None:
    told = {"cost_rule": "equal", "late_rule": "nothing", "valid_from": walk.case.initiative.shared_on}
    walk.act(Act.SHARE_COSTS, by or walk.cast.coordinator(), **{**told, "motivation": "Så är det.", **given})


def test_only_the_lead_that_leads_and_the_coordinator_decide(walk: Walk) -> None:
    for person in (walk.cast.lead("vara"), walk.cast.director("skara"), walk.cast.reader("skara")):
        with pytest.raises(Refused, match="i den roll du har nu"):
            decide(walk, person)
    decide(walk, walk.cast.lead("skara"))


def test_a_later_decision_holds_from_its_day_and_the_earlier_until_then(walk: Walk, client: Client) -> None:
    """60 000 kr a week ago as 20 000 each; 100 kr today to Skara and Vara as 3 and 1."""
    skara, vara, gotene = (walk.cast.orgs[key] for key in ("skara", "vara", "gotene"))
    decide(walk)
    with pytest.raises(Refused, match="Götene deltar inte"):
        decide(walk, cost_rule="manual", shares={gotene: Decimal(1)}, valid_from=timezone.localdate())
    with pytest.raises(Refused, match="Ange minst en kommuns andel"):
        decide(walk, cost_rule="manual", shares={skara: Decimal(0)}, valid_from=timezone.localdate())
    shares = {skara: Decimal(3), vara: Decimal(1)}
    decide(walk, cost_rule="manual", shares=shares, valid_from=timezone.localdate())
    with pytest.raises(Refused, match="En fördelning gäller redan från"):
        decide(walk, valid_from=timezone.localdate() - DAY)
    walk.record_cost(100, date=timezone.localdate())
    client.force_login(walk.cast.lead("skara"))
    told = read(client, address(walk))
    assert "60 100 kr 20 000 kr 20 075 kr 20 025 kr" in told
    assert "Varje kostnad delas efter angivna andelar: Skara 3, Vara 1." in told
    assert told.index("angivna andelar: Skara 3") < told.rindex("delas lika mellan")


def test_off_again_ends_the_sharing_and_the_late_rule_with_it(walk: Walk, client: Client) -> None:
    client.force_login(walk.cast.coordinator())
    assert client.post(address(walk), form(walk)).status_code == 302
    today = timezone.localdate().isoformat()
    sent = form(walk, cost_rule="off", late_rule="percent", late_percent="10", valid_from=today)
    assert client.post(address(walk), sent).status_code == 302
    newest = walk.case.cost_sharings.in_order().last()
    assert newest is not None
    assert (newest.cost_rule, newest.late_rule, newest.late_percent) == ("off", "nothing", None)
    walk.record_cost(500, date=timezone.localdate())
    told = read(client, address(walk))
    assert "60 000 kr 20 000 kr 20 000 kr 20 000 kr" in told
    assert "Utveckling, 500 kr Ingen fördelning gällde den dagen." in told


def test_per_inhabitant_by_the_figures_of_the_year_and_without_one_it_waits(walk: Walk, client: Client) -> None:
    """60 000 kr over 18 800, 16 200 and 40 500: Lidköping 32 185,43, Skara 14 940,40, Vara 12 874,17."""
    decide(walk, cost_rule="population")
    client.force_login(walk.cast.reader("skara"))
    assert "60 000 kr 32 185,43 kr 14 940,40 kr 12 874,17 kr" in read(client, address(walk))
    Population.objects.filter(organisation__key="vara").update(year=2099)
    told = read(client, address(walk))
    year = (timezone.localdate() - 7 * DAY).year
    assert f"Utveckling, 60 000 kr Invånartal saknas för Vara, år {year} eller tidigare." in told


def test_the_settings_hold_where_nothing_is_decided(walk: Walk, client: Client) -> None:
    ProcessSettings.objects.update(cost_rule="equal")
    client.force_login(walk.cast.reader("skara"))
    assert "60 000 kr 20 000 kr 20 000 kr 20 000 kr" in read(client, address(walk))
    decide(walk, cost_rule="off")
    assert "Kostnaderna delas inte i portalen." in read(client, address(walk))


def test_what_one_pays_alone_is_not_shared(walk: Walk, client: Client) -> None:
    decide(walk)
    walk.record_cost(5_000, organisation=walk.cast.orgs["vara"], date=timezone.localdate())
    client.force_login(walk.cast.reader("skara"))
    told = read(client, address(walk))
    assert "60 000 kr 20 000 kr 20 000 kr 20 000 kr" in told
    assert "Dessutom betalar en organisation själv: Vara 5 000 kr" in told


def test_as_many_statements_for_one_cost_as_for_thirty(
    walk: Walk, client: Client, django_assert_num_queries: Any
) -> None:
    decide(walk)
    client.force_login(walk.cast.reader("skara"))
    client.get(address(walk))
    with django_assert_num_queries(PAGE):
        client.get(address(walk))
    for _number in range(30):
        walk.record_cost(7)
    with django_assert_num_queries(PAGE):
        client.get(address(walk))


PAGE = 16


def test_a_case_that_never_was_in_v6_has_no_sharing(cast: Cast, client: Client) -> None:
    case: Case = Walk(cast).to(Status.PRIORITISED).case
    client.force_login(cast.lead("skara"))
    page = f"{case.get_absolute_url()}kostnadsdelning/"
    assert "Kostnaderna delas inte i portalen." in read(client, page)
    assert client.post(page, EQUALLY).status_code == 409
