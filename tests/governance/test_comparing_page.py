"""Everyone's answers side by side, the meeting's list, and agreeing on a value: as pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from governance.acts import Act
from governance.models import Event
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import JointMark
from tests.cast import Cast
from tests.walk import Walk, marks
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


def answers(**others: int | Mark | None) -> dict[str, Mark]:
    """3 everywhere but where something else is said."""
    return marks(3) | {code: mark if isinstance(mark, Mark) else Mark(mark) for code, mark in others.items()}


def compare(walk: Walk) -> str:
    return f"/initiativ/{walk.case.initiative.reference}/jamfor/"


def see(client: Client, person: User, address: str, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def words_of(page: str) -> str:
    """What is read on the page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main", 1)[0]))


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """In V6-prioritering, answered by Skara and Vara; Lidköping has not answered."""
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    walk.act(Act.ASSESS, cast.lead(), marks=answers(N1=5, G2=None))
    walk.act(Act.ASSESS, cast.lead("vara"), marks=answers(N1=Mark(2, "Få berörs hos oss."), N2=4))
    return walk


class TestBeforeItIsClosed:
    SECRETS = ("Få berörs hos oss.", "Median", "spann", "av 100", '<svg class="chart dots', "Nytta för invånare")

    @pytest.mark.parametrize("person", ["coordinator", "director", "network", "reader", "it_officer", "registrar"])
    def test_nothing_of_the_answers_is_in_the_page(self, cast: Cast, client: Client, walk: Walk, person: str) -> None:
        page = see(client, getattr(cast, person)(), compare(walk))
        assert [secret for secret in self.SECRETS if secret in page] == []

    def test_nor_for_one_who_is_asked_and_has_not_answered(self, cast: Cast, client: Client, walk: Walk) -> None:
        page = see(client, cast.lead("lidkoping"), compare(walk))
        assert [secret for secret in self.SECRETS if secret in page] == []
        assert f'href="/initiativ/{walk.case.initiative.reference}/bedom/"' in page

    def test_who_closes_and_who_is_asked_see_who_is_done(self, cast: Cast, client: Client, walk: Walk) -> None:
        for person in (cast.coordinator(), cast.lead("lidkoping")):
            told = words_of(see(client, person, compare(walk)))
            assert "Utvecklingsledare Lidköping Lidköping Inte än" in told
            assert "Utvecklingsledare Skara Skara Lämnad" in told
            assert "Utvecklingsledare Vara Vara Lämnad" in told

    @pytest.mark.parametrize("person", ["director", "network", "reader", "it_officer"])
    def test_others_see_no_names(self, cast: Cast, client: Client, walk: Walk, person: str) -> None:
        assert "Utvecklingsledare" not in see(client, getattr(cast, person)(), compare(walk)).split("<main")[1]

    def test_who_has_answered_sees_all(self, cast: Cast, client: Client, walk: Walk) -> None:
        page = see(client, cast.lead(), compare(walk))
        assert "Få berörs hos oss." in page
        assert "Bedömningen pågår" in page

    def test_jav_is_named_with_its_reason_as_in_the_log_and_its_answers_wait(
        self, cast: Cast, client: Client, walk: Walk
    ) -> None:
        disqualified = cast.lead("lidkoping")
        walk.act(Act.DECLARE_CONFLICT, disqualified, motivation="Min bror säljer.")
        assert [secret for secret in self.SECRETS if secret in see(client, disqualified, compare(walk))] == []
        log = f"{walk.case.get_absolute_url()}handelser/"
        for address in (log, compare(walk)):
            assert "Min bror säljer." in see(client, cast.coordinator(), address)
        walk.close_round()
        for person in (disqualified, cast.coordinator()):
            told = words_of(see(client, person, compare(walk)))
            assert "Utvecklingsledare Lidköping Lidköping Jäv Min bror säljer." in told
            assert "1 med jäv räknas inte" in told
            assert "Få berörs hos oss." in told

    def test_of_one_under_sekretess_only_those_are_waited_for_who_may_see_it(self, cast: Cast, client: Client) -> None:
        """The marking names no lead, but two of the three leads have another role that it does name."""
        walk = Walk(cast).to(Status.QUALIFIED)
        for person in (cast.lead("skara", 2), cast.lead("skara", 3)):
            assert str(person) in words_of(see(client, cast.lead(), compare(walk)))
        cast.membership(cast.lead("skara", 2), Role.REGISTRAR, "skara")
        cast.membership(cast.lead(), Role.READER, "skara")
        readers = [(cast.orgs["skara"], Role.READER), (cast.orgs["skara"], Role.REGISTRAR)]
        walk.act(Act.MARK_SECRET, cast.registrar(), legal_basis="OSL 25:1", marked_on=walk.today, readers=readers)
        told = words_of(see(client, User.objects.get(pk=cast.lead().pk), compare(walk)))
        assert "Utvecklingsledare Skara 2 Skara Inte än" in told
        assert "Utvecklingsledare Skara 3" not in told

    def test_the_criteria_are_not_to_be_agreed_on_by_anybody(self, cast: Cast, client: Client, walk: Walk) -> None:
        see(client, cast.coordinator(), f"{compare(walk)}N1/", 404)
        see(client, cast.reader(), f"{compare(walk)}N1/", 404)
        see(client, cast.lead(), f"{compare(walk)}N1/", 403)

    def test_the_coordinator_closes_it_from_here(self, cast: Cast, client: Client, walk: Walk) -> None:
        page = see(client, cast.coordinator(), compare(walk))
        assert "/steg/close_round/" in page
        assert "Det går inte att ångra." in see(
            client, cast.coordinator(), walk.case.get_absolute_url() + "steg/close_round/"
        )
        told = client.post(walk.case.get_absolute_url() + "steg/close_round/", {"seen": "v6_prioritising"}, follow=True)
        assert told.redirect_chain[-1][0] == compare(walk)
        assert "Få berörs hos oss." in told.content.decode()

    def test_it_says_what_remains_before_it_can_be_closed(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.assess_in_v6("skara")
        told = words_of(see(client, cast.coordinator(), compare(walk)))
        assert "Det behövs bedömningar från 1 deltagande kommun till." in told


class TestTheComparison:
    def test_the_drawing_is_said_in_words(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.act(Act.ASSESS, cast.lead("lidkoping"), marks=answers(N1=5))
        walk.close_round()
        told = words_of(see(client, cast.reader("essunga"), compare(walk)))
        assert "2, 5, 5 · median 5 · spann 3" in told
        assert "3, 3 · median 3 · spann 0 · 1 vet inte" in told
        assert "Median 5 ”Stor för många”" in told
        assert "Svaren skiljer sig 3 steg." in told

    def test_a_median_between_two_levels_has_the_words_of_both(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.close_round()
        told = words_of(see(client, cast.reader(), compare(walk)))
        assert "Median 3,5 mellan ”Tydlig för en grupp” och ”Stor för en grupp”" in told

    def test_too_few_answers_are_a_reason_too(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.close_round()
        told = words_of(see(client, cast.reader(), compare(walk)))
        assert "G2 Kostnad För få svar: 1 av minst 2." in told

    def test_the_least_settled_comes_first(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.close_round()
        client.force_login(cast.reader())
        lines = client.get(compare(walk)).context["lines"]
        assert [line.criterion.code for line in lines][:3] == ["N1", "N2", "G2"]

    def test_equal_answers_are_as_many_dots_and_ones_own_is_marked(
        self, cast: Cast, client: Client, walk: Walk
    ) -> None:
        walk.act(Act.ASSESS, cast.lead("lidkoping"), marks=answers(N1=5))
        client.force_login(cast.lead())
        lines = {line.criterion.code: line for line in client.get(compare(walk)).context["lines"]}
        dots = lines["N1"].dots
        assert [(dot.x, dot.is_own) for dot in dots] == [(96, False), (282, True), (282, False)]
        assert len({dot.y for dot in dots if dot.x == 282}) == 2
        assert "(du)" in see(client, cast.lead(), compare(walk))

    def test_an_answer_to_an_older_text_says_so(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        walk.assess_at_home()
        walk.amend(need="Ett annat.")
        told = words_of(see(client, walk.lead, compare(walk)))
        assert "Bedömde version 1 av 2" in told

    def test_earlier_rounds_are_there_to_choose(self, cast: Cast, client: Client, walk: Walk) -> None:
        page = see(client, cast.reader(), f"{compare(walk)}?omgang=1")
        assert "I Skara, " in page
        assert "I V6, " in page
        assert page.count('aria-current="page">I Skara') == 1
        assert "3 · median 3" in words_of(page)
        for wrong in ("0", "9", "99999"):
            expected = 200 if wrong == "99999" else 404
            see(client, cast.reader(), f"{compare(walk)}?omgang={wrong}", expected)

    def test_an_earlier_round_is_only_to_be_read(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.close_round()
        page = see(client, cast.coordinator(), f"{compare(walk)}?omgang=1")
        assert "Enas om ett värde" not in page
        see(client, cast.coordinator(), f"{compare(walk)}N1/?omgang=1", 403)

    @pytest.mark.parametrize("assessors", [2, 12])
    def test_as_many_statements_however_many_have_answered(
        self, cast: Cast, client: Client, django_assert_num_queries: Any, assessors: int
    ) -> None:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        for number in range(assessors):
            person = cast.lead(("skara", "vara", "lidkoping")[number % 3], 1 + number // 3)
            walk.act(Act.ASSESS, person, marks=answers(N1=1 + number % 5))
        walk.close_round()
        walk.agree(N1=4)
        client.force_login(cast.coordinator())
        client.get(compare(walk))
        with django_assert_num_queries(19):
            client.get(compare(walk))


class TestAgreeing:
    @pytest.fixture
    def coordinator(self, walk: Walk, cast: Cast, client: Client) -> Client:
        walk.close_round()
        client.force_login(cast.coordinator())
        return client

    def send(self, client: Client, walk: Walk, code: str = "N1", **given: str) -> Any:
        page = client.get(f"{compare(walk)}{code}/").context["form"]
        data = {name: page[name].value() for name in ("seen", "over", "token")}
        return client.post(f"{compare(walk)}{code}/", {**data, **given})

    def test_the_form_has_the_levels_the_median_and_everyones_answers(self, walk: Walk, coordinator: Client) -> None:
        page = coordinator.get(f"{compare(walk)}N1/").content.decode()
        assert page.count('type="radio"') == 5
        for words in (
            "Tydlig för en grupp",
            "Stor för många",
            "Median 3,5",
            "Få berörs hos oss.",
            "Utvecklingsledare Vara",
        ):
            assert words in page

    def test_before_and_after_stand_side_by_side(self, walk: Walk, coordinator: Client) -> None:
        """Median 3.5 on N1 and 3.5 on N2, which weigh 20 each: 50 + 2.5 + 2.5; N1 agreed to 5 adds 7.5."""
        answer = self.send(coordinator, walk, value="5", motivation="Alla kommuner berörs.")
        assert answer["Location"] == f"{compare(walk)}#N1"
        page = coordinator.get(compare(walk)).content.decode()
        told = words_of(page)
        assert "Ni enades om 5 för N1 Nytta för invånare. Poängen gick från 55,0 till 62,5." in told
        assert "Poäng av 100 55,0 62,5" in told
        assert "Ruta i matrisen Gör nu Gör nu (samma)" in told
        assert "Gemensam bedömning: 5 ”Stor för många” Alla kommuner berörs." in told
        assert "Medianen var 3,5." in told
        assert "2, 5 · median 3,5 · spann 3 · gemensamt värde 5" in told

    def test_what_was_agreed_before_stays_to_be_read(self, walk: Walk, coordinator: Client) -> None:
        self.send(coordinator, walk, value="5", motivation="Först.")
        self.send(coordinator, walk, value="2", motivation="Vi hade fel.")
        told = words_of(coordinator.get(compare(walk)).content.decode())
        assert "Gemensam bedömning: 2" in told
        assert "”Först.”" in told
        self.send(coordinator, walk, value="median", motivation="Oense igen.")
        told = words_of(coordinator.get(compare(walk)).content.decode())
        assert "Den gemensamma bedömningen togs tillbaka av V6-samordnare V6" in told
        assert "”Oense igen.” Medianen gäller." in told
        assert "Svaren skiljer sig 3 steg." in told

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"motivation": "Alla berörs."}, "Välj vilket värde ni enas om, 1–5."),
            ({"value": "4"}, "Skriv en motivering."),
            ({"value": "4", "motivation": "  "}, "Skriv en motivering."),
            ({"value": "6", "motivation": "Alla berörs."}, "6"),
            ({"value": "median", "motivation": "Det finns inget att ta tillbaka."}, "median"),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(
        self, walk: Walk, coordinator: Client, given: dict[str, str], sentence: str
    ) -> None:
        page = self.send(coordinator, walk, **given)
        assert page.status_code == 200
        assert sentence in page.content.decode()
        assert given.get("motivation", "").strip() in page.content.decode()
        assert not JointMark.objects.exists()

    def test_pressed_twice_it_is_written_once(self, walk: Walk, coordinator: Client) -> None:
        form = coordinator.get(f"{compare(walk)}N1/").context["form"]
        data = {name: form[name].value() for name in ("seen", "over", "token")}
        for _ in range(2):
            answer = coordinator.post(f"{compare(walk)}N1/", {**data, "value": "4", "motivation": "Därför."})
            assert answer["Location"] == f"{compare(walk)}#N1"
        assert JointMark.objects.count() == 1
        assert Event.objects.filter(case=walk.case, kind=Act.AGREE).count() == 1

    def test_the_later_of_two_is_told_and_may_choose(self, walk: Walk, coordinator: Client, cast: Cast) -> None:
        opened = coordinator.get(f"{compare(walk)}N1/").context["form"]
        walk.agree("Min kollegas skäl.", N1=2)
        data = {name: opened[name].value() for name in ("seen", "over", "token")}
        answer = coordinator.post(f"{compare(walk)}N1/", {**data, "value": "4", "motivation": "Mina skäl."})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "hann före och skrev in 2 för N1 Nytta för invånare" in page
        assert "Min kollegas skäl." in page
        assert "Mina skäl.</textarea>" in page
        again = answer.context["form"]
        data = {name: again[name].value() for name in ("seen", "over", "token")}
        coordinator.post(f"{compare(walk)}N1/", {**data, "value": "4", "motivation": "Mina skäl."})
        assert [mark.value for mark in JointMark.objects.order_by("pk")] == [2, 4]

    def test_it_is_not_everybodys(self, walk: Walk, coordinator: Client, cast: Cast, client: Client) -> None:
        for person in (cast.lead(), cast.director(), cast.reader(), cast.network()):
            assert "Enas om ett värde" not in see(client, person, compare(walk))
            see(client, person, f"{compare(walk)}N1/", 403)
            assert client.post(f"{compare(walk)}N1/", {"value": "1", "motivation": "Nej."}).status_code == 403
        see(client, cast.outsider(), f"{compare(walk)}N1/", 404)
        assert not JointMark.objects.exists()

    def test_who_declared_jav_is_told_that_a_colleague_writes(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        disqualified = cast.lead(number=2)
        walk.act(Act.ASSESS, walk.lead, marks=answers())
        walk.act(Act.DECLARE_CONFLICT, disqualified, motivation="Min bror säljer.")
        walk.close_round()
        page = see(client, disqualified, compare(walk))
        assert "Enas om ett värde" not in page
        assert "Du har anmält jäv. En kollega skriver in det ni andra enas om." in words_of(page)
        told = see(client, disqualified, f"{compare(walk)}N1/", 409)
        assert "Du har anmält jäv. En kollega skriver in det ni andra enas om." in told
        assert client.post(f"{compare(walk)}N1/", {"value": "1", "motivation": "Jo."}).status_code == 409
        assert not JointMark.objects.exists()
        page = see(client, walk.lead, compare(walk))
        assert "Enas om ett värde" in page
        assert "Du har anmält jäv" not in page

    def test_a_criterion_that_is_not_there(self, walk: Walk, coordinator: Client) -> None:
        assert coordinator.get(f"{compare(walk)}X9/").status_code == 404


class TestTheMeetingsList:
    LIST = "/bedomning/diskutera/"

    @pytest.fixture
    def three(self, cast: Cast) -> list[Walk]:
        """One divided, one more so, and one that all agree on."""
        walks = []
        for title, values in (("Avtal", (1, 4)), ("Bibliotek", (1, 5)), ("Cyklar", (3, 3))):
            walk = Walk(cast, title=title).to(Status.V6_PRIORITISING)
            for kommun, value in zip(("skara", "vara"), values, strict=True):
                walk.act(Act.ASSESS, cast.lead(kommun), marks=answers(N1=value))
            walks.append(walk)
        return walks

    def titles(self, client: Client, person: User, key: str = "v6") -> list[str]:
        client.force_login(person)
        return [item.initiative.title for item in client.get(self.LIST, {"lista": key}).context["items"]]

    def test_nothing_of_what_is_open_is_on_it_but_for_those_who_have_answered(
        self, cast: Cast, client: Client, three: list[Walk]
    ) -> None:
        for person in (cast.coordinator(), cast.lead("lidkoping"), cast.reader()):
            assert self.titles(client, person) == []
        assert self.titles(client, cast.lead()) == ["Bibliotek", "Avtal"]

    def test_the_most_divided_first_with_the_criterion_and_why(
        self, cast: Cast, client: Client, three: list[Walk]
    ) -> None:
        for walk in three:
            walk.close_round()
        assert self.titles(client, cast.coordinator()) == ["Bibliotek", "Avtal"]
        told = words_of(see(client, cast.coordinator(), self.LIST))
        assert "2 bedömare N1 Nytta för invånare 1, 5 Svaren skiljer sig 4 steg." in told
        assert "2 initiativ" in told

    def test_what_is_agreed_on_leaves_it(self, cast: Cast, client: Client, three: list[Walk]) -> None:
        for walk in three:
            walk.close_round()
        three[1].agree(N1=3)
        assert self.titles(client, cast.coordinator()) == ["Avtal"]

    def test_the_way_from_one_to_the_next(self, cast: Cast, client: Client, three: list[Walk]) -> None:
        for walk in three:
            walk.close_round()
        first, second = three[1], three[0]
        page = see(client, cast.coordinator(), f"{compare(first)}?lista=v6")
        assert "1 av 2 att diskutera" in page
        assert f'rel="next" href="{compare(second)}?lista=v6"' in page
        assert 'rel="prev"' not in page
        page = see(client, cast.coordinator(), f"{compare(second)}?lista=v6")
        assert f'rel="prev" href="{compare(first)}?lista=v6"' in page
        first.agree(N1=3)
        page = see(client, cast.coordinator(), f"{compare(first)}?lista=v6")
        assert "Klart. 1 kvar att diskutera" in page
        assert f'rel="next" href="{compare(second)}?lista=v6"' in page

    def test_a_kommun_has_its_own_and_nobody_elses(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, title="Bara i Skara").to(Status.QUALIFIED)
        walk.act(Act.ASSESS, cast.lead(), marks=answers(N1=1))
        walk.act(Act.ASSESS, cast.lead("skara", 2), marks=answers(N1=5))
        walk.close_round()
        assert self.titles(client, cast.lead(), "skara") == ["Bara i Skara"]
        for person in (cast.lead("vara"), cast.coordinator(), cast.reader("essunga")):
            for key in ("skara", "vara", "v6", "", "finns-inte"):
                assert self.titles(client, person, key) == []

    @pytest.mark.parametrize("count", [1, 6])
    def test_as_many_statements_however_long_it_is(
        self, cast: Cast, client: Client, django_assert_num_queries: Any, count: int
    ) -> None:
        for number in range(count):
            walk = Walk(cast, title=f"Nummer {number}").to(Status.QUALIFIED)
            walk.act(Act.ASSESS, cast.lead(), marks=answers(N1=1))
            walk.act(Act.ASSESS, cast.lead("skara", 2), marks=answers(N1=5))
            walk.close_round()
        client.force_login(cast.lead())
        client.get(self.LIST)
        with django_assert_num_queries(10):
            assert len(client.get(self.LIST).context["items"]) == count
