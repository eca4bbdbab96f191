"""Wider refunds of 2019 and 2020: values and sources stand in ``refunds_2019.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Wider refunds of 2019 and 2020."""

    in_force: int  # switch
    fund_cap: int  # share of the reserve
