"""The form of assessment as a workbook: what is in it, what it computes, and that nobody else's answers are."""

from __future__ import annotations

import datetime as dt
import random
import re
import zipfile
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.exports.assessment_form import write_forms
from governance.presenting.own_forms import waiting_forms
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.actions.versions import copy, publish
from initiatives.models import AssessmentModel, Criterion
from initiatives.scoring import one_decimal
from tests.cast import Cast
from tests.governance.filling import cell_of, confirmed, fetched, fill, rewritten, uploaded
from tests.governance.spreadsheet import Spreadsheet
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

TOTALS = ("Poäng, 0–100", "Underlagets säkerhet", "Nytta, 1–5", "Genomförbarhet, 1–5", "Ruta i matrisen", "Besvarade")


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.V6_PRIORITISING)


def book_of(user: User) -> Workbook:
    with write_forms(user, waiting_forms(user)) as file:
        return load_workbook(file)


def totals(book: Workbook, sheet: str) -> list[Any]:
    """The six totals under the criteria, computed."""
    spreadsheet = Spreadsheet(book)
    rows = {row[0].value: row[0].row for row in book[sheet].iter_rows()}
    return [spreadsheet.value(sheet, f"C{rows[label]}") for label in TOTALS]


def with_answers(book: Workbook, sheet: str, answers: dict[str, Any]) -> Workbook:
    for code, answer in answers.items():
        fill(book, sheet, code, answer)
    return book


