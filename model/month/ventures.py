"""Heading 6: people without a post who start a business (C22, C27)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def start(_province: "Province") -> None:
    """Nothing yet."""
