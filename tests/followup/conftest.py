"""Fixtures of the follow-up tests."""

import json
from pathlib import Path

import pytest

from followup.imports import reading, register
from followup.imports.child import tell
from followup.imports.safety import Limits
from followup.register_format import SHEETS


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in the test's own process, which is quicker; what the child protects is tested elsewhere."""

    def read_cells(path: Path, limits: Limits) -> reading.Cells:
        lines: list[str] = []
        tell(str(path), [sheet.title for sheet in SHEETS], limits, lines.append)
        return reading.gather(map(json.loads, lines))

    monkeypatch.setattr(register, "read_cells", read_cells)
