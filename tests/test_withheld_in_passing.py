"""What a kommun has answered to an open inquiry is not told in passing either: by a division of costs that names who
takes part, or by the sentence that a recommendation begins as."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.agendas import suggested
from governance.meetings import Body
from governance.models import AgendaItem, AnswersShown, Case, Meeting, ProcessSettings, RecommendationTemplate, Stance
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """An open inquiry in which Vara has answered *Delta*; the answers are shown when it is closed."""
    ProcessSettings.objects.update(answers_shown=AnswersShown.CLOSED)
    walk = Walk(cast).to(Status.INTEREST)
    walk.answer("vara")
    return walk


def test_shares_that_are_given_by_name(walk: Walk) -> None:
    coordinator, today = walk.cast.coordinator(), timezone.localdate()
    shares = {walk.cast.orgs["skara"]: Decimal(3), walk.cast.orgs["vara"]: Decimal(1)}
    given = {"cost_rule": "manual", "late_rule": "nothing", "valid_from": today, "shares": shares, "motivation": "Så."}
    walk.act(Act.SHARE_COSTS, coordinator, **given)
    page = walk.case.get_absolute_url()

    def told(user: User) -> list[str]:
        client = Client()
        client.force_login(user)
        pages = (page, f"{page}handelser/", f"{page}kostnadsdelning/", f"{page}kostnadsdelning/?andra=ja")
        return [address for address in pages if "Vara" in client.get(address).content.decode()]

    assert told(walk.cast.director("essunga")) == []
    assert told(walk.cast.lead("skara")) == []
    assert len(told(coordinator)) == 4


def test_the_sentence_of_a_recommendation_also_when_the_inquiry_lies_dormant(walk: Walk) -> None:
    RecommendationTemplate.objects.all().delete()
    RecommendationTemplate.objects.create(stance=Stance.APPROVE, text="Stöd av {kommuner}.")

    def begins(case: Case) -> str:
        return suggested(AgendaItem(case=case, meeting=Meeting(body=Body.NETWORK)), Stance.APPROVE, ())

    assert begins(walk.case) == "Stöd av Skara."
    review_on = timezone.localdate() + dt.timedelta(days=90)
    walk.act(Act.PAUSE, walk.cast.coordinator(), review_on=review_on, motivation="Väntar på avtal.")
    assert begins(walk.case) == "Stöd av Skara."
