"""What cannot be run is refused in both languages, also from another process."""

import pickle
from fractions import Fraction
from typing import Any

import pytest

from model.reading import InputErrors
from model.words import LANGUAGES, SpokenError
from scenarios.effects import PairError, check_pairs
from scenarios.runner import OptionError, Request, RequestError, as_scale, run_scenarios, simulate
from scenarios.store import StoreError
from tests.scenarios.results import run_of

SMALL = Fraction(1, 2000)


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({"scale": Fraction(2, 3)}, "scale 2/3：比例写成 1/n", "scale 2/3: write 1/n"),
        ({"scale": Fraction(1, 9000)}, "只剩", "at least 500 are needed"),
        ({"seeds": 0}, "seeds 0：次数为 1 至", "seeds 0: from 1 to"),
        ({"seed": -1}, "seed -1：种子为 0 至", "seed -1: from 0 to"),
        ({"engine": "fast"}, "engine fast：引擎为", "engine fast: columns or mesa"),
        ({"engine": "mesa", "scale": Fraction(1, 20)}, "最多 20000 人", "at most 20000 persons"),
        ({"until": "2020"}, "until 2020：月份写成", "until 2020: write YYYY-MM"),
        ({"until": "2026-01"}, "从 2017-01 到 2025-12", "from 2017-01 to 2025-12"),
        ({"jobs": 0}, "jobs 0：进程数", "jobs 0: at least 1"),
    ],
)
def test_every_option_says_what_would_do(given: dict[str, Any], zh: str, en: str) -> None:
    with pytest.raises(OptionError) as refused:
        Request(**{"scale": SMALL, **given}).check()

    assert zh in refused.value.said["zh"]
    assert en in refused.value.said["en"]
    assert str(refused.value).splitlines() == [refused.value.said[lang] for lang in LANGUAGES]


@pytest.mark.parametrize("scale", ["abc", "1/0", "1e-99999999", "", "-1/20", float("inf"), "½"])
def test_what_is_no_scale_is_refused_at_once(scale: float | str) -> None:
    with pytest.raises(OptionError, match="write 1/n"):
        as_scale(scale)


@pytest.mark.parametrize("scale", ["1/20", "0.05", 0.05, Fraction(1, 20), " 1/20 "])
def test_a_scale_may_be_written_in_several_ways(scale: float | str | Fraction) -> None:
    assert as_scale(scale) == Fraction(1, 20)


def test_rules_and_names_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(RequestError) as near:
        Request(scale=SMALL, rules={"leav": print}).check()
    with pytest.raises(RequestError) as alike:
        run_scenarios(["no_policy", "no_policy"], Request(scale=SMALL, seeds=1))

    assert "是否指 leave" in near.value.said["zh"]
    assert "两个情景都叫 no_policy" in alike.value.said["zh"]


def test_a_month_that_is_none_is_refused_before_anything_is_run() -> None:
    with pytest.raises(RequestError, match="until"):
        simulate(scale=SMALL, seeds=1, until="2020-13")


def test_runs_without_common_luck_are_refused_in_both_languages() -> None:
    with pytest.raises(PairError) as found:
        check_pairs([run_of(seed=1)], [run_of("other", seed=2)])

    assert "mine（种子 1）与 other（种子 2）" in found.value.said["zh"]
    assert "mine (seed 1) and other (seed 2)" in found.value.said["en"]


@pytest.mark.parametrize(
    "error",
    [
        OptionError("request.seeds", given=0, most=10),
        PairError("pair.seeds"),
        StoreError("store.here", folder="x"),
    ],
    ids=lambda e: type(e).__name__,
)
def test_a_refusal_comes_back_whole_from_another_process(error: SpokenError) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert type(again) is type(error)
    assert [again.said[lang] for lang in LANGUAGES] == [error.said[lang] for lang in LANGUAGES]
    assert str(again) == str(error)


def test_in_python_a_refusal_is_shown_in_both_languages() -> None:
    with pytest.raises(OptionError) as caught:
        simulate("policy_2017", seeds=0)
    assert "次数为 1 至" in str(caught.value)
    assert "from 1 to" in str(caught.value)
    with pytest.raises(InputErrors) as wrong:
        simulate({"extends": "policy_2017", "settngs": {}})
    assert "没有 settngs；是否指 settings？" in str(wrong.value)
    assert "there is no settngs; did you mean settings?" in str(wrong.value)
