"""Damaged files: each is accepted with the meaning that an independent reading gives it, or
refused at a line and column. Nothing else ever comes out."""

import random
from datetime import date
from fractions import Fraction

import pytest
from ruamel.yaml import YAML

from model.months import format_month, month
from model.parameters.reader import Parameter, read_topic
from model.reading import InputErrors
from scenarios.scenario import load
from tests.scenarios.conftest import TOPICS

BASE = """\
title: base
instruments: {levy: off}
change:
  - {parameter: drop.rate, from: 2018-02, value: 0.7, because: base}
"""
SCENARIO = """\
# 方案
title: {zh: 降薪补助翻倍, en: "Doubled"}
question: {zh: 能多留住多少技师?, en: How many more stay?}
extends: base.yaml
instruments: {levy: on, drop: on}
settings:
  drop.trigger: mean_drop
change:
  - {parameter: drop.rate, from: 2018-01, to: 2018-12, value: 1.0, because: option B}
  - parameter: drop.amount
    from: 2018-03
    value: 2000.50
    because: >-
      long enough
      for two lines
  - {parameter: drop.window, from: 2017-06, to: 2019-06, value: 6, because: '试'}
  - {parameter: moves.cost, from: 2019-01, value: 7.25, because: x}
world:
  demand: downturn_2015
  background: {epidemic: off}
"""
TOKENS = (
    *(
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        "'",
        '"',
        "|",
        ">",
        "&a ",
        "*a",
        "!!int ",
        "? ",
        "%",
    ),
    *("\t", "\n", "  ", "\r\n", "\x00", "\x07", "\ufeff", "\u2028", "：", "，", "０", "”", "---\n"),
    *(
        "017",
        "12:30:45",
        "1e3",
        "1_000",
        "50%",
        ".nan",
        "-0.0",
        "1e308",
        "9" * 5_000,
        "yes",
        "null",
    ),
    *(
        "on",
        "off",
        "0",
        "1",
        "-1",
        "2018-13",
        "2019-02",
        "drop.rate",
        "own_drop",
        "levy",
        "~",
        "{}",
    ),
    *("change", "value", "title", "extends: base.yaml\n", "[" * 50, "  " * 40, "a: " * 20),
)
WHOLE = ("months", "persons", "count", "years")
GRID = range(month(2016, 1), month(2021, 1), 3)


def damaged(text: str, luck: random.Random) -> bytes:
    """``text`` after one to three small accidents."""
    raw = text.encode()
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        raw = _accident(raw, luck)
    return raw


def _accident(raw: bytes, luck: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True) or [b""]
    at = luck.randrange(len(raw) + 1)
    here, there = luck.randrange(len(lines)), luck.randrange(len(lines))
    token = luck.choice(TOKENS).encode()
    words = [word for word in raw.replace(b"\n", b" ").split(b" ") if word] or [b"x"]
    match luck.randrange(12):
        case 0:
            return raw[:at] + raw[at + 1 :]
        case 1:
            return raw[:at] + raw[at + luck.randrange(1, 30) :]
        case 2 | 3:
            return raw[:at] + token + raw[at:]
        case 4:
            return raw[:at]
        case 5:
            return b"".join(lines[:here] + lines[here + 1 :])
        case 6:
            lines[here], lines[there] = lines[there], lines[here]
            return b"".join(lines)
        case 7:
            return b"".join([*lines[:here], lines[there], *lines[here:]])
        case 8:
            lines[here] = b" " * luck.randrange(1, 4) + lines[here]
            return b"".join(lines)
        case 9:
            return raw.replace(luck.choice(words), luck.choice(words), 1)
        case 10:
            return raw.replace(luck.choice(words), token, 1)
        case _:
            return raw[:at] + bytes([luck.randrange(256)]) + raw[at:]


def checked_refusal(errors: InputErrors, folder) -> None:
    """Every answer names a file, a place in it and both languages' words."""
    assert errors.errors
    for error in errors.errors:
        assert error.file.startswith(str(folder))
        assert error.line >= 1
        assert error.column >= 1
        assert error.zh
        assert error.en
        assert "\n" not in str(error)
        assert len(str(error)) < 2_000


