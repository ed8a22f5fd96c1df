"""Each assessor counts once in a round, whatever she is called and for whomever she acts when she hands in anew."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from followup.exports.register import Extract
from governance.acts import Act
from governance.presenting.assessors import assessors
from governance.reading import read_facts
from governance.statuses import Status
from initiatives.actions.assessing import Mark, summarise
from initiatives.models import Assessment, Round, Score
from initiatives.results import comparison
from tests.cast import Cast
from tests.walk import CRITERIA, Walk, marks
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db


def change_the_text(walk: Walk) -> None:
    walk.amend(need="Ett annat behov.")


def told_of(walk: Walk, reader: User) -> tuple[int, list[str], list[str], int]:
    """How many count, who they are on the comparison and in its list, and how many sheets the register holds."""
    round = Round.objects.latest("opened_at", "pk")
    found = comparison(round, reader)
    assert found
    listed = [one.name for one in assessors(round, read_facts(walk.case)) if not one.is_waited_for]
    in_register = Extract().sheets.filter(round=round).count()
    return round.handed_in, [sheet.assessor_name for sheet in found.sheets], listed, in_register


class TestTheSamePersonTwice:
    def test_under_another_name(self, cast: Cast) -> None:
        walk, lead = Walk(cast).to(Status.QUALIFIED), cast.lead()
        walk.act(Act.ASSESS, lead, marks=marks(5))
        change_the_text(walk)
        lead.last_name = "Nygift"
        lead.save()
        walk.act(Act.ASSESS, User.objects.get(pk=lead.pk), marks=dict.fromkeys(CRITERIA, Mark(1, "Nej.")))
        name = "Utvecklingsledare Nygift"
        assert told_of(walk, lead) == (1, [name], [name], 1)
        assert Round.objects.get().joint_score == 0

    def test_for_another_kommun(self, cast: Cast) -> None:
        """She leads two of those that take part: what she hands in anew is the same assessor's."""
        walk, lead = Walk(cast).to(Status.V6_PRIORITISING), cast.lead("vara")
        walk.act(Act.ASSESS, lead, marks=marks(5))
        change_the_text(walk)
        cast.membership(lead, Role.LEAD, "lidkoping")
        lead.memberships.filter(organisation=cast.orgs["vara"]).update(valid_to=dt.date(2024, 6, 1))
        walk.act(Act.ASSESS, User.objects.get(pk=lead.pk), marks=marks(5))
        assert told_of(walk, lead) == (1, [str(lead)], [str(lead)], 1)
        sheets = Assessment.objects.filter(round__level="v6")
        assert {sheet.organisation.key for sheet in sheets} == {"vara"}, "the first one's"


class TestTwoOfTheSameName:
    @pytest.fixture
    def namesake(self, cast: Cast) -> User:
        other, lead = cast.lead("skara", 2), cast.lead()
        other.first_name, other.last_name = lead.first_name, lead.last_name
        other.save()
        return other

    def test_both_answer_and_are_told_apart(self, cast: Cast, namesake: User) -> None:
        walk, lead = Walk(cast).to(Status.QUALIFIED), cast.lead()
        walk.act(Act.ASSESS, lead, marks=marks(5))
        walk.act(Act.ASSESS, namesake, marks=marks(1))
        names = [str(lead), f"{lead} (lead.skara.2)"]
        assert told_of(walk, lead) == (2, names, names, 2)
        assert Round.objects.get().joint_score == 50

    def test_also_on_the_next_text(self, cast: Cast, namesake: User) -> None:
        walk, lead = Walk(cast).to(Status.QUALIFIED), cast.lead()
        walk.act(Act.ASSESS, lead, marks=marks(5))
        walk.act(Act.ASSESS, namesake, marks=marks(1))
        change_the_text(walk)
        walk.act(Act.ASSESS, namesake, marks=marks(1))
        walk.act(Act.ASSESS, lead, marks=marks(5))
        names = [str(lead), f"{lead} (lead.skara.2)"]
        assert told_of(walk, lead) == (2, names, names, 2)


def test_those_without_an_account_are_known_by_organisation_and_name(cast: Cast) -> None:
    """As the register has brought them in."""
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.assess_at_home(5)
    round, now = Round.objects.get(), timezone.now()
    revision = walk.case.initiative.revisions.get()
    for organisation, name in (("skara", "Anna"), ("vara", "Anna"), ("skara", "Bo")):
        Assessment.objects.create(
            round=round,
            revision=revision,
            organisation=cast.orgs[organisation],
            assessor_name=name,
            handed_in_at=now,
        )
    summarise(round)
    assert told_of(walk, walk.lead)[0] == 4
    assert told_of(walk, walk.lead)[3] == 4


class TestWhatIsHandedInIsKept:
    """The database refuses by itself, through whichever door."""

    @pytest.fixture
    def score(self, cast: Cast) -> Score:
        Walk(cast).to(Status.QUALIFIED).assess_at_home(4)
        return Score.objects.get(criterion__code="N1")

    def test_it_is_not_changed(self, score: Score) -> None:
        with pytest.raises(IntegrityError, match="lämnad"), transaction.atomic():
            Score.objects.filter(pk=score.pk).update(value=1)
        with pytest.raises(IntegrityError, match="lämnad"), transaction.atomic():
            Score.objects.filter(pk=score.pk).update(motivation="Efteråt.")

    def test_nor_taken_away(self, score: Score) -> None:
        with pytest.raises(IntegrityError, match="lämnad"), transaction.atomic():
            score.delete()

    def test_nor_moved_to_another_sheet(self, score: Score, cast: Cast) -> None:
        sheet = Assessment.objects.create(
            round=score.assessment.round, revision=score.assessment.revision, organisation=cast.orgs["skara"]
        )
        with pytest.raises(IntegrityError, match="lämnad"), transaction.atomic():
            Score.objects.filter(pk=score.pk).update(assessment=sheet)
