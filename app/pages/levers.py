"""The side of the page where a user chooses: scenario, then levers by clause."""

from decimal import Decimal
from typing import Any

import streamlit as st

from app.evidence import badge, bounds, cited, clause_name, unit_of, value_words
from app.pages.session import Session
from app.question import Lever, desk, levers, step_of
from model.months import format_month
from model.parameters.reader import IN_FORCE, Raw, is_money
from scenarios.scenario import load, shipped

BASE_KEY = "base"


def choose(session: Session) -> None:
    """Scenario, undo and reset, and a lever for each parameter the page offers."""
    say, lang = session.say, session.lang
    key = f"{BASE_KEY}:{lang}"  # a control's words are made once for a key
    hold(key, session.question.base)
    st.selectbox(
        say("scenario"),
        sorted(shipped(), key=lambda name: (name != "policy_2017", name)),
        format_func=lambda name: load(name).title[lang],
        key=key,
        on_change=_rebase,
        args=(session, key),
    )
    base = load(session.question.base)
    question, other = base.question, base.twin()
    if question:
        st.caption(question[lang])
    left, right = st.columns(2)
    left.button(
        say("undo"), on_click=session.undo, disabled=not session.past, width="stretch", key="undo"
    )
    right.button(
        say("reset"),
        on_click=session.reset,
        disabled=not session.question.moved,
        width="stretch",
        key="reset",
    )
    st.caption(say("levers_note", month=format_month(desk().start), against=other.title[lang]))
    moved = dict(session.question.moved)
    for name, group in levers(session.question.base).items():
        count = sum(lever.key in moved for lever in group)
        mark = say("moved_mark", n=count) if count else ""
        with st.expander(say(f"group.{name}") + mark, expanded=name in ("C9", "C12")):
            for lever in group:
                show(session, lever)


def show(session: Session, lever: Lever) -> None:
    """One lever with its clause, unit, range, grade and source."""
    parameter, lang = lever.parameter, session.lang
    raw = session.question.at(lever)
    key = f"{session.question.base}:{lever.key}:{lang}"
    label = parameter.says[lang]
    spans = [one for one in levers_of(session, lever) if one.end is not None]
    if spans:
        label += session.say(
            "from_to" if lever.end is not None else "from",
            start=format_month(lever.start),
            end=format_month(lever.end or lever.start),
        )
    idle = parameter.name != IN_FORCE and not in_force(session, lever)
    common: dict[str, Any] = {
        "key": key,
        "on_change": _moved,
        "args": (session, lever, key),
        "disabled": idle,
        "help": helped(session, lever),
    }
    if parameter.unit == "switch":
        hold(key, bool(raw))
        st.toggle(label, **common)
    elif parameter.unit == "option":
        hold(key, raw)
        says = parameter.option_says
        st.selectbox(label, parameter.options, format_func=lambda o: says[o][lang], **common)
    else:
        number(label, lever, raw, common)
    st.caption(described(session, lever, idle=idle))


def number(label: str, lever: Lever, raw: Raw, common: dict[str, Any]) -> None:
    """A slider for shares and rates, a field for yuan and months."""
    parameter = lever.parameter
    low, high, at = parameter.low, parameter.high, Decimal(raw)
    step = step_of(parameter, lever.given)
    whole = all(value == value.to_integral_value() for value in (low, high, at))
    if whole and (is_money(parameter.unit) or parameter.unit == "months"):
        hold(common["key"], int(at))
        by = max(1, int(step)) if is_money(parameter.unit) else 1
        st.number_input(label, int(low), int(high), step=by, **common)
        return
    hold(common["key"], float(at))
    share = high <= 1
    st.slider(
        label,
        float(low),
        float(high),
        step=float(step),
        format="percent" if share else f"%.{places(step)}f",
        **common,
    )


def places(step: Decimal) -> int:
    """Decimals of a step."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def raw_of(lever: Lever, seen: Any) -> Raw:
    """What a control shows, as the parameter's file would state it."""
    if isinstance(seen, str):
        return seen
    if isinstance(seen, bool):
        return Decimal(int(seen))
    if isinstance(seen, int):
        return Decimal(seen)
    return Decimal(repr(seen)).quantize(step_of(lever.parameter, lever.given)).normalize()


def hold(key: str, value: Any) -> None:
    """Make a control show the question's own value: the question is the truth, not the control."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def in_force(session: Session, lever: Lever) -> bool:
    """Whether the measure is in force as the levers stand."""
    switch = f"{lever.topic.name}.{IN_FORCE}@"
    stated = [raw for key, raw in session.question.moved if key.startswith(switch)]
    return bool(stated[-1]) if stated else lever.in_force


def levers_of(session: Session, lever: Lever) -> list[Lever]:
    """All levers of the same parameter."""
    every = (one for group in levers(session.question.base).values() for one in group)
    return [one for one in every if one.address == lever.address]


def described(session: Session, lever: Lever, *, idle: bool) -> str:
    """Unit, range, grade and source under a lever."""
    parameter, lang = lever.parameter, session.lang
    parts = [clause_name(lever.topic, lang)]
    if parameter.unit not in ("switch", "option"):
        parts += [unit_of(parameter, lang), bounds(parameter)]
    parts += [badge(parameter.grade, lang), cited(parameter, lang)]
    said = " · ".join(part for part in parts if part)
    return f"{session.say('idle')} {said}" if idle else said


def helped(session: Session, lever: Lever) -> str:
    """What stands in the parameter's file besides: address, the scenario's own value, a note."""
    parameter = lever.parameter
    own = value_words(parameter, lever.given, session.lang)
    lines = [f"`{lever.address}`", session.say("own_value", value=own)]
    if session.lang in parameter.note:
        lines.append(parameter.note[session.lang])
    return "  \n".join(lines)


def _moved(session: Session, lever: Lever, key: str) -> None:
    seen = st.session_state[key]
    if seen is not None:
        session.ask(session.question.with_lever(lever, raw_of(lever, seen)))


def _rebase(session: Session, key: str) -> None:
    session.ask(session.question.on(st.session_state[key]))
