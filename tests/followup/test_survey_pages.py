"""The survey's pages as each gets them, without JavaScript: prepared, opened, answered, closed, read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from followup.actions import prepare_survey, save_answers
from followup.actions.survey_answers import Sheet
from followup.models import Invitation, Questionnaire, Survey, SurveyDraft, SurveyResponse
from tests.cast import Cast
from v6portal.organizations.models import User

from .enquiring import CODES, FORTNIGHT, NOW, closed, opened, people, terms
from .reporting import signed_in, text_of

pytestmark = pytest.mark.django_db

ADDRESS = f"/enkat/{NOW.code}/"


def text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return text_of(page.content.decode())


def sheet(value: str, **more: Any) -> dict[str, Any]:
    return {**{f"q_{code}": value for code in CODES}, **more}


def opened_page(client: Client) -> dict[str, Any]:
    """What the page's hidden fields hold."""
    form = client.get(ADDRESS).context["form"]
    return {name: form[name].value() for name in ("version", "token", "sequence", "writer")}


class TestTheCoordinator:
    def test_prepares_opens_and_closes(self, cast: Cast) -> None:
        cast.director("skara"), cast.director("vara")
        client = signed_in(cast.coordinator())
        assert "Välj frågor, sista dag och vilka roller som bjuds in." in text(client, "/enkat/")
        wrong = client.post("/enkat/ny/", {"period": NOW.code, "anonymous": "yes", "questionnaire": "0"})
        told = text_of(wrong.content.decode())
        assert "Ange sista dagen att svara." in told
        assert "Välj minst en roll." in told
        given = {
            "period": NOW.code,
            "questionnaire": Questionnaire.objects.get().pk,
            "last_day": (timezone.localdate() + FORTNIGHT).isoformat(),
            "roles": ["director", "staff"],
            "anonymous": "yes",
        }
        page = client.post("/enkat/ny/", given, follow=True)
        assert "2 personer bjuds in med mejl" in text_of(page.content.decode())
        page = client.post(f"{ADDRESS}hantera/", {"open": "1", "seen": "2"}, follow=True)
        assert "Enkäten är öppen och 2 personer är inbjudna." in text_of(page.content.decode())
        assert client.get(f"{ADDRESS}forbered/").status_code == 302
        page = client.post(f"{ADDRESS}hantera/", {"close": "1"}, follow=True)
        assert "Enkäten är stängd. Nu syns resultatet." in text_of(page.content.decode())
        page = client.post(f"{ADDRESS}hantera/", {"open": "1", "seen": "2"}, follow=True)
        assert "Enkäten är redan öppnad." in text_of(page.content.decode())

    def test_is_told_when_the_half_year_has_one_or_others_would_be_invited(self, cast: Cast) -> None:
        cast.director("skara")
        survey = prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        client = signed_in(cast.coordinator())
        given = {
            "period": NOW.code,
            "questionnaire": survey.questionnaire_id,
            "last_day": survey.last_day.isoformat(),
            "roles": ["director"],
            "anonymous": "no",
        }
        page = client.post("/enkat/ny/", given)
        assert "Någon annan har förberett enkäten" in text_of(page.content.decode())
        assert Survey.objects.get().is_anonymous
        client.post("/enkat/ny/", {**given, "seen": page.context["form"]["seen"].value()})
        assert not Survey.objects.get().is_anonymous
        cast.director("vara")
        page = client.post(f"{ADDRESS}hantera/", {"open": "1", "seen": "1"}, follow=True)
        assert "Det är andra som bjuds in nu" in text_of(page.content.decode())
        survey.refresh_from_db()
        assert survey.opened_at is None
        Survey.objects.update(last_day=timezone.localdate())
        assert "Sista dagen måste ligga efter i dag." in text(client, f"{ADDRESS}hantera/")

    def test_nobody_else_comes_in(self, cast: Cast) -> None:
        cast.director("skara")
        prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
        for person in (cast.director("skara"), cast.admin(), cast.network()):
            client = signed_in(person)
            for page in ("hantera/", "forbered/", "fritexter/"):
                assert client.get(ADDRESS + page).status_code == 403
            assert client.post(f"{ADDRESS}hantera/", {"open": "1", "seen": "1"}).status_code == 403


