"""Pay: values and sources stand in ``pay.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Pay."""

    step_junior: float  # log points
    step_intermediate: float  # log points
    step_senior: float  # log points
    step_technician: float  # log points
    step_senior_technician: float  # log points
    step_special_technician: float  # log points
    causal: float  # share
    compression: float  # ratio
    growth: float  # share per year
    revise_up: float  # share per year
    revise_down: float  # share per year
    minimum_harbin: int  # yuan per month
    minimum_other: int  # yuan per month
    talent_spread: float  # log points
    ceiling: int  # yuan per month
    allowance_take_up: float  # share
    allowance_junior: float  # log points
    allowance_intermediate: float  # log points
    allowance_senior: float  # log points
    allowance_technician: float  # log points
    allowance_senior_technician: float  # log points
    chief_share: float  # share
    step_chief: float  # log points
    bargaining_tilt: float  # share per year
    tilt_from: int  # option: the grade, 0 everybody
