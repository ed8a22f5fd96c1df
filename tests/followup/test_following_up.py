"""The benefit of a solution in use: asked for after 6 and 12 months, answered, and read beside what was expected."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from followup.actions import confirm_benefit, record_adoption
from followup.models import Confirmation, RealisedBenefit
from governance.acts import Act
from governance.mail import sending
from governance.models import Case, FollowUp, Notice, Outcome
from governance.presenting import todo
from governance.statuses import Status
from initiatives.benefit_calculation import Assumptions, Effect
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import Walk
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .history import History, day, organisation
from .reporting import every_value, forgetful, pdf_text, signed_in, text_of, workbook_of

__all__ = ["forgetful"]

pytestmark = pytest.mark.django_db

USED = Confirmation.Kind.UTILISED


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at("2042-08-31")
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def at(self, date: str) -> dt.date:
        self.now = dt.datetime.fromisoformat(f"{date}T09:00:00+01:00")
        return self.now.date()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def in_use(cast: Cast, clock: Clock) -> Walk:
    """Taken into use in Skara, which leads, and in Vara, on 31 August 2042; every lead can be reached."""
    walk = Walk(cast).to(Status.IN_PROGRESS)
    walk.end_stage(Outcome.DONE)
    walk.act(Act.NAME_OBJECT, walk.lead, managed_object="Välfärdsteknik", managed_by=cast.orgs["goliska"])
    walk.act(Act.CALCULATE, walk.lead, calculation=EXPECTED, motivation="Mätt.")
    for kommun in ("skara", "vara"):
        record_adoption(case=walk.case, by=walk.lead, organisation=cast.orgs[kommun], in_use_on=day("2042-08-31"))
    walk.act(Act.HAND_OVER, walk.lead)
    give_address(cast.lead("skara"), cast.lead("vara"), cast.lead("lidkoping"), cast.director())
    Notice.objects.all().delete()
    return walk


EXPECTED = Assumptions(
    hours_per_year=Decimal(500), cost_per_hour=Decimal(400), effects=(Effect("Porto", Decimal(20_000), True),)
)


def waits_for(user: User) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = todo.described(todo.in_order(user), user)
    return [(row.url, row.since, row.deadline) for row in rows if row.line.act == Act.CONFIRM_BENEFIT]


def sent() -> dict[str, str]:
    mail.outbox.clear()
    sending.go_round()
    return {message.to[0].split("@")[0]: message.subject.rsplit(": ", 1)[0] for message in mail.outbox}


def says(case: Case, by: User, *, holds: bool = True, date: dt.date | None = None, **came_to: Decimal) -> Confirmation:
    on = date or todo.timezone.localdate()
    return confirm_benefit(case=case, by=by, kind=USED, holds=holds, date=on, grounds="Mätt i två veckor.", **came_to)


def test_it_waits_for_the_lead_of_each_kommun_from_the_day_until_it_is_answered(
    cast: Cast, in_use: Walk, clock: Clock
) -> None:
    skara, vara = cast.lead("skara"), cast.lead("vara")
    told = "Påminnelse: Nyttan att följa upp"
    address = f"/initiativ/{in_use.case.initiative.reference}/nytta/"
    half = (address, day("2043-02-28"), day("2043-03-30"))

    clock.at("2043-02-27")
    assert (waits_for(skara), waits_for(vara), sent()) == ([], [], {})
    clock.at("2043-02-28")  # a Saturday, and the last day of the month
    assert waits_for(skara) == waits_for(vara) == [half]
    assert [waits_for(one) for one in (cast.lead("lidkoping"), cast.director(), cast.coordinator())] == [[], [], []]
    assert sent() == {}
    clock.at("2043-03-02")
    assert sent() == {"lead.skara": told, "lead.vara": told}

    says(in_use.case, vara, date=day("2043-02-27"))
    assert waits_for(vara) == [half]  # said of the day before: too early to tell
    says(in_use.case, vara, holds=False)
    assert (waits_for(vara), waits_for(skara)) == ([], [half])  # a no is an answer, and Vara's alone
    clock.at("2043-03-31")
    assert sent() == {"lead.skara": told}

    clock.at("2043-08-31")
    assert waits_for(vara) == [(address, day("2043-08-31"), day("2043-09-30"))]
    assert waits_for(skara) == [half]  # the longest waiting
    says(in_use.case, skara, hours_a_year=Decimal(120))
    assert waits_for(skara) == []  # both are answered at once
    assert FollowUp.objects.waiting().count() == 1
    assert cast.lead("skara") != in_use.case


def test_nothing_is_asked_twice_nor_of_what_is_brought_in(cast: Cast, in_use: Walk, clock: Clock) -> None:
    assert FollowUp.objects.count() == 4
    with pytest.raises(Refused, match="har redan infört"):
        record_adoption(case=in_use.case, by=in_use.lead, organisation=cast.orgs["vara"], in_use_on=day("2042-08-31"))
    assert FollowUp.objects.count() == 4
    clock.at("2044-01-31")
    late = record_adoption(
        case=in_use.case, by=in_use.lead, organisation=cast.orgs["lidkoping"], in_use_on=day("2042-12-31")
    )
    found = FollowUp.objects.filter(organisation=late.organisation).values_list("months", "due_on")
    assert list(found) == [(12, day("2043-12-31"))]
    History("DI-1", submitted="2042-01-01").adopted("Skara", "2042-02-01")
    assert FollowUp.objects.count() == 5


def test_the_form_says_what_is_asked_and_what_was_expected_and_the_page_shows_both(
    cast: Cast, in_use: Walk, clock: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clock.at("2043-03-02")
    client = signed_in(cast.lead("vara"))
    address = f"/initiativ/{in_use.case.initiative.reference}/nytta/"
    page = client.get(address)
    text = text_of(page.content.decode())
    assert "Det har gått 6 månader sedan Vara införde lösningen. Används den i vardagen?" in text
    assert "Väntat i nyttokalkylen, för alla tillsammans: 500 timmar per år." in text
    assert "Väntat i nyttokalkylen, för alla tillsammans: 20 000 kr per år." in text
    given = {"kind": "utilised", "holds": "no", "date": "2043-03-02", "hours_a_year": "1 000", "kronor_a_year": "-1"}
    wrong = client.post(address, {**given, "grounds": ""})
    text = text_of(wrong.content.decode())
    assert "Skriv vad bekräftelsen bygger på." in text
    assert "1 000" in wrong.content.decode()
    assert not RealisedBenefit.objects.exists()
    right = {**given, "grounds": "Utbildningen dröjer.", "hours_a_year": "300,5", "kronor_a_year": "25 000"}
    assert client.post(address, right).status_code == 302

    says(in_use.case, cast.lead("skara"), hours_a_year=Decimal(90))
    says(in_use.case, cast.lead("skara"), hours_a_year=Decimal(100), kronor_once=Decimal(7_000))
    page = text_of(client.get(in_use.case.get_absolute_url()).content.decode())
    assert "Sparad tid, timmar per år 500 400,50 −99,50" in page
    assert "Sparade pengar per år 20 000 kr 25 000 kr +5 000 kr" in page
    assert "Sparade pengar en gång – uppgift saknas 7 000 kr – uppgift saknas" in page
    assert "Skara ersatt av en nyare 2043-03-02" in page
    assert "300,50 timmar per år och 25 000 kr per år Utbildningen dröjer." in page
    assert "efter 6 månader" in page
    assert "Vara, 6 månader efter införandet, 28 februari 2043 Gjord" in page
    assert "Vara, 12 månader efter införandet, 31 augusti 2043 Kommer" in page
    with pytest.raises(DatabaseError, match="tas aldrig bort"), transaction.atomic():
        RealisedBenefit.objects.update(hours_a_year=1)
    with pytest.raises(DatabaseError, match="tas aldrig bort"), transaction.atomic():
        RealisedBenefit.objects.all().delete()


def test_it_is_handed_over_with_what_is_known_and_found_by_its_object(cast: Cast, in_use: Walk, clock: Clock) -> None:
    client = signed_in(cast.lead("vara"))
    page = text_of(client.get(in_use.case.get_absolute_url()).content.decode())
    assert "Överlämnat till Välfärdsteknik den 31 augusti 2042" in page
    assert "Organisation som förvaltar Göliska IT" in page
    assert "Löpande kostnad per år saknas 3N saknas" in page
    other = Walk(cast, title="Utan objekt").to(Status.IN_PROGRESS)
    found = text_of(client.get("/initiativ/", {"managed_object": "välfärds"}).content.decode())
    assert in_use.case.initiative.reference in found
    assert other.case.initiative.reference not in found
    asked = text_of(signed_in(other.lead).get(f"{other.case.get_absolute_url()}steg/hand_over/").content.decode())
    assert "Förvaltningsobjekt saknas Organisation som förvaltar saknas Löpande kostnad per år saknas" in asked


@pytest.fixture
def analysed(cast: Cast, forgetful: None) -> None:
    """Two solutions in V6 and one of Vara's own, in use since 2025; some followed up during the first half of 2026."""
    done = History("DI-1", v6="2024-02-01", submitted="2024-01-10").adopted("Skara", "2025-07-01")
    done.adopted("Vara", "2025-12-31").confirmed_in_all("2026-01-01")
    History("DI-2", v6="2024-02-01", submitted="2024-01-10").adopted("Skara", "2025-12-30").confirmed(
        "new", "2026-06-29"
    )
    local = (
        History("DI-3", "Vara", submitted="2024-01-10")
        .adopted("Vara", "2025-01-01")
        .confirmed("new", "2025-02-01", holds=False)
    )
    for one, kommun, hours in ((done, "Skara", 100), (local, "Vara", 40)):
        RealisedBenefit.objects.create(
            case=one.case,
            organisation=organisation(kommun),
            date=day("2026-06-30"),
            hours_a_year=hours,
            grounds="Mätt.",
        )


