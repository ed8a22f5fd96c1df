"""A filled-in form sent back: shown before it is stored, stored whole or not at all, refused in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.imports import assessment_form
from governance.models import Event
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Score
from initiatives.workbooks import reading
from initiatives.workbooks.child import tell
from initiatives.workbooks.safety import Limits
from tests.cast import Cast
from tests.governance.filling import (
    cell_of,
    confirmed,
    content_of,
    fetched,
    fill,
    rewritten,
    uploaded,
)
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "imports"


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the test's own process, which is quicker; what the child protects is tried in test_assess_hostile."""

    def read_cells(path: Path, titles: None, limits: Limits, *, behind: list[str]) -> reading.Cells:
        lines: list[str] = []
        tell(str(path), titles, limits, lines.append, behind)
        return reading.gather(map(json.loads, lines))

    monkeypatch.setattr(assessment_form, "read_cells", read_cells)


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.QUALIFIED)


@pytest.fixture
def mine(client: Client, walk: Walk) -> Client:
    client.force_login(walk.lead)
    return client


def ref(walk: Walk) -> str:
    return str(walk.case.initiative.reference)


def own_answers(user: User, walk: Walk) -> dict[str, tuple[int | None, str]]:
    """What the portal has of the person's, the latest on each criterion."""
    scores = Score.objects.filter(assessment__assessor=user, assessment__round__initiative=walk.case.pk)
    ordered = scores.select_related("criterion").order_by("assessment__revision__number")
    return {score.criterion.code: (score.value, score.motivation) for score in ordered}


def said(client: Client, book: Workbook | bytes) -> str:
    """The page that shows what the file would do."""
    return str(client.get(uploaded(client, book)).content.decode())


