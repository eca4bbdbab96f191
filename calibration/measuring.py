"""Simulated values, one function a published figure: what the model says to the same question.

Each measure takes a life (:class:`calibration.observing.Lived`) and what is asked of it, and
answers in the unit of the figure it stands beside. A name in ``targets.yaml`` is a function of
the modules below.
"""

from collections.abc import Callable

from calibration import measuring_ladder as ladder
from calibration import measuring_work as work
from calibration.asking import Ask
from calibration.observing import Lived

Measure = Callable[[Lived, Ask], float]
MEASURES: dict[str, Measure] = {
    m.__name__: m
    for m in (
        work.jobs,
        work.jobs_share,
        work.jobs_change,
        work.firm_size,
        work.group_staff,
        work.group_change,
        work.group_yearly_change,
        work.group_lost,
        work.group_hires,
        work.group_exits,
        work.exits,
        work.net_out_migration,
        work.pay,
        work.pay_change,
        work.rural_pay,
        work.stayers_growth,
        work.person,
        work.rural_workers,
        ladder.insured,
        ladder.premium_base,
        ladder.fund_premiums,
        ladder.fund_outlay,
        ladder.benefit_recipients,
        ladder.registered_unemployment,
        ladder.stay_job_coverage,
        ladder.stay_job_per_worker,
        ladder.skill_claims,
        ladder.skill_claim_mean,
        ladder.certified,
        ladder.certified_growth,
        ladder.certified_share,
        ladder.certificates,
        ladder.upper_share_of_certificates,
        ladder.pass_rate,
        ladder.person_times,
        ladder.incidence,
    )
}
