"""Random scenarios within the ranges of the parameter files, the same for the same number."""

import random
from typing import Any

BASES = ("policy_2017", "no_policy", "text_literal", "bare", "downturn_coal_oil_2015")
STARTS = ("2016-01", "2017-01", "2017-06", "2017-12", "2018-03", "2019-08")
CHANGES = 12


def random_scenario(number: int) -> dict[str, Any]:
    """A base, some instruments switched, some settings chosen, a dozen numbers changed."""
    from model.parameters.reader import all_topics

    luck = random.Random(number)
    topics = all_topics()
    switches = sorted(name for name, topic in topics.items() if topic.instrument)
    options: list[tuple[str, Any]] = []
    numbers: list[tuple[str, Any]] = []
    for topic in sorted(topics):
        for field, parameter in sorted(topics[topic].parameters.items()):
            if field == "in_force" or topic == "targets" or f"{topic}.{field}" == "demand.path":
                continue
            (options if parameter.options else numbers).append((f"{topic}.{field}", parameter))
    return {
        "title": f"random {number}",
        "extends": luck.choice(BASES),
        "instruments": {
            name: luck.choice(("on", "off")) for name in switches if luck.random() < 0.3
        },
        "settings": {
            address: luck.choice(list(parameter.options))
            for address, parameter in options
            if luck.random() < 0.3
        },
        "change": [
            {
                "parameter": address,
                "from": luck.choice(STARTS),
                "value": _value(parameter, luck),
                "because": "to test",
            }
            for address, parameter in luck.sample(numbers, CHANGES)
        ],
    }


def _value(parameter: Any, luck: random.Random) -> int | float:
    low, high = float(parameter.low), float(parameter.high)
    if parameter.unit.split(" ")[0] in ("months", "persons", "count", "years", "switch"):
        return luck.randint(int(low), int(high))
    if parameter.unit.startswith("yuan"):
        return round(luck.uniform(low, high), 2)
    return round(luck.uniform(low, high), 6)
