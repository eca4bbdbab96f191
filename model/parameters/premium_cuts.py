"""Cuts of the unemployment-insurance premium: values and sources stand in ``premium_cuts.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Cuts of the unemployment-insurance premium."""

    in_force: int  # switch
