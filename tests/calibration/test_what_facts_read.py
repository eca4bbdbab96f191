"""What facts read off their arms, on series worked by hand; rules put in place of others."""

import math
from types import SimpleNamespace as Made
from typing import Any

import numpy as np
import pytest

from calibration import stylised_crisis as crisis
from calibration import stylised_market as market
from calibration import stylised_measures as measures
from calibration import stylised_plans as plans
from calibration.noting_enterprises import Refunded, kept_by_shortage
from calibration.noting_people import BY, away_chance, finding_in_course
from model.codes import SIZE_CLASSES, Status
from model.instruments.registry import instruments
from model.measures import CELLS, Counts
from model.months import month
from model.numbers import gumbel
from model.parameters.reader import all_topics
from model.rules.demand import DemandFacts, next_demand
from model.rules.leaving import DestinationFacts, IdleFacts, choose_destination, turn
from model.rules.plans import StaffFacts
from model.rules.training import AppointFacts, ExamFacts

AT = month(2018, 6)


def law(topic: str) -> Any:
    return all_topics()[topic].at(AT)


def test_pay_is_compared_person_by_person_and_per_level() -> None:
    # Three people, all with one employer throughout: the first rose by one level and earns e**0.06
    # times as much as without; the second rose by two and earns e**0.12; the third's certificate
    # is too young. Per level: 0.18 / 3 = 0.06, half of the productivity step of 0.12.
    base = dict.fromkeys(("enterprise", "joined"), np.array([1, 1, 1]))
    base["status"] = np.full(3, Status.EMPLOYED)
    without = {**base, "level": np.array([1, 1, 1]), "pay": np.array([1000.0, 1000.0, 1000.0])}
    pay = 1000.0 * np.exp([0.06, 0.12, 9.0])
    old = np.array([AT - 30, AT - 30, AT - 3])
    workers = {**base, "level": np.array([2, 3, 2]), "pay": pay, "certificate_month": old}
    after: Any = Made(
        province=Made(workers=workers, month=AT), watch=Made(level=np.array([1, 1, 1]))
    )
    before: Any = Made(province=Made(workers=without))

    rise, step, part = plans._wage_step(after, before)

    assert rise == pytest.approx(0.06)
    assert part == pytest.approx(0.06 / step)
    workers["joined"] = np.array([1, 2, 1])  # the second has changed enterprise and come back
    assert plans._wage_step(after, before)[0] == pytest.approx(0.06)
    workers["joined"] = np.array([2, 2, 1])
    assert math.isnan(plans._wage_step(after, before)[0])


def test_trainers_are_enterprises_whose_rent_exceeds_the_cost() -> None:
    bar = 0.5 * law("plans").nomination_attention
    e = {
        "exists": np.array([1, 1, 1, 1, 0]),
        "staff": np.array([10, 30, 60, 50, 0]),
        "cut_ppm": np.array([0, 0, 0, 400_000, 0]),  # the fourth cuts pay and is left out
        "nomination_rate": np.array([bar, 0.9 * bar, 2 * bar, 0.0, 0.0]),
        "size_class": np.array([0, 1, 2, 2, 0]),
    }
    sent, took = np.array([5, 0, 3, 0, 0]), np.array([0, 2, 1, 0, 0])
    watch = Made(sent=sent, took=took, recent=lambda of, _: of)
    seen: Any = Made(province=Made(enterprises=e, law={"plans": law("plans")}), watch=watch)

    # Two of three train, with 70 of 100 staff; of the two above micro size one sent, one poached.
    assert plans._trainers(seen) == pytest.approx([2 / 3, 0.7, 0.5, 0.5])


def test_density_is_read_among_enterprises_of_one_branch_and_size() -> None:
    # Branch 3: one enterprise alone in prefecture 0, two in prefecture 1. The chance to be sent
    # falls from 0.004 to 0.003: one doubling, -0.001, over the mean of 0.0035 (staff 20, 10, 10).
    e = {
        "exists": np.array([1, 1, 1, 0]),
        "region": np.array([0, 1, 1, 0]),
        "branch": np.array([3, 3, 3, 0]),
        "size_class": np.array([1, 1, 1, 0]),
        "set_aside_complies": np.array([1, 1, 1, 0]),
    }
    staff = np.array([20.0, 10.0, 10.0, 0.0])
    watch = Made(staff=staff, planned=staff * np.array([0.004, 0.003, 0.003, 0.0]))
    seen: Any = Made(province=Made(enterprises=e), watch=watch)

    assert plans._density(seen) == pytest.approx(-0.001 / 0.0035)


