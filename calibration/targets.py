"""What the mirror compares: one target a published figure (or one a prefecture), from a file."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from calibration.measuring import MEASURES
from model.codes import REGIONS

FILE = Path(__file__).parent / "targets.yaml"
PREFECTURE = "prefecture"


class TargetError(ValueError):
    """The file of targets is wrong; the message names the target and what is wrong."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Strict):
    """A sentence in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, lang: str) -> str:
        """The sentence in a language."""
        return {"zh": self.zh, "en": self.en}[lang]


class Target(_Strict):
    """A published figure and the measure of the model beside it.

    Attributes:
        name: identity.
        group: heading of the table.
        says: what is counted.
        unit: unit of both values.
        period: time of the published figure.
        published: formula over statistics (:mod:`calibration.published`).
        how: how the formula comes to stand for the figure.
        measure: function of :mod:`calibration.measuring`.
        of: whom the measure counts.
        base: month of the population that is lived.
        years: years of the measure.
        use: ``built`` into the population, ``set`` a parameter in its view, or ``test``.
        whose: the province, the nation, or elsewhere.
        scope: ``part`` where the model covers a part of what is counted; then not judged.
        window: whether the figure lies within the years to 2017.
        each: one target for every ``prefecture``, or for one of them.
        anomalies: published values, by prefecture, known to be wrong; shown and not judged.
        because: what makes the model differ, by reading the code and the run.
    """

    name: str
    group: str
    says: Said
    unit: str
    period: str
    published: str
    how: Said | None = None
    measure: str
    of: str = "all"
    base: Literal["2013-12", "2016-12"]
    years: tuple[int, ...] = Field(min_length=1)
    use: Literal["built", "set", "test"]
    whose: Literal["province", "nation", "elsewhere"] = "province"
    scope: Literal["same", "part"] = "same"
    window: Literal["to_2017", "earlier", "later"] = "to_2017"
    each: str = ""
    anomalies: dict[str, Said] = {}
    because: Said | None = None

    def regions(self) -> tuple[str, ...]:
        """Where the target applies: the province, every prefecture, or one."""
        if not self.each:
            return ("province",)
        return REGIONS if self.each == PREFECTURE else (self.each,)


class Without(_Strict):
    """Published figures that are not compared, and why."""

    ids: str
    says: Said


class _File(_Strict):
    groups: dict[str, Said]
    targets: tuple[Target, ...]
    left_out: tuple[Without, ...]


class Targets(NamedTuple):
    """Headings, targets and what is left out."""

    groups: dict[str, Said]
    targets: tuple[Target, ...]
    left_out: tuple[Without, ...]


@lru_cache(maxsize=1)
def targets() -> Targets:
    """The targets of the file, checked.

    Raises:
        TargetError: an unknown measure, group or prefecture, or a name given twice.
    """
    file = _File.model_validate(YAML(typ="safe", pure=True).load(FILE.read_text("utf-8")))
    names = [t.name for t in file.targets]
    for t in file.targets:
        wrong = {
            "measure": t.measure not in MEASURES,
            "group": t.group not in file.groups,
            "each": t.each not in ("", PREFECTURE, *REGIONS),
            "anomalies": not set(t.anomalies) <= set(t.regions()),
            "name": names.count(t.name) > 1,
        }
        for field, bad in wrong.items():
            if bad:
                raise TargetError(f"{t.name}: {field} {getattr(t, field)!r}")
    return Targets(file.groups, file.targets, file.left_out)
