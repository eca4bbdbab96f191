"""What happened to a worker between the end of one month and the end of the next, in words."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from model.codes import BRANCHES, GROUPS, LEVELS, REGIONS, Level, Status
from model.instruments.registry import instruments, titles
from model.months import format_month, month_of_year, year_of
from model.rules.training import UPGRADE
from model.words import LANGUAGES, label, text

Words = Mapping[str, str]  # by language
SPECIAL = Level.SPECIAL_TECHNICIAN
CONTESTS = "contest_prizes"  # the award whose winners take first, second and third places
_GONE = {
    Status.UNEMPLOYED: "unemployed",
    Status.INFORMAL: "informal",
    Status.AWAY: "away",
    Status.RETIRED: "retired",
    Status.DEAD: "dead",
}


class Event(NamedTuple):
    """One thing that happened, with its clause where one applies."""

    month: int
    kind: str
    clause: str
    said: Words


def _event(month: int, kind: str, clause: str = "", /, **words: str | Words) -> Event:
    said = {}
    for lang in LANGUAGES:
        filled = {n: w if isinstance(w, str) else w[lang] for n, w in words.items()}
        said[lang] = text(f"life.{kind}", lang, **filled)
    return Event(month, kind, clause, said)


def _labels(code: str) -> Words:
    return {lang: label(code, lang) for lang in LANGUAGES}


def _level(level: int) -> Words:
    return _labels(LEVELS[level])


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def events_of(before: Any, after: Any) -> Iterator[Event]:
    """Events of the month of ``after``, in the order of the month's stages."""
    yield from _posts(before, after)
    yield from _cuts(before, after)
    yield from _public(before, after)
    yield from _climbing(before, after)
    yield from _honours(before, after)
    yield from _pay(before, after)


def _posts(before: Any, after: Any) -> Iterator[Event]:
    month, now = after.month, Status(after.status)
    was_employed, is_employed = bool(before.employer), bool(after.employer)
    where: dict[str, str | Words] = {
        "enterprise": str(after.employer),
        "region": _labels(REGIONS[after.region]),
        "branch": _labels(BRANCHES[after.branch].name),
        "pay": _yuan(after.pay),
    }
    if was_employed and is_employed and before.employer != after.employer:
        yield _event(month, "moved", **where)
    elif is_employed and not was_employed:
        yield _event(month, "hired", **where)
    elif was_employed and now in _GONE:
        lost = after.benefit_since == month + 1
        kind = _GONE[now]
        early = lost and now in (Status.UNEMPLOYED, Status.INFORMAL, Status.AWAY, Status.RETIRED)
        yield _event(month, f"{'lost' if early else 'left'}_{kind}")
    elif before.status != after.status and now in _GONE:
        kind = "entered" if before.status == Status.SCHOOL else f"turned_{_GONE[now]}"
        yield _event(month, kind)
    if is_employed and before.insured != after.insured:
        yield _event(month, "insured" if after.insured else "uninsured")
    if after.apprentice_since == month and before.apprentice_since != month:
        yield _event(month, "apprentice", "C8")


def _cuts(before: Any, after: Any) -> Iterator[Event]:
    if after.reference and not before.reference:
        drop = (after.reference - after.wage) * 1000 // after.reference
        words = {"reference": _yuan(after.reference), "pay": _yuan(after.wage)}
        yield _event(after.month, "cut", drop=f"{drop / 10:.1f}", **words)
    elif before.reference and not after.reference and after.employer:
        yield _event(after.month, "restored", pay=_yuan(after.pay))


def _public(before: Any, after: Any) -> Iterator[Event]:
    """A course of a key group that ends or begins; both may fall in one month, in this order."""
    month = after.month
    if before.public_course and before.public_ends == month:
        words = _course(before)
        if after.public_ends != month:
            yield _event(month, "public_dropped", **words)
        elif after.public_gained:
            yield _event(month, "public_passed", **words)
        else:
            yield _event(month, "public_failed" if before.public_level else "public_ended", **words)
    if (
        after.public_course
        and after.public_ends > month
        and after.public_ends != before.public_ends
    ):
        yield _event(month, "public_began", ends=format_month(after.public_ends), **_course(after))


