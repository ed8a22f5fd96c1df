"""The process that opens a workbook for the portal, so that a hostile file can only hurt itself.

``python -m followup.imports.child FILE '{"titles": […], "limits": {…}}'`` checks the package and writes the rows of
the named sheets to standard output, one JSON value a line:

    {"sheet": "Initiativ"}                      the rows of a sheet follow
    [4, ["DI-2024-001", null, ["d", "…"]]]      row number and its cells
    {"others": ["Blad9"]}                       sheets that were not asked for
    {"refused": "macros", "detail": ""}         the file is refused
    {"end": true}                               everything has been said

A cell is null, text, a number or true/false, or a pair: ``d`` a date and time, ``f`` a formula, ``e`` an error value,
``l`` the length of a text longer than a cell may hold, ``x`` something else. No Django, no database, no secrets here.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from followup.imports.safety import Limits, Reason, Unsafe, check_package

LAST_ROW = 1_048_576
LONGEST_CELL = 32_767
LONGEST_NUMBER = 10**18
Say = Callable[[Any], None]


def cell(value: Any, data_type: str) -> Any:
    """The cell as it is handed over; see the top of the module."""
    if value is None:
        return ["f", ""] if data_type == "f" else None
    if data_type in "fe":
        return [data_type, str(value)[:80]]
    if isinstance(value, str):
        return value if len(value) <= LONGEST_CELL else ["l", len(value)]
    if isinstance(value, dt.datetime):
        return ["d", value.replace(tzinfo=None).isoformat()]
    if isinstance(value, int | float) and abs(value) < LONGEST_NUMBER:
        return value
    return ["x", str(value)[:80]]


def rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet that hold anything, with their numbers."""
    sheet.reset_dimensions()  # what the file claims about its size is not to be believed
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW:
            raise Unsafe(Reason.BROKEN)
        handed = [cell(c.value, c.data_type) for c in cells]
        if any(value is not None for value in handed):
            yield number, handed


def stream(path: str, titles: Iterable[str], limits: Limits, say: Say) -> None:
    """Says everything about the file, in the order that the top of the module shows; raises Unsafe."""
    from openpyxl import load_workbook

    check_package(path, limits)
    with open(path, "rb") as file:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        wanted = [title for title in titles if title in book.sheetnames]
        for title in wanted:
            if book[title].sheet_state != "visible":
                raise Unsafe(Reason.HIDDEN_SHEET, title)
        say({"others": [title for title in book.sheetnames if title not in wanted]})
        for title in wanted:
            say({"sheet": title})
            for number, cells in rows(book[title]):
                say([number, cells])


def limited(write: Callable[[str], object], most: int) -> Say:
    """Writes values as JSON lines until there have been too many of them."""
    written = 0

    def say(value: Any) -> None:
        nonlocal written
        line = json.dumps(value, ensure_ascii=False)
        written += len(line)
        if written > most:
            raise Unsafe(Reason.TOO_LARGE)
        write(line + "\n")

    return say


def tell(path: str, titles: Iterable[str], limits: Limits, write: Callable[[str], object]) -> None:
    """Streams the file and ends with what became of it. Whatever goes wrong in the file is a refusal."""
    try:
        stream(path, titles, limits, limited(write, limits.text))
        ending: dict[str, Any] = {"end": True}
    except Unsafe as refusal:
        ending = {"refused": refusal.reason, "detail": refusal.detail}
    except MemoryError:
        ending = {"refused": Reason.TOO_LARGE, "detail": ""}
    except Exception:  # the reader may raise anything on a broken or hostile part
        ending = {"refused": Reason.BROKEN, "detail": ""}
    write(json.dumps(ending) + "\n")


def main() -> None:
    import resource

    asked = json.loads(sys.argv[2])
    limits = Limits(**asked["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    tell(sys.argv[1], asked["titles"], limits, sys.stdout.write)


if __name__ == "__main__":
    main()