class TestThereAndBack:
    def test_untouched_it_changes_nothing(self, mine: Client, walk: Walk) -> None:
        awkward = " =1+1\r\n\r\n  – ”Ja”, <b>sa</b> hon.\t\x0b "
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(4, awkward), "N2": Mark(None, "'5")})
        before = own_answers(walk.lead, walk)
        address = uploaded(mine, fetched(mine, walk.case))
        page = mine.get(address).content.decode()
        assert "Filen säger samma sak som portalen. Inget svar ändras." in page
        assert "Spara" not in page.split("<main")[1]
        assert "Inget svar är ändrat." in confirmed(mine, address).content.decode()
        assert own_answers(walk.lead, walk) == before

    def test_what_changes_is_shown_before_it_is_stored(self, mine: Client, walk: Walk, media: Path) -> None:
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(2, "Få berörs."), "N2": Mark(3)})
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 5, "Många berörs.")
        fill(book, ref(walk), "G3", "Vet inte")
        before = own_answers(walk.lead, walk)
        address = uploaded(mine, book)
        page = " ".join(mine.get(address).content.decode().split())
        assert "Så här skulle dina svar ändras. Inget är sparat än." in page
        assert "2 svar ändras · 6 är som förut" in page
        for words in ("Få berörs.", "Många berörs.", "N1 Nytta för invånare", "Ändras", "Nytt svar", "inget svar"):
            assert words in page
        assert "N2 Nytta för medarbetare" not in page
        assert own_answers(walk.lead, walk) == before

        done = confirmed(mine, address).content.decode()
        assert "2 svar är sparade i 1 initiativ. Bara du ser svaren tills du lämnar bedömningen." in done
        assert own_answers(walk.lead, walk) == {"N1": (5, "Många berörs."), "N2": (3, ""), "G3": (None, "")}
        assert list(media.iterdir()) == []
        assert mine.get(address, follow=True).content.decode().count("Filen finns inte kvar. Välj den igen.") == 1

    def test_an_empty_answer_changes_nothing(self, mine: Client, walk: Walk) -> None:
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(2, "Få berörs.")})
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", None, None)
        assert "Inget svar ändras." in said(mine, book)

    def test_a_motivering_may_be_taken_away(self, mine: Client, walk: Walk) -> None:
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(2, "Få berörs.")})
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", words=None)
        confirmed(mine, uploaded(mine, book))
        assert own_answers(walk.lead, walk) == {"N1": (2, "")}

    def test_columns_and_rows_may_be_moved(self, mine: Client, walk: Walk) -> None:
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 5)
        fill(book, ref(walk), "G3", 1)
        book[ref(walk)].insert_cols(1)
        book[ref(walk)].insert_rows(1)
        confirmed(mine, uploaded(mine, book))
        assert own_answers(walk.lead, walk) == {"N1": (5, ""), "G3": (1, "")}

    def test_a_whole_round_is_stored_and_what_is_ready_is_handed_in(self, cast: Cast, mine: Client, walk: Walk) -> None:
        half = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED)
        untouched = Walk(cast, title="Sensorer i soptunnor").to(Status.QUALIFIED)
        book = fetched(mine)
        for code in CRITERIA:
            fill(book, ref(walk), code, 4)
        fill(book, ref(half), "N1", 5)
        address = uploaded(mine, book)
        page = " ".join(mine.get(address).content.decode().split())
        assert "1 bedömning är helt besvarad och kan lämnas." in page
        assert "1 initiativ är som förut" in page
        done = confirmed(mine, address, "hand_in").content.decode()
        assert "9 svar är sparade i 2 initiativ. 1 bedömning är lämnad." in done
        round = walk.case.initiative.rounds.get()
        assert (round.handed_in, float(round.joint_score)) == (1, 75.0)
        assert Event.objects.filter(case=walk.case, kind=Act.ASSESS, actor=walk.lead).count() == 1
        assert half.case.initiative.rounds.get().handed_in == 0
        assert own_answers(walk.lead, half) == {"N1": (5, "")}
        assert own_answers(walk.lead, untouched) == {}

    def test_what_was_complete_before_can_be_handed_in_with_an_untouched_file(self, mine: Client, walk: Walk) -> None:
        save_scores(case=walk.case, by=walk.lead, marks=marks(3))
        address = uploaded(mine, fetched(mine, walk.case))
        page = mine.get(address).content.decode()
        assert "Spara svaren" not in page
        assert "Spara och lämna 1" in " ".join(page.split())
        assert "Inget svar är ändrat. 1 bedömning är lämnad." in confirmed(mine, address, "hand_in").content.decode()
        assert walk.case.initiative.rounds.get().handed_in == 1

    def test_confirmed_twice_it_is_stored_once_and_told_alike(self, mine: Client, walk: Walk) -> None:
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 5)
        address = uploaded(mine, book)
        seen = mine.get(address).context["plan"].seen
        for _click in range(2):
            done = mine.post(address, {"seen": seen, "save": "1"}, follow=True)
            page = done.content.decode()
            assert "1 svar är sparat i 1 initiativ." in page
            assert "Filen finns inte kvar" not in page
        assert own_answers(walk.lead, walk) == {"N1": (5, "")}

    def test_all_or_nothing(self, cast: Cast, mine: Client, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        other = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED)
        book = fetched(mine)
        fill(book, ref(walk), "N1", 5)
        fill(book, ref(other), "N1", 5)
        saved: list[Any] = []

        def second_fails(**given: Any) -> Any:
            saved.append(given)
            if len(saved) == 2:
                raise Refused("Det gick inte.")
            return save_scores(**given)

        monkeypatch.setattr(assessment_form, "save_scores", second_fails)
        done = confirmed(mine, uploaded(mine, book))
        assert done.status_code == 409
        assert f"{ref(other if saved[1]['case'] == other.case else walk)}: Det gick inte." in done.content.decode()
        assert not Score.objects.filter(assessment__assessor=walk.lead)


