"""Who writes a draft: a colleague to write with, and for whom a development lead writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Value
from django.db.models.functions import Collate, Concat
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from v6portal.organizations.expressions import SwedishKey
from v6portal.organizations.models import Organisation, User


def colleagues(organisation: Organisation, *besides: int | None) -> list[tuple[str, str]]:
    """People with a role in the organisation today as choices, by name in Swedish order. One statement."""
    found = User.objects.filter(is_active=True, pk__in=organisation.memberships.current().values("user"))
    people = found.exclude(pk__in=[pk for pk in besides if pk]).only("first_name", "last_name", "username")
    by_name = Collate(SwedishKey(Concat("first_name", Value(" "), "last_name")), "C")
    return [(str(person.pk), str(person)) for person in people.order_by(by_name, "pk")]


class CoAuthorForm(forms.Form):
    """One colleague more."""

    person = forms.ChoiceField(
        label=_("Ta med en kollega"),
        help_text=_("Hen kan läsa och skriva i utkastet, och svara om något saknas när det är inskickat."),
        error_messages={"required": _("Välj vem du vill skriva med.")},
    )

    def __init__(self, data: Any = None, *, initiative: Initiative) -> None:
        super().__init__(data)
        taken = (initiative.author_id, *(person.pk for person in initiative.co_authors.all()))
        self.fields["person"].choices = [("", _("Välj …")), *colleagues(initiative.organisation, *taken)]

    def clean_person(self) -> User:
        return User.objects.get(pk=self.cleaned_data["person"])


class WriteForForm(forms.Form):
    """For whom a development lead writes: a colleague, or somebody without an account."""

    author = forms.ChoiceField(label=_("En kollega med konto"), required=False)
    name = forms.CharField(
        label=_("Eller någon utan konto"),
        help_text=_("Namn på den som föreslår. Hen får inga besked från portalen; det får du."),
        max_length=Initiative._meta.get_field("author_name").max_length,
        required=False,
    )

    def __init__(self, data: Any = None, *, initiative: Initiative) -> None:
        super().__init__(data)
        people = colleagues(initiative.organisation, initiative.author_id)
        self.fields["author"].choices = [("", _("Välj …")), *people]

    def clean_author(self) -> User | None:
        chosen = self.cleaned_data["author"]
        return User.objects.get(pk=chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("author") and given.get("name"):
            raise forms.ValidationError(_("Välj en kollega eller skriv ett namn, inte båda."))
        if not given.get("author") and not (given.get("name") or "").strip() and not self.errors:
            self.add_error("author", _("Välj en kollega, eller skriv namnet på den som föreslår."))
        return given
