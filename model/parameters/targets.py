"""Targets for 2020: values and sources stand in ``targets.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Targets for 2020."""

    goal_bases: int  # count
    goal_studios: int  # count
    goal_person_times: int  # count
    standing_bases: int  # count
    standing_studios: int  # count
    planned_bases: int  # count
    planned_studios: int  # count
    industrial_share: float  # share
