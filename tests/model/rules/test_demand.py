"""Demand, distress and the loss of formal jobs (4.4)."""

import numpy as np
import pytest

from model.codes import OWNERSHIPS, REGIONS, SECTORS
from model.draws import keys, uniforms
from model.parameters.demand import Params
from model.rules.demand import (
    DemandFacts,
    RestructuringFacts,
    job_loss_rate,
    next_demand,
    onset_rate,
    restructure,
)
from tests.model.rules.given import given

CALM = {"u_shock": 0.5, "u_onset": 1.0}  # a shock of zero, no onset
P = given(
    Params, enterprise_persistence=0.9, enterprise_spread=0.1, decay=0.5, elasticity=0.6,
    onset_coal=0.02, onset_oil_gas=0.01, onset_machinery=0.005, onset_other=0.002,
    onset_low=0.3, onset_high=0.9, downturn_onset=5.0, downturn_shift=0.5,
    restructuring_central_state=0.001, restructuring_local_state=0.003, restructuring_other=0.01,
    **{f"formal_loss_{region}": 0.0001 * (1 + i) for i, region in enumerate(REGIONS)},
    lost_to_informal=0.4, lost_to_retirement=0.15, lost_to_away=0.1,
)  # fmt: skip
DOWNTURN = P._replace(path=1)
OIL, COAL, MACHINES, OTHER = (
    SECTORS.index(n) for n in ("oil_gas", "coal", "machinery", "manufacturing")
)


@pytest.mark.parametrize(
    ("case", "facts", "p", "expected"),
    [
        # .9 x .2 + .1 x 0 = .18
        ("demand fades towards that of the base year", {"demand": 0.2}, P, {"demand": 0.18}),
        # Phi(1) = .841345: one spread of .1 more: .18 + .1 = .28
        ("a good month adds one spread", {"demand": 0.2, "u_shock": 0.8413447460685429}, P,
         {"demand": 0.28}),
        # 100 posts x exp(.6 x 0) = 100
        ("wanted staff of the base year", {"baseline_staff": 100, "jobs_left": 1.0}, P,
         {"wanted": 100}),
        # 100 x exp(.6 x (0 + .5)) = 100 x 1.34986 = 134.99, rounded 135
        ("a sector in boom wants more",
         {"baseline_staff": 100, "jobs_left": 1.0, "sector_demand": 0.5}, P, {"wanted": 135}),
        # the downturn takes .5 of log demand: 100 x exp(.6 x -.5) = 74.08
        ("coal in the downturn", {"sector": COAL, "baseline_staff": 100, "jobs_left": 1.0},
         DOWNTURN, {"wanted": 74}),
        ("a downturn of coal and oil does not reach machinery",
         {"sector": MACHINES, "baseline_staff": 100, "jobs_left": 1.0}, DOWNTURN, {"wanted": 100}),
        # 10 x .95 = 9.5, and half a post rounds up
        ("posts lost before stay lost", {"baseline_staff": 10, "jobs_left": 0.95}, P,
         {"wanted": 10, "jobs_left": 0.95}),
        # jobs_left 1 x (1 - .003)
        ("an enterprise loses .3 % of its posts a month",
         {"job_loss": 0.003, "jobs_left": 1.0}, P, {"jobs_left": 0.997}),
        # 1,000 posts x .99 = 990 for 1,000 persons: 1 % of them must go
        ("who holds a post that is gone is shed",
         {"baseline_staff": 1000, "staff": 1000, "jobs_left": 1.0, "job_loss": 0.01}, P,
         {"wanted": 990, "shed_rate": 0.01}),
        # 990 posts, 985 persons: leaving has made room enough
        ("nobody is shed where enough have left",
         {"baseline_staff": 1000, "staff": 985, "jobs_left": 1.0, "job_loss": 0.01}, P,
         {"shed_rate": 0.0}),
        # demand wants 990 x exp(.6 x .1) = 1051.2 persons: more than the posts of the base year
        ("nor where demand needs them",
         {"baseline_staff": 1000, "staff": 1040, "jobs_left": 1.0, "job_loss": 0.01,
          "sector_demand": 0.1}, P, {"wanted": 1051, "shed_rate": 0.0}),
        # demand wants 932, the path leaves 990: the slack of bad months is not restructuring
        ("a bad month sheds no more than the path",
         {"baseline_staff": 1000, "staff": 1000, "jobs_left": 1.0, "job_loss": 0.01,
          "sector_demand": -0.1}, P, {"wanted": 932, "shed_rate": 0.01}),
        # .1 of demand had 1,058 wanted and 1,040 there; back at nothing there are 990 posts: no
        # more than the path of the month goes, the others are a surplus like any other
        ("whom demand had taken on are not shed with the path",
         {"baseline_staff": 1000, "staff": 1040, "jobs_left": 1.0, "job_loss": 0.01}, P,
         {"wanted": 990, "shed_rate": 0.01}),
        # three posts: 2.988 are left, so one in 250 of a head goes from the first month
        ("a small enterprise follows the path as well",
         {"baseline_staff": 3, "staff": 3, "jobs_left": 1.0, "job_loss": 0.004}, P,
         {"wanted": 3, "shed_rate": 0.004}),
        ("no path, nobody shed",
         {"baseline_staff": 100, "staff": 200, "jobs_left": 1.0}, P, {"shed_rate": 0.0}),
        ("distress halves", {"distress": 0.8}, P, {"distress": 0.4}),
        # .3 + (.9 - .3) x .5 = .6
        ("distress begins in the middle of its range", {"u_onset": 0.0, "u_size": 0.5}, P,
         {"distress": 0.6}),
        # .95 x .5 = .475 stays, because the new blow (.3) is smaller
        ("a smaller blow does not soften a larger one",
         {"distress": 0.95, "u_onset": 0.0, "u_size": 0.0}, P, {"distress": 0.475}),
        ("an onset's draw at the rate is none", {"u_onset": 0.002, "u_size": 0.5}, P,
         {"distress": 0.0}),
    ],
)  # fmt: skip
def test_demand(case: str, facts: dict[str, float], p: Params, expected: dict[str, float]) -> None:
    stated = {"sector": OTHER, **CALM, **facts}
    found = next_demand(given(DemandFacts, **stated), p)
    assert found.event == 1
    for name, value in expected.items():
        assert getattr(found, name) == pytest.approx(value, abs=1e-12), case


