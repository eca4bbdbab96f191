"""This project's technique (see :mod:`benchmarks.ladder.own`)."""

from benchmarks.ladder.harness import report
from benchmarks.ladder.own import compiled, start

if __name__ == "__main__":
    report("numba", start, compiled)
