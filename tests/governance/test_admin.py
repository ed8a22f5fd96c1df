"""Principles and settings: valid from a day, and not changed once that day has come."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.models import Principle, ProcessSettings

TODAY = timezone.localdate()
TOMORROW = TODAY + dt.timedelta(days=1)

SETTINGS = {
    "kommun_minimum": "2",
    "v6_minimum": "2",
    "participant_minimum": "2",
    "interest_days": "30",
    "qualification_days": "10",
    "supplement_days": "14",
    "answer_days": "20",
    "prioritisation_days": "40",
    "decision_days": "30",
    "v6_answer_days": "20",
    "it_assessment_days": "20",
    "v6_prioritisation_days": "40",
    "start_days": "30",
    "report_days": "14",
    "cost_rule": "off",
    "late_rule": "nothing",
    "answers_shown": "own_given",
}
P5 = {"code": "P5", "title": "Kostnader delas", "text": "Ny lydelse.", "order": "5"}


@pytest.fixture
def admin_client(client, cast):
    client.force_login(cast.admin())
    return client


def add(client, model: str, form: dict[str, str]):
    return client.post(reverse(f"admin:governance_{model}_add"), form)


def at(model: str, what: str, pk: int) -> str:
    return reverse(f"admin:governance_{model}_{what}", args=[pk])


# --- Settings


def test_new_numbers_hold_from_their_day_and_not_before(admin_client) -> None:
    response = add(admin_client, "processsettings", {**SETTINGS, "valid_from": str(TOMORROW)})
    assert response.status_code == 302
    assert ProcessSettings.objects.on(TODAY).interest_days == 21
    assert ProcessSettings.objects.on(TOMORROW).interest_days == 30


def test_what_held_yesterday_is_not_changed_afterwards(admin_client) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    response = add(admin_client, "processsettings", {**SETTINGS, "valid_from": str(yesterday)})
    assert "ändras inte i efterhand" in response.content.decode()
    assert ProcessSettings.objects.count() == 1


def test_the_form_begins_with_the_numbers_of_today(admin_client) -> None:
    response = admin_client.get(reverse("admin:governance_processsettings_add"))
    initial = response.context["adminform"].form.initial
    assert initial["interest_days"] == 21
    assert initial["valid_from"] == TOMORROW


def test_settings_in_force_are_read_only(admin_client) -> None:
    held = ProcessSettings.objects.get()
    form = {**SETTINGS, "valid_from": "2024-01-01"}
    assert admin_client.post(at("processsettings", "change", held.pk), form).status_code == 403
    assert admin_client.post(at("processsettings", "delete", held.pk), {"post": "yes"}).status_code == 403


def test_settings_to_come_can_be_changed_and_taken_away(admin_client) -> None:
    coming = ProcessSettings.objects.create(valid_from=TOMORROW)
    form = {**SETTINGS, "valid_from": str(TOMORROW)}
    assert admin_client.post(at("processsettings", "change", coming.pk), form).status_code == 302
    assert ProcessSettings.objects.get(pk=coming.pk).interest_days == 30
    assert admin_client.post(at("processsettings", "delete", coming.pk), {"post": "yes"}).status_code == 302
    assert not ProcessSettings.objects.filter(pk=coming.pk).exists()


# --- Principles


def end(client, principle: Principle, last_day: dt.date):
    form = {"order": principle.order, "valid_to": str(last_day), "title": "Något annat", "text": "Något annat"}
    return client.post(at("principle", "change", principle.pk), form)


def test_a_new_wording_is_a_new_row_after_the_old_one(admin_client) -> None:
    old = Principle.objects.get(code="P5")
    assert end(admin_client, old, TODAY).status_code == 302
    assert add(admin_client, "principle", {**P5, "valid_from": str(TOMORROW)}).status_code == 302
    assert Principle.objects.on(TODAY).get(code="P5") == old
    assert Principle.objects.on(TOMORROW).get(code="P5").text == "Ny lydelse."


def test_the_wording_that_leaves_have_named_stays(admin_client) -> None:
    old = Principle.objects.get(code="P5")
    end(admin_client, old, TODAY)
    after = Principle.objects.get(pk=old.pk)
    assert (after.title, after.text, after.valid_from) == (old.title, old.text, old.valid_from)


def test_two_wordings_at_once_are_refused_in_words(admin_client) -> None:
    response = add(admin_client, "principle", {**P5, "valid_from": str(TOMORROW)})
    assert "Principen P5 har redan en lydelse under den tiden." in response.content.decode()
    assert Principle.objects.filter(code="P5").count() == 1


def test_nor_is_an_end_moved_into_the_next_wording(admin_client) -> None:
    old = Principle.objects.get(code="P5")
    end(admin_client, old, TODAY)
    add(admin_client, "principle", {**P5, "valid_from": str(TOMORROW)})
    response = end(admin_client, old, TOMORROW)
    assert "har redan en lydelse" in response.content.decode()


def test_a_principle_in_force_is_not_deleted(admin_client) -> None:
    held = Principle.objects.get(code="P5")
    assert admin_client.post(at("principle", "delete", held.pk), {"post": "yes"}).status_code == 403


def test_one_to_come_may_be(admin_client) -> None:
    add(admin_client, "principle", {**P5, "code": "P9", "valid_from": str(TOMORROW)})
    coming = Principle.objects.get(code="P9")
    assert admin_client.post(at("principle", "delete", coming.pk), {"post": "yes"}).status_code == 302


# --- The words of recommendations


def test_a_template_names_only_what_it_can_be_filled_with(admin_client) -> None:
    form = {
        "body": "network",
        "status": "in_progress",
        "stance": "approve",
        "text": "{organ} säger ja till {initiativ}.",
    }
    told = add(admin_client, "recommendationtemplate", form).content.decode()
    assert "{initiativ} finns inte. Det här går att använda: {referens}, {titel}, {kommuner}, {organ}." in told
    form["text"] = "{organ} säger ja till {titel}."
    assert add(admin_client, "recommendationtemplate", form).status_code == 302
    again = add(admin_client, "recommendationtemplate", form).content.decode()
    assert "Det finns redan en mall för det organet, läget och ställningstagandet." in again
