"""The survey as it is done: prepared, opened to those who have the roles, answered once, closed; and kept apart."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from followup.actions import close_overdue, close_survey, hand_in_answers, open_survey, prepare_survey, save_answers
from followup.actions.questionnaires import copy_questionnaire
from followup.actions.survey_answers import SavedElsewhere, Sending, Sheet
from followup.mail.jobs import close_surveys
from followup.models import (
    Invitation,
    Question,
    Questionnaire,
    Survey,
    SurveyAnswer,
    SurveyDraft,
    SurveyResponse,
    SurveyText,
)
from followup.surveying import Standing
from governance.models import Event
from tests.at_once import at_once
from tests.cast import Cast
from v6portal.organizations.actions import appoint
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

from .enquiring import CODES, FORTNIGHT, NOW, all_the_same, answer, closed, opened, people, terms

pytestmark = pytest.mark.django_db


def invited(survey: Survey) -> dict[str, str]:
    return {
        one.user.username: one.organisation.key for one in survey.invitations.select_related("user", "organisation")
    }


def refused_by_the_database(work) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        work()


class TestPreparing:
    def test_the_coordinator_and_nobody_else(self, cast: Cast) -> None:
        for person in (cast.director(), cast.admin(), cast.network()):
            with pytest.raises(Refused, match="Bara V6-samordnaren"):
                prepare_survey(period=NOW, terms=terms(), by=person)
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        with pytest.raises(Refused, match="Bara V6-samordnaren"):
            open_survey(survey=survey, by=cast.director())
        assert not Event.objects.filter(kind="open_survey").exists()

    def test_its_terms_can_be_others_until_it_is_opened(self, cast: Cast) -> None:
        cast.director()
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        again = prepare_survey(
            period=NOW, terms=terms(is_anonymous=False, roles=(Role.DIRECTOR,)), by=cast.coordinator()
        )
        assert again == survey
        assert (again.is_anonymous, again.roles) == (False, ["director"])
        open_survey(survey=survey, by=cast.coordinator())
        with pytest.raises(Refused, match="Enkäten är öppnad"):
            prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        assert [event.kind for event in Event.objects.order_by("id")] == [
            "prepare_survey",
            "prepare_survey",
            "open_survey",
        ]

    def test_one_for_a_half_year_and_the_database_keeps_it(self, cast: Cast) -> None:
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        survey.pk = None
        refused_by_the_database(survey.save)

    def test_a_questionnaire_without_statements_asks_nothing(self, cast: Cast) -> None:
        empty = Questionnaire.objects.create(version="tom", name="Tom", **{f"level_{n}": str(n) for n in range(1, 6)})
        with pytest.raises(Refused, match="saknar påståenden"):
            prepare_survey(period=NOW, terms=terms(questionnaire=empty), by=cast.coordinator())
        with pytest.raises(Refused, match="minst en roll"):
            prepare_survey(period=NOW, terms=terms(roles=()), by=cast.coordinator())


class TestInviting:
    def test_those_with_the_role_that_day_each_once_where_she_has_it_first(self, cast: Cast) -> None:
        director, reader = cast.director("skara"), cast.reader("skara")
        cast.membership(cast.staff("vara"), Role.DIRECTOR, "essunga")
        gone = cast.staff("gotene")
        gone.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
        shut = cast.staff("lidkoping")
        User.objects.filter(pk=shut.pk).update(is_active=False)
        (held,) = director.current_memberships
        fortnight = {"first": timezone.localdate(), "last": timezone.localdate() + FORTNIGHT}
        appoint(held=held, stand_in=reader, basis="Delegation 1", by=director, **fortnight)
        survey = opened(cast)
        assert invited(survey) == {"director.skara": "skara", "staff.vara": "essunga"}

    def test_who_gets_the_role_later_is_not_and_who_loses_it_still_is(self, cast: Cast) -> None:
        early = cast.director("skara")
        survey = opened(cast)
        late = cast.director("vara")
        with pytest.raises(Refused, match="inte inbjuden"):
            hand_in_answers(survey=survey, by=late, sheet=all_the_same(3))
        early.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
        hand_in_answers(survey=survey, by=User.objects.get(pk=early.pk), sheet=all_the_same(3))
        assert SurveyResponse.objects.count() == 1

    def test_nobody_to_invite_or_others_than_the_page_said_is_told(self, cast: Cast) -> None:
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        with pytest.raises(Refused, match="Ingen har någon av rollerna"):
            open_survey(survey=survey, by=cast.coordinator())
        cast.director("vara")
        with pytest.raises(Refused, match="andra som bjuds in"):
            open_survey(survey=survey, by=cast.coordinator(), seen=2)
        open_survey(survey=survey, by=cast.coordinator(), seen=1)
        refused_by_the_database(lambda: Invitation.objects.get().delete())


class TestAnswering:
    def test_saved_as_one_goes_and_handed_in_once(self, cast: Cast) -> None:
        person = cast.director()
        survey = opened(cast)
        save_answers(survey=survey, by=person, sheet=Sheet({"takt-egen": 2, "mal-egna": None}, "Halvskrivet"))
        draft = SurveyDraft.objects.get()
        assert (draft.values, draft.free_text) == ({"takt-egen": 2, "mal-egna": None}, "Halvskrivet")
        with pytest.raises(Refused, match="Svara på alla påståenden"):
            hand_in_answers(survey=survey, by=person, sheet=Sheet({"takt-egen": 2}))
        hand_in_answers(survey=survey, by=person, sheet=all_the_same(4, "  Bra möten.  "))
        assert not SurveyDraft.objects.exists()
        assert set(SurveyAnswer.objects.values_list("question__code", "value")) == {(code, 4) for code in CODES}
        assert SurveyText.objects.get().text == "Bra möten."
        for again in (hand_in_answers, save_answers):
            with pytest.raises(Refused, match="redan lämnat ditt svar"):
                again(survey=survey, by=person, sheet=all_the_same(1))
        assert SurveyResponse.objects.count() == 1
        refused_by_the_database(lambda: Invitation.objects.update(has_answered=False))

    def test_another_page_of_hers_is_told(self, cast: Cast) -> None:
        person = cast.director()
        survey = opened(cast)
        save_answers(survey=survey, by=person, sheet=Sheet({"takt-egen": 2}), sending=Sending(0, "one", 1))
        save_answers(survey=survey, by=person, sheet=Sheet({"takt-egen": 3}), sending=Sending(0, "one", 2))
        for act, sheet in ((save_answers, Sheet({"takt-egen": 5})), (hand_in_answers, all_the_same(5))):
            with pytest.raises(SavedElsewhere):
                act(survey=survey, by=person, sheet=sheet, sending=Sending(0, "two", 1))
        assert SurveyDraft.objects.get().values == {"takt-egen": 3}
        save_answers(survey=survey, by=person, sheet=Sheet({"takt-egen": 5}), sending=Sending(2, "two", 2))
        assert SurveyDraft.objects.get().values == {"takt-egen": 5}

    def test_not_before_it_is_opened_nor_after_it_is_closed(self, cast: Cast) -> None:
        person = cast.director()
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        with pytest.raises(Refused, match="inte inbjuden"):
            save_answers(survey=survey, by=person, sheet=all_the_same(3))
        open_survey(survey=survey, by=cast.coordinator())
        close_survey(survey=survey, by=cast.coordinator())
        with pytest.raises(Refused, match="Enkäten är stängd"):
            hand_in_answers(survey=survey, by=person, sheet=all_the_same(3))

    def test_the_database_takes_no_answer_before_or_after_and_changes_none(self, cast: Cast) -> None:
        person = cast.director()
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        new = SurveyResponse(survey=survey, organisation=cast.orgs["skara"])
        refused_by_the_database(new.save)
        open_survey(survey=survey, by=cast.coordinator())
        hand_in_answers(survey=survey, by=person, sheet=all_the_same(4, "Ord"))
        close_survey(survey=survey, by=cast.coordinator())
        refused_by_the_database(new.save)
        kept: list[type[Model]] = [SurveyResponse, SurveyAnswer, SurveyText]
        for table in kept:
            row = table._default_manager.first()
            assert row is not None
            refused_by_the_database(row.delete)
            refused_by_the_database(row.save)

    @pytest.mark.django_db(transaction=True)
    def test_two_presses_in_the_same_instant_are_one_answer(self, cast: Cast) -> None:
        person = cast.director()
        survey = opened(cast)

        def press() -> None:
            hand_in_answers(survey=survey, by=User.objects.get(pk=person.pk), sheet=all_the_same(4))

        outcomes = at_once([press, press])
        assert [type(one) for one in outcomes if one is not None] == [Refused]
        assert (SurveyResponse.objects.count(), SurveyAnswer.objects.count()) == (1, 10)
        assert Event.objects.filter(kind="answer_survey").count() == 1


class TestClosing:
    def test_it_closes_on_its_day_whether_or_not_the_worker_stands_still(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person, begun = cast.director("skara"), cast.director("vara")
        survey = opened(cast)
        save_answers(survey=survey, by=begun, sheet=Sheet({"takt-egen": 2}))
        later = timezone.now() + dt.timedelta(days=15)
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)
        assert survey.standing(timezone.localdate()) is Standing.CLOSED
        with pytest.raises(Refused, match="Enkäten är stängd"):
            hand_in_answers(survey=survey, by=person, sheet=all_the_same(3))
        close_surveys(0)
        assert close_overdue() == 0
        survey.refresh_from_db()
        assert survey.closed_at == later
        assert not survey.closed_early
        assert not SurveyDraft.objects.exists()
        event = Event.objects.get(kind="close_survey")
        assert (event.actor, event.actor_name, event.data) == (None, "Portalen", {"survey": NOW.code, "answers": 0})

    def test_not_the_day_before_it_is_over(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        cast.director("skara")
        opened(cast)
        assert close_overdue(timezone.localdate() + FORTNIGHT) == 0
        assert close_overdue(timezone.localdate() + FORTNIGHT + dt.timedelta(days=1)) == 1

    def test_an_opened_survey_is_locked_and_so_are_its_questions(self, cast: Cast) -> None:
        cast.director("skara")
        survey = opened(cast)
        questionnaire = survey.questionnaire
        for change in (
            {"last_day": timezone.localdate()},
            {"is_anonymous": False},
            {"roles": ["lead"]},
            {"half": 3 - survey.half},
            {"opened_at": None},
        ):
            refused_by_the_database(lambda change=change: Survey.objects.update(**change))
        refused_by_the_database(survey.delete)
        refused_by_the_database(lambda: Questionnaire.objects.update(level_1="Nej"))
        refused_by_the_database(lambda: Question.objects.filter(code="takt-egen").update(text="Annat"))
        refused_by_the_database(lambda: Question.objects.filter(code="takt-egen").delete())
        refused_by_the_database(lambda: questionnaire.questions.create(code="ny", theme="Takt", text="Nytt"))
        copy = copy_questionnaire(questionnaire=questionnaire, by=cast.admin())
        copy.questions.filter(code="takt-egen").update(text="I annan takt.")
        assert (copy.version, copy.questions.count()) == ("2", 10)
        with pytest.raises(Refused, match="Bara administratören"):
            copy_questionnaire(questionnaire=questionnaire, by=cast.coordinator())


def transactions(table: str) -> int:
    """How many transactions have written the rows that stand in the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"select count(distinct xmin::text) from {table}")
        return int(cursor.fetchone()[0])


