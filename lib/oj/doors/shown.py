"""What may be told of the sources behind the results: which were read in, where they differ, what was corrected.

All of it is of cells that are shown; of a hidden one no source's figure and no correction is told.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from oj.disclosure.door import read_loose, read_protected
from oj.facts.datapackage import read_text
from oj.facts.editions import domain_folder, root_of
from oj.facts.places import NATION, all_places
from oj.sources.corrections import corrected, read_corrections, table_paths
from oj.sources.origins import imported
from oj.sources.published import read_all, read_filled_in
from oj.sources.which import KEY, REGION, Choice, counties_of, disagreements, is_about, is_asked, reported
from oj.words.errors import UserError, nearest
from oj.words.groups import of_all
from oj.words.vocabulary import HIDDEN

CORRECTED = ["table", "edition", "about", "place", "column", "old", "new", "reason", "date", "decided_by", "hidden"]


def read_reported(county: str, folder: Path | None = None, asked: str = "", *, apart: bool = False) -> pd.DataFrame:
    """Return the results of a county's report (a code; 00 is the nation's), few persons hidden.

    `asked` is the source that the report asks for, for the nation and the counties; without one it shows what is
    published, else what its own county's import has. With `apart` those of women and men alone too.
    Raises UserError for a source that there is not.

    >>> read_reported("01").equals(read_protected())
    True
    """
    folder = domain_folder(folder)
    protected, about = read_protected(folder, apart=apart), read_counties(folder)
    if not about and not asked:
        return protected
    has_several = len(read_all(folder, apart=apart)) != len(protected)  # sources of the same
    rows = read_loose(folder, apart=apart) if has_several else protected
    if asked and not is_asked(rows, asked).any():
        known = sorted(rows["source"].unique())
        raise UserError(
            f"reference_source: ”{asked}” är ingen källa till resultaten.{nearest(asked, known)} "
            f"Källor: {', '.join(known) or 'inga'}."
        )
    return reported(protected, rows, Choice(county, asked, about, read_others([county], folder)))


def read_others(counties: Sequence[str], folder: Path | None = None) -> list[str]:
    """Return the imports that are about none of these counties (codes).

    >>> read_others(["01"])
    []
    """
    folder = domain_folder(folder)
    about, places = read_counties(folder), all_places(folder)
    return [name for name, own in about.items() if not any(is_about(own, county, places) for county in counties)]


def read_counties(folder: Path | None = None) -> dict[str, set[str]]:
    """Return the codes of the counties that each import is about; none of one that is about the nation alone.

    >>> read_counties()
    {}
    """
    folder = domain_folder(folder)
    told = {name: origin.county for name, origin in imported(folder).items()}
    return counties_of(read_all(folder, apart=True), told, all_places(folder)) if told else {}


def read_disagreements(folder: Path | None = None) -> pd.DataFrame:
    """Return where an imported result that counts differs from the shipped one, both shown; see `disagreements`.

    >>> read_disagreements().empty
    True
    """
    folder = domain_folder(folder)
    found = disagreements(read_loose(folder), imported(folder))
    seen = read_protected(folder).query("status == 'observed'").set_index(KEY).index
    return found[found.set_index(KEY).index.isin(seen)].reset_index(drop=True)


def read_other_regions(table: pd.DataFrame, name: str, folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """Return where a table's figures of the nation and the counties differ from another source's that are shown.

    One row per cell and source, with `value` of the table and `value_before`. With it stand the imports that alone have
    figures of the nation in the table's editions.
    """
    rows, shown, table = read_loose(folder), read_protected(folder), of_all(table)
    seen = pd.MultiIndex.from_frame(shown.loc[shown["status"] == "observed", KEY])
    rows = rows[(rows["place"].str.len() == REGION) & (rows["source"] != name) & (rows["status"] == "observed")]
    rows = rows[pd.MultiIndex.from_frame(rows[KEY]).isin(seen) & rows["edition"].isin(table["edition"].unique())]
    both = table[table["status"] == "observed"].merge(rows, on=KEY, suffixes=("", "_before"))
    unlike = ~np.isclose(both["value"].astype(float), both["value_before"].astype(float), rtol=0, atol=1e-9)
    of_nation = rows.loc[rows["place"] == NATION, "source"].unique().tolist()
    lacks = bool(of_nation) and NATION not in set(table["place"]) and set(of_nation) <= set(imported(folder))
    return both[unlike].reset_index(drop=True), of_nation if lacks else []


def read_uses(folder: Path | None = None) -> pd.DataFrame:
    """Return the cells that have been read in: edition, indicator, place, source, and whether it `counts`.

    >>> list(read_uses())
    ['edition', 'indicator', 'place', 'source', 'counts']
    """
    folder = domain_folder(folder)
    rows = read_all(folder)
    own = rows.loc[rows["source"].isin(list(imported(folder))), [*KEY, "source"]]
    used = read_protected(folder).set_index([*KEY, "source"]).index
    return own.assign(counts=own.set_index([*KEY, "source"]).index.isin(used)).reset_index(drop=True)


def read_shown_corrections(folder: Path | None = None) -> pd.DataFrame:
    """Return the corrections in the order of their file, one row each, with the row that each is of.

    `about` is an indicator or, in `history`, a series. Where the cell is `hidden`, `old` and `new` are empty.

    >>> list(read_shown_corrections()) == CORRECTED
    True
    """
    folder = domain_folder(folder)
    corrections = read_corrections(folder)
    if not corrections:
        return pd.DataFrame(columns=CORRECTED)
    rows: dict[int, dict[str, Any]] = {}
    hidden = set(read_protected(folder).query("status in @HIDDEN", local_dict={"HIDDEN": HIDDEN}).set_index(KEY).index)
    for table in dict.fromkeys(one.table for one in corrections):
        path = table_paths(folder)[table]
        text, lines = corrected(read_text(root_of(folder) / path, f"data/{path}"), corrections, table)
        for position, line in lines.items():
            row = text.loc[line].to_dict()
            about = row.get("indicator") or row["series"]
            secret = row["status"] in HIDDEN or (row["edition"], about, row["place"]) in hidden
            of_row = {"edition": row["edition"], "about": about, "place": row["place"], "hidden": secret}
            rows[position] = asdict(corrections[position]) | of_row | ({"old": "", "new": ""} if secret else {})
    found = pd.DataFrame([rows[position] for position in sorted(rows)], columns=CORRECTED)
    replaced = pd.MultiIndex.from_frame(read_filled_in(folder)[KEY])  # by the form's answers
    of_results = (found["table"] != "history").to_numpy()
    return found[~(of_results & pd.MultiIndex.from_frame(found[["edition", "about", "place"]]).isin(replaced))]
