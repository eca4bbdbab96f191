"""Which measures stand by themselves in a figure: the largest; all others stand as one."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from scenarios.outlay import Outlay

MOST = 7  # measures that an eye tells apart by colour
OTHERS = ""  # stands for all others where the name of an instrument stands


def largest(amounts: Mapping[str, Fraction]) -> tuple[str, ...]:
    """The names with the largest amounts of either sign, largest first; none that are zero."""
    found = [name for name, amount in amounts.items() if amount]
    return tuple(sorted(found, key=lambda name: (-abs(amounts[name]), name))[:MOST])


def largest_paid(worlds: Iterable[Outlay]) -> tuple[str, ...]:
    """Instruments that paid most over all years, counting for each the world where it paid more."""
    most: dict[str, Fraction] = {}
    for world in worlds:
        for name, amount in paid(world).items():
            most[name] = max(most.get(name, Fraction(0)), amount)
    return largest(most)


def paid(world: Outlay) -> dict[str, Fraction]:
    """Mean fen over runs of all years by instrument, of all funds together."""
    found: dict[str, Fraction] = {}
    for line in world.lines:
        found[line.instrument] = found.get(line.instrument, Fraction(0)) + line.mean()
    return found
