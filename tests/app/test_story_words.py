"""What a planner reads of a run, from runs made by hand."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from app import charts
from app.amounts import wan_yuan
from app.differing_words import SHORT, apart_brief, apart_lines, apart_words
from app.figures import Look, _footer, outlay_by_year
from app.largest import MOST, largest_paid
from app.outlay_table import outlay_tables, screen_tables
from app.screen import WIDTH
from app.sentence import headline, remarks
from app.summary import write_summary
from app.tables import _board_row, board_table, effects_table, instrument_title, reading_table
from app.wrapping import wrap
from model.instruments.registry import instruments
from model.ledger import PUBLIC
from model.results import Run
from model.words import LANGUAGES
from scenarios.board import Row
from scenarios.differing import apart
from scenarios.readings import Arms
from scenarios.runner import Request
from scenarios.scenario import load
from scenarios.story import Story
from tests.scenarios.results import Paid, run_of

FUND, OWN = "unemployment_insurance_fund", "education_funds"
MINUS = "\u2212"


def paid(instrument: str, yuan: float, cases: int = 1, payer: str = FUND) -> Paid:
    return Paid("2017-03", payer, "workers", instrument, round(yuan * 100), cases)


def levy(into: float, spent: float) -> tuple[Paid, ...]:
    return (
        Paid("2017-01", "enterprises", OWN, "education_levy", round(into * 100)),
        Paid("2017-02", OWN, "institutions", "education_levy", round(spent * 100)),
    )


def story_of(mine: Sequence[Run], theirs: Sequence[Run] | None = None) -> Story:
    policy, none = load("policy_2017"), load("no_policy")
    request = Request(seeds=len(mine), until="2017-12")
    if theirs is None:
        return Story(Arms(policy, None, None), {"policy_2017": mine}, request)
    results = {"policy_2017": mine, "no_policy": theirs}
    return Story(Arms(policy, none, None), results, request)


def mine_of(seeds: int, *more: Paid, technicians: float = 100.0) -> list[Run]:
    return [
        run_of("policy_2017", seed=s, technicians=technicians + s, paid=more) for s in range(seeds)
    ]


def theirs_of(seeds: int, *more: Paid) -> list[Run]:
    return [run_of("no_policy", seed=s, paid=more) for s in range(seeds)]


def lines_of(story: Story) -> dict[tuple[str, str], tuple[str, ...]]:
    """Cells of the outlay table by name and arm."""
    found, name = {}, ""
    for row in outlay_tables(story, "zh")[0].rows:
        name = row[0].strip() or name
        found[name, row[1]] = row[2:]
    return found


def test_every_cell_is_its_own_amount_and_an_exact_zero_is_zero() -> None:
    # 0.04 and 0.04 of 10,000 yuan are 0.0 each and 0.1 together; 11,840,000 yuan are 1,184.0
    mine = mine_of(1, paid("skill_upgrade_subsidy", 11_840_000), paid("stay_job_subsidy", 400),
                   paid("unemployment_insurance", 400))  # fmt: skip
    cells = lines_of(story_of(mine, theirs_of(1)))

    assert cells["技能提升补贴 C10", "本情景"] == ("1,184.0", "1,184.0", "11,840,000.00")
    assert cells["稳岗补贴", "本情景"] == ("0.0", "0.0", "400.00")
    assert cells["小计", "本情景"][0] == "0.0"  # the employment fund's, which comes last
    assert cells["合计", "本情景"] == ("1,184.1", "1,184.1", "11,840,800.00")
    zero = ("0.0", "0.0", "0.00")
    assert cells["合计", "对照"] == zero


def test_measures_that_paid_nothing_in_either_world_are_named_below_and_take_no_line() -> None:
    mine = mine_of(2, paid("skill_upgrade_subsidy", 100))
    story = story_of(mine, theirs_of(2, paid("stay_job_subsidy", 100)))
    listed = {name for name, _ in lines_of(story)}
    note = next(one for one in outlay_tables(story, "zh")[0].notes if "没有列出" in one)

    assert {"技能提升补贴 C10", "稳岗补贴"} <= listed, "paid in one world is enough"
    assert "降薪生活补助 C12" not in listed
    assert "降薪生活补助 C12" in note
    assert "稳岗补贴" not in note


def test_which_measures_both_worlds_have_is_read_off_the_scenarios() -> None:
    names = ("skill_upgrade_subsidy", "contest_prizes", "promotion_training_subsidy")
    mine = [run_of("policy_2017", months=12, paid=tuple(paid(name, 100) for name in names))]
    theirs = [run_of("no_policy", months=12)]
    found = outlay_tables(story_of(mine, theirs), "zh")[0].notes

    def after(words: str) -> str:
        return next((one for one in found if words in one), "")

    # C10's money is the order of 2017; contests are held in both worlds, more of them by C21
    assert "技能提升补贴 C10" in after("规定也相同")
    assert "竞赛奖金和竞赛取证 C21" in after("规定有不同")
    assert "升级培训补贴 C9" in after("只有本情景")
    assert not after("只有对照")


def test_money_that_is_not_public_stands_apart_with_both_worlds() -> None:
    union = Paid("2017-03", "union_fund", "workers", "innovation_loan_interest", 3_000_000)
    tax = Paid("2017-03", "tax_office", "enterprises", "training_tax_deduction", 5_000_000)
    less = Paid("2017-03", "tax_office", "enterprises", "training_tax_deduction", 2_000_000)
    story = story_of(mine_of(2, union, tax), theirs_of(2, less))
    sheet = outlay_tables(story, "zh")[0]
    said = [one for one in sheet.notes if "不计入公共支出，另列" in one]

    assert len(said) == 2
    assert any("减免的税" in one and "相差 +3.0 万元" in one for one in said)
    assert any("工会经费" in one and "对照 0 元，相差 +3.0 万元" in one for one in said)
    assert lines_of(story)["合计", "本情景"][-1] == "0.00"
    alone = outlay_tables(story_of(mine_of(1, tax)), "zh")[0].notes
    assert any("培训费用税前扣除 C26：5.0 万元" in one for one in alone)


def test_on_a_screen_a_measure_takes_one_line_and_a_fund_carries_its_sum() -> None:
    mine = mine_of(2, paid("skill_upgrade_subsidy", 20_000), paid("stay_job_subsidy", 10_000))
    brief, by_fund = screen_tables(story_of(mine, theirs_of(2)), "zh")
    rows = {row[0].strip(): row[1:] for row in brief.rows}

    assert rows["失业保险基金"] == ("3.0", "0.0", "+3.0 [+3.0, +3.0]")
    assert rows["技能提升补贴 C10"] == ("2.0", "0.0", "+2.0 [+2.0, +2.0]")
    assert rows["合计"] == rows["失业保险基金"]
    assert "降薪生活补助 C12" not in rows
    assert by_fund.rows[0] == ("失业保险基金", "本情景", "3.0", "3.0", "30,000.00")
    single = screen_tables(story_of(mine[:1], theirs_of(1)), "zh")[0]
    assert single.rows[0][1:] == ("3.0", "0.0", "+3.0"), "one run has no band"


def test_a_scenario_alone_shows_the_same_cells_as_beside_another() -> None:
    mine = mine_of(3, paid("skill_upgrade_subsidy", 12_345.67), paid("stay_job_subsidy", 3_333.33))
    theirs = theirs_of(3, paid("skill_upgrade_subsidy", 777.77))
    alone, beside = lines_of(story_of(mine)), lines_of(story_of(mine, theirs))

    assert {k: v for k, v in beside.items() if k[1] in ("本情景", "")} == alone


@pytest.mark.parametrize(
    ("yuan", "said"), [(500, "0.0"), (1_500, "0.2"), (2_500, "0.2"), (-1_500, MINUS + "0.2")]
)
def test_halves_go_to_the_even_digit(yuan: int, said: str) -> None:
    assert wan_yuan(yuan * 100) == said


def test_bands_of_sums_stand_beside_and_are_called_what_they_are() -> None:
    mine = [
        run_of("policy_2017", seed=s, paid=(paid("wage_drop_subsidy", yuan),))
        for s, yuan in enumerate((10_000, 30_000, 50_000, 70_000, 90_000))
    ]
    few, enough = (outlay_tables(story_of(mine[:n], theirs_of(n)), "zh")[-1] for n in (3, 5))

    assert "最小—最大" in few.title
    assert "5%—95%" in enough.title
    row = {row[0].strip(): row[1:] for row in few.rows}["降薪生活补助 C12"]
    assert row == ("3.0 [1.0, 5.0]", "+3.0 [+1.0, +5.0]")
    row = {row[0].strip(): row[1:] for row in enough.rows}["降薪生活补助 C12"]
    assert row[0] == "5.0 [1.4, 8.6]"  # a fifth of the way from 1 to 3, and from 9 to 7
    assert len(outlay_tables(story_of(mine[:1]), "zh")) == 1, "one run has no band"


def test_few_runs_are_told_without_a_verdict_everywhere() -> None:
    few, enough = (story_of(mine_of(n, technicians=110), theirs_of(n)) for n in (4, 5))
    said = headline(few, "zh")

    assert "不作判断" in said
    assert "最小—最大" in said
    assert not re.search("看不清|没有改变|人员多", said)
    assert "技师及以上人员多 12 [10, 14] 人" in headline(enough, "zh")
    for story, word in ((few, "最小—最大"), (enough, "5%—95%")):
        assert word in board_table(story, "zh").title
        assert word in effects_table(list(story.effects.values()), "zh").head[2]
    assert {row[3] for row in effects_table(list(few.effects.values()), "zh").rows} == {"不作判断"}
    assert any("t 检验" in one for one in remarks(enough, "zh"))
    assert not any("t 检验" in one for one in remarks(few, "zh"))


@pytest.mark.parametrize(
    ("goal", "mean", "zh", "en"),
    [
        # 1,926,000 - 1,834,000 = 92,000 = 9.2 wan = 0.09 million
        (1_834_000, 1_926_000.0, "超出 9.2 万", "0.09 m over"),
        (1_926_000, 1_834_000.0, "9.2 万", "0.09 m"),
        (110_000, 95_000.0, "1.5 万", "15,000"),  # the goal is in wan, the mean is not
        (1_834_000, 1_834_300.0, "超出 300", "300 over"),  # would be 0.0 wan
        (20, 15.0, "5", "5"),  # a row that is not in wan
    ],
)
def test_a_gap_has_the_unit_of_its_row(goal: int, mean: float, zh: str, en: str) -> None:
    row = Row("person_times", "all_groups_2017_2020", "persons", goal, True, (mean,), None, None)

    assert _board_row(row, "zh", compared=False)[-1] == zh
    assert _board_row(row, "en", compared=False)[-1] == en


def test_the_enterprises_own_money_is_told_below_the_sentence_and_the_table() -> None:
    mine = mine_of(5, *levy(300_000, 50_000), paid("promotion_training_subsidy", 3_000, 7))
    story = story_of(mine, theirs_of(5, *levy(100_000, 40_000)))
    below = remarks(story, "zh")[0]

    assert "第7条，不是公共支出" in below
    assert "提取 +20.0 [+20.0, +20.0] 万元，使用 +1.0 [+1.0, +1.0] 万元" in below
    assert "公共资金补贴的个案 +7 [+7, +7] 件" in below
    # Cases are of all groups, person-times of industrial workers: neither is part of the other.
    assert "培训人次只计产业工人" in below and "其余" not in below
    english = remarks(story, "en")[0]
    assert "of all groups" in english and "the rest" not in english
    note = next(one for one in outlay_tables(story, "zh")[0].notes if "职工教育经费" in one)
    assert "提取 本情景 30.0 万元，对照 10.0 万元，相差 +20.0 万元" in note
    assert "使用 本情景 5.0 万元，对照 4.0 万元，相差 +1.0 万元" in note
    same = story_of(mine_of(5, *levy(1, 1)), theirs_of(5, *levy(1, 1)))
    assert "第7条，不是公共支出" not in "".join(remarks(same, "zh"))


def test_all_that_is_new_is_listed_with_clause_and_grade() -> None:
    said = apart_words(load("policy_2017"), load("no_policy"), "2017-12", "zh")

    for part in (
        "第7条：督查使更多企业提取经费的比例＝0.05（对照 0，假设）",
        "第6条：实施校企合作成本补偿（条文）",
        "第9条：实施升级培训补贴（条文）",
        "全省新建培训基地的计划＝已公布的计划（对照 不新建，假设）",
        "越级申报的概率＝0.002（对照 0，假设）",
        "破格免年限的比例＝0.01（对照 0，假设）",
        "特级技师月聘任率＝0.00002（对照 0，假设）",
        "第12条：实施企业年金和补充医疗（条文），实施降薪生活补助（条文）",
        "因该意见而设技能津贴的企业比例＝0.03（对照 0，假设）",
    ):
        assert part in said
    assert said.index("第7条：") < said.index("第10条：") < said.index("第12条：")
    assert "全部不同之处" not in "".join(remarks(story_of(mine_of(5)), "zh"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_many_differences_fit_a_screen_and_stand_whole_in_the_report(
    tmp_path: Path, lang: str
) -> None:
    policy, none = load("policy_2017"), load("no_policy")
    brief = apart_brief(policy, none, "2020-12", lang)
    every = apart(policy, none, "2020-12")

    assert len(wrap(brief, WIDTH)) <= 12
    assert str(len(every)) in brief
    for one in every:
        if one.is_switch:
            assert one.topic.title[lang] in brief
        elif one.parameter.grade != "assumed":
            assert one.parameter.says[lang] in brief
    assumed = sum(not one.is_switch and one.parameter.grade == "assumed" for one in every)
    assert f" {assumed} " in f" {brief}"

    story = story_of(mine_of(2), theirs_of(2))
    write_summary(tmp_path / "s.md", [story], {"command": "x", "wall_seconds": 1},
                  {"policy_2017": []}, lang)  # fmt: skip
    said = (tmp_path / "s.md").read_text("utf-8")
    assert all(one.parameter.says[lang] in said or one.is_switch for one in apart(
        policy, none, story.month))  # fmt: skip
    assert all(f"- {line}" in said for line in apart_lines(policy, none, story.month, lang))


def test_few_differences_are_listed_whole() -> None:
    policy, literal = load("policy_2017"), load("text_literal")

    assert len(apart(policy, literal, "2020-12")) <= SHORT
    brief = apart_brief(literal, policy, "2020-12", "zh")
    assert brief == apart_words(literal, policy, "2020-12", "zh")
    assert apart_brief(policy, policy, "2020-12", "zh") == ""


def test_numbers_called_alike_name_their_measure() -> None:
    lines = apart_lines(load("policy_2017"), load("no_policy"), "2018-12", "zh")
    c25 = next(one for one in lines if one.startswith("第25条"))

    assert "首次鉴定补贴：是否覆盖" in c25
    assert "重点人群培训补贴：是否覆盖" in c25
    assert c25.index("实施绩效奖补") < c25.index("是否覆盖"), "measures that pay come first"


def test_benefit_and_books_are_explained_under_the_table() -> None:
    falls, rises = (
        [run_of("policy_2017", months=24, paid=(Paid(*line),))]
        for line in (
            ("2017-03", FUND, "workers", "unemployment_insurance", 100),
            ("2018-03", FUND, "workers", "unemployment_insurance", 100),
        )
    )
    notes = outlay_tables(story_of(falls), "zh")[0].notes

    assert any("全部登记失业人员都在领" in one for one in notes)
    assert not any("登记失业" in one for one in outlay_tables(story_of(rises), "zh")[0].notes)
    assert sum("funds.csv" in one for one in notes) == 2
    assert any("四舍五入" in one for one in notes)


def test_rare_payments_say_in_how_many_runs_they_were_made() -> None:
    mine = [
        run_of("policy_2017", seed=s, paid=(paid("wage_drop_subsidy", yuan, 40),) if yuan else ())
        for s, yuan in enumerate((0, 0, 0, 9_000))
    ]
    arms = Arms(load("policy_2017"), load("no_policy"), load("text_literal"))
    other = [run_of("text_literal", seed=s) for s in range(4)]
    results = {"policy_2017": mine, "no_policy": theirs_of(4), "text_literal": other}
    sheet = reading_table(Story(arms, results, Request(seeds=4, until="2017-12")), "zh")

    assert sheet.head == ("读法", "A 本情景", "B 另一种读法")
    cells = {row[0]: row[1:] for row in sheet.rows}
    assert cells["有支出的运行"] == ("4 次中 1 次", "4 次中 0 次")
    assert cells["支出（平均）"] == ("2,250 [0, 9,000] 元", "0 [0, 0] 元")
    assert cells["支出（中位数）"] == ("0 元", "0 元")
    assert cells["领取人月（全省，平均）"][0] == "10"
    assert cells["样本人月（平均）"][0] == "0.5"  # of 20 persons each
    assert "最小—最大" in sheet.title


@pytest.mark.parametrize(("weight", "warned"), [(100, False), (101, True)])
def test_samples_below_a_hundredth_carry_a_warning(weight: int, warned: bool) -> None:
    mine = [replace(run, weight=weight) for run in mine_of(2)]
    said = "".join(remarks(story_of(mine), "zh"))

    assert ("只宜试用" in said) is warned


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("runs", [1, 2, 5])
def test_a_report_is_written_whole_in_both_languages(tmp_path: Path, lang: str, runs: int) -> None:
    mine = mine_of(runs, *levy(5, 3), paid("unemployment_insurance", 100))
    story = story_of(mine, theirs_of(runs, *levy(4, 3)))
    write_summary(tmp_path / "summary.md", [story], {"command": "x", "wall_seconds": 1},
                  {"policy_2017": ["figures/1_a.png"]}, lang)  # fmt: skip
    said = (tmp_path / "summary.md").read_text("utf-8")

    assert "](figures/1_a.png)" in said
    assert headline(story, lang) in said
    assert ("5%—95%" in said or "5-95 %" in said) is (runs == 5)


def test_an_instrument_has_one_colour_on_the_page_and_in_figures() -> None:
    story = story_of(mine_of(2, paid("skill_upgrade_subsidy", 100), paid("stay_job_subsidy", 50)))
    look = Look("en", None)
    drawn = Figure()
    outlay_by_year(story, drawn, look)
    shown = {to_hex(bars.patches[0].get_facecolor()) for bars in drawn.axes[0].containers}

    named = [
        charts.colour_of(name).lower() for name in ("skill_upgrade_subsidy", "stay_job_subsidy")
    ]
    assert shown == set(named)
    colours = [*map(charts.colour_of, instruments()), charts.OTHER]
    assert len(set(colours)) == len(instruments()) + 1, "no two alike, none as grey as the rest"


def test_the_largest_measures_stand_by_themselves_and_the_rest_as_one() -> None:
    names = [name for name, one in instruments().items() if one.payer in PUBLIC]
    size = {name: 1_000_000 * (place + 1) for place, name in enumerate(names)}
    mine = mine_of(2, *(paid(name, yuan) for name, yuan in size.items()))
    story = story_of(mine, theirs_of(2, paid(names[0], 100_000_000)))
    drawn = Figure()
    outlay_by_year(story, drawn, Look("zh", None))
    stack, gaps = (
        {bars.get_label(): sum(b.get_height() for b in bars) for bars in axes.containers}
        for axes in drawn.axes
    )

    assert len(stack) == len(gaps) == MOST + 1
    assert list(stack)[-1] == list(gaps)[-1] == "其他措施"
    shown = largest_paid([story.outlay, story.outlay_against or story.outlay])
    assert shown[0] == names[0], "large in the other world is enough"
    assert set(shown[1:]) == set(names[1 - MOST :])
    assert list(stack)[:MOST] == [instrument_title(name, "zh") for name in shown]
    # 亿元; nothing is lost: what stands by itself and the rest are all that was paid
    rest = sum(yuan for name, yuan in size.items() if name not in shown)
    assert stack["其他措施"] == pytest.approx(rest / 1e8)
    assert sum(stack.values()) == pytest.approx(sum(size.values()) / 1e8)
    assert sum(gaps.values()) == pytest.approx((sum(size.values()) - 100_000_000) / 1e8)


def test_footers_speak_of_what_is_drawn() -> None:
    look = Look("zh", None)
    one, few, enough = (story_of(mine_of(n), theirs_of(n)) for n in (1, 2, 5))

    assert _footer(one, "fund", look) == "一次运行，没有区间"
    assert _footer(few, "fund", look) == "2 次运行的平均；阴影为最小—最大"
    assert _footer(enough, "outlay", look) == "5 次运行的平均；竖线为5%—95%"
    assert _footer(enough, "ladder", look).startswith("特级技师从高级技师中聘任")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_of_large_amounts_fit_the_screen_with_all_their_columns(lang: str) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    from app.summary import screen_sheets
    from app.tables import rich_table

    names = [line for line in instruments() if line != "education_levy"]
    mine, other = (
        [
            run_of(
                name,
                seed=s,
                person_times=3e5 + s,
                technicians=1e5 + 1e4 * (s % 3),
                paid=tuple(paid(one, 987_654_321.09 * (s + 1), 40_000) for one in names),
            )
            for s in range(5)
        ]
        for name in ("policy_2017", "text_literal")
    )
    arms = Arms(load("policy_2017"), load("no_policy"), load("text_literal"))
    results = {"policy_2017": mine, "no_policy": theirs_of(5), "text_literal": other}
    story = Story(arms, results, Request(seeds=5, until="2017-12"))
    sheets = screen_sheets(story, lang)
    for sheet in (*sheets, effects_table(list(story.effects.values()), lang)):
        console = Console(width=WIDTH, record=True, quiet=False, file=StringIO())
        console.print(rich_table(sheet))
        shown = console.export_text()
        assert all(cell_len(line.rstrip()) <= WIDTH for line in shown.splitlines()), sheet.title
        flat = "".join(shown.split())
        for cell in (cell for row in sheet.rows for cell in row[1:]):
            assert "".join(cell.split()) in flat or sheet.folds, (sheet.title, cell)
        for row in sheet.rows:
            assert "".join(row[0].split())[:6] in flat, (sheet.title, row[0])
