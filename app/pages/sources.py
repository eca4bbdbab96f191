"""The end of the page: what every number rests on."""

import streamlit as st

from app.evidence import Entry, badge, entries, grades, plain
from app.pages.results import anchor
from app.pages.session import Session
from model.parameters.reader import Topic, all_topics
from scenarios.scenario import Scenario


def show(session: Session, scenario: Scenario) -> None:
    """Every parameter, by topic, with the values of the scenario chosen."""
    say, lang = session.say, session.lang
    st.subheader(say("basis"), anchor="basis")
    counted = grades(all_topics())
    marks = " ".join(f"{badge(grade, lang)} {n}" for grade, n in counted.items())
    st.markdown(say("basis_note", marks=marks))
    for topic in all_topics().values():
        part(session, scenario, topic)


def part(session: Session, scenario: Scenario, topic: Topic) -> None:
    """Parameters of one topic."""
    say, lang = session.say, session.lang
    clause = f"{topic.clause} " if topic.clause and topic.clause.startswith("C") else ""
    st.markdown(f'<a id="{anchor(topic.name)}"></a>', unsafe_allow_html=True)
    found = entries(scenario, topic, lang)
    assumed = sum(entry.grade == "assumed" for entry in found)
    title = say("topic", title=f"{clause}{topic.title[lang]}", n=len(found), assumed=assumed)
    with st.expander(title):
        st.caption(plain(topic.about[lang]))
        st.markdown(rows(session, found))


def rows(session: Session, found: list[Entry]) -> str:
    """A table of parameters."""
    say, lang = session.say, session.lang
    heads = ("name", "value", "unit", "range", "grade", "source")
    lines = [[say(f"column.{head}") for head in heads], ["---"] * len(heads)]
    for entry in found:
        mark = f" {say('changed')}" if entry.changed else ""
        value = f"**{plain(entry.value)}**{mark}"
        lines.append(
            [
                f"{plain(entry.name)}  `{entry.address}`",
                value,
                plain(entry.unit),
                plain(entry.bounds),
                badge(entry.grade, lang),
                entry.source,
            ]
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
