"""The key figures of a county as they were fetched: `data/key_figures/<county>.csv`, and beside it what was fetched.

Those of another domain than the usual lie in a folder of its own there. The files are made by `oj fetch`; Git ignores
them. The same answers give the same bytes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from pydantic import ValidationError

from oj.disk.changes import change, hold_still
from oj.disk.reading import note
from oj.facts.datapackage import FACTS, PATIENCE, read_text, typed
from oj.facts.editions import data_folder, home_domain, label_of, root_of
from oj.facts.kept import kept
from oj.facts.key_figures import catalogue, key_figures
from oj.facts.places import Place, all_places, find_county, shell_word, slug
from oj.words.errors import DataError, Fault, UserError, nearest, why
from oj.words.models import Strict

FOLDER = "key_figures"
SOURCE, OWN = "kolada", "egen-berakning"
COLUMNS = ["indicator", "place", "year", "gender", "value", "status", "count", "told", "source"]


def _field(name: str, kind: str = "string", **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "constraints": constraints}


SCHEMA: dict[str, Any] = {
    "fields": [
        _field("indicator", required=True),
        _field("place", required=True, pattern=r"^(\d{2}|\d{4}|G\d+)$"),
        _field("year", "integer", required=True, minimum=1990, maximum=2100),
        _field("gender", required=True, enum=["total", "women", "men"]),
        _field("value", "number"),
        _field("status", required=True, enum=["observed", "missing", "not_applicable", "suppressed"]),
        _field("count", "integer", minimum=0),
        _field("told"),
        _field("source", required=True, enum=[SOURCE, OWN]),
    ],
    "primaryKey": ["indicator", "place", "year", "gender"],
}


class Stopped(Strict):
    """A key figure, or a group of municipalities (then without ids), that is not used, and why."""

    indicator: str
    kolada: str
    title: str
    reason: str


class Group(Strict):
    """A peer group: its id and title at Kolada, the county's own municipalities in it, and how many it has in all."""

    id: str
    title: str
    places: list[str]
    size: int

    @property
    def name(self) -> str:
        """The group's name without what Kolada adds about its mean.

        >>> Group(id="G92790", title="Större stad (ovägt medel)", places=[], size=23).name
        'Större stad'
        """
        return self.title.removesuffix("(ovägt medel)").strip()


class Answered(Strict):
    """What was asked of Kolada, how many items the answer had, and the SHA-256 of them whatever their pages."""

    asked: str
    items: int
    sha256: str


class Fetched(Strict):
    """What stands beside a county's key figures: from where, which day (ISO date), and what could not be used."""

    county: str
    address: str
    fetched: str
    stopped: list[Stopped]
    groups: list[Group]
    answers: list[Answered]


def fetched_folder(folder: Path | None = None) -> Path:
    """Return the folder of what is fetched of a domain, within the folder of facts."""
    return root_of(folder) / FOLDER / home_domain(folder)


def read_key_figures(county: str, folder: Path | None = None) -> pd.DataFrame:
    """Return a county's key figures (columns COLUMNS), `value` in the key figure's unit and NaN where there is none."""
    return _read(folder or data_folder(), _path(county, ".csv", folder)).copy()


def read_fetched(county: str, folder: Path | None = None) -> Fetched:
    """Return what is told of a county's fetched key figures; raise UserError where nothing is fetched."""
    return read_fetched_file(_path(county, ".yml", folder))


def is_fetched(county: Place, folder: Path | None = None) -> bool:
    """Return whether key figures are fetched for a county."""
    return (fetched_folder(folder) / f"{slug(county.short)}.yml").exists()


def write_key_figures(
    tables: Mapping[str, tuple[pd.DataFrame, Fetched]],
    folder: Path | None = None,
    moved: Sequence[tuple[Path, Path]] = (),
) -> list[Path]:
    """Write each county's table and sidecar, by its name for files, with what else is `moved`: all of it or nothing."""
    target, texts = fetched_folder(folder), dict[Path, str]()
    for name, (table, told) in tables.items():
        texts[target / f"{name}.csv"] = str(table[COLUMNS].to_csv(index=False, lineterminator="\n"))
        dumped = yaml.safe_dump(told.model_dump(), allow_unicode=True, sort_keys=False, width=110)
        texts[target / f"{name}.yml"] = dumped
    try:
        with change(root_of(folder), FACTS, "Nyckeltal skrivs", PATIENCE) as work:
            for new, place in moved:
                work.move(new, place)
            for path, text in texts.items():
                work.new(path).write_bytes(text.encode())
    except OSError as error:
        raise UserError(f"{target} kan inte skrivas: {why(error)}. Inget har ändrats.") from error
    return list(texts)


def _path(county: str, suffix: str, folder: Path | None) -> Path:
    place: Place = find_county(county, folder)
    hold_still(root_of(folder))
    path = fetched_folder(folder) / f"{slug(place.short)}{suffix}"
    if not path.exists():
        raise UserError(f"Inget är hämtat från Kolada för {place.name}. Skriv {how_to_fetch(place, folder)}.")
    return path


def how_to_fetch(county: Place, folder: Path | None = None) -> str:
    """Return the commands that fetch a county's key figures of a domain, to write.

    >>> how_to_fetch(find_county("Skåne"))
    'make fetch COUNTY=Skåne (oj fetch Skåne)'
    """
    word, domain = shell_word(county.short), home_domain(folder)
    of_make, of_oj = (f" DOMAIN={domain}", f" --domain {domain}") if domain else ("", "")
    return f"make fetch COUNTY={word}{of_make} (oj fetch {word}{of_oj})"


def read_fetched_file(path: Path) -> Fetched:
    """Return what one sidecar tells; raise UserError when it is broken."""
    try:
        note([path])
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return Fetched.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise UserError(f"{label_of(path)} är skadad. Hämta länet på nytt med make fetch.") from error


@kept
def _read(folder: Path, path: Path) -> pd.DataFrame:
    label = label_of(path)
    table = typed(read_text(path, label), SCHEMA, label).fillna({"told": ""}).astype({"year": "int64"})
    gone = [one.id for one in catalogue(folder).gone]  # fetched before Kolada withdrew them
    table = table[~table["indicator"].isin(gone)]
    known, places, observed = key_figures(folder), set(all_places(folder)), table["status"] == "observed"
    least = table["indicator"].map({name: one.lowest for name, one in known.items()}).fillna(0.0)
    wrong = [
        ("value", table["value"] < least, "är mindre än vad nyckeltalet kan vara"),
        ("indicator", ~table["indicator"].isin(known) & ~table["indicator"].duplicated(), "okänt nyckeltal"),
        ("place", ~table["place"].isin(places) & ~table["place"].str.startswith("G") & ~table["place"].duplicated(),
         "okänd kod; se data/places.csv"),
        ("status", observed & table["value"].isna(), "status säger att uppgift finns"),
        ("status", ~observed & table["value"].notna(), "status säger att uppgift saknas"),
    ]  # fmt: skip
    faults = [
        Fault(label, int(at) + 2, column, f"{one}", f"{rule}.{nearest(one, known)}" if column == "indicator" else rule)
        for column, broken, rule in wrong
        for at, one in zip(table.index[broken], table.loc[broken, column], strict=True)
    ]
    if faults:
        raise DataError(faults)
    return table
