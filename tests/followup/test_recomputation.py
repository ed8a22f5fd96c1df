"""The portal's figures against a recomputation that shares nothing with it but the workbook."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from openpyxl import load_workbook

from followup.actions import record_adoption
from followup.imports.register import import_register
from followup.periods import HalfYear
from followup.reports import compute
from governance.models import Case
from governance.statuses import Status
from tests import recomputed
from tests.cast import Cast
from tests.governance.every_status import EveryStatus
from tests.recomputed import periods_until, recompute, recompute_workbook

from .agreeing import brought_out, differences, disagreements

TODAY = dt.date(2026, 11, 23)
EXAMPLE = Path(settings.BASE_DIR, "fixtures", "register_exempel.xlsx")
EXPECTED = Path(settings.BASE_DIR, "tests", "data", "register_exempel_indikatorer.json")
ITS_OWN = {
    "__future__", "collections", "collections.abc", "dataclasses", "datetime", "decimal", "fractions", "openpyxl",
    "statistics", "typing",
}  # fmt: skip


def test_the_recomputation_knows_nothing_but_the_language_and_the_workbook():
    sources = sorted(Path(recomputed.__file__).parent.glob("*.py"))
    assert len(sources) == 4
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= ITS_OWN, source.name
            if isinstance(node, ast.ImportFrom):
                assert (node.level == 1) or (node.level == 0 and node.module in ITS_OWN), source.name


@pytest.mark.django_db
@pytest.mark.usefixtures("read_here")
def test_on_the_example_register_all_three_agree_to_the_last_figure(tmp_path: Path):
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))["perioder"]
    assert import_register(EXAMPLE).faults == []
    call_command("export_register", tmp_path / "ut.xlsx", verbosity=0)
    book = load_workbook(tmp_path / "ut.xlsx")
    assert list(expected) == periods_until(TODAY)
    for code, figures in expected.items():
        assert recompute_workbook(book, code, TODAY) == figures
        assert compute(HalfYear.parse(code), TODAY) == figures


@pytest.mark.django_db
def test_what_real_people_have_recorded_is_counted_alike_but_for_what_an_open_inquiry_withholds():
    every = EveryStatus()
    for status in Status:
        every.case_in(status)
    register = brought_out()
    assert len(register) == len(Status) - 1  # a draft is not in the register
    open_inquiry = Case.objects.filter(Q(status=Status.INTEREST) | Q(paused_from=Status.INTEREST))
    withheld = "|".join(open_inquiry.values_list("initiative__reference", flat=True))
    told_otherwise = disagreements(register, timezone.localdate())
    assert [line for line in told_otherwise if not re.search(rf"B5\.rader\[({withheld})\]\.B5a\.", line)] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize(
    ("reference", "kommun", "by", "in_use_on", "line"),
    [
        ("DI-2024-007", "vara", "vara", "2026-03-02", "2026-1 B3"),
        ("DI-2024-003", "lidkoping", "vara", "2025-12-01", "2025-2 B4"),
    ],
)
def test_an_inforande_recorded_late_changes_one_line_of_one_earlier_half_year(
    cast: Cast, reference: str, kommun: str, by: str, in_use_on: str, line: str
):
    assert import_register(EXAMPLE).faults == []
    before = {code: compute(HalfYear.parse(code), TODAY) for code in periods_until(TODAY)}
    case = Case.objects.select_related("initiative__organisation").get(initiative__reference=reference)
    record_adoption(
        case=case, by=cast.lead(by), organisation=cast.orgs[kommun], in_use_on=dt.date.fromisoformat(in_use_on)
    )
    register = brought_out()
    after = {code: compute(HalfYear.parse(code), TODAY) for code in before}
    changed = [f"{code} {place}" for code in before for place in differences(before[code], after[code])]
    assert {place.split(".")[0] for place in changed} == {line}
    code, indicator = line.split(" ")
    assert after[code][indicator]["inforanden"] == before[code][indicator]["inforanden"] + 1
    assert after == {code: recompute(register, code, TODAY) for code in before}
