"""Heading 5: bases and studios, their seats and quality (C9)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def build(_province: "Province") -> None:
    """Nothing yet."""
