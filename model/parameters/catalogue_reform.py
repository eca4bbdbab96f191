"""Qualification catalogue of 2017: values and sources stand in ``catalogue_reform.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """National qualification catalogue of 2017."""

    in_force: int  # switch
