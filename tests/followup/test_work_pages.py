"""The work on its pages: plan and outcome, costs, evidence, the timeline, and where the case is in the process."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from followup.actions import record_adoption
from followup.indicators import Reading
from followup.indicators.b5_costs import one_off_costs, running_costs
from followup.periods import HalfYear
from governance.acts import Act
from governance.models import Case, Evidence, Stage
from governance.statuses import Status
from tests.cast import Cast
from tests.followup.reporting import signed_in, text_of
from tests.initiatives.files import pdf
from tests.walk import Walk, decision
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
MONTH = dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _files_in_memory(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


def begun_long_ago(walk: Walk) -> Stage:
    """The one stage, as if it had begun three months ago: time is what these pages are about."""
    stage = walk.case.stages.get()
    Stage.objects.filter(pk=stage.pk).update(start=TODAY - 3 * MONTH, planned_end=TODAY - 2 * MONTH)
    return walk.case.stages.get()


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.IN_PROGRESS)


def shown(user: User, address: str, status: int = 200) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == status
    return response.content.decode()


def section(html: str, name: str) -> str:
    return text_of(html[html.index(f'id="{name}"') :].split("</section>")[0])


class TestTheSection:
    def test_budget_against_outcome_in_kronor_percent_and_words(self, walk: Walk) -> None:
        stage = walk.case.stages.get()  # began with a budget of 100 000 for the förstudie
        walk.record_cost(Decimal("115250.50"), "prestudy", stage=stage)
        told = section(shown(walk.lead, walk.case.get_absolute_url()), "etapper")
        assert "över budget: +15 250,50 kr (+15,3 %)" in told
        assert "Förstudie Över budget 100 000 kr 115 250,50 kr +15 250,50 kr (+15,3 %) -15 250,50 kr" in told
        assert "Utveckling uppgift saknas uppgift saknas" in told, "not known is not 0"
        assert "Hittills har initiativet kostat 115 250,50 kr" in told

    def test_a_corrected_row_stands_there_and_does_not_count(self, walk: Walk) -> None:
        walk.record_cost(12_000)
        walk.record_cost(1_200, corrects=walk.case.costs.latest("pk"), motivation="En nolla för mycket.")
        html = shown(walk.lead, walk.case.get_absolute_url())
        told = section(html, "etapper")
        assert "Räknas inte Rättad av Utvecklingsledare Skara: En nolla för mycket." in told
        assert "Hittills har initiativet kostat 1 200 kr" in told
        assert html.count("?corrects=") == 2, "the budget and the row that stands can be put right"
        assert "?corrects=" not in shown(walk.cast.reader(), walk.case.get_absolute_url())

    def test_what_runs_and_what_holds_today(self, walk: Walk) -> None:
        walk.record_cost(40_000, "operation", date=TODAY - MONTH)
        old = walk.case.costs.latest("pk")
        walk.record_cost(52_000, "operation", date=TODAY, instead_of=old)
        told = section(shown(walk.lead, walk.case.get_absolute_url()), "etapper")
        ended = TODAY - dt.timedelta(days=1)
        assert f"{TODAY - MONTH} – {ended} Gäller inte längre alla tillsammans 40 000 kr" in told
        assert f"{TODAY} – Gäller i dag alla tillsammans 52 000 kr" in told
        assert "Det som gäller i dag, per år: 52 000 kr" in told

    def test_late_in_words_with_the_plans_before(self, walk: Walk) -> None:
        stage = begun_long_ago(walk)
        later = TODAY - dt.timedelta(days=12)
        walk.act(Act.REPLAN, walk.lead, planned=stage, planned_end=later, motivation="Leverantören dröjer.")
        html = shown(walk.lead, walk.case.get_absolute_url())
        told = section(html, "etapper")
        assert "Etapp 1, förstudie : Pågår, tolv dagar försenad." in told
        assert f"först {TODAY - 2 * MONTH}, sedan {later}" in told
        assert "60 dagar senare än i den första planen" in told
        assert f"?planned=etapp-{stage.pk}" in html
        assert "Försenad etapp" in shown(walk.lead, "/initiativ/")
        assert f"?planned=etapp-{stage.pk}" not in shown(walk.cast.lead("vara"), walk.case.get_absolute_url())

    def test_the_form_brings_what_is_to_be_put_right(self, walk: Walk) -> None:
        walk.record_cost(12_000)
        wrong = walk.case.costs.latest("pk")
        address = f"{walk.case.get_absolute_url()}steg/record_cost/"
        form = signed_in(walk.lead).get(f"{address}?corrects={wrong.pk}").context["form"]
        assert (form["amount"].value(), form["kind"].value()) == (Decimal(12_000), "development")
        assert str(form["corrects"].value()) == str(wrong.pk)
        for nonsense in ("9" * 30, "x", "-1"):
            assert shown(walk.lead, f"{address}?corrects={nonsense}")
        sent = {"kind": "development", "value": "actual", "amount": "1 200", "date": str(TODAY), "corrects": wrong.pk}
        client = signed_in(walk.lead)
        assert "Skriv vad som var fel." in client.post(address, sent).content.decode()
        assert client.post(address, {**sent, "motivation": "En nolla för mycket."}).status_code == 302
        assert walk.case.costs.standing().filter(value="actual").get().amount == Decimal(1_200)


class TestTheFigures:
    def test_the_half_year_counts_what_is_right_and_what_holds(self, walk: Walk) -> None:
        walk.record_cost(9_000)
        walk.record_cost(900, corrects=walk.case.costs.latest("pk"), motivation="Fel.")
        walk.record_cost(70, "prestudy")
        walk.record_cost(70, "prestudy", corrects=walk.case.costs.latest("pk"), never_was=True, motivation="Fel.")
        walk.record_cost(40_000, "operation", date=TODAY - MONTH)
        walk.record_cost(52_000, "operation", date=TODAY, instead_of=walk.case.costs.latest("pk"))
        reading = Reading(HalfYear.of(TODAY), TODAY, [walk.case.pk])
        initiative = walk.case.initiative
        once = one_off_costs(reading, [walk.case.pk])(initiative)
        assert once["utveckling"]["utfall"] == "900.00"
        assert once["forstudie"]["utfall"] is None
        assert running_costs(reading, [walk.case.pk])(initiative)["drift"]["arskostnad"] == "52000.00"

    def test_the_register_carries_what_is_right(self, walk: Walk) -> None:
        walk.record_cost(9_000)
        walk.record_cost(900, corrects=walk.case.costs.latest("pk"), motivation="Fel.")
        response = signed_in(walk.cast.admin()).get("/register/export/")
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        rows = load_workbook(io.BytesIO(content))["Kostnader"].iter_rows(min_row=2, values_only=True)
        assert [row[4] for row in rows if row[3] == "utfall"] == [900]


class TestTheTimeline:
    def test_stages_decisions_and_adoptions_drawn_twice_and_told_in_a_table(
        self, walk: Walk, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        begun_long_ago(walk)
        new = {"stage_type": "project", "planned_start": TODAY + MONTH, "planned_end": TODAY + 3 * MONTH}
        walk.act(Act.REPLAN, walk.lead, planned="new", motivation="Efter nyår.", **new)
        director = walk.cast.director("grastorp")
        walk.act(Act.JOIN, director, joined_on=TODAY, **decision(director))
        record_adoption(case=walk.case, by=walk.lead, organisation=walk.cast.orgs["lidkoping"], in_use_on=TODAY)
        client, address = signed_in(walk.lead), f"{walk.case.get_absolute_url()}tidslinje/"
        client.get(address)
        with django_assert_num_queries(TIMELINE):
            html = client.get(address).content.decode()
        for words in ("Etapp 1, förstudie", "Kommande projekt", "Beslut om start", "Grästorp gick med", "i dag"):
            assert html.count(f">{words}</text>") == 2, words
        assert html.count(">Infört i Lidköping</text>") == 2
        told = text_of(html)
        assert f"Kommande projekt {TODAY + MONTH} – {TODAY + 3 * MONTH} Planerad" in told
        assert "Pågår, 60 dagar försenad" in told
        assert html.count('class="late"') == 2
        assert "Vara vill" not in html, "the answers are shown elsewhere"

    def test_nothing_has_begun(self, cast: Cast) -> None:
        told = text_of(shown(cast.lead(), f"{Walk(cast).to(Status.PRIORITISED).case.get_absolute_url()}tidslinje/"))
        assert "Ingen etapp har börjat eller planerats" in told


TIMELINE = 8
"""Session, person, roles, what waits; the case with its participations, its stages and its small rows."""


class TestTheProcess:
    def test_where_it_is_what_each_step_needs_and_whose_it_is(
        self, walk: Walk, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, address = signed_in(walk.cast.reader("vara")), f"{walk.case.get_absolute_url()}process/"
        client.get(address)
        with django_assert_num_queries(PROCESS):
            html = client.get(address).content.decode()
        told = text_of(html)
        assert "Överlämna till förvaltning → leder till Förvaltning Utvecklingsledaren Utvecklingsledare Skara" in told
        assert "○ Återstår: Avsluta den etapp som pågår." in told
        walk.end_stage()
        told = text_of(client.get(address).content.decode())
        assert "✓ På plats: Ingen etapp pågår. ○ Återstår: Registrera minst ett införande." in told
        assert html.count('class="status now"') == 1
        assert 'class="status now" data-status="in_progress"' in html
        assert 'class="status done" data-status="interest"' in html
        assert 'class="status " data-status="local"' in html

    def test_a_draft_and_what_has_ended(self, cast: Cast) -> None:
        draft = Walk(cast)
        told = text_of(shown(draft.author, f"{draft.case.get_absolute_url()}process/"))
        assert "Skicka in → leder till Inskickat Medarbetare Skara" in told
        draft.to(Status.SUBMITTED).act(Act.WITHDRAW, draft.author, motivation="Löst.")
        told = text_of(shown(draft.author, f"{draft.case.get_absolute_url()}process/"))
        assert "Initiativet är avslutat. Det går inte vidare." in told

    def test_every_status_of_the_picture_is_found_in_words(self, cast: Cast) -> None:
        html = shown(cast.outsider(), "/process/")
        for status in Status:
            assert f'href="#lage-{status.value}"><title>' in html
            assert html.count(f'id="lage-{status.value}"') == 1


PROCESS = 11
"""Session, person, roles, what waits; the case, the facts (five), its moves, and who has the roles."""


class TestEvidence:
    def test_it_is_taken_in_listed_fetched_and_removed(self, walk: Walk) -> None:
        walk.record_cost(5)
        cost = walk.case.costs.latest("pk")
        client, address = signed_in(walk.lead), f"{walk.case.get_absolute_url()}etapper/underlag/"
        assert f'value="kostnad-{cost.pk}" selected' in client.get(f"{address}?till=kostnad-{cost.pk}").content.decode()
        sent = {"belongs_to": f"kostnad-{cost.pk}", "evidence_kind": "invoice"}
        assert "Välj en fil." in client.post(address, sent).content.decode()
        bad = SimpleUploadedFile("virus.exe", b"MZ\x90\x00")
        assert client.post(address, {**sent, "file": bad}).status_code == 200
        assert not Evidence.objects.exists()
        good = SimpleUploadedFile("faktura 7.pdf", pdf())
        assert client.post(address, {**sent, "file": good}).status_code == 302
        one = Evidence.objects.get()
        reader = walk.cast.reader("vara")
        told = text_of(shown(reader, address))
        assert "Faktura : faktura 7.pdf" in told
        assert "Bifoga underlag" not in told
        assert "Faktura: faktura 7.pdf" in section(shown(reader, walk.case.get_absolute_url()), "etapper")
        assert signed_in(reader).get(one.attachment.get_absolute_url()).status_code == 200
        assert signed_in(walk.cast.outsider()).get(one.attachment.get_absolute_url()).status_code == 404
        removal = f"{address}{one.attachment.public_id}/ta-bort/"
        assert signed_in(reader).post(removal).status_code == 409
        assert "finns kvar i ärendet" in client.get(removal).content.decode()
        assert client.post(removal).status_code == 302
        assert client.post(removal).status_code == 404
        assert "Inget underlag är bifogat än." in text_of(shown(reader, address))

    def test_a_participants_lead_is_only_offered_her_own(self, walk: Walk) -> None:
        vara, given = walk.cast.lead("vara"), {"kind": "development", "value": "actual", "date": TODAY}
        walk.act(Act.RECORD_COST, vara, amount=Decimal(5), organisation=walk.cast.orgs["vara"], **given)
        form = signed_in(vara).get(f"{walk.case.get_absolute_url()}etapper/underlag/").context["form"]
        assert list(form.rows) == [f"kostnad-{walk.case.costs.latest('pk').pk}"]

    def test_nobody_adds_to_what_is_not_carried_out(self, cast: Cast, client: Client) -> None:
        case: Case = Walk(cast).to(Status.PRIORITISED).case
        client.force_login(cast.lead())
        assert client.post(f"{case.get_absolute_url()}etapper/underlag/", {}).status_code == 409
