"""Fixtures of the follow-up tests."""

import json
from pathlib import Path

import pytest

from followup.imports import register
from initiatives.workbooks import reading
from initiatives.workbooks.child import tell
from initiatives.workbooks.safety import Limits


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in the test's own process, which is quicker; what the child protects is tested elsewhere."""

    def read_cells(path: Path, titles: list[str], limits: Limits) -> reading.Cells:
        lines: list[str] = []
        tell(str(path), titles, limits, lines.append)
        return reading.gather(map(json.loads, lines))

    monkeypatch.setattr(register, "read_cells", read_cells)
