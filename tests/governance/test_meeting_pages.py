"""The pages of a meeting over HTTP: who reads, what is sent, and what a reader may not see on an agenda."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from governance.actions import meetings as acts
from governance.acts import Act
from governance.meetings import Body, MeetingStatus
from governance.models import Event, Meeting, Stance
from governance.statuses import Status
from tests.cast import Cast
from tests.governance.test_meetings import Sitting
from tests.walk import Walk, decision
from tests.world import GOLISKA, SKARA, STAFF, V6, VARA, WITHOUT_A_ROLE, World
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

HIDDEN = "En punkt som du inte får läsa"
HIDDEN_ON_PAPER = "En punkt som den som hämtade protokollet inte får läsa"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(response: Any) -> str:
    """The words of a page or a PDF, without its markup."""
    if response.content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(response.content)).pages
        words = "\n".join(page.extract_text() for page in pages).replace("-\n", "")
    else:
        words = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(words.split())


def mark_secret(cast: Cast, walk: Walk) -> None:
    skara = cast.orgs["skara"]
    readers = [(skara, Role.REGISTRAR), (skara, Role.LEAD), (cast.orgs["v6"], Role.COORDINATOR)]
    today = timezone.localdate()
    walk.act(Act.MARK_SECRET, cast.registrar(), legal_basis="OSL 18:8", marked_on=today, readers=readers)


def test_who_reads_which_meeting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A council's and the order group's own organisation; V6's groups everybody with insight. Typed by hand."""
    monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)
    world = World(cast)
    administrators = {"admin.v6", "superuser.admin"}
    everybody = [*STAFF, *SKARA, *VARA, *GOLISKA, *V6, *administrators, *WITHOUT_A_ROLE]
    reading = {
        Body.COUNCIL: {*SKARA},
        Body.NETWORK: {*SKARA, *VARA, *GOLISKA, *V6, *administrators},
        Body.ORDER_GROUP: {*GOLISKA},
    }
    for body, readers in reading.items():
        address = Sitting(cast, body).meeting.get_absolute_url()
        for page in (address, f"{address}protokoll.pdf"):
            answers = {name: world.client(name).get(page).status_code for name in everybody}
            assert {name for name, status in answers.items() if status != 404} == readers, body
        listed = {name for name in everybody if address in world.client(name).get("/moten/").content.decode()}
        assert listed == readers, body
    for name, shown in (("staff.skara", False), ("reader.skara", True), ("outsider", False)):
        assert ('href="/moten/"' in world.client(name).get("/").content.decode()) is shown
    cast.orgs["skara"].all_staff_read = True
    cast.orgs["skara"].save()
    assert signed_in(world.person("staff.skara")).get(Sitting(cast).meeting.get_absolute_url()).status_code == 200


