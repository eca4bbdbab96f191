"""The first page: choose a scenario, move levers, run, read against the same world without it."""

import streamlit as st

from app.pages import levers, results, running, sources
from app.pages.session import Session, session
from model.reading import InputErrors
from model.words import LANGUAGES

NAMES = {"zh": "中文", "en": "English"}
RESULTS = "results"
# Numbers stay on one line and align; on a narrow screen a table scrolls sideways by itself.
STYLE = f"""<style>
.st-key-{RESULTS} table {{ font-size: 0.92rem; font-variant-numeric: tabular-nums; }}
.st-key-{RESULTS} td:not(:first-child), .st-key-{RESULTS} th:not(:first-child) {{
  white-space: nowrap; }}
.st-key-{RESULTS} td:first-child, .st-key-{RESULTS} th:first-child {{ min-width: 8.5em; }}
.st-key-{RESULTS} [data-testid="stMarkdownContainer"] {{ overflow-x: auto; }}
</style>"""


def page() -> None:
    """Everything from top to bottom."""
    here = session()
    st.html(STYLE)
    head(here)
    try:
        body(here)
    except InputErrors as errors:
        here.message = ("wrong", {"said": errors.text(here.lang)})
        running.message(here)
    except Exception:  # noqa: BLE001 - whatever it is, the user gets a number, the log the rest
        running.failure(here)
        running.message(here)


def head(here: Session) -> None:
    """Title and language."""
    if "lang" not in st.session_state:
        st.session_state["lang"] = here.lang
    title, choice = st.columns([5, 1], vertical_alignment="bottom")
    with choice:
        st.segmented_control(
            "语言 / Language",
            LANGUAGES,
            format_func=NAMES.__getitem__,
            key="lang",
            required=True,
            label_visibility="collapsed",
            on_change=_speak,
            args=(here,),
        )
    title.header(here.say("title"), anchor=False)
    st.caption(here.say("about"))


def _speak(here: Session) -> None:
    chosen = st.session_state["lang"]
    if chosen in LANGUAGES:
        here.lang = chosen
        st.query_params["lang"] = chosen


def body(here: Session) -> None:
    """Choosing on the side, running on top, reading below."""
    with st.sidebar:
        levers.choose(here)
    running.controls(here)
    running.message(here)
    if here.asked is not None:
        running.watch(here)
    if here.answer is not None:
        with st.container(key=RESULTS):
            results.read(here, here.answer)
    elif here.asked is None:
        st.info(here.say("begin"))
    results.file(here)
    sources.show(here, here.question.scenario())
