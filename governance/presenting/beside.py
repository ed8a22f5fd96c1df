"""What stands beside a form: the case in brief, so that nobody decides without it before her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.models import Round
from initiatives.results import rounds_as_seen_by
from v6portal.organizations.models import Organisation, User, organisation_ids

from ..models import (
    AnswersShown,
    Case,
    Ending,
    InterestAnswer,
    ItAssessment,
    Participation,
    ParticipationRole,
)
from ..models.inquiry import are_withheld, rows_shown_to
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


def standings_for(case: Case, user: User) -> list[Standing]:
    """Where each kommun stands, as far as the person may know. Two or three statements."""
    if not case.initiative.is_shared:
        return []
    answers = {a.organisation_id: a.answer for a in case.interest_answers.standing()}
    ledger = case.participations.filter(rows_shown_to(user)).order_by("joined_on", "pk")
    kommuner = Organisation.objects.kommuner().in_order()
    return standings(known_to(user, case, kommuner, ledger), ledger, answers, case.status)


def known_to(
    user: User, case: Case, kommuner: Iterable[Organisation], ledger: Iterable[Participation]
) -> list[Organisation]:
    """The kommuner of which the person may know where they stand: all, but while answers are withheld from her only
    her own and the one that leads. ``ledger`` holds what she may see."""
    if not are_withheld(case, user):
        return list(kommuner)
    known = organisation_ids(user.current_memberships) | {row.organisation_id for row in ledger if row.left_on is None}
    return [kommun for kommun in kommuner if kommun.pk in known]


WITHHELD: dict[str, Any] = {
    AnswersShown.OWN_GIVEN: _("De andra kommunernas svar visas när din kommun har svarat."),
    AnswersShown.CLOSED: _("De andra kommunernas svar visas när förfrågan är stängd."),
}
WITHHELD_OUTSIDE = _("Kommunernas svar visas när förfrågan är stängd.")


def told_of_withheld(case: Case, user: User) -> str:
    """When the others' answers are shown, to one who does not see them yet; else empty."""
    if not are_withheld(case, user):
        return ""
    is_in_a_kommun = any(m.organisation.is_kommun for m in user.current_memberships)
    return str(WITHHELD[case.answers_shown] if is_in_a_kommun else WITHHELD_OUTSIDE)


def beside(case: Case, user: User) -> dict[str, Any]:
    """The context of ``governance/_case_beside.html``. ``case`` has its initiative and organisation loaded."""
    return {
        "case": case,
        "initiative": case.initiative,
        "brief": (brief := brief_of(case)),
        "rounds": [round for round in _rounds(case, user) if round.is_readable],  # type: ignore[attr-defined]
        "standings": standings_for(case, user),
        "withheld": told_of_withheld(case, user),
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
        "withheld": "",
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
