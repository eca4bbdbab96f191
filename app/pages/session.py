"""What one browser session holds. Nothing of a session lives anywhere else."""

from dataclasses import dataclass, field

import streamlit as st

from app.background import Job
from app.question import Question
from app.screen import language_of
from model.words import LANGUAGES, text
from scenarios.readings import Arms
from scenarios.story import Story

KEY = "session"


@dataclass
class Asked:
    """A question that is being run."""

    question: Question
    arms: Arms
    job: Job


@dataclass(frozen=True)
class Answer:
    """A question with its results."""

    question: Question
    story: Story
    seconds: float


@dataclass
class Session:
    """Language, question and results of one user."""

    lang: str = "zh"
    question: Question = field(default_factory=Question)
    past: list[Question] = field(default_factory=list)
    asked: Asked | None = None
    answer: Answer | None = None
    message: tuple[str, dict[str, object]] | None = None  # a word key and what fills it

    def say(self, key: str, /, **words: object) -> str:
        """Message of the page's catalogue in the user's language."""
        return text(f"page.{key}", self.lang, **words)

    def ask(self, question: Question) -> None:
        """Change the question; the one before can be had back."""
        if question != self.question:
            self.past.append(self.question)
            self.question = question
        self.message = None

    def undo(self) -> None:
        """Back to the question before the last change."""
        if self.past:
            now = self.question
            self.question = self.past.pop().run_with(now.scale, now.seeds)

    def reset(self) -> None:
        """All levers back to what the scenario says."""
        self.ask(self.question.without_levers())


def session() -> Session:
    """The session of the browser that asks."""
    if KEY not in st.session_state:
        asked_for = st.query_params.get("lang", language_of([]))
        lang = asked_for if asked_for in LANGUAGES else LANGUAGES[0]
        st.session_state[KEY] = Session(lang=lang)
    found: Session = st.session_state[KEY]
    return found
