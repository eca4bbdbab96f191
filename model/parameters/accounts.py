"""Funds: values and sources stand in ``accounts.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Funds."""

    ui_opening: int  # yuan per account
    ui_rest_premiums: int  # yuan per month
    ui_rest_benefits: int  # yuan per month
    ui_rest_refunds: int  # yuan per month
    employment_opening: int  # yuan per account
    employment_grant: int  # yuan per month
    employment_rest: int  # yuan per month
    treasury_opening: int  # yuan per account
    treasury_budget: int  # yuan per month
    union_opening: int  # yuan per account
    union_dues: int  # yuan per month
    education_opening: int  # millionths of a year's set-aside
    seats_response: float  # share per month
    seats_full: float  # share
    seats_idle: float  # share
    crowding: float  # per unit of utilisation
    stocking: float  # share per month
    demand_memory: float  # share per month
    exhausted: int  # option
