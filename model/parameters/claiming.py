"""Awareness and claiming: values and sources stand in ``claiming.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Awareness and claiming."""

    aware_own: float  # probability per month
    aware_others: float  # probability per month
    aware_enterprise: float  # multiple
    aware_small: float  # multiple
    claim: float  # probability per month
    wage_drop_take_up: float  # share per year
    stay_job_take_up: float  # share per year
    apprentice_take_up: float  # share per year
    initial_years: float  # years
    patience: int  # months
    aware_database: float  # probability per month
    aware_services: float  # probability per month
    publicity: float  # probability per month
