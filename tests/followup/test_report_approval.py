"""A report gone through, approved, frozen and read: through the pages, by the right people, once, for good."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from followup.actions import approve_report, read_report, return_report, review_report
from followup.drawing import Bar, BarChart
from followup.models import HalfYearReport, ReportReading
from followup.periods import HalfYear
from followup.presenting import beside, kept, report
from followup.presenting.beside_parts import Beside, BesideItem
from followup.presenting.cells import Cell, Column, Kind, Table
from followup.presenting.freezing import freeze
from followup.presenting.kept import kept_of
from followup.presenting.readers import places_of
from governance.acts import Act
from governance.chain import Head, holds
from governance.mail import sending
from governance.models import Event, Mail
from initiatives.models import Initiative
from tests.cast import Cast
from tests.followup.approved import PERIOD, SUMMARY, TODAY, adopt, approved, day, reviewed, seen, worked
from tests.followup.reporting import every_value, pdf_text, signed_in, text_of, workbook_of
from tests.postoffice import give_address
from tests.walk import Walk
from v6portal.organizations.actions import appoint
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation
from v6portal.organizations.printing import pdf_available
from v6portal.organizations.version import version

pytestmark = pytest.mark.django_db

AT = f"/uppfoljning/{PERIOD.code}/"


def page(client: Client, address: str = AT) -> str:
    """What stands between the frame's head and its foot."""
    response = client.get(address)
    assert response.status_code == 200, address
    return text_of(response.content.decode().split("<main")[1].split("</main>")[0])


