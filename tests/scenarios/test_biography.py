from itertools import pairwise

import numpy as np
import pytest

from model.codes import GROUPS, Status
from model.instruments.channels import Channel
from model.instruments.registry import on_channel, titles
from model.months import month
from model.words import label
from scenarios.biography import (
    COLUMNS,
    State,
    UnknownWorkerError,
    notable,
    payments_of,
    relive,
    state_of,
)
from scenarios.life_events import events_of
from scenarios.runner import Request, as_scale, begin, live, people_of
from scenarios.scenario import load

REQUEST = Request(as_scale("1/1000"), 1, 1, until="2019-06")
JUNE = month(2018, 6)


@pytest.fixture(scope="module")
def paid_workers():
    return notable(load("policy_2017"), REQUEST)


@pytest.fixture(scope="module")
def province():
    people = people_of(REQUEST, 1)
    province = begin(load("policy_2017"), people, REQUEST, 1)
    live(province, month(2019, 6))
    return province


def test_payments_of_all_workers_are_the_ledgers_to_the_fen(province) -> None:
    rows = {r for parts in province.counts.payments.values() for part, _ in parts for r in part}
    sums: dict[str, int] = {}
    for row in rows:
        for payment in payments_of(province, int(row)):
            sums[payment.instrument] = sums.get(payment.instrument, 0) + payment.fen
    booked: dict[str, int] = {}
    for line in province.ledger.lines:
        if line[1].instrument in sums and line[1].payee.name in ("WORKERS", "ENTERPRISES"):
            if line[1].payer.name in ("WORKERS", "ENTERPRISES"):
                continue
            booked[line[1].instrument] = booked.get(line[1].instrument, 0) + line[-1]

    once = {one.name for one in on_channel(Channel.AWARD)}  # fixed numbers, at weight 1
    outside = dict.fromkeys(once, 0)  # won by nobody in so small a sample
    for (name, _), (_, fen) in province.counts.fixed.items():
        outside[name] += fen
    assert sums and once <= set(sums)
    # What schools are paid for somebody's course is told, and for people outside the model too.
    to_schools = {name for name in sums if name not in booked}
    assert to_schools <= {"group_training_subsidy", "placement_bonus"}
    assert {
        name: fen + outside[name] if name in once else fen * province.weight
        for name, fen in sums.items()
        if name not in to_schools
    } == booked


def test_a_life_relived_is_the_life_of_the_run(paid_workers, province) -> None:
    identity, names = paid_workers[0]
    life = relive(load("policy_2017"), REQUEST, identity)
    row = int(np.flatnonzero(province.workers["id"] == identity)[0])

    assert len(life.states) == 30
    assert {p.instrument for p in life.payments} == set(names)
    assert life.payments == payments_of(province, row)
    assert life.states[-1].columns == state_of(province, row, month(2019, 6)).columns
    assert life.received == sum(p.fen for p in life.payments) > 0


def test_every_change_of_post_and_level_is_told(paid_workers) -> None:
    for identity, _ in paid_workers[:3]:
        life = relive(load("policy_2017"), REQUEST, identity)
        states = [life.start, *life.states]
        for before, after in pairwise(states):
            told = {e.kind for e in life.events if e.month == after.month}
            if after.level > before.level:
                assert told & {"certificate", "special", "contest"}
            if after.employer and after.employer != before.employer:
                assert told & {"hired", "moved"}
            if before.employer and not after.employer:
                assert any(kind.startswith(("lost_", "left_")) for kind in told)


def test_everybody_who_is_paid_a_prize_has_it_in_the_biography(province) -> None:
    # At 1/1000: 50 chiefs, 20 + 100 titles in 2017-12; contests in 2017-11 and 2018-11.
    w = province.workers
    bits = {(name, title): bit for bit, (name, _, title) in enumerate(titles())}
    told = 0
    for one in on_channel(Channel.AWARD):
        mine = sum(1 << bit for (name, _), bit in bits.items() if name == one.name)
        for (name, at), parts in province.counts.payments.items():
            if name != one.name:
                continue
            for rows, fen in parts:
                for row, amount in zip(rows.tolist(), fen.tolist(), strict=True):
                    paid = [p.fen for p in payments_of(province, row)
                            if (p.instrument, p.month) == (name, at)]  # fmt: skip
                    assert paid == [amount]
                    assert w["honours"][row] & mine
                    told += 1
    assert told > 300


def test_a_life_tells_of_the_title_in_the_month_of_its_prize(province) -> None:
    ((rows, fen),) = province.counts.payments["craftsman_awards", month(2017, 12)][:1]
    identity = int(province.workers["id"][rows[0]])
    life = relive(load("policy_2017"), REQUEST, identity)
    told = [event for event in life.events if event.kind == "honoured"]
    assert (month(2017, 12), "C19") in [(event.month, event.clause) for event in told]
    assert any("龙江大工匠" in event.said["zh"] for event in told)
    assert any("Longjiang Great Craftsman" in event.said["en"] for event in told)
    assert int(fen[0]) in [p.fen for p in life.payments if p.instrument == "craftsman_awards"]


