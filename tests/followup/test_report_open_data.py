"""The report as open data: stable columns, the same figures as the page, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from followup.exports.open_data import harmless
from followup.indicators import INDICATORS
from followup.presenting.described import LINES
from initiatives.models import Initiative
from tests.cast import Cast
from v6portal.organizations.models import User

from .history import History
from .reporting import KEYS, example, forgetful, signed_in, text_of

__all__ = ["example", "forgetful"]

pytestmark = pytest.mark.django_db


def content_of(person: User, period: str = "2026-1") -> bytes:
    response = signed_in(person).get(f"/uppfoljning/{period}/rapport.csv")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return bytes(response.content)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def values(rows: list[dict[str, str]]) -> dict[tuple[str, str, str], str]:
    return {(row["indicator"], row["organisation"], row["initiative"]): row["value"] for row in rows}


def text(value: float | str | None) -> str:
    return "" if value is None else str(value).replace(".", ",")


def test_a_swedish_excel_and_a_machine_read_the_same_file(cast: Cast, forgetful: None):
    History("DI-1", submitted="2026-02-02")
    content = content_of(cast.reader())
    assert content.startswith(b"\xef\xbb\xbfperiod;indicator;organisation;value;unit;initiative\r\n")
    first = read(content)[0]
    assert first == {
        "period": "2026-1",
        "indicator": "A1.antal",
        "organisation": "Alla kommuner",
        "value": "1",
        "unit": "antal",
        "initiative": "",
    }
    assert (
        signed_in(cast.reader()).get("/uppfoljning/2026-1/rapport.csv").headers["Content-Disposition"]
        == 'attachment; filename="uppfoljning-2026-1.csv"'
    )


def test_its_figures_are_those_worked_out_apart_from_the_portal(cast: Cast, example: dict[str, Any]):
    for period in ("2025-2", "2026-1"):
        rows = read(content_of(cast.coordinator(), period))
        found, figures = values(rows), example[period]
        assert {row["period"] for row in rows} == {period}
        assert {row["unit"] for row in rows} == {"antal", "dagar", "kr", "datum"}
        expected: dict[tuple[str, str], Any] = {}
        for code in ("A1", "B1"):
            for name in KEYS:
                expected[f"{code}.antal", name] = figures[code]["per_kommun"][name]["antal"]
            expected[f"{code}.antal", "Alla kommuner"] = figures[code]["summa_kommuner"]["antal"]
            expected[f"{code}.antal", "Göliska IT"] = figures[code]["goliska_it"]["antal"]
        for place, group in (("B2", figures["B2"]), ("lokalt.B2", figures["lokalt"]["B2"])):
            for kind, part in group.items():
                for name in ("genomforda", "initiativ", "pagaende"):
                    expected[f"{place}.{kind}.{name}", "Alla kommuner"] = part[name]
        for code in ("B3", "B4"):
            expected[f"{code}.kommuner", "Alla kommuner"] = figures[code]["kommuner"]
            for name in KEYS:
                mine = [one for one in figures[code]["lista"] if one["kommun"] == name]
                expected[f"{code}.inforanden", name] = len(mine)
        for key, medians in (("B5e_startade", "median_dagar"), ("B5e_vantande", "median_alder")):
            for since in ("v6", "inskickat"):
                name = f"{medians}_fran_{since}"
                expected[f"B5.{key}.{name}", "Alla kommuner"] = figures["B5"][key][name]
        expected["C1.antal", "Alla kommuner"] = figures["C1"]["antal"]
        for key in ("invanare", "medarbetare", "bada", "totalt"):
            expected[f"C2.{key}", "Alla kommuner"] = figures["C2"][key]
        assert {key: found[*key, ""] for key in expected} == {key: text(value) for key, value in expected.items()}
        for row in figures["B5"]["rader"]:
            reference = row["referens"]
            for kind in ("forstudie", "utveckling", "tillsammans"):
                for part in ("utfall", "utfall_i_perioden", "budget"):
                    assert found[f"B5c.{kind}.{part}", "Alla kommuner", reference] == text(row["B5c"][kind][part])
            assert found["B5e.start", "Alla kommuner", reference] == (row["B5e"]["start"] or "")
            takes_part = {name for code, name, of in found if (code, of) == ("B5a.deltar", reference)}
            assert takes_part == set(row["B5a"]["kommuner"])


def test_it_names_nothing_that_is_not_the_readers_and_counts_it(cast: Cast, forgetful: None):
    secret = History("DI-901", v6="2026-01-20").joins("Skara", "2026-01-21").cost("development", "9", "2026-02-02")
    Initiative.objects.filter(pk=secret.initiative.pk).update(is_secret=True)
    content = content_of(cast.reader("vara"))
    assert b"DI-901" not in content
    found = values(read(content))
    assert found["B1.antal", "Skara", ""] == found["B5.antal_rader", "Skara", ""] == "1"
    assert not [key for key in found if key[0].startswith("B5c") and key[1] == "Skara"]


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+46 511", "'+46 511"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("-12,50", "-12,50"),
        ("DI-2026-001", "DI-2026-001"),
        ("", ""),
    ],
)
def test_a_spreadsheet_takes_nothing_for_a_formula(written: str, safe: str):
    assert harmless(written) == safe


def test_a_reference_that_looks_like_a_formula_stays_text(cast: Cast, forgetful: None):
    History("=1+1", v6="2026-01-20")
    assert {row["initiative"] for row in read(content_of(cast.coordinator()))} == {"", "'=1+1"}


def test_its_page_describes_every_line_of_the_source_and_every_column(cast: Cast, forgetful: None):
    History("DI-1", submitted="2025-02-02")
    html = signed_in(cast.staff()).get("/uppfoljning/oppna-data/").content.decode()
    words = text_of(html)
    for indicator in INDICATORS:
        assert str(indicator.wording) in words
    rows = read(content_of(cast.staff(), "2025-1"))
    names = {row["indicator"] for row in rows}
    for code, lines in LINES.items():
        if code == "B5" or not code.startswith("B5"):  # the others need an initiative in V6
            assert set(lines) <= names, code
    for column in rows[0]:
        assert f"<code>{column}</code>" in html
    assert 'href="/uppfoljning/2025-1/rapport.csv"' in html
