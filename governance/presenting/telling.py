"""The log in plain words: what happened, who did it, and what they wrote."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives.models import ANSWERS, name_of_answer

from ..acts import Act
from ..cost_sharing import Rule
from ..models import (
    Commitment,
    CostKind,
    CostValue,
    Event,
    InterestAnswer,
    Motive,
    Outcome,
    Referral,
    StageType,
    Stance,
)
from .questions import Asked

BENEFIT = {"new": gettext_lazy("nytt"), "useful": gettext_lazy("nyttigt"), "utilised": gettext_lazy("nyttiggjort")}


@dataclass(frozen=True)
class Told:
    """One event as the timeline shows it."""

    date: dt.datetime
    text: str
    who: str
    quote: str
    questions: tuple[Asked, ...] = ()
    """Those about single answers, where they do not stand in the text."""
    has_clock: bool = False


def clocked(events: Iterable[Told]) -> list[Told]:
    """The same, with the time of day where the date alone does not tell the order: today, and several on one day.

    What was brought in without a time of day has none to show.
    """
    told = list(events)
    days = Counter(one.date.date() for one in told)
    days[timezone.localdate()] += 1
    return [replace(one, has_clock=one.date.time() != dt.time.min and days[one.date.date()] > 1) for one in told]


def tell(event: Event) -> Told:
    """The event in words. Its organisation is loaded."""
    details = _details(event)
    text = f"{event.spoken}: {', '.join(details)}" if details else event.spoken
    if event.kind == Act.SAME_NEED and event.organisation:
        text = _("%(place)s har samma behov") % {"place": event.organisation.short_name}
    return Told(timezone.localtime(event.occurred_at), text, _who(event), event.text)


def _who(event: Event) -> str:
    place = event.organisation.short_name if event.organisation else ""
    role = "" if _has_the_deciders_role(event) else event.get_role_display()
    holder = in_place_of(event)
    capacity = ", ".join(part for part in (role, place, _("ersättare för %s") % holder if holder else "") if part)
    if isinstance(event.data, dict) and event.data.get("meeting"):  # the group said it; who wrote it down stands after
        return _("%(group)s, inskrivet av %(person)s") % {"group": capacity, "person": event.actor_name}
    person = f"{event.actor_name} ({capacity})" if capacity else event.actor_name
    if event.decider_name and event.decider_name != event.actor_name:
        return _("beslutat av %(decider)s, inskrivet av %(person)s") % {
            "decider": event.decider_name,
            "person": person,
        }
    return person


def in_place_of(event: Event) -> str:
    """Whom the one who acted stood in for, by name."""
    return str(event.data.get("in_place_of") or "") if isinstance(event.data, dict) else ""


def _has_the_deciders_role(event: Event) -> bool:
    """A register that is brought in gives the role that decided, whoever wrote it down; here it is the writer's own."""
    is_brought_in = not (isinstance(event.data, dict) and "decider_name" in event.data)
    return is_brought_in and event.decider_name not in ("", event.actor_name)


Saying = Callable[[Any], str]


def _one_of(labels: Mapping[str, Any]) -> Saying:
    return lambda value: str(labels.get(value, value))


def _day(form: str) -> Saying:
    def say(value: Any) -> str:
        try:
            return form % date_format(dt.date.fromisoformat(str(value)), "j F Y")
        except ValueError:
            return form % value

    return say


def _kronor(value: Any) -> str:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return f"{number_format(amount.normalize() if amount % 1 else int(amount))} kr".replace("-", "−")


def _reference(value: Any) -> str:
    """Only the reference of another initiative: its title may be for fewer readers."""
    return str(value).split(" ", 1)[0]


def _form(form: Any) -> Saying:
    return lambda value: str(form) % value


def _questions(value: Any) -> str:
    """Which answers the lead asked about, each with the question where there is one of its own."""
    asked = value if isinstance(value, dict) else {}
    names = [(name_of_answer(name), str(asked[name] or "")) for name in ANSWERS if name in asked]
    told = [f"”{label}” ({question})" if question else f"”{label}”" for label, question in names]
    return _("om %s") % get_text_list(told, _("och")) if told else ""