def test_a_life_tells_which_place_the_prize_was_for(province) -> None:
    # 10,000, 5,000 and 3,000 yuan for the first three of a provincial contest (C21)
    prizes = {1_000_000: 1, 500_000: 2, 300_000: 3}
    words = {
        1: ("第一名", "first place"),
        2: ("第二名", "second place"),
        3: ("第三名", "third place"),
    }
    seen = set()
    for at, name, title, rows, places in province.counts.places:
        if (name, title) != ("contest_prizes", 0):
            continue
        for row, place in zip(rows.tolist(), places.tolist(), strict=True):
            (paid,) = [
                p.fen for p in payments_of(province, row) if (p.instrument, p.month) == (name, at)
            ]
            assert prizes[paid] == place
            if place not in seen:
                seen.add(place)
                life = relive(load("policy_2017"), REQUEST, int(province.workers["id"][row]))
                told = [e for e in life.events if (e.kind, e.month) == ("placed", at)]
                assert [words[place][0] in e.said["zh"] for e in told] == [True]
                assert [words[place][1] in e.said["en"] for e in told] == [True]
    assert seen == {1, 2, 3}


def test_a_life_tells_of_the_public_course_that_was_paid(province) -> None:
    # A school is paid for a course that this person finished: it is told, with group and both ends.
    at, rows = next(
        (at, parts[0][0])
        for (name, at), parts in sorted(province.counts.payments.items())
        if name == "group_training_subsidy"
    )
    row = int(rows[0])
    life = relive(load("policy_2017"), REQUEST, int(province.workers["id"][row]))
    told = [event for event in life.events if event.kind.startswith("public_")]
    ends = [e.month for e in told if e.kind in ("public_ended", "public_passed", "public_failed")]
    assert told[0].kind == "public_began"
    assert ends and ends[0] <= at
    began = next(s for s in life.states if s.month == told[0].month)
    assert label(GROUPS[began.public_course], "zh") in told[0].said["zh"]
    assert label(GROUPS[began.public_course], "en") in told[0].said["en"]


def test_an_unknown_worker_is_named() -> None:
    with pytest.raises(UnknownWorkerError, match="no worker 7") as found:
        relive(load("policy_2017"), REQUEST, 7)
    assert "7" in found.value.said["zh"]


def state(
    at: int, *, employer: int = 9, wage: int = 0, reference: int = 0, **columns: int
) -> State:
    """A worker at work, with some columns changed."""
    known = dict.fromkeys(COLUMNS, 0) | {"status": int(Status.EMPLOYED), "pay": 400_000}
    return State(at, known | columns, employer, wage, reference)


