"""Hashes of the facts that a report is made of: the same hashes, the same data; of hidden figures there is none.

A report has the fingerprints of what is shipped and of the imports that it can be affected by, no other county's.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pandas as pd

from oj.disclosure.door import read_loose, read_protected
from oj.disclosure.ledger import FOLDER as REMEMBERED_IN
from oj.doors.beside import beside
from oj.doors.shown import read_disagreements, read_others, read_reported, read_shown_corrections
from oj.facts.catalog import every_indicator
from oj.facts.datapackage import resources, rows_of
from oj.facts.editions import data_folder, domain_folder, domains, editions, is_edition, root_of
from oj.facts.files import hashes, is_fact
from oj.facts.places import DISTRICTS, NATION, READ_IN, all_places, find_report_place, slug
from oj.facts.questions import FILE as QUESTIONS
from oj.sources.comparability import followed_editions
from oj.sources.corrections import NAME as CORRECTIONS
from oj.sources.kolada.values import FOLDER as FETCHED_IN
from oj.sources.kolada.values import fetched_folder
from oj.sources.origins import import_names, imported
from oj.sources.published import FILLED_IN, read_all
from oj.sources.themes import FILE as THEMES
from oj.sources.which import KEY
from oj.words.groups import measure_and_group
from oj.words.vocabulary import HIDDEN

CELL = [*KEY, "source", "value", "numerator", "denominator"]


def data_version(folder: Path | None = None, counties: Sequence[str] = (), asked: str = "") -> str:
    """Return a short hash of the facts, of all or for a report of these counties: the same data, the same version.

    >>> len(data_version()), data_version() == data_version(counties=["Stockholm"])
    (12, True)
    """
    found = fact_hashes(folder, counties, asked).items()
    return sha256("".join(f"{path} {one}\n" for path, one in found).encode()).hexdigest()[:12]


def fact_hashes(folder: Path | None = None, counties: Sequence[str] = (), asked: str = "") -> dict[str, str]:
    """Return the SHA-256 of every file of facts, by its path; of results that hide some, as they are after hiding.

    With `counties` (the report's own first) without the imports that a report of them, which asks for the source
    `asked`, has nothing of; where `folder` is an edition's, without what only other editions have, save the earlier
    ones that its questions are followed in. A hash of hidden figures could be tried against guesses. A report that
    is laid beside other domains has theirs too, with what is fetched there for its county. Else what is fetched is
    left out: it is of one county; so is what has been shown before, which is no fact: what it hides is in the hash
    of what is shown.
    """
    folder = folder or data_folder()
    found: dict[str, str] = {}
    for home in [folder.parent / year for year in followed_editions(folder)] or [folder]:  # the last is its own
        found |= _of_one(home, counties, asked)
    others = beside(counties[0], folder) if counties else []
    for home in others:
        found |= _of_one(home, counties[:1]) | ({} if is_edition(home) else fetched_hashes(counties[:1], home))
    if others:
        found[THEMES] = hashes(root_of(folder))[THEMES]
    return dict(sorted(found.items()))


def fetched_hashes(counties: Sequence[str], folder: Path) -> dict[str, str]:
    """Return the hashes of what is fetched of a domain for counties, by path."""
    home = fetched_folder(folder).relative_to(root_of(folder)).as_posix()
    files = {f"{home}/{slug(county)}{suffix}" for county in counties for suffix in (".csv", ".yml")}
    return {name: one for name, one in hashes(root_of(folder)).items() if name in files}


def _of_one(folder: Path, counties: Sequence[str], asked: str = "") -> dict[str, str]:
    """Return the hashes of the facts of one domain, or edition, alone."""
    root, elsewhere = root_of(folder), _elsewhere(folder)
    codes = [find_report_place(text, folder).code for text in counties]
    rows = _reported(codes, folder, asked)
    used = _used(codes, folder, rows)
    unused = {f"results/{name}{ending}" for name in import_names(folder)[0] - used for ending in (".csv", ".yml")}
    unused.add(DISTRICTS)
    of_files = {
        name: one
        for name, one in hashes(root).items()
        if is_fact(name) and name not in unused and not name.startswith(elsewhere)
    }
    shown = (_shown_files(folder, codes, used, rows) | _districts(rows, folder)).items()
    return of_files | {path: sha256(f"{path}\n{text}".encode()).hexdigest() for path, text in shown}


def _districts(rows: pd.DataFrame, folder: Path) -> dict[str, str]:
    """Return what the districts of some rows that were read in are called, by the path of their file."""
    codes, places = sorted(code for code in rows["place"].unique() if READ_IN in code), all_places(folder)
    return {DISTRICTS: "".join(f"{code} {places[code].name}\n" for code in codes)} if codes else {}


def _elsewhere(folder: Path) -> tuple[str, ...]:
    """Return how the paths begin of what is no fact of a folder: other domains and editions, and what is beside them.

    The known questions say what a workbook's columns can be, and where a series of such has a break; no other report is
    made of them. Of themes only one is that is laid beside other domains.
    """
    root, own = root_of(folder), domain_folder(folder)
    others = [path for path in domains(folder).values() if path != own]
    if is_edition(folder):
        others += [path for path in editions(folder).values() if path != folder]
    aside = [root / FETCHED_IN, own / REMEMBERED_IN]
    folders = [f"{path.relative_to(root).as_posix()}/" for path in [*others, *aside]]
    known = [] if followed_editions(folder) else [(own / QUESTIONS).relative_to(root).as_posix()]
    return (*folders, THEMES, *known)


def _used(counties: Sequence[str], folder: Path, reported: pd.DataFrame) -> set[str]:
    """Return the imports that a report of these counties can be affected by: about them, or with figures in it."""
    others = set(read_others(counties, folder)) if counties else set()
    own = {name for name, one in imported(folder).items() if not is_edition(folder) or one.edition == folder.name}
    return own - (others - {*reported["source"]})


def _reported(counties: Sequence[str], folder: Path, asked: str) -> pd.DataFrame:
    """Return the results that a report of these counties can show; all of them without any county."""
    if not counties:
        return rows_of(read_protected(folder, apart=True), folder)
    rows = rows_of(read_reported(counties[0], folder, asked, apart=True), folder)
    return rows[rows["place"].isin(_within(counties, folder))]


def _within(counties: Sequence[str], folder: Path) -> set[str]:
    """Return the codes of the nation, of these counties and of what is in them; of all places without any county."""
    places = all_places(folder)
    return {code for code, one in places.items() if not counties or {code, one.county} & {NATION, *counties}}


def _shown_files(folder: Path, counties: Sequence[str], used: set[str], reported: pd.DataFrame) -> dict[str, str]:
    """Return what may be known of the files that have more in them than is shown, by path; nothing where none has.

    Of results what is left after hiding, of an import's origin all but the hash of the file that was read.
    """
    origins, places = imported(folder), _within(counties, folder)
    left_out = any(origins[name].left_out for name in used)  # the hash of such a file could be tried
    if not left_out and _is_all_shown(folder, counties, used, reported):
        return {}
    differing = rows_of(read_disagreements(folder), folder)
    differing = differing[differing["place"].isin(places) & differing["source"].isin(used)]
    left = reported.to_csv(index=False) + differing.to_csv(index=False)
    tables = [one for name, one in resources(folder).items() if name.startswith("results-")]
    files = {str(one["path"]): left for one in tables if not str(one["path"]).startswith(_elsewhere(folder))}
    for name in sorted(used):
        files[f"results/{name}.csv"] = left
        files[f"results/{name}.yml"] = json.dumps(asdict(origins[name]) | {"sha256": ""}, ensure_ascii=False)
    form = domain_folder(folder) / FILLED_IN
    if form.exists():
        files[form.relative_to(root_of(folder)).as_posix()] = left
    of_errors = domain_folder(folder) / CORRECTIONS
    if of_errors.exists():
        files[of_errors.relative_to(root_of(folder)).as_posix()] = read_shown_corrections(folder).to_csv(index=False)
    return files


def _is_all_shown(folder: Path, counties: Sequence[str], used: set[str], reported: pd.DataFrame) -> bool:
    """Return whether nothing shipped of these counties, or read in and used, is hidden, rounded or uncounted.

    A file that was read may have more decimals of a share without counts than is kept: its hash could be tried.
    """
    rows, protected = (rows_of(one(folder, apart=True), folder) for one in (read_all, read_protected))
    shipped = ~rows["source"].isin([*imported(folder)])
    own = rows["source"].isin(used) | (shipped & rows["place"].isin(_within(counties, folder)))
    counted = rows[["numerator", "denominator"]].notna()
    if _are_rounded(rows[rows["source"].isin(used) & ~counted.all(axis=1)], folder):
        return False
    seen = rows.loc[own & ((rows["status"] == "observed") | counted.any(axis=1)), CELL]
    hidden = protected[protected["status"].isin(HIDDEN)].set_index(KEY).index
    if seen.set_index(KEY).index.isin(hidden).any():
        return False
    shown = pd.concat([reported, protected, rows_of(read_loose(folder, apart=True), folder)])[CELL]
    return len(seen.merge(shown.drop_duplicates())) == len(seen)


def _are_rounded(uncounted: pd.DataFrame, folder: Path) -> bool:
    """Return whether any of the figures without counts is of persons."""
    names, known = uncounted.loc[uncounted["value"].notna(), "indicator"].unique(), every_indicator(folder)
    return any(known[measure_and_group(name)[0]].protected for name in names)
