"""The report as JSON, for machines. Source of the structure: docs/indikatorer.md."""

from __future__ import annotations

import json

from ..indicators import Figures


def as_json(report: Figures) -> bytes:
    """The figures as UTF-8 JSON with its keys in the report's order."""
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
