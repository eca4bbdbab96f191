"""Heading 5: contests, their prizes and the certificates they bring (C21)."""

from typing import TYPE_CHECKING

from model.draws import key, moment, uniform
from model.instruments.channels import MILLION
from model.instruments.contest_prizes import PRIZES, FastTrack, Title
from model.instruments.registry import instruments
from model.month.awards import CONTESTS, award, candidates, draw, due, without
from model.month.climbing import has_standard
from model.month.rolls import changing
from model.month.schooling import end_courses
from model.month.sums import Ints

if TYPE_CHECKING:
    from model.province import Province

SENIOR, TECHNICIAN, SENIOR_TECHNICIAN = 3, 4, 5


def hold(province: "Province") -> None:
    """Prizes of the month's contests; then certificates, those of the contests that stood first.

    Each contest of the province brings so many certificates; a sample 1/n gains one in n of them,
    rounded by a draw of the year, so that the contests that stood before the text certify the same
    persons whatever the text adds.
    """
    p = province.law[CONTESTS]
    if not due(province, CONTESTS):
        return
    among = competitors(province)
    won = award(province, CONTESTS, among).get(Title.CONTEST_PROVINCIAL)
    if won is None or p.fast_track == FastTrack.PRIZES_ONLY:
        return
    stood = min(p.events, p.events_before)
    first = PRIZES * stood
    for turn, (events, winners) in enumerate(
        ((stood, won[:first]), (p.events - stood, won[first:]))
    ):
        among = bring_certificates(province, turn, events, winners, among)


def bring_certificates(
    province: "Province", turn: int, events: int, winners: Ints, among: Ints
) -> Ints:
    """Certificates of some contests: the first three, the places after them, others who pass.

    Returns those of ``among`` who were not certified. In a sample most winners of a prize stand for
    nobody's certificate, and may pass in a place further back.
    """
    found, p = instruments()[CONTESTS], province.law[CONTESTS]
    tiers = (
        (PRIZES, SENIOR_TECHNICIAN),
        (p.last_technician_place - PRIZES, TECHNICIAN),
        (p.other_passers, SENIOR),
    )
    for tier, (places, level) in enumerate(tiers):
        number = number_of(province, events, places, turn, tier)
        passed = winners[:number]
        if tier > 0:
            purpose = f"passed_{turn}_{tier}"
            passed = draw(province, found, Title.CONTEST_PROVINCIAL, among, number, purpose)
        among = without(among, passed)
        certify(province, passed, level)
    return among


def competitors(province: "Province") -> Ints:
    """Certified workers in occupations with a certificate; apprentices have their own exam."""
    rows = candidates(province)
    learns = province.workers["apprentice_since"][rows] > 0
    found: Ints = rows[has_standard(province, rows) & ~learns]
    return found


def number_of(province: "Province", events: int, places: int, turn: int, tier: int) -> int:
    """How many of the sample stand for the winners of so many places of so many contests."""
    papers: int = province.law[CONTESTS].papers
    expected = events * places * papers  # in millionths of a person
    one = MILLION * province.weight
    at = moment(province.seed, f"{CONTESTS}.rounded", province.month, 8 * turn + tier)
    return (expected + int(uniform(key(province.seed, 0), at) * one)) // one


def certify(province: "Province", rows: Ints, level: int) -> None:
    """A certificate by contest for those who hold none as high; years do not count."""
    w = province.workers
    rows = rows[w["level"][rows] < level]
    province.counts.note_passes(province, rows, level)
    w["first_certificate"][rows] = w["level"][rows] == 0
    with changing(province, rows):
        w["level"][rows] = level
    w["certificate_month"][rows] = province.month
    w["waived"][rows] = 1
    w["claim_until"][rows] = province.month + province.law["claiming"].patience
    province.counts.flow(province, "certificates", rows)
    province.counts.flow(province, "contest_certificates", rows)
    end_courses(province, rows[(w["course"][rows] > 0) & (w["course"][rows] <= level)])
