"""A province lives the same life whether everybody is asked or only those below a ceiling."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model.codes import Status
from model.deciding import BEHAVIOUR, DECISIONS, JOIN_COURSE
from model.decisions import Ceiling, Decision
from model.engines.columns import ColumnsEngine
from model.engines.protocol import of_statuses
from model.month import lives
from model.months import parse_month
from model.parameters.reader import all_topics
from model.state import GONE, NEVER
from tests.lived import STORM, Diary, Job, begin, changed, diary, differences
from tests.staying import BUSY, masters

SCREENED = {d.name: d for d in BEHAVIOUR if d.screen}
BOUNDED = (  # what rules of ceilings read
    *(f"leaving.quit_{kind}" for kind in ("state_lower", "state_middle", "state_upper")),
    *(f"leaving.quit_{kind}" for kind in ("private_lower", "private_middle", "private_upper")),
    *(f"leaving.{name}" for name in ("annuity_holds", "mortality", "unemployed_away")),
    *(f"leaving.{name}" for name in ("discouraged", "informal_search", "return_rate")),
    *(f"leaving.{name}" for name in ("mobility", "labour_cooperation", "outside_ratio")),
    *(f"leaving.{name}" for name in ("outside_weight", "pent_up", "taste_spread")),
    *(f"hiring.offer_{name}" for name in ("private", "state", "level", "visible")),
    *(f"training.{name}" for name in ("attention", "attention_level", "attention_age")),
    *(f"training.{name}" for name in ("contest_attention", "evaluation_reach")),
    *(f"training.{name}" for name in ("nominated_uncertified", "appoint_state")),
    *(f"training.{name}" for name in ("appoint_private", "special_rate", "upgrade_rate")),
    *(f"training.{name}" for name in ("short_level", "short_age")),
    "claiming.claim",
    *(f"groups.{name}" for name in ("rate_registered_unemployed", "rate_rural_transferee")),
    *(f"groups.{name}" for name in ("rate_graduate", "rate_school_leaver", "push")),
    "groups.rate_transferred",
    "ventures.attention",
)


def at_the_top() -> Any:
    """The storm with every lever of a ceiling at the top of its range."""
    found: Any = STORM
    for lever in BOUNDED:
        topic, name = lever.split(".")
        top = all_topics()[topic].parameters[name].high
        found = changed(found, lever, float(top), "2016-01")
    return {**found, "title": "top"}


TOP = at_the_top()
JOBS = {
    "policy": Job("policy_2017"),
    "everybody asks": Job("everybody_asks", seed=2),
    "storm": Job(STORM, seed=3, n=1000),
    "top": Job(TOP, seed=4),
}


def asking_all(job: Job) -> Any:
    """The province of a job in which nobody is sifted out."""
    province = begin(job)
    province.engine = ColumnsEngine(DECISIONS, job.threads, screens=False)
    return province


@pytest.fixture(scope="module")
def straight() -> dict[str, Diary]:
    """The lives of all jobs with screens, on one thread."""
    return {name: diary(job) for name, job in JOBS.items()}


@pytest.mark.parametrize("name", JOBS)
def test_to_ask_everybody_changes_no_bit(name: str, straight: dict[str, Diary]) -> None:
    job = JOBS[name]
    pages = diary(job, asking_all(job))
    assert len(pages) == 49  # the base month and four years
    assert differences(straight[name], pages) == []


@pytest.mark.parametrize("name", ["policy", "top"])
@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_bit_whoever_is_asked(
    name: str, threads: int, straight: dict[str, Diary]
) -> None:
    job = replace(JOBS[name], threads=threads)
    assert differences(straight[name], diary(job)) == []
    assert differences(straight[name], diary(job, asking_all(job))) == []


def scaled(d: Decision, part: float) -> Decision:
    """The decision with a ceiling of so many times its height."""
    assert d.screen is not None
    space: dict[str, Any] = {"rule": d.screen.ceiling, "Ceiling": Ceiling}
    text = f"def low(f, p):\n    o = rule(f, p)\n    return Ceiling(o.event, {part} * o.ceiling)"
    exec(text, space)
    return replace(d, screen=replace(d.screen, ceiling=space["low"]))


# Seldom met among two thousand people: a business, and an attention near the bound of all levels.
LARGE = dict.fromkeys(("consider_climbing", "think_of_business"), Job(STORM, seed=3, n=200))


@pytest.mark.parametrize("name", SCREENED)
def test_a_control_a_ceiling_of_half_the_height_is_noticed(name: str) -> None:
    job = LARGE.get(name, JOBS["top"])
    province = begin(job)
    province.engine.put(scaled(SCREENED[name], 0.5))
    assert differences(diary(job), diary(job, province)) != []


@pytest.mark.parametrize("name", SCREENED)
def test_a_control_a_higher_ceiling_is_not_noticed(name: str) -> None:
    job = replace(JOBS["top"], until="2018-12")
    province = begin(job)
    province.engine.put(scaled(SCREENED[name], 1.5))
    assert differences(diary(job), diary(job, province)) == []


def test_who_is_near_a_course_is_all_whom_it_may_concern() -> None:
    province = begin(JOBS["top"])
    near = province.may_concern(JOIN_COURSE)
    assert near.dtype == np.int64
    everybody = of_statuses(JOIN_COURSE, province, province.law["groups"])
    assert set(near.tolist()) < set(everybody.tolist())
    left_out = np.setdiff1d(everybody, near)
    for group in range(1, 7):  # whatever it costs, they do not come
        given = {"group": group, "price": 0, "subsidy": 0}
        assert (province.ask_rows(JOIN_COURSE, left_out, **given).of["event"] == 0).all()
    statuses = set(province.workers["status"][near].tolist())
    assert statuses <= {int(Status.UNEMPLOYED), int(Status.INFORMAL)}


def due_by_definition(w: Any) -> Any:
    due = np.where(w["status"] == Status.SCHOOL, w["entry_month"], w["retire_month"])
    return np.where(np.isin(w["status"], GONE), NEVER, due)


@pytest.mark.parametrize("name", ["top", "masters"])
def test_whoever_is_due_enters_or_retires_that_month(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = JOBS["top"] if name == "top" else Job(BUSY, seed=3)
    province = begin(job) if name == "top" else masters(job=job)
    stage, seen = lives.pass_month, {"entered": 0, "retired": 0, "stayed": 0}

    def caught(province: Any) -> None:
        w = province.workers
        assert (w["life_due"] == due_by_definition(w)).all()
        before, known = w["status"].copy(), w["retire_month"].copy()
        school = before == Status.SCHOOL
        enters = school & (w["entry_month"] <= province.month)
        ends = ~school & ~np.isin(before, GONE) & (known <= province.month)
        stage(province)
        assert (w["life_due"] == due_by_definition(w)).all()
        assert (w["status"][enters] != Status.SCHOOL).all()
        stayed = ends & (w["retire_month"] > known) & (w["stays_on"] == 1)
        assert np.isin(w["status"][ends & ~stayed], GONE).all()
        assert (w["status"][school & ~enters] == Status.SCHOOL).all()
        seen["entered"] += int(enters.sum())
        seen["retired"] += int((ends & ~stayed).sum())
        seen["stayed"] += int(stayed.sum())

    monkeypatch.setattr(lives, "pass_month", caught)
    province.run(parse_month(job.until))
    assert seen["entered"] > 20
    assert seen["retired"] > 20
    assert seen["stayed"] > 0 or name == "top"
    assert (province.workers["life_due"] == due_by_definition(province.workers)).all()
