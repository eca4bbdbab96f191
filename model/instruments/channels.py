"""Channels: the few ways in which an instrument can reach somebody, and the facts each one needs.

Every instrument of a channel is asked with the same facts, so one caller serves them all and a
new instrument needs no edit elsewhere. Facts are plain integers: money in fen, shares in
millionths (ppm), months counted from January 1900, answers to yes-or-no questions as 1 or 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, unique
from pathlib import Path
from typing import Any, NamedTuple

from model.ledger import Account
from model.scalar import scalar

MILLION = 1_000_000
UPGRADE_COURSE_BIT = 7  # in ``received``: the upgrade course; bits 1 to 6 are levels


@unique
class Channel(IntEnum):
    """How an instrument reaches somebody."""

    CERTIFICATE = 0  # money to a worker for a certificate or a finished course
    PAY_DROP = 1  # monthly money to a worker whose pay fell, within the enterprise's pot
    ENTERPRISE_YEAR = 2  # once a year, to or by an enterprise
    APPRENTICE = 3  # money to the enterprise for an apprentice
    SOCIAL_INSURANCE = 4  # premiums of the employed and benefits of the unemployed
    COURSE = 5  # money for a course of somebody outside the enterprises' own training
    HIRE = 6  # money when somebody joins an enterprise
    AWARD = 7  # fixed numbers of winners: titles, prizes
    PROJECT = 8  # money to an institution for a base or a studio
    INSTITUTION_YEAR = 9  # once a year, to an institution
    VENTURE = 10  # money to somebody who starts or runs a small business
    SUPPLEMENT = 11  # what an enterprise pays monthly for a worker beyond pay


class CertificateFacts(NamedTuple):
    """A worker with a certificate, or with a finished upgrade course.

    ``level`` is the level gained (with ``upgrade_course`` the level held), ``certificate_month``
    the month of the certificate (with ``upgrade_course`` of the finished course). ``received`` is
    a bit mask of what this instrument has already paid: bit k for level k, bit 7 for the course.
    ``by_course`` is 0 for a level gained in a contest or with the course waived.
    """

    month: int
    level: int
    certificate_month: int
    insured: int
    insured_months: int
    employed: int
    in_catalogue: int
    by_course: int
    upgrade_course: int
    received: int


class PayDropFacts(NamedTuple):
    """A worker or a teacher of an enterprise-run school, and the enterprise's standing.

    ``insured``, ``paid_up``, ``owns_school`` and ``layoffs_low`` describe the enterprise;
    ``distressed`` counts which of downturn and industrial transformation weigh on it (0, 1, 2).
    ``layoffs_low`` is 1 where last year's lay-offs pass the test of the stay-job subsidy.
    ``mean_drop_ppm`` is :func:`mean_drop` of all certified technical workers of the enterprise,
    ``months_paid`` the months already paid in this spell of low pay.
    """

    month: int
    teacher: int
    level: int
    senior_title: int
    key_post: int
    reference_pay: int
    pay: int
    insured: int
    paid_up: int
    distressed: int
    owns_school: int
    mean_drop_ppm: int
    months_paid: int
    layoffs_low: int = 1


class PotFacts(NamedTuple):
    """One insured unit's premium pot: last year's premiums and what was drawn this year, fen."""

    premiums_last_year: int
    stay_job_drawn: int
    wage_drop_drawn: int


class EnterpriseYearFacts(NamedTuple):
    """An enterprise looked at once a year.

    ``set_aside_rate_ppm`` is the part of payroll it sets aside for education,
    ``frontline_share_ppm`` the part of that which serves front-line staff.
    """

    month: int
    insured: int
    paid_up: int
    premiums_last_year: int
    layoff_rate_ppm: int
    registered_unemployment_ppm: int
    stay_job_drawn: int
    wage_drop_drawn: int
    payroll_last_year: int
    set_aside_rate_ppm: int
    frontline_share_ppm: int


class ApprenticeFacts(NamedTuple):
    """An apprentice under the new-type apprenticeship.

    ``start_month`` is 0 for somebody who is none, ``certificate_month`` 0 before the certificate;
    ``months_paid`` are the months of the term that were paid for already.
    """

    month: int
    start_month: int
    certificate_month: int
    insured: int
    employed: int
    months_paid: int


class SocialInsuranceFacts(NamedTuple):
    """Somebody out of work who asks for unemployment benefit.

    ``insured_months`` are the months of premiums behind the claim, ``harbin`` is 1 in the
    districts of Harbin, ``months_drawn`` are the months of benefit already drawn in this spell.
    """

    month: int
    insured_months: int
    harbin: int
    involuntary: int
    months_drawn: int


class CourseFacts(NamedTuple):
    """A finished course of somebody in one of the key groups.

    ``group`` is a code of :class:`model.codes.Group`, ``price`` fen of the course by price list,
    ``certificate`` 1 where it ended with a certificate of ``level``, ``first_certificate`` 1 where
    that was the first; ``paid_this_year`` are subsidised courses of the calendar year,
    ``level_paid`` 1 where a course for that level was paid before.
    """

    month: int
    group: int
    price: int
    certificate: int
    level: int
    first_certificate: int
    paid_this_year: int
    level_paid: int


class HireFacts(NamedTuple):
    """Somebody who joins an enterprise.

    ``poached`` is 1 for one who left another enterprise for it, after ``months_there`` and for
    ``old_pay_fen`` fen a month; ``months_since`` counts from the last certificate.
    ``above_scale`` is 1 where the new employer is above scale; ``honours`` is 0 for none, 1 for a
    winner of the China Skills Award, 2 for the head of a national master studio; ``received`` is 1
    where the instrument paid for this hire before.
    """

    month: int
    level: int
    poached: int
    months_there: int
    months_since: int
    old_pay_fen: int
    above_scale: int
    full_time: int
    honours: int
    received: int


class AwardFacts(NamedTuple):
    """Somebody who is to be given a title or a prize.

    ``event`` is the code of the title among the instrument's own ``titles``, ``place`` the place
    won (1 where a title has no places); ``held`` is 1 where this person holds the title already,
    for a title with a term: while the term lasts.
    """

    month: int
    event: int
    place: int
    level: int
    employed: int
    held: int


class ProjectFacts(NamedTuple):
    """A base or a studio at an institution.

    ``national`` is 1 for a national one, ``months_since`` counts from the month of approval,
    ``standing`` is 1 for one that stood before.
    """

    month: int
    national: int
    months_since: int
    standing: int


class InstitutionYearFacts(NamedTuple):
    """An institution looked at once a year, with last year's work."""

    month: int
    kind: int
    trained: int
    certificates: int
    placed: int