class TestAnswering:
    @pytest.fixture
    def director(self, cast: Cast) -> User:
        person = cast.director("skara")
        opened(cast)
        return person

    def test_it_stands_on_the_first_page_until_it_is_answered(self, director: User) -> None:
        client = signed_in(director)
        assert f"Enkät att besvara: samverkan i V6, {NOW.label}." in text(client, "/")
        client.post(ADDRESS, {**sheet("4"), **opened_page(client), "hand_in": "1"})
        assert "Enkät att besvara" not in text(client, "/")

    def test_saved_half_done_and_come_back_to(self, director: User) -> None:
        client = signed_in(director)
        answers = {"q_takt-egen": "2", "q_mal-egna": "outside", "free_text": "Halvskrivet"}
        page = client.post(ADDRESS, {**answers, **opened_page(client), "save": "1"}, follow=True)
        assert "Sparat. Bara du ser svaren tills du lämnar dem." in text_of(page.content.decode())
        assert SurveyDraft.objects.get().values == {"takt-egen": 2, "mal-egna": None}
        again = client.get(ADDRESS)
        assert "2 av 10 besvarade" in text_of(again.content.decode())
        assert again.context["form"]["free_text"].value() == "Halvskrivet"

    def test_handing_in_half_says_what_is_left_and_loses_nothing(self, director: User) -> None:
        client = signed_in(director)
        page = client.post(ADDRESS, {"q_takt-egen": "2", **opened_page(client), "hand_in": "1"})
        told = text_of(page.content.decode())
        assert told.count("Välj ett svar, eller ”vet inte eller vill inte svara”.") == 18  # in the summary and beside
        assert page.context["form"]["q_takt-egen"].value() == "2"
        assert not SurveyResponse.objects.exists()

    def test_a_receipt_and_then_it_is_shut(self, director: User) -> None:
        client = signed_in(director)
        page = client.post(ADDRESS, {**sheet("4"), **opened_page(client), "hand_in": "1"}, follow=True)
        told = text_of(page.content.decode())
        assert "Tack! Ditt svar är lämnat." in told
        assert "Ditt svar är inte knutet till dig och går inte att ändra." in told
        late = client.post(ADDRESS, {**sheet("1"), "hand_in": "1"})
        assert late.status_code == 409
        assert "Du har svarat." in text_of(late.content.decode())
        assert SurveyResponse.objects.count() == 1

    def test_two_tabs_are_told_of_each_other(self, director: User) -> None:
        client = signed_in(director)
        one, two = opened_page(client), opened_page(client)
        client.post(ADDRESS, {"q_takt-egen": "2", **one, "autosave": "1"}, headers={"HX-Request": "true"})
        page = client.post(ADDRESS, {"q_takt-egen": "5", **two, "autosave": "1"}, headers={"HX-Request": "true"})
        told = page.content.decode()
        assert 'data-outcome="collided"' in told
        assert "Sparat: Instämmer i låg grad Här: Instämmer helt" in text_of(told)
        page = client.post(ADDRESS, {"q_takt-egen": "5", **two, "save": "1"})
        assert "Du har sparat andra svar någon annanstans" in text_of(page.content.decode())
        client.post(ADDRESS, {"q_takt-egen": "5", **two, "chosen_against": "1"})
        assert SurveyDraft.objects.get().values == {"takt-egen": 5}

    def test_saved_by_itself_with_what_has_changed(self, director: User) -> None:
        client = signed_in(director)
        page = client.post(
            ADDRESS, {"q_takt-egen": "2", **opened_page(client), "autosave": "1"}, headers={"HX-Request": "true"}
        )
        told = page.content.decode()
        assert 'data-outcome="saved"' in told
        assert "1 av 10 besvarade" in text_of(told)
        assert '<input type="hidden" name="version" value="1"' in told

    def test_another_persons_page_does_not_answer_in_her_name(self, cast: Cast, director: User) -> None:
        client = signed_in(director)
        page = {**sheet("1"), **opened_page(client), "writer": "0"}
        assert client.post(ADDRESS, {**page, "autosave": "1"}, headers={"HX-Request": "true"}).status_code == 401
        told = text_of(client.post(ADDRESS, {**page, "hand_in": "1"}).content.decode())
        assert "Du är inloggad som någon annan nu" in told
        assert not SurveyDraft.objects.exists()
        assert not SurveyResponse.objects.exists()

    def test_what_is_no_answer_is_refused(self, director: User) -> None:
        client = signed_in(director)
        for odd in ("6", "0", "-1", "vet", "5.0"):
            client.post(ADDRESS, {**sheet(odd), **opened_page(client), "hand_in": "1"})
        page = client.post(ADDRESS, {**sheet("5"), "free_text": "o" * 2_001, **opened_page(client), "hand_in": "1"})
        assert list(page.context["form"].errors) == ["free_text"]
        assert not SurveyResponse.objects.exists()

    def test_the_first_page_and_this_one_cost_the_same_however_many_are_invited(
        self, cast: Cast, director: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        survey = Survey.objects.get()
        asked = people(cast, {"vara": 8})["vara"]
        Invitation.objects.bulk_create(
            Invitation(survey=survey, user=one, organisation=cast.orgs["vara"]) for one in asked
        )
        save_answers(survey=survey, by=director, sheet=Sheet({"takt-egen": 2}))
        client = signed_in(director)
        with django_assert_num_queries(10):
            client.get(ADDRESS)


def test_who_is_not_asked_and_what_is_not_open_is_said(cast: Cast) -> None:
    director = cast.director("skara")
    prepare_survey(period=NOW, terms=terms(), by=cast.coordinator())
    assert "Enkäten är inte öppen än." in text(signed_in(director), ADDRESS)
    Survey.objects.all().delete()
    survey = opened(cast)
    assert "Du är inte inbjuden till den här enkäten." in text(signed_in(cast.lead("vara")), ADDRESS)
    late = signed_in(cast.lead("vara")).post(ADDRESS, {**sheet("3"), "hand_in": "1"})
    assert late.status_code == 409
    closed(cast, survey)
    told = text(signed_in(director), ADDRESS)
    assert "Enkäten är stängd. Det går inte att svara längre." in told
    assert "Se resultatet" in told
    assert "Se resultatet" not in text(signed_in(cast.outsider()), ADDRESS)


def test_who_has_left_her_role_can_still_answer(cast: Cast) -> None:
    person = cast.director("skara")
    opened(cast)
    person.memberships.update(valid_to=timezone.localdate() - FORTNIGHT)
    client = signed_in(person)
    assert "Svara på enkäten" in text(client, "/")
    page = client.post(ADDRESS, {**sheet("4"), **opened_page(client), "hand_in": "1"}, follow=True)
    assert "Tack! Ditt svar är lämnat." in text_of(page.content.decode())


def test_while_it_is_open_nobody_sees_how_anybody_has_answered(cast: Cast) -> None:
    asked = people(cast, {"skara": 6})["skara"]
    survey = opened(cast)
    for person in asked[:5]:
        client = signed_in(person)
        client.post(ADDRESS, {**sheet("5"), **opened_page(client), "free_text": "Hemligt ord", "hand_in": "1"})
    assert SurveyResponse.objects.count() == 5
    coordinator = signed_in(cast.coordinator())
    assert "5 av 6 har svarat." in text(coordinator, f"{ADDRESS}hantera/")
    for reader in (coordinator, signed_in(asked[5]), signed_in(asked[0])):
        for address in ("/enkat/", ADDRESS, f"{ADDRESS}resultat/"):
            page = reader.get(address).content.decode()
            assert "Hemligt ord" not in page
            assert "Median" not in page
    assert coordinator.get(f"{ADDRESS}fritexter/").status_code == 302
    assert survey.responses.count() == 5