def meaning(content: dict, topics, folder) -> dict:
    """Values by address and month of an accepted scenario, worked out month by month."""
    if "extends" in content:
        name = content["extends"]
        assert name in ("base.yaml", "policy_2017")
        inner = YAML(typ="safe", pure=True).load(BASE) if name == "base.yaml" else {}
        values = meaning(inner, topics, folder)
    else:
        values = {
            (f"{name}.{field}", m): getattr(topic.at(m), field)
            for name, topic in topics.items()
            for field in topic.parameters
            for m in GRID
        }

    def put(address, value, start="0000-00", end="9999-99"):
        topic, field = address.split(".")
        inside = _inside(topics[topic].parameters[field], value)
        for m in GRID:
            if start <= format_month(m) <= end:
                values[address, m] = inside

    def turn(name, value):
        if _is_on(value):
            for m in GRID:
                values[f"{name}.in_force", m] = topics[name].at(m).in_force
        else:
            put(f"{name}.in_force", False)

    for name, value in content.get("instruments", {}).items():
        turn(name, value)
    for address, value in content.get("settings", {}).items():
        put(address, value)
    for change in content.get("change", []):
        put(change["parameter"], change["value"], change["from"], change.get("to", "9999-99"))
    world = content.get("world", {})
    if "demand" in world:
        put("demand.path", world["demand"])
    for name, value in world.get("background", {}).items():
        turn(name, value)
    return values


def _is_on(value) -> bool:
    assert value in ("on", "off", "true", "false", True, False)
    return value in ("on", "true", True)


def _inside(parameter: Parameter, value):
    """A value in the units of the model, by the words of the format alone."""
    if parameter.unit == "option":
        return parameter.options.index(value)
    if parameter.unit == "switch":
        return int(value) if value in (0, 1) else int(_is_on(value))
    if parameter.is_float:
        return float(value)
    factor = 100 if parameter.unit.startswith("yuan") else 10**6
    exact = Fraction(str(value)) * (1 if parameter.unit in WHOLE else factor)
    assert exact.denominator == 1
    return int(exact)


def mutate_scenarios(folder, topics, first: int, count: int) -> int:
    """Try damaged scenarios; the number accepted."""
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    path = folder / "mine.yaml"
    accepted = 0
    for seed in range(first, first + count):
        raw = damaged(SCENARIO, random.Random(seed))
        path.write_bytes(raw)
        try:
            found = load(path, topics=topics)
        except InputErrors as errors:
            checked_refusal(errors, folder)
            continue
        accepted += 1
        expected = meaning(
            YAML(typ="safe", pure=True).load(raw.decode("utf-8-sig")), topics, folder
        )
        policy = found.policy()
        for (address, m), value in expected.items():
            topic, field = address.split(".")
            assert getattr(policy.at(m)[topic], field) == value, (seed, address, m)
    return accepted


def mutate_topics(folder, first: int, count: int) -> int:
    """Try damaged parameter files; the number accepted."""
    params, text = TOPICS["drop"]
    path = folder / "drop.yaml"
    accepted = 0
    for seed in range(first, first + count):
        raw = damaged(text, random.Random(seed))
        path.write_bytes(raw)
        try:
            topic = read_topic(path, params)
        except InputErrors as errors:
            checked_refusal(errors, folder)
            continue
        accepted += 1
        content = YAML(typ="safe", pure=True).load(raw.decode("utf-8-sig"))
        for name, parameter in topic.parameters.items():
            dated = {str(day): value for day, value in content[name]["values"].items()}
            assert [str(day) for day, _ in parameter.values] == list(dated)
            assert all(isinstance(day, date) for day, _ in parameter.values)
            kept = [parameter.inside(value) for _, value in parameter.values]
            assert kept == [_inside(parameter, value) for value in dated.values()], (seed, name)
    return accepted


def test_damaged_scenarios_are_understood_or_refused_at_a_place(tmp_path, topics):
    accepted = mutate_scenarios(tmp_path, topics, 0, 1_500)
    assert 100 < accepted < 900


def test_damaged_parameter_files_are_understood_or_refused_at_a_place(tmp_path):
    accepted = mutate_topics(tmp_path, 0, 500)
    assert 15 < accepted < 300


@pytest.mark.slow
def test_many_more_damaged_files(tmp_path, topics):
    accepted = mutate_scenarios(tmp_path, topics, 10_000, 8_000)
    accepted += mutate_topics(tmp_path, 10_000, 2_000)
    assert 600 < accepted < 6_000
