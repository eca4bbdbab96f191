"""The mirror lived small: every figure answered, judged and said in both languages."""

import pytest

from calibration.moments import FACTOR, Mirror, Moment, compute, frame, table
from calibration.observing import Lived, live_and_watch
from calibration.table import counted, shown, width
from calibration.targets import Target, targets
from scenarios.runner import Request, RequestError
from scenarios.scenario import load
from tests.lived import SMALL


@pytest.fixture(scope="module")
def mirror() -> Mirror:
    return compute(SMALL, seeds=2, jobs=1)


@pytest.fixture(scope="module")
def lived() -> Lived:
    return live_and_watch("2016-12", "2018-01", load("no_policy"), Request(SMALL), 1)


def moment(ratio: float, use: str = "test", *, judged: bool = True) -> Moment:
    target = next(t for t in targets().targets if t.use == use)
    return Moment(target, "province", 100 * ratio, 0.0, 100.0, ("A0052",), "data", judged)


def test_a_figure_is_within_a_factor_from_both_sides() -> None:
    # 1 / 1.25 = 0.8: 0.80 and 1.25 lie inside, 0.79 and 1.26 do not; a wrong sign never does.
    inside = [moment(r).within(FACTOR) for r in (0.79, 0.80, 1.0, 1.25, 1.26, -1.0)]

    assert inside == [False, True, True, True, False, False]


def test_what_is_not_judged_is_not_counted() -> None:
    found = [moment(1.0), moment(2.0), moment(1.0, "built"), moment(9.0, judged=False)]

    assert counted(found, FACTOR) == (2, 3)
    assert counted(found, FACTOR, "test") == (1, 2)


def test_every_target_is_answered(mirror: Mirror) -> None:
    answered = {m.target.name for m in mirror.moments}
    every = {t.name for t in targets().targets}

    assert len(answered) > 0.9 * len(every)  # a sample of two thousand lacks some groups
    inside, judged = counted(mirror.moments, FACTOR, "test")
    assert 0 <= inside <= counted(mirror.moments, 1e9, "test")[0] <= judged


def test_the_page_stands_in_both_languages(mirror: Mirror) -> None:
    pages = {lang: mirror.text(lang) for lang in ("zh", "en")}
    for lang, page in pages.items():
        assert "0.00 nan" not in page
        assert page.count("\n|") >= len(mirror.moments)
        assert all(g.of(lang) in page for g in targets().groups.values())
        assert "longjiang moments" in page
    assert "龙煤" in pages["zh"] and "Longmay" in pages["en"]
    assert table(mirror.moments, "en") in pages["en"]


def test_tables_line_up_in_a_terminal(mirror: Mirror) -> None:
    block: list[int] = []
    for line in [*mirror.text("zh").split("\n"), ""]:
        if line.startswith("|"):
            block.append(width(line))
        elif block:
            assert len(set(block)) == 1
            block = []


def test_the_frame_holds_a_row_a_figure(mirror: Mirror) -> None:
    found = frame(mirror.moments)

    assert len(found) == len(mirror.moments)
    assert set(found["use"]) == {"built", "set", "test"}
    assert found["ids"].str.len().gt(0).all()


def test_looking_changes_nothing(lived: Lived) -> None:
    again = live_and_watch("2016-12", "2018-01", load("no_policy"), Request(SMALL), 1)

    assert {n: s.tolist() for n, s in again.stocks.items()} == {
        n: s.tolist() for n, s in lived.stocks.items()
    }
    assert again.ledger.equals(lived.ledger)


def test_stocks_and_flows_of_people_agree(lived: Lived) -> None:
    # Employed at the end of a month = at its start + hires from outside - separations + poached,
    # who leave and join in one month: both flows count them.
    employed = lived.stocks["employed"].sum(axis=(1, 2, 3))
    zero = 0 * employed[1:]
    hires = lived.flows["hires"].sum(axis=(1, 2, 3)) if "hires" in lived.flows else zero
    left = lived.flows["separations"].sum(axis=(1, 2, 3))

    assert (employed[:-1] + hires - left == employed[1:]).all()


def test_a_year_counts_from_its_own_january(lived: Lived) -> None:
    assert lived.months(2017) == slice(0, 12)
    assert lived.at("2016-12") == 0
    assert lived.at("2017-12") == 12


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.0312, "share", "3.12 %"),
        (0.312, "share a year", "31.2 % a year"),
        (12345.6, "persons", "12,346 persons"),
        (-0.5, "share", "-50.0 %"),
    ],
)
def test_values_are_shown_with_their_unit(value: float, unit: str, said: str) -> None:
    assert shown(value, unit, "en") == said


def test_a_scale_that_cannot_be_run_is_refused() -> None:
    with pytest.raises(RequestError, match="scale"):
        compute("2/3", seeds=1)


def test_a_target_lives_in_one_of_the_bases() -> None:
    assert {t.base for t in targets().targets} == {"2013-12", "2016-12"}
    assert isinstance(targets().targets[0], Target)
