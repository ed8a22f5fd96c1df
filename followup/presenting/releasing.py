"""What goes with a case that is given out (*utlämnande*), what is left out of it and why, and what to look at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acts import OWN_NOTES
from governance.models import Case, Event
from initiatives.models import ANSWERS, Attachment, name_of_answer
from initiatives.sensitive import concerns
from v6portal.organizations.models import User
from v6portal.organizations.printing import pdf_available

NOT_DRAWN_UP = gettext_lazy("2 kap. 10 § tryckfrihetsförordningen: handlingen är inte färdigställd")
MEMORANDUM = gettext_lazy(
    "2 kap. 12 § tryckfrihetsförordningen: minnesanteckning som inte har tagits om hand för arkivering"
)


@dataclass(frozen=True)
class Withheld:
    """One thing that does not go with it, and why; with the legal basis where it is known."""

    what: str
    why: str
    basis: str = ""


@dataclass(frozen=True)
class Concern:
    """Something in the texts that looks like a person. It goes with them; whether it may the registrar tries."""

    where: str
    words: str


@dataclass(frozen=True)
class Choice:
    """What the registrar has chosen to give out."""

    case: Case
    by: User
    attachments: Sequence[Attachment]
    with_notes: bool

    def events(self) -> list[Event]:
        """In the order of time, with their organisations; nothing that the person may not see herself."""
        rows = Event.objects.visible_to(self.by).filter(case=self.case)
        if not self.with_notes:
            rows = rows.exclude(kind__in=OWN_NOTES)
        return list(rows.select_related("organisation").order_by("id"))

    def withheld(self) -> list[Withheld]:
        """Everything that is left out. Of what the person may not see herself, nothing is told but that it exists."""
        return [*self._notes(), *self._attachments(), *self._unfinished(), *self._drawing()]

    def _notes(self) -> Iterator[Withheld]:
        own = Event.objects.visible_to(self.by).filter(case=self.case, kind__in=OWN_NOTES).count()
        if own and not self.with_notes:
            yield Withheld(_("Egna arbetsanteckningar: %d") % own, _("Valdes bort vid utlämnandet."), str(MEMORANDUM))
        if self.case.initiative.is_shared:
            yield Withheld(
                _("Andra organisationers arbetsanteckningar, om det finns några"),
                _("De är den organisationens egna. Begär dem där."),
                str(_("2 kap. 4 § tryckfrihetsförordningen: de förvaras inte hos den som lämnar ut")),
            )

    def _attachments(self) -> Iterator[Withheld]:
        chosen = {one.pk for one in self.attachments}
        secrecy = getattr(self.case.initiative, "secrecy", None)
        for one in self.case.initiative.attachments.readable():
            if one.purged_at is not None:
                told = _("Gallrad %(day)s. Kontrollsumma: %(sha)s")
                day = date_format(one.purged_at, "Y-m-d")
                yield Withheld(
                    _("Bilagan ”%s”") % one.name, told % {"day": day, "sha": one.sha256}, _("gallringsbeslut")
                )
            elif one.pk not in chosen:
                yield Withheld(
                    _("Bilagan ”%s”") % one.name,
                    _("Valdes bort vid utlämnandet."),
                    secrecy.legal_basis if secrecy else "",
                )

    def _unfinished(self) -> Iterator[Withheld]:
        if self.case.initiative.rounds.open().exists():
            yield Withheld(
                _("Svaren i den bedömning som pågår"),
                _("De kan ändras tills bedömningen är stängd, och visas för ingen innan dess."),
                str(NOT_DRAWN_UP),
            )
        assessment = getattr(self.case, "it_assessment", None)
        if assessment and not assessment.handed_in_at:
            yield Withheld(
                _("Göliska IT:s bedömning, medan den skrivs"), _("Den är inte lämnad än."), str(NOT_DRAWN_UP)
            )

    def _drawing(self) -> Iterator[Withheld]:
        if not pdf_available():
            yield Withheld(
                _("Ärendet och besluten som PDF"), _("Servern kan inte göra PDF. De finns som HTML och JSON.")
            )

    def concerns(self) -> list[Concern]:
        """What in the texts looks like somebody who should perhaps not be named (offentlighets- och sekretesslagen
        21 kap. 7 §)."""
        initiative = self.case.initiative
        texts: list[tuple[str, str]] = [
            (f"”{name_of_answer(name)}”", str(getattr(initiative, name, "") or "")) for name in ANSWERS
        ]
        texts += [(_("händelsen ”%s”") % event.spoken, event.text) for event in self.events() if event.text]
        found = [Concern(where, one.words) for where, text in texts for one in concerns(text)]
        return list(dict.fromkeys(found))


def paper(choice: Choice, page: dict[str, Any]) -> dict[str, Any]:
    """The context of the case on paper: its page as the person sees it, with what was chosen."""
    return {**page, "attachments_given": choice.attachments, "withheld": choice.withheld()}