HALF = {"wage": 200_000, "reference": 400_000}
IDLE = int(Status.UNEMPLOYED)
PUBLIC = {"public_course": 2, "public_level": 1, "public_ends": JUNE}
CHIEF = [title for _, _, title in titles()].index("chief_technician")
CONTEST = [title for _, _, title in titles()].index("contest_provincial")
PLACE, FIRST = f"place_{CONTEST}", 1 << CONTEST
CASES = [
    ("quits", state(JUNE - 1), state(JUNE, employer=0, status=IDLE), ["left_unemployed"]),
    (
        "loses the post",
        state(JUNE - 1),
        state(JUNE, employer=0, status=IDLE, benefit_since=JUNE + 1),
        ["lost_unemployed"],
    ),
    ("is hired", state(JUNE - 1, employer=0, status=IDLE), state(JUNE), ["hired"]),
    ("moves", state(JUNE - 1), state(JUNE, employer=8), ["moved"]),
    ("wins a place", state(JUNE - 1), state(JUNE, honours=FIRST, **{PLACE: 2}), ["placed"]),
    (
        "wins again",
        state(JUNE - 1, honours=FIRST),
        state(JUNE, honours=FIRST, **{PLACE: 1}),
        ["placed"],
    ),
    ("pay is cut", state(JUNE - 1), state(JUNE, **HALF), ["cut"]),
    ("the cut ends", state(JUNE - 1, **HALF), state(JUNE), ["restored"]),
    (
        "applies and begins",
        state(JUNE - 1),
        state(JUNE, course=3, course_ends=JUNE + 3),
        ["applied", "began"],
    ),
    (
        "waits, then begins",
        state(JUNE - 1, course=3, queued=5),
        state(JUNE, course=3, course_ends=JUNE + 3),
        ["began"],
    ),
    (
        "fails",
        state(JUNE - 1, course=3, course_ends=JUNE),
        state(JUNE, course=3, course_ends=JUNE + 6, attempts=1),
        ["failed"],
    ),
    (
        "gains the certificate",
        state(JUNE - 1, course=3, course_ends=JUNE, level=2),
        state(JUNE, level=3, certificate_month=JUNE),
        ["certificate"],
    ),
    (
        "drops out",
        state(JUNE - 1, course=3, course_ends=JUNE, level=2),
        state(JUNE, level=2),
        ["dropped"],
    ),
    ("gives up waiting", state(JUNE - 1, course=3, queued=5), state(JUNE), ["gave_up_queue"]),
    (
        "finishes the upgrade course",
        state(JUNE - 1, course=7, course_ends=JUNE, level=5),
        state(JUNE, level=5, upgrade_month=JUNE),
        ["upgraded"],
    ),
    (
        "is appointed with more pay",
        state(JUNE - 1, level=3, appointed=2),
        state(JUNE, level=3, appointed=3, pay=450_000),
        ["appointed"],
    ),
    (
        "becomes special-grade technician",
        state(JUNE - 1, level=5, appointed=5),
        state(JUNE, level=6, appointed=6, certificate_month=JUNE),
        ["special"],
    ),
    (
        "becomes an apprentice",
        state(JUNE - 1),
        state(JUNE, apprentice_since=JUNE, course=1, course_ends=JUNE + 12),
        ["apprentice", "began"],
    ),
    (
        "gains a certificate by contest",
        state(JUNE - 1, level=3),
        state(JUNE, level=5, certificate_month=JUNE, waived=1),
        ["contest"],
    ),
    (
        "gains it while in a course",
        state(JUNE - 1, level=3, course=4, course_ends=JUNE + 3),
        state(JUNE, level=5, certificate_month=JUNE, waived=1),
        ["contest"],
    ),
    (
        "passes an exam after a certificate by contest",
        state(JUNE - 1, course=4, course_ends=JUNE, level=3, waived=1),
        state(JUNE, level=4, certificate_month=JUNE),
        ["certificate"],
    ),
    (
        "is named chief technician for four years",
        state(JUNE - 1, level=4),
        state(JUNE, level=4, honours=1 << CHIEF, chief_until=JUNE + 47),
        ["honoured", "term"],
    ),
    (
        "is named again when the term is over",
        state(JUNE - 1, level=4, honours=1 << CHIEF, chief_until=JUNE - 1),
        state(JUNE, level=4, honours=1 << CHIEF, chief_until=JUNE + 47),
        ["term"],
    ),
    (
        "begins a public course",
        state(JUNE - 1, employer=0, status=IDLE),
        state(JUNE, employer=0, status=IDLE, public_course=1, public_ends=JUNE + 1),
        ["public_began"],
    ),
    (
        "goes on in a public course",
        state(JUNE - 1, employer=0, status=IDLE, public_course=1, public_ends=JUNE + 1),
        state(JUNE, employer=0, status=IDLE, public_course=1, public_ends=JUNE + 1),
        [],
    ),
    (
        "finishes a short public course, the file stays open",
        state(JUNE - 1, employer=0, status=IDLE, public_course=1, public_ends=JUNE),
        state(JUNE, employer=0, status=IDLE, public_course=1, public_ends=JUNE),
        ["public_ended"],
    ),
    (
        "the file of an ended public course is closed",
        state(JUNE, employer=0, status=IDLE, public_course=1, public_ends=JUNE),
        state(JUNE + 1, employer=0, status=IDLE, public_ends=JUNE),
        [],
    ),
    (
        "passes the exam of a public course",
        state(JUNE - 1, employer=0, status=IDLE, **PUBLIC),
        state(
            JUNE,
            employer=0,
            status=IDLE,
            **PUBLIC,
            public_gained=1,
            level=1,
            certificate_month=JUNE,
        ),
        ["public_passed", "certificate"],
    ),
    (
        "fails the exam of a public course",
        state(JUNE - 1, employer=0, status=IDLE, **PUBLIC),
        state(JUNE, employer=0, status=IDLE, **PUBLIC),
        ["public_failed"],
    ),
    (
        "leaves a public course for a post",
        state(JUNE - 1, employer=0, status=IDLE, **PUBLIC),
        state(JUNE, public_level=1),
        ["hired", "public_dropped"],
    ),
    (
        "drops out and begins another public course in the same month",
        state(JUNE - 1, employer=0, status=IDLE, **PUBLIC),
        state(JUNE, employer=0, status=IDLE, public_course=2, public_ends=JUNE + 2),
        ["public_dropped", "public_began"],
    ),
    ("nothing happens", state(JUNE - 1), state(JUNE), []),
]


@pytest.mark.parametrize(("case", "before", "after", "kinds"), CASES)
def test_what_happened_between_two_months(case, before, after, kinds) -> None:
    assert [event.kind for event in events_of(before, after)] == kinds, case


def test_a_raise_in_january_is_a_yearly_revision() -> None:
    january = month(2019, 1)
    found = list(events_of(state(january - 1), state(january, pay=410_000)))

    assert [event.kind for event in found] == ["january"]
    assert "4,000.00" in found[0].said["en"]
    assert "4,100.00" in found[0].said["zh"]
