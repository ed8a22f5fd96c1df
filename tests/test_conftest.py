"""The ground the other tests stand on."""

import pytest
from django.db import DatabaseError, connection, transaction

from governance.models import Principle, ProcessSettings
from initiatives.models import AssessmentModel
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Role


def assert_reference_data_is_there() -> None:
    assert Organisation.objects.count() == 8
    assert AssessmentModel.objects.current().version == "2024.1"
    assert Principle.objects.count() == 8
    assert ProcessSettings.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_starts_with_the_reference_data() -> None:
    assert_reference_data_is_there()


def test_and_so_does_the_next_one(transactional_db: None) -> None:
    assert_reference_data_is_there()


@pytest.mark.django_db
def test_and_an_ordinary_one_after_them() -> None:
    assert_reference_data_is_there()


@pytest.mark.django_db(transaction=True)
def test_the_log_cannot_be_emptied_while_a_test_runs() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate governance_event")


def test_the_same_words_give_the_same_person(cast, orgs) -> None:
    lead = cast.lead("skara")
    assert cast.lead("skara") == lead
    assert cast.lead("skara", 2) != lead
    assert [(m.organisation, m.role) for m in lead.current_memberships] == [(orgs["skara"], Role.LEAD)]
    assert cast.outsider().current_memberships == []
    assert cast.outsider() == cast.outsider()
