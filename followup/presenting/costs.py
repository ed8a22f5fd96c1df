"""The costs of an initiative in words: budget against outcome, what is in force, what was put right, and evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance import costing
from governance.costing import Compared, Entry
from governance.models import Cost, CostKind, Evidence
from governance.models.work import RUNNING_KINDS


@dataclass(frozen=True)
class Sign:
    """A status in a word, with its tint and its sign."""

    word: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Proof:
    """A piece of evidence, with where it is fetched and removed."""

    evidence: Evidence
    address: str
    remove_address: str

    @property
    def words(self) -> str:
        return capfirst(self.evidence.get_kind_display())


@dataclass(frozen=True)
class Money:
    """Budget against outcome under a name."""

    label: str
    sums: Compared

    @property
    def difference(self) -> str:
        return difference_in_words(self.sums)


def difference_in_words(sums: Compared) -> str:
    """As *+45 250,50 kr (+15,1 %)*; empty where it cannot be worked out."""
    if sums.difference is None:
        return ""
    amount = sums.difference.quantize(costing.ORE) if sums.difference % 1 else int(sums.difference)
    told = _("%s kr") % _signed(amount)
    return f"{told} ({_signed(sums.percent)} %)" if sums.percent is not None else told


def _signed(number: Decimal | int) -> str:
    """With the sign in front, and spaces that do not break."""
    figures = number_format(str(abs(number)), force_grouping=True)
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{figures}"


@dataclass(frozen=True)
class CostLine:
    """One recorded cost, as it stands or as it was put right."""

    cost: Cost
    today: dt.date
    proofs: tuple[Proof, ...] = ()

    @property
    def is_corrected(self) -> bool:
        return self.cost.corrected_in_id is not None

    @property
    def correction(self) -> str:
        """Who found it wrong, and why."""
        words = {"who": self.cost.corrected_by, "why": self.cost.why}  # type: ignore[attr-defined]
        if self.cost.replaced_by_id is None:
            return _("Ska inte finnas, enligt %(who)s: %(why)s") % words
        return _("Rättad av %(who)s: %(why)s") % words

    @property
    def in_force(self) -> Sign:
        """Of a yearly cost: whether it holds today."""
        if self.cost.date > self.today:
            return Sign(_("Börjar gälla senare"), "info", "wait")
        if self.cost.until and self.cost.until < self.today:
            return Sign(_("Gäller inte längre"), "off", "off")
        return Sign(_("Gäller i dag"), "go", "go")


def proof_of(reference: str, evidence: Evidence) -> Proof:
    key = evidence.public_id  # type: ignore[attr-defined]
    return Proof(
        evidence,
        reverse("attachment", args=[reference, key]),
        reverse("evidence_remove", args=[reference, key]),
    )


def entry_of(cost: Cost) -> Entry:
    return Entry(
        kind=cost.kind,
        value=cost.value,
        amount=cost.amount,
        date=cost.date,
        until=cost.until,
        runs=cost.kind in RUNNING_KINDS,
        stage=cost.stage_id,
    )


def paid_once(entries: Sequence[Entry]) -> tuple[Money, ...]:
    """What is paid once, by kind and in all; nothing where no such cost is recorded."""
    if not entries:
        return ()
    kinds = [kind for kind in CostKind if kind not in RUNNING_KINDS]
    lines = [Money(capfirst(str(k.label)), costing.compared(e for e in entries if e.kind == k)) for k in kinds]
    return (*lines, Money(_("Summa"), costing.compared(entries)))
