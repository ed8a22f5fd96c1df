"""The group of fields for the plan: which stage, from when, until when, or not at all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.effects.plans import NEW
from ..asks import Ask
from ..models import ComingStage, Stage, StageType
from .acts import ActForm
from .fields import day, one_of, sentence
from .work import coming_label, stage_label


class PlanPart(ActForm):
    suggested = ("planned",)

    planned = forms.ChoiceField(
        label=_("Vilken etapp?"), widget=forms.RadioSelect, error_messages=sentence(Ask.PLAN, "planned")
    )
    stage_type = one_of(_("Sorts etapp"), StageType.choices, required=False, help_text=_("Bara för en ny etapp."))
    planned_start = day(
        _("Planerad start"), initial=None, required=False, help_text=_("Bara för en etapp som inte har börjat.")
    )
    planned_end = day(_("Planerat slut"), initial=None, required=False)
    dropped = forms.BooleanField(
        label=_("Etappen blir inte av"), required=False, help_text=_("Bara för en etapp som inte har börjat.")
    )

    def arrange(self) -> None:
        super().arrange()
        self.rows: dict[str, Stage | ComingStage] = {
            f"{name}-{row.pk}": row for name, rows in self._planned() for row in rows
        }
        field = self.fields["planned"]
        labels = [(key, _label(row)) for key, row in self.rows.items()]
        field.choices = [*labels, (NEW, _("En ny kommande etapp"))]
        field.initial = labels[0][0] if len(labels) == 1 else None
        if not any(isinstance(row, ComingStage) for row in self.rows.values()):
            del self.fields["dropped"]

    def _planned(self) -> Any:
        return [("etapp", self.case.stages.ongoing()), ("kommande", self.case.coming_stages.waiting())]

    def clean_planned(self) -> Stage | ComingStage | str:
        return self.rows.get(self.cleaned_data["planned"], NEW)


def _label(row: Stage | ComingStage) -> str:
    if isinstance(row, ComingStage):
        return coming_label(row)
    until = _("utan planerat slut") if row.planned_end is None else _("planerat slut %s") % row.planned_end
    return f"{stage_label(row)}, {until}"