class TestWhatItComesTo:
    """Typed by hand: weights N1 20, N2 20, N3 15, N4 15, N5 5, G1 10, G2 10, G3 5."""

    TABLE: list[tuple[str, dict[str, Any], list[Any]]] = [
        ("nothing", {}, ["–", 0, "–", "–", "–", "0 av 8"]),
        ("all threes", dict.fromkeys(CRITERIA, 3), [50, 1, 3, 3, "Gör nu", "8 av 8"]),
        ("all ones", dict.fromkeys(CRITERIA, 1), [0, 1, 1, 1, "Avvakta", "8 av 8"]),
        # 20·4 + 20·3 + 15·2 + 15·1 + 5·0 + 10·4 + 10·3 + 5·2 = 265; 25·265 ÷ 100 = 66,25: a tie, rounded up
        # N (20·4 + 20·3 + 15·2 + 15·1) ÷ 75 + 1 = 185 ÷ 75 + 1 = 3,466…; G 80 ÷ 25 + 1 = 4,2
        (
            "one of each",
            {"N1": 5, "N2": 4, "N3": 3, "N4": 2, "N5": 1, "G1": 5, "G2": 4, "G3": 3},
            [66.3, 1, 3.5, 4.2, "Gör nu", "8 av 8"],
        ),
        # 20·4 = 80; 25·80 ÷ 20 = 100, on 20 of 100; nothing on feasibility, so no field
        ("one answered", {"N1": 5, "N2": "Vet inte"}, [100, 0.2, 5, "–", "–", "2 av 8"]),
        # N 20·1 ÷ 20 + 1 = 2; G 10·4 ÷ 10 + 1 = 5; 25·(20 + 40) ÷ 30 = 50
        ("a quick win", {"N1": 2, "G1": 5}, [50, 0.3, 2, 5, "Snabb vinst", "2 av 8"]),
        # N (20·2 + 15·2) ÷ 35 + 1 = 3, just high; G (10·2 + 5·1) ÷ 15 + 1 = 2,666…; 25·95 ÷ 50 = 47,5
        ("on the border", {"N1": 3, "N3": 3, "G1": 3, "G3": 2}, [47.5, 0.5, 3, 2.7, "Förstudie först", "4 av 8"]),
        ("numbers as text", {"N1": "5", "N2": " 1 "}, [50, 0.4, 3, "–", "–", "2 av 8"]),
        ("what is no answer counts as none", {"N1": 3, "N2": 6, "N3": 2.5, "N4": 0}, [50, 0.2, 3, "–", "–", "4 av 8"]),
    ]

    @pytest.mark.parametrize(("answers", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
    def test_the_totals(self, cast: Cast, walk: Walk, answers: dict[str, Any], expected: list[Any]) -> None:
        reference = walk.case.initiative.reference
        book = with_answers(book_of(cast.lead()), reference, answers)
        found = totals(book, reference)
        assert [pytest.approx(value) if isinstance(value, float) else value for value in expected] == found

    def test_each_answer_says_what_it_gives_and_they_add_up(self, cast: Cast, walk: Walk) -> None:
        """5 on N1 and 3 on G1: 25·20·4 ÷ 30 = 66,67 and 25·10·2 ÷ 30 = 16,67."""
        reference = walk.case.initiative.reference
        book = with_answers(book_of(cast.lead()), reference, {"N1": 5, "G1": 3})
        points = {
            code: Spreadsheet(book).value(reference, cell_of(book, reference, code, "Ger poäng")) for code in CRITERIA
        }
        assert points["N1"] == pytest.approx(66.6666667)
        assert points["G1"] == pytest.approx(16.6666667)
        assert points["N2"] == ""

    def test_the_overview_shows_the_same_of_every_initiative(self, cast: Cast, walk: Walk) -> None:
        other = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED).case.initiative.reference
        book = book_of(cast.lead())
        with_answers(book, walk.case.initiative.reference, dict.fromkeys(CRITERIA, 4))
        with_answers(book, other, {"N1": 5, "G1": 1})
        spreadsheet = Spreadsheet(book)
        rows = {
            row[0].value: [spreadsheet.value("Översikt", cell.coordinate) for cell in row[2:]]
            for row in book["Översikt"].iter_rows(min_row=2)
        }
        assert rows == {
            walk.case.initiative.reference: ["8 av 8", 75, 1, 4, 4, "Gör nu"],
            other: ["2 av 8", 66.7, 0.3, 5, 1, "Förstudie först"],
        }


def another_model(seed: int, by: User) -> AssessmentModel:
    """Published, with six criteria on both axes whose odd weights of two decimals sum to 100."""
    chance = random.Random(seed)
    cuts = sorted(chance.sample(range(100, 9_900), 5))
    model = copy(model=AssessmentModel.objects.current(), by=by)
    model.criteria.all().delete()
    words = {f"level_{level}": f"Ord {level}" for level in range(1, 6)}
    for number, (low, high) in enumerate(zip([0, *cuts], [*cuts, 10_000], strict=True)):
        axis, weight = ("benefit" if number % 2 else "feasibility"), Decimal(high - low) / 100
        more = {"axis": axis, "weight": weight, "order": number, **words}
        Criterion.objects.create(model=model, code=f"X{number}", name=f"Fråga {number}", **more)
    return publish(model=model, by=by)


@pytest.mark.parametrize("seed", range(12))
def test_filled_in_at_random_the_workbook_and_the_portal_agree(cast: Cast, client: Client, seed: int) -> None:
    """Downloaded, filled in, uploaded: the total of the workbook is the total of the portal, whatever the model."""
    if seed % 2:
        another_model(seed, cast.admin())
    walk = Walk(cast).to(Status.QUALIFIED)
    client.force_login(walk.lead)
    book = fetched(client, walk.case)
    reference, chance = walk.case.initiative.reference, random.Random(seed)
    round = walk.case.initiative.rounds.get()
    for code in round.model.criteria.values_list("code", flat=True):
        fill(book, reference, code, chance.choice([1, 2, 3, 4, 5, "Vet inte"]), f"För att {code}.")
    expected = totals(book, reference)
    done = confirmed(client, uploaded(client, book), "hand_in")
    assert "1 bedömning är lämnad." in done.content.decode()
    round.refresh_from_db()
    assert round.joint_score is not None
    shown = [float(one_decimal(value)) for value in (round.joint_score, round.benefit, round.feasibility)]
    assert [expected[0], expected[2], expected[3]] == shown
    assert expected[1] == pytest.approx(float(round.certainty), abs=1e-6)


def test_a_score_that_is_all_but_a_tie_is_rounded_as_in_the_portal(cast: Cast) -> None:
    """Every total that two criteria can give, of all weights with two decimals around a third: none is off by a tenth.

    The formulas' own arithmetic, in binary numbers, against the exact one.
    """
    for hundredths in range(3_300, 3_400):
        for first in range(1, 6):
            for second in range(1, 6):
                w, v = hundredths / 100, (10_000 - hundredths) / 100
                shown = round(25 * (w * (first - 1) + v * (second - 1)) / (w + v) + 0.000000001, 1)
                exact = Fraction(25 * (hundredths * (first - 1) + (10_000 - hundredths) * (second - 1)), 10_000)
                assert shown == float(one_decimal(exact)), (hundredths, first, second)


class TestBlindness:
    def test_it_is_the_same_file_whatever_the_others_have_answered(self, cast: Cast, walk: Walk) -> None:
        lead, at = cast.lead(), timezone.now()
        before = parts(lead, at)
        others = marks(5) | {"N1": Mark(1, "Det är Varas ord.")}
        walk.act(Act.ASSESS, cast.lead("vara"), marks=others)
        walk.act(Act.DECLARE_CONFLICT, cast.lead("lidkoping"), motivation="Min bror säljer.")
        assert parts(lead, at) == before

    def test_it_names_nobody_else(self, cast: Cast, walk: Walk) -> None:
        walk.act(Act.ASSESS, cast.lead("vara"), marks=marks(5) | {"N1": Mark(1, "Det är Varas ord.")})
        text = "".join(content.decode() for content in parts(cast.lead(), timezone.now()).values())
        assert "Utvecklingsledare Skara" in text
        for secret in ("Det är Varas ord.", "Utvecklingsledare Vara", "Utvecklingsledare Lidköping"):
            assert secret not in text

    def test_the_kommuns_own_result_is_not_in_the_form_of_v6(self, cast: Cast, walk: Walk) -> None:
        """At home everybody gave 3, which makes 50,0."""
        book = book_of(cast.lead())
        sheet = walk.case.initiative.reference
        answers = [book[sheet][cell_of(book, sheet, code, "Svar")].value for code in CRITERIA]
        assert answers == [None] * len(CRITERIA)


def parts(user: User, at: dt.datetime) -> dict[str, bytes]:
    """The parts of the person's workbook, but for the one that says when it was written."""
    with write_forms(user, waiting_forms(user), at=at) as file, zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}


