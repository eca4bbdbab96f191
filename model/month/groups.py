"""Heading 6: courses of the key groups outside the enterprises (C9, C13, C25)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def train(_province: "Province") -> None:
    """Nothing yet."""
