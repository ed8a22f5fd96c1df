"""The page of one initiative: where it stands, what happens next and who does it, and all that is known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from followup.actions import confirm_benefit, record_adoption
from followup.models import Confirmation
from governance.acts import Act
from governance.models import Case, CostKind, Stance
from governance.statuses import Status
from initiatives.actions.authorship import write_for
from initiatives.models import Initiative
from tests.cast import Cast
from tests.walk import ROUTES, Walk, decision, marks
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

STATEMENTS = 10
"""Session, person, roles, what waits; the case with its small rows, participations, stages, settings, whether one is
a co-author, and the log."""


def page(client: Client, walk: Walk, user: User) -> str:
    client.force_login(user)
    response = client.get(walk.case.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def section(html: str, name: str) -> str:
    start = html.index(f'id="{name}"')
    return html[start : html.index("</section>", start)]


def next_step(html: str) -> str:
    start = html.index('aria-labelledby="h-nasta"')
    return html[start : html.index("</section>", start)]


class TestWhoSeesIt:
    def test_before_v6_only_people_with_a_role_in_the_own_organisation(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        for insider in (cast.lead(), cast.reader(), walk.author):
            page(client, walk, insider)
        for stranger in (cast.lead("vara"), cast.coordinator(), cast.staff("skara", 2), cast.outsider()):
            client.force_login(stranger)
            assert client.get(walk.case.get_absolute_url()).status_code == 404

    def test_in_v6_everybody_with_a_role_in_any_of_the_eight(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.V6_RECEIVED)
        for reader in (cast.lead("vara"), cast.reader("essunga"), cast.it_officer(), cast.coordinator()):
            page(client, walk, reader)
        client.force_login(cast.staff("vara"))
        assert client.get(walk.case.get_absolute_url()).status_code == 404

    def test_marked_secret_only_the_roles_that_the_marking_names(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.V6_RECEIVED)
        walk.act(
            Act.MARK_SECRET,
            cast.registrar(),
            legal_basis="18 kap. 8 § OSL",
            marked_on=timezone.localdate(),
            readers=[(cast.orgs["skara"], Role.REGISTRAR), (cast.orgs["v6"], Role.COORDINATOR)],
        )
        assert "18 kap. 8 § OSL" in page(client, walk, cast.registrar())
        page(client, walk, cast.coordinator())
        for other in (walk.lead, walk.author, cast.lead("vara")):
            client.force_login(other)
            assert client.get(walk.case.get_absolute_url()).status_code == 404

    def test_a_draft_takes_its_author_to_where_it_is_written(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast)
        client.force_login(walk.author)
        response = client.get(walk.case.get_absolute_url())
        assert response["Location"] == f"/initiativ/{walk.case.initiative.reference}/redigera/"
        client.force_login(walk.lead)
        assert client.get(walk.case.get_absolute_url()).status_code == 404


class TestWhoWroteIt:
    def test_everybody_who_wrote_it_is_named(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast)
        walk.case.initiative.co_authors.add(cast.staff(number=2))
        walk.submit()
        words = f"av Medarbetare Skara tillsammans med {cast.staff(number=2)}"
        for reader in (walk.author, cast.reader()):
            assert words in page(client, walk, reader)
        alone = Walk(cast).to(Status.SUBMITTED)
        assert "tillsammans med" not in page(client, alone, cast.reader())

    def test_what_was_submitted_for_somebody_else_says_so(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast)
        walk.case.initiative.co_authors.add(walk.lead)
        write_for(initiative=walk.case.initiative, by=walk.lead, person=None, name="Karin Bergström")
        walk.act(Act.SUBMIT, walk.lead)
        assert "Utvecklingsledare Skara skickade in initiativet åt Karin Bergström." in page(client, walk, walk.author)


class TestWhereItStands:
    @pytest.mark.parametrize("status", [status for status in ROUTES if status != Status.DRAFT])
    def test_the_process_is_drawn_with_one_place_where_we_are(self, cast: Cast, client: Client, status: Status) -> None:
        walk = Walk(cast).to(status)
        html = page(client, walk, walk.lead)
        assert html.count("Du är här</small>") == 1
        assert html.count('aria-current="step"') == 1

    def test_goliskas_assessment_is_drawn_only_where_it_was_made_or_may_come(self, cast: Cast, client: Client) -> None:
        asked = Walk(cast).to(Status.IT_ASSESSMENT)
        not_asked = Walk(cast).to(Status.V6_PRIORITISING)
        coming = Walk(cast).to(Status.INTEREST)
        drawn = {
            walk: "Bedömning hos Göliska IT" in page(client, walk, cast.coordinator()).split("h-nasta")[0]
            for walk in (asked, not_asked, coming)
        }
        assert drawn == {asked: True, not_asked: False, coming: True}

    def test_what_has_ended_shows_how_far_it_came(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFYING)
        walk.act(Act.REFER, walk.lead, referred_to="it_order", motivation="En licens.")
        html = page(client, walk, walk.lead)
        assert "Inget mer ska hända" in next_step(html)
        assert "Kvalificerat" not in html.split("h-nasta")[0]

    def test_dormant_says_when_it_is_taken_up_again(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.PAUSED)
        assert "Vilande, tas upp" in page(client, walk, walk.lead)


class TestNextStep:
    def test_the_one_whose_turn_it_is_has_a_button(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        card = next_step(page(client, walk, walk.lead))
        assert f'<a class="btn " href="/initiativ/{walk.case.initiative.reference}/steg/start_qualification/">' in card

    def test_everybody_else_is_told_who_has_it_and_since_when(self, cast: Cast, client: Client) -> None:
        sent = timezone.now() - dt.timedelta(days=16)
        walk = Walk(cast, at=sent - dt.timedelta(days=1))
        walk.submit()
        card = next_step(page(client, walk, walk.author))
        assert "Väntar på <b>utvecklingsledaren i Skara</b> sedan 16 dagar." in card
        assert "start_qualification" not in card

    @pytest.mark.parametrize(
        ("status", "who"),
        [
            (Status.SUPPLEMENT, "Medarbetare Skara"),
            (Status.PRIORITISED, "förvaltningschefen eller kommundirektören i Skara"),
            (Status.V6_RECEIVED, "V6-samordnaren"),
            (Status.INTEREST, "Essunga, Grästorp, Götene, Lidköping och Vara"),
            (Status.IT_ASSESSMENT, "handläggaren på Göliska IT"),
            (Status.AWAITING_START, "kommundirektören i Skara"),
            (Status.IN_PROGRESS, "utvecklingsledaren i Skara"),
        ],
    )
    def test_the_holder_is_named(self, cast: Cast, client: Client, status: Status, who: str) -> None:
        walk = Walk(cast).to(status)
        assert f"<b>{who}</b>" in next_step(page(client, walk, cast.reader()))

    def test_nobody_is_said_to_have_waited_nought_days(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        assert "Väntar på <b>utvecklingsledaren i Skara</b> sedan i dag." in next_step(page(client, walk, walk.author))
        assert "Du kan föra ärendet vidare. Det kom hit i dag." in next_step(page(client, walk, walk.lead))

    def test_where_work_goes_on_nobody_waits(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=400)).to(Status.IN_PROGRESS)
        card = next_step(page(client, walk, cast.reader()))
        assert "Arbetet leds av <b>utvecklingsledaren i Skara</b>." in card
        assert "dagar" not in card
        walk.end_stage()
        card = next_step(page(client, walk, walk.lead))
        assert "Du kan föra ärendet vidare." in card
        assert "dagar" not in card

    @pytest.mark.parametrize(
        ("ago", "says"),
        [
            (5, "Väntar på svar från <b>Medarbetare Skara</b>, till "),
            (60, "Väntar på svar från <b>Medarbetare Skara</b>, som skulle ha kommit senast "),
        ],
    )
    def test_a_question_waits_for_the_author_and_the_lead_may_answer_for_her(
        self, cast: Cast, client: Client, ago: int, says: str
    ) -> None:
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=ago)).to(Status.SUPPLEMENT)
        card = next_step(page(client, walk, walk.lead))
        first, folded = card.split("Fler val")
        assert says in first
        assert "Du kan föra ärendet vidare" not in card
        assert "steg/supplement/" not in first
        assert 'steg/supplement/">Svara åt den som skrev</a>' in folded
        assert 'steg/supplement/">Skicka komplettering</a>' in next_step(page(client, walk, walk.author))

    def test_where_the_author_has_no_account_the_lead_is_the_one_who_answers(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUPPLEMENT)
        Initiative.objects.update(author=None, author_name="Gun Gran")
        first = next_step(page(client, walk, walk.lead)).split("Fler val")[0]
        assert 'steg/supplement/">Skicka komplettering</a>' in first
        assert "Väntar på <b>utvecklingsledaren i Skara</b> sedan i dag." in next_step(
            page(client, walk, cast.reader())
        )

    def test_what_remains_stands_under_a_button_that_cannot_be_pressed(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.QUALIFYING)
        card = next_step(page(client, walk, walk.lead))
        assert "Besvara 13 frågor." in card
        assert 'disabled aria-describedby="hinder-qualify">Godkänn kvalificering' in card
        assert card.index("Svara på kvalificeringsfrågorna") < card.index("Godkänn kvalificering")

    def test_a_kommun_that_follows_may_stop_and_not_begin(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.INTEREST)
        lead = cast.lead("essunga")
        assert "Följ initiativet" in next_step(page(client, walk, lead))
        walk.act(Act.FOLLOW, lead)
        card = next_step(page(client, walk, lead))
        assert "Sluta följa" in card
        assert "Följ initiativet" not in card

    def test_only_the_role_one_acts_in_counts(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        both = cast.person(Role.READER, "skara")
        lead = cast.membership(both, Role.LEAD, "skara")
        client.force_login(both)
        client.post("/byt-roll/", {"membership": lead.pk})
        assert "start_qualification" in client.get(walk.case.get_absolute_url()).content.decode()
        client.post("/byt-roll/", {"membership": both.memberships.get(role=Role.READER).pk})
        assert "start_qualification" not in client.get(walk.case.get_absolute_url()).content.decode()


class TestBlindScoring:
    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        walk = Walk(cast).to(Status.V6_PRIORITISING)
        walk.assess_in_v6("vara", 5)
        return walk

    @pytest.mark.parametrize("person", ["coordinator", "lead", "reader", "director"])
    def test_nothing_of_the_answers_is_on_the_page_before_one_has_handed_in(
        self, cast: Cast, client: Client, walk: Walk, person: str
    ) -> None:
        html = page(client, walk, getattr(cast, person)())
        part = section(html, "bedomning")
        assert "1 av 3 deltagande kommuner har lämnat" in part
        assert "100,0" not in html
        assert "Gör nu" not in part.split("Bedömning i V6")[1].split("Bedömning i Skara")[0]

    def test_afterwards_one_sees_the_joint_result(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.act(Act.ASSESS, cast.lead(), marks=marks(1))
        assert "<b>50,0</b>" in section(page(client, walk, cast.lead()), "bedomning")
        assert "<b>50,0</b>" in section(page(client, walk, cast.lead("vara")), "bedomning")

    def test_jav_is_not_a_way_to_see_it(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.act(Act.DECLARE_CONFLICT, cast.lead(), motivation="Min bror säljer.")
        assert "100,0" not in page(client, walk, cast.lead())

    def test_when_the_round_is_closed_everybody_sees_it(self, cast: Cast, client: Client, walk: Walk) -> None:
        walk.act(Act.ASSESS, cast.lead(), marks=marks(1))
        walk.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
        part = section(page(client, walk, cast.coordinator()), "bedomning")
        assert "<b>50,0</b>" in part
        assert "Behöver diskuteras" in part


class TestSections:
    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        return complete(cast)

    def test_everything_known_is_there(self, cast: Cast, client: Client, walk: Walk) -> None:
        html = page(client, walk, walk.lead)
        assert "Personalen hämtar och lämnar fysiska nycklar" in section(html, "beskrivning")
        assert "Beslut: skickas till V6" in section(html, "beslut")
        assert "V6 Chefsnätverk tillstyrker" in section(html, "beslut")
        assert "Vara" in section(html, "deltagande")
        assert "Har inte personal." in section(html, "deltagande")
        work = section(html, "etapper")
        assert "1. Förstudie" in work
        assert "100 000" in work
        assert "84 500" in work
        assert "Drift, utfall" in work
        assert "Fanns inte förut." in section(html, "nytta")
        assert "VON 2026/318" in html
        assert "Lämnade: P5" in section(html, "handelser")

    def test_a_kommun_that_left_says_so_beside_those_that_stayed(self, cast: Cast, client: Client, walk: Walk) -> None:
        html = page(client, walk, walk.lead)
        standings = html[html.index("h-besked") : html.index("h-uppgifter")]
        for word in ("Leder", "Deltar", "Har lämnat", "Avstår"):
            assert word in standings

    def test_working_notes_are_each_organisations_own(self, cast: Cast, client: Client, walk: Walk) -> None:
        assert "Ring leverantören." in page(client, walk, walk.lead)
        assert "Ring leverantören." not in page(client, walk, cast.lead("vara"))
        assert "Ring leverantören." not in page(client, walk, cast.coordinator())

    def test_what_is_not_there_yet_takes_one_line_and_no_section(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        html = page(client, walk, cast.reader())
        for name in ("bedomning", "nyttokalkyl", "beslut", "deltagande", "etapper", "nytta"):
            assert f'id="{name}"' not in html
            assert f'href="#{name}"' not in html
        assert (
            "Det finns inget ännu om bedömning, beslut, deltagande i V6, etapper och kostnader samt införande och "
            "nytta. Det visas här när det kommer." in html
        )

    def test_and_what_is_there_can_be_gone_to(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.IN_PROGRESS)
        html = page(client, walk, cast.reader())
        for name in ("beskrivning", "bedomning", "beslut", "deltagande", "etapper", "handelser"):
            assert f'id="{name}"' in html
            assert f'href="#{name}"' in html
        assert "Det finns inget ännu om införande och nytta. Det visas här när det kommer." in html

    def test_nothing_is_promised_of_what_has_ended(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        walk.act(Act.WITHDRAW, walk.author, motivation="Behövs inte.")
        html = page(client, walk, walk.lead)
        assert "Det finns inget om bedömning, beslut, deltagande i V6" in html
        assert "Det visas här" not in html

    def test_what_people_wrote_is_text_not_markup(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, title="<script>alert(1)</script>", need="a & b < c").to(Status.SUBMITTED)
        html = page(client, walk, walk.lead)
        assert "<script>alert" not in html
        assert "a &amp; b &lt; c" in html


def complete(cast: Cast) -> Walk:
    """A case with something in every section."""
    walk = Walk(cast, at=timezone.now() - dt.timedelta(days=90)).to(Status.IN_PROGRESS)
    walk.record_cost(84_500)
    walk.record_cost(12_000, kind=CostKind.OPERATION)
    walk.end_stage()
    walk.start_stage()
    walk.leave("vara")
    walk.act(Act.RECOMMEND, cast.network(), stance=Stance.APPROVE, motivation="Vi ser stor nytta.")
    walk.act(Act.SET_REGISTRY_NUMBER, cast.registrar(), registry_number="VON 2026/318")
    walk.act(Act.COMMENT, walk.lead, motivation="Ring leverantören.")
    record_adoption(case=walk.case, by=walk.lead, organisation=cast.orgs["skara"], in_use_on=walk.today)
    confirm_benefit(
        case=walk.case,
        by=walk.lead,
        kind=Confirmation.Kind.NEW,
        holds=True,
        date=walk.today,
        grounds="Fanns inte förut.",
    )
    return walk


class TestHowOftenTheDatabaseIsAsked:
    def test_as_often_with_little_and_with_much(
        self, cast: Cast, client: Client, django_assert_num_queries: Any
    ) -> None:
        little = Walk(cast).to(Status.IN_PROGRESS)
        much = complete(cast)
        much.at = None
        for number in range(200):
            much.act(Act.COMMENT, much.lead, motivation=f"Anteckning {number}.")
        for _number in range(20):
            much.record_cost(1)
        client.force_login(cast.lead())
        for walk in (little, much):
            client.get(walk.case.get_absolute_url())
            with django_assert_num_queries(STATEMENTS):
                html = client.get(walk.case.get_absolute_url()).content.decode()
        assert html.count("<time ") == 20
        assert "Alla händelser" in html

    @pytest.mark.parametrize(
        ("status", "more"),
        [
            (Status.QUALIFYING, 1),
            (Status.QUALIFIED, 1),
            (Status.V6_QUALIFYING, 1),
            (Status.V6_PRIORITISING, 1),
            (Status.INTEREST, 2),  # who has not answered, and whose answer this reader may see
        ],
    )
    def test_more_where_the_next_step_depends_on_answers(
        self, cast: Cast, client: Client, status: Status, more: int, django_assert_num_queries: Any
    ) -> None:
        walk = Walk(cast).to(status)
        client.force_login(cast.lead())
        client.get(walk.case.get_absolute_url())
        with django_assert_num_queries(STATEMENTS + more):
            client.get(walk.case.get_absolute_url())


def test_the_log_is_paged_and_chosen_by_kind(cast: Cast, client: Client) -> None:
    walk = complete(cast)
    client.force_login(cast.lead("lidkoping"))
    there = f"{walk.case.get_absolute_url()}handelser/"
    everything = client.get(there).content.decode()
    assert "av 27" in everything or "Sida 1 av 2" in everything
    assert "Ring leverantören." not in everything
    assert "Ring leverantören." not in client.get(there, {"kind": "notes"}).content.decode()
    decisions = client.get(there, {"kind": "decisions"}).content.decode()
    assert "Beslut: start" in decisions
    assert "Kostnad registrerad" not in decisions
    assert client.get(there, {"kind": "påhittat", "page": "99"}).status_code == 200
    client.force_login(cast.outsider())
    assert client.get(there).status_code == 404


def test_the_log_asks_as_often_whatever_has_happened(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    client.force_login(walk.lead)
    there = f"{walk.case.get_absolute_url()}handelser/"
    client.get(there)
    for events in (0, 200):
        for _number in range(events):
            walk.act(Act.COMMENT, walk.lead, motivation="Ring.")
        with django_assert_num_queries(8):
            client.get(there)


def test_a_decision_of_a_political_body_names_it(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.PRIORITISED)
    given = decision(walk.decider, body="Kommunstyrelsen", protocol_reference="KS § 42", to_be_reported=True)
    walk.act(Act.DECIDE_LOCAL, walk.decider, **given)
    part = section(page(client, walk, walk.lead), "beslut")
    assert "Kommunstyrelsen, KS § 42" in part
    assert "ska anmälas" in part


def test_money_keeps_its_ore(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.IN_PROGRESS)
    for amount in ("1999899.50", "0.05"):
        walk.act(
            Act.RECORD_COST,
            walk.lead,
            kind=CostKind.DEVELOPMENT,
            value="actual",
            amount=Decimal(amount),
            date=timezone.localdate(),
        )
    assert "1 999 899,55&nbsp;kr" in section(page(client, walk, walk.lead), "etapper")
    assert Case.objects.get(pk=walk.case.pk).costs.count() == 3
