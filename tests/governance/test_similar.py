"""Initiatives like the one written or qualified: the list, *Inte samma* and *Det är samma sak*."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from governance.actions import dismiss, say_same_need, take_back_dismissal
from governance.acts import Act
from governance.models import Case, Event, Notice
from governance.presenting.similar import similar_for
from governance.presenting.telling import tell
from governance.statuses import ENDED, LIVE, Status
from initiatives.models import Dismissal, Initiative, Watch
from tests.cast import Cast
from tests.walk import Walk
from tests.world import SEES, SIGNED_IN, World
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

TITLE = "Larm på äldreboenden"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def draft(cast: Cast) -> Case:
    """Skara's draft, by its first medarbetare."""
    return Walk(cast, title=TITLE, need="Larmen fungerar inte.").case


@pytest.fixture
def other(cast: Cast) -> Case:
    """Another of Skara's, which its author of course may see."""
    walk = Walk(cast, title="Nya larm på äldreboende")
    walk.author = cast.staff("skara", number=2)
    Initiative.objects.filter(pk=walk.case.pk).update(author=walk.author)
    walk.case.refresh_from_db()
    return walk.to(Status.SUBMITTED).case


@pytest.fixture
def author(cast: Cast) -> User:
    """May read what is sent in in Skara, as Skara lets all its staff."""
    cast.orgs["skara"].all_staff_read = True
    cast.orgs["skara"].save()
    return User.objects.get(pk=cast.staff().pk)


def page_of(client: Client, user: User, case: Case, rest: str = "redigera/", **query: str) -> str:
    client.force_login(user)
    answer = client.get(f"/initiativ/{case.initiative.reference}/{rest}", query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client: Client, user: User, case: Case, rest: str, data: Any = None, **headers: str) -> Any:
    client.force_login(user)
    return client.post(f"/initiativ/{case.initiative.reference}/{rest}", data or {}, **headers)