def token(client: Client) -> str:
    """What the approval page carries of the figures it shows."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(f"{AT}faststall/").content.decode())
    assert found
    return found[1]


def test_from_draft_to_read_through_the_pages_with_one_event_for_each_step(cast: Cast) -> None:
    worked(cast)
    network, coordinator, director = (signed_in(who) for who in (cast.network(), cast.coordinator(), cast.director()))
    before = Event.objects.count()
    assert "Utkast Siffrorna räknas om varje gång sidan öppnas." in page(network)
    assert "Halvårsrapport att granska" in page(network, "/")
    assert "Rapporten behöver granskas först." in page(coordinator, f"{AT}faststall/")
    network.post(f"{AT}granskad/", {"seen": token(network)})
    assert "Halvårsrapport att granska" not in page(network, "/")
    assert "Halvårsrapport att fastställa" in page(coordinator, "/")
    empty = coordinator.post(f"{AT}faststall/", {"seen": token(coordinator), "summary": " "})
    assert (empty.status_code, "Skriv en sammanfattning." in empty.content.decode()) == (422, True)
    done = coordinator.post(f"{AT}faststall/", {"seen": token(coordinator), "summary": SUMMARY}, follow=True)
    assert "Fastställd av V6-samordnare V6" in text_of(done.content.decode())
    assert "Halvårsrapport att fastställa" not in page(coordinator, "/")
    assert "Halvårsrapport att läsa" in page(director, "/")
    assert SUMMARY in page(director)
    for _press in range(2):
        told = director.post(f"{AT}tagit-del/", follow=True)
        assert told.redirect_chain == [(AT, 302)]
    assert "Halvårsrapport att läsa" not in page(director, "/")
    assert "Du tog del av rapporten den" in page(director)
    kinds = [Act.REVIEW_REPORT, Act.APPROVE_REPORT, Act.READ_REPORT]
    assert [event.kind for event in Event.objects.order_by("pk")[before:]] == kinds


def test_what_is_approved_is_what_was_gone_through_by_another(cast: Cast) -> None:
    walk = worked(cast)
    reviewed(cast)
    coordinator, opened = cast.coordinator(), seen()
    adopt(walk, "lidkoping", day(160).date())
    for told in (opened, seen()):
        with pytest.raises(Refused, match="Siffrorna har ändrats sedan granskningen"):
            approve_report(period=PERIOD, by=coordinator, summary=SUMMARY, seen=told, freeze=freeze)
    with pytest.raises(Refused, match="Skriv varför"):
        return_report(period=PERIOD, by=coordinator, reason=" ")
    return_report(period=PERIOD, by=coordinator, reason="Lidköping har infört.")
    with pytest.raises(Refused, match="Siffrorna har ändrats sedan du öppnade sidan"):
        review_report(period=PERIOD, by=cast.lead("vara"), seen=opened)
    cast.membership(coordinator, "network", "v6")
    review_report(period=PERIOD, by=coordinator, seen=seen())
    with pytest.raises(Refused, match="Du har själv granskat rapporten"):
        approve_report(period=PERIOD, by=coordinator, summary=SUMMARY, seen=seen(), freeze=freeze)
    assert HalfYearReport.objects.get().status == "reviewed"


def test_a_half_year_that_runs_or_that_nothing_is_known_of_is_not_approved(cast: Cast) -> None:
    worked(cast)
    running, network = PERIOD.next(), cast.network()
    with pytest.raises(Refused, match="Halvåret pågår"):
        review_report(period=running, by=network, seen=seen(running))
    assert "Halvåret pågår" in page(signed_in(network), f"/uppfoljning/{running.code}/faststall/")
    for code in (running.next().code, "2019-3", "1999-1"):
        assert signed_in(network).get(f"/uppfoljning/{code}/faststall/").status_code == 404
        assert signed_in(network).post(f"/uppfoljning/{code}/granskad/", {"seen": ""}).status_code == 404
    with pytest.raises(Refused, match="inget att rapportera"):
        review_report(period=HalfYear(1999, 1), by=network, seen="")
    assert not HalfYearReport.objects.exists()


def test_the_head_and_the_version_are_frozen_and_the_event_seals_them(cast: Cast) -> None:
    worked(cast)
    newest = Event.objects.latest("pk").pk
    report = approved(cast)
    assert report.head_number == newest + 1  # that of the review
    assert holds(Head(report.head_number, report.head_hash))
    assert report.version == kept_of(report).content["version"] == version()
    event = Event.objects.get(kind=Act.APPROVE_REPORT)
    assert event.data == {
        "period": PERIOD.code,
        "checksum": report.checksum,
        "head": f"{report.head_number}:{report.head_hash}",
    }


def test_the_database_lets_nothing_approved_be_changed(cast: Cast) -> None:
    worked(cast)
    reviewed(cast)
    draft = HalfYearReport.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        draft.delete()
    with pytest.raises(DatabaseError, match="report_approved_as_a_whole"), transaction.atomic():
        HalfYearReport.objects.update(summary="Något annat.")
    report = approve_report(period=PERIOD, by=cast.coordinator(), summary=SUMMARY, seen=seen(), freeze=freeze)
    reading = read_report(period=PERIOD, by=cast.director())
    assert reading is not None
    for change in (
        lambda: HalfYearReport.objects.update(summary="Något annat."),
        lambda: HalfYearReport.objects.update(content="{}", checksum=""),
        report.delete,
        lambda: ReportReading.objects.update(read_at=timezone.now()),
        reading.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("select encode(sha256(convert_to(content, 'UTF8')), 'hex') from followup_halfyearreport")
        assert cursor.fetchone()[0] == report.checksum


def everything(client: Client) -> dict[str, Any]:
    """Every form of the report, as far as it is to stay the same."""
    shown = page(client).split("Inkomna initiativ över tid")[1]
    found: dict[str, Any] = {"page": shown, "json": client.get(f"{AT}rapport.json").content}
    found["workbook"] = every_value(workbook_of(client.get(f"{AT}rapport.xlsx").content))
    found |= {key: page(client, f"{AT}{key}/") for key in ("A1-summa", "B2-projekt", "B3", "B5c")}
    if pdf_available():
        found["pdf"] = pdf_text(client.get(f"{AT}rapport.pdf").content)
    return found


def test_an_approved_report_never_changes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts, names, titles and words become others; page, lists, files and JSON stay as they were approved."""
    walk = worked(cast)
    client = signed_in(cast.reader("vara"))
    draft = client.get(f"{AT}rapport.json").content
    approved(cast)
    before = everything(client)
    assert before["json"] == draft
    adopt(walk, "lidkoping", day(160).date())
    Initiative.objects.filter(pk=walk.case.pk).update(title="Något helt annat")
    Organisation.objects.filter(key="vara").update(short_name="Vara stad")
    other = tuple(replace(one, wording=f"Ny lydelse {one.code}", definition="Annorlunda") for one in report.INDICATORS)
    for module in (report, kept):
        monkeypatch.setattr(module, "INDICATORS", other)
    kept._read.cache_clear()
    assert "Ny lydelse A1" in page(client, f"/uppfoljning/{PERIOD.next().code}/")
    assert everything(client) == before
    assert "1 uppgift är en annan än den som rapporterades." in page(client)


