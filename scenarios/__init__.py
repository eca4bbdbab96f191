"""Scenario files, the code that reads and runs them, and paired effects."""

from scenarios.runner import simulate

__all__ = ["simulate"]
