"""Changing the text while it is assessed: a new version, one event, and those who have answered are asked again."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from governance.acts import Act
from governance.models import Mail, Notice
from governance.presenting import todo
from governance.statuses import Status
from initiatives.models import Round
from tests.cast import Cast
from tests.walk import TEXT, Walk, marks
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": TEXT["title"],
    "department": TEXT["department"],
    "need": TEXT["need"],
    "benefit": TEXT["benefit"],
    "target": ["residents"],
}
NEW = {"need": "Tjugo nycklar hämtas om dagen."}
WHY = "Antalet nycklar är räknat på nytt."


@pytest.fixture
def home(cast: Cast) -> Walk:
    return Walk(cast).to(Status.QUALIFIED)


@pytest.fixture
def joint(cast: Cast) -> Walk:
    """Of Skara's, led by Skara, with Vara and Lidköping."""
    return Walk(cast).to(Status.V6_PRIORITISING)


def there(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}steg/amend/"


def whole(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def opened(client: Client, walk: Walk) -> dict[str, Any]:
    form = client.get(there(walk)).context["form"]
    return {**{name: form[name].value() for name in ("seen", "token", "revision")}, **WHOLE}


class TestTheAct:
    @pytest.mark.parametrize("who", ["author", "lead"])
    def test_a_new_version_and_one_event_and_nothing_overwritten(self, home: Walk, who: str) -> None:
        before = home.case.events.count()
        event = home.amend(WHY, by=getattr(home, who), **NEW)
        assert (event.kind, event.from_status, event.to_status) == ("amend", "", "")
        assert (event.text, event.data) == (WHY, {})
        assert home.case.events.count() == before + 1
        assert home.case.status == Status.QUALIFIED
        first, second = home.case.initiative.revisions.order_by("number")
        assert (first.content["need"], second.content["need"]) == (TEXT["need"], NEW["need"])
        assert second.content["benefit"] == TEXT["benefit"]
        assert home.case.initiative.need == NEW["need"]

    def test_in_v6_the_lead_of_the_kommun_that_leads_speaks_for_it(self, cast: Cast, joint: Walk) -> None:
        for other in (joint.author, cast.lead("vara"), cast.coordinator()):
            with pytest.raises(Refused, match="i den roll du har nu"):
                joint.amend(by=other, **NEW)
        joint.amend(by=cast.lead("skara"), **NEW)
        assert joint.case.initiative.revisions.count() == 2

    def test_what_goliska_it_wrote_is_changed_by_the_kommun_that_leads(self, cast: Cast) -> None:
        walk = Walk(cast, "goliska").to(Status.V6_PRIORITISING)
        with pytest.raises(Refused, match="i den roll du har nu"):
            walk.amend(by=walk.lead, **NEW)
        walk.amend(by=cast.lead("lidkoping"), **NEW)

    def test_those_who_had_answered_are_asked_again_and_what_they_gave_counts_until_then(
        self, cast: Cast, client: Client, joint: Walk
    ) -> None:
        for kommun in ("skara", "vara"):
            joint.assess_in_v6(kommun, 4)
        assert not todo.waiting_for(cast.lead("vara"), Act.ASSESS).exists()
        joint.amend(WHY, **NEW)
        assert todo.waiting_for(cast.lead("vara"), Act.ASSESS).get() == joint.case
        round = Round.objects.open().get()
        assert (round.handed_in, round.joint_score) == (2, 75)
        client.force_login(cast.lead("vara"))
        for address in ("/", "/bedomning/"):
            assert joint.case.initiative.reference in client.get(address).content.decode()
        page = whole(client.get(f"{joint.case.get_absolute_url()}bedom/"))
        assert page.count("Ändrat sedan du svarade") == 8
        assert f'Utvecklingsledare Skara skrev:</p><blockquote class="quote">{WHY}</blockquote>' in page
        joint.assess_in_v6("vara", 4)
        waiting = {kommun for kommun in ("skara", "vara") if todo.waiting_for(cast.lead(kommun), Act.ASSESS).exists()}
        assert waiting == {"skara"}

    def test_only_what_was_written_since_she_answered_is_told(self, cast: Cast, client: Client, home: Walk) -> None:
        home.amend("Före svaret.", **NEW)
        home.assess_at_home()
        home.amend("Efter svaret.", need="Trettio.")
        client.force_login(home.lead)
        page = client.get(f"{home.case.get_absolute_url()}bedom/").content.decode()
        assert "Efter svaret." in page
        assert "Före svaret." not in page

    def test_a_closed_round_is_of_the_text_that_was_scored(self, home: Walk, joint: Walk, cast: Cast) -> None:
        home.assess_at_home()
        for kommun in ("skara", "vara"):
            joint.assess_in_v6(kommun)
        for walk in (home, joint):
            walk.close_round()
            with pytest.raises(Refused, match=r"^Bedömningen är stängd\. Texten ändras inte efter det\.$"):
                walk.amend(**NEW)
            assert walk.case.initiative.revisions.count() == 1

    @pytest.mark.parametrize(
        "status", [Status.QUALIFYING, Status.PRIORITISED, Status.LOCAL, Status.INTEREST, Status.AWAITING_START]
    )
    def test_nowhere_else(self, cast: Cast, status: Status) -> None:
        walk = Walk(cast).to(status)
        with pytest.raises(Refused, match="Det går inte att välja ”Ändra texten” när läget är"):
            walk.amend(**NEW)

    @pytest.mark.parametrize(
        "same", [{}, {"need": TEXT["need"]}, {"need": f" {TEXT['need']}\r\n"}, {"targets_residents": True, "idea": ""}]
    )
    def test_what_is_the_same_is_no_change(self, home: Walk, same: dict[str, Any]) -> None:
        with pytest.raises(Refused, match=r"^Inget är ändrat\.$"):
            home.amend(**same)
        assert home.case.initiative.revisions.count() == 1
        assert not home.case.events.filter(kind=Act.AMEND).exists()

    def test_how_a_browser_ends_its_lines_is_no_change(self, cast: Cast) -> None:
        walk = Walk(cast, need="Ett.\n\nTvå.").to(Status.QUALIFIED)
        with pytest.raises(Refused, match="Inget är ändrat"):
            walk.amend(need="Ett.\r\n\r\nTvå.")

    def test_it_says_why_and_the_text_is_whole(self, home: Walk) -> None:
        with pytest.raises(Refused, match="Skriv vad som är ändrat, och varför"):
            home.amend("  ", **NEW)
        with pytest.raises(Refused, match="Fyll i"):
            home.amend(need="")
        with pytest.raises(TypeError, match="not fields"):
            home.amend(need="Tjugo.", is_secret=True)
        assert home.case.initiative.revisions.count() == 1

    def test_nobody_gets_mail(self, home: Walk) -> None:
        before = (Notice.objects.count(), Mail.objects.count())
        home.amend(**NEW)
        assert (Notice.objects.count(), Mail.objects.count()) == before


class TestThePage:
    def test_the_text_stands_there_to_be_changed(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        page = whole(client.get(there(home)))
        assert "Ändra texten</h1>" in page
        assert f"{TEXT['need']}</textarea>" in page
        assert page.count(TEXT["benefit"]) == 1
        assert "Vad är ändrat, och varför?" in page
        assert f'data-keep="{home.case.initiative.reference}/amend/1"' in page
        assert page.index('id="div_id_title"') < page.index('id="div_id_idea"') < page.index('id="div_id_motivation"')

    def test_it_is_saved_in_one_go_and_leads_back(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        sent = {**opened(client, home), **NEW, "motivation": WHY, "people_involved": "14"}
        page = client.post(there(home), sent, follow=True)
        assert page.request["PATH_INFO"] == home.case.get_absolute_url()
        assert "Texten är ändrad." in whole(page)
        home.case.initiative.refresh_from_db()
        assert (home.case.initiative.need, home.case.initiative.people_involved) == (NEW["need"], 14)
        assert home.case.events.latest("id").text == WHY

    def test_a_double_click_changes_it_once(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        sent = {**opened(client, home), **NEW, "motivation": WHY}
        assert [client.post(there(home), sent).status_code for _click in range(2)] == [302, 302]
        assert home.case.initiative.revisions.count() == 2

    def test_nothing_changed_is_told_and_the_reason_kept(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        page = whole(client.post(there(home), {**opened(client, home), "motivation": WHY}))
        assert "Inget är ändrat." in page
        assert f"{WHY}</textarea>" in page

    def test_as_strict_as_sending_in(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        page = client.post(there(home), {**opened(client, home), "need": " ", "target": [], "times_per_year": "ofta"})
        assert set(page.context["form"].errors) == {"motivation", "need", "target", "times_per_year"}
        assert "Skriv vad som är ändrat, och varför." in whole(page)
        assert '<details class="more" open>' in whole(page)

    def test_what_looks_like_a_personnummer_is_asked_about_once(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        sent = {**opened(client, home), "need": "Anna 811218-9876 ringde.", "motivation": WHY}
        page = client.post(there(home), sent)
        assert "tryck på Spara ändringen en gång till" in page.content.decode()
        told = page.context["form"]["noticed"].value()
        assert client.post(there(home), {**sent, "noticed": told}).status_code == 302

    def test_the_later_of_two_is_told_and_nothing_is_overwritten(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        sent = {**opened(client, home), "need": "Tjugo.", "motivation": WHY}
        home.amend("Jag ringde.", benefit="Lugnare.", need="Tio.")
        page = client.post(there(home), sent)
        form = page.context["form"]
        assert "Utvecklingsledare Skara ändrade texten" in whole(page)
        assert "Inget är sparat än." in whole(page)
        assert "Nu står det: ”Tio.”" in whole(page)
        assert (form["benefit"].value(), form["need"].value()) == ("Lugnare.", "Tjugo.")
        assert home.case.initiative.revisions.count() == 2
        again = {**sent, "revision": form["revision"].value(), "benefit": "Lugnare."}
        assert client.post(there(home), again).status_code == 302
        home.case.initiative.refresh_from_db()
        assert (home.case.initiative.benefit, home.case.initiative.need) == ("Lugnare.", "Tjugo.")

    def test_the_round_was_closed_meanwhile(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        sent = {**opened(client, home), **NEW, "motivation": WHY}
        home.assess_at_home()
        home.close_round()
        page = client.post(there(home), sent)
        assert "Bedömningen är stängd. Texten ändras inte efter det." in whole(page)
        assert f"{NEW['need']}</textarea>" in whole(page)
        assert home.case.initiative.revisions.count() == 1

    def test_the_case_has_gone_on_meanwhile(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        sent = {**opened(client, home), **NEW, "motivation": WHY}
        home.prioritise()
        page = client.post(there(home), sent)
        assert page.status_code == 409
        assert ("Problem eller behov", NEW["need"]) in page.context["typed"]

    def test_the_initiatives_page_leads_there_while_it_can_be_changed(self, client: Client, home: Walk) -> None:
        client.force_login(home.author)
        assert f'href="{there(home)}">Ändra texten</a>' in client.get(home.case.get_absolute_url()).content.decode()
        home.assess_at_home()
        home.close_round()
        assert "Ändra texten" not in client.get(home.case.get_absolute_url()).content.decode()

    def test_the_list_of_versions_tells_who_and_why(self, client: Client, home: Walk) -> None:
        home.amend(WHY, by=home.author, **NEW)
        client.force_login(home.author)
        page = whole(client.get(f"{home.case.get_absolute_url()}andringar/"))
        assert "<b>Version 2.</b> Ändrad medan den bedömdes." in page
        assert f"Medarbetare Skara skrev:</p> <blockquote>{WHY}</blockquote>" in page

    def test_it_asks_the_database_as_often_however_many_versions(
        self, cast: Cast, client: Client, home: Walk, django_assert_num_queries: Any
    ) -> None:
        much = Walk(cast).to(Status.QUALIFIED)
        much.act(Act.ASSESS, much.lead, marks=marks(3))
        for number in range(5):
            much.amend(need=f"Nummer {number}.")
        client.force_login(home.author)
        for walk in (home, much):
            client.get(there(walk))
            with django_assert_num_queries(9):
                client.get(there(walk))
