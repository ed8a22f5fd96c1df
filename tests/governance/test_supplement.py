"""Asking for more and answering: the lead's question stands by the answers it is about, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from governance.acts import Act
from governance.models import Case
from governance.presenting.telling import tell
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import TEXT, Walk

pytestmark = pytest.mark.django_db

ASKED = "Hur många berörs?"
WHOLE = {
    "title": TEXT["title"],
    "department": TEXT["department"],
    "need": TEXT["need"],
    "benefit": TEXT["benefit"],
    "target": ["residents"],
}


def asking(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}steg/request_supplement/"


def answering(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}steg/supplement/"


def asked(cast: Cast, **questions: str) -> Walk:
    walk = Walk(cast).to(Status.QUALIFYING)
    walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation=ASKED, **({"questions": questions} if questions else {}))
    return walk


def whole(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def part(html: str, name: str) -> str:
    """The field with its label, help and errors."""
    start = html.index(f'id="div_id_{name}"')
    return html[start : html.index('id="div_id_', start + 10) if 'id="div_id_' in html[start + 10 :] else None]


def hidden(page: HttpResponse) -> dict[str, Any]:
    form = page.context["form"]
    return {name: form[name].value() for name in ("seen", "token", "revision")}


class TestAsking:
    @pytest.fixture
    def walk(self, cast: Cast, client: Client) -> Walk:
        walk = Walk(cast).to(Status.QUALIFYING)
        client.force_login(walk.lead)
        return walk

    def test_about_the_text_as_a_whole(self, client: Client, walk: Walk) -> None:
        assert client.post(asking(walk), {"motivation": ASKED}).status_code == 302
        event = walk.case.events.latest("id")
        assert (event.text, event.data) == (ASKED, {})

    def test_about_some_answers_with_a_question_of_their_own_or_none(self, client: Client, walk: Walk) -> None:
        sent = {"motivation": ASKED, "about_need": "on", "question_need": "Hur ofta?", "about_people_involved": "on"}
        client.post(asking(walk), sent)
        event = walk.case.events.latest("id")
        assert (event.text, event.data) == (ASKED, {"questions": {"need": "Hur ofta?", "people_involved": ""}})

    def test_a_question_is_about_its_answer_also_when_the_box_was_not_ticked(self, client: Client, walk: Walk) -> None:
        client.post(asking(walk), {"motivation": ASKED, "question_benefit": "För vem?"})
        assert walk.case.events.latest("id").data == {"questions": {"benefit": "För vem?"}}

    def test_the_log_tells_it_in_plain_words(self, cast: Cast) -> None:
        walk = asked(cast, people_involved="", need="Hur ofta?")
        words = "Komplettering begärd: om ”Problem eller behov” (Hur ofta?) och ”Antal medarbetare”"
        assert tell(walk.case.events.latest("id")).text == words

    def test_the_line_for_a_question_names_the_answer_as_it_is_called(self, client: Client, walk: Walk) -> None:
        html = whole(client.get(asking(walk)))
        assert ">Fråga om svaret ”Finns något liknande i dag?”</label>" in html
        assert ">Fråga om svaret ”Problem eller behov”</label>" in html

    def test_without_a_question_nothing_is_asked_and_everything_is_kept(self, client: Client, walk: Walk) -> None:
        sent = {"motivation": " ", "about_need": "on", "question_benefit": "För vem?"}
        html = whole(client.post(asking(walk), sent))
        assert "Skriv vad som saknas." in html
        assert 'value="För vem?"' in html
        assert 'name="about_need" id="id_about_need" checked' in html
        assert Case.objects.get(pk=walk.case.pk).status == Status.QUALIFYING

    def test_a_question_that_is_too_long_says_so_beside_it(self, client: Client, walk: Walk) -> None:
        page = client.post(asking(walk), {"motivation": ASKED, "question_need": "x" * 301})
        assert "question_need" in page.context["form"].errors
        assert 'id="id_question_need_error"' in page.content.decode()

    def test_a_question_about_nothing_that_exists_is_a_fault(self, walk: Walk) -> None:
        with pytest.raises(TypeError, match="lösenord"):
            walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation=ASKED, questions={"lösenord": "?"})


class TestThePage:
    def test_the_question_stands_on_top_and_beside_each_answer_it_is_about(self, cast: Cast, client: Client) -> None:
        walk = asked(cast, need="Hur många nycklar?", people_involved="")
        client.force_login(walk.author)
        html = whole(client.get(answering(walk)))
        assert "Svara på komplettering</h1>" in html
        assert ASKED in part(html, "motivation")
        assert "<b>Hur många nycklar?</b>" in part(html, "need")
        assert "<b>Utvecklingsledare Skara vill att du ser över det här svaret.</b>" in part(html, "people_involved")
        assert "frågar:" not in part(html, "people_involved")
        assert "note question" not in part(html, "benefit")

    def test_it_is_read_together_with_the_field(self, cast: Cast, client: Client) -> None:
        walk = asked(cast, need="Hur många nycklar?", target="För vilka?")
        client.force_login(walk.author)
        html = whole(client.get(answering(walk)))
        assert 'aria-describedby="id_need_helptext"' in part(html, "need")
        assert 'id="id_need_helptext"' in part(html, "need")
        assert 'aria-describedby="id_target_helptext"' in html

    def test_those_answers_come_first_and_the_rest_is_folded(self, cast: Cast, client: Client) -> None:
        walk = asked(cast, need="Hur många nycklar?", people_involved="")
        client.force_login(walk.author)
        html = whole(client.get(answering(walk)))
        order = [html.index(f'id="div_id_{name}"') for name in ("motivation", "need", "people_involved")]
        fold = html.index('<details class="more"> <summary>Ändra något mer')
        assert sorted([*order, fold]) == [*order, fold]
        assert fold < html.index('id="div_id_title"') < html.index('id="div_id_business_owner"')

    def test_the_text_stands_there_once(self, cast: Cast, client: Client) -> None:
        walk = asked(cast, need="Hur många nycklar?")
        client.force_login(walk.author)
        html = whole(client.get(answering(walk)))
        assert html.count(TEXT["benefit"]) == 1
        assert "Vad det gäller" not in html

    def test_where_no_answer_was_named_all_are_open(self, cast: Cast, client: Client) -> None:
        walk = asked(cast)
        client.force_login(walk.author)
        assert '<details class="more" open> <summary>Ändra i texten' in whole(client.get(answering(walk)))

    def test_what_the_browser_may_keep_is_named_by_the_question(self, cast: Cast, client: Client) -> None:
        walk = asked(cast)
        client.force_login(walk.author)
        name = f'data-keep="{walk.case.initiative.reference}/supplement/1"'
        assert name in client.get(answering(walk)).content.decode()

    def test_att_gora_leads_there(self, cast: Cast, client: Client) -> None:
        walk = asked(cast, need="")
        client.force_login(walk.author)
        assert f'href="{answering(walk)}"' in client.get("/").content.decode()

    def test_it_asks_the_database_as_often_whatever_was_asked(
        self, cast: Cast, client: Client, django_assert_num_queries: Any
    ) -> None:
        little, much = asked(cast), asked(cast, need="?", benefit="?", target="?", idea="?")
        for _round in range(4):
            much.act(Act.SUPPLEMENT, much.author, motivation="Så.", fields={})
            much.act(Act.REQUEST_SUPPLEMENT, much.lead, motivation=ASKED, questions={"need": "?"})
        client.force_login(little.author)
        for walk in (little, much):
            client.get(answering(walk))
            with django_assert_num_queries(10):
                client.get(answering(walk))


class TestAnswering:
    @pytest.fixture
    def walk(self, cast: Cast, client: Client) -> Walk:
        walk = asked(cast, need="Hur många nycklar?")
        client.force_login(walk.author)
        return walk

    def test_the_answer_and_the_text_are_sent_in_one_go(self, client: Client, walk: Walk) -> None:
        sent = {**hidden(client.get(answering(walk))), **WHOLE, "need": "Tjugo.", "motivation": "Tjugo om dagen."}
        assert client.post(answering(walk), sent).status_code == 302
        case = Case.objects.select_related("initiative").get(pk=walk.case.pk)
        assert (case.status, case.initiative.need) == (Status.QUALIFYING, "Tjugo.")
        assert case.initiative.revisions.count() == 2
        assert case.events.latest("id").text == "Tjugo om dagen."

    def test_as_strict_as_sending_in(self, client: Client, walk: Walk) -> None:
        page = client.post(answering(walk), {**WHOLE, "need": " ", "target": [], "times_per_year": "ofta"})
        html = whole(page)
        assert set(page.context["form"].errors) == {"motivation", "need", "target", "times_per_year"}
        assert "Skriv ett svar på frågan." in html
        assert "Fyll i det här innan du skickar." in part(html, "need")
        assert 'value="ofta"' in html
        assert Case.objects.get(pk=walk.case.pk).initiative.revisions.count() == 1

    def test_an_error_in_what_is_folded_opens_it(self, client: Client, walk: Walk) -> None:
        html = whole(client.post(answering(walk), {**WHOLE, "benefit": "", "motivation": "Tjugo."}))
        assert '<details class="more" open> <summary>Ändra något mer' in html

    def test_so_does_something_changed_there(self, client: Client, walk: Walk) -> None:
        html = whole(client.post(answering(walk), {**WHOLE, "benefit": "Ny nytta.", "motivation": ""}))
        assert '<details class="more" open> <summary>Ändra något mer' in html
        assert "Ny nytta.</textarea>" in html

    def test_what_looks_like_a_personnummer_is_asked_about_once_and_then_let_through(
        self, client: Client, walk: Walk
    ) -> None:
        for sent in ({"motivation": "811218-9876"}, {"motivation": "Tjugo.", "need": "Anna 811218-9876 ringde."}):
            page = client.post(answering(walk), {**WHOLE, **sent})
            assert "”811218-9876” ser ut som ett personnummer. Ta bort det." in page.content.decode()
            assert "tryck på Skicka komplettering en gång till" in page.content.decode()
            told = page.context["form"]["noticed"].value()
        another = {**WHOLE, **sent, "noticed": told, "benefit": "Brukaren Anna får mer tid."}
        assert "”Anna” ser ut som namnet på en person." in client.post(answering(walk), another).content.decode()
        assert client.post(answering(walk), {**WHOLE, **sent, "noticed": told}).status_code == 302

    def test_a_double_click_answers_once(self, client: Client, walk: Walk) -> None:
        sent = {**hidden(client.get(answering(walk))), **WHOLE, "motivation": "Tjugo."}
        assert [client.post(answering(walk), sent).status_code for _click in range(2)] == [302, 302]
        assert walk.case.initiative.revisions.count() == 2

    def test_the_lead_may_answer_for_the_author(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.lead)
        assert client.post(answering(walk), {**WHOLE, "motivation": "Jag ringde: tjugo."}).status_code == 302

    def test_nobody_else(self, cast: Cast, client: Client, walk: Walk) -> None:
        for other, status in ((cast.reader(), 403), (cast.director(), 403), (cast.lead("vara"), 404)):
            client.force_login(other)
            assert client.post(answering(walk), {**WHOLE, "motivation": "Tjugo."}).status_code == status


class TestSomebodyWasFaster:
    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        return asked(cast, need="Hur många nycklar?")

    def opened(self, client: Client, walk: Walk) -> dict[str, Any]:
        client.force_login(walk.author)
        return {**hidden(client.get(answering(walk))), **WHOLE}

    def test_the_second_is_told_and_keeps_what_she_wrote_and_only_that(self, client: Client, walk: Walk) -> None:
        sent = self.opened(client, walk)
        walk.act(Act.SUPPLEMENT, walk.lead, motivation="Jag ringde.", fields={"benefit": "Lugnare."})
        sent |= {"motivation": "Tjugo om dagen.", "need": "Tjugo nycklar hämtas.", "people_involved": "20"}
        page = client.post(answering(walk), sent)
        html = whole(page)
        assert page.status_code == 409
        assert "när läget är Under kvalificering" in html
        typed = dict(page.context["typed"])
        assert typed == {
            "Ditt svar": "Tjugo om dagen.",
            "Problem eller behov": "Tjugo nycklar hämtas.",
            "Antal medarbetare": "20",
        }

    def test_asked_again_nothing_of_the_new_text_is_overwritten(self, client: Client, walk: Walk) -> None:
        """The page was open since the first question: the status is the same, the text and the question are not."""
        sent = self.opened(client, walk)
        walk.act(
            Act.SUPPLEMENT, walk.lead, motivation="Jag ringde.", fields={"benefit": "Lugnare.", "need": "Tio nycklar."}
        )
        walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Och vem äger det?", questions={"business_owner": ""})
        page = client.post(answering(walk), {**sent, "motivation": "Tjugo.", "need": "Tjugo nycklar."})
        form, html = page.context["form"], whole(page)
        assert page.status_code == 200
        assert "Utvecklingsledare Skara svarade" in html
        assert "Och vem äger det?" in html
        assert form["motivation"].value() == "Tjugo."
        assert form["benefit"].value() == "Lugnare."
        assert form["need"].value() == "Tjugo nycklar."
        assert "Nu står det: ”Tio nycklar.”" in part(html, "need")
        assert walk.case.initiative.revisions.count() == 2

        again = {
            **sent,
            **hidden(page),
            "motivation": "Tjugo. Omsorgen.",
            "benefit": "Lugnare.",
            "need": "Tjugo nycklar.",
        }
        assert client.post(answering(walk), again).status_code == 302
        initiative = Case.objects.select_related("initiative").get(pk=walk.case.pk).initiative
        assert (initiative.benefit, initiative.need) == ("Lugnare.", "Tjugo nycklar.")

    def test_how_a_browser_ends_its_lines_is_not_taken_for_writing(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, need="Ett.\n\nTvå.").to(Status.SUPPLEMENT)
        sent = self.opened(client, walk) | {"need": "Ett.\r\n\r\nTvå.", "motivation": "Så."}
        walk.act(Act.SUPPLEMENT, walk.lead, motivation="Jag ringde.", fields={"need": "Tre."})
        walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Och?")
        assert client.post(answering(walk), sent).context["form"]["need"].value() == "Tre."

    @pytest.mark.parametrize("number", ["0", "-1", "99999999999", "två", ""])
    def test_a_number_that_no_version_has_is_not_believed(self, client: Client, walk: Walk, number: str) -> None:
        sent = self.opened(client, walk) | {"revision": number, "motivation": "Tjugo."}
        assert client.post(answering(walk), sent).status_code in (200, 302)


class TestWithdrawing:
    def test_the_page_says_what_it_means_and_the_reason_is_shown_afterwards(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        client.force_login(walk.author)
        there = f"{walk.case.get_absolute_url()}steg/withdraw/"
        html = whole(client.get(there))
        assert "Återta initiativet</h1>" in html
        assert "Varför återtar du initiativet?" in html
        assert "inget mer händer med det, och det går inte att ångra" in html
        assert "Skriv varför du återtar initiativet." in whole(client.post(there, {"motivation": ""}))
        done = whole(client.post(there, {"motivation": "Redan löst av grannen."}, follow=True))
        assert "Du återtog initiativet" in done
        assert "Redan löst av grannen.</blockquote>" in done

    def test_other_reasons_are_still_a_motivering(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        client.force_login(walk.lead)
        assert "Motivering</label>" in whole(client.get(f"{walk.case.get_absolute_url()}steg/pause/"))
