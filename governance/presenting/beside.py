"""What stands beside a form: the case in brief, so that nobody decides without it before her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.models import Round
from initiatives.results import rounds_as_seen_by
from v6portal.organizations.models import Organisation, User

from ..models import Case, Ending, InterestAnswer, ItAssessment, Participation, ParticipationRole
from ..statuses import Status
from .brief import brief_of

ASKED = frozenset({Status.INTEREST, Status.IT_ASSESSMENT, Status.V6_PRIORITISING, Status.AWAITING_START})
"""Where a kommun that has said nothing has not answered, rather than stays outside."""
BEFORE_ASKED = frozenset({Status.V6_RECEIVED, Status.V6_QUALIFYING})
"""Where nobody has been asked yet."""


@dataclass(frozen=True)
class Standing:
    """Where one kommun stands in a case: a word and its tone."""

    organisation: Organisation
    word: str
    tone: str


ROLES: dict[str, tuple[Any, str]] = {
    ParticipationRole.LEADS: (_("Leder"), "go"),
    ParticipationRole.TAKES_PART: (_("Deltar"), "go"),
    ParticipationRole.FOLLOWS: (_("Följer"), "plain"),
}
ANSWERS: dict[str, tuple[Any, str]] = {
    InterestAnswer.Answer.JOIN: (_("Vill delta"), "go"),
    InterestAnswer.Answer.WAIT: (_("Avvaktar"), "wait"),
    InterestAnswer.Answer.DECLINE: (_("Avstår"), "off"),
}
LEFT = (_("Har lämnat"), "off")
SILENT = (_("Ej svarat"), "off")
NOT_YET = (_("Inte tillfrågad än"), "off")
OUTSIDE = (_("Deltar inte"), "off")


def standings(
    kommuner: Iterable[Organisation],
    ledger: Iterable[Participation],
    answers: Mapping[int, str],
    status: str,
) -> list[Standing]:
    """Where each kommun stands: by the ledger first, else by what it answered the inquiry in a case of this status."""
    roles: dict[int, tuple[Any, str]] = {}
    for row in ledger:
        if row.left_on is None:
            roles[row.organisation_id] = ROLES[row.role]
        elif row.ending == Ending.LEFT:
            roles[row.organisation_id] = LEFT
    found = []
    nothing = SILENT if status in ASKED else NOT_YET if status in BEFORE_ASKED else OUTSIDE
    for kommun in kommuner:
        word, tone = roles.get(kommun.pk) or ANSWERS.get(answers.get(kommun.pk, ""), nothing)
        found.append(Standing(kommun, str(word), tone))
    return found


def _standings_of(case: Case) -> list[Standing]:
    if not case.initiative.is_shared:
        return []
    answers = {a.organisation_id: a.answer for a in case.interest_answers.standing()}
    kommuner = Organisation.objects.kommuner().in_order()
    return standings(kommuner, case.participations.order_by("joined_on", "pk"), answers, case.status)


def beside(case: Case, user: User) -> dict[str, Any]:
    """The context of ``governance/_case_beside.html``. ``case`` has its initiative and organisation loaded."""
    return {
        "case": case,
        "initiative": case.initiative,
        "brief": (brief := brief_of(case)),
        "rounds": [round for round in _rounds(case, user) if round.is_readable],  # type: ignore[attr-defined]
        "standings": _standings_of(case),
        "it": _it_assessment(case),
        "asked_of_it": asked_of_goliska(case),
        "reckoned": brief.reckoned,
    }


def text_beside(case: Case) -> dict[str, Any]:
    """The same with the text alone, for one who scores: what others think of it would colour her answers."""
    return {
        "case": case,
        "initiative": case.initiative,
        "brief": brief_of(case).text_alone,
        "rounds": [],
        "standings": [],
        "it": None,
        "asked_of_it": None,
    }


def _rounds(case: Case, user: User) -> list[Round]:
    return list(rounds_as_seen_by(user).filter(initiative=case.pk, handed_in__gt=0).order_by("-opened_at")[:2])


def asked_of_goliska(case: Case) -> ItAssessment | None:
    """What Göliska IT is asked, with when and for how many; none where it has not been asked so."""
    it = getattr(case, "it_assessment", None)
    return it if it and it.request else None


def _it_assessment(case: Case) -> ItAssessment | None:
    it = getattr(case, "it_assessment", None)
    return it if it and it.handed_in_at else None
