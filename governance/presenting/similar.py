"""*Finns det redan?*: the initiatives like one that is written or qualified, as a page shows them to one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from initiatives.models import Dismissal, Initiative, Side
from initiatives.reading import Similar, similar_to
from v6portal.organizations.models import Organisation, User

from ..acts import Act
from ..models import Case, Event
from ..reading import comparing_side
from ..statuses import LIVE, Status
from . import waiting

PAIRS_SHOWN = 3

DISMISSED = "inte-samma"
"""In the address of a page: the reference that has just been answered so to."""


@dataclass(frozen=True)
class Line:
    """One that is like it, with where it stands and why it is shown."""

    case: Case
    like: Similar
    side: Side | None
    is_own: bool
    is_answered: bool
    """Whether the person has said before that it is the same."""

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
        """The words they have in common and those that only resemble each other; else where the likeness is."""
        said = []
        if self.like.common:
            said.append(_("Gemensamt: %s.") % _and(self.like.common))
        if self.like.resembling:
            pairs = [f"{mine} – {theirs}" for mine, theirs in self.like.resembling[:PAIRS_SHOWN]]
            said.append(_("Påminner om varandra: %s.") % _and(pairs))
        return " ".join(said) or _("Texterna liknar varandra.")

    @property
    def remarks(self) -> list[str]:
        """What else the person should know of it before she answers."""
        for_author = self.side is Side.AUTHOR
        told = {
            _("Du har själv skrivit det."): self.is_own,
            _("Det är avslutat. Läs varför innan du skickar in ditt."): (
                for_author and self.case.has_ended and not self.is_own
            ),
            _("Du har redan sagt att det är samma sak."): for_author and self.is_answered,
            _("Inlämnaren har svarat: inte samma."): not for_author and self.like.author_said_no,
        }
        return [sentence for sentence, is_so in told.items() if is_so]

    @property
    def can_be_followed_instead(self) -> bool:
        """Whether *Det är samma sak* leads anywhere: not for what has ended, is her own, or is answered already."""
        is_open = self.case.status in LIVE and not self.is_own and not self.is_answered
        return self.side is Side.AUTHOR and is_open

    @property
    def can_be_the_original(self) -> bool:
        return self.side in (Side.KOMMUN, Side.V6) and self.case.status != Status.DUPLICATE


def _and(words: Iterable[str]) -> str:
    return get_text_list(list(words), _("och"))


@dataclass(frozen=True)
class Dismissed:
    """One that has just been answered *Inte samma* to, so that it can be taken back."""

    reference: str
    title: str


@dataclass(frozen=True)
class SimilarList:
    """What ``governance/_similar.html`` shows: at most five, best first. Nothing there gives an empty element."""

    reference: str
    """Of the initiative compared with; empty before its first save, when nothing can be answered yet."""
    side: Side | None
    lines: tuple[Line, ...]
    out_of_band: bool = False
    dismissed: Dismissed | None = None
    is_restored: bool = False
    """Whether an answer has just been taken back: then the heading takes the focus that the pressed button had."""

    @property
    def heading(self) -> str:
        """A question to those who write, a plain name to those who qualify or read."""
        return _("Finns det redan?") if self.side is Side.AUTHOR else _("Liknande initiativ")

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
    taken_back = _dismissed(case, user, side, dismissed) if dismissed else None
    return SimilarList(initiative.reference, side, _lines(found, user, side), out_of_band, taken_back, is_restored)


def _dismissed(case: Case, user: User, side: Side | None, reference: str) -> Dismissed | None:
    """The one of a reference, where the person may see it and her side has answered; it comes from an address."""
    others = Initiative.objects.visible_to(user).filter(reference=reference)
    found = Dismissal.objects.filter(initiative=case.pk, side=side, other__in=others)
    named = found.values_list("other__reference", "other__title").first()
    return Dismissed(*named) if named else None


def _lines(found: list[Similar], user: User, side: Side | None) -> tuple[Line, ...]:
    rows = Case.objects.visible_to(user).filter(pk__in=[like.pk for like in found])
    answered = Event.objects.filter(case=OuterRef("pk"), kind=Act.SAME_NEED, actor=user)
    rows = rows.annotate(
        is_own=ExpressionWrapper(waiting.written_by(user), output_field=BooleanField()), is_answered=Exists(answered)
    )
    cases = {case.pk: case for case in rows.select_related("initiative__organisation").only(*COLUMNS)}
    return tuple(
        Line(case, like, side, case.is_own, case.is_answered) for like in found if (case := cases.get(like.pk))
    )


COLUMNS = (
    "status",
    "initiative__reference",
    "initiative__title",
    "initiative__organisation__key",
    "initiative__organisation__short_name",
)
