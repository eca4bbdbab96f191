"""The ledger as a table, against a dictionary of its lines."""

from collections import defaultdict

import numpy as np

from model.codes import BRANCHES, LEVELS, REGIONS
from model.ledger import Account, Flow, Ledger
from model.months import format_month
from model.results import ledger_frame

KEYS = ["month", "payer", "payee", "instrument", "clause", "region", "sector", "ownership", "level"]


def test_the_table_holds_the_sums_of_all_lines_sorted_by_name() -> None:
    draw = np.random.default_rng(1)
    ledger = Ledger(20)
    for _ in range(3_000):
        payer, payee = draw.choice(len(Account), 2, replace=False).tolist()
        # a flow is made anew for each payment, as instruments do
        flow = Flow(
            ["wages", "C10"][payer % 2], ["", "C10"][payer % 2], Account(payer), Account(payee)
        )
        keys = (draw.integers(-1, 13), draw.integers(-1, 16), draw.integers(-1, 7))
        ledger.post(1_404 + int(draw.integers(0, 3)), flow, keys, 1, int(draw.integers(0, 9)))
    by_hand: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for month, flow, region, branch, level, cases, fen in ledger.lines:
        place = BRANCHES[branch] if branch >= 0 else None
        key = (
            format_month(month), flow.payer.name.lower(), flow.payee.name.lower(),
            flow.instrument, flow.clause, REGIONS[region] if region >= 0 else "-",
            place.sector if place else "-", place.ownership if place else "-",
            LEVELS[level] if level >= 0 else "-",
        )  # fmt: skip
        by_hand[key][0] += cases
        by_hand[key][1] += fen
    frame = ledger_frame(ledger)
    assert [tuple(row) for row in frame[KEYS].to_numpy().tolist()] == sorted(by_hand)
    sums = frame[["cases", "amount_fen"]].to_numpy().tolist()
    assert sums == [by_hand[key] for key in sorted(by_hand)]


def test_a_ledger_without_lines_is_a_table_without_rows() -> None:
    frame = ledger_frame(Ledger())
    assert list(frame.columns) == [*KEYS, "cases", "amount_fen"]
    assert len(frame) == 0