def test_the_effect_of_help_fades_by_what_is_left_a_year_later() -> None:
    last = month(2018, 12)
    # Two technicians; the second leaves one of the worlds. The first has survived with e**-0.1
    # against e**-0.2 when help ends, and with e**-0.3 against e**-0.4 a year later.
    nan = math.nan

    def seen(**dangers: list[float]) -> Any:
        by_month = {last if k == "then" else last + 12: np.array(v) for k, v in dangers.items()}
        return Made(watch=Made(dangers=by_month), province=Made(weight=10))

    helped = seen(then=[0.1, 0.1], later=[0.3, 0.3])
    without = seen(then=[0.2, 0.2], later=[0.4, nan])
    then = 10 * (math.exp(-0.1) - math.exp(-0.2))

    # What is left shrinks by e**-0.2, the hazard that both have in that year.
    assert crisis._fading(helped, without) == pytest.approx(
        [1 - math.exp(-0.2), then, then * math.exp(-0.2)]
    )
    assert math.isnan(crisis._fading(without, without)[0])
    assert math.isnan(crisis._fading(seen(then=[0.1, 0.1]), without)[0])  # not lived long enough


def test_reallocation_is_read_beside_the_helped() -> None:
    # Enterprises 0 and 1 share a cell, 2 stands in another; 0 is helped. With help 0 keeps 24
    # technician-months more, 1 hires two technicians less and keeps 15 months less, 2, of another
    # branch of the prefecture, hires one more.
    e = {"region": np.array([4, 4, 4]), "branch": np.array([1, 1, 2])}

    def seen(drew: list[bool], months: list[float], hired: list[float]) -> Any:
        watch = Made(drew=np.array(drew), months=np.array(months), hired=np.array(hired))
        return Made(province=Made(enterprises=e), watch=watch)

    helped = seen([True, False, False], [124.0, 85.0, 50.0], [1.0, 3.0, 4.0])
    without = seen([False] * 3, [100.0, 100.0, 50.0], [0.0, 5.0, 3.0])

    assert crisis._reallocation(helped, without) == pytest.approx([-1.0, 24.0, -15.0, -2.0])


def test_money_is_compared_by_how_short_cash_is_while_it_lasts() -> None:
    # Two months of help, paid in month 10; pay is whole below a shortfall of .25. Enterprise 0 has
    # none, 1 comes to .3, 2 to .6 and 3, not paid, to .9.
    def book(staff: dict[int, list[float]], paid: dict[int, list[float]]) -> Refunded:
        found = Refunded()
        found.staff = {m: np.array(v) for m, v in staff.items()}
        short = {10: [0.9, 0, 0, 0], 11: [0, 0.3, 0.2, 0.9], 12: [0.2, 0.1, 0.6, 0.9]}
        found.distress = {m: np.array(v, float) for m, v in short.items()}
        found.paid = {m: np.array(v) for m, v in paid.items()}
        return found

    paid = [1e8, 2e8, 5e7, 0.0]
    without = book({10: [9] * 4, 11: [10] * 4, 12: [10] * 4}, {})
    with_it = book({10: [0] * 4, 11: [10, 11, 12, 99], 12: [9, 12, 13, 99]}, {10: paid})

    # ample -1 for 100 m; short 1 + 2 for 200 m; very short 2 + 3 for 50 m
    found = kept_by_shortage(with_it, without, 2, 0.25)
    assert found == pytest.approx([-1.0, 1.5, 10.0])
    late = book(with_it.staff, {11: paid})  # a window not lived to its end says nothing
    assert all(math.isnan(one) for one in kept_by_shortage(late, without, 2, 0.25))

    law = {"plans": Made(horizon_months=2, distress_end=0.25)}
    helped: Any = Made(province=Made(law=law), watch=with_it)
    without_it: Any = Made(watch=without)
    assert crisis._by_cash(helped, without_it) == pytest.approx([11.0, 10.0, 1.5, -1.0])