def test_the_analysis_counts_everybodys_and_names_only_what_the_reader_may_read(
    cast: Cast, analysed: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = text_of(signed_in(cast.director()).get("/uppfoljning/2026-1/?kommun=alla").content.decode())
    # Due in the half-year: after 6 months DI-1 in Skara (1 January) and Vara (30 June), DI-2 (30 June);
    # after 12 months DI-3 (1 January). The confirmations of 1 January answer the first alone.
    assert "Efter 6 månader 3 1 4 1" in page
    assert "Efter 12 månader 1 0 1 0" in page
    assert "Initiativ DI-1 DI-1 Vara 2026-06-30 Initiativ DI-2 DI-2 Skara 2026-06-30" in page
    assert "Nytt 2 1 0 Nyttigt 1 0 2 Nyttiggjort 1 0 2" in page
    assert "Initiativ DI-1 DI-1 – uppgift saknas 100" in page
    assert "Initiativ DI-3" not in page
    assert "1 till visas inte, för du får inte läsa initiativet." in page
    assert "3 införanden skulle ha följts upp under halvåret men är inte det. Från tidigare väntar 0." in page
    home = text_of(signed_in(cast.director("vara")).get("/uppfoljning/2026-1/").content.decode())
    assert "Initiativ DI-3 DI-3 – uppgift saknas 40" in home
    assert "till visas inte" not in home.split("Nyttoanalys")[-1].split("Sparade mått")[0]
    skaras = text_of(signed_in(cast.director()).get("/uppfoljning/2026-1/").content.decode())
    assert "Efter 6 månader 2 1 2 1 Efter 12 månader 0 0 0 0" in skaras
    before = text_of(signed_in(cast.director()).get("/uppfoljning/2024-2/").content.decode())
    assert "Nyttoanalys" not in before


def test_the_analysis_in_the_pdf_and_the_workbook(cast: Cast, analysed: None) -> None:
    client = signed_in(cast.director())
    text = pdf_text(client.get("/uppfoljning/2026-1/rapport.pdf").content)
    assert "Nyttoanalys" in text
    assert "DI-1" in text
    book = workbook_of(client.get("/uppfoljning/2026-1/rapport.xlsx").content)
    assert "Nyttoanalys" in book.sheetnames
    assert "Initiativ DI-3" not in every_value(book)
