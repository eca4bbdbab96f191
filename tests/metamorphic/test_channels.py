"""Behavioural channels of the opinion: neutral without it, and felt by somebody across its range.

A channel is a parameter through which a clause moves people without paying them. Add a row for a
new one: its address, its neutral value (what ``no_policy`` states), the two ends that are tried,
for how many months from January 2018, what stands beside it and may do nothing while it is neutral,
and who must feel it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from model.months import parse_month
from model.parameters.reader import all_topics, value_at
from tests.lived import KINDS, Job, begin, changed, scenario

FROM = "2018-01"
LAST = parse_month("2025-12")


Stated = float | str  # a number in the file's unit, or an option


class Channel(NamedTuple):
    """One behavioural channel, and what has to be tried to see it at work."""

    address: str
    neutral: Stated
    low: Stated
    high: Stated
    months: int
    idle: Mapping[str, Any] = {}  # other parameters, and values that change nobody meanwhile
    felt_by: str = "workers"  # or "enterprises", "institutions"
    by_default: bool = True  # whether the opinion moves it by default


CHANNELS = (
    Channel("training.esteem", 0, 0, 0.3, 3),
    Channel("training.evaluation_supply", 1, 1, 1.5, 3),
    Channel("training.evaluation_reach", 0, 0, 0.5, 3),
    Channel("training.evaluation_fee", 0, 0, 1000, 3, felt_by="enterprises"),  # whom they send
    Channel(
        "training.title_value", 0, 0, 6, 6,
        {"training.title_share": 1, "training.title_junior": "junior"},
    ),
    Channel("claiming.aware_database", 0, 0, 0.01, 12),
    Channel("claiming.aware_services", 0, 0, 0.01, 12),
    Channel("claiming.publicity", 0, 0, 0.02, 12),
    Channel(
        "pay.allowance_take_up", 0, 0, 1, 3,
        {"pay.allowance_junior": 0.3, "pay.allowance_senior": 0.3, "pay.allowance_technician": 0.3},
    ),
    Channel("pay.chief_share", 0, 0, 0.02, 3, {"pay.step_chief": 0.3}),
    Channel("pay.bargaining_tilt", 0, 0, 0.03, 3, {"pay.tilt_from": "none"}),
)  # fmt: skip
NAMES = [one.address for one in CHANNELS]
# Many climb and ask, so that few people suffice to see somebody moved; what is known spreads as
# it does, since nobody hears earlier of what everybody knows.
LIVELY: Mapping[str, Any] = {
    "title": "lively",
    "extends": "policy_2017",
    "change": [
        {"parameter": address, "from": "2016-01", "value": value, "because": "to test"}
        for address, value in (
            ("training.attention", 0.12),
            ("claiming.claim", 0.4),
            ("plans.nomination_attention", 0.05),
        )
    ],
}


def without_channels() -> Mapping[str, Any]:
    given: Mapping[str, Any] = LIVELY
    for one in CHANNELS:
        given = changed(given, one.address, one.neutral, "2017-01")
    return given


@cache
def trunk() -> Any:
    """A province without any channel, lived up to the month in which they are moved."""
    province = begin(Job(without_channels(), seed=2, n=500))
    province.run(parse_month(FROM) - 1)
    return province


@cache
def lived_with(values: tuple[tuple[str, Stated], ...], months: int) -> Any:
    """The province after so many months with some parameters changed."""
    given = without_channels()
    for address, value in values:
        given = changed(given, address, value, FROM)
    province = trunk().fork(scenario(given).policy())
    province.run(province.month + months - 1)
    return province


def differing(one: Any, other: Any, kind: str) -> int:
    """How many agents of a kind differ in any column."""
    mine, theirs = getattr(one, kind), getattr(other, kind)
    apart = np.zeros(len(mine["id"]), np.bool_)
    for name, values in mine.items():
        apart |= values != theirs[name]
    return int(apart.sum())


@pytest.mark.parametrize("channel", CHANNELS, ids=NAMES)
def test_a_channel_moved_across_its_range_changes_somebody(channel: Channel) -> None:
    topic, _, name = channel.address.partition(".")
    parameter = all_topics()[topic].parameters[name]
    if not parameter.options:
        assert float(parameter.low) <= channel.low < channel.high <= float(parameter.high)
    low, high = (
        lived_with(((channel.address, value),), channel.months)
        for value in (channel.low, channel.high)
    )
    assert differing(low, high, channel.felt_by) > 0


@pytest.mark.parametrize("channel", [one for one in CHANNELS if one.idle], ids=lambda c: c.address)
def test_a_neutral_channel_changes_nobody_whatever_stands_beside_it(channel: Channel) -> None:
    idle = tuple(channel.idle.items())
    with_them, without = (lived_with(values, channel.months) for values in (idle, ()))
    assert {kind: differing(with_them, without, kind) for kind in KINDS} == dict.fromkeys(KINDS, 0)
    # The control: what does nothing beside a neutral channel does something beside another.
    high = (channel.address, channel.high)
    moved, other = (lived_with((high, *values), channel.months) for values in (idle, ()))
    assert differing(moved, other, channel.felt_by) > 0


@pytest.mark.parametrize("channel", CHANNELS, ids=NAMES)
def test_a_channel_is_neutral_before_the_opinion_and_without_it(channel: Channel) -> None:
    with_opinion, without = (
        scenario(name).policy().steps[channel.address] for name in ("policy_2017", "no_policy")
    )
    start = parse_month("2017-12")
    assert set(values_of(with_opinion, start - 60, start)) == {channel.neutral}
    assert set(values_of(without, start - 60, LAST)) == {channel.neutral}
    moved = set(values_of(with_opinion, start, LAST)) != {channel.neutral}
    assert moved == channel.by_default


def values_of(steps: Any, first: int, last: int) -> list[Stated]:
    found = (value_at(steps, month) for month in range(first, last))
    return [raw if isinstance(raw, str) else float(raw) for raw in found]


def test_no_channel_is_felt_before_the_opinion() -> None:
    begun = [begin(Job(given, seed=2, n=1000)) for given in (LIVELY, without_channels())]
    for until, alike in (("2017-11", True), ("2018-06", False)):
        for province in begun:
            province.run(parse_month(until))
        apart = [differing(begun[0], begun[1], kind) for kind in KINDS]
        assert (apart == [0, 0, 0]) == alike, until
