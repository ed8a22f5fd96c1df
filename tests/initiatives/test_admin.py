"""The assessment model as data: drafted, previewed, published, and locked from then on."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from initiatives.actions import versions
from initiatives.models import AssessmentModel, Axis, Level
from v6portal.organizations.errors import Refused

LIST = "/admin/initiatives/assessmentmodel/"


@pytest.fixture
def admin_client(client, cast):
    client.force_login(cast.admin())
    return client


@pytest.fixture
def shipped(db) -> AssessmentModel:
    return AssessmentModel.objects.current()


@pytest.fixture
def draft(shipped) -> AssessmentModel:
    return versions.copy(model=shipped)


def change(model: AssessmentModel) -> str:
    return reverse("admin:initiatives_assessmentmodel_change", args=[model.pk])


def do(client, action: str, *models: AssessmentModel) -> list[str]:
    """Presses an action on the list and gives what it answered."""
    form = {"action": action, "_selected_action": [model.pk for model in models]}
    return [str(message) for message in client.post(LIST, form, follow=True).context["messages"]]


# --- Drafting


def test_a_copy_is_a_draft_with_the_same_questions_and_criteria(shipped, draft) -> None:
    assert not draft.is_published
    assert draft.version != shipped.version
    for part in ("gate_questions", "criteria"):
        old, new = getattr(shipped, part), getattr(draft, part)
        assert [str(row) for row in new.all()] == [str(row) for row in old.all()]
        assert not set(new.values_list("pk", flat=True)) & set(old.values_list("pk", flat=True))


def test_every_copy_gets_a_version_of_its_own(shipped, draft) -> None:
    another = versions.copy(model=shipped)
    year, number = draft.version.split(".")
    assert another.version == f"{year}.{int(number) + 1}"


def test_a_draft_does_not_disturb_what_is_scored_by(shipped, draft) -> None:
    assert AssessmentModel.objects.current() == shipped


# --- Publishing


def test_a_complete_draft_becomes_the_version_that_new_rounds_use(draft) -> None:
    assert list(versions.obstacles(draft)) == []
    versions.publish(model=draft)
    assert AssessmentModel.objects.current() == draft


def test_weights_that_do_not_make_a_hundred_are_refused(draft) -> None:
    draft.criteria.filter(code="N1").update(weight="20.5")
    with pytest.raises(Refused) as refusal:
        versions.publish(model=draft)
    assert refusal.value.sentences == ["Vikterna ska bli 100 tillsammans; nu blir de 100,50."]
    assert not AssessmentModel.objects.get(pk=draft.pk).is_published


def test_a_level_without_words_is_refused(draft) -> None:
    draft.criteria.filter(code="G2").update(level_4="  ")
    assert list(versions.obstacles(draft)) == ["Kriteriet G2 saknar text för nivå 4."]


@pytest.mark.parametrize("level", Level)
def test_a_level_without_questions_is_refused(draft, level: Level) -> None:
    draft.gate_questions.filter(level=level).delete()
    assert list(versions.obstacles(draft)) == [f"Det saknas kvalificeringsfrågor för nivån {level.label}."]


@pytest.mark.parametrize("axis", Axis)
def test_an_axis_without_criteria_is_refused(draft, axis: Axis) -> None:
    draft.criteria.filter(axis=axis).delete()
    assert f"Det saknas kriterier på axeln {axis.label}." in list(versions.obstacles(draft))


def test_what_is_published_is_not_published_again(shipped) -> None:
    with pytest.raises(Refused, match="redan publicerad"):
        versions.publish(model=shipped)


# --- In Django admin


def test_copy_preview_publish_by_the_buttons(admin_client, shipped) -> None:
    [said] = do(admin_client, "copy", shipped)
    draft = AssessmentModel.objects.latest("pk")
    assert said == f"Utkastet {draft} är skapat."
    preview = admin_client.get(f"{LIST}{draft.pk}/forhandsgranska/").content.decode()
    assert "Är behovet verifierat i verksamheten?" in preview
    assert "Stor för flera förvaltningar" in preview
    assert "färdigt att publicera" in preview
    assert do(admin_client, "publish", draft) == [f"Version {draft} är publicerad och låst."]
    assert AssessmentModel.objects.current() == draft
    assert LogEntry.objects.count() == 2


def test_a_refusal_is_told_on_the_list_and_in_the_preview(admin_client, draft) -> None:
    draft.criteria.filter(code="N1").delete()
    refusal = "Vikterna ska bli 100 tillsammans; nu blir de 80,00."
    assert do(admin_client, "publish", draft) == [refusal]
    assert refusal in admin_client.get(f"{LIST}{draft.pk}/forhandsgranska/").content.decode()


def test_one_version_at_a_time(admin_client, shipped, draft) -> None:
    assert do(admin_client, "publish", shipped, draft) == ["Välj en version i taget."]
    assert not AssessmentModel.objects.get(pk=draft.pk).is_published


def test_a_draft_can_be_changed_and_removed(admin_client, draft) -> None:
    response = admin_client.get(change(draft))
    assert response.context["has_change_permission"]
    assert 'name="criteria-0-level_5"' in response.content.decode()
    address = reverse("admin:initiatives_assessmentmodel_delete", args=[draft.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not AssessmentModel.objects.filter(pk=draft.pk).exists()


def test_a_published_version_is_read_and_nothing_else(admin_client, shipped) -> None:
    page = admin_client.get(change(shipped)).content.decode()
    assert "Stor för flera förvaltningar" in page
    assert 'name="criteria-0-level_5"' not in page
    assert admin_client.post(change(shipped), {"version": "x", "name": "x"}).status_code == 403
    address = reverse("admin:initiatives_assessmentmodel_delete", args=[shipped.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    assert AssessmentModel.objects.current().version == "2024.1"


def test_a_form_opened_before_publication_is_refused_after_it(admin_client, draft) -> None:
    admin_client.get(change(draft))
    versions.publish(model=draft)
    assert admin_client.post(change(draft), {"version": "x", "name": "x"}).status_code == 403
