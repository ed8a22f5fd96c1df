"""The process that opens a workbook for the portal, so that a hostile file can only hurt itself.

``python -m initiatives.workbooks.child FILE '{"titles": […], "behind": […], "limits": {…}}'`` checks the package and
writes the rows of the named sheets to standard output, one JSON value a line. Without titles (null) all sheets are
read, and ``behind`` are those among them that may be hidden:

    {"sheet": "Initiativ"}                      the rows of a sheet follow
    [4, ["DI-2024-001", null, ["d", "…"]]]      row number and its cells
    {"others": ["Blad9"]}                       sheets that were not asked for
    {"refused": "macros", "detail": ""}         the file is refused
    {"end": true}                               everything has been said

A cell is null, text, a number or true/false, or a pair: ``d`` a date and time, ``f`` a formula, ``e`` an error value,
``l`` the length of a text longer than a cell may hold, ``x`` something else. No Django, no database, no secrets here.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

from initiatives.workbooks.package import Package, read_package
from initiatives.workbooks.safety import Limits, Reason, Unsafe, check_package
from initiatives.workbooks.sheet_reader import Key, SheetReader, shared_strings

Say = Callable[[Any], None]


def stream(path: str, titles: Iterable[str] | None, limits: Limits, say: Say, behind: Iterable[str] = ()) -> None:
    """Says everything about the file, in the order that the top of the module shows; raises Unsafe."""
    check_package(path, limits)
    with zipfile.ZipFile(path) as archive:
        package = read_package(archive)
        sheets = {sheet.title: sheet for sheet in package.sheets}
        if titles is None:
            _refuse_twins(package)
        wanted = [title for title in (sheets if titles is None else titles) if title in sheets]
        for title in wanted:
            if not sheets[title].is_visible and title not in behind:
                raise Unsafe(Reason.HIDDEN_SHEET, title)
        say({"others": [title for title in sheets if title not in wanted]})
        key = _key(archive, package)
        for title in wanted:
            say({"sheet": title})
            with archive.open(sheets[title].path) as part:
                for number, cells in SheetReader(key).read(part):
                    say([number, cells])


def _refuse_twins(package: Package) -> None:
    """No program makes two sheets of one name; which of them was meant, nobody knows."""
    seen: set[str] = set()
    for sheet in package.sheets:
        if sheet.title.casefold() in seen:
            raise Unsafe(Reason.TWIN_SHEETS, sheet.title)
        seen.add(sheet.title.casefold())


def _key(archive: zipfile.ZipFile, package: Package) -> Key:
    strings: list[str] = []
    if package.shared_strings:
        with archive.open(package.shared_strings) as part:
            strings = shared_strings(part)
    return Key(strings, package.date_styles, package.day_nought)


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


def tell(
    path: str,
    titles: Iterable[str] | None,
    limits: Limits,
    write: Callable[[str], object],
    behind: Iterable[str] = (),
) -> None:
    """Streams the file and ends with what became of it. Whatever goes wrong in the file is a refusal."""
    try:
        stream(path, titles, limits, limited(write, limits.text), behind)
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
    with open(sys.stdout.fileno(), "w", encoding="utf-8", buffering=1024 * 1024, closefd=False) as output:
        tell(sys.argv[1], asked["titles"], limits, output.write, asked["behind"])


if __name__ == "__main__":
    main()
