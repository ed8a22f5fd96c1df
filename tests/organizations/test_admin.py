"""The administrator's tools for people, roles and organisations."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from v6portal.organizations.actions import appoint, end_early, objections_to_longer
from v6portal.organizations.models import Membership, Organisation, Population, User
from v6portal.organizations.roles import Role

PEOPLE = "/admin/organizations/user/"
ROLES = "/admin/organizations/membership/"
TODAY, DAY = timezone.localdate(), dt.timedelta(days=1)


@pytest.fixture
def admin_client(client, cast):
    client.force_login(cast.admin())
    return client


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def rows(response) -> list[str]:
    """What each row of a list says, in short."""
    return [str(row) for row in response.context["cl"].result_list]


# --- Who comes in


def test_the_role_opens_the_door(admin_client) -> None:
    text = page(admin_client.get("/admin/"))
    assert "Vad vill du ändra?" in text
    assert "Organisationer och personer" in text
    assert "Grupper" not in text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_no_other_role_does(client, cast, role: Role) -> None:
    organisation = "v6" if role in ("coordinator", "network", "delivery") else "skara"
    client.force_login(cast.person(role, "goliska" if "it_" in role or role == "order_group" else organisation))
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_nor_do_djangos_own_flags(client, cast, flag: str) -> None:
    outsider = cast.outsider()
    setattr(outsider, flag, True)
    outsider.save()
    client.force_login(outsider)
    assert client.get("/admin/", follow=True).status_code == 403


def test_nor_a_role_that_ended_yesterday(client, cast) -> None:
    former = cast.outsider()
    cast.membership(former, Role.ADMIN, "v6", valid_to=TODAY - DAY)
    client.force_login(former)
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in_page(client, db) -> None:
    response = client.get("/admin/organizations/user/", follow=True)
    assert response.redirect_chain[-1][0] == "/logga-in/?next=/admin/organizations/user/"


def test_the_way_out_is_the_portals(admin_client) -> None:
    assert admin_client.post("/admin/logout/").url == "/logga-in/"


def test_no_row_number_leads_to_the_page_of_something_hidden(admin_client) -> None:
    assert admin_client.get("/admin/r/1/1/").status_code == 404


def test_an_administrator_changes_her_own_password(admin_client, cast) -> None:
    new = "ett-nytt-och-annat-lösenord"
    form = {"old_password": cast.password, "new_password1": new, "new_password2": new}
    assert admin_client.post("/admin/password_change/", form).status_code == 302
    assert User.objects.get(pk=cast.admin().pk).check_password(new)


# --- People


def test_the_list_tells_who_has_which_role_today(admin_client, cast) -> None:
    lead = cast.lead("skara")
    cast.membership(lead, Role.NETWORK, "v6")
    cast.membership(lead, Role.DIRECTOR, "vara", valid_to=TODAY - DAY)
    text = page(admin_client.get(PEOPLE))
    assert "Utvecklingsledare, Skara; V6 Chefsnätverk, V6" in text
    assert "Kommundirektör, Vara" not in text


def test_organisation_and_role_mean_that_role_in_that_organisation(admin_client, cast) -> None:
    both = cast.lead("skara")
    cast.membership(both, Role.DIRECTOR, "vara")
    wanted = cast.lead("vara")
    found = admin_client.get(PEOPLE, {"organisation": "vara", "roll": "lead"})
    assert rows(found) == [str(wanted)]


def test_people_without_a_role_can_be_found(admin_client, cast) -> None:
    outsider = cast.outsider()
    assert rows(admin_client.get(PEOPLE, {"har_roll": "nej"})) == [str(outsider)]
    assert rows(admin_client.get(PEOPLE, {"har_roll": "ja"})) == [str(cast.admin())]


def test_people_are_found_by_name_and_user_name(admin_client, cast) -> None:
    director = cast.director("gotene")
    for words in ("Kommundirektör Götene", "director.gotene"):
        assert rows(admin_client.get(PEOPLE, {"q": words})) == [str(director)]


def test_a_new_person_with_a_first_role(admin_client, orgs) -> None:
    password = "långt-och-svårt-att-gissa"
    form = as_sent(admin_client.get(PEOPLE + "add/")) | {
        "username": "ny.person",
        "first_name": "Ny",
        "last_name": "Person",
        "usable_password": "true",
        "password1": password,
        "password2": password,
        "memberships-0-role": Role.LEAD,
        "memberships-0-organisation": str(orgs["skara"].pk),
    }
    assert admin_client.post(PEOPLE + "add/", form).status_code == 302
    person = User.objects.get(username="ny.person")
    assert person.check_password(password)
    assert not person.is_superuser
    assert not person.is_demo
    assert str(person.memberships.get()) == "Utvecklingsledare, Skara"


def change_form(client, person: User) -> dict[str, str]:
    """The person's form as a browser would send it back unchanged."""
    return as_sent(client.get(f"{PEOPLE}{person.pk}/change/"))


