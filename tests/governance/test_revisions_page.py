"""*Vad har ändrats?*: any two revisions of a text compared, for those who may read the initiative."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from governance.acts import Act
from governance.presenting.changes import chosen, comparison
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import TEXT, Walk
from tests.world import EVERYBODY, SEES, World

pytestmark = pytest.mark.django_db

STATEMENTS = 8
"""Session, person, roles, what waits; the case, the revisions, what led to them, and the two texts."""


def supplemented(cast: Cast, *texts: dict[str, Any], **first: Any) -> Walk:
    """With one revision more for each text."""
    walk = Walk(cast, **first).to(Status.QUALIFYING)
    for number, text in enumerate(texts, start=1):
        walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation=f"Fråga nummer {number}?")
        walk.act(Act.SUPPLEMENT, walk.author, motivation="Så här.", fields=text)
    return walk


def address(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}andringar/"


def read(client: Client, walk: Walk, **query: Any) -> str:
    page = client.get(address(walk), query)
    assert page.status_code == 200
    return page.content.decode()


def aloud(html: str) -> str:
    """The main part as a screen reader says it, tags and all hidden from it left out."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r'<span aria-hidden="true">[^<]*</span>', "", main)
    return " ".join(unescape(strip_tags(main)).split())


@pytest.fixture
def author(cast: Cast, client: Client) -> Client:
    client.force_login(cast.staff())
    return client


class TestWhatIsSaid:
    def test_a_sentence_first_says_what_has_changed(self, cast: Cast, author: Client) -> None:
        walk = supplemented(cast, {"need": "Tjugo nycklar.", "people_involved": 20, "targets_employees": True})
        said = aloud(read(author, walk))
        assert "Tre svar har ändrats: problem eller behov, målgrupp och antal medarbetare." in said

    def test_words_are_said_to_be_removed_and_added_not_only_coloured(self, cast: Cast, author: Client) -> None:
        walk = supplemented(cast, {"benefit": "Tryggare för alla som har hjälp hemma."})
        html = read(author, walk)
        assert '<del><span class="visually-hidden"> borttaget: </span>den' in html
        assert '<ins><span class="visually-hidden"> tillagt: </span>alla' in html
        assert "Tryggare för borttaget: den slut på borttaget. tillagt: alla slut på tillagt. som har" in aloud(html)

    def test_numbers_and_choices_are_told_from_one_to_another(self, cast: Cast, author: Client) -> None:
        walk = supplemented(cast, {"people_involved": 1200, "targets_employees": True}, people_involved=3)
        said = aloud(read(author, walk))
        assert "Antal medarbetare Från 3 till 1 200" in said
        assert "Målgrupp Från invånare till invånare och medarbetare" in said

    def test_no_answer_is_not_nought(self, cast: Cast, author: Client) -> None:
        walk = supplemented(cast, {"people_involved": 0})
        assert "Från inget svar till 0" in aloud(read(author, walk))

    def test_what_is_the_same_stands_in_one_line(self, cast: Cast, author: Client) -> None:
        said = aloud(read(author, supplemented(cast, {"need": "Nytt."})))
        assert "Oförändrat: Titel, Förvaltning, Väntad nytta, Målgrupp, Idé till lösning, Gånger per år," in said

    def test_nothing_at_all_changed(self, cast: Cast, author: Client) -> None:
        said = aloud(read(author, supplemented(cast, {})))
        assert "Inget har ändrats mellan de här två versionerna." in said

    def test_how_a_browser_ends_its_lines_is_no_change(self) -> None:
        found = comparison({"need": "Ett.\nTvå."}, {"need": "Ett.\r\nTvå."})
        assert found.changes == ()

    def test_what_people_wrote_is_text_not_markup(self, cast: Cast, author: Client) -> None:
        html = read(author, supplemented(cast, {"need": "<b>a & b</b>"}))
        assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in html

    def test_a_long_unchanged_stretch_is_folded_and_can_be_seen(self, cast: Cast, author: Client) -> None:
        long = " ".join(f"Mening {number} som står kvar." for number in range(60))
        walk = supplemented(cast, {"need": f"Nytt först. {long}"}, need=f"Först. {long}")
        html = read(author, walk)
        assert "Mening 30 som" not in html
        assert "oförändrad text visas inte" in html
        assert 'href="?fran=1&amp;till=2&amp;allt=1"' in html
        assert "Mening 30 som" in read(author, walk, fran=1, till=2, allt=1)

    def test_who_made_each_version_when_and_why(self, cast: Cast, author: Client) -> None:
        said = aloud(read(author, supplemented(cast, {"need": "Ett."}, {"need": "Två."})))
        assert "Medarbetare Skara Version 1. Inskickat" in said
        for version, question in ((2, 1), (3, 2)):
            assert (
                f"Version {version}. Svar på en fråga. Utvecklingsledare Skara frågade: Fråga nummer {question}? "
                "Medarbetare Skara svarade: Så här." in said
            )

    def test_questions_about_single_answers_are_there_too(self, cast: Cast, author: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFYING)
        asked = {"need": "Hur ofta?", "benefit": ""}
        walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Kan du berätta mer?", questions=asked)
        walk.act(Act.SUPPLEMENT, walk.author, motivation="Varje dag.", fields={"need": "Varje dag."})
        assert (
            "Utvecklingsledare Skara frågade: Kan du berätta mer? Problem eller behov Hur ofta? Väntad nytta "
            "Utvecklingsledare Skara vill att det här svaret ses över. Medarbetare Skara svarade: Varje dag."
        ) in aloud(read(author, walk))


