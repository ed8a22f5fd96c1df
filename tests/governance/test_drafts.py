"""Writing an initiative: nothing typed is ever lost, and one form makes one initiative."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from governance.models import Case, Event
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.walk import Walk

NEW = "/initiativ/nytt/"
WHOLE = {
    "title": "Digitala nycklar",
    "department": "Omsorg",
    "need": "Nycklar hämtas och lämnas flera gånger per pass.",
    "benefit": "Mer tid hos den som har hjälp.",
    "target": ["residents", "employees"],
}


@pytest.fixture
def author(cast: Cast, client: Client) -> Client:
    """Skara's medarbetare, signed in."""
    client.force_login(cast.staff())
    return client


def edit_address(initiative: Initiative) -> str:
    return reverse("initiative_edit", args=[initiative.reference])


def sent_again(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """What the browser would send from the page, with some answers changed."""
    form = page.context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, False)} | changes


def chosen(page: HttpResponse, **choices: Any) -> dict[str, Any]:
    """What the browser would send when she has chosen between the two texts."""
    return sent_again(page, chosen_against=page.context["against"], save="1", **choices)


def save(client: Client, **text: Any) -> Initiative:
    answer = client.post(NEW, {**text, "save": "1"})
    assert answer.status_code == 302
    return Initiative.objects.latest("pk")


class TestNew:
    def test_a_title_is_enough_for_a_draft(self, author: Client, cast: Cast) -> None:
        initiative = save(author, title="Digitala nycklar")
        assert initiative.is_draft
        assert (initiative.author, initiative.organisation.key) == (cast.staff(), "skara")
        assert initiative.case.status == Status.DRAFT

    def test_without_a_title_nothing_is_saved_and_everything_typed_is_kept(self, author: Client) -> None:
        page = author.post(NEW, {"need": "Något tar tid.", "save": "1"})
        html = page.content.decode()
        assert page.status_code == 200
        assert "Ge utkastet en titel, så att du hittar det igen." in html
        assert "Något tar tid.</textarea>" in html
        assert not Initiative.objects.exists()

    def test_a_number_that_is_none_is_said_beside_the_field(self, author: Client) -> None:
        page = author.post(NEW, {"title": "T", "times_per_year": "ofta", "save": "1"})
        assert "times_per_year" in page.context["form"].errors
        assert 'value="ofta"' in page.content.decode()
        assert '<details class="more" open>' in page.content.decode()

    def test_sent_in_at_once(self, author: Client) -> None:
        answer = author.post(NEW, {**WHOLE, "submit": "1"})
        case = Case.objects.get()
        assert answer["Location"] == case.get_absolute_url()
        assert case.status == Status.SUBMITTED
        assert case.initiative.targets_residents
        assert case.initiative.targets_employees

    def test_what_is_missing_stops_the_sending_and_not_the_saving(self, author: Client) -> None:
        page = author.post(NEW, {"title": "Digitala nycklar", "need": "Det tar tid.", "submit": "1"})
        assert set(page.context["form"].errors) == {"department", "benefit", "target"}
        assert "Utkastet är sparat, men inte inskickat" in page.content.decode()
        draft = Case.objects.get()
        assert (draft.status, draft.initiative.need) == (Status.DRAFT, "Det tar tid.")
        assert f'action="{edit_address(draft.initiative)}"' in page.content.decode()

    def test_the_form_asks_for_little_and_offers_more(self, author: Client) -> None:
        html = author.get(NEW).content.decode()
        assert "Det här hjälper oss att bedöma" in html
        assert "allmän handling" in html
        assert html.count('class="optional"') == 7

    def test_it_costs_few_statements(self, author: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(5):
            author.get(NEW)

    def test_in_v6_itself_nothing_is_written(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.coordinator())
        page = client.get(NEW)
        assert page.status_code == 403
        assert "Initiativ skrivs i en kommun eller i Göliska IT." in page.content.decode()

    def test_nor_without_a_role(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.outsider())
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, {**WHOLE, "save": "1"}).status_code == 403
        assert not Initiative.objects.exists()

    def test_it_belongs_to_the_organisation_one_acts_for(self, cast: Cast, client: Client) -> None:
        cast.membership(cast.staff(), "staff", "vara")
        client.force_login(cast.staff())
        vara = cast.staff().memberships.get(organisation__key="vara")
        client.post(reverse("act_as"), {"membership": vara.pk})
        assert save(client, title="Varas").organisation.key == "vara"


