"""Named luck: every draw is a hash of seed, purpose, agent, month and number.

A draw does not depend on what was drawn before, on the order of execution, on threads, on the
engine or on the scenario. Two scenarios run with one seed therefore share their luck, and what
differs between them is policy.

A draw is ``(mix(A + M) >> 11) * 2**-53``: ``A`` mixes seed and agent, ``M`` mixes seed, purpose,
month and number, each key mixed in turn. ``mix`` is the finaliser of splitmix64 (Steele, Lea and
Flood 2014). One purpose names one decision site.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.numbers import normals_of
from model.scalar import elementwise, scalar

MASK = 0xFFFFFFFFFFFFFFFF
_AGENTS = 0x9E3779B97F4A7C15
_MOMENTS = 0xD1B54A32D192ED03
_FNV_OFFSET = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3

Keys = NDArray[np.uint64]


@scalar
def mix(z: int) -> int:
    """Scramble 64 bits; a bijection in which every input bit moves every output bit."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return z ^ (z >> 31)


@scalar
def uniform(key: int, moment: int) -> float:
    """A number in [0, 1) with 53 random bits, for one agent's key at one moment."""
    return (mix((key + moment) & 0xFFFFFFFFFFFFFFFF) >> 11) * 1.1102230246251565e-16


@scalar
def pair_key(key: int, other: int) -> int:
    """The key of an ordered pair of agents, as of a worker and an enterprise."""
    return mix((mix(key) + other) & 0xFFFFFFFFFFFFFFFF)


@cache
def purpose_code(purpose: str) -> int:
    """A stable 64-bit number for a purpose's name (FNV-1a, then mixed)."""
    code = _FNV_OFFSET
    for byte in purpose.encode():
        code = ((code ^ byte) * _FNV_PRIME) & MASK
    return mix(code)


def moment(seed: int, purpose: str, month: int = 0, n: int = 0) -> int:
    """``M``: seed, purpose, month and number, mixed in turn."""
    return mix((mix((_of_purpose(seed, purpose) + month) & MASK) + n) & MASK)


@cache
def _of_purpose(seed: int, purpose: str) -> int:
    """Seed and purpose, mixed in turn: the same every month."""
    return mix((mix((seed * _MOMENTS + _MOMENTS) & MASK) + purpose_code(purpose)) & MASK)


def key(seed: int, identity: int) -> int:
    """``A``: seed and identity of one agent, mixed in turn."""
    return mix((mix((seed * _AGENTS + _AGENTS) & MASK) + identity) & MASK)


def keys(seed: int, identities: Any) -> Keys:
    """``A`` for an array of identities (any integer type), as uint64."""
    start = np.uint64(mix((seed * _AGENTS + _AGENTS) & MASK))
    mixed: Keys = mix_all(np.asarray(identities).astype(np.int64).view(np.uint64) + start)
    return mixed


@elementwise
def mix_all(z: Keys) -> Keys:
    """:func:`mix` of every element; arithmetic on uint64 arrays wraps as it must."""
    z = z ^ (z >> np.uint64(30))  # an array of its own, written over from here on to save time
    z *= np.uint64(0xBF58476D1CE4E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return z


@elementwise
def uniforms_at(agent_keys: Keys, at: int) -> NDArray[np.float64]:
    """:func:`uniform` for every key at the moment ``at``."""
    bits = mix_all(agent_keys + np.uint64(at))
    bits >>= np.uint64(11)
    drawn = bits.astype(np.float64)
    drawn *= 1.1102230246251565e-16
    return drawn


def uniforms(
    agent_keys: Keys, seed: int, purpose: str, month: int = 0, n: int = 0
) -> NDArray[np.float64]:
    """One uniform draw per key for a named purpose."""
    return uniforms_at(agent_keys, moment(seed, purpose, month, n))


def normals(
    agent_keys: Keys, seed: int, purpose: str, month: int = 0, n: int = 0
) -> NDArray[np.float64]:
    """One standard normal draw per key for a named purpose."""
    drawn: NDArray[np.float64] = normals_of(uniforms(agent_keys, seed, purpose, month, n))
    return drawn
