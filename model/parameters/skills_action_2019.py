"""Skills action of 2019 to 2021: values and sources stand in ``skills_action_2019.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Skills action of 2019 to 2021."""

    in_force: int  # switch
    transfer: int  # yuan per month
    rest: int  # yuan per month
    counted_by_enterprises: float  # share
