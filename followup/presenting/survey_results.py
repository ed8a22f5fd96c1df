"""What a closed survey came to: for all, and for each organisation that is shown by itself.

Every place that tells of a result asks here, so that what is withheld is withheld everywhere. Source: docs/enkat.md.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from v6portal.organizations.models import Organisation

from ..models import Question, Survey, SurveyAnswer
from ..periods import HalfYear
from ..survey_counting import Spread, change, percent, spread_of, together
from ..survey_reading import answers_by_organisation
from ..surveying import Standing, shown_groups, shows_all

Counted = Mapping[tuple[int, str], Spread]
"""By organisation and the question's code."""


@dataclass(frozen=True)
class Asked:
    """One closed survey counted. Nothing here is withheld; only this module reads it."""

    survey: Survey
    questions: Sequence[Question]
    answers: Mapping[int, int]
    counted: Counted

    @cached_property
    def shown(self) -> set[int]:
        """The organisations that are shown by themselves."""
        return shown_groups(self.answers)

    def spread(self, code: str, organisation: int | None = None) -> Spread | None:
        """Of all together, or of one organisation; None where it is withheld."""
        if organisation is None:
            if not shows_all(self.answers):
                return None
            return together([self._of(one, code) for one in self.answers])
        return self._of(organisation, code) if organisation in self.shown else None

    def _of(self, organisation: int, code: str) -> Spread:
        return self.counted.get((organisation, code), spread_of(()))


@dataclass(frozen=True)
class Line:
    """A statement, or a theme, with its answers now and the change of its median; None is not known or withheld."""

    name: str
    theme: str
    spread: Spread | None
    before: Spread | None

    @property
    def median(self) -> float | None:
        return self.spread.median if self.spread else None

    @property
    def median_before(self) -> float | None:
        return self.before.median if self.before else None

    @property
    def change(self) -> float | None:
        return change(self.spread, self.before)


@dataclass(frozen=True)
class Rate:
    """How many of an organisation were invited and have answered. ``answers`` is None where it is not shown."""

    organisation: Organisation
    invited: int
    answers: int | None
    is_withheld: bool

    @property
    def percent(self) -> int | None:
        return None if self.answers is None else percent(self.answers, self.invited)


@dataclass(frozen=True)
class SurveyResults:
    """What a reader may have of a closed survey."""

    asked: Asked
    before: Asked | None
    invited: Mapping[int, int]
    organisations: Sequence[Organisation]

    @property
    def survey(self) -> Survey:
        return self.asked.survey

    @property
    def is_shown(self) -> bool:
        """Whether enough have answered for anything to be shown."""
        return shows_all(self.asked.answers)

    @property
    def answers(self) -> int:
        return sum(self.asked.answers.values())

    @property
    def all_invited(self) -> int:
        return sum(self.invited.values())

    @property
    def percent(self) -> int | None:
        return percent(self.answers, self.all_invited)

    @property
    def shown_organisations(self) -> list[Organisation]:
        return [one for one in self.organisations if one.pk in self.asked.shown]

    @property
    def withholds(self) -> bool:
        """Whether some organisation with answers is not shown by itself."""
        return any(rate.is_withheld for rate in self.rates)

    @property
    def rates(self) -> list[Rate]:
        """One for each organisation where somebody was invited. Nobody's answers are a dash."""
        found = []
        for organisation in self.organisations:
            number = self.asked.answers.get(organisation.pk)
            if number is None:
                continue
            shown = organisation.pk in self.asked.shown
            found.append(
                Rate(organisation, self.invited[organisation.pk], number if shown else None, bool(number) and not shown)
            )
        return found

    def lines(self, organisation: Organisation | None = None) -> list[Line]:
        """A line for each statement, in all or of one organisation."""
        return [self._line(question, organisation) for question in self.asked.questions]

    def themes(self) -> list[Line]:
        """A line for each theme, of all answers to its statements."""
        by_theme: dict[str, list[Line]] = {}
        for line in self.lines():
            by_theme.setdefault(line.theme, []).append(line)
        return [_theme(name, lines) for name, lines in by_theme.items()]

    def _line(self, question: Question, organisation: Organisation | None) -> Line:
        key = organisation.pk if organisation else None
        before = None
        if self.before and _was_asked_the_same(question, self.before):
            before = self.before.spread(question.code, key)
        return Line(question.text, question.theme, self.asked.spread(question.code, key), before)


def _was_asked_the_same(question: Question, before: Asked) -> bool:
    """A statement in other words, or on another scale, is not compared with what was said to it."""
    same = any(one.code == question.code and one.text == question.text for one in before.questions)
    return same and before.survey.questionnaire.levels == question.questionnaire.levels


def _theme(name: str, lines: Sequence[Line]) -> Line:
    """Compared with the last time only where every statement is."""
    now = [line.spread for line in lines if line.spread]
    before = [line.before for line in lines if line.before]
    whole = len(before) == len(lines)
    return Line(name, name, together(now) if now else None, together(before) if whole else None)


def results_of(period: HalfYear, today: dt.date) -> SurveyResults | None:
    """The results of the half-year's survey; None where there is none, or none that is closed. Nine statements at
    most."""
    surveys = [survey for survey in _surveys(period) if survey.standing(today) is Standing.CLOSED]
    found = {survey.period: survey for survey in surveys}
    if period not in found:
        return None
    counted = _counted(surveys)
    asked = {
        half_year: Asked(
            survey,
            list(survey.questionnaire.questions.all()),
            answers_by_organisation(survey),
            counted[survey.pk],
        )
        for half_year, survey in found.items()
    }
    invited = found[period].invitations.order_by().values_list("organisation").annotate(number=Count("pk"))
    return SurveyResults(
        asked=asked[period],
        before=asked.get(period.previous()),
        invited=dict(invited),
        organisations=list(Organisation.objects.in_order()),
    )


def _surveys(period: HalfYear) -> list[Survey]:
    both = Survey.objects.of(period) | Survey.objects.of(period.previous())
    return list(both.select_related("questionnaire").prefetch_related("questionnaire__questions"))


def _counted(surveys: Sequence[Survey]) -> dict[int, Counted]:
    """The answers of each survey, by organisation and question. One statement."""
    rows = (
        SurveyAnswer.objects.filter(response__survey__in=surveys)
        .order_by()
        .values_list("response__survey", "response__organisation", "question__code", "value")
        .annotate(number=Count("pk"))
    )
    values: dict[int, dict[tuple[int, str], list[Any]]] = defaultdict(lambda: defaultdict(list))
    for survey, organisation, code, value, number in rows:
        values[survey][organisation, code] += [value] * number
    return {survey.pk: {key: spread_of(given) for key, given in values[survey.pk].items()} for survey in surveys}


def withheld_in_words() -> str:
    return _(
        "En grupp med färre än fem svar visas inte för sig. Går den att räkna ut visas inte heller den näst minsta. "
        "Alla svar finns med i helheten."
    )
