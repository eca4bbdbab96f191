"""The folder that a run leaves: written beside its place and moved there when it is whole.

A run that dies leaves at most a folder whose name ends in ``.part-<process>``; an existing folder
is refused, or with ``force`` replaced once its successor is complete.
"""

import codecs
import json
import math
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from model.ledger import PUBLIC
from model.months import month_of_year, parse_month, year_of
from model.results import Run
from model.system import said_of
from model.words import SpokenError
from scenarios.board import Board
from scenarios.effects import effects_frame
from scenarios.manifest import PROGRAM, digest_of_file, manifest
from scenarios.outlay import outlay_frame
from scenarios.runner import Request
from scenarios.scenario import Scenario

MANIFEST = "manifest.json"
EFFECTS = ("scenario", "against", "metric", "unit", "month", "mean", "p5", "p95", "draws", "seeds")
WHO = ("scenario", "draw", "seed")
DECIMALS = 4  # of numbers in tables for people
MOST_ROWS = 200_000  # outcomes of one run
CODES = pa.dictionary(pa.int16(), pa.string())
OUTCOMES = pa.schema(
    [
        ("scenario", CODES),
        ("draw", pa.int32()),
        ("seed", pa.int64()),
        ("month", pa.date32()),
        *((name, CODES) for name in ("region", "sector", "ownership", "level")),
        *((name, CODES) for name in ("metric", "unit", "kind")),
        ("value", pa.float64()),
    ]
)
LEDGER = pa.schema(
    [
        ("scenario", CODES),
        ("draw", pa.int32()),
        ("seed", pa.int64()),
        ("weight", pa.int32()),
        ("month", pa.date32()),
        *((name, CODES) for name in ("payer", "payee", "instrument", "clause")),
        *((name, CODES) for name in ("region", "sector", "ownership", "level")),
        ("cases", pa.int64()),
        ("amount_fen", pa.int64()),
    ]
)
INCIDENCE = pa.schema(
    [
        ("scenario", CODES),
        ("draw", pa.int32()),
        ("seed", pa.int64()),
        ("year", pa.int16()),
        *((name, CODES) for name in ("instrument", "dimension", "group")),
        ("cases", pa.int64()),
        ("amount_fen", pa.int64()),
    ]
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula
_PER_YUAN = 100
_YEAR = 12


class StoreError(SpokenError):
    """A folder cannot take results; says why and what would do, by language."""


def check_target(target: Path, *, force: bool) -> None:
    """Refuse a place before anything is run.

    Raises:
        StoreError: it exists (without ``force``), holds something else than results (with it),
            or the folder cannot be made there.
    """
    try:
        place = _real(target)
        _check_place(target, place, force=force)
        _try(_part(place))
    except (OSError, ValueError) as error:
        raise StoreError(
            "store.unwritable", folder=target, said=said_of(error, named=False)
        ) from None


def _check_place(target: Path, place: Path, *, force: bool) -> None:
    """Refuse what stands at the place already."""
    if place.exists():
        if not place.is_dir():
            raise StoreError("store.file", folder=target)
        if not force:
            raise StoreError("store.exists", folder=target)
        if not is_result(place) and not _is_empty(place):
            raise StoreError("store.foreign", folder=target)
        here = Path.cwd().resolve()
        if place == here or place in here.parents:
            raise StoreError("store.here", folder=target)


def check_file(target: Path) -> None:
    """Refuse a file that cannot be written, before anything is run.

    Raises:
        StoreError: a folder stands there, or the system refuses.
    """
    if target.is_dir():
        raise StoreError("store.folder", file=target)
    try:
        new = not target.exists()
        with target.open("ab"):
            pass
        if new:
            target.unlink()
    except (OSError, ValueError) as error:
        raise StoreError(
            "store.unwritable", folder=target, said=said_of(error, named=False)
        ) from None


def _try(folder: Path) -> None:
    """Make a folder with those above it, and take away again what was made."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    made = []
    try:
        for one in reversed(missing):
            one.mkdir()
            made.append(one)
    finally:
        for one in reversed(made):
            with suppress(OSError):  # somebody else has put something there
                one.rmdir()


def is_result(folder: Path) -> bool:
    """Whether a folder holds results of this program."""
    for path in folder.glob(f"*/{MANIFEST}") if folder.is_dir() else ():
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and found.get("program") == PROGRAM:
            return True
    return False


@contextmanager
def result_folder(target: Path, *, force: bool = False) -> Iterator[Path]:
    """A folder to write into; it becomes ``target`` if all goes well, and vanishes if not.

    Raises:
        StoreError: as :func:`check_target`, also where the place was taken in the meantime.
    """
    check_target(target, force=force)
    place = _real(target)
    part = _part(place)
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    try:
        yield part
        _put(part, place, force=force)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put(part: Path, place: Path, *, force: bool) -> None:
    if not place.exists():
        part.rename(place)
        return
    check_target(place, force=force)
    old = place.with_name(f"{place.name}.old-{os.getpid()}")
    place.rename(old)
    try:
        part.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _part(place: Path) -> Path:
    """The folder beside a place that is written first."""
    return place.with_name(f"{place.name}.part-{os.getpid()}")


def _real(target: Path) -> Path:
    return Path(os.path.realpath(target))


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def write_scenario(
    folder: Path,
    scenario: Scenario,
    runs: Sequence[Run],
    request: Request,
    board: Board,
    made: Mapping[str, Any],
) -> None:
    """All files of one scenario, the manifest last.

    Raises:
        ValueError: a run holds more outcomes than a file may.
    """
    folder.mkdir()
    if any(len(run.outcomes) > MOST_ROWS for run in runs):
        raise ValueError(f"outcomes of one run exceed {MOST_ROWS:,} rows")
    write_csv(board.frame(), folder / "targets.csv")
    _write_parquet(folder / "outcomes.parquet", OUTCOMES, runs, "outcomes")
    _write_parquet(folder / "ledger.parquet", LEDGER, runs, "ledger")
    _write_parquet(folder / "incidence.parquet", INCIDENCE, runs, "incidence")
    write_csv(pd.concat([_funds(run) for run in runs], ignore_index=True), folder / "funds.csv")
    write_csv(pd.concat([_people(run) for run in runs], ignore_index=True), folder / "people.csv")
    files = {path.name: digest_of_file(path) for path in sorted(folder.iterdir())}
    content = manifest(scenario, runs, request, {**made, "files": files})
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def write_results(folder: Path, results: Mapping[str, Sequence[Run]], against: str | None) -> None:
    """What stands beside the folders of the scenarios: ``outlay.csv``, and ``effects.csv``."""
    write_csv(outlay_frame(results, against), folder / "outlay.csv")
    if against is not None:
        write_effects(effects_frame(results, against), folder / "effects.csv")


def write_effects(effects: pd.DataFrame, path: Path) -> None:
    """``effects.csv``: the columns that every result has, then the others."""
    first = [*EFFECTS, "verdict"]
    write_csv(effects[[*first, *(c for c in effects.columns if c not in first)]], path)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """A table that Excel opens as it is."""
    path.write_bytes(csv_of(frame))


def csv_of(frame: pd.DataFrame) -> bytes:
    """A table that Excel opens as it is: a mark for UTF-8, no cell that acts as a formula.

    Numbers are rounded to ``DECIMALS``, below which they are dust, and whole ones have no point.
    """
    safe = frame.copy()
    for name in safe.columns:
        of = _tidy if pd.api.types.is_float_dtype(safe[name]) else _harmless
        if of is _tidy or not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = pd.Series([of(value) for value in safe[name]], safe.index, dtype=object)
    written = safe.to_csv(index=False, lineterminator="\r\n")
    return codecs.BOM_UTF8 + written.encode("utf-8")


def _tidy(value: float) -> object:
    if not math.isfinite(value):
        return None
    near = round(value, DECIMALS)
    return int(near) if near == int(near) else near


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _write_parquet(path: Path, schema: pa.Schema, runs: Sequence[Run], name: str) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for run in runs:
            writer.write_table(_table(run, getattr(run, name), schema))


def _table(run: Run, frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """One run of a tidy table; codes are dictionaries, months are days."""
    fixed = {"scenario": run.scenario, "draw": run.draw, "seed": run.seed, "weight": run.weight}
    columns = []
    for field in schema:
        if field.name in fixed:
            array = pa.repeat(pa.scalar(fixed[field.name]), len(frame))
        elif field.name == "month":
            codes, months = pd.factorize(frame["month"])
            days = [date(year_of(m), month_of_year(m), 1) for m in map(parse_month, months)]
            array = pa.array(days, pa.date32()).take(pa.array(codes))
        else:
            array = pa.Array.from_pandas(frame[field.name])
        if field.type == CODES:
            array = _coded(array)
        columns.append(array.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def _coded(array: Any) -> Any:
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    coded = whole.cast(pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(coded.indices.cast(pa.int16()), coded.dictionary)


def _funds(run: Run) -> pd.DataFrame:
    """Accounts by month in yuan; months of reserve: closing over mean outflow of a year."""
    funds = run.funds.sort_values(["account", "month"], kind="stable")
    found = _whose(run, len(funds))
    found["month"], found["account"] = funds["month"].to_numpy(), funds["account"].to_numpy()
    for name in ("opening", "inflow", "outflow", "closing"):
        found[f"{name}_yuan"] = funds[name].to_numpy() / _PER_YUAN
    mean = found.groupby("account")["outflow_yuan"].transform(
        lambda column: column.rolling(_YEAR, min_periods=1).mean()
    )
    public = found["account"].isin([account.name.lower() for account in PUBLIC])
    reserve = (found["closing_yuan"] / mean).where(public & (mean > 0))
    found["months_of_reserve"] = reserve.round(1)
    return found


def _people(run: Run) -> pd.DataFrame:
    """Moves between statuses by month, in persons of the province."""
    found = _whose(run, len(run.people))
    for name in ("month", "before", "after"):
        found[name] = run.people[name].to_numpy()
    found["persons"] = run.people["persons"].to_numpy() * run.weight
    return found


def _whose(run: Run, rows: int) -> pd.DataFrame:
    return pd.DataFrame({name: [getattr(run, name)] * rows for name in WHO})


def default_folder(scenario: Scenario, now: str) -> Path:
    """Where results go if nobody says where: ``runs/<scenario>-<digest>-<time>``."""
    return Path("runs") / f"{scenario.name}-{scenario.digest[:8]}-{now}"
