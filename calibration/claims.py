"""What each stylised fact claims, how its figures must come out, and what evidence it rests on."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from calibration.targets import Said

FILE = Path(__file__).parent / "facts.yaml"
VERDICTS = ("holds", "does_not_hold", "not_broken", "reported", "needs")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Strict):
    """A figure of a fact: positive, negative, within a band or lost in luck if it must be so."""

    name: str
    says: Said
    unit: str
    want: Literal["positive", "negative", "band", "noise", "report"] = "report"
    low: float = float("nan")
    high: float = float("nan")


class Claim(_Strict):
    """A fact in words.

    Attributes:
        claim: what should hold.
        experiment: what is lived and compared, and how the mechanism is switched off.
        evidence: what the claim rests on.
        figures: in the order in which the experiment reads them.
        finding: why it does not hold, or how to read what is reported.
    """

    claim: Said
    experiment: Said
    evidence: Said
    figures: tuple[Figure, ...] = Field(min_length=1)
    finding: Said | None = None


@lru_cache(maxsize=1)
def claims() -> dict[str, Claim]:
    """Claims by id of the fact."""
    found = YAML(typ="safe", pure=True).load(FILE.read_text("utf-8"))
    return {name: Claim.model_validate(content) for name, content in found.items()}