class TestTheListBesideADraft:
    def test_each_has_title_kommun_status_why_and_two_choices(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        page = page_of(client, author, draft)
        shown = page[page.index('id="liknande"') : page.index("Innan du skickar in")]
        for words in ("Finns det redan?", "Nya larm på äldreboende", "Skara", "Inskickat"):
            assert words in shown
        assert "Gemensamt: larm och äldreboende." in shown
        assert f"samma/{other.initiative.reference}/" in shown
        assert f"inte-samma/{other.initiative.reference}/" in shown
        assert "Markera som dubblett" not in shown

    def test_nothing_alike_is_an_empty_element_for_what_comes_later(
        self, client: Client, draft: Case, author: User
    ) -> None:
        page = page_of(client, author, draft)
        assert 'id="liknande"' in page
        assert "Finns det redan?" not in page

    def test_what_one_may_not_read_is_not_there(self, cast: Cast, client: Client, draft: Case) -> None:
        Walk(cast, "vara", title=TITLE).submit()
        Walk(cast, title=TITLE).case.initiative.co_authors.clear()
        assert "Finns det redan?" not in page_of(client, cast.staff(), draft)

    def test_what_one_has_written_oneself_is_told_and_not_to_be_followed(
        self, cast: Cast, client: Client, draft: Case, author: User
    ) -> None:
        own = Walk(cast, title=TITLE).to(Status.SUBMITTED).case.initiative.reference
        page = page_of(client, author, draft)
        assert "Du har själv skrivit det." in page
        assert f"/samma/{own}/" not in page

    def test_what_has_ended_is_told_and_not_to_be_followed(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        walk = Walk(cast, "skara", title=TITLE)
        walk.case = other
        walk.act(Act.REFER, walk.lead, referred_to="it_order", motivation="Beställ.")
        page = page_of(client, author, draft)
        assert "Det är avslutat. Läs varför innan du skickar in ditt." in page
        assert f"/samma/{other.initiative.reference}/" not in page
        answer = send(client, author, draft, f"samma/{other.initiative.reference}/")
        assert answer.url.endswith("/redigera/")
        assert not Event.objects.filter(kind=Act.SAME_NEED).exists()

    def test_only_words_that_both_have_are_called_common(self, cast: Cast, client: Client, author: User) -> None:
        Walk(cast, title="Fyllnadsgradsmätare i papperskorgar i parken").submit()
        draft = Walk(cast, title="Sensorer i soptunnor i parken").case
        page = page_of(client, author, draft)
        assert "Gemensamt: parken. Påminner om varandra: soptunnor – papperskorgar" in page

    def test_the_live_region_stays_where_it_is_when_the_list_is_sent_out_of_band(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        assert page_of(client, author, draft).count('id="liknande" aria-live="polite"') == 1
        sent = render_to_string("governance/_similar.html", {"similar": similar_for(draft, author, out_of_band=True)})
        assert "aria-live" not in sent
        assert '<div id="liknande-nu" hx-swap-oob="true">' in sent

    def test_the_list_says_what_it_shows_so_that_it_need_not_be_sent_again(
        self, draft: Case, other: Case, author: User
    ) -> None:
        assert similar_for(draft, author).shown == other.initiative.reference

    @pytest.mark.parametrize("count", [1, 30])
    def test_it_costs_three_statements_however_many_are_alike(
        self, count: int, cast: Cast, draft: Case, author: User, django_assert_num_queries: Any
    ) -> None:
        for _ in range(count):
            Walk(cast, title=TITLE).submit()
        case = Case.objects.select_related("initiative__organisation").get(pk=draft.pk)
        assert author.current_memberships
        with django_assert_num_queries(3):
            assert similar_for(case, author).lines


class TestNotTheSame:
    def test_it_is_not_shown_again_for_the_draft_to_any_of_its_authors(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        colleague = cast.staff("skara", number=3)
        draft.initiative.co_authors.add(colleague)
        answer = send(client, author, draft, f"inte-samma/{other.initiative.reference}/")
        assert answer.url.startswith(f"/initiativ/{draft.initiative.reference}/redigera/?")
        assert "Nya larm" not in page_of(client, author, draft)
        assert "Nya larm" not in page_of(client, colleague, draft)
        assert Event.objects.filter(case=other).count() == 2

    def test_for_another_draft_it_is(self, cast: Cast, client: Client, draft: Case, other: Case, author: User) -> None:
        dismiss(case=draft, other=other.initiative, by=author)
        assert "Nya larm" in page_of(client, author, Walk(cast, title=TITLE).case)

    def test_without_javascript_the_page_that_comes_back_offers_to_take_it_back(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        where = f"inte-samma/{other.initiative.reference}/"
        page = client.get(send(client, author, draft, where).url).content.decode()
        assert "”Nya larm på äldreboende” visas inte längre här." in page
        send(client, author, draft, where, {"undo": "1"})
        assert "Nya larm" in page_of(client, author, draft)
        assert not Dismissal.objects.exists()

    def test_with_htmx_the_list_alone_comes_back_and_focus_goes_to_taking_it_back(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        answer = send(client, author, draft, f"inte-samma/{other.initiative.reference}/", **HTMX).content.decode()
        assert answer.strip().startswith('<div id="liknande-nu">')
        assert "autofocus" in answer
        assert "”Nya larm på äldreboende” visas inte längre här." in answer
        assert f"samma/{other.initiative.reference}/" not in answer.replace("inte-samma", "")
        back = send(client, author, draft, f"inte-samma/{other.initiative.reference}/", {"undo": "1"}, **HTMX)
        assert "Nya larm" in back.content.decode()

    def test_what_stands_in_the_address_tells_nothing_of_what_one_may_not_see(
        self, cast: Cast, client: Client, draft: Case, author: User
    ) -> None:
        hidden = Walk(cast, "vara", title=TITLE).to(Status.SUBMITTED).case.initiative.reference
        for reference in (hidden, "DI-1999-999", "<b>"):
            assert "visas inte längre" not in page_of(client, author, draft, **{"inte-samma": reference})

    def test_twice_is_once(self, draft: Case, other: Case, author: User) -> None:
        for _ in range(2):
            dismiss(case=draft, other=other.initiative, by=author)
        assert Dismissal.objects.count() == 1

    def test_nobody_else_answers_for_them(self, cast: Cast, draft: Case, other: Case, author: User) -> None:
        for who in (cast.lead(), cast.staff("skara", number=3)):
            for answer in (dismiss, take_back_dismissal):
                with pytest.raises(Refused):
                    answer(case=draft, other=other.initiative, by=who)
                with pytest.raises(Refused):
                    answer(case=other, other=draft.initiative, by=who)

    def test_a_reader_of_a_submitted_one_is_refused(self, cast: Cast, other: Case) -> None:
        second = Walk(cast, title=TITLE).to(Status.SUBMITTED).case
        with pytest.raises(Refused, match="skriver eller kvalificerar"):
            dismiss(case=second, other=other.initiative, by=cast.reader())
        with pytest.raises(Refused, match="samma initiativ"):
            dismiss(case=second, other=second.initiative, by=cast.lead())


class TestTheSameNeed:
    def test_the_page_shows_both_and_says_what_will_happen(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        page = page_of(client, author, draft, f"samma/{other.initiative.reference}/")
        for words in (TITLE, "Larmen fungerar inte.", "Nya larm på äldreboende", "Du bevakar", "Ta bort mitt utkast"):
            assert words in page
        assert "checked" not in page
        assert "förlorar också" not in page

    def test_those_who_write_it_with_her_are_named_beside_throwing_it_away(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        colleagues = [cast.staff("skara", number=number) for number in (2, 3)]
        draft.initiative.co_authors.add(*colleagues)
        page = page_of(client, author, draft, f"samma/{other.initiative.reference}/")
        named = " och ".join(str(person) for person in draft.initiative.co_authors.all())
        assert f"Det tas bort för gott. {named} förlorar också utkastet." in page

    def test_the_form_sent_twice_is_done_once_also_when_the_draft_went_with_the_first(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        data = {"note": "", "throw_away": "on", "token": "one-form"}
        answers = [send(client, author, draft, f"samma/{other.initiative.reference}/", data)]
        answers += [client.post(f"/initiativ/{draft.initiative.reference}/samma/{other.initiative.reference}/", data)]
        assert [answer.url for answer in answers] == [f"/initiativ/{other.initiative.reference}/"] * 2
        assert Event.objects.filter(kind=Act.SAME_NEED).count() == 1

    def test_said_again_it_is_refused_and_leaves_neither_event_nor_mail(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        say_same_need(draft=draft, other=other, by=author)
        told = Notice.objects.count()
        again = Walk(cast, title=TITLE).case
        for case in (draft, again):
            with pytest.raises(Refused, match=r"Du har redan sagt att det är samma sak\."):
                say_same_need(draft=case, other=other, by=author, throw_away=True)
        send(client, author, again, f"samma/{other.initiative.reference}/", {"throw_away": "on"})
        assert Event.objects.filter(kind=Act.SAME_NEED).count() == 1
        assert Notice.objects.count() == told
        assert Initiative.objects.drafts().count() == 2

    def test_said_once_it_is_told_in_the_list_and_not_asked_again(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        say_same_need(draft=draft, other=other, by=author)
        page = page_of(client, author, draft)
        assert "Du har redan sagt att det är samma sak." in page
        assert f"/samma/{other.initiative.reference}/" not in page.replace("inte-samma", "")

    def test_she_watches_it_its_log_tells_and_the_draft_is_gone(
        self, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        where = f"samma/{other.initiative.reference}/"
        answer = send(client, author, draft, where, {"note": "Vi också, på Ekängen.", "throw_away": "on"})
        assert answer.url == f"/initiativ/{other.initiative.reference}/"
        assert Watch.objects.of(author).get().initiative == other.initiative
        event = Event.objects.get(kind=Act.SAME_NEED)
        assert (event.case, event.text, event.to_status) == (other, "Vi också, på Ekängen.", "")
        assert tell(event).text == "Skara har samma behov"
        assert not Initiative.objects.filter(pk=draft.pk).exists()
        page = client.get(answer.url).content.decode()
        assert "Skara har samma behov" in page
        assert "Sluta bevaka" in page

    def test_the_event_holds_nothing_of_the_draft(self, draft: Case, other: Case, author: User) -> None:
        event = say_same_need(draft=draft, other=other, by=author)
        written = f"{event.text} {event.data} {tell(event)}"
        for secret in (TITLE, draft.initiative.reference, "fungerar"):
            assert secret not in written

    def test_the_draft_is_kept_when_she_wants_to(self, client: Client, draft: Case, other: Case, author: User) -> None:
        send(client, author, draft, f"samma/{other.initiative.reference}/", {"note": ""})
        assert Initiative.objects.filter(pk=draft.pk).exists()
        assert Event.objects.filter(kind=Act.SAME_NEED).count() == 1

    def test_a_co_author_cannot_throw_it_away(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        colleague = cast.staff("skara", number=3)
        draft.initiative.co_authors.add(colleague)
        assert "Ta bort mitt utkast" not in page_of(client, colleague, draft, f"samma/{other.initiative.reference}/")
        send(client, colleague, draft, f"samma/{other.initiative.reference}/", {"throw_away": "on"})
        assert Initiative.objects.filter(pk=draft.pk).exists()
        assert Watch.objects.of(colleague).exists()

    def test_all_of_it_or_nothing(self, cast: Cast, draft: Case, other: Case, author: User) -> None:
        colleague = cast.staff("skara", number=3)
        draft.initiative.co_authors.add(colleague)
        with pytest.raises(Refused):
            say_same_need(draft=draft, other=other, by=User.objects.get(pk=colleague.pk), throw_away=True)
        assert not Event.objects.filter(kind=Act.SAME_NEED).exists()
        assert not Watch.objects.exists()

    def test_only_of_what_one_may_see_and_only_from_ones_own_draft(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        hidden = Walk(cast, "vara", title=TITLE).to(Status.SUBMITTED).case
        with pytest.raises(Refused):
            say_same_need(draft=draft, other=hidden, by=author)
        with pytest.raises(Refused):
            say_same_need(draft=draft, other=other, by=cast.lead())
        with pytest.raises(Refused):
            say_same_need(draft=other, other=draft, by=author)
        client.force_login(author)
        for address in (f"samma/{hidden.initiative.reference}/", f"inte-samma/{hidden.initiative.reference}/"):
            for method in (client.get, client.post):
                assert method(f"/initiativ/{draft.initiative.reference}/{address}").status_code == 404
        assert (
            client.get(f"/initiativ/{other.initiative.reference}/samma/{draft.initiative.reference}/").status_code
            == 404
        )

    @pytest.mark.parametrize("status", sorted(LIVE | ENDED))
    def test_from_every_live_status_and_no_other(self, status: Status) -> None:
        from governance.workflow import rows_for

        (row,) = rows_for(Act.SAME_NEED)
        assert (status in row.source) is (status in LIVE)

    def test_it_is_no_button_on_the_page_of_an_initiative(self, cast: Cast, client: Client, other: Case) -> None:
        assert "Det är samma sak" not in page_of(client, cast.lead(), other, "")


class TestQualification:
    @pytest.fixture
    def qualifying(self, cast: Cast) -> Walk:
        return Walk(cast, title=TITLE).to(Status.QUALIFYING)

    def test_the_lead_sees_them_beside_the_questions_with_the_original_chosen(
        self, cast: Cast, client: Client, qualifying: Walk, other: Case
    ) -> None:
        page = page_of(client, cast.lead(), qualifying.case, "fragor/kommun/")
        where = f"/steg/mark_duplicate/?original={other.initiative.reference}"
        assert where in page
        assert "Det är samma sak" not in page
        form = page_of(
            client, cast.lead(), qualifying.case, "steg/mark_duplicate/", original=other.initiative.reference
        )
        assert f'value="{other.initiative.reference}"' in form

    def test_what_the_address_suggests_is_only_text(self, cast: Cast, client: Client, qualifying: Walk) -> None:
        form = page_of(
            client, cast.lead(), qualifying.case, "steg/mark_duplicate/", original='"><b>x</b>' * 9, seen="x"
        )
        assert "<b>x</b>" not in form
        assert 'name="seen" value="x"' not in form

    def test_the_lead_has_a_choice_of_his_own_and_sees_the_authors(
        self, cast: Cast, client: Client, draft: Case, other: Case, author: User
    ) -> None:
        dismiss(case=draft, other=other.initiative, by=author)
        walk = Walk(cast, title="Något annat")
        walk.case = draft
        walk.to(Status.QUALIFYING)
        page = page_of(client, cast.lead(), walk.case, "liknande/")
        assert "Inlämnaren har svarat: inte samma." in page
        send(client, cast.lead(), walk.case, f"inte-samma/{other.initiative.reference}/")
        assert "Nya larm" not in page_of(client, cast.lead(), walk.case, "liknande/")
        assert sorted(Dismissal.objects.values_list("side", flat=True)) == ["author", "kommun"]

    def test_in_v6_the_coordinator_has_the_same(self, cast: Cast, client: Client) -> None:
        first = Walk(cast, "vara", title="Nya larm på äldreboende").to(Status.V6_RECEIVED).case
        second = Walk(cast, title=TITLE).to(Status.V6_QUALIFYING).case
        page = page_of(client, cast.coordinator(), second, "fragor/v6/")
        assert f"?original={first.initiative.reference}" in page
        send(client, cast.coordinator(), second, f"inte-samma/{first.initiative.reference}/")
        assert Dismissal.objects.get().side == "v6"

    def test_others_who_read_it_see_the_list_without_choices(self, cast: Cast, client: Client, other: Case) -> None:
        case = Walk(cast, title=TITLE).to(Status.SUBMITTED).case
        page = page_of(client, cast.reader(), case, "liknande/")
        assert "Nya larm" in page
        assert "Inte samma" not in page
        assert "Markera som dubblett" not in page

    def test_a_link_leads_there_for_those_whose_step_it_is(self, cast: Cast, client: Client) -> None:
        case = Walk(cast, title=TITLE).to(Status.SUBMITTED).case
        assert "Se liknande initiativ" in page_of(client, cast.lead(), case, "")
        assert "Se liknande initiativ" not in page_of(client, cast.reader(), case, "")


def test_no_role_is_shown_what_it_may_not_see(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody of the world asks beside each case she sees, drafts among them, for all four at once."""
    monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)
    world = World(cast)
    Initiative.objects.filter(pk__in=[case.pk for case in world.cases.values()]).update(title=TITLE)
    for name in sorted(SIGNED_IN):
        for situation in (s for s, seeing in SEES.items() if name in seeing):
            case = Case.objects.select_related("initiative__organisation").get(pk=world.cases[situation].pk)
            user = User.objects.get(pk=world.person(name).pk)
            seen = {s for s, seeing in SEES.items() if name in seeing} - {"draft", situation}
            shown = {line.reference for line in similar_for(case, user)}
            assert shown == {world.references[s] for s in seen}, (name, situation)
