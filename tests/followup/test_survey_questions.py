"""The survey's questions in Django admin: edited until a survey is opened with them, and copied after that."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from followup.models import Question, Questionnaire
from tests.cast import Cast

from .enquiring import opened
from .reporting import signed_in, text_of

pytestmark = pytest.mark.django_db

ADMIN = "/admin/followup/questionnaire/"


def as_shown(client: Client, address: str) -> dict[str, Any]:
    """What the page's form would send if nothing were changed."""
    page = client.get(address)
    forms = [
        page.context["adminform"].form,
        *(part.formset.management_form for part in page.context["inline_admin_formsets"]),
    ]
    forms += [form for part in page.context["inline_admin_formsets"] for form in part.formset.forms]
    return {field.html_name: field.value() or "" for form in forms for field in form}


def test_the_administrator_changes_statements_and_scale(cast: Cast) -> None:
    client = signed_in(cast.admin())
    address = f"{ADMIN}{Questionnaire.objects.get().pk}/change/"
    sent = as_shown(client, address)
    (name,) = [key for key, value in sent.items() if value == "takt-egen"]
    sent[name.replace("code", "text")] = "Vi hinner med."
    sent["level_1"] = "Nej, inte alls"
    assert client.post(address, sent).status_code == 302
    assert Question.objects.get(code="takt-egen").text == "Vi hinner med."
    assert Questionnaire.objects.get().level_1 == "Nej, inte alls"
    sent[name] = "takt-lagom"
    page = client.post(address, sent)
    assert page.status_code == 200
    assert page.context["errors"]
    assert Question.objects.filter(code="takt-egen").exists()


def test_once_a_survey_is_opened_with_them_they_are_read_and_copied(cast: Cast) -> None:
    cast.director()
    opened(cast)
    client = signed_in(cast.admin())
    (questionnaire,) = Questionnaire.objects.all()
    address = f"{ADMIN}{questionnaire.pk}/change/"
    page = client.get(address).content.decode()
    assert "Jag har förtroende för de andra" in page
    assert 'name="level_1"' not in page
    assert client.post(address, {"level_1": "Nej"}).status_code == 403
    assert client.post(f"{ADMIN}{questionnaire.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "använd, låst" in text_of(client.get(ADMIN).content.decode())
    chosen = {"action": "copy_chosen", "_selected_action": [questionnaire.pk]}
    page = client.post(ADMIN, chosen, follow=True)
    assert "Här är kopian." in text_of(page.content.decode())
    copy = Questionnaire.objects.get(version="2")
    assert list(copy.questions.values_list("code", "text")) == list(questionnaire.questions.values_list("code", "text"))
    assert 'name="level_1"' in client.get(f"{ADMIN}{copy.pk}/change/").content.decode()