def test_who_asks_is_read_by_size() -> None:
    assert SIZE_CLASSES[0] == "micro"
    watch = Made(
        months=np.array([100.0, 50.0, 30.0, 20.0]),
        aware=np.array([20.0, 25.0, 15.0, 10.0]),
        cut=np.array([10.0, 5.0, 3.0, 2.0]),
        asked=np.array([1.0, 2.0, 1.0, 1.0]),
    )

    # Knows: 20 of 100 against 50 of 100. Asks: 1 of 10 against 4 of 10.
    seen: Any = Made(watch=watch)
    assert crisis._asking(seen) == pytest.approx([-0.3, -0.3, 0.1, 0.4])


def lived(posts: list[int], idle: list[int]) -> Any:
    counts = Counts()
    for k, (v, u) in enumerate(zip(posts, idle, strict=True)):
        counts.scalars["vacancies", AT + k] = v
        counts.cells["unemployed", AT + k] = np.array([u] + [0] * (CELLS - 1))
    return Made(province=Made(counts=counts))


def test_the_beveridge_curve_is_read_against_no_shock() -> None:
    # Against 100 and 100 throughout, posts halve while people stay, then both move, then posts
    # come back first: slope of the change below zero, loop above.
    calm = lived([100] * 4, [100] * 4)
    shock = lived([50, 50, 100, 100], [100, 200, 200, 100])

    change, loop, _, most = market._beveridge(shock, calm)

    # In logs of 2: (0,-1), (1,-1), (1,0), (0,0): the unit square counter-clockwise.
    assert loop == pytest.approx(math.log(2) ** 2)
    assert change == pytest.approx(0.0)
    assert most == pytest.approx(math.log(2))
    assert math.isnan(market._beveridge(calm, calm)[0])
    curve = market._beveridge(lived([50, 100, 100], [200, 100, 100]), lived([100] * 3, [100] * 3))
    assert curve[0] == pytest.approx(-1.0)


def test_news_is_read_as_elasticities(monkeypatch: pytest.MonkeyPatch) -> None:
    # Known by 0.2, then 0.4; paid 100, then 190; applied 1000, then 1010.
    before: Any = Made(watch=Made(share=0.2), paid=100.0, applied=1000.0)
    after: Any = Made(watch=Made(share=0.4), paid=190.0, applied=1010.0)
    monkeypatch.setattr(measures, "spent", lambda seen, *_: (seen.paid, 0.0))
    monkeypatch.setattr(measures, "total", lambda seen, _: seen.applied)

    paid, applied, times, _ = measures._news(after, before)

    assert paid == pytest.approx(math.log(1.9) / math.log(2))
    assert applied == pytest.approx(math.log(1.01) / math.log(2))
    assert times == pytest.approx(2.0)
    assert math.isnan(measures._news(before, before)[0])


def test_lock_in_compares_the_same_people() -> None:
    # Five begin a course in the month; one of them found a post in it, one had one without courses
    # anyway. Of the three others nobody finds a post in the next month, but two would have.
    on: Any = Made(
        trained={AT: np.arange(5)},
        idle={AT: np.array([1, 2, 3, 4, 9])},
        found={AT + 1: np.array([9])},
    )
    off: Any = Made(idle={AT: np.array([0, 1, 2, 3])}, found={AT + 1: np.array([1, 2, 7])})

    assert finding_in_course(on, off) == (0.0, 2 / 3, 3)
    nobody: Any = Made(trained={}, idle={}, found={})
    assert finding_in_course(nobody, off)[2] == 0


def test_the_chance_to_find_a_post_is_read_by_duration() -> None:
    # 20 of 100 months below three months of search, 3 of 60 from twelve on; alike within cells.
    months, found = np.array([100.0, 80.0, 70.0, 60.0]), np.array([20.0, 9.0, 5.0, 3.0])
    seen: Any = Made(watch=Made(months=months, found=found, alike=-0.01))

    assert market._duration(seen) == pytest.approx([-0.15, -0.01, 0.2, 0.05])


