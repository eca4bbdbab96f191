"""Leaving: values and sources stand in ``leaving.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Leaving."""

    quit_state_lower: float  # probability per month
    quit_state_middle: float  # probability per month
    quit_state_upper: float  # probability per month
    quit_private_lower: float  # probability per month
    quit_private_middle: float  # probability per month
    quit_private_upper: float  # probability per month
    taste_spread: float  # log points
    outside_ratio: float  # ratio
    outside_weight: float  # weight
    away_constant: float  # utility
    away_age: float  # utility per ten years
    away_schooling: float  # utility per stage
    away_level: float  # utility per level
    informal_constant: float  # utility
    return_rate: float  # probability per month
    informal_search: float  # probability per month
    discouraged: float  # probability per month
    unemployed_away: float  # probability per month
    mortality: float  # probability per month
    annuity_holds: float  # multiple
    delay_take_up: float  # share
    delay_months: int  # months
    wage_guarantee: float  # share
    mobility: float  # log points
    labour_cooperation: float  # probability per month
    pent_up: float  # share
    pent_up_months: int  # months
