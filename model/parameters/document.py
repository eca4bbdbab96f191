"""Figures that the document states and no rule reads: ``document.yaml``."""

from typing import NamedTuple


class Params(NamedTuple):
    """Figures of the document that stand outside every mechanism."""

    joint_meetings_province: int  # count
    joint_meetings_elsewhere: int  # count
    ladder_levels: int  # count
    title_equivalences: int  # count
