"""The form that hands a task to a colleague, takes it over or puts it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import User

from ..actions.effects.handing import receivers
from ..handing import tasks
from ..models import Handing
from ..reading import actor_for
from .acts import ActForm

EVERYBODY = "alla"


class ColleaguePart(ActForm):
    """Whom to ask; who has it already is said, and remembered so that nobody is overrun."""

    suggested = ("colleague",)

    colleague = forms.ChoiceField(
        label=_("Vem ska ha uppgiften?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ska ha uppgiften.")},
    )
    motivation = forms.CharField(
        label=_("Några ord på vägen"),
        help_text=_("Frivilligt. Bara din organisation ser det."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def arrange(self) -> None:
        super().arrange()
        held, field = self.capacity, self.fields["colleague"]
        self.people: dict[str, User] = {}
        if held is None:  # whose step it is not is told so, with what she typed
            return
        live = Handing.objects.live().filter(case=self.case, organisation=held.organisation_id).first()
        capacity = self.row.capacity_of(actor_for(self.by, self.case), self.facts)
        rows = tasks(self.facts, capacity) if capacity else []
        self.people |= {str(person.pk): person for person in receivers(self.case, held, rows, self.facts)}
        self.fields["over"].initial = live.pk if live else None
        field.choices = [*self._choices(live)]
        if live:
            field.help_text = _("%s har den nu.") % live.handed_to_name
        elif not field.choices:
            field.help_text = format_html(
                '{} <a href="/ersattare/">{}</a>',
                _("Ingen annan i %s har en roll som får ta det här steget.") % held.organisation,
                _("Utse en ersättare"),
            )

    def _choices(self, live: Handing | None) -> Any:
        """Not the one who has it; oneself only where another has it."""
        if self.is_bound:  # the door knows better than the form what has changed since
            yield from ((pk, str(person)) for pk, person in self.people.items())
            yield EVERYBODY, _("Ingen särskild: lägg tillbaka den till alla som har rollen")
            return
        for pk, person in self.people.items():
            if person == self.by and live and live.handed_to_id != self.by.pk:
                yield pk, _("Jag tar över den")
            elif person != self.by and (live is None or live.handed_to_id != person.pk):
                yield pk, str(person)
        if live:
            yield EVERYBODY, _("Ingen särskild: lägg tillbaka den till alla som har rollen")

    def given(self) -> dict[str, Any]:
        given = super().given()
        chosen = given.pop("colleague")
        person: User | None = self.people.get(chosen)
        return {**given, "colleague": person, "released": chosen == EVERYBODY}