class TestOnce:
    def test_sent_twice_it_is_one_initiative(self, author: Client) -> None:
        sent = sent_again(author.get(NEW), **WHOLE, save="1")
        first, second = author.post(NEW, sent), author.post(NEW, sent)
        assert first["Location"] == second["Location"] == edit_address(Initiative.objects.get())

    def test_sent_in_twice_too(self, author: Client) -> None:
        sent = sent_again(author.get(NEW), **WHOLE, submit="1")
        first, second = author.post(NEW, sent), author.post(NEW, sent)
        assert first["Location"] == second["Location"] == Case.objects.get().get_absolute_url()

    def test_back_and_changed_it_shows_both_texts(self, author: Client) -> None:
        sent = sent_again(author.get(NEW), **WHOLE, save="1")
        author.post(NEW, sent)
        page = author.post(NEW, {**sent, "need": "Något annat."})
        assert [d.name for d in page.context["differences"]] == ["need"]
        assert Initiative.objects.get().need == WHOLE["need"]

    def test_back_after_writing_on_elsewhere_it_shows_both_texts(self, author: Client) -> None:
        sent = sent_again(author.get(NEW), **WHOLE, save="1")
        address = author.post(NEW, sent)["Location"]
        author.post(address, sent_again(author.get(address), need="Skrivet på nästa sida.", save="1"))
        page = author.post(NEW, {**sent, "need": "Något annat."})
        assert [d.name for d in page.context["differences"]] == ["need"]
        assert Initiative.objects.get().need == "Skrivet på nästa sida."

    def test_two_forms_are_two_initiatives(self, author: Client) -> None:
        for _ in range(2):
            author.post(NEW, sent_again(author.get(NEW), title="Lika", save="1"))
        assert Initiative.objects.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_at_the_very_same_time(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.staff())
        sent = sent_again(client.get(NEW), **WHOLE, save="1")
        barrier, places = threading.Barrier(2), []

        def press() -> None:
            mine = Client()
            mine.cookies = client.cookies
            barrier.wait()
            places.append(mine.post(NEW, sent)["Location"])
            connections.close_all()

        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert places == [edit_address(Initiative.objects.get())] * 2


