"""Two dates: what was true on the one, by what was known on the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused


@dataclass(frozen=True)
class TwoDates:
    """``known_on`` is None where everything that is recorded today counts."""

    true_on: dt.date
    known_on: dt.date | None

    def known(self, today: dt.date) -> dt.date:
        """The same, as a day that can be written in an address."""
        return self.known_on or today

    def is_today(self, today: dt.date) -> bool:
        """Whether it is no other than what is shown everywhere else."""
        return self.true_on == today and self.known_on is None


def not_yet() -> str:
    return _("Välj i dag eller en tidigare dag. Hur det blir längre fram vet ingen än.")


def two_dates(true_on: dt.date | None, known_on: dt.date | None, today: dt.date, since: dt.date | None) -> TwoDates:
    """The two dates that are meant. Without the first it is the second, without both it is today.

    ``since`` is the first day of which the portal remembers what it knew then, None where it remembers all. Raises
    Refused, in a sentence that says which day can be chosen.
    """
    if (true_on is not None and true_on > today) or (known_on is not None and known_on > today):
        raise Refused(not_yet())
    if known_on is None or known_on == today:
        return TwoDates(true_on or today, None)
    if since is not None and known_on < since:
        raise Refused(
            _("Portalen minns vad den visste från och med den %(day)s. Välj den dagen eller en senare.")
            % {"day": date_format(since, "j F Y")}
        )
    if true_on is not None and true_on > known_on:
        raise Refused(
            _("Den %(known)s visste ingen vad som skulle gälla den %(true)s. Välj en senare dag för vad vi visste.")
            % {"known": date_format(known_on, "j F Y"), "true": date_format(true_on, "j F Y")}
        )
    return TwoDates(true_on or known_on, known_on)
