"""What is said at an item, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..actions.meetings import Said
from ..agendas import is_suggestion, suggested
from ..meetings import Body, speaking_kinds
from ..models import AgendaItem, Stance
from .fields import one_of, text

SILENT, NONE = ("", _("Inget sagt")), ("", _("Ingen"))


class ItemForm(forms.Form):
    """The stance of the group and of each kommun, who has jäv, the sentence of the recommendation, and notes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stance = one_of(_("Rekommendation"), Stance.choices, inline=True, required=False)
    recommendation = text(
        _("Rekommendationen i ord"),
        4,
        required=False,
        help_text=_("Lämna tomt så föreslås en mening av mallen. Ändra den fritt."),
    )
    notes = text(_("Anteckningar"), 3, required=False, help_text=_("Det som sades och ska stå i protokollet."))
    conflicts = forms.MultipleChoiceField(
        label=_("Jäv"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Den som är jävig deltar inte i punkten."),
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, item: AgendaItem) -> None:
        self.item = item
        self.organisations = _speaking(item)
        said = {voice.organisation_id: voice.stance for voice in item.voices.all()}
        initial: dict[str, Any] = {
            "version": item.version,
            "stance": item.stance,
            "recommendation": item.recommendation,
            "notes": item.notes,
            "conflicts": [str(c.attendance_id) for c in item.conflicts.all() if c.holds],
            **{f"voice_{o.key}": said.get(o.pk, "") for o in self.organisations},
        }
        super().__init__(data, initial=initial)
        present = [row for row in item.meeting.attendance.all() if row.is_present]
        self.fields["conflicts"].choices = [(str(row.pk), row.name) for row in present]
        self.fields["stance"].choices = [*self.fields["stance"].choices, NONE]
        for organisation in self.organisations:
            field = one_of(organisation.short_name, [*Stance.choices, SILENT], inline=True, required=False)
            self.fields[f"voice_{organisation.key}"] = field
        if item.case is None:
            for name in ("stance", "recommendation"):
                del self.fields[name]
        if not present:
            del self.fields["conflicts"]

    @property
    def voices(self) -> list[tuple[Organisation, forms.BoundField]]:
        return [(organisation, self[f"voice_{organisation.key}"]) for organisation in self.organisations]

    def said(self) -> Said:
        data = self.cleaned_data
        return Said(
            stance=_stance(data.get("stance")),
            recommendation=data.get("recommendation", ""),
            notes=data["notes"],
            voices={o: _stance(data[f"voice_{o.key}"]) for o in self.organisations},
            conflicts={int(pk) for pk in data.get("conflicts", ())},
        )


def _stance(value: str | None) -> Stance | None:
    return Stance(value) if value else None


def _speaking(item: AgendaItem) -> list[Organisation]:
    """Those whose stance is written one by one; nobody's where the item is about no case."""
    kinds = speaking_kinds(Body(item.meeting.body)) if item.case else ()
    return list(Organisation.objects.filter(kind__in=kinds).in_order()) if kinds else []


def worded(item: AgendaItem, form: ItemForm) -> tuple[str, str]:
    """The sentence to stand in the form when the stance is chosen, and a suggestion where hers stays.

    What she has written herself is never replaced: the suggestion is shown beside it. ``form`` is bound.
    """
    written = str(form["recommendation"].value() or "")
    stance = str(form["stance"].value() or "")
    if stance not in Stance.values:
        return written, ""
    agreeing = [o.short_name for o, voice in form.voices if voice.value() == stance]
    words = suggested(item, Stance(stance), agreeing)
    is_free = not written.strip() or is_suggestion(item, written)
    return (words, "") if is_free else (written, words)