class TestFaults:
    """Each with its sheet, its cell and what to do; nothing is stored."""

    CELLS: list[tuple[str, Any, str]] = [
        ("Svar", 6, "skriv 1–5 eller Vet inte; där står ”6”."),
        ("Svar", 2.5, "skriv 1–5 eller Vet inte; där står ”2,5”."),
        ("Svar", "ganska bra", "skriv 1–5 eller Vet inte; där står ”ganska bra”."),
        ("Svar", "=1+2", "skriv 1–5 eller Vet inte; där står ”=1+2”."),
        ("Motivering", "=1+2", "skriv motiveringen som text; där står ”=1+2”."),
        ("Motivering", "x" * 5_001, "motiveringen är 5001 tecken. Skriv högst 5000."),
        ("Motivering", "x" * 32_767, "motiveringen är 32767 tecken. Skriv högst 5000."),
    ]

    @pytest.mark.parametrize(("heading", "value", "sentence"), CELLS, ids=[str(row[1])[:12] for row in CELLS])
    def test_of_a_cell(self, mine: Client, walk: Walk, heading: str, value: Any, sentence: str) -> None:
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 3)
        fill(book, ref(walk), "N2", 5)
        where = cell_of(book, ref(walk), "N1", heading)
        book[ref(walk)][where] = value
        address = uploaded(mine, book)
        page = mine.get(address).content.decode()
        assert f"Blad {ref(walk)}, cell {where}: {sentence}" in page
        assert "1 fel" in page
        assert "Inget är sparat. Rätta i filen, spara den och ladda upp den igen." in page
        assert "Spara svaren" not in page
        assert confirmed(mine, address).status_code == 409
        assert own_answers(walk.lead, walk) == {}

    def test_a_motivering_needs_an_answer(self, mine: Client, walk: Walk) -> None:
        book = fetched(mine, walk.case)
        where = fill(book, ref(walk), "N1", words="Svårt att säga.")
        sentence = "skriv 1–5 eller Vet inte; en motivering behöver ett svar."
        assert f"Blad {ref(walk)}, cell {where}: {sentence}" in said(mine, book)

    def test_of_a_sheet(self, mine: Client, walk: Walk) -> None:
        def no_answers(page: Any) -> None:
            page[self._head(page, "Svar")] = "Mitt svar"

        def two_columns(page: Any) -> None:
            page[self._head(page, "Ger poäng")] = "Svar"

        def no_row(page: Any) -> None:
            page.delete_rows(next(row[0].row for row in page.iter_rows() if str(row[0].value).startswith("N2 ")))

        def same_row(page: Any) -> None:
            page[next(row[0].coordinate for row in page.iter_rows() if str(row[0].value).startswith("N2 "))] = (
                "N1 Nytta"
            )

        def strange_row(page: Any) -> None:
            page.append(["N9 Eget kriterium", *[None] * 7, 4])

        def empty(page: Any) -> None:
            page.delete_rows(1, page.max_row)

        changes: list[tuple[Callable[[Any], None], str]] = [
            (no_answers, f"Blad {ref(walk)}: kolumnen Svar saknas. Hämta ett nytt formulär."),
            (two_columns, f"Blad {ref(walk)}: kolumnen Svar finns mer än en gång. Ta bort den som inte gäller."),
            (no_row, f"Blad {ref(walk)}: kriteriet ”N2 Nytta för medarbetare och verksamhet” saknas. Hämta ett nytt"),
            (same_row, "kriteriet ”N1 Nytta för invånare” finns mer än en gång. Ta bort det ena."),
            (strange_row, "”N9 Eget kriterium” är inget kriterium i formuläret. Ta bort svaret på raden."),
            (empty, f"Blad {ref(walk)}: kolumnen Kriterium saknas. Hämta ett nytt formulär."),
        ]
        for change, sentence in changes:
            book = fetched(mine, walk.case)
            change(book[ref(walk)])
            assert sentence in said(mine, book)

    def _head(self, page: Any, heading: str) -> str:
        head = next(row for row in page.iter_rows() if row[0].value == "Kriterium")
        return str(next(cell.coordinate for cell in head if cell.value == heading))

    def test_a_sheet_may_be_left_out_but_not_renamed(self, cast: Cast, mine: Client, walk: Walk) -> None:
        other = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED)
        book = fetched(mine)
        fill(book, ref(walk), "N1", 5)
        del book[ref(other)]
        page = said(mine, book)
        assert f"Bladet {ref(other)} finns inte i filen. Svaren på det initiativet ändras inte." in page
        assert "Spara svaren" in page
        book[ref(walk)].title = "Nycklar"
        page = said(mine, book)
        assert f"Blad {ref(walk)}: bladet saknas. Har det fått ett annat namn, ge det sitt namn igen." in page
        assert "Bladet Nycklar hör inte till formuläret och läses inte." in page

    def test_a_sheet_of_ones_own_is_not_read(self, mine: Client, walk: Walk) -> None:
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 5)
        book.create_sheet("Kladd")["A1"] = "=1+1"
        page = said(mine, book)
        assert "Bladet Kladd hör inte till formuläret och läses inte." in page
        assert "1 svar ändras" in page

    def test_fifty_are_told_at_a_time(self, cast: Cast, mine: Client, walk: Walk) -> None:
        for number in range(6):
            Walk(cast, title=f"Bokning {number}").to(Status.QUALIFIED)
        book = fetched(mine)
        for sheet in book.sheetnames[2:-1]:
            for code in CRITERIA:
                fill(book, sheet, code, 9)
        page = said(mine, book)
        assert page.count("där står ”9”") == 50
        assert "Det finns fler fel. Resten visas när de här är rättade." in page


