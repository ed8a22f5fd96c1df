"""Each edge's figures as typed by hand: the portal gives them, and so does the recomputation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from followup.periods import HalfYear
from followup.reports import compute
from tests.recomputed import recompute

from .agreeing import brought_out
from .edges import STORIES, Story

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def figure(report: Any, path: str) -> Any:
    """The figure at the end of the path; the rows of B5 are found by their reference."""
    for key in path.split("."):
        rows = report.get("rader", ()) if key.startswith("DI-") else ()
        report = next((row for row in rows if row["referens"] == key), None) or report[key]
    return report


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.told)
def test_the_figures_are_those_typed_by_hand(story: Story):
    story.happens()
    register = brought_out()
    codes = {key.split(" ")[0] for key in story.figures}
    portal = {code: compute(HalfYear.parse(code), TODAY) for code in codes}
    recomputed = {code: recompute(register, code, TODAY) for code in codes}
    for reports in (portal, recomputed):
        found = {key: figure(reports[key.split(" ")[0]], key.split(" ")[1]) for key in story.figures}
        assert found == story.figures
    assert portal == recomputed