class TestWhichTwo:
    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        return supplemented(cast, {"need": "Ett."}, {"need": "Två."})

    @pytest.mark.parametrize(
        ("query", "heading"),
        [
            ({}, "Från version 2 till version 3"),
            ({"fran": 1, "till": 3}, "Från version 1 till version 3"),
            ({"fran": 1, "till": 2}, "Från version 1 till version 2"),
            ({"fran": 3, "till": 1}, "Från version 1 till version 3"),
            ({"fran": 1}, "Från version 1 till version 3"),
            ({"till": 2}, "Från version 1 till version 2"),
        ],
    )
    def test_those_asked_for_else_the_last_two(
        self, author: Client, walk: Walk, query: dict[str, Any], heading: str
    ) -> None:
        assert heading in aloud(read(author, walk, **query))

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"fran": 7}, "Det finns ingen version 7. Här är i stället de två senaste."),
            ({"fran": "0", "till": "-1"}, "Det finns ingen version 0 eller -1. Här är i stället de två senaste."),
            ({"fran": "två"}, "Det finns ingen version två."),
            ({"till": "²"}, "Det finns ingen version ²."),
            ({"fran": "9" * 5000}, "Det finns ingen version 999"),
            ({"fran": "<script>"}, "Det finns ingen version <script>."),
            ({"fran": 2, "till": 2}, "Välj två olika versioner. Här är de två senaste."),
        ],
    )
    def test_a_number_that_is_none_is_told_kindly(
        self, author: Client, walk: Walk, query: dict[str, Any], sentence: str
    ) -> None:
        said = aloud(read(author, walk, **query).replace("&lt;script&gt;", "(script)"))
        assert sentence.replace("<script>", "(script)") in said
        assert "Från version 2 till version 3" in said

    def test_the_older_of_two_is_always_the_first(self) -> None:
        assert (chosen("4", "2", [1, 2, 4]).first, chosen("4", "2", [1, 2, 4]).last) == (2, 4)

    def test_one_version_is_said_to_be_the_only_one(self, cast: Cast, author: Client) -> None:
        said = aloud(read(author, Walk(cast).to(Status.SUBMITTED), fran=1, till=2))
        assert "Det finns bara en version av texten" in said

    def test_a_draft_has_none_yet(self, cast: Cast, author: Client) -> None:
        assert "Initiativet är inte inskickat än." in aloud(read(author, Walk(cast)))


class TestAttachments:
    OLD = {"attachments": [{"id": 1, "name": "skiss.pdf", "sha256": "a"}, {"id": 2, "name": "foto.jpg", "sha256": "b"}]}
    NEW = {"attachments": [{"id": 2, "name": "foto.jpg", "sha256": "b"}, {"id": 3, "name": "karta.pdf", "sha256": "c"}]}

    def test_what_was_added_and_taken_away_is_named(self) -> None:
        found = comparison(self.OLD, self.NEW)
        assert (found.attachments.removed, found.attachments.added) == (("skiss.pdf",), ("karta.pdf",))
        assert found.summary == "En bilaga har kommit till: karta.pdf. En bilaga har tagits bort: skiss.pdf."

    def test_a_text_from_before_there_were_any_has_none(self) -> None:
        assert comparison({}, self.OLD).summary == "Bilagor har kommit till: skiss.pdf och foto.jpg."
        assert not comparison({}, {}).attachments

    def test_another_file_by_the_same_name_is_a_change(self) -> None:
        other = {"attachments": [{"id": 9, "name": "skiss.pdf", "sha256": "z"}, self.OLD["attachments"][1]]}
        assert comparison(self.OLD, other).attachments.added == ("skiss.pdf",)


class TestWhereItIsLinked:
    def test_from_the_description_when_there_is_more_than_one(self, cast: Cast, author: Client) -> None:
        once, twice = Walk(cast).to(Status.SUBMITTED), supplemented(cast, {"need": "Nytt."})
        pages = [" ".join(author.get(w.case.get_absolute_url()).content.decode().split()) for w in (once, twice)]
        assert "Vad har ändrats?" not in pages[0]
        assert f'Version 2 av texten. <a href="{address(twice)}">Vad har ändrats?</a>' in pages[1]

    def test_from_the_page_where_the_text_is_assessed(self, cast: Cast, client: Client) -> None:
        walk = supplemented(cast, {"need": "Nytt."})
        walk.qualify()
        client.force_login(walk.lead)
        html = client.get(f"{walk.case.get_absolute_url()}bedom/").content.decode()
        assert "Du läser version 2 av texten." in html
        assert f'<a href="{address(walk)}">' in html


def test_those_who_see_the_initiative_see_its_changes_and_nobody_else(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)
    world = World(cast)
    for situation, seeing in SEES.items():
        for name in sorted(EVERYBODY - {"anonymous"}):
            found = world.client(name).get(f"/initiativ/{world.references[situation]}/andringar/").status_code
            assert found == (200 if name in seeing else 404), (name, situation)


def test_it_asks_the_database_as_often_however_many_versions(
    cast: Cast, author: Client, django_assert_num_queries: Any
) -> None:
    few = supplemented(cast, {"need": "Ett."})
    many = supplemented(cast, *({"need": f"Nummer {number}."} for number in range(12)))
    for _number in range(30):
        many.act(Act.COMMENT, many.lead, motivation="Ring leverantören.")
    for walk in (few, many):
        author.get(address(walk))
        with django_assert_num_queries(STATEMENTS):
            author.get(address(walk))
    assert TEXT["need"] not in author.get(address(many)).content.decode()
