"""What a check of the log has found, in words that the reader may hear."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from v6portal.organizations.models import User

from ..chain import Break, words_of
from ..models import Event, LogCheck
from .seen import capital


@dataclass(frozen=True)
class Found:
    """A check as the page shows it."""

    check: LogCheck
    who: str
    sentence: str

    @property
    def is_running(self) -> bool:
        return self.check.ended_at is None

    @property
    def is_whole(self) -> bool:
        return not self.is_running and self.check.broken_number is None and self.check.broken_entry is None

    @property
    def head(self) -> str:
        """What ``verify_log --head`` takes."""
        return f"{self.check.checked}:{self.check.head}" if self.check.head else ""


def found(check: LogCheck, reader: User) -> Found:
    """One statement where something is broken: whether the reader may know in which case."""
    who = str(check.by) if check.by else _("portalen, på natten")
    return Found(check, who, _sentence(check, reader))


def _sentence(check: LogCheck, reader: User) -> str:
    if check.broken_number is None:
        told = _("Anteckning %d i loggen hänger inte ihop med den före, eller har ändrats i efterhand.")
        return "" if check.broken_entry is None else told % check.broken_entry
    broken = Break(check.broken_number, "", check.broken_missing, check.broken_altered)
    event = Event.objects.visible_to(reader).filter(pk=check.broken_number).first()
    where = (
        event.reference
        if event and event.reference
        else _("ett ärende som du inte får läsa, eller en händelse utan ärende")
    )
    return capital(words_of(broken, where))