class VentureFacts(NamedTuple):
    """Somebody who starts or runs a small business.

    ``months_since`` counts from its start, ``group`` is a code of :class:`model.codes.Group`,
    ``loan`` fen, ``received`` 1 where the instrument paid before.
    """

    month: int
    group: int
    months_since: int
    loan: int
    received: int


class SupplementFacts(NamedTuple):
    """A worker for whom an enterprise may pay beyond pay, month by month.

    ``insured`` and ``pay`` are the worker's, ``paid_up`` and ``distressed`` (1 under distress or
    while pay is cut) the enterprise's. ``covered_pay`` is the monthly pay of all whom the
    enterprise would cover, ``payroll`` that of all its staff, fen.
    """

    month: int
    level: int
    insured: int
    paid_up: int
    distressed: int
    pay: int
    covered_pay: int
    payroll: int


FACTS: Mapping[Channel, type[Any]] = {
    Channel.CERTIFICATE: CertificateFacts,
    Channel.PAY_DROP: PayDropFacts,
    Channel.ENTERPRISE_YEAR: EnterpriseYearFacts,
    Channel.APPRENTICE: ApprenticeFacts,
    Channel.SOCIAL_INSURANCE: SocialInsuranceFacts,
    Channel.COURSE: CourseFacts,
    Channel.HIRE: HireFacts,
    Channel.AWARD: AwardFacts,
    Channel.PROJECT: ProjectFacts,
    Channel.INSTITUTION_YEAR: InstitutionYearFacts,
    Channel.VENTURE: VentureFacts,
    Channel.SUPPLEMENT: SupplementFacts,
}

