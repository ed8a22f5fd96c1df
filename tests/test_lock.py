"""The locks pin what is installed, and say nothing of where it comes from."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("forbidden", ["://", "index-url", "find-links", "file:", " @ ", "--trusted-host"])
def test_a_lock_holds_no_address(lock: str, forbidden: str) -> None:
    assert forbidden not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_a_hash(lock: str) -> None:
    packages = re.split(r"\n(?=[a-z])", (ROOT / lock).read_text())
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []


def test_the_development_lock_holds_all_that_the_other_holds() -> None:
    """`dev.py test` installs only the development lock and counts the other as installed too."""
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("tool", ["pytest", "playwright", "mypy", "ruff", "hypothesis"])
def test_the_runtime_lock_holds_no_development_tool(tool: str) -> None:
    assert tool not in pins("requirements.lock")


@pytest.mark.parametrize("name", ["uv.lock", "pylock.toml", "poetry.lock", "package-lock.json"])
def test_no_lock_that_carries_addresses_is_kept(name: str) -> None:
    assert not (ROOT / name).exists()
