"""Epidemic of 2020: values and sources stand in ``epidemic_2020.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Epidemic of 2020."""

    in_force: int  # switch
    demand_fall: float  # log points
    seats_closed: float  # share
