"""The part of the page where a user reads: everything against the same world without the policy."""

from collections.abc import Sequence

import streamlit as st

from app import charts, series
from app.amounts import fixed, whole
from app.charts import Labels
from app.differing_words import SHORT, apart_lines
from app.evidence import plain
from app.largest import largest_paid, paid
from app.outlay_table import outlay_tables, screen_tables
from app.pages.session import Answer, Session
from app.question import OWN, yaml_of
from app.sentence import band_name, headline, remarks
from app.tables import Sheet, board_table, effects_table, instrument_title, reading_table
from model.parameters.reader import all_topics
from model.words import label, text
from scenarios.differing import apart
from scenarios.effects import FEW, JUDGED_FROM, UPPER, judged
from scenarios.outlay import Outlay, outlay_frame
from scenarios.store import csv_of
from scenarios.story import Story

NBSP = "\N{NO-BREAK SPACE}"
PEOPLE = (
    "technicians",
    "technicians_employed",
    "high_skilled",
    "certificates",
    "certificates_upper",
    "person_times",
    "separations_upper",
    "out_migration",
)


def read(session: Session, answer: Answer) -> None:
    """All results of one run."""
    story, lang = answer.story, session.lang
    if answer.question != session.question:
        st.warning(session.say("stale"))
    st.markdown(f"### {plain(headline(story, lang))}")
    for said in remarks(story, lang):
        st.caption(plain(said))
    differing(session, story)
    cautions(session, story)
    table(board_table(story, lang), level=4)
    based_on(session, "targets", "plans", "training")
    technicians(session, story)
    ladder(session, story)
    outlay(session, story)
    readings(session, story)


def differing(session: Session, story: Story) -> None:
    """Every difference of the two scenarios, folded away; few stand under the sentence whole."""
    arms, lang = story.arms, session.lang
    if arms.against is None or len(apart(arms.scenario, arms.against, story.month)) <= SHORT:
        return
    with st.expander(session.say("differing")):
        lines = apart_lines(arms.scenario, arms.against, story.month, lang)
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def cautions(session: Session, story: Story) -> None:
    """What scale and seeds leave uncertain."""
    lines = []
    if story.weight > 1:
        lines.append(session.say("caution_scale", n=whole(story.weight)))
    if not judged(len(story.runs)):
        lines.append(session.say("caution_few", n=len(story.runs), least=JUDGED_FROM))
    elif len(story.runs) < FEW:
        lines.append(session.say("caution_seeds", n=len(story.runs)))
    if story.arms.against is None:
        lines.append(session.say("caution_alone"))
    if lines:
        st.warning("  \n".join(lines))


def worlds(session: Session, story: Story) -> list[str]:
    """Names of the scenario and of what it is held against."""
    lang, arms = session.lang, story.arms
    found = [arms.scenario.title[lang]]
    return found if arms.against is None else [*found, arms.against.title[lang]]


def labels_of(session: Session, story: Story, x: str, y: str) -> Labels:
    """Words of a chart; the ends of a band are called what they are."""
    say = session.say
    ends = ("p5", "p95") if judged(len(story.runs)) else ("smallest", "largest")
    return Labels(x, y, say("mean"), say(ends[0]), say(ends[1]))


def chart(spec: charts.Spec, said: str) -> None:
    """A chart with words for those who cannot see it."""
    st.vega_lite_chart(spec=spec, width="stretch", alt=said)


def technicians(session: Session, story: Story) -> None:
    """Technicians over time, and the paired difference."""
    say = session.say
    st.subheader(say("technicians"), anchor="technicians")
    names = worlds(session, story)
    labels = labels_of(session, story, say("month"), say("persons"))
    words = {"n": len(story.runs), "band": band_name(len(story.runs), session.lang)}
    arms = [story.runs] if story.against is None else [story.runs, story.against]
    points = [
        point
        for runs, name in zip(arms, names, strict=True)
        for point in series.paths(runs, UPPER, name)
    ]
    st.caption(say("bands", **words))
    chart(charts.fan(points, labels, names), say("technicians"))
    if story.against is not None:
        apart = series.path_differences(story.runs, story.against, UPPER, say("difference"))
        st.caption(say("difference_of", this=names[0], other=names[1], **words))
        chart(charts.difference(apart, labels), say("difference"))
    based_on(session, "training", "leaving", "claiming", "promotion_training_subsidy")