def test_leaving_is_read_as_an_elasticity_and_by_group() -> None:
    def seen(young: float, old: float, skilled: float, others: float) -> Any:
        months = {k: np.array([100.0, 0.0, 100.0]) for k in BY}
        moves = {
            "age": np.array([young, 0.0, old]),
            "level": np.array([others, 0.0, skilled]),
            "private": np.array([others, 0.0, skilled]),
            "schooling": np.array([others, skilled, 0.0]),
        }
        return Made(watch=Made(months=months, moves=moves))

    low, high = seen(15.0, 5.0, 4.0, 16.0), seen(20.0, 10.0, 4.0, 16.0)
    of, young, skilled, private, schooled = market._leaving(low, high)

    # 20 moves become 30 while the ratio goes from 1.25 to 1.55.
    assert of == pytest.approx(math.log(1.5) / math.log(1.55 / 1.25))
    assert (young, skilled, private) == pytest.approx((2.0, -0.75, -0.75))
    assert schooled == pytest.approx(-0.75)  # 4 moves of the schooled against 16, 100 months each


# Rules put in place of others


def test_the_shock_moves_machinery_and_manufacturing_alone() -> None:
    facts = dict.fromkeys(DemandFacts._fields, 0)
    base = {**facts, "baseline_staff": 1000, "staff": 1000, "jobs_left": 1.0, "u_shock": 0.5}
    p = law("demand")._replace(downturn_shift=0.35)
    for sector in (1, 2, 3, 7):
        f = DemandFacts(**{**base, "sector": sector, "u_onset": 1.0})  # type: ignore[arg-type]
        hit = sector in (market.FIRST_HIT, market.LAST_HIT)
        wanted = next_demand(f._replace(sector_demand=-0.35 if hit else 0.0), p)
        assert market.hit_manufacturing(f, p) == wanted
    assert (market.FIRST_HIT, market.LAST_HIT) == (2, 3)


def test_posts_as_they_are_follow_staff_alone() -> None:
    facts = dict.fromkeys(StaffFacts._fields, 0)
    small = StaffFacts(**{**facts, "staff": 100, "wanted": 10, "u_round": 0.5})  # type: ignore[arg-type]

    assert market.posts_as_they_are(small, law("plans"))[1:] == (2, 0)
    assert market.posts_as_they_are(small._replace(wanted=900), law("plans"))[1:] == (2, 0)


def destination(**known: float) -> DestinationFacts:
    facts = {"month": AT, "birth_month": AT - 300, "level": 2, "schooling": 1}
    draws = dict.fromkeys(("u_search", "u_informal", "u_away"), 0.5)
    return DestinationFacts(**{**facts, **draws, **known})  # type: ignore[arg-type]


def test_nobody_goes_away_and_the_rest_choose_as_before() -> None:
    p = law("leaving")
    bold = destination(u_away=1.0 - 1e-12)

    assert choose_destination(bold, p).event == 4
    assert market.nobody_goes_away(bold, p).event == 1
    at_home = destination(u_away=1e-12, u_informal=1.0 - 1e-6)
    assert market.nobody_goes_away(at_home, p) == choose_destination(at_home, p)
    assert market.nobody_goes_away(at_home, p).event == 2
    assert crisis.everybody_goes_away(at_home, p).event == 4


def test_where_nobody_drifts_only_the_way_out_of_the_province_is_shut() -> None:
    p = law("leaving")
    for status in (Status.UNEMPLOYED, Status.INFORMAL, Status.AWAY):
        for u in (1e-9, 0.002, 0.01, 0.05, 0.5):
            f = IdleFacts(status=int(status), u_turn=u)
            assert market.nobody_drifts(f, p).event != 4
            if status != Status.UNEMPLOYED:
                assert market.nobody_drifts(f, p) == turn(f, p)
    idle = IdleFacts(status=int(Status.UNEMPLOYED), u_turn=1e-9)
    assert (turn(idle, p).event, market.nobody_drifts(idle, p).event) == (4, 2)


