"""One's own scores: saved as they are given, cleared again, bound to the text one read, never overwritten unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.models import Event
from governance.presenting import todo
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Assessment, Round, Score
from initiatives.results import rounds_as_seen_by
from tests.cast import Cast
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db


class Opened:
    """The scoring page, opened by somebody: sends what a browser would."""

    def __init__(self, client: Client, walk: Walk) -> None:
        self.client, self.address = client, f"{walk.case.get_absolute_url()}bedom/"
        self.fields: dict[str, Any] = {}
        form = client.get(self.address).context["form"]
        for bound in form:
            value = bound.value()
            if value not in (None, "", False):
                self.fields[bound.html_name] = value
        self.sequence = 0

    def send(self, **more: str) -> HttpResponse:
        self.sequence += 1
        return self.client.post(self.address, {**self.fields, "sequence": self.sequence, **more})

    def save(self, **answers: str) -> str:
        """As the page saves by itself; what the server tells."""
        self.fields |= answers
        page = self.send(autosave="1").content.decode()
        if (found := page.split('name="version" value="')[1:]) and 'data-outcome="saved"' in page:
            self.fields["version"] = found[0].split('"')[0]
        return page


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.QUALIFIED)


@pytest.fixture
def lead(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lead())
    return client


def change_the_text(walk: Walk, need: str = "Personalen kör tjugo mil om dagen efter nycklar.") -> None:
    """A new revision while the round is open."""
    walk.amend(need=need)


def stored(cast: Cast) -> dict[str, tuple[int | None, str]]:
    sheet = Assessment.objects.filter(assessor=cast.lead()).order_by("-revision__number").first()
    return {s.criterion.code: (s.value, s.motivation) for s in sheet.scores.all()} if sheet else {}


class TestSavedAsYouGo:
    def test_each_choice_is_saved_and_told_with_the_clock_and_what_it_gives(
        self, cast: Cast, lead: Client, walk: Walk
    ) -> None:
        page = Opened(lead, walk)
        told = page.save(value_N1="5", value_N2="3", value_G3="unknown", motivation_N1="Många berörs.")
        assert f"Sparat {timezone.localtime():%H.%M}" in told
        assert "3 av 8 kriterier" in told
        assert "Din poäng 75,0 · 40 % av vikten besvarad" in told, "(20·1 + 20·0,5) ÷ 40 and 40 of 100"
        assert stored(cast) == {"N1": (5, "Många berörs."), "N2": (3, ""), "G3": (None, "")}
        assert not Event.objects.filter(kind=Act.ASSESS).exists()

    def test_an_answer_can_be_taken_back(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.save(value_N1="5", value_N2="2")
        del page.fields["value_N1"]
        assert "1 av 8 kriterier" in page.save()
        assert stored(cast) == {"N2": (2, "")}

    def test_so_it_can_with_a_button_where_no_script_runs(self, cast: Cast, lead: Client, walk: Walk) -> None:
        Opened(lead, walk).save(value_N1="5", value_N2="2")
        Opened(lead, walk).send(clear="N1", motivation_N1="Bort med det.")
        assert stored(cast) == {"N2": (2, "")}

    def test_words_without_an_answer_stay_in_the_browser_and_the_rest_is_saved(
        self, cast: Cast, lead: Client, walk: Walk
    ) -> None:
        told = Opened(lead, walk).save(value_N1="5", motivation_N2="Svårt att säga.")
        assert "data-unkept" in told
        assert "Motiveringen till N2 Nytta för medarbetare och verksamhet sparas när du har svarat där." in told
        assert stored(cast) == {"N1": (5, "")}

    @pytest.mark.parametrize("value", ["6", "0", "fem", "3.5", "-1", "٣"])
    def test_what_is_no_level_is_told_and_the_rest_is_saved(
        self, cast: Cast, lead: Client, walk: Walk, value: str
    ) -> None:
        told = Opened(lead, walk).save(value_N1=value, value_N2="2")
        assert "N1 Nytta för invånare är inte sparat:" in told
        assert stored(cast) == {"N2": (2, "")}

    @pytest.mark.parametrize(
        "refused", [{"motivation_N1": "a" * 5_001}, {"value_N1": "9"}, {"motivation_N1": "a\0b", "value_N1": "2"}]
    )
    def test_what_is_refused_leaves_what_is_saved_as_it_was(
        self, cast: Cast, lead: Client, walk: Walk, refused: dict[str, str]
    ) -> None:
        page = Opened(lead, walk)
        page.save(value_N1="5", motivation_N1="Många berörs.", value_N2="2")
        told = page.save(value_N2="3", **refused)
        assert "N1 Nytta för invånare är inte sparat:" in told
        assert stored(cast) == {"N1": (5, "Många berörs."), "N2": (3, "")}

    def test_a_line_break_is_one_character_whether_a_button_or_a_script_sends_it(
        self, cast: Cast, lead: Client, walk: Walk
    ) -> None:
        page, longest = Opened(lead, walk), "a" * 4_980 + "\r\n" * 19 + "b"
        assert "data-unkept" not in page.save(value_N1="5", motivation_N1=longest)
        assert stored(cast) == {"N1": (5, "a" * 4_980 + "\n" * 19 + "b")}

    def test_an_answer_in_several_lines_sent_again_is_the_same_answer(
        self, cast: Cast, lead: Client, walk: Walk
    ) -> None:
        Opened(lead, walk).save(value_N1="5", motivation_N1="Många.\nOch fler.")
        before = Score.objects.get().answered_at
        Opened(lead, walk).send(save="1", motivation_N1="Många.\r\nOch fler.")
        assert Score.objects.get().answered_at == before

    @pytest.mark.parametrize("sequence", ["9999999999", "2147483648", "-1", "1.5", "²"])
    def test_a_sequence_that_no_page_sends_does_no_harm(
        self, cast: Cast, lead: Client, walk: Walk, sequence: str
    ) -> None:
        page = Opened(lead, walk)
        told = lead.post(page.address, {**page.fields, "sequence": sequence, "autosave": "1", "value_N1": "5"})
        assert told.status_code == 200
        assert stored(cast) == {"N1": (5, "")}

    def test_only_what_is_new_gets_a_new_time(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.save(value_N1="5", value_N2="2")
        before = dict(Score.objects.values_list("criterion__code", "answered_at"))
        page.save(value_N2="3")
        after = dict(Score.objects.values_list("criterion__code", "answered_at"))
        assert after["N1"] == before["N1"]
        assert after["N2"] > before["N2"]

    def test_nobody_signed_in_is_told_so_in_place(self, client: Client, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        client.logout()
        assert (
            client.post(page.address, {**page.fields, "autosave": "1"}, headers={"HX-Request": "true"}).status_code
            == 401
        )

    def test_another_person_in_the_same_browser_does_not_answer_in_her_name(
        self, cast: Cast, client: Client, lead: Client, walk: Walk
    ) -> None:
        page = Opened(lead, walk)
        client.force_login(cast.lead("skara", 2))
        assert page.send(autosave="1", value_N1="5").status_code == 401
        assert "Du är inloggad som någon annan nu" in page.send(save="1", value_N1="5").content.decode()
        assert not Assessment.objects.exists()

    def test_the_round_was_closed_meanwhile(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        walk.act(Act.ASSESS, cast.lead("skara", 2), marks=marks(3))
        walk.act(Act.PRIORITISE, cast.lead("skara", 2), order=1)
        told = page.save(value_N1="5", motivation_N1="Så synd.")
        assert 'data-outcome="too-late"' in told
        assert "eller så är omgången stängd" in told
        sent = page.send(hand_in="1")
        assert sent.status_code == 409
        assert "Så synd." in sent.content.decode()
        assert "Motivering till N1 Nytta för invånare" in sent.content.decode()

    @pytest.mark.parametrize("others", [0, 2])
    def test_saving_asks_the_database_as_often_however_many_have_answered(
        self, cast: Cast, client: Client, django_assert_num_queries: Any, others: int
    ) -> None:
        """Eleven, and the four that mark a transaction within the test's own."""
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        for kommun in ("vara", "lidkoping")[:others]:
            walk.assess_in_v6(kommun)
        client.force_login(cast.lead())
        page = Opened(client, walk)
        page.save(value_N1="5")
        page.fields |= {f"value_{code}": "4" for code in CRITERIA}
        with django_assert_num_queries(15):
            page.save(value_N1="3")


