"""Quits, destinations, retirement, and those without a post (4.8)."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from model.codes import Status
from model.draws import keys, uniforms
from model.parameters.leaving import Params
from model.rules.leaving import (
    Delay,
    DelayFacts,
    DestinationFacts,
    IdleFacts,
    LeaveFacts,
    LifeFacts,
    PostponeFacts,
    choose_destination,
    delay_retirement,
    leave,
    made_up,
    pass_month,
    postpone,
    quit_rate,
    turn,
)
from tests.model.rules.given import given, hazard_of

P = given(
    Params, quit_state_lower=0.001, quit_state_middle=0.0008, quit_state_upper=0.0005,
    quit_private_lower=0.02, quit_private_middle=0.014, quit_private_upper=0.01,
    outside_ratio=1.5, outside_weight=2.0, away_constant=-3.0, away_age=-0.5,
    away_schooling=0.3, away_level=0.1, informal_constant=-2.0,
    return_rate=0.003, informal_search=0.06, discouraged=0.015, unemployed_away=0.0016,
    mortality=0.0002, annuity_holds=1.0, pent_up=0.5, pent_up_months=6,
)  # fmt: skip
CALM = {"restlessness": 1.0, "employer_pressure": 1.0, "employer_pressure_supported": 1.0,
        "employer_pressure_others": 1.0, "joined": 100, "employer_cut_since": 200,
        "employer_cut_from": 4}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "level", "rate"),
    [(1, 0, 0.001), (1, 2, 0.001), (1, 3, 0.0008), (1, 4, 0.0005), (1, 6, 0.0005),
     (0, 0, 0.02), (0, 2, 0.02), (0, 3, 0.014), (0, 4, 0.01), (0, 6, 0.01)],
)  # fmt: skip
def test_rates_at_full_pay(state: int, level: int, rate: float) -> None:
    assert quit_rate(state, level, P) == rate


@pytest.mark.parametrize(
    ("case", "facts", "hazard"),
    [
        ("a private worker", {"level": 0}, 0.02),
        # restless by half: .02 x 1.5
        ("a restless one", {"level": 0, "restlessness": 1.5}, 0.03),
        # technicians feel the technicians' cut: .01 x 3
        ("a technician whose pay is cut", {"level": 4, "employer_pressure": 3.0}, 0.03),
        # ... which the subsidy softens: .01 x 1.4
        ("and who draws the subsidy (C12)",
         {"level": 4, "employer_pressure": 3.0, "employer_pressure_supported": 1.4,
          "supported": 1}, 0.014),
        # others feel the others' cut, subsidy or not: .014 x 2
        ("a senior worker beside them",
         {"level": 3, "employer_pressure": 3.0, "employer_pressure_others": 2.0, "supported": 1},
         0.028),
        # the group trigger (C12) cuts senior workers as technicians are: .014 x 3
        ("a senior worker under the group trigger",
         {"level": 3, "employer_pressure": 3.0, "employer_cut_from": 1}, 0.042),
        ("a newcomer is not cut", {"level": 4, "employer_pressure": 3.0, "joined": 200}, 0.01),
        ("nobody is after the spell",
         {"level": 4, "employer_pressure": 3.0, "employer_cut_since": 0}, 0.01),
        ("a state technician at half pay hardly leaves",
         {"level": 5, "employer_state": 1, "employer_pressure": 2.0}, 0.001),
        ("nothing is certain to happen above 1", {"level": 0, "restlessness": 100.0}, 1.0),
    ],
)  # fmt: skip
def test_quits(case: str, facts: dict[str, float], hazard: float) -> None:
    found = hazard_of(leave, LeaveFacts, "u_quit", P, **{**CALM, **facts})
    assert found == pytest.approx(hazard, abs=1e-12), case


def utilities(age: float, schooling: int, level: int) -> list[float]:
    """Search 0, informal -2, away -3 + 2 ln 1.5 - .5 per decade over 30 + .3 s + .1 k."""
    decades = max(0.0, (age - 30) / 10)
    away = -3.0 + 2 * math.log(1.5) - 0.5 * decades + 0.3 * schooling + 0.1 * level
    return [0.0, -2.0, away]


@pytest.mark.parametrize(
    ("age", "schooling", "level"), [(25, 0, 0), (30, 3, 5), (50, 1, 2), (22, 4, 6)]
)
def test_gumbel_max_shares_are_the_softmax(age: int, schooling: int, level: int) -> None:
    number = 60_000
    some = keys(9, np.arange(number))
    draws = [uniforms(some, 9, f"choose_destination.{n}", 5).tolist()
             for n in ("search", "informal", "away")]  # fmt: skip
    facts = {"month": 12 * age, "level": level, "schooling": schooling}
    found = Counter(
        choose_destination(
            given(DestinationFacts, **facts, u_search=a, u_informal=b, u_away=c), P
        ).event
        for a, b, c in zip(*draws, strict=True)
    )
    weights = np.exp(utilities(age, schooling, level))
    for event, share in zip((1, 2, 4), weights / weights.sum(), strict=True):
        error = 4 * math.sqrt(share * (1 - share) / number)
        assert found[event] / number == pytest.approx(share, abs=error)


def test_a_better_outside_moves_people_only_to_the_outside() -> None:
    some = keys(9, np.arange(20_000))
    draws = [uniforms(some, 9, n, 5).tolist() for n in ("a", "b", "c")]
    better = P._replace(outside_ratio=1.8)
    moved = Counter[tuple[bool, int]]()
    for a, b, c in zip(*draws, strict=True):
        f = given(DestinationFacts, month=360, u_search=a, u_informal=b, u_away=c)
        before, after = choose_destination(f, P).event, choose_destination(f, better).event
        moved[before == after, after] += 1
    assert set(moved) <= {(True, 1), (True, 2), (True, 4), (False, 4)}
    assert moved[False, 4] > 100


@pytest.mark.parametrize(
    ("case", "facts", "event"),
    [
        ("a pupil before the month of entry",
         {"status": Status.SCHOOL, "month": 99, "entry_month": 100}, 0),
        ("and in it", {"status": Status.SCHOOL, "month": 100, "entry_month": 100}, 1),
        ("pupils do not die here",
         {"status": Status.SCHOOL, "month": 99, "entry_month": 100, "u_death": 0.0}, 0),
        ("a worker before retirement",
         {"status": Status.EMPLOYED, "month": 99, "retire_month": 100, "u_death": 0.5}, 0),
        ("in the month of retirement",
         {"status": Status.EMPLOYED, "month": 100, "retire_month": 100, "u_death": 0.5}, 3),
        ("the unemployed retire too",
         {"status": Status.UNEMPLOYED, "month": 101, "retire_month": 100, "u_death": 0.5}, 3),
        ("those away do, and stay counted",
         {"status": Status.AWAY, "month": 100, "retire_month": 100, "u_death": 0.5}, 3),
        ("death comes before retirement",
         {"status": Status.EMPLOYED, "month": 100, "retire_month": 100, "u_death": 0.0001}, 6),
        ("the draw at the rate is no death",
         {"status": Status.EMPLOYED, "month": 9, "retire_month": 100, "u_death": 0.0002}, 0),
        ("nobody retires twice", {"status": Status.RETIRED, "month": 101, "retire_month": 100}, 0),
        ("nobody dies twice", {"status": Status.DEAD, "month": 101, "retire_month": 100}, 0),
    ],
)  # fmt: skip
def test_lives(case: str, facts: dict[str, float], event: int) -> None:
    assert pass_month(given(LifeFacts, **facts), P).event == event, case


@pytest.mark.parametrize(
    ("case", "status", "draw", "event"),
    [
        ("out of the province: below .0016 x 1.5 ** 2", Status.UNEMPLOYED, 0.0035999, 4),
        ("informal work: .0036 to .0186", Status.UNEMPLOYED, 0.0036001, 2),
        ("still looking", Status.UNEMPLOYED, 0.0186001, 0),
        ("back from informal work: below .06", Status.INFORMAL, 0.0599, 1),
        ("content with it", Status.INFORMAL, 0.06, 0),
        ("back from away: below .003", Status.AWAY, 0.0029, 1),
        ("stays away", Status.AWAY, 0.003, 0),
        ("the employed are not asked", Status.EMPLOYED, 0.0, 0),
        ("nor the retired", Status.RETIRED, 0.0, 0),
    ],
)
def test_those_without_a_post(case: str, status: int, draw: float, event: int) -> None:
    assert turn(given(IdleFacts, status=status, u_turn=draw), P).event == event, case


def test_stayers_after_many_months_follow_the_power_of_the_hazard() -> None:
    # Expected stayers after T months: n (1 - h)^T. n 20,000, h .02, T 24: 12,314.
    number, months = 20_000, 24
    some = keys(4, np.arange(number))
    here = np.ones(number, np.bool_)
    for month in range(months):
        u = uniforms(some, 4, "leave.quit", month)
        here &= np.array([
            leave(given(LeaveFacts, level=0, u_quit=x, **CALM), P).event == 0 for x in u.tolist()
        ])  # fmt: skip
    share = 0.98**months
    error = 4 * math.sqrt(share * (1 - share) / number)
    assert here.mean() == pytest.approx(share, abs=error)


@pytest.mark.parametrize(
    ("case", "changes", "facts", "hazard"),
    [
        # C12: .01 x .8 for whom the enterprise pays an annuity
        ("an annuity holds", {"annuity_holds": 0.8}, {"level": 5, "covered": 1}, 0.008),
        ("but not those beside", {"annuity_holds": 0.8}, {"level": 5}, 0.01),
        # C13: pressure 3 felt as 1 + 2 x (1 - .25) = 2.5; .02 x 2.5
        ("protected wages of a migrant", {"wage_guarantee": 0.25},
         {"rural": 1, "employer_pressure_others": 3.0}, 0.05),
        ("not of a townsman", {"wage_guarantee": 0.25}, {"employer_pressure_others": 3.0}, 0.06),
        ("nothing to protect without a cut", {"wage_guarantee": 0.25}, {"rural": 1}, 0.02),
        ("all of it", {"wage_guarantee": 1.0},
         {"rural": 1, "employer_pressure_others": 3.0}, 0.02),
    ],
)  # fmt: skip
def test_what_holds_people(
    case: str, changes: dict[str, float], facts: dict[str, float], hazard: float
) -> None:
    found = hazard_of(leave, LeaveFacts, "u_quit", P._replace(**changes), **{**CALM, **facts})
    assert found == pytest.approx(hazard, abs=1e-12), case


LATER = P._replace(delay_take_up=0.3, delay_months=24)
DUE = {"level": 5, "appointed": 5, "u_agree": 0.0, "u_term": 0.0}


@pytest.mark.parametrize(
    ("case", "facts", "answer"),
    [
        ("the shortest delay", {}, (1, 1)),
        ("the longest: 1 + int(.999 x 24)", {"u_term": 0.999}, (1, 24)),
        ("half: 1 + 12", {"u_term": 0.5}, (1, 13)),
        ("a special-grade technician", {"level": 6, "appointed": 6}, (1, 1)),
        ("below .3 agrees", {"u_agree": 0.2999}, (1, 1)),
        ("at .3 does not", {"u_agree": 0.3}, (0, 0)),
        ("a technician", {"level": 4, "appointed": 4}, (0, 0)),
        ("certified, not appointed (C12: in post)", {"appointed": 4}, (0, 0)),
        ("once only", {"stays_on": 1}, (0, 0)),
        ("an enterprise that cuts pay does not need anybody", {"employer_cut_since": 9}, (0, 0)),
        ("nor one that lays off", {"employer_layoffs": 1}, (0, 0)),
    ],
)
def test_later_retirement_is_agreed_by_both(
    case: str, facts: dict[str, float], answer: tuple[int, int]
) -> None:
    assert delay_retirement(given(DelayFacts, **{**DUE, **facts}), LATER) == Delay(*answer), case


def test_no_later_retirement_without_take_up_or_months() -> None:
    f = given(DelayFacts, **DUE)
    assert delay_retirement(f, LATER._replace(delay_take_up=0.0)).event == 0
    assert delay_retirement(f, LATER._replace(delay_months=0)).event == 0


def test_lower_barriers_open_both_ways_and_labour_cooperation_one() -> None:
    # C18: .003 x 1.1 back, .0036 x 1.1 away; C23 adds .001 to the latter
    open_ = P._replace(mobility=0.1)
    away = {"status": Status.AWAY, "u_turn": 0.00329}
    idle = {"status": Status.UNEMPLOYED, "u_turn": 0.00395}
    assert [turn(given(IdleFacts, **away), p).event for p in (P, open_)] == [0, 1]
    assert [turn(given(IdleFacts, **idle), p).event for p in (P, open_)] == [2, 4]
    sent = P._replace(labour_cooperation=0.001)
    assert [turn(given(IdleFacts, **idle), p).event for p in (P, sent)] == [2, 4]


def test_lower_barriers_move_leavers_only_out_of_the_province() -> None:
    some = keys(9, np.arange(20_000))
    draws = [uniforms(some, 9, n, 5).tolist() for n in ("a", "b", "c")]
    moved = Counter[tuple[int, int]]()
    for a, b, c in zip(*draws, strict=True):
        f = given(DestinationFacts, month=360, u_search=a, u_informal=b, u_away=c)
        before = choose_destination(f, P).event
        moved[before, choose_destination(f, P._replace(mobility=0.5)).event] += 1
    assert {after for before, after in moved if before != after} == {4}
    assert moved[1, 4] > 100


def test_better_pay_outside_draws_the_unemployed_with_its_elasticity() -> None:
    # Twice the ratio at an elasticity of 2: four times the rate, whatever the rate.
    def rate(ratio: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            f = given(IdleFacts, status=Status.UNEMPLOYED, u_turn=middle)
            gone = turn(f, P._replace(outside_ratio=ratio, discouraged=0.0)).event == 4
            low, high = (middle, high) if gone else (low, middle)
        return high

    assert rate(1.0) == pytest.approx(0.0016)
    assert rate(2.0) / rate(1.0) == pytest.approx(4.0)


# A state technician at pressure 3, which support softens to 1.4: it takes away .0005 x 1.6 = .0008.
HELD = {"level": 4, "employer_state": 1, "employer_pressure": 3.0,
        "employer_pressure_supported": 1.4}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "facts", "pent_up"),
    [
        ("the first month", {}, 0.0008),
        ("twice as restless, twice as much", {"restlessness": 2.0}, 0.0016),
        ("a month after the other adds up", {"pent_up": 0.0024, "supported_last": 299}, 0.0032),
        # two of six months without support have made up a third: .0024 x 2 / 3 + .0008
        ("after a gap the rest", {"pent_up": 0.0024, "supported_last": 297}, 0.0024),
        ("after six months nothing", {"pent_up": 0.0024, "supported_last": 293}, 0.0008),
        ("whose pay was not cut puts nothing off", {"joined": 200}, 0.0),
        ("support that gives nothing back neither", {"employer_pressure_supported": 3.0}, 0.0),
        ("below the level of technicians' cut neither", {"level": 3}, 0.0),
        ("an annuity holds anyway: half of it", {"covered": 1}, 0.0004),
    ],
)
def test_support_puts_leaving_off(case: str, facts: dict[str, float], pent_up: float) -> None:
    f = given(PostponeFacts, **{**CALM, **HELD, "month": 300, **facts})
    found = postpone(f, P._replace(annuity_holds=0.5))
    assert found.event == 1
    assert found.pent_up == pytest.approx(pent_up, abs=1e-15), case


@pytest.mark.parametrize(
    ("case", "facts", "hazard"),
    [
        # half of .0024 over six months: .0002 a month more than .0005
        ("the first month without", {}, 0.0007),
        ("the sixth", {"month": 306}, 0.0007),
        ("the seventh", {"month": 307}, 0.0005),
        ("not while supported", {"supported": 1}, 0.0005),
        ("not without support before", {"supported_last": 0, "pent_up": 0.0}, 0.0005),
        # pay is still cut: .0005 x 3 and the same on top
        ("the pot is empty and pay still cut",
         {"employer_pressure": 3.0, "employer_cut_since": 200, "joined": 100}, 0.0017),
    ],
)  # fmt: skip
def test_leaving_that_was_put_off_is_made_up(
    case: str, facts: dict[str, float], hazard: float
) -> None:
    stopped = {"level": 4, "employer_state": 1, "month": 301, "supported_last": 300,
               "pent_up": 0.0024, "employer_cut_since": 0, **facts}  # fmt: skip
    found = hazard_of(leave, LeaveFacts, "u_quit", P, **{**CALM, **stopped})
    assert found == pytest.approx(hazard, abs=1e-12), case


@drawn(
    st.lists(st.booleans(), min_size=1, max_size=40),
    st.floats(0, 1),
    st.integers(1, 36),
    st.floats(1, 4),
    st.floats(1, 4),
)
def test_never_more_is_made_up_than_was_put_off(
    drawing: list[bool], share: float, months: int, one: float, other: float
) -> None:
    """Month by month through any pattern of support; in full once it has ended for long enough."""
    p = P._replace(pent_up=share, pent_up_months=months)
    hard, soft = max(one, other), min(one, other)
    facts = {**CALM, **HELD, "employer_pressure": hard, "employer_pressure_supported": soft}
    put_off = back = pent_up = 0.0
    last = 0
    for month in range(300, 300 + len(drawing) + months + 1):
        if month - 300 < len(drawing) and drawing[month - 300]:
            f = given(PostponeFacts, **facts, month=month, supported_last=last, pent_up=pent_up)
            pent_up, last = postpone(f, p).pent_up, month
            put_off += 0.0005 * (hard - soft)
        elif last > 0:
            back += made_up(pent_up, month - last, p)
        assert pent_up >= 0.0
        assert back <= share * put_off * (1 + 1e-9) + 1e-15
    assert back == pytest.approx(share * put_off, abs=1e-12)
