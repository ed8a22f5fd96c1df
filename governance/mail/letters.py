"""What a mail says, written at the moment of sending: by then a choice, a right to read or a marking may be another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives.models import Initiative
from v6portal.organizations.models import MembershipQuerySet, User
from v6portal.organizations.roles import Kind, Role

from ..acts import DECIDING
from ..expected import expected_by
from ..models import Case, Decision, Event, Handing, Mail, Notice, ProcessSettings, Stance
from ..notices import TO_LEADS, Hears, Lands, Limit, Line, lines_told
from ..presenting.people import ONE_PLACE, Place
from ..presenting.questions import asked_of, label_of
from ..reading import holders_of, read_facts, read_places
from .items import TELLERS, Item, Letter

LONGEST_SUBJECT = 180
NEUTRAL = gettext_lazy("Något har hänt i ett ärende du är med i")


class Reading(Enum):
    """How much of an event a person may be told by mail."""

    NOTHING = auto()
    THAT_SOMETHING_HAPPENED = auto()
    """The initiative is marked secret: a mail travels and lies where the portal's rules do not reach."""
    ALL = auto()


def item_for(notice: Notice) -> Item | None:
    """The event as its recipient may be told of it now; None when she may not."""
    event = notice.event
    if event is None:
        return None
    if event.kind in TELLERS:
        return TELLERS[event.kind](notice)
    case = Case.objects.select_related("initiative__organisation").filter(pk=event.case_id).first()
    lines = lines_told(event.kind, notice.kind)
    if case is None or not _is_still_news(lines[0], event, case, notice.recipient):
        return None
    match reading_of(case.initiative, notice.recipient), _why(case, event, notice, lines):
        case (Reading.NOTHING, _) | (_, ""):
            return None
        case (Reading.ALL, why):
            return _told(lines[0], event, case, why)
        case (_, why):
            return neutral(why)


def neutral(why: str) -> Item:
    """That something has happened, and not a word of what."""
    return Item(str(NEUTRAL), _("Logga in för att se vad."), address_of(reverse("home")), why)


def reading_of(initiative: Initiative, person: User) -> Reading:
    if not Initiative.objects.visible_to(person).filter(pk=initiative.pk).exists():
        return Reading.NOTHING
    return Reading.THAT_SOMETHING_HAPPENED if initiative.is_secret else Reading.ALL


def _is_still_news(line: Line, event: Event, case: Case, person: User) -> bool:
    """Not when what waited has been done meanwhile, nor when the person may not know of the event (yet)."""
    if line.while_in and case.standing not in line.while_in:
        return False
    if line.holds and not line.holds(read_facts(case)):
        return False
    return not line.to or Event.objects.visible_to(person).filter(pk=event.pk).exists()


def _why(case: Case, event: Event, notice: Notice, lines: Sequence[Line]) -> str:
    """Why she of all people gets the mail; empty when there no longer is a reason."""
    person, initiative = notice.recipient, case.initiative
    if wanted := [who for line in lines for who in line.to]:
        return by_role(holders_of(wanted, read_places(case)).filter(user=person))
    if any(Hears.COLLEAGUE in line.hears for line in lines):
        is_hers = Handing.objects.held().filter(event=event, handed_to=person).exists()
        return _("Du får mejlet för att en kollega har lämnat en uppgift till dig.") if is_hers else ""
    if notice.kind in TO_LEADS:
        leads = person.memberships.current().with_role(Role.LEAD).filter(organisation=initiative.organisation_id)
        place = initiative.organisation.short_name
        return _("Du får mejlet för att du är utvecklingsledare i %s.") % place if leads.exists() else ""
    if initiative.is_written_by(person):
        return _("Du får mejlet för att du har skrivit initiativet.")
    if event.actor_id == person.pk:
        return _("Du får mejlet för att du skickade in initiativet.")
    if initiative.watches.filter(user=person).exists():
        return _("Du får mejlet för att du bevakar initiativet.")
    return ""


def by_role(memberships: MembershipQuerySet) -> str:
    """That she gets the mail for the first of the roles; empty where there is none."""
    held = memberships.select_related("organisation").in_order().first()
    if held is None:
        return ""
    where = "" if held.role in ONE_PLACE else Place(held.organisation.short_name, Kind(held.organisation.kind)).where
    told = " ".join(part for part in (_as_said(Role(held.role)), where) if part)
    return _("Du får mejlet för att du är %s.") % told


def _as_said(role: Role) -> str:
    """The role inside a sentence; what begins with an abbreviation keeps it."""
    label = str(role.label)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _told(line: Line, event: Event, case: Case, why: str) -> Item:
    words = {
        "who": event.actor_name,
        "decider": _decider(event, case),
        "organisation": (event.organisation or case.initiative.organisation).short_name,
        "day": _last_day(line.limit, event, case),
        "answer": _first_answer(line.limit, event),
        "leader": str(event.data.get("leader", "")),
        "stance": str(dict(Stance.choices).get(event.data.get("stance", ""), "")),
        "offering": _offering(case) if "%(offering)s" in str(line.told) else "",
    }
    then = [line.then] if line.limit is Limit.NONE else [line.then, line.limit_told]
    return Item(
        subject=str(line.subject),
        told=str(line.told) % words,
        url=address_of(_page(line.lands, case.initiative)),
        why=why,
        title=" ".join(case.initiative.title.split()),
        reference=case.initiative.reference,
        then=" ".join(str(sentence) % words for sentence in then),
        quote_label=(label_of(event) or str(line.quote)) if event.text else "",
        quote=event.text if line.quote else "",
        questions=asked_of(event),
    )


