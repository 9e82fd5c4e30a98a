"""Published results as they may be seen: whoever shows results reads them here."""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from oj.disclosure.ledger import COLUMNS, memory_files, memory_of, shown_before
from oj.disclosure.margins import keys_of, known_of, of_persons
from oj.disclosure.protection import loosened, own_status, protect
from oj.facts.editions import domain_folder
from oj.facts.kept import kept
from oj.sources.origins import Origin, imported
from oj.sources.published import read_all
from oj.sources.which import KEY, counting
from oj.words.errors import DataError, UserError
from oj.words.groups import of_all
from oj.words.vocabulary import HIDDEN

SEEN = "inlast"  # what the imports have shown before any report
OVERTAKEN = (
    "Medan rapporten byggdes visade en annan rapport uppgifter om personer, så att mer måste döljas i den här. "
    "Bygg den igen."
)


class OvertakenError(UserError):
    """A report was built while another showed figures that make it tell too much."""


def read_protected(folder: Path | None = None, *, apart: bool = False) -> pd.DataFrame:
    """Return all published results of all editions with few persons hidden; whoever shows results reads them here.

    With `apart` those of women and men alone too.
    """
    rows = _read_protected(domain_folder(folder))
    return rows.copy() if apart else of_all(rows).copy()


@kept
def _read_protected(folder: Path) -> pd.DataFrame:
    return _protected(read_all(folder, apart=True), imported(folder), folder)


def refuse_overtaken(rows: pd.DataFrame, before: Mapping[str, bytes], facts: Path, live: Path) -> None:
    """Raise OvertakenError where a report shows what has to be hidden now that others have shown more.

    It was built on `facts` with the files `before` of what had been shown; `live` is where they are kept. Two reports
    built side by side could otherwise give away together what neither does.
    """
    if memory_files(live) == before:
        return
    now = _protected(read_all(facts, apart=True), imported(facts), facts, live)
    if overtaken(rows, now):
        raise OvertakenError(OVERTAKEN)


def overtaken(rows: pd.DataFrame, now: pd.DataFrame) -> bool:
    """Return whether a report shows a figure that is hidden in what may be shown now."""
    hidden = now.loc[now["status"].isin(HIDDEN), KEY]
    return not rows.loc[rows["value"].notna() | rows["numerator"].notna(), KEY].merge(hidden, on=KEY).empty


def _protected(rows: pd.DataFrame, own: Mapping[str, Origin], folder: Path, memory: Path | None = None) -> pd.DataFrame:
    """Return the results that count of all sources, the imports `own` among them, protected.

    What has been shown is kept in `memory`, without one in the same folder.
    """
    found = (shown_before(memory or folder), shares_shown(rows, own, folder))
    out = [one for one in found if one is not None and len(one)]
    before = pd.concat(out, ignore_index=True) if out else None
    return protect(counting(without_few(rows, folder), own), folder=folder, shown_before=before)


def shares_shown(rows: pd.DataFrame, own: Collection[str], folder: Path | None = None) -> pd.DataFrame | None:
    """Return the shares without counts that reports of what is shipped show; None where nothing is imported.

    They are out, whatever an import has in their place. `own` are the imported sources among all results' `rows`.
    """
    shipped = rows[~rows["source"].isin(list(own))]
    if len(shipped) in (0, len(rows)):
        return None
    known, seen = known_of(shipped, folder), protect(shipped, folder=folder)
    persons = of_persons(keys_of(seen), known)
    return seen.loc[persons & seen["value"].notna() & seen["numerator"].isna(), COLUMNS]


def fitting(table: pd.DataFrame, origin: Origin, folder: Path) -> dict[Path, str]:
    """Return what is to be remembered when an import comes in, by its file; raise DataError where it does not fit."""
    refuse_misfits(table, origin, folder)
    return memory_of_seen(origin, folder)


def memory_of_seen(origin: Origin, folder: Path | None = None) -> dict[Path, str]:
    """Return what is to be remembered, by its file, of earlier imports when another is read in beside them.

    A total that is read in later would else lay open what was hidden when the parts were looked at, also where no
    report was built. The same import read in again, corrected, is no other one.
    """
    folder = domain_folder(folder)
    own = imported(folder)
    others = [name for name, one in own.items() if one.edition == origin.edition]
    if not others or origin.name in own:
        return {}
    rows = read_protected(folder, apart=True)
    return memory_of(SEEN, rows[rows["source"].isin(others)], folder)


def refuse_misfits(table: pd.DataFrame, origin: Origin, folder: Path | None = None) -> None:
    """Raise DataError where an import's counts and those that are there do not add up: then no report can be built.

    What is broken already without it is not its fault; without counts nothing has to add up.
    """
    folder = domain_folder(folder)
    if table[["numerator", "denominator"]].isna().all(axis=None):
        return
    try:
        there, own = read_all(folder, apart=True), imported(folder)
        read_protected(folder)
    except UserError:
        return
    rows = pd.concat([there[there["source"] != origin.name], table], ignore_index=True)
    try:
        _protected(rows, {**own, origin.name: origin}, folder)
    except DataError as error:
        raise DataError(error.faults, "Med det som redan finns går antalen inte ihop.") from error


def without_few(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return results of several sources where what the counts of one source hide is hidden: it goes first then.

    Another source could otherwise lay it open without counts.
    """
    several = rows.duplicated(KEY, keep=False).to_numpy()
    if not several.any():
        return rows
    own = own_status(rows[several], folder)
    few = np.isin(own, HIDDEN)
    status = rows["status"].to_numpy(dtype=object, copy=True)
    status[np.flatnonzero(several)[few]] = np.array(own, dtype=object)[few]
    hidden = np.isin(status, HIDDEN) & several
    return rows.assign(
        status=status, **{name: rows[name].mask(hidden) for name in ("value", "answer", "numerator", "denominator")}
    )


def read_loose(folder: Path | None = None, *, apart: bool = False) -> pd.DataFrame:
    """Return all results of all sources, of persons only the counts that are shown; none tells that it is hidden.

    With `apart` those of women and men alone too.
    """
    rows = _read_loose(domain_folder(folder))
    return rows.copy() if apart else of_all(rows).copy()


@kept
def _read_loose(folder: Path) -> pd.DataFrame:
    rows, shown = read_all(folder, apart=True), _read_protected(folder)
    known, pair = known_of(rows, folder), [*KEY, "numerator", "denominator"]
    counted = pd.MultiIndex.from_frame(shown.loc[shown["numerator"].notna(), pair])
    seen = pd.MultiIndex.from_frame(rows[pair]).isin(counted)
    return loosened(rows, of_persons(keys_of(rows), known) & ~seen, known)