@pytest.mark.parametrize(
    ("sector", "p", "rate"),
    [
        (COAL, P, 0.02),
        (OIL, P, 0.01),
        (MACHINES, P, 0.005),
        (OTHER, P, 0.002),
        (COAL, DOWNTURN, 0.1),
        (OIL, DOWNTURN, 0.05),
        (MACHINES, DOWNTURN, 0.005),
    ],
)
def test_distress_begins_at_the_rate_of_the_sector(sector: int, p: Params, rate: float) -> None:
    assert onset_rate(sector, p) == pytest.approx(rate, abs=1e-15)


def test_own_demand_has_the_spread_of_an_ar_1_in_the_long_run() -> None:
    # Stationary variance of rho .9 and sd .1: .01 / (1 - .81) = .05263. Its standard error over
    # T months is var x sqrt(2 (1 + rho^2) / (T (1 - rho^2))): 3.1 % for 20,000.
    demand, squares, months = 0.0, 0.0, 20_000
    shocks = uniforms(keys(3, np.arange(months)), 3, "next_demand.shock").tolist()
    for u in shocks:
        f = given(DemandFacts, demand=demand, u_shock=u, u_onset=1.0, sector=OTHER)
        demand = next_demand(f, P).demand
        squares += demand * demand
    assert squares / months == pytest.approx(0.01 / 0.19, rel=4 * 0.031)


@pytest.mark.parametrize(
    ("ownership", "beyond"),
    [
        ("central_state", 0.001),
        ("local_state", 0.003),
        ("mixed", 0.01),
        ("foreign", 0.01),
        ("private", None),  # outside the formal units that the path counts
        ("dispatch", None),
    ],
)
def test_posts_follow_the_path_of_the_prefecture_and_of_the_owner(
    ownership: str, beyond: float | None
) -> None:
    for region in range(len(REGIONS)):
        expected = 0.0 if beyond is None else 0.0001 * (1 + region) + beyond
        found = job_loss_rate(region, OWNERSHIPS.index(ownership), P)
        assert found == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize(
    ("case", "shed", "lose", "where", "event"),
    [
        ("the job stays: the draw is at the rate", 0.001, 0.001, 0.0, 0),
        ("to informal work: below .40", 0.001, 0.0009, 0.39, 2),
        ("early retirement: .40 to .55", 0.003, 0.0029, 0.40, 3),
        ("out of the province: .55 to .65", 0.01, 0.0099, 0.55, 4),
        ("seeks a post: above .65", 0.01, 0.0099, 0.65, 1),
        ("nobody is shed", 0.0, 0.0, 0.0, 0),
    ],
)
def test_restructuring(case: str, shed: float, lose: float, where: float, event: int) -> None:
    f = given(RestructuringFacts, employer_shed_rate=shed, u_lose=lose, u_where=where)
    assert restructure(f, P).event == event, case
