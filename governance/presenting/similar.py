"""*Liknar det här något av de här?*: the initiatives like a text, as a page shows them to one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from initiatives.models import Dismissal, Initiative, Side
from initiatives.reading import Similar, similar_to
from v6portal.organizations.models import Organisation, User

from ..models import Case
from ..reading import comparing_side
from ..statuses import LIVE, Status
from . import waiting

DISMISSED = "inte-samma"
"""In the address of a page: the reference that has just been answered so to."""


@dataclass(frozen=True)
class Line:
    """One that is like it, with where it stands and why it is shown."""

    case: Case
    like: Similar
    side: Side | None
    is_own: bool

    @property
    def reference(self) -> str:
        return self.case.initiative.reference

    @property
    def title(self) -> str:
        return self.case.initiative.title

    @property
    def organisation(self) -> Organisation:
        return self.case.initiative.organisation

    @property
    def why(self) -> str:
        """The words they have in common, as they stand in the other title; else where the likeness is."""
        if self.like.common:
            return _("Gemensamt: %(words)s.") % {"words": get_text_list(list(self.like.common), _("och"))}
        return _("Texterna handlar om samma sak.")

    @property
    def has_ended(self) -> bool:
        return self.case.has_ended

    @property
    def can_be_followed_instead(self) -> bool:
        """Whether *Det är samma sak* leads anywhere: not for what has ended, nor for what the person wrote herself."""
        return self.side is Side.AUTHOR and self.case.status in LIVE and not self.is_own

    @property
    def can_be_the_original(self) -> bool:
        return self.side in (Side.KOMMUN, Side.V6) and self.case.status != Status.DUPLICATE

    @property
    def author_said_no(self) -> bool:
        """Told to those who qualify, not to the authors themselves."""
        return self.like.author_said_no and self.side is not Side.AUTHOR


@dataclass(frozen=True)
class SimilarList:
    """What ``governance/_similar.html`` shows: at most five, best first. Nothing there gives an empty element."""

    reference: str
    """Of the initiative compared with; empty before its first save, when nothing can be answered yet."""
    side: Side | None
    lines: tuple[Line, ...]
    out_of_band: bool = False
    dismissed: str = ""
    """The reference that has just been answered *Inte samma* to, so that it can be taken back."""
    is_restored: bool = False
    """Whether an answer has just been taken back: then the heading takes the focus that the pressed button had."""

    @property
    def is_for_authors(self) -> bool:
        return self.side is Side.AUTHOR

    @property
    def shown(self) -> str:
        """Which are shown, in one word: the page sends it with each save, so that the same list is not sent again."""
        return " ".join(line.reference for line in self.lines)

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)


def similar_for(
    case: Case, user: User, *, out_of_band: bool = False, dismissed: str = "", is_restored: bool = False
) -> SimilarList:
    """Those like a case, for one who may see it: three statements and what it takes to know the side, two where
    nothing is like it.

    What the person's side has answered *inte samma* to is left out; ``dismissed`` is the reference of one that it has
    just answered so to, which can then be taken back: one statement more.
    """
    initiative, side = case.initiative, comparing_side(case, user)
    found = similar_to(user=user, title=initiative.title, need=initiative.need, besides=initiative, side=side)
    taken_back = _dismissed(case, user, side, dismissed) if dismissed else ""
    return SimilarList(initiative.reference, side, _lines(found, user, side), out_of_band, taken_back, is_restored)


def _dismissed(case: Case, user: User, side: Side | None, reference: str) -> str:
    """The reference, where the person may see it and her side has answered; it comes from an address."""
    others = Initiative.objects.visible_to(user).filter(reference=reference)
    found = Dismissal.objects.filter(initiative=case.pk, side=side, other__in=others)
    return found.values_list("other__reference", flat=True).first() or ""


def similar_to_text(user: User, *, title: str, need: str = "", out_of_band: bool = False) -> SimilarList:
    """The same for a text that has not been saved; nothing can be answered, only read."""
    return SimilarList("", None, _lines(similar_to(user=user, title=title, need=need), user, None), out_of_band)


def _lines(found: list[Similar], user: User, side: Side | None) -> tuple[Line, ...]:
    rows = Case.objects.visible_to(user).filter(pk__in=[like.pk for like in found])
    rows = rows.annotate(is_own=ExpressionWrapper(waiting.written_by(user), output_field=BooleanField()))
    cases = {case.pk: case for case in rows.select_related("initiative__organisation").only(*COLUMNS)}
    return tuple(Line(case, like, side, case.is_own) for like in found if (case := cases.get(like.pk)))


COLUMNS = (
    "status",
    "initiative__reference",
    "initiative__title",
    "initiative__organisation__key",
    "initiative__organisation__short_name",
)
