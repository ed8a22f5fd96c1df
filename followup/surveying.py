"""The survey's rules: how it stands, who may do what when, and which groups are shown by themselves. No database here.

Source: docs/enkat.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.utils.translation import gettext as _

THRESHOLD = 5
"""As many answers as a group has at least, to be shown by itself."""


class Standing(Enum):
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class SurveyFacts:
    """What the rules ask about a survey."""

    is_opened: bool
    is_closed: bool
    """Whether the closing has been noted; the last day closes it all the same."""
    last_day: dt.date
    today: dt.date


def standing(survey: SurveyFacts) -> Standing:
    """How the survey stands on the day: closed when its last day is over, whoever has noted it."""
    if not survey.is_opened:
        return Standing.PREPARED
    return Standing.CLOSED if survey.is_closed or survey.today > survey.last_day else Standing.OPEN


@dataclass(frozen=True)
class Reader:
    """What the rules ask about a person."""

    coordinates: bool = False
    """Whether she acts as V6-samordnare."""
    is_invited: bool = False
    has_answered: bool = False


class Doing(Enum):
    """What can be done with a survey."""

    PREPARE = "prepare"
    OPEN = "open"
    CLOSE = "close"
    ANSWER = "answer"
    READ_RESULTS = "read_results"
    READ_TEXTS = "read_texts"


COORDINATORS = frozenset({Doing.PREPARE, Doing.OPEN, Doing.CLOSE, Doing.READ_TEXTS})


def why_not(doing: Doing, survey: SurveyFacts, reader: Reader) -> list[str]:
    """The sentences that say what stands in the way; none where it may be done."""
    if doing in COORDINATORS and not reader.coordinates:
        return [_("Bara V6-samordnaren sköter enkäten.")]
    return _obstacles(doing, survey, reader)


def _obstacles(doing: Doing, survey: SurveyFacts, reader: Reader) -> list[str]:
    stands = standing(survey)
    match doing:
        case Doing.PREPARE:
            return [] if stands is Standing.PREPARED else [_("Enkäten är öppnad och ändras inte längre.")]
        case Doing.OPEN:
            return _why_not_open(survey, stands)
        case Doing.CLOSE:
            return [] if stands is Standing.OPEN else [_("Bara en öppen enkät kan stängas.")]
        case Doing.ANSWER:
            return _why_not_answer(survey, stands, reader)
        case _:  # reading what came of it
            return [] if stands is Standing.CLOSED else [_("Resultatet visas när enkäten är stängd.")]


def _why_not_open(survey: SurveyFacts, stands: Standing) -> list[str]:
    if stands is not Standing.PREPARED:
        return [_("Enkäten är redan öppnad.")]
    if survey.last_day <= survey.today:
        return [_("Sista dagen måste ligga efter i dag. Ändra den innan du öppnar.")]
    return []


def _why_not_answer(survey: SurveyFacts, stands: Standing, reader: Reader) -> list[str]:
    if not reader.is_invited:
        return [_("Du är inte inbjuden till den här enkäten.")]
    if reader.has_answered:
        return [_("Du har redan lämnat ditt svar. Det går inte att ändra.")]
    return [] if stands is Standing.OPEN else [_("Enkäten är stängd. Det går inte att svara längre.")]


Group = TypeVar("Group", bound=Hashable)


def shown_groups(answers: Mapping[Group, int], threshold: int = THRESHOLD) -> set[Group]:
    """The groups that are shown by themselves, by how many answers each has.

    A group under the threshold is withheld. All together is shown besides, so what is withheld can be worked out as a
    sum: it is to be the sum of at least two groups and at least the threshold. Until it is, the smallest group that is
    shown is withheld too; of equal ones the last.
    """
    shown = {group: number for group, number in answers.items() if number >= threshold}
    withheld = [number for number in answers.values() if 0 < number < threshold]
    while withheld and shown and (len(withheld) < 2 or sum(withheld) < threshold):
        smallest = min(reversed(shown), key=lambda group: shown[group])
        withheld.append(shown.pop(smallest))
    return set(shown)


def shows_all(answers: Mapping[Group, int], threshold: int = THRESHOLD) -> bool:
    """Whether all together are enough to be shown."""
    return sum(answers.values()) >= threshold
