"""A workbook's cells, read by a child process that has little time, little memory and nothing to steal."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from .safety import Limits, Reason

SENTENCES = {
    Reason.NOT_A_WORKBOOK: gettext_lazy("Filen är inte en arbetsbok i formatet .xlsx."),
    Reason.ENCRYPTED: gettext_lazy(
        "Filen är krypterad eller i det gamla formatet .xls. Spara den som .xlsx utan lösenord."
    ),
    Reason.MACROS: gettext_lazy("Filen innehåller makron. Spara den som vanlig arbetsbok, .xlsx."),
    Reason.LINKS: gettext_lazy("Filen hämtar uppgifter från andra filer. Spara den med bara värden."),
    Reason.DOCUMENT_TYPE: gettext_lazy("Filen innehåller en dokumenttypsdeklaration och läses därför inte."),
    Reason.TOO_LARGE: gettext_lazy("Filen är för stor: uppackad får den vara högst 50 MB. Dela upp den."),
    Reason.TOO_MANY_PARTS: gettext_lazy("Filen har fler än 200 delar och läses därför inte."),
    Reason.TOO_DENSE: gettext_lazy("En del av filen är packad mer än 200 gånger. Filen läses därför inte."),
    Reason.HIDDEN_SHEET: gettext_lazy("Bladet %(detail)s är dolt. Visa det först, så att alla ser vad som läses in."),
    Reason.TWIN_SHEETS: gettext_lazy("Bladet %(detail)s finns två gånger. Ta bort det ena."),
    Reason.BROKEN: gettext_lazy("Filen är trasig och går inte att läsa. Öppna den, spara den på nytt och försök igen."),
    Reason.TOO_SLOW: gettext_lazy("Filen tar för lång tid att läsa. Dela upp den."),
}


class FileRefused(Exception):
    """The file as a whole is not taken in; the text is a Swedish sentence that says why."""


@dataclass
class Cells:
    """The rows of each sheet as they were handed over, by title, and the titles of sheets that were not asked for."""

    rows: dict[str, list[tuple[int, list[Any]]]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def read_cells(path: Path, titles: Sequence[str] | None, limits: Limits, *, behind: Sequence[str] = ()) -> Cells:
    """Reads the sheets of these titles, or all of them where None; raises FileRefused.

    Of all of them, those named in ``behind`` may be hidden. Never takes longer than the limits say.
    """
    asked = {"titles": titles, "behind": behind, "limits": dataclasses.asdict(limits)}
    command = [sys.executable, "-m", "initiatives.workbooks.child", str(path.resolve()), json.dumps(asked)]
    with subprocess.Popen(  # noqa: S603 - our own module, and a path that is never parsed by a shell
        command, cwd=settings.BASE_DIR, env={}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        alarm = threading.Timer(limits.seconds, child.kill)
        alarm.start()
        try:
            return gather(map(_decoded, child.stdout or ()))
        finally:
            alarm.cancel()
            child.kill()


def gather(said: Iterable[Any]) -> Cells:
    """The cells from what the child says, see ``child``; raises FileRefused if it refuses or falls silent."""
    cells: Cells = Cells()
    current: list[tuple[int, list[Any]]] = []
    for value in said:
        if isinstance(value, list):
            current.append((value[0], value[1]))
        elif "sheet" in value:
            current = cells.rows.setdefault(value["sheet"], [])
        elif "others" in value:
            cells.others = value["others"]
        elif "refused" in value:
            raise FileRefused(SENTENCES[Reason(value["refused"])] % {"detail": value["detail"]})
        elif "end" in value:
            return cells
    raise FileRefused(str(SENTENCES[Reason.TOO_SLOW]))


def _decoded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:  # the child was stopped in the middle of a line
        raise FileRefused(str(SENTENCES[Reason.TOO_SLOW])) from error
