"""C25: the pool is shared to the fen, once a year, by last year's results."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.codes import REGIONS
from model.instruments.channels import InstitutionYearFacts
from model.instruments.performance_grants import (
    INSTRUMENT,
    Measure,
    Payer,
    amount,
    eligibility,
)
from model.ledger import Account
from model.month import grants
from model.months import month, parse_month
from model.parameters.reader import all_topics
from tests.lived import STORM, Job, begin, changed, lived
from tests.oracle import performance_grants as oracle

NAME = "performance_grants"
TOPIC = all_topics()[NAME]


def test_paid_in_june_from_2018_on() -> None:
    assert [TOPIC.at(month(2017, m)).in_force for m in (11, 12)] == [0, 1]
    assert TOPIC.at(month(2018, 6)).claim_month == 6


def test_a_setting_decides_which_account_pays() -> None:
    p = TOPIC.at(month(2018, 6))
    assert INSTRUMENT.accounts(p)[0] == Account.EMPLOYMENT_SUBSIDY_FUND
    assert INSTRUMENT.accounts(p._replace(payer=Payer.TREASURY))[0] == Account.PROVINCIAL_TREASURY


@given(
    when=st.integers(month(2017, 5), month(2019, 7)) | st.sampled_from((month(2018, 6),)),
    trained=st.integers(0, 10**6),
    certificates=st.integers(0, 10**6),
    others=st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    measure=st.sampled_from(Measure),
    months=st.integers(0, 12),
)
def test_rule_and_second_reading_agree(
    when: int,
    trained: int,
    certificates: int,
    others: tuple[int, int],
    measure: Measure,
    months: int,
) -> None:
    every = (trained + others[0], certificates + others[1])
    facts = InstitutionYearFacts(when, trained, certificates, *every, months)
    p = TOPIC.at(when)._replace(measure=measure)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    own, total = ((certificates, every[1]), (trained, every[0]))[measure]
    assert ours == oracle.grant(when, own, total, months)


@given(
    results=st.lists(st.integers(1, 10**5), min_size=1, max_size=40),
    pool=st.integers(0, 10**10),
)
def test_fen_left_over_go_to_the_largest_fractions(results: list[int], pool: int) -> None:
    every = sum(results)
    whole = np.array([pool * own // every for own in results], np.int64)
    cut_off = [pool * own % every for own in results]
    more = grants.odd_fen(whole, pool, cut_off, np.arange(len(results)))
    assert int(whole.sum() + more.sum()) == pool
    assert not more.any() or min(c for c, m in zip(cut_off, more, strict=True) if m) >= max(
        (c for c, m in zip(cut_off, more, strict=True) if not m), default=0
    )


class Watch:
    """What every institution had in its books when the pool was shared, and what it was paid."""

    def __init__(self, given: Any) -> None:
        self.results: dict[int, dict[int, int]] = {}
        self.paid: dict[int, dict[int, int]] = {}
        self.gained = 0
        province = begin(Job(given, seed=1, n=1000, until="2019-06"))
        share, pay = grants.share_pool, grants.pay_fixed

        def shared(p: Any, name: str) -> None:
            j = p.institutions
            last = j["certificates_last_year"][:-1] * p.weight
            ids, regions = j["id"][:-1].tolist(), j["region"][:-1].tolist()
            self.results[p.month] = dict(zip(ids, last.tolist(), strict=True))
            self.regions = dict(zip(ids, regions, strict=True))
            self.paid[p.month] = {}
            self._ids = [one for one in ids if self.results[p.month][one] > 0]
            share(p, name)

        def noted(p: Any, name: str, fen: int, where: tuple[int, int, int]) -> bool:
            who = self._ids[len(self.paid[p.month])]
            assert where[0] == self.regions[who]
            self.paid[p.month][who] = fen
            return pay(p, name, fen, where)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(grants, "share_pool", shared)
            patch.setattr(grants, "pay_fixed", noted)
            province.run(parse_month("2019-06"))
        self.province = province


@pytest.fixture(scope="module")
def run() -> Watch:
    return Watch(STORM)


def test_a_run_shares_the_whole_pool_each_june_as_the_second_reading_does(run: Watch) -> None:
    assert sorted(run.paid) == [month(2018, 6), month(2019, 6)]
    for when, paid in run.paid.items():
        months = 1 if when == month(2018, 6) else 12  # of 2017 only December counts
        assert len(paid) > (1 if months == 1 else 20)
        assert paid == oracle.shared(run.results[when], months)
        assert sum(paid.values()) == 10_000_000_00 * months // 12


def test_the_ledger_says_the_same_at_weight_one(run: Watch) -> None:
    lines = [line for line in run.province.ledger.lines if line[1].instrument == NAME]
    assert sum(line[-1] for line in lines) == 10_000_000_00 + 10_000_000_00 // 12
    assert {line[2] for line in lines} <= set(range(len(REGIONS)))
    assert len(lines) == sum(len(paid) for paid in run.paid.values())


def test_results_are_the_certificates_gained_at_schools_since_the_text_came(run: Watch) -> None:
    # Those of December 2017 alone: eleven months of that year lie before the text.
    assert sum(run.results[month(2018, 6)].values()) == gained_at_schools(
        run.province, month(2017, 12), month(2017, 12)
    )


def test_by_a_setting_the_whole_year_before_counts() -> None:
    whole = Watch({**STORM, "settings": {f"{NAME}.work_counted": "whole_year"}})
    year = (month(2017, 1), month(2017, 12))
    assert sum(whole.results[month(2018, 6)].values()) == gained_at_schools(whole.province, *year)
    assert sum(whole.paid[month(2018, 6)].values()) == 10_000_000_00


def gained_at_schools(province: Any, first: int, last: int) -> int:
    # Certificates in the ledger of flows, less those of contests and of public courses, and
    # of apprentices (none before 2018-11): all others were gained at a school.
    gained = sum(
        int(cells.sum())
        for (name, when), cells in province.counts.cells.items()
        if name == "certificates" and first <= when <= last
    )
    elsewhere = ("contest_certificates", "public_certificates")
    gained -= sum(
        int(cells.sum())
        for (name, when), cells in province.counts.cells.items()
        if name in elsewhere and first <= when <= last
    )
    return gained * int(province.weight)


def test_a_pool_of_nothing_pays_nothing_and_changes_nobody() -> None:
    from tests.lived import differing_workers

    empty = changed(STORM, "performance_grants.pool", 0, "2016-01")
    one, other = (lived(Job(s, seed=1, n=2000, until="2018-09")) for s in (STORM, empty))
    assert differing_workers(one, other) == 0
    assert not [line for line in other.ledger.lines if line[1].instrument == NAME and line[-1]]