def _course(of: Any) -> dict[str, Words]:
    """The group as which a public course is taken, and what it teaches."""
    short = {lang: text("life.public_short", lang) for lang in LANGUAGES}
    teaches = _level(of.public_level) if of.public_level else short
    return {"group": _labels(GROUPS[of.public_course]), "course": teaches}


def _climbing(before: Any, after: Any) -> Iterator[Event]:
    month = after.month
    if after.trained_year == year_of(month) != before.trained_year and not after.course:
        yield _event(month, "short_course")
    if after.course and not before.course and after.apprentice_since != month:
        yield from _applied(after)
    elif after.course and after.course_ends and not before.course_ends:
        yield _event(month, "began", level=_aim(after.course), ends=format_month(after.course_ends))
    elif after.attempts > before.attempts:
        yield _event(
            month, "failed", level=_aim(after.course), ends=format_month(after.course_ends)
        )
    if _by_contest(before, after):
        yield _event(month, "contest", "C21", level=_level(after.level))
    elif before.course and not after.course:
        yield _event(month, *_ended(before, after), level=_aim(before.course))
    elif _gained(before, after):  # in a public course
        yield _event(month, "certificate", "C25", level=_level(after.level))
    if after.level == 6 and before.level < 6:
        yield _event(month, "special", "C10")
    elif after.appointed > before.appointed:
        yield _event(month, "appointed", level=_level(after.appointed), pay=_yuan(after.pay))


def _by_contest(before: Any, after: Any) -> bool:
    """Whether a certificate came without a course."""
    return _gained(before, after) and bool(after.waived)


def _gained(before: Any, after: Any) -> bool:
    """Whether a certificate was gained this month; special grade is an appointment."""
    gained = after.certificate_month == after.month and after.level > before.level
    return bool(gained and after.level < SPECIAL)


def place_column(bit: int) -> str:
    """Name of the column of a month's best place, by the bit of the title."""
    return f"place_{bit}"


def _honours(before: Any, after: Any) -> Iterator[Event]:
    """Titles given for the first time, every place in a contest, and a term that begins."""
    served = after.chief_until > before.chief_until
    for bit, (instrument, _, title) in enumerate(titles()):
        place = getattr(after, place_column(bit), 0) if instrument == CONTESTS else 0
        if place:
            words = {lang: text(f"life.place.{title}_{place}", lang) for lang in LANGUAGES}
            yield _event(after.month, "placed", instruments()[instrument].clause, place=words)
        elif after.honours >> bit & 1 and not before.honours >> bit & 1:
            clause = instruments()[instrument].clause
            yield _event(after.month, "honoured", clause, title=_labels(title))
    if served:
        yield _event(after.month, "term", "C19", until=format_month(after.chief_until))


def _applied(after: Any) -> Iterator[Event]:
    by = "sent" if after.sponsored else "applied"
    if after.course == UPGRADE:
        yield _event(after.month, "upgrade", "C9", ends=format_month(after.course_ends))
        return
    yield _event(after.month, by, level=_aim(after.course))
    if after.course_ends:
        ends = format_month(after.course_ends)
        yield _event(after.month, "began", level=_aim(after.course), ends=ends)


def _ended(before: Any, after: Any) -> tuple[str, str]:
    """Kind of event and clause by which a course or a wait ends."""
    if before.course == UPGRADE and after.upgrade_month == after.month:
        return "upgraded", "C9"
    if after.certificate_month == after.month and after.level > before.level:
        return "certificate", "C8"
    if after.apprentice_finished == after.month:
        return "finished_training", "C25"
    if not before.course_ends:
        return "gave_up_queue", ""
    return ("dropped", "") if before.course_ends == after.month else ("interrupted", "")


def _aim(course: int) -> Words:
    if course == UPGRADE:
        return {lang: text("life.upgrade_course", lang) for lang in LANGUAGES}
    return _level(course)


def _pay(before: Any, after: Any) -> Iterator[Event]:
    same_post = before.employer == after.employer != 0
    promoted = after.appointed > before.appointed
    if same_post and after.pay != before.pay and not promoted:
        words = {"before": _yuan(before.pay), "pay": _yuan(after.pay)}
        january = month_of_year(after.month) == 1
        yield _event(after.month, "january" if january else "revised", **words)
