"""Writes docs/parameters.md: every number of the model, its range, grade and source.

``python docs/parameters.py`` writes the page; ``--check`` only says whether it is current. The
page is made from the parameter files and from ``model/population/inputs`` alone.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from model.parameters.reader import GRADES, Parameter, Topic, all_topics, shown
from model.population.inputs import FOLDER

PAGE = Path(__file__).with_suffix(".md")
BOARD = "targets"  # a topic that the target board reads and a run does not
# Stated, and read by `longjiang case` or by nothing yet; a run lives on as if they were not there.
UNHEEDED = frozenset(
    {
        "apprenticeship_subsidy.insured_required",
        "document.joint_meetings_elsewhere",
        "document.joint_meetings_province",
        "document.ladder_levels",
        "document.title_equivalences",
        "education_levy.claim_month",
        "education_levy.frontline_share",
        "education_levy.rank",
        "promotion_training_subsidy.without_course",
        "skill_upgrade_subsidy.catalogue_required",
        "training_donations.claim_month",
        "training_donations.limit",
        "training_donations.rank",
        "training_donations.tax_rate",
        "training_tax_deduction.rank",
        "wage_drop_subsidy.rank",
        "wage_drop_subsidy.teachers_premiums",
    }
)
HEAD = """\
# 参数 / Parameters

本页由 `python docs/parameters.py` 从参数文件生成，不要手改。
地址写进情景文件的 `change: parameter`。“a; 日期 → b”：先是 a，从该日当天或之后
开始的第一个月起是 b；第一个值也用于它之前。
等级：`law` 规则原文，`data` 公布数据，`estimate` 由数据推出，`assumed` 假设。
标 † 的参数目前不影响运行（只用于政策计算器，或尚未接入）；标 ‡ 的只用于 2020 年目标板。

Made from the parameter files by `python docs/parameters.py`; do not edit.
An address goes into `change: parameter` of a scenario. "a; date → b": a at first, then b
from the first month that begins on or after the date; the first value also holds before
its own date. Grades: `law` the text of a rule, `data` a published figure, `estimate`
derived from data, `assumed` an assumption. Parameters marked † do not change a run at
present (the policy calculator reads them, or nothing does yet); those marked ‡ serve the
2020 target board alone.
"""
INPUTS_HEAD = """\
## 合成省情的输入 / Inputs of the synthetic province

文件在 `model/population/inputs/`；怎样用见 [population.md](population.md)。
这些数不能用情景改变。

The files are in `model/population/inputs/`; [population.md](population.md) says how they
are used. A scenario cannot change them.
"""


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with ``--check`` compare it; 1 if it is not current."""
    text = page()
    if "--check" in arguments:
        return int(not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def page() -> str:
    """The whole page."""
    topics = all_topics()
    parts = [HEAD, _counts(topics.values())]
    parts += [_topic(topic) for topic in topics.values()]
    parts += [INPUTS_HEAD, _input_counts(), _numbers(), _columns()]
    return "\n".join(parts)


def _counts(topics: Iterable[Topic]) -> str:
    rows, total = [], Counter[str]()
    for topic in topics:
        counted = Counter(p.grade for p in topic.parameters.values())
        total += counted
        rows.append([f"[{topic.name}](#{topic.name})", topic.clause or "", *_by_grade(counted)])
    rows.append(["**合计 total**", "", *_by_grade(total)])
    head = ["文件 topic", "条文 clause", *GRADES, "合计 all"]
    return "## 各等级的个数 / Counts by grade\n\n" + _table(head, rows)


def _by_grade(counted: Counter[str]) -> list[str]:
    return [*(str(counted[grade]) for grade in GRADES), str(counted.total())]


def _topic(topic: Topic) -> str:
    clause = f" · {topic.clause}" if topic.clause else ""
    text = f'<a id="{topic.name}"></a>\n\n## {topic.title["zh"]} / {topic.title["en"]}{clause}\n\n'
    text += f"{topic.about['zh']}\n\n{topic.about['en']}\n\n"
    head = [
        "地址 address",
        "含义 meaning",
        "单位 unit",
        "值 value",
        "范围 range",
        "等级",
        "来源 source",
    ]
    return text + _table(head, [_row(topic.name, p) for p in topic.parameters.values()])


def _row(topic: str, p: Parameter) -> list[str]:
    address = f"{topic}.{p.name}"
    mark = " †" if address in UNHEEDED else " ‡" if topic == BOARD else ""
    source = " / ".join(dict.fromkeys(p.cite.values()))
    if p.source.id:
        source += f" [{p.source.id}]"
    if p.note:
        source += f" ({p.note['zh']} / {p.note['en']})"
    return [
        f"`{address}`{mark}",
        f"{p.says['zh']} / {p.says['en']}",
        p.unit,
        _values(p),
        _range(p),
        p.grade,
        source,
    ]


def _values(p: Parameter) -> str:
    first, *later = p.values
    return "; ".join([shown(first[1]), *(f"{day} → {shown(raw)}" for day, raw in later)])


def _range(p: Parameter) -> str:
    if p.options:
        said = p.option_says
        return "; ".join(f"`{o}` {said[o]['zh']} / {said[o]['en']}" for o in p.options)
    return f"{shown(p.low)} – {shown(p.high)}"


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _input_counts() -> str:
    rows = []
    for name in ("numbers", "tables", "groups", "figures", "gaps"):
        counted = Counter(row["grade"] for row in _read(name))
        rows.append([f"`{name}.csv`", *_by_grade(counted)])
    return _table(["文件 file", *GRADES, "行 rows"], rows)


def _numbers() -> str:
    rows = [
        [
            f"`{r['name']}`",
            f"{r['zh']} / {r['en']}",
            r["unit"],
            r["value"],
            f"{r['low']} – {r['high']}",
            r["grade"],
            r["source"],
        ]
        for r in _read("numbers")
    ]
    head = [
        "名称 name",
        "含义 meaning",
        "单位 unit",
        "值 value",
        "范围 range",
        "等级",
        "来源 source",
    ]
    return "### numbers.csv\n\n" + _table(head, rows)


def _columns() -> str:
    rows = [
        [
            f"`{r['file']}.{r['column']}`",
            f"{r['zh']} / {r['en']}",
            r["unit"],
            f"{r['low']} – {r['high']}",
            r["grade"],
            r["source"],
        ]
        for r in _read("tables")
    ]
    head = ["列 column", "含义 meaning", "单位 unit", "范围 range", "等级", "来源 source"]
    return "### 各表的列 / Columns of the tables\n\n" + _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(_cell(c) for c in line) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
