"""A survey of the tests, reached by real acts: so many people of each organisation, and what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from followup.actions import close_survey, hand_in_answers, open_survey, prepare_survey
from followup.actions.survey_answers import Sheet
from followup.actions.surveys import Terms
from followup.models import Questionnaire, Survey
from followup.periods import HalfYear
from tests.cast import Cast
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

CODES = (
    *("fortroende-parter", "fortroende-oppenhet", "mal-delade", "mal-egna", "roller-uppdrag", "roller-beslut"),
    *("kompetens-tillgang", "kompetens-delning", "takt-lagom", "takt-egen"),
)
NOW = HalfYear.of(timezone.localdate())
FORTNIGHT = dt.timedelta(days=14)


def terms(**other: object) -> Terms:
    given = {
        "questionnaire": Questionnaire.objects.get(version="1"),
        "last_day": timezone.localdate() + FORTNIGHT,
        "roles": (Role.STAFF, Role.DIRECTOR),
        **other,
    }
    return Terms(**given)  # type: ignore[arg-type]


def people(cast: Cast, numbers: Mapping[str, int]) -> dict[str, list[User]]:
    """So many medarbetare of each organisation."""
    return {key: [cast.staff(key, number) for number in range(1, count + 1)] for key, count in numbers.items()}


def opened(cast: Cast, period: HalfYear = NOW, **other: object) -> Survey:
    """Opened with whoever of the cast has been made by now."""
    survey = prepare_survey(period=period, terms=terms(**other), by=cast.coordinator())
    open_survey(survey=survey, by=cast.coordinator())
    survey.refresh_from_db()
    return survey


def all_the_same(value: int | None, words: str = "") -> Sheet:
    return Sheet(dict.fromkeys(CODES, value), words)


def answer(survey: Survey, persons: Sequence[User], values: Sequence[int | None], words: str = "") -> None:
    """Each answers every statement with her value; the words are the first one's."""
    for number, (person, value) in enumerate(zip(persons, values, strict=False)):
        hand_in_answers(survey=survey, by=person, sheet=all_the_same(value, words if number == 0 else ""))


def closed(cast: Cast, survey: Survey) -> Survey:
    close_survey(survey=survey, by=cast.coordinator())
    survey.refresh_from_db()
    return survey
