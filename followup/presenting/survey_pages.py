"""The survey's pages: how it stands for a person, how far she has come, and which surveys there are."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ..actions.survey_answers import Sheet, Values
from ..models import Invitation, Survey, SurveyDraft
from ..survey_reading import answers_by_organisation, to_invite
from ..surveying import Standing, shown_groups


@dataclass(frozen=True)
class Progress:
    """How many of the statements are answered."""

    done: int
    all: int

    @property
    def is_done(self) -> bool:
        return self.done == self.all


def progress_of(survey: Survey, sheet: Sheet) -> Progress:
    codes = {question.code for question in survey.questionnaire.questions.all()}
    return Progress(len(codes & set(sheet.values)), len(codes))


@dataclass(frozen=True)
class Difference:
    """A statement that was answered otherwise elsewhere, in words."""

    text: str
    stored: str
    typed: str


def differences(survey: Survey, draft: SurveyDraft, sheet: Sheet) -> list[Difference]:
    """What another page has saved against what this one says; the statements in their order, then the words."""
    scale = survey.questionnaire
    found = []
    for question in scale.questions.all():
        stored, typed = (_word(survey, values, question.code) for values in (draft.values, sheet.values))
        if stored != typed:
            found.append(Difference(question.text, stored, typed))
    if draft.free_text.strip() != sheet.free_text.strip():
        found.append(Difference(scale.free_text, draft.free_text or "–", sheet.free_text or "–"))
    return found


def _word(survey: Survey, values: Values, code: str) -> str:
    if code not in values:
        return "–"
    value = values[code]
    scale = survey.questionnaire
    return scale.unknown if value is None else scale.levels[value - 1]


@dataclass(frozen=True)
class Listed:
    """A survey in the list, as one person has to do with it."""

    survey: Survey
    standing: Standing
    is_mine: bool
    """Whether she is invited."""
    is_answered: bool
    answers: int
    invited: int

    @property
    def waits(self) -> bool:
        return self.standing is Standing.OPEN and self.is_mine and not self.is_answered


def listed(user: User, today: dt.date) -> list[Listed]:
    """Every survey, the newest first. One statement."""
    mine = Invitation.objects.of(user).filter(survey=OuterRef("pk"))
    surveys = Survey.objects.annotate(
        is_mine=Exists(mine),
        is_answered=Exists(mine.filter(has_answered=True)),
        invited=Count("invitations"),
        answers=Count("invitations", filter=Q(invitations__has_answered=True)),
    )
    return [
        Listed(one, one.standing(today), one.is_mine, one.is_answered, one.answers, one.invited)
        for one in surveys.order_by("-year", "-half")
    ]


@dataclass(frozen=True)
class Guests:
    """How many of one organisation are, or would be, invited."""

    organisation: Organisation
    number: int


def would_be_invited(survey: Survey) -> list[Guests]:
    """By organisation, if the survey were opened today. Two statements."""
    return _guests(Counter(to_invite(survey.roles).values()))


def invited_to(survey: Survey) -> list[Guests]:
    """By organisation, as it was when the survey was opened. Two statements."""
    return _guests(dict(survey.invitations.order_by().values_list("organisation").annotate(Count("pk"))))


def _guests(numbers: Mapping[int, int]) -> list[Guests]:
    organisations = Organisation.objects.filter(pk__in=numbers).in_order()
    return [Guests(organisation, numbers[organisation.pk]) for organisation in organisations]


def role_words(survey: Survey) -> list[str]:
    """The roles that are invited, in the words of the glossary and the glossary's order."""
    return [str(role.label) for role in Role if role in survey.roles]


@dataclass(frozen=True)
class Said:
    """What somebody wrote, with where it comes from and who wrote it where that may be told."""

    text: str
    organisation: str
    author: str


def said_in(survey: Survey) -> list[Said]:
    """The free texts in an order drawn anew each time; the organisation only of a group that is shown by itself."""
    shown = shown_groups(answers_by_organisation(survey))
    texts = list(survey.texts.select_related("organisation"))
    random.SystemRandom().shuffle(texts)
    return [
        Said(
            text=one.text,
            organisation=one.organisation.short_name if one.organisation and one.organisation_id in shown else "",
            author=one.author_name,
        )
        for one in texts
    ]
