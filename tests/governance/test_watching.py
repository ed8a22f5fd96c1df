"""Watching others' initiatives: one's own setting, shown to nobody else, and gone with the right to read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.models import Event
from governance.statuses import Status
from initiatives.actions import unwatch, watch
from initiatives.models import Watch
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast, title="Vattenmätare").to(Status.V6_RECEIVED)


def press(client: Client, user: User, walk: Walk, what: str) -> str:
    client.force_login(user)
    return client.post(f"{walk.case.get_absolute_url()}{what}/", follow=True).content.decode()


class TestOnThePage:
    def test_one_press_and_one_to_stop(self, cast: Cast, client: Client, walk: Walk) -> None:
        before = Event.objects.count()
        assert "Sluta bevaka" in press(client, cast.reader("vara"), walk, "bevaka")
        assert Watch.objects.of(cast.reader("vara")).count() == 1
        page = press(client, cast.reader("vara"), walk, "sluta-bevaka")
        assert "Du bevakar inte längre initiativet." in page
        assert "Sluta bevaka" not in page
        assert Event.objects.count() == before

    def test_with_htmx_the_other_button_comes_in_its_place(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(cast.reader("vara"))
        for what, then in (("bevaka", "Sluta bevaka"), ("sluta-bevaka", "Bevaka")):
            answer = client.post(f"{walk.case.get_absolute_url()}{what}/", HTTP_HX_REQUEST="true").content.decode()
            assert f'id="bevaka">{then}</button>' in answer
            assert "<html" not in answer

    def test_refused_with_htmx_the_page_comes_anew_and_says_why(self, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        answer = client.post(f"{walk.case.get_absolute_url()}bevaka/", HTTP_HX_REQUEST="true")
        assert answer["HX-Redirect"] == walk.case.get_absolute_url()
        assert "Du följer redan det du har skrivit själv." in client.get(answer["HX-Redirect"]).content.decode()

    def test_following_the_link_changes_nothing(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(cast.reader("vara"))
        assert client.get(f"{walk.case.get_absolute_url()}bevaka/").status_code == 302
        assert not Watch.objects.exists()

    def test_the_author_has_no_such_button_and_is_refused(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(walk.author)
        assert "Bevaka" not in client.get(walk.case.get_absolute_url()).content.decode()
        assert "Du följer redan det du har skrivit själv." in press(client, walk.author, walk, "bevaka")
        assert not Watch.objects.exists()

    def test_nobody_sees_who_else_watches(self, cast: Cast, client: Client, walk: Walk) -> None:
        watch(initiative=walk.case.initiative, by=cast.reader("vara"))
        client.force_login(walk.lead)
        assert "Sluta bevaka" not in client.get(walk.case.get_absolute_url()).content.decode()


class TestTheAct:
    def test_only_what_one_may_read_and_is_sent_in(self, cast: Cast, walk: Walk) -> None:
        draft, hidden = Walk(cast).case, Walk(cast, "vara").to(Status.SUBMITTED).case
        for case, who in ((draft, cast.staff()), (hidden, cast.lead("skara")), (walk.case, cast.outsider())):
            with pytest.raises(Refused):
                watch(initiative=case.initiative, by=who)
        assert not Watch.objects.exists()

    def test_twice_is_once_and_stopping_twice_is_stopping(self, cast: Cast, walk: Walk) -> None:
        reader, initiative = cast.reader("vara"), walk.case.initiative
        assert watch(initiative=initiative, by=reader).pk == watch(initiative=initiative, by=reader).pk
        unwatch(initiative=initiative, by=reader)
        unwatch(initiative=initiative, by=reader)
        assert not Watch.objects.exists()


class TestLists:
    def test_they_stand_in_the_register_and_on_the_first_page(self, cast: Cast, client: Client, walk: Walk) -> None:
        reader = cast.reader("vara")
        client.force_login(reader)
        assert "Bevakade initiativ" not in client.get("/").content.decode()
        assert "Du bevakar inget än" in client.get("/initiativ/?view=watched").content.decode()
        watch(initiative=walk.case.initiative, by=reader)
        home = client.get("/").content.decode()
        assert home.index("Bevakade initiativ") < home.index("Alla som du bevakar")
        page = client.get("/initiativ/?view=watched")
        assert [row.initiative.title for row in page.context["rows"]] == ["Vattenmätare"]
        assert "<title>Bevakade" in page.content.decode()

    def test_what_one_may_no_longer_read_is_neither_shown_nor_counted(
        self, cast: Cast, client: Client, walk: Walk
    ) -> None:
        reader = cast.reader("vara")
        watch(initiative=walk.case.initiative, by=reader)
        walk.act(
            Act.MARK_SECRET,
            cast.registrar(),
            legal_basis="18 kap. 8 § OSL",
            marked_on=timezone.localdate(),
            readers=[(cast.orgs["skara"], Role.REGISTRAR)],
        )
        client.force_login(reader)
        assert "Vattenmätare" not in client.get("/").content.decode()
        page = client.get("/initiativ/?view=watched")
        assert (list(page.context["rows"]), page.context["page_obj"].paginator.count) == ([], 0)
        unwatch(initiative=walk.case.initiative, by=reader)
        assert not Watch.objects.exists()

    @pytest.mark.parametrize("count", [1, 12])
    def test_the_list_costs_as_much_however_many(
        self, count: int, cast: Cast, client: Client, django_assert_num_queries: Any
    ) -> None:
        for _ in range(count):
            watch(initiative=Walk(cast).to(Status.SUBMITTED).case.initiative, by=cast.reader())
        client.force_login(cast.reader())
        client.get("/initiativ/?view=watched")
        with django_assert_num_queries(8):
            client.get("/initiativ/?view=watched")
