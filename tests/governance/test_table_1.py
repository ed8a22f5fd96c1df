"""Table 1 of the project report VDT-22, section 4, what Vinnova paid out: a test of sums and of how money is written.

The report's three totals do not agree among themselves: 1 999 899 and 1 150 865 make 3 150 764, the report says
3 150 865. The table itself sums.
"""

from __future__ import annotations

from decimal import Decimal

from governance.cost_sharing import divide
from governance.presenting.benefit_calculation import kronor

PAID = {
    "Skara": 225_126,
    "Lidköping": 95_680,
    "Vara": 26_618,
    "Grästorp": 19_898,
    "Götene": 19_051,
    "Essunga": 19_051,
    "Göliska IT": 87_848,
    "Högskolan i Skövde": 1_506_627,
}
WRITTEN = (
    "225 126 kr",
    "95 680 kr",
    "26 618 kr",
    "19 898 kr",
    "19 051 kr",
    "19 051 kr",
    "87 848 kr",
    "1 506 627 kr",
)
TOTAL = Decimal(1_999_899)


def test_the_table_sums_and_is_written_as_in_the_report() -> None:
    assert sum(PAID.values()) == TOTAL
    assert kronor(TOTAL).replace("\xa0", " ") == "1 999 899 kr"
    assert tuple(kronor(Decimal(amount)).replace("\xa0", " ") for amount in PAID.values()) == WRITTEN


def test_the_total_divided_by_what_was_paid_gives_the_table_back() -> None:
    assert divide(TOTAL, PAID) == PAID


def test_an_ore_is_written_where_there_is_one() -> None:
    assert [kronor(amount).replace("\xa0", " ") for amount in (Decimal("1999899.5"), Decimal("-0.05"))] == [
        "1 999 899,50 kr",
        "−0,05 kr",
    ]
