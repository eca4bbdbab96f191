"""Every instrument alone, and all but one: the province lives on, and nothing else is paid."""

from collections.abc import Mapping
from typing import Any

import pytest

from model.instruments.registry import instruments
from tests.lived import STORM, Job, lived

NAMES = tuple(instruments())
UNTIL = "2019-12"


def storm(extends: str, turned: Mapping[str, str]) -> dict[str, Any]:
    return {"title": "storm", "extends": extends, "world": STORM["world"],
            "change": STORM["change"], "instruments": dict(turned)}  # fmt: skip


def paid_by(given: Mapping[str, Any]) -> set[str]:
    """Instruments whose lines the ledger holds; accounts and people close every month."""
    province = lived(Job(given, seed=3, n=2000, until=UNTIL))
    return {line[1].instrument for line in province.ledger.lines} & set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_alone_pays_nothing_of_another(name: str) -> None:
    assert paid_by(storm("bare", {name: "on"})) <= {name}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_all_but_one_live_on_without_it(name: str) -> None:
    found = paid_by(storm("policy_2017", {name: "off"}))
    assert name not in found
    assert len(found) >= len(NAMES) // 3
