"""A person's own forms of assessment: what she may answer, what she has answered so far, and never anybody else's.

Nothing of the others' answers is read here, so that nothing of them can end up in a file. Source: docs/bedomning.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.assessing import Mark
from initiatives.models import Assessment, Criterion, Level, Round, Score
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case, CaseQuerySet
from ..queueing import Waiting, in_own_order
from ..reading import by_role_only, read_places
from ..workflow import row_for

NOT_SEEN = _("Initiativet finns inte, eller så får du inte läsa det.")
"""One sentence for both, so that it tells nothing."""
CLOSED = _("Omgången är stängd. Svaren kan inte ändras längre.")
CONFLICT = _("Du har anmält jäv och bedömer inte det här initiativet.")
NONE_GOING_ON = _("Initiativet bedöms inte just nu.")
NOT_ASKED = _("Du bedömer inte det här initiativet i den roll du har nu.")
HANDED_IN = _("Du har redan lämnat din bedömning.")


@dataclass
class OwnForm:
    """One initiative that the person may or might have assessed, in her own eyes."""

    case: Case
    round: Round | None
    revision: int = 0
    """The newest version of the text."""
    answers: dict[str, Mark] = field(default_factory=dict)
    """Her own, by the criterion's code."""
    answered_on: int = 0
    """The earliest version of the text that some answer still belongs to; 0 before there is any."""
    obstacle: str = ""
    """Why she cannot answer, as a sentence; empty where she can."""

    @property
    def reference(self) -> str:
        return self.case.initiative.reference

    @property
    def criteria(self) -> list[Criterion]:
        return list(self.round.model.criteria.all()) if self.round else []

    @property
    def is_complete(self) -> bool:
        return bool(self.criteria) and all(criterion.code in self.answers for criterion in self.criteria)


def waiting_forms(user: User, level: str = "") -> list[OwnForm]:
    """What waits for the person's assessment, at the level or at both, in an order of her own.

    The order is that of the queue. A fixed number of statements.
    """
    going_on = Round.objects.open().filter(initiative=OuterRef("pk"))
    if level in Level.values:
        going_on = going_on.filter(level=level)
    found = _forms(user, Case.objects.filter(Exists(going_on)))
    forms = {form.case.pk: form for form in found if not form.obstacle}
    waiting = [Waiting(key, timezone.localdate(form.case.status_since)) for key, form in forms.items()]
    return [forms[key] for key in in_own_order(waiting, user.pk, timezone.localdate())]


def forms_by_reference(user: User, references: Iterable[str]) -> dict[str, OwnForm]:
    """Those of the references that the person may see, whether she may answer or not. A fixed number of statements."""
    cases = Case.objects.filter(initiative__reference__in=list(references))
    return {form.reference: form for form in _forms(user, cases)}


def _forms(user: User, cases: CaseQuerySet) -> list[OwnForm]:
    seen = cases.visible_to(user).select_related("initiative__organisation").prefetch_related("participations")
    found = list(seen.order_by("pk"))
    rounds = _open_rounds(found)
    sheets = _own_sheets(user, rounds.values())
    return [_form(user, case, rounds.get(case.pk), sheets) for case in found]


def _open_rounds(cases: list[Case]) -> dict[int, Round]:
    """The open round of each case, by the case; the one that answers are saved in where there are two."""
    rounds = (
        Round.objects.open()
        .filter(initiative__in=[case.pk for case in cases])
        .annotate(newest_revision=Max("initiative__revisions__number"))
        .select_related("model")
        .prefetch_related("model__criteria")
        .order_by("-opened_at", "-pk")
    )
    return {round.initiative_id: round for round in rounds}


def _own_sheets(user: User, rounds: Iterable[Round]) -> dict[int, list[Assessment]]:
    """The person's sheets in each round with their scores, one a version of the text, the newest last."""
    scores = Prefetch("scores", Score.objects.select_related("criterion"))
    sheets = Assessment.objects.filter(assessor=user, round__in=[round.pk for round in rounds])
    found: dict[int, list[Assessment]] = {}
    for sheet in sheets.select_related("revision").prefetch_related(scores).order_by("revision__number"):
        found.setdefault(sheet.round_id, []).append(sheet)
    return found


def _form(user: User, case: Case, round: Round | None, sheets: dict[int, list[Assessment]]) -> OwnForm:
    if round is None:
        return OwnForm(case, None, obstacle=str(NONE_GOING_ON))
    own = sheets.get(round.pk, [])
    form = OwnForm(case, round, revision=round.newest_revision or 0)  # type: ignore[attr-defined]
    given: dict[str, int] = {}
    for sheet in own:
        for score in sheet.scores.all():
            form.answers[score.criterion.code] = Mark(score.value, score.motivation)
            given[score.criterion.code] = sheet.revision.number
    form.answered_on = min(given.values(), default=0)
    form.obstacle = _obstacle(user, form, own)
    return form


def _obstacle(user: User, form: OwnForm, sheets: list[Assessment]) -> str:
    if any(sheet.conflict_reason for sheet in sheets):
        return str(CONFLICT)
    if row_for(Act.ASSESS, read_places(form.case), by_role_only(user)) is None:
        return str(NOT_ASKED)
    if any(sheet.is_handed_in and sheet.revision.number == form.revision for sheet in sheets):
        return str(HANDED_IN)
    return ""
