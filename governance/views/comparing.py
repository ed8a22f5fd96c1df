"""Everyone's answers side by side, and what is agreed on when they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.acts import Act
from governance.facts import CaseFacts
from governance.models import Case
from governance.presenting.assessors import assessors, may_see_who
from governance.presenting.brief import brief_of
from governance.presenting.comparing import WIDTH, Compared, compared
from governance.presenting.disputes import Neighbours, agenda_of, agendas_of, items, neighbours
from governance.reading import SETTLED_DURING, by_role_only, read_facts
from governance.workflow import Row, row_for
from initiatives.actions.agreeing import CONFLICT
from initiatives.models import Round
from initiatives.results import comparison
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import User

from .acts import readable_case

AGENDA = "lista"
"""In the address: the list that one came from, for the way to the next."""


@dataclass
class Looked:
    """One round of a case as one person looks at it."""

    case: Case
    user: User
    rounds: list[Round]
    number: int
    """Which round, from 1, the oldest first; 0 when there is none."""
    beside: Neighbours | None = None
    """The initiatives beside it on the list that one came from."""

    @property
    def round(self) -> Round | None:
        return self.rounds[self.number - 1] if self.number else None

    @cached_property
    def facts(self) -> CaseFacts:
        return read_facts(self.case)

    @cached_property
    def compared(self) -> Compared | None:
        found = comparison(self.round, self.user) if self.round else None
        return compared(found, self.round.minimum) if found and self.round else None

    @property
    def is_newest(self) -> bool:
        """Whether it is the one that steps are taken with, where the case stands."""
        level = SETTLED_DURING.get(self.case.standing)
        of_level = [round for round in self.rounds if round.level == level]
        return bool(of_level) and of_level[-1] == self.round

    def step(self, act: Act) -> Row | None:
        """The step with this round, where it is the person's."""
        return row_for(act, self.facts, by_role_only(self.user)) if self.is_newest else None

    @cached_property
    def has_conflict(self) -> bool:
        """Whether the person has declared jäv in it."""
        round = self.round
        return round is not None and round.assessments.disqualifying(self.user).exists()

    @cached_property
    def settles(self) -> bool:
        """Whether it is the person's to write down what is agreed, jäv aside."""
        row = self.step(Act.AGREE)
        return row is not None and not row.obstacles_for(self.facts)

    @property
    def may_agree(self) -> bool:
        return self.settles and not self.has_conflict

    @property
    def kept_from_agreeing(self) -> str:
        """Why she may not, where nothing but jäv stands in the way."""
        return str(CONFLICT) if self.settles and self.has_conflict else ""

    @property
    def closing(self) -> Row | None:
        """*Stäng bedömningen*, as long as it is open."""
        return self.step(Act.CLOSE_ROUND) if self.round and self.round.is_open else None

    @property
    def may_go_on_to_assess(self) -> bool:
        """Whether her own answers are waited for: then that is what she does next."""
        return bool(self.round and self.round.is_open and not self.compared and self.step(Act.ASSESS))

    @property
    def told(self) -> str:
        """Why no answers are shown, as a sentence; empty where they are."""
        if self.round is None:
            return _("Initiativet har inte bedömts än. Det görs när det är kvalificerat.")
        if self.compared:
            return ""
        if self.has_conflict:
            return _(
                "Du har anmält jäv. Därför bedömer du inte det här initiativet, "
                "och ser svaren först när bedömningen är stängd."
            )
        if self.step(Act.ASSESS) is None:
            return _("Bedömningen pågår. Svaren visas när den är stängd.")
        return _("Bedömningen pågår. Svaren visas när den är stängd, eller när du själv har lämnat din.")

    @property
    def leads_to_the_agenda(self) -> bool:
        """For those with a role, who alone have one, as long as they do not come from it."""
        return bool(self.compared and self.user.capacities and not self.beside)


def look(request: HttpRequest, reference: str) -> Looked:
    """The round that the address names, else the newest. 404 for whom the initiative is not for."""
    case = readable_case(request, reference)
    rounds = list(case.initiative.rounds.select_related("model", "initiative").in_order())
    asked = request.GET.get("omgang", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else len(rounds)
    if rounds and not 1 <= number <= len(rounds):
        raise Http404(_("Den omgången finns inte."))
    return Looked(case, request.user, rounds, number if rounds else 0)  # type: ignore[arg-type]


def neighbours_in(request: HttpRequest, reference: str) -> Neighbours | None:
    """The initiatives beside it on the list that one came from; None when one came from elsewhere."""
    user: User = request.user  # type: ignore[assignment]
    key = request.GET.get(AGENDA, "")
    return neighbours(agenda_of(user, key), user, reference) if key else None


def kept(request: HttpRequest) -> str:
    """The part of the address that follows from page to page."""
    keys = ("omgang", AGENDA)
    found = {key: request.GET[key] for key in keys if request.GET.get(key)}
    return f"?{urlencode(found)}" if found else ""


@require_safe
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """A round of the initiative: its answers, or how far it has come."""
    looked = look(request, reference)
    looked.beside = neighbours_in(request, reference)
    round, found = looked.round, looked.compared
    sees_who = bool(found) or (looked.is_newest and may_see_who(looked.facts, by_role_only(looked.user)))
    context: dict[str, Any] = {
        "case": looked.case,
        "initiative": looked.case.initiative,
        "brief": brief_of(looked.case),
        "looked": looked,
        "round": round,
        "compared": found,
        "lines": found.lines if found else (),
        "assessors": assessors(round, looked.facts) if round and sees_who else [],
        "closing_obstacles": looked.closing.obstacles_for(looked.facts) if looked.closing else [],
        "width": WIDTH,
        "beside": looked.beside,
        "kept": kept(request),
    }
    return render(request, "governance/compare.html", context)


@people_with_a_role
@require_safe
def discuss(request: HttpRequest) -> HttpResponse:
    """What a meeting has to talk through, the least settled first."""
    user: User = request.user  # type: ignore[assignment]
    agenda = agenda_of(user, request.GET.get(AGENDA, ""))
    context = {"agenda": agenda, "agendas": agendas_of(user), "items": items(agenda, user)}
    return render(request, "governance/discuss.html", context)