def ladder(session: Session, story: Story) -> None:
    """Certified people by level at the end."""
    say, lang = session.say, session.lang
    st.subheader(say("ladder", month=story.month), anchor="ladder")
    names = worlds(session, story)
    labels = labels_of(session, story, say("persons_root"), "")

    def name(code: str) -> str:
        return label(code, lang)

    arms = [story.runs] if story.against is None else [story.runs, story.against]
    points = [
        point
        for runs, world in zip(arms, names, strict=True)
        for point in series.rungs(runs, world, name)
    ]
    if story.against is None:
        chart(charts.rungs(points, labels, names), say("ladder", month=story.month))
        return
    left, right = st.columns(2)
    apart = series.rung_differences(story.runs, story.against, say("difference"), name)
    with left:
        chart(charts.rungs(points, labels, names), say("ladder", month=story.month))
    with right:
        of = labels._replace(x=say("difference_persons"))
        chart(charts.rung_differences(apart, of), say("difference"))
    rows = [
        (own.at, *(banded(p) for p in (own, other)), banded(d, signed=True))
        for own, other, d in zip(points[: len(apart)], points[len(apart) :], apart, strict=True)
    ]
    table(Sheet("", (say("level"), *names, say("difference")), tuple(rows)))
    st.caption(text("figure.special", lang))
    people = [story.effects[metric] for metric in PEOPLE]
    table(effects_table(people, lang))
    based_on(session, "training", "pay", "leaving", "hiring")


def banded(point: charts.Point, decimals: int = 0, *, signed: bool = False) -> str:
    """A mean with its band."""
    mean, low, high = (
        fixed(value, decimals, signed=signed) for value in (point.mean, point.low, point.high)
    )
    return f"{mean} [{low}, {high}]"


def outlay(session: Session, story: Story) -> None:
    """Public outlay by fund, instrument and year."""
    say, lang = session.say, session.lang
    st.subheader(say("outlay"), anchor="outlay")
    names, against = worlds(session, story), story.arms.against
    found = [one for one in (story.outlay, story.outlay_against) if one is not None]
    kinds = {one.instrument: instrument_title(one.instrument, lang) for one in story.outlay.lines}
    shown, rest = largest_paid(found), text("figure.others", lang)
    colours = {kinds[name]: charts.colour_of(name) for name in shown}
    if any(amount and name not in shown for one in found for name, amount in paid(one).items()):
        colours[rest] = charts.OTHER

    def kind(name: str) -> str:
        return kinds[name] if name in shown else rest

    pairs = list(zip(found, names, strict=True))
    parts = [
        part
        for one, name in pairs
        for part in series.outlay_parts(one, name, kinds.__getitem__, kind)
    ]
    totals = [point for one, name in pairs for point in series.outlay_totals(one, name)]
    labels = labels_of(session, story, say("year"), say("wan_yuan"))
    st.caption(say("outlay_note", band=band_name(len(story.runs), lang)))
    chart(charts.stacked_years(parts, totals, labels, colours), say("outlay"))
    for sheet in screen_tables(story, lang):
        table(sheet, level=5)
    with st.expander(say("by_year")):
        if story.outlay_against is not None:
            band = band_name(len(story.runs), lang)
            table(outlay_differences(session, story.outlay, story.outlay_against, band), level=5)
        for sheet in outlay_tables(story, lang):
            table(sheet._replace(notes=()), level=5)
    st.download_button(
        say("download_outlay"),
        csv_of(outlay_frame(story.results, None if against is None else against.name)),
        file_name="outlay.csv",
        mime="text/csv",
        on_click="ignore",
    )
    based_on(session, *paying(found), "claiming")


