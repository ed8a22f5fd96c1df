"""*Visa som det var*: the two dates, in the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.errors import Refused

from ..as_it_was import TwoDates, not_yet, two_dates
from ..known import known_since
from .as_of import WRITE_A_DATE
from .fields import day


class TwoDatesForm(forms.Form):
    """``dates`` is None where what was written cannot be answered for."""

    gallde = day(_("Vad som gällde den"), initial=None, required=False, error_messages={"invalid": WRITE_A_DATE})
    visste = day(
        _("Vad vi visste den"),
        initial=None,
        required=False,
        error_messages={"invalid": WRITE_A_DATE},
    )

    def clean_gallde(self) -> dt.date | None:
        return self._not_yet("gallde")

    def clean_visste(self) -> dt.date | None:
        return self._not_yet("visste")

    def _not_yet(self, name: str) -> dt.date | None:
        found: dt.date | None = self.cleaned_data[name]
        if found is not None and found > timezone.localdate():
            raise forms.ValidationError(not_yet())
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        self.dates: TwoDates | None = None
        if not self.errors:
            try:
                self.dates = two_dates(given["gallde"], given["visste"], timezone.localdate(), known_since())
            except Refused as refusal:
                self.add_error(None, str(refusal))
        return given
