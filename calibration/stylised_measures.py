"""Stylised facts of measures: news, courses, schools, awards, empty funds (L12 to L40)."""

from collections.abc import Mapping

import numpy as np

from calibration.experiments import Arm, Fact, Seen, edged, world
from calibration.figures import elasticity, log_ratio, over
from calibration.noting_enterprises import Schools
from calibration.noting_people import Courses, Knowing, finding_in_course
from calibration.stylised_training import SKILL
from calibration.watching import Flows, spent, summed
from model.ledger import Account
from model.measures import SHAPE
from model.months import parse_month
from model.parameters.reader import all_topics
from model.province import Province

NAN = float("nan")
KNOWN = 50.0  # cumulative hazard at which everybody knows
LEAST_NEWS = 0.05  # log points of awareness below which an elasticity says nothing


def total(seen: Seen, name: str, levels: slice = slice(None)) -> float:
    """A flow after the warm-up."""
    return float(summed(seen.province, name, levels=levels).sum())


# L12: news moves claims, hardly training.


def _knows() -> Knowing:
    return Knowing(SKILL)


def _news(after: Seen, before: Seen) -> list[float]:
    """Elasticities of payments and of applications to what is known, and how both moved."""
    known = after.watch.share, before.watch.share
    paid = tuple(spent(s, Account.UNEMPLOYMENT_INSURANCE_FUND, SKILL)[0] for s in (after, before))
    applied = total(after, "applications"), total(before, "applications")
    return [
        elasticity((paid[0], paid[1]), known, LEAST_NEWS),
        elasticity(applied, known, LEAST_NEWS),
        over(*known),
        log_ratio(paid[0], paid[1]),
    ]


def everybody_knows(province: Province) -> None:
    """Nobody is left to learn of any instrument."""
    for hazards in province.awareness.hazard.values():
        hazards[:] = [KNOWN] * len(hazards)


QUIET = ("claiming.aware_others", 0)  # word of mouth apart, so that the news is all there is
CAMPAIGN = edged("claiming.aware_own")
L12 = Fact(
    "L12",
    {
        "without": Arm(world("no_policy", QUIET)),
        "campaign": Arm(world("no_policy", QUIET, CAMPAIGN)),
        "known": Arm(world("no_policy", QUIET), prepare=everybody_knows),
        "known_campaign": Arm(world("no_policy", QUIET, CAMPAIGN), prepare=everybody_knows),
    },
    lambda seen: _news(seen["campaign"], seen["without"]),
    lambda seen: _news(seen["known_campaign"], seen["known"]),
    _knows,
    thinner=2,
)


# L14: crowded schools (reported).


def _crowding(crowd: Seen, calm: Seen) -> list[float]:
    passed, sat = (
        tuple(total(s, name) for s in (crowd, calm)) for name in ("certificates", "exams")
    )
    quality = (float(np.mean(s.watch.quality)) if s.watch.quality else NAN for s in (crowd, calm))
    use = float(np.mean(crowd.watch.use)) if crowd.watch.use else NAN
    first, second = quality
    return [
        use,
        first - second,
        over(passed[0], sat[0]) - over(passed[1], sat[1]),
        log_ratio(*passed),
    ]


RUSH = edged("training.attention")
SPACIOUS = ("accounts.crowding", 0)
L14 = Fact(
    "L14",
    {
        "calm": Arm(world("no_policy")),
        "crowd": Arm(world("no_policy", RUSH)),
        "calm_off": Arm(world("no_policy", SPACIOUS)),
        "crowd_off": Arm(world("no_policy", RUSH, SPACIOUS)),
    },
    lambda seen: _crowding(seen["crowd"], seen["calm"]),
    lambda seen: _crowding(seen["crowd_off"], seen["calm_off"]),
    Schools,
    thinner=5,
)


# L16: nobody finds a post during a course.

GROUP_COURSES = "group_training_subsidy"


def _no_courses() -> list[tuple[str, object]]:
    """Changes under which nobody without a post joins a course."""
    topic = all_topics().get("groups")
    names = topic.parameters if topic else ()
    return [(f"groups.{name}", 0) for name in names if name.startswith("rate_")]


def _lock_in(on: Seen, off: Seen) -> list[float]:
    with_it, without, number = finding_in_course(on.watch, off.watch)
    return [with_it - without, with_it, without, float(number) * float(on.province.weight)]