def paying(found: Sequence[Outlay]) -> list[str]:
    """Instruments that paid anything in any world."""
    return list(dict.fromkeys(n for one in found for n, amount in paid(one).items() if amount))


def outlay_differences(session: Session, found: Outlay, other: Outlay, band: str) -> Sheet:
    """Paired differences of outlay by fund, instrument and year; 万元."""
    say, lang = session.say, session.lang
    heads = (say("fund_measure"), *map(str, found.years), say("sum"))
    rows: list[tuple[str, ...]] = []
    fund = ""
    shown = paying((found, other))
    for key, points in series.outlay_differences(found, other).items():
        if key[0] and key[1] not in shown:
            continue
        cells = tuple(banded(point, 1, signed=True) for point in points)
        if not key[0]:
            rows.append((say("sum"), *cells))
            continue
        if key[0] != fund:
            fund = key[0]
            rows.append((label(fund, lang), *[""] * len(cells)))
        rows.append((instrument_title(key[1], lang), *cells))
    return Sheet(say("outlay_differences", band=band), heads, tuple(rows))


def readings(session: Session, story: Story) -> None:
    """C12 under the scenario's reading and the other one."""
    st.subheader(session.say("c12"), anchor="c12")
    if not story.readings:
        st.caption(session.say("c12_off"))
        return
    sheet = reading_table(story, session.lang)
    table(sheet._replace(notes=()))
    st.warning("  \n".join(plain(line) for line in sheet.notes))
    based_on(session, "wage_drop_subsidy", "stay_job_subsidy", "claiming", "demand")


def based_on(session: Session, *topics: str) -> None:
    """Links to the parameters that the numbers above rest on."""
    known = all_topics()
    links = [f"[{known[name].title[session.lang]}](#{anchor(name)})" for name in topics]
    st.caption(session.say("based_on", links=" · ".join(links)))


def anchor(topic: str) -> str:
    """Where the parameters of a topic stand on the page."""
    return f"basis-{topic.replace('_', '-')}"


def table(sheet: Sheet, level: int = 0) -> None:
    """A table of words; numbers to the right, a row that is only a heading in bold."""
    if sheet.title and level:
        st.markdown(f"{'#' * level} {plain(sheet.title)}")
    head = [plain(cell) or NBSP for cell in sheet.head]
    rule = ["---" if place < sheet.names else "---:" for place in range(len(head))]
    lines = [head, rule]
    for row in sheet.rows:
        inset = len(row[0]) - len(row[0].lstrip())  # markdown would drop plain spaces
        cells = [2 * inset * NBSP + plain(row[0].lstrip()), *(plain(cell) for cell in row[1:])]
        lines.append(cells if any(cells[1:]) else [f"**{cells[0].strip()}**", *cells[1:]])
    st.markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))
    for said in sheet.notes:
        st.caption(plain(said))


def file(session: Session) -> None:
    """The scenario as a file, its digest, and the command that gives the same numbers."""
    say, question = session.say, session.question
    st.subheader(say("file"), anchor="file")
    scenario = question.scenario()
    written = yaml_of(question)
    st.caption(say("digest"))
    st.code(scenario.digest, language=None, wrap_lines=True)
    st.code(written, language="yaml", wrap_lines=True)
    st.download_button(
        say("download"),
        written.encode("utf-8"),
        file_name=f"{question.name}.yaml",
        mime="application/yaml",
        on_click="ignore",
    )
    st.caption(say("command"))
    given = f"{OWN}.yaml" if question.moved else question.base
    options = f"--scale {question.scale} --seeds {question.seeds} --seed {question.seed}"
    st.code(f"longjiang run {given} {options}", language="bash", wrap_lines=True)
