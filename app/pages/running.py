"""Running a question: scale, seeds, start, progress from a fragment, cancel."""

import logging
from fractions import Fraction
from uuid import uuid4

import streamlit as st

from app.background import DESK, BusyError
from app.pages.levers import hold
from app.pages.session import Answer, Asked, Session
from app.progress import spoken
from app.question import desk
from model.reading import InputErrors
from scenarios.runner import RequestError
from scenarios.story import Story

EVERY = 0.5  # seconds between two looks at a run
LOG = logging.getLogger(__name__)


def controls(session: Session) -> None:
    """Scale, seeds and the button that starts a run."""
    say = session.say
    offered = desk()
    hold("scale", session.question.scale)
    hold("seeds", session.question.seeds)
    scale, seeds, start = st.columns([3, 2, 2], vertical_alignment="bottom")
    scale.segmented_control(
        say("scale"),
        offered.scales,
        format_func=lambda one: say(f"scale_{named(one, offered.scales)}", scale=one),
        key="scale",
        required=True,
        help=say("scale_help"),
        on_change=_asked,
        args=(session,),
    )
    seeds.number_input(
        say("seeds"),
        offered.least_seeds,
        offered.most_seeds,
        key="seeds",
        help=say("seeds_help"),
        on_change=_asked,
        args=(session,),
    )
    start.button(
        say("run"),
        type="primary",
        key="run",
        width="stretch",
        disabled=session.asked is not None,
        on_click=_start,
        args=(session,),
    )


def named(scale: Fraction, scales: tuple[Fraction, ...]) -> str:
    """How thorough a scale is among those offered."""
    place = len(scales) - 1 - scales.index(scale)
    return ("thorough", "middle", "quick")[min(place, 2)]


def _asked(session: Session) -> None:
    scale, seeds = st.session_state["scale"], st.session_state["seeds"]
    if scale is not None and seeds is not None:
        session.question = session.question.run_with(scale, seeds)


def _start(session: Session) -> None:
    session.message = None
    if session.answer is not None and session.answer.question == session.question:
        session.message = ("already", {})
        return
    try:
        arms = session.question.arms()
        job = DESK.submit(arms.all, session.question.request())
    except BusyError:
        session.message = ("busy", {})
    except InputErrors as errors:
        session.message = ("wrong", {"said": errors.text(session.lang)})
    except RequestError as error:
        session.message = ("wrong", {"said": error.said[session.lang]})
    except Exception:  # noqa: BLE001 - whatever it is, the user gets a number, the log the rest
        failure(session)
    else:
        session.asked = Asked(session.question, arms, job)


@st.fragment(run_every=EVERY)
def watch(session: Session) -> None:
    """How far the run is, and a way to stop it; the whole page again once it has ended."""
    asked = session.asked
    if asked is None:
        return
    job, say = asked.job, session.say
    if job.over or job.cancelled:
        _end(session, asked)
        st.rerun()
    at = job.progress()
    share = at.done / at.total
    if at.done == 0:
        said = say("starting", time=spoken(at.seconds, session.lang))
    else:
        left = spoken(at.seconds / at.done * (at.total - at.done), session.lang)
        said = say("running", done=at.done, total=at.total, left=left)
    bar, button = st.columns([5, 1], vertical_alignment="center")
    bar.progress(share, text=said)
    button.button(say("cancel"), key="cancel", width="stretch", on_click=job.cancel)


def _end(session: Session, asked: Asked) -> None:
    """Take the results of a run that has ended, or say why there are none."""
    session.asked = None
    runs = asked.job.runs()
    if runs is None:
        failed = bool(asked.job.error)
        session.message = ("failed", {"number": asked.job.error}) if failed else ("cancelled", {})
        return
    story = Story(asked.arms, runs, asked.question.request())
    session.answer = Answer(asked.question, story, asked.job.progress().seconds)


def failure(session: Session) -> None:
    """Note an error of the page itself: its number for the user, its traceback for the log."""
    number = uuid4().hex[:8]
    LOG.exception("page failed, error number %s", number)
    session.message = ("failed", {"number": number})


def message(session: Session) -> None:
    """What the last action has to say."""
    if session.message is None:
        return
    key, words = session.message
    kinds = {"failed": st.error, "wrong": st.error, "busy": st.warning}
    kinds.get(key, st.info)(session.say(key, **words))
