"""The initiative in brief beside a form: everything an assessor needs, and nothing where there is nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.acts import Act
from governance.presenting.beside import text_beside
from governance.presenting.brief import brief_of, time_today
from governance.statuses import Status
from initiatives.actions.assessing import Reply
from initiatives.models import GateReply
from tests.cast import Cast
from tests.governance.test_attachments import add, different
from tests.walk import Walk

pytestmark = pytest.mark.django_db

LONG = " ".join(["Lås som öppnas med telefonen."] * 10)


@pytest.mark.parametrize(
    ("times", "minutes", "people", "told"),
    [
        (12_000, 12, 3, "12\u00a0000 gånger per år × 12 minuter × 3 medarbetare = 7\u00a0200 timmar per år"),
        (1, 1, 60, "1 gång per år × 1 minut × 60 medarbetare = 1 timme per år"),
        (52, 30, None, "52 gånger per år, 30 minuter"),
        (None, None, 8, "8 medarbetare"),
        (None, None, None, ""),
    ],
)
def test_the_time_is_multiplied_out(
    cast: Cast, times: int | None, minutes: int | None, people: int | None, told: str
) -> None:
    walk = Walk(cast, times_per_year=times, minutes_each_time=minutes, people_involved=people)
    walk.case.initiative.refresh_from_db()
    assert time_today(walk.case.initiative) == told


def test_short_answers_are_in_sight_and_long_ones_folded(cast: Cast) -> None:
    walk = Walk(cast, idea=LONG, goal_or_law="Digitaliseringsplanen.", targets_employees=True).to(Status.QUALIFYING)
    brief = brief_of(walk.case)
    facts = dict(brief.facts)
    assert list(facts) == ["Lämnat av", "Målgrupp", "Mål, uppdrag eller lag"]
    assert facts["Lämnat av"].startswith("Medarbetare Skara, ")
    assert facts["Målgrupp"] == "Invånare, medarbetare"
    assert brief.folded == (("Idé till lösning", LONG),)


def test_what_is_empty_is_not_there(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFYING)
    client.force_login(walk.lead)
    card = card_of(client, walk, "fragor/kommun/")
    for word in ("Idé till lösning", "Tid i dag", "Bilagor", "Vad har ändrats?", "Går vidare trots nej", "Beredning"):
        assert word not in card


def card_of(client: Client, walk: Walk, rest: str) -> str:
    page = client.get(f"{walk.case.get_absolute_url()}{rest}").content.decode()
    return page.split("Vad det gäller</h2>")[1].split("</section>")[0]


def test_a_second_text_leads_to_what_has_changed(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.SUPPLEMENT)
    walk.act(Act.SUPPLEMENT, walk.author, motivation="Svar.", fields={"need": "Nycklar kommer bort."})
    client.force_login(walk.lead)
    card = card_of(client, walk, "fragor/kommun/")
    assert "Version 2." in card
    assert f'<a href="{walk.case.get_absolute_url()}andringar/">Vad har ändrats?</a>' in card


def test_whoever_decides_sees_what_was_passed_by_and_what_asks_for_preparation(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFYING)
    walk.answer_k(flags=["B4"])
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K5": Reply(GateReply.NO, "", "Tillsätts i mars.")})
    client.force_login(cast.director())
    card = card_of(client, walk, "steg/reject/")
    assert "Behövs ett nytt IT-stöd?" in card
    assert "Finns en namngiven verksamhetsägare med tid?" in card
    assert "Tillsätts i mars." in card


def test_who_scores_sees_the_text_alone(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFYING)
    walk.answer_k(flags=["B4"])
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K5": Reply(GateReply.NO, "", "Tillsätts i mars.")})
    walk.act(Act.QUALIFY, walk.lead)
    brief = text_beside(walk.case)["brief"]
    assert (brief.flagged, brief.overridden) == ((), ())
    client.force_login(walk.lead)
    card = card_of(client, walk, "bedom/")
    assert "Personalen hämtar och lämnar" in card
    assert "Tillsätts i mars." not in card
    assert "Beredning krävs" not in card


def test_it_costs_one_statement_whatever_hangs_on_it(
    cast: Cast, settings: Any, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    walk = Walk(cast).to(Status.SUPPLEMENT)
    for number in (1, 2):
        add(walk.case, walk.author, different(number), f"avtal-{number}.png")
    walk.act(Act.SUPPLEMENT, walk.author, motivation="Svar.", fields={"need": "Nycklar kommer bort."})
    walk.answer_k(flags=["B1", "B2"])
    with django_assert_num_queries(1):
        brief = brief_of(walk.case)
    assert [line.attachment.name for line in brief.attachments] == ["avtal-1.png", "avtal-2.png"]
    assert brief.revision == 2
    assert len(brief.flagged) == 2
