"""What the server answers to a draft that saves by itself. What the page makes of it: ``tests/journeys``."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.models import Case, Event
from initiatives.models import Initiative
from tests.cast import Cast
from tests.governance.test_drafts import NEW, WHOLE, edit_address, save, sent_again
from tests.walk import Walk
from tests.world import World

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def author(cast: Cast, client: Client) -> Client:
    client.force_login(cast.staff())
    return client


SENDINGS = itertools.count(1)


def by_itself(client: Client, address: str, sent: dict[str, Any], **changes: Any) -> HttpResponse:
    """As the page's script sends it, each sending with a higher number."""
    numbered = {"sequence": next(SENDINGS), "autosave": "1"}
    return client.post(address, {**sent, **numbered, **changes}, headers=HTMX)


def outcome(answer: HttpResponse) -> str:
    found = re.search(r'data-outcome="([\w-]+)"', answer.content.decode())
    assert found
    return found[1]


class TestNew:
    def test_the_first_save_makes_the_draft_and_tells_its_address(self, author: Client) -> None:
        answer = by_itself(author, NEW, sent_again(author.get(NEW), title="Nycklar"))
        address = edit_address(Initiative.objects.get())
        assert outcome(answer) == "saved"
        assert answer["HX-Replace-Url"] == address
        assert f'data-address="{address}"' in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_sent_again_because_the_answer_was_lost_it_is_the_same_draft(self, author: Client) -> None:
        sent = sent_again(author.get(NEW), title="Nycklar")
        by_itself(author, NEW, sent)
        assert outcome(by_itself(author, NEW, sent, need="Mer skrivet sedan dess.")) == "saved"
        assert Initiative.objects.get().need == "Mer skrivet sedan dess."

    def test_in_another_session_too(self, author: Client, cast: Cast) -> None:
        """A page that is kept in the browser over night and sent when its writer has signed in again."""
        sent = sent_again(author.get(NEW), title="Nycklar")
        by_itself(author, NEW, sent)
        author.force_login(cast.staff())
        by_itself(author, NEW, sent)
        assert Initiative.objects.count() == 1

    def test_a_page_that_goes_on_with_it_writes_in_the_same_draft(self, author: Client) -> None:
        first, second = sent_again(author.get(NEW), title="Nycklar"), sent_again(author.get(NEW))
        by_itself(author, NEW, first, sequence=3)
        goes_on = {**second, "title": "Nycklar och lås", "continues": first["token"], "continued": 3}
        assert outcome(by_itself(author, NEW, goes_on)) == "saved"
        assert Initiative.objects.get().title == "Nycklar och lås"

    def test_unless_that_has_been_sent_in(self, author: Client) -> None:
        first, second = sent_again(author.get(NEW), **WHOLE), sent_again(author.get(NEW))
        author.post(NEW, {**first, "submit": "1"})
        by_itself(author, NEW, {**second, "title": "En annan idé", "continues": first["token"], "continued": 9})
        assert set(Initiative.objects.values_list("title", flat=True)) == {WHOLE["title"], "En annan idé"}

    def test_without_a_title_nothing_is_made(self, author: Client) -> None:
        answer = by_itself(author, NEW, sent_again(author.get(NEW), title=" ", need="Något."))
        assert outcome(answer) == "untitled"
        assert not Initiative.objects.exists()

    def test_what_cannot_be_kept_is_told_and_the_rest_is_kept(self, author: Client) -> None:
        sent = sent_again(author.get(NEW), title="T", need="N", people_involved="många")
        answer = by_itself(author, NEW, sent)
        assert outcome(answer) == "saved"
        assert "Antal medarbetare är inte sparat:" in answer.content.decode()
        initiative = Initiative.objects.get()
        assert (initiative.need, initiative.people_involved) == ("N", None)

    def test_it_belongs_where_the_page_said_also_after_signing_in_to_another_role(
        self, author: Client, cast: Cast
    ) -> None:
        cast.membership(cast.staff(), "staff", "vara")
        vara = cast.staff().memberships.get(organisation__key="vara")
        author.post("/byt-roll/", {"membership": vara.pk})
        sent = sent_again(author.get(NEW), title="Varas")
        author.force_login(cast.staff())  # a new session acts in the first role again
        by_itself(author, NEW, sent)
        assert Initiative.objects.get().organisation.key == "vara"

    def test_but_nowhere_one_has_no_role(self, author: Client) -> None:
        by_itself(author, NEW, sent_again(author.get(NEW), title="Mitt"), home="vara")
        assert Initiative.objects.get().organisation.key == "skara"


