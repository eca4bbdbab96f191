"""Facts of a part of the rows, gathered one column at a time into a small room.

A loop that reads one column at many rows has many loads under way at once; one that reads many
columns of one row and then runs a rule waits for each. A part is small enough that its room stays
in the nearest cache, and no power of two long, so that the room's rows do not share their places
in it.
"""

from typing import Any

from model.draws import uniform
from model.scalar import scalar

PART = 504  # rows


@scalar
def part(values: Any, first: int, end: int) -> Any:
    """The part of ``values`` that begins at ``first`` and ends at ``end`` at the latest."""
    last = first + PART
    return values[first : last if last < end else end]


@scalar
def gather(column: Any, rows: Any, room: Any) -> None:
    """Put the column's values at ``rows`` into the room, in order."""
    for j in range(len(rows)):
        room[j] = column[rows[j]]


@scalar
def draw(key: Any, moment: int, rows: Any, room: Any) -> None:
    """Put the draws of ``rows`` at a moment into the room, in order."""
    for j in range(len(rows)):
        room[j] = uniform(key[rows[j]], moment)