class TestWhatHappensMeanwhile:
    def changed(self, mine: Client, walk: Walk) -> Workbook:
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 5)
        return book

    def test_both_have_changed_and_the_person_chooses(self, mine: Client, walk: Walk) -> None:
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(2), "N2": Mark(2), "N3": Mark(2)})
        book = self.changed(mine, walk)
        fill(book, ref(walk), "N2", 4)
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(1), "N2": Mark(1), "N3": Mark(1)})
        address = uploaded(mine, book)
        response = mine.get(address)
        page = " ".join(response.content.decode().split())
        assert page.count("Båda har ändrats sedan du hämtade formuläret. Vilket svar gäller?") == 2
        assert "Portalens är nyare och står kvar" in page
        first, second = (answer.key for answer in response.context["plan"].conflicts)
        refused = confirmed(mine, address, **{first: "file"})
        assert refused.status_code == 409
        told = refused.content.decode()
        assert "Välj vilket svar som gäller där portalen och filen säger olika. Inget är sparat." in told
        assert f'name="{first}" value="file" checked' in told
        assert own_answers(walk.lead, walk) == {"N1": (1, ""), "N2": (1, ""), "N3": (1, "")}
        confirmed(mine, address, **{first: "file", second: "portal"})
        assert own_answers(walk.lead, walk) == {"N1": (5, ""), "N2": (1, ""), "N3": (1, "")}

    def test_something_changed_between_looking_and_saving(self, mine: Client, walk: Walk) -> None:
        address = uploaded(mine, self.changed(mine, walk))
        seen = mine.get(address).context["plan"].seen
        save_scores(case=walk.case, by=walk.lead, marks={"N1": Mark(2)})
        answer = mine.post(address, {"seen": seen, "save": "1"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Något har ändrats sedan du tittade. Inget är sparat. Titta igen innan du sparar." in page
        assert "Vilket svar gäller?" in page
        assert own_answers(walk.lead, walk) == {"N1": (2, "")}

    def test_the_text_has_changed_so_it_is_not_handed_in_unread(self, mine: Client, walk: Walk) -> None:
        book = fetched(mine, walk.case)
        for code in CRITERIA:
            fill(book, ref(walk), code, 4)
        rewritten(walk)
        address = uploaded(mine, book)
        page = " ".join(mine.get(address).content.decode().split())
        assert "Formuläret hämtades med version 1 av texten. Nu gäller version 2." in page
        assert f"/initiativ/{ref(walk)}/andringar/?fran=1" in page
        assert "Spara svaren" in page
        assert "Spara och lämna" not in page
        confirmed(mine, address, "hand_in")
        assert walk.case.initiative.rounds.get().handed_in == 0
        assert own_answers(walk.lead, walk) == dict.fromkeys(CRITERIA, (4, ""))

    def test_answers_on_the_text_as_it_was_stay_with_it_until_they_are_changed(self, mine: Client, walk: Walk) -> None:
        save_scores(case=walk.case, by=walk.lead, marks=marks(3))
        rewritten(walk)
        book = fetched(mine, walk.case)
        fill(book, ref(walk), "N1", 5)
        confirmed(mine, uploaded(mine, book))
        on_the_new = Score.objects.filter(assessment__assessor=walk.lead, assessment__revision__number=2)
        assert [(score.criterion.code, score.value) for score in on_the_new] == [("N1", 5)]
        assert own_answers(walk.lead, walk) == {code: (5 if code == "N1" else 3, "") for code in CRITERIA}

    def left_out(self, mine: Client, walk: Walk, book: Workbook, sentence: str) -> None:
        address = uploaded(mine, book)
        page = mine.get(address).content.decode()
        assert f"<b>{ref(walk)}.</b> {sentence}" in page
        assert "Inget i filen kan sparas." in page
        assert "Spara svaren" not in page
        before = own_answers(walk.lead, walk)
        confirmed(mine, address, "hand_in")
        assert own_answers(walk.lead, walk) == before

    def test_the_round_is_closed(self, cast: Cast, mine: Client, walk: Walk) -> None:
        book = self.changed(mine, walk)
        walk.act(Act.ASSESS, cast.lead("skara", 2), marks=marks(2))
        walk.act(Act.PRIORITISE, walk.lead, order=1)
        self.left_out(mine, walk, book, "Omgången är stängd. Svaren kan inte ändras längre.")

    def test_jav_is_declared(self, mine: Client, walk: Walk) -> None:
        book = self.changed(mine, walk)
        walk.act(Act.DECLARE_CONFLICT, walk.lead, motivation="Min bror säljer.")
        self.left_out(mine, walk, book, "Du har anmält jäv och bedömer inte det här initiativet.")

    def test_it_is_handed_in_already(self, mine: Client, walk: Walk) -> None:
        book = self.changed(mine, walk)
        walk.assess_at_home(2)
        self.left_out(mine, walk, book, "Du har redan lämnat din bedömning.")

    def test_it_may_no_longer_be_read_which_is_told_as_if_it_never_was(
        self, cast: Cast, mine: Client, walk: Walk
    ) -> None:
        book = self.changed(mine, walk)
        skara = cast.orgs["skara"]
        walk.act(
            Act.MARK_SECRET,
            cast.registrar("skara"),
            legal_basis="OSL 18 kap. 8 §",
            marked_on=timezone.localdate(),
            readers=[(skara, Role.REGISTRAR), (skara, Role.DIRECTOR)],
        )
        self.left_out(mine, walk, book, "Initiativet finns inte, eller så får du inte läsa det.")
        assert walk.case.initiative.title not in said(mine, book)

    def test_the_rest_of_the_file_is_stored_all_the_same(self, cast: Cast, mine: Client, walk: Walk) -> None:
        other = Walk(cast, title="Bokning av lokaler").to(Status.QUALIFIED)
        book = fetched(mine)
        fill(book, ref(walk), "N1", 5)
        fill(book, ref(other), "N1", 5)
        walk.assess_at_home(2)
        assert "1 svar är sparat i 1 initiativ." in confirmed(mine, uploaded(mine, book)).content.decode()
        assert own_answers(walk.lead, other) == {"N1": (5, "")}

    def test_others_answers_are_nowhere_on_the_page(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        client.force_login(cast.lead())
        book = fetched(client, walk.case)
        fill(book, ref(walk), "N1", 5)
        without = said(client, book)
        walk.act(Act.ASSESS, cast.lead("vara"), marks=marks(5) | {"N1": Mark(1, "Det är Varas ord.")})
        page = said(client, book)
        assert "Det är Varas ord." not in page
        assert "Utvecklingsledare Vara" not in page
        assert len(page) == len(without)


def test_the_preview_asks_the_database_as_often_however_many_there_are(
    cast: Cast, mine: Client, walk: Walk, django_assert_num_queries: Any
) -> None:
    for number in range(2):
        book = fetched(mine)
        for sheet in book.sheetnames[2:-1]:
            fill(book, sheet, "N1", 5)
        address = uploaded(mine, book)
        mine.get(address)
        with django_assert_num_queries(8):
            mine.get(address)
        for _each in range(3):
            Walk(cast, title=f"Bokning {number}").to(Status.QUALIFIED)


def test_a_file_is_the_sessions_own(cast: Cast, mine: Client, walk: Walk) -> None:
    address = uploaded(mine, fetched(mine, walk.case))
    other = Client()
    other.force_login(cast.lead("skara", 2))
    for response in (other.get(address), other.post(address, {"save": "1"})):
        assert response.url == "/bedomning/excel/"


def test_no_file_and_too_large_a_file(mine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = mine.post("/bedomning/ladda-upp/")
    assert empty.status_code == 422
    assert "Välj en fil." in empty.content.decode()
    monkeypatch.setattr("governance.forms.assess_excel.MOST_BYTES", 5)
    large = mine.post("/bedomning/ladda-upp/", {"file": SimpleUploadedFile("a.xlsx", b"123456")})
    assert "Den får vara högst 10 MB." in large.content.decode()
    assert mine.get("/bedomning/ladda-upp/").url == "/bedomning/excel/"


def test_the_whole_file_says_who_it_is_for(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.lead("skara", 2))
    others = content_of(fetched(client, walk.case))
    client.force_login(walk.lead)
    page = said(client, others)
    assert "Formuläret är hämtat av någon annan. Hämta ditt eget och fyll i det." in page
    assert "Spara svaren" not in page
