"""Hiring and poaching: values and sources stand in ``hiring.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Hiring and poaching."""

    search: float  # probability per month
    candidates: int  # count
    own_branch: float  # share
    own_region: float  # share
    premium_weight: float  # weight
    offer_private: float  # probability per month
    offer_state: float  # probability per month
    offer_level: float  # multiple per level
    offer_visible: float  # multiple
    density: float  # exponent
    poach_premium: int  # millionths
    poach_share: float  # share
    trained_search: float  # multiple
    trained_months: int  # months
    compensation_weight: int  # millionths
    compensation_months: int  # months
    award_hires: int  # count per year
    studio_hires: int  # count per year
    migrant_coverage: float  # share
    information: float  # share
    mobility: float  # share
