"""Files that are being made, in words: how far each has come, and whether it may still be fetched as it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.acts import Act
from governance.models import Event
from initiatives.models import Assessment
from v6portal.organizations.access import has_any_role, may_administer
from v6portal.organizations.models import Organisation, User

from ..models import OrderedFile
from ..periods import HalfYear
from .withholding import hidden_from

SLOW_TO_BEGIN = dt.timedelta(seconds=60)
"""A worker that is running begins within a few seconds."""


@dataclass(frozen=True)
class Progress:
    """One file as its owner sees it."""

    ordered: OrderedFile
    name: str
    sentence: str

    @property
    def is_on_its_way(self) -> bool:
        return self.ordered.ended_at is None

    @property
    def is_ready(self) -> bool:
        return not self.is_on_its_way and not self.ordered.failed


def may_have(person: User, what: str) -> bool:
    """Whether the person may have such a file: as its page is open to her, so is the file."""
    if what == OrderedFile.What.CASE_LIST:
        return person.is_active
    return may_administer(person) if what == OrderedFile.What.REGISTER else has_any_role(person)


def sight_of(person: User, what: str) -> str:
    """A checksum of what the person may read now: another one means that a file made before may say too much.

    It follows what is hidden from her, and the latest *gallring*, after which a file would say what is destroyed. In
    lists with scores it also follows her own assessments, which decide whose she may see.
    """
    hidden = sorted(hidden_from(person))
    purged = Event.objects.filter(kind=Act.PURGE).order_by("-pk").values_list("pk", flat=True).first()
    parts = [str(purged), *hidden]
    if what in (OrderedFile.What.CASE_LIST, OrderedFile.What.REGISTER):
        own = Assessment.objects.filter(assessor=person).order_by("pk")
        parts += [str(row) for row in own.values_list("pk", "handed_in_at", "conflict_reason")]
        parts += [f"{one.organisation_id} {one.role}" for one in person.current_memberships]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def files_of(person: User) -> list[Progress]:
    """Everything that she has asked for and that is kept, the latest first."""
    kommuner = dict(Organisation.objects.kommuner().values_list("key", "short_name"))
    return [_progress(ordered, kommuner) for ordered in OrderedFile.objects.visible_to(person).in_list()]


def notice_for(person: User) -> str:
    """What a page tells her of her files: that some are ready, or being made; one statement."""
    waiting = list(OrderedFile.objects.visible_to(person).filter(failed=False, fetched_at=None).in_list())
    ready = len([ordered for ordered in waiting if ordered.ended_at])
    if ready == 1:
        return _("En fil som du beställt är klar.")
    if ready:
        return _("%s filer som du beställt är klara.") % ready
    return _("En fil som du beställt görs i bakgrunden.") if waiting else ""


def file_name(ordered: OrderedFile) -> str:
    """What the file is called where it is saved, with its ending."""
    chosen = QueryDict(ordered.query)
    day = timezone.localtime(ordered.asked_at).date()
    if ordered.what == OrderedFile.What.CASE_LIST:
        return f"initiativ-{day}.xlsx"
    if ordered.what == OrderedFile.What.REGISTER:
        return f"register-{day}.xlsx"
    parts = ["uppfoljning", chosen.get("period", ""), chosen.get("kommun", "")]
    return "-".join(part for part in parts if part) + f".{ordered.what.removeprefix('report_')}"


def _progress(ordered: OrderedFile, kommuner: dict[str, str]) -> Progress:
    chosen = QueryDict(ordered.query)
    name = ordered.get_what_display()
    if period := chosen.get("period"):
        whose = kommuner.get(chosen.get("kommun", "")) or _("alla kommuner")
        name = f"{name}, {HalfYear.parse(period).label}, {whose}"
    return Progress(ordered, name, _sentence(ordered))


def _sentence(ordered: OrderedFile) -> str:
    if ordered.failed:
        return _("Filen blev inte gjord. Beställ den igen; händer det en gång till, säg till den som sköter portalen.")
    if ordered.ended_at:
        return _("Klar %s.") % timezone.localtime(ordered.ended_at).strftime("%H.%M")
    if ordered.began_at:
        return _("Görs nu: steg %(step)s av %(total)s.") % {"step": ordered.done + 1, "total": ordered.total}
    if timezone.now() - ordered.asked_at > SLOW_TO_BEGIN:
        return _("Väntar fortfarande. Arbetaren, som gör filerna, verkar stå stilla; filen görs när den är igång igen.")
    return _("Väntar på sin tur.")
