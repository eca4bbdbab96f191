"""Heading 4, last part: money that passes when somebody joins an enterprise (C9)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.province import Province


def settle(_province: "Province") -> None:
    """Nothing yet."""
