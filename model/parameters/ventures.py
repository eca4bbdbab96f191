"""Small businesses: values and sources stand in ``ventures.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Small businesses."""

    attention: float  # probability per month
    response: float  # probability per 10,000 yuan
    business_share: float  # share
    loan_share: float  # share
    loan: int  # yuan per business
    hard_age_men: int  # years
    hard_age_women: int  # years
    horizon: int  # months
    file_months: int  # months
