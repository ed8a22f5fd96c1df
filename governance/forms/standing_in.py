"""Appointing a stand-in for one of one's roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Membership, User

from .fields import day
from .writers import colleagues


class StandInForm(forms.Form):
    """Which role, who, from when to when, and on what grounds. The colleagues are those of one's organisations."""

    held = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Din roll"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vilken av dina roller det gäller.")},
    )
    person = forms.ChoiceField(
        label=_("Ersättare"),
        help_text=_("En kollega i samma organisation."),
        error_messages={"required": _("Välj vem som ska vara ersättare.")},
    )
    first = day(_("Från och med"), error_messages={"required": _("Ange första dagen.")})
    last = day(_("Till och med"), initial=None, error_messages={"required": _("Ange sista dagen.")})
    basis = forms.CharField(
        label=_("Stöd för att ersättaren får besluta"),
        help_text=_("Till exempel en punkt i delegationsordningen, eller beslutet om tillförordnad."),
        max_length=200,
        required=False,
        error_messages={"required": _("Skriv vad som ger ersättaren rätt att besluta.")},
    )

    def __init__(self, data: Any = None, *, roles: list[Membership], by: User) -> None:
        super().__init__(data)
        held = self.fields["held"]
        held.queryset = Membership.objects.filter(pk__in=[m.pk for m in roles]).select_related(
            "organisation", "stands_in_for"
        )
        held.initial = roles[0].pk if len(roles) == 1 else None
        places = {m.organisation_id: m.organisation for m in roles}
        groups = [(place.short_name, colleagues(place, by.pk)) for place in places.values()]
        self.fields["person"].choices = [("", _("Välj …")), *(groups[0][1] if len(groups) == 1 else groups)]
        self.fields["basis"].required = all(m.decides for m in roles)
        if not any(m.decides for m in roles):
            del self.fields["basis"]

    def clean_person(self) -> User:
        return User.objects.get(pk=self.cleaned_data["person"])

    def refuse(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self.add_error(None, sentence)
