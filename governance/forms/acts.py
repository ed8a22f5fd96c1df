"""The form of each act, put together from what its row in the workflow table asks for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.functional import Promise

from v6portal.organizations.models import Membership, User

from ..facts import CaseFacts
from ..models import Case
from ..reading import actor_for, membership_of
from ..workflow import Row

HIDDEN = ("seen", "token")


class Folded(Fieldset):
    """Fields under a summary that opens; open from the beginning when something is written in them."""

    template = "governance/_folded.html"

    def __init__(self, legend: Any, *fields: str, is_open: bool) -> None:
        super().__init__(legend, *fields)
        self.is_open = is_open


class ActForm(forms.Form):
    """What a step asks for. ``given()`` is what ``perform`` takes.

    ``seen`` carries the status that the person had before her, so that a step taken meanwhile is told, not overrun.
    """

    legend: ClassVar[str | Promise] = ""
    """The heading of the group, if it needs one."""
    folded: ClassVar[tuple[str, ...]] = ()
    """Fields that few need: they stand last in the group, folded under ``fold``."""
    fold: ClassVar[str | Promise] = ""
    suggested: ClassVar[tuple[str, ...]] = ()
    """Fields that the address may fill in beforehand; what they say is checked when the form is sent."""
    row: Row
    keep: str
    """Under which name the browser keeps what is typed until it is received."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    """Which opened form this is, so that a double click takes one step."""

    def __init__(self, data: Any = None, *, case: Case, by: User, facts: CaseFacts, **options: Any) -> None:
        super().__init__(data, initial={"seen": case.status, "token": uuid.uuid4().hex}, **options)
        self.case, self.by, self.facts = case, by, facts
        self.keep = f"{case.initiative.reference}/{self.row.act}"
        self.arrange()

    def arrange(self) -> None:
        """Fits the fields to the case; each part of the form does its own."""

    def suggest(self, given: Mapping[str, str]) -> None:
        """Fills in beforehand what the address says of the fields that may be suggested, cut to what they hold."""
        for name in (name for part in type(self).__mro__ for name in part.__dict__.get("suggested", ())):
            if (value := given.get(name, "")) and name in self.fields:
                self.initial[name] = value[: getattr(self.fields[name], "max_length", None)]

    @property
    def capacity(self) -> Membership | None:
        """The membership by which the person takes the step; None for an author."""
        return membership_of(self.by, self.row.capacity_of(actor_for(self.by, self.case), self.facts))

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN}

    def refuse(self, sentences: Iterable[str]) -> None:
        """Shows what the door said, above everything that was typed."""
        for sentence in sentences:
            self.add_error(None, sentence)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.layout = Layout(*HIDDEN, *self._groups())
        return helper

    def _groups(self) -> Iterable[Any]:
        placed = set(HIDDEN)
        for part in reversed(type(self).__mro__):
            names = [n for n in getattr(part, "base_fields", {}) if n in self.fields and n not in placed]
            placed.update(names)
            legend = part.__dict__.get("legend", "")
            folded = tuple(name for name in part.__dict__.get("folded", ()) if name in self.fields)
            shown: list[Any] = [name for name in names if name not in folded]
            if folded:
                shown.append(Folded(part.fold, *folded, is_open=any(self[n].value() for n in folded)))
            yield from [Fieldset(legend, *shown)] if legend and shown else shown
        yield from (name for name in self.fields if name not in placed)
