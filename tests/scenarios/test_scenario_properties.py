"""Laws of scenarios: the digest, inheritance and dates, over random scenarios."""

import random

from hypothesis import given
from hypothesis import strategies as st

from model.months import format_month, month
from scenarios.scenario import Scenario

FIRST, LAST = month(2016, 1), month(2020, 12)
VALUES = {
    "drop.rate": st.integers(0, 100).map(lambda n: n / 100),
    "drop.amount": st.integers(0, 300_000).map(lambda n: n / 100),
    "drop.window": st.integers(1, 24),
    "drop.trigger": st.sampled_from(["own_drop", "mean_drop"]),
    "levy.share": st.integers(10, 30).map(lambda n: n / 1000),
    "moves.cost": st.floats(0, 50, allow_nan=False).map(abs),
}


@st.composite
def changes(draw, most=4):
    """Changes of different parameters, each with its months."""
    chosen = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=most))
    found = []
    for address in chosen:
        start = draw(st.integers(FIRST, LAST))
        change = {"parameter": address, "from": format_month(start), "because": "drawn"}
        if draw(st.booleans()):
            change["to"] = format_month(draw(st.integers(start, LAST)))
        found.append({**change, "value": draw(VALUES[address])})
    return found


def scenario(topics, stated, **others):
    return Scenario.from_mapping({"title": "drawn", "change": stated, **others}, topics=topics)


def values(policy, index):
    return dict(policy.at(index))


@given(stated=changes(), seed=st.integers(0, 999))
def test_the_digest_depends_on_no_order_words_or_notation(topics, stated, seed):
    plain = scenario(topics, stated)
    shuffled = [dict(random.Random(seed).sample(list(c.items()), len(c))) for c in stated]
    random.Random(seed).shuffle(shuffled)
    for change in shuffled:
        change["because"] = {"zh": "别的理由", "en": "another reason"}
        if isinstance(change["value"], int) and not isinstance(change["value"], bool):
            change["value"] = float(change["value"])
    other = Scenario.from_mapping(
        {"question": "another", "change": shuffled, "title": "else"}, name="other", topics=topics
    )
    assert other.digest == plain.digest
    assert other.policy().first_difference(plain.policy()) is None


@given(stated=changes(), seed=st.integers(0, 999))
def test_setting_a_value_to_what_it_is_changes_no_digest(topics, stated, seed):
    base = scenario(topics, stated)
    index = random.Random(seed).randint(FIRST, LAST)
    same = Scenario.from_mapping(
        {**base.as_mapping(), "change": [*base.as_mapping().get("change", [])]}, topics=topics
    )
    assert same.digest == base.digest
    null = [
        {
            "parameter": address,
            "from": format_month(index),
            "to": format_month(index),
            "value": base.policy().topics[topic].parameters[field].options[raw]
            if field == "trigger"
            else raw / scale,
            "because": "null",
        }
        for address, topic, field, scale in [
            ("drop.window", "drop", "window", 1),
            ("drop.amount", "drop", "amount", 100),
            ("drop.trigger", "drop", "trigger", 1),
        ]
        for raw in [getattr(base.policy().at(index)[topic], field)]
    ]
    taken = {change["parameter"] for change in stated}
    free = [change for change in null if change["parameter"] not in taken]
    assert scenario(topics, [*stated, *free]).digest == base.digest


@given(stated=changes(most=6))
def test_a_changed_value_changes_the_digest_and_gives_a_first_difference(topics, stated):
    base, found = scenario(topics, []), scenario(topics, stated)
    months = [
        m
        for m in range(FIRST - 1, LAST + 2)
        if values(found.policy(), m) != values(base.policy(), m)
    ]
    if found.differences == {}:
        assert months == []
        assert found.digest == base.digest
    elif months:
        assert found.digest != base.digest
    first = found.policy().first_difference(base.policy())
    assert first == min(months, default=None)


@given(stated=changes(), start=st.integers(FIRST, LAST))
def test_a_change_dated_a_month_leaves_every_month_before_as_it_was(topics, stated, start):
    late = [{**c, "from": format_month(start)} for c in stated]
    for change in late:
        change.pop("to", None)
    base, found = scenario(topics, []), scenario(topics, late)
    assert all(
        values(base.policy(), m) == values(found.policy(), m) for m in range(FIRST - 24, start)
    )
    first = found.policy().first_difference(base.policy())
    assert first is None or first >= start


@given(base=changes(), child=changes())
def test_a_child_overrides_its_base_in_its_months_only(tmp_path_factory, topics, base, child):
    from ruamel.yaml import YAML

    from scenarios.scenario import load

    folder = tmp_path_factory.mktemp("pair")
    for name, content in (
        ("base", {"change": base, "title": "b"}),
        ("child", {"change": child, "title": "c", "extends": "base.yaml"}),
    ):
        with (folder / f"{name}.yaml").open("w", encoding="utf-8") as file:
            YAML(typ="safe", pure=True).dump(content, file)
    merged = load(folder / "child.yaml", topics=topics).policy()
    alone = {"base": scenario(topics, base).policy(), "child": scenario(topics, child).policy()}
    for index in range(FIRST - 1, LAST + 2, 3):
        for address in VALUES:
            topic, field = address.split(".")
            stated = [
                c
                for c in child
                if c["parameter"] == address
                and c["from"] <= format_month(index) <= c.get("to", "9999-12")
            ]
            expected = alone["child" if stated else "base"].at(index)
            assert getattr(merged.at(index)[topic], field) == getattr(expected[topic], field)