class TestEdit:
    def test_saving_by_itself_leaves_no_event_and_no_message(self, author: Client) -> None:
        initiative = save(author, **WHOLE)
        address = edit_address(initiative)
        page = author.get(address)
        assert outcome(by_itself(author, address, sent_again(page), need="Nytt.")) == "saved"
        assert Initiative.objects.get().need == "Nytt."
        assert [event.kind for event in Event.objects.all()] == ["create"]
        assert "messages" not in author.get(address).content.decode().split("<main")[1].split("<h1")[0]

    def test_the_same_form_goes_on_saving(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        sent = sent_again(author.get(address))
        for words in ("Ett.", "Ett. Två.", "Ett. Två. Tre."):
            assert outcome(by_itself(author, address, sent, need=words)) == "saved"
        assert Initiative.objects.get().need == "Ett. Två. Tre."

    def test_another_form_is_shown_the_difference(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        first, second = sent_again(author.get(address)), sent_again(author.get(address))
        by_itself(author, address, first, need="Från den första.")
        answer = by_itself(author, address, second, need="Från den andra.")
        assert outcome(answer) == "collided"
        html = answer.content.decode()
        assert "Från den första." in html
        assert "Från den andra." in html
        assert "autofocus" not in html, "the one who writes is not torn from her line"
        assert Initiative.objects.get().need == "Från den första."

    def test_after_the_other_form_has_written_the_first_one_is_shown_it_too(self, author: Client) -> None:
        """A form is let through only while it is the last one that wrote."""
        address = edit_address(save(author, **WHOLE))
        first, second = sent_again(author.get(address)), sent_again(author.get(address))
        by_itself(author, address, first, need="Från den första.")
        chosen = by_itself(author, address, second, need="Från den andra.").content.decode()
        against = re.search(r'name="chosen_against" value="(\w+)"', chosen)
        assert against
        author.post(address, {**second, "chosen_against": against[1], "need": "Från den andra.", "save": "1"})
        assert outcome(by_itself(author, address, first, need="Från den första igen.")) == "collided"

    def test_seen_again_by_itself_is_no_choice(self, author: Client) -> None:
        """The page that was shown the difference, and reloaded, still goes by the text that it was typed on."""
        address = edit_address(save(author, **WHOLE))
        first, second = sent_again(author.get(address)), sent_again(author.get(address))
        by_itself(author, address, first, need="Från den första.")
        for _attempt in range(2):
            assert outcome(by_itself(author, address, second, need="Från den andra.")) == "collided"
        assert Initiative.objects.get().need == "Från den första."

    def test_one_that_comes_late_does_not_undo_a_later_one(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        sent = sent_again(author.get(address))
        by_itself(author, address, sent, need="Längre.", sequence=20_001)
        assert outcome(by_itself(author, address, sent, need="Kort.", sequence=20_000)) == "collided"
        assert Initiative.objects.get().need == "Längre."

    def test_a_page_that_goes_on_with_what_another_typed_writes_in_its_place(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        closed, opened = sent_again(author.get(address)), sent_again(author.get(address))
        by_itself(author, address, closed, need="Ett.", sequence=7)
        kept = {"continues": closed["token"], "continued": 7, "version": closed["version"]}
        assert outcome(by_itself(author, address, {**opened, **kept}, need="Ett. Två.")) == "saved"
        assert outcome(by_itself(author, address, closed, need="Tre.", sequence=8)) == "collided", "that one is old now"

    def test_but_not_over_what_a_third_has_written(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        closed, opened = sent_again(author.get(address)), sent_again(author.get(address))
        by_itself(author, address, closed, need="Ett.", sequence=7)
        third_now = sent_again(author.get(address))
        by_itself(author, address, third_now, need="Från telefonen.")
        kept = {"continues": closed["token"], "continued": 7, "version": closed["version"]}
        assert outcome(by_itself(author, address, {**opened, **kept}, need="Ett. Två.")) == "collided"

    def test_line_endings_are_no_change_and_do_not_count(self, author: Client) -> None:
        address = edit_address(save(author, title="T", need="a\r\nb"))
        first, second = sent_again(author.get(address)), sent_again(author.get(address))
        author.post(address, {**first, "need": "a\r\nb", "save": "1"})
        assert outcome(by_itself(author, address, second, need="a\nb", benefit="Ny.")) == "saved"
        full = "\r\n".join(["x" * 98] * 101)
        assert author.post(address, sent_again(author.get(address), need=full, save="1")).status_code == 302

    def test_sent_in_meanwhile(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        sent = sent_again(author.get(address))
        author.post(address, {**sent, "submit": "1"})
        assert outcome(by_itself(author, address, sent, need="För sent.")) == "too-late"
        assert Initiative.objects.get().need == WHOLE["need"]

    def test_what_looks_like_a_person_is_hinted_at(self, author: Client) -> None:
        address = edit_address(save(author, **WHOLE))
        answer = by_itself(author, address, sent_again(author.get(address)), need="Brukaren Anna, 811218-9876.")
        assert "”Anna” ser ut som namnet på en person." in answer.content.decode()
        assert "”811218-9876” ser ut som ett personnummer." in answer.content.decode()

    def test_it_costs_few_statements_whatever_is_written(
        self, author: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        address = edit_address(save(author, **WHOLE))
        sent = sent_again(author.get(address))
        for need in ("Kort.", "Långt. " * 1_000):
            with django_assert_num_queries(13):
                by_itself(author, address, sent, need=need)


class TestNobodySignedIn:
    def test_the_page_is_told_so_instead_of_being_led_away(self, client: Client) -> None:
        assert by_itself(client, NEW, {"title": "T"}).status_code == 401
        assert client.get(NEW)["Location"] == f"/logga-in/?next={NEW}"

    def test_another_person_does_not_write_in_her_name(self, author: Client, cast: Cast) -> None:
        sent = sent_again(author.get(NEW), title="T")
        author.force_login(cast.staff("vara"))
        assert by_itself(author, NEW, sent).status_code == 401
        page = author.post(NEW, {**sent, "save": "1"})
        assert "Du är inloggad som någon annan nu" in page.content.decode()
        assert not Initiative.objects.exists()

    def test_a_form_without_this_sessions_key_is_told_to_get_it(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.staff())
        assert by_itself(client, NEW, {"title": "T"}).status_code == 401
        assert client.post(NEW, {"title": "T", "save": "1"}).status_code == 403
        assert not Initiative.objects.exists()


class TestSigningInAgain:
    def ask(self, client: Client, person: str, **sent: str) -> str:
        if sent:
            return client.post("/logga-in/igen/", {"username": person, **sent}).content.decode()
        return client.get("/logga-in/igen/", {"som": person}).content.decode()

    def test_the_right_password_signs_in_and_gives_the_new_key(self, client: Client, cast: Cast) -> None:
        person = cast.staff().username
        assert 'name="password"' in self.ask(client, person)
        assert "data-signed-in=" in self.ask(client, person, password=cast.password)
        assert client.get(NEW).status_code == 200

    def test_who_is_signed_in_already_gets_the_key_at_once(self, author: Client, cast: Cast) -> None:
        assert "data-signed-in=" in self.ask(author, cast.staff().username)

    def test_a_wrong_password_and_an_unknown_person_are_told_the_same(self, client: Client, cast: Cast) -> None:
        answers = {
            re.sub(r'value="[^"]*"|<b>.*?</b>', "", self.ask(client, name, password="fel"))
            for name in (cast.staff().username, "finns.inte")
        }
        assert len(answers) == 1
        assert "Lösenordet stämmer inte. Försök igen." in answers.pop()
        assert client.get(NEW).status_code == 302

    def test_somebody_else_who_is_signed_in_is_asked_for_the_right_one(self, author: Client, cast: Cast) -> None:
        assert 'name="password"' in self.ask(author, cast.staff("vara").username)


@pytest.mark.parametrize("name", ["lead.skara", "staff.skara", "staff.vara", "superuser.admin"])
def test_nobody_else_saves_into_it(cast: Cast, name: str) -> None:
    world = World(cast)
    address = f"/initiativ/{world.references['draft']}/redigera/"
    assert by_itself(world.client(name), address, {"title": "Mitt nu"}).status_code == 404
    assert Case.objects.get(pk=world.cases["draft"].pk).initiative.title != "Mitt nu"


def test_a_walk_and_a_form_write_the_same_draft(cast: Cast, author: Client) -> None:
    case = Walk(cast).case
    address = edit_address(case.initiative)
    assert outcome(by_itself(author, address, sent_again(author.get(address)), title="Ny titel")) == "saved"
    case.initiative.refresh_from_db()
    assert case.initiative.title == "Ny titel"


def test_a_form_whose_draft_is_hers_no_more_makes_another(cast: Cast, author: Client) -> None:
    """Sent again from a page that stood open while she left the draft to its others."""
    sent = sent_again(author.get(NEW), title="Nycklar")
    by_itself(author, NEW, sent)
    Initiative.objects.update(author=cast.staff(number=2))
    assert outcome(by_itself(author, NEW, sent, title="Nycklar igen")) == "saved"
    assert set(Initiative.objects.values_list("title", flat=True)) == {"Nycklar", "Nycklar igen"}
