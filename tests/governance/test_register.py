"""The register: who sees what in the list, how it is narrowed and ordered, and the same list as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from governance.filters.register import half_year_dates, half_years
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import User

ADDRESS = "/initiativ/"


@pytest.fixture
def listed(client: Client) -> Any:
    """The titles a person gets for a selection, in order."""

    def titles(user: User, **query: str) -> list[str]:
        client.force_login(user)
        page = client.get(ADDRESS, query)
        assert page.status_code == 200
        return [row.initiative.title for row in page.context["rows"]]

    return titles


class TestWhoSeesWhat:
    def test_people_with_a_role_see_their_own_organisations(self, cast: Cast, listed: Any) -> None:
        Walk(cast, "skara", title="Skaras").submit()
        Walk(cast, "vara", title="Varas").submit()
        assert listed(cast.lead("skara")) == ["Skaras"]

    def test_everybody_with_a_role_sees_what_is_sent_to_v6(self, cast: Cast, listed: Any) -> None:
        Walk(cast, "skara", title="Gemensamt").to(Status.V6_RECEIVED)
        assert listed(cast.lead("vara")) == ["Gemensamt"]
        assert listed(cast.staff("vara")) == []

    def test_drafts_stand_in_their_authors_list_alone(self, cast: Cast, listed: Any) -> None:
        Walk(cast, title="Halvfärdigt")
        assert listed(cast.staff(), view="drafts") == ["Halvfärdigt"]
        assert listed(cast.staff()) == []
        assert listed(cast.lead()) == listed(cast.lead(), view="drafts") == []

    def test_my_own_are_those_i_have_sent_in(self, cast: Cast, listed: Any) -> None:
        Walk(cast, title="Utkast")
        Walk(cast, title="Inskickat").submit()
        assert listed(cast.staff(), view="mine") == ["Inskickat"]
        assert listed(cast.lead(), view="mine") == []

    def test_without_a_role_the_list_is_empty(self, cast: Cast, listed: Any) -> None:
        Walk(cast).to(Status.V6_RECEIVED)
        assert listed(cast.outsider()) == []


class TestNarrowing:
    @pytest.fixture
    def some(self, cast: Cast) -> User:
        Walk(cast, "skara", title="Digitala nycklar", targets_residents=True).submit()
        Walk(cast, "vara", title="Schemaoptimering", targets_residents=False, targets_employees=True).to(
            Status.INTEREST
        )
        Walk(cast, "skara", title="Vattenmätare").to(Status.QUALIFYING)
        return cast.lead("skara")

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ({}, {"Digitala nycklar", "Schemaoptimering", "Vattenmätare"}),
            ({"q": "vattenmätaren"}, {"Vattenmätare"}),
            ({"q": "schemaoptimeringen"}, {"Schemaoptimering"}),
            ({"q": "nycklarna"}, {"Digitala nycklar", "Schemaoptimering", "Vattenmätare"}),
            ({"q": "nycklarna -schemaoptimering"}, {"Digitala nycklar", "Vattenmätare"}),
            ({"q": "månlandning"}, set()),
            ({"organisation": "vara"}, {"Schemaoptimering"}),
            ({"status": "qualifying"}, {"Vattenmätare"}),
            ({"department": "omsorg"}, {"Digitala nycklar", "Schemaoptimering", "Vattenmätare"}),
            ({"department": "skola"}, set()),
            ({"process": "kommun"}, {"Digitala nycklar", "Vattenmätare"}),
            ({"process": "v6"}, {"Schemaoptimering"}),
            ({"process": "ended"}, set()),
            ({"target": "employees"}, {"Schemaoptimering"}),
            ({"participant": "vara"}, {"Schemaoptimering"}),
            ({"participant": "skara"}, set()),
            ({"organisation": "skara", "status": "submitted"}, {"Digitala nycklar"}),
        ],
    )
    def test_each_filter(self, query: dict[str, str], titles: set[str], some: User, listed: Any) -> None:
        """The search knows Swedish endings; *nycklar* stands in the need of all three."""
        assert set(listed(some, **query)) == titles

    def test_a_reference_is_found_by_its_beginning(self, cast: Cast, listed: Any) -> None:
        walk = Walk(cast)
        walk.submit()
        assert listed(cast.lead(), q=walk.case.initiative.reference.lower()) == [walk.case.initiative.title]

    def test_the_half_year_is_that_of_the_first_submission(self, some: User, listed: Any) -> None:
        this_one, *_earlier, oldest = [code for code, _name in half_years(timezone.localdate())]
        assert len(listed(some, half_year=this_one)) == 3
        assert listed(some, half_year=oldest) == []
        assert listed(some, half_year="2001-2") == []

    @pytest.mark.parametrize(
        "name", ["organisation", "status", "process", "half_year", "sort", "view", "participant", "preparation"]
    )
    def test_what_is_not_understood_is_said_and_narrows_nothing(
        self, name: str, some: User, client: Client, listed: Any
    ) -> None:
        assert len(listed(some, **{name: "hittepå"})) == 3

    @pytest.mark.parametrize("page", ["0", "-3", "9999", "x", ""])
    def test_a_page_that_is_not_there_is_the_nearest_one(self, page: str, some: User, listed: Any) -> None:
        assert len(listed(some, page=page)) == 3

    @pytest.mark.parametrize("text", ["'", '"', "((", "a & | !", "%", "\\", "nyckel:*", "x" * 201, "\x00"])
    def test_no_search_breaks_the_page(self, text: str, some: User, client: Client) -> None:
        client.force_login(some)
        assert client.get(ADDRESS, {"q": text}).status_code == 200

    def test_the_filters_in_use_can_be_taken_away_one_by_one(self, some: User, client: Client) -> None:
        client.force_login(some)
        page = client.get(ADDRESS, {"organisation": "skara", "status": "submitted", "sort": "title", "page": "1"})
        assert [(a.label, a.value, a.without) for a in page.context["applied"]] == [
            ("Organisation", "Skara", "status=submitted&sort=title"),
            ("Läge", "Inskickat", "organisation=skara&sort=title"),
        ]


class TestPreparation:
    """*Beredning krävs* as a tag and a filter."""

    @pytest.fixture
    def some(self, cast: Cast) -> User:
        for title, flags in (("Flaggat", ["B2", "B5"]), ("Oflaggat", [])):
            Walk(cast, title=title).to(Status.QUALIFYING).answer_k(flags=flags)
        Walk(cast, title="Obesvarat").to(Status.QUALIFYING)
        Walk(cast, "vara", title="Varas flaggade").to(Status.QUALIFYING).answer_k(flags=["B1"])
        return cast.lead()

    def test_the_tag_stands_on_those_with_a_yes(self, some: User, client: Client) -> None:
        client.force_login(some)
        page = client.get(ADDRESS)
        tagged = {row.initiative.title for row in page.context["rows"] if row.needs_preparation}
        assert tagged == {"Flaggat"}
        assert page.content.decode().split("<tbody>")[1].count("Beredning krävs") == 1

    def test_the_filter_leaves_them_alone_with_the_filter_named(self, some: User, client: Client, listed: Any) -> None:
        assert listed(some, preparation="required") == ["Flaggat"]
        (applied,) = client.get(ADDRESS, {"preparation": "required"}).context["applied"]
        assert (applied.label, applied.value) == ("Beredning", "Krävs")

    def test_a_yes_that_is_taken_back_counts_no_more(self, cast: Cast, listed: Any) -> None:
        walk = Walk(cast).to(Status.QUALIFYING)
        walk.answer_k(flags=["B7"])
        walk.answer_k()
        assert listed(cast.lead(), preparation="required") == []

    def test_another_organisation_never_learns_of_it_by_the_count(self, cast: Cast, some: User, client: Client) -> None:
        for user, number in ((cast.lead("gotene"), 0), (cast.lead("vara"), 1), (cast.coordinator(), 0)):
            client.force_login(user)
            page = client.get(ADDRESS, {"preparation": "required"})
            assert page.context["page_obj"].paginator.count == number
            assert "Flaggat" not in page.content.decode()

    def test_the_workbook_narrows_with_it(self, cast: Cast, some: User, client: Client) -> None:
        rows = TestWorkbook().read(client, some, preparation="required")
        assert [row[1] for row in rows[1:]] == ["Flaggat"]


class TestOrder:
    def test_titles_in_swedish_order(self, cast: Cast, listed: Any) -> None:
        for title in ("Ökad tillgång", "zebror", "Ängsvård", "Åkermark", "Anhörigstöd"):
            Walk(cast, title=title).submit()
        assert listed(cast.lead(), sort="title") == ["Anhörigstöd", "zebror", "Åkermark", "Ängsvård", "Ökad tillgång"]

    def test_newest_first_unless_asked_otherwise(self, cast: Cast, listed: Any) -> None:
        for title in ("Första", "Andra"):
            Walk(cast, title=title).submit()
        assert listed(cast.lead()) == ["Andra", "Första"]
        assert listed(cast.lead(), sort="oldest") == ["Första", "Andra"]
        assert listed(cast.lead(), sort="reference") == ["Första", "Andra"]

    def test_by_how_long_the_status_has_lasted(self, cast: Cast, listed: Any) -> None:
        early, late = Walk(cast, title="Tidig"), Walk(cast, title="Sen")
        early.submit()
        late.submit()
        early.start_qualification()
        assert listed(cast.lead(), sort="changed") == ["Tidig", "Sen"]
        assert listed(cast.lead(), sort="waited") == ["Sen", "Tidig"]

    def test_scores_of_closed_rounds_the_highest_first_and_missing_last(self, cast: Cast, listed: Any) -> None:
        for title, value in (("Låg", 2), ("Hög", 5)):
            walk = Walk(cast, title=title).to(Status.QUALIFIED)
            walk.assess_at_home(value)
            walk.act("prioritise", cast.lead(), order=1)
        Walk(cast, title="Obedömd").submit()
        assert listed(cast.lead(), sort="score") == ["Hög", "Låg", "Obedömd"]


class TestBlind:
    """An open round leaves no trace in the list, not even in its order."""

    def test_no_score_is_shown_while_the_round_is_open(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home(5)
        client.force_login(cast.lead())
        (row,) = client.get(ADDRESS).context["rows"]
        assert row.score is None
        walk.act("prioritise", cast.lead(), order=1)
        (row,) = client.get(ADDRESS).context["rows"]
        assert row.score == 100

    def test_no_order_follows_from_it(self, cast: Cast, listed: Any) -> None:
        for title, value in (("Hög", 5), ("Låg", 1)):
            Walk(cast, title=title).to(Status.QUALIFIED).assess_at_home(value)
        assert listed(cast.lead(number=2), sort="score") == listed(cast.lead(number=2), sort="newest")

    def test_a_new_open_round_leaves_the_closed_one_in_sight(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.assess_in_v6("vara", 5)
        client.force_login(cast.lead("vara"))
        (row,) = client.get(ADDRESS).context["rows"]
        assert row.score == 50


class TestRow:
    def test_who_leads_and_how_many_take_part(self, cast: Cast, client: Client) -> None:
        Walk(cast).to(Status.V6_PRIORITISING)
        client.force_login(cast.coordinator())
        (row,) = client.get(ADDRESS).context["rows"]
        assert (row.leader, row.participants, row.target_groups) == ("Skara", 3, "Invånare")


class TestWorkbook:
    def read(self, client: Client, user: User, **query: str) -> list[tuple[Any, ...]]:
        client.force_login(user)
        answer = client.get(reverse("register_list"), query)
        book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
        return list(book["Initiativ"].values)

    def test_it_holds_the_selection_in_its_order_with_real_dates_and_numbers(self, cast: Cast, client: Client) -> None:
        Walk(cast, title="Öppet").submit()
        Walk(cast, title="Anhörigstöd").to(Status.V6_PRIORITISING)
        heading, first, second = self.read(client, cast.lead(), sort="title")
        assert heading[:2] == ("Referens", "Titel")
        assert (first[1], second[1]) == ("Anhörigstöd", "Öppet")
        assert first[7:11] == ("Skara", "Lidköping, Skara, Vara", 3, 50)
        assert first[11].date() == timezone.localdate()

    def test_text_is_never_a_formula(self, cast: Cast, client: Client) -> None:
        Walk(cast, title='=HYPERLINK("http://example.org")').submit()
        client.force_login(cast.lead())
        answer = client.get(reverse("register_list"))
        cell = load_workbook(BytesIO(b"".join(answer.streaming_content)))["Initiativ"]["B2"]
        assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://example.org")')

    def test_it_narrows_as_the_list_does(self, cast: Cast, client: Client) -> None:
        Walk(cast, title="Ena").submit()
        Walk(cast, title="Andra").to(Status.QUALIFYING)
        rows = self.read(client, cast.lead(), status="qualifying")
        assert [row[1] for row in rows[1:]] == ["Andra"]

    def test_it_says_what_was_selected(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.lead())
        answer = client.get(reverse("register_list"), {"organisation": "skara"})
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content)))["Urval"]
        assert [cell.value for cell in sheet[2]] == ["Organisation", "Skara"]

    @pytest.mark.parametrize("count", [1, 200])
    def test_it_costs_the_same_whatever_its_length(
        self, count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(count):
            Walk(cast).submit()
        client.force_login(cast.lead())
        with django_assert_num_queries(6):  # one of them counts, for what takes long is made in the background
            b"".join(client.get(reverse("register_list")).streaming_content)


@pytest.mark.parametrize("count", [1, 200])
def test_the_list_costs_the_same_whatever_its_length(
    count: int, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        Walk(cast).submit()
    client.force_login(cast.lead())
    with django_assert_num_queries(8):
        page = client.get(ADDRESS, {"q": "nycklarna", "organisation": "skara"})
    assert page.context["page_obj"].paginator.count == count


def test_the_dates_of_a_half_year() -> None:
    assert [date.isoformat() for date in half_year_dates("2026-1")] == ["2026-01-01", "2026-06-30"]
    assert [date.isoformat() for date in half_year_dates("2026-2")] == ["2026-07-01", "2026-12-31"]
