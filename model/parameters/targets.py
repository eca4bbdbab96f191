"""Targets for 2020: values and sources stand in ``targets.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Targets for 2020."""

    goal_person_times: int  # count
    person_times_2016: int  # count
    industrial_share: float  # share
