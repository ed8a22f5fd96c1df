"""The groups of fields for stages and what came of them."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..acts import Act
from ..asks import Ask
from ..models import ComingStage, Outcome, Stage, StageType
from .acts import ActForm
from .fields import day, kronor, number_in, one_of, sentence


class StagePart(ActForm):
    suggested = ("coming",)

    coming = forms.ModelChoiceField(
        ComingStage.objects.none(),
        label=_("Finns etappen i planen?"),
        required=False,
        empty_label=_("Nej, den är ny"),
    )
    stage_type = one_of(_("Etapp"), StageType.choices, error_messages=sentence(Ask.STAGE, "stage_type"))
    start = day(_("Börjar"), error_messages=sentence(Ask.STAGE, "start"))
    planned_end = day(_("Planerat slut"), initial=None, required=False)

    def arrange(self) -> None:
        """The plan is only asked about where something is planned."""
        super().arrange()
        planned = self.case.coming_stages.waiting() if self.row.act is Act.START_STAGE else ComingStage.objects.none()
        if not planned:
            del self.fields["coming"]
            return
        self.fields["coming"].queryset = planned
        self.fields["coming"].label_from_instance = coming_label

    def suggest(self, given: Mapping[str, str]) -> None:
        """A planned stage brings its sort and its planned end."""
        super().suggest(given)
        chosen = self.case.coming_stages.waiting().filter(pk=number_in(given.get("coming"))).first()
        if chosen is not None and "coming" in self.fields:
            self.initial.update(stage_type=chosen.type, planned_end=chosen.planned_end)


class StartPart(StagePart):
    """The first stage with its budget, and who leads from now on."""

    leader = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Kommun som leder"),
        empty_label=None,
        error_messages=sentence(Ask.START, "leader"),
    )
    budget = kronor(_("Budget"), error_messages=sentence(Ask.START, "budget"))

    def arrange(self) -> None:
        super().arrange()
        taking_part = Organisation.objects.filter(pk__in=self.facts.participants).in_order()
        self.fields["leader"].queryset = taking_part
        self.fields["leader"].initial = self.facts.leading


class StageEndPart(ActForm):
    stage = forms.ModelChoiceField(
        Stage.objects.none(),
        label=_("Vilken etapp?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=sentence(Ask.STAGE_END, "stage"),
    )
    end = day(_("Slutade"), error_messages=sentence(Ask.STAGE_END, "end"))
    outcome = one_of(
        _("Hur gick det?"), Outcome.choices, inline=True, error_messages=sentence(Ask.STAGE_END, "outcome")
    )

    def arrange(self) -> None:
        super().arrange()
        field = self.fields["stage"]
        field.queryset = self.case.stages.ongoing()
        field.label_from_instance = stage_label
        going_on = list(field.queryset[:2])
        field.initial = going_on[0].pk if len(going_on) == 1 else None


def stage_label(stage: Stage) -> str:
    """How a stage is named on a page: its number and sort, and when it began."""
    name = _("Etapp %(number)s, %(type)s") % {"number": stage.number, "type": stage.get_type_display()}
    return f"{name} ({stage.start:%Y-%m-%d})"


def coming_label(coming: ComingStage) -> str:
    """How a stage that has not begun is named in a form."""
    words = {"type": coming.get_type_display(), "start": coming.planned_start, "end": coming.planned_end}
    return _("Kommande %(type)s, planerad %(start)s – %(end)s") % words


class AdoptionPart(ActForm):
    organisation = forms.ModelChoiceField(
        Organisation.objects.kommuner().in_order(),
        label=_("Kommun som har infört"),
        empty_label=None,
        error_messages={"required": _("Välj kommun.")},
    )
    in_use_on = day(_("I drift sedan"), error_messages=sentence(Ask.ADOPTION, "in_use_on"))
    note = forms.CharField(label=_("Anmärkning"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def arrange(self) -> None:
        """Who leads records for any, others for their own."""
        super().arrange()
        own = self.capacity.organisation_id if self.capacity else None
        if own not in (self.facts.leading, self.facts.own):
            self.fields["organisation"].queryset = Organisation.objects.filter(pk=own)  # type: ignore[misc]
        self.fields["organisation"].initial = own
