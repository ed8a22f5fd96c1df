"""A person's own forms of assessment: what she may answer, what she has answered so far, and never anybody else's.

Nothing of the others' answers is read here, so that nothing of them can end up in a file. Source: docs/bedomning.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from initiatives.actions.assessing import Mark, why_not
from initiatives.models import Criterion, Level, Round
from initiatives.own_answers import OwnAnswers, answers_among, own_rows
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case, CaseQuerySet
from ..reading import by_role_only, read_places
from ..workflow import row_for
from .queue import queue_of

NOT_SEEN = _("Initiativet finns inte, eller så får du inte läsa det.")
"""One sentence for both, so that it tells nothing."""
NONE_GOING_ON = _("Initiativet bedöms inte just nu.")
NOT_ASKED = _("Du bedömer inte det här initiativet i den roll du har nu.")


@dataclass
class OwnForm:
    """One initiative that the person may or might have assessed, in her own eyes."""

    case: Case
    round: Round | None
    own: OwnAnswers
    obstacle: str = ""
    """Why she cannot answer, as a sentence; empty where she can."""

    @property
    def reference(self) -> str:
        return self.case.initiative.reference

    @property
    def criteria(self) -> list[Criterion]:
        return list(self.round.model.criteria.all()) if self.round else []

    @property
    def revision(self) -> int:
        """The newest version of the text."""
        return self.own.newest

    @cached_property
    def answers(self) -> dict[str, Mark]:
        """Her own, by the criterion's code."""
        return {code: Mark(answer.value, answer.motivation) for code, answer in self.own.answers.items()}


def waiting_forms(user: User, level: str = "") -> list[OwnForm]:
    """What waits for the person's assessment, at the level or at both, in the order of her queue.

    A fixed number of statements, and no rows but hers.
    """
    order = queue_of(user).order
    found = {form.case.pk: form for form in _forms(user, Case.objects.filter(pk__in=order)) if not form.obstacle}
    forms = [found[key] for key in order if key in found]
    return [form for form in forms if level not in Level.values or (form.round and form.round.level == level)]


def forms_by_reference(user: User, references: Iterable[str]) -> dict[str, OwnForm]:
    """Those of the references that the person may see, whether she may answer or not. A fixed number of statements."""
    cases = Case.objects.filter(initiative__reference__in=list(references))
    return {form.reference: form for form in _forms(user, cases)}


def _forms(user: User, cases: CaseQuerySet) -> list[OwnForm]:
    seen = cases.visible_to(user).select_related("initiative__organisation").prefetch_related("participations")
    found = list(seen.order_by("pk"))
    rounds = _open_rounds(found, user)
    return [_form(user, case, rounds.get(case.pk)) for case in found]


def _open_rounds(cases: list[Case], user: User) -> dict[int, Round]:
    """The open round of each case, by the case; the one that answers are saved in where there are two."""
    rounds = (
        Round.objects.open()
        .filter(initiative__in=[case.pk for case in cases])
        .annotate(newest_revision=Max("initiative__revisions__number"), own_rows=own_rows(user))
        .select_related("model")
        .prefetch_related("model__criteria")
        .order_by("-opened_at", "-pk")
    )
    return {round.initiative_id: round for round in rounds}


def _form(user: User, case: Case, round: Round | None) -> OwnForm:
    if round is None:
        return OwnForm(case, None, OwnAnswers(0), str(NONE_GOING_ON))
    own = answers_among(round.newest_revision or 0, round.own_rows)  # type: ignore[attr-defined]
    told = why_not(round, own)
    if not told and row_for(Act.ASSESS, read_places(case), by_role_only(user)) is None:
        told = str(NOT_ASKED)
    return OwnForm(case, round, own, told)
