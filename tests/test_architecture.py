"""The house keeps its shape: one direction, small rooms, honest names."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["v6portal", "initiatives", "governance", "followup"]
HOME = {"followup": 3, "governance": 2, "initiatives": 1, "v6portal.organizations": 0}


def product() -> list[Path]:
    return sorted(p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


def storey(name: str) -> int | None:
    """How high up in the house a dotted name lives; None for what is outside the four storeys."""
    return next((height for home, height in HOME.items() if (name + ".").startswith(home + ".")), None)


def imports(path: Path) -> Iterator[str]:
    """Absolute imports anywhere in a file, inside functions and behind `if TYPE_CHECKING` too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_the_import_contracts_hold() -> None:
    """In a process of its own: import-linter switches off every logger there is."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_import_climbs_the_house_not_even_inside_a_function() -> None:
    """The same rule typed a second time, without import-linter."""
    climbing = []
    for path in product():
        here = storey(".".join(path.relative_to(ROOT).with_suffix("").parts))
        if here is None:
            continue
        for name in imports(path):
            there = storey(name)
            if there is not None and there > here:
                climbing.append(f"{path.relative_to(ROOT)} → {name}")
    assert climbing == []


def test_no_app_reaches_up_to_the_projects_pages() -> None:
    reaching = [
        str(path.relative_to(ROOT))
        for path in product()
        if storey(".".join(path.relative_to(ROOT).with_suffix("").parts)) is not None
        and {"v6portal.urls", "v6portal.views", "v6portal.context"} & set(imports(path))
    ]
    assert reaching == []


def test_no_drawer_for_odds_and_ends() -> None:
    odds = {"utils", "helpers", "services", "managers", "common", "misc"}
    assert [str(p.relative_to(ROOT)) for p in product() if odds & set(p.with_suffix("").parts)] == []


def test_no_file_is_longer_than_one_reads() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in product()}
    assert {path: lines for path, lines in lengths.items() if lines > 300} == {}


@pytest.mark.parametrize("folder", [*APPS, "tests", "templates", "static/css", "docs", "deploy"])
def test_no_file_names_a_place_on_somebodys_machine(folder: str) -> None:
    places = ("/" + "home/", "/" + "work/", "/" + "root/", "../" + "shared")
    named = [
        f"{path.relative_to(ROOT)}: {place}"
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".md", ".txt", ".toml"} and "vendor" not in path.parts
        for place in places
        if place in path.read_text()
    ]
    assert named == []
