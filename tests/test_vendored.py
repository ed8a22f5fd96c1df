"""What others made and we carry along is what its manifest says, byte for byte, with a licence."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSES = {  # the folder with the manifest -> the folders in which every file must be listed
    "static": ["fonts", "vendor"],
    "tests/vendor": ["axe-core"],
}
LISTED = [
    pytest.param(ROOT / house / name, entry, id=f"{house}/{name}")
    for house in HOUSES
    for name, entry in json.loads((ROOT / house / "vendor-manifest.json").read_text()).items()
]


@pytest.mark.parametrize(("path", "entry"), LISTED)
def test_a_vendored_file_is_the_one_in_the_manifest(path: Path, entry: dict[str, str]) -> None:
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert entry["name"]
    assert entry["version"]
    assert entry["licence"]


@pytest.mark.parametrize("house", HOUSES)
def test_no_vendored_file_is_missing_from_the_manifest(house: str) -> None:
    listed = set(json.loads((ROOT / house / "vendor-manifest.json").read_text()))
    present = {
        str(path.relative_to(ROOT / house))
        for folder in HOUSES[house]
        for path in (ROOT / house / folder).rglob("*")
        if path.is_file() and path.suffix != ".txt"  # licence texts lie beside what they license
    }
    assert present - listed == set()


def test_no_vendored_file_points_at_a_source_map() -> None:
    """`collectstatic` with hashed names would look for the map and fail."""
    pointing = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "static").rglob("*")
        if path.suffix in {".js", ".css"} and b"sourceMappingURL" in path.read_bytes()
    ]
    assert pointing == []