def test_what_stands_beside_the_indicators_is_frozen_too_and_withheld_as_it_is_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = worked(cast)
    reference = walk.case.initiative.reference
    amount, date = Cell(Decimal("1250.50"), Kind.MONEY), Cell(TODAY, Kind.DATE)
    row = (Cell(walk.case.initiative.title, reference=reference), amount, date)
    table = Table("Nyttan", (Column("Initiativ"), Column("Kronor", Kind.MONEY), Column("Dag", Kind.DATE)), (row,))
    chart = BarChart("nytta", "Nytta per kommun", [Bar("Skara", 7)], "Kommun", "Nytta")
    item = BesideItem("n1", "Nytta", "Så.", (table,), chart)
    told = Beside("nytta", "Nyttoanalys", "Det blev så här.", "Nytta", (item,))
    monkeypatch.setattr(beside, "SECTIONS", (lambda report, reader: told,))
    approved(cast)
    monkeypatch.setattr(beside, "SECTIONS", ())
    found = page(signed_in(cast.reader("vara")))
    wanted = ("Nyttoanalys", "Det blev så här.", "1 251 kr", TODAY.isoformat(), "Nytta per kommun")
    assert [words for words in wanted if words not in found] == []
    Initiative.objects.filter(pk=walk.case.pk).update(is_secret=True)
    hidden = page(signed_in(cast.reader("essunga")))
    assert "Nyttoanalys" in hidden
    assert "1 251 kr" not in hidden
    assert reference not in hidden


def test_the_files_carry_the_summary_and_the_next_report_the_corrections(cast: Cast) -> None:
    walk = worked(cast)
    approved(cast)
    adopt(walk, "lidkoping", day(160).date())
    client, following = signed_in(cast.reader("vara")), f"/uppfoljning/{PERIOD.next().code}/"
    book = workbook_of(client.get(f"{AT}rapport.xlsx").content)
    assert SUMMARY in every_value(book)
    book = workbook_of(client.get(f"{following}rapport.xlsx").content)
    assert {"2 kommuner, 2 införanden", "3 kommuner, 3 införanden"} <= set(every_value(book))
    assert "Rättelser av tidigare rapporter" in page(client, following)
    if pdf_available():
        assert SUMMARY in pdf_text(client.get(f"{AT}rapport.pdf").content)
        told = pdf_text(client.get(f"{following}rapport.pdf").content)
        assert "Rättelser av tidigare rapporter" in told
        assert "3 kommuner, 3 införanden" in told


