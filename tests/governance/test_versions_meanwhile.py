"""A new version is published while people answer: what has begun goes on as it began."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from governance.acts import Act
from governance.presenting import todo
from governance.reading import read_facts
from governance.statuses import Status
from initiatives.actions import versions
from initiatives.actions.assessing import Mark, Reply
from initiatives.models import AssessmentModel, Criterion, GateQuestion, GateReply, Level, Round
from tests.cast import Cast
from tests.walk import B_CODES, K_CODES, Walk, marks
from v6portal.organizations.errors import Refused

YES = Reply(GateReply.YES)
NEW_CODES = (*K_CODES[:5], "K7", *B_CODES)


def publish_another(cast: Cast) -> AssessmentModel:
    """Asks K2 in other words, K7 instead of K6, and scores N1 alone of what is good for people."""
    draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
    draft.gate_questions.filter(code="K2").update(text="Är behovet mätt?")
    draft.gate_questions.filter(code="K6").update(code="K7", text="Finns en tidplan?")
    draft.criteria.exclude(code__in=("N1", "G1")).delete()
    draft.criteria.update(weight=50)
    return versions.publish(model=draft, by=cast.admin())


def asked(client: Client, walk: Walk, level: str = "kommun") -> list[str]:
    page = client.get(f"/initiativ/{walk.case.initiative.reference}/fragor/{level}/")
    return [str(one.question) for one in page.context["form"].asked()]


def words(*codes: str, version: str = "2024.1") -> tuple[str, ...]:
    """The questions of a version in its words, as what remains is told."""
    found = dict(GateQuestion.objects.filter(model__version=version).values_list("code", "text"))
    return tuple(found[code] for code in codes)


class TestTheGate:
    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        return Walk(cast).to(Status.QUALIFYING)

    def test_begun_it_keeps_its_questions(self, cast: Cast, client: Client, walk: Walk) -> None:
        client.force_login(walk.lead)
        walk.act(Act.ANSWER_GATE, walk.lead, replies=dict.fromkeys(("K1", "K2"), YES))
        before = asked(client, walk)
        publish_another(cast)
        assert asked(client, walk) == before
        assert read_facts(walk.case).unanswered == {Level.KOMMUN: words("K3", "K4", "K5", "K6", *B_CODES)}
        walk.act(Act.ANSWER_GATE, walk.lead, replies=dict.fromkeys(("K3", "K4", "K5", "K6", *B_CODES), YES))
        assert walk.act(Act.QUALIFY, walk.lead).to_status == Status.QUALIFIED
        versions_of = walk.case.initiative.gate_answers.values_list("question__model__version", flat=True)
        assert set(versions_of) == {"2024.1"}

    def test_a_changed_answer_stays_in_its_version(self, cast: Cast, walk: Walk) -> None:
        walk.act(Act.ANSWER_GATE, walk.lead, replies={"K1": Reply(GateReply.UNCLEAR)})
        publish_another(cast)
        walk.act(Act.ANSWER_GATE, walk.lead, replies={"K1": YES})
        rows = walk.case.initiative.gate_answers.order_by("pk").values_list("question__model__version", "superseded")
        assert list(rows) == [("2024.1", True), ("2024.1", False)]

    def test_not_begun_it_asks_the_new_ones(self, cast: Cast, client: Client, walk: Walk) -> None:
        publish_another(cast)
        client.force_login(walk.lead)
        questions = asked(client, walk)
        assert "K2 Är behovet mätt?" in questions
        assert "K7 Finns en tidplan?" in questions
        walk.act(Act.ANSWER_GATE, walk.lead, replies=dict.fromkeys(NEW_CODES, YES))
        assert walk.act(Act.QUALIFY, walk.lead).to_status == Status.QUALIFIED

    def test_each_level_began_by_itself(self, cast: Cast, client: Client) -> None:
        """Answered at home under the old version; V6 asks the new one."""
        walk = Walk(cast).to(Status.V6_QUALIFYING)
        new = publish_another(cast)
        walk.act(Act.ANSWER_GATE, cast.coordinator(), replies={"S1": YES})
        answer = walk.case.initiative.gate_answers.get(question__level=Level.V6)
        assert answer.question.model == new

    def test_what_waits_says_the_same_as_the_case(self, cast: Cast, walk: Walk) -> None:
        """*Att göra* reads the version in SQL of its own."""
        begun, other = walk, Walk(cast, title="Ett annat").to(Status.QUALIFYING)
        begun.answer_k()
        new = publish_another(cast)
        lead = cast.lead()
        waits = {row.case.initiative.title: row.line.act for row in todo.described(todo.in_order(lead), lead)}
        assert read_facts(begun.case).unanswered == {Level.KOMMUN: ()}
        assert read_facts(other.case).unanswered == {Level.KOMMUN: words(*NEW_CODES, version=new.version)}
        assert waits == {begun.case.initiative.title: Act.QUALIFY, "Ett annat": Act.ANSWER_GATE}

    def test_read_afterwards_the_answers_stand_under_the_words_they_were_given_to(
        self, cast: Cast, client: Client, walk: Walk
    ) -> None:
        walk.answer_k()
        publish_another(cast)
        client.force_login(cast.reader())
        text = client.get(f"/initiativ/{walk.case.initiative.reference}/fragor/kommun/").content.decode()
        assert "Är behovet verifierat i verksamheten?" in text
        assert "Är behovet mätt?" not in text

    def test_a_page_opened_before_is_told_and_loses_nothing(self, cast: Cast, client: Client, walk: Walk) -> None:
        """The answer to one question must not land on another with the same code."""
        client.force_login(walk.lead)
        address = f"/initiativ/{walk.case.initiative.reference}/fragor/kommun/"
        form = client.get(address).context["form"]
        sent = {"version": form["version"].value(), "newest": 0, "reply_K2": "yes", "motivation_K2": "Vi frågade."}
        publish_another(cast)
        told = client.post(address, sent)
        text = told.content.decode()
        assert "Frågorna har kommit i en ny version medan du hade sidan öppen" in text
        assert "Är behovet mätt?" in text
        assert "Vi frågade.</textarea>" in text
        assert not walk.case.initiative.gate_answers.exists()
        sent["version"] = told.context["form"]["version"].value()
        assert client.post(address, sent).status_code == 302
        assert walk.case.initiative.gate_answers.get().question.text == "Är behovet mätt?"


class TestTheRound:
    def test_open_it_keeps_its_criteria_and_weights(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.QUALIFIED)
        publish_another(cast)
        walk.act(Act.ASSESS, walk.lead, marks={**marks(1), "N1": Mark(5)})
        held = Round.objects.get()
        assert (held.model.version, held.joint_score) == ("2024.1", 20)  # 100 · 20 · 4/4 ÷ 100

    def test_the_next_is_held_under_the_new_one(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.QUALIFYING)
        new = publish_another(cast)
        walk.act(Act.ANSWER_GATE, walk.lead, replies=dict.fromkeys(NEW_CODES, YES))
        walk.act(Act.QUALIFY, walk.lead)
        walk.act(Act.ASSESS, walk.lead, marks={"N1": Mark(5), "G1": Mark(1)})
        held = Round.objects.get()
        assert (held.model, held.joint_score) == (new, 50)  # 100 · 50 · 4/4 ÷ 100


class TestTheDatabaseKeepsIt:
    """Whoever asks, and however: what is published stays as it was."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda model: Criterion.objects.filter(model=model).update(weight=1),
            lambda model: Criterion.objects.filter(model=model).delete(),
            lambda model: Criterion.objects.create(model=model, code="X", name="X", axis="benefit", weight=1),
            lambda model: GateQuestion.objects.filter(model=model).update(text="X"),
            lambda model: GateQuestion.objects.filter(model=model, code="K1").delete(),
            lambda model: GateQuestion.objects.create(model=model, code="X", level="kommun", text="X"),
            lambda model: AssessmentModel.objects.filter(pk=model.pk).update(published_at=None),
            lambda model: AssessmentModel.objects.filter(pk=model.pk).update(version="X"),
            lambda model: AssessmentModel.objects.filter(pk=model.pk).update(name="X"),
            lambda model: AssessmentModel.objects.filter(pk=model.pk)._raw_delete("default"),
        ],
    )
    def test_nothing_is_changed_added_or_removed(self, db: None, change: Any) -> None:
        with pytest.raises(DatabaseError, match="Gör en ny version"), transaction.atomic():
            change(AssessmentModel.objects.current())

    @pytest.mark.parametrize("kept", [Criterion, GateQuestion])
    def test_nor_moved_in_or_out(self, cast: Cast, kept: Any) -> None:
        published = AssessmentModel.objects.current()
        draft = versions.copy(model=published, by=cast.admin())
        for source, target in ((draft, published), (published, draft)):
            row = kept.objects.filter(model=source).first()
            with pytest.raises(DatabaseError, match="Gör en ny version"), transaction.atomic():
                kept.objects.filter(pk=row.pk).update(model=target, code="X")

    def test_a_draft_is_free(self, cast: Cast) -> None:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        draft.criteria.update(weight=1)
        draft.criteria.first().delete()
        AssessmentModel.objects.filter(pk=draft.pk).update(name="X")
        draft.delete()
        assert AssessmentModel.objects.count() == 1

    def test_nobody_is_named_as_the_publisher_of_a_draft(self, cast: Cast) -> None:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        with pytest.raises(DatabaseError, match="only_a_published_model_has_a_publisher"), transaction.atomic():
            AssessmentModel.objects.filter(pk=draft.pk).update(published_by_name="X")


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_an_edit_in_the_middle_of_a_publication_waits_and_is_refused(self, cast: Cast) -> None:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            versions.publish(model=draft, by=cast.admin())
            edit = pool.submit(_elsewhere, lambda: draft.criteria.filter(code="N1").update(weight=1))
            _until_somebody_waits()
        assert "Gör en ny version" in str(edit.result())
        assert draft.criteria.get(code="N1").weight == 20

    def test_a_publication_in_the_middle_of_an_edit_waits_and_sees_it(self, cast: Cast) -> None:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            draft.criteria.filter(code="N1").update(weight=15)
            publication = pool.submit(_elsewhere, lambda: versions.publish(model=draft, by=cast.admin()))
            _until_somebody_waits()
        assert "Vikterna blir 95 av 100; 5 fattas." in str(publication.result())
        assert not AssessmentModel.objects.get(pk=draft.pk).is_published

    def test_of_two_who_publish_one_is_told(self, cast: Cast) -> None:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            versions.publish(model=draft, by=cast.admin())
            other = pool.submit(_elsewhere, lambda: versions.publish(model=draft, by=cast.admin()))
            _until_somebody_waits()
        assert "är redan publicerad" in str(other.result())

    def test_a_form_saved_in_the_middle_of_a_publication_is_refused_in_words(self, cast: Cast) -> None:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        client, address = Client(), f"/admin/initiatives/assessmentmodel/{draft.pk}/change/"
        client.force_login(cast.admin())
        client.get("/admin/")
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            versions.publish(model=draft, by=cast.admin())
            saved = pool.submit(_elsewhere, lambda: client.post(address, {"version": "X", "name": "X"}))
            _until_somebody_waits()
        answer = saved.result()
        assert answer.status_code == 403
        assert "är publicerad och låst." in answer.content.decode()


def _elsewhere(act: Any) -> Any:
    """In a thread, so on a connection of its own: what it gives, or what it was refused with."""
    try:
        return act()
    except (DatabaseError, Refused) as refusal:
        return refusal
    finally:
        connection.close()


def _until_somebody_waits() -> None:
    """Until another connection to this database stands in line for a lock."""
    waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _try in range(600):
            cursor.execute("select pg_stat_clear_snapshot()")  # else a transaction sees one moment of it all along
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            cursor.execute("select pg_sleep(0.05)")
    raise AssertionError("nobody waits")
