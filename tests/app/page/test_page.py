"""The page driven without a browser: choose, move, run, read, in two languages and two sessions."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.background import DESK, SLOTS, BusyError, Job
from app.pages import first, results
from app.pages.session import Session
from app.question import Question, levers
from model.words import text
from scenarios.scenario import load, shipped
from tests.app.page.conftest import control, session_of, shown, waited

Open = Callable[[], AppTest]
RATE = "wage_drop_subsidy.rate"


def digest(at: AppTest) -> str:
    return next(one.value for one in at.code if len(one.value) == 64)


def moved(at: AppTest, value: float) -> AppTest:
    slider: Any = control(at, "slider", RATE)
    return slider.set_value(value).run()


def test_the_page_opens_in_chinese_with_every_lever_of_the_desk(opened: Open) -> None:
    at = opened()

    assert not at.exception
    assert "黑龙江" in at.header[0].value
    controls = (*at.slider, *at.number_input, *at.selectbox, *at.toggle)
    keys = [one.key for one in controls if one.key and one.key.count(":") == 2]
    offered = {key.split(":")[1] for key in keys}
    assert offered == {one.key for group in levers("policy_2017").values() for one in group}
    assert digest(at) == load("policy_2017").digest


def test_each_lever_states_clause_unit_range_grade_and_source(opened: Open) -> None:
    said = [one.value for one in opened().sidebar.caption]

    rate = next(one for one in said if "占降薪额的比例" in one)
    assert rate == "第12条 · 占降薪额的比例 · 0 – 1 · :blue-badge[条文] · 《实施意见》第12条"
    assert any("元/次晋升" in one and ":blue-badge[条文]" in one for one in said)
    assert sum(":orange-badge[假设]" in one for one in said) >= 5


def test_a_moved_lever_changes_the_digest_and_undo_and_reset_bring_it_back(opened: Open) -> None:
    at = opened()
    before = digest(at)
    assert at.button(key="undo").disabled

    at = moved(at, 0.8)
    first = digest(at)
    at = moved(at, 0.6)
    assert len({before, first, digest(at)}) == 3
    assert "value: 0.6" in shown(at)

    at.button(key="undo").click().run()
    assert digest(at) == first
    assert control(at, "slider", RATE).value == 0.8  # type: ignore[attr-defined]
    at.button(key="reset").click().run()
    assert digest(at) == before
    assert at.button(key="reset").disabled


def test_a_lever_set_to_its_own_value_is_no_change(opened: Open) -> None:
    at = opened()
    before = digest(at)

    at = moved(moved(at, 0.7), 0.5)

    assert digest(at) == before
    assert session_of(at).question.moved == ()


def test_another_scenario_brings_its_own_levers_and_undo_the_old_ones(opened: Open) -> None:
    at = moved(opened(), 0.8)
    own = digest(at)

    at.selectbox(key="base:zh").select("text_literal").run()
    assert digest(at) == load("text_literal").digest
    assert control(at, "selectbox", "wage_drop_subsidy.pot").value == "additive"  # type: ignore[attr-defined]
    at.button(key="undo").click().run()

    assert digest(at) == own
    assert at.selectbox(key="base:zh").value == "policy_2017"


@pytest.mark.parametrize("base", shipped())
def test_every_shipped_scenario_can_be_chosen(opened: Open, base: str) -> None:
    at = opened()

    at.selectbox(key="base:zh").select(base).run()

    assert not at.exception
    assert not at.error
    assert digest(at) == load(base).digest


def test_levers_of_a_measure_not_in_force_cannot_be_moved(opened: Open) -> None:
    at = opened()
    at.selectbox(key="base:zh").select("no_policy").run()
    assert control(at, "slider", RATE).disabled  # type: ignore[attr-defined]

    switch: Any = control(at, "toggle", "wage_drop_subsidy.in_force")
    switch.set_value(True).run()

    assert not control(at, "slider", RATE).disabled  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_levers_stand_in_folded_groups_with_words(opened: Open, lang: str) -> None:
    at = opened()
    at.segmented_control(key="lang").set_value(lang).run()
    assert not at.exception
    folded = {one.label: one.proto.expanded for one in at.sidebar.expander}
    names = [text(f"page.group.{name}", lang) for name in levers("policy_2017")]
    assert [name for name in folded if name in names] == names
    opened_at_first = [name for name in names if folded[name]]
    assert opened_at_first == [text(f"page.group.{name}", lang) for name in ("C9", "C12")]


def test_a_prize_can_be_moved(opened: Open) -> None:
    at = opened()
    before = digest(at)
    field: Any = control(at, "number_input", "craftsman_awards.craftsman_prize")
    at = field.set_value(60_000).run()
    assert not at.exception
    assert digest(at) != before
    assert "craftsman_awards.craftsman_prize" in shown(at)


def test_the_language_changes_everything_but_the_question(opened: Open) -> None:
    at = moved(opened(), 0.8)
    before = digest(at)

    at.segmented_control(key="lang").set_value("en").run()

    assert not at.exception
    assert "Heilongjiang" in at.header[0].value
    assert at.button(key="run").label == "Run"
    assert digest(at) == before
    assert control(at, "slider", RATE).value == 0.8  # type: ignore[attr-defined]
    assert control(at, "slider", RATE).label == "Part of the pay drop that is paid"  # type: ignore[attr-defined]
    chinese = [e.value for e in (*at.caption, *at.info, *at.subheader) if "的" in str(e.value)]
    assert chinese == []


def test_run_and_read(opened: Open) -> None:
    at = opened()
    at.selectbox(key="base:zh").select("downturn_coal_oil_2015").run()
    at.number_input(key="seeds").set_value(2).run()
    at.button(key="run").click().run()
    assert session_of(at).asked is not None
    assert at.button(key="run").disabled

    at = waited(at)

    said = shown(at)
    assert not at.exception
    assert not at.error
    answer = session_of(at).answer
    assert answer is not None
    assert {len(runs) for runs in answer.story.results.values()} == {2}
    assert "相比" in said, "the sentence"
    for heading in ("目标板", "技师及以上人数", "技能等级结构", "公共支出", "两种读法"):
        assert heading in said
    assert "每个样本工人代表 4,000 人" in said
    assert "只有 2 次成对运行" in said
    assert len(at.get("vega_lite_chart")) == 5
    assert "#basis-wage-drop-subsidy" in said
    assert '<a id="basis-wage-drop-subsidy">' in said

    at.button(key="run").click().run()
    assert session_of(at).asked is None, "the same question is not run twice"
    assert "不必再运行" in shown(at)

    at = moved(at, 0.8)
    assert "仍是上一次设置的结果" in shown(at)
    assert session_of(at).answer is answer
    at.segmented_control(key="lang").set_value("en").run()
    assert not at.exception
    assert "Target board" in shown(at)


def test_a_run_can_be_cancelled(opened: Open) -> None:
    at = opened()
    at.number_input(key="seeds").set_value(8).run()
    at.button(key="run").click().run()

    at.button(key="cancel").click().run()
    at = waited(at)

    assert "已取消" in shown(at)
    assert session_of(at).answer is None
    assert not at.button(key="run").disabled


def test_two_sessions_do_not_see_each_other(opened: Open) -> None:
    one, other = opened(), opened()

    one = moved(one, 0.9)
    other.segmented_control(key="lang").set_value("en").run()
    one.run()

    assert digest(other) == load("policy_2017").digest != digest(one)
    assert "黑龙江" in one.header[0].value
    assert control(other, "slider", RATE).value == 0.5  # type: ignore[attr-defined]
    assert session_of(other).past == []


def test_sessions_that_shared_a_variable_would_be_noticed(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Session()
    monkeypatch.setattr(first, "session", lambda: shared)
    one, other = opened(), opened()

    moved(one, 0.9)

    assert digest(other.run()) != load("policy_2017").digest


def ended(error: Exception) -> Job:
    """A run that failed."""
    future: Future[Any] = Future()
    future.set_exception(error)
    return Job(0, 1, [future], [0] * (2 * SLOTS))


def test_a_failed_run_shows_a_number_and_no_traceback(
    opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    at = opened()
    monkeypatch.setattr(DESK, "submit", lambda *_: ended(ValueError("hidden detail")))

    at.button(key="run").click().run()

    assert not at.exception
    said = at.error[0].value
    number = said.split("错误号 ")[1].split("；")[0]
    assert number in caplog.text
    assert "hidden" not in shown(at)
    assert "Traceback" not in shown(at)
    assert not at.button(key="run").disabled, "it can be tried again"


def test_a_full_house_is_answered_in_words(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> Job:
        raise BusyError

    at = opened()
    monkeypatch.setattr(DESK, "submit", busy)

    at.button(key="run").click().run()

    assert "请等其中一个结束" in at.warning[0].value


@pytest.mark.parametrize("value", [7.0, -1.0, float("nan")])
def test_a_value_that_no_control_allows_never_reaches_the_question(
    opened: Open, value: float
) -> None:
    at = moved(opened(), value)  # as a browser under somebody else's hand might send it

    assert not at.exception
    assert not at.error
    assert 0 <= float(session_of(at).question.scenario().differences[RATE][-1][1]) <= 1


def test_a_question_that_cannot_be_run_is_answered_in_words(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened()
    lever = next(one for one in levers("policy_2017")["C12"] if one.address == RATE)
    wrong = replace(session_of(at).question, moved=((lever.key, Decimal(7)),))
    monkeypatch.setattr(Question, "arms", lambda _: wrong.scenario())

    at.button(key="run").click().run()

    assert not at.exception
    assert "不能这样运行" in at.error[0].value
    assert session_of(at).asked is None


def test_an_error_of_the_page_shows_a_number_only(
    opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("hidden detail")

    monkeypatch.setattr(results, "file", broken)

    at = opened()

    assert not at.exception
    assert "错误号" in at.error[0].value
    assert "hidden" not in shown(at)
    assert "hidden detail" in caplog.text