# What the callers of a channel read of an instrument's parameters, besides ``in_force``.
READ_BY_CALLERS: Mapping[Channel, tuple[str, ...]] = {
    Channel.CERTIFICATE: ("rank", "stacking"),
    Channel.PAY_DROP: ("rank", "rationing", "teachers_premiums"),
    Channel.HIRE: ("take_up",),
    Channel.SUPPLEMENT: ("take_up",),
}

Rule = Callable[[Any, Any], int]
Parties = tuple[Account, Account]


@dataclass(frozen=True)
class Instrument:
    """One measure of the policy: who pays whom, and the three rules that say when and how much.

    Args:
        clause: clause of the Opinion, or ``earlier`` for a rule that stood before it.
        channel: how it reaches somebody; fixes the facts its rules receive.
        payer: account that pays unless ``parties`` says otherwise.
        payee: account that is paid unless ``parties`` says otherwise.
        params: named tuple of its parameters, one field per entry of its YAML file.
        reasons: why somebody is not eligible; 0 is ``ELIGIBLE``. Names are word keys.
        eligibility: facts and parameters to a reason code, 0 if eligible.
        amount: facts and parameters to fen, for somebody eligible.
        ceiling: :class:`PotFacts` and parameters to the fen still available, where one applies.
        settings: the codes of every setting with named options.
        parties: parameters to (payer, payee), where a setting decides it.
        titles: what an instrument of the AWARD channel gives, by code; names are word keys.
        figures: further figures that a reason in words may quote, from facts and parameters. Their
            names say their unit: ``_fen``, ``_ppm``, ``_month``, otherwise a plain number.
        name: file name without ending; the registry fills it in.
        file: the parameter file; the registry fills it in.
    """

    clause: str
    channel: Channel
    payer: Account
    payee: Account
    params: type[Any]
    reasons: type[IntEnum]
    eligibility: Rule
    amount: Rule
    ceiling: Rule | None = None
    settings: Mapping[str, type[IntEnum]] = field(default_factory=dict)
    parties: Callable[[Any], Parties] | None = None
    figures: Mapping[str, Rule] = field(default_factory=dict)
    titles: type[IntEnum] | None = None
    name: str = ""
    file: Path = Path()

    def accounts(self, p: Any) -> Parties:
        """Payer and payee under parameters ``p``."""
        return (self.payer, self.payee) if self.parties is None else self.parties(p)


@scalar
def month_index(year: int, month_of_year: int) -> int:
    """Months since January 1900 of a calendar month given as two parameters."""
    return (year - 1900) * 12 + month_of_year - 1


@scalar
def is_round(month: int, first_year: int, every_years: int, month_of_year: int) -> int:
    """1 in the month of a round that comes every so many years from a first year on."""
    years = 1900 + month // 12 - first_year
    if month % 12 + 1 != month_of_year or years < 0 or years % every_years != 0:
        return 0
    return 1


@scalar
def share_of(amount: int, rate_ppm: int) -> int:
    """``rate_ppm`` millionths of ``amount`` fen, rounded down to the fen."""
    return amount * rate_ppm // MILLION


@scalar
def mean_drop(reference_pay: int, pay: int) -> int:
    """Fall of mean pay in ppm, rounded down, from the sums of reference pay and of pay.

    A rise counts as no fall. Rounding down keeps "at least 50 %" exact.
    """
    if reference_pay <= 0 or pay >= reference_pay:
        return 0
    return (reference_pay - pay) * MILLION // reference_pay


@scalar
def was_received(received: int, bit: int) -> int:
    """1 if ``bit`` is set in a mask of what was received before."""
    return (received >> bit) & 1


@scalar
def counted_as_received(own: int, other: int, stacking_allowed: int) -> int:
    """The mask an instrument must look at where two subsidies can meet on one certificate.

    Levels that the other subsidy paid count as received unless stacking is allowed; the upgrade
    course is no certificate and never counts across.
    """
    if stacking_allowed == 1:
        return own
    return own | (other & ((1 << UPGRADE_COURSE_BIT) - 1))
