"""When one wants which mail: one question for each kind."""

from __future__ import annotations

from typing import Any

from django import forms

from v6portal.organizations.models import User

from ..models import MailChoice
from ..notices import ABOUT, DEFAULTS, Delivery, NoticeKind, kinds_for
from .fields import one_of


class MailChoicesForm(forms.Form):
    """One row of three choices for every kind, as the person has it now."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data)
        chosen = dict(MailChoice.objects.filter(user=person).values_list("kind", "delivery"))
        self.kinds = kinds_for({membership.role for membership in person.current_memberships})
        for kind in self.kinds:
            self.fields[kind] = one_of(
                str(kind.label),
                Delivery.choices,
                inline=True,
                help_text=ABOUT[kind],
                initial=chosen.get(kind, DEFAULTS[kind]),
            )

    def chosen(self) -> dict[NoticeKind, Delivery]:
        return {kind: Delivery(self.cleaned_data[kind]) for kind in self.kinds}
