"""Who has which role, where, and on which date."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from v6portal.organizations.models import Membership, Organisation, Population
from v6portal.organizations.roles import Kind, Role

JANUARY = dt.date(2026, 1, 1)


def test_a_role_holds_from_its_first_day_to_its_last_both_included(cast, orgs) -> None:
    person = cast.outsider()
    cast.membership(person, Role.LEAD, "skara", valid_from=JANUARY, valid_to=dt.date(2026, 6, 30))

    def holds(date: dt.date) -> bool:
        return person.memberships.on(date).exists()

    assert [holds(dt.date(2025, 12, 31)), holds(JANUARY)] == [False, True]
    assert [holds(dt.date(2026, 6, 30)), holds(dt.date(2026, 7, 1))] == [True, False]


def test_a_role_without_a_last_day_goes_on(cast) -> None:
    lead = cast.lead("skara")
    assert lead.memberships.on(dt.date(2099, 12, 31)).exists()


def test_a_role_that_ended_yesterday_or_begins_tomorrow_gives_nothing_today(cast) -> None:
    person, day = cast.outsider(), dt.timedelta(days=1)
    today = timezone.localdate()
    cast.membership(person, Role.LEAD, "skara", valid_to=today - day)
    cast.membership(person, Role.DIRECTOR, "skara", valid_from=today + day)
    assert person.current_memberships == []
    assert not person.holds(Role.LEAD, Role.DIRECTOR)


def test_what_a_person_holds_is_known_at_once_when_a_role_is_given(cast) -> None:
    person = cast.outsider()
    assert not person.holds(Role.READER)
    cast.membership(person, Role.READER, "vara")
    assert person.holds(Role.READER)


def test_the_same_role_twice_at_the_same_time_is_refused_by_the_database(cast) -> None:
    lead = cast.lead("skara")
    with pytest.raises(IntegrityError, match="membership_no_overlap"), transaction.atomic():
        cast.membership(lead, Role.LEAD, "skara", valid_from=JANUARY)


def test_the_same_role_again_later_is_a_new_row(cast) -> None:
    person = cast.outsider()
    cast.membership(person, Role.LEAD, "skara", valid_to=JANUARY)
    cast.membership(person, Role.LEAD, "skara", valid_from=JANUARY + dt.timedelta(days=1))
    assert person.memberships.count() == 2


def test_another_role_and_another_organisation_at_the_same_time_are_allowed(cast) -> None:
    lead = cast.lead("skara")
    cast.membership(lead, Role.STAFF, "skara")
    cast.membership(lead, Role.LEAD, "goliska")
    assert [str(m) for m in lead.current_memberships] == [
        "Utvecklingsledare, Skara",
        "Medarbetare, Skara",
        "Utvecklingsledare, Göliska IT",
    ]


def test_a_last_day_before_the_first_is_refused_by_the_database(cast) -> None:
    with pytest.raises(IntegrityError, match="membership_ends_after_start"), transaction.atomic():
        cast.membership(cast.outsider(), Role.READER, "skara", valid_from=JANUARY, valid_to=dt.date(2025, 12, 31))


PLACES = {
    Role.STAFF: "essunga grastorp gotene lidkoping skara vara goliska v6",
    Role.LEAD: "essunga grastorp gotene lidkoping skara vara goliska",
    Role.COUNCIL: "essunga grastorp gotene lidkoping skara vara",
    Role.MANAGER: "essunga grastorp gotene lidkoping skara vara",
    Role.DIRECTOR: "essunga grastorp gotene lidkoping skara vara",
    Role.COORDINATOR: "v6",
    Role.NETWORK: "v6",
    Role.DELIVERY: "v6",
    Role.IT_OFFICER: "goliska",
    Role.IT_DIRECTOR: "goliska",
    Role.ORDER_GROUP: "goliska",
    Role.REGISTRAR: "essunga grastorp gotene lidkoping skara vara goliska v6",
    Role.READER: "essunga grastorp gotene lidkoping skara vara goliska v6",
    Role.ADMIN: "v6",
}


@pytest.mark.parametrize("role", Role)
def test_a_role_is_only_given_where_it_belongs(role: Role, cast, orgs) -> None:
    allowed = set()
    for key, organisation in orgs.items():
        membership = Membership(user=cast.outsider(), organisation=organisation, role=role, valid_from=JANUARY)
        try:
            membership.full_clean()
            allowed.add(key)
        except ValidationError:
            pass
    assert allowed == set(PLACES[role].split())


def test_the_refusal_of_a_misplaced_role_says_so(cast, orgs) -> None:
    membership = Membership(user=cast.outsider(), organisation=orgs["vara"], role=Role.COORDINATOR)
    with pytest.raises(ValidationError) as refusal:
        membership.full_clean()
    assert refusal.value.message_dict == {"role": ["Rollen finns inte i den här sortens organisation."]}


def test_a_person_with_a_role_cannot_be_deleted(cast) -> None:
    with pytest.raises(ProtectedError):
        cast.lead("skara").delete()


def test_an_organisation_with_people_cannot_be_deleted(cast, orgs) -> None:
    cast.lead("skara")
    with pytest.raises(ProtectedError):
        orgs["skara"].delete()


def test_the_eight_organisations(orgs) -> None:
    assert [(o.short_name, o.kind) for o in Organisation.objects.in_order()] == [
        ("Essunga", Kind.KOMMUN),
        ("Grästorp", Kind.KOMMUN),
        ("Götene", Kind.KOMMUN),
        ("Lidköping", Kind.KOMMUN),
        ("Skara", Kind.KOMMUN),
        ("Vara", Kind.KOMMUN),
        ("Göliska IT", Kind.FEDERATION),
        ("V6", Kind.COLLABORATION),
    ]
    assert Organisation.objects.kommuner().count() == 6


def test_the_figure_of_a_day_is_of_the_latest_year_that_is_not_after_it(orgs) -> None:
    skara = orgs["skara"]
    Population.objects.create(organisation=skara, year=2026, inhabitants=18_900, source="SCB")

    def figure(date: dt.date) -> int | None:
        return next((p.inhabitants for p in Population.objects.on(date) if p.organisation == skara), None)

    days = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2031, 5, 1)]
    assert [figure(date) for date in days] == [None, 18_800, 18_800, 18_900, 18_900]
    assert Population.objects.on(dt.date(2026, 1, 1)).count() == 6


@pytest.mark.parametrize(
    ("year", "inhabitants", "rule"),
    [(2024, 18_800, "one_figure_a_year"), (2025, 0, "population_positive"), (99, 18_800, "population_year_likely")],
)
def test_what_is_no_figure_is_refused_by_the_database(orgs, year: int, inhabitants: int, rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Population.objects.create(organisation=orgs["skara"], year=year, inhabitants=inhabitants, source="SCB")
