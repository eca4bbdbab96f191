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
    enrolment_growth: float  # share per year
    public_base_seats: float  # persons a month
    teacher_titles: float  # units of quality
    teachers_titled: float  # share per year
    review_quality: float  # units of quality
    online_seats: float  # persons a month
    online_fee: int  # yuan per course
    online_completion: float  # probability
    online_quality: float  # units of quality
    exhausted: int  # option
