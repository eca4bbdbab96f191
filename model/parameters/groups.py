"""Training of the key groups: values and sources stand in ``groups.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Training of the key groups."""

    rate_registered_unemployed: float  # probability per month
    rate_rural_transferee: float  # probability per month
    rate_graduate: float  # probability per month
    rate_school_leaver: float  # probability per month
    rate_transferred: float  # probability per month
    push: float  # share
    self_paid: float  # share
    dropout: float  # probability per course
    junior_share: float  # share
    cost_short: int  # yuan per course
    cost_junior: int  # yuan per course
    duration_short: int  # months
    duration_junior: int  # months
    file_months: int  # months
    registered_share: float  # share
    leaver_months: int  # months
    newcomer_months: int  # months
    transferred_months: int  # months
    outside_registered_unemployed: int  # persons
    outside_rural_transferee: int  # persons
    outside_poor_family: int  # persons
    outside_graduate: int  # persons
    outside_school_leaver: int  # persons
    outside_veteran: int  # persons
    outside_disabled: int  # persons
    outside_transferred: int  # persons