def test_a_meeting_from_call_to_signed_protocol(cast: Cast) -> None:
    """Every form once, as the one who leads it and the one who adjusts; the paper is the same file for ever."""
    walk = Walk(cast, title="Digitala nycklar").to(Status.V6_PRIORITISING)
    leading, member = signed_in(cast.coordinator()), cast.network()
    empty = leading.post("/moten/nytt/", {"group": "network.v6", "held_on": "2020-01-01", "token": "a"})
    assert "Dagen har redan varit." in read(empty)
    assert "Ange när mötet börjar." in read(empty)
    form = {
        "group": "network.v6",
        "held_on": timezone.localdate().isoformat(),
        "starts_at": "00:00",
        "place": "Rum 1",
        "chair": member.pk,
        "secretary": cast.coordinator().pk,
        "token": "abc",
    }
    for _again in range(2):
        assert leading.post("/moten/nytt/", form).status_code == 302
    meeting = Meeting.objects.get()
    here, reference = meeting.get_absolute_url(), walk.case.initiative.reference

    page = leading.get(here)
    assert "Lägg till minst en punkt på dagordningen." in read(page)
    assert "Digitala nycklar" in read(page), "it waits for the group"
    leading.post(f"{here}dagordning/", {"what": "Upprop"})
    assert "Det finns inget initiativ" in read(leading.post(f"{here}dagordning/", {"what": "DI-1999-999"}))
    leading.post(f"{here}dagordning/", {"case": reference})
    heading, item = meeting.items.order_by("position")
    moved = leading.post(f"{here}dagordning/", {"move": f"upp:{item.pk}"})
    assert moved.url == f"{here}?flyttad={item.pk}&med=upp"
    leading.post(f"{here}dagordning/", {"order": f"{item.pk},{heading.pk}"})
    assert list(meeting.items.order_by("position")) == [item, heading]

    assert leading.post(f"{here}oppna/").url == f"{here}narvaro/"
    row = meeting.attendance.get(user=member)
    late = {f"p{row.pk}-is_present": "on", f"p{row.pk}-present_from": "14:00", f"p{row.pk}-present_to": "13:00"}
    assert "Till kan inte vara tidigare än från." in read(leading.post(f"{here}narvaro/", late))
    late[f"p{row.pk}-present_to"] = ""
    leading.post(f"{here}narvaro/", {**late, "gast-name": "Rut Gäst", "gast-capacity": "föredragande"})
    assert leading.post(f"{here}punkt/{item.pk}/ta-upp/").status_code == 302
    suggested = leading.post(f"{here}punkt/{item.pk}/ord/", {"stance": "approve", "voice_vara": "approve"})
    assert "Det har stöd av Vara." in read(suggested)
    kept = leading.post(f"{here}punkt/{item.pk}/ord/", {"stance": "approve", "recommendation": "Mina egna ord."})
    assert "Mina egna ord." in read(kept)
    assert "Mallens mening:" in read(kept)
    said = {"version": 0, "stance": "approve", "voice_skara": "approve", "voice_essunga": "disapprove"}
    said |= {"notes": "Ada berättade.", "conflicts": [row.pk], "ends": "1"}
    assert leading.post(f"{here}punkt/{item.pk}/", said).url == f"{here}punkt/{heading.pk}/"
    draft = leading.get(f"{here}protokoll.pdf")
    assert "UTKAST" in read(draft)

    assert "Välj minst en" in read(leading.post(f"{here}avsluta/", {"ends_at": "23:59"}))
    assert leading.get(f"{here}justerare/").status_code == 403
    leading.post(f"{here}avsluta/", {"ends_at": "23:59", "adjusters": [member.pk]})
    assert "Byt justerare" in read(leading.get(here))
    assert "Välj vem som justerar i stället." in read(leading.post(f"{here}justerare/", {"leaving": member.pk}))
    assert signed_in(member).get(f"{here}justerare/").status_code == 403
    assert leading.post(f"{here}justera/", {"seen": "x"}).status_code == 409
    adjusting = signed_in(member)
    assert here in read_list(adjusting, "Väntar på att du justerar")
    page = adjusting.get(here)
    assert adjusting.post(f"{here}justera/", {"seen": page.context["minutes"].checksum}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.SIGNED

    paper = adjusting.get(f"{here}protokoll.pdf")
    words = read(paper)
    year = timezone.localdate().year
    for told in (
        "Protokoll, V6 Chefsnätverk",
        f"CN-{year}-1, §§ 1–2/{year}",
        "§ 1 Digitala nycklar",
        "V6 Chefsnätverk V6 deltog inte i punkten.",
        "Ada berättade.",
        "Essunga avstyrker",
        "Skara tillstyrker",
        "Rekommendation: tillstyrker",
        f"V6 Chefsnätverk rekommenderar att {reference} Digitala nycklar prioriteras. Det har stöd av Skara.",
        "§ 2 Upprop Punkten togs inte upp.",
        "Rut Gäst (föredragande)",
        "från 14:00",
        "med eget konto i V6-portalen",
    ):
        assert told in words, told
    assert "UTKAST" not in words
    assert hashlib.sha256(paper.content).hexdigest() == meeting.protocol.sha256
    assert signed_in(cast.reader("vara")).get(f"{here}protokoll.pdf").content == paper.content
    assert leading.get(f"{here}punkt/{item.pk}/").status_code == 403


def read_list(client: Client, heading: str) -> str:
    page = client.get("/moten/").content.decode()
    assert heading in page
    return page[page.index(heading) :]


def test_an_item_whose_case_one_may_not_see_has_no_words(cast: Cast) -> None:
    """On the page, in the list, in the draft and in the signed protocol; and no way to write in it."""
    walk, sitting = Walk(cast, title="Uggleblicken över larmen").to(Status.V6_RECEIVED), Sitting(cast, Body.NETWORK)
    (item,) = sitting.add(walk)
    here, reference = sitting.meeting.get_absolute_url(), walk.case.initiative.reference
    acts.add_heading(meeting=sitting.meeting, heading="Upprop", by=sitting.leading)
    reader, leading = signed_in(cast.reader("vara")), signed_in(sitting.leading)
    assert "Uggleblicken" in read(reader.get(here))
    mark_secret(cast, walk)

    def looks(address: str) -> None:
        secret, open_to = read(reader.get(address)), read(leading.get(address))
        assert (HIDDEN_ON_PAPER if address.endswith(".pdf") else HIDDEN) in secret
        assert "Upprop" in secret
        for word in ("Uggleblicken", reference, "Viskat", "avstyrker"):
            assert word not in secret, word
        assert "Uggleblicken" in open_to

    looks(here)
    sitting.open()
    voices = {cast.orgs["skara"]: Stance.DISAPPROVE}
    sitting.end(item, Stance.DISAPPROVE, notes="Viskat.", voices=voices)
    looks(here)
    looks(f"{here}protokoll.pdf")
    sitting.close()
    adjusting = signed_in(sitting.member)
    page = adjusting.get(here)
    assert HIDDEN in read(page), "who adjusts may not see it either"
    assert "Du justerar bara det som du får läsa." in read(page)
    shown, whole = (one.get(here).context["minutes"].checksum for one in (adjusting, leading))
    assert adjusting.post(f"{here}justera/", {"seen": whole}).status_code == 409, "she stands for what she has read"
    assert adjusting.post(f"{here}justera/", {"seen": shown}).status_code == 302
    assert (sitting.meeting.adjusters.get().checksum, sitting.fresh().protocol.checksum) == (shown, whole)
    looks(here)
    looks(f"{here}protokoll.pdf")
    assert "Utdrag. 1 punkt" in read(reader.get(f"{here}protokoll.pdf"))
    kept = sitting.fresh().protocol
    assert leading.get(f"{here}protokoll.pdf").content == bytes(kept.content)
    assert kept.sha256 not in reader.get(here).content.decode()
    assert reference not in read(reader.get("/moten/"))


def test_what_is_secret_is_not_offered_nor_taken_up_by_who_may_not_see_it(cast: Cast) -> None:
    walk, sitting = Walk(cast, title="Uggleblicken").to(Status.V6_RECEIVED), Sitting(cast, Body.NETWORK)
    (item,) = sitting.add(walk)
    sitting.open()
    skara, today = cast.orgs["skara"], timezone.localdate()
    readers = [(skara, Role.REGISTRAR)]
    walk.act(Act.MARK_SECRET, cast.registrar(), legal_basis="OSL 18:8", marked_on=today, readers=readers)
    leading, here = signed_in(sitting.leading), sitting.meeting.get_absolute_url()
    assert leading.get(f"{here}punkt/{item.pk}/").status_code == 404
    assert leading.post(f"{here}punkt/{item.pk}/", {"version": 0, "stance": "approve"}).status_code == 404
    assert leading.post(f"{here}punkt/{item.pk}/ord/", {"stance": "approve"}).status_code == 404
    another = Sitting(cast, Body.NETWORK).meeting.get_absolute_url()
    reference = walk.case.initiative.reference
    assert "Uggleblicken" not in read(leading.get(another))
    answers = [read(leading.post(f"{another}dagordning/", {"what": one})) for one in (reference, "DI-1999-999")]
    assert answers[0].replace(reference, "") == answers[1].replace("DI-1999-999", "")
    assert leading.post(f"{another}dagordning/", {"case": reference}).status_code == 404


def test_the_later_of_two_secretaries_is_told_and_keeps_what_she_wrote(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    sitting.open()
    address = f"{sitting.meeting.get_absolute_url()}punkt/{item.pk}/"
    first, second = signed_in(cast.lead()), signed_in(cast.lead("skara", 2))
    assert first.post(address, {"version": 0, "notes": "Det första."}).status_code == 302
    late = second.post(address, {"version": 0, "notes": "Det andra.", "ends": "1"})
    assert late.status_code == 409
    assert "Utvecklingsledare Skara sparade punkten" in read(late)
    assert "Det första." in read(late)
    assert "Det andra." in read(late)
    item.refresh_from_db()
    assert (item.notes, item.paragraph) == ("Det första.", None)
    assert (
        second.post(address, {"version": late.context["form"]["version"].value(), "notes": "Båda."}).status_code == 302
    )


def test_what_others_send_is_refused(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.QUALIFIED), Sitting(cast)
    (item,) = sitting.add(walk)
    here, before = sitting.meeting.get_absolute_url(), Event.objects.count()
    reader, stranger = signed_in(cast.reader()), signed_in(cast.lead("vara"))
    planned = {
        "dagordning/": ({"remove": item.pk}, 409),
        "oppna/": ({}, 409),
        "stall-in/": ({}, 409),
        "andra/": ({"place": "Annat"}, 403),
        "narvaro/": ({}, 403),
        "avsluta/": ({}, 403),
        "justera/": ({"seen": "0" * 64}, 409),
        f"punkt/{item.pk}/": ({"version": 0}, 403),
        f"punkt/{item.pk}/ta-upp/": ({}, 403),
        f"punkt/{item.pk}/ord/": ({}, 403),
    }
    for rest, (sent, expected) in planned.items():
        assert reader.post(here + rest, sent).status_code == expected, rest
        assert stranger.post(here + rest, sent).status_code == 404, rest
    leading = signed_in(sitting.leading)
    for rest in ("narvaro/", "avsluta/", f"punkt/{item.pk}/"):
        assert leading.post(here + rest, {"version": 0}).status_code == 403, "the meeting is not open"
    assert leading.post(f"{here}dagordning/", {"move": "upp:999999"}).status_code == 409
    assert leading.post(f"{here}dagordning/", {"remove": "x"}).status_code == 409
    assert Event.objects.count() == before


def test_a_meeting_is_changed_until_it_is_opened_and_stays_in_its_year(cast: Cast) -> None:
    sitting = Sitting(cast)
    leading, here = signed_in(sitting.leading), sitting.meeting.get_absolute_url()
    form = {"starts_at": "10:00", "place": "Rum 2", "chair": sitting.member.pk, "secretary": sitting.leading.pk}
    next_year = dt.date(sitting.meeting.year + 1, 1, 2)
    told = leading.post(f"{here}andra/", {**form, "held_on": next_year.isoformat()})
    assert "Lägg in ett nytt möte för ett annat år." in read(told)
    assert leading.post(f"{here}andra/", {**form, "held_on": timezone.localdate().isoformat()}).status_code == 302
    assert sitting.fresh().place == "Rum 2"
    sitting.meeting.held_on += dt.timedelta(days=0)
    assert leading.post(f"{here}stall-in/").status_code == 302
    assert "Inställt" in read(leading.get(here))


def test_a_decision_names_the_paragraph_on_its_form_on_the_page_and_in_the_log(cast: Cast) -> None:
    walk, sitting = Walk(cast).to(Status.PRIORITISED), Sitting(cast)
    director = signed_in(cast.director())
    address = f"{walk.case.get_absolute_url()}steg/decide_local/"
    question = "Rekommendation som ligger till grund"
    assert question not in read(director.get(address))
    (item,) = sitting.add(walk)
    sitting.open()
    sitting.end(item, text="Rådet säger ja.")
    page = director.get(address)
    year = timezone.localdate().year
    assert question in read(page)
    assert f"Digitaliseringsråd Skara § 1/{year}" in read(page)
    given = {**decision(cast.director()), "prepared_by": item.pk, "seen": "prioritised"}
    assert director.post(address, given).status_code == 302
    shown = read(director.get(walk.case.get_absolute_url()))
    assert f"Efter rekommendation av Digitaliseringsråd Skara § 1/{year}" in shown
    assert f"Digitaliseringsråd tillstyrker , § 1/{year}" in shown
    assert "inskrivet av Utvecklingsledare Skara" in shown


@pytest.mark.parametrize("many", [1, 6])
def test_as_many_statements_however_long_the_agenda(cast: Cast, many: int, django_assert_num_queries: Any) -> None:
    walks = [Walk(cast, title=f"Sak {n}").to(Status.QUALIFIED) for n in range(many)]
    sitting = Sitting(cast)
    items = sitting.add(*walks)
    client = signed_in(sitting.leading)
    with django_assert_num_queries(15):
        client.get(sitting.meeting.get_absolute_url())
    sitting.open()
    for item in items:
        sitting.end(item)
    for _more in range(many):
        sitting.call()
    with django_assert_num_queries(14):
        client.get(sitting.meeting.get_absolute_url())
    with django_assert_num_queries(9):
        client.get("/moten/")