def _decider(event: Event, case: Case) -> str:
    """Who decided, as the beginning of a sentence: a political body, else a person with her role where it is known.

    Where what was brought in names nobody, the organisation.
    """
    organisation = event.organisation or case.initiative.organisation
    if event.kind not in DECIDING or not event.decider_name:
        return organisation.short_name
    body = Decision.objects.filter(event=event).values_list("body", flat=True).first()
    if body:
        return body
    if not event.role or event.decider_name != event.actor_name:
        return event.decider_name
    words = {
        "name": event.decider_name,
        "role": _as_said(Role(event.role)),
        "place": Place(organisation.short_name, Kind(organisation.kind)).where,
    }
    return _("%(name)s, %(role)s %(place)s,") % words


def _offering(case: Case) -> str:
    """The kommuner that have answered that they can lead, and do not."""
    leads = case.participations.ongoing().leading().values("organisation")
    offers = case.interest_answers.standing().filter(offers_to_lead=True).exclude(organisation__in=leads)
    return get_text_list([answer.organisation.short_name for answer in offers.select_related("organisation")], _("och"))


def _last_day(limit: Limit, event: Event, case: Case) -> str:
    if limit is Limit.NONE:
        return ""
    if limit is Limit.INQUIRY:
        return date_format(case.interest_deadline, "j F Y") if case.interest_deadline else ""
    began = timezone.localdate(event.occurred_at)
    return date_format(expected_by(began, getattr(ProcessSettings.objects.on(began), limit.value)), "j F Y")


def _first_answer(limit: Limit, event: Event) -> str:
    """When the submitter can expect a first answer, reckoned from the last day to begin reading."""
    if limit is not Limit.QUALIFICATION:
        return ""
    began = timezone.localdate(event.occurred_at)
    numbers = ProcessSettings.objects.on(began)
    return date_format(expected_by(expected_by(began, numbers.qualification_days), numbers.answer_days), "j F Y")


def _page(lands: Lands, initiative: Initiative) -> str:
    if lands is Lands.ASSESS:
        return reverse("assess", args=[initiative.reference])
    if lands is Lands.TOP or lands.value.startswith("#"):
        return initiative.get_absolute_url() + lands.value
    return reverse("act", args=[initiative.reference, lands.value])


def address_of(path: str) -> str:
    return settings.PORTAL_URL + path


# The mail


def letter_for(mail: Mail, items: Iterable[Item]) -> Letter:
    """The mail as it is sent: a subject, and the same words as text and as HTML."""
    told = list(items)
    context: dict[str, Any] = {
        "choices_url": address_of(reverse("mail_choices")),
        "home_url": address_of("/"),
        "language": "sv",
    }
    if mail.digest_on:
        return _rendered("digest", _digest_subject(mail.digest_on, told), {**context, "groups": _by_initiative(told)})
    (item,) = told
    if item.is_neutral:
        return _rendered("neutral", item.subject, {**context, "item": item})
    return _rendered("notice", f"{item.subject}: {item.title} ({item.reference})", {**context, "item": item})


def _digest_subject(day: dt.date, items: list[Item]) -> str:
    number = len(items)
    told = ngettext("%(number)s händelse", "%(number)s händelser", number) % {"number": number}
    return _("Dina initiativ den %(day)s: %(told)s") % {"day": date_format(day, "j F"), "told": told}


def _by_initiative(items: list[Item]) -> list[tuple[str, list[Item]]]:
    """The items of each initiative together, in the order of the first of each; the neutral ones by themselves."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        heading = f"{item.title} ({item.reference})" if item.reference else ""
        groups.setdefault(heading, []).append(item)
    return list(groups.items())


def _rendered(name: str, subject: str, context: dict[str, Any]) -> Letter:
    line = " ".join(subject.split())
    if len(line) > LONGEST_SUBJECT:
        line = line[: LONGEST_SUBJECT - 1] + "…"
    context = {**context, "subject": line}
    return Letter(line, render_to_string(f"mail/{name}.txt", context), render_to_string(f"mail/{name}.html", context))


def message_for(mail: Mail, letter: Letter, told: Mapping[Notice, Item]) -> EmailMultiAlternatives:
    """Ready to be handed over. Its number is the same at every attempt, so that a receiver can tell a double."""
    first = next(iter(told))
    about = str(mail.digest_on) if mail.digest_on else f"p{first.pk}" if first.remind_on else str(first.event_id)
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[mail.recipient.email],
        headers={
            "Message-ID": f"<portal.{about}.{mail.recipient_id}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    for file in (file for item in told.values() for file in item.files):
        message.attach(file.name, file.content, file.content_type)
    return message
