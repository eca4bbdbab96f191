"""Heading 6: what enterprises pay and receive once a year (C12, C26)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def settle(_province: "Province") -> None:
    """Nothing yet."""
