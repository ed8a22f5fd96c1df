"""What waits for a person's assessment, in her own order. Whose turn it is comes from *Att göra*'s table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from initiatives.models import Assessment
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case
from ..queueing import Waiting, after, in_own_order
from . import todo


@dataclass(frozen=True)
class Queue:
    """The keys of the cases that wait, in order, and how many she has done in rounds that are still open."""

    user: User
    order: tuple[int, ...]

    @property
    def left(self) -> int:
        return len(self.order)

    @cached_property
    def done(self) -> int:
        """Those she has handed in, or declared jäv in, that are still being assessed. One statement."""
        mine = Assessment.objects.handed_in().filter(assessor=self.user, round__closed_at__isnull=True)
        return mine.exclude(round__initiative__in=self.order).values("round").distinct().count()

    @property
    def total(self) -> int:
        return self.left + self.done

    @property
    def has_others(self) -> bool:
        return self.left > 1

    def without(self, case: Case) -> Queue:
        """The same when this one is done."""
        return Queue(self.user, tuple(key for key in self.order if key != case.pk))

    def rows(self, first: int, size: int) -> list[todo.Waiting]:
        """A page of it, as on *Att göra*."""
        keys = self.order[first : first + size]
        found = {row.case.pk: row for row in todo.described(Case.objects.filter(pk__in=keys), self.user)}
        return [found[key] for key in keys if key in found]

    def next_after(self, case: Case) -> str | None:
        """The reference of the one to go on with when this one is left for later."""
        return _reference(after(self.order, case.pk))

    @property
    def first(self) -> str | None:
        """The reference of the one whose turn it is."""
        return _reference(self.order[0] if self.order else None)


def _reference(key: int | None) -> str | None:
    found = Case.objects.filter(pk=key).values_list("initiative__reference", flat=True)
    return found.first() if key else None


def queue_of(user: User) -> Queue:
    """The person's queue in the capacity she acts in. One statement, however long it is."""
    found = todo.waiting_for(user, Act.ASSESS).values_list("pk", "status_since")
    waiting = [Waiting(pk, timezone.localdate(since)) for pk, since in found]
    return Queue(user, tuple(in_own_order(waiting, user.pk, timezone.localdate())))
