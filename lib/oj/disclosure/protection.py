"""Hide figures about few persons, and then whatever would give a hidden one away.

Everything that can be in a sum takes part: places that the results do not have, figures without counts, shares within
their rounding, and what an earlier report has shown.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from oj.disclosure.margins import Known, Relation, keys_of, known_of, of_persons
from oj.disclosure.margins import relations as found_relations
from oj.disclosure.primary import few, primary, rounded, tied
from oj.disclosure.rows import prepared, whole_pairs
from oj.disclosure.table import Flags, Limits, Table, connected, part_of, tabulate
from oj.facts.kept import kept_by_content
from oj.facts.places import NATION
from oj.sources.limits import limits_of
from oj.sources.which import KEY
from oj.words.errors import DataError, Fault
from oj.words.groups import TOTAL, measure_and_group
from oj.words.vocabulary import HIDDEN

WIDTH = 2  # persons between the lowest and the highest possible: three possible values, as 1-3 itself
COUNTY_CODE = 2  # figures; a municipality's has four
APART = 0.4  # of what hiding a figure of all costs
COUNTS = ["numerator", "denominator"]


def protect(
    results: pd.DataFrame,
    relations: Sequence[Relation] | None = None,
    folder: Path | None = None,
    limits: Limits | None = None,
    shown_before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return results with counts of few persons hidden, and with what would give them away hidden too.

    A hidden row has no value, answer, numerator or denominator, and its cause in `status`: `secret` (few in the
    numerator or outside it), `small_base` (a small denominator) or `secondary`. What is few and small is told by
    `limits`, without any by each edition's own. Counts are shown as whole pairs of whole persons or not at all, and a
    share without counts is rounded. `relations` are added to those of places and of parts; `shown_before` is what
    earlier reports have shown. Raises DataError where counts do not add up.

    >>> row = {"edition": "2015", "indicator": "behoriga-alla", "place": "0114", "value": 0.1, "answer": None}
    >>> protect(pd.DataFrame([row | {"status": "observed", "numerator": 3.0, "denominator": 30.0}]))["status"].item()
    'secret'
    """
    years = {*results["edition"].astype(str), *(() if shown_before is None else shown_before["edition"])}
    ruled = {limits: years} if limits else limits_by_years(years, folder)
    if len(ruled) > 1 and not relations:
        return _each_by_its_own(results, ruled, folder, shown_before)
    limits = max(ruled, key=lambda one: (one.base, one.persons), default=Limits(0, 0, WIDTH))
    known = known_of(results, folder, shown_before)
    own = of_persons(keys_of(results), known)
    if not own.any():
        return results.copy()
    _refuse_twice(results[own])
    every = prepared(results, shown_before, known, limits)
    relations = [*found_relations(every, folder), *(relations or ())]
    members = {key for relation in relations for key in relation.members}
    inside = of_persons(keys_of(every), known) | np.array([key in members for key in keys_of(every)])
    table = tabulate(every[inside], relations)
    status = dict(zip(table.keys, _statuses(table, known, limits), strict=True))
    return _shown(results, [status.get(key, "") for key in keys_of(results)], own, known)


def limits_by_years(years: Collection[str], folder: Path | None) -> dict[Limits, set[str]]:
    """Return the limits of some editions, each with the editions that have them."""
    found: dict[Limits, set[str]] = {}
    for year in sorted(years):
        own = limits_of(folder, year)
        found.setdefault(Limits(own.persons, own.base, WIDTH), set()).add(year)
    return found


def _each_by_its_own(
    results: pd.DataFrame, ruled: Mapping[Limits, Collection[str]], folder: Path | None, before: pd.DataFrame | None
) -> pd.DataFrame:
    """Return results protected by each edition's own limits: no sum goes from one edition to another."""
    done = []
    for limits, years in ruled.items():
        out = before if before is None else before[before["edition"].isin([*years])]
        done.append(protect(results[results["edition"].isin([*years])], None, folder, limits, out))
    return pd.concat(done).loc[results.index]


