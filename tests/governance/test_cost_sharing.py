"""Costs divided to the öre: examples reckoned by hand, and what always holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.cost_sharing import (
    CannotDivide,
    Circumstances,
    Divided,
    Expense,
    LatePayment,
    LateRule,
    Rule,
    Settlement,
    Terms,
    divide,
    divide_each,
    late_payment,
    settle,
    weights,
)

D = Decimal
ESSUNGA, GRASTORP, GOTENE, LIDKOPING, SKARA, VARA = range(1, 7)
INHABITANTS = {ESSUNGA: 5700, GRASTORP: 5700, GOTENE: 13300, LIDKOPING: 40500, SKARA: 18800, VARA: 16200}


class TestDivide:
    def test_a_hundred_kronor_in_three(self) -> None:
        assert divide(D(100), {VARA: 1, SKARA: 1, GOTENE: 1}) == {
            GOTENE: D("33.34"),
            SKARA: D("33.33"),
            VARA: D("33.33"),
        }

    def test_two_ore_in_three_go_to_the_first_two_kommuner_however_they_are_given(self) -> None:
        assert divide(D("0.02"), {VARA: 1, GOTENE: 1, SKARA: 1}) == {GOTENE: D("0.01"), SKARA: D("0.01"), VARA: D(0)}

    def test_half_a_million_per_inhabitant(self) -> None:
        """500 000 kr over 100 200 inhabitants, worked out on paper. In the order of the kommuner the exact shares end
        .38, .38, .55, .84, .52 and .34 öre over whole ones: three öre are left, for Lidköping, Götene and Skara."""
        assert divide(D(500_000), INHABITANTS) == {
            ESSUNGA: D("28443.11"),
            GRASTORP: D("28443.11"),
            GOTENE: D("66367.27"),
            LIDKOPING: D("202095.81"),
            SKARA: D("93812.38"),
            VARA: D("80838.32"),
        }

    def test_given_amounts_that_sum_to_the_cost_are_the_shares(self) -> None:
        amounts = {SKARA: D("70000.55"), VARA: D("29999.45")}
        assert divide(D(100_000), amounts) == amounts

    def test_who_weighs_nothing_pays_nothing(self) -> None:
        assert divide(D("0.01"), {ESSUNGA: 0, SKARA: 1}) == {ESSUNGA: D(0), SKARA: D("0.01")}

    @pytest.mark.parametrize("amount", [D("-1"), D("0.005")])
    def test_what_is_no_amount_is_refused(self, amount: D) -> None:
        with pytest.raises(ValueError, match="cannot be divided"):
            divide(amount, {SKARA: 1})

    def test_a_negative_weight_is_refused(self) -> None:
        with pytest.raises(ValueError, match="cannot be divided"):
            divide(D(1), {SKARA: 2, VARA: -1})

    @pytest.mark.parametrize("nothing", [{}, {SKARA: 0, VARA: D(0)}])
    def test_by_nothing_it_cannot_be_divided(self, nothing: dict[int, D]) -> None:
        with pytest.raises(CannotDivide):
            divide(D(1), nothing)


AMOUNT = st.integers(0, 10**12).map(lambda ore: D(ore) / 100)
WEIGHTS = st.dictionaries(
    st.integers(1, 6), st.one_of(st.integers(1, 200_000), st.integers(1, 10**9).map(lambda n: D(n) / 100)), min_size=1
)
FEW = settings(max_examples=200, deadline=None)


class TestWhatAlwaysHolds:
    @FEW
    @given(AMOUNT, WEIGHTS)
    def test_the_shares_sum_to_the_ore_and_none_is_negative(self, amount: D, by: dict[int, Any]) -> None:
        shares = divide(amount, by)
        assert sum(shares.values()) == amount
        assert min(shares.values()) >= 0
        assert all(share == share.quantize(D("0.01")) for share in shares.values())

    @FEW
    @given(AMOUNT, WEIGHTS, st.randoms())
    def test_the_order_in_which_they_are_given_makes_no_difference(self, amount: D, by: Any, random: Any) -> None:
        pairs = list(by.items())
        random.shuffle(pairs)
        assert divide(amount, dict(pairs)) == divide(amount, by)

    @FEW
    @given(AMOUNT, WEIGHTS)
    def test_the_larger_never_pays_less_than_the_smaller(self, amount: D, by: dict[int, Any]) -> None:
        shares = divide(amount, by)
        assert all(shares[a] >= shares[b] for a in by for b in by if by[a] > by[b])

    @FEW
    @given(AMOUNT, WEIGHTS, st.integers(1, 10_000), st.data())
    def test_one_that_grows_never_pays_less_than_before(self, amount: D, by: Any, more: int, data: Any) -> None:
        one = data.draw(st.sampled_from(sorted(by)))
        assert divide(amount, {**by, one: by[one] + more})[one] >= divide(amount, by)[one]

    @FEW
    @given(AMOUNT, WEIGHTS)
    def test_no_share_is_an_ore_from_what_is_exact(self, amount: D, by: dict[int, Any]) -> None:
        total = sum(by.values())
        assert all(abs(share * total - amount * by[k]) < D("0.01") * total for k, share in divide(amount, by).items())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2025-{text}")


def around(terms: Terms, stays: dict[int, tuple[str, str]]) -> Circumstances:
    """The same terms all the time, and each kommun from a day to another."""
    return Circumstances(
        terms=lambda date: terms,
        taking_part=lambda date: {k for k, (first, end) in stays.items() if day(first) <= date < day(end)},
        inhabitants=lambda date: INHABITANTS,
    )


def settled(terms: Terms, stays: dict[int, tuple[str, str]], *expenses: tuple[str, D]) -> Settlement:
    joined = [(day(first), kommun) for kommun, (first, _end) in stays.items()]
    return settle([Expense(day(on), amount) for on, amount in expenses], joined, around(terms, stays))


ALWAYS = ("01-01", "12-31")
LATE = ("07-01", "12-31")


class TestWeights:
    def test_equal_and_given(self) -> None:
        assert weights(Terms(Rule.EQUAL), {SKARA, VARA}, {}) == {SKARA: 1, VARA: 1}
        assert weights(Terms(Rule.MANUAL, shares={SKARA: D(2)}), {SKARA, VARA}, {}) == {SKARA: 2, VARA: 0}

    def test_a_kommun_without_a_figure_is_named(self) -> None:
        with pytest.raises(CannotDivide) as why:
            weights(Terms(Rule.POPULATION), {VARA, SKARA}, {SKARA: 18800})
        assert why.value.missing == (VARA,)


class TestSettle:
    def test_off_divides_nothing_and_nobody_pays_late(self) -> None:
        found = settled(Terms(Rule.OFF, LateRule.FIXED, late_amount=D(9)), {SKARA: ALWAYS, VARA: LATE}, ("03-01", D(5)))
        assert found.lines == (Divided(Expense(day("03-01"), D(5)), {}),)
        assert (found.carried, found.total) == ({}, 0)

    def test_each_expense_among_those_who_took_part_that_day(self) -> None:
        stays = {SKARA: ALWAYS, VARA: ("01-01", "06-01"), GOTENE: LATE}
        found = settled(
            Terms(Rule.EQUAL), stays, ("05-31", D(100)), ("06-01", D(100)), ("07-01", D(100)), ("12-31", D(7))
        )
        assert [line.shares for line in found.lines] == [
            {SKARA: D(50), VARA: D(50)},
            {SKARA: D(100)},
            {GOTENE: D(50), SKARA: D(50)},
            {},
        ]
        assert found.carried == {GOTENE: D(50), SKARA: D(200), VARA: D(50)}

    def test_nobody_pays_late_where_the_rule_says_nothing(self) -> None:
        found = settled(Terms(Rule.EQUAL), {SKARA: ALWAYS, VARA: LATE}, ("03-01", D(100)))
        assert not [line for line in found.lines if isinstance(line, LatePayment)]

    def test_a_percentage_goes_back_in_proportion_to_what_each_has_carried(self) -> None:
        """100 000 kr 3 to 1 between Skara and Vara; Götene pays 10 %: 10 000 kr, 7 500 to Skara and 2 500 to Vara."""
        terms = Terms(Rule.MANUAL, LateRule.PERCENT, D(10), shares={SKARA: D(3), VARA: D(1)})
        found = settled(terms, {SKARA: ALWAYS, VARA: ALWAYS, GOTENE: LATE}, ("03-01", D(100_000)))
        assert found.lines[1] == LatePayment(day("07-01"), GOTENE, D(10_000), {SKARA: D(7_500), VARA: D(2_500)})
        assert found.carried == {GOTENE: D(10_000), SKARA: D(67_500), VARA: D(22_500)}
        assert found.total == D(100_000)

    def test_the_next_that_is_late_pays_those_who_carry_it_now(self) -> None:
        """Lidköping comes after Götene: 10 % again, 1 000 of it to Götene, which has carried a tenth."""
        terms = Terms(Rule.MANUAL, LateRule.PERCENT, D(10), shares={SKARA: D(3), VARA: D(1)})
        stays = {SKARA: ALWAYS, VARA: ALWAYS, GOTENE: LATE, LIDKOPING: ("08-01", "12-31")}
        found = settled(terms, stays, ("03-01", D(100_000)))
        assert found.lines[2] == LatePayment(
            day("08-01"), LIDKOPING, D(10_000), {GOTENE: D(1_000), SKARA: D(6_750), VARA: D(2_250)}
        )

    def test_a_fixed_amount_is_never_more_than_the_others_have_carried(self) -> None:
        terms = Terms(Rule.EQUAL, LateRule.FIXED, late_amount=D(30_000))
        found = settled(terms, {SKARA: ALWAYS, VARA: LATE}, ("03-01", D("20000.01")))
        assert found.lines[1] == LatePayment(day("07-01"), VARA, D("20000.01"), {SKARA: D("20000.01")})
        assert found.carried == {SKARA: D(0), VARA: D("20000.01")}

    def test_who_joins_before_there_are_costs_is_not_late(self) -> None:
        terms = Terms(Rule.EQUAL, LateRule.FIXED, late_amount=D(30_000))
        found = settled(terms, {SKARA: ALWAYS, VARA: LATE}, ("07-01", D(100)), ("08-01", D(100)))
        assert not [line for line in found.lines if isinstance(line, LatePayment)]

    def test_what_is_dated_the_day_one_joins_is_shared_and_not_paid_for(self) -> None:
        terms = Terms(Rule.EQUAL, LateRule.PERCENT, D(50))
        found = settled(terms, {SKARA: ALWAYS, VARA: LATE}, ("06-30", D(100)), ("07-01", D(100)))
        assert found.lines[1] == LatePayment(day("07-01"), VARA, D(50), {SKARA: D(50)})
        assert found.carried == {SKARA: D(100), VARA: D(100)}

    def test_who_comes_back_pays_for_what_it_was_away_from_and_a_fixed_amount_once(self) -> None:
        joined = [(day("02-01"), VARA), (day("07-01"), VARA)]

        def there(date: dt.date) -> set[int]:
            return {SKARA, VARA} if day("02-01") <= date < day("05-01") or date >= day("07-01") else {SKARA}

        expenses = [Expense(day(on), D(100)) for on in ("01-15", "03-01", "06-01")]

        def late(terms: Terms) -> list[D]:
            found = settle(expenses, joined, Circumstances(lambda date: terms, there, lambda date: {}))
            return [line.amount for line in found.lines if isinstance(line, LatePayment)]

        assert late(Terms(Rule.EQUAL, LateRule.PERCENT, D(10))) == [D(10), D(10)]
        assert late(Terms(Rule.EQUAL, LateRule.FIXED, late_amount=D(40))) == [D(40)]

    def test_a_cost_that_lacks_a_figure_waits_and_names_whose(self) -> None:
        circumstances = Circumstances(
            lambda date: Terms(Rule.POPULATION), lambda date: {SKARA, VARA}, lambda date: {SKARA: 1}
        )
        found = settle([Expense(day("03-01"), D(5), "konsult")], [], circumstances)
        assert found.lines == (Divided(Expense(day("03-01"), D(5), "konsult"), {}, (VARA,)),)

    @FEW
    @given(
        st.dictionaries(st.integers(1, 6), st.integers(0, 360), min_size=1),
        st.lists(st.tuples(st.integers(0, 364), AMOUNT), max_size=6),
        st.sampled_from([LateRule.PERCENT, LateRule.FIXED]),
        st.integers(0, 10_000).map(lambda n: D(n) / 100),
    )
    def test_late_payments_move_money_and_neither_make_it_nor_take_too_much(
        self, joined: dict[int, int], costs: list[tuple[int, D]], late_rule: LateRule, number: D
    ) -> None:
        first = day("01-01")
        begin = {kommun: first + dt.timedelta(days=days) for kommun, days in joined.items()}
        terms = Terms(Rule.POPULATION, late_rule, number, number * 1000)
        circumstances = Circumstances(
            lambda date: terms, lambda date: {k for k, on in begin.items() if on <= date}, lambda date: INHABITANTS
        )
        expenses = [Expense(first + dt.timedelta(days=days), amount) for days, amount in costs]
        found = settle(expenses, [(on, k) for k, on in begin.items()], circumstances)
        divided = [line for line in found.lines if isinstance(line, Divided)]
        assert found.total == sum(line.expense.amount for line in divided if line.shares)
        assert all(amount >= 0 for amount in found.carried.values())
        for line in found.lines:
            if isinstance(line, LatePayment):
                assert sum(line.credits.values()) == line.amount
                assert line.kommun not in line.credits


def test_a_percentage_is_rounded_to_the_ore_and_a_half_upwards() -> None:
    terms = Terms(Rule.EQUAL, LateRule.PERCENT, D("12.5"))
    assert late_payment(terms, D("1.00"), D(100)) == D("0.13")


def test_several_costs_are_divided_one_by_one() -> None:
    found = divide_each([D(100), D(100)], Terms(Rule.EQUAL), {GOTENE, SKARA, VARA}, {})
    assert found == {GOTENE: D("66.68"), SKARA: D("66.66"), VARA: D("66.66")}