def as_sent(response) -> dict[str, str]:
    formsets = [part.formset for part in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    fields = [field for form in forms for field in form]
    values = {field.html_name: field.value() for field in fields}
    values |= {field.html_initial_name: field.value() for field in fields if field.field.show_hidden_initial}
    given = {name: value for name, value in values.items() if value is not None and value is not False}
    return {name: "on" if value is True else str(value) for name, value in given.items()}


def give_role(client, person: User, role: Role, organisation: str, **more: str):
    form = change_form(client, person)
    prefix = next(name for name in form if name.endswith("-0-valid_from")).removesuffix("valid_from")
    form[prefix + "role"] = role
    form[prefix + "organisation"] = str(Organisation.objects.get(key=organisation).pk)
    form |= {prefix + name: value for name, value in more.items()}
    return client.post(f"{PEOPLE}{person.pk}/change/", form)


def test_giving_one_more_role(admin_client, cast) -> None:
    lead = cast.lead("skara")
    assert give_role(admin_client, lead, Role.NETWORK, "v6").status_code == 302
    assert {m.role for m in lead.memberships.all()} == {Role.LEAD, Role.NETWORK}
    assert lead.memberships.get(role=Role.NETWORK).valid_from == TODAY


def test_a_role_in_the_wrong_sort_of_organisation_is_refused(admin_client, cast) -> None:
    response = give_role(admin_client, cast.lead("skara"), Role.COORDINATOR, "vara")
    assert "Rollen finns inte i den här sortens organisation." in page(response)
    assert Membership.objects.filter(role=Role.COORDINATOR).count() == 0


def test_the_same_role_at_the_same_time_is_refused_in_words(admin_client, cast) -> None:
    response = give_role(admin_client, cast.lead("skara"), Role.LEAD, "skara")
    assert "Personen har redan den rollen i organisationen under den tiden." in page(response)


def test_a_last_day_before_the_first_is_refused_in_words(admin_client, cast) -> None:
    response = give_role(admin_client, cast.lead("skara"), Role.READER, "vara", valid_to="2020-01-01")
    assert "Sista dagen kan inte vara före första dagen." in page(response)


def test_a_stand_in_is_appointed_for_somebody_who_has_fallen_ill(admin_client, cast) -> None:
    director, manager, last = cast.director(), cast.manager(), str(TODAY + 5 * DAY)
    sent = {"stands_in_for": str(director.pk), "valid_to": last}
    response = give_role(admin_client, manager, Role.DIRECTOR, "skara", **sent)
    assert "Skriv vad som ger ersättaren rätt att besluta" in page(response)
    response = give_role(admin_client, manager, Role.DIRECTOR, "skara", **sent, basis="Tillförordnad, KS § 12")
    assert response.status_code == 302
    made = Membership.objects.stand_ins().get()
    assert (made.user, made.stands_in_for, made.appointed_by) == (manager, director, cast.admin())


def test_a_stand_in_is_not_given_a_later_day_than_one_may_be_appointed_until(admin_client, cast) -> None:
    director, manager = cast.director(), cast.manager()
    days = {"first": TODAY, "last": TODAY + 9 * DAY}
    made = appoint(held=director.memberships.get(), stand_in=manager, basis="KS 1.4", by=director, **days)

    def change(last: dt.date) -> str:
        response = admin_client.post(f"{ROLES}{made.pk}/change/", {"valid_to": str(last)}, follow=True)
        made.refresh_from_db()
        return page(response)

    assert "Högst ett år åt gången." in change(TODAY + 366 * DAY)
    Membership.objects.filter(user=director).update(valid_to=TODAY + 20 * DAY)
    assert "har själv rollen till och med" in change(TODAY + 21 * DAY)
    assert made.valid_to == TODAY + 9 * DAY
    change(TODAY + 20 * DAY)
    assert made.valid_to == TODAY + 20 * DAY
    change(TODAY + DAY)
    assert made.valid_to == TODAY + DAY
    end_early(stand_in=made, by=director)
    made.refresh_from_db()
    assert objections_to_longer(made, TODAY + DAY) == ["Det är redan avslutat."]
    assert objections_to_longer(made, TODAY) == []


def test_a_role_is_ended_by_its_last_day_and_its_beginning_stays(admin_client, cast) -> None:
    lead = cast.lead("skara")
    form = change_form(admin_client, lead)
    form["memberships-0-valid_to"] = str(TODAY)
    form["memberships-0-valid_from"] = "2020-01-01"
    form["memberships-0-role"] = Role.DIRECTOR
    assert admin_client.post(f"{PEOPLE}{lead.pk}/change/", form).status_code == 302
    ended = lead.memberships.get()
    assert (ended.role, ended.valid_from, ended.valid_to) == (Role.LEAD, dt.date(2024, 1, 1), TODAY)


def test_a_role_is_not_prolonged_into_its_own_next_time(admin_client, cast) -> None:
    person = cast.outsider()
    cast.membership(person, Role.LEAD, "skara", valid_from=TODAY + DAY)
    cast.membership(person, Role.LEAD, "skara", valid_to=TODAY)
    form = change_form(admin_client, person)
    form["memberships-1-valid_to"] = str(TODAY + DAY)
    response = admin_client.post(f"{PEOPLE}{person.pk}/change/", form)
    assert "Personen har redan den rollen i organisationen under den tiden." in page(response)


def test_what_was_changed_by_whom_stands_in_the_history(admin_client, cast) -> None:
    lead = cast.lead("skara")
    give_role(admin_client, lead, Role.READER, "vara")
    entry = LogEntry.objects.get()
    assert entry.user == cast.admin()
    text = page(admin_client.get(f"{PEOPLE}{lead.pk}/history/"))
    assert "Läsare, Vara" in text


def test_a_person_is_never_deleted(admin_client, cast) -> None:
    outsider = cast.outsider()
    assert admin_client.get(f"{PEOPLE}{outsider.pk}/delete/").status_code == 403
    assert admin_client.post(f"{PEOPLE}{outsider.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in page(admin_client.get(PEOPLE))


def test_nobody_can_be_given_djangos_own_rights(admin_client, cast) -> None:
    lead = cast.lead("skara")
    form = change_form(admin_client, lead) | {"is_superuser": "on", "is_staff": "on", "is_demo": "on"}
    assert admin_client.post(f"{PEOPLE}{lead.pk}/change/", form).status_code == 302
    lead.refresh_from_db()
    assert (lead.is_superuser, lead.is_staff, lead.is_demo) == (False, False, False)


# --- Who has which role on a date


def test_the_list_of_roles_shows_those_of_today(admin_client, cast) -> None:
    cast.lead("skara")
    cast.membership(cast.outsider(), Role.LEAD, "vara", valid_to=TODAY - DAY)
    cast.membership(cast.outsider(), Role.READER, "vara", valid_from=TODAY + DAY)
    assert rows(admin_client.get(ROLES)) == ["Utvecklingsledare, Skara", "Administratör, V6"]


def test_or_of_any_date_one_asks_about(admin_client, cast) -> None:
    cast.membership(cast.outsider(), Role.LEAD, "vara", valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2026, 1, 1))
    here = "Utvecklingsledare, Vara"
    assert here in rows(admin_client.get(ROLES, {"pa": "2026-01-01"}))
    assert here not in rows(admin_client.get(ROLES, {"pa": "2026-01-02"}))
    assert here in rows(admin_client.get(ROLES, {"pa": "alla"}))


def test_a_date_that_cannot_be_read_gives_no_answer_rather_than_a_wrong_one(admin_client, cast) -> None:
    response = admin_client.get(ROLES, {"pa": "1/1 2026"})
    assert rows(response) == []
    assert "Skriv datumet som 2026-01-31." in page(response)


def test_the_date_is_asked_within_the_other_filters(admin_client, cast, orgs) -> None:
    text = page(admin_client.get(ROLES, {"role__exact": "lead", "pa": "2026-01-01"}))
    assert '<input type="hidden" name="role__exact" value="lead">' in text
    assert 'value="2026-01-01"' in text


def test_a_role_in_force_is_not_taken_away_and_one_to_come_may_be(admin_client, cast) -> None:
    held = cast.lead("skara").memberships.get()
    coming = cast.membership(cast.outsider(), Role.READER, "vara", valid_from=TODAY + DAY)
    assert admin_client.post(f"{ROLES}{held.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.post(f"{ROLES}{coming.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Membership.objects.filter(pk__in=[held.pk, coming.pk]).get() == held


# --- Organisations


def test_the_eight_are_changed_but_not_added_to_or_taken_from(admin_client, orgs) -> None:
    address = reverse("admin:organizations_organisation_change", args=[orgs["skara"].pk])
    assert admin_client.get(reverse("admin:organizations_organisation_add")).status_code == 403
    assert admin_client.get(reverse("admin:organizations_organisation_delete", args=[1])).status_code == 403
    form = {
        "name": "Skara kommun",
        "short_name": "Skara",
        "order": "5",
        "colour": "#a8483f",
        "all_staff_read": "on",
        "key": "annan",
        "kind": "federation",
        **figures("2025", "18804"),
    }
    assert admin_client.post(address, form).status_code == 302
    skara = Organisation.objects.get(pk=orgs["skara"].pk)
    assert (skara.all_staff_read, skara.key, skara.kind) == (True, "skara", "kommun")
    assert list(skara.populations.values_list("year", "inhabitants")) == [(2025, 18_804), (2024, 18_800)]
    assert "18\xa0804 (2025)" in admin_client.get("/admin/organizations/organisation/").content.decode()


def figures(year: str, inhabitants: str) -> dict[str, str]:
    """A new figure in the form of Skara, below the one that is shipped."""
    old = Population.objects.get(organisation__key="skara")
    rows = {
        "0-id": str(old.pk),
        "0-organisation": str(old.organisation_id),
        "0-year": "2024",
        "0-inhabitants": "18800",
        "0-source": "Avrundat.",
        "1-organisation": str(old.organisation_id),
        "1-year": year,
        "1-inhabitants": inhabitants,
        "1-source": "SCB",
        "TOTAL_FORMS": "2",
        "INITIAL_FORMS": "1",
    }
    return {f"populations-{name}": value for name, value in rows.items()}


@pytest.mark.parametrize(
    ("year", "inhabitants", "told"),
    [
        ("", "1", "Detta fält måste fyllas i."),
        ("2024", "18804", "Kommunen har redan ett tal för det året. Ändra det i stället."),
        ("2025", "0", "större än eller lika med 1"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(admin_client, orgs, year: str, inhabitants: str, told: str) -> None:
    address = reverse("admin:organizations_organisation_change", args=[orgs["skara"].pk])
    form = {"name": "Skara kommun", "short_name": "Skara", "order": "5", "colour": "#a8483f"}
    response = admin_client.post(address, {**form, **figures(year, inhabitants)})
    assert response.status_code == 200
    assert told in response.content.decode()


def test_who_is_no_kommun_has_no_inhabitants(admin_client, orgs) -> None:
    address = reverse("admin:organizations_organisation_change", args=[orgs["goliska"].pk])
    assert "Invånare, år för år" not in admin_client.get(address).content.decode()