def _calculation(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    told = {"net": _kronor(value.get("net")), "years": value.get("years")}
    return _("netto %(net)s i pengar på %(years)s år") % told


def _agreed(value: Any) -> str:
    """Each criterion with what was agreed on, or that the median counts again."""
    values = value if isinstance(value, dict) else {}
    return ", ".join(f"{name} {_('medianen gäller igen') if mark is None else mark}" for name, mark in values.items())


def _overridden(value: Any) -> str:
    """Which questions a case goes past in spite of a *nej*, and why."""
    reasons = value if isinstance(value, dict) else {}
    told = get_text_list([f"”{question}” ({reason})" for question, reason in reasons.items()], _("och"))
    return _("går vidare trots nej på %s") % told if told else ""


def _flagged(value: Any) -> str:
    asked = value if isinstance(value, list) else []
    return _("beredning krävs, ja på %s") % get_text_list([f"”{text}”" for text in asked], _("och")) if asked else ""


def _plain_number(value: Any) -> str:
    """As a person writes it: 12,5 and not 12.50."""
    return str(value).rstrip("0").rstrip(".").replace(".", ",") if "." in str(value) else str(value)


def _shares(value: Any) -> str:
    shares = value if isinstance(value, dict) else {}
    return ", ".join(f"{kommun} {_plain_number(share)}" for kommun, share in shares.items())


def _things(value: Any) -> str:
    count = value if isinstance(value, int) else 0
    return ngettext("%(count)d sak", "%(count)d saker", count) % {"count": count}


SAYINGS: dict[str, Saying] = {
    "calculation": _calculation,
    "questions": _questions,
    "overridden": _overridden,
    "flagged": _flagged,
    "answer": _one_of(dict(InterestAnswer.Answer.choices)),
    "offers_to_lead": lambda value: _("kan leda") if value is True else "",
    "stance": _one_of(dict(Stance.choices)),
    "paragraph": str,
    "prepared_by": _form(gettext_lazy("efter rekommendation av %s")),
    "referred_to": _one_of(dict(Referral.choices)),
    "original": _reference,
    "motive": _one_of(dict(Motive.choices)),
    "leader": _form(gettext_lazy("%s leder")),
    "order": _form(gettext_lazy("plats %s")),
    "deadline": _day(gettext_lazy("svar senast %s")),
    "review_on": _day(gettext_lazy("tas upp igen %s")),
    "agreed": _agreed,
    "wished_start": _day(gettext_lazy("önskad start %s")),
    "commitment": _one_of(dict(Commitment.choices)),
    "stage_type": _one_of(dict(StageType.choices)),
    "outcome": _one_of(dict(Outcome.choices)),
    "kind": _one_of({**dict(CostKind.choices), **BENEFIT}),
    "value": _one_of(dict(CostValue.choices)),
    "holds": lambda value: "" if value is True else _("stämmer inte"),
    "planned": str,
    "amount": _kronor,
    "budget": lambda value: _("budget %s") % _kronor(value),
    "cost_rule": _one_of(dict(Rule.choices)),
    "shares": _shares,
    "late_percent": lambda value: _("%s procent för den som går med sent") % _plain_number(value),
    "late_amount": lambda value: _("%s för den som går med sent") % _kronor(value),
    "valid_from": _day(gettext_lazy("från %s")),
    "organisation": str,
    "before": _day(gettext_lazy("planerat till %s förut")),
    "planned_start": _day(gettext_lazy("planerad start %s")),
    "planned_end": _day(gettext_lazy("planerat slut %s")),
    "dropped": lambda value: _("blir inte av") if value is True else "",
    "instead_of": _form(gettext_lazy("i stället för %s")),
    "corrects": _form(gettext_lazy("rättar %s")),
    "never_was": lambda value: _("som inte ska finnas") if value is True else "",
    "in_use_on": _day(gettext_lazy("i drift %s")),
    "principle": str,
    "hours_a_year": lambda value: _("%s timmar per år") % _plain_number(value),
    "kronor_a_year": lambda value: _("%s per år") % _kronor(value),
    "kronor_once": lambda value: _("%s en gång") % _kronor(value),
    "managed_object": str,
    "managed_by": _form(gettext_lazy("hos %s")),
    "colleague": _form(gettext_lazy("till %s")),
    "released": lambda value: _("åter till alla som har rollen") if value is True else "",
    "registry_number": str,
    "attachment": str,
    "belongs_to": _form(gettext_lazy("till %s")),
    "legal_basis": str,
    "recipient": _form(gettext_lazy("till %s")),
    "purpose": _form(gettext_lazy("ändamål: %s")),
    "left_out": lambda value: _("utan %s") % get_text_list([str(name) for name in value], _("och")) if value else "",
    "count": _things,
    "rule": _form(gettext_lazy("enligt regeln om %s")),
    "by_decision": _form(gettext_lazy("beslutad av %s")),
}
"""What is told of the data that an event carries, in this order; other keys stay in the log."""

SILENT = frozenset({Act.IMPORTED})
"""What was brought in carries its own words."""


def _details(event: Event) -> list[str]:
    if event.kind in SILENT:
        return []
    data = event.data if isinstance(event.data, dict) else {}
    said = [SAYINGS[key](data[key]) for key in SAYINGS if data.get(key) not in (None, "")]
    return [words for words in said if words]
