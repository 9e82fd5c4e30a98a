"""What an import asks about the nation and the counties: its figures of them that are others than those there."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from oj.disclosure.door import fitting
from oj.doors.shown import read_other_regions
from oj.facts.catalog import indicators, is_drafted
from oj.facts.editions import edition_folder
from oj.facts.places import NATION, all_places
from oj.sources.origins import Origin, imported
from oj.tidy.measures import of_indicator
from oj.words.errors import UserError
from oj.words.frames import each_row
from oj.words.swedish import listing, number, some

ASKED = "Rikets och länens tal:"
PUBLISHED = "Rapporten visar de publicerade. Ska den visa filens"
READ_IN = "Rapporten för filens län visar filens, och andra läns rapporter är som de var. Ska den visa de andra"
LACKING = "Rapporten visar dem inte av sig själv. Ska den göra det"
FEW = 3


def fitting_and_asking(asked: list[str]) -> Callable[[pd.DataFrame, Origin, Path], Mapping[Path, str]]:
    """Return what tries an import as `fitting` does, and adds to `asked` what there is to ask of its regions."""

    def tried(table: pd.DataFrame, origin: Origin, folder: Path) -> Mapping[Path, str]:
        new = fitting(table, origin, folder)
        asked.extend(regions_asked(table, origin, folder))
        return new

    return tried


def regions_asked(table: pd.DataFrame, origin: Origin, folder: Path) -> list[str]:
    """Return, as lines, where a table's nation and counties differ from those there, and what to choose by."""
    own = imported(folder)
    others = any(one.edition == origin.edition and one.name != origin.name for one in own.values())
    if not others and is_drafted(edition_folder(folder, origin.edition)):
        return []
    try:
        there, only = read_other_regions(table, origin.name, folder)
    except UserError:  # of what is broken already another command tells
        return []
    lines = []
    for source, rows in there.groupby("source_before", sort=False):
        is_read, name = source in own, str(source)
        chosen = _stem(name if is_read else origin.name, origin.edition)
        end = f"{READ_IN if is_read else PUBLISHED}? Skriv reference_source: {chosen} i länets fil i params/."
        lines.append(f"{ASKED} {_differing(rows, folder)} skiljer sig från {name}{_first(rows, folder)}. {end}")
    if only:
        names = [_stem(one, origin.edition) for one in only]
        end = f"Skriv reference_source: {names[0]} i länets fil i params/."
        lines.append(f"{ASKED} filen har inga för riket, men det har {listing(names)}. {LACKING}? {end}")
    return lines


def _stem(name: str, edition: str) -> str:
    """Return an import's name without the edition that was added to it."""
    return name.removesuffix(f"-{edition}")


def _differing(rows: pd.DataFrame, folder: Path) -> str:
    """Return how many figures differ, in which edition and places."""
    names = [all_places(folder)[code].name for code in sorted(rows["place"].unique())]
    return f"{number(len(rows))} i utgåvan {rows['edition'].iloc[0]} ({some(names, most=FEW)})"


def _first(rows: pd.DataFrame, folder: Path) -> str:
    """Return the first of some figures that differ, as both sources have it; of persons none is told."""
    known = indicators(folder)
    for row in each_row(rows.sort_values("place", kind="stable")):
        item = known[row.indicator]
        if not item.protected:
            shown, where = of_indicator(item).shown, all_places(folder)[row.place].name
            return (
                f", som ”{item.title}”, {'riket' if row.place == NATION else where}: {shown(row.value)} i filen, "
                f"{shown(row.value_before)} där"
            )
    return ""
