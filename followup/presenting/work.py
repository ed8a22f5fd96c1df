"""The work of an initiative in words and sums: its stages against their plans, and its costs against their budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance import costing
from governance.costing import Compared, Entry
from governance.models import ComingStage, EarlierPlan, Outcome, Stage
from governance.models.work import RUNNING_KINDS
from governance.planning import Course, Standing
from governance.presenting.numbers import in_days

from .costs import CostLine, Money, Proof, Sign, difference_in_words, entry_of, paid_once, proof_of


@dataclass(frozen=True)
class StageLine:
    """A stage, begun or coming, against its plan."""

    planned: Stage | ComingStage
    course: Course
    earlier: tuple[EarlierPlan, ...] = ()
    sums: Compared = field(default_factory=Compared)
    proofs: tuple[Proof, ...] = ()

    @property
    def has_begun(self) -> bool:
        return self.course.start is not None

    @property
    def is_open(self) -> bool:
        """Whether its plan can still be changed."""
        return self.course.end is None

    @property
    def title(self) -> str:
        kind = self.planned.get_type_display()
        if isinstance(self.planned, ComingStage):
            return capfirst(kind)
        return f"{self.planned.number}. {capfirst(kind)}"

    @property
    def name(self) -> str:
        """As it is said in the picture: *Etapp 2, projekt*."""
        kind = self.planned.get_type_display()
        if isinstance(self.planned, ComingStage):
            return _("Kommande %s") % kind
        return _("Etapp %(number)s, %(kind)s") % {"number": self.planned.number, "kind": kind}

    @property
    def sign(self) -> Sign:
        return _sign(self)

    @property
    def difference(self) -> str:
        return difference_in_words(self.sums)

    @property
    def key(self) -> str:
        """By what the form about the plan knows it."""
        return f"{'kommande' if isinstance(self.planned, ComingStage) else 'etapp'}-{self.planned.pk}"

    @property
    def ends(self) -> str:
        """The planned ends in their order: *först 2026-03-31, sedan 2026-05-15*; empty where it never moved."""
        ends = [plan.planned_end for plan in self.earlier]
        if not ends:
            return ""
        first, *then = [str(end) if end else _("utan slutdag") for end in (*ends, self.course.planned_end)]
        return _("först %(first)s, sedan %(then)s") % {"first": first, "then": ", ".join(then)}

    @property
    def slip(self) -> str:
        """How far the end is from the one first planned, in words."""
        days = self.course.slip
        if days is None or (days > 0 and not self.earlier):
            return ""
        if days == 0:
            return _("slutade den dag som var planerad")
        if days < 0:
            return _("%s tidigare än i den första planen") % in_days(-days)
        return _("%s senare än i den första planen") % in_days(days)


def _sign(line: StageLine) -> Sign:
    late = in_days(line.course.days_late)
    match line.course.standing:
        case Standing.COMING:
            return Sign(_("Planerad"), "info", "wait")
        case Standing.NOT_BEGUN:
            return Sign(_("Skulle ha börjat för %s sedan") % late, "stop", "warn")
        case Standing.ONGOING:
            return Sign(_("Pågår"), "go", "go")
        case Standing.OVERDUE:
            return Sign(_("Pågår, %s försenad") % late, "stop", "warn")
    ended = line.planned if isinstance(line.planned, Stage) else Stage()
    outcome = capfirst(ended.get_outcome_display())
    tone, icon = ("off", "off") if ended.outcome == Outcome.ABORTED else ("plain", "check")
    if line.course.standing is Standing.ENDED_LATE:
        return Sign(_("%(outcome)s, %(late)s efter planen") % {"outcome": outcome, "late": late}, tone, icon)
    return Sign(outcome, tone, icon)


@dataclass(frozen=True)
class Work:
    """Everything that the section and the page of the work show."""

    today: dt.date
    stages: tuple[StageLine, ...]
    costs: tuple[CostLine, ...]
    once: tuple[Money, ...]
    running: tuple[CostLine, ...]
    a_year: Compared
    spent: Decimal | None

    def __bool__(self) -> bool:
        return bool(self.stages or self.costs)

    @property
    def late(self) -> list[StageLine]:
        return [line for line in self.stages if line.course.is_late]

    @property
    def has_proofs(self) -> bool:
        return any(line.proofs for line in self.stages) or any(line.proofs for line in self.costs)


def work_of(case_reference: str, stages: Iterable[Stage], rows: dict[str, list[Any]], today: dt.date) -> Work:
    """The work out of what was read of the case: its stages, and ``reading.small_rows``."""
    proofs = [proof_of(case_reference, one) for one in rows["evidence_rows"]]
    costs = [
        CostLine(cost, today, tuple(p for p in proofs if p.evidence.cost_id == cost.pk)) for cost in rows["cost_rows"]
    ]
    standing = [line for line in costs if not line.is_corrected]
    entries = [entry_of(line.cost) for line in standing]
    return Work(
        today=today,
        stages=_stage_lines(stages, rows, entries, proofs, today),
        costs=tuple(costs),
        once=paid_once(costing.once(entries)),
        running=tuple(line for line in standing if line.cost.kind in RUNNING_KINDS),
        a_year=costing.a_year(entries, today),
        spent=costing.spent(entries, today),
    )


def _stage_lines(
    stages: Iterable[Stage],
    rows: dict[str, list[Any]],
    entries: Sequence[Entry],
    proofs: Sequence[Proof],
    today: dt.date,
) -> tuple[StageLine, ...]:
    """Those that have begun, and after them those that are coming."""
    earlier: list[EarlierPlan] = rows["earlier_rows"]
    begun = [
        StageLine(
            stage,
            _course(stage, [plan for plan in earlier if plan.stage_id == stage.pk], today),
            tuple(plan for plan in earlier if plan.stage_id == stage.pk),
            costing.compared(entry for entry in costing.once(entries) if entry.stage == stage.pk),
            tuple(proof for proof in proofs if proof.evidence.stage_id == stage.pk),
        )
        for stage in stages
    ]
    coming = [
        StageLine(
            one,
            _course(one, [plan for plan in earlier if plan.coming_id == one.pk], today),
            tuple(plan for plan in earlier if plan.coming_id == one.pk),
        )
        for one in rows["coming_rows"]
    ]
    return (*begun, *coming)


def _course(planned: Stage | ComingStage, earlier: Sequence[EarlierPlan], today: dt.date) -> Course:
    return Course(
        today=today,
        start=getattr(planned, "start", None),
        end=getattr(planned, "end", None),
        planned_start=planned.planned_start,
        planned_end=planned.planned_end,
        earlier_ends=[plan.planned_end for plan in earlier],
    )
