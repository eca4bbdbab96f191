"""Heading 6: titles and awards by fixed numbers (C19)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def give(_province: "Province") -> None:
    """Nothing yet."""