class TestAnonymous:
    def test_no_answer_leads_to_a_person_and_the_log_has_no_word_of_it(self, cast: Cast) -> None:
        asked = people(cast, {"skara": 6})["skara"]
        survey = opened(cast)
        answer(survey, asked, [1, 2, 3, 4, 5, None], "Mycket särskilda ord")
        closed(cast, survey)
        foreign = {f.related_model for t in (SurveyResponse, SurveyAnswer, SurveyText) for f in t._meta.fields}
        assert User not in foreign
        assert set(SurveyResponse.objects.values_list("invitation", flat=True)) == {None}
        assert not [
            f.name for t in (SurveyResponse, SurveyAnswer, SurveyText) for f in t._meta.fields if "_at" in f.name
        ]
        for event in Event.objects.filter(kind="answer_survey"):
            assert (event.data, event.text, event.reference) == ({"survey": NOW.code}, "", f"Enkät {NOW.code}")
        assert "särskilda" not in json.dumps([event.data for event in Event.objects.all()])
        assert SurveyText.objects.get().author_name == ""
        assert not SurveyDraft.objects.exists()

    def test_neither_order_nor_transaction_nor_key_links_an_answer_to_the_log(self, cast: Cast) -> None:
        """As the database itself numbers rows: where they lie, and which transaction wrote them."""
        asked = people(cast, {"skara": 12})["skara"]
        survey = opened(cast)
        answer(survey, asked, [1] * 6 + [5] * 6)
        assert transactions("followup_surveyresponse") == 12
        before = set(SurveyResponse.objects.values_list("pk", flat=True))
        closed(cast, survey)
        after = set(SurveyResponse.objects.values_list("pk", flat=True))
        assert len(after) == 12
        assert not before & after
        for table in ("followup_surveyresponse", "followup_surveyanswer", "followup_surveytext"):
            assert transactions(table) <= 1
        with connection.cursor() as cursor:
            cursor.execute("select value from followup_surveyanswer order by ctid")
            in_the_table = [value for (value,) in cursor.fetchall()]
        assert in_the_table not in (sorted(in_the_table), sorted(in_the_table, reverse=True))

    def test_otherwise_the_answer_is_with_the_invitation_and_the_words_with_the_name(self, cast: Cast) -> None:
        person = cast.director()
        survey = opened(cast, is_anonymous=False)
        hand_in_answers(survey=survey, by=person, sheet=all_the_same(4, "Mina ord"))
        closed(cast, survey)
        response = SurveyResponse.objects.get()
        assert response.invitation is not None
        assert response.invitation.user == person
        assert SurveyText.objects.get().author_name == str(person)
