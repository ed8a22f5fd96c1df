"""Writing an initiative: the form of a draft, and what it notices in the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Revision
from initiatives.models.initiatives import MINUTES_AN_HOUR
from v6portal.organizations.models import User

from .fields import Passage
from .hints import Hint, hints, told_mark

LONGEST = 10_000
"""Characters in one of the long answers."""

REQUIRED = ("title", "department", "need", "benefit", "target")
"""What must be filled in before it is sent in; a draft needs its title alone."""

OPTIONAL = (
    "idea",
    "times_per_year",
    "minutes_each_time",
    "people_involved",
    "existing_solutions",
    "goal_or_law",
    "business_owner",
)

TARGETS = (("residents", _("Invånare")), ("employees", _("Medarbetare")))

Text = dict[str, Any]
"""The fields of ``Revision.FIELDS`` with their values."""


def _column(name: str) -> Any:
    return Initiative._meta.get_field(name)


def _line(name: str, label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=_column(name).max_length)


def _passage(label: Any, help_text: Any, *, rows: int = 5, required: bool = True) -> forms.CharField:
    return Passage(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=1_000_000, required=False)


@dataclass(frozen=True)
class Step:
    """One of the answers that sending in needs."""

    anchor: str
    """The id of the field to go to."""
    field: forms.BoundField
    is_done: bool


class DraftForm(forms.Form):
    """The text of an initiative. Valid as soon as it can be saved; ``ready_to_submit`` asks for the rest."""

    title = _line(
        "title", _("Titel"), _("Vad det handlar om, i några ord. Till exempel: Digitala nycklar i hemtjänsten.")
    )
    department = _line("department", _("Förvaltning"), _("Där behovet finns. Till exempel: Vård och omsorg."))
    need = _passage(
        _("Problem eller behov"),
        _(
            "Vad är det som inte fungerar i dag, och för vem? Till exempel: Personalen hämtar och lämnar fysiska "
            "nycklar flera gånger per pass. Det tar tid, och nycklar kommer bort."
        ),
    )
    benefit = _passage(
        _("Väntad nytta"),
        _(
            "Vad blir bättre, och hur skulle det märkas? Till exempel: Mer tid hos den som har hjälp hemma, "
            "och ingen nyckel som kan hamna fel."
        ),
    )
    target = forms.MultipleChoiceField(
        label=_("Målgrupp"),
        help_text=_("Vem får nytta av det? Välj en eller båda."),
        choices=TARGETS,
        widget=forms.CheckboxSelectMultiple,
    )
    idea = _passage(
        _("Idé till lösning"),
        _("Om du har någon; behovet är viktigare. Till exempel: Lås som öppnas med personalens telefon."),
        required=False,
    )
    times_per_year = _number(
        _("Gånger per år"), _("Hur ofta var och en gör det. En gång per arbetsdag är ungefär 220.")
    )
    minutes_each_time = _number(_("Minuter per gång"), _("Ungefär räcker. Till exempel: 15."))
    people_involved = _number(_("Antal medarbetare"), _("Hur många som gör det. Till exempel: 40."))
    existing_solutions = _passage(
        _("Finns något liknande i dag?"),
        _("Hos er, i en annan kommun eller hos Göliska IT. Till exempel: Lidköping har infört det i ett område."),
        rows=3,
        required=False,
    )
    goal_or_law = _passage(
        _("Mål, uppdrag eller lag"),
        _("Det som initiativet stödjer eller svarar mot. Till exempel: Nämndens mål om tryggt boende."),
        rows=3,
        required=False,
    )
    business_owner = forms.CharField(
        label=_("Verksamhetsägare"),
        help_text=_(
            "Vem i verksamheten som vill ha det gjort, funktion hellre än namn. Till exempel: Enhetschef hemtjänst."
        ),
        max_length=_column("business_owner").max_length,
        required=False,
    )

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    """What the text was when the page was opened, so that two tabs do not overwrite each other."""
    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """Which opened form this is, so that a double click makes one initiative."""
    home = forms.CharField(required=False, max_length=50, widget=forms.HiddenInput)
    """The key of the organisation that the page said a new draft would belong to."""
    writer = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    """Who the page was opened by: another person in the same browser does not write in her name."""
    sequence = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    """Which of this form's sendings it is; nothing where no script counts them."""
    continues = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """The opened form whose typed text this page goes on with, and ``continued`` that form's last sending."""
    continued = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    chosen_against = forms.CharField(required=False, widget=forms.HiddenInput)
    """The stored text that was shown beside what was typed, when she chose between them."""
    noticed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """Which of the hints about personal data the person has been told."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["title"].error_messages["required"] = _("Ge utkastet en titel, så att du hittar det igen.")
        for name in REQUIRED:
            self.fields[name].widget.attrs.pop("required", None)

    def _clean_fields(self) -> None:
        """Only the title is asked for here; the page still says which answers sending in needs."""
        for name in REQUIRED[1:]:
            self.fields[name].required = False
        super()._clean_fields()  # type: ignore[misc]
        for name in REQUIRED[1:]:
            self.fields[name].required = True

    @property
    def required_part(self) -> list[forms.BoundField]:
        return [self[name] for name in REQUIRED]

    @property
    def filled(self) -> list[Step]:
        """What sending in needs, each with whether it is there."""
        return [
            Step(field.id_for_label or f"{field.auto_id}_0", field, bool(field.value())) for field in self.required_part
        ]

    @property
    def count_filled(self) -> int:
        return sum(step.is_done for step in self.filled)

    @property
    def hours_per_year(self) -> float | None:
        """What the three numbers make together, in hours a year; None until all three are there.

        The same sum as the column that the database keeps.
        """
        numbers = [self[name].value() for name in ("times_per_year", "minutes_each_time", "people_involved")]
        try:
            times, minutes, people = (int(number) for number in numbers)
        except (TypeError, ValueError):
            return None
        return times * minutes * people / MINUTES_AN_HOUR

    @property
    def opens_optional_part(self) -> bool:
        """Whether the folded part holds something to be seen: an answer or an error."""
        return any(self[name].value() or self[name].errors for name in OPTIONAL)

    def text(self, stored: Text | None = None) -> Text:
        """What was written and can be kept; where the person chose to keep what is ``stored``, that."""
        stored = stored or {}
        written = {name: self.cleaned_data[name] for name in Revision.FIELDS if name in self.cleaned_data}
        if "target" in self.cleaned_data:
            written |= {f"targets_{key}": key in self.cleaned_data["target"] for key, _label in TARGETS}
        kept = [name for name in written if name in stored and self.data.get(f"keep_{name}") == "stored"]
        return {**stored, **written, **{name: stored[name] for name in kept}}

    def knows(self, initiative: Initiative) -> bool:
        """Whether nothing stands there that the person has not seen.

        Either what she was shown is what stands, or this very form wrote it, in an earlier sending than this one; a
        page that goes on with what another one typed has that one's word for it.
        """
        given = self.cleaned_data
        if version_of(text_of(initiative)) in (given["version"], given["chosen_against"]):
            return True
        wrote, sending = initiative.last_form, initiative.last_sequence
        if not wrote:
            return False
        by_itself = given["token"] == wrote and (given["sequence"] or 0) > sending
        return by_itself or (given["continues"] == wrote and (given["continued"] or 0) >= sending)

    @property
    def mark(self) -> dict[str, Any]:
        """Which opened form it is and which of its sendings, for the actions."""
        return {"form": self.cleaned_data["token"], "sequence": self.cleaned_data["sequence"] or 0}

    def is_written_by(self, user: User) -> bool:
        """Whether the person is the one who opened the page; says on the form if she is not."""
        writer = self.cleaned_data["writer"]
        if not writer or writer == str(user.pk):
            return True
        self.add_error(
            None,
            _("Du är inloggad som någon annan nu än när sidan öppnades. Logga in som den som skrev och spara igen."),
        )
        return False

    def warn(self, found: Iterable[Hint]) -> None:
        """Shows the hints above the form; sent once more it is a choice."""
        for hint in found:
            self.add_error(None, f"{hint.label}: {hint.sentence}")
        self.add_error(None, _("Är det ändå rätt, tryck på Skicka in ändå."))

    def ready_to_submit(self, text: Text) -> bool:
        """Whether everything that sending in needs is there; says beside each field what is not."""
        for name in REQUIRED:
            value = text["targets_residents"] or text["targets_employees"] if name == "target" else text[name]
            if not value:
                self.add_error(name, ValidationError(_("Fyll i det här innan du skickar in.")))
        return not self.errors


def text_of(initiative: Initiative) -> Text:
    return {name: getattr(initiative, name) for name in Revision.FIELDS}


def version_of(text: Text) -> str:
    """The same for the same text, another for any other."""
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()


def initial_for(initiative: Initiative) -> dict[str, Any]:
    """The form's values for a stored draft."""
    text = text_of(initiative)
    targets = [key for key, _label in TARGETS if text[f"targets_{key}"]]
    return {**text, "target": targets, "version": version_of(text)}


def typed_in(initiative: Initiative, sent: DraftForm, typed: Text | None = None) -> DraftForm:
    """The form again after it was ``sent``, with what was ``typed`` (what is stored, if nothing is given).

    It carries that its warnings have been shown, so that pressing the button once more is a choice. What was typed
    still goes by the text that the person once opened.
    """
    text = {**text_of(initiative), **(typed or {})}
    targets = [key for key, _label in TARGETS if text[f"targets_{key}"]]
    same = {name: sent.cleaned_data[name] for name in ("token", "writer", "sequence")}
    version = sent.cleaned_data["version"] if typed else version_of(text_of(initiative))
    form = DraftForm(
        {
            **text,
            **same,
            "target": targets,
            "version": version,
            "noticed": told_mark(hints(text, DraftForm.base_fields)),
        }
    )
    form.is_valid()
    return form
