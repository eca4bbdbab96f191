"""Colours of measures stay apart for people who see two of three colours.

What they see is simulated with the matrices of Machado, Oliveira and Fernandes (2009), "A
physiologically-based model for simulation of color vision deficiency", IEEE Transactions on
Visualization and Computer Graphics 15(6), severity 1.0, applied to linear RGB. Distances are
Euclidean in CIELAB (CIE 1976), of which about 2.3 can just be noticed side by side.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from app.charts import OTHER, SERIES, USUAL, colour_of
from app.figures import AGAINST, POLICY
from app.largest import MOST
from model.instruments.registry import instruments

SEEN = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
LEAST = 14.0  # of any two colours, since any seven measures may stand in one figure
LEAST_USUAL = 16.0  # of the measures that usually pay most
Floats = NDArray[np.float64]


def linear(colour: str) -> Floats:
    """sRGB as light, 0 to 1."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: Floats) -> Floats:
    """Light as CIELAB under the white of sRGB."""
    xyz = TO_XYZ @ light / TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def seen(colour: str, eyes: str) -> Floats:
    """A colour as some eyes see it."""
    return lab(np.clip(np.array(SEEN[eyes]) @ linear(colour), 0, 1))


def nearest(colours: list[str], eyes: str) -> tuple[float, str, str]:
    """The two colours that lie nearest to each other, and how far apart."""
    found = [seen(one, eyes) for one in colours]
    return min(
        (float(np.linalg.norm(found[a] - found[b])), colours[a], colours[b])
        for a in range(len(colours))
        for b in range(a)
    )


def test_the_scale_of_distances() -> None:
    assert lab(linear("#FFFFFF")) == pytest.approx([100, 0, 0], abs=0.01)
    assert lab(linear("#000000")) == pytest.approx([0, 0, 0], abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("eyes", SEEN)
def test_greys_stay_as_they_are(eyes: str) -> None:
    assert seen("#808080", eyes) == pytest.approx(lab(linear("#808080")), abs=0.05)


def test_red_and_green_of_one_brightness_are_what_some_cannot_tell() -> None:
    apart = [nearest(["#C04000", "#607000"], eyes)[0] for eyes in ("normal", "deuteranopia")]
    assert apart[0] > 60 > 20 > apart[1]


@pytest.mark.parametrize("eyes", SEEN)
def test_any_seven_measures_that_stand_together_are_told_apart(eyes: str) -> None:
    # Which seven stand together is up to the run, so that every pair has to hold.
    assert len(instruments()) >= MOST
    distance, *pair = nearest([*map(colour_of, instruments()), OTHER], eyes)
    assert distance >= LEAST, pair


@pytest.mark.parametrize("eyes", SEEN)
def test_the_measures_that_usually_stand_together_are_told_apart_easily(eyes: str) -> None:
    assert [colour_of(name) for name in USUAL] == list(SERIES)
    distance, *pair = nearest([*SERIES, OTHER], eyes)
    assert distance >= LEAST_USUAL, pair


@pytest.mark.parametrize("eyes", SEEN)
def test_the_two_worlds_are_told_apart(eyes: str) -> None:
    assert nearest([POLICY, AGAINST], eyes)[0] > 40
