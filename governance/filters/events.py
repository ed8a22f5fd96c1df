"""What narrows the history of one case: the sort of event, who, which organisation, when, and words. In the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..acts import DECIDING, OWN_NOTES, Act
from ..forms.fields import day
from ..models import EventQuerySet
from .period import PeriodForm

WRITTEN = (
    *(Act.CREATE, Act.DELETE_DRAFT, Act.SUPPLEMENT, Act.ANSWER_GATE, Act.AMEND, Act.CALCULATE),
    *(Act.ATTACH, Act.REMOVE_ATTACHMENT),
)
ADVICE = (
    *(Act.RECOMMEND, Act.ASSESS, Act.DRAFT_IT_ASSESSMENT, Act.IT_ASSESS, Act.CLOSE_ROUND, Act.AGREE),
    Act.DECLARE_CONFLICT,
)
TAKING_PART = (
    *(Act.ANSWER_INTEREST, Act.JOIN, Act.LEAVE, Act.FOLLOW, Act.UNFOLLOW, Act.CHANGE_LEADER),
    Act.SAME_NEED,
)
WORK = (
    *(Act.START_STAGE, Act.END_STAGE, Act.REPLAN, Act.RECORD_COST, Act.SHARE_COSTS, Act.RECORD_ADOPTION),
    *(Act.CONFIRM_BENEFIT, Act.NAME_OBJECT),
)
RECORD = (
    *(Act.SET_REGISTRY_NUMBER, Act.MARK_SECRET, Act.LIFT_SECRECY, Act.CORRECT, Act.REPORT, Act.RELEASE),
    Act.PURGE,
)
MEETINGS = (
    *(Act.CALL_MEETING, Act.CHANGE_MEETING, Act.OPEN_MEETING, Act.TAKE_UP, Act.CLOSE_MEETING, Act.ADJUST_PROTOCOL),
)
FOLLOWING_UP = (
    *(Act.REVIEW_REPORT, Act.RETURN_REPORT, Act.APPROVE_REPORT, Act.READ_REPORT),
    *(Act.PREPARE_SURVEY, Act.OPEN_SURVEY, Act.ANSWER_SURVEY, Act.CLOSE_SURVEY),
)
EVIDENCE = Q(kind=Act.ATTACH, data__has_key="belongs_to") | Q(kind=Act.REMOVE_ATTACHMENT)
"""What was attached to the work; of what was taken away the log does not say which it was."""

KINDS: dict[str, tuple[Any, Q]] = {
    "moves": (gettext_lazy("Lägesändringar"), ~Q(to_status="")),
    "decisions": (gettext_lazy("Beslut"), Q(kind__in=DECIDING)),
    "written": (gettext_lazy("Text, frågor och bilagor"), Q(kind__in=WRITTEN)),
    "advice": (gettext_lazy("Rekommendationer och bedömningar"), Q(kind__in=ADVICE)),
    "participation": (gettext_lazy("Deltagande"), Q(kind__in=TAKING_PART)),
    "work": (gettext_lazy("Etapper, kostnader och införanden"), Q(kind__in=WORK) | EVIDENCE),
    "meetings": (gettext_lazy("Möten"), Q(kind__in=MEETINGS)),
    "following_up": (gettext_lazy("Halvårsrapporter och enkäter"), Q(kind__in=FOLLOWING_UP)),
    "record": (gettext_lazy("Diarium, sekretess och utlämnande"), Q(kind__in=RECORD)),
    "notes": (gettext_lazy("Egna arbetsanteckningar"), Q(kind__in=OWN_NOTES)),
    "imported": (gettext_lazy("Från tiden före portalen"), Q(kind=Act.IMPORTED)),
}


class EventForm(PeriodForm):
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), required=False)
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Vem"), required=False)
    first = day(gettext_lazy("Från och med"), initial=None, required=False)
    last = day(gettext_lazy("Till och med"), initial=None, required=False)
    q = forms.CharField(
        label=gettext_lazy("Ord"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class History:
    """The events of one case that the person may see, narrowed. Three statements, whatever is chosen."""

    def __init__(self, events: EventQuerySet, given: Mapping[str, str]) -> None:
        self.events = events
        self.form = EventForm(given)
        people, organisations = self._who_and_where()
        self.form.fields["kind"].choices = [("", _("Alla")), *((k, label) for k, (label, _q) in KINDS.items())]  # type: ignore[attr-defined]
        self.form.fields["who"].choices = [("", _("Alla")), *((name, name) for name in people)]  # type: ignore[attr-defined]
        self.form.fields["organisation"].choices = [("", _("Alla")), *organisations]  # type: ignore[attr-defined]
        self.is_right = self.form.is_valid()

    def _who_and_where(self) -> tuple[list[str], list[tuple[str, str]]]:
        """Those who stand in the history that the person sees, and nobody else."""
        rows = list(
            self.events.order_by()
            .values_list(
                "actor_name", "decider_name", "organisation__key", "organisation__short_name", "organisation__order"
            )
            .distinct()
        )
        names = {name for actor, decider, *_place in rows for name in (actor, decider) if name}
        places = {(order, key, name) for *_names, key, name, order in rows if key}
        return sorted(names, key=str.casefold), [(key, name) for _order, key, name in sorted(places)]

    @property
    def chosen(self) -> dict[str, Any]:
        return {key: value for key, value in getattr(self.form, "cleaned_data", {}).items() if value}

    @cached_property
    def found(self) -> EventQuerySet:
        """The newest first; none where the address is wrong."""
        if not self.is_right:
            return self.events.none()
        rows, chosen = self.events, self.chosen
        if "kind" in chosen:
            rows = rows.filter(KINDS[chosen["kind"]][1])
        if "organisation" in chosen:
            rows = rows.filter(organisation__key=chosen["organisation"])
        if "who" in chosen:
            rows = rows.filter(Q(actor_name=chosen["who"]) | Q(decider_name=chosen["who"]))
        rows = _within(rows, chosen.get("first"), chosen.get("last"))
        if "q" in chosen:
            rows = rows.filter(_says(chosen["q"]))
        return rows.order_by("-occurred_at", "-id")


def _within(rows: EventQuerySet, first: dt.date | None, last: dt.date | None) -> EventQuerySet:
    if first:
        rows = rows.filter(occurred_on__gte=first)
    return rows.filter(occurred_on__lte=last) if last else rows


def _says(words: str) -> Q:
    """In what was written, in the names, or in the log's own word for what happened."""
    wanted = words.strip().casefold()
    kinds = [act for act in Act if wanted in str(act.label).casefold()]
    written = Q(text__icontains=wanted) | Q(word__icontains=wanted)
    return written | Q(actor_name__icontains=wanted) | Q(decider_name__icontains=wanted) | Q(kind__in=kinds)
