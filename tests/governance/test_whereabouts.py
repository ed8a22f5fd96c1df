"""Where an initiative is, said in one sentence for every status: typed here by hand, reached by real acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from followup.actions import record_adoption
from governance.acts import Act
from governance.expected import expected_by
from governance.models import Outcome, ProcessSettings, Stage
from governance.presenting.people import People
from governance.presenting.plain_words import LINES
from governance.presenting.seen import Seen, Whereabouts
from governance.presenting.whereabouts import whereabouts
from governance.reading import read_facts
from governance.statuses import ENDED, Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.walk import Walk, decision
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

S = Status
SINCE, DUE, LATE = "SINCE", "DUE", "LATE"
"""Stand for the day the status began, the day something is to have come, and how many days ago that was."""

LEAD = "Utvecklingsledaren Utvecklingsledare Skara i Skara"
DIRECTOR = "ommundirektören Kommundirektör Skara i Skara"
COORDINATOR = "V6-samordnaren V6-samordnare V6"
OFFICER = "Handläggaren Handläggare Göliska IT Göliska IT på Göliska IT"


def told(client: Client, walk: Walk, user: User) -> Whereabouts:
    client.force_login(user)
    page = client.get(walk.case.get_absolute_url())
    found: Whereabouts = page.context["whereabouts"]
    html = " ".join(page.content.decode().split())
    assert f'id="h-var">{found.place}</h2> <p class="lede">{found.sentence}' in html
    return found


def day(date: dt.date) -> str:
    return date_format(date, "j F Y")


def weekday(date: dt.date) -> dt.date:
    """The day itself, or the Monday after a Saturday or a Sunday."""
    while date.strftime("%a") in ("Sat", "Sun"):
        date += dt.timedelta(days=1)
    return date


SET_BY_SOMEBODY = {S.INTEREST, S.PAUSED}
"""Where the day is one that somebody has chosen, and stands as it is; what the settings count out is a working day."""


def filled(sentence: str, walk: Walk, days: int = 0) -> str:
    since = timezone.localdate(walk.case.status_since)
    due = since + dt.timedelta(days=days)
    if days and walk.case.status not in SET_BY_SOMEBODY:
        due = weekday(due)
    late = (timezone.localdate() - due).days
    return sentence.replace(SINCE, day(since)).replace(DUE, day(due)).replace(LATE, f"{late} dagar")


def everybody(cast: Cast) -> None:
    """One holder of each role that has a step in Skara, V6 and Göliska IT."""
    for role in (Role.LEAD, Role.MANAGER, Role.DIRECTOR):
        cast.person(role, "skara")
    cast.it_officer()
    cast.it_director()
    cast.coordinator()


# status, days to the answer, the heading, the sentence, as an author reads them
OPEN: dict[Status, tuple[int, str, str]] = {
    S.SUBMITTED: (
        10,
        "Inskickat och väntar på att läsas",
        f"{LEAD} har initiativet sedan SINCE och ska börja läsa det senast DUE.",
    ),
    S.QUALIFYING: (
        20,
        "Läses just nu",
        f"{LEAD} har initiativet sedan SINCE och ska svara om det går vidare senast DUE.",
    ),
    S.SUPPLEMENT: (
        14,
        "En fråga väntar på ditt svar",
        "Initiativet är hos dig sedan SINCE: Utvecklingsledare Skara har en fråga som du ska svara på senast DUE.",
    ),
    S.QUALIFIED: (
        40,
        "Går vidare och bedöms",
        f"{LEAD} har initiativet sedan SINCE och ska bedöma det och ställa det i ordning med de andra senast DUE.",
    ),
    S.PRIORITISED: (
        30,
        "Väntar på beslut",
        (
            f"Förvaltningschefen Förvaltningschef Skara eller k{DIRECTOR} har initiativet sedan SINCE och ska "
            "besluta om det ska genomföras, skickas till V6 eller avslås senast DUE."
        ),
    ),
    S.LOCAL: (
        0,
        "Beslutat",
        f"Arbetet har inte börjat än. {LEAD} har initiativet sedan SINCE och ska leda arbetet.",
    ),
    S.V6_RECEIVED: (
        10,
        "Skickat till V6",
        f"{COORDINATOR} har initiativet sedan SINCE och ska börja läsa det för V6 senast DUE.",
    ),
    S.V6_QUALIFYING: (
        20,
        "Läses i V6",
        (
            f"{COORDINATOR} har initiativet sedan SINCE och ska svara om alla kommuner ska få frågan om att vara med "
            "senast DUE."
        ),
    ),
    S.INTEREST: (
        30,
        "Kommunerna svarar om de vill vara med",
        (
            f"{COORDINATOR} har frågat kommunerna sedan SINCE om de vill vara med och väntar på svar från Essunga, "
            "Grästorp, Götene, Lidköping och Vara senast DUE."
        ),
    ),
    S.IT_ASSESSMENT: (
        20,
        "Göliska IT bedömer",
        f"{OFFICER} har initiativet sedan SINCE och ska bedöma vad det kräver av Göliska IT senast DUE.",
    ),
    S.V6_PRIORITISING: (
        40,
        "Kommunerna bedömer tillsammans",
        (
            f"{COORDINATOR} har initiativet sedan SINCE och ska samla kommunernas bedömningar och ställa det i ordning "
            "med de andra i V6 senast DUE."
        ),
    ),
    S.AWAITING_START: (
        30,
        "Väntar på beslut om start",
        f"K{DIRECTOR} har initiativet sedan SINCE och ska besluta om arbetet ska starta senast DUE.",
    ),
    S.IN_PROGRESS: (
        0,
        "Arbetet pågår",
        f"{LEAD} leder arbetet sedan SINCE; just nu pågår en förstudie, utan bestämd slutdag.",
    ),
    S.PAUSED: (
        90,
        "Vilar",
        f"Initiativet vilar sedan SINCE, och u{LEAD[1:]} ska ta upp det igen DUE.",
    ),
}


@pytest.mark.parametrize("status", OPEN)
def test_where_it_is_while_it_goes_on(cast: Cast, client: Client, status: Status) -> None:
    everybody(cast)
    walk = Walk(cast).to(status)
    days, place, sentence = OPEN[status]
    found = told(client, walk, walk.author)
    assert (found.place, found.sentence) == (place, filled(sentence, walk, days))
    assert not found.is_late


def _closed(walk: Walk) -> None:
    walk.to(S.IN_PROGRESS).end_stage()
    walk.act(Act.CLOSE, walk.lead, motivation="Klart.")


def _unrealised(walk: Walk) -> None:
    director = walk.cast.director()
    walk.to(S.AWAITING_START).act(Act.END_UNREALISED, director, **decision(director, motivation="För dyrt."))


def _rejected(walk: Walk) -> None:
    manager = walk.cast.manager()
    walk.to(S.PRIORITISED).act(Act.REJECT, manager, **decision(manager, motivation="Ryms inte."))


def _rejected_by_a_board(walk: Walk) -> None:
    manager = walk.cast.manager()
    board = {"body": "Kommunstyrelsen", "protocol_reference": "KS 2026 § 12", "motivation": "Ryms inte."}
    walk.to(S.PRIORITISED).act(Act.REJECT, manager, **decision(manager, **board))


def _referred(where: str) -> Callable[[Walk], Any]:
    return lambda walk: walk.to(S.QUALIFYING).act(
        Act.REFER, walk.lead, referred_to=where, motivation="Det är en licens."
    )


def _withdrawn(by: str) -> Callable[[Walk], Any]:
    return lambda walk: walk.to(S.SUBMITTED).act(Act.WITHDRAW, getattr(walk, by), motivation="Redan löst.")


ENDINGS: list[tuple[Callable[[Walk], Any], str, str, str]] = [
    (_closed, "Avslutat", f"{LEAD} avslutade initiativet SINCE.", "Klart."),
    (
        _unrealised,
        "Avslutat utan att genomföras",
        f"K{DIRECTOR} beslutade SINCE att avsluta initiativet utan att genomföra det.",
        "För dyrt.",
    ),
    (
        _rejected,
        "Avslaget",
        "Förvaltningschefen Förvaltningschef Skara i Skara beslutade SINCE att avslå initiativet.",
        "Ryms inte.",
    ),
    (_rejected_by_a_board, "Avslaget", "Kommunstyrelsen beslutade SINCE att avslå initiativet.", "Ryms inte."),
    (
        _referred("it_order"),
        "Hör hemma på ett annat ställe",
        f"{LEAD} hänvisade initiativet vidare SINCE: det löses med en vanlig IT-beställning.",
        "Det är en licens.",
    ),
    (
        _referred("maintenance"),
        "Hör hemma på ett annat ställe",
        f"{LEAD} hänvisade initiativet vidare SINCE: det löses av dem som redan sköter systemet.",
        "Det är en licens.",
    ),
    (
        _referred("other"),
        "Hör hemma på ett annat ställe",
        f"{LEAD} hänvisade initiativet vidare SINCE: det löses på ett annat ställe, och skälet säger var.",
        "Det är en licens.",
    ),
    (_withdrawn("author"), "Återtaget", "Du återtog initiativet SINCE.", "Redan löst."),
    (_withdrawn("lead"), "Återtaget", f"{LEAD} återtog initiativet SINCE.", "Redan löst."),
]


@pytest.mark.parametrize(("ends", "place", "sentence", "reason"), ENDINGS)
def test_where_it_ended_by_whom_when_and_why(
    cast: Cast, client: Client, ends: Callable[[Walk], Any], place: str, sentence: str, reason: str
) -> None:
    walk = Walk(cast)
    ends(walk)
    found = told(client, walk, walk.author)
    assert (found.place, found.sentence) == (place, filled(sentence, walk))
    assert (found.quote_label, found.quote) == ("Skälet:", reason)


def test_a_solution_that_is_looked_after(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(S.IN_PROGRESS)
    walk.end_stage()
    record_adoption(case=walk.case, by=walk.lead, organisation=cast.orgs["skara"], in_use_on=walk.today)
    walk.act(Act.NAME_OBJECT, walk.lead, managed_object="Välfärdsteknik")
    walk.act(Act.HAND_OVER, walk.lead)
    sentence = (
        "Lösningen är klar och sköts sedan SINCE i Välfärdsteknik; fråga utvecklingsledaren Utvecklingsledare Skara i "
        "Skara om du undrar något."
    )
    assert told(client, walk, walk.author).sentence == filled(sentence, walk)


class TestDuplicate:
    """Another initiative is named only to those who may see that one."""

    def test_named_with_a_link_to_those_who_may_see_it(self, cast: Cast, client: Client) -> None:
        original = Walk(cast, title="Nycklar förut").to(S.SUBMITTED).case.initiative
        walk = Walk(cast).to(S.SUBMITTED)
        walk.act(Act.MARK_DUPLICATE, walk.lead, original=original)
        reference = original.reference
        sentence = f"{LEAD} såg SINCE att samma sak redan finns i {reference}, som går vidare i stället."
        assert told(client, walk, walk.author).sentence == filled(sentence, walk)
        assert f'href="/initiativ/{reference}/"' in client.get(walk.case.get_absolute_url()).content.decode()

    def test_not_to_an_author_who_may_not(self, cast: Cast, client: Client) -> None:
        other = Walk(cast, title="Nycklar förut")
        other.case.initiative.author = other.author = cast.staff("skara", 5)
        other.case.initiative.save()
        original = other.to(S.SUBMITTED).case.initiative
        walk = Walk(cast).to(S.SUBMITTED)
        walk.act(Act.MARK_DUPLICATE, walk.lead, original=original)
        sentence = f"{LEAD} såg SINCE att samma sak redan finns i ett annat initiativ, som går vidare i stället."
        assert told(client, walk, walk.author).sentence == filled(sentence, walk)
        html = client.get(walk.case.get_absolute_url()).content.decode()
        assert original.title not in html
        assert f"/initiativ/{original.reference}/" not in html


def test_every_status_has_a_line_and_every_line_is_tried_here() -> None:
    assert set(LINES) == set(Status)
    assert set(OPEN) | ENDED | {S.DRAFT, S.MAINTENANCE} == set(Status)
    assert all(LINES[status].short == "" for status in ENDED)


def test_a_draft_is_the_authors_own(cast: Cast) -> None:
    case = Walk(cast).case
    seen = Seen(
        case, read_facts(case), People((), {}), case.events.get(), None, (), case.initiative.author_id or 0, True
    )
    found = whereabouts(seen)
    assert found.place == "Utkast"
    assert found.sentence == "Bara du och dina medförfattare ser utkastet, tills du skickar in det."


@pytest.mark.parametrize(
    ("ago", "sentence"),
    [
        (3, f"{LEAD} har initiativet sedan SINCE och väntar på svar från Gun Gran senast DUE."),
        (90, f"Svaret från Gun Gran är LATE sent. {LEAD} väntar på det."),
    ],
)
def test_a_question_to_somebody_who_has_no_account(cast: Cast, client: Client, ago: int, sentence: str) -> None:
    walk = Walk(cast, at=timezone.now() - dt.timedelta(days=ago)).to(S.SUPPLEMENT)
    Initiative.objects.update(author=None, author_name="Gun Gran")
    assert told(client, walk, cast.reader()).sentence == filled(sentence, walk, 14)


class TestWhenTheDayHasPassed:
    """Nobody is met by silence: it says what should have come, and to the author whom to ask."""

    @pytest.fixture
    def long_ago(self) -> dt.datetime:
        return timezone.now() - dt.timedelta(days=200)

    def test_the_author_is_told_whom_to_ask(self, cast: Cast, client: Client, long_ago: dt.datetime) -> None:
        walk = Walk(cast, at=long_ago).to(S.SUBMITTED)
        cast.lead()
        found = told(client, walk, walk.author)
        sentence = (
            f"Läsningen skulle ha börjat för LATE sedan. {LEAD} ska börja läsa det. Fråga gärna Utvecklingsledare "
            "Skara hur det går."
        )
        assert found.sentence == filled(sentence, walk, 10)
        assert found.is_late

    def test_somebody_else_is_not_told_to_ask(self, cast: Cast, client: Client, long_ago: dt.datetime) -> None:
        walk = Walk(cast, at=long_ago).to(S.SUBMITTED)
        cast.lead()
        sentence = f"Läsningen skulle ha börjat för LATE sedan. {LEAD} ska börja läsa det."
        assert told(client, walk, cast.reader()).sentence == filled(sentence, walk, 10)

    def test_the_last_day_itself_is_in_time(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=11)).to(S.SUBMITTED)
        assert "ska börja läsa det" in told(client, walk, walk.author).sentence

    def test_a_question_that_has_not_been_answered(self, cast: Cast, client: Client, long_ago: dt.datetime) -> None:
        walk = Walk(cast, at=long_ago).to(S.SUPPLEMENT)
        sentence = "Ditt svar till Utvecklingsledare Skara är LATE sent. Svara nu eller be om mer tid."
        found = told(client, walk, walk.author)
        assert found.sentence == filled(sentence, walk, 14)
        assert found.quote == "Hur många berörs?"
        others = "Svaret är LATE sent. Medarbetare Skara ska svara på en fråga från Utvecklingsledare Skara."
        assert told(client, walk, cast.reader()).sentence == filled(others, walk, 14)

    def test_kommuner_that_have_not_answered(self, cast: Cast, client: Client, long_ago: dt.datetime) -> None:
        walk = Walk(cast, at=long_ago).to(S.INTEREST)
        for kommun in ("essunga", "gotene", "vara"):
            walk.answer(kommun, "decline")
        found = told(client, walk, walk.author)
        assert found.sentence.startswith("Svaren från Grästorp och Lidköping är ")
        assert f" dagar sena. {COORDINATOR} har frågat kommunerna sedan " in found.sentence
        assert found.sentence.endswith(" om de vill vara med. Fråga gärna V6-samordnare V6 hur det går.")
        walk.answer("grastorp", "decline")
        assert told(client, walk, walk.author).sentence.startswith("Svaret från Lidköping är ")

    def test_a_stage_and_what_rests(self, cast: Cast, client: Client, long_ago: dt.datetime) -> None:
        walk = Walk(cast, at=long_ago).to(S.IN_PROGRESS)
        planned = timezone.localdate() - dt.timedelta(days=3)
        Stage.objects.update(planned_end=planned)
        found = told(client, walk, walk.author).sentence
        assert f"just nu pågår en förstudie som skulle ha varit klar senast {day(planned)}. Fråga gärna" in found
        resting = Walk(cast, at=long_ago).to(S.PAUSED)
        found = told(client, resting, resting.author)
        assert "skulle ha tagit upp det igen" in found.sentence
        assert found.quote == "Väntar på avtal."


class TestWhoHasIt:
    def sentence(self, client: Client, walk: Walk, user: User | None = None) -> str:
        return told(client, walk, user or walk.author).sentence

    def test_all_kommuner_have_answered(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.INTEREST)
        walk.all_answer()
        assert "alla har svarat, och nu ska svaren tas om hand." in self.sentence(client, walk)

    def test_goliskas_commitment_comes_before_the_start(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.IT_ASSESSMENT)
        walk.it_assess(commitment_needed=True)
        walk.v6_prioritise()
        cast.it_director()
        assert self.sentence(client, walk).startswith("Förbundsdirektören Förbundsdirektör Göliska IT har initiativet")
        director = cast.it_director()
        walk.act(Act.DECIDE_COMMITMENT, director, commitment="no", **decision(director))
        assert told(client, walk, walk.author).place == "Göliska IT åtar sig inte uppdraget"
        assert "och ska ta ställning till vad som ska hända nu senast" in self.sentence(client, walk)

    def test_two_are_named(self, cast: Cast, client: Client) -> None:
        cast.lead(), cast.lead("skara", 2)
        walk = Walk(cast).to(S.SUBMITTED)
        names = "Utvecklingsledarna Utvecklingsledare Skara och Utvecklingsledare Skara 2 i Skara har"
        assert self.sentence(client, walk).startswith(names)

    def test_of_three_two_are_named(self, cast: Cast, client: Client) -> None:
        for number in (1, 2, 3):
            cast.lead("skara", number)
        walk = Walk(cast).to(S.SUBMITTED)
        assert "Utvecklingsledare Skara 2 m.fl. i Skara har" in self.sentence(client, walk)

    def test_a_role_that_nobody_has_is_said_to_be_vacant(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.SUBMITTED)
        found = self.sentence(client, walk)
        assert found.startswith("Utvecklingsledaren i Skara (rollen är inte besatt) har initiativet")

    def test_a_vacant_role_is_left_out_where_another_decides(self, cast: Cast, client: Client) -> None:
        cast.director()
        walk = Walk(cast).to(S.PRIORITISED)
        assert self.sentence(client, walk).startswith(f"K{DIRECTOR} har initiativet")

    def test_only_those_who_hold_the_role_today_and_may_sign_in(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.SUBMITTED)
        today = timezone.localdate()
        cast.lead(), cast.lead("skara", 2)
        Membership.objects.filter(user=cast.lead()).update(valid_to=today - dt.timedelta(days=1))
        User.objects.filter(pk=cast.lead("skara", 2).pk).update(is_active=False)
        assert "(rollen är inte besatt)" in self.sentence(client, walk)

    def test_another_kommuns_holders_are_not_mistaken_for_ours(self, cast: Cast, client: Client) -> None:
        cast.lead("vara")
        walk = Walk(cast).to(S.SUBMITTED)
        assert "Utvecklingsledare Vara" not in self.sentence(client, walk)

    def test_in_v6_the_kommun_that_leads(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.IN_PROGRESS)
        cast.lead("vara")
        walk.act(Act.CHANGE_LEADER, cast.director(), leader=cast.orgs["vara"], **decision(cast.director()))
        assert self.sentence(client, walk).startswith("Utvecklingsledaren Utvecklingsledare Vara i Vara leder arbetet")

    def test_goliskas_own_is_decided_by_its_director(self, cast: Cast, client: Client) -> None:
        cast.it_director()
        walk = Walk(cast, "goliska").to(S.PRIORITISED)
        assert self.sentence(client, walk).startswith("Förbundsdirektören Förbundsdirektör Göliska IT har initiativet")

    def test_a_co_author_is_an_author(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(S.SUPPLEMENT)
        friend = cast.staff("skara", 2)
        walk.case.initiative.co_authors.add(friend)
        assert self.sentence(client, walk, friend).startswith("Initiativet är hos dig")


def test_the_days_are_those_that_the_settings_say_today(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    ProcessSettings.objects.create(valid_from=today, qualification_days=3)
    walk = Walk(cast).to(S.SUBMITTED)
    assert told(client, walk, walk.author).sentence.endswith(filled("senast DUE.", walk, 3))


def test_just_submitted_it_says_when_a_first_answer_can_be_expected(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(S.SUBMITTED)
    read = weekday(walk.today + dt.timedelta(days=10))
    answered = weekday(read + dt.timedelta(days=20))
    assert told(client, walk, walk.author).then.endswith(f" Räkna med ett första svar senast {day(answered)}.")
    walk.start_qualification()
    assert "första svar" not in told(client, walk, walk.author).then


def test_it_promises_no_answer_when_the_reading_is_late(cast: Cast, client: Client) -> None:
    walk = Walk(cast, at=timezone.now() - dt.timedelta(days=60)).to(S.SUBMITTED)
    assert "första svar" not in told(client, walk, walk.author).then


@pytest.mark.parametrize(
    ("began", "days", "due"),
    [
        ("2026-11-25", 1, "2026-11-26"),
        ("2026-11-25", 2, "2026-11-27"),
        ("2026-11-25", 3, "2026-11-30"),
        ("2026-11-25", 4, "2026-11-30"),
        ("2026-11-25", 5, "2026-11-30"),
        ("2026-12-20", 12, "2027-01-01"),
    ],
)
def test_nothing_is_expected_on_a_saturday_or_a_sunday(began: str, days: int, due: str) -> None:
    assert expected_by(dt.date.fromisoformat(began), days) == dt.date.fromisoformat(due)


def test_work_has_not_begun_until_a_stage_has(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(S.LOCAL)
    assert "pågår" not in told(client, walk, walk.author).place
    walk.start_stage()
    found = told(client, walk, walk.author)
    assert (found.place, "just nu pågår ett projekt" in found.sentence) == ("Arbetet pågår", True)


@pytest.mark.parametrize(
    ("status", "outcome", "ended"),
    [
        (S.IN_PROGRESS, Outcome.DONE, "Förstudien blev klar DAY."),
        (S.IN_PROGRESS, Outcome.ABORTED, "Förstudien avbröts DAY."),
        (S.LOCAL, Outcome.DONE, "Projektet blev klart DAY."),
    ],
)
def test_between_two_stages_no_work_is_said_to_go_on(
    cast: Cast, client: Client, status: Status, outcome: Outcome, ended: str
) -> None:
    walk = Walk(cast).to(status)
    if status == S.LOCAL:
        walk.start_stage()
    walk.end_stage(outcome)
    found = told(client, walk, walk.author)
    assert found.place == "Mellan två etapper"
    day = date_format(walk.today, "j F Y")
    assert found.sentence == (
        f"Ingen etapp pågår just nu. {ended.replace('DAY', day)} "
        f"{LEAD} leder arbetet och bestämmer vad som kommer härnäst."
    )
    assert "nästa etapp" in found.then
    walk.start_stage()
    assert told(client, walk, walk.author).place == "Arbetet pågår"


class TestSeveralQuestions:
    """The lead may ask about the whole and about single answers: all of it stands there."""

    QUESTIONS = {"need": "Hur ofta?", "people_involved": "", "benefit": "För vem?", "existing_solutions": "Var?"}

    @pytest.fixture
    def walk(self, cast: Cast) -> Walk:
        walk = Walk(cast).to(S.QUALIFYING)
        walk.act(Act.REQUEST_SUPPLEMENT, walk.lead, motivation="Hur många berörs?", questions=self.QUESTIONS)
        return walk

    def test_to_the_author(self, client: Client, walk: Walk) -> None:
        found = told(client, walk, walk.author)
        assert found.place == "Fyra frågor väntar på ditt svar"
        assert "Utvecklingsledare Skara har fyra frågor som du ska svara på senast" in found.sentence
        assert (found.quote_label, found.quote) == ("Fyra frågor:", "Hur många berörs?")
        assert [(asked.answer, asked.question) for asked in found.questions] == [
            ("Problem eller behov", "Hur ofta?"),
            ("Väntad nytta", "För vem?"),
            ("Antal medarbetare", "Utvecklingsledare Skara vill att du ser över det här svaret."),
            ("Finns något liknande i dag?", "Var?"),
        ]
        html = client.get(walk.case.get_absolute_url()).content.decode()
        assert " ".join(html.split()).count("<dt>Väntad nytta</dt> <dd>För vem?</dd>") == 2, (
            "on the card and in Så har det gått"
        )

    def test_to_somebody_else(self, cast: Cast, client: Client, walk: Walk) -> None:
        found = told(client, walk, cast.reader())
        assert found.place == "Fyra frågor väntar på svar"
        assert "ska svara på fyra frågor från Utvecklingsledare Skara" in found.sentence
        assert "vill att det här svaret ses över." in [asked.question[-33:] for asked in found.questions]


def test_nobody_can_promise_an_answer_in_no_days(cast: Cast) -> None:
    from django.db import IntegrityError, transaction

    for name in {*ProcessSettings.DAYS.values(), "interest_days"}:
        with pytest.raises(IntegrityError, match="settings_days_positive"), transaction.atomic():
            ProcessSettings.objects.create(valid_from=timezone.localdate(), **{name: 0})
