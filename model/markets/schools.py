"""Which school an applicant asks: a race of the pair of person and school, weighed by seats."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.draws import uniforms_at
from model.engines.market_loops import SMALLEST_DRAW
from model.markets.hiring import pair_keys
from model.numbers import logs

Ints = NDArray[np.int64]


class Offers(NamedTuple):
    """Schools open to each place, laid end to end."""

    first: Ints  # position of the first school of each place, and the end
    schools: Ints  # rows of schools
    key: Any  # keys of all schools, by row
    seats: NDArray[np.float64]  # seats of each position


def race(applicants: tuple[Any, Ints], offers: Offers, at: int, none: int) -> Ints:
    """One school for each applicant, with chances in proportion to seats.

    Each pair of person and school has its own luck, so that one school more draws only those who
    choose it.

    Args:
        applicants: keys and places.
        offers: schools by place.
        at: moment of the draw.
        none: what stands for no school, where a place has none.
    """
    key, place = applicants
    chosen = np.full(len(key), none, np.int64)
    for number in range(len(offers.first) - 1):
        here = np.flatnonzero(place == number)
        span = slice(offers.first[number], offers.first[number + 1])
        schools = offers.schools[span]
        if len(here) == 0 or len(schools) == 0:
            continue
        pairs = pair_keys(key[here][:, np.newaxis], offers.key[schools])
        times = -logs(np.maximum(uniforms_at(pairs, at), SMALLEST_DRAW))
        times /= offers.seats[span]
        chosen[here] = schools[np.argmin(times, axis=1)]
    return chosen
