"""*Vilka deltog den dagen?*: the page of all initiatives and the page of one, and what is told of a date that is none.

That both agree with the ledger day by day is tried in ``test_two_years_of_participation``.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.statuses import Status
from tests.cast import Cast
from tests.followup.history import History
from tests.walk import Walk
from v6portal.organizations.models import Organisation

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
ADDRESS = "/deltagande/"


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """Skara leads, Vara and Lidköping take part, from today."""
    return Walk(cast).to(Status.IT_ASSESSMENT)


@pytest.mark.parametrize(
    ("datum", "told"),
    [
        ("i går", "Skriv dagen som år, månad och dag, till exempel 2025-10-01."),
        ("2025-02-30", "Skriv dagen som år, månad och dag, till exempel 2025-10-01."),
        ("2999-01-01", "Välj i dag eller en tidigare dag. Vilka som deltar längre fram vet ingen än."),
    ],
)
def test_a_date_that_is_none_is_told_and_kept(walk: Walk, client: Client, datum: str, told: str) -> None:
    client.force_login(walk.cast.reader("skara"))
    for address in (ADDRESS, f"{walk.case.get_absolute_url()}deltagande/"):
        page = client.get(address, {"datum": datum})
        html = page.content.decode()
        assert (page.status_code, told in html, f'value="{datum}"' in html) == (200, True, True), address
        assert "<title>Fel: " in html


def test_the_matrix_is_narrowed_to_a_kommun_and_counts_what_is_chosen(walk: Walk, client: Client) -> None:
    client.force_login(walk.cast.reader("skara"))
    page = client.get(ADDRESS, {"kommun": "vara"})
    assert "1 initiativ där Vara ledde, deltog eller följde" in page.content.decode()
    numbers = {one.kommun.key: (one.leads, one.takes_part, one.follows) for one in page.context["counts"]}
    assert numbers == {
        "essunga": (0, 0, 0),
        "grastorp": (0, 0, 0),
        "gotene": (0, 0, 0),
        "lidkoping": (0, 1, 0),
        "skara": (1, 0, 0),
        "vara": (0, 1, 0),
    }
    nothing = client.get(ADDRESS, {"kommun": "gotene"}).content.decode()
    assert "Kommunen hade ingen del i något den dagen" in nothing
    assert "Välj en kommun i listan." in client.get(ADDRESS, {"kommun": "skovde"}).content.decode()


def test_before_anything_and_for_one_without_a_role_it_is_empty(walk: Walk, client: Client) -> None:
    client.force_login(walk.cast.reader("skara"))
    assert "Ingen deltog i något den dagen" in client.get(ADDRESS, {"datum": "2001-01-01"}).content.decode()
    client.force_login(walk.cast.outsider())
    page = client.get(ADDRESS)
    assert walk.case.initiative.title not in page.content.decode()
    assert page.context["page_obj"].paginator.count == 0


def test_an_initiative_that_nobody_takes_part_in_says_so(cast: Cast, client: Client) -> None:
    case = Walk(cast).to(Status.SUBMITTED).case
    client.force_login(cast.lead("skara"))
    assert "Ingen kommun deltar" in client.get(f"{case.get_absolute_url()}deltagande/").content.decode()


def test_the_page_of_one_draws_tells_and_lists(walk: Walk, client: Client) -> None:
    walk.leave("vara")
    client.force_login(walk.cast.reader("grastorp"))
    html = client.get(f"{walk.case.get_absolute_url()}deltagande/").content.decode()
    today = TODAY().isoformat()
    assert "<p>Skara leder.</p>" in html
    assert "<p>Lidköping deltar.</p>" in html
    assert html.count(f"Lidköping deltar från {today}. Skara leder från {today}.") == 2, "the wide and the narrow"
    assert "<p>Vara lämnade.</p>" in html
    assert "<p>Skara gick med och ledde.</p>" in html
    assert "Har inte personal." in html
    initiative = client.get(walk.case.get_absolute_url()).content.decode()
    assert f"{walk.case.get_absolute_url()}deltagande/" in initiative
    assert f"{walk.case.get_absolute_url()}kostnadsdelning/" in initiative


STATEMENTS = 9


def test_thirty_initiatives_in_two_pages_by_as_many_statements_as_one(
    walk: Walk, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(walk.cast.reader("skara"))
    client.get(ADDRESS)
    with django_assert_num_queries(STATEMENTS):
        client.get(ADDRESS)
    many(30)
    with django_assert_num_queries(STATEMENTS):
        first = client.get(ADDRESS)
    with django_assert_num_queries(STATEMENTS):
        second = client.get(ADDRESS, {"page": "2", "datum": TODAY().isoformat()})
    assert [len(page.context["rows"]) for page in (first, second)] == [25, 6]
    assert f"?datum={TODAY().isoformat()}&amp;page=1" in second.content.decode()
    assert {one.kommun.key: one.leads for one in second.context["counts"]}["skara"] == 31, "of all pages"


def many(number: int) -> None:
    """Others that Skara leads and Vara takes part in, written as an import writes them."""
    for one in range(number):
        history = History(f"DI-2000-{one:03d}", v6="2026-01-20")
        history.joins("Skara", "2026-01-20", role="leads").joins("Vara", "2026-01-25")


def test_the_kommuner_stand_in_their_order(walk: Walk, client: Client) -> None:
    client.force_login(walk.cast.reader("skara"))
    row = client.get(ADDRESS).context["rows"][0]
    assert [cell.kommun for cell in row.cells] == list(Organisation.objects.kommuner().in_order())
    assert [cell.word for cell in row.cells] == ["", "", "", "deltar", "leder", "deltar"]
