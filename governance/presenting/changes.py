"""*Vad har ändrats?*: the revisions of an initiative, and the difference between two of them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.comparing import Piece, compare, fold
from initiatives.models import ANSWERS, Revision, name_of_answer

from ..acts import Act
from ..models import Case, Event
from .numbers import counted
from .questions import Asked, asked_of

TEXTS = (
    "title",
    "department",
    "need",
    "benefit",
    "idea",
    "existing_solutions",
    "goal_or_law",
    "business_owner",
)
"""Compared word by word."""

NUMBERS = ("times_per_year", "minutes_each_time", "people_involved")
TARGETS = {"targets_residents": gettext_lazy("invånare"), "targets_employees": gettext_lazy("medarbetare")}


@dataclass(frozen=True)
class Version:
    """One revision in the list: what led to it, and where it answers a question, who asked and answered what."""

    number: int
    made_at: dt.datetime
    made_by: str
    why: str
    exchange: tuple[Said, ...] = ()

    @property
    def spoken(self) -> str:
        return _("Version %(number)d") % {"number": self.number}


@dataclass(frozen=True)
class Said:
    """What somebody wrote, under who wrote it; a question with those about single answers."""

    heading: str
    text: str
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Change:
    """One answer that is not the same: a text in pieces, or a number or choice from one to another."""

    label: str
    pieces: tuple[Piece, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Attachments:
    """The names of what was attached in one revision and not in the other."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class Comparison:
    """The difference between two revisions."""

    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]
    """The labels of the answers that are the same."""
    attachments: Attachments

    @property
    def summary(self) -> str:
        """What has changed, as a sentence to begin with."""
        parts = []
        if self.changes:
            number = len(self.changes)
            labels = get_text_list([change.label.lower() for change in self.changes], _("och"))
            told = _("%(number)s svar har ändrats: %(names)s.")
            parts.append(told % {"number": counted(number).capitalize(), "names": labels})
        for names, one, many in (
            (self.attachments.added, _("En bilaga har kommit till: %s."), _("Bilagor har kommit till: %s.")),
            (self.attachments.removed, _("En bilaga har tagits bort: %s."), _("Bilagor har tagits bort: %s.")),
        ):
            if names:
                parts.append((one if len(names) == 1 else many) % get_text_list(list(names), _("och")))
        return " ".join(parts) or _("Inget har ändrats mellan de här två versionerna.")


def comparison(old: Mapping[str, Any], new: Mapping[str, Any], *, whole: bool = False) -> Comparison:
    """What leads from one content to another; a field that a content lacks is an empty answer.

    ``whole`` shows also what is far from any change.
    """
    changes, unchanged = [], []
    for name in ANSWERS:
        change = _change(name, old, new, whole)
        if change is None:
            unchanged.append(name_of_answer(name))
        else:
            changes.append(change)
    return Comparison(tuple(changes), tuple(unchanged), _attachments(old, new))


def _change(name: str, old: Mapping[str, Any], new: Mapping[str, Any], whole: bool) -> Change | None:
    if name in TEXTS:
        before, after = _text(old.get(name)), _text(new.get(name))
        if before == after:
            return None
        pieces = compare(before, after)
        return Change(name_of_answer(name), pieces if whole else fold(pieces))
    before, after = _shown(name, old), _shown(name, new)
    return None if before == after else Change(name_of_answer(name), before=before, after=after)


def _text(value: Any) -> str:
    """As one reads it: how a browser ends its lines is no change."""
    return str(value or "").replace("\r\n", "\n")


def _shown(name: str, content: Mapping[str, Any]) -> str:
    if name == "target":
        return get_text_list([str(word) for key, word in TARGETS.items() if content.get(key)], _("och")) or _("ingen")
    value = content.get(name)
    return _("inget svar") if value is None else number_format(value, force_grouping=True)


