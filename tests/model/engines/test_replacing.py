"""Behaviour put in place of the model's: a rule in both engines, a subclassed agent on Mesa."""

from collections import Counter
from fractions import Fraction
from typing import Any, ClassVar

import mesa
import pandas as pd
import pytest

from model.agents import Enterprise, TrainingInstitution, Worker
from model.codes import Status
from model.deciding import BEHAVIOUR, DECISIONS
from model.decisions import Decision
from model.parameters.leaving import Params
from model.rules.leaving import Leave, LeaveFacts, leave, quit_rate
from model.rules.short_courses import Short, ShortFacts
from model.scalar import scalar
from scenarios import simulate
from scenarios.runner import Request, RequestError
from tests.lived import Job, begin, diary, differences

KINDS = {"worker": Worker, "enterprise": Enterprise, "institution": TrainingInstitution}


@scalar
def loyal(f: LeaveFacts, p: Params) -> Leave:
    """Certified workers never quit."""
    if f.level > 0:
        return Leave(0)
    return Leave(1 if f.u_quit < quit_rate(f.employer_state, f.level, p) else 0)


@scalar
def always(f: ShortFacts, p: Any) -> Short:  # noqa: ARG001
    """Everybody takes a short course every month."""
    return Short(1 if f.course == 0 else 0)


def job(engine: str = "columns", /, **rules: Any) -> Job:
    return Job("policy_2017", seed=1, until="2017-05", engine=engine, rules=rules)


def test_a_replaced_rule_gives_the_same_bits_in_both_engines() -> None:
    given = {"leave": loyal, "take_short_course": always}
    compiled, plain = diary(job(**given)), diary(job("mesa", **given))
    assert differences(compiled, plain) == []
    assert differences(compiled, diary(job())) != []


def test_a_replaced_rule_does_what_it_says() -> None:
    province = begin(job(take_short_course=always))
    province.step()
    w = province.workers
    employed = w["status"] == Status.EMPLOYED
    taught = w["trained_year"] == 2017
    assert (taught[employed & (w["course"] == 0)]).mean() > 0.9
    assert begin(job()).month == province.month - 1  # the other province is untouched


def test_the_model_s_own_rule_in_its_own_place_changes_no_bit() -> None:
    assert differences(diary(job()), diary(job(leave=leave))) == []


def test_a_replaced_rule_travels_to_other_processes() -> None:
    given: dict[str, Any] = {"scale": Fraction(1, 2000), "seeds": 2, "until": "2017-03"}
    given["rules"] = {"leave": loyal}
    alone = simulate("policy_2017", **given, jobs=1)
    shared = simulate("policy_2017", **given, jobs=2)
    for one, other in zip(alone.runs, shared.runs, strict=True):
        pd.testing.assert_frame_equal(one.outcomes, other.outcomes, check_exact=True)


class Steadfast(Worker):
    """A worker who never quits."""

    def leave(self, _facts: LeaveFacts, _p: Any) -> Leave:
        return Leave(0)


def test_a_subclassed_agent_runs_on_mesa() -> None:
    from scenarios.runner import begin as begun
    from tests.lived import people, scenario

    request = Request(Fraction(1, 2000), 1, engine="mesa", agents={"worker": Steadfast})
    request.check()
    province = begun(scenario("policy_2017"), people(2000, 1), request, 1)
    province.run(province.start + 2)
    assert not any(k[0] == "quits" and v.any() for k, v in province.counts.cells.items())
    assert all(isinstance(agent, Steadfast) for agent in province.resident_rows("worker"))


def test_a_subclassed_agent_on_columns_is_refused_by_the_name_of_its_method() -> None:
    with pytest.raises(RequestError, match="mesa engine only; they change leave"):
        Request(agents={"worker": Steadfast}).check()


def test_an_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(RequestError, match="no rule is named quit"):
        Request(rules={"quit": loyal}).check()


@pytest.mark.parametrize("decision", BEHAVIOUR, ids=lambda d: d.name)
def test_every_decision_is_a_method_of_its_agent_and_gives_the_rule_s_answer(
    decision: Decision,
) -> None:
    method = getattr(KINDS[decision.agent], decision.name)
    seen: list[tuple[Any, Any]] = []

    def watching(facts: Any, p: Any) -> str:
        seen.append((facts, p))
        return "the rule's answer"

    module = __import__(decision.rule.__module__, fromlist=["x"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, decision.rule.__name__, watching)
        assert method(None, "facts", "parameters") == "the rule's answer"
    assert seen == [("facts", "parameters")]


def test_agents_are_mesa_s_and_keep_nothing_of_their_own() -> None:
    province = begin(Job("policy_2017", engine="mesa"))
    assert isinstance(province, mesa.Model)
    for kind, own in KINDS.items():
        agents = province.resident_rows(kind)
        assert len(agents) > 0
        assert all(isinstance(agent, own) and isinstance(agent, mesa.Agent) for agent in agents)
        assert len(province.residents(kind)) == len(agents)
    worker = province.resident_rows("worker")[7]
    assert worker.pay == int(province.workers["pay"][7])
    province.workers["pay"][7] += 1
    assert worker.pay == int(province.workers["pay"][7])
    with pytest.raises(AttributeError, match="no column or decision 'salary'"):
        _ = worker.salary


class Counted(Worker):
    """A worker who remembers being asked."""

    asked: ClassVar[Counter[int]] = Counter()

    def leave(self, facts: LeaveFacts, p: Any) -> Leave:
        Counted.asked[self.row] += 1
        return super().leave(facts, p)


def test_an_agent_is_asked_once_and_only_if_concerned() -> None:
    from model.engines.reference import ReferenceEngine
    from model.month import moving
    from model.province import Province
    from tests.lived import people

    plain = begin(Job("policy_2017"))
    engine = ReferenceEngine(agents={"worker": Counted})
    province = Province(people(2000, 1), plain.policy, engine, seed=1, start=plain.start)
    quit_posts, concerned = moving.quit_posts, []

    def watched(which: Any) -> None:
        concerned.extend((which.workers["status"] == Status.EMPLOYED).nonzero()[0].tolist())
        quit_posts(which)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "quit_posts", watched)
        province.step()
    assert Counter(concerned) == Counted.asked


def test_the_data_collector_follows_the_province() -> None:
    province = begin(Job("policy_2017", engine="mesa"))
    province.run(province.start + 2)
    frame = province.datacollector.get_model_vars_dataframe()
    assert len(frame) == 3
    employed = int((province.workers["status"] == Status.EMPLOYED).sum()) * province.weight
    assert int(frame["employed"].iloc[-1]) == employed


def test_decisions_fill_their_facts_from_columns_that_exist() -> None:
    province = begin(Job("policy_2017"))
    for d in DECISIONS:
        own = getattr(province, d.agent + "s")
        for fact, _ in d.fields():
            kind, name = d.source(fact)
            where = {"own": own, "employer": province.enterprises}.get(kind, {name: None})
            assert name in where, f"{d.name}.{fact}"
