"""Enterprise plans: values and sources stand in ``plans.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Enterprise plans."""

    adjust_up: float  # share per month
    adjust_up_state: float  # share per month
    adjust_down_state: float  # share per month
    adjust_down_private: float  # share per month
    surplus_tolerated: float  # share of staff
    distress_start: float  # share of payroll
    distress_end: float  # share of payroll
    horizon_months: int  # months
    replacement_cost: float  # monthly wages
    arrears_cost: float  # weight
    saving_value: float  # weight
    resistance: float  # weight
    consent: float  # share
    declared_cost: float  # monthly wages
    relief_by_layoffs_state: float  # share
    relief_by_layoffs_private: float  # share
    others_cut: float  # share
    cut_exponent: float  # exponent
    cut_saturation: float  # multiple
    felt_months: int  # months
    arrears_start: float  # share of payroll
    nomination_attention: float  # probability per month
    productivity_step: float  # log points per level
    pass_through: float  # share
    output_per_pay: float  # ratio
    stay_discount: float  # per month
    training_cost: float  # monthly wages
    fund_eases: float  # share
    nomination_spread: float  # monthly wages
    quit_memory: float  # share per month
    succession: float  # relative increase
    succession_months: int  # months
    usual_compression: float  # ratio
    liquidity: float  # share
    short_course_base: float  # person-times per worker-month
    short_course_cost: int  # yuan per person-time
    fund_spent: int  # millionths per year
    fund_for_courses: int  # millionths
    supervision: float  # share
    deferral: int  # option
