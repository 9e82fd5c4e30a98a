"""What may be told of the sources behind the results: which were read in, where they differ, what was corrected.

All of it is of cells that are shown; of a hidden one no source's figure and no correction is told.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from oj.disclosure.door import read_loose, read_protected
from oj.facts.datapackage import read_text
from oj.facts.editions import domain_folder, root_of
from oj.facts.places import all_places
from oj.sources.corrections import corrected, read_corrections, table_paths
from oj.sources.origins import imported
from oj.sources.published import read_all, read_filled_in
from oj.sources.which import KEY, counties_of, disagreements, is_about, without_others
from oj.words.vocabulary import HIDDEN

CORRECTED = ["table", "edition", "about", "place", "column", "old", "new", "reason", "date", "decided_by", "hidden"]


def read_reported(county: str, folder: Path | None = None) -> pd.DataFrame:
    """Return the results that count in a county's report (a code; 00 is the nation's), few persons hidden.

    Other counties' imports change nothing there that is published, but what they hide is hidden.

    >>> read_reported("01").equals(read_protected())
    True
    """
    folder = domain_folder(folder)
    protected, others = read_protected(folder), read_others([county], folder)
    return without_others(protected, read_loose(folder), imported(folder), others) if others else protected


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
    return counties_of(read_all(folder), told, all_places(folder)) if told else {}


def read_disagreements(folder: Path | None = None) -> pd.DataFrame:
    """Return where an imported result that counts differs from the shipped one, both shown; see `disagreements`.

    >>> read_disagreements().empty
    True
    """
    folder = domain_folder(folder)
    found = disagreements(read_loose(folder), imported(folder))
    seen = read_protected(folder).query("status == 'observed'").set_index(KEY).index
    return found[found.set_index(KEY).index.isin(seen)].reset_index(drop=True)


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
