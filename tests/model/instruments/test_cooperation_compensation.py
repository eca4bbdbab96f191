"""C6: so much a worker sent, within a ceiling, once a year."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.instruments.channels import CooperationFacts
from model.instruments.cooperation_compensation import INSTRUMENT, Payer, amount, eligibility
from model.ledger import Account
from model.month import grants, schooling
from model.months import month, parse_month, year_of
from model.parameters.reader import all_topics
from tests.lived import STORM, Job, begin, changed, differing_workers, lived
from tests.oracle import cooperation_compensation as oracle

NAME = "cooperation_compensation"
TOPIC = all_topics()[NAME]


def test_in_force_with_the_text_and_paid_in_march() -> None:
    assert [TOPIC.at(month(2017, m)).in_force for m in (11, 12)] == [0, 1]
    p = TOPIC.at(month(2018, 3))
    assert INSTRUMENT.accounts(p) == (Account.PROVINCIAL_TREASURY, Account.ENTERPRISES)
    other = p._replace(payer=Payer.EMPLOYMENT_SUBSIDY_FUND)
    assert INSTRUMENT.accounts(other)[0] == Account.EMPLOYMENT_SUBSIDY_FUND


@given(
    when=st.integers(month(2017, 1), month(2019, 12)) | st.sampled_from((month(2018, 3),)),
    agreement=st.integers(0, 1),
    trainees=st.integers(0, 3) | st.integers(190, 210),
    paid=st.integers(0, 1),
)
def test_rule_and_second_reading_agree(when: int, agreement: int, trainees: int, paid: int) -> None:
    facts, p = CooperationFacts(when, agreement, trainees, paid), TOPIC.at(when)
    ours = amount(facts, p) if eligibility(facts, p) == 0 else None
    assert ours == oracle.compensation(when, agreement=agreement, trainees=trainees, paid=paid)


EVERYBODY = changed(
    changed(STORM, f"{NAME}.take_up", 0.5, "2016-01"), "plans.nomination_attention", 0.08, "2016-01"
)


def test_a_run_pays_each_enterprise_what_is_due_once_a_year() -> None:
    province = begin(Job(EVERYBODY, seed=1, n=1000, until="2019-04"))
    found: list[tuple[int, dict[int, int], dict[int, int]]] = []
    pay = grants.pay_to_enterprises

    def noted(p: Any, name: str, rows: Any, fen: Any) -> None:
        sent = p.enterprises["sent_last_year"]
        trainees = {row: int(sent[row]) for row in rows.tolist()}
        found.append((p.month, trainees, dict(zip(rows.tolist(), fen.tolist(), strict=True))))
        pay(p, name, rows, fen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grants, "pay_to_enterprises", noted)
        province.run(parse_month("2019-04"))
    assert [when for when, _, _ in found] == [month(2018, 3), month(2019, 3)]
    total = 0
    for when, trainees, paid in found:
        due = {
            row: oracle.compensation(when, agreement=1, trainees=number, paid=0)
            for row, number in trainees.items()
        }
        assert paid == due
        total += sum(paid.values())
    assert total > 0
    lines = [line for line in province.ledger.lines if line[1].instrument == NAME]
    assert sum(line[-1] for line in lines) == total * province.weight


def test_those_sent_are_the_nominated_who_begin_a_course_at_a_school(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    province = begin(Job(EVERYBODY, seed=1, n=1000, until="2018-02"))
    begun = {2017: 0, 2018: 0}  # of 2017 only December, in which the text was in force
    note = schooling.note_trained

    def noted(p: Any, rows: Any) -> None:
        sponsored = p.workers["sponsored"][rows] == 1
        assert (p.workers["school"][rows] != p.no_school).all()
        begun[year_of(p.month)] += int(sponsored.sum()) if p.month >= month(2017, 12) else 0
        note(p, rows)

    monkeypatch.setattr(schooling, "note_trained", noted)
    province.run(parse_month("2018-02"))
    e = province.enterprises
    assert min(begun.values()) > 0
    assert int(e["sent_last_year"].sum()) == begun[2017]
    assert int(e["sent_this_year"].sum()) == begun[2018]


def test_an_amount_of_nothing_changes_nobody() -> None:
    none = changed(EVERYBODY, f"{NAME}.per_trainee", 0, "2016-01")
    one, other = (lived(Job(s, seed=1, n=2000, until="2018-06")) for s in (EVERYBODY, none))
    assert differing_workers(one, other) == 0


def test_by_a_setting_the_whole_year_before_counts() -> None:
    whole = {**EVERYBODY, "settings": {f"{NAME}.work_counted": "whole_year"}}
    one, other = (
        lived(Job(s, seed=1, n=1000, until="2018-01")).enterprises["sent_last_year"].sum()
        for s in (EVERYBODY, whole)
    )
    assert other > 3 * one > 0
