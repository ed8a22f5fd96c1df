"""Who sees what, typed from the process description. An initiative of Skara's in five situations, everybody asked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from governance.acts import Act
from governance.models import Case, Event
from governance.statuses import Status
from initiatives.models import Assessment, Initiative
from tests.cast import Cast
from tests.walk import Walk, marks
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

PEOPLE = [
    "author", "co_author", "staff.skara", "lead.skara", "council.skara", "manager.skara", "director.skara",
    "registrar.skara", "reader.skara", "staff.vara", "lead.vara", "director.vara", "registrar.vara", "reader.vara",
    "staff.goliska", "lead.goliska", "it_officer.goliska", "it_director.goliska", "coordinator.v6", "network.v6",
    "reader.v6", "admin.v6", "outsider", "superuser",
]  # fmt: skip

WITH_A_ROLE_IN_SKARA = {
    "lead.skara",
    "council.skara",
    "manager.skara",
    "director.skara",
    "registrar.skara",
    "reader.skara",
}
AUTHORS = {"author", "co_author"}
WITH_A_ROLE_ANYWHERE = WITH_A_ROLE_IN_SKARA | {
    "lead.vara", "director.vara", "registrar.vara", "reader.vara", "lead.goliska", "it_officer.goliska",
    "it_director.goliska", "coordinator.v6", "network.v6", "reader.v6", "admin.v6",
}  # fmt: skip


@pytest.fixture
def walk(cast: Cast) -> Walk:
    walk = Walk(cast)
    walk.case.initiative.co_authors.add(cast.staff("skara", number=2))
    return walk


def person(cast: Cast, name: str) -> User:
    match name.split("."):
        case ["author"]:
            return cast.staff("skara")
        case ["co_author"]:
            return cast.staff("skara", number=2)
        case ["staff", "skara"]:
            return cast.staff("skara", number=3)
        case ["outsider"]:
            return cast.outsider()
        case ["superuser"]:
            return User.objects.filter(username="superuser").first() or User.objects.create_superuser("superuser")
        case [role, organisation]:
            return cast.person(Role(role), organisation)
    raise AssertionError(name)


def who_sees(cast: Cast, walk: Walk) -> set[str]:
    """The names of those who see the initiative; asked of initiative, case and log alike."""
    seeing = set()
    for name in PEOPLE:
        user = person(cast, name)
        answers = {
            Initiative.objects.visible_to(user).filter(pk=walk.case.pk).exists(),
            Case.objects.visible_to(user).filter(pk=walk.case.pk).exists(),
            Event.objects.visible_to(user).filter(case=walk.case).exists(),
        }
        assert len(answers) == 1, f"{name} gets different answers"
        if answers.pop():
            seeing.add(name)
    return seeing


def test_a_draft_is_seen_by_its_authors_and_nobody_else(cast, walk):
    assert who_sees(cast, walk) == AUTHORS


def test_what_is_submitted_is_seen_by_those_with_a_role_in_the_same_organisation(cast, walk):
    walk.to(Status.SUBMITTED)
    assert who_sees(cast, walk) == AUTHORS | WITH_A_ROLE_IN_SKARA


def test_an_organisation_may_let_all_its_staff_read(cast, walk):
    walk.to(Status.SUBMITTED)
    cast.orgs["skara"].all_staff_read = True
    cast.orgs["skara"].save()
    assert who_sees(cast, walk) == AUTHORS | WITH_A_ROLE_IN_SKARA | {"staff.skara"}


def test_what_is_sent_to_v6_is_seen_by_everybody_with_a_role_in_any_of_the_eight(cast, walk):
    walk.to(Status.V6_RECEIVED)
    assert who_sees(cast, walk) == AUTHORS | WITH_A_ROLE_ANYWHERE


def test_what_went_back_to_the_kommun_has_been_seen_and_still_is(cast, walk):
    walk.to(Status.V6_QUALIFYING)
    walk.act(Act.RETURN_TO_KOMMUN, cast.coordinator(), motivation="Behöver mognas.")
    assert who_sees(cast, walk) == AUTHORS | WITH_A_ROLE_ANYWHERE


def test_what_is_secret_is_seen_by_the_roles_that_the_marking_names_alone(cast, walk):
    walk.to(Status.V6_RECEIVED)
    skara, vara = cast.orgs["skara"], cast.orgs["vara"]
    walk.act(
        Act.MARK_SECRET,
        cast.registrar("skara"),
        legal_basis="OSL 18 kap. 8 §",
        marked_on=timezone.localdate(),
        readers=[(skara, Role.REGISTRAR), (skara, Role.DIRECTOR), (vara, Role.LEAD)],
    )
    assert who_sees(cast, walk) == {"registrar.skara", "director.skara", "lead.vara"}


def test_a_role_that_has_ended_shows_nothing(cast, walk):
    walk.to(Status.SUBMITTED)
    former = cast.outsider()
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    cast.membership(former, Role.LEAD, "skara", valid_to=yesterday)
    assert not Initiative.objects.visible_to(former).exists()


def test_working_notes_are_each_organisations_own_also_in_v6(cast, walk):
    walk.to(Status.V6_RECEIVED)
    walk.act(Act.COMMENT, cast.lead("skara"), motivation="Ring leverantören.")
    notes = Event.objects.filter(kind=Act.COMMENT)
    assert notes.visible_to(cast.director("skara")).count() == 1
    assert notes.visible_to(cast.lead("vara")).count() == 0
    assert notes.visible_to(cast.coordinator()).count() == 0


def test_answers_are_blind_until_one_has_handed_in_ones_own_or_the_round_is_closed(cast):
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    sheets = Assessment.objects.filter(round__level="v6")
    walk.assess_in_v6("skara", value=5)
    assert not sheets.readable_by(cast.lead("vara")).exists()
    assert not sheets.readable_by(cast.coordinator()).exists()
    walk.assess_in_v6("vara", value=1)
    assert sheets.readable_by(cast.lead("vara")).count() == 2
    assert not sheets.readable_by(cast.coordinator()).exists()
    walk.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
    assert sheets.readable_by(cast.coordinator()).count() == 2


def test_the_log_of_an_assessment_does_not_tell_what_was_answered(cast):
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    event = walk.act(Act.ASSESS, cast.lead("skara"), marks=marks(5))
    assert (event.text, event.data) == ("", {})
