"""Plans that change, costs that are put right, and evidence: by the acts themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.actions import attach, remove_attachment
from governance.acts import Act
from governance.models import ComingStage, Cost, Evidence, RetentionRule, Stage
from governance.presenting.telling import tell
from governance.statuses import Status
from initiatives.models import Attachment
from tests.cast import Cast
from tests.initiatives.files import pdf, picture
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def ahead(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.fixture(autouse=True)
def _files_in_memory(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """In Genomförande, led by Skara with Vara and Lidköping; a förstudie goes on."""
    return Walk(cast).to(Status.IN_PROGRESS)


def replan(walk: Walk, planned: Any, **given: Any) -> Any:
    return walk.act(Act.REPLAN, walk.lead, **{"planned": planned, "motivation": "Leverantören dröjer.", **given})


def refused(walk: Walk, sentence: str, act: Act, by: Any = None, **given: Any) -> None:
    """The act is refused with the sentence, and leaves neither event nor row."""
    before = (walk.case.events.count(), Cost.objects.count(), ComingStage.objects.count(), Stage.objects.count())
    with pytest.raises(Refused, match=sentence):
        walk.act(act, by or walk.lead, **given)
    after = (walk.case.events.count(), Cost.objects.count(), ComingStage.objects.count(), Stage.objects.count())
    assert before == after


class TestPlans:
    def test_a_moved_end_keeps_what_was_planned_before_and_why(self, walk: Walk) -> None:
        stage = walk.case.stages.get()
        replan(walk, stage, planned_end=ahead(10))
        event = replan(walk, stage, planned_end=ahead(40))
        stage.refresh_from_db()
        assert stage.planned_end == ahead(40)
        assert [plan.planned_end for plan in stage.earlier_plans.all()] == [None, ahead(10)]
        assert event.text == "Leverantören dröjer."
        assert "etapp 1, förstudie" in tell(event).text
        assert "förut" in tell(event).text

    def test_a_coming_stage_is_planned_moved_and_begun_with_its_history(self, walk: Walk) -> None:
        new = {"stage_type": "project", "planned_start": ahead(20), "planned_end": ahead(80)}
        replan(walk, "new", **new)
        coming = ComingStage.objects.get()
        assert walk.case.stages.count() == 1, "nothing that counts stages counts it"
        replan(walk, coming, planned_end=ahead(90))
        walk.act(Act.START_STAGE, walk.lead, stage_type="project", start=TODAY, coming=coming)
        stage = walk.case.stages.latest("number")
        assert (stage.start, stage.planned_start, stage.planned_end) == (TODAY, ahead(20), ahead(90))
        assert [plan.planned_end for plan in stage.earlier_plans.all()] == [ahead(80)]
        assert not ComingStage.objects.waiting().exists()
        refused(walk, "finns inte längre i planen", Act.START_STAGE, stage_type="project", start=TODAY, coming=coming)

    def test_a_stage_that_begins_with_another_end_has_moved_its_plan(self, walk: Walk) -> None:
        replan(walk, "new", stage_type="project", planned_start=ahead(20), planned_end=ahead(80))
        coming = ComingStage.objects.get()
        given = {"start": TODAY, "coming": coming, "planned_end": ahead(100)}
        refused(walk, "I planen är etappen projekt", Act.START_STAGE, stage_type="assignment", **given)
        walk.act(Act.START_STAGE, walk.lead, stage_type="project", **given)
        stage = walk.case.stages.latest("number")
        assert stage.planned_end == ahead(100)
        assert [plan.planned_end for plan in stage.earlier_plans.all()] == [ahead(80)]

    def test_a_coming_stage_is_dropped_and_stays_in_the_record(self, walk: Walk) -> None:
        replan(walk, "new", stage_type="project", planned_start=ahead(20), planned_end=ahead(80))
        coming = ComingStage.objects.get()
        event = replan(walk, coming, dropped=True)
        coming.refresh_from_db()
        assert coming.dropped_in == event
        assert "blir inte av" in tell(event).text
        assert not walk.case.coming_stages.waiting().exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            coming.delete()

    def test_what_a_plan_cannot_be(self, walk: Walk, cast: Cast) -> None:
        stage = walk.case.stages.get()
        why = {"motivation": "Därför."}
        replan(walk, stage, planned_end=ahead(10))
        for sentence, given in (
            ("Så är det redan planerat", {"planned": stage, "planned_end": ahead(10)}),
            ("innan den börjat", {"planned": stage, "planned_end": ahead(-1)}),
            ("Ange när etappen nu beräknas vara klar", {"planned": stage}),
            ("har redan börjat", {"planned": stage, "planned_start": ahead(1), "planned_end": ahead(20)}),
            ("Etappen har börjat", {"planned": stage, "dropped": True}),
            ("Välj vilken sorts etapp", {"planned": "new", "planned_start": ahead(1), "planned_end": ahead(2)}),
            ("planerad att börja", {"planned": "new", "stage_type": "project", "planned_end": ahead(2)}),
            (
                "sluta innan den börjar",
                {"planned": "new", "stage_type": "project", "planned_start": ahead(3), "planned_end": ahead(2)},
            ),
        ):
            refused(walk, sentence, Act.REPLAN, **given, **why)
        refused(walk, "Skriv en motivering", Act.REPLAN, planned=stage, planned_end=ahead(20))
        refused(walk, "roll du har nu", Act.REPLAN, cast.lead("vara"), planned=stage, planned_end=ahead(20), **why)
        walk.end_stage()
        refused(walk, "redan avslutad", Act.REPLAN, planned=stage, planned_end=ahead(20), **why)


class TestCosts:
    def test_a_wrong_row_stays_and_another_counts(self, walk: Walk) -> None:
        walk.record_cost(12_000)
        wrong = walk.case.costs.latest("pk")
        event = walk.record_cost(1_200, corrects=wrong, motivation="En nolla för mycket.")
        wrong.refresh_from_db()
        right = walk.case.costs.latest("pk")
        assert (wrong.corrected_in, wrong.replaced_by, wrong.amount) == (event, right, Decimal(12_000))
        assert list(walk.case.costs.standing().filter(value="actual")) == [right]
        assert "rättar utveckling, utfall" in tell(event).text
        refused(
            walk, "redan rättad", Act.RECORD_COST,
            kind="development", value="actual", amount=Decimal(1), date=TODAY, corrects=wrong, motivation="Igen.",
        )  # fmt: skip

    def test_a_cost_that_never_was(self, walk: Walk) -> None:
        walk.record_cost(500)
        wrong = walk.case.costs.latest("pk")
        event = walk.record_cost(500, corrects=wrong, never_was=True, motivation="Hör till ett annat initiativ.")
        wrong.refresh_from_db()
        assert (wrong.corrected_in, wrong.replaced_by) == (event, None)
        assert not walk.case.costs.standing().filter(value="actual").exists()
        assert tell(event).text.endswith("som inte ska finnas")
        assert "500 kr, rättar" not in tell(event).text

    def test_a_new_yearly_amount_ends_the_old_one_the_day_before(self, walk: Walk) -> None:
        first = TODAY - dt.timedelta(days=100)
        walk.record_cost(40_000, "operation", date=first)
        old = walk.case.costs.latest("pk")
        given = {"kind": "operation", "value": "actual", "amount": Decimal(52_000), "instead_of": old}
        refused(walk, "efter det som upphör", Act.RECORD_COST, date=first, **given)
        refused(walk, "samma slag", Act.RECORD_COST, **{**given, "kind": "maintenance", "date": TODAY})
        refused(walk, "samma slag", Act.RECORD_COST, **{**given, "value": "budget", "date": TODAY})
        walk.act(Act.RECORD_COST, walk.lead, date=TODAY, **given)
        old.refresh_from_db()
        assert (old.until, old.amount) == (TODAY - dt.timedelta(days=1), Decimal(40_000))
        assert walk.case.costs.standing().running().count() == 2
        refused(walk, "redan upphört", Act.RECORD_COST, date=TODAY, **given)

    def test_a_correction_says_what_was_wrong_and_a_participant_corrects_her_own(self, walk: Walk, cast: Cast) -> None:
        vara = cast.lead("vara")
        cost = {"kind": "development", "value": "actual", "amount": Decimal(5), "date": TODAY}
        walk.act(Act.RECORD_COST, vara, organisation=cast.orgs["vara"], **cost)
        varas = walk.case.costs.latest("pk")
        walk.record_cost(7)
        common = walk.case.costs.latest("pk")
        refused(walk, "Skriv vad som var fel", Act.RECORD_COST, corrects=varas, **cost)
        refused(walk, "Välj vilken kostnad", Act.RECORD_COST, never_was=True, **cost)
        refused(walk, "din egen kommun betalar", Act.RECORD_COST, vara, corrects=common, motivation="Fel.", **cost)
        walk.act(Act.RECORD_COST, vara, corrects=varas, motivation="Fel.", organisation=cast.orgs["vara"], **cost)
        assert walk.case.costs.filter(corrected_in__isnull=False).get() == varas

    def test_the_database_keeps_corrections_and_amounts_as_before(self, walk: Walk) -> None:
        walk.record_cost(5)
        cost = walk.case.costs.latest("pk")
        for wrong in ({"replaced_by": cost}, {"replaced_by": walk.case.costs.exclude(pk=cost.pk).first()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Cost.objects.filter(pk=cost.pk).update(**wrong)


class TestEvidence:
    def add(self, walk: Walk, of: Any, by: Any = None, content: bytes | None = None, name: str = "faktura.pdf") -> None:
        file = ContentFile(content or pdf(), name)
        about = {"belongs_to": of, "evidence_kind": "invoice"}
        attach(case=walk.case, by=by or walk.lead, file=file, name=name, about=about)

    def test_it_belongs_to_a_stage_or_a_cost_and_never_to_the_text(self, walk: Walk) -> None:
        walk.record_cost(5)
        cost, stage = walk.case.costs.latest("pk"), walk.case.stages.get()
        self.add(walk, cost)
        self.add(walk, stage)  # the same invoice may speak of both
        assert [one.cost or one.stage for one in Evidence.objects.current()] == [cost, stage]
        assert not walk.case.initiative.attachments.current().exists()
        assert walk.case.initiative.attachments.readable().count() == 2
        event = walk.case.events.latest("id")
        assert tell(event).text == "Bilaga tillagd: faktura.pdf, till etapp 1, förstudie"
        with pytest.raises(Refused, match="finns redan där"):
            self.add(walk, stage)

    def test_what_is_removed_is_marked_and_still_read(self, walk: Walk) -> None:
        self.add(walk, walk.case.stages.get())
        file = Attachment.objects.get()
        remove_attachment(case=walk.case, by=walk.lead, attachment=file)
        assert not Evidence.objects.current().exists()
        assert list(walk.case.initiative.attachments.readable()) == [file]
        assert walk.case.events.latest("id").kind == Act.REMOVE_ATTACHMENT
        with pytest.raises(Refused, match="redan borttagen"):
            remove_attachment(case=walk.case, by=walk.lead, attachment=file)
        self.add(walk, walk.case.stages.get())  # and may come back

    def test_no_rule_of_the_owners_destroys_it_with_the_attachments(self, walk: Walk, cast: Cast) -> None:
        """Skara's rule about what has ended would take an invoice that Vara has paid."""
        vara, director = cast.lead("vara"), cast.director()
        cost = {"kind": "development", "value": "actual", "amount": Decimal(5), "date": TODAY}
        walk.act(Act.RECORD_COST, vara, organisation=cast.orgs["vara"], **cost)
        self.add(walk, walk.case.costs.latest("pk"), vara)
        walk.end_stage()
        walk.act(Act.END_UNREALISED, director, **decision(director))
        invoice = Attachment.objects.get()
        text = Attachment.objects.create(
            initiative=invoice.initiative, file="x", name="ritning.pdf", content_type="application/pdf", size=1,
            sha256="0" * 64, uploaded_by_name="Ada", uploaded_at=timezone.now(),
        )  # fmt: skip
        rule = RetentionRule(organisation=cast.orgs["skara"], what="ended_attachments", years=1)
        assert list(rule.attachments_due(ahead(800))) == [text]

    def test_who_may(self, walk: Walk, cast: Cast) -> None:
        vara = cast.lead("vara")
        walk.act(
            Act.RECORD_COST, vara, kind="development", value="actual", amount=Decimal(5), date=TODAY,
            organisation=cast.orgs["vara"],
        )  # fmt: skip
        varas = walk.case.costs.latest("pk")
        walk.record_cost(7)
        self.add(walk, varas, vara)
        own = Attachment.objects.get()
        self.add(walk, walk.case.costs.latest("pk"))
        others = Attachment.objects.latest("pk")
        for of in (walk.case.stages.get(), walk.case.costs.latest("pk")):
            with pytest.raises(Refused, match="din egen kommun betalar"):
                self.add(walk, of, vara, picture(), "bild.png")
        with pytest.raises(Refused, match="din egen kommun betalar"):
            remove_attachment(case=walk.case, by=vara, attachment=others)
        for person in (cast.lead("essunga"), cast.director(), walk.author, cast.coordinator()):
            with pytest.raises(Refused, match="roll du har nu"):
                self.add(walk, varas, person, picture(), "bild.png")
        remove_attachment(case=walk.case, by=vara, attachment=own)

    def test_what_it_cannot_belong_to(self, walk: Walk, cast: Cast, settings: Any) -> None:
        walk.record_cost(5)
        wrong = walk.case.costs.latest("pk")
        self.add(walk, wrong)
        walk.record_cost(6, corrects=wrong, motivation="Fel.")
        wrong.refresh_from_db()
        assert Evidence.objects.get().cost == wrong.replaced_by, "it speaks of the row that stands"
        with pytest.raises(Refused, match="raden som står i stället"):
            self.add(walk, wrong)
        other = Walk(cast, "lidkoping").to(Status.IN_PROGRESS)
        with pytest.raises(Refused, match="annat initiativ"):
            self.add(walk, other.case.stages.get())
        settings.ATTACHMENT_COUNT = 1
        with pytest.raises(Refused, match="fler får det inte vara"):
            self.add(walk, wrong.replaced_by, content=picture(), name="bild.png")
        with pytest.raises(Refused, match="Välj vilken etapp eller kostnad"):
            attach(case=walk.case, by=walk.lead, file=ContentFile(picture()), name="bild.png")

    def test_the_text_keeps_its_own_while_the_work_goes_on(self, cast: Cast) -> None:
        walk = Walk(cast)
        attach(case=walk.case, by=walk.author, file=ContentFile(pdf()), name="behov.pdf")
        walk.to(Status.IN_PROGRESS)
        with pytest.raises(Refused, match="Bilagorna till beskrivningen går inte att ändra nu"):
            remove_attachment(case=walk.case, by=walk.lead, attachment=Attachment.objects.get())