def own_status(rows: pd.DataFrame, folder: Path | None = None) -> list[str]:
    """Return the status of each result for its own sake, whatever others tell; the rows may have a key twice."""
    known, status = known_of(rows, folder), dict[Any, str]()
    for limits, years in limits_by_years(rows["edition"].unique(), folder).items():
        mine = rows["edition"].isin([*years])
        every = prepared(rows[mine], None, known, limits)
        counted = of_persons(keys_of(every), known) & every["numerator"].notna()
        cells = zip(counted, every["numerator"], every["denominator"], every["status"], strict=True)
        told = [(few(up, below, limits) if own else "") or str(before) for own, up, below, before in cells]
        status |= dict(zip(rows.index[mine], told, strict=True))
    return [status[at] for at in rows.index]


def _statuses(table: Table, known: Known, limits: Limits) -> list[str]:
    """Return every cell's status after the rule of few persons, and with what would give it away."""
    table = tied(primary(table, of_persons(table.keys, known), limits))
    status = list(table.status)
    if np.isnan(table.counts[0]).all():
        return status
    for cells in connected(table.sums, np.ones(len(table.keys), dtype=bool)):
        part = part_of(table, cells)
        hidden = np.isin(part.status, HIDDEN) | np.isnan(part.counts[0])
        if len(cells) > 1 and hidden.any() and not np.isnan(part.counts[0]).all():
            for cell, found in zip(cells, _until_safe(part, limits, _cost(part, known)), strict=True):
                status[cell] = found
    return status


@kept_by_content
def _until_safe(part: Table, limits: Limits, cost: Any) -> list[str]:
    """Return the statuses of cells that are tied together: of the same, also in another import, always the same."""
    from oj.disclosure.choice import Group  # and scipy with it, which takes longer than most commands

    return Group(part, limits, cost).until_safe()


def _cost(table: Table, known: Known) -> Any:
    """Return what hiding each cell costs: the nation's more than a county's, that more than a municipality's.

    What women or men have alone costs less than any figure of all, which the tables show.
    """
    of_place = [2.0 if key[2] == NATION else 1.5 if len(key[2]) == COUNTY_CODE else 1.0 for key in table.keys]
    whole = [0.25 if key[:2] in known and known[key[:2]].parts else 0.0 for key in table.keys]
    apart = [APART if measure_and_group(key[1])[1] != TOTAL else 1.0 for key in table.keys]
    return np.add(of_place, whole) * apart


def _refuse_twice(rows: pd.DataFrame) -> None:
    twice = rows[rows.duplicated(KEY)]
    if len(twice):
        rule = "finns två gånger; då går det inte att veta vad som ska döljas"
        raise DataError([Fault("data/results", None, "+".join(KEY), ", ".join(key), rule) for key in keys_of(twice)])


def _shown(results: pd.DataFrame, status: Sequence[str], own: Flags, known: Known) -> pd.DataFrame:
    """Return a copy where the rows that are newly hidden have no figures, and no others loose counts."""
    newly = np.isin(status, HIDDEN) & (results["status"] == "observed").to_numpy()
    copy = results.copy()
    if newly.any():
        copy.loc[newly, "status"] = np.array(status, dtype=object)[newly]
        copy.loc[newly, ["value", *COUNTS]] = np.nan
        copy.loc[newly, "answer"] = None
    return loosened(copy, own & ~whole_pairs(copy), known)


def loosened(results: pd.DataFrame, loose: Flags, known: Known) -> pd.DataFrame:
    """Return results where some have no counts, and a share only as rounded as it is shown."""
    copy = results.copy()
    if copy.loc[loose, COUNTS].notna().any(axis=None):
        copy.loc[loose, COUNTS] = np.nan
    shares = loose & copy["value"].notna().to_numpy()
    keys = keys_of(copy[shares])
    copy.loc[shares, "value"] = [
        rounded(known[key[:2]], value) for key, value in zip(keys, copy.loc[shares, "value"], strict=True)
    ]
    return copy
