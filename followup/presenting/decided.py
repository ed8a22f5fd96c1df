"""One decision on the page of its initiative."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.models import Decision, InterestAnswer


@dataclass(frozen=True)
class DecisionLine:
    """A decision, and in words what a kommun answered where that is what was decided."""

    decision: Decision

    @property
    def corrected_by(self) -> str:
        """The number of the decision that has corrected this one, or nothing; it is of the same organisation."""
        return self._number(self.decision.corrected_in, self.decision.corrected_as)  # type: ignore[attr-defined]

    @property
    def corrects(self) -> str:
        return self._number(self.decision.correcting_in, self.decision.correcting_as)  # type: ignore[attr-defined]

    def _number(self, year: int | None, running: int | None) -> str:
        return f"{self.decision.organisation.short_name} {year}-{running:03d}" if year and running else ""

    @property
    def answer(self) -> str:
        if not self.decision.answer:  # type: ignore[attr-defined]
            return ""
        lead = _(", kan leda") if self.decision.offers_to_lead else ""  # type: ignore[attr-defined]
        return f"{InterestAnswer.Answer(self.decision.answer).label}{lead}"  # type: ignore[attr-defined]
