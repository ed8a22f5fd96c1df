"""The benefit calculation: whole examples reckoned by hand, and what must hold of any."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.benefit_calculation import Assumptions, Calculation, Effect, Expense, calculate

D = Decimal
FREELY = settings(deadline=None, max_examples=80)


def years(found: Calculation) -> list[tuple[int, ...]]:
    """Year, financial, redistributed, cost, net, sum so far, sum so far with redistributed."""
    return [
        (y.number, *map(int, (y.financial, y.redistributed, y.cost, y.net, y.so_far, y.so_far_with_time)))
        for y in found.years
    ]


def test_saved_time_of_which_a_part_becomes_money() -> None:
    """2 500 h × 450 kr = 1 125 000 kr a year, 40 % of it money. 900 000 kr once, 120 000 kr a year, for five years."""
    found = calculate(
        Assumptions(
            years=5,
            hours_per_year=D(2500),
            cost_per_hour=D(450),
            realised_percent=40,
            one_off=(Expense("Inköp", D(800_000)), Expense("Utbildning", D(100_000))),
            running=(Expense("Licenser", D(120_000)),),
        )
    )
    assert (found.saved, found.saved_financial, found.saved_redistributed) == (1_125_000, 450_000, 675_000)
    assert (found.financial, found.redistributed, found.one_off, found.running) == (450_000, 675_000, 900_000, 120_000)
    assert years(found) == [
        (0, 0, 0, 900_000, -900_000, -900_000, -900_000),
        (1, 450_000, 675_000, 120_000, 330_000, -570_000, 105_000),
        (2, 450_000, 675_000, 120_000, 330_000, -240_000, 1_110_000),
        (3, 450_000, 675_000, 120_000, 330_000, 90_000, 2_115_000),
        (4, 450_000, 675_000, 120_000, 330_000, 420_000, 3_120_000),
        (5, 450_000, 675_000, 120_000, 330_000, 750_000, 4_125_000),
    ]
    assert (found.net, found.net_with_time) == (750_000, 4_125_000)
    assert found.payback == D("2.8")  # 2 + 240 000/330 000 = 2.727…
    assert found.payback_with_time == D("0.9")  # 900 000/1 005 000 = 0.896
    whole = found.total
    assert (whole.financial, whole.redistributed, whole.cost) == (2_250_000, 3_375_000, 1_500_000)


def test_other_effects_begin_in_their_year_and_the_first_year_may_be_half() -> None:
    found = calculate(
        Assumptions(
            years=3,
            hours_per_year=D(100),
            cost_per_hour=D(500),
            realised_percent=100,
            first_year_percent=50,
            effects=(
                Effect("Porto", D(30_000), is_financial=True),
                Effect("Gammalt avtal sägs upp", D(80_000), is_financial=True, first_year=2),
                Effect("Färre samtal", D(20_000), is_financial=False, first_year=3),
            ),
            one_off=(Expense("Införande", D(150_000)),),
            running=(Expense("Drift", D(10_000)),),
        )
    )
    assert (found.financial, found.redistributed) == (160_000, 20_000)
    assert years(found) == [
        (0, 0, 0, 150_000, -150_000, -150_000, -150_000),
        (1, 40_000, 0, 10_000, 30_000, -120_000, -120_000),
        (2, 160_000, 0, 10_000, 150_000, 30_000, 30_000),
        (3, 160_000, 20_000, 10_000, 150_000, 180_000, 200_000),
    ]
    assert found.payback == D("1.8")


def test_what_never_pays_back() -> None:
    found = calculate(
        Assumptions(
            years=4,
            effects=(Effect("Porto", D(50_000), is_financial=True),),
            one_off=(Expense("Inköp", D(100_000)),),
            running=(Expense("Drift", D(60_000)),),
        )
    )
    assert found.net == -140_000
    assert found.payback is None
    assert found.payback_with_time is None


def test_what_pays_back_on_the_very_last_day() -> None:
    found = calculate(
        Assumptions(
            years=4,
            effects=(Effect("Porto", D(25_000), is_financial=True),),
            one_off=(Expense("Inköp", D(100_000)),),
        )
    )
    assert (found.net, found.payback) == (0, D("4.0"))


def test_what_costs_nothing_has_nothing_to_pay_back() -> None:
    found = calculate(Assumptions(years=2, effects=(Effect("Porto", D(10), is_financial=True),)))
    assert (found.net, found.payback) == (20, 0)


def test_only_redistributed_benefit_pays_nothing_back_in_money() -> None:
    """1 000 h × 400 kr freed each year and not a krona saved, against 300 000 kr once and 50 000 kr a year."""
    found = calculate(
        Assumptions(
            years=3,
            hours_per_year=D(1000),
            cost_per_hour=D(400),
            realised_percent=0,
            one_off=(Expense("Inköp", D(300_000)),),
            running=(Expense("Drift", D(50_000)),),
        )
    )
    assert (found.financial, found.redistributed) == (0, 400_000)
    assert (found.net, found.net_with_time) == (-450_000, 750_000)
    assert found.payback is None
    assert found.payback_with_time == D("0.9")  # 300 000/350 000 = 0.857


def test_a_first_year_that_costs_is_paid_back_later_though_nothing_was_paid_at_the_start() -> None:
    found = calculate(
        Assumptions(
            years=3,
            effects=(Effect("Avtal", D(100), is_financial=True, first_year=2),),
            running=(Expense("Drift", D(40)),),
        )
    )
    assert [int(y.so_far) for y in found.years] == [0, -40, 20, 80]
    assert found.payback == D("1.7")  # 1 + 40/60


def test_an_effect_after_the_last_year_counts_nowhere() -> None:
    found = calculate(Assumptions(years=1, effects=(Effect("Sent", D(100), is_financial=True, first_year=2),)))
    assert (found.financial, found.net, found.is_empty) == (0, 0, True)


def test_ore_and_parts_of_hours_are_kept_exactly() -> None:
    found = calculate(
        Assumptions(
            years=1, hours_per_year=D("0.1"), cost_per_hour=D("0.03"), realised_percent=33, first_year_percent=1
        )
    )
    assert found.saved == D("0.003")
    assert (found.saved_financial, found.saved_redistributed) == (D("0.00099"), D("0.00201"))
    assert found.years[1].financial == D("0.0000099")


def test_nothing_assumed_gives_nothing() -> None:
    found = calculate(Assumptions())
    assert found.is_empty
    assert [y.number for y in found.years] == [0, 1, 2, 3, 4, 5]
    assert (found.net, found.payback) == (0, 0)


@pytest.mark.parametrize(
    "cost", [Assumptions(one_off=(Expense("A", D(1)),)), Assumptions(running=(Expense("A", D(1)),))]
)
def test_a_cost_alone_is_something(cost: Assumptions) -> None:
    assert not calculate(cost).is_empty


AMOUNTS = st.decimals(0, 10_000_000_000, places=2)
EXPENSES = st.lists(st.builds(Expense, st.just("kostnad"), AMOUNTS), max_size=4).map(tuple)
EFFECTS = st.lists(st.builds(Effect, st.just("nytta"), AMOUNTS, st.booleans(), st.integers(1, 15)), max_size=4).map(
    tuple
)
ANY = st.builds(
    Assumptions,
    years=st.integers(1, 15),
    hours_per_year=st.decimals(0, 10_000_000, places=2),
    cost_per_hour=st.decimals(0, 100_000, places=2),
    realised_percent=st.integers(0, 100),
    first_year_percent=st.integers(0, 100),
    effects=EFFECTS,
    one_off=EXPENSES,
    running=EXPENSES,
)


@FREELY
@given(ANY)
def test_the_years_sum_to_the_total_and_the_two_kinds_to_the_saved_time(said: Assumptions) -> None:
    found = calculate(said)
    assert len(found.years) == said.years + 1
    assert found.net == sum(y.financial - y.cost for y in found.years)
    assert found.net_with_time == found.net + found.total.redistributed
    assert found.saved_financial + found.saved_redistributed == found.saved
    assert found.total.cost == found.one_off + found.running * said.years


@FREELY
@given(ANY)
def test_what_is_paid_back_is_paid_back_when_it_is_said_and_not_a_tenth_earlier(said: Assumptions) -> None:
    found = calculate(said)

    def sum_at(when: Decimal) -> Decimal:
        whole = int(when)
        if whole >= said.years:
            return found.years[-1].so_far
        return found.years[whole].so_far + (when - whole) * found.years[whole + 1].net

    if found.payback is None:
        assert found.net < 0
    else:
        assert sum_at(found.payback) >= 0
        if found.payback:
            assert sum_at(found.payback - D("0.1")) < 0


@FREELY
@given(ANY, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_makes_no_difference(said: Assumptions, chance: Any) -> None:
    parts = {name: list(getattr(said, name)) for name in ("effects", "one_off", "running")}
    for rows in parts.values():
        chance.shuffle(rows)
    other = calculate(Assumptions(**{**vars(said), **{name: tuple(rows) for name, rows in parts.items()}}))
    assert other.years == calculate(said).years


@FREELY
@given(ANY, AMOUNTS)
def test_a_cost_more_never_pays_back_earlier(said: Assumptions, amount: Decimal) -> None:
    dearer = calculate(Assumptions(**{**vars(said), "one_off": (*said.one_off, Expense("till", amount))}))
    before = calculate(said).payback
    assert dearer.payback is None or (before is not None and dearer.payback >= before)
