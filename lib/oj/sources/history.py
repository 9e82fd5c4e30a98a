"""Results of the editions that are known only from summaries: a domain's `history.csv`, in the sources' own words.

A figure is exact where the source states it without reservation, and then a number in `value`. Words
such as ”drygt hälften” stay words in `qualifier`; `low` and `high` are the bounds that the words set.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from oj.facts.catalog import every_indicator
from oj.facts.datapackage import read_table, resources
from oj.facts.editions import domain_folder
from oj.facts.kept import kept
from oj.facts.places import all_places
from oj.sources.corrections import read_corrected
from oj.sources.published import NO_SHARE
from oj.words.errors import DataError, Fault, nearest
from oj.words.swedish import number
from oj.words.vocabulary import UNITS

TEXTS = ["answer", "qualifier", "population", "direction", "trend", "improve", "note"]
SHARES = ("share-of-municipalities", "share-of-staff", "share-of-children")


def read_series(folder: Path | None = None) -> pd.DataFrame:
    """Return what is followed over the years, one row per series, in the order of the report.

    `same_as` is the indicator with the same definition, `kin` a series that is alike but not the same.
    Raises DataError for an indicator or kin that does not exist, and for an indicator that is two series.
    """
    table = read_table("series", folder).fillna({"same_as": "", "kin": "", "kinship": ""}).sort_values("order")
    known, label = every_indicator(folder), _label("series", folder)
    allowed = {"same_as": list(known), "kin": table["series"].tolist() + list(known)}
    numbered = zip(table.index, table.to_dict("records"), strict=True)
    rows = [(int(at) + 2, row) for at, row in numbered]  # lines of the file
    faults = [
        Fault(label, at, column, row[column], f"finns inte.{nearest(row[column], names)}")
        for at, row in rows
        for column, names in allowed.items()
        if row[column] and row[column] not in names
    ]
    again = table["same_as"].ne("") & table["same_as"].duplicated()
    rule = "är samma som en annan serie före; en indikator är högst en serie"
    twice = [one for one, wrong in zip(rows, again, strict=True) if wrong]
    faults += [Fault(label, at, "same_as", row["same_as"], rule) for at, row in twice]
    lacking = [at for at, row in rows if bool(row["kin"]) != bool(row["kinship"])]
    faults += [Fault(label, at, "kinship", "", "ska säga varför det inte är samma serie") for at in lacking]
    if faults:
        raise DataError(faults)
    return table.reset_index(drop=True)


def read_history(folder: Path | None = None) -> pd.DataFrame:
    """Return the results of the summaries, one row per edition, series, place and source."""
    folder = domain_folder(folder)
    return _read(folder).copy()


def stated_decimals(folder: Path | None = None) -> dict[str, int]:
    """Return with how many decimals the shares of each series are read, in per cent: as many as a source states."""
    rows = read_history(folder).dropna(subset=["value"])
    needed = rows["value"].map(lambda value: len(number(100 * value, 6).rstrip("0").partition(",")[2]))
    return {str(name): int(most) for name, most in needed.groupby(rows["series"]).max().items()}


def _label(table: str, folder: Path | None) -> str:
    return f"data/{resources(folder)[table]['path']}"


@kept
def _read(folder: Path) -> pd.DataFrame:
    table = read_corrected("history", folder).fillna(dict.fromkeys(TEXTS, ""))
    units = read_series(folder).set_index("series")["unit"]
    places = all_places(folder)
    faults, label = [], _label("history", folder)
    for at, row in enumerate(table.to_dict("records"), start=2):
        if row["series"] not in units:
            rule = f"okänd serie.{nearest(row['series'], units.index)}"
            faults.append(Fault(label, at, "series", row["series"], rule))
        elif row["place"] not in places:
            faults.append(Fault(label, at, "place", row["place"], "okänd kod; se data/places.csv"))
        else:
            found = broken_rules(row, units[row["series"]], own=places[row["place"]].level in UNITS)
            seen = {column: "" if pd.isna(row[column]) else str(row[column]) for column, _rule in found}
            faults += [Fault(label, at, column, seen[column], rule) for column, rule in found]
    if faults:
        raise DataError(faults)
    return table


def broken_rules(row: dict[Any, Any], unit: str, *, own: bool) -> list[tuple[str, str]]:
    """Return (column, Swedish rule) for every rule of `history.csv` that one row breaks; `own` is a municipality's."""
    value, low, high = (not pd.isna(row[name]) for name in ("value", "low", "high"))
    answer, words = bool(row["answer"]), bool(row["qualifier"])
    observed = row["status"] == "observed"
    numbers = [name for name in ("value", "low", "high") if not pd.isna(row[name])]
    rules = [
        ("value", value and words,
         "ett tal med förbehåll är inget exakt tal; skriv bara källans ord och deras gränser"),
        ("answer", answer and (value or words), "en uppgift kan inte vara både svar och tal eller ord"),
        ("answer", answer and not own, "riket svarar inte; här ska stå ett tal eller källans ord"),
        ("value", value and own and unit == SHARES[0], "är ett tal, men kommunens svar ska vara Ja, Delvis eller Nej"),
        ("status", observed and not (value or answer or words), "status säger att uppgift finns"),
        ("status", not observed and (value or answer or words), "status säger att uppgift saknas"),
        ("low", (low or high) and not words, "gränser ska ha källans ord bredvid sig"),
        ("low", low and high and row["low"] > row["high"], "är större än den övre gränsen"),
    ]  # fmt: skip
    rules += [(name, unit in SHARES and row[name] > 1, NO_SHARE) for name in numbers]
    return [(column, rule) for column, broken, rule in rules if broken]