class TestTwoTabs:
    def test_the_later_one_is_told_and_shown_the_difference(self, cast: Cast, lead: Client, walk: Walk) -> None:
        one, other = Opened(lead, walk), Opened(lead, walk)
        one.save(value_N1="5", motivation_N1="Många.")
        told = other.save(value_N1="2", value_N2="3")
        assert 'data-outcome="collided"' in told
        assert "Sparat: 5. Många." in told
        assert "Här: 2" in told
        assert stored(cast) == {"N1": (5, "Många.")}

    def test_a_button_does_not_overwrite_either_until_she_chooses(self, cast: Cast, lead: Client, walk: Walk) -> None:
        one, other = Opened(lead, walk), Opened(lead, walk)
        one.save(value_N1="5")
        shown = other.send(save="1", value_N1="2")
        assert "Du har sparat andra svar någon annanstans" in shown.content.decode()
        assert stored(cast) == {"N1": (5, "")}
        against = shown.content.decode().split('name="chosen_against" value="')[1].split('"')[0]
        other.send(chosen_against=against, value_N1="2")
        assert stored(cast) == {"N1": (2, "")}

    def test_an_answer_lost_on_the_way_is_no_collision(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.send(autosave="1", value_N1="5")
        assert 'data-outcome="saved"' in page.send(autosave="1", value_N1="4").content.decode()
        assert stored(cast) == {"N1": (4, "")}

    def test_what_arrives_late_does_not_undo_what_came_after(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.sequence = 5
        page.send(autosave="1", value_N1="4")
        page.sequence = 3
        assert 'data-outcome="collided"' in page.send(autosave="1", value_N1="1").content.decode()
        assert stored(cast) == {"N1": (4, "")}

    def test_the_same_answers_twice_are_no_collision(self, lead: Client, walk: Walk) -> None:
        one, other = Opened(lead, walk), Opened(lead, walk)
        one.save(value_N1="5")
        assert 'data-outcome="saved"' in other.save(value_N1="5")


class TestHandedIn:
    def test_once_and_no_more(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.fields |= {f"value_{code}": "4" for code in CRITERIA}
        page.send(hand_in="1")
        again = page.send(hand_in="1")
        assert again.status_code == 302
        assert "Du har redan lämnat din bedömning" in lead.get(again.url, follow=True).content.decode()
        assert Event.objects.filter(kind=Act.ASSESS).count() == 1

    def test_what_is_handed_in_cannot_be_changed_by_saving(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.fields |= {f"value_{code}": "4" for code in CRITERIA}
        page.send(hand_in="1")
        assert 'data-outcome="too-late"' in page.save(value_N1="1")
        assert stored(cast)["N1"] == (4, "")
        with pytest.raises(Refused, match="redan lämnat"):
            walk.act(Act.ASSESS, cast.lead(), marks=marks(1))


class TestTheTextHasChanged:
    @pytest.fixture
    def changed(self, cast: Cast, walk: Walk) -> Walk:
        """Handed in with fours on the first text."""
        walk.act(Act.ASSESS, cast.lead(), marks={code: Mark(4, "Så är det.") for code in CRITERIA})
        change_the_text(walk)
        return walk

    def test_she_sees_what_has_changed_and_at_each_answer_that_it_is_older(self, lead: Client, changed: Walk) -> None:
        page = lead.get(f"{changed.case.get_absolute_url()}bedom/").content.decode()
        assert page.count("Ändrat sedan du svarade") == len(CRITERIA)
        assert "Ett svar har ändrats: problem eller behov." in page
        assert "kör tjugo mil om dagen" in page.split("andringar/?fran=1")[0].split('id="andrat"')[1]

    def test_it_waits_for_her_again(self, cast: Cast, walk: Walk) -> None:
        walk.act(Act.ASSESS, cast.lead(), marks=marks(4))
        assert not todo.waiting_for(cast.lead(), Act.ASSESS).exists()
        change_the_text(walk)
        assert todo.waiting_for(cast.lead(), Act.ASSESS).get() == walk.case

    def test_what_counts_is_what_she_last_handed_in(self, cast: Cast, lead: Client, changed: Walk) -> None:
        Opened(lead, changed).save(value_N1="1", motivation_N1="Nej.")
        round = Round.objects.get()
        assert (round.handed_in, round.joint_score) == (1, 75)

    def test_all_at_once_stand(self, cast: Cast, lead: Client, changed: Walk) -> None:
        Opened(lead, changed).send(confirm_all="1")
        assert stored(cast) == dict.fromkeys(CRITERIA, (4, "Så är det."))
        page = lead.get(f"{changed.case.get_absolute_url()}bedom/").content.decode()
        assert "Ändrat sedan du svarade" not in page
        Opened(lead, changed).send(hand_in="1")
        assert Event.objects.filter(kind=Act.ASSESS).count() == 2

    def test_or_one_by_one(self, cast: Cast, lead: Client, changed: Walk) -> None:
        page = Opened(lead, changed)
        told = page.save(stands_N1="on", value_N2="2", motivation_N2="Färre än jag trodde.")
        assert stored(cast) == {"N1": (4, "Så är det."), "N2": (2, "Färre än jag trodde.")}
        assert 'data-old="N3 N4 N5 G1 G2 G3"' in told

    def test_each_must_stand_or_be_changed_before_it_is_handed_in(self, lead: Client, changed: Walk) -> None:
        page = Opened(lead, changed)
        sent = page.send(hand_in="1", **{f"stands_{code}": "on" for code in CRITERIA if code != "G2"}).content.decode()
        assert sent.count("Säg att svaret står sig, eller ändra det.</a>") == 1
        assert Event.objects.filter(kind=Act.ASSESS).count() == 1

    def test_a_changed_answer_says_why(self, cast: Cast, lead: Client, changed: Walk) -> None:
        page = Opened(lead, changed)
        others = {f"stands_{code}": "on" for code in CRITERIA if code != "N1"}
        sent = page.send(hand_in="1", value_N1="2", motivation_N1="", **others).content.decode()
        assert "Skriv varför du ändrar ditt svar." in sent
        with pytest.raises(Refused, match="Skriv varför du ändrar ditt svar på N1 Nytta för invånare"):
            changed.act(Act.ASSESS, cast.lead(), marks={**marks(4), "N1": Mark(2)})
        page.send(hand_in="1", value_N1="2", motivation_N1="Det gäller få.", **others)
        assert Event.objects.filter(kind=Act.ASSESS).count() == 2
        assert stored(cast)["N1"] == (2, "Det gäller få.")

    def test_while_she_has_the_page_open(self, cast: Cast, lead: Client, walk: Walk) -> None:
        page = Opened(lead, walk)
        page.save(value_N1="5")
        change_the_text(walk)
        told = page.save(value_N2="3", motivation_N2="Med den gamla texten.")
        assert 'data-outcome="changed"' in told
        shown = page.send(save="1").content.decode()
        assert "Texten har ändrats medan du svarade." in shown
        assert "Med den gamla texten.</textarea>" in shown
        assert stored(cast) == {"N1": (5, "")}

    def test_jav_takes_away_what_was_handed_in_on_the_first_text_too(self, cast: Cast, changed: Walk) -> None:
        changed.act(Act.DECLARE_CONFLICT, cast.lead(), motivation="Min bror säljer.")
        round = Round.objects.get()
        assert (round.handed_in, round.joint_score) == (0, None)
        assert not Assessment.objects.counting().exists()
        assert not rounds_as_seen_by(cast.lead()).filter(is_readable=True).exists()

    def test_jav_on_the_first_text_lasts(self, cast: Cast, lead: Client, walk: Walk) -> None:
        walk.act(Act.DECLARE_CONFLICT, cast.lead(), motivation="Min bror säljer.")
        change_the_text(walk)
        assert "Du har anmält jäv." in lead.get(f"{walk.case.get_absolute_url()}bedom/", follow=True).content.decode()
        assert not todo.waiting_for(cast.lead(), Act.ASSESS).exists()
        with pytest.raises(Refused, match="jäv"):
            walk.act(Act.ASSESS, cast.lead(), marks=marks(4))
