"""Facts that the rules of an instrument receive, one kind a channel.

Plain integers: money in fen, shares in millionths (ppm), months counted from January 1900, answers
to yes-or-no questions as 1 or 0.
"""

from typing import NamedTuple


class CertificateFacts(NamedTuple):
    """A worker with a certificate, or with a finished upgrade course.

    ``level`` is the level gained (with ``upgrade_course`` the level held), ``certificate_month``
    the month of the certificate (with ``upgrade_course`` of the finished course). ``received`` is
    a bit mask of what this instrument has already paid: bit k for level k, bit 7 for the course.
    ``by_course`` is 0 for a level gained in a contest or with the course waived,
    ``first_certificate`` 1 for somebody who held none before, ``group`` a code of
    :class:`model.codes.Group` (0: staff of an enterprise in no key group). ``apprenticeship`` is 1
    where the certificate ended a term of apprenticeship that was paid for, or may yet be.
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
    first_certificate: int = 0
    group: int = 0
    apprenticeship: int = 0


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
    """One insured unit's premium pot: last year's premiums and what was drawn this year, fen.

    ``small`` is 1 for a small or medium enterprise.
    """

    premiums_last_year: int
    stay_job_drawn: int
    wage_drop_drawn: int
    small: int = 0


class EnterpriseYearFacts(NamedTuple):
    """An enterprise looked at once a year.

    ``set_aside_rate_ppm`` is the part of payroll it sets aside for education,
    ``frontline_share_ppm`` the part of that which serves front-line staff. ``drawn`` is what this
    instrument paid it this year, ``refund_elsewhere`` what other refunds of premiums did, fen.
    ``premium_base`` is the sum of its insured staff's declared pay a month, ``benefit`` the monthly
    unemployment benefit of the place, ``reserve_months`` the months of benefits that the insurance
    fund held at the end of last year. ``distressed`` counts as in :class:`PayDropFacts`, ``small``
    is 1 for a small or medium enterprise. ``education_fund`` are fen unspent, ``trained_upper``
    its courses to senior worker and above this year, ``training_spend`` what last year's training
    cost with what was carried forward, ``profit`` and ``donation`` fen of last year;
    ``donation_qualified`` is 1 where it went through a public-benefit body or a government.
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
    drawn: int = 0
    refund_elsewhere: int = 0
    headcount: int = 0
    insured_heads: int = 0
    premium_base: int = 0
    distressed: int = 0
    small: int = 0
    benefit: int = 0
    reserve_months: int = 1_000
    education_fund: int = 0
    trained_upper: int = 0
    training_spend: int = 0
    profit: int = 0
    donation: int = 0
    donation_qualified: int = 0


class ApprenticeFacts(NamedTuple):
    """An apprentice under the new-type apprenticeship.

    ``start_month`` is 0 for somebody who is none, ``certificate_month`` 0 before the certificate;
    ``months_paid`` are the months of the term that were paid for already. ``qualification`` is 1
    where the certificate is a qualification, 0 where it says that training was finished;
    ``standard`` is 1 where the trade has a national standard.
    """

    month: int
    start_month: int
    certificate_month: int
    insured: int
    employed: int
    months_paid: int
    qualification: int = 1
    standard: int = 1


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
    """A course of somebody in one of the key groups, outside the enterprises' own training.

    ``group`` is a code of :class:`model.codes.Group`, ``programme`` the number of the programme
    (0: none), ``level`` the level taught (0: a short course without one), ``length`` its months,
    ``price_fen`` what it cost, ``certificate`` 1 where it ended with the certificate of the level.
    ``paid_this_year`` counts courses of the calendar year paid before, ``level_paid`` is 1 where a
    course for this level was paid before, ``subsidised`` 1 where this course was, and
    ``placement_paid`` 1 where its placement was; in a run both say whether the instrument that is
    asked has paid for this course. ``ended_month`` is the last month of the course,
    ``placed_month`` that of taking a post in the province after it, 0 without one.
    """

    month: int
    group: int
    programme: int
    level: int
    length: int
    price_fen: int
    completed: int
    certificate: int
    paid_this_year: int
    level_paid: int
    subsidised: int
    placement_paid: int
    ended_month: int
    placed_month: int


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

    ``national`` is 1 for one that the state names, 0 for a provincial one. ``number`` counts the
    projects of its kind that are new, the first being 1. ``standing`` is 1 for one that stood at
    the end of 2016, ``paid`` 1 where its grant was paid before.
    """

    month: int
    national: int
    number: int
    standing: int
    paid: int


class InstitutionYearFacts(NamedTuple):
    """An institution looked at once a year, with last year's work.

    ``trained`` are courses begun and ``certificates`` those gained there last year, ``all_trained``
    and ``all_certificates`` those of every institution of the province. ``months`` of last year
    are counted.
    """

    month: int
    trained: int
    certificates: int
    all_trained: int
    all_certificates: int
    months: int = 12


class CooperationFacts(NamedTuple):
    """An enterprise that trains together with a school.

    ``cooperates`` is 1 where the two have an agreement, ``trainees`` are those whom the enterprise
    sent to schools last year, ``paid_this_year`` is 1 where this year's costs were compensated.
    """

    month: int
    cooperates: int
    trainees: int
    paid_this_year: int


class VentureFacts(NamedTuple):
    """Somebody who starts or runs a small business, or an innovation of their own.

    ``group`` is a code of :class:`model.codes.Group` when it began; ``hard_to_employ``,
    ``redeployed`` (put out of work by an enterprise) and ``in_post`` (keeps a post) are 1 or 0;
    ``months_since`` counts from its start, ``loan_fen`` is what was borrowed for it, ``received``
    how often the instrument has paid for it.
    """

    month: int
    group: int
    hard_to_employ: int
    redeployed: int
    in_post: int
    months_since: int
    loan_fen: int
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
