"""Waiver of premiums in 2020: values and sources stand in ``premium_waiver_2020.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Waiver of employers' premiums in 2020."""

    in_force: int  # switch
