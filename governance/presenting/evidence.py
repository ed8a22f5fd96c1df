"""Evidence of a case as its page lists it: by the stage or the cost it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from ..actions.effects.checking import cost_words, stage_words
from ..facts import Actor, CaseFacts
from ..models import Case, Evidence
from ..workflow import Row
from .attachments import Line, lines


@dataclass(frozen=True)
class Proof:
    """One file: what it is, and by whom it can be removed."""

    line: Line
    kind: str
    may_remove: bool


@dataclass(frozen=True)
class Group:
    """What speaks of one stage or one cost."""

    name: str
    proofs: tuple[Proof, ...]


def groups_of(case: Case, own: int | None, *, may_change: bool) -> tuple[Group, ...]:
    """The current evidence; ``own`` is the organisation whose costs alone the person may change, None where all."""
    found = Evidence.objects.current().filter(attachment__initiative=case.pk)
    groups: dict[str, list[Proof]] = {}
    for one in found.select_related("attachment", "stage", "cost").order_by("stage__number", "cost__date", "pk"):
        name = stage_words(one.stage) if one.stage else cost_words(one.cost)  # type: ignore[arg-type]
        mine = own is None or (one.cost is not None and one.cost.organisation_id == own)
        groups.setdefault(name, []).append(_proof(one, case, may_remove=may_change and mine))
    return tuple(Group(capfirst(name), tuple(proofs)) for name, proofs in groups.items())


def _proof(evidence: Evidence, case: Case, *, may_remove: bool) -> Proof:
    line: Iterable[Line] = lines([evidence.attachment], case.initiative.reference)
    return Proof(next(iter(line)), capfirst(evidence.get_kind_display()), may_remove)


def whose_costs(row: Row | None, actor: Actor, facts: CaseFacts) -> int | None:
    """The organisation whose costs alone the person may speak of; None for the lead of the kommun that leads."""
    capacity = row.capacity_of(actor, facts) if row else None
    return None if capacity is None or capacity.organisation == facts.leading else capacity.organisation
