from fractions import Fraction

import pytest

from model.population.province import Population, population


@pytest.fixture(scope="session")
def whole() -> Population:
    """The whole province at the end of 2016."""
    return population("2016-12", scale=Fraction(1), seed=0)


@pytest.fixture(scope="session")
def twentieth() -> Population:
    """A sample of 1/20."""
    return population("2016-12", scale=Fraction(1, 20), seed=1)