class TestWhatItHolds:
    def test_a_sheet_an_initiative_with_its_text_its_criteria_and_her_own_answers(
        self, cast: Cast, client: Client, walk: Walk
    ) -> None:
        client.force_login(cast.lead())
        address = f"{walk.case.get_absolute_url()}bedom/"
        client.post(address, {"value_N1": "5", "motivation_N1": "Många berörs.", "value_G3": "unknown", "save": "1"})
        reference = walk.case.initiative.reference
        book = fetched(client, walk.case)
        assert book.sheetnames == ["Läs mig", "Översikt", reference, "Portalen"]
        assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "visible", "hidden"]
        text = "\n".join(str(cell.value) for row in book[reference].iter_rows() for cell in row if cell.value)
        for words in (
            "Digitala nycklar i hemtjänsten", "Problem eller behov", "Personalen hämtar och lämnar fysiska nycklar",
            "Väntad nytta", "Tryggare för den som har hjälp hemma.", "Invånare", "N1 Nytta för invånare",
            "3  Tydlig för en grupp", "5  Lagkrav med datum", "Version 1 av texten.",
        ):  # fmt: skip
            assert words in text
        found = {
            code: (
                book[reference][cell_of(book, reference, code, "Svar")].value,
                book[reference][cell_of(book, reference, code, "Motivering")].value,
            )
            for code in ("N1", "G3", "N2")
        }
        assert found == {"N1": (5, "Många berörs."), "G3": ("Vet inte", None), "N2": (None, None)}

    def test_the_answer_is_chosen_from_a_list_and_only_the_answers_may_be_written(self, cast: Cast, walk: Walk) -> None:
        book, reference = book_of(cast.lead()), walk.case.initiative.reference
        sheet = book[reference]
        first, last = cell_of(book, reference, "N1", "Svar"), cell_of(book, reference, "G3", "Svar")
        lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
        assert lists == {f"{first}:{last}": '"1,2,3,4,5,Vet inte"'}
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        assert free == {
            cell_of(book, reference, code, heading) for code in CRITERIA for heading in ("Svar", "Motivering")
        }

    def test_it_prints_on_lying_a4_one_page_wide(self, cast: Cast, walk: Walk) -> None:
        for sheet in book_of(cast.lead()).worksheets[:3]:
            assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage

    def test_text_is_text_whatever_it_begins_with(self, cast: Cast) -> None:
        evil = '=HYPERLINK("http://x.example","Klicka")'
        walk = Walk(cast, title=evil, need="+1+1", benefit="-2", idea="@SUM(A1)\x07").to(Status.QUALIFIED)
        own = {"N1": Mark(3, "=1+1")}
        save_scores(case=walk.case, by=walk.lead, marks=own)
        book = book_of(walk.lead)
        reference = walk.case.initiative.reference
        formulas = {
            str(cell.value)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        assert formulas
        assert not [formula for formula in formulas if re.search("HYPERLINK|1[+]1|@SUM|=-2", formula)]
        texts = {cell.value for row in book[reference].iter_rows() for cell in row if cell.data_type == "s"}
        assert {"+1+1", "-2", "@SUM(A1)", "=1+1"} <= texts
        assert any(evil in text for text in texts)
        assert book[reference][cell_of(book, reference, "N1", "Motivering")].quotePrefix

    def test_a_long_text_is_given_as_many_rows_as_it_needs(self, cast: Cast) -> None:
        need = "\n".join(f"Stycke {number}. " + "Ord och fler ord. " * 40 for number in range(60))
        walk = Walk(cast, need=need).to(Status.QUALIFIED)
        sheet = book_of(walk.lead)[walk.case.initiative.reference]
        rows = [row for row in sheet.iter_rows() if isinstance(row[1].value, str) and "Stycke" in row[1].value]
        assert "\n".join(row[1].value for row in rows).split() == need.split()
        assert all((sheet.row_dimensions[row[0].row].height or 0) < 409 for row in rows)
        assert len(rows) > 5

    def test_it_says_when_the_text_has_changed_since_one_answered(self, cast: Cast) -> None:
        walk = answered_and_supplemented(cast)
        book = book_of(walk.lead)
        told = [str(cell.value) for row in book[walk.case.initiative.reference].iter_rows() for cell in row]
        assert any("Dina svar gavs på version 1: texten har ändrats sedan dess." in words for words in told)

    def test_all_that_waits_or_what_waits_at_a_level(self, cast: Cast, client: Client, walk: Walk) -> None:
        at_home = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED)
        done = Walk(cast, title="Sensorer i soptunnor").to(Status.QUALIFIED)
        done.assess_at_home()
        partial = Walk(cast, title="Larm").to(Status.QUALIFIED)
        partial.act(Act.DECLARE_CONFLICT, cast.lead(), motivation="Min bror säljer.")
        client.force_login(cast.lead())
        v6, kommun = walk.case.initiative.reference, at_home.case.initiative.reference
        assert set(fetched(client).sheetnames[2:-1]) == {v6, kommun}
        assert fetched(client, level="v6").sheetnames[2:-1] == [v6]
        assert fetched(client, level="kommun").sheetnames[2:-1] == [kommun]

    def test_whom_nothing_waits_for_is_told_so(self, cast: Cast, client: Client, walk: Walk) -> None:
        for person in (cast.coordinator(), cast.director(), cast.lead("essunga")):
            client.force_login(person)
            assert "Inget väntar på din bedömning just nu." in client.get("/bedomning/formular.xlsx", follow=True).text
            address = f"{walk.case.get_absolute_url()}bedom/"
            assert client.get(f"{address}formular.xlsx").url == address
            told = "Du bedömer inte det här initiativet i den roll du har nu."
            assert told in client.get("/bedomning/excel/").text

    def test_everybody_reads_them_in_another_order(self, cast: Cast) -> None:
        walks = [Walk(cast, title=f"Bokning {number}").to(Status.QUALIFIED) for number in range(6)]
        orders = {tuple(form.reference for form in waiting_forms(cast.lead("skara", number))) for number in range(1, 5)}
        assert {frozenset(order) for order in orders} == {frozenset(walk.case.initiative.reference for walk in walks)}
        assert len(orders) > 1
        assert waiting_forms(cast.lead())[0].reference == waiting_forms(cast.lead())[0].reference


def answered_and_supplemented(cast: Cast) -> Walk:
    """Answers given on the first version of the text, before the second was written."""
    walk = Walk(cast).to(Status.QUALIFIED)
    save_scores(case=walk.case, by=walk.lead, marks=marks(4))
    rewritten(walk)
    return walk


@pytest.mark.parametrize("number", [1, 4])
def test_the_database_is_asked_as_often_however_many_there_are(
    cast: Cast, client: Client, django_assert_num_queries: Any, number: int
) -> None:
    for each in range(number):
        Walk(cast, title=f"Bokning {each}").to(Status.V6_PRIORITISING)
        Walk(cast, title=f"Larm {each}").to(Status.QUALIFIED)
    client.force_login(cast.lead())
    client.get("/")
    for address, statements in (("/bedomning/excel/", 9), ("/bedomning/formular.xlsx", 8)):
        with django_assert_num_queries(statements):
            response = client.get(address)
            if response.streaming:
                response.getvalue()
