"""What in the answers of a form looks like personal data: told beside the form, never a ban."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives import sensitive


@dataclass(frozen=True)
class Hint:
    """Something in one answer that the writer should look at again before sending in."""

    name: str
    label: str
    sentence: str


HINTS = {
    sensitive.Kind.PERSONAL_NUMBER: _("”%(words)s” ser ut som ett personnummer. Ta bort det."),
    sensitive.Kind.NAMED_PERSON: _("”%(words)s” ser ut som namnet på en person. Skriv en roll i stället."),
}


def hints(text: Mapping[str, Any], fields: Mapping[str, forms.Field]) -> list[Hint]:
    """What should be looked at again in the answers to the form's fields, in their order."""
    return [
        Hint(name, str(fields[name].label), HINTS[found.kind] % {"words": found.words})
        for name, value in text.items()
        if isinstance(value, str) and name in fields and not fields[name].widget.is_hidden
        for found in sensitive.concerns(value)
    ]


def told_mark(found: Iterable[Hint]) -> str:
    """Which hints they are; the same for the same hints, empty for none."""
    told = [hint.sentence for hint in found]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest() if told else ""