def test_the_chance_to_go_away_is_that_of_the_rule() -> None:
    # 4,000 people of one kind against the logit: within three standard errors.
    p = law("leaving")._replace(away_constant=-1.0)
    u = np.random.default_rng(7).random((4000, 3))
    gone = sum(
        choose_destination(destination(u_search=a, u_informal=b, u_away=c), p).event == 4
        for a, b, c in u
    )
    w = {
        "birth_month": np.array([AT - 300]),
        "schooling": np.array([1]),
        "level": np.array([2]),
    }
    chance = float(away_chance(w, np.array([0]), AT, p)[0])

    assert 0.1 < chance < 0.9
    assert abs(gone / 4000 - chance) < 3 * math.sqrt(chance * (1 - chance) / 4000)
    assert gumbel(0.5) == pytest.approx(-math.log(math.log(2)))  # the rule's own luck


def test_what_stays_of_a_training_subsidy_is_read_with_the_response_held() -> None:
    # A million yuan pays two people. Levels gained with it: 3 here, 1 away; without: 1 here. So it
    # adds 3 anywhere, 2 here, and 3 / 4 of what was gained is here. In the open market the same
    # comes out, but one more of those with a level is away: 2 of 4 are here, and it adds 1 here.
    here, away = int(Status.EMPLOYED), int(Status.AWAY)

    def seen(levels: list[int], status: list[int], paid: bool) -> Any:
        payments = {(market.SKILL, AT): [(np.array([0, 1]), np.array([5e7, 5e7]))]} if paid else {}
        province = Made(
            workers={"level": np.array(levels), "status": np.array(status)},
            counts=Made(payments=payments),
            weight=1,
        )
        return Made(province=province, watch=Made(level=np.zeros(4, np.int64)))

    arms: Any = {
        "ten": seen([1, 1, 1, 1], [here, here, here, away], True),
        "none": seen([1, 0, 0, 0], [here, here, here, away], False),
        "ten_open": seen([1, 1, 1, 1], [here, here, away, away], True),
        "none_open": seen([1, 0, 0, 0], [here, here, away, away], False),
    }
    found = market._yields(arms, market.CLOSED_AND_OPEN)
    assert found == pytest.approx([1.5 - 2.25, 0.0, 2.25, 1.5, 1.0, 1.0, -1.0])


def test_ten_times_the_amounts() -> None:
    for name, ten in (
        (market.PROMOTION, market.ten_promotions),
        (market.SKILL, market.ten_upgrades),
    ):
        found = instruments()[name]
        facts: Any = Made(month=AT, level=4 if name == market.PROMOTION else 3, upgrade_course=0)
        once = found.amount(facts, all_topics()[name].at(AT))
        assert once > 0
        assert ten(facts, all_topics()[name].at(AT)) == 10 * once


def test_rules_that_take_a_mechanism_away() -> None:
    p = law("training")
    exam = dict.fromkeys(ExamFacts._fields, 0)
    assert plans.nobody_passes(ExamFacts(**exam), p).event == 4
    keen = AppointFacts(level=3, appointed=2, employer_state=1, employer_cut_ppm=0, u_appoint=0.0)
    assert plans.nobody_appointed(keen, p) == (0, 2)


def test_technicians_retire_in_half_the_time_and_nobody_else_sooner() -> None:
    from calibration.noting_enterprises import retire_sooner

    workers = {
        "level": np.array([4, 5, 3, 4]),
        "retire_month": np.array([AT + 40, AT + 11, AT + 40, AT - 2], np.int16),
        "entry_month": np.zeros(4, np.int16),
        "status": np.full(4, Status.EMPLOYED, np.uint8),
        "life_due": np.zeros(4, np.int16),
    }
    province: Any = Made(workers=workers, start=AT)

    retire_sooner(province)

    assert workers["retire_month"].tolist() == [AT + 20, AT + 5, AT + 40, AT]
    assert workers["life_due"].tolist() == workers["retire_month"].tolist()  # asked then


def test_once_everybody_knows_news_finds_nobody() -> None:
    from model.awareness import Awareness
    from model.rules.claiming import share_aware

    province: Any = Made(awareness=Awareness({n: t.at(AT) for n, t in all_topics().items()}))
    measures.everybody_knows(province)

    assert all(
        share_aware(h) == pytest.approx(1.0)
        for hs in province.awareness.hazard.values()
        for h in hs
    )
