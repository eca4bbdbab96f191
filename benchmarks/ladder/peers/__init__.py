"""One script a framework; each runs by itself with ``python -m`` in an environment of its own.

``PEERS`` is the list. A peer without packages runs in this project's environment.
"""

from typing import NamedTuple


class Peer(NamedTuple):
    """A framework: what the table calls it, its script, and what is asked for to run it."""

    name: str
    title: str
    script: str
    packages: tuple[str, ...] = ()
    python: tuple[int, int] = (3, 11)  # the oldest that the packages take
    most: int = 1_000_000_000  # workers: more would take minutes a round


OWN = Peer("own", "longjiang: filter + scalar rules (numba)", "own")
NUMPY = Peer("numpy", "numpy, written by hand", "numpy_arrays")
PEERS = (
    OWN,
    NUMPY,
    Peer("jax", "JAX, scan on the processor", "jax_scan", ("jax==0.10.2",)),
    Peer("starsim", "Starsim", "starsim_module", ("starsim==3.7.2",)),
    Peer("ambr", "ambr, vectorised lane", "ambr_arrays", ("ambr==0.5.2",)),
    Peer("polars", "Polars expressions", "polars_frame", ("polars==2.1.0", "numpy")),
    Peer("mesa_frames", "mesa-frames", "mesa_frames_set", ("mesa-frames==0.1.0a0",)),
    Peer("agentpy", "agentpy", "agentpy_objects", ("agentpy==0.1.5",), most=20_000),
    Peer("mesa33", "Mesa 3.3, objects", "mesa_objects", ("mesa==3.3.1",), most=20_000),
    Peer(
        "mesa35",
        "Mesa 3.5, objects",
        "mesa_objects",
        ("mesa==3.5.1", "networkx"),  # it imports networkx without asking for it
        (3, 12),
        most=20_000,
    ),
)
