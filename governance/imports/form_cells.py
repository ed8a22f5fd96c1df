"""From the cells of one sheet to answers, with a sentence for every cell that holds none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from initiatives.actions.assessing import Mark
from initiatives.models import Criterion

from ..filled_in import NotAnAnswer, quoted, value_in
from ..form_format import ANSWER, CRITERION, LONGEST_WORDS, WORDS, as_in_a_cell, fingerprint

MOST_FAULTS = 50
Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class Fault:
    """One thing to put right in the file: the sheet, the cell where there is one, and what to do."""

    sheet: str
    cell: str
    what: str

    def __str__(self) -> str:
        if not self.cell:
            return _("Blad %(sheet)s: %(what)s") % {"sheet": self.sheet, "what": self.what}
        return _("Blad %(sheet)s, cell %(cell)s: %(what)s") % {
            "sheet": self.sheet,
            "cell": self.cell,
            "what": self.what,
        }


@dataclass
class SheetReading:
    """Reads one sheet: where its columns are, then its rows."""

    sheet: str
    criteria: Sequence[Criterion]
    then: dict[str, str]
    """Fingerprints of the answers that the form was fetched with."""
    marks: dict[str, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, rows: Sequence[Row]) -> None:
        """Fills ``marks`` with what is answered, ``faults`` with what is wrong."""
        head = max(rows, key=lambda row: sum(heading in _texts(row[1]) for heading in _headings()), default=(0, []))
        places = self._places(head)
        if self.faults:
            return
        found: set[str] = set()
        for number, cells in rows:
            if number > head[0]:
                self._row(number, [_at(cells, places[heading]) for heading in _headings()], places, found)
        for criterion in self.criteria:
            if criterion.code not in found:
                self._fault("", _("kriteriet ”%s” saknas. Hämta ett nytt formulär.") % criterion)

    def _places(self, head: Row) -> dict[str, int]:
        """The columns by their headings, wherever they have been moved."""
        texts = _texts(head[1])
        for heading in _headings():
            if (times := texts.count(heading)) != 1:
                missing = _("kolumnen %s saknas. Hämta ett nytt formulär.") % heading
                twice = _("kolumnen %s finns mer än en gång. Ta bort den som inte gäller.") % heading
                self._fault("", twice if times else missing)
        return {heading: texts.index(heading) for heading in _headings() if heading in texts}

    def _row(self, number: int, cells: list[Any], places: dict[str, int], found: set[str]) -> None:
        name, answer, words = cells
        where = {heading: f"{get_column_letter(place + 1)}{number}" for heading, place in places.items()}
        criterion = self._criterion(name)
        if criterion is None:
            if not (_is_empty(answer) and _is_empty(words)):
                what = _("”%s” är inget kriterium i formuläret. Ta bort svaret på raden.") % quoted(name or "")
                self._fault(where[str(CRITERION)], what)
        elif criterion.code in found:
            self._fault(where[str(CRITERION)], _("kriteriet ”%s” finns mer än en gång. Ta bort det ena.") % criterion)
        else:
            found.add(criterion.code)
            self._mark(criterion, answer, words, where)

    def _criterion(self, name: Any) -> Criterion | None:
        told = name.strip() if isinstance(name, str) else ""
        return next((c for c in self.criteria if told == c.code or told.startswith(f"{c.code} ")), None)

    def _mark(self, criterion: Criterion, answer: Any, words: Any, where: dict[str, str]) -> None:
        try:
            is_answered, value = value_in(answer)
        except NotAnAnswer as found:
            what = _("skriv 1–5 eller Vet inte; där står ”%s”.") % found
            self._fault(where[str(ANSWER)], what)
            is_answered, value = True, None
        motivation = self._words(words, where[str(WORDS)])
        if not is_answered:
            if motivation:
                self._fault(where[str(ANSWER)], _("skriv 1–5 eller Vet inte; en motivering behöver ett svar."))
            return
        mark = Mark(value, motivation)
        if len(motivation) > LONGEST_WORDS and fingerprint(mark) != self.then.get(criterion.code):
            self._too_long(where[str(WORDS)], len(motivation))
        self.marks[criterion.code] = mark

    def _words(self, cell: Any, where: str) -> str:
        if isinstance(cell, list):
            if cell[0] == "l":
                self._too_long(where, cell[1])
            else:
                self._fault(where, _("skriv motiveringen som text; där står ”%s”.") % quoted(cell))
            return ""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if cell is None else as_in_a_cell(quoted(cell) if isinstance(cell, bool) else str(cell))

    def _too_long(self, where: str, length: int) -> None:
        what = _("motiveringen är %(count)d tecken. Skriv högst %(most)d.")
        self._fault(where, what % {"count": length, "most": LONGEST_WORDS})

    def _fault(self, cell: str, what: str) -> None:
        self.faults.append(Fault(self.sheet, cell, what))


def _headings() -> list[str]:
    return [str(CRITERION), str(ANSWER), str(WORDS)]


def _texts(cells: Sequence[Any]) -> list[str]:
    return [cell.strip() if isinstance(cell, str) else "" for cell in cells]


def _at(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
