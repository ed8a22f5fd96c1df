"""Demo accounts exist, are shown and sign in only where demo mode was asked for."""

from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from v6portal.organizations import demo
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast_on_stage(settings) -> None:
    settings.DEMO = True
    demo.create_cast()


def sign_in(client, username: str):
    return client.post("/logga-in/", {"username": username, "password": demo.DEMO_PASSWORD})


# --- Only in demo mode


def test_the_cast_is_not_made_outside_demo_mode() -> None:
    with pytest.raises(Refused, match="demoläge"):
        demo.create_cast()
    assert not User.objects.exists()


def test_nor_by_the_command() -> None:
    with pytest.raises(CommandError, match="demoläge"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_a_demo_row_that_ended_up_elsewhere_does_not_sign_in(client, settings, cast_on_stage) -> None:
    settings.DEMO = False
    assert sign_in(client, "admin").status_code == 200
    assert "_auth_user_id" not in client.session


def test_nor_does_a_session_that_lived_on(client, settings, cast_on_stage) -> None:
    client.force_login(User.objects.get(username="admin"))
    settings.DEMO = False
    assert client.get("/admin/").status_code == 302


def test_the_sign_in_page_says_nothing_of_a_demo_elsewhere(client, settings, cast_on_stage) -> None:
    settings.DEMO = False
    page = client.get("/logga-in/").content.decode()
    assert demo.DEMO_PASSWORD not in page
    assert "coordinator" not in page
    assert demo.accounts() == []


def test_the_demo_password_opens_no_real_account(client, settings, cast, cast_on_stage) -> None:
    sign_in(client, cast.lead("skara", 2).username)
    assert "_auth_user_id" not in client.session


# --- In demo mode


def test_the_sign_in_page_lists_everybody_by_organisation(client, cast_on_stage) -> None:
    page = client.get("/logga-in/").content.decode()
    assert demo.DEMO_PASSWORD in page
    assert all(person.name in page for person in demo.PEOPLE)
    organisations = list(dict.fromkeys(account["organisation"] for account in demo.accounts()))
    assert organisations == [
        *("Essunga", "Grästorp", "Götene", "Lidköping", "Skara", "Vara", "Göliska IT", "V6"),
        "Utan organisation",
    ]


def test_the_list_costs_the_same_however_many_they_are(cast_on_stage, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        demo.accounts()


@pytest.mark.parametrize("person", demo.PEOPLE, ids=lambda person: person.username)
def test_each_of_them_can_sign_in(client, cast_on_stage, person: demo.Person) -> None:
    assert sign_in(client, person.username).status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(username=person.username).pk)


def test_a_second_time_adds_nobody_and_changes_nobody(cast_on_stage) -> None:
    User.objects.filter(username="admin").update(first_name="Ny")
    assert demo.create_cast() == 0
    assert User.objects.get(username="admin").first_name == "Ny"


def test_nobody_is_a_superuser_and_all_are_marked(cast_on_stage) -> None:
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(is_demo=False).exists()


def test_every_role_stands_in_its_own_sort_of_organisation(cast_on_stage) -> None:
    for membership in Membership.objects.select_related("organisation"):
        membership.full_clean()


IN_A_KOMMUN = {"staff", "lead", "council", "manager", "director", "registrar", "reader"}
IN_GOLISKA = {"staff", "lead", "it_officer", "it_director", "order_group", "registrar", "reader"}
IN_V6 = {"coordinator", "network", "delivery", "registrar", "reader", "admin"}


def test_somebody_has_each_role_in_each_organisation(cast_on_stage, orgs) -> None:
    for key, organisation in orgs.items():
        expected = {"goliska": IN_GOLISKA, "v6": IN_V6}.get(key, IN_A_KOMMUN)
        assert set(Membership.objects.filter(organisation=organisation).values_list("role", flat=True)) == expected


def test_one_person_has_several_roles_and_one_has_none(cast_on_stage) -> None:
    several = User.objects.get(username="lead.skara")
    assert [m.role for m in several.current_memberships] == [Role.LEAD, Role.NETWORK]
    assert User.objects.get(username="outsider").current_memberships == []


def test_the_cast_bears_the_names_of_the_example_register() -> None:
    """So that its history is theirs: everybody who has registered or decided something has an account."""
    book = load_workbook(Path(project.BASE_DIR) / "fixtures" / "register_exempel.xlsx", read_only=True)
    rows = book["Händelser"].iter_rows(values_only=True)
    columns = next(rows)
    names = set()
    for row in rows:
        event = dict(zip(columns, row, strict=True))
        if event["Roll"] != "Medarbetare":
            names |= {event["Registrerad av"], event["Beslutsfattare"]} - {None}
    assert names <= {person.name for person in demo.PEOPLE}


@pytest.mark.browser
def test_one_press_signs_in_and_another_changes_role(open_as, cast_on_stage) -> None:
    page = open_as(None)
    page.goto("/logga-in/")
    page.get_by_role("button", name="Jessika Almfeldt").click()
    page.wait_for_url("**/")
    page.locator("details.who summary").click()
    page.get_by_role("button", name="V6 Chefsnätverk").click()
    assert page.get_by_text("Nu arbetar du som V6 Chefsnätverk, V6.").is_visible()
    page.locator("details.who summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/logga-in/")