def test_the_directors_get_their_own_version_by_mail_and_are_reminded_until_somebody_has_read_it(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked(cast)
    Walk(cast, "essunga", title="Essungas eget", at=day(20)).submit()
    secret = Walk(cast, "vara", title="Det hemliga", at=day(20))
    secret.submit()
    Initiative.objects.filter(pk=secret.case.pk).update(is_secret=True)
    director, other, it_director = cast.director("vara"), cast.director("essunga"), cast.it_director()
    stand_in = cast.manager("vara")
    held, away = director.memberships.get(), dt.timedelta(days=60)
    appoint(held=held, stand_in=stand_in, first=TODAY, last=TODAY + away, basis="KS 3.1", by=director)
    give_address(director, other, it_director, stand_in, cast.network())
    approved(cast)
    mail.outbox.clear()
    sending.go_round()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        person.email for person in (director, other, it_director, stand_in)
    )
    for message in mail.outbox:
        assert message.subject == f"Halvårsrapport att läsa: {PERIOD.label} ({PERIOD.code})"
        assert f"Öppna i portalen: {settings.PORTAL_URL}{AT}" in message.body
        assert SUMMARY in message.body
        if pdf_available():
            ((name, content, kind),) = message.attachments
            assert (name, kind) == (f"uppfoljning-{PERIOD.code}.pdf", "application/pdf")
            text = pdf_text(content)
            assert SUMMARY in text
            assert "Det hemliga" not in text
    assert not Mail.objects.exclude(state="sent").exists()
    last = timezone.localtime() + dt.timedelta(days=40)
    monkeypatch.setattr("django.utils.timezone.now", lambda: last)
    read_report(period=PERIOD, by=stand_in)
    mail.outbox.clear()
    sending.go_round()
    asked = [message for message in mail.outbox if "Halvårsrapport" in message.subject]
    assert sorted(message.to[0] for message in asked) == sorted([other.email, it_director.email])
    assert {message.subject for message in asked} == {
        f"Påminnelse: Halvårsrapport att läsa: {PERIOD.label} ({PERIOD.code})"
    }
    assert [message.attachments for message in asked] == [[], []]
    assert len({message.extra_headers["Message-ID"] for message in asked}) == 2
    mail.outbox.clear()
    sending.go_round()
    assert mail.outbox == []


def test_who_has_read_it_and_who_has_not_with_stand_ins_and_empty_roles(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    worked(cast)
    director, stand_in = cast.director("vara"), cast.manager("vara")
    appoint(held=director.memberships.get(), stand_in=stand_in, first=TODAY, last=TODAY, basis="KS 3.1", by=director)
    report = approved(cast)
    read_report(period=PERIOD, by=stand_in)
    read_report(period=PERIOD, by=cast.director("skara"))
    cast.director("skara").memberships.update(valid_to=TODAY - dt.timedelta(days=1))
    with django_assert_num_queries(3):
        found = {place.organisation.key: place for place in places_of(report)}
    told = {
        key: [(one.name, one.in_place_of, one.read_at is not None) for one in place.holders]
        for key, place in found.items()
    }
    assert list(told) == ["essunga", "grastorp", "gotene", "lidkoping", "skara", "vara", "goliska"]
    assert told["vara"] == [(str(director), "", False), (str(stand_in), str(director), True)]
    assert told["skara"] == [(str(cast.director("skara")), "", True)]
    assert (found["goliska"].is_vacant, found["vara"].is_read, found["essunga"].is_read) == (True, True, False)
    html = page(signed_in(cast.coordinator()), f"{AT}mottagare/")
    assert "2 av 7 organisationer." in html
    assert "Förbundsdirektör: ingen har rollen Vakant" in html


def test_only_those_who_get_it_can_say_that_they_have_read_it(cast: Cast) -> None:
    worked(cast)
    director = cast.director("vara")
    with pytest.raises(Refused, match="inte fastställd än"):
        read_report(period=PERIOD, by=director)
    approved(cast)
    for person in (cast.lead("vara"), cast.coordinator(), cast.reader("vara")):
        with pytest.raises(Refused, match="Kommundirektörerna och Göliska IT:s förbundsdirektör"):
            read_report(period=PERIOD, by=person)
        assert "Jag har tagit del av den" not in page(signed_in(person))
    told = signed_in(cast.lead("vara")).post(f"{AT}tagit-del/", follow=True)
    assert "Kommundirektörerna och Göliska IT:s förbundsdirektör tar del" in told.content.decode()
    assert not ReportReading.objects.exists()
