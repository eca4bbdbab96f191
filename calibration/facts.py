"""Stylised facts: lives the experiments and writes verdict and figure of each.

``python -m calibration.facts --out docs/facts.csv`` (``make facts``) runs all of them; the page
``facts.md`` is written beside the file. ``--only L19`` tries one again and keeps the others,
``--only`` with nothing behind it writes the page again after its words were edited.

Facts are computed here and compared elsewhere: a test fails when a verdict changes without an
entry in the changelog, not because a fact is false.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration import (
    stylised_crisis,
    stylised_market,
    stylised_measures,
    stylised_pay,
    stylised_plans,
    stylised_training,
)
from calibration.claims import Figure, claims
from calibration.experiments import Fact, Readings, Result, try_seed
from calibration.table import aligned, shown
from model.words import LANGUAGES, text
from scenarios.processes import delayed
from scenarios.runner import DEFAULT_SCALE, Request, as_scale

# In the order in which they are lived: facts that share arms stand together.
LIVED: tuple[Fact, ...] = (
    *stylised_pay.FACTS,
    *stylised_crisis.FACTS,
    *stylised_training.FACTS,
    *stylised_plans.FACTS,
    *stylised_market.FACTS,
    *stylised_measures.FACTS,
)


def place(name: str) -> tuple[int, str]:
    """Where an id stands: L9 before L9b before L10."""
    digits = name[1:].rstrip("abc")
    return int(digits), name[1 + len(digits) :]


FACTS: dict[str, Fact] = {fact.id: fact for fact in sorted(LIVED, key=lambda f: place(f.id))}
Floats = NDArray[np.float64]

SEEDS = 8
COLUMNS = ("figure", "want", "on", "off")
Progress = Callable[[int, int, str], None]


def try_facts(
    names: Sequence[str], request: Request, progress: Progress | None = None
) -> dict[str, Result]:
    """Results of some facts by id, every seed of the request; one process lives one seed."""
    request.check()
    seeds = range(request.seed, request.seed + request.seeds)
    workers = min(request.jobs or joblib.cpu_count(), len(seeds))
    facts = [fact for fact in LIVED if fact.id in names and not fact.missing()]
    calls = (delayed(try_seed)(facts, request, seed) for seed in seeds)
    tried = []
    if progress:
        progress(0, len(seeds), "")
    for one in joblib.Parallel(n_jobs=workers, return_as="generator")(calls) if facts else ():
        tried.append(one)
        if progress:
            progress(len(tried), len(seeds), "")
    return {name: _result(name, [one[name] for one in tried if name in one]) for name in names}


def _result(name: str, tried: Sequence[Readings]) -> Result:
    claim = claims()[name]
    if missing := FACTS[name].missing():
        return Result(claim, np.full((0, len(claim.figures)), np.nan), None, missing)
    on = np.array([figures for figures, _ in tried], float)
    offs = [figures for _, figures in tried if figures is not None]
    return Result(claim, on, np.array(offs, float) if offs else None)


def frame(results: dict[str, Result], request: Request) -> pd.DataFrame:
    """One row a figure."""
    rows = []
    for name, result in results.items():
        own = FACTS[name].asks(request)
        for k, figure in enumerate(result.claim.figures):
            on, off = result.on[:, k], None if result.off is None else result.off[:, k]
            rows.append(
                {
                    "id": name,
                    "figure": figure.name,
                    "unit": figure.unit,
                    "want": figure.want,
                    "mean": _mean(on),
                    "standard_error": _error(on),
                    "least": _least(on),
                    "most": -_least(-on),
                    "off_mean": _mean(off),
                    "off_standard_error": _error(off),
                    "verdict": result.verdict,
                    "seeds": len(result.on),
                    "seed": request.seed,
                    "scale": str(own.scale),
                    "until": own.until,
                    "claim_zh": result.claim.claim.zh,
                    "claim_en": result.claim.claim.en,
                    "command": command(request),
                }
            )
    return pd.DataFrame(rows)


def _finite(values: Floats | None) -> Floats:
    found = np.zeros(0) if values is None else np.asarray(values, float)
    kept: Floats = found[np.isfinite(found)]
    return kept


def _mean(values: Floats | None) -> float:
    found = _finite(values)
    return float(found.mean()) if len(found) else float("nan")


def _least(values: Floats | None) -> float:
    found = _finite(values)
    return float(found.min()) if len(found) else float("nan")


def _error(values: Floats | None) -> float:
    found = _finite(values)
    return float(found.std(ddof=1) / np.sqrt(len(found))) if len(found) > 1 else float("nan")


def command(request: Request) -> str:
    """What reproduces the figures."""
    return (
        f"python -m calibration.facts --scale {request.scale} --seeds {request.seeds} "
        f"--seed {request.seed} --until {request.until} --out docs/facts.csv"
    )


def page(found: pd.DataFrame, lang: str) -> str:
    """The facts of a frame as a page of Markdown."""
    lines = [f"# {_say('title', lang)}", "", _say("lead", lang)]
    for name, claim in claims().items():
        rows = found[found["id"] == name].set_index("figure")
        if rows.empty:
            continue
        verdict = rows["verdict"].iloc[0]
        what = {"what": ", ".join(FACTS[name].missing())} if verdict == "needs" else {}
        said = _say(f"verdict.{verdict}", lang, **what)
        lines += ["", f"## {name} {claim.claim.of(lang)}", "", f"**{said}**", ""]
        cells = [[_say(f"column.{c}", lang) for c in COLUMNS]]
        cells += [_cells(rows.loc[f.name], f, lang) for f in claim.figures if f.name in rows.index]
        lines += aligned(cells, COLUMNS, frozenset({"on", "off"}))
        for key in ("experiment", "evidence", "finding"):
            told = getattr(claim, key)
            if told:
                lines += ["", f"{_say(key, lang)} {told.of(lang)}"]
        made = {name: rows[name].iloc[0] for name in ("command", "seeds", "scale", "until")}
        lines += ["", _say("made_by", lang, **made)]
    return "\n".join(lines)


def _cells(row: Any, figure: Figure, lang: str) -> list[str]:
    want = _say(f"want.{figure.want}", lang)
    if figure.want == "band":
        want = " … ".join(shown(v, figure.unit, lang) for v in (figure.low, figure.high))
    values = [
        shown(row[mean], figure.unit, lang, row[error]) if np.isfinite(row[mean]) else "—"
        for mean, error in (("mean", "standard_error"), ("off_mean", "off_standard_error"))
    ]
    return [figure.says.of(lang), want, *values]


def write(found: pd.DataFrame, out: Path) -> None:
    """The file of figures, and its page beside it; facts not tried again keep their rows."""
    if out.exists():
        before = pd.read_csv(out)
        again = set() if found.empty else set(found["id"])
        found = pd.concat([before[~before["id"].isin(list(again))], found], ignore_index=True)
    order = {name: k for k, name in enumerate(FACTS)}
    known = found[found["id"].isin(list(order))]
    found = known.sort_values("id", key=lambda ids: ids.map(order), kind="stable")
    found.to_csv(out, index=False, lineterminator="\n")
    pages = "\n\n".join(page(found, lang) for lang in LANGUAGES)
    out.with_suffix(".md").write_text(pages + "\n", encoding="utf-8")


def _say(key: str, lang: str, **fields: object) -> str:
    return text(f"calibration.facts.{key}", lang, **fields)


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m calibration.facts``: try the facts, print or write what came out."""
    parser = argparse.ArgumentParser(prog="python -m calibration.facts")
    parser.add_argument("--out", type=Path, help="file of figures; a page .md is written beside it")
    parser.add_argument("--scale", default=str(DEFAULT_SCALE), help="1/n")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", default=Request().until, help="YYYY-MM")
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument(
        "--only",
        nargs="*",
        choices=tuple(FACTS),
        default=tuple(FACTS),
        help="ids; none: the page again",
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="zh")
    asked = parser.parse_args(arguments)
    request = Request(
        as_scale(asked.scale), asked.seeds, asked.seed, until=asked.until, jobs=asked.jobs
    )
    began = time.perf_counter()

    def progress(done: int, of: int, label: str) -> None:
        print(f"{done}/{of} {label} {time.perf_counter() - began:.0f} s", file=sys.stderr)

    found = frame(try_facts(asked.only, request, progress), request)
    if asked.out is None:
        print(page(found, asked.lang))
    else:
        write(found, asked.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
