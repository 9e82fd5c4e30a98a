"""What may be told of the sources behind the results: which were read in, where they differ, what was corrected.

All of it is of cells that are shown; of a hidden one no source's figure and no correction is told.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from oj.datapackage import data_folder, read_text
from oj.disclosure.door import read_loose, read_protected
from oj.places import all_places
from oj.sources.corrections import corrected, read_corrections, table_paths
from oj.sources.origins import imported
from oj.sources.published import read_all, read_published
from oj.sources.which import KEY, counties_of, disagreements, is_about, without_others
from oj.vocabulary import HIDDEN

CORRECTED = ["table", "edition", "about", "place", "column", "old", "new", "reason", "date", "decided_by", "hidden"]


def read_reported(county: str, folder: Path | None = None) -> pd.DataFrame:
    """Return the results that count in a county's report (a code; 00 is the nation's), few persons hidden.

    Other counties' imports change nothing there that is published, but what they hide is hidden.

    >>> read_reported("01").equals(read_protected())
    True
    """
    folder = folder or data_folder()
    about, places = read_counties(folder), all_places(folder)
    others = [name for name, counties in about.items() if not is_about(counties, county, places)]
    protected = read_protected(folder)
    return without_others(protected, read_loose(folder), list(about), others) if others else protected


def read_counties(folder: Path | None = None) -> dict[str, set[str]]:
    """Return the codes of the counties that each import is about; none of one that is about the nation alone.

    >>> read_counties()
    {}
    """
    folder = folder or data_folder()
    told = {name: origin.county for name, origin in imported(folder).items()}
    return counties_of(read_all(folder), told, all_places(folder)) if told else {}


def read_disagreements(folder: Path | None = None) -> pd.DataFrame:
    """Return where an imported result that counts differs from the shipped one, both shown; see `disagreements`.

    >>> read_disagreements().empty
    True
    """
    folder = folder or data_folder()
    found = disagreements(read_loose(folder), imported(folder))
    seen = read_protected(folder).query("status == 'observed'").set_index(KEY).index
    return found[found.set_index(KEY).index.isin(seen)].reset_index(drop=True)


def read_uses(folder: Path | None = None) -> pd.DataFrame:
    """Return the cells that have been read in: edition, indicator, place, source, and whether it `counts`.

    >>> list(read_uses())
    ['edition', 'indicator', 'place', 'source', 'counts']
    """
    folder = folder or data_folder()
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
    folder = folder or data_folder()
    corrections = read_corrections(folder)
    rows: dict[int, dict[str, Any]] = {}
    hidden = set(read_protected(folder).query("status in @HIDDEN", local_dict={"HIDDEN": HIDDEN}).set_index(KEY).index)
    for table in dict.fromkeys(one.table for one in corrections):
        path = table_paths(folder)[table]
        text, lines = corrected(read_text(folder / path, f"data/{path}"), corrections, table)
        for position, line in lines.items():
            row = text.loc[line].to_dict()
            about = row.get("indicator") or row["series"]
            secret = row["status"] in HIDDEN or (row["edition"], about, row["place"]) in hidden
            of_row = {"edition": row["edition"], "about": about, "place": row["place"], "hidden": secret}
            rows[position] = asdict(corrections[position]) | of_row | ({"old": "", "new": ""} if secret else {})
    return pd.DataFrame([rows[position] for position in sorted(rows)], columns=CORRECTED)


def shown_files(folder: Path) -> dict[str, bytes]:
    """Return what may be known of the files that have a hidden figure in them, by path; nothing where none has.

    Of results what is left after hiding, of an import's origin all but the hash of the file that was read.
    """
    rows, published, protected = read_all(folder), read_published(folder), read_protected(folder)
    hidden = protected[protected["status"].isin(HIDDEN)].set_index(KEY).index
    behind = rows[rows["status"] == "observed"].set_index(KEY).index.isin(hidden).any()
    left_out = any(origin.left_out for origin in imported(folder).values())  # the hash of such a file could be tried
    if not behind and not left_out and protected.equals(published):
        return {}
    left = protected.to_csv(index=False) + read_disagreements(folder).to_csv(index=False)
    files = {path: left for name, path in table_paths(folder).items() if name.startswith("results-")}
    for name, origin in imported(folder).items():
        files[f"results/{name}.yml"] = json.dumps(asdict(origin) | {"sha256": ""}, ensure_ascii=False)
    if (folder / "corrections.yml").exists():
        files["corrections.yml"] = read_shown_corrections(folder).to_csv(index=False)
    return {path: f"{path}\n{content}".encode() for path, content in files.items()}
