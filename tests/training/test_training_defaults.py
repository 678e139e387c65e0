"""The plan follows from the base: the table's rows, what lies between them, and how many updates so many pairs deserve."""

from __future__ import annotations

import pytest

from stylelab.training.defaults import (
    SMALL_PARAMETERS,
    TABLE,
    DefaultsRow,
    choose_defaults,
    interpolate_row,
    is_far_off,
)
from stylelab.training.plan import Plan

GIB = 2**30


@pytest.mark.parametrize("row", TABLE, ids=[str(row.parameters) for row in TABLE])
def test_a_base_of_the_tables_size_gets_the_rows_rate_and_updates(row: DefaultsRow) -> None:
    plan = choose_defaults(row.parameters, row.pairs, 32 * GIB)
    assert (plan.learning_rate, plan.updates) == (row.learning_rate, row.updates)
    assert plan.pairs_per_update == row.pairs_per_update


def test_between_two_rows_rates_fall_and_updates_rise_with_the_parameters() -> None:
    sizes = [row.parameters for row in TABLE]
    between = [sizes[1] * 2**n for n in range(7)]
    rates = [choose_defaults(size, 0, 32 * GIB).learning_rate for size in [*between, sizes[-1]]]
    updates = [choose_defaults(size, 0, 32 * GIB).updates for size in [*between, sizes[-1]]]
    assert rates == sorted(rates, reverse=True) and updates == sorted(updates)
    middle = interpolate_row(round((sizes[1] * sizes[2]) ** 0.5))
    assert middle.learning_rate == pytest.approx((TABLE[1].learning_rate * TABLE[2].learning_rate) ** 0.5, rel=0.05)


def test_what_was_not_tried_is_called_a_guess() -> None:
    assert interpolate_row(TABLE[0].parameters).measured and interpolate_row(round(1.5 * TABLE[1].parameters)).measured
    assert not any(interpolate_row(size).measured for size in (500_000_000, 7_000_000_000, 70_000_000_000))


def test_beyond_the_ends_the_nearest_row_holds() -> None:
    assert choose_defaults(20_000, 0, 0).learning_rate == TABLE[0].learning_rate
    assert choose_defaults(70_000_000_000, 0, 64 * GIB).learning_rate == TABLE[-1].learning_rate


def test_more_pairs_get_more_updates_and_few_pairs_are_not_seen_too_often() -> None:
    row = TABLE[1]
    more, own, few = (choose_defaults(row.parameters, count, GIB) for count in (4 * row.pairs, row.pairs, 40))
    assert more.updates == 2 * own.updates
    assert few.updates < own.updates and few.epochs(40) <= row.epochs
    assert choose_defaults(row.parameters, 1, GIB).updates == 8, "some updates, however few the pairs"
    assert few.warmup < few.updates


@pytest.mark.parametrize("gigabytes", [8, 16, 32, 64, 128])
def test_a_large_base_gets_the_settings_that_fit_the_memory(gigabytes: int) -> None:
    plan = choose_defaults(SMALL_PARAMETERS * 14, 0, gigabytes * GIB)
    assert (plan.rank, plan.max_seq_length) == {8: (32, 1024), 16: (32, 1024), 32: (64, 2048)}.get(
        gigabytes, (64, 4096)
    )
    assert plan.updates == 525 and plan.pairs_per_update == 4 and plan.memory_gb == 0


def test_a_plan_is_far_off_by_its_rate_or_by_what_it_sees() -> None:
    own = choose_defaults(TABLE[1].parameters, 212, GIB)
    assert not is_far_off(own, own)
    assert is_far_off(Plan.model_validate({}), own)
    assert is_far_off(own.model_copy(update={"iters": 4 * own.iters}), own)
    assert not is_far_off(own.model_copy(update={"learning_rate": 2 * own.learning_rate}), own)
