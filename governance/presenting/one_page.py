"""*Underlaget*: everything a director needs to decide whether her kommun takes part, on one page.

It says only what the reader may see: of a round that is blind to her nothing, of the kommuner's answers what the
setting lets her know. Nothing in it depends on when it is asked for, so that the same case gives the same page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models import Initiative, Level, Round
from initiatives.results import comparison, rounds_as_seen_by
from initiatives.scoring import one_decimal
from v6portal.organizations.models import Organisation, User

from ..models import Case, Cost, CostValue, Event, InterestAnswer, ItAssessment, Stage
from ..models.inquiry import shown_to
from ..models.work import RUNNING_KINDS
from .benefit_calculation import kronor
from .beside import Standing, standings_for, told_of_withheld
from .brief import brief_of

LENGTHS = (1600, 1100, 750, 500, 330, 200, 120, 70)
"""Characters that each text may take on paper: the first that lets everything stand on one page is used."""
LONGEST_TITLE = 150
CRITERIA_SHOWN = 8
STAGES_SHOWN = 4


@dataclass(frozen=True)
class Text:
    """A passage with what it is about."""

    label: str
    words: str

    def cut_to(self, length: int) -> Text:
        """The beginning, whole words, on one line; what fits is left as it is but for its lines."""
        return replace(self, words=cut(self.words, length))


def cut(words: str, length: int) -> str:
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    kept = words[: length - 1]
    whole = kept.rsplit(" ", 1)[0]
    return f"{whole if len(whole) > length // 2 else kept} …"


@dataclass(frozen=True)
class Spread:
    """What the assessors said of one criterion: the value that counts, and from where to where they answered."""

    name: str
    value: str
    reach: str
    is_wide: bool


@dataclass(frozen=True)
class Scored:
    """The newest round that the reader may see, those they are least agreed on first."""

    where: str
    score: str
    axes: str
    told: str
    criteria: tuple[Spread, ...]
    left_out: int
    is_risky: bool


@dataclass(frozen=True)
class Costs:
    """A stage, or all of what is paid once, with budget and actual cost in words."""

    label: str
    period: str
    budget: str
    actual: str


@dataclass(frozen=True)
class OnePage:
    """The context of ``governance/_one_page.html``."""

    title: str
    texts: tuple[Text, ...]
    facts: tuple[tuple[str, str], ...]
    scored: Scored | None
    blind: str
    """Said where a round goes on whose answers the reader does not see yet."""
    reckoned: tuple[tuple[str, str], ...]
    costs: tuple[Costs, ...]
    running: str
    it: tuple[Text, ...]
    commitment: str
    standings: tuple[Standing, ...]
    withheld: str
    leading: str
    deadline: dt.date | None
    dated: dt.date
    """The day of the latest thing that has happened and that the reader may know of."""
    is_cut: bool = False

    def shorter(self) -> Iterator[OnePage]:
        """The same for paper, with its longest texts shorter and shorter."""
        for length in LENGTHS:
            texts = tuple(text.cut_to(length) for text in self.texts)
            parts = tuple(text.cut_to(max(length // 2, 40)) for text in self.it)
            is_cut = any(len(" ".join(t.words.split())) > length for t in self.texts)
            is_cut |= any(len(" ".join(t.words.split())) > max(length // 2, 40) for t in self.it)
            yield replace(self, title=cut(self.title, LONGEST_TITLE), texts=texts, it=parts, is_cut=is_cut)


def one_page(case: Case, user: User) -> OnePage:
    """The page for one reader. ``case`` has its initiative, its organisation and Göliska IT's assessment loaded."""
    initiative, brief = case.initiative, brief_of(case)
    stages, costs = list(case.stages.all()), list(Cost.objects.standing().filter(case=case))
    return OnePage(
        title=" ".join(initiative.title.split()),
        texts=_texts(initiative),
        facts=tuple(fact for fact in brief.facts if fact[1] != initiative.idea),
        scored=_scored(case, user),
        blind=_blind(case, user),
        reckoned=tuple(brief.reckoned.summary) if brief.reckoned else (),
        costs=_costs(stages, costs),
        running=_running(costs),
        it=_it_parts(it := _handed_in(case)),
        commitment=_commitment(it, case),
        standings=tuple(standings_for(case, user)),
        withheld=told_of_withheld(case, user),
        leading=_leading(case, user),
        deadline=case.interest_deadline,
        dated=_dated(case, user),
    )


def _texts(initiative: Initiative) -> tuple[Text, ...]:
    passages = [
        (_("Behov"), initiative.need),
        (_("Väntad nytta"), initiative.benefit),
        (_("Idé till lösning"), initiative.idea),
    ]
    return tuple(Text(label, words) for label, words in passages if words.strip())


def _dated(case: Case, user: User) -> dt.date:
    latest = (
        Event.objects.visible_to(user).filter(case=case).order_by("-occurred_at").values_list("occurred_at").first()
    )
    return timezone.localdate(latest[0] if latest else case.status_since)


# The score


def _rounds(case: Case, user: User) -> list[Round]:
    return list(rounds_as_seen_by(user).filter(initiative=case.pk).order_by("-opened_at", "-pk"))


def _blind(case: Case, user: User) -> str:
    if any(round.is_open and not round.is_readable for round in _rounds(case, user)):  # type: ignore[attr-defined]
        return _("En bedömning pågår. Svaren visas när den är stängd.")
    return ""


