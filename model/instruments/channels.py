"""Channels: the few ways in which an instrument can reach somebody, and the facts each one needs.

Every instrument of a channel is asked with the same facts, so one caller serves them all and a
new instrument needs no edit elsewhere. Facts are plain integers: money in fen, shares in
millionths (ppm), months counted from January 1900, answers to yes-or-no questions as 1 or 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, unique
from pathlib import Path
from typing import Any

from model.instruments.facts import (
    ApprenticeFacts,
    AwardFacts,
    CertificateFacts,
    CooperationFacts,
    CourseFacts,
    EnterpriseYearFacts,
    HireFacts,
    InstitutionYearFacts,
    PayDropFacts,
    PotFacts,
    ProjectFacts,
    SocialInsuranceFacts,
    SupplementFacts,
    VentureFacts,
)
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
    COOPERATION = 12  # money to an enterprise that trains together with a school


@unique
class WorkCounted(IntEnum):
    """Which work of the year before counts where money follows it."""

    IN_FORCE = 0  # of the months in which the measure was in force
    WHOLE_YEAR = 1


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
    Channel.COOPERATION: CooperationFacts,
}

# What the callers of a channel read of an instrument's parameters, besides ``in_force``.
READ_BY_CALLERS: Mapping[Channel, tuple[str, ...]] = {
    Channel.CERTIFICATE: ("rank", "stacking"),
    Channel.ENTERPRISE_YEAR: ("rank", "claim_month"),
    Channel.PAY_DROP: ("rank", "rationing", "teachers_premiums"),
    Channel.HIRE: ("take_up",),
    Channel.SUPPLEMENT: ("take_up",),
    Channel.PROJECT: (
        "standing_national",
        "standing_provincial",
        "build_months",
        "seats_lower",
        "seats_upper",
        "quality",
    ),
    Channel.INSTITUTION_YEAR: ("claim_month", "measure", "pool", "work_counted"),
    Channel.VENTURE: ("take_up",),
    Channel.COOPERATION: ("claim_month", "take_up", "work_counted"),
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
        payer_of: facts and parameters to the code of the account that pays, where the payer hangs
            on the case as well.
        titles: what an instrument of the AWARD channel gives, by code; names are word keys.
        figures: further figures that a reason in words may quote, from facts and parameters. Their
            names say their unit: ``_fen``, ``_ppm``, ``_month``, otherwise a plain number.
        other_purpose: a certificate instrument that pays for something that the others of its
            channel do not; its setting ``stacking`` then decides both ways.
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
    payer_of: Rule | None = None
    figures: Mapping[str, Rule] = field(default_factory=dict)
    titles: type[IntEnum] | None = None
    other_purpose: bool = False
    name: str = ""
    file: Path = Path()

    def accounts(self, p: Any) -> Parties:
        """Payer and payee under parameters ``p``."""
        return (self.payer, self.payee) if self.parties is None else self.parties(p)

    def paid_by(self, facts: Any, p: Any) -> Account:
        """The account that pays for a case with these facts."""
        return self.accounts(p)[0] if self.payer_of is None else Account(self.payer_of(facts, p))

    def bars(self, p: Any, other: "Instrument", p_other: Any) -> bool:
        """Whether a certificate that this instrument paid counts against ``other``.

        It does not where its own setting lets both be drawn and it pays another party, or pays
        for something else (an exam's fee).
        """
        apart = self.other_purpose or self.accounts(p)[1] != other.accounts(p_other)[1]
        return not (p.stacking == 1 and apart)


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
def by_batches(month: int, more: int, batch_month: int, first_year: int, last_year: int) -> int:
    """How many of ``more`` are due by ``month``: equal parts, one in a month of each year.

    Where the last year lies before the first one, all of them come with the first part.
    """
    year = 1900 + month // 12
    batches = year - first_year + (1 if month % 12 + 1 >= batch_month else 0)
    every = last_year - first_year + 1
    if every < 1:
        every = 1
    if batches <= 0:
        return 0
    return more if batches >= every else more * batches // every


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


__all__ = [
    "FACTS",
    "MILLION",
    "READ_BY_CALLERS",
    "UPGRADE_COURSE_BIT",
    "ApprenticeFacts",
    "AwardFacts",
    "CertificateFacts",
    "Channel",
    "CooperationFacts",
    "CourseFacts",
    "EnterpriseYearFacts",
    "HireFacts",
    "InstitutionYearFacts",
    "Instrument",
    "Parties",
    "PayDropFacts",
    "PotFacts",
    "ProjectFacts",
    "Rule",
    "SocialInsuranceFacts",
    "SupplementFacts",
    "VentureFacts",
    "WorkCounted",
    "by_batches",
    "counted_as_received",
    "is_round",
    "mean_drop",
    "month_index",
    "share_of",
    "was_received",
]
