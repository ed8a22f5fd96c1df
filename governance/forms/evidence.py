"""The form for evidence: a file, what it speaks of, and what it is."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiatives.attachments.kinds import ENDINGS, KINDS
from initiatives.attachments.sentences import ACCEPTED

from ..actions.asking import NEEDED
from ..asks import Ask
from ..models import Case, Cost, EvidenceKind, Stage
from .costs import cost_label
from .fields import one_of, sentence
from .work import stage_label


class EvidenceForm(forms.Form):
    """``own`` is the organisation whose costs alone may be chosen; None where every stage and cost may."""

    belongs_to = forms.ChoiceField(label=_("Vad hör filen till?"), error_messages=sentence(Ask.EVIDENCE, "belongs_to"))
    evidence_kind = one_of(
        _("Vad är det?"), EvidenceKind.choices, error_messages=sentence(Ask.EVIDENCE, "evidence_kind")
    )
    file = forms.FileField(
        label=_("Fil"),
        error_messages={"required": _(NEEDED[Ask.ATTACHMENT]["attachment"])},
        widget=forms.FileInput(attrs={"accept": ",".join((*ENDINGS, *(kind.content_type for kind in KINDS)))}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, case: Case, own: int | None, chosen: str = "") -> None:
        super().__init__(data, files, initial={"belongs_to": chosen})
        self.keep = f"{case.initiative.reference}/underlag"
        stages = [] if own else list(case.stages.all())
        costs = case.costs.standing().select_related("organisation")
        self.rows: dict[str, Stage | Cost] = {f"etapp-{stage.pk}": stage for stage in stages}
        self.rows |= {f"kostnad-{cost.pk}": cost for cost in (costs.filter(organisation=own) if own else costs)}
        field = self.fields["belongs_to"]
        named = [(key, stage_label(r) if isinstance(r, Stage) else cost_label(r)) for key, r in self.rows.items()]
        field.choices = [("", _("Välj etapp eller kostnad")), *named]
        told = _("%(kinds)s. Högst %(megabytes)s MB.")
        self.fields["file"].help_text = told % {"kinds": ACCEPTED, "megabytes": settings.ATTACHMENT_MEGABYTES}

    def about(self) -> dict[str, Any]:
        """What the door is told of the file."""
        kind = self.cleaned_data["evidence_kind"]
        return {"belongs_to": self.rows[self.cleaned_data["belongs_to"]], "evidence_kind": kind}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        return helper
