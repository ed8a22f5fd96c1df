"""What a survey came to, with every figure typed by hand; and that what is withheld is nowhere to be worked out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from followup.actions.questionnaires import copy_questionnaire
from followup.models import Question, Survey
from followup.presenting.cells import Cell, Table
from followup.presenting.survey_pages import said_in
from followup.presenting.survey_results import SurveyResults, results_of
from followup.presenting.survey_tables import section_of
from tests.cast import Cast
from v6portal.organizations.models import User

from .enquiring import NOW, answer, closed, opened, people
from .history import History
from .reporting import every_value, forgetful, pdf_text, signed_in, text_of, workbook_of

__all__ = ["forgetful"]

pytestmark = pytest.mark.django_db

BEFORE = NOW.previous()
RESULTS = f"/enkat/{NOW.code}/resultat/"


def shown(results: SurveyResults, key: str | None, statement: int = 0) -> tuple[object, ...] | None:
    """Of the first statement: the scale, outside it, the median and the change; None where it is withheld."""
    organisation = next((one for one in results.organisations if one.key == key), None)
    line = results.lines(organisation)[statement]
    if line.spread is None:
        return None
    return (*line.spread.levels, line.spread.outside, line.median, line.change)


def rates(results: SurveyResults) -> dict[str, tuple[int, int | None, int | None, bool]]:
    return {
        rate.organisation.key: (rate.invited, rate.answers, rate.percent, rate.is_withheld) for rate in results.rates
    }


def read(survey: Survey) -> SurveyResults:
    results = results_of(survey.period, timezone.localdate())
    assert results is not None
    return results


@pytest.fixture
def staff(cast: Cast) -> dict[str, list[User]]:
    return people(cast, {"skara": 6, "vara": 7, "essunga": 3, "gotene": 2})


@pytest.fixture
def two(cast: Cast, staff: dict[str, list[User]]) -> Survey:
    """Two surveys: Skara goes from 2 to 4, Vara has too few the first time, Essunga both times, Götene is silent."""
    earlier = opened(cast, BEFORE)
    answer(earlier, staff["skara"], [2, 2, 2, 2, 2])
    answer(earlier, staff["vara"], [5, 5, 5])
    answer(earlier, staff["essunga"], [1, 1])
    closed(cast, earlier)
    later = opened(cast)
    answer(later, staff["skara"], [4, 4, 4, 3, 5, None], "Skaras ord")
    answer(later, staff["vara"], [5, 5, 5, 5, 5, 4, None], "Varas ord")
    answer(later, staff["essunga"], [1, 1, 1], "Essungas ord")
    return closed(cast, later)


def test_nothing_before_it_is_closed(cast: Cast, staff: dict[str, list[User]]) -> None:
    survey = opened(cast)
    answer(survey, staff["skara"], [4, 4, 4, 4, 4, 4], "Ord")
    assert results_of(NOW, timezone.localdate()) is None
    assert results_of(NOW, timezone.localdate() + dt.timedelta(days=15)) is not None  # its day is over
    for person in (cast.coordinator(), cast.director()):
        page = text_of(signed_in(person).get(RESULTS).content.decode())
        assert "Resultatet visas när enkäten är stängd." in page
        assert "Påståendena" not in page


def test_in_all_and_of_each_organisation_with_what_may_be_worked_out_withheld(two: Survey) -> None:
    results = read(two)
    # Essunga's three alone would be all less Skara and Vara, so Skara, the smaller of the two, is withheld with them.
    assert shown(results, None) == (3, 0, 1, 4, 6, 2, 4.0, 2.0)
    assert shown(results, "vara") == (0, 0, 0, 1, 5, 1, 5.0, None)
    assert [shown(results, key) for key in ("skara", "essunga")] == [None, None]
    assert rates(results) == {
        "essunga": (3, None, None, True),
        "gotene": (2, None, None, False),
        "skara": (6, None, None, True),
        "vara": (7, 7, 100, False),
    }
    assert (results.answers, results.all_invited, results.percent) == (16, 18, 89)


def test_a_change_is_told_only_where_both_are_shown(cast: Cast, two: Survey) -> None:
    """Skara was shown the first time, with five, and Vara the second: neither has a change."""
    results = read(two)
    assert results.before is not None
    assert [line.change for line in results.lines()] == [2.0] * 10
    vara = next(one for one in results.organisations if one.key == "vara")
    assert {line.change for line in results.lines(vara)} == {None}


def test_too_few_in_all_and_nothing_is_shown(cast: Cast, staff: dict[str, list[User]]) -> None:
    survey = opened(cast)
    answer(survey, staff["skara"], [1, 2], "Två ord")
    answer(survey, staff["vara"], [3, 4])
    results = read(closed(cast, survey))
    assert not results.is_shown
    assert shown(results, None) is None
    assert [item.heading for item in section_of(results).items] == ["Svarsfrekvens"]
    page = text_of(signed_in(cast.director()).get(RESULTS).content.decode())
    assert "4 av 18 inbjudna har svarat. Resultatet visas inte, för färre än fem har svarat." in page
    assert [one.organisation for one in said_in(survey)] == [""]


def test_nobodys_answer_is_a_dash_and_never_nought(cast: Cast, staff: dict[str, list[User]]) -> None:
    survey = closed(cast, opened(cast))
    page = text_of(signed_in(cast.director()).get(RESULTS).content.decode())
    assert "Ingen av 18 inbjudna har svarat." in page
    assert "Skara 6 – uppgift saknas – uppgift saknas" in page
    assert "Alla 18 – uppgift saknas – uppgift saknas" in page
    assert read(survey).percent == 0


def test_a_statement_in_other_words_is_not_compared(cast: Cast, staff: dict[str, list[User]]) -> None:
    earlier = opened(cast, BEFORE)
    answer(earlier, staff["skara"], [2] * 6)
    closed(cast, earlier)
    copy = copy_questionnaire(questionnaire=earlier.questionnaire, by=cast.admin())
    Question.objects.filter(questionnaire=copy, code="fortroende-parter").update(text="Jag litar på de andra.")
    later = opened(cast, questionnaire=copy)
    answer(later, staff["skara"], [4] * 6)
    results = read(closed(cast, later))
    assert [line.change for line in results.lines()] == [None] + [2.0] * 9
    assert [line.median_before for line in results.themes()] == [None, 2.0, 2.0, 2.0, 2.0]


class TestFreeTexts:
    def test_the_coordinator_alone_reads_them_and_of_small_groups_not_whence(self, cast: Cast, two: Survey) -> None:
        assert {(one.text, one.organisation, one.author) for one in said_in(two)} == {
            ("Skaras ord", "", ""),
            ("Varas ord", "Vara", ""),
            ("Essungas ord", "", ""),
        }
        address = f"/enkat/{NOW.code}/fritexter/"
        assert "Skaras ord" in signed_in(cast.coordinator()).get(address).content.decode()
        for person in (cast.director(), cast.admin(), cast.network()):
            assert signed_in(person).get(address).status_code == 403
        assert set(two.texts.values_list("organisation__key", flat=True)) == {None, "vara"}

    def test_nowhere_else(self, cast: Cast, two: Survey, forgetful: None) -> None:
        History("DI-1", v6=f"{NOW.first.isoformat()}")
        told = []
        for person in (cast.director(), cast.coordinator()):
            client = signed_in(person)
            told += [client.get(address).content.decode() for address in (RESULTS, f"/uppfoljning/{NOW.code}/")]
        told.append(pdf_text(client.get(f"/uppfoljning/{NOW.code}/rapport.pdf").content))
        told += map(str, every_value(workbook_of(client.get(f"/uppfoljning/{NOW.code}/rapport.xlsx").content)))
        told.append(client.get(f"/uppfoljning/{NOW.code}/rapport.json").content.decode())
        assert not [words for words in told if "s ord" in words and ("Skaras" in words or "Essungas" in words)]


def numbers(table: Table) -> list[list[object]]:
    return [[cell.value for cell in row] for row in table.rows]


def test_page_report_pdf_and_workbook_say_the_same(cast: Cast, two: Survey, forgetful: None) -> None:
    History("DI-1", v6=f"{NOW.first.isoformat()}")
    client = signed_in(cast.director())
    report = f"/uppfoljning/{NOW.code}/"
    statement = "Jag har förtroende för de andra organisationerna i samverkan."
    table = next(item for item in section_of(read(two)).items if item.anchor == "enkat-pastaenden").tables[0]
    assert numbers(table)[0] == [statement, 16, 3, 0, 1, 4, 6, 2, 4.0, 2.0]
    for page in (client.get(RESULTS), client.get(report)):
        text = text_of(page.content.decode())
        assert f"{statement} 16 3 0 1 4 6 2 4,0 2,0" in text
        assert "16 av 18 inbjudna har svarat." in text
        assert "Essunga 3 visas inte visas inte" in text
    assert f"{statement} 16 3 0 1 4 6 2 4,0 2,0" in pdf_text(client.get(f"{report}rapport.pdf").content)
    sheet = workbook_of(client.get(f"{report}rapport.xlsx").content)["Enkäten"]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert [statement, 16, 3, 0, 1, 4, 6, 2, 4, 2] in rows
    assert ["Essunga", 3, "visas inte", "visas inte"] in rows
    assert len(sheet._charts) == 1


def test_it_costs_the_same_however_many_have_answered(
    cast: Cast, two: Survey, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(9):
        results_of(NOW, timezone.localdate())
    client = Client()
    client.force_login(cast.director())
    assert isinstance(Cell(1), Cell)
    assert client.get(RESULTS).status_code == 200
