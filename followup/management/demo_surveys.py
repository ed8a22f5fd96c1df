"""Two surveys of the demo, by real acts: that of the half-year before is closed, that of the present one is open."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from followup.actions import close_survey, hand_in_answers, open_survey, prepare_survey, save_answers
from followup.actions.survey_answers import Sheet
from followup.actions.surveys import Terms
from followup.models import Invitation, Questionnaire, Survey
from followup.periods import HalfYear
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

FORTNIGHT = dt.timedelta(days=14)
INVITED = tuple(role for role in Role if role is not Role.ADMIN)
WAITING = {"coordinator", "director.skara", "director.vara", "lead.vara", "manager.skara", "network", "order_group"}
"""Who has not answered the survey that is closed."""
TEXTS = {
    "lead.lidkoping": "Vi lär känna varandra bättre för varje möte. Det märks när något är svårt.",
    "it_officer": "Det är otydligt när en fråga ska lämnas till Göliska IT.",
    "council.gotene": "Fler behöver veta vart man vänder sig med en idé.",
    "reader.v6": "Takten är bra, men besluten dröjer.",
}
LEANING = {"Förtroende": 4, "Gemensamma mål": 4, "Tydliga roller": 3, "Kompetens": 3, "Takt": 2}
SWING = (0, 1, 0, -1, 0, 1, 0, 0, -1, 1, 0)


def ask() -> None:
    """Most have answered the one before; of the present one Göliska IT has handed in, and a director has begun."""
    by = User.objects.get(username="coordinator")
    today = timezone.localdate()
    half_year = HalfYear.of(today)
    earlier = _opened(half_year.previous(), today + FORTNIGHT, by)
    for number, invitation in enumerate(_invited(earlier)):
        if invitation.user.username not in WAITING:
            hand_in_answers(survey=earlier, by=invitation.user, sheet=_sheet(earlier, invitation.user, number))
    close_survey(survey=earlier, by=by)
    present = _opened(half_year, today + FORTNIGHT, by)
    for number, invitation in enumerate(_invited(present)):
        if invitation.organisation.key == "goliska":
            hand_in_answers(survey=present, by=invitation.user, sheet=_sheet(present, invitation.user, number + 3))
    begun = dict.fromkeys([question.code for question in present.questionnaire.questions.all()][:3], 4)
    save_answers(survey=present, by=User.objects.get(username="director.lidkoping"), sheet=Sheet(begun))


def _opened(half_year: HalfYear, last_day: dt.date, by: User) -> Survey:
    questionnaire = Questionnaire.objects.in_order()[0]
    survey = prepare_survey(period=half_year, terms=Terms(questionnaire, last_day, INVITED), by=by)
    open_survey(survey=survey, by=by)
    return survey


def _invited(survey: Survey) -> QuerySet[Invitation]:
    return survey.invitations.select_related("user", "organisation").order_by("user__username")


def _sheet(survey: Survey, person: User, number: int) -> Sheet:
    """The same for the same person each time; every seventh does not know of some statement."""
    values: dict[str, int | None] = {}
    for at, question in enumerate(survey.questionnaire.questions.all()):
        step = LEANING.get(question.theme, 3) + SWING[(number * 5 + at * 3) % len(SWING)]
        values[question.code] = None if (number + at) % 7 == 6 else min(max(step, 1), 5)
    return Sheet(values, TEXTS.get(person.username, ""))
