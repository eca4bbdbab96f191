"""Heading 5: contests, their prizes and the certificates they bring (C21)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def hold(_province: "Province") -> None:
    """Nothing yet."""