def _attachments(old: Mapping[str, Any], new: Mapping[str, Any]) -> Attachments:
    """By what is in the files: the same file under another name is both removed and added."""
    before, after = _files(old), _files(new)
    return Attachments(
        tuple(name for key, name in after.items() if key not in before),
        tuple(name for key, name in before.items() if key not in after),
    )


def _files(content: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    rows = content.get("attachments") or ()
    return {(str(row.get("name", "")), str(row.get("sha256", ""))): str(row.get("name", "")) for row in rows}


# The list


def versions(case: Case) -> list[Version]:
    """The revisions of a case in order, each with what led to it. Two statements."""
    rows = case.initiative.revisions.defer("content").order_by("number")
    kinds = (Act.SUBMIT, Act.REQUEST_SUPPLEMENT, Act.SUPPLEMENT, Act.AMEND)
    columns = ("kind", "occurred_at", "actor_name", "text", "data")
    events = list(Event.objects.filter(case=case, kind__in=kinds).in_order().only(*columns))
    return [_version(row, events) for row in rows]


def _version(row: Revision, events: Sequence[Event]) -> Version:
    """What led to a revision was done in the same moment; the question of a supplement is the one asked last before."""
    if row.number == 1:
        return Version(row.number, row.made_at, row.made_by_name, _("Inskickat"))
    amended = _latest(event for event in events if event.kind == Act.AMEND and event.occurred_at == row.made_at)
    if amended is not None:
        return Version(row.number, row.made_at, row.made_by_name, _("Ändrad medan den bedömdes"), (reason(amended),))
    answer = _latest(event for event in events if event.kind == Act.SUPPLEMENT and event.occurred_at == row.made_at)
    asked = _latest(
        event for event in events if event.kind == Act.REQUEST_SUPPLEMENT and event.occurred_at <= row.made_at
    )
    if answer is None or asked is None:
        return Version(row.number, row.made_at, row.made_by_name, _("Kompletterat"))
    return Version(row.number, row.made_at, row.made_by_name, _("Svar på en fråga"), _exchange(asked, answer))


def reason(amended: Event) -> Said:
    """What was changed and why, in the words of the one who changed the text while it was assessed."""
    return Said(_("%s skrev:") % amended.actor_name, amended.text)


def _exchange(asked: Event, answer: Event) -> tuple[Said, ...]:
    """The question and the answer, each under the one who wrote it; one that was left without words is not there."""
    question = Said(_("%s frågade:") % asked.actor_name, asked.text, asked_of(asked, author=False))
    told = Said(_("%s svarade:") % answer.actor_name, answer.text)
    return tuple(said for said in (question, told) if said.text or said.questions)


def _latest(events: Iterable[Event]) -> Event | None:
    return next(reversed(list(events)), None)


@dataclass(frozen=True)
class Pair:
    """Which two revisions are compared; ``problem`` says why they are not those that were asked for."""

    first: int
    last: int
    problem: str = ""


def chosen(first: str, last: str, numbers: Sequence[int]) -> Pair:
    """The two revisions asked for, the older first; the last two where nothing, or nothing sensible, was asked.

    ``numbers`` are those there are, at least two.
    """
    usual = Pair(numbers[-2], numbers[-1])
    asked = (first.strip(), last.strip())
    if asked == ("", ""):
        return usual
    found = [int(text) if text.isdecimal() and int(text[:6]) in numbers else None for text in asked]
    wrong = [text for text, number in zip(asked, found, strict=True) if text and number is None]
    if wrong:
        told = _("Det finns ingen version %s. Här är i stället de två senaste.") % get_text_list(wrong, _("eller"))
        return Pair(usual.first, usual.last, told)
    a, b = found[0] or _other(found[1], numbers), found[1] or numbers[-1]
    if a == b:
        return Pair(usual.first, usual.last, _("Välj två olika versioner. Här är de två senaste."))
    return Pair(min(a, b), max(a, b))


def _other(number: int | None, numbers: Sequence[int]) -> int:
    """The revision before a given one, or the first."""
    return max((n for n in numbers if number and n < number), default=numbers[0])
