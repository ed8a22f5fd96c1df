"""A new version of the survey's questions, begun as a copy."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from v6portal.organizations.access import may_administer
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ..models import Question, Questionnaire


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, by: User) -> Questionnaire:
    """The same questions and scale under the next free version, to be changed. Raises Refused."""
    if not may_administer(by):
        raise Refused(_("Bara administratören gör nya versioner av frågorna."))
    questions = list(questionnaire.questions.all())
    copy = Questionnaire.objects.get(pk=questionnaire.pk)
    copy.pk, copy.version = None, _next_version()
    copy._state.adding = True
    copy.save()
    for question in questions:
        question.pk, question.questionnaire = None, copy
        question._state.adding = True
    Question.objects.bulk_create(questions)
    return copy


def _next_version() -> str:
    taken = set(Questionnaire.objects.values_list("version", flat=True))
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)
