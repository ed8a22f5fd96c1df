"""Drafts a version of the assessment model as an administrator does: by the pages of Django admin, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.test import Client
from django.urls import reverse

from initiatives.models import AssessmentModel


def page(model: AssessmentModel, name: str = "change") -> str:
    return reverse(f"admin:initiatives_assessmentmodel_{name}", args=[model.pk])


def as_shown(client: Client, model: AssessmentModel) -> dict[str, Any]:
    """Everything that the form of a draft would send as it stands."""
    context = client.get(page(model)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    bound = [form[name] for form in forms for name in form.fields]
    return {field.html_name: "" if field.value() is None else field.value() for field in bound}


def publish(client: Client, criteria: Sequence[tuple[str, str, str]], *, reweigh: bool = False) -> AssessmentModel:
    """A published version with these criteria (code, axis, weight) instead of the shipped ones, at most eight.

    ``client`` is an administrator's. With ``reweigh`` the weights are first reckoned to a hundred by the button.
    """
    client.post(page(AssessmentModel.objects.current(), "copy"))
    draft = AssessmentModel.objects.latest("pk")
    form = as_shown(client, draft)
    for number in range(8):
        if number < len(criteria):
            code, axis, weight = criteria[number]
            form |= {f"criteria-{number}-{name}": value for name, value in [("code", code), ("axis", axis)]}
            form |= {f"criteria-{number}-name": f"Kriterium {code}", f"criteria-{number}-weight": weight}
        else:
            form[f"criteria-{number}-DELETE"] = "on"
    assert client.post(page(draft), form | ({"_reweigh": "1"} if reweigh else {})).status_code == 302
    assert client.post(page(draft, "publish")).status_code == 302
    published = AssessmentModel.objects.current()
    assert published == draft
    return published