def _scored(case: Case, user: User) -> Scored | None:
    readable = (r for r in _rounds(case, user) if r.is_readable and r.joint_score is not None)  # type: ignore[attr-defined]
    newest = next(readable, None)
    found = comparison(newest, user) if newest else None
    if newest is None or found is None or found.joint.score is None:
        return None
    joint = found.joint
    rows = [_spread(row.criterion.name, row.result.value, row.values, row.result.is_wide) for row in found.rows]
    home = case.initiative.organisation.short_name
    return Scored(
        where=_("V6") if newest.level == Level.V6 else home,
        score=_number(joint.score),
        axes=_("Nytta %(benefit)s och genomförbarhet %(feasibility)s, av 5.")
        % {"benefit": _number(joint.benefit), "feasibility": _number(joint.feasibility)},
        told=ngettext("%(count)d har bedömt.", "%(count)d har bedömt.", joint.counted) % {"count": joint.counted},
        criteria=tuple(rows[:CRITERIA_SHOWN]),
        left_out=max(len(rows) - CRITERIA_SHOWN, 0),
        is_risky=joint.risk_flagged,
    )


def _number(value: Fraction | None) -> str:
    return "–" if value is None else number_format(one_decimal(value))


def _spread(name: str, value: Fraction | None, given: Sequence[int], is_wide: bool) -> Spread:
    if not given:
        return Spread(name, "–", _("vet inte"), is_wide)
    reach = str(given[0]) if given[0] == given[-1] else f"{given[0]}–{given[-1]}"
    return Spread(name, _number(value), reach, is_wide)


# What it costs


def _sum(costs: Sequence[Cost], value: str) -> str:
    amounts = [cost.amount for cost in costs if cost.value == value]
    return kronor(sum(amounts, Decimal(0))) if amounts else "–"


def _costs(stages: Sequence[Stage], costs: Sequence[Cost]) -> tuple[Costs, ...]:
    """The latest stages, and all that is paid once; nothing where no work has begun and nothing is recorded."""
    once = [cost for cost in costs if cost.kind not in RUNNING_KINDS]
    lines = [
        Costs(
            label=f"{stage.number}. {str(stage.get_type_display()).capitalize()}",
            period=f"{stage.start:%Y-%m-%d} – {_end_of(stage)}".strip(),
            budget=_sum([c for c in once if c.stage_id == stage.pk], CostValue.BUDGET),
            actual=_sum([c for c in once if c.stage_id == stage.pk], CostValue.ACTUAL),
        )
        for stage in stages[-STAGES_SHOWN:]
    ]
    if once:
        lines.append(Costs(_("Summa"), "", _sum(once, CostValue.BUDGET), _sum(once, CostValue.ACTUAL)))
    return tuple(lines)


def _end_of(stage: Stage) -> str:
    if stage.end:
        return f"{stage.end:%Y-%m-%d}"
    return _("planerat %s") % f"{stage.planned_end:%Y-%m-%d}" if stage.planned_end else _("pågår")


def _running(costs: Sequence[Cost]) -> str:
    """What is paid year by year and has no last day."""
    lasting = [cost for cost in costs if cost.kind in RUNNING_KINDS and cost.until is None]
    amounts = [cost.amount for cost in lasting if cost.value == CostValue.ACTUAL] or [c.amount for c in lasting]
    return kronor(sum(amounts, Decimal(0))) if amounts else ""


# Göliska IT


def _handed_in(case: Case) -> ItAssessment | None:
    it = getattr(case, "it_assessment", None)
    return it if it and it.handed_in_at else None


def _it_parts(it: ItAssessment | None) -> tuple[Text, ...]:
    if it is None:
        return ()
    labels = {
        "impact": _("Påverkan"),
        "capacity": _("Kapacitet"),
        "cost": _("Kostnad"),
        "security": _("Säkerhet"),
    }
    return tuple(Text(label, getattr(it, part)) for part, label in labels.items())


def _commitment(it: ItAssessment | None, case: Case) -> str:
    if it is None:
        return _("Göliska IT har inte bedömt initiativet.") if case.initiative.is_shared else ""
    if it.commitment:
        return f"{it.get_commitment_display()}."
    if it.commitment_needed:
        return _("Förbundsdirektören ska besluta om Göliska IT åtar sig uppdraget.")
    return _("Inget åtagande av Göliska IT behöver beslutas.")


# Who leads


def _leading(case: Case, user: User) -> str:
    """Who leads, and which others have said that they can, as far as the reader may know."""
    row = case.participations.ongoing().leading().select_related("organisation").first()
    told = [_("%s leder.") % row.organisation.short_name] if row else []
    offering = offering_to_lead(case, user)
    if offering:
        told.append(_("%s kan leda.") % get_text_list([o.short_name for o in offering], _("och")))
    return " ".join(told)


def offering_to_lead(case: Case, user: User) -> list[Organisation]:
    """The kommuner that have said in answer that they can lead and do not, as far as the person may know."""
    own = [m.organisation_id for m in user.current_memberships]
    leads = case.participations.ongoing().leading().values("organisation")
    answers = InterestAnswer.objects.standing().filter(shown_to(user, "case__") | Q(organisation__in=own), case=case)
    takes_part = case.participations.ongoing().active().values("organisation")
    offers = answers.filter(offers_to_lead=True, organisation__in=takes_part).exclude(organisation__in=leads)
    return [answer.organisation for answer in offers.select_related("organisation")]
