"""A lever moved one way adds people to a flow and takes none away, in the month it is moved.

Draws are keyed, so the relation holds person by person: whoever did it before still does it.
Three cases each in `make test`, two hundred in `make test-all`; each must have been seen to bite.
"""

import pytest

from tests.metamorphic.pairs import Twin, pair, trunk_of

QUITS = tuple(
    f"leaving.quit_{kind}_{band}"
    for kind in ("state", "private")
    for band in ("lower", "middle", "upper")
)
PASSES = tuple(
    f"training.pass_{level}"
    for level in ("junior", "intermediate", "senior", "technician", "senior_technician")
)
AMOUNTS = tuple(
    f"skill_upgrade_subsidy.amount_{level}" for level in ("junior", "intermediate", "senior")
)

# name: levers, whether they are raised, the flow, and whether it grows
RELATIONS: dict[str, tuple[tuple[str, ...], bool, str, bool]] = {
    "more quit at higher hazards": (QUITS, True, "quits", True),
    "fewer quit at lower hazards": (QUITS, False, "quits", False),
    "more die at higher mortality": (("leaving.mortality",), True, "deaths", True),
    "more come back": (("leaving.return_rate",), True, "returns", True),
    "more seek a post again": (("leaving.informal_search",), True, "from_informal", True),
    "more jobs are lost": (("demand.restructuring_other",), True, "restructured", True),
    "more think, more apply": (("training.attention",), True, "applications", True),
    "fewer think, fewer apply": (("training.attention",), False, "applications", False),
    "a higher subsidy draws applicants": (AMOUNTS, True, "applications", True),
    "less time lost draws applicants": (("training.hours_cost",), False, "applications", True),
    "more take short courses": (("plans.short_course_base",), True, "person_times", True),
    "easier exams are passed by more": (PASSES, True, "certificates", True),
    "harder exams are passed by fewer": (PASSES, False, "certificates", False),
    "more drop out, fewer pass": (("training.dropout",), True, "certificates", False),
    "appointments come sooner": (
        ("training.appoint_state", "training.appoint_private"), True, "appointments", True,
    ),
    "fewer ask for what they may have": (("claiming.claim",), False, "claims_made", False),
    "more are named special technicians": (
        ("training.special_rate",), True, "special_technicians", True,
    ),
}  # fmt: skip
FEW, MANY = range(3), range(200)
MORE = range(4, 60, 2)  # further storms, for what is rare in a small province


def broken(name: str, number: int) -> tuple[set[int], int]:
    """Who breaks the relation in a case, and how many the lever moved."""
    levers, up, flow, grows = RELATIONS[name]
    before, after = pair(number, levers, up=up)
    small, large = (before, after) if grows else (after, before)
    return small.rows[flow] - large.rows[flow], len(large.rows[flow] - small.rows[flow])


@pytest.mark.parametrize("name", RELATIONS)
def test_a_lever_adds_people_and_takes_none_away(name: str) -> None:
    moved = 0
    for number in FEW:
        wrong, more = broken(name, number)
        assert wrong == set(), number
        moved += more
    for number in MORE:
        if moved:
            break
        wrong, more = broken(name, number)
        assert wrong == set(), number
        moved += more
    assert moved > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", RELATIONS)
def test_a_lever_adds_people_in_many_scenarios(name: str) -> None:
    cases = [broken(name, number) for number in MANY]
    assert [number for number, (wrong, _) in enumerate(cases) if wrong] == []
    assert sum(more for _, more in cases) > 0


def applicants(number: int) -> tuple[Twin, Twin, set[int]]:
    """A pair under a higher C10, with those who know of it."""
    before, after = pair(number, AMOUNTS, up=True)
    w = before.province.workers
    knows = before.province.awareness.workers(
        "skill_upgrade_subsidy", w["key"], before.province.seed
    )
    return before, after, set(knows.nonzero()[0].tolist())


def test_those_who_do_not_know_of_a_subsidy_do_not_respond_to_it() -> None:
    moved = 0
    for number in range(12):
        before, after, knows = applicants(number)
        added = after.rows["applications"] - before.rows["applications"]
        assert added <= knows
        moved += len(added)
    assert moved > 0


def test_a_higher_fee_deters_those_who_pay_it_and_nobody_else() -> None:
    deterred = 0
    for number in FEW:
        trunk, _ = trunk_of(number)
        dear = trunk.fork(trunk.policy)
        for name in ("fee_lower", "fee_upper"):
            dear.institutions[name] *= 3
        before, after = Twin(trunk).live_a_month(), Twin(dear).live_a_month()
        assert after.rows["applications"] <= before.rows["applications"]
        sent = "applications_sponsored"
        assert after.rows[sent] == before.rows[sent]
        deterred += len(before.rows["applications"] - after.rows["applications"])
    assert deterred > 0


def test_more_seats_admit_more_and_send_nobody_away() -> None:
    moved = 0
    for number in FEW:
        before, after = pair(number, ("training.exam_supply",), up=True)
        in_course = [
            set((t.province.workers["course_ends"] > 0).nonzero()[0].tolist())
            for t in (before, after)
        ]
        assert in_course[0] <= in_course[1]
        assert before.scalar("admitted") <= after.scalar("admitted")
        moved += len(in_course[1] - in_course[0])
    assert moved > 0


def test_more_search_brings_more_seekers_and_never_fewer_hires() -> None:
    moved = 0
    for number in FEW:
        before, after = pair(number, ("hiring.search",), up=True)
        assert before.scalar("seekers") <= after.scalar("seekers")
        assert len(before.rows["hires"]) <= len(after.rows["hires"])
        moved += after.scalar("seekers") - before.scalar("seekers")
    assert moved > 0


def test_a_better_outside_adds_to_those_who_leave_the_province() -> None:
    moved = 0
    for number in FEW:
        before, after = pair(number, ("leaving.outside_ratio", "leaving.away_constant"), up=True)
        assert before.rows["quits"] == after.rows["quits"]  # whether, is not where
        assert before.rows["out_migration"] <= after.rows["out_migration"]
        moved += len(after.rows["out_migration"] - before.rows["out_migration"])
    assert moved > 0


def test_a_longer_window_and_a_shorter_record_pay_more_people() -> None:
    for lever, up in (
        ("skill_upgrade_subsidy.window", True),
        ("skill_upgrade_subsidy.tenure", False),
    ):
        for number in FEW:
            before, after = pair(number, (lever,), up=up)
            paid = [
                {int(r) for (name, month), parts in t.province.counts.payments.items()
                 if name == "skill_upgrade_subsidy" and month == t.province.month - 1
                 for rows, _ in parts for r in rows.tolist()}
                for t in (before, after)
            ]  # fmt: skip
            assert paid[0] <= paid[1]


def test_the_pair_of_a_case_parts_from_one_trunk() -> None:
    trunk, month = trunk_of(0)
    before, after = pair(0, ("leaving.mortality",), up=True)
    assert before.province.month == after.province.month == month + 1
    assert trunk.month == month
    assert (before.province.workers["id"] == after.province.workers["id"]).all()
