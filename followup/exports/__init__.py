"""The report of a half-year as files. Each writer makes one format out of the same dictionary of figures."""

from __future__ import annotations

from collections.abc import Callable

from ..indicators import Figures
from .plain import as_json

WRITERS: dict[str, Callable[[Figures], bytes]] = {"json": as_json}
"""How a report is written, by the name of the format as ``manage.py report --format`` knows it."""

__all__ = ["WRITERS", "as_json"]
