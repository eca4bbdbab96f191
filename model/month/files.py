"""Open files by row: kept where they open and close, so that nobody looks through all workers."""

from dataclasses import dataclass, field

import numpy as np

from model.month.sums import Ints


def nobody() -> Ints:
    """No rows."""
    return np.zeros(0, np.int64)


@dataclass
class Files:
    """Rows of workers, ascending.

    Attributes:
        courses: with an open file of a public course (``public_course`` above 0).
        ventures: with an open file of a business (``venture_since`` above 0).
        covered: whom an enterprise paid for beyond pay when it was last asked.
    """

    courses: Ints = field(default_factory=nobody)
    ventures: Ints = field(default_factory=nobody)
    covered: Ints = field(default_factory=nobody)


def opened(files: Ints, new: Ints) -> Ints:
    """Open files and those that open now, both ascending; none of the new ones was open."""
    return np.insert(files, np.searchsorted(files, new), new)
