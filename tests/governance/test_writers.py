"""Who writes a draft: colleagues together, and a development lead for somebody else."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.acts import Act
from governance.models import Case, Event
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast)


@pytest.fixture
def author(walk: Walk, client: Client) -> Client:
    client.force_login(walk.author)
    return client


def address(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}vem/"


def told(client: Client, walk: Walk, **sent: object) -> str:
    return client.post(address(walk), sent, follow=True).content.decode()


def writers(walk: Walk) -> tuple[str, set[User]]:
    initiative = Initiative.objects.get(pk=walk.case.pk)
    return initiative.author_name, set(initiative.co_authors.all())


class TestTogether:
    def test_a_colleague_is_taken_along_and_writes(self, author: Client, walk: Walk, cast: Cast) -> None:
        colleague = cast.staff(number=2)
        assert "kan nu läsa och skriva i utkastet." in told(author, walk, do="add", person=colleague.pk)
        assert colleague in writers(walk)[1]
        author.force_login(colleague)
        assert author.get(f"{walk.case.get_absolute_url()}redigera/").status_code == 200

    @pytest.mark.parametrize("organisation", ["vara", "goliska"])
    def test_nobody_from_another_organisation_is_offered_or_taken(
        self, organisation: str, author: Client, walk: Walk, cast: Cast
    ) -> None:
        stranger = cast.staff(organisation)
        assert str(stranger) not in author.get(address(walk)).content.decode()
        assert "has-error" in told(author, walk, do="add", person=stranger.pk)
        assert writers(walk)[1] == set()

    def test_nor_one_whose_role_has_ended(self, author: Client, walk: Walk, cast: Cast) -> None:
        left = cast.staff(number=2)
        left.memberships.update(valid_to="2024-12-31")
        assert "has-error" in told(author, walk, do="add", person=left.pk)

    def test_who_has_left_the_organisation_sees_her_own_no_more(self, author: Client, walk: Walk, cast: Cast) -> None:
        colleague = cast.staff(number=2)
        told(author, walk, do="add", person=colleague.pk)
        for person in (walk.author, colleague):
            person.memberships.update(valid_to="2024-12-31")
            cast.membership(person, "staff", "vara")
            author.force_login(person)
            for page in ("redigera/", "vem/", "bilagor/", "steg/submit/", ""):
                assert author.get(f"{walk.case.get_absolute_url()}{page}").status_code == 404
            author.post(f"{walk.case.get_absolute_url()}steg/submit/")
        assert Case.objects.get().status == Status.DRAFT

    def test_no_choice_is_said_beside_the_field(self, author: Client, walk: Walk) -> None:
        assert "Välj vem du vill skriva med." in told(author, walk, do="add")

    def test_the_author_takes_one_away(self, author: Client, walk: Walk, cast: Cast) -> None:
        colleague = cast.staff(number=2)
        told(author, walk, do="add", person=colleague.pk)
        assert "ser inte längre utkastet." in told(author, walk, do="remove", person=colleague.pk)
        assert writers(walk)[1] == set()

    def test_a_co_author_leaves_and_takes_nobody_with_her(self, author: Client, walk: Walk, cast: Cast) -> None:
        second, third = cast.staff(number=2), cast.staff(number=3)
        for colleague in (second, third):
            told(author, walk, do="add", person=colleague.pk)
        author.force_login(second)
        assert "Bara den som föreslår initiativet" in told(author, walk, do="remove", person=third.pk)
        assert "Du skriver inte längre i utkastet." in told(author, walk, do="remove", person=second.pk)
        assert writers(walk)[1] == {third}
        assert author.get(address(walk)).status_code == 404

    def test_a_number_that_is_nobody_is_not_found(self, author: Client, walk: Walk) -> None:
        assert author.post(address(walk), {"do": "remove", "person": "x"}).status_code == 404

    def test_what_is_sent_in_keeps_its_people(self, author: Client, walk: Walk, cast: Cast) -> None:
        walk.submit()
        author.post(address(walk), {"do": "add", "person": cast.staff(number=2).pk})
        assert writers(walk)[1] == set()

    def test_it_is_not_logged_before_the_process(self, author: Client, walk: Walk, cast: Cast) -> None:
        told(author, walk, do="add", person=cast.staff(number=2).pk)
        assert [event.kind for event in Event.objects.all()] == ["create"]

    def test_many_colleagues_cost_no_more(
        self, author: Client, walk: Walk, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        author.get(address(walk))
        with django_assert_num_queries(7):
            author.get(address(walk))
        for number in range(2, 40):
            cast.staff(number=number)
        with django_assert_num_queries(7):
            author.get(address(walk))


class TestForSomebodyElse:
    @pytest.fixture
    def leads_draft(self, cast: Cast, client: Client) -> Walk:
        """A draft by Skara's development lead, who is signed in."""
        walk = Walk(cast)
        client.force_login(walk.author)
        client.post(address(walk), {"do": "add", "person": cast.lead().pk})
        client.force_login(cast.lead())
        return walk

    def test_for_a_colleague_who_then_is_the_author(self, client: Client, leads_draft: Walk, cast: Cast) -> None:
        nurse = cast.staff(number=2)
        assert f"Nu står {nurse} som den som föreslår." in told(client, leads_draft, do="for", author=nurse.pk)
        name, co_authors = writers(leads_draft)
        assert name == str(nurse)
        assert co_authors == {cast.lead(), leads_draft.author}

    def test_and_the_lead_sends_it_in(self, client: Client, leads_draft: Walk, cast: Cast) -> None:
        nurse = cast.staff(number=2)
        told(client, leads_draft, do="for", author=nurse.pk)
        event = leads_draft.act(Act.SUBMIT, cast.lead())
        assert Case.objects.get().status == Status.SUBMITTED
        assert (event.actor, Initiative.objects.get().author) == (cast.lead(), nurse)

    def test_for_somebody_without_an_account(self, client: Client, leads_draft: Walk, cast: Cast) -> None:
        told(client, leads_draft, do="for", name="Sture på vaktmästeriet")
        assert writers(leads_draft) == ("Sture på vaktmästeriet", {cast.lead(), leads_draft.author})
        assert Initiative.objects.get().author is None
        leads_draft.act(Act.SUBMIT, cast.lead())

    def test_one_of_those_who_write_for_her_may_throw_it_away(self, client: Client, leads_draft: Walk) -> None:
        told(client, leads_draft, do="for", name="Sture")
        client.post(f"{leads_draft.case.get_absolute_url()}ta-bort/")
        assert not Initiative.objects.exists()

    def test_but_the_last_one_cannot_leave_it_to_nobody(self, client: Client, leads_draft: Walk, cast: Cast) -> None:
        told(client, leads_draft, do="for", name="Sture")
        told(client, leads_draft, do="remove", person=leads_draft.author.pk)
        assert "Någon måste kunna skriva i utkastet." in told(client, leads_draft, do="remove", person=cast.lead().pk)

    def test_both_or_nobody_is_refused(self, client: Client, leads_draft: Walk, cast: Cast) -> None:
        both = told(client, leads_draft, do="for", author=cast.staff(number=2).pk, name="Sture")
        assert "Välj en kollega eller skriv ett namn, inte båda." in both
        neither = told(client, leads_draft, do="for", name=" ")
        assert "Välj en kollega, eller skriv namnet på den som föreslår." in neither
        assert writers(leads_draft)[0] == str(leads_draft.author)

    def test_somebody_from_another_organisation_is_refused(self, client: Client, leads_draft: Walk, cast: Cast) -> None:
        assert "has-error" in told(client, leads_draft, do="for", author=cast.staff("vara").pk)

    def test_nobody_but_a_lead_of_the_organisation_is_offered_it_or_let(self, author: Client, walk: Walk) -> None:
        assert "Lämna in åt någon annan" not in author.get(address(walk)).content.decode()
        assert "Bara organisationens utvecklingsledare" in told(author, walk, do="for", name="Sture")
        assert writers(walk)[0] == str(walk.author)