class TestEdit:
    def test_what_is_saved_stands_in_the_form(self, author: Client) -> None:
        initiative = save(author, **WHOLE)
        form = author.get(edit_address(initiative)).context["form"]
        assert {name: form[name].value() for name in WHOLE} == WHOLE

    def test_the_page_says_what_remains(self, author: Client) -> None:
        page = author.get(edit_address(save(author, title="T", need="N")))
        steps = page.context["form"].filled
        assert [step.field.label for step in steps if not step.is_done] == ["Förvaltning", "Väntad nytta", "Målgrupp"]
        assert "2 av 5 svar är ifyllda" in page.content.decode()

    def test_the_hours_are_reckoned_when_saved(self, author: Client) -> None:
        numbers = {"times_per_year": "5000", "minutes_each_time": "15", "people_involved": "2"}
        initiative = save(author, title="T", **numbers)
        html = author.get(edit_address(initiative)).content.decode().replace("\xa0", " ")
        assert "Det blir ungefär 2 500 timmar om året." in html

    def test_a_changed_answer_is_saved(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        answer = author.post(address, sent_again(author.get(address), need="Nytt behov.", save="1"))
        assert answer["Location"] == address
        assert Initiative.objects.get().need == "Nytt behov."

    def test_an_emptied_answer_too(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE, people_involved="3"))
        author.post(address, sent_again(author.get(address), need="", people_involved="", target=[], save="1"))
        initiative = Initiative.objects.get()
        assert (initiative.need, initiative.people_involved, initiative.targets_residents) == ("", None, False)

    def test_sending_in_saves_first(self, author: Client) -> None:
        address = edit_address(save(author, title="T"))
        answer = author.post(address, sent_again(author.get(address), **WHOLE, submit="1"))
        case = Case.objects.get()
        assert answer["Location"] == case.get_absolute_url()
        assert (case.status, case.initiative.need) == (Status.SUBMITTED, WHOLE["need"])
        assert [e.kind for e in Event.objects.all()] == ["create", "submit"]

    @pytest.mark.parametrize("who", ["lead", "manager", "registrar", "admin"])
    def test_nobody_else_finds_it(self, who: str, author: Client, cast: Cast) -> None:
        initiative = save(author, **WHOLE)
        author.force_login(getattr(cast, who)())
        for name in ("initiative_edit", "draft_delete"):
            address = reverse(name, args=[initiative.reference])
            assert author.get(address).status_code == 404
            assert author.post(address, {**WHOLE, "title": "Mitt nu"}).status_code == 404
        assert Initiative.objects.get().title == WHOLE["title"]

    def test_a_co_author_writes_too(self, author: Client, cast: Cast) -> None:
        initiative = save(author, **WHOLE)
        initiative.co_authors.add(cast.staff(number=2))
        author.force_login(cast.staff(number=2))
        address = edit_address(initiative)
        author.post(address, sent_again(author.get(address), need="Skrivet av två.", save="1"))
        assert Initiative.objects.get().need == "Skrivet av två."

    def test_what_is_sent_in_is_read_and_not_edited(self, author: Client, cast: Cast) -> None:
        case = Walk(cast).to(Status.SUBMITTED).case
        assert author.get(edit_address(case.initiative))["Location"] == case.get_absolute_url()

    def test_it_costs_few_statements(self, author: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        address = edit_address(save(author, **WHOLE))
        author.get(address)  # shows the message that it was saved
        with django_assert_num_queries(9):
            author.get(address)


class TestTwoTabs:
    @pytest.fixture
    def second_tab(self, author: Client) -> tuple[str, dict[str, Any]]:
        """The draft is changed in one tab while the other still holds the old text."""
        address = edit_address(save(author, **WHOLE))
        first, second = author.get(address), author.get(address)
        author.post(address, sent_again(first, need="Från den första.", save="1"))
        return address, sent_again(second, need="Från den andra.", benefit="Också ny.", save="1")

    def test_the_second_is_shown_both_texts_and_nothing_is_overwritten(
        self, author: Client, second_tab: tuple[str, dict[str, Any]]
    ) -> None:
        address, sent = second_tab
        page = author.post(address, sent)
        found = [(d.name, d.stored, d.typed) for d in page.context["differences"]]
        assert found == [
            ("need", "Från den första.", "Från den andra."),
            ("benefit", WHOLE["benefit"], "Också ny."),
        ]
        assert "Från den andra.</textarea>" in page.content.decode()
        assert Initiative.objects.get().need == "Från den första."

    def test_saved_again_it_is_what_was_chosen_field_by_field(
        self, author: Client, second_tab: tuple[str, dict[str, Any]]
    ) -> None:
        address, sent = second_tab
        page = author.post(address, sent)
        author.post(address, chosen(page, keep_need="stored", keep_benefit="typed"))
        initiative = Initiative.objects.get()
        assert (initiative.need, initiative.benefit) == ("Från den första.", "Också ny.")

    def test_the_same_text_is_no_conflict(self, author: Client, second_tab: tuple[str, dict[str, Any]]) -> None:
        address, sent = second_tab
        assert (
            author.post(address, {**sent, "need": "Från den första.", "benefit": WHOLE["benefit"]}).status_code == 302
        )

    def test_sent_in_meanwhile_the_text_is_shown_to_be_copied(
        self, author: Client, second_tab: tuple[str, dict[str, Any]]
    ) -> None:
        address, sent = second_tab
        author.post(address, sent_again(author.get(address), submit="1"))
        page = author.post(address, sent)
        assert "Initiativet var redan inskickat" in page.content.decode()
        assert "Från den andra." in page.content.decode()
        assert Initiative.objects.get().need == "Från den första."


class TestDelete:
    def test_it_asks_first(self, author: Client) -> None:
        initiative = save(author, **WHOLE)
        page = author.get(reverse("draft_delete", args=[initiative.reference]))
        assert "Det går inte att ångra." in page.content.decode()
        assert Initiative.objects.exists()

    def test_and_then_it_is_gone_but_for_the_fact_itself(self, author: Client) -> None:
        initiative = save(author, **WHOLE)
        answer = author.post(reverse("draft_delete", args=[initiative.reference]))
        assert answer["Location"] == "/"
        assert not Initiative.objects.exists()
        assert Event.objects.latest("id").kind == "delete_draft"

    def test_a_co_author_may_not(self, author: Client, cast: Cast) -> None:
        initiative = save(author, **WHOLE)
        initiative.co_authors.add(cast.staff(number=2))
        author.force_login(cast.staff(number=2))
        page = author.post(reverse("draft_delete", args=[initiative.reference]), follow=True)
        assert "Bara den som skapat utkastet kan ta bort det." in page.content.decode()
        assert Initiative.objects.exists()

    def test_nor_anybody_once_it_is_sent_in(self, author: Client, cast: Cast) -> None:
        case = Walk(cast).to(Status.SUBMITTED).case
        author.post(reverse("draft_delete", args=[case.initiative.reference]))
        assert Initiative.objects.exists()


class TestHints:
    def test_saving_warns(self, author: Client) -> None:
        page = author.post(NEW, {**WHOLE, "need": "811218-9876", "save": "1"}, follow=True)
        assert "”811218-9876” ser ut som ett personnummer. Ta bort det." in page.content.decode()

    def test_sending_in_asks_once_and_then_lets_it_through(self, author: Client) -> None:
        page = author.post(NEW, {**WHOLE, "need": "811218-9876", "submit": "1"})
        assert "Är det ändå rätt, tryck på Skicka in ändå." in page.content.decode()
        draft = Case.objects.get()
        assert draft.status == Status.DRAFT
        author.post(edit_address(draft.initiative), sent_again(page, submit="1"))
        assert Case.objects.get().status == Status.SUBMITTED
