"""What the page of an initiative says of its benefit: 3N, expected beside realised, what is to be followed up, and what
is handed over to förvaltning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from governance.following_up import reached as months_reached
from governance.models import Case, FollowUp
from governance.presenting.benefit_calculation import Told, kronor, number
from governance.statuses import REALISING, Status

from ..models import Adoption, Confirmation, RealisedBenefit
from ..realised import Compared, Outcome, outcome, standing
from .work import Work


@dataclass(frozen=True)
class BenefitLine:
    """One of the three N with its latest confirmation; none where it has not been confirmed."""

    label: str
    confirmation: Confirmation | None

    @property
    def in_words(self) -> str:
        if self.confirmation is None:
            return _("%s inte bekräftat") % self.label.lower()
        return f"{self.label.lower()} {_('ja') if self.confirmation.holds else _('nej')}"


@dataclass(frozen=True)
class FigureLine:
    """A figure, expected and realised; what is not known is empty, and is shown as a dash."""

    label: str
    expected: str
    realised: str
    difference: str


@dataclass(frozen=True)
class SaidLine:
    """What a kommun has said, and whether it has said something newer since."""

    said: RealisedBenefit
    months: int
    is_replaced: bool

    @property
    def when(self) -> str:
        return _("efter %d månader") % self.months if self.months else ""

    @property
    def figures(self) -> str:
        told = (
            (self.said.hours_a_year, _("%s timmar per år")),
            (self.said.kronor_a_year, _("%s kr per år")),
            (self.said.kronor_once, _("%s kr en gång")),
        )
        return get_text_list([form % number(value) for value, form in told if value is not None], _("och"))


@dataclass(frozen=True)
class FollowUpLine:
    """What a kommun is to come back to: *waits* until the day, *due* from then on, *done* when it is answered."""

    follow_up: FollowUp
    today: dt.date

    @property
    def state(self) -> str:
        if self.follow_up.answered_in_id:
            return "done"
        return "due" if self.follow_up.due_on <= self.today else "waits"


@dataclass(frozen=True)
class HandOver:
    """What förvaltning takes over, each a name and what stands there; empty where it is missing."""

    lines: tuple[tuple[str, str], ...]
    since: dt.date | None
    managed_object: str

    @property
    def missing(self) -> list[str]:
        return [name for name, value in self.lines if not value]


@dataclass(frozen=True)
class BenefitOfCase:
    """Everything that the section shows beside the införanden."""

    three_n: tuple[BenefitLine, ...]
    figures: tuple[FigureLine, ...]
    reckoned: Told | None
    said: tuple[SaidLine, ...]
    follow_ups: tuple[FollowUpLine, ...]
    hand_over: HandOver | None


def benefit_of(
    case: Case,
    rows: Mapping[str, list[Any]],
    *,
    reckoned: Told | None,
    work: Work,
    reached: Mapping[str, dt.date],
    today: dt.date,
) -> BenefitOfCase:
    """Out of what was read of the case (``reading.small_rows``)."""
    three_n = _three_n(rows["confirmation_rows"])
    said: list[RealisedBenefit] = rows["realised_rows"]
    return BenefitOfCase(
        three_n=three_n,
        figures=_figures(reckoned, said) if said or (reckoned and rows["adoption_rows"]) else (),
        reckoned=reckoned,
        said=_said(said, rows["adoption_rows"]),
        follow_ups=tuple(FollowUpLine(one, today) for one in rows["follow_up_rows"]),
        hand_over=_hand_over(case, three_n, work, reached.get(Status.MAINTENANCE)),
    )


def _three_n(confirmations: Sequence[Confirmation]) -> tuple[BenefitLine, ...]:
    latest = {confirmation.kind: confirmation for confirmation in confirmations}
    return tuple(BenefitLine(str(kind.label).capitalize(), latest.get(kind)) for kind in Confirmation.Kind)


def _figures(reckoned: Told | None, said: Sequence[RealisedBenefit]) -> tuple[FigureLine, ...]:
    hours, money = (None, None)
    if reckoned:
        hours, money = reckoned.calculation.assumptions.hours_per_year, reckoned.calculation.financial
    found: Outcome = outcome(hours, money, said)
    lines = [
        _figure(_("Sparad tid, timmar per år"), found.hours, number),
        _figure(_("Sparade pengar per år"), found.kronor, kronor),
    ]
    if found.once is not None:
        lines.append(_figure(_("Sparade pengar en gång"), Compared(None, found.once), kronor))
    return tuple(lines)


def _figure(label: str, compared: Compared, written: Any) -> FigureLine:
    def words(value: Decimal | None) -> str:
        return "" if value is None else written(value)

    difference = compared.difference
    told = words(difference)
    return FigureLine(
        label,
        words(compared.expected),
        words(compared.realised),
        f"+{told}" if difference is not None and difference > 0 else told,
    )


def _said(said: Sequence[RealisedBenefit], adoptions: Sequence[Adoption]) -> tuple[SaidLine, ...]:
    """The newest first."""
    in_use = {adoption.organisation_id: adoption.in_use_on for adoption in adoptions}
    counts = standing(said)

    def months(one: RealisedBenefit) -> int:
        since = in_use.get(one.organisation_id)
        return months_reached(since, one.date) if since else 0

    return tuple(SaidLine(one, months(one), one not in counts) for one in reversed(said))


def _hand_over(case: Case, three_n: Sequence[BenefitLine], work: Work, since: dt.date | None) -> HandOver | None:
    if case.status not in REALISING and since is None:
        return None
    a_year = work.a_year.actual if work.a_year.actual is not None else work.a_year.budget
    confirmed = any(line.confirmation for line in three_n)
    return HandOver(
        lines=(
            (_("Förvaltnings\N{SOFT HYPHEN}objekt"), case.managed_object),
            (_("Organisation som förvaltar"), str(case.managed_by or "")),
            (_("Löpande kostnad per år"), "" if a_year is None else kronor(a_year)),
            (_("3N"), get_text_list([line.in_words for line in three_n], _("och")) if confirmed else ""),
        ),
        since=since,
        managed_object=case.managed_object,
    )
