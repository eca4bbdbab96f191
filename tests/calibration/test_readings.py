"""Open readings: every option is tried, and figures are shown as they are."""

from fractions import Fraction

from calibration.readings import Reading, _shown, frame, open_readings, page, read
from model.parameters.reader import all_topics
from scenarios.effects import Effect
from scenarios.runner import Request
from scenarios.scenario import Scenario


def an_effect(mean: float, error: float, unit: str, verdict: str) -> Effect:
    return Effect(
        "a", "b", "public_outlay", unit, "2020-12", mean, mean - error, mean + error, mean - error,
        mean + error, error, 1.0, 8, verdict,
    )  # fmt: skip


def test_every_option_but_the_default_is_read_once_and_loads() -> None:
    found = list(open_readings())
    assert len(set(found)) == len(found)
    for name, topic in all_topics().items():
        for field, one in topic.parameters.items():
            tried = {r.option for r in found if r.address == f"{name}.{field}" and not r.because}
            taken = {str(raw) for _, raw in one.steps}
            assert tried == set(one.options) - taken
    base = Scenario.from_mapping({"title": "x", "extends": "policy_2017"})
    for one in found:
        assert one.scenario().digest != base.digest


def test_yuan_are_shown_in_ten_thousands_and_chance_in_brackets() -> None:
    assert _shown(an_effect(123_456.0, 10_000.0, "yuan", "up")) == "+12.3 ± 1.0"
    assert _shown(an_effect(-30.0, 20.0, "persons", "unclear")) == "(\N{MINUS SIGN}30.0 ± 20.0)"
    assert _shown(an_effect(0.0, 0.0, "yuan", "none")) == "0"
    assert _shown(an_effect(0.0, 0.0, "yuan", "few")) == "0"  # however few the runs
    assert _shown(an_effect(100_000.0, 5_000.0, "yuan", "few")) == "(+10.0 ± 0.5)"


def test_a_reading_of_a_small_province_gives_rows_of_every_measure() -> None:
    one = Reading("wage_drop_subsidy.payee", "enterprise", "person")
    found = read([one], Request(Fraction(1, 2000), 2, until="2018-03", jobs=1))
    rows = frame(found)
    assert list(rows["metric"])[:2] == ["public_outlay", "certificates"]
    assert set(rows["seeds"]) == {2}
    assert "`wage_drop_subsidy.payee`" in page(found, "command")