def _placebo(seen: Mapping[str, Seen]) -> list[float]:
    """The same people in the world without courses, held against itself."""
    on, off = seen["on"].watch, seen["off"].watch
    same = Courses()
    same.trained, same.idle, same.found = on.trained, off.idle, off.found
    with_it, without, number = finding_in_course(same, off)
    people = float(number) * float(seen["on"].province.weight)
    return [with_it - without, with_it, without, people]


L16 = Fact(
    "L16",
    {
        "on": Arm(world("policy_2017")),
        "off": Arm(world("policy_2017", *_no_courses())),
    },
    lambda seen: _lock_in(seen["on"], seen["off"]),
    _placebo,
    Courses,
    needs=(GROUP_COURSES,),
)


# L38: awards alone, without certificates that contests bring.

AWARDS = ("craftsman_awards", "chief_technicians", "contest_prizes")


MONEY_ALONE = {"contest_prizes.fast_track": "prizes_only"}  # contests bring no certificates


def _awards(*changes: tuple[str, object]) -> Arm:
    switches = dict.fromkeys(AWARDS, "on")
    return Arm(world("policy_2017", *changes, instruments=switches, settings=MONEY_ALONE))


def _status() -> list[tuple[str, object]]:
    """The weight of status at the top of its range."""
    topic = all_topics().get("training")
    known = topic is not None and "award_status" in topic.parameters
    return [edged("training.award_status")] if known else []


def _awarded(seen: Mapping[str, Seen], on: str) -> list[float]:
    before = total(seen["without"], "certificates")
    return [total(seen[on], "certificates") - before, before]


L38 = Fact(
    "L38",
    {
        "awards": _awards(),
        "without": Arm(world("policy_2017", instruments=dict.fromkeys(AWARDS, "off"))),
        "status": _awards(*_status()),
    },
    lambda seen: _awarded(seen, "awards"),
    lambda seen: _awarded(seen, "status"),
    Flows,
    needs=AWARDS,
)


# L39: an empty fund.

LATER = parse_month("2019-01")


def _from(seen: Seen, name: str, first: int, levels: slice) -> float:
    p = seen.province
    cells = (c for (n, m), c in p.counts.cells.items() if n == name and m >= first)
    return float(p.weight) * sum(float(c.reshape(SHAPE)[:, :, levels].sum()) for c in cells)


def _emptied(empty: Seen, full: Seen) -> list[float]:
    """Payments missed; log change of later applications for technician and above."""
    fund, name = Account.EMPLOYMENT_SUBSIDY_FUND, "promotion_training_subsidy"
    paid = [spent(s, fund, name)[0] for s in (full, empty)]
    upper = [_from(s, "applications", LATER, slice(3, None)) for s in (empty, full)]
    return [paid[0] - paid[1], log_ratio(*upper), paid[0]]


EMPTY = (("accounts.employment_opening", 0), ("accounts.employment_grant", 0))
FULL = (edged("accounts.employment_opening"),)
L39 = Fact(
    "L39",
    {
        "full": Arm(world("policy_2017", *FULL)),
        "empty": Arm(world("policy_2017", *EMPTY)),
        "lends": Arm(world("policy_2017", *EMPTY, settings={"accounts.exhausted": "overdraw"})),
    },
    lambda seen: _emptied(seen["empty"], seen["full"]),
    lambda seen: _emptied(seen["lends"], seen["full"]),
    Flows,
    thinner=2,
)


# L40: the national programme of 2019 beside the policy.

ACTION = "skills_action_2019"
ACTION_FROM = parse_month("2019-08")


def _four(seen: Mapping[str, Seen]) -> list[float]:
    def trained(name: str) -> float:
        return _from(seen[name], "person_times", ACTION_FROM, slice(None))

    def certified(name: str) -> float:
        return _from(seen[name], "certificates", ACTION_FROM, slice(None))

    with_it = certified("policy") - certified("bare")
    alone = certified("policy_alone") - certified("bare_alone")
    return [
        trained("policy") - trained("policy_alone"),
        certified("policy") - certified("policy_alone"),
        with_it,
        alone,
        alone - with_it,
    ]


WITHOUT_ACTION = {"background": {ACTION: "off"}}
L40 = Fact(
    "L40",
    {
        "policy": Arm(world("policy_2017")),
        "bare": Arm(world("no_policy")),
        "policy_alone": Arm(world("policy_2017", world=WITHOUT_ACTION)),
        "bare_alone": Arm(world("no_policy", world=WITHOUT_ACTION)),
    },
    _four,
    None,
    Flows,
    needs=(ACTION,),
)

FACTS = (L40, L38, L39, L16, L12, L14)
