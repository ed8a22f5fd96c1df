"""What is shipped is added where it is missing, and never written over what an administrator has decided."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from governance.models import Principle, ProcessSettings
from initiatives.models import AssessmentModel
from initiatives.reference import load as load_model
from v6portal.organizations.models import Population

pytestmark = pytest.mark.django_db


def load() -> None:
    call_command("load_reference", verbosity=0)


def test_loading_again_adds_nothing(capsys) -> None:
    call_command("load_reference")
    assert capsys.readouterr().out.splitlines() == [
        "0 nya organisationer",
        "0 nya bedömningsmodeller",
        "0 nya principer och inställningar",
        "0 nya mallar för rekommendationer",
        "0 nya uppsättningar enkätfrågor",
    ]


def test_a_changed_population_stays_changed() -> None:
    figures = Population.objects.filter(organisation__key="skara")
    figures.update(inhabitants=18_804)
    load()
    assert [(figure.year, figure.inhabitants) for figure in figures] == [(2024, 18_804)]


def test_the_shipped_populations() -> None:
    """Rounded to hundreds, in the order of the kommuner."""
    figures = Population.objects.order_by("organisation__order").values_list("year", "inhabitants")
    assert list(figures) == [(2024, n) for n in (5_700, 5_700, 13_300, 40_500, 18_800, 16_200)]


def test_a_newer_model_stays_the_current_one() -> None:
    """The published version itself cannot be reworded: the database refuses."""
    AssessmentModel.objects.create(version="2027.1", name="Ny version", published_at=timezone.now())
    load()
    assert AssessmentModel.objects.current().version == "2027.1"


def test_an_ended_principle_does_not_come_back() -> None:
    Principle.objects.filter(code="P5").update(valid_to=dt.date(2026, 1, 1))
    load()
    assert not Principle.objects.filter(code="P5", valid_to__isnull=True).exists()


def test_changed_settings_stay_changed() -> None:
    ProcessSettings.objects.update(interest_days=30)
    load()
    assert ProcessSettings.objects.get().interest_days == 30


def test_what_is_missing_is_added() -> None:
    Principle.objects.filter(code="P8").delete()
    load()
    assert Principle.objects.filter(code="P8").exists()


def test_the_shipped_model_is_complete_and_published() -> None:
    model = AssessmentModel.objects.current()
    assert [q.code for q in model.gate_questions.all()] == [
        *("K1", "K2", "K3", "K4", "K5", "K6"),
        *("B1", "B2", "B3", "B4", "B5", "B6", "B7"),
        *("S1", "S2", "S3", "S4", "S5", "S6"),
    ]
    assert {c.code: c.weight for c in model.criteria.all()} == {
        "N1": 20,
        "N2": 20,
        "N3": 15,
        "N4": 15,
        "N5": 5,
        "G1": 10,
        "G2": 10,
        "G3": 5,
    }


def test_a_later_shipped_version_arrives_as_a_draft() -> None:
    """An upgrade does not decide which model the kommuner score by."""
    assert load_model({"version": "2027.1", "name": "Ny", "gate_questions": [], "criteria": []}) == 1
    assert not AssessmentModel.objects.get(version="2027.1").is_published
    assert AssessmentModel.objects.current().version == "2024.1"


def test_the_settings_of_the_process() -> None:
    settings = ProcessSettings.objects.on(dt.date(2024, 1, 1))
    assert (settings.kommun_minimum, settings.v6_minimum, settings.participant_minimum) == (1, 2, 2)
    assert settings.interest_days == 21
    assert (settings.qualification_days, settings.answer_days, settings.supplement_days) == (10, 20, 14)
    assert (settings.prioritisation_days, settings.decision_days, settings.start_days) == (40, 30, 30)
    assert (settings.v6_answer_days, settings.it_assessment_days, settings.v6_prioritisation_days) == (20, 20, 40)
    with pytest.raises(ProcessSettings.DoesNotExist):
        ProcessSettings.objects.on(dt.date(2023, 12, 31))
